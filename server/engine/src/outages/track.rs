//! How people fared at an institution lately: told before the next one starts.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::InstitutionId;

use super::{Outages, Record};
use crate::{
    connect::session::{Failure, State},
    ids::UserId,
    status::{Acts, Code, Table},
    store::{StoreError, connect_sessions::ConnectSession},
};

/// How far back it is looked.
const LATELY: TimeDelta = TimeDelta::hours(24);
/// As many visits say enough.
const MOST_VISITS: u16 = 200;

impl Outages {
    /// How people fared who tried to connect there in the last 24 hours, where
    /// (nearly) nobody got through. Without enough of them nothing is claimed.
    pub async fn hopeless(&self, institution: InstitutionId) -> Result<Option<Record>, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let visits = unit
            .visits_at(institution, now - LATELY, MOST_VISITS)
            .await?;
        let record = record(&visits, &self.table, now);
        Ok(Some(record).filter(|record| self.settings.is_hopeless(*record)))
    }
}

/// Each person counts once, and has connected when one visit did. Whoever left,
/// mistyped, or is still there says nothing of the institution.
fn record(visits: &[ConnectSession], table: &Table, now: DateTime<Utc>) -> Record {
    let mut people: BTreeMap<UserId, bool> = BTreeMap::new();
    for visit in visits {
        if let Some(connected) = result(visit, table, now) {
            *people.entry(visit.user).or_default() |= connected;
        }
    }
    let count = |counted: usize| u32::try_from(counted).unwrap_or(u32::MAX);
    Record {
        tried: count(people.len()),
        connected: count(people.values().filter(|connected| **connected).count()),
    }
}

/// Whether a visit connected, where that says something of the institution.
fn result(visit: &ConnectSession, table: &Table, now: DateTime<Utc>) -> Option<bool> {
    let facts = &visit.facts;
    match visit.standing(now).state {
        State::Connected => Some(true),
        State::Failed(Failure::Trouble { code }) => {
            let users = |code: i64| table.row(Code::new(code)).acts == Acts::User;
            (!code.is_some_and(users)).then_some(false)
        }
        // Back without a word of success is no verdict.
        State::Failed(Failure::NothingArrived) => {
            (facts.added.is_some() || facts.finished.is_some()).then_some(false)
        }
        State::Created
        | State::Opened
        | State::Adding
        | State::Left
        | State::Expired
        | State::Failed(Failure::NoLink(_) | Failure::SignInRefused | Failure::NothingNew) => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        connect::session::{Facts, Hint},
        ids::ConnectSessionId,
    };

    fn began() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn visit(user: u128, hints: &[Hint]) -> ConnectSession {
        let mut facts = Facts::default();
        for hint in hints {
            facts.learn(hint, began());
        }
        facts.read(began() + TimeDelta::seconds(1), Vec::new(), false);
        ConnectSession {
            id: ConnectSessionId(uuid::Uuid::from_u128(user)),
            user: UserId(uuid::Uuid::from_u128(user)),
            customer: "1".parse().unwrap(),
            institution: InstitutionId::new(5),
            institution_name: "Chase".to_owned(),
            institutions: Vec::new(),
            reference: String::new(),
            facts,
            created: began(),
            refreshed: None,
            repairs: None,
            language: "en".to_owned(),
        }
    }

    fn connected(user: u128) -> ConnectSession {
        let mut visit = visit(user, &[Hint::Added]);
        let account = "7".parse().unwrap();
        visit.facts.read(began(), vec![account], true);
        visit
    }

    fn count(visits: &[ConnectSession]) -> (u32, u32) {
        let later = began() + TimeDelta::hours(5);
        let record = record(visits, &Table::shipped(), later);
        (record.tried, record.connected)
    }

    #[rstest]
    #[case::it_does_not_answer(&[Hint::Trouble(Some(102)), Hint::Returned], (1, 0))]
    #[case::nobody_says_why(&[Hint::Trouble(None), Hint::Returned], (1, 0))]
    #[case::all_seemed_well(&[Hint::Added, Hint::Finished], (1, 0))]
    #[case::a_wrong_code(&[Hint::Trouble(Some(187)), Hint::Returned], (0, 0))]
    #[case::a_wrong_password(&[Hint::SignInRefused, Hint::Returned], (0, 0))]
    #[case::went_away(&[Hint::Left], (0, 0))]
    #[case::came_back_without_a_word(&[Hint::Returned], (0, 0))]
    #[case::never_opened(&[], (0, 0))]
    fn what_a_visit_says_of_the_institution(#[case] hints: &[Hint], #[case] expected: (u32, u32)) {
        assert_eq!(count(&[visit(1, hints)]), expected);
    }

    #[test]
    fn each_person_counts_once_and_a_success_counts() {
        let failed = |user| visit(user, &[Hint::Trouble(Some(102)), Hint::Returned]);
        let all = [failed(1), failed(1), failed(2), connected(2), connected(3)];
        assert_eq!(count(&all), (3, 2));
    }
}
