//! Any order of the same hints ends the same, and only a reading repairs.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;

use super::*;
use crate::connect::session::Hint;

fn created() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    created() + Duration::seconds(seconds)
}

/// A repair of code 103 whose link was made.
fn begun() -> (Facts, Proof) {
    let facts = Facts {
        link_made: Some(created()),
        ..Facts::default()
    };
    (
        facts,
        Proof::of(relink_mastercard::AggregationStatusCode::new(103)),
    )
}

fn hints() -> impl Strategy<Value = Vec<(Hint, DateTime<Utc>)>> {
    let hint = prop_oneof![
        Just(Hint::Opened),
        Just(Hint::Adding),
        Just(Hint::SignInRefused),
        Just(Hint::Added),
        Just(Hint::Finished),
        Just(Hint::NothingToRepair),
        Just(Hint::Left),
        Just(Hint::TimedOut),
        Just(Hint::Trouble(None)),
        Just(Hint::Trouble(Some(103))),
        Just(Hint::Trouble(Some(946))),
        Just(Hint::Returned),
        Just(Hint::Asked),
    ];
    proptest::collection::vec((hint, (0_i64..4_000).prop_map(after)), 0..8)
}

fn learned(hints: &[(Hint, DateTime<Utc>)], read: Option<i64>) -> (Facts, Proof) {
    let (mut facts, proof) = begun();
    for (hint, at) in hints {
        facts.learn(hint, *at);
    }
    if let Some(read) = read {
        facts.read(after(read), Vec::new(), false);
    }
    (facts, proof)
}

proptest! {
    #[test]
    fn any_order_of_the_same_hints_ends_the_same(
        (hints, shuffled) in hints().prop_flat_map(|hints| (Just(hints.clone()), Just(hints).prop_shuffle())),
        read in proptest::option::of(0_i64..5_000),
        now in 0_i64..20_000,
    ) {
        let (one, other) = (learned(&hints, read), learned(&shuffled, read));
        prop_assert_eq!(
            outcome(&one.0, &one.1, created(), after(now)),
            outcome(&other.0, &other.1, created(), after(now))
        );
    }

    #[test]
    fn no_hints_repair_and_a_reading_repairs_against_all(hints in hints(), now in 0_i64..20_000) {
        let (facts, mut proof) = learned(&hints, None);
        prop_assert_ne!(outcome(&facts, &proof, created(), after(now)), Outcome::Repaired);
        prove(&mut proof, State::Healthy, false, after(1));
        prop_assert_eq!(outcome(&facts, &proof, created(), after(now)), Outcome::Repaired);
    }

    #[test]
    fn every_repair_ends_and_no_check_lasts_longer_than_two_minutes(hints in hints(), now in 0_i64..20_000) {
        // Nobody has heard yet of what is still to come.
        let heard: Vec<_> = hints.into_iter().filter(|(_, at)| *at <= after(now)).collect();
        let (facts, proof) = learned(&heard, None);
        match outcome(&facts, &proof, created(), after(now)) {
            Outcome::Checking(until) => prop_assert!(until - after(now) <= Duration::minutes(2)),
            Outcome::Waiting | Outcome::Away => prop_assert!(now <= 3 * 3_600),
            _ => {}
        }
    }
}

#[test]
fn another_cause_that_is_left_is_told_as_still_broken() {
    let (mut facts, mut proof) = begun();
    facts.learn(&Hint::Added, after(1));
    let left = State::Broken(crate::connections::Broken {
        turn: Turn::Elsewhere,
        code: relink_mastercard::AggregationStatusCode::new(914),
    });
    prove(&mut proof, left, false, after(2));
    assert_eq!(
        outcome(&facts, &proof, created(), after(200)),
        Outcome::StillBroken
    );
}

#[test]
fn a_reading_without_a_code_proves_nothing() {
    let (_, mut proof) = begun();
    prove(&mut proof, State::SettingUp, false, after(1));
    assert_eq!((proof.repaired, proof.left), (None, Some(103)));
}
