//! The operator's changes: the triggering criteria of Mastercard's guide.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    Acts, Cause, Channel, Code, FIXABLE, Remedy, Row, Rows, Severity, TableError, Wording, check,
};

/// What the operator says of one code. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Change {
    /// Why.
    pub cause: Option<Cause>,
    /// Whose turn it is.
    pub acts: Option<Acts>,
    /// Whether Data Connect Fix is offered.
    pub fixable: Option<bool>,
    /// What helps. The sentence follows it.
    pub remedy: Option<Remedy>,
    /// Whether a nightly run may end it by itself.
    pub self_heals: Option<bool>,
    /// How loud it is.
    pub severity: Option<Severity>,
    /// What our pages do.
    pub in_app: Option<Channel>,
    /// What letters do.
    pub email: Option<Channel>,
    /// What text messages do.
    pub sms: Option<Channel>,
}

/// A change of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Which.
    pub code: Code,
    /// What.
    pub change: Change,
}

/// Whether the operator may offer Fix beyond Mastercard's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widening {
    /// No.
    Refused,
    /// The operator said so in as many words.
    Allowed,
}

/// Changes the rows, or says which change cannot be.
pub(super) fn apply(
    rows: &mut Rows,
    overrides: &[Override],
    widening: Widening,
) -> Result<(), TableError> {
    let mut seen = BTreeSet::new();
    for Override { code, change } in overrides {
        if !seen.insert(*code) {
            return Err(TableError::Twice(*code));
        }
        let row = rows
            .known
            .get_mut(code)
            .ok_or(TableError::NoSuchCode(*code))?;
        if !check::is_failure(row) {
            return Err(TableError::NoFailure(*code));
        }
        if change.fixable == Some(true) {
            // Judged before the change: another cause makes no closed account fixable.
            if !check::may_be_fixable(row) {
                return Err(TableError::NeverFixable(*code));
            }
            if !FIXABLE.contains(code) && widening == Widening::Refused {
                return Err(TableError::Widened(*code));
            }
        }
        change.bend(row);
        check::row(row)?;
    }
    Ok(())
}

impl Change {
    fn bend(&self, row: &mut Row) {
        let was = row.remedy;
        row.cause = self.cause.unwrap_or(row.cause);
        row.severity = self.severity.unwrap_or(row.severity);
        row.self_heals = self.self_heals.unwrap_or(row.self_heals);
        row.channels.in_app = self.in_app.unwrap_or(row.channels.in_app);
        row.channels.email = self.email.unwrap_or(row.channels.email);
        row.channels.sms = self.sms.unwrap_or(row.channels.sms);
        row.acts = self.acts.unwrap_or(row.acts);
        row.fixable = self.fixable.unwrap_or(row.fixable);
        row.remedy = self.remedy.unwrap_or(row.remedy);
        if self.remedy.is_none() && row.fixable != row.remedy.fixes() {
            // Who takes the button away takes the matter over; who gives one
            // gives it to the user.
            let (remedy, acts) = if row.fixable {
                (Remedy::Fix, Acts::User)
            } else {
                (Remedy::Case, Acts::Partner)
            };
            row.remedy = remedy;
            row.acts = self.acts.unwrap_or(acts);
        }
        if row.remedy != was {
            row.wording = Wording::usual(row.remedy);
        }
    }
}
