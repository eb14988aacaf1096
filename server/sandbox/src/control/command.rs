//! What can be asked for, in one list for the JSON door and the page's forms.

use chrono::{DateTime, Duration, Utc};
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::MoveRefused;
use crate::config::{FirstAggregation, LinkUse};
use crate::state::{
    AccountId, Availability, BrokenBody, InstitutionId, LoginId, LogoHost, OperationFault, Sandbox,
    StatusCode, WebhookEffect, WebhookFault, Work,
};

/// A wish, by the name in its member `do`. Numbers may be written as text, as
/// forms do, and an empty text is an absent member.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Command {
    /// Moves the clock forward.
    AdvanceClock {
        #[serde(default, deserialize_with = "lenient")]
        days: i64,
        #[serde(default, deserialize_with = "lenient")]
        hours: i64,
        #[serde(default, deserialize_with = "lenient")]
        minutes: i64,
        #[serde(default, deserialize_with = "lenient")]
        seconds: i64,
    },
    /// Moves the clock forward to a time (RFC 3339).
    SetClock { to: DateTime<Utc> },
    /// Breaks a login with a code; 0 heals it.
    BreakLogin {
        #[serde(deserialize_with = "lenient")]
        login: u64,
        #[serde(deserialize_with = "lenient")]
        code: u32,
    },
    /// Breaks one account with a code; 0 heals it.
    BreakAccount {
        #[serde(deserialize_with = "lenient")]
        account: u64,
        #[serde(deserialize_with = "lenient")]
        code: u32,
    },
    /// Lays an availability over an institution; absent takes it off.
    SetInstitution {
        #[serde(deserialize_with = "lenient")]
        institution: u64,
        #[serde(default, deserialize_with = "optional")]
        availability: Option<Availability>,
    },
    /// Bends the next events.
    FaultWebhooks {
        effect: EffectName,
        #[serde(default = "one", deserialize_with = "lenient")]
        events: u32,
        #[serde(default, deserialize_with = "optional")]
        event_type: Option<String>,
        #[serde(default, deserialize_with = "lenient")]
        delay_seconds: i64,
    },
    /// Ends all webhook faults.
    ClearWebhookFaults,
    /// Bends replies of an operation (`operationId`, or `*`).
    FaultOperation {
        operation: String,
        #[serde(default, deserialize_with = "optional_number")]
        status: Option<u16>,
        #[serde(default, deserialize_with = "optional_number")]
        code: Option<u32>,
        #[serde(default, deserialize_with = "optional")]
        body: Option<BrokenBody>,
        #[serde(default, deserialize_with = "lenient")]
        latency_ms: u64,
        #[serde(default, deserialize_with = "optional_number")]
        retry_after: Option<u32>,
        #[serde(default)]
        work: Work,
        #[serde(default, deserialize_with = "optional_number")]
        times: Option<u32>,
    },
    /// Ends all operation faults.
    ClearOperationFaults,
    /// Whether the logo host answers.
    SetLogoHost { host: LogoHost },
    /// When new and repaired accounts are aggregated.
    SetFirstAggregation {
        when: FirstName,
        #[serde(default, deserialize_with = "lenient")]
        minutes: i64,
    },
    /// Whether links that do not say so die with the first success.
    SetLinkUse { links: LinkUseName },
    /// Unlocks the partner.
    UnlockPartner,
}

/// Names of webhook effects.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum EffectName {
    Lose,
    Delay,
    Double,
    Reorder,
}

/// Names of the times of a first aggregation.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum FirstName {
    AtOnce,
    After,
    NextBatch,
}

/// Names of link uses.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum LinkUseName {
    Many,
    Single,
}

