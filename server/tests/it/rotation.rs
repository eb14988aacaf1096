//! A new partner secret, at the sandbox and in its file.

use std::{fs, path::PathBuf};

use relink_engine::store::testing::TestStore;
use relink_mastercard::Cause;
use relink_server::{
    assembly,
    config::{Config, Secret},
    rotation::{Rotated, rotate},
    secret_file::SecretFile,
};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use super::{
    app::{Jobs, TestApp},
    db::{on_both, rows},
    webhooks::{KEY, event, visiting},
};

/// The program with its secret in a file.
async fn filed(db: &TestStore) -> (TestApp, SecretFile) {
    let mut path = PathBuf::new();
    let app = TestApp::with(db, Jobs::Wait, |config| {
        path = config.data.join("partner-secret");
        fs::create_dir_all(&config.data).unwrap();
        fs::write(&path, format!("{KEY}\n")).unwrap();
        config.mastercard.partner_secret_file.clone_from(&path);
    })
    .await;
    (app, SecretFile::new(&path))
}

async fn turn(app: &TestApp) -> anyhow::Result<Rotated> {
    rotate(&app.config, app.real.clone()).await
}

fn secret(file: &SecretFile) -> String {
    fs::read_to_string(file.path())
        .unwrap()
        .trim_end()
        .to_owned()
}

