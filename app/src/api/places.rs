//! Institutions by their figures: how an address asks for them, and what is
//! shown of each. Pure.

use serde::{Deserialize, Serialize};

use super::health::{Acts, Cause, Record, Repairs, Share};
use super::ids::{InstitutionId, OutageRef};
use super::paths;
use super::rows::{BadPart, named};
use super::shared::When;
use crate::widgets::institution_search::encoded;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Sort {
    /// The most users with a broken connection.
    #[default]
    People,
    /// The most broken connections.
    Broken,
    /// The smallest share that is healthy.
    Share,
    /// The most connections.
    Connections,
    /// The name.
    Name,
}

impl Sort {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Broken,
        Self::Share,
        Self::Connections,
        Self::Name,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Broken => "broken",
            Self::Share => "share",
            Self::Connections => "connections",
            Self::Name => "name",
        }
    }
}

/// Which institutions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceFilter {
    /// In which order.
    pub sort: Sort,
    /// A part of the name.
    pub search: String,
    /// Only those with an open outage.
    pub outage: bool,
    /// Only those where nobody ever succeeded.
    pub never: bool,
    /// The last one that was shown.
    pub after: Option<InstitutionId>,
}

impl PlaceFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            let understood = match &**name {
                "sort" => {
                    let sort = named(&Sort::ALL, Sort::name, value);
                    filter.sort = sort.unwrap_or_default();
                    sort.is_some()
                }
                "q" => {
                    value.clone_into(&mut filter.search);
                    value.chars().count() <= 100
                }
                "outage" => {
                    filter.outage = true;
                    value == "yes"
                }
                "never" => {
                    filter.never = true;
                    value == "yes"
                }
                "after" => {
                    filter.after = value.parse().ok();
                    filter.after.is_some()
                }
                _ => false,
            };
            if !understood {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// The address that asks for them.
    pub fn path(&self) -> String {
        format!("{}{}", paths::ADMIN_INSTITUTIONS, self.query())
    }

    /// The address of the same as CSV, all of them.
    pub fn csv(&self) -> String {
        let all = Self {
            after: None,
            ..self.clone()
        };
        format!("{}{}", paths::ADMIN_INSTITUTIONS_CSV, all.query())
    }

    fn query(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.sort != Sort::default() {
            parts.push(format!("sort={}", self.sort.name()));
        }
        if !self.search.is_empty() {
            parts.push(format!("q={}", encoded(&self.search)));
        }
        if self.outage {
            parts.push("outage=yes".into());
        }
        if self.never {
            parts.push("never=yes".into());
        }
        parts.extend(self.after.map(|after| format!("after={after}")));
        if parts.is_empty() {
            return String::new();
        }
        format!("?{}", parts.join("&"))
    }
}

/// What Mastercard says of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It works.
    Online,
    /// It cannot be reached.
    Offline,
    /// Planned work.
    Maintenance,
    /// Not for everybody yet.
    Limited,
    /// Moving to another connection.
    Migrating,
    /// Our copy does not say.
    Unknown,
}

impl Status {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Online,
        Self::Offline,
        Self::Maintenance,
        Self::Limited,
        Self::Migrating,
        Self::Unknown,
    ];
}

/// One institution among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Mastercard's id.
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
    /// What Mastercard says of it.
    pub status: Status,
    /// How many of its connections are healthy.
    pub now: Share,
    /// The same of each day of the last thirty, in thousandths.
    pub trend: Vec<Option<u16>>,
    /// Broken connections.
    pub broken: u32,
    /// Users with one.
    pub people: u32,
    /// Whether nobody ever succeeded there.
    pub never: bool,
    /// Whether an outage is open.
    pub outage: bool,
}

/// A page of institutions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesPage {
    /// The institutions.
    pub rows: Vec<PlaceRow>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

/// An institution by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceView {
    /// As among others.
    pub row: PlaceRow,
    /// How its connections are and were.
    pub record: Record,
    /// Breaks of the last thirty days, by code.
    pub codes: Vec<PlaceCode>,
    /// Its latest outages.
    pub outages: Vec<PastOutage>,
}

/// Breaks at an institution by one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCode {
    /// The code.
    pub code: i64,
    /// Why.
    pub cause: Cause,
    /// Who acts.
    pub acts: Acts,
    /// Breaks that opened.
    pub opened: u32,
    /// That ended by proof.
    pub repaired: u32,
}

/// An outage, open or over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastOutage {
    /// Our id of it.
    pub id: OutageRef,
    /// About since when.
    pub since: When,
    /// Until when; absent: it goes on.
    pub until: Option<When>,
    /// How many customers it cut off.
    pub affected: u32,
}

/// How one code is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    /// The code.
    pub code: i64,
    /// What operators call it; absent: no table knows it.
    pub name: Option<String>,
    /// Why.
    pub cause: Cause,
    /// Who acts.
    pub acts: Acts,
    /// Whether Data Connect Fix is offered.
    pub fixable: bool,
    /// Connections that are broken by it now.
    pub now: u32,
    /// Breaks of the last thirty days.
    pub month: Repairs,
    /// Of those that opened: how many were repaired through Fix.
    pub through_fix: Share,
    /// Breaks that opened on each of those days.
    pub days: Vec<u32>,
}

/// One row of the status table in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The code.
    pub code: i64,
    /// What operators call it.
    pub name: String,
    /// Why.
    pub cause: Cause,
    /// Who acts.
    pub acts: Acts,
    /// Whether Data Connect Fix is offered.
    pub fixable: bool,
    /// Whether the operator's configuration changed it.
    pub overridden: bool,
}

/// How codes and causes are doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesView {
    /// The first day of what is shown of each, UTC.
    pub since: When,
    /// Every code that breaks something now or did in the last thirty days.
    pub rows: Vec<CodeRow>,
    /// The status table in force.
    pub table: Vec<TableRow>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = PlaceFilter {
            sort: Sort::Share,
            search: "bank".into(),
            outage: true,
            never: true,
            after: Some(InstitutionId::new(5)),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(PlaceFilter::parse(&query(text)), Ok(filter.clone()));
        assert_eq!(
            filter.csv(),
            "/admin/institutions.csv?sort=share&q=bank&outage=yes&never=yes"
        );
        assert_eq!(PlaceFilter::default().path(), "/admin/institutions");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let long = format!("q={}", "x".repeat(101));
        for text in [
            "sort=size",
            "never=no",
            "after=-1",
            "after=x",
            "page=2",
            &long,
        ] {
            let name = text.split_once('=').unwrap().0.to_owned();
            assert_eq!(
                PlaceFilter::parse(&query(text)),
                Err(BadPart { name }),
                "{text}"
            );
        }
    }
}
