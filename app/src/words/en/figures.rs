//! English: for staff, about health.

use super::super::{BreakWords, CodeWords, HealthWords, OutageWords, PlaceWords, RowsWords};
use crate::api::breaks::{Did, Ending};
use crate::api::health::{Acts, Cause, Standing, Window};
use crate::api::outages::SeenBy;
use crate::api::places::{Sort, Status};

pub(super) const HEALTH: HealthWords = HealthWords {
    title: "Health",
    empty: "There is no connection to count yet",
    not_enough: "Not enough data",
    chart_none: "Nothing in these days.",
    now: "Healthy now",
    figures: "Share of connections that are healthy",
    figures_note: "A connection counts once it has been read, while an account of it is kept, and \
                   unless it is muted or a test. Over time, a share is one of time: two \
                   connections for an hour are as much as one for two. Days end at midnight, UTC: \
                   seven days are today and the six before. A share over time is of how many there \
                   were on average.",
    standing_title: "As of the latest reading",
    number: "Connections",
    acts_title: "Broken, by who acts",
    acts_none: "None is broken.",
    cause_title: "Broken, by cause",
    breaks_title: "Breaks and repairs",
    breaks_note: "A break lasts from the first bad reading to the one that proves its end. \
                  Medians need ten repairs.",
    period: "Period",
    opened: "New breaks",
    repaired: "Repaired",
    fixed: "Through Fix",
    median: "Median time",
    p90: "Nine in ten within",
    last_week: "Last 7 days",
    last_month: "Last 30 days",
    trend_title: "Healthy, day by day",
    trend_note: "Share of each day’s time. Today is not over.",
    breaks_chart: "New breaks and repairs, day by day",
    table: "Show as a table",
    day: "Day",
    share: "Healthy",
    sample_column: "Of connections",
    outages_title: "Open outages",
    outages_all: "All institutions with an open outage",
    outages_none: "No outage is open.",
    affected: "Users affected",
    since: "Since",
    everywhere: "Mastercard",
    operations: "Operations",
    sweep_title: "Daily reading",
    sweep_never: "No reading of everybody has begun yet.",
    sweep_late: "Late",
    sweep_fine: "On time",
    webhooks_title: "Webhooks",
    received: "Received in 24 hours",
    waiting: "Waiting",
    bad_signatures: "Bad signatures since yesterday",
    jobs_title: "Jobs",
    jobs_due: "Due",
    jobs_dead: "Given up",
    upstream_title: "Mastercard",
    directory_title: "Directory",
    recount_title: "Recount",
    recount_never: "The figures have not been recounted yet.",
    recount_fine: "Figures agree",
    recount_late: "The figures have not been recounted for two days. Whoever runs Relink looks at recount, under Jobs.",
    what: "What",
    institution: "Institution",
    headline: |share, all| format!("{share} of {all} connections are healthy"),
    trouble_at: |names, all| match (names, all) {
        ([], _) => String::from("Nobody is having trouble."),
        ([one, ..], 0 | 1) => format!("{one} is having trouble."),
        ([one, other], 2) => format!("{one} and {other} are having trouble."),
        ([one, ..], all) => format!("{one} and {} others are having trouble.", all - 1),
    },
    window: |window| {
        String::from(match window {
            Window::Day => "24 hours",
            Window::Yesterday => "Yesterday and today",
            Window::Week => "7 days",
            Window::Month => "30 days",
            Window::Quarter => "90 days",
        })
    },
    sample: |all| format!("of {all}"),
    permille: |permille| format!("{}.{} %", permille / 10, permille % 10),
    seconds: |seconds| format!("{seconds} s"),
    minutes: |minutes| format!("{minutes} min"),
    hours: |hours, minutes| format!("{hours} h {minutes} min"),
    days: |days, hours| format!("{days} d {hours} h"),
    between: |from, to| format!("{from} to {to}"),
    beyond: |from| format!("More than {from}"),
    standing: |standing| {
        String::from(match standing {
            Standing::Healthy => "Healthy",
            Standing::RenewSoon => "Healthy, permission ends soon",
            Standing::Broken => "Broken",
            Standing::Stale => "Good code, but no fresh data",
            Standing::Waiting => "Waits for the user’s choice",
            Standing::SettingUp => "Setting up",
        })
    },
    acts: |acts| {
        String::from(match acts {
            Acts::User => "The user",
            Acts::Institution => "The institution",
            Acts::Mastercard => "Mastercard",
            Acts::Us => "We",
        })
    },
    cause: |cause| {
        String::from(match cause {
            Cause::Credentials => "The sign-in has changed",
            Cause::SecondFactor => "A code or an answer is wanted",
            Cause::Token => "The token has ended",
            Cause::Consent => "The permission does not cover it",
            Cause::InstitutionChange => "The institution has changed something",
            Cause::InstitutionTrouble => "The institution does not answer well",
            Cause::MastercardTrouble => "Mastercard does not answer well",
            Cause::NotSupported => "It cannot be read",
            Cause::AccountClosed => "The account is closed",
            Cause::OurFault => "Our fault",
            Cause::Unknown => "Nobody says",
        })
    },
    renew_within: |days| format!("Healthy, permission ends within {days} days"),
    sweep_read: |read, planned, failed| format!("{read} of {planned} read, {failed} not readable."),
    sweep_begun: |when| format!("Begun {when}."),
    sweep_through: |when| format!("Through {when}."),
    oldest: |when| format!("the oldest since {when}"),
    worked_off: |time| format!("worked off in {time} on average"),
    dead: |count| format!("Jobs given up: {count}."),
    forged: |count| {
        format!("{count} webhooks had a bad signature since yesterday: look at the keys.")
    },
    recounted: |when| format!("Recounted {when}."),
    totals: |users, connections, accounts| {
        format!("Then: {users} users, {connections} connections, {accounts} accounts.")
    },
    drifted: |count, when| {
        format!(
            "{count} figures were not right when they were recounted, {when}. Whoever runs Relink mends them with \
             `relink figures mend`."
        )
    },
};

