//! What staff see of the sample world.

use relink_app::api::admin::{Age, Directory, Upstream};
use relink_app::api::breaks::{BreakRow, BreaksPage, Ending};
use relink_app::api::codes::{CauseRow, CodeRow, CodesView, Meaning, TableRow};
use relink_app::api::health::{
    Acts, BreakDay, Cause, Day, HealthView, OutageRow, Record, Recount, Repairs, Share, Standing,
    SweepView, Took, Webhooks, Window,
};
use relink_app::api::ids::{ConnectionRef, InstitutionId, OutageRef};
use relink_app::api::outages::{CutOffRow, OutageView, SeenBy};
use relink_app::api::paths;
use relink_app::api::places::{PastOutage, PlaceCode, PlaceRow, PlaceView, PlacesPage, Status};
use relink_app::api::rows::{Row, RowsPage};
use relink_app::api::shared::{Mask, When, Whose};

use relink_app::api::visit::Visit;

use crate::sample::{visit, when, world};

/// Pages of figures, by name.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let page = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), path, query))
    };
    vec![
        page("admin", "/admin", &[]),
        page(
            "admin-connections",
            "/admin/connections",
            &[("acts", "user")],
        ),
        page("admin-bad-filter", "/admin/connections", &[("code", "x")]),
        page("admin-breaks", "/admin/breaks", &[("did", "fixed")]),
        page(
            "admin-outage",
            &paths::admin_outage(OutageRef::new(3)),
            &[("still", "yes")],
        ),
        page("admin-institutions", "/admin/institutions", &[]),
        page("admin-institution", "/admin/institutions/5", &[]),
        page("admin-codes", "/admin/codes", &[]),
        page("admin-missing", "/admin/missing-institutions", &[]),
    ]
}

fn share(permille: u16) -> Share {
    Share {
        permille: Some(permille),
        sample: 12_480,
    }
}

/// The days of its charts.
pub(crate) fn november() -> Vec<When> {
    let day = |day| When {
        iso: format!("2026-11-{day:02}"),
        text: format!("{day:02}.11."),
    };
    (1..=30_u16).map(day).collect()
}

fn record() -> Record {
    let days = (1..=30_u16).zip(november()).map(|(day, date)| Day {
        day: date,
        share: Share {
            permille: (day > 3).then_some(970 + day % 7),
            sample: 12_000 + u32::from(day),
        },
    });
    let breaks = (1..=30_u16).zip(november()).map(|(day, date)| BreakDay {
        day: date,
        opened: u32::from(day * 37 % 90),
        repaired: u32::from(day * 53 % 80),
    });
    Record {
        standings: Standing::ALL
            .into_iter()
            .zip([11_902, 381, 142, 55, 12, 31])
            .collect(),
        now: share(984),
        shares: vec![
            (Window::Day, share(981)),
            (Window::Week, share(979)),
            (Window::Month, share(975)),
            (
                Window::Quarter,
                Share {
                    permille: None,
                    sample: 4,
                },
            ),
        ],
        days: days.collect(),
        breaks: breaks.collect(),
        week: Repairs {
            opened: 301,
            repaired: 288,
            fixed: 204,
            median: Some(Took::Exactly(412)),
            p90: None,
        },
        month: Repairs {
            opened: 1_204,
            repaired: 1_180,
            fixed: 901,
            median: Some(Took::Between(360, Some(480))),
            p90: Some(Took::Between(259_200, None)),
        },
    }
}

/// A day on which one institution has trouble.
pub(crate) fn health() -> HealthView {
    HealthView {
        at: when(),
        record: record(),
        acts: vec![(Acts::User, 90), (Acts::Institution, 40), (Acts::Us, 12)],
        causes: vec![
            (Cause::Credentials, 90),
            (Cause::InstitutionTrouble, 40),
            (Cause::Unknown, 12),
        ],
        outages: vec![OutageRow {
            id: OutageRef::new(3),
            whose: Whose::Institution,
            institution: Some((InstitutionId::new(5), "Chase".into())),
            since: when(),
            affected: 214,
        }],
        open_outages: 223,
        renew_days: 30,
        sweep: Some(SweepView {
            started: when(),
            finished: None,
            read: 9_000,
            failed: 3,
            planned: 11_000,
            late: false,
        }),
        upstream: Upstream::Fine { last: Some(when()) },
        directory: Directory {
            size: 16_204,
            copied: Some(when()),
            age: Age::Fresh,
        },
        webhooks: Webhooks {
            received: 1_284,
            waiting: 2,
            waiting_since: Some(when()),
            waited: Some(3),
            bad_signatures: 0,
        },
        jobs_due: 1_003,
        jobs_more: true,
        jobs_dead: 1,
        recount: Some(Recount {
            at: when(),
            drifted: 0,
            connections: 12_480,
            accounts: 31_902,
            users: 3_310,
        }),
        recount_late: false,
    }
}

