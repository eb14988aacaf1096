//! Texts of the pages of staff about health.

#[cfg(test)]
use super::catalogue;
use crate::api::breaks::{Did, Ending};
use crate::api::health::{Acts, Cause, Standing, Window};
use crate::api::outages::SeenBy;
use crate::api::places::{Sort, Status};

words! {
    /// How all connections are, and were.
    HealthWords {
        title, empty, not_enough, chart_none, now, figures, figures_note, standing_title, number, acts_title,
        acts_none, cause_title, breaks_title, breaks_note, period, opened, repaired, fixed, median,
        p90, last_week, last_month, trend_title, trend_note, breaks_chart, table, day, share,
        sample_column, outages_title, outages_all, outages_none, affected, since, everywhere, operations,
        sweep_title, sweep_never, sweep_late, sweep_fine, webhooks_title, received, waiting,
        bad_signatures, jobs_title, jobs_due, jobs_dead, upstream_title, directory_title, recount_title,
        recount_never, recount_fine, recount_late, what, institution,
    }
    headline(&str, &str);
    trouble_at(&[String], u32);
    window(Window);
    sample(&str);
    permille(u32);
    seconds(u32);
    minutes(u32);
    hours(u32, u32);
    days(u32, u32);
    between(&str, &str);
    beyond(&str);
    standing(Standing);
    acts(Acts);
    cause(Cause);
    renew_within(u32);
    sweep_read(&str, &str, &str);
    sweep_begun(&str);
    sweep_through(&str);
    oldest(&str);
    worked_off(&str);
    dead(&str);
    forged(&str);
    recounted(&str);
    totals(&str, &str, &str);
    drifted(&str, &str);
}

words! {
    /// The connections behind a number.
    RowsWords {
        title, lead, none, filter, any, code, days, apply, clear, next, since, accounts, customer,
        reference, bad_title, bad_without, judged,
    }
    total(&str);
    at(&str);
    broken_by(&str);
    bad_text(&str);
}

words! {
    /// The breaks behind a number.
    BreakWords {
        title, lead, none, filter, what, opened_at, ended_at, how, took, goes_on,
    }
    total(Did, &str);
    did(Did);
    ending(Ending);
}

words! {
    /// One outage, and whom it has cut off.
    OutageWords {
        seen, part_of, parts, rows, rows_note, still, joined, back, now, not_counted,
    }
    title(&str);
    seen_by(SeenBy);
}

words! {
    /// Institutions by their figures.
    PlaceWords {
        title, lead, filter, search, sort, troubled, never, none, csv, status_title, broken, outage,
        never_alarm, tries_title, tries, of_tries, tries_note, all, who, codes_title, codes_none, outages_title, outages_none, until, goes_on,
    }
    sort_by(Sort);
    status(Status);
    from_to(&str, &str);
}

words! {
    /// How codes and causes are doing.
    CodeWords {
        title, lead, none, means, fix_rate, no_fix, fix, fix_title, unknown, causes, causes_note,
        differs, table, table_note, name, overridden,
    }
    cause_means(Cause);
    most_a_day(&str);
    shipped(&str);
}