pub(super) const ROWS: RowsWords = RowsWords {
    title: "Connections",
    lead: "As of the latest reading of each, by code, the longest so first.",
    none: "No connection is like this.",
    filter: "Which connections",
    any: "Any",
    code: "Code",
    days: "For at least so many days",
    apply: "Show these",
    clear: "Show all",
    next: "More",
    since: "Since",
    accounts: "Accounts",
    customer: "Customer",
    reference: "Reference",
    bad_title: "This address is not one of ours",
    bad_without: "Leave that part out",
    judged: "Only those with a first reading",
    total: |count| match count {
        "1" => "1 connection".to_owned(),
        _ => format!("{count} connections"),
    },
    at: |name| format!("At {name}"),
    broken_by: |code| format!("code {code}"),
    bad_text: |part| {
        format!("Its part “{part}” makes no sense to us. Choose from the list instead.")
    },
};

pub(super) const BREAKS: BreakWords = BreakWords {
    title: "Breaks",
    lead: "Those of connections that counted then, the latest first, each with its latest \
           cause. Days end at midnight, UTC.",
    none: "No break is like this.",
    filter: "Which breaks",
    what: "What happened",
    opened_at: "Broke",
    ended_at: "Ended",
    how: "How it ended",
    took: "After",
    goes_on: "Still broken",
    total: |did, count| match (did, count) {
        (Did::Opened, "1") => "1 new break".to_owned(),
        (Did::Opened, _) => format!("{count} new breaks"),
        (Did::Repaired, "1") => "1 break was repaired".to_owned(),
        (Did::Repaired, _) => format!("{count} breaks were repaired"),
        (Did::Fixed, "1") => "1 break was repaired through Fix".to_owned(),
        (Did::Fixed, _) => format!("{count} breaks were repaired through Fix"),
    },
    did: |did| {
        String::from(match did {
            Did::Opened => "It opened",
            Did::Repaired => "It was repaired",
            Did::Fixed => "It was repaired through Fix",
        })
    },
    ending: |ending| {
        String::from(match ending {
            Ending::Fixed => "Repaired through Fix",
            Ending::Repaired => "Repaired",
            Ending::Gone => "Nothing left to repair",
        })
    },
};

