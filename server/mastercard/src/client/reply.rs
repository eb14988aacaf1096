//! What a reply means: a pure function of status, headers and body.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode, header};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::transport::Call;
use crate::error::Credential;
use crate::{AggregationStatusCode, Cause, ErrorCode, Operation, wire};

/// Codes of the aggregation, a line each: the code, then the HTTP statuses it
/// comes with when that is not 500 alone.
const AGGREGATION_CODES: &str = include_str!("../data/aggregation-codes.txt");

/// Codes the description lists for generate calls that are wrong in
/// themselves: with one of them, the reply is about the request and not about
/// our webhook.
const WRONG_REQUEST: [ErrorCode; 8] = [
    ErrorCode::MISSING_PARAMETER,
    ErrorCode::INVALID_FIELD,
    ErrorCode::CONSUMER_NOT_FOUND,
    ErrorCode::NOT_FOUND,
    ErrorCode::INSTITUTION_NOT_FOUND,
    ErrorCode::BAD_REQUEST,
    ErrorCode::INVALID_CUSTOMER,
    ErrorCode::LOGIN_WITHOUT_ACCOUNTS,
];

/// A reply as it came.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    retry_after: Option<String>,
    pub(super) body: Vec<u8>,
}

/// What is to be done about a reply.
pub(super) enum Verdict {
    /// The answer.
    Answer(Vec<u8>),
    /// The token must be renewed.
    TokenRefused(Cause),
    /// An answer too, though an unwelcome one: not retried, not counted.
    Refused(Cause),
    /// A fault on the way or at Mastercard: retried where that is harmless.
    Trouble {
        cause: Cause,
        retry_after: Option<Duration>,
    },
}

impl Verdict {
    /// Whether the circuit breaker counts it as a failure. A 429 is not one:
    /// Mastercard works, and names its own pause.
    pub(super) fn counts(&self) -> bool {
        match self {
            Self::Trouble { cause, .. } => !matches!(cause, Cause::Rejected { status: 429, .. }),
            Self::Refused(cause) => matches!(cause, Cause::Unreadable { .. }),
            Self::Answer(_) | Self::TokenRefused(_) => false,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(_) => f.write_str("answered"),
            Self::TokenRefused(cause) | Self::Refused(cause) | Self::Trouble { cause, .. } => {
                cause.fmt(f)
            }
        }
    }
}

impl Reply {
    pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let retry_after = headers
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok());
        Self {
            status,
            retry_after: retry_after.map(str::to_owned),
            body: Vec::new(),
        }
    }

    /// Whether the body is worth reading: not on a success that says all by
    /// its status. (202 is not one: aggregation codes come with it.)
    pub(super) fn is_wanted(&self, call: &Call) -> bool {
        call.answers
            || !matches!(
                self.status,
                StatusCode::OK | StatusCode::CREATED | StatusCode::NO_CONTENT
            )
    }

    /// What the reply means for this call, at this time.
    pub(super) fn judge(self, call: &Call, now: DateTime<Utc>) -> Verdict {
        let status = self.status.as_u16();
        let body = ErrorBody::read(&self.body);
        if let Some(code) = body.code.filter(|_| call.operation.aggregates())
            && is_aggregation(code, status)
        {
            return Verdict::Refused(Cause::Aggregation {
                code: AggregationStatusCode::new(code.get()),
            });
        }
        if self.status.is_success() {
            return self.success(call);
        }
        if let Some(refused) = credentials(call, status, &body) {
            return refused;
        }
        if call.pings && body.blames_webhook(status) {
            return Verdict::Refused(Cause::LinkRefusedByWebhook {
                status,
                code: body.code,
            });
        }
        let cause = Cause::Rejected {
            status,
            code: body.code,
        };
        let retry_after = self
            .retry_after
            .as_deref()
            .and_then(|text| retry_after(text, now));
        match status {
            429 | 500.. => Verdict::Trouble { cause, retry_after },
            _ => Verdict::Refused(cause),
        }
    }

    fn success(self, call: &Call) -> Verdict {
        let readable = !call.answers || serde_json::from_slice::<IgnoredAny>(&self.body).is_ok();
        if readable {
            Verdict::Answer(self.body)
        } else {
            Verdict::Refused(Cause::Unreadable {
                status: self.status.as_u16(),
            })
        }
    }
}

