//! The breaks behind a number: how an address asks for them, and what is shown
//! of each. Pure.

use super::asked::given;
use super::events::{After, address, day, plain, set};
use super::health::{Acts, Cause, Took};
use super::ids::{BreakRef, ConnectionRef, InstitutionId};
use super::paths;
use super::rows::{BadPart, named};
use super::shared::When;

plain! {
    /// What happened to a break.
    Did {
        /// It opened.
        Opened = "opened",
        /// A reading proved that it is over.
        Repaired = "repaired",
        /// The same, and its person had gone to Data Connect Fix.
        Fixed = "fixed",
    }
}

plain! {
    /// How a break ended.
    Ending {
        /// A reading proved it, and its person had gone to Data Connect Fix.
        Fixed = "fixed",
        /// A reading proved it.
        Repaired = "repaired",
        /// There was nothing left to repair.
        Gone = "gone",
    }
}

/// Which breaks. Everything that is absent is any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakFilter {
    /// What happened to them.
    pub did: Did,
    /// From this day on, UTC (ISO).
    pub from: Option<String>,
    /// Until this day, which counts, UTC (ISO).
    pub until: Option<String>,
    /// Where they opened.
    pub institution: Option<InstitutionId>,
    /// By which code, the latest.
    pub code: Option<i64>,
    /// Why, by the status table in force.
    pub cause: Option<Cause>,
    /// What was shown last, and when that happened, in microseconds since 1970:
    /// where the next page begins.
    pub after: Option<(i64, BreakRef)>,
}

impl BreakFilter {
    /// All to which that happened.
    pub fn of(did: Did) -> Self {
        Self {
            did,
            from: None,
            until: None,
            institution: None,
            code: None,
            cause: None,
            after: None,
        }
    }

    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::of(Did::Opened);
        for (name, value) in given(query)? {
            let found = match &**name {
                "did" => named(Did::ALL, Did::name, value)
                    .map(|did| filter.did = did)
                    .is_some(),
                "from" => set(&mut filter.from, day(value)),
                "until" => set(&mut filter.until, day(value)),
                "institution" => set(&mut filter.institution, value.parse().ok()),
                "code" => {
                    let code = value.parse().ok();
                    set(&mut filter.code, code.filter(|code: &i64| *code > 0))
                }
                "cause" => set(&mut filter.cause, named(&Cause::ALL, Cause::name, value)),
                "after" => {
                    let after = After::parse(value);
                    let after = after.and_then(|it| Some((it.at, it.id.parse().ok()?)));
                    set(&mut filter.after, after)
                }
                _ => false,
            };
            if !found {
                return Err(BadPart { name: name.clone() });
            }
        }
        // Days of this form sort as they follow each other.
        match (&filter.from, &filter.until) {
            (Some(from), Some(until)) if from > until => Err(BadPart {
                name: "until".into(),
            }),
            _ => Ok(filter),
        }
    }

    /// The address that asks for them.
    pub fn path(&self) -> String {
        let mut parts = vec![("did", self.did.name().to_owned())];
        let mut add = |name, value: Option<String>| {
            parts.extend(value.map(|value| (name, value)));
        };
        add("from", self.from.clone());
        add("until", self.until.clone());
        add("institution", self.institution.map(|it| it.to_string()));
        add("code", self.code.map(|code| code.to_string()));
        add("cause", self.cause.map(|it| it.name().to_owned()));
        add("after", self.after.map(|(at, id)| format!("{at}.{id}")));
        address(paths::ADMIN_BREAKS, &parts)
    }
}

/// One page of breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreaksPage {
    /// How many there are by the figures.
    pub total: u32,
    /// What the institution that is asked for is called.
    pub institution: Option<String>,
    /// The rows, the latest first.
    pub rows: Vec<BreakRow>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

/// One break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakRow {
    /// Where it opened.
    pub institution: (InstitutionId, String),
    /// The latest code, who acts, and why.
    pub why: (i64, Acts, Cause),
    /// When we learned of it.
    pub opened: When,
    /// When and how it ended, if it did, and after how long.
    pub ended: Option<(When, Ending, Took)>,
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Our id of its connection.
    pub connection: ConnectionRef,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = BreakFilter {
            did: Did::Fixed,
            from: Some("2026-11-01".into()),
            until: Some("2026-11-30".into()),
            institution: Some(InstitutionId::new(5)),
            code: Some(103),
            cause: Some(Cause::Credentials),
            after: Some((1_800_000_000_000_000, BreakRef::new(9))),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(BreakFilter::parse(&query(text)), Ok(filter));
        let all = BreakFilter::of(Did::Opened);
        assert_eq!(all.path(), "/admin/breaks?did=opened");
        assert_eq!(BreakFilter::parse(&query("from=&until=&code=")), Ok(all));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for text in [
            "did=closed",
            "from=2026-02-30",
            "until=yesterday",
            "institution=9223372036854775808",
            "institution=-5",
            "code=0",
            "cause=x",
            "after=1.x",
            "after=-1.00000000-0000-0000-0000-000000000009",
            "after=9223372036854775807.00000000-0000-0000-0000-000000000009",
            "until=2026-11-01&from=2026-11-02",
            "code=1&code=1",
            "colour=red",
        ] {
            let name = text.split_once('=').unwrap().0.to_owned();
            assert_eq!(
                BreakFilter::parse(&query(text)),
                Err(BadPart { name }),
                "{text}"
            );
        }
    }
}
