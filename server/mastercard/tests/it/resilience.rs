//! Retries, limits, circuits.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join;
use relink_mastercard::model::{CustomerKind, NewCustomer, Username};
use relink_mastercard::{
    AggregationStatusCode, Cause, CircuitState, Client, Deletion, ErrorCode, Group,
    InstitutionLoginId, Limits, RefreshApi,
};
use tokio::sync::Notify;
use wiremock::{Request, ResponseTemplate};

use crate::support::{
    ACCOUNTS, Fake, LITE, SECRET, customer, error, in_turn, lite, no_accounts, quick,
};

const CUSTOMERS: &str = "/aggregation/v2/customers/testing";
const REFRESH: &str = "/aggregation/v1/customers/1005061234/institutionLogins/7/accounts";

fn login() -> InstitutionLoginId {
    InstitutionLoginId::parse("7").unwrap()
}

async fn cause(client: &Client) -> Cause {
    client.accounts(&customer()).await.unwrap_err().cause
}

fn circuit(client: &Client, wanted: Group) -> CircuitState {
    client
        .circuits()
        .into_iter()
        .find(|(group, _)| *group == wanted)
        .unwrap()
        .1
}

#[rstest::rstest]
#[case(error(500, "1"))]
#[case(error(503, "1"))]
#[case(error(429, "1"))]
#[case(ResponseTemplate::new(502).set_body_string("<html>Bad gateway</html>"))]
#[tokio::test]
async fn an_idempotent_call_is_tried_three_times(#[case] trouble: ResponseTemplate) {
    let fake = Fake::start().await;
    let answers = [trouble.clone(), trouble.clone(), no_accounts(), trouble];
    fake.mount("GET", ACCOUNTS, in_turn(answers)).await;
    let client = fake.client();
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
    assert_eq!(fake.count(ACCOUNTS).await, 3);
    assert!(matches!(cause(&client).await, Cause::Rejected { .. }));
    assert_eq!(fake.count(ACCOUNTS).await, 6);
}

#[tokio::test]
async fn a_post_is_never_repeated() {
    let fake = Fake::start().await;
    fake.mount("POST", CUSTOMERS, error(503, "1")).await;
    fake.mount("POST", LITE, error(503, "1")).await;
    fake.mount("POST", REFRESH, error(503, "1")).await;
    let client = fake.client();
    let username = Username::parse("relink-1").unwrap();
    let new = NewCustomer {
        username,
        application_id: None,
    };
    client
        .add_customer(CustomerKind::Testing, &new)
        .await
        .unwrap_err();
    client.generate_lite(&lite(true)).await.unwrap_err();
    client
        .refresh_login(&customer(), &login(), RefreshApi::V1)
        .await
        .unwrap_err();
    for path in [CUSTOMERS, LITE, REFRESH] {
        assert_eq!(fake.count(path).await, 1, "{path}");
    }
}

#[tokio::test]
async fn an_answer_is_not_retried() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, error(400, "14020")).await;
    let code = Some(ErrorCode::BAD_REQUEST);
    assert_eq!(
        cause(&fake.client()).await,
        Cause::Rejected { status: 400, code }
    );
    assert_eq!(fake.count(ACCOUNTS).await, 1);
}

#[tokio::test]
async fn a_repeated_delete_that_finds_nothing_has_succeeded() {
    let fake = Fake::start().await;
    let path = "/aggregation/v1/customers/1005061234";
    fake.mount(
        "DELETE",
        path,
        in_turn([error(503, "1"), error(404, "14001")]),
    )
    .await;
    assert_eq!(
        fake.client().delete_customer(&customer()).await,
        Ok(Deletion::AlreadyGone)
    );
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let fake = Fake::start().await;
    let busy = error(429, "1").insert_header("Retry-After", "1");
    fake.mount("GET", ACCOUNTS, in_turn([busy, no_accounts()]))
        .await;
    let started = tokio::time::Instant::now();
    assert_eq!(fake.client().accounts(&customer()).await, Ok(vec![]));
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[rstest::rstest]
#[case("60")]
#[case("Fri, 15 Jan 2027 08:01:00 GMT")]
#[tokio::test]
async fn a_long_retry_after_pauses_the_whole_group(#[case] header: &str) {
    let fake = Fake::start().await;
    let busy = error(429, "1").insert_header("Retry-After", header);
    fake.mount("GET", ACCOUNTS, in_turn([busy, no_accounts()]))
        .await;
    let client = fake.client();
    assert!(matches!(
        cause(&client).await,
        Cause::Rejected { status: 429, .. }
    ));
    assert!(matches!(cause(&client).await, Cause::CircuitOpen { .. }));
    assert_eq!(fake.count(ACCOUNTS).await, 1);
    fake.clock.advance(TimeDelta::seconds(60));
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
}

#[tokio::test]
async fn failures_in_a_row_open_the_circuit_of_their_group_only() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, error(503, "1")).await;
    fake.mount("POST", LITE, error(400, "10010")).await;
    let client = fake.client();
    cause(&client).await;
    cause(&client).await;
    assert_eq!(
        fake.count(ACCOUNTS).await,
        5,
        "the fifth failure opened it in the midst of a call"
    );
    let Cause::CircuitOpen { until } = cause(&client).await else {
        panic!("not open")
    };
    assert_eq!(
        circuit(&client, Group::Accounts),
        CircuitState::Open { until }
    );
    assert_eq!(fake.count(ACCOUNTS).await, 5);
    let other = client.generate_lite(&lite(false)).await.unwrap_err().cause;
    assert!(matches!(other, Cause::Rejected { status: 400, .. }));
    assert_eq!(circuit(&client, Group::Connect), CircuitState::Closed);

    fake.server.reset().await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    fake.clock.advance(TimeDelta::seconds(30));
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
    assert_eq!(circuit(&client, Group::Accounts), CircuitState::Closed);
}

