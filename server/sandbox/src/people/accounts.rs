//! Which accounts a person has at an institution.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::state::InstitutionId;

use super::directory::{AccountRow, Person};

/// `FinBank` Profiles - A, where the accounts are those of the file to the digit.
const HOME: InstitutionId = InstitutionId::new(102_105);

/// An account as the institution knows it; ids and dates of record are given by
/// the sandbox's state when it is connected.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountSeed {
    /// Names the account among those of its person; the same for ever.
    pub key: String,
    /// Where the person opened it; a migration takes it elsewhere as it is.
    pub home: InstitutionId,
    /// The institution's name for it.
    pub name: String,
    /// An account type of the official description, for example `checking`.
    pub kind: String,
    /// The full number; letters occur in brokerage numbers.
    pub number: String,
    /// The last four characters of the number.
    pub mask: String,
    /// US dollars; debts are below zero.
    pub balance: f64,
    /// Always `USD`.
    pub currency: &'static str,
    /// `personal` or `business`.
    pub market_segment: String,
    /// The day it was opened.
    pub opened: NaiveDate,
    /// Days between the last transaction and the moment of connecting.
    pub last_activity_days: u32,
    /// Members of the official description's account detail.
    pub detail: Map<String, Value>,
}

/// The accounts that `person` has at `institution`.
///
/// At the home test institution these are the file's. Elsewhere numbers and
/// balances differ, and some accounts are absent, each time in the same way: a
/// person who connects two institutions must not see the same list twice.
pub fn accounts_at(person: &'static Person, institution: InstitutionId) -> Vec<AccountSeed> {
    let rows = person.rows();
    let as_written = institution == HOME && person.owns_rows();
    rows.iter()
        .enumerate()
        .filter_map(|(position, row)| {
            let seed = Seed::of(person, institution, row);
            let kept = as_written || position < 2 || seed.keeps();
            kept.then(|| {
                if as_written {
                    written(row, institution)
                } else {
                    varied(row, institution, &seed)
                }
            })
        })
        .collect()
}

/// Bytes that depend on person, institution and account alone.
struct Seed([u8; 32]);

impl Seed {
    fn of(person: &Person, institution: InstitutionId, row: &AccountRow) -> Self {
        let mut hash = Sha256::new();
        for part in [person.username.as_str(), &institution.to_string(), &row.key] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Self(hash.finalize().into())
    }

    /// Three accounts in four exist at any one institution.
    fn keeps(&self) -> bool {
        !self.0[0].is_multiple_of(4)
    }

    /// Between 0.40 and 1.67.
    fn factor(&self) -> f64 {
        0.40 + f64::from(self.0[1]) / 200.0
    }

    fn digit(&self, at: usize) -> char {
        char::from(b'0' + self.0[at % self.0.len()] % 10)
    }
}

fn written(row: &AccountRow, home: InstitutionId) -> AccountSeed {
    build(row, home, row.number.clone(), 1.0)
}

/// Length and letters stay as the type of account has them; only digits change.
fn varied(row: &AccountRow, home: InstitutionId, seed: &Seed) -> AccountSeed {
    let number = row
        .number
        .char_indices()
        .map(|(at, c)| {
            if c.is_ascii_digit() && at > 0 {
                seed.digit(at + 2)
            } else {
                c
            }
        })
        .collect();
    build(row, home, number, seed.factor())
}

fn build(row: &AccountRow, home: InstitutionId, number: String, factor: f64) -> AccountSeed {
    let mask = number
        .chars()
        .skip(number.chars().count().saturating_sub(4))
        .collect();
    AccountSeed {
        key: row.key.clone(),
        home,
        name: row.name.clone(),
        kind: row.kind.clone(),
        number,
        mask,
        balance: cents(row.balance * factor),
        currency: "USD",
        market_segment: row.market_segment.clone(),
        opened: row.opened,
        last_activity_days: row.last_activity_days,
        detail: row
            .detail
            .iter()
            .map(|(name, value)| (name.clone(), scaled(name, value, factor)))
            .collect(),
    }
}

/// Amounts follow the balance; rates stay.
fn scaled(name: &str, value: &Value, factor: f64) -> Value {
    match value.as_f64() {
        Some(amount) if name.ends_with("Amount") => cents(amount * factor).into(),
        _ => value.clone(),
    }
}

fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::directory::{all, person};
    use super::*;

    #[test]
    fn home_shows_the_file() {
        let seeds = accounts_at(person("profile_03").unwrap(), HOME);
        let masks: Vec<_> = seeds
            .iter()
            .map(|seed| (seed.kind.as_str(), seed.mask.as_str()))
            .collect();
        assert_eq!(masks[..2], [("checking", "4821"), ("savings", "9034")]);
        assert_eq!(seeds.len(), 8);
        assert!((seeds[0].balance - 2418.37).abs() < f64::EPSILON);
    }

    #[test]
    fn another_institution_differs_always_in_the_same_way() {
        let maya = person("profile_03").unwrap();
        let elsewhere = accounts_at(maya, InstitutionId::new(4222));
        assert_eq!(elsewhere, accounts_at(maya, InstitutionId::new(4222)));
        assert_ne!(elsewhere[0].number, accounts_at(maya, HOME)[0].number);
        assert_ne!(
            elsewhere[0].number,
            accounts_at(maya, InstitutionId::new(5))[0].number
        );
    }

    #[test]
    fn a_likeness_has_numbers_of_its_own() {
        let demo = accounts_at(person("demo").unwrap(), HOME);
        let original = accounts_at(person("profile_07").unwrap(), HOME);
        assert_eq!(demo[0].name, original[0].name);
        assert_ne!(demo[0].number, original[0].number);
    }

    #[test]
    fn everyone_owns_something_everywhere() {
        for person in all() {
            for institution in [102_105, 101_732, 4222, 1, 99_999].map(InstitutionId::new) {
                let seeds = accounts_at(person, institution);
                assert!(!seeds.is_empty(), "{} at {institution}", person.username);
                let keys: BTreeSet<_> = seeds.iter().map(|seed| &seed.key).collect();
                assert_eq!(keys.len(), seeds.len());
                for seed in &seeds {
                    assert_eq!(seed.mask.len(), 4);
                    assert!(seed.number.ends_with(&seed.mask));
                }
            }
        }
    }

    #[test]
    fn types_are_many() {
        let kinds: BTreeSet<_> = all()
            .iter()
            .flat_map(|person| accounts_at(person, HOME))
            .map(|seed| seed.kind)
            .collect();
        assert!(kinds.len() >= 20, "{kinds:?}");
    }
}
