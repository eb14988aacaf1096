//! Links to Data Connect.

use std::collections::BTreeMap;

use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::transport::Call;
use super::{Answer, Client, known};
use crate::model::{
    AvailableExperience, ConnectLink, ConnectOptions, Experience, FixRequest, LiteRequest, NotALink,
};
use crate::{
    Cause, CustomerId, Error, ErrorCode, InstitutionId, InstitutionLoginId, Operation, PartnerId,
};

/// The body of every generate call; the target tells the flows apart.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Generate<'a, T> {
    partner_id: &'a PartnerId,
    customer_id: &'a CustomerId,
    #[serde(flatten)]
    target: T,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    experience: Option<&'a Experience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    single_use_url: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_content_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_data: Option<&'a BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_headers: Option<&'a BTreeMap<String, String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lite {
    institution_id: InstitutionId,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    institution_login_id: &'a InstitutionLoginId,
}

impl<'a, T> Generate<'a, T> {
    fn new(
        partner: &'a PartnerId,
        customer: &'a CustomerId,
        target: T,
        options: &'a ConnectOptions,
    ) -> Self {
        let webhook = options.webhook.as_ref();
        let filled = |map: &&BTreeMap<String, String>| !map.is_empty();
        Self {
            partner_id: partner,
            customer_id: customer,
            target,
            language: options.language.code(),
            redirect_uri: options.redirect_uri.as_ref().map(url::Url::as_str),
            experience: options.experience.as_ref(),
            single_use_url: options.single_use,
            webhook: webhook.map(|webhook| webhook.url.as_str()),
            // XML would be signed in an unknown way.
            webhook_content_type: webhook.map(|_| "application/json"),
            webhook_data: webhook.map(|webhook| &webhook.data).filter(filled),
            webhook_headers: webhook.map(|webhook| &webhook.headers).filter(filled),
        }
    }
}

impl Client {
    /// Makes a link to a Data Connect Lite session; valid for two hours. With
    /// a webhook, its `ping` arrives before this answers: hold no lock.
    pub async fn generate_lite(&self, request: &LiteRequest) -> Result<ConnectLink, Error> {
        let target = Lite {
            institution_id: request.institution,
        };
        let body = Generate::new(&self.partner, &request.customer, target, &request.options);
        let call = Call::new(
            Operation::GenerateLiteConnectUrl,
            Method::POST,
            "/connect/v2/generate/lite",
        );
        self.generate(call.json(&body), &request.options).await
    }

    /// Makes a link to a Data Connect Fix session; valid for two hours. A
    /// login without accounts is refused with
    /// [`ErrorCode::LOGIN_WITHOUT_ACCOUNTS`].
    pub async fn generate_fix(&self, request: &FixRequest) -> Result<ConnectLink, Error> {
        let target = Fix {
            institution_login_id: &request.institution_login,
        };
        let body = Generate::new(&self.partner, &request.customer, target, &request.options);
        let call = Call::new(
            Operation::GenerateFixConnectUrl,
            Method::POST,
            "/connect/v2/generate/fix",
        );
        self.generate(call.json(&body), &request.options).await
    }

    async fn generate(&self, call: Call, options: &ConnectOptions) -> Result<ConnectLink, Error> {
        #[derive(Deserialize)]
        struct Made {
            link: Option<SecretString>,
        }

        let pinging = options.webhook.is_some();
        let call = if pinging { call.pinging() } else { call };
        let Answer { body, reference } = self.send(&call).await?;
        let cause = match serde_json::from_slice::<Made>(&body) {
            Ok(Made { link: Some(link) }) => match ConnectLink::parse(link) {
                Ok(link) => return Ok(link),
                Err(NotALink) => Cause::Unreadable { status: 200 },
            },
            Ok(Made { link: None }) if pinging => Cause::LinkRefusedByWebhook {
                status: 200,
                code: None,
            },
            _ => Cause::Unreadable { status: 200 },
        };
        Err(Error {
            operation: call.operation,
            reference,
            cause,
        })
    }

    /// The experiences of an application; empty when Mastercard knows none.
    pub async fn experiences(&self, app_name: &str) -> Result<Vec<AvailableExperience>, Error> {
        let call = Call::new(
            Operation::GetAllExperience,
            Method::GET,
            "/connect/experiences",
        )
        .query("appName", app_name);
        let found = known(self.read(&call).await, &[ErrorCode::NO_EXPERIENCE])?;
        Ok(found.unwrap_or_default())
    }
}