on_both! {
    async fn the_program_that_runs_follows_and_the_old_key_ends(db: &TestStore) {
        let (app, file) = filed(db).await;
        let (_, visit, customer) = visiting(&app).await;
        let done = turn(&app).await.unwrap();
        assert!(!done.resumed);
        let new = secret(&file);
        assert_ne!(new, KEY);
        assert!(!file.next().exists());
        #[cfg(unix)]
        for path in [file.path().to_owned(), file.previous()] {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
        let send = async |id: &str, key: &str| {
            app.webhook(&visit.reference, &event(id, "started", &customer), key).await.status
        };
        assert_eq!([send("e1", &new).await, send("e2", KEY).await, send("e3", "another").await], [200, 200, 401]);
        app.pass_really(4 * 24 * 60 + 1);
        assert_eq!([send("e4", &new).await, send("e5", KEY).await], [200, 401]);
        assert_eq!(rows(db, "audit").await.iter().filter(|row| row.contains("secret_rotated")).count(), 1);
        // The old one is good for nothing then; the program signs in all the same, as
        // does one that starts now, and it goes on.
        app.pass(31 * 24 * 60).await;
        app.program.app.client.sign_in().await.unwrap();
        let (_, client) = assembly::client(&app.config, app.real.clone()).await.unwrap();
        client.sign_in().await.unwrap();
        turn(&app).await.unwrap();
        assert_ne!(secret(&file), new);
        assert_eq!(rows(db, "credential_rejections").await.len(), 0);
        app.stop().await;
    }

    async fn a_death_after_the_call_is_finished_by_the_next_run(db: &TestStore) {
        let (app, file) = filed(db).await;
        file.propose(&"Taken-Secret-2026".into()).unwrap();
        let (_, client) = assembly::client(&app.config, app.real.clone()).await.unwrap();
        client.replace_secret(&"Taken-Secret-2026".into()).await.unwrap();
        let done = turn(&app).await.unwrap();
        assert!(done.resumed);
        assert_eq!(secret(&file), "Taken-Secret-2026");
        assert_eq!(rows(db, "credential_rejections").await.len(), 0);
        app.stop().await;
    }

    async fn a_death_before_the_call_costs_one_try_of_a_secret_nobody_took(db: &TestStore) {
        let (app, file) = filed(db).await;
        file.propose(&"Untold-Secret-2026".into()).unwrap();
        let done = turn(&app).await.unwrap();
        assert!(!done.resumed);
        assert!(![KEY, "Untold-Secret-2026"].contains(&&*secret(&file)));
        assert_eq!(rows(db, "credential_rejections").await.len(), 1, "it is never shown again");
        // The same left behind once more is known without being shown.
        file.propose(&"Untold-Secret-2026".into()).unwrap();
        turn(&app).await.unwrap();
        assert_eq!(rows(db, "credential_rejections").await.len(), 1);
        app.stop().await;
    }

    async fn a_refusal_of_something_else_keeps_the_secret_that_was_taken(db: &TestStore) {
        let (app, file) = filed(db).await;
        file.propose(&"Taken-Secret-2026".into()).unwrap();
        let (_, client) = assembly::client(&app.config, app.real.clone()).await.unwrap();
        client.replace_secret(&"Taken-Secret-2026".into()).await.unwrap();
        let (bad_key, locked) = (refusing(10026).await, refusing(10021).await);
        for (mastercard, app_key) in [(&bad_key, Some("another-key")), (&locked, None)] {
            let mut config = against(&app.config, mastercard);
            if let Some(key) = app_key {
                config.mastercard.app_key = Secret::new(key);
            }
            // At once, and when it is known already.
            for _ in 0..2 {
                let error = rotate(&config, app.real.clone()).await.unwrap_err();
                assert!(error.to_string().contains("it is kept in"), "{error:#}");
                assert_eq!(fs::read_to_string(file.next()).unwrap(), "Taken-Secret-2026");
                assert_eq!(secret(&file), KEY);
            }
        }
        // Under a wrong partner id both secrets are refused as such.
        let wrong_id = refusing(10001).await;
        let mut config = against(&app.config, &wrong_id);
        config.mastercard.partner_id = "2445581111111".into();
        for _ in 0..2 {
            let error = rotate(&config, app.real.clone()).await.unwrap_err();
            assert!(error.to_string().contains("nothing was changed"), "{error:#}");
            assert_eq!(fs::read_to_string(file.next()).unwrap(), "Taken-Secret-2026");
        }
        let done = turn(&app).await.unwrap();
        assert!(done.resumed);
        assert_eq!(secret(&file), "Taken-Secret-2026");
        app.stop().await;
    }
}

/// Signing in is refused with this code.
async fn refusing(code: i64) -> MockServer {
    let mastercard = MockServer::start().await;
    let refusal = ResponseTemplate::new(401).set_body_json(json!({ "code": code }));
    let mock = Mock::given(matchers::any()).respond_with(refusal);
    mock.mount(&mastercard).await;
    mastercard
}

fn against(config: &Config, mastercard: &MockServer) -> Config {
    let mut config = config.clone();
    config.mastercard.base_url = mastercard.uri();
    config
}

/// Signing in works, the change is answered with this.
async fn answering(status: u16, body: serde_json::Value) -> MockServer {
    let mastercard = MockServer::start().await;
    let token = ResponseTemplate::new(200).set_body_json(json!({ "token": "t" }));
    let change = ResponseTemplate::new(status).set_body_json(body);
    for (method, answer) in [("POST", token), ("PUT", change)] {
        let mock = Mock::given(matchers::method(method)).respond_with(answer);
        mock.mount(&mastercard).await;
    }
    mastercard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_changes_nothing_and_a_lost_answer_keeps_both() {
    let db = TestStore::sqlite().await;
    let (app, file) = filed(&db).await;
    let refusing = answering(400, json!({ "code": 24437, "message": "policy" })).await;
    let error = rotate(&against(&app.config, &refusing), app.real.clone())
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("nothing was changed"),
        "{error:#}"
    );
    assert_eq!(
        (secret(&file), file.next().exists()),
        (KEY.to_owned(), false)
    );
    let put = refusing.received_requests().await.unwrap();
    let put = put.iter().find(|request| request.method == "PUT").unwrap();
    let body: serde_json::Value = serde_json::from_slice(&put.body).unwrap();
    assert_eq!(
        (&body["immediate"], &body["partnerSecret"]),
        (&json!(false), &json!(KEY))
    );

    let failing = answering(503, json!({})).await;
    let error = rotate(&against(&app.config, &failing), app.real.clone())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("run this again"), "{error:#}");
    assert_eq!(
        (secret(&file), file.next().exists()),
        (KEY.to_owned(), true)
    );

    let denying = answering(401, json!({ "code": 10001 })).await;
    fs::remove_file(file.next()).unwrap();
    let error = rotate(&against(&app.config, &denying), app.real.clone())
        .await
        .unwrap_err();
    let cause = error
        .downcast_ref::<relink_mastercard::Error>()
        .map(|error| &error.cause);
    assert!(
        matches!(cause, Some(Cause::CredentialsRejected { .. })),
        "{error:#}"
    );
    let calls = denying.received_requests().await.unwrap().len();
    let error = rotate(&against(&app.config, &denying), app.real.clone())
        .await
        .unwrap_err();
    let cause = error
        .downcast_ref::<relink_mastercard::Error>()
        .map(|error| &error.cause);
    assert!(
        matches!(cause, Some(Cause::CredentialsBlocked { .. })),
        "{error:#}"
    );
    assert_eq!(
        denying.received_requests().await.unwrap().len(),
        calls,
        "it is not shown again"
    );
    app.stop().await;
}

#[tokio::test]
async fn a_secret_that_is_in_no_file_of_its_own_is_not_replaced() {
    let db = TestStore::sqlite().await;
    let app = TestApp::with(&db, Jobs::Wait, |_| {}).await;
    let error = turn(&app).await.unwrap_err();
    assert!(
        error.to_string().contains("partner_secret_file"),
        "{error:#}"
    );
    #[cfg(unix)]
    {
        let mut config = app.config.clone();
        let link = config.data.join("link");
        std::os::unix::fs::symlink("elsewhere", &link).unwrap();
        config.mastercard.partner_secret_file = link;
        let error = rotate(&config, app.real.clone()).await.unwrap_err();
        assert!(error.to_string().contains("is a link"), "{error:#}");
    }
    app.stop().await;
}
