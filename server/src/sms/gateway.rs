//! A gateway with Twilio's API: one message is one form-encoded POST.
//!
//! It has no idempotency key, so a message whose answer is lost may arrive
//! twice; nothing else can be done about that from here.

use std::time::Duration;

use relink_engine::notify::{Phone, SmsError};
use reqwest::{StatusCode, header, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::{Url, form_urlencoded};

const WITHIN: Duration = Duration::from_secs(15);

/// The recipient sent STOP.
const STOPPED: i64 = 21610;

/// The way to a gateway.
pub struct Gateway {
    client: reqwest::Client,
    base: Url,
    account: String,
    token: SecretString,
    from: String,
}

/// What a gateway says of a message that it does not take.
#[derive(Debug, Default, Deserialize, thiserror::Error)]
#[error("the gateway answered {status} with code {code}")]
struct Refusal {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    code: i64,
}

impl Gateway {
    /// Nothing is called yet.
    #[expect(
        clippy::disallowed_methods,
        reason = "no redirects, which would take the password along, and a time limit"
    )]
    pub fn new(
        base: Url,
        account: String,
        token: SecretString,
        from: String,
    ) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(WITHIN)
            .build()?;
        Ok(Self {
            client,
            base,
            account,
            token,
            from,
        })
    }

    /// Sends one message.
    pub async fn send(&self, to: &Phone, text: &str) -> Result<(), SmsError> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("From", &self.from)
            .append_pair("To", to.as_str())
            .append_pair("Body", text)
            .finish();
        let request = self
            .client
            .post(self.page("/Messages.json"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        self.call(request).await
    }

    /// Whether the gateway knows the account.
    pub async fn test(&self) -> Result<(), SmsError> {
        self.call(self.client.get(self.page(".json"))).await
    }

    fn page(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("/2010-04-01/Accounts/{}{rest}", self.account));
        url
    }

    async fn call(&self, request: reqwest::RequestBuilder) -> Result<(), SmsError> {
        let request = request.basic_auth(&self.account, Some(self.token.expose_secret()));
        // The address holds the account, not the password; still nobody's log.
        let later = |error: reqwest::Error| SmsError::Later(Box::new(error.without_url()));
        let response = request.send().await.map_err(later)?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        // What is no JSON has no code.
        let mut refusal: Refusal = response.json().await.unwrap_or_default();
        refusal.status = status.as_u16();
        Err(match status {
            _ if refusal.code == STOPPED => SmsError::Stopped,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                SmsError::Later(Box::new(refusal))
            }
            status if status.is_client_error() => SmsError::Refused(Box::new(refusal)),
            _ => SmsError::Later(Box::new(refusal)),
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{basic_auth, body_string, header, method, path},
    };

    use super::*;

    fn gateway(server: &MockServer) -> Gateway {
        let base = server.uri().parse().unwrap();
        Gateway::new(base, "AC1".into(), "hush".into(), "+12025550100".into()).unwrap()
    }

    fn phone() -> Phone {
        Phone::parse("202 555 0123").unwrap()
    }

    #[tokio::test]
    async fn a_message_is_sent_as_twilio_wants_it() {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/2010-04-01/Accounts/AC1/Messages.json"))
            .and(basic_auth("AC1", "hush"))
            .and(header("content-type", "application/x-www-form-urlencoded"))
            .and(body_string(
                "From=%2B12025550100&To=%2B12025550123&Body=A+%26+B+needs+you",
            ))
            .respond_with(ResponseTemplate::new(201).set_body_json(json!({ "sid": "SM1" })))
            .expect(1)
            .mount(&server)
            .await;
        let gateway = gateway(&server);
        gateway.send(&phone(), "A & B needs you").await.unwrap();
    }

    #[rstest]
    #[case::stopped(400, r#"{"code": 21610}"#, "stopped")]
    #[case::no_such_number(400, r#"{"code": 21211}"#, "refused")]
    #[case::bad_password(401, r#"{"code": 20003}"#, "refused")]
    #[case::busy(429, r#"{"code": 20429}"#, "later")]
    #[case::away(503, "<html>", "later")]
    #[case::elsewhere(302, "", "later")]
    #[tokio::test]
    async fn a_refusal_says_whether_to_come_again(
        #[case] status: u16,
        #[case] body: &str,
        #[case] what: &str,
    ) {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status)
            .insert_header("location", "http://192.0.2.1/")
            .set_body_string(body);
        Mock::given(method("POST"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let error = gateway(&server).send(&phone(), "hello").await.unwrap_err();
        let kind = match &error {
            SmsError::Stopped => "stopped",
            SmsError::Refused(_) => "refused",
            SmsError::Later(_) => "later",
        };
        assert_eq!(kind, what);
        assert!(!crate::http::chain(&error).contains("0123"), "{error:?}");
    }

    #[tokio::test]
    async fn a_gateway_that_is_not_there_is_asked_again_later() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", free.local_addr().unwrap());
        drop(free);
        let base = base.parse().unwrap();
        let gateway = Gateway::new(base, "AC1".into(), "hush".into(), "+12025550100".into());
        let gateway = gateway.unwrap();
        let error = gateway.send(&phone(), "hello").await.unwrap_err();
        assert!(matches!(error, SmsError::Later(_)), "{error:?}");
    }
}
