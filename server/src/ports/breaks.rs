//! Breaks in the page's words.

use chrono::{DateTime, NaiveDate, Utc};
use relink_app::api::{
    breaks::{BreakFilter, BreakRow, BreaksPage, Did, Ending},
    ids::{BreakRef, InstitutionId},
};
use relink_engine::{
    connections::End,
    health::{
        breaks::{self, Breaks, Within},
        day_of, times,
    },
    ids::BreakId,
    status::{Cause, Code, Table},
    store::break_rows,
};
use uuid::Uuid;

use super::{
    health::{acts, cause, known, number, reference, took},
    institution_key,
};
use crate::calendar::Calendar;

fn did(filter: &BreakFilter) -> breaks::Did {
    match filter.did {
        Did::Opened => breaks::Did::Opened,
        Did::Repaired => breaks::Did::Repaired,
        Did::Fixed => breaks::Did::Fixed,
    }
}

/// What an address asks for, at `now`.
pub(super) fn asked(filter: &BreakFilter, now: DateTime<Utc>) -> (breaks::Did, Within) {
    let day = |text: &Option<String>| {
        let date: NaiveDate = text.as_ref()?.parse().ok()?;
        Some(day_of(date.and_time(chrono::NaiveTime::MIN).and_utc()))
    };
    let within = Within {
        days: (
            day(&filter.from).unwrap_or(0),
            day(&filter.until).unwrap_or_else(|| day_of(now)),
        ),
        place: filter.institution.map(institution_key),
        code: filter.code.map(Code::new),
        cause: filter
            .cause
            .and_then(|cause| known(Cause::ALL, Cause::word, cause.name())),
    };
    (did(filter), within)
}

/// Where a page begins.
pub(super) fn cursor(filter: &BreakFilter) -> Option<(DateTime<Utc>, BreakId)> {
    let (at, id) = filter.after?;
    let at = DateTime::from_timestamp_micros(at)?;
    Some((at, BreakId(Uuid::from_u128(id.get()))))
}

/// A page of rows.
pub(super) fn page(
    found: &Breaks,
    filter: &BreakFilter,
    table: &Table,
    calendar: Calendar,
) -> BreaksPage {
    let last = found.rows.last().filter(|_| found.more);
    let next = last.map(|last| {
        let at = last.at(did(filter)).timestamp_micros();
        let next = BreakFilter {
            after: Some((at, BreakRef::new(last.id.0.as_u128()))),
            ..filter.clone()
        };
        next.path()
    });
    let rows = found.rows.iter();
    BreaksPage {
        total: number(found.total),
        institution: found.institution.clone(),
        rows: rows.map(|it| row(it, table, calendar)).collect(),
        next,
    }
}

fn row(it: &break_rows::BreakRow, table: &Table, calendar: Calendar) -> BreakRow {
    let means = table.row(it.code);
    let (place, name) = &it.institution;
    let place = u64::try_from(*place).unwrap_or_default();
    let ended = it.ended.map(|(at, end)| {
        let how = match end {
            End::Repaired if it.through_fix => Ending::Fixed,
            End::Repaired => Ending::Repaired,
            End::Gone => Ending::Gone,
        };
        let length = times::Took::Exactly(at - it.opened);
        (calendar.when(at), how, took(length))
    });
    BreakRow {
        institution: (InstitutionId::new(place), name.clone()),
        why: (it.code.get(), acts(means.acts), cause(means.cause)),
        opened: calendar.when(it.opened),
        ended,
        customer: it.customer.clone(),
        connection: reference(it.connection),
    }
}
