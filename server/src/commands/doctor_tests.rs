use chrono::TimeDelta;
use figment::{
    Figment,
    providers::{Format, Toml},
};
use relink_engine::store::testing::TestStore;

use super::*;
use crate::config::DEFAULTS;

fn configured(changes: &str) -> Config {
    let layers = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(changes));
    let config: Config = layers.extract().unwrap();
    assert_eq!(check(&config), []);
    config
}

fn finding(changes: &str) -> Option<Finding> {
    widened(&configured(changes))
}

#[test]
fn what_was_left_and_who_can_look_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("partner");
    std::fs::write(&file, "hush").unwrap();
    let config = configured(&format!(
        "[mastercard]\npartner_secret_file = '{}'",
        file.display()
    ));
    assert!(unfinished(&config).is_none() && open_metrics(&config).is_none());
    std::fs::write(folder.path().join("partner.next"), "hush, hush").unwrap();
    let Some(Finding::Risky(text)) = unfinished(&config) else {
        panic!("an interrupted rotation is not mentioned");
    };
    assert!(
        text.contains("partner.next") && !text.contains("hush"),
        "{text}"
    );
    for (address, open) in [
        ("127.0.0.1:9464", false),
        ("[::1]:9464", false),
        ("0.0.0.0:9464", true),
    ] {
        let config = configured(&format!("[metrics]\nlisten = '{address}'"));
        assert_eq!(open_metrics(&config).is_some(), open, "{address}");
    }
}

#[tokio::test]
async fn figures_that_nobody_recounts_and_jobs_that_were_given_up_are_told() {
    let db = TestStore::sqlite().await;
    let now = SystemClock.now();
    let at = |days| now + TimeDelta::days(days);
    assert!(matches!(figures(&db.store, now).await, Finding::Well(_)));
    db.store.note_start(now).await.unwrap();
    assert!(matches!(figures(&db.store, at(1)).await, Finding::Well(_)));
    let Finding::Wrong(text) = figures(&db.store, at(3)).await else {
        panic!("no recount in three days is well");
    };
    assert!(text.contains("never recounted"), "{text}");
    assert!(matches!(jobs(&db.store, now).await, Finding::Well(_)));
    let key = FactorKey::new(&vec![1; 32].into());
    assert!(factors(&db.store, &key).await.is_none());
}

#[test]
fn what_is_pending_is_named_and_is_no_failure() {
    let tables = |pending: &[&str], later| Tables {
        any: true,
        pending: pending.iter().map(|&it| it.to_owned()).collect(),
        later,
    };
    assert!(matches!(database(&tables(&[], 0)), Finding::Well(_)));
    assert!(matches!(database(&tables(&[], 1)), Finding::Wrong(_)));
    let Finding::Risky(text) = database(&tables(&["0038 waited"], 0)) else {
        panic!("a pending migration is not mentioned");
    };
    assert!(
        text.contains("0038 waited") && text.contains("relink migrate"),
        "{text}"
    );
}

#[test]
fn fix_beyond_the_list_is_warned_of_by_its_code() {
    assert!(finding("[status.codes.185]\nfixable = false").is_none());
    let Some(Finding::Risky(idle)) = finding("[status]\nwiden_fixable = true") else {
        panic!("a key without use is not mentioned");
    };
    assert!(idle.contains("no code needs it"), "{idle}");
    let wide = "[status]\nwiden_fixable = true\n[status.codes.1008]\nfixable = true";
    let Some(Finding::Risky(text)) = finding(wide) else {
        panic!("no warning");
    };
    assert!(text.contains("offered for 1008,"), "{text}");
}
