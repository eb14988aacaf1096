//! The figures in the page's words.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    health::{
        Acts, BreakDay, Cause, Day, OutageRow, Record, Recount, Repairs, Share, Standing,
        SweepView, Took, Window,
    },
    ids::{ConnectionRef, InstitutionId, OutageRef},
    rows::{After, Row, RowFilter, RowsPage},
    shared::{Mask, Whose},
};
use relink_engine::{
    health::{self as engine, overview, rows, times, windows},
    ids::{ConnectionId, OutageId},
    outages, status,
    store::{figures::Operations, outages::Outage, sweeps::Sweep},
};
use uuid::Uuid;

use super::{connection_id, institution_key};
use crate::calendar::Calendar;

/// A sweep begins each day; after this much more it is overdue.
const SWEEP_OVERDUE: TimeDelta = TimeDelta::hours(25);

pub(super) fn number(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

/// How connections are and were.
pub(super) fn record(it: &overview::Record, calendar: Calendar) -> Record {
    let standings = Standing::ALL.map(|standing| {
        let those = it.standings.iter();
        let those = those.filter(|(one, _)| one.name() == standing.name());
        (standing, number(those.map(|(_, n)| n).sum()))
    });
    let date = |day| calendar.date(windows::Span::Day.begins(day).date_naive());
    let days = it.trend.iter().map(|(day, of)| Day {
        day: date(*day),
        share: share(*of),
    });
    let month = usize::try_from(overview::TREND).unwrap_or_default();
    let month = it.trend.len().saturating_sub(month);
    let breaks = it.trend[month..].iter().map(|(day, _)| {
        let breaks = it.breaks.get(day).copied().unwrap_or_default();
        BreakDay {
            day: date(*day),
            opened: number(breaks.opened),
            repaired: number(breaks.repaired),
        }
    });
    let shares = it.shares.iter();
    Record {
        standings: standings.into(),
        now: share(it.now),
        shares: shares
            .map(|(over, of)| (window(*over), share(*of)))
            .collect(),
        days: days.collect(),
        breaks: breaks.collect(),
        week: repairs(&it.week),
        month: repairs(&it.month),
    }
}

fn window(of: overview::Window) -> Window {
    match of {
        overview::Window::Day => Window::Day,
        overview::Window::Yesterday => Window::Yesterday,
        overview::Window::Week => Window::Week,
        overview::Window::Month => Window::Month,
        overview::Window::Quarter => Window::Quarter,
    }
}

pub(super) fn share(of: windows::Share) -> Share {
    Share {
        permille: of.permille(),
        sample: number(of.sample),
    }
}

pub(super) fn repairs(of: &overview::Repairs) -> Repairs {
    Repairs {
        opened: number(of.sums.opened),
        repaired: number(of.sums.repaired),
        fixed: number(of.sums.fixed),
        median: of.median.map(took),
        p90: of.p90.map(took),
    }
}

pub(super) fn took(it: times::Took) -> Took {
    let minutes = |time: TimeDelta| number(time.num_minutes());
    match it {
        times::Took::Exactly(time) => Took::Exactly(minutes(time)),
        times::Took::Between(from, to) => Took::Between(minutes(from), to.map(minutes)),
    }
}

/// How many there are of each.
type Numbers<T> = Vec<(T, u32)>;

/// The broken ones by who acts, and by cause, as the table in force says.
pub(super) fn meanings(
    standings: &[(engine::Standing, i64)],
    table: &status::Table,
) -> (Numbers<Acts>, Numbers<Cause>) {
    let (mut by_acts, mut by_cause) = (BTreeMap::new(), BTreeMap::new());
    for (standing, n) in standings {
        if let Some(code) = standing.broken() {
            let row = table.row(code);
            *by_acts.entry(acts(row.acts)).or_insert(0) += n;
            *by_cause.entry(cause(row.cause)).or_insert(0) += n;
        }
    }
    let mut causes: Vec<(Cause, u32)> = by_cause
        .into_iter()
        .map(|(it, n)| (it, number(n)))
        .collect();
    causes.sort_by_key(|(cause, n)| (std::cmp::Reverse(*n), *cause));
    let acts = by_acts.into_iter().map(|(it, n)| (it, number(n)));
    (acts.collect(), causes)
}

pub(super) fn acts(it: status::Acts) -> Acts {
    match it {
        status::Acts::User => Acts::User,
        status::Acts::Institution => Acts::Institution,
        status::Acts::Mastercard => Acts::Mastercard,
        status::Acts::Partner => Acts::Us,
    }
}

pub(super) fn cause(it: status::Cause) -> Cause {
    match it {
        status::Cause::Credentials => Cause::Credentials,
        status::Cause::SecondFactor => Cause::SecondFactor,
        status::Cause::Token => Cause::Token,
        status::Cause::Consent => Cause::Consent,
        status::Cause::InstitutionChange => Cause::InstitutionChange,
        status::Cause::InstitutionTrouble => Cause::InstitutionTrouble,
        status::Cause::MastercardTrouble => Cause::MastercardTrouble,
        status::Cause::NotSupported => Cause::NotSupported,
        status::Cause::AccountClosed => Cause::AccountClosed,
        status::Cause::OurFault => Cause::OurFault,
        status::Cause::Unknown => Cause::Unknown,
    }
}

pub(super) fn outage((it, name): &(Outage, String), calendar: Calendar) -> OutageRow {
    let (whose, institution) = match it.whose {
        outages::Whose::Mastercard => (Whose::Mastercard, None),
        outages::Whose::Institution(id) => (
            Whose::Institution,
            u64::try_from(id.get())
                .ok()
                .map(|id| (InstitutionId::new(id), name.clone())),
        ),
    };
    OutageRow {
        id: outage_ref(it.id),
        whose,
        institution,
        since: calendar.when(it.began),
        affected: number(it.affected),
    }
}

pub(super) fn outage_ref(OutageId(id): OutageId) -> OutageRef {
    OutageRef::new(id.as_u128())
}

pub(super) fn sweep(it: &Sweep, now: DateTime<Utc>, calendar: Calendar) -> SweepView {
    SweepView {
        started: calendar.when(it.started),
        finished: it.finished.map(|at| calendar.when(at)),
        read: number(it.read),
        failed: number(it.failed),
        planned: number(it.planned),
        late: (it.finished.is_none() && now > it.due) || now - it.started > SWEEP_OVERDUE,
    }
}

/// How many seconds an event waited on average, begun ones counted whole.
pub(super) fn waited(it: &Operations) -> Option<u32> {
    let seconds = it.applied.checked_mul(1_000_000).filter(|all| *all > 0);
    seconds.map(|all| number(it.waited.div_euclid(all) + i64::from(it.waited.rem_euclid(all) > 0)))
}

pub(super) fn recount(it: &engine::Checked, calendar: Calendar) -> Recount {
    Recount {
        at: calendar.when(it.at),
        drifted: number(it.drifted),
        connections: number(it.connections),
        accounts: number(it.accounts),
        users: number(it.users),
    }
}

/// What an address asks for.
pub(super) fn asked(filter: &RowFilter) -> rows::Asked {
    let after = filter.after.and_then(|after| {
        let standing = engine::Standing::read(after.standing.name(), after.code)?;
        let since = DateTime::from_timestamp_micros(after.since)?;
        Some((standing, since, connection_id(after.connection)))
    });
    rows::Asked {
        standing: filter.standing.map(Standing::name),
        judged: filter.judged,
        code: filter.code.map(status::Code::new),
        cause: filter
            .cause
            .and_then(|cause| known(status::Cause::ALL, status::Cause::word, cause.name())),
        acts: filter
            .acts
            .and_then(|acts| known(status::Acts::ALL, status::Acts::word, acts.name())),
        place: filter.institution.map(institution_key),
        for_days: filter.days,
        after,
    }
}

pub(super) fn known<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|one| word(*one) == name)
}

