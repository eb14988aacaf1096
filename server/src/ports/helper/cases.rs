//! Cases in the page's words.

use relink_app::api::{
    cases::{
        BundleFilter, BundleRow, CaseFilter, CasePage, CaseRow, CasesPage, Settled, Stuck, Together,
    },
    health::Cause,
    ids::{CaseRef, InstitutionId},
};
use relink_engine::{
    cases::{self as engine, Bundle, Case},
    status::{Code, Table},
};

use crate::{
    calendar::Calendar,
    csv,
    ports::health::{cause, number, reference},
};

/// How cases are shown to one person.
pub(super) struct View<'a> {
    pub(super) table: &'a Table,
    pub(super) calendar: Calendar,
}

impl View<'_> {
    /// What no case has yet, and what was sent.
    pub(super) fn list(
        &self,
        (open, more): &(Vec<(Code, Bundle)>, bool),
        (cases, earlier): &(Vec<Case>, bool),
        filter: &CaseFilter,
    ) -> CasesPage {
        let next = open.last().filter(|_| *more).map(|(code, bundle)| {
            let next = CaseFilter {
                after: Some((code.get(), place(bundle.institution))),
                before: None,
                ..*filter
            };
            next.path()
        });
        let earlier = cases.last().filter(|_| *earlier).map(|case| {
            let earlier = CaseFilter {
                before: Some(case_ref(case)),
                after: None,
                ..*filter
            };
            earlier.path()
        });
        CasesPage {
            open: open
                .iter()
                .map(|(code, bundle)| self.bundle(*code, bundle, filter.days))
                .collect(),
            next,
            cases: cases.iter().map(|case| self.row(case)).collect(),
            earlier,
        }
    }

    fn bundle(&self, code: Code, bundle: &Bundle, days: u16) -> BundleRow {
        let path = BundleFilter {
            code: code.get(),
            institution: place(bundle.institution),
            days,
        };
        BundleRow {
            institution: bundle.name.clone(),
            code: (code.get(), self.cause(code)),
            count: number(bundle.n),
            since: self.calendar.when(bundle.since),
            path: path.path(),
        }
    }

    fn row(&self, case: &Case) -> CaseRow {
        CaseRow {
            id: case_ref(case),
            institution: (place(case.institution), case.name.clone()),
            code: (case.code, self.cause(Code::new(case.code))),
            number: case.number.clone(),
            sent: self.calendar.when(case.sent),
            sender: case.sender.clone(),
            count: number(case.n),
            repaired: number(case.repaired),
            gone: number(case.gone),
            closed: case.closed.map(|at| self.calendar.when(at)),
        }
    }

    /// One case.
    pub(super) fn one(&self, case: &Case, stuck: Vec<engine::Stuck>) -> CasePage {
        let together = engine::Together {
            name: case.name.clone(),
            code: Code::new(case.code),
            stuck,
            more: false,
        };
        CasePage {
            row: self.row(case),
            together: self.together(place(case.institution), &together),
        }
    }

    /// Connections of one institution and code.
    pub(super) fn together(&self, place: InstitutionId, it: &engine::Together) -> Together {
        let meaning = self.table.row(it.code);
        Together {
            institution: (place, it.name.clone()),
            code: (it.code.get(), meaning.name.clone(), cause(meaning.cause)),
            stuck: it.stuck.iter().map(|one| self.stuck(one)).collect(),
            more: it.more,
        }
    }

    fn stuck(&self, one: &engine::Stuck) -> Stuck {
        let settled = one.settled_at.map(|at| self.calendar.when(at));
        Stuck {
            id: reference(one.connection),
            customer: one.customer.clone(),
            login: one.login.clone(),
            since: self.calendar.when(one.since),
            last_good: one.last_good.map(|at| self.calendar.when(at)),
            reference: one.reference.clone().unwrap_or_default(),
            settled: match (settled, one.settled.as_deref()) {
                (Some(at), Some("repaired")) => Settled::Repaired(at),
                (Some(at), _) => Settled::Gone(at),
                (None, _) => Settled::Not,
            },
        }
    }

    fn cause(&self, code: Code) -> Cause {
        cause(self.table.row(code).cause)
    }
}

fn place(institution: i64) -> InstitutionId {
    InstitutionId::new(u64::try_from(institution).unwrap_or_default())
}

fn case_ref(case: &Case) -> CaseRef {
    CaseRef::new(case.id.0.as_u128())
}

/// The first line of a case as CSV.
pub(crate) const CSV_HEAD: [&str; 10] = [
    "institution_id",
    "institution",
    "code",
    "customer_id",
    "institution_login_id",
    "failing_since",
    "last_success",
    "connection",
    "reference",
    "works_again_since",
];

/// One connection of it.
pub(crate) fn csv_line(place: &str, it: &engine::Together, one: &engine::Stuck) -> String {
    let when = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| at.to_rfc3339()).unwrap_or_default()
    };
    let repaired = one.settled_at;
    let repaired = repaired.filter(|_| one.settled.as_deref() == Some("repaired"));
    let cells = [
        place.to_owned(),
        it.name.clone(),
        it.code.to_string(),
        one.customer.clone(),
        one.login.clone(),
        one.since.to_rfc3339(),
        when(one.last_good),
        one.connection.to_string(),
        one.reference.clone().unwrap_or_default(),
        when(repaired),
    ];
    csv::line(cells.iter().map(String::as_str))
}
