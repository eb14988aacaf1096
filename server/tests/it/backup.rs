//! A copy that is made while people work, and a start on it.

use std::process::{Command, Output};

use relink_engine::store::testing::TestStore;
use relink_server::config::Secret;

use super::app::{Jobs, TestApp, eventually};

fn backup(url: &str, folder: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relink"))
        .args(["backup", "copy.db"])
        .current_dir(folder)
        .env_clear()
        .env("RELINK_DATABASE_URL", url)
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_running_program_is_started_on() {
    let db = TestStore::sqlite().await;
    let app = TestApp::start(&db).await;
    let ada = app.user("ada").await;
    let visit = app.connected(&ada, &["checking", "savings"]).await;
    let accounts = ada.get(&visit.page).await.after("name=\"kept\" value=\"");
    let mut fields: Vec<(&str, &str)> = accounts.iter().map(|id| ("kept", &**id)).collect();
    fields.extend(accounts.iter().map(|id| ("seen", &**id)));
    ada.post(&format!("{}/keep", visit.page), &fields)
        .await
        .leads_to("/connections");
    eventually(&ada, "/connections", "Connected").await;

    let folder = tempfile::tempdir().unwrap();
    let done = backup(&db.url, folder.path());
    assert!(done.status.success(), "{done:?}");
    let again = backup(&db.url, folder.path());
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("is there already"),
        "{again:?}"
    );
    // What happens after the copy is not in it.
    app.user("eve").await;
    app.stop().await;

    let copy = format!("sqlite:{}", folder.path().join("copy.db").display());
    let restored = TestApp::with(&db, Jobs::Wait, |config| {
        config.database_url = Secret::new(copy);
    })
    .await;
    let ada = restored.signed_in("ada").await;
    let page = ada.get("/connections").await;
    page.shows(200, "FinBank Profiles - A");
    page.shows(200, "··4821");
    let stranger = restored.browser();
    let fields = [
        ("email", "eve@example.com"),
        ("password", super::app::PASSWORD),
    ];
    assert_ne!(
        stranger.post("/sign-in", &fields).await.location(),
        "/connections"
    );
    restored.stop().await;
}

#[test]
fn postgres_is_left_to_its_own_tools() {
    let folder = tempfile::tempdir().unwrap();
    let done = backup("postgres://u@localhost/d", folder.path());
    assert!(!done.status.success());
    assert!(
        String::from_utf8_lossy(&done.stderr).contains("pg_dump"),
        "{done:?}"
    );
}
