//! What staff did, between the engine and people: filters as they are typed,
//! and lines of CSV; `facts` reads what an act changed.

mod facts;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use relink_app::api::audit::AuditFilter;
use relink_engine::{
    audit::{Entry, Filter},
    identity::{Admin, Email},
    store::StoreError,
};

pub use self::facts::{facts, thing};
use crate::{calendar::Calendar, csv, http::App};

/// Why a filter is none.
#[derive(Debug)]
pub enum NoFilter {
    /// Nobody has the address.
    Nobody,
    /// A day is none.
    NotADay,
    /// The database failed.
    Store(StoreError),
}

/// The engine's filter for what was typed. Days are those of `zone`.
pub async fn filter(
    app: &App,
    admin: &Admin,
    typed: &AuditFilter,
    zone: Tz,
) -> Result<Filter, NoFilter> {
    let actor = match typed.who.trim() {
        "" => None,
        who => {
            let email = Email::parse(who).map_err(|_| NoFilter::Nobody)?;
            let found = app.identity.whose(admin, &email).await;
            Some(found.map_err(NoFilter::Store)?.ok_or(NoFilter::Nobody)?)
        }
    };
    let days = |text: &str, later: i64| match text.trim() {
        "" => Ok(None),
        text => day(text, later, zone).map(Some).ok_or(NoFilter::NotADay),
    };
    Ok(Filter {
        actor,
        // The pages' names are the engine's.
        kind: typed.what.and_then(|act| act.value().parse().ok()),
        from: days(&typed.from, 0)?,
        until: days(&typed.until, 1)?,
    })
}

/// The beginning of the day `later` days after `text`, there.
pub(crate) fn day(text: &str, later: i64, zone: Tz) -> Option<DateTime<Utc>> {
    let day: NaiveDate = text.parse().ok()?;
    // What a calendar of people has; the database's has an end.
    let known = NaiveDate::from_ymd_opt(1970, 1, 1)?..NaiveDate::from_ymd_opt(9999, 1, 1)?;
    let day = known
        .contains(&day)
        .then_some(day + TimeDelta::days(later))?;
    // Where clocks go forward at midnight, the day begins an hour later.
    let begins = [0, 1].into_iter().find_map(|hour| {
        let there = day.and_hms_opt(hour, 0, 0)?;
        zone.from_local_datetime(&there).earliest()
    });
    begins.map(|begins| begins.to_utc())
}

/// The first line.
pub fn head() -> String {
    csv::line([
        "number",
        "at",
        "act",
        "actor_id",
        "actor",
        "address",
        "user_agent",
        "about_kind",
        "about_id",
        "about",
        "before",
        "after",
        "hash",
        "change",
        "reason",
        "page",
    ])
}

/// One act, its change also in the words of `calendar`'s reader.
pub fn line(entry: &Entry, calendar: Calendar) -> String {
    let told = |json: &Option<String>| facts(entry.kind, json.as_deref(), calendar);
    let change = calendar
        .language()
        .change(&told(&entry.before), &told(&entry.after));
    let page = thing(entry, calendar).map(|thing| thing.path());
    let actor = entry.actor.map(|id| id.to_string()).unwrap_or_default();
    let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let cells = [
        entry.seq.to_string(),
        entry.at.to_rfc3339(),
        entry.kind.as_str().to_owned(),
        actor,
        text(&entry.actor_name),
        text(&entry.address),
        text(&entry.user_agent),
        text(&entry.about_kind),
        text(&entry.about_id),
        text(&entry.about_name),
        text(&entry.before),
        text(&entry.after),
        entry.hash.clone(),
        change,
        text(&entry.reason),
        page.unwrap_or_default(),
    ];
    csv::line(cells.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use chrono_tz::America;

    use super::*;

    #[test]
    fn a_day_begins_when_it_begins_there() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let new_york = America::New_York;
        assert_eq!(
            day("2026-11-18", 0, new_york),
            Some(at("2026-11-18T05:00:00Z"))
        );
        assert_eq!(
            day("2026-11-18", 1, new_york),
            Some(at("2026-11-19T05:00:00Z"))
        );
        // Its clocks went forward at midnight.
        assert_eq!(
            day("2018-11-04", 0, America::Sao_Paulo),
            Some(at("2018-11-04T03:00:00Z"))
        );
        for bad in [
            "x",
            "2026-02-30",
            "18.11.2026",
            "+262142-01-01",
            "9999-12-31",
        ] {
            assert_eq!(day(bad, 1, new_york), None, "{bad}");
        }
    }
}