/// A page of rows.
pub(super) fn page(
    found: &rows::Rows,
    filter: &RowFilter,
    table: &status::Table,
    calendar: Calendar,
) -> RowsPage {
    let last = found.rows.last().filter(|_| found.more);
    let next = last.and_then(|(standing, row, _)| {
        let after = After {
            standing: named(*standing)?,
            code: standing.broken().map_or(0, status::Code::get),
            since: row.since.timestamp_micros(),
            connection: reference(row.connection),
        };
        let next = RowFilter {
            after: Some(after),
            ..filter.clone()
        };
        Some(next.path())
    });
    let row = |(standing, row, masks): &(engine::Standing, _, Vec<String>)| {
        let row: &relink_engine::store::rows::Counted = row;
        let broken = standing.broken().map(|code| {
            let means = table.row(code);
            (code.get(), acts(means.acts), cause(means.cause))
        });
        let place = u64::try_from(row.institution).unwrap_or_default();
        Some(Row {
            id: reference(row.connection),
            institution: (InstitutionId::new(place), row.institution_name.clone()),
            standing: named(*standing)?,
            broken,
            since: calendar.when(row.since),
            masks: masks.iter().filter_map(|mask| Mask::of(mask)).collect(),
            customer: row.customer.clone(),
        })
    };
    RowsPage {
        total: found.total.map(number),
        institution: found.institution.clone(),
        rows: found.rows.iter().filter_map(row).collect(),
        next,
    }
}

pub(super) fn named(standing: engine::Standing) -> Option<Standing> {
    known(&Standing::ALL, Standing::name, standing.name())
}

pub(super) fn reference(connection: ConnectionId) -> ConnectionRef {
    let ConnectionId(id): ConnectionId = connection;
    ConnectionRef::new(Uuid::as_u128(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_addresses_are_those_of_the_engine() {
        for cause in Cause::ALL {
            let found = known(status::Cause::ALL, status::Cause::word, cause.name());
            assert_eq!(found.map(super::cause), Some(cause));
        }
        for acts in Acts::ALL {
            let found = known(status::Acts::ALL, status::Acts::word, acts.name());
            assert_eq!(found.map(super::acts), Some(acts));
        }
        for standing in Standing::ALL {
            let found = engine::Standing::read(standing.name(), 103);
            assert_eq!(found.and_then(named), Some(standing));
        }
    }
}
