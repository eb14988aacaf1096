//! Scenarios from outside: begun with the sandbox, by a wish, and gone on with.

use chrono::Duration;
use http::Method;
use relink_sandbox::Scenario;
use serde_json::{Value, json};

use crate::breaks::{codes, connected};
use crate::harness::{FIRST, Harness};

const TWO_STEPS: &str = r#"
name = "two-steps"

[[step]]
day = 1
do = "break"
everybody = true
code = 103
note = "everybody's password"

[[step]]
day = 3
hour = 6
do = "heal"
everybody = true
"#;

fn played(state: &Value) -> Vec<bool> {
    let steps = state["scenario"]["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["played"].as_bool().unwrap())
        .collect()
}

#[tokio::test]
async fn steps_are_played_on_the_clock() {
    let scenario = Scenario::parse(TWO_STEPS).unwrap();
    let mut sandbox = Harness::with(|config| config.scenario = Some(scenario)).await;
    let (customer, _) = connected(&sandbox, "new_person").await;
    // It is 20:00 of day 0; day 1 is broken at noon, after its batch.
    sandbox.advance(Duration::hours(15)).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
    assert_eq!(played(&sandbox.state().await), [false, false]);
    sandbox.advance(Duration::hours(1)).await;
    assert_eq!(codes(&sandbox, &customer).await, [103, 103]);
    let state = sandbox.state().await;
    assert_eq!(state["scenario"]["name"], "two-steps");
    assert_eq!(
        state["scenario"]["steps"][0]["note"],
        "everybody's password"
    );
    assert_eq!(
        state["scenario"]["steps"][1]["due"],
        "2026-09-23T06:00:00.000Z"
    );
    assert_eq!(played(&state), [true, false]);
    sandbox.advance(Duration::days(30)).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    let folder = std::env::temp_dir().join(format!("relink-scenario-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("memory.json");
    let start = async |scenario: Option<&str>| {
        let scenario = scenario.map(|text| Scenario::parse(text).unwrap());
        Harness::with(|config| {
            config.memory = Some(file.clone());
            config.scenario = scenario;
        })
        .await
    };
    let mut sandbox = start(Some(TWO_STEPS)).await;
    sandbox.advance(Duration::days(1)).await;
    sandbox
        .control(json!({ "do": "freeze", "institution": "finbank.example" }))
        .await;
    let wish = json!({ "do": "announceSuccessor", "institution": 101_732, "successor": 102_176 });
    let before = sandbox.control(wish).await;
    assert_eq!(codes(&sandbox, FIRST).await[0], 103);
    sandbox.stop().await;

    // With the same scenario, with none, and with another of its name.
    let renoted = TWO_STEPS.replace("everybody's", "every");
    for scenario in [Some(TWO_STEPS), None, Some(&renoted)] {
        let sandbox = start(scenario).await;
        let state = sandbox.state().await;
        assert_eq!(state["scenario"]["began"], before["scenario"]["began"]);
        assert_eq!(played(&state), [true, false]);
        assert_eq!(state["institutions"], before["institutions"]);
        assert_eq!(state["customers"], before["customers"]);
        sandbox.stop().await;
    }
    let mut sandbox = start(Some(TWO_STEPS)).await;
    sandbox.advance(Duration::days(2)).await;
    assert_eq!(codes(&sandbox, FIRST).await[0], 0);
    sandbox.stop().await;

    let other = start(Some("name = \"other\"")).await;
    assert_eq!(other.state().await["scenario"]["name"], "other");
    other.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_scenario_can_be_begun_and_stopped_by_a_wish() {
    let mut sandbox = Harness::start().await;
    assert_eq!(sandbox.state().await["scenario"], Value::Null);
    let wish = json!({ "do": "startScenario", "scenario": TWO_STEPS });
    assert_eq!(played(&sandbox.control(wish).await), [false, false]);
    let state = sandbox.control(json!({ "do": "stopScenario" })).await;
    assert_eq!(state["scenario"], Value::Null);
    sandbox.advance(Duration::days(2)).await;
    assert_eq!(codes(&sandbox, FIRST).await[0], 0);

    let form = "do=startScenario&scenario=ninety-days";
    let begun = sandbox.form("/sandbox/do", form).send().await.unwrap();
    assert_eq!(begun.headers()["location"], "/sandbox");
    let page = sandbox.raw(Method::GET, "/sandbox", &[], None).await.text;
    assert!(page.contains("ninety-days") && page.contains("Regions does not answer"));
    let wish = Some(json!({ "do": "startScenario", "scenario": "name = 1" }));
    let refused = sandbox
        .raw(Method::POST, "/sandbox/api/do", &[], wish)
        .await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.body["error"]
            .as_str()
            .unwrap()
            .contains("not a scenario")
    );
}
