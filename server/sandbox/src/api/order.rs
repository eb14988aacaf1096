//! The body of a generate call.

use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::fault::{Fault, Refused};
use super::input::{Body, unknown_customer};
use crate::config::LinkUse;
use crate::state::{ContentType, CustomerId, Flow, LinkOrder, Sandbox, Webhook};

/// The part that all generate calls share, for a customer that was checked.
pub(super) fn order(
    sandbox: &Sandbox,
    body: &Body,
    customer: CustomerId,
    flow: Flow,
) -> Result<LinkOrder, Refused> {
    let redirect_uri = body.text("redirectUri")?;
    if redirect_uri.is_some_and(|uri| Url::parse(uri).is_err()) {
        return Err(Fault::invalid("\"redirectUri\" must be a valid uri"));
    }
    if body.boolean("isWebView")? == Some(true) && redirect_uri.is_none() {
        return Err(Fault::missing("redirectUri"));
    }
    body.boolean("isHostedInMobileApp")?;
    report_fields(body)?;
    let single_use = match body.boolean("singleUseUrl")? {
        Some(single) => single,
        None => sandbox.work(|state, _| state.link_use) == LinkUse::Single,
    };
    Ok(LinkOrder {
        flow,
        customer,
        // Not checked, as in the official examples.
        consumer: body.owned_text("consumerId")?,
        redirect_uri: redirect_uri.map(ToOwned::to_owned),
        webhook: webhook(body)?,
        experience: experience(body)?,
        language: body.text("language")?.unwrap_or("en").to_owned(),
        single_use,
    })
}

/// Who asks: the partner of this sandbox.
pub(super) fn check_partner(sandbox: &Sandbox, body: &Body) -> Result<(), Refused> {
    if body.required_text("partnerId")? == sandbox.config().partner_id {
        Ok(())
    } else {
        Err(Fault::invalid("Partner ID does not exist"))
    }
}

/// For whom: a customer that exists.
pub(super) fn known_customer(sandbox: &Sandbox, body: &Body) -> Result<CustomerId, Refused> {
    let customer = body.customer()?;
    let known = sandbox.work(|state, _| state.customer(customer).is_some());
    known.then_some(customer).ok_or_else(unknown_customer)
}

/// The borrower whose accounts the link is for. One customer may be both.
pub(super) fn borrowers(sandbox: &Sandbox, body: &Body) -> Result<CustomerId, Refused> {
    let borrowers = body.array("borrowers")?.filter(|list| !list.is_empty());
    let borrowers = borrowers.ok_or_else(|| Fault::missing("borrowers"))?;
    let mut primary = None;
    let mut first = None;
    for borrower in borrowers {
        let wrong = || Fault::invalid("\"borrowers\" must contain objects");
        let borrower = Body::of(borrower).ok_or_else(wrong)?;
        let customer = known_customer(sandbox, &borrower)?;
        borrower.required_text("consumerId")?;
        first.get_or_insert(customer);
        match borrower.required_text("type")? {
            "primary" => primary = Some(customer),
            "jointBorrower" => {}
            _ => {
                return Err(Fault::invalid(
                    "\"type\" must be one of [primary, jointBorrower]",
                ));
            }
        }
        consumer_info(&borrower)?;
    }
    primary.or(first).ok_or_else(|| Fault::missing("borrowers"))
}

/// The e-mail options, with the default subject, as the reply echoes them.
pub(super) fn email(body: &Body) -> Result<Value, Refused> {
    let options = body
        .object("email")?
        .ok_or_else(|| Fault::missing("email"))?;
    let mut options = Value::Object(options.clone());
    let fields = Body::of(&options).ok_or_else(Fault::bad_request)?;
    fields
        .text("to")?
        .ok_or_else(|| Fault::missing("email.to"))?;
    for field in [
        "from",
        "supportPhone",
        "firstName",
        "institutionName",
        "institutionAddress",
    ] {
        fields.text(field)?;
    }
    fields.array("signature")?;
    if fields.text("subject")?.is_none() {
        options["subject"] = json!("Verify your Financial Information");
    }
    Ok(options)
}

fn report_fields(body: &Body) -> Result<(), Refused> {
    body.object("institutionSettings")?;
    body.integer("fromDate")?;
    if body
        .array("reportCustomFields")?
        .is_some_and(|fields| fields.len() > 5)
    {
        return Err(Fault::invalid(
            "\"reportCustomFields\" must contain at most 5 items",
        ));
    }
    consumer_info(body)
}

