//! Redaction: an event carries account numbers, names and balances, and none
//! of them may be stored. Not the forbidden fields are removed, but the known
//! harmless ones are copied, so that a field added upstream stays out.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::EventKind;
use crate::ids::{AccountId, ConsumerId, CustomerId, InstitutionId, InstitutionLoginId};
use crate::model::AccountType;
use crate::{AggregationStatusCode, wire};

/// The one member of `webhookData` that survives redaction: the caller's
/// opaque reference to its session.
pub const REFERENCE_KEY: &str = "reference";

/// What is kept of an event: ids, kinds, codes, institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactedEvent {
    /// The event's own id, equal in every repetition of it; absent on `ping`.
    pub event_id: Option<String>,
    /// What it tells.
    pub kind: EventKind,
    /// The customer it is about. Never enough to find a user by: it must match
    /// a customer of ours and the session's.
    pub customer: Option<CustomerId>,
    /// The consumer, in sessions that have one.
    pub consumer: Option<ConsumerId>,
    /// Our reference, from [`REFERENCE_KEY`] of `webhookData`.
    pub reference: Option<String>,
    /// The institution.
    pub institution: Option<InstitutionId>,
    /// Whether it signs people in by OAuth.
    pub oauth: Option<bool>,
    /// Why `unableToConnect`: an aggregation or an API code.
    pub code: Option<i64>,
    /// What ended the session (`userSubmit`, `userExit`), when said.
    pub trigger: Option<String>,
    /// The accounts it is about.
    pub accounts: Vec<RedactedAccount>,
}

/// What is kept of an account in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactedAccount {
    /// The account.
    pub id: AccountId,
    /// Where it is held.
    pub institution: Option<InstitutionId>,
    /// The sign-in it came with.
    pub login: Option<InstitutionLoginId>,
    /// Its kind.
    pub kind: Option<AccountType>,
    /// Result of its latest aggregation; absent before the first.
    pub code: Option<AggregationStatusCode>,
}

/// The body is no event: not JSON, no object, or without a usable `eventType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct NotAnEvent;

/// Whether the body is a `ping`. It is answered whoever sent it (whether it
/// comes signed is unconfirmed), so nothing else may follow from it.
pub fn is_ping(raw: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Kind {
        event_type: String,
    }

    serde_json::from_slice::<Kind>(raw).is_ok_and(|kind| kind.event_type == "ping")
}

/// Reads an event and keeps what may be kept. Verify the signature first.
pub fn redact(raw: &[u8]) -> Result<RedactedEvent, NotAnEvent> {
    let body: Map<String, Value> = serde_json::from_slice(raw).map_err(|_| NotAnEvent)?;
    let kind = token(body.get("eventType")).ok_or(NotAnEvent)?;
    let nothing = Map::new();
    let payload = body
        .get("payload")
        .and_then(Value::as_object)
        .unwrap_or(&nothing);
    Ok(RedactedEvent {
        event_id: token(body.get("eventId")),
        kind: EventKind::parse(&kind),
        customer: id(body.get("customerId")),
        consumer: id(body.get("consumerId")),
        reference: reference(body.get("webhookData")),
        institution: id(payload.get("institutionId")),
        oauth: payload.get("oauth").and_then(Value::as_bool),
        code: payload.get("code").and_then(wire::integer),
        trigger: token(body.get("eventTrigger")),
        accounts: payload
            .get("accounts")
            .and_then(Value::as_array)
            .map(|accounts| accounts.iter().filter_map(account).collect())
            .unwrap_or_default(),
    })
}

/// `added` and `discovered` carry account records, `accountsDeleted` plain ids.
fn account(value: &Value) -> Option<RedactedAccount> {
    let Value::Object(record) = value else {
        let id = id(Some(value))?;
        return Some(RedactedAccount {
            id,
            institution: None,
            login: None,
            kind: None,
            code: None,
        });
    };
    Some(RedactedAccount {
        id: id(record.get("id"))?,
        institution: id(record.get("institutionId")),
        login: id(record.get("institutionLoginId")),
        kind: token(record.get("type")).map(AccountType::new),
        code: id(record.get("aggregationStatusCode")),
    })
}

