//! Links, and why there is none.

use relink_mastercard::model::{FixRequest, Language};
use relink_mastercard::{Cause, ErrorCode, InstitutionLoginId};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::support::{Fake, LITE, customer, error, lite};

const LINK: &str =
    "https://connect2.finicity.com?customerId=5025024821&signature=b5667164&ttl=1648057961908";

#[tokio::test]
async fn a_link_comes_back_and_its_origin_is_known() {
    let fake = Fake::start().await;
    let made = ResponseTemplate::new(200).set_body_json(json!({ "link": LINK }));
    fake.mount("POST", LITE, made).await;
    let link = fake.client().generate_lite(&lite(true)).await.unwrap();
    assert_eq!(link.expose(), LINK);
    assert_eq!(link.origin(), "https://connect2.finicity.com");
    assert!(!format!("{link:?}").contains("signature"));
}

#[tokio::test]
async fn ids_have_the_types_their_places_want() {
    let fake = Fake::start().await;
    let fix_path = "/connect/v2/generate/fix";
    let made = ResponseTemplate::new(200).set_body_json(json!({ "link": LINK }));
    fake.mount("POST", LITE, made.clone()).await;
    fake.mount("POST", fix_path, made).await;
    let client = fake.client();
    let mut request = lite(true);
    request.options.language = Language::French;
    client.generate_lite(&request).await.unwrap();
    let institution_login = InstitutionLoginId::parse("1007302745").unwrap();
    let options = request.options;
    let fix = FixRequest {
        customer: customer(),
        institution_login,
        options,
    };
    client.generate_fix(&fix).await.unwrap();

    let sent: Value = fake.requests(LITE).await[0].body_json().unwrap();
    let expected = json!({
        "partnerId": "2445583925753",
        "customerId": "1005061234",
        "institutionId": 102_105,
        "language": "fr",
        "webhook": "https://relink.example/hooks/abc",
        "webhookContentType": "application/json",
        "webhookData": { "reference": "abc" },
    });
    assert_eq!(sent, expected);
    let sent: Value = fake.requests(fix_path).await[0].body_json().unwrap();
    assert_eq!(sent["institutionLoginId"], json!("1007302745"));
    assert_eq!(sent.get("institutionId"), None);
}

/// Whatever status and code a refused `ping` has, it is found.
#[rstest::rstest]
#[case::bad_request(400, json!({ "code": "15001", "message": "no" }))]
#[case::no_code(400, json!({ "message": "no" }))]
#[case::server_error(500, json!({ "code": "50000" }))]
#[case::unprocessable(422, json!({ "status": 422 }))]
#[case::by_its_words(400, json!({ "code": "10010", "message": "Webhook did not return 200" }))]
#[case::by_its_words_on_404(404, json!({ "code": 14001, "message": "ping failed" }))]
#[case::no_link(200, json!({}))]
#[tokio::test]
async fn a_link_refused_for_our_webhook(#[case] status: u16, #[case] body: Value) {
    let fake = Fake::start().await;
    let told = body.get("code").map(|code| {
        code.as_str()
            .map_or_else(|| code.to_string(), str::to_owned)
    });
    fake.mount(
        "POST",
        LITE,
        ResponseTemplate::new(status).set_body_json(&body),
    )
    .await;
    let cause = fake
        .client()
        .generate_lite(&lite(true))
        .await
        .unwrap_err()
        .cause;
    let code = told.map(|code| ErrorCode::new(code.parse().unwrap()));
    assert_eq!(cause, Cause::LinkRefusedByWebhook { status, code });
    assert_eq!(fake.count(LITE).await, 1);
}

#[rstest::rstest]
#[case::wrong_request(400, "10010")]
#[case::missing_field(400, "10005")]
#[case::generic(400, "14020")]
#[case::not_found(404, "14001")]
#[case::forbidden(403, "1")]
#[case::down(503, "1")]
#[tokio::test]
async fn a_link_refused_for_another_reason(#[case] status: u16, #[case] code: &str) {
    let fake = Fake::start().await;
    fake.mount("POST", LITE, error(status, code)).await;
    let cause = fake
        .client()
        .generate_lite(&lite(true))
        .await
        .unwrap_err()
        .cause;
    let code = Some(ErrorCode::new(code.parse().unwrap()));
    assert_eq!(cause, Cause::Rejected { status, code });
}

#[rstest::rstest]
#[case::without_webhook(false, ResponseTemplate::new(200).set_body_json(json!({})))]
#[case::html(true, ResponseTemplate::new(200).set_body_string("<html>"))]
#[case::list(true, ResponseTemplate::new(200).set_body_json(json!([])))]
#[case::not_text(true, ResponseTemplate::new(200).set_body_json(json!({ "link": 5 })))]
#[case::script(true, ResponseTemplate::new(200).set_body_json(json!({ "link": "javascript:alert(1)" })))]
#[case::relative(true, ResponseTemplate::new(200).set_body_json(json!({ "link": "/connect" })))]
#[tokio::test]
async fn an_answer_that_is_no_link(#[case] webhook: bool, #[case] answer: ResponseTemplate) {
    let fake = Fake::start().await;
    fake.mount("POST", LITE, answer).await;
    let cause = fake
        .client()
        .generate_lite(&lite(webhook))
        .await
        .unwrap_err()
        .cause;
    assert_eq!(cause, Cause::Unreadable { status: 200 });
}

#[tokio::test]
async fn without_a_webhook_nothing_is_its_fault() {
    let fake = Fake::start().await;
    fake.mount("POST", LITE, error(400, "15001")).await;
    let cause = fake
        .client()
        .generate_lite(&lite(false))
        .await
        .unwrap_err()
        .cause;
    assert_eq!(
        cause,
        Cause::Rejected {
            status: 400,
            code: Some(ErrorCode::new(15001))
        }
    );
}