fn consumer_info(body: &Body) -> Result<(), Refused> {
    let Some(info) = body.get("optionalConsumerInfo") else {
        return Ok(());
    };
    let wrong = || Fault::invalid("\"optionalConsumerInfo\" must be of type object");
    let info = Body::of(info).ok_or_else(wrong)?;
    let ssn = info.required_text("ssn")?;
    if ssn.len() != 9 || !ssn.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::invalid("\"ssn\" must be 9 digits"));
    }
    info.integer("dob").map(|_| ())
}

fn experience(body: &Body) -> Result<Option<String>, Refused> {
    match body.text("experience")? {
        Some(named) if named != "default" && !is_guid(named) => {
            Err(Fault::invalid("\"experience\" must be a valid GUID"))
        }
        named => Ok(named.map(ToOwned::to_owned)),
    }
}

fn is_guid(text: &str) -> bool {
    // `Uuid` alone would also take braces, a URN and digits without hyphens.
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

fn webhook(body: &Body) -> Result<Option<Webhook>, Refused> {
    let content_type = match body.text("webhookContentType")? {
        None | Some("application/json") => ContentType::Json,
        Some("application/xml") => ContentType::Xml,
        Some(_) => {
            return Err(Fault::invalid(
                "\"webhookContentType\" must be one of [application/json, application/xml]",
            ));
        }
    };
    let data = body.object("webhookData")?.cloned();
    let headers = body
        .object("webhookHeaders")?
        .map(headers)
        .transpose()?
        .unwrap_or_default();
    let Some(url) = body.text("webhook")? else {
        return Ok(None);
    };
    let url = Url::parse(url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| Fault::invalid("\"webhook\" must be a valid uri"))?;
    Ok(Some(Webhook {
        url,
        content_type,
        data,
        headers,
    }))
}

fn headers(given: &Map<String, Value>) -> Result<Vec<(HeaderName, HeaderValue)>, Refused> {
    let wrong = || Fault::invalid("\"webhookHeaders\" must hold HTTP headers");
    let header = |(name, value): (&String, &Value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ => return Err(wrong()),
        };
        let name = HeaderName::try_from(name.as_str()).map_err(|_| wrong())?;
        Ok((name, HeaderValue::try_from(value).map_err(|_| wrong())?))
    };
    // What frames the message is the sender's own affair.
    let framing = ["host", "content-length", "transfer-encoding", "connection"];
    given
        .iter()
        .filter(|(name, _)| !framing.contains(&name.to_ascii_lowercase().as_str()))
        .map(header)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(value: &Value) -> Body {
        Body::of(value).unwrap()
    }

    #[test]
    fn experience_is_default_or_a_guid() {
        for good in ["default", "84fd419a-1add-4bf4-961b-16e8285b3a92"] {
            let read = experience(&body(&json!({ "experience": good }))).unwrap();
            assert_eq!(read.as_deref(), Some(good));
        }
        for bad in ["Default", "84fd419a1add4bf4961b16e8285b3a92", "mine", "{}"] {
            assert!(
                experience(&body(&json!({ "experience": bad }))).is_err(),
                "{bad}"
            );
        }
        assert_eq!(experience(&body(&json!({}))).unwrap(), None);
    }

    #[test]
    fn webhook_needs_a_web_address_and_real_headers() {
        let read = |value: Value| webhook(&body(&value));
        assert!(read(json!({ "webhook": "ftp://x/" })).is_err());
        assert!(read(json!({ "webhook": "no address" })).is_err());
        assert!(
            read(json!({ "webhook": "https://x/", "webhookContentType": "text/plain" })).is_err()
        );
        assert!(
            read(json!({ "webhook": "https://x/", "webhookHeaders": { "a b": "c" } })).is_err()
        );
        let good = read(json!({
            "webhook": "https://x/",
            "webhookHeaders": { "X-Mine": "1", "Content-Length": "7" },
        }));
        assert_eq!(good.unwrap().unwrap().headers.len(), 1);
    }

    #[test]
    fn email_gets_the_default_subject() {
        let options = email(&body(&json!({ "email": { "to": "a@b.example" } }))).unwrap();
        assert_eq!(options["subject"], "Verify your Financial Information");
        assert_eq!(
            email(&body(&json!({ "email": {} }))),
            Err(Fault::missing("email.to"))
        );
    }
}
