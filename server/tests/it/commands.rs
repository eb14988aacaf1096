//! The program as an operator meets it at the terminal.

use std::{
    path::Path,
    process::{Command, Output},
};

use rstest::rstest;
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Runs the program in `folder`, with these variables and no others of ours.
fn relink(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relink"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr];
    both.map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

#[test]
fn help_names_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let output = relink(folder.path(), &["--help"], &[]);
    let text = said(&output);
    for command in [
        "serve",
        "sandbox",
        "migrate",
        "doctor",
        "config",
        "institutions",
        "admin",
        "audit",
        "figures",
        "backup",
    ] {
        assert!(text.contains(&format!("\n  {command} ")), "{text}");
    }
    assert!(output.status.success());
}

#[rstest]
#[case::well(&[], true, "the configuration is fine")]
#[case::a_value(&[("RELINK_PUBLIC_URL", "http://bank.example")], false, "public_url")]
#[case::a_key(&[("RELINK_PUBLIC_URI", "http://localhost")], false, "public_uri")]
#[case::production(&[("RELINK_ENVIRONMENT", "production")], false, "billing_acknowledged")]
fn a_configuration_is_judged(
    #[case] variables: &[(&str, &str)],
    #[case] good: bool,
    #[case] mentions: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let output = relink(folder.path(), &["config", "check"], variables);
    let text = said(&output);
    assert_eq!(output.status.success(), good, "{text}");
    assert!(text.contains(mentions), "{text}");
}

/// A Mastercard that takes no credentials.
async fn refusing() -> MockServer {
    let mastercard = MockServer::start().await;
    let refusal = ResponseTemplate::new(401).set_body_json(json!({ "code": 10003 }));
    Mock::given(any())
        .respond_with(refusal)
        .mount(&mastercard)
        .await;
    mastercard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_tries_a_wrong_secret_once() {
    let mastercard = refusing().await;
    let folder = tempfile::tempdir().unwrap();
    let address = mastercard.uri();
    let variables = [
        ("RELINK_MASTERCARD__BASE_URL", address.as_str()),
        ("RELINK_MASTERCARD__PARTNER_SECRET", "hush-hush"),
    ];
    for words in ["refuses the credentials", "relink doctor --force"] {
        let output = relink(folder.path(), &["doctor"], &variables);
        let text = said(&output);
        assert!(!output.status.success(), "{text}");
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("hush-hush"), "{text}");
    }
    assert_eq!(mastercard.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_only_looks_leaves_the_tables_as_they_are() {
    let mastercard = refusing().await;
    let folder = tempfile::tempdir().unwrap();
    let address = mastercard.uri();
    let variables = [("RELINK_MASTERCARD__BASE_URL", address.as_str())];
    let run = |arguments: &[&str]| relink(folder.path(), arguments, &variables);
    assert!(run(&["migrate"]).status.success());
    let url = format!("sqlite:{}", folder.path().join("data/relink.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    // As the version before left it.
    for sql in [
        "DROP TABLE missing_terms",
        "DELETE FROM _sqlx_migrations WHERE version = 39",
    ] {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    for (command, words) in [
        (&["doctor"][..], "Pending: 0039 missing terms"),
        (&["audit", "verify"][..], "pending: 0039 missing terms"),
    ] {
        let text = said(&run(command));
        assert!(text.contains(words), "{text}");
        let there = "SELECT count(*) FROM sqlite_master WHERE name = 'missing_terms'";
        let there: i64 = sqlx::query_scalar(there).fetch_one(&pool).await.unwrap();
        assert_eq!(there, 0, "{text}");
    }
    pool.close().await;
    let held = said(&run(&["audit", "verify"]));
    assert!(held.contains("the audit holds up to row 0"), "{held}");
}

/// What `make bench` measures in release; that it finds what people mean must
/// hold with every change.
#[test]
fn the_right_institution_is_among_the_first_three() {
    let folder = tempfile::tempdir().unwrap();
    let exported = relink(folder.path(), &["institutions", "export"], &[]);
    let directory = folder.path().join("institutions.jsonl");
    std::fs::write(&directory, &exported.stdout).unwrap();
    let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("engine/data/queries.tsv");
    let arguments = [
        "institutions",
        "search",
        "--institutions",
        directory.to_str().unwrap(),
        "--queries",
        queries.to_str().unwrap(),
    ];
    let text = said(&relink(folder.path(), &arguments, &[]));
    let last = text.lines().last().unwrap_or_default();
    let recall = last
        .strip_prefix("recall@3 ")
        .and_then(|it| it.parse().ok());
    assert!(recall.is_some_and(|it: f64| it >= 0.97), "{text}");
}

#[tokio::test]
async fn the_audit_is_walked_written_out_and_a_change_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| relink(folder.path(), arguments, &[]);
    for name in ["sam@example.com", "eve@example.com"] {
        let invited = run(&["admin", "invite", name, "--role", "support"]);
        assert!(invited.status.success(), "{}", said(&invited));
    }
    let held = said(&run(&["audit", "verify"]));
    assert!(held.starts_with("the audit holds up to row 2"), "{held}");
    let written = said(&run(&["audit", "export"]));
    assert!(
        written.contains(",invited,,,,,address,,sam@example.com,,"),
        "{written}"
    );
    let forgotten = said(&run(&["audit", "forget", "SAM@example.com"]));
    assert!(forgotten.contains("1 names were erased"), "{forgotten}");
    let held = said(&run(&["audit", "verify"]));
    assert!(held.starts_with("the audit holds up to row 4"), "{held}");

    let url = format!("sqlite:{}", folder.path().join("data/relink.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    for sql in [
        "DROP TRIGGER audit_is_not_changed",
        "UPDATE audit SET act = 'joined' WHERE seq = 2",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.close().await;
    let broken = run(&["audit", "verify"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(
        said(&broken).contains("row 2 was changed"),
        "{}",
        said(&broken)
    );
    let unknown = run(&["admin", "reset-second-factor", "nobody@example.com"]);
    assert!(!unknown.status.success() && said(&unknown).contains("has no second factor"));
}
