//! Institutions and codes in the page's words.

use std::collections::BTreeMap;

use relink_app::api::{
    codes::{CauseRow, CodeRow, CodesView, Meaning, TableRow},
    health::Share,
    ids::InstitutionId,
    places::{PastOutage, PlaceCode, PlaceFilter, PlaceRow, PlaceView, PlacesPage, Sort, Status},
    shared::When,
};
use relink_engine::{
    health::{
        codes::{CauseRecord, CodeRecord, Codes, overridden},
        day_of,
        overview::TREND,
        places::{Listed, One},
        windows,
    },
    status::{Row, Table},
    store::{figures::BreakSums, places},
};
use relink_mastercard::model::InstitutionStatus;

use super::{
    health::{self, acts, cause, number, outage_ref, record},
    institution_key,
};
use crate::calendar::Calendar;

/// How many institutions a page has.
pub(super) const PAGE: u16 = 50;

/// What an address asks for, at most so many of them.
pub(crate) fn asked(filter: &PlaceFilter, limit: u16) -> places::PlacesAsked {
    places::PlacesAsked {
        sort: match filter.sort {
            Sort::People => places::Sort::People,
            Sort::Broken => places::Sort::Broken,
            Sort::Share => places::Sort::Share,
            Sort::Tries => places::Sort::Tries,
            Sort::Connections => places::Sort::Connections,
            Sort::Name => places::Sort::Name,
        },
        search: filter.search.clone(),
        outage: filter.outage,
        never: filter.never,
        statuses: filter.status.map(names).unwrap_or_default(),
        after: filter.after.map(institution_key),
        limit,
    }
}

pub(super) fn page(
    (listed, more): &(Vec<Listed>, bool),
    filter: &PlaceFilter,
    calendar: Calendar,
) -> PlacesPage {
    let rows: Vec<PlaceRow> = listed.iter().map(row).collect();
    let days = listed.first().map(|first| first.trend.iter());
    let days = days.into_iter().flatten().map(|(day, _)| *day);
    let next = rows.last().filter(|_| *more).map(|last| {
        let next = PlaceFilter {
            after: Some(last.id),
            ..filter.clone()
        };
        next.path()
    });
    PlacesPage {
        rows,
        days: named(days, calendar),
        next,
    }
}

/// What days are called that were counted as one, wherever the reader is.
fn named(days: impl Iterator<Item = i64>, calendar: Calendar) -> Vec<When> {
    days.map(|day| calendar.date(windows::Span::Day.begins(day).date_naive()))
        .collect()
}

/// An institution among others.
pub(crate) fn row(it: &Listed) -> PlaceRow {
    let place = &it.place;
    PlaceRow {
        id: InstitutionId::new(u64::try_from(place.id).unwrap_or_default()),
        name: place.name.clone(),
        status: it.status.as_ref().map_or(Status::Unknown, status),
        now: health::share(windows::Share::now(place.fine, place.judged)),
        tries: health::share(it.tries()),
        trend: it.trend.iter().map(|(_, share)| share.permille()).collect(),
        broken: number(place.broken),
        people: number(place.people),
        never: it.never(),
        outage: it.outage,
    }
}

/// What Mastercard may say where our pages say this.
fn names(status: Status) -> &'static [InstitutionStatus] {
    match status {
        Status::Online => &[InstitutionStatus::Online],
        Status::Offline => &[InstitutionStatus::Offline],
        Status::Maintenance => &[InstitutionStatus::Maintenance],
        Status::Limited => &[
            InstitutionStatus::Testing,
            InstitutionStatus::Beta,
            InstitutionStatus::Validated,
        ],
        Status::Migrating => &[InstitutionStatus::Migrating],
        Status::Unknown => &[],
    }
}

fn status(it: &InstitutionStatus) -> Status {
    match it {
        InstitutionStatus::Online => Status::Online,
        InstitutionStatus::Offline => Status::Offline,
        InstitutionStatus::Maintenance => Status::Maintenance,
        InstitutionStatus::Testing | InstitutionStatus::Beta | InstitutionStatus::Validated => {
            Status::Limited
        }
        InstitutionStatus::Migrating => Status::Migrating,
        InstitutionStatus::Unknown(_) => Status::Unknown,
    }
}

pub(super) fn one(it: &One, table: &Table, calendar: Calendar) -> PlaceView {
    let code = |(code, sums): (&i64, &BreakSums)| {
        let means = table.row(relink_engine::status::Code::new(*code));
        PlaceCode {
            code: *code,
            cause: cause(means.cause),
            acts: acts(means.acts),
            opened: number(sums.opened),
            repaired: number(sums.repaired),
        }
    };
    let mut codes: Vec<PlaceCode> = it.codes.iter().map(code).collect();
    codes.sort_by_key(|code| (std::cmp::Reverse(code.opened), code.code));
    let outages = it
        .outages
        .iter()
        .map(|(id, since, until, affected)| PastOutage {
            id: outage_ref(*id),
            since: calendar.when(*since),
            until: until.map(|until| calendar.when(until)),
            affected: number(*affected),
        });
    PlaceView {
        row: row(&it.listed),
        record: record(&it.record, calendar),
        codes,
        outages: outages.collect(),
    }
}

pub(super) fn codes(
    it: &Codes,
    table: &Table,
    now: chrono::DateTime<chrono::Utc>,
    calendar: Calendar,
) -> CodesView {
    let days = day_of(now) - TREND + 1..=day_of(now);
    let opened = |by_day: &BTreeMap<i64, i64>| {
        let opened = |day| by_day.get(&day).copied().unwrap_or_default();
        days.clone().map(|day| number(opened(day))).collect()
    };
    let row = |it: &CodeRecord| {
        let means = table.row(it.code);
        let sums = it.month.sums;
        CodeRow {
            code: it.code.get(),
            name: table.knows(it.code).then(|| means.name.clone()),
            cause: cause(means.cause),
            acts: acts(means.acts),
            fixable: means.fixable,
            now: number(it.now),
            month: health::repairs(&it.month),
            through_fix: health::share(windows::Share::now(sums.of_fixed, sums.opened)),
            days: opened(&it.days),
        }
    };
    let by_cause = |it: &CauseRecord| CauseRow {
        cause: cause(it.cause),
        acts: it.acts.map(acts),
        now: number(it.now),
        month: health::repairs(&it.month),
        through_fix: it.through_fix.map(health::share),
        days: opened(&it.days),
    };
    CodesView {
        rows: it.codes.iter().map(row).collect(),
        causes: it.causes.iter().map(by_cause).collect(),
        days: named(days, calendar),
        table: in_force(table),
    }
}

/// The table in force, and what was shipped where it says something else.
fn in_force(table: &Table) -> Vec<TableRow> {
    let mut shipped: BTreeMap<_, _> = overridden(table)
        .map(|(row, shipped)| (row.code, meaning(&shipped)))
        .collect();
    let row = |row: &Row| TableRow {
        code: row.code.get(),
        name: row.name.clone(),
        means: meaning(row),
        shipped: shipped.remove(&row.code),
    };
    table.rows().map(row).collect()
}

fn meaning(row: &Row) -> Meaning {
    Meaning {
        cause: cause(row.cause),
        acts: acts(row.acts),
        fixable: row.fixable,
    }
}

/// A share in a cell of a spreadsheet: per cent, or nothing.
pub(crate) fn percent(of: Share) -> String {
    let tenths = |permille: u16| format!("{}.{}", permille / 10, permille % 10);
    of.permille.map(tenths).unwrap_or_default()
}
