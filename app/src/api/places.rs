//! Institutions by their figures: how an address asks for them, and what is
//! shown of each. Pure.

use serde::{Deserialize, Serialize};

use super::asked::{given, typed};
use super::health::{Acts, Cause, Record, Share};
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
    /// The smallest share of tries that connected.
    Tries,
    /// The most connections.
    Connections,
    /// The name.
    Name,
}

impl Sort {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::People,
        Self::Broken,
        Self::Share,
        Self::Tries,
        Self::Connections,
        Self::Name,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Broken => "broken",
            Self::Share => "share",
            Self::Tries => "tries",
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
    /// Only those of which Mastercard says so.
    pub status: Option<Status>,
    /// The last one that was shown.
    pub after: Option<InstitutionId>,
}

/// As the field of the form has it.
const LONGEST: usize = 100;

impl PlaceFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let understood = match &**name {
                "sort" => {
                    let sort = named(&Sort::ALL, Sort::name, value);
                    filter.sort = sort.unwrap_or_default();
                    sort.is_some()
                }
                "q" => {
                    let search = typed(value, LONGEST);
                    filter.search = search.clone().unwrap_or_default();
                    search.is_some()
                }
                "outage" => {
                    filter.outage = true;
                    value == "yes"
                }
                "never" => {
                    filter.never = true;
                    value == "yes"
                }
                "status" => {
                    filter.status = named(&Status::SAID, Status::name, value);
                    filter.status.is_some()
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
        parts.extend(self.status.map(|it| format!("status={}", it.name())));
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

    /// What may be said.
    pub const SAID: [Self; 5] = [
        Self::Online,
        Self::Offline,
        Self::Maintenance,
        Self::Limited,
        Self::Migrating,
    ];

    /// Its name in addresses and spreadsheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Maintenance => "maintenance",
            Self::Limited => "limited",
            Self::Migrating => "migrating",
            Self::Unknown => "",
        }
    }
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
    /// Of the visits to Data Connect that are over or proven: how many connected.
    pub tries: Share,
    /// Of each day of the last thirty how many were healthy, in thousandths.
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
    /// The days of their trends.
    pub days: Vec<When>,
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
            status: Some(Status::Offline),
            after: Some(InstitutionId::new(5)),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(PlaceFilter::parse(&query(text)), Ok(filter.clone()));
        assert_eq!(
            filter.csv(),
            "/admin/institutions.csv?sort=share&q=bank&outage=yes&never=yes&status=offline"
        );
        assert_eq!(PlaceFilter::default().path(), "/admin/institutions");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let long = format!("q={}", "x".repeat(101));
        for text in [
            "sort=size",
            "never=no",
            "status=unknown",
            "after=-1",
            "after=x",
            "after=0",
            "after=9223372036854775808",
            "q=a\0",
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