pub(super) const OUTAGE: OutageWords = OutageWords {
    seen: "How we know",
    part_of: "Part of trouble at",
    parts: "What belongs to it",
    rows: "Cut off",
    rows_note: "Connections that broke in it, test and muted ones aside, until a reading proves \
                that they are back.",
    still: "Only those that are not back yet",
    joined: "Cut off since",
    back: "Back",
    now: "Now",
    not_counted: "Not counted",
    title: |name| format!("Outage: {name}"),
    seen_by: |by| {
        String::from(match by {
            SeenBy::Failures => "More broke than chance explains",
            SeenBy::Status => "The institution says so itself",
        })
    },
};

pub(super) const PLACES: PlaceWords = PlaceWords {
    title: "Institutions",
    lead: "By our own readings. The small line is the share that was healthy, day by day.",
    filter: "Which institutions",
    search: "A part of the name",
    sort: "First",
    troubled: "With an open outage",
    never: "Nobody ever succeeded",
    none: "No institution is like this.",
    csv: "All of these as CSV",
    status_title: "Mastercard says",
    broken: "Broken",
    outage: "Outage",
    never_alarm: "Never worked for anybody",
    tries_title: "Tries to connect",
    tries: "Tries that connected",
    of_tries: "Of tries",
    tries_note: "A try is a visit to Data Connect that is over, however it ended, or that \
                 brought accounts. Not counted: who turned back before it opened, and who found \
                 only what was connected before. Never worked for anybody: after three connections \
                 or five tries, none has become healthy.",
    all: "All institutions",
    who: "Who acts",
    codes_title: "Breaks of the last 30 days, by code",
    codes_none: "Nothing has broken here in 30 days.",
    outages_title: "Outages",
    outages_none: "No outage was seen here.",
    until: "Until",
    goes_on: "goes on",
    sort_by: |sort| {
        String::from(match sort {
            Sort::People => "Most users affected",
            Sort::Broken => "Most broken connections",
            Sort::Share => "Smallest healthy share",
            Sort::Tries => "Smallest share of tries that connected",
            Sort::Connections => "Most connections",
            Sort::Name => "By name",
        })
    },
    status: |status| {
        String::from(match status {
            Status::Online => "Works",
            Status::Offline => "Offline",
            Status::Maintenance => "In maintenance",
            Status::Limited => "Not for everybody yet",
            Status::Migrating => "Moves",
            Status::Unknown => "Nothing",
        })
    },
    from_to: |first, last| format!("From {first} to {last}"),
};

pub(super) const CODES: CodeWords = CodeWords {
    title: "Codes and causes",
    lead: "What breaks connections now, and did in the last 30 days. The Fix rate is of the breaks \
           that opened then: those that ended after their user went to Fix.",
    none: "Nothing has broken in 30 days.",
    means: "What it means",
    fix_rate: "Fix rate",
    no_fix: "no Fix",
    fix: "Fix helps",
    fix_title: "Data Connect Fix",
    unknown: "In no table",
    causes: "By cause",
    causes_note: "The Fix rate here is of breaks by the codes that Fix helps. Medians need ten repairs.",
    differs: "Differs by code",
    table: "The table in force",
    table_note: "As shipped, with what the configuration changes.",
    name: "Name",
    overridden: "Changed here",
    cause_means: |cause| {
        String::from(match cause {
            Cause::Credentials => "The sign-in that Mastercard has does not work any more.",
            Cause::SecondFactor => {
                "The institution wants a code or an answer that only the user can give."
            }
            Cause::Token => "The institution ended the token by which Mastercard reads.",
            Cause::Consent => {
                "The user took the permission back, or never gave it for this account."
            }
            Cause::InstitutionChange => {
                "The institution changed its sign-in, or asks for something new."
            }
            Cause::InstitutionTrouble => {
                "The institution’s own site or service does not answer as it should."
            }
            Cause::MastercardTrouble => "Mastercard’s own service does not answer as it should.",
            Cause::NotSupported => "This kind of account or sign-in cannot be read, yet or ever.",
            Cause::AccountClosed => "The account is closed, or cannot be seen any more.",
            Cause::OurFault => "Our request or our records are wrong.",
            Cause::Unknown => "Mastercard does not say why, or sent a code that no table has.",
        })
    },
    most_a_day: |most| format!("New breaks each day, {most} at most"),
    shipped: |it| format!("Shipped: {it}"),
};
