//! The connections behind a number: how an address asks for them, and what is
//! shown of each. Pure.

use serde::{Deserialize, Serialize};

use super::asked::{given, instant};
use super::health::{Acts, Cause, Standing};
use super::ids::{ConnectionRef, InstitutionId};
use super::paths;
use super::shared::{Mask, When};

/// Which connections. Everything that is absent is any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFilter {
    /// How they stand.
    pub standing: Option<Standing>,
    /// Only those of which a reading says how they are: what a share is of.
    pub judged: bool,
    /// By which code they are broken.
    pub code: Option<i64>,
    /// Why.
    pub cause: Option<Cause>,
    /// Who acts.
    pub acts: Option<Acts>,
    /// Where.
    pub institution: Option<InstitutionId>,
    /// For how many days at least.
    pub days: Option<u16>,
    /// What was shown last: where the next page begins.
    pub after: Option<After>,
}

/// The last row of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// How it stands.
    pub standing: Standing,
    /// The code; 0 where it is not broken.
    pub code: i64,
    /// Since when, in microseconds since 1970.
    pub since: i64,
    /// Which.
    pub connection: ConnectionRef,
}

/// A part of an address that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPart {
    /// The part.
    pub name: String,
}

impl RowFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let found = match &**name {
                "standing" => {
                    filter.standing = named(&Standing::ALL, Standing::name, value);
                    filter.standing.is_some()
                }
                "judged" => {
                    filter.judged = value == "yes";
                    filter.judged
                }
                "cause" => {
                    filter.cause = named(&Cause::ALL, Cause::name, value);
                    filter.cause.is_some()
                }
                "acts" => {
                    filter.acts = named(&Acts::ALL, Acts::name, value);
                    filter.acts.is_some()
                }
                "code" => {
                    filter.code = value.parse().ok().filter(|code| *code > 0);
                    filter.code.is_some()
                }
                "institution" => {
                    filter.institution = value.parse().ok();
                    filter.institution.is_some()
                }
                "days" => {
                    filter.days = value.parse().ok().filter(|days| *days <= 3_650);
                    filter.days.is_some()
                }
                "after" => {
                    filter.after = After::parse(value);
                    filter.after.is_some()
                }
                _ => false,
            };
            if !found {
                return Err(BadPart { name: name.clone() });
            }
        }
        if filter.after.is_some_and(|after| !filter.has(after)) {
            let name = "after".to_owned();
            return Err(BadPart { name });
        }
        Ok(filter)
    }

    /// Whether a page of them can end with this row.
    fn has(&self, row: After) -> bool {
        let standing = self.standing.is_none_or(|it| it == row.standing);
        standing && self.code.is_none_or(|code| code == row.code)
    }

    /// The address that asks for them.
    pub fn path(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            parts.extend(value.map(|value| format!("{name}={value}")));
        };
        add("standing", self.standing.map(|it| it.name().to_owned()));
        add("judged", self.judged.then(|| "yes".to_owned()));
        add("code", self.code.map(|code| code.to_string()));
        add("cause", self.cause.map(|it| it.name().to_owned()));
        add("acts", self.acts.map(|it| it.name().to_owned()));
        add("institution", self.institution.map(|it| it.to_string()));
        add("days", self.days.map(|days| days.to_string()));
        add("after", self.after.map(After::text));
        if parts.is_empty() {
            return paths::ADMIN_CONNECTIONS.to_owned();
        }
        format!("{}?{}", paths::ADMIN_CONNECTIONS, parts.join("&"))
    }
}

pub(in crate::api) fn named<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    value: &str,
) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == value)
}

impl After {
    fn text(self) -> String {
        let (standing, code) = (self.standing.name(), self.code);
        format!("{standing}.{code}.{}.{}", self.since, self.connection)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let after = Self {
            standing: named(&Standing::ALL, Standing::name, parts.next()?)?,
            code: parts.next()?.parse().ok()?,
            since: instant(parts.next()?)?,
            connection: parts.next()?.parse().ok()?,
        };
        // What is broken has a code, and nothing else has.
        let broken = after.standing == Standing::Broken;
        let coded = after.code >= 0 && broken == (after.code > 0);
        (coded && parts.next().is_none() && after.text() == text).then_some(after)
    }
}

/// One page of connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsPage {
    /// How many there are by the figures; absent where a filter asks for what
    /// no figure counts.
    pub total: Option<u32>,
    /// What the institution that is asked for is called.
    pub institution: Option<String>,
    /// The rows, the longest so first within a code.
    pub rows: Vec<Row>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Our id of it.
    pub id: ConnectionRef,
    /// Where it is.
    pub institution: (InstitutionId, String),
    /// How it stands.
    pub standing: Standing,
    /// Of a broken one: the code, who acts, and why.
    pub broken: Option<(i64, Acts, Cause)>,
    /// Since when.
    pub since: When,
    /// The ends of its accounts' numbers.
    pub masks: Vec<Mask>,
    /// Mastercard's id of its customer.
    pub customer: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = RowFilter {
            standing: Some(Standing::Broken),
            judged: true,
            code: Some(103),
            cause: Some(Cause::Credentials),
            acts: Some(Acts::Us),
            institution: Some(InstitutionId::new(5)),
            days: Some(7),
            after: Some(After {
                standing: Standing::Broken,
                code: 103,
                since: 1_800_000_000_000_000,
                connection: ConnectionRef::new(9),
            }),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(RowFilter::parse(&query(text)), Ok(filter));
        assert_eq!(RowFilter::default().path(), "/admin/connections");
        assert_eq!(
            RowFilter::parse(&query("code=&days=")),
            Ok(RowFilter::default())
        );
    }

    #[test]
    fn a_page_follows_a_row_of_its_own_kind() {
        let after = "after=broken.103.1.00000000-0000-0000-0000-000000000009";
        let bad = Err(BadPart {
            name: "after".into(),
        });
        for (filter, has) in [
            ("standing=broken", true),
            ("code=103", true),
            ("standing=healthy", false),
            ("code=102", false),
        ] {
            let read = RowFilter::parse(&query(&format!("{filter}&{after}")));
            assert_eq!(read.is_ok(), has, "{filter}");
            assert!(has || read == bad, "{filter}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for text in [
            "standing=fine",
            "judged=no",
            "code=-1",
            "code=0",
            "code=99999999999999999999",
            "cause=x",
            "acts=us",
            "institution=-5",
            "days=9999",
            "after=broken.103.1",
            "after=broken.0103.1.00000000-0000-0000-0000-000000000009",
            "after=broken.103.1.00000000-0000-0000-0000-000000000009.1",
            "after=broken.0.1.00000000-0000-0000-0000-000000000009",
            "after=broken.-5.1.00000000-0000-0000-0000-000000000009",
            "after=healthy.103.1.00000000-0000-0000-0000-000000000009",
            "after=healthy.0.-300000000000000000.00000000-0000-0000-0000-000000000009",
            "after=healthy.0.9223372036854775807.00000000-0000-0000-0000-000000000009",
            "institution=18446744073709551615",
            "colour=red",
        ] {
            let name = text.split_once('=').unwrap().0.to_owned();
            assert_eq!(
                RowFilter::parse(&query(text)),
                Err(BadPart { name }),
                "{text}"
            );
        }
    }
}
