//! The same facts give the same state, and nothing is healthy without a proof.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::{
    ids::{AccountId, ConnectSessionId},
    status::{Code, Kind, Table},
};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A kept account with this code, attempted an hour ago; succeeded then, too,
/// where the code is good.
pub(crate) fn account(code: Option<i64>) -> Account {
    let id = uuid::Uuid::from_u128(u128::from(code.unwrap_or(-1).unsigned_abs()));
    let attempted = code.map(|_| now() - Duration::hours(1));
    Account {
        id: AccountId(id),
        connection: ConnectionId(id),
        upstream: "1".parse().unwrap(),
        connect_session: ConnectSessionId(id),
        name: "Checking".to_owned(),
        kind: "checking".to_owned(),
        mask: "4821".to_owned(),
        currency: "USD".to_owned(),
        status_code: code.map(Code::new),
        attempted,
        succeeded: attempted.filter(|_| code == Some(0)),
        authorization_ends: None,
        missed: None,
        gone: None,
        choice: Choice::Kept,
        arrived: now() - Duration::days(30),
    }
}

fn state_at(accounts: &[Account], institution: Reach, customer: Customer) -> State {
    let evidence = Evidence {
        accounts,
        institution,
        customer,
    };
    state(&evidence, &Table::shipped(), Limits::default(), now())
}

fn state_of(accounts: &[Account]) -> State {
    state_at(accounts, Reach::Open, Customer::Known)
}

fn broken(turn: Turn, code: i64) -> State {
    State::Broken(Broken {
        turn,
        code: Code::new(code),
    })
}

#[rstest]
#[case::no_code_is_setting_up(account(None), State::SettingUp)]
#[case::a_good_code_with_its_date(account(Some(0)), State::Healthy)]
#[case::credentials(account(Some(103)), broken(Turn::Fix, 103))]
#[case::closed(account(Some(914)), broken(Turn::Elsewhere, 914))]
#[case::an_institution(account(Some(102)), broken(Turn::Institution, 102))]
#[case::mastercard(account(Some(204)), broken(Turn::Mastercard, 204))]
#[case::ours(account(Some(38008)), broken(Turn::Ours, 38008))]
#[case::blocked_there(account(Some(975)), broken(Turn::Elsewhere, 975))]
#[case::unknown(account(Some(987_654)), broken(Turn::Ours, 987_654))]
#[case::a_code_of_a_call_colours_nothing(account(Some(10_005)), State::SettingUp)]
#[case::a_refresh_runs(Account { succeeded: Some(now()), ..account(Some(325)) }, State::Healthy)]
#[case::a_success_before_its_code(Account { succeeded: Some(now()), ..account(None) }, State::Healthy)]
#[case::a_good_code_without_any_date(
    Account { succeeded: None, attempted: None, ..account(Some(0)) }, State::Stale { since: None })]
#[case::nothing_decided(Account { choice: Choice::Waiting, ..account(Some(0)) }, State::WaitingForChoice)]
#[case::missing_twice(Account { gone: Some(now()), ..account(Some(0)) }, State::Gone)]
#[case::sent_away(Account { choice: Choice::Removing, ..account(Some(0)) }, State::Gone)]
#[case::missing_once(Account { missed: Some(now()), ..account(Some(0)) }, State::Healthy)]
fn one_account(#[case] account: Account, #[case] expected: State) {
    assert_eq!(state_of(&[account]), expected);
}

#[rstest]
#[case::just_in_time(36 * 60, State::Healthy)]
#[case::a_minute_late(36 * 60 + 1, State::Stale { since: Some(now() - Duration::minutes(36 * 60 + 1)) })]
fn a_good_code_grows_stale(#[case] minutes: i64, #[case] expected: State) {
    let at = Some(now() - Duration::minutes(minutes));
    let account = Account {
        succeeded: at,
        attempted: at,
        ..account(Some(0))
    };
    assert_eq!(state_of(&[account]), expected);
}

#[test]
fn a_renewal_is_announced_and_never_a_break() {
    let by = now() + Duration::days(30);
    let ends = |by| Account {
        authorization_ends: Some(by),
        ..account(Some(0))
    };
    assert_eq!(state_of(&[ends(by)]), State::RenewSoon { by });
    assert_eq!(state_of(&[ends(by + Duration::minutes(1))]), State::Healthy);
    let over = now() - Duration::days(1);
    assert_eq!(state_of(&[ends(over)]), State::RenewSoon { by: over });
}

#[test]
fn nobody_is_sent_to_sign_in_at_an_institution_in_trouble() {
    let table = Table::shipped();
    for row in table.rows().filter(|row| row.fixable) {
        let accounts = [account(Some(row.code.get()))];
        let found = state_at(&accounts, Reach::InTrouble, Customer::Known);
        assert_eq!(found, broken(Turn::Institution, row.code.get()));
    }
    let closed = [account(Some(914))];
    assert_eq!(
        state_at(&closed, Reach::InTrouble, Customer::Known),
        broken(Turn::Elsewhere, 914)
    );
}

#[test]
fn in_an_outage_it_is_the_turn_of_whose_it_is() {
    let at = |code, reach| state_at(&[account(Some(code))], reach, Customer::Known);
    // Blocked by the institution: for one person their matter, for many not.
    for code in [102, 975] {
        let institution = broken(Turn::Institution, code);
        assert_eq!(at(code, Reach::InTrouble), institution);
        let mastercard = broken(Turn::Mastercard, code);
        assert_eq!(at(code, Reach::MastercardInTrouble), mastercard);
    }
    let fixable = at(103, Reach::MastercardInTrouble);
    assert_eq!(fixable, broken(Turn::Mastercard, 103));
    assert_eq!(at(38008, Reach::InTrouble), broken(Turn::Ours, 38008));
    assert_eq!(at(0, Reach::InTrouble), State::Healthy);
}