/// Why a wish is not granted.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// Not a wish at all.
    #[error("not understood: {0}")]
    NotUnderstood(#[from] serde_json::Error),
    /// The clock.
    #[error(transparent)]
    Clock(#[from] MoveRefused),
    /// Names something that is not there.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// A number outside its range.
    #[error("{0} is out of range")]
    Range(&'static str),
}

/// Grants a wish.
pub(super) fn perform(sandbox: &Sandbox, command: Command) -> Result<(), Refusal> {
    match command {
        Command::AdvanceClock {
            days,
            hours,
            minutes,
            seconds,
        } => {
            let by = sum(days, hours, minutes, seconds).ok_or(Refusal::Range("the move"))?;
            sandbox.clock().advance(by)?;
        }
        Command::SetClock { to } => {
            sandbox.clock().advance_to(to)?;
        }
        Command::BreakLogin { login, code } => {
            let done =
                sandbox.work(|state, now| state.break_login(LoginId(login), StatusCode(code), now));
            found(done, "login")?;
        }
        Command::BreakAccount { account, code } => {
            let done = sandbox
                .work(|state, now| state.break_account(AccountId(account), StatusCode(code), now));
            found(done, "account")?;
        }
        Command::SetInstitution {
            institution,
            availability,
        } => {
            let id = InstitutionId::new(institution);
            found(sandbox.directory().get(id).is_some(), "institution")?;
            sandbox.work(|state, _| state.set_availability(id, availability));
        }
        Command::FaultWebhooks {
            effect,
            events,
            event_type,
            delay_seconds,
        } => {
            let effect = effect_of(effect, delay_seconds)?;
            let fault = WebhookFault {
                effect,
                event_type,
                left: events.max(1),
            };
            sandbox.work(|state, _| state.faults.webhooks.push(fault));
        }
        Command::ClearWebhookFaults => sandbox.work(|state, _| state.faults.webhooks.clear()),
        Command::ClearOperationFaults => sandbox.work(|state, _| state.faults.operations.clear()),
        Command::SetLogoHost { host } => sandbox.work(|state, _| state.faults.logos = host),
        Command::SetFirstAggregation { when, minutes } => {
            let first = first_of(when, minutes)?;
            sandbox.work(|state, _| state.set_first_aggregation(first));
        }
        Command::SetLinkUse { links } => {
            let link_use = match links {
                LinkUseName::Many => LinkUse::Many,
                LinkUseName::Single => LinkUse::Single,
            };
            sandbox.work(|state, _| state.link_use = link_use);
        }
        Command::UnlockPartner => sandbox.work(|state, _| state.partner.unlock()),
        fault @ Command::FaultOperation { .. } => add_operation_fault(sandbox, fault)?,
    }
    Ok(())
}

fn add_operation_fault(sandbox: &Sandbox, command: Command) -> Result<(), Refusal> {
    let Command::FaultOperation {
        operation,
        status,
        code,
        body,
        latency_ms,
        retry_after,
        work,
        times,
    } = command
    else {
        return Ok(());
    };
    let known = crate::api::OPERATIONS
        .iter()
        .any(|(_, _, name)| *name == operation);
    found(known || operation == "*", "operation")?;
    // 1xx replies are no replies, and the server could not send them.
    if status.is_some_and(|status| !(200..=599).contains(&status)) {
        return Err(Refusal::Range("the status"));
    }
    let fault = OperationFault {
        operation,
        status,
        code,
        body,
        latency_ms,
        retry_after,
        work,
        times: times.filter(|times| *times > 0),
    };
    sandbox.work(|state, _| state.faults.operations.push(fault));
    Ok(())
}

fn found(there: bool, what: &'static str) -> Result<(), Refusal> {
    if there {
        Ok(())
    } else {
        Err(Refusal::Unknown(what))
    }
}

fn sum(days: i64, hours: i64, minutes: i64, seconds: i64) -> Option<Duration> {
    Duration::try_days(days)?
        .checked_add(&Duration::try_hours(hours)?)?
        .checked_add(&Duration::try_minutes(minutes)?)?
        .checked_add(&Duration::try_seconds(seconds)?)
}

fn effect_of(effect: EffectName, delay_seconds: i64) -> Result<WebhookEffect, Refusal> {
    Ok(match effect {
        EffectName::Lose => WebhookEffect::Lose,
        EffectName::Double => WebhookEffect::Double,
        EffectName::Reorder => WebhookEffect::Reorder,
        EffectName::Delay if (0..=31_536_000).contains(&delay_seconds) => {
            WebhookEffect::Delay(Duration::seconds(delay_seconds))
        }
        EffectName::Delay => return Err(Refusal::Range("the delay")),
    })
}

fn first_of(when: FirstName, minutes: i64) -> Result<FirstAggregation, Refusal> {
    Ok(match when {
        FirstName::AtOnce => FirstAggregation::AtOnce,
        FirstName::NextBatch => FirstAggregation::NextBatch,
        FirstName::After if (0..=525_600).contains(&minutes) => {
            FirstAggregation::After(Duration::minutes(minutes))
        }
        FirstName::After => return Err(Refusal::Range("the minutes")),
    })
}

const fn one() -> u32 {
    1
}

/// A number, or text that is one; empty text is nought.
fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64> + Default,
{
    Ok(optional_number(deserializer)?.unwrap_or_default())
}

fn optional_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    let number = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_i64(),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let fits = number.and_then(|number| T::try_from(number).ok());
    fits.map(Some)
        .ok_or_else(|| D::Error::custom("a whole number is wanted"))
}

/// A word, with empty text as an absent one.
fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        value => serde_json::from_value(value)
            .map(Some)
            .map_err(D::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn forms_and_json_ask_the_same() {
        for value in [
            json!({ "do": "breakLogin", "login": 5, "code": 103 }),
            json!({ "do": "breakLogin", "login": "5", "code": " 103 " }),
        ] {
            let command: Command = serde_json::from_value(value).unwrap();
            assert!(matches!(
                command,
                Command::BreakLogin {
                    login: 5,
                    code: 103
                }
            ));
        }
        let form =
            json!({ "do": "faultOperation", "operation": "*", "status": "", "body": "html" });
        let command: Command = serde_json::from_value(form).unwrap();
        let Command::FaultOperation { status, body, .. } = command else {
            panic!()
        };
        assert_eq!((status, body), (None, Some(BrokenBody::Html)));
    }

    #[test]
    fn nonsense_is_refused() {
        for value in [
            json!({ "do": "explode" }),
            json!({ "do": "breakLogin", "login": -1, "code": 103 }),
            json!({ "do": "breakLogin", "login": "x", "code": 103 }),
            json!({ "do": "faultWebhooks", "effect": "burn" }),
        ] {
            assert!(
                serde_json::from_value::<Command>(value.clone()).is_err(),
                "{value}"
            );
        }
    }
}
