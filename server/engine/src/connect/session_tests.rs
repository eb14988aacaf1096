use proptest::prelude::*;
use rstest::rstest;

use super::{super::due::AFTER_END, *};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn account(id: &str) -> AccountId {
    id.parse().unwrap()
}

fn after(hints: &[(i64, Hint)]) -> Facts {
    let mut facts = Facts {
        link_made: Some(at(0)),
        ..Facts::default()
    };
    for (seconds, hint) in hints {
        facts.learn(hint, at(*seconds));
    }
    facts
}

fn state(facts: &Facts, seconds: i64) -> State {
    facts.standing(at(0), at(seconds)).state
}

#[rstest]
#[case::nothing_yet(&[], 60, State::Created)]
#[case::opened(&[(5, Hint::Opened)], 60, State::Opened)]
#[case::adding(&[(5, Hint::Opened), (9, Hint::Adding)], 60, State::Adding)]
#[case::events_of_a_lost_start(&[(9, Hint::Adding)], 60, State::Adding)]
#[case::link_never_opened(&[], 7_200 + 121, State::Expired)]
#[case::tab_closed(&[(5, Hint::Opened)], 5 + 3_600 + 900 + 121, State::Expired)]
#[case::back_and_nothing_came(&[(5, Hint::Opened), (60, Hint::Returned)], 181, State::Failed(Failure::NothingArrived))]
#[case::done_without_added(&[(60, Hint::Finished)], 181, State::Failed(Failure::NothingArrived))]
#[case::trouble_alone_goes_on(&[(9, Hint::Adding), (20, Hint::Trouble(Some(104)))], 60, State::Adding)]
#[case::trouble_then_back(&[(20, Hint::Trouble(Some(104))), (60, Hint::Returned)], 181, State::Failed(Failure::Trouble { code: Some(104) }))]
#[case::refused_then_back(&[(20, Hint::SignInRefused), (60, Hint::Returned)], 181, State::Failed(Failure::SignInRefused))]
#[case::an_error_on_the_return_hides_no_code(
    &[(20, Hint::Trouble(Some(104))), (60, Hint::Trouble(None)), (60, Hint::Returned)],
    181,
    State::Failed(Failure::Trouble { code: Some(104) })
)]
#[case::an_error_on_the_return_hides_no_refusal(
    &[(20, Hint::SignInRefused), (60, Hint::Trouble(None)), (60, Hint::Returned)],
    181,
    State::Failed(Failure::SignInRefused)
)]
#[case::left(&[(9, Hint::Adding), (60, Hint::Left)], 181, State::Left)]
#[case::idle(&[(9, Hint::Adding), (60, Hint::TimedOut)], 181, State::Expired)]
fn without_a_proof(#[case] hints: &[(i64, Hint)], #[case] now: i64, #[case] expected: State) {
    assert_eq!(state(&after(hints), now), expected);
}

#[test]
fn leaving_is_told_at_once_but_never_before_a_reading() {
    let mut facts = after(&[(9, Hint::Adding), (60, Hint::Left), (60, Hint::Returned)]);
    assert_eq!(facts.standing(at(0), at(61)).checking_until, Some(at(180)));
    facts.read(at(62), vec![], false);
    assert_eq!(
        facts.standing(at(0), at(62)),
        Standing {
            state: State::Left,
            checking_until: None
        }
    );
}

#[test]
fn a_reading_wins_over_every_hint_also_late() {
    let mut facts = after(&[(60, Hint::Left), (70, Hint::Trouble(Some(500)))]);
    assert_eq!(
        state(&facts, 10_000),
        State::Failed(Failure::Trouble { code: Some(500) })
    );
    facts.read(at(20_000), vec![account("1")], true);
    assert_eq!(state(&facts, 20_001), State::Connected);
}

#[test]
fn a_sign_in_that_was_connected_before_is_said_so() {
    let mut facts = after(&[(60, Hint::Added), (61, Hint::Finished)]);
    facts.already_here = true;
    assert_eq!(state(&facts, 181), State::Failed(Failure::NothingNew));
}

#[test]
fn readings_are_quick_after_an_end_and_go_on_until_settled() {
    let mut facts = after(&[(60, Hint::Finished)]);
    let mut now = at(60);
    let mut readings = 0;
    while let Some(next) = facts.next_reading(at(0), now) {
        assert!(next >= now);
        facts.read(next, vec![], false);
        now = next + Duration::milliseconds(1);
        readings += 1;
    }
    assert_eq!(readings, AFTER_END.len());
    // A late event deserves a fresh look.
    facts.learn(&Hint::Added, at(5_000));
    assert_eq!(facts.next_reading(at(0), at(5_000)), Some(at(5_000)));
    facts.read(at(5_000), vec![account("1")], false);
    assert_eq!(facts.next_reading(at(0), at(5_001)), Some(at(5_005)));
    facts.read(at(5_005), vec![account("1")], true);
    assert_eq!(facts.next_reading(at(0), at(5_006)), None);
}

#[test]
fn a_silent_visit_is_read_once_it_has_run_out() {
    let facts = after(&[]);
    assert_eq!(facts.next_reading(at(0), at(10)), Some(at(7_200)));
}

fn hint() -> impl Strategy<Value = Hint> {
    prop_oneof![
        Just(Hint::Opened),
        Just(Hint::Adding),
        Just(Hint::SignInRefused),
        Just(Hint::Added),
        Just(Hint::Finished),
        Just(Hint::Left),
        Just(Hint::TimedOut),
        Just(Hint::Returned),
        prop::option::of(100_i64..1000).prop_map(Hint::Trouble),
    ]
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_gives_the_same_facts(
        hints in prop::collection::vec((0_i64..9_000, hint()), 0..12)
            .prop_flat_map(|hints| (Just(hints.clone()), Just(hints).prop_shuffle(), any::<usize>())),
        now in 0_i64..20_000,
    ) {
        let (first, mut second, again) = hints;
        if !second.is_empty() {
            second.push(second[again % second.len()].clone());
        }
        let (first, second) = (after(&first), after(&second));
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(first.standing(at(0), at(now)), second.standing(at(0), at(now)));
        prop_assert_eq!(first.next_reading(at(0), at(now)), second.next_reading(at(0), at(now)));
    }

    #[test]
    fn no_hint_ever_connects_and_every_visit_ends(
        hints in prop::collection::vec((0_i64..9_000, hint()), 0..12),
        now in 0_i64..40_000,
    ) {
        let facts = after(&hints);
        prop_assert_ne!(state(&facts, now), State::Connected);
        prop_assert!(state(&facts, 40_000).is_end());
    }

    #[test]
    fn an_answer_comes_within_two_minutes_of_the_return(
        hints in prop::collection::vec((0_i64..600, hint()), 0..12),
    ) {
        let mut facts = after(&hints);
        facts.learn(&Hint::Returned, at(600));
        prop_assert!(state(&facts, 720).is_end());
    }
}
