//! What Mastercard is told of, as support reads it: how an address asks for it,
//! and what is shown. Pure.

use super::asked::{given, parts};
use super::health::Cause;
use super::ids::{CaseRef, ConnectionRef, InstitutionId};
use super::paths;
use super::rows::BadPart;
use super::shared::When;

/// For how many days something is broken before it is worth a case, unless an
/// address says otherwise.
pub const DAYS: u16 = 3;
const MOST_DAYS: u16 = 3_650;

/// Which connections, and which page of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseFilter {
    /// Broken for at least so many days.
    pub days: u16,
    /// What no case has yet follows this code and institution.
    pub after: Option<(i64, InstitutionId)>,
    /// Cases before this one.
    pub before: Option<CaseRef>,
}

impl Default for CaseFilter {
    fn default() -> Self {
        Self {
            days: DAYS,
            after: None,
            before: None,
        }
    }
}

impl CaseFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let understood = match &**name {
                "days" => days(value).map(|days| filter.days = days),
                "after" => pair(value).map(|after| filter.after = Some(after)),
                "before" => value.parse().ok().map(|case| filter.before = Some(case)),
                _ => None,
            };
            understood.ok_or_else(|| BadPart { name: name.clone() })?;
        }
        Ok(filter)
    }

    /// The address that asks for it.
    pub fn path(&self) -> String {
        let days = if self.days == DAYS {
            String::new()
        } else {
            self.days.to_string()
        };
        let after = self.after.map(|(code, place)| format!("{code}.{place}"));
        let before = self.before.map(|case| case.to_string());
        let values = [
            &*days,
            &after.unwrap_or_default(),
            &before.unwrap_or_default(),
        ];
        paths::with_query(paths::CASES, &["days", "after", "before"], &values)
    }
}

/// What one case would tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleFilter {
    /// By which code.
    pub code: i64,
    /// Where.
    pub institution: InstitutionId,
    /// Broken for at least so many days.
    pub days: u16,
}

impl BundleFilter {
    /// Reads an address: all parts have to be there.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let [of, place, since] = parts(query, ["code", "institution", "days"])?;
        let bad = |name: &str| BadPart { name: name.into() };
        Ok(Self {
            code: code(of).ok_or_else(|| bad("code"))?,
            institution: place.parse().map_err(|_| bad("institution"))?,
            days: days(since).ok_or_else(|| bad("days"))?,
        })
    }

    /// The page that shows it.
    pub fn path(&self) -> String {
        self.at(paths::CASE_BUNDLE)
    }

    /// The same as CSV.
    pub fn csv(&self) -> String {
        self.at(paths::CASE_BUNDLE_CSV)
    }

    fn at(&self, page: &str) -> String {
        let values = [
            self.code.to_string(),
            self.institution.to_string(),
            self.days.to_string(),
        ];
        let [code, place, days] = &values;
        paths::with_query(page, &["code", "institution", "days"], &[code, place, days])
    }
}

fn days(text: &str) -> Option<u16> {
    text.parse().ok().filter(|days| *days <= MOST_DAYS)
}

fn code(text: &str) -> Option<i64> {
    text.parse().ok().filter(|code| *code > 0)
}

fn pair(text: &str) -> Option<(i64, InstitutionId)> {
    let (first, second) = text.split_once('.')?;
    Some((code(first)?, second.parse().ok()?))
}

/// The cases, and what no case has yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesPage {
    /// What no case has yet, by code and institution.
    pub open: Vec<BundleRow>,
    /// The address of more of it.
    pub next: Option<String>,
    /// What was sent, the latest first.
    pub cases: Vec<CaseRow>,
    /// The address of earlier ones.
    pub earlier: Option<String>,
}

/// Connections that no case has yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRow {
    /// The institution's name.
    pub institution: String,
    /// The code, and why.
    pub code: (i64, Cause),
    /// How many.
    pub count: u32,
    /// When the first of them began to fail.
    pub since: When,
    /// Its page.
    pub path: String,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Which.
    pub id: CaseRef,
    /// The institution.
    pub institution: (InstitutionId, String),
    /// The code, and why.
    pub code: (i64, Cause),
    /// Mastercard's number of it.
    pub number: Option<String>,
    /// When Mastercard was told.
    pub sent: When,
    /// By whom.
    pub sender: String,
    /// How many connections it has.
    pub count: u32,
    /// How many of them work again.
    pub repaired: u32,
    /// How many are gone.
    pub gone: u32,
    /// When the last was settled, if all are.
    pub closed: Option<When>,
}

/// Connections of one institution and code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The institution.
    pub institution: (InstitutionId, String),
    /// The code, its name in the table, and why.
    pub code: (i64, String, Cause),
    /// The connections, the longest broken first.
    pub stuck: Vec<Stuck>,
    /// Whether there are more than one case takes.
    pub more: bool,
}

/// A connection that only Mastercard can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Our id of it.
    pub id: ConnectionRef,
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Mastercard's id of its login.
    pub login: String,
    /// When it began to fail.
    pub since: When,
    /// The latest good reading.
    pub last_good: Option<When>,
    /// What Mastercard knows its latest visit by.
    pub reference: String,
    /// What became of it.
    pub settled: Settled,
}

/// What became of a connection in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is broken.
    Not,
    /// It works again.
    Repaired(When),
    /// It is gone.
    Gone(When),
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePage {
    /// As in the list.
    pub row: CaseRow,
    /// Its connections.
    pub together: Together,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Vec<(String, String)> {
        let parts = text.split('&').filter_map(|part| part.split_once('='));
        parts
            .map(|(name, value)| (name.into(), value.into()))
            .collect()
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = CaseFilter {
            days: 7,
            after: Some((168, InstitutionId::new(5))),
            before: Some(CaseRef::new(9)),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(CaseFilter::parse(&query(text)), Ok(filter));
        assert_eq!(CaseFilter::default().path(), "/admin/cases");
        assert_eq!(
            CaseFilter::parse(&query("days=&after=")),
            Ok(CaseFilter::default())
        );
        let filter = BundleFilter {
            code: 168,
            institution: InstitutionId::new(5),
            days: 0,
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(BundleFilter::parse(&query(text)), Ok(filter));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for text in [
            "days=x",
            "days=-1",
            "days=9999",
            "after=168",
            "after=0.5",
            "after=168.-5",
            "before=7",
            "page=2",
        ] {
            let name = text.split_once('=').unwrap().0.to_owned();
            assert_eq!(
                CaseFilter::parse(&query(text)),
                Err(BadPart { name }),
                "{text}"
            );
        }
        for (text, name) in [
            ("code=x&institution=5&days=3", "code"),
            ("code=168&institution=-5&days=3", "institution"),
            ("code=168&institution=5", "days"),
            ("code=168&institution=5&days=3&code=103", "code"),
            ("code=168&institution=5&days=3&page=2", "page"),
        ] {
            let bad = BadPart { name: name.into() };
            assert_eq!(BundleFilter::parse(&query(text)), Err(bad), "{text}");
        }
    }
}
