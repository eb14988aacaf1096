//! What is there from the start.

use relink_sandbox::{Sandbox, SandboxClock, SandboxConfig, SandboxEnvironment};
use serde_json::json;

use crate::harness::{FIRST, HOME, Harness, evening};

#[tokio::test]
async fn the_first_customer_is_a_testing_one_with_accounts() {
    let sandbox = Harness::start().await;
    sandbox.customer("second_customer").await;
    let list = sandbox.get("/aggregation/v1/customers").await.body;
    assert_eq!(list["customers"][0]["id"], FIRST);
    assert_eq!(list["customers"][0]["type"], "testing");

    let path = format!("/aggregation/v1/customers/{FIRST}/institutions/{HOME}/accounts");
    let accounts = sandbox.get(&path).await.body;
    let accounts = accounts["accounts"].as_array().unwrap();
    assert!(accounts.len() >= 2);
    for account in accounts {
        assert_eq!(account["status"], "active");
        assert_eq!(account["institutionId"], HOME.to_string());
        assert_eq!(account["aggregationStatusCode"], 0);
    }

    let application = format!("/aggregation/v1/customers/{FIRST}/application");
    assert_eq!(sandbox.get(&application).await.fault(), (404, json!(50052)));
}

#[tokio::test]
async fn the_first_customers_id_can_be_set() {
    let sandbox = Harness::with(|config| config.customer_id = "9999999999".parse().unwrap()).await;
    sandbox.customer("second_customer").await;
    let list = sandbox.get("/aggregation/v1/customers").await.body;
    assert_eq!(list["customers"][0]["id"], "9999999999");
}

#[test]
fn the_banner_has_four_lines() {
    let config = SandboxConfig::new("http://127.0.0.1:4000".parse().unwrap());
    let environment = SandboxEnvironment::check("sandbox").unwrap();
    let sandbox = Sandbox::new(environment, config, SandboxClock::standing(evening())).unwrap();
    insta::assert_snapshot!(sandbox.banner(), @r"
    partner id: 2445584200001
    partner secret: Sandbox-Partner-2026
    app key: 7d1c4be0a95f4a0c8e3b2f6d90517c3e
    customer id: 1005061234
    ");
}

#[tokio::test]
async fn what_was_made_outlives_a_restart_and_the_clock_does_not_go_back() {
    let folder = std::env::temp_dir().join(format!("relink-sandbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("memory.json");
    let start = async || Harness::with(|config| config.memory = Some(file.clone())).await;

    let mut sandbox = start().await;
    let id = sandbox.customer("stays_for_ever").await;
    sandbox.advance(chrono::Duration::days(2)).await;
    let accounts = format!("/aggregation/v1/customers/{FIRST}/accounts");
    let before = sandbox.get(&accounts).await.body;
    sandbox.stop().await;

    let sandbox = start().await;
    assert_eq!(sandbox.clock.now(), evening() + chrono::Duration::days(2));
    let customer = sandbox
        .get(&format!("/aggregation/v1/customers/{id}"))
        .await
        .body;
    assert_eq!(customer["username"], "stays_for_ever");
    assert_eq!(sandbox.get(&accounts).await.body, before);
    sandbox.stop().await;

    std::fs::write(&file, "nonsense").unwrap();
    let mut config = SandboxConfig::new("http://127.0.0.1:4000".parse().unwrap());
    config.memory = Some(file);
    let environment = SandboxEnvironment::check("sandbox").unwrap();
    let refused = Sandbox::new(environment, config, SandboxClock::standing(evening())).err();
    assert!(refused.unwrap().to_string().contains("delete it"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_stop_ends_the_server() {
    Harness::start().await.stop().await;
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let sandbox = Harness::start().await;
    let reply = sandbox
        .raw(http::Method::GET, "/aggregation/v9/nothing", &[], None)
        .await;
    assert_eq!(reply.fault(), (404, json!(14001)));
}
