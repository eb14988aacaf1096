use std::collections::BTreeSet;

use super::*;
use crate::config::{SandboxConfig, SandboxEnvironment};
use crate::scenario::Stage;
use crate::state::{Account, CustomerId, InstitutionId, Sandbox, StatusCode};
use crate::{SandboxClock, people};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn play(scenario: &Scenario, seed: u64) -> Sandbox {
    let environment = SandboxEnvironment::check("sandbox").unwrap();
    let config = SandboxConfig {
        seed,
        scenario: Some(scenario.clone()),
        ..SandboxConfig::new("http://127.0.0.1:4000".parse().unwrap())
    };
    let clock = SandboxClock::standing(at("2026-09-20T20:00:00Z"));
    Sandbox::new(environment, config, clock).unwrap()
}

/// Where a person of today would connect: of twins, the one with OAuth.
fn institution(sandbox: &Sandbox, host: &str) -> InstitutionId {
    let ids = sandbox.directory().at_host(host);
    let oauth = |id: &&InstitutionId| sandbox.directory().get(**id).unwrap().oauth_enabled;
    ids.iter().find(oauth).copied().unwrap_or(ids[0])
}

fn connect(sandbox: &Sandbox, host: &str) {
    let id = institution(sandbox, host);
    let record = sandbox.directory().get(id).unwrap();
    let person = people::person("profile_03").unwrap();
    let seeds = people::accounts_at(person, id);
    let customer = sandbox.config().customer_id;
    sandbox.work(|state, now| state.connect(customer, record, person, &seeds, now));
}

/// How a connection looks that was read at `now`.
fn looks(accounts: &[&Account], now: DateTime<Utc>) -> &'static str {
    let aggregations: Option<Vec<_>> = accounts.iter().map(|it| it.aggregation).collect();
    let Some(aggregations) = aggregations else {
        return "setting-up";
    };
    let codes: BTreeSet<u32> = aggregations.iter().map(|it| it.code.0).collect();
    let success = aggregations.iter().filter_map(|it| it.success).min();
    let ends = accounts.iter().filter_map(|it| it.authorization).min();
    if codes.iter().any(|code| StatusCode(*code).is_fixable()) {
        return "broken-user-fixable";
    }
    match codes.last() {
        None => "gone",
        Some(973 | 949) => "broken-user-elsewhere",
        Some(102) => "broken-institution",
        Some(128) => "broken-mastercard",
        Some(38_008) => "broken-ours",
        Some(0) if success.unwrap() < now - Duration::hours(36) => "stale",
        Some(0) if ends.is_some_and(|(_, end)| end < now + Duration::days(7)) => "renew-soon",
        Some(0) => "healthy",
        Some(other) => panic!("{other}"),
    }
}

fn fingerprint(sandbox: &Sandbox) -> Vec<(u64, Option<u32>)> {
    sandbox.work(|state, _| {
        let accounts = state.accounts(sandbox.config().customer_id);
        let code = |it: &&Account| (it.id.0, it.aggregation.map(|latest| latest.code.0));
        accounts.iter().map(code).collect()
    })
}

#[test]
fn ninety_days_end_with_every_state() {
    let scenario = Scenario::load("ninety-days").unwrap();
    let sandbox = play(&scenario, 1);
    let late = |stage: &&Stage| stage.ends == "setting-up";
    for stage in scenario.institutions().iter().filter(|it| !late(it)) {
        connect(&sandbox, &stage.host);
    }
    sandbox
        .clock()
        .advance_to(at("2026-12-19T12:00:00Z"))
        .unwrap();
    for stage in scenario.institutions().iter().filter(late) {
        connect(&sandbox, &stage.host);
    }
    let customer: CustomerId = sandbox.config().customer_id;
    for stage in scenario.institutions() {
        let id = institution(&sandbox, &stage.host);
        let seen = sandbox.work(|state, now| {
            let mut accounts = state.accounts(customer);
            accounts.retain(|account| account.institution == id);
            looks(&accounts, now)
        });
        // A choice that is left open is the app's affair: upstream all is well.
        let expected = match stage.ends.as_str() {
            "waiting" => "healthy",
            ends => ends,
        };
        assert_eq!(seen, expected, "{}", stage.host);
    }
    let ends: BTreeSet<_> = scenario.institutions().iter().map(|it| &it.ends).collect();
    assert_eq!(ends.len(), 11);
    let story = sandbox.work(|state, _| {
        let story = state.story().unwrap();
        (story.played(), story.scenes().count())
    });
    assert_eq!(story.0, story.1);
}

#[test]
fn one_jump_and_many_small_ones_come_to_the_same_and_the_seed_decides() {
    let scenario = Scenario::parse(
        r#"
        name = "shares"
        [[step]]
        day = 2
        do = "break"
        everybody = true
        percent = 40
        code = 103
        inDays = 4
        [[step]]
        day = 9
        do = "break"
        everybody = true
        every = 3
        code = 906
        accounts = 50
        "#,
    )
    .unwrap();
    let played = |seed, steps: i32| {
        let sandbox = play(&scenario, seed);
        for host in ["schwab.com", "chase.com", "becu.org", "ally.com", "pnc.com"] {
            connect(&sandbox, host);
        }
        for _ in 0..steps {
            sandbox.clock().advance(Duration::days(10) / steps).unwrap();
            sandbox.work(|_, _| ());
        }
        fingerprint(&sandbox)
    };
    let once = played(1, 1);
    assert_eq!(played(1, 240), once);
    assert!(once.iter().any(|(_, code)| *code == Some(906)));
    assert!((2..6).any(|seed| played(seed, 1) != once));
}
