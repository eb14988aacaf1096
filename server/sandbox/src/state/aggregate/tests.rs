use super::*;
use crate::config::{SandboxConfig, SandboxEnvironment};
use crate::state::{
    AccountDeed, Cure, CustomerId, Deed, LoginDeed, NewCustomer, Part, Percent, Sandbox, State,
    When, Who, Whom, Wound,
};
use crate::{SandboxClock, state::CustomerType};

/// 20:00 UTC, twelve hours before the next batch.
fn evening() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-09-20T20:00:00Z")
        .unwrap()
        .to_utc()
}

fn sandbox(first: FirstAggregation) -> Sandbox {
    let origin = "http://127.0.0.1:4000".parse().unwrap();
    let environment = SandboxEnvironment::check("sandbox").unwrap();
    let config = SandboxConfig {
        first_aggregation: first,
        ..SandboxConfig::new(origin)
    };
    Sandbox::new(environment, config, SandboxClock::standing(evening())).unwrap()
}

fn connect(sandbox: &Sandbox) -> (CustomerId, LoginId) {
    let institution = sandbox
        .directory()
        .get(InstitutionId::new(102_105))
        .unwrap();
    let person = crate::people::person("profile_03").unwrap();
    let seeds = crate::people::accounts_at(person, institution.id);
    sandbox.work(|state, now| {
        let new = NewCustomer {
            kind: CustomerType::Testing,
            username: "somebody".to_owned(),
            first_name: None,
            last_name: None,
            phone: None,
            email: None,
            application_id: None,
        };
        let customer = state.add_customer(new, now).unwrap().id;
        let ids = state.connect(customer, institution, person, &seeds, now);
        (customer, state.account(ids[0]).unwrap().login)
    })
}

fn to(login: LoginId, deed: LoginDeed) -> Deed {
    let (who, part) = (Who::Login(login), Part::All);
    Deed::Logins(Whom { who, part }, deed)
}

fn hurt(login: LoginId, code: u32, cure: Cure) -> Deed {
    let code = StatusCode(code);
    let deed = AccountDeed::Break(Some(Wound { code, cure }));
    to(login, LoginDeed::Accounts(Percent::ALL, deed))
}

fn break_login(state: &mut State, login: LoginId, code: u32, now: DateTime<Utc>) {
    let deed = hurt(login, code, Cure::of(StatusCode(code)));
    state.perform(&deed, now).unwrap();
}

fn latest(state: &State, customer: CustomerId) -> Option<Aggregation> {
    state.accounts(customer)[0].aggregation
}

fn advance(sandbox: &Sandbox, hours: i64, minutes: i64) {
    sandbox
        .clock()
        .advance(Duration::hours(hours) + Duration::minutes(minutes))
        .unwrap();
}

#[test]
fn first_aggregation_comes_as_set() {
    let at_once = sandbox(FirstAggregation::AtOnce);
    let (customer, _) = connect(&at_once);
    let code = at_once.work(|state, _| latest(state, customer).unwrap().code);
    assert_eq!(code, StatusCode::GOOD);

    let after = sandbox(FirstAggregation::After(Duration::minutes(5)));
    let (customer, _) = connect(&after);
    advance(&after, 0, 4);
    assert_eq!(after.work(|state, _| latest(state, customer)), None);
    advance(&after, 0, 10);
    let first = after.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(first.success, Some(evening() + Duration::minutes(5)));

    let batch = sandbox(FirstAggregation::NextBatch);
    let (customer, _) = connect(&batch);
    advance(&batch, 11, 59);
    assert_eq!(batch.work(|state, _| latest(state, customer)), None);
    advance(&batch, 0, 1);
    let first = batch.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(first.attempt, evening() + Duration::hours(12));
}

#[test]
fn batches_run_for_every_night_that_passed_and_skip_fixable_codes() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, login) = connect(&sandbox);
    advance(&sandbox, 72, 0);
    let good = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(good.success, Some(evening() + Duration::hours(60)));

    sandbox.work(|state, now| break_login(state, login, 103, now));
    let broken_at = sandbox.clock().now();
    advance(&sandbox, 72, 0);
    let broken = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!((broken.code, broken.attempt), (StatusCode(103), broken_at));
    assert_eq!(broken.success, good.success);
}

#[test]
fn other_codes_are_tried_every_night() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, login) = connect(&sandbox);
    sandbox.work(|state, now| break_login(state, login, 906, now));
    advance(&sandbox, 24, 0);
    let latest = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(latest.code, StatusCode(906));
    assert_eq!(latest.attempt, evening() + Duration::hours(12));
    assert_eq!(latest.success, Some(evening()));
}

#[test]
fn an_outage_begins_and_ends_with_a_batch() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, _) = connect(&sandbox);
    let home = InstitutionId::new(102_105);
    sandbox.work(|state, _| state.set_availability(home, Some(Availability::Offline)));
    advance(&sandbox, 24, 0);
    assert_eq!(
        sandbox
            .work(|state, _| latest(state, customer))
            .unwrap()
            .code,
        StatusCode::UNREACHABLE
    );
    sandbox.work(|state, _| state.set_availability(home, None));
    advance(&sandbox, 24, 0);
    assert_eq!(
        sandbox
            .work(|state, _| latest(state, customer))
            .unwrap()
            .code,
        StatusCode::GOOD
    );
}

