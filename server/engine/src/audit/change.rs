//! What an act changed, as JSON.

use serde_json::{Value, json};

use super::Act;

/// JSON as it was, and as it is.
pub(crate) type Change = (Option<Value>, Option<Value>);

fn was(before: Value) -> Change {
    (Some(before), None)
}

fn is(after: Value) -> Change {
    (None, Some(after))
}

impl Act {
    /// Nothing in it names a person: it cannot be erased.
    pub(crate) fn change(&self) -> Change {
        match self {
            Self::SignedIn(factor) => (None, factor.map(|kind| json!({ "factor": kind }))),
            Self::FactorSetUp(kind) => is(json!({ "factor": kind })),
            Self::FactorRemoved(kind) => was(json!({ "factor": kind })),
            Self::RecoveryCodeUsed { left } => is(json!({ "left": left })),
            Self::Invited { role, .. } | Self::Joined(role) => is(json!({ "role": role })),
            Self::InvitationWithdrawn { role, .. } => was(json!({ "role": role })),
            Self::RoleChanged { before, after, .. } => (
                Some(json!({ "role": before })),
                Some(json!({ "role": after })),
            ),
            Self::SessionsEnded { count, .. } | Self::SignedOutEverywhere { count } => {
                was(json!({ "sign_ins": count }))
            }
            Self::Marked(_, connection, mark, _) => {
                is(json!({ "connection": connection, "mark": mark.name() }))
            }
            Self::Unmarked(_, connection, mark) => {
                was(json!({ "connection": connection, "mark": mark.name() }))
            }
            Self::EventReplayed(event) => is(json!({ "event": event })),
            Self::EventsReplayed(window) => is(json!(window)),
            Self::JobRetried { job, kind } => is(json!({ "job": job, "kind": kind })),
            Self::JobCancelled { job, kind, before } => {
                was(json!({ "job": job, "kind": kind, "state": before.as_str() }))
            }
            Self::Snoozed(_, connection, until) => {
                is(json!({ "connection": connection, "until": until }))
            }
            Self::Unsnoozed(_, connection) => was(json!({ "connection": connection })),
            Self::LetterSent(_, connection) => is(json!({ "connection": connection })),
            Self::CaseSent(case, count) => is(json!({ "case": case, "connections": count })),
            Self::CaseNumbered {
                case,
                before,
                after,
            } => {
                let numbered = |number| Some(json!({ "case": case, "number": number }));
                (numbered(before), numbered(after))
            }
            Self::CampaignMade(campaign, criteria) => {
                is(json!({ "campaign": campaign, "criteria": criteria.facts() }))
            }
            Self::CampaignSent(campaign, count) => is(
                json!({ "campaign": campaign, "write": count.write, "left_out": count.left_out }),
            ),
            Self::CampaignStopped(campaign, left) => {
                was(json!({ "campaign": campaign, "not_written_to": left }))
            }
            Self::Exported(filter) => is(json!(filter)),
            Self::NamesErased { rows } => is(json!({ "rows": rows })),
            Self::FactorFailed
            | Self::PasskeyRenamed
            | Self::RecoveryCodesMade
            | Self::FactorsReset(_)
            | Self::PasswordReset
            | Self::PasswordChanged
            | Self::SignInEnded
            | Self::AdminMade(_)
            | Self::Erased(_)
            | Self::Disabled(_)
            | Self::Enabled(_)
            | Self::Looked(_)
            | Self::SecretRotated => (None, None),
        }
    }
}
