//! Events and jobs of the sample world, and the pages that they fill.

use relink_app::api::events::{
    After, Effect, EventRow, EventState, EventView, EventsPage, Key, Quarantine, Refused,
};
use relink_app::api::forms::{Flash, Notice};
use relink_app::api::gaps::{GapsPage, SilentVisit, UnreadCustomer};
use relink_app::api::ids::JobRef;
use relink_app::api::jobs::{
    AfterJob, JobCount, JobFilter, JobRow, JobState, JobsPage, OperationNotice, Planned,
};
use relink_app::api::visit::Visit;

use crate::pages::render;
use crate::sample::{visit, when, world};

const ID: &str = "1744671850866-f9b8c6d2a1e4f00012345678";

fn row(kind: &str, state: EventState) -> EventRow {
    EventRow {
        id: ID.parse().expect("an event id"),
        kind: kind.into(),
        received: when(),
        state,
        reason: (state == EventState::Quarantined).then_some(Quarantine::OtherCustomer),
        effect: (state == EventState::Applied).then_some(Effect::Finished),
        reference: "abc1".into(),
        customer: Some("1005061234".into()),
    }
}

fn after() -> After {
    After {
        at: 1_800_000_000_000_000,
        id: ID.into(),
    }
}

pub(crate) fn events(kind: Option<&str>) -> EventsPage {
    let rows = vec![
        row("done", EventState::Applied),
        row("added", EventState::Quarantined),
        row("started", EventState::Waiting),
    ];
    let refused = Refused {
        bad_signature: 3,
        unreadable: 1_204,
    };
    EventsPage {
        rows: if kind == Some("mfa") {
            Vec::new()
        } else {
            rows
        },
        next: Some(after()),
        refused: [refused, refused],
        may_replay: true,
    }
}

pub(crate) fn event() -> EventView {
    EventView {
        row: row("done", EventState::Applied),
        key: Key::Other,
        hash: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843".into(),
        processed: Some(when()),
        body: "{\n  \"kind\": \"done\"\n}".into(),
        may_replay: true,
    }
}

pub(crate) fn gaps(days: u16) -> GapsPage {
    let visit = SilentVisit {
        reference: "abc1".into(),
        institution: "FinBank Profiles - A".into(),
        began: when(),
    };
    let customer = UnreadCustomer {
        id: "1005061234".into(),
        since: when(),
    };
    let some = days != 1;
    GapsPage {
        visits: (days != 3).then(|| some.then_some(visit).into_iter().collect()),
        next_visits: (some && days != 3).then(after),
        customers: some.then_some(customer).into_iter().collect(),
        next_customers: some.then(after),
    }
}

pub(crate) fn jobs(filter: &JobFilter) -> JobsPage {
    let job = JobRow {
        id: JobRef::new(1),
        kind: "notify.deliver".into(),
        attempts: (12, 12),
        queued: when(),
        age: 1_500,
        due: Some(when()),
        error: Some("the server refused the letter".into()),
    };
    let count = |kind: &str, state, count, more| JobCount {
        kind: kind.into(),
        state,
        count,
        more,
        age: 90,
    };
    let planned = |name: &str, last| Planned {
        name: name.into(),
        last,
        next: when(),
    };
    let none = filter.kind.as_deref() == Some("none");
    JobsPage {
        counts: if none {
            Vec::new()
        } else {
            vec![
                count("notify.consider", JobState::Waiting, 10_000, true),
                count("notify.deliver", JobState::Dead, 2, false),
                count("sweep.begin", JobState::Running, 1, false),
            ]
        },
        rows: if none { Vec::new() } else { vec![job] },
        next: (!none).then_some(AfterJob {
            at: 1,
            job: JobRef::new(1),
        }),
        schedules: if none {
            Vec::new()
        } else {
            vec![planned("sweep", Some(when())), planned("jobs", None)]
        },
        may_act: true,
    }
}

/// Their pages, in every state.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let plain = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), path, query))
    };
    let told = |(name, visit): (String, Visit), notice| {
        let flash = Flash {
            notice: Some(Notice::Operation(notice)),
            ..Flash::default()
        };
        (name, Visit { flash, ..visit })
    };
    vec![
        told(
            plain("events", "/admin/events", &[("state", "applied")]),
            OperationNotice::WindowReplayed,
        ),
        plain("events-none", "/admin/events", &[("kind", "mfa")]),
        plain("event", &format!("/admin/events/{ID}"), &[]),
        plain("gaps", "/admin/gaps", &[]),
        plain("gaps-none", "/admin/gaps", &[("days", "1")]),
        plain("gaps-untold", "/admin/gaps", &[("days", "3")]),
        told(plain("jobs", "/admin/jobs", &[]), OperationNotice::MovedOn),
        plain("jobs-waiting", "/admin/jobs", &[("state", "waiting")]),
        plain("jobs-none", "/admin/jobs", &[("kind", "none")]),
    ]
}

#[test]
fn an_address_that_was_changed_by_hand_is_answered_with_a_way_back() {
    for (path, name, value) in [
        ("/admin/events", "kind", "a b"),
        ("/admin/events", "from", "2026-02-30"),
        ("/admin/events", "after", "x"),
        ("/admin/gaps", "days", "0"),
        ("/admin/gaps", "customers", "x"),
        ("/admin/jobs", "state", "done"),
        ("/admin/jobs", "after", "1.x"),
        ("/admin/institutions", "q", "a\0"),
        ("/admin/institutions", "after", "9"),
        ("/admin/people", "q", "\0"),
        ("/admin/people", "page", "2"),
        ("/admin/audit", "who", "\0"),
        ("/admin/find", "page", "2"),
    ] {
        let (status, html) = render(visit(world(), path, &[(name, value)]));
        assert_eq!(status, 400, "{path} {name}");
        assert!(
            html.contains("This address is not one of ours"),
            "{path} {name}"
        );
        assert!(html.contains(&format!("href=\"{path}\"")), "{path} {name}");
    }
    assert_eq!(render(visit(world(), "/admin/events/a%20b", &[])).0, 404);
}

#[test]
fn a_page_goes_on_with_its_filter() {
    let (_, html) = render(visit(world(), "/admin/events", &[("kind", "done")]));
    let next = format!("/admin/events?kind=done&amp;after=1800000000000000.{ID}");
    assert!(html.contains(&next), "{html}");
    let (_, html) = render(visit(world(), "/admin/jobs", &[("state", "waiting")]));
    assert!(
        html.contains("/admin/jobs?state=waiting&amp;after=1."),
        "{html}"
    );
}