fn id<T: for<'de> Deserialize<'de>>(value: Option<&Value>) -> Option<T> {
    T::deserialize(value?).ok()
}

/// `webhookData` is described as an object and was seen as a JSON string.
fn reference(data: Option<&Value>) -> Option<String> {
    match data? {
        Value::Object(members) => token(members.get(REFERENCE_KEY)),
        Value::String(text) => {
            let members: Map<String, Value> = serde_json::from_str(text).ok()?;
            token(members.get(REFERENCE_KEY))
        }
        _ => None,
    }
}

/// A word of a protocol: short, without spaces or other places to hide text.
fn token(value: Option<&Value>) -> Option<String> {
    let text = value?.as_str()?;
    let fits = (1..=128).contains(&text.len());
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    (fits && plain).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> RedactedEvent {
        redact(body.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn an_added_event_keeps_ids_kinds_and_codes() {
        let event = read(&json!({
            "customerId": "1005061234", "eventType": "added",
            "eventId": "1744671850866-f9b8c6d2a1e4f00012345678",
            "payload": { "institutionId": "102105", "oauth": true, "accounts": [
                { "id": "5011648377", "number": "1000001111", "realAccountNumberLast4": "1111",
                  "accountNumberDisplay": "1111", "name": "Super Checking", "balance": 401.26,
                  "type": "checking", "aggregationStatusCode": 0, "customerId": "1005061234",
                  "institutionId": "102105", "institutionLoginId": 1_007_302_745,
                  "detail": { "availableBalanceAmount": 401.26 } },
                { "id": 5_011_648_378_u64 },
            ] },
            "webhookData": { "reference": "abc-1", "note": "free text" },
        }));
        assert_eq!(event.kind, EventKind::Added);
        assert_eq!(event.reference.as_deref(), Some("abc-1"));
        assert_eq!(event.institution, Some(InstitutionId::new(102_105)));
        let login = InstitutionLoginId::parse("1007302745").unwrap();
        assert_eq!(event.accounts[0].login, Some(login));
        assert_eq!(event.accounts[0].code, Some(AggregationStatusCode::SUCCESS));
        assert_eq!(
            event.accounts[1].id,
            AccountId::parse("5011648378").unwrap()
        );
        assert_eq!(event.accounts[1].code, None, "absent is not success");
        let stored = serde_json::to_string(&event).unwrap();
        for gone in ["1000001111", "1111\"", "Super", "401", "free text"] {
            assert!(!stored.contains(gone), "{gone} in {stored}");
        }
        assert_eq!(
            serde_json::from_str::<RedactedEvent>(&stored).unwrap(),
            event
        );
    }

    #[rstest::rstest]
    #[case(json!({ "reference": "abc" }), Some("abc"))]
    #[case(json!("{\"reference\":\"abc\"}"), Some("abc"))]
    #[case(json!("reference"), None)]
    #[case(json!({ "reference": "two words" }), None)]
    #[case(json!(5), None)]
    fn webhook_data_comes_as_object_or_text(#[case] data: Value, #[case] reference: Option<&str>) {
        let event = read(&json!({ "eventType": "done", "webhookData": data }));
        assert_eq!(event.reference.as_deref(), reference);
    }

    #[rstest::rstest]
    #[case(json!({ "code": 103 }), Some(103))]
    #[case(json!({ "code": "103" }), Some(103))]
    #[case(json!([]), None)]
    fn a_failure_keeps_its_code(#[case] payload: Value, #[case] code: Option<i64>) {
        let event = read(&json!({ "eventType": "unableToConnect", "payload": payload }));
        assert_eq!((event.kind, event.code), (EventKind::UnableToConnect, code));
    }

    #[test]
    fn deleted_accounts_are_plain_ids_and_unknown_kinds_are_kept() {
        let payload = json!({ "accounts": ["1", 2, "not an id!"] });
        let event = read(&json!({ "eventType": "accountsDeleted", "payload": payload }));
        let ids: Vec<&str> = event
            .accounts
            .iter()
            .map(|account| account.id.as_str())
            .collect();
        assert_eq!(ids, ["1", "2"]);
        let event = read(&json!({ "eventType": "accountsPainted" }));
        assert_eq!(event.kind, EventKind::Unknown("accountsPainted".into()));
    }

    #[rstest::rstest]
    #[case(b"")]
    #[case(b"[]")]
    #[case(b"{}")]
    #[case(b"{\"eventType\":5}")]
    #[case(b"{\"eventType\":\"two words\"}")]
    #[case(b"{\"eventType\":\"added\"")]
    fn what_is_no_event(#[case] body: &[u8]) {
        assert_eq!(redact(body), Err(NotAnEvent));
        assert!(!is_ping(body));
    }

    #[test]
    fn a_ping_is_recognised() {
        assert!(is_ping(b"{\"eventType\":\"ping\",\"payload\":{}}"));
        assert!(!is_ping(b"{\"eventType\":\"done\",\"payload\":{}}"));
    }

    /// Any JSON, with a mark in every text and number of it.
    fn marked() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            "[a-z ]{0,8}".prop_map(|text| json!(format!("MARK {text}"))),
            (0..1000_u32).prop_map(|cents| json!(987_654_321.0 + f64::from(cents) / 1000.0)),
            any::<bool>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::hash_map(name(), inner, 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// Names the redaction knows, names it must not copy, and any other.
    fn name() -> impl Strategy<Value = String> {
        let known = proptest::sample::select(vec![
            "accounts",
            "payload",
            "webhookData",
            "number",
            "accountNumberDisplay",
            "name",
            "type",
            "realAccountNumberLast4",
            "balance",
            "detail",
            "id",
            "institutionId",
            "query",
            "code",
            "institutionLoginId",
            "aggregationStatusCode",
            "eventId",
            "reference",
            "eventTrigger",
            "customerId",
            "consumerId",
            "oauth",
        ]);
        prop_oneof![known.prop_map(str::to_owned), "[a-zA-Z]{1,8}"]
    }

    proptest! {
        #[test]
        fn no_text_and_no_amount_survives(
            mut body in proptest::collection::hash_map(name(), marked(), 0..8),
            payload in marked(),
            accounts in proptest::collection::vec(marked(), 0..4),
        ) {
            let mut payload = if payload.is_object() { payload } else { json!({}) };
            payload["accounts"] = Value::from(accounts);
            body.insert("payload".into(), payload);
            body.insert("eventType".into(), json!("added"));
            let event = redact(&serde_json::to_vec(&body).unwrap()).unwrap();
            let kept = format!("{event:?}{}", serde_json::to_string(&event).unwrap());
            prop_assert!(!kept.contains("MARK"), "{kept}");
            prop_assert!(!kept.contains("987654321"), "{kept}");
        }

        #[test]
        fn number_name_and_balance_never_survive(
            number in "9[0-9]{11,16}", name in "[A-Z][a-z]{9,12}", balance in 1_000_000..9_999_999_i64,
            kind in proptest::sample::select(vec!["added", "discovered", "somethingNew"]),
        ) {
            let event = read(&json!({ "eventType": kind, "payload": { "query": name, "accounts": [{
                "id": "1", "number": number, "accountNumberDisplay": number, "name": name,
                "balance": balance, "detail": { "number": number, "owner": name }, "type": "ira",
            }] } }));
            let kept = format!("{event:?}{}", serde_json::to_string(&event).unwrap());
            prop_assert_eq!(event.accounts.len(), 1);
            for gone in [&number[..], &name[..], &balance.to_string()] {
                prop_assert!(!kept.contains(gone), "{} in {}", gone, kept);
            }
        }
    }
}
