//! Whom a campaign is about.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::LeftOut;
use crate::{
    identity::Language,
    ids::ConnectionId,
    notify::Way,
    status::{Acts, Code, Row, Table},
};

/// Institutions that one campaign may name.
pub const MOST_INSTITUTIONS: usize = 20;
/// The most days of any field.
pub const MOST_DAYS: u16 = 3_650;

/// Whom a campaign is about. Never changed once it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criteria {
    /// Where; none: everywhere.
    pub institutions: Vec<i64>,
    /// Broken by which codes.
    pub codes: Vec<Code>,
    /// For at least so many days.
    pub days_from: u16,
    /// For at most so many.
    pub days_to: Option<u16>,
    /// Whose language; absent: anybody's.
    pub language: Option<Language>,
    /// How they are told.
    pub way: Way,
    /// Who was told of it within so many days is left out.
    pub told_days: u16,
}

/// Why criteria make no campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCriteria {
    /// No code is chosen, or one that Fix does not help with.
    #[error("no code that a repair helps with")]
    Codes,
    /// Too many institutions, or one where nobody is connected.
    #[error("not an institution of this installation")]
    Institutions,
    /// An age that begins after it ends, or is too long.
    #[error("no age")]
    Days,
    /// This installation sends no text messages.
    #[error("no text messages here")]
    NoTexts,
}

/// Whether a campaign may ask for it: the user acts, and Fix helps.
pub(super) fn is_askable(row: &Row) -> bool {
    row.fixable && row.acts == Acts::User
}

impl Criteria {
    /// In order, each once; or why they are none.
    pub(super) fn checked(mut self, table: &Table, texts: bool) -> Result<Self, BadCriteria> {
        self.codes.sort_unstable();
        self.codes.dedup();
        self.institutions.sort_unstable();
        self.institutions.dedup();
        let askable = |code: &Code| table.knows(*code) && is_askable(table.row(*code));
        if self.codes.is_empty() || !self.codes.iter().all(askable) {
            return Err(BadCriteria::Codes);
        }
        if self.institutions.len() > MOST_INSTITUTIONS {
            return Err(BadCriteria::Institutions);
        }
        let longest = self.days_to.unwrap_or_default();
        let longest = longest.max(self.days_from).max(self.told_days);
        if longest > MOST_DAYS || self.days_to.is_some_and(|to| to < self.days_from) {
            return Err(BadCriteria::Days);
        }
        if self.way == Way::Sms && !texts {
            return Err(BadCriteria::NoTexts);
        }
        Ok(self)
    }

    /// As the audit keeps them.
    pub(crate) fn facts(&self) -> serde_json::Value {
        let codes: Vec<i64> = self.codes.iter().map(|code| code.get()).collect();
        json!({
            "institutions": self.institutions, "codes": codes, "days_from": self.days_from,
            "days_to": self.days_to, "language": self.language, "channel": self.way.name(),
            "told_days": self.told_days,
        })
    }

    /// Between which instants a break opened that is meant at `at`.
    pub(crate) fn opened(&self, at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let days = |days: u16| TimeDelta::days(days.into());
        // Of one that may last three days at most, the whole third day counts.
        let earliest = self.days_to.map_or(DateTime::UNIX_EPOCH, |to| {
            at - days(to) - TimeDelta::days(1)
        });
        (earliest, at - days(self.days_from))
    }
}

/// What a count found, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Count {
    /// Whether it is through.
    pub done: bool,
    /// Where it goes on.
    pub after: Option<(i64, ConnectionId)>,
    /// Connections that would be written about.
    pub write: i64,
    /// The others, by reason.
    pub left_out: BTreeMap<LeftOut, i64>,
}

impl Count {
    /// Counts one more.
    pub(super) fn add(&mut self, at: (i64, ConnectionId), why: Option<LeftOut>) {
        match why {
            Some(why) => *self.left_out.entry(why).or_default() += 1,
            None => self.write += 1,
        }
        self.after = Some(at);
    }

    /// All that were looked at.
    pub fn total(&self) -> i64 {
        self.write + self.left_out.values().sum::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn criteria() -> Criteria {
        Criteria {
            institutions: vec![6, 5, 6],
            codes: vec![Code::new(108), Code::new(103), Code::new(103)],
            days_from: 2,
            days_to: Some(30),
            language: None,
            way: Way::Email,
            told_days: 7,
        }
    }

    #[test]
    fn what_is_meant_is_in_order() {
        let checked = criteria().checked(&Table::shipped(), false).unwrap();
        assert_eq!(checked.institutions, [5, 6]);
        assert_eq!(checked.codes, [Code::new(103), Code::new(108)]);
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (earliest, latest) = checked.opened(at);
        assert_eq!(
            (at - earliest, at - latest),
            (TimeDelta::days(31), TimeDelta::days(2))
        );
    }

    #[rstest]
    #[case::no_code(Criteria { codes: vec![], ..criteria() }, BadCriteria::Codes)]
    #[case::mastercards(Criteria { codes: vec![Code::new(168)], ..criteria() }, BadCriteria::Codes)]
    #[case::unknown(Criteria { codes: vec![Code::new(987_654)], ..criteria() }, BadCriteria::Codes)]
    #[case::too_many(Criteria { institutions: (0..21).collect(), ..criteria() }, BadCriteria::Institutions)]
    #[case::upside_down(Criteria { days_from: 31, ..criteria() }, BadCriteria::Days)]
    #[case::too_long(Criteria { told_days: 3_651, ..criteria() }, BadCriteria::Days)]
    #[case::no_texts(Criteria { way: Way::Sms, ..criteria() }, BadCriteria::NoTexts)]
    fn what_makes_no_campaign(#[case] criteria: Criteria, #[case] bad: BadCriteria) {
        assert_eq!(criteria.checked(&Table::shipped(), false), Err(bad));
    }
}
