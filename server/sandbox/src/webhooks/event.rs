//! The envelope of an event.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use super::xml;
use crate::state::{ContentType, LinkOrder, Webhook};

/// Something that happened in a session.
pub(crate) struct Event {
    /// For example `added`.
    pub(crate) kind: String,
    /// May be empty.
    pub(crate) payload: Value,
    /// `eventTrigger`: how a session ended.
    pub(crate) trigger: Option<&'static str>,
}

/// Members in the order in which captured requests had them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    customer_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumer_id: Option<&'a str>,
    event_type: &'a str,
    event_id: &'a str,
    payload: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_data: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_trigger: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ping {
    event_type: &'static str,
    payload: Map<String, Value>,
}

impl Event {
    /// The bytes that are signed and sent.
    pub(crate) fn body(&self, order: &LinkOrder, webhook: &Webhook, event_id: &str) -> Bytes {
        let envelope = Envelope {
            customer_id: order.customer.to_string(),
            consumer_id: order.consumer.as_deref(),
            event_type: &self.kind,
            event_id,
            payload: &self.payload,
            webhook_data: webhook.data.as_ref(),
            event_trigger: self.trigger,
        };
        encode(&envelope, webhook.content_type)
    }
}

/// The body of a ping: no customer, no id.
pub(super) fn ping_body(content_type: ContentType) -> Bytes {
    encode(
        &Ping {
            event_type: "ping",
            payload: Map::new(),
        },
        content_type,
    )
}

fn encode(envelope: &impl Serialize, content_type: ContentType) -> Bytes {
    match content_type {
        ContentType::Json => serde_json::to_vec(envelope).unwrap_or_default().into(),
        ContentType::Xml => {
            xml::document("event", &serde_json::to_value(envelope).unwrap_or_default()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::state::{CustomerId, Flow};

    fn order() -> LinkOrder {
        LinkOrder {
            flow: Flow::Full,
            customer: CustomerId(7),
            consumer: None,
            redirect_uri: None,
            webhook: None,
            experience: None,
            language: "en".to_owned(),
            single_use: false,
        }
    }

    fn webhook(content_type: ContentType) -> Webhook {
        let data = json!({ "reference": "a<b" });
        Webhook {
            url: "https://app.example/hook".parse().unwrap(),
            content_type,
            data: data.as_object().cloned(),
            headers: Vec::new(),
        }
    }

    #[test]
    fn members_stand_in_the_captured_order() {
        let event = Event {
            kind: "done".to_owned(),
            payload: json!({}),
            trigger: Some("userSubmit"),
        };
        let body = event.body(&order(), &webhook(ContentType::Json), "1-2");
        insta::assert_snapshot!(
            String::from_utf8(body.to_vec()).unwrap(),
            @r#"{"customerId":"7","eventType":"done","eventId":"1-2","payload":{},"webhookData":{"reference":"a<b"},"eventTrigger":"userSubmit"}"#
        );
    }

    #[test]
    fn ping_has_type_and_payload_only() {
        assert_eq!(
            ping_body(ContentType::Json),
            r#"{"eventType":"ping","payload":{}}"#
        );
    }

    #[test]
    fn xml_is_escaped() {
        let event = Event {
            kind: "added".to_owned(),
            payload: json!({ "accounts": [{ "id": "1" }, { "id": "2" }] }),
            trigger: None,
        };
        let body = event.body(&order(), &webhook(ContentType::Xml), "1-2");
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("<accounts><id>1</id></accounts><accounts><id>2</id></accounts>"));
        assert!(text.contains("<reference>a&lt;b</reference>"), "{text}");
    }
}