#[rstest::rstest]
#[case::number(error(500, 103))]
#[case::text(error(500, "103"))]
#[tokio::test]
async fn an_aggregation_failure_is_an_answer(#[case] answer: ResponseTemplate) {
    let fake = Fake::start().await;
    fake.mount("POST", REFRESH, answer.clone()).await;
    fake.mount("GET", ACCOUNTS, answer).await;
    let client = fake.client();
    let code = AggregationStatusCode::new(103);
    for _ in 0..6 {
        let refreshed = client
            .refresh_login(&customer(), &login(), RefreshApi::V1)
            .await;
        assert_eq!(refreshed.unwrap_err().cause, Cause::Aggregation { code });
        assert_eq!(cause(&client).await, Cause::Aggregation { code });
    }
    assert_eq!(
        (fake.count(REFRESH).await, fake.count(ACCOUNTS).await),
        (6, 6)
    );
    assert_eq!(circuit(&client, Group::Refresh), CircuitState::Closed);
    assert_eq!(circuit(&client, Group::Accounts), CircuitState::Closed);
}

#[tokio::test]
async fn no_answer_in_time_is_a_time_out_and_counts() {
    let fake = Fake::start().await;
    let late = no_accounts().set_delay(Duration::from_secs(5));
    fake.mount("GET", ACCOUNTS, late).await;
    let limits = Limits {
        call: Duration::from_millis(300),
        failures: 1,
        ..quick()
    };
    let client = fake.client_with(SECRET, limits);
    client.sign_in().await.unwrap();
    assert_eq!(cause(&client).await, Cause::TimedOut);
    assert_eq!(fake.count(ACCOUNTS).await, 1, "a time-out is not retried");
    assert!(matches!(cause(&client).await, Cause::CircuitOpen { .. }));
}

#[tokio::test]
async fn a_refresh_has_a_limit_of_its_own() {
    let fake = Fake::start().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_millis(600));
    fake.mount("POST", REFRESH, slow).await;
    let limits = Limits {
        call: Duration::from_millis(300),
        ..quick()
    };
    let client = fake.client_with(SECRET, limits);
    assert_eq!(
        client
            .refresh_login(&customer(), &login(), RefreshApi::V1)
            .await,
        Ok(())
    );
}

#[tokio::test]
async fn nobody_at_the_other_end_is_unreachable_after_three_tries() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let fake = Fake::start().await;
    let mut config = fake.config(SECRET, quick());
    config.base_url = format!("http://{address}").parse().unwrap();
    let client = Client::new(config, fake.ports(Arc::clone(&fake.memory))).unwrap();
    assert_eq!(
        client.sign_in().await.unwrap_err().cause,
        Cause::Unreachable
    );
}

#[tokio::test]
async fn a_broken_connection_is_retried() {
    use tokio::io::AsyncReadExt;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let fake = Fake::start().await;
    let mut config = fake.config(SECRET, quick());
    config.base_url = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let client = Client::new(config, fake.ports(Arc::clone(&fake.memory))).unwrap();
    let server = async {
        answer(&listener, br#"{"token":"t"}"#).await;
        for _ in 0..2 {
            let (mut broken, _) = listener.accept().await.unwrap();
            assert!(broken.read(&mut [0; 4096]).await.unwrap() > 0);
        }
        answer(&listener, br#"{"accounts":[]}"#).await;
    };
    let customer = customer();
    let (accounts, ()) = join(client.accounts(&customer), server).await;
    assert_eq!(accounts, Ok(vec![]));
}

/// Takes one connection, answers one request on it, and closes it.
async fn answer(listener: &tokio::net::TcpListener, body: &[u8]) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (mut stream, _) = listener.accept().await.unwrap();
    assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
    let head = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream.shutdown().await.unwrap();
}

#[tokio::test]
async fn calls_in_flight_are_bounded_and_refreshes_apart() {
    let fake = Fake::start().await;
    let arrived = Arc::new(Notify::new());
    let tell = Arc::clone(&arrived);
    let slow = move |_: &Request| {
        tell.notify_one();
        no_accounts().set_delay(Duration::from_millis(500))
    };
    fake.mount("GET", ACCOUNTS, slow).await;
    fake.mount("POST", REFRESH, ResponseTemplate::new(200))
        .await;
    let limits = Limits {
        in_flight: 1,
        queue: Duration::from_millis(100),
        ..quick()
    };
    let client = fake.client_with(SECRET, limits);
    let customer = customer();
    let second = async {
        arrived.notified().await;
        assert_eq!(cause(&client).await, Cause::Saturated);
        let login = login();
        assert_eq!(
            client
                .refresh_login(&customer, &login, RefreshApi::V1)
                .await,
            Ok(())
        );
    };
    let (first, ()) = join(client.accounts(&customer), second).await;
    assert_eq!(first, Ok(vec![]));
    assert_eq!(fake.count(ACCOUNTS).await, 1);
    assert_eq!(circuit(&client, Group::Accounts), CircuitState::Closed);
}