/// A 401 is about our token, our application key or our secret. A sign-in also
/// fails with other statuses, for instance 404 for an unknown partner; whether
/// those count towards the lock is not described, so they are taken to.
fn credentials(call: &Call, status: u16, body: &ErrorBody) -> Option<Verdict> {
    let token = matches!(
        body.code,
        Some(ErrorCode::INVALID_TOKEN | ErrorCode::EXPIRED_TOKEN)
    );
    let signing_in = call.operation == Operation::CreateToken;
    let credential = match status {
        401 if token && !signing_in => {
            return Some(Verdict::TokenRefused(Cause::Rejected {
                status,
                code: body.code,
            }));
        }
        401 if body.names_app_key => Credential::AppKey,
        401 if signing_in || call.operation == Operation::ModifyPartnerSecret => {
            Credential::PartnerSecret
        }
        // With a code it is Mastercard's own word; without, a gateway's.
        400..500 if signing_in && body.code.is_some() && status != 429 => Credential::PartnerSecret,
        _ => return None,
    };
    Some(Verdict::Refused(Cause::CredentialsRejected {
        credential,
        code: body.code,
    }))
}

/// Whether a reply of this code and status is the result of an aggregation.
fn is_aggregation(code: ErrorCode, status: u16) -> bool {
    AGGREGATION_CODES.lines().any(|line| {
        let mut words = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_ascii_whitespace();
        let same = words
            .next()
            .is_some_and(|word| word.parse() == Ok(code.get()));
        same && (status == 500 || words.any(|word| word.parse() == Ok(status)))
    })
}

/// What is read of an error's body, and nothing else.
struct ErrorBody {
    is_json: bool,
    code: Option<ErrorCode>,
    names_app_key: bool,
    names_webhook: bool,
}

impl ErrorBody {
    /// Reads the usual body, the wrapper `{"Errors":{"Error":[…]}}` whose
    /// member names vary in case, or text.
    fn read(body: &[u8]) -> Self {
        let json = serde_json::from_slice::<Map<String, Value>>(body).ok();
        let code = json.as_ref().and_then(code_of);
        let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).to_ascii_lowercase();
        Self {
            is_json: json.is_some(),
            code,
            names_app_key: code == Some(ErrorCode::MISSING_APP_KEY)
                || text.contains("finicity-app-key"),
            names_webhook: text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| matches!(word, "webhook" | "webhooks" | "ping")),
        }
    }

    /// The rule at the head of [`super`].
    fn blames_webhook(&self, status: u16) -> bool {
        let speaks_for_itself = matches!(status, 401 | 403 | 404 | 408 | 429 | 502 | 503 | 504);
        let wrong_request = self.code.is_some_and(|code| WRONG_REQUEST.contains(&code));
        self.is_json && (self.names_webhook || !(speaks_for_itself || wrong_request))
    }
}

fn code_of(body: &Map<String, Value>) -> Option<ErrorCode> {
    let number = match body.get("code") {
        Some(code) => wire::integer(code),
        None => wire::integer(member(
            member(body.get("Errors")?, "error")?.get(0)?,
            "reasoncode",
        )?),
    };
    number.map(ErrorCode::new)
}

/// A member by its name without regard to case.
fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value
        .as_object()?
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// `Retry-After`: seconds, or a date.
fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    (date.with_timezone(&Utc) - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("5", Some(5))]
    #[case(" 120 ", Some(120))]
    #[case("Fri, 15 Jan 2027 08:01:00 GMT", Some(60))]
    #[case("Fri, 15 Jan 2027 07:59:00 GMT", None)]
    #[case("soon", None)]
    #[case("-1", None)]
    fn retry_after_is_seconds_or_a_date(#[case] text: &str, #[case] seconds: Option<u64>) {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs));
    }

    #[rstest::rstest]
    #[case(103, 500, true)]
    #[case(103, 400, false)]
    #[case(331, 408, true)]
    #[case(44000, 202, true)]
    #[case(44000, 200, false)]
    #[case(14001, 404, false)]
    #[case(10023, 500, false)]
    #[case(0, 500, false)]
    fn known_aggregation_codes(#[case] code: i64, #[case] status: u16, #[case] known: bool) {
        assert_eq!(is_aggregation(ErrorCode::new(code), status), known);
    }

    #[test]
    fn every_line_of_the_code_file_is_numbers() {
        let lines = AGGREGATION_CODES
            .lines()
            .filter(|line| !line.starts_with('#'));
        let words: Vec<&str> = lines.flat_map(str::split_ascii_whitespace).collect();
        assert!(words.len() > 80);
        assert!(
            words.iter().all(|word| word.parse::<u32>().is_ok()),
            "{words:?}"
        );
    }

    #[rstest::rstest]
    #[case("{\"message\":\"The ping was not answered\"}", true)]
    #[case("{\"message\":\"Bad webhook.\"}", true)]
    #[case("{\"message\":\"mapping, shipping\"}", false)]
    fn a_webhook_is_named_by_whole_words(#[case] body: &str, #[case] named: bool) {
        assert_eq!(ErrorBody::read(body.as_bytes()).names_webhook, named);
    }
}
