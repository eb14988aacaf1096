//! Metrics, and the files that name them.

use std::{collections::BTreeSet, path::Path};

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use relink_engine::{identity::Role, store::testing::TestStore};
use tower::ServiceExt as _;

use super::{
    app::{Jobs, TestApp},
    db::{change, on_both},
    webhooks::{KEY, event, visiting},
};

async fn metrics(app: &TestApp) -> String {
    let router = relink_server::metrics::router(&app.program.app);
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// Names of samples that there can be, by the types that are announced.
fn announced(text: &str) -> BTreeSet<String> {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names = types.flat_map(|line| {
        let (name, kind) = line.split_once(' ').unwrap();
        let endings: &[&str] = match kind {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_sum", "_count"],
            _ => &[""],
        };
        endings.iter().map(move |ending| format!("{name}{ending}"))
    });
    names.collect()
}

/// Every word that looks like a metric of ours.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let ours = words.filter(|word| word.starts_with("relink_"));
    ours.map(str::to_owned).collect()
}

/// The figure of a gauge without labels.
fn age(text: &str, name: &str) -> i64 {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(name));
    lines.next().unwrap().parse().unwrap()
}

on_both! {
    async fn what_happens_and_what_is_known_are_there(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, visit, customer) = visiting(&app).await;
        assert_eq!(app.webhook(&visit.reference, &event("e1", "done", &customer), "not the key").await.status, 401);
        assert_eq!(app.webhook(&visit.reference, &event("e1", "done", "1"), KEY).await.status, 200);
        let text = metrics(&app).await;
        for line in [
            "relink_http_requests_total{method=\"POST\",route=\"/webhooks/mastercard/{reference}\",status=\"401\"} 1",
            "relink_mastercard_calls_total{operation=\"GenerateLiteConnectUrl\",outcome=\"answered\"} 1",
            "relink_mastercard_circuit{group=\"Connect\"} 0",
            "relink_mastercard_credentials_rejected 0",
            "relink_database_up 1",
            "relink_bad_signatures_total 1",
            "relink_events{state=\"waiting\"} 1",
            "relink_open_breaks{acts=\"institution\"} 0",
            "relink_notices_sent_total{channel=\"sms\"} 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
        assert!(!text.contains("relink_jobs_due 0"), "{text}");
        for line in ["relink_sweep_age_seconds ", "relink_recount_age_seconds "] {
            assert!(age(&text, line) < 3_600, "since the first start: {text}");
        }
        assert!(text.ends_with("# EOF\n"));
        app.work().await;
        change(db, "UPDATE jobs SET status = 'dead' WHERE kind = 'apply_event'").await;
        let text = metrics(&app).await;
        for line in [
            "relink_jobs{state=\"dead\"} 1",
            "relink_jobs_due 0",
            "relink_events{state=\"waiting\"} 0",
            "relink_events{state=\"quarantined\"} 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
        // What comes once a day and never came is told of.
        app.pass(3 * 24 * 60).await;
        let text = metrics(&app).await;
        for line in ["relink_sweep_age_seconds ", "relink_recount_age_seconds "] {
            assert!(age(&text, line) >= 3 * 86_400, "{text}");
        }
        assert!(text.contains("relink_figures_drifted 0"), "{text}");
        let vera = app.staff("vera", Role::Viewer).await;
        vera.get("/admin").await.shows(200, "have not been recounted for two days");
        change(db, "UPDATE event_hours SET n = n + 7").await;
        app.program.checks.check().await.unwrap();
        let text = metrics(&app).await;
        assert!(text.contains("relink_figures_drifted 1"), "{text}");
        assert!(age(&text, "relink_recount_age_seconds ") < 3_600, "{text}");
        let page = vera.get("/admin").await;
        assert!(!page.text.contains("have not been recounted for two days"), "{}", page.text);
        // The public way in has none of it.
        assert_eq!(vera.get("/metrics").await.status, 404);
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dashboard_alerts_and_page_name_only_what_there_is() {
    let db = TestStore::sqlite().await;
    let app = TestApp::start(&db).await;
    // What has happened to nobody has no name yet.
    app.user("ada").await;
    let there = announced(&metrics(&app).await);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operations");
    let mut all = BTreeSet::new();
    for file in ["grafana.json", "alerts.yml"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let names = named(&text);
        assert!(names.len() > 9, "{file} names too few: {names:?}");
        all.extend(names);
    }
    let missing: Vec<_> = all.difference(&there).collect();
    assert!(
        missing.is_empty(),
        "named and not there: {missing:?} of {there:?}"
    );
    let page = std::fs::read_to_string(folder.join("metrics.md")).unwrap();
    let base = |name: &String| {
        let mut ends = ["_bucket", "_sum", "_count"].iter();
        let cut = ends.find_map(|end| name.strip_suffix(end));
        cut.unwrap_or(name).to_owned()
    };
    let there: BTreeSet<String> = there.iter().map(base).collect();
    assert_eq!(
        named(&page),
        there,
        "the page has every metric, and no other"
    );
    let dashboard = std::fs::read_to_string(folder.join("grafana.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&dashboard).unwrap();
    app.stop().await;
}
