//! Institutions and codes in the page's words.

use relink_app::api::{
    health::Share,
    ids::InstitutionId,
    places::{
        CodeRow, CodesView, PastOutage, PlaceCode, PlaceFilter, PlaceRow, PlaceView, PlacesPage,
        Sort, Status, TableRow,
    },
};
use relink_engine::{
    health::{
        codes::{CodeRecord, overridden},
        day_of,
        overview::TREND,
        places::{Listed, One},
        windows,
    },
    status::Table,
    store::{figures::BreakSums, places},
};
use relink_mastercard::model::InstitutionStatus;

use super::health::{self, acts, cause, number, outage_ref, record};
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
            Sort::Connections => places::Sort::Connections,
            Sort::Name => places::Sort::Name,
        },
        search: filter.search.clone(),
        outage: filter.outage,
        never: filter.never,
        after: filter.after.and_then(|id| i64::try_from(id.get()).ok()),
        limit,
    }
}

pub(super) fn page((rows, more): &(Vec<Listed>, bool), filter: &PlaceFilter) -> PlacesPage {
    let rows: Vec<PlaceRow> = rows.iter().map(row).collect();
    let next = rows.last().filter(|_| *more).map(|last| {
        let next = PlaceFilter {
            after: Some(last.id),
            ..filter.clone()
        };
        next.path()
    });
    PlacesPage { rows, next }
}

/// An institution among others.
pub(crate) fn row(it: &Listed) -> PlaceRow {
    let place = &it.place;
    PlaceRow {
        id: InstitutionId::new(u64::try_from(place.id).unwrap_or_default()),
        name: place.name.clone(),
        status: it.status.as_ref().map_or(Status::Unknown, status),
        now: health::share(windows::Share::now(place.fine, place.judged)),
        trend: it.trend.iter().map(|(_, share)| share.permille()).collect(),
        broken: number(place.broken),
        people: number(place.people),
        never: it.never(),
        outage: it.outage,
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
    all: &[CodeRecord],
    table: &Table,
    now: chrono::DateTime<chrono::Utc>,
    calendar: Calendar,
) -> CodesView {
    let days = day_of(now) - TREND + 1..=day_of(now);
    let row = |it: &CodeRecord| {
        let means = table.row(it.code);
        let opened = |day| it.days.get(&day).copied().unwrap_or_default();
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
            days: days.clone().map(|day| number(opened(day))).collect(),
        }
    };
    let changed: Vec<_> = overridden(table).map(|row| row.code).collect();
    let rows = table.rows().map(|row| TableRow {
        code: row.code.get(),
        name: row.name.clone(),
        cause: cause(row.cause),
        acts: acts(row.acts),
        fixable: row.fixable,
        overridden: changed.contains(&row.code),
    });
    CodesView {
        since: calendar.date(
            windows::Span::Day
                .begins(day_of(now) - TREND + 1)
                .date_naive(),
        ),
        rows: all.iter().map(row).collect(),
        table: rows.collect(),
    }
}

/// A share in a cell of a spreadsheet: per cent, or nothing.
pub(crate) fn percent(of: Share) -> String {
    let tenths = |permille: u16| format!("{}.{}", permille / 10, permille % 10);
    of.permille.map(tenths).unwrap_or_default()
}
