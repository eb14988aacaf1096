//! How a million connections stand, decided from rows in memory on one core.
//! `cargo bench -p relink-engine --bench state [-- CONNECTIONS]`.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use relink_engine::{
    connections::{Customer, Evidence, Limits, Reach, state},
    ids::{AccountId, ConnectSessionId, ConnectionId},
    status::{Code, Table},
    store::accounts::{Account, Choice},
};
use uuid::Uuid;

const CONNECTIONS: usize = 1_000_000;

/// One connection in four is broken, by any code of the table; one in ten is
/// stale or ends soon.
fn account(number: usize, codes: &[Code], now: DateTime<Utc>) -> Account {
    let code = if number.is_multiple_of(4) {
        codes[number / 4 % codes.len()]
    } else {
        Code::SUCCESS
    };
    let hours = if number.is_multiple_of(20) { 50 } else { 9 };
    let id = Uuid::from_u128(number as u128);
    let read = now - TimeDelta::hours(hours);
    let upstream = number.to_string().parse();
    Account {
        id: AccountId(id),
        connection: ConnectionId(id),
        upstream: upstream.unwrap_or_else(|error| panic!("{error}")),
        connect_session: ConnectSessionId(id),
        name: "Everyday Checking".to_owned(),
        kind: "checking".to_owned(),
        mask: "4821".to_owned(),
        currency: "USD".to_owned(),
        status_code: Some(code),
        attempted: Some(read),
        succeeded: Some(read),
        authorization_ends: number
            .is_multiple_of(20)
            .then(|| i64::try_from(number % 60).map_or(now, |days| now + TimeDelta::days(days))),
        missed: None,
        gone: None,
        choice: Choice::Kept,
        arrived: read,
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let given = std::env::args().find_map(|argument| argument.parse().ok());
    let count = given.unwrap_or(CONNECTIONS);
    let (table, limits) = (Table::shipped(), Limits::default());
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
    let codes: Vec<Code> = table.rows().map(|row| row.code).collect();
    let rows: Vec<[Account; 1]> = (0..count)
        .map(|number| [account(number, &codes, now)])
        .collect();
    let (broken, time) = timed(|| {
        let stands = |accounts| {
            let evidence = Evidence {
                accounts,
                institution: Reach::Open,
                customer: Customer::Known,
            };
            black_box(state(&evidence, &table, limits, now))
        };
        rows.iter()
            .filter(|row| stands(row.as_slice()).broken().is_some())
            .count()
    });
    println!("connections {count}, {broken} of them broken");
    println!("states {:.1} ms", time.as_secs_f64() * 1000.0);
}