#[test]
fn a_customer_that_mastercard_does_not_know_is_our_turn() {
    let accounts = [account(Some(0)), account(Some(103))];
    assert_eq!(
        state_at(&accounts, Reach::Open, Customer::Lost),
        broken(Turn::Ours, 14001)
    );
    assert_eq!(state_at(&[], Reach::Open, Customer::Lost), State::Gone);
}

/// Of two codes the one the user can do more about decides, for every pair of
/// rows of the table: so for every pair of causes.
#[test]
fn of_two_codes_the_user_can_do_most_about_one() {
    let table = Table::shipped();
    let rows: Vec<_> = table
        .rows()
        .filter(|row| row.kind == Kind::Aggregation)
        .collect();
    let turn = |state: State| state.broken().map(|broken| broken.turn);
    for one in &rows {
        for other in &rows {
            let accounts = [
                account(Some(one.code.get())),
                account(Some(other.code.get())),
            ];
            let both = state_of(&accounts);
            let alone = [state_of(&accounts[..1]), state_of(&accounts[1..])];
            assert!(alone.contains(&both), "{} {}", one.code, other.code);
            let turns: Vec<Turn> = alone.iter().copied().filter_map(turn).collect();
            assert_eq!(turn(both), turns.iter().min().copied());
            if one.fixable || other.fixable {
                assert_eq!(turn(both), Some(Turn::Fix));
            }
        }
    }
}

fn any_account() -> impl Strategy<Value = Account> {
    let codes: Vec<Option<i64>> = std::iter::once(None)
        .chain(Table::shipped().rows().map(|row| Some(row.code.get())))
        .chain([Some(987_654)])
        .collect();
    let hours = || proptest::option::of(-2_000_i64..2_000);
    let choices = prop_oneof![
        5 => Just(Choice::Kept),
        1 => Just(Choice::Waiting),
        1 => Just(Choice::Removing),
    ];
    let some = (
        proptest::sample::select(codes),
        choices,
        (hours(), hours(), hours()),
        (any::<bool>(), any::<bool>()),
    );
    some.prop_map(
        |(code, choice, (attempted, succeeded, ends), (missed, gone))| {
            let at = |hours: Option<i64>| hours.map(|hours| now() + Duration::hours(hours));
            Account {
                choice,
                attempted: at(attempted),
                succeeded: at(succeeded),
                authorization_ends: at(ends),
                missed: missed.then(now),
                gone: gone.then(now),
                ..account(code)
            }
        },
    )
}

proptest! {
    #[test]
    fn any_order_of_the_same_facts_gives_the_same_state(
        (accounts, shuffled) in proptest::collection::vec(any_account(), 0..6)
            .prop_flat_map(|accounts| (Just(accounts.clone()), Just(accounts).prop_shuffle())),
    ) {
        prop_assert_eq!(state_of(&accounts), state_of(&shuffled));
    }

    #[test]
    fn no_facts_without_a_proof_give_healthy(accounts in proptest::collection::vec(any_account(), 0..6)) {
        let recent = |at: Option<DateTime<Utc>>| at.is_some_and(|at| now() - at <= Limits::default().stale_after);
        let proven = |account: &Account| {
            recent(account.succeeded) || (account.status_code == Some(Code::SUCCESS) && recent(account.attempted))
        };
        if state_of(&accounts).is_fine() {
            for account in accounts.iter().filter(|one| one.choice == Choice::Kept && one.gone.is_none()) {
                prop_assert!(proven(account), "{account:?}");
            }
        }
    }

    #[test]
    fn a_break_opens_changes_and_closes_once(accounts in proptest::collection::vec(any_account(), 1..4)) {
        let found = state_of(&accounts);
        match (step(None, found), found.broken()) {
            (Step::Open(code), Some(broken)) => {
                prop_assert_eq!(code, broken.code);
                // The same reading again changes nothing.
                prop_assert_eq!(step(Some(code), found), Step::Stay);
                prop_assert_eq!(step(Some(Code::new(1)), found), Step::Change(code));
            }
            (Step::Stay, None) => {}
            other => prop_assert!(false, "{other:?}"),
        }
        if found.is_fine() {
            prop_assert_eq!(step(Some(Code::new(103)), found), Step::Close(End::Repaired));
        }
    }
}

#[rstest]
#[case::nothing_proves_nothing(State::SettingUp, Step::Stay)]
#[case::a_choice_proves_nothing(State::WaitingForChoice, Step::Stay)]
#[case::proof(State::Healthy, Step::Close(End::Repaired))]
#[case::gone(State::Gone, Step::Close(End::Gone))]
fn an_open_break(#[case] state: State, #[case] expected: Step) {
    assert_eq!(step(Some(Code::new(103)), state), expected);
}

#[rstest]
#[case::thirty(&[0, 30, 61, 90], Some(30))]
#[case::ninety(&[0, 88, 180], Some(90))]
#[case::no_pattern(&[0, 10, 70], None)]
#[case::twice_is_chance(&[0, 30], None)]
#[case::a_rhythm_that_ended(&[0, 30, 60, 200], None)]
fn rhythms(#[case] days: &[i64], #[case] expected: Option<u16>) {
    let starts: Vec<DateTime<Utc>> = days
        .iter()
        .map(|days| now() + Duration::days(*days))
        .collect();
    assert_eq!(rhythm(&starts), expected);
}