#[test]
fn a_repair_heals_what_fix_can_and_is_aggregated_as_set() {
    let sandbox = sandbox(FirstAggregation::NextBatch);
    let (customer, login) = connect(&sandbox);
    advance(&sandbox, 24, 0);
    sandbox.work(|state, now| break_login(state, login, 187, now));
    sandbox.work(|state, now| state.repair(login, false, now));
    assert_eq!(
        sandbox
            .work(|state, _| latest(state, customer))
            .unwrap()
            .code,
        StatusCode(187),
        "a repaired code stays until the aggregation that proves it"
    );
    advance(&sandbox, 24, 0);
    assert_eq!(
        sandbox
            .work(|state, _| latest(state, customer))
            .unwrap()
            .code,
        StatusCode::GOOD
    );

    sandbox.work(|state, now| break_login(state, login, 975, now));
    sandbox.work(|state, now| state.repair(login, false, now));
    advance(&sandbox, 24, 0);
    assert_eq!(
        sandbox
            .work(|state, _| latest(state, customer))
            .unwrap()
            .code,
        StatusCode(975)
    );
}

#[test]
fn a_first_aggregation_between_two_batches_is_played_between_them() {
    let sandbox = sandbox(FirstAggregation::After(Duration::hours(30)));
    let (customer, _) = connect(&sandbox);
    advance(&sandbox, 31, 0);
    // The batch in between leaves an account alone that is still being set up.
    let first = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(first.attempt, evening() + Duration::hours(30));
}

#[test]
fn time_heals_with_the_next_batch_even_what_waits_for_the_person() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, login) = connect(&sandbox);
    let cure = Cure::Time(When::After(Duration::hours(30)));
    let deed = hurt(login, 103, cure);
    sandbox
        .work(|state, now| state.perform(&deed, now))
        .unwrap();
    // The batch of the first night comes too early, and Fix is no help.
    advance(&sandbox, 13, 0);
    sandbox.work(|state, now| state.repair(login, false, now));
    let early = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(
        (early.code, early.success),
        (StatusCode(103), Some(evening()))
    );
    advance(&sandbox, 24, 0);
    let healed = sandbox.work(|state, _| latest(state, customer)).unwrap();
    let second_night = evening() + Duration::hours(36);
    assert_eq!(
        (healed.code, healed.success),
        (StatusCode::GOOD, Some(second_night))
    );
}

#[test]
fn nothing_heals_what_never_heals() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, login) = connect(&sandbox);
    let deed = hurt(login, 103, Cure::Never);
    sandbox
        .work(|state, now| state.perform(&deed, now))
        .unwrap();
    sandbox.work(|state, now| state.repair(login, false, now));
    advance(&sandbox, 240, 0);
    let stays = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(stays.code, StatusCode(103));
}

#[test]
fn frost_stops_the_nights_until_it_ends() {
    let sandbox = sandbox(FirstAggregation::After(Duration::minutes(5)));
    let (customer, login) = connect(&sandbox);
    advance(&sandbox, 24, 0);
    let before = sandbox.work(|state, _| latest(state, customer)).unwrap();
    let freeze = to(login, LoginDeed::Freeze);
    sandbox
        .work(|state, now| state.perform(&freeze, now))
        .unwrap();
    sandbox.work(|state, now| state.repair(login, false, now));
    advance(&sandbox, 72, 0);
    let after = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(
        after, before,
        "neither nights nor the aggregation after a repair"
    );
    let thaw = to(login, LoginDeed::Thaw);
    sandbox
        .work(|state, now| state.perform(&thaw, now))
        .unwrap();
    advance(&sandbox, 24, 0);
    let thawed = sandbox.work(|state, _| latest(state, customer)).unwrap();
    assert_eq!(thawed.success, Some(evening() + Duration::hours(108)));
}

#[test]
fn an_authorization_that_is_over_gives_947_with_the_next_batch() {
    let sandbox = sandbox(FirstAggregation::AtOnce);
    let (customer, login) = connect(&sandbox);
    let end = When::After(Duration::hours(20));
    let deed = to(
        login,
        LoginDeed::Accounts(Percent::ALL, AccountDeed::Expire(end)),
    );
    sandbox
        .work(|state, now| state.perform(&deed, now))
        .unwrap();
    advance(&sandbox, 24, 0);
    let code = |state: &mut State| latest(state, customer).unwrap().code;
    assert_eq!(sandbox.work(|state, _| code(state)), StatusCode::GOOD);
    advance(&sandbox, 24, 0);
    assert_eq!(sandbox.work(|state, _| code(state)), StatusCode::EXPIRED);

    sandbox.work(|state, now| state.repair(login, false, now));
    let (code, authorization) = sandbox.work(|state, _| {
        let account = state.accounts(customer)[0];
        (account.aggregation.unwrap().code, account.authorization)
    });
    let now = evening() + Duration::hours(48);
    assert_eq!(code, StatusCode::GOOD);
    assert_eq!(authorization, Some((now, now + Duration::days(365))));
}
