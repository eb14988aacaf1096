//! Traces, as a collector gets them.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::{Command, Stdio},
};

use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::app::configuration;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_arrives_with_its_route_and_the_last_ones_at_the_end() {
    let collector = MockServer::start().await;
    let taken = Mock::given(method("POST")).and(path("/v1/traces"));
    taken
        .respond_with(ResponseTemplate::new(200))
        .mount(&collector)
        .await;
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "sqlite:relink.db");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let listen = port.unwrap().to_string();
    let mut program = Command::new(env!("CARGO_BIN_EXE_relink"))
        .arg("serve")
        .current_dir(folder.path())
        .env_clear()
        .env("RELINK_LISTEN", &listen)
        .env("RELINK_PUBLIC_URL", format!("http://{listen}"))
        .env("RELINK_SANDBOX__HOSTED", "false")
        .env("RELINK_SITE", &config.site)
        .env("RELINK_TRACES__COLLECTOR", collector.uri())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(program.stdout.take().unwrap());
    let ready = said.lines().map_while(Result::ok);
    assert!(ready.into_iter().any(|line| line.starts_with("Relink:")));
    let address = format!("http://{listen}/sign-in?next=%2Fa-secret");
    let answer = reqwest::get(address).await.unwrap();
    let reference = answer.headers()["x-request-id"].as_bytes().to_vec();
    // As a service manager does; the spans are still in our hands then.
    let pid = program.id().to_string();
    assert!(Command::new("kill").arg(pid).status().unwrap().success());
    assert!(program.wait().unwrap().success());
    let data = folder.path().join("data");
    assert!(data.join("relink.db").exists());
    assert!(!data.join("relink.db-wal").exists(), "its log is left");
    let requests = collector.received_requests().await.unwrap();
    let sent: Vec<u8> = requests.into_iter().flat_map(|it| it.body).collect();
    let has = |text: &[u8]| sent.windows(text.len()).any(|part| part == text);
    assert!(has(b"/sign-in") && has(&reference) && has(b"relink"));
    assert!(!has(b"a-secret"), "routes, and no addresses");
}
