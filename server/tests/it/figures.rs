//! The figures at the machine: held against a recount, and mended.

use std::process::{Command, Output};

use chrono::Duration;
use relink_engine::{
    health::testing::Town,
    store::testing::TestStore,
    time::{Clock as _, SystemClock},
};

use super::db::{change, on_both};

fn relink(db: &TestStore, words: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_relink"))
        .args(words)
        .current_dir(folder.path())
        .env_clear()
        .env("RELINK_DATABASE_URL", &db.url)
        .output()
        .unwrap();
    let said = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (status.code(), said.concat())
}

on_both! {
    async fn figures_that_drifted_are_named_and_mended(db: &TestStore) {
        let mut town = Town::at(&db.store, 5, SystemClock.now() - Duration::days(14));
        town.known_breaks().await;
        // As if the night had recounted on a sandbox's clock that was moved on.
        town.pass(Duration::days(30));
        town.checks.check().await.unwrap();
        let (code, said) = relink(db, &["figures", "check"]);
        assert!(code == Some(0) && said.starts_with("the figures agree with "), "{said}");

        change(db, "UPDATE standings_now SET n = n + 2 WHERE standing = 'healthy'").await;
        let (code, said) = relink(db, &["figures", "check"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("standing: Healthy") && said.contains("too small by [-2, "), "{said}");
        assert!(said.contains("relink figures mend"), "{said}");
        let (_, said) = relink(db, &["doctor"]);
        assert!(said.contains("✗ figures: ") && said.contains("relink figures mend"), "{said}");

        let (code, said) = relink(db, &["figures", "mend"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("figures were mended") && said.contains("the figures agree"), "{said}");
        let (_, said) = relink(db, &["doctor"]);
        assert!(said.contains("✓ figures: agreed"), "{said}");
    }
}
