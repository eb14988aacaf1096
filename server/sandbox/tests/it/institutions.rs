//! Institutions.

use std::collections::BTreeSet;

use relink_sandbox::StartIs;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{HOME, Harness};

const LIST: &str = "/institution/v2/institutions";

fn ids(page: &Value) -> Vec<u64> {
    let institutions = page["institutions"].as_array().unwrap();
    institutions
        .iter()
        .map(|institution| institution["id"].as_u64().unwrap())
        .collect()
}

#[rstest]
#[case(StartIs::PageIndex, 1)]
#[case(StartIs::RecordIndex, 1000)]
#[tokio::test]
async fn all_are_read_once_in_either_way_of_counting(
    #[case] start_is: StartIs,
    #[case] step: usize,
) {
    let sandbox = Harness::with(|config| config.start_is = start_is).await;
    let mut seen = BTreeSet::new();
    let mut start = 1;
    loop {
        let page = sandbox
            .get(&format!("{LIST}?limit=1000&start={start}"))
            .await
            .body;
        assert_eq!(page["displaying"], ids(&page).len());
        for id in ids(&page) {
            assert!(seen.insert(id), "{id} came twice");
        }
        if page["moreAvailable"] == false {
            assert_eq!(page["found"], seen.len());
            break;
        }
        start += step;
    }
    assert!(seen.len() >= 16_000, "{}", seen.len());
    assert!(seen.contains(&HOME) && seen.contains(&4222));
}

#[tokio::test]
async fn search_filters_and_empty_answers() {
    let sandbox = Harness::start().await;
    let found = sandbox
        .get(&format!("{LIST}?search=finbank&type=transAgg"))
        .await
        .body;
    assert!(ids(&found).contains(&HOME), "{found}");
    let none = sandbox
        .get(&format!("{LIST}?search=qqqqzzzzxxxx"))
        .await
        .body;
    assert_eq!(none["found"], 0);
    assert_eq!(none["institutions"], json!([]));
    let all = sandbox
        .get(&format!("{LIST}?search=&type=&start=&limit=5"))
        .await
        .body;
    assert_eq!(ids(&all).len(), 5);
    for query in [
        "limit=0",
        "limit=1001",
        "start=0",
        "type=voa,voi",
        "supportedCountries=usa",
    ] {
        let reply = sandbox.get(&format!("{LIST}?{query}")).await;
        assert_eq!(reply.fault(), (400, json!(14020)), "{query}");
    }
}

#[tokio::test]
async fn certified_lists() {
    let sandbox = Harness::start().await;
    let certified = "/institution/v2/certifiedInstitutions";
    let page = sandbox
        .get(&format!("{certified}?limit=1000&type=transAgg,ach"))
        .await
        .body;
    assert!(ids(&page).len() >= 5);
    for institution in page["institutions"].as_array().unwrap() {
        assert_eq!(
            (&institution["transAgg"], &institution["ach"]),
            (&json!(true), &json!(true))
        );
    }
    let all = sandbox.get(&format!("{certified}?limit=1")).await.body;
    assert!(all["found"].as_u64().unwrap() >= 30);
    let rssd = sandbox
        .get(&format!("{certified}/rssd?limit=1000"))
        .await
        .body;
    assert!(ids(&rssd).len() >= 30);
    assert!(
        rssd["institutions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|found| found["rssd"].is_u64())
    );
    assert_eq!(
        sandbox.get(&format!("{certified}?type=gold")).await.status,
        400
    );
    assert_eq!(
        sandbox
            .get(&format!("{certified}/rssd?limit=0"))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn one_by_id_with_branding_from_the_sandbox_itself() {
    let sandbox = Harness::start().await;
    let found = sandbox.get(&format!("{LIST}/4222")).await.body;
    assert_eq!(
        found["institution"]["name"],
        "Principal Financial - Retirement (Personal)"
    );
    let branding = sandbox.get(&format!("{LIST}/4222/branding")).await.body;
    for asset in ["logo", "icon", "tile", "alternateLogo"] {
        let url = branding["branding"][asset].as_str().unwrap();
        let path = url
            .strip_prefix(&sandbox.origin)
            .expect("logos are served by the sandbox");
        let logo = sandbox.raw(http::Method::GET, path, &[], None).await;
        assert_eq!(logo.status, 200, "{url}");
        assert_eq!(logo.headers["content-type"], "image/svg+xml");
        assert!(logo.text.starts_with("<svg"));
    }
    assert_eq!(
        sandbox.get(&format!("{LIST}/1")).await.fault(),
        (404, json!(14006))
    );
    assert_eq!(
        sandbox.get(&format!("{LIST}/abc")).await.fault(),
        (400, json!(14020))
    );
    assert_eq!(sandbox.get(&format!("{LIST}/1/branding")).await.status, 404);
    let missing = sandbox
        .raw(http::Method::GET, "/logos/4222/other.svg", &[], None)
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn by_routing_number() {
    let sandbox = Harness::start().await;
    let path = "/institution/v1/institutions/routingNumber";
    let found = sandbox.get(&format!("{path}/021000021")).await;
    assert_eq!(found.status, 200, "{}", found.text);
    let without_zero = sandbox.get(&format!("{path}/21000021")).await;
    assert_eq!(ids(&found.body), ids(&without_zero.body));
    assert_eq!(
        sandbox.get(&format!("{path}/12345")).await.fault(),
        (400, json!(14020))
    );
    assert_eq!(sandbox.get(&format!("{path}/2147483647")).await.status, 400);
    assert_eq!(
        sandbox.get(&format!("{path}/999999999")).await.fault(),
        (404, json!(14006))
    );
}

#[tokio::test]
async fn an_institution_can_be_taken_offline() {
    let sandbox = Harness::start().await;
    let wish = json!({ "do": "setInstitution", "institution": HOME, "availability": "offline" });
    sandbox.control(wish).await;
    let read = async || sandbox.get(&format!("{LIST}/{HOME}")).await.body["institution"].clone();
    assert_eq!(read().await["status"], "offline");
    let listed = sandbox
        .get(&format!("{LIST}?search=finbank&limit=1000"))
        .await
        .body;
    let listed = listed["institutions"].as_array().unwrap().iter();
    let statuses: Vec<_> = listed.filter(|found| found["id"] == HOME).collect();
    assert_eq!(statuses[0]["status"], "offline");
    sandbox
        .control(json!({ "do": "setInstitution", "institution": HOME }))
        .await;
    assert_ne!(read().await["status"], "offline");
}
