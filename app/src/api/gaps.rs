//! What ought to have come and did not: how an address asks, and what is shown.
//! Pure.

use super::asked::given;
use super::events::{After, address, set};
use super::paths;
use super::rows::BadPart;
use super::shared::When;

/// From when on a customer counts as not read, in days.
pub const DAYS: u16 = 2;

/// What to look for that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapFilter {
    /// Not read for so many days.
    pub days: u16,
    /// Where the next page of visits begins.
    pub visits: Option<After>,
    /// Where the next page of customers begins.
    pub customers: Option<After>,
}

impl GapFilter {
    /// Reads an address.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self {
            days: DAYS,
            visits: None,
            customers: None,
        };
        for (name, value) in given(query)? {
            let found = match &**name {
                "days" => match value.parse() {
                    Ok(days @ 1..=3_650) => {
                        filter.days = days;
                        true
                    }
                    _ => false,
                },
                "visits" => set(&mut filter.visits, After::parse(value)),
                "customers" => set(&mut filter.customers, After::parse(value)),
                _ => false,
            };
            if !found {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// The address that asks for it.
    pub fn path(&self) -> String {
        let mut parts = vec![("days", self.days.to_string())];
        let after = [("visits", &self.visits), ("customers", &self.customers)];
        parts.extend(
            after
                .into_iter()
                .filter_map(|(name, after)| Some((name, after.as_ref()?.text()))),
        );
        address(paths::GAPS, &parts)
    }
}

/// What ought to have come and did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapsPage {
    /// Visits that no event has ended, the latest first; `None`: no event is
    /// expected.
    pub visits: Option<Vec<SilentVisit>>,
    /// Where the next page of them begins.
    pub next_visits: Option<After>,
    /// Customers that nobody has read, the longest so first.
    pub customers: Vec<UnreadCustomer>,
    /// Where the next page of them begins.
    pub next_customers: Option<After>,
}

/// A visit that somebody went to and that no event has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentVisit {
    /// What events call it.
    pub reference: String,
    /// Where it went.
    pub institution: String,
    /// When it began.
    pub began: When,
}

/// A customer that nobody has read for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCustomer {
    /// Mastercard's id.
    pub id: String,
    /// Since when.
    pub since: When,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let after = After {
            at: 1_800_000_000_000_000,
            id: "abc1".into(),
        };
        let gaps = GapFilter {
            days: 7,
            visits: Some(after),
            customers: None,
        };
        let path = gaps.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(GapFilter::parse(&query(text)), Ok(gaps));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for text in [
            "days=0",
            "days=9999",
            "days=x",
            "visits=1",
            "customers=x.y",
            "x=y",
        ] {
            assert!(GapFilter::parse(&query(text)).is_err(), "{text}");
        }
    }
}