/// Two of many.
pub(crate) fn rows() -> RowsPage {
    let row = |id, standing, broken| Row {
        id: ConnectionRef::new(id),
        institution: (InstitutionId::new(5), "Chase".into()),
        standing,
        broken,
        since: when(),
        masks: Mask::of("4821").into_iter().collect(),
        customer: "6001".into(),
    };
    RowsPage {
        total: Some(12_480),
        institution: None,
        rows: vec![
            row(
                1,
                Standing::Broken,
                Some((103, Acts::User, Cause::Credentials)),
            ),
            row(2, Standing::Stale, None),
        ],
        next: Some("/admin/connections?after=x".into()),
    }
}

fn place(id: u64, name: &str, status: Status) -> PlaceRow {
    PlaceRow {
        id: InstitutionId::new(id),
        name: name.into(),
        status,
        now: share(912),
        tries: Share {
            permille: (status != Status::Unknown).then_some(640),
            sample: if status == Status::Unknown { 9 } else { 1_250 },
        },
        trend: (0..30_u16)
            .map(|day| (day != 4).then_some(900 + day))
            .collect(),
        broken: 31,
        people: 30,
        never: status == Status::Unknown,
        outage: status == Status::Offline,
    }
}

/// Each status once.
pub(crate) fn institutions() -> PlacesPage {
    let names = [
        "Chase",
        "FinBank Profiles - A",
        "Bank of America",
        "Wells Fargo",
        "Capital One",
        "American Express",
    ];
    let rows = names.into_iter().zip(Status::ALL).zip(5..);
    PlacesPage {
        rows: rows
            .map(|((name, status), id)| place(id, name, status))
            .collect(),
        days: november(),
        next: Some("/admin/institutions?after=10".into()),
    }
}

/// One that has trouble, and had it before.
pub(crate) fn institution() -> PlaceView {
    PlaceView {
        row: place(5, "Chase", Status::Offline),
        record: record(),
        codes: vec![PlaceCode {
            code: 103,
            cause: Cause::Credentials,
            acts: Acts::User,
            opened: 40,
            repaired: 31,
        }],
        outages: vec![
            PastOutage {
                id: OutageRef::new(3),
                since: when(),
                until: None,
                affected: 214,
            },
            PastOutage {
                id: OutageRef::new(4),
                since: when(),
                until: Some(when()),
                affected: 12,
            },
        ],
    }
}

/// One that goes on, and one of each end.
pub(crate) fn breaks() -> BreaksPage {
    let row = |ended: Option<Ending>| BreakRow {
        institution: (InstitutionId::new(5), "Chase".into()),
        why: (103, Acts::User, Cause::Credentials),
        opened: when(),
        ended: ended.map(|ending| (when(), ending, Took::Exactly(1_500))),
        customer: "5001446".into(),
        connection: ConnectionRef::new(7),
    };
    let mut rows = vec![row(None)];
    rows.extend(Ending::ALL.iter().map(|ending| row(Some(*ending))));
    BreaksPage {
        total: 1_204,
        institution: Some("Chase".into()),
        rows,
        next: Some("/admin/breaks?did=fixed".into()),
    }
}

/// Trouble at Mastercard with one part, one who is back and one who is not.
pub(crate) fn outage() -> OutageView {
    let row = |whose, institution| OutageRow {
        id: OutageRef::new(3),
        whose,
        institution,
        since: when(),
        affected: 214,
    };
    let cut_off = |back, standing| CutOffRow {
        institution: (InstitutionId::new(5), "Chase".into()),
        customer: "5001446".into(),
        id: ConnectionRef::new(7),
        since: when(),
        back,
        standing,
    };
    let chase = Some((InstitutionId::new(5), "Chase".into()));
    OutageView {
        row: row(Whose::Mastercard, None),
        seen_by: SeenBy::Failures,
        until: None,
        part_of: None,
        parts: vec![row(Whose::Institution, chase)],
        rows: vec![
            cut_off(None, Some(Standing::Broken)),
            cut_off(Some(when()), None),
        ],
        next: Some("/admin/outages/x?after=y".into()),
    }
}

/// One code that is known, and one that is not; one row that is changed here.
pub(crate) fn codes() -> CodesView {
    let row = |code, name: Option<&str>, cause| CodeRow {
        code,
        name: name.map(str::to_owned),
        cause,
        acts: Acts::User,
        fixable: name.is_some(),
        now: 90,
        month: record().month,
        through_fix: share(720),
        days: (0..30).collect(),
    };
    let by_cause = |cause, acts, through_fix| CauseRow {
        cause,
        acts,
        now: 90,
        month: record().month,
        through_fix,
        days: (30..60).collect(),
    };
    let shipped = Meaning {
        cause: Cause::Credentials,
        acts: Acts::User,
        fixable: true,
    };
    let table = |code, means, shipped| TableRow {
        code,
        name: "credentials".into(),
        means,
        shipped,
    };
    let bent = Meaning {
        acts: Acts::Institution,
        fixable: false,
        ..shipped
    };
    CodesView {
        rows: vec![
            row(103, Some("credentials"), Cause::Credentials),
            row(987_654, None, Cause::Unknown),
        ],
        causes: vec![
            by_cause(Cause::Credentials, Some(Acts::User), Some(share(720))),
            by_cause(Cause::Unknown, None, None),
        ],
        days: november(),
        table: vec![table(103, bent, Some(shipped)), table(108, shipped, None)],
    }
}
