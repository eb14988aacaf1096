//! What can be asked for, in one list for the JSON door and the page's forms.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::MoveRefused;
use crate::config::{FirstAggregation, LinkUse};
use crate::scenario::{Scenario, ScenarioError};
use crate::state::{
    BrokenBody, CustomerId, LogoHost, NotThere, OperationFault, Sandbox, WebhookEffect,
    WebhookFault, Work,
};
use crate::wish::{Wish, WishError, lenient};

/// Anything that can be asked for: a deed, or something of the sandbox itself.
pub(super) enum Asked {
    Wish(Box<Wish>),
    Command(Box<Command>),
}

/// Something of the sandbox itself, by the name in the member `do`. Numbers may
/// be written as text, as forms do, and an empty text is an absent member.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Command {
    /// Moves the clock forward.
    AdvanceClock {
        #[serde(default, deserialize_with = "lenient::number")]
        days: i64,
        #[serde(default, deserialize_with = "lenient::number")]
        hours: i64,
        #[serde(default, deserialize_with = "lenient::number")]
        minutes: i64,
        #[serde(default, deserialize_with = "lenient::number")]
        seconds: i64,
    },
    /// Moves the clock forward to a time (RFC 3339).
    SetClock { to: DateTime<Utc> },
    /// Bends the next events.
    FaultWebhooks {
        effect: EffectName,
        #[serde(default = "one", deserialize_with = "lenient::number")]
        events: u32,
        #[serde(default, deserialize_with = "lenient::optional")]
        event_type: Option<String>,
        #[serde(default, deserialize_with = "lenient::number")]
        delay_seconds: i64,
    },
    /// Ends all webhook faults.
    ClearWebhookFaults,
    /// Bends replies of an operation (`operationId`, or `*`).
    FaultOperation {
        operation: String,
        #[serde(default, deserialize_with = "lenient::optional_number")]
        customer: Option<u64>,
        #[serde(default, deserialize_with = "lenient::optional_number")]
        status: Option<u16>,
        #[serde(default, deserialize_with = "lenient::optional_number")]
        code: Option<u32>,
        #[serde(default, deserialize_with = "lenient::optional")]
        body: Option<BrokenBody>,
        #[serde(default, deserialize_with = "lenient::number")]
        latency_ms: u64,
        #[serde(default, deserialize_with = "lenient::optional_number")]
        retry_after: Option<u32>,
        #[serde(default)]
        work: Work,
        #[serde(default, deserialize_with = "lenient::optional_number")]
        times: Option<u32>,
    },
    /// Ends all operation faults.
    ClearOperationFaults,
    /// Whether the logo host answers.
    SetLogoHost { host: LogoHost },
    /// When new and repaired accounts are aggregated.
    SetFirstAggregation {
        when: FirstName,
        #[serde(default, deserialize_with = "lenient::number")]
        minutes: i64,
    },
    /// Whether links that do not say so die with the first success.
    SetLinkUse { links: LinkUseName },
    /// Unlocks the partner.
    UnlockPartner,
    /// Begins a scenario now, by the name of one that is compiled in or by its text.
    StartScenario { scenario: String },
    /// Leaves the rest of the scenario unplayed.
    StopScenario,
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
    /// A deed that cannot be done.
    #[error(transparent)]
    Wish(#[from] WishError),
    /// A deed to somebody who is not there.
    #[error(transparent)]
    NotThere(#[from] NotThere),
    /// A scenario that cannot be played.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// Names something that is not there.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// A number outside its range.
    #[error("{0} is out of range")]
    Range(&'static str),
}

impl Asked {
    /// Reads what a form or a JSON object asks for.
    pub(super) fn read(value: Value) -> Result<Self, Refusal> {
        Ok(if Wish::is_one(&value) {
            Self::Wish(serde_json::from_value(value)?)
        } else {
            Self::Command(serde_json::from_value(value)?)
        })
    }

    /// Grants it.
    pub(super) fn grant(self, sandbox: &Sandbox) -> Result<(), Refusal> {
        match self {
            Self::Wish(wish) => {
                // The time of a step of a scenario; a wish is for now.
                if wish.day.is_some() || wish.hour.is_some() {
                    return Err(WishError::Unfit("day").into());
                }
                let deed = wish.deed(sandbox.directory())?;
                Ok(sandbox.work(|state, now| state.perform(&deed, now))?)
            }
            Self::Command(command) => perform(sandbox, *command),
        }
    }
}

fn perform(sandbox: &Sandbox, command: Command) -> Result<(), Refusal> {
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
        Command::StartScenario { scenario } => {
            let plot = Scenario::given(&scenario)?.plot(sandbox.directory())?;
            sandbox.work(|state, now| state.start_scenario(plot, now));
        }
        Command::StopScenario => sandbox.work(|state, _| state.stop_scenario()),
        fault @ Command::FaultOperation { .. } => add_operation_fault(sandbox, fault)?,
    }
    Ok(())
}

fn add_operation_fault(sandbox: &Sandbox, command: Command) -> Result<(), Refusal> {
    let Command::FaultOperation {
        operation,
        customer,
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
        customer: customer.map(CustomerId),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn forms_and_json_ask_the_same() {
        let form =
            json!({ "do": "faultOperation", "operation": "*", "status": "", "body": "html" });
        let command: Command = serde_json::from_value(form).unwrap();
        let Command::FaultOperation { status, body, .. } = command else {
            panic!()
        };
        assert_eq!((status, body), (None, Some(BrokenBody::Html)));
    }

    #[test]
    fn deeds_are_told_from_commands() {
        for (value, is_wish) in [
            (json!({ "do": "breakLogin", "login": 5, "code": 103 }), true),
            (json!({ "do": "freeze", "everybody": true }), true),
            (json!({ "do": "unlockPartner" }), false),
        ] {
            let asked = Asked::read(value.clone()).unwrap();
            assert_eq!(matches!(asked, Asked::Wish(_)), is_wish, "{value}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for value in [
            json!({ "do": "explode" }),
            json!({ "do": "breakLogin", "login": "x", "code": 103 }),
            json!({ "do": "faultWebhooks", "effect": "burn" }),
        ] {
            assert!(Asked::read(value.clone()).is_err(), "{value}");
        }
    }
}
