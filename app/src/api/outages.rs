//! One outage, as staff see it. Pure.

use super::asked::given;
use super::events::{plain, set};
use super::health::{OutageRow, Standing};
use super::ids::{ConnectionRef, InstitutionId, OutageRef};
use super::paths;
use super::rows::BadPart;
use super::shared::When;

plain! {
    /// How it was seen.
    SeenBy {
        /// More broke there than chance explains.
        Failures = "failures",
        /// The institution's own word.
        Status = "status",
    }
}

/// Which of the connections that it has cut off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CutOffFilter {
    /// Only those that are not back yet.
    pub still: bool,
    /// What was shown last: where the next page begins.
    pub after: Option<ConnectionRef>,
}

impl CutOffFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let found = match &**name {
                "still" => {
                    filter.still = value == "yes";
                    filter.still
                }
                "after" => set(&mut filter.after, value.parse().ok()),
                _ => false,
            };
            if !found {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// The address that asks for them.
    pub fn path(self, outage: OutageRef) -> String {
        let mut parts = Vec::new();
        parts.extend(self.still.then(|| ("still", "yes".to_owned())));
        parts.extend(self.after.map(|after| ("after", after.to_string())));
        super::events::address(&paths::admin_outage(outage), &parts)
    }
}

/// One outage, and a page of whom it has cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutageView {
    /// As in the list of open ones.
    pub row: OutageRow,
    /// How it was seen.
    pub seen_by: SeenBy,
    /// Until when, if it is over.
    pub until: Option<When>,
    /// The trouble at Mastercard that it belongs to.
    pub part_of: Option<OutageRef>,
    /// Of trouble at Mastercard: what belongs to it.
    pub parts: Vec<OutageRow>,
    /// The connections.
    pub rows: Vec<CutOffRow>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

/// A connection that it has cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOffRow {
    /// Where it is.
    pub institution: (InstitutionId, String),
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Our id of it.
    pub id: ConnectionRef,
    /// Since when it is cut off, as we saw it.
    pub since: When,
    /// When a reading showed that it was back.
    pub back: Option<When>,
    /// How it stands now, where it counts.
    pub standing: Option<Standing>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = CutOffFilter {
            still: true,
            after: Some(ConnectionRef::new(9)),
        };
        let path = filter.path(OutageRef::new(1));
        let (page, text) = path.split_once('?').unwrap();
        assert_eq!(page, paths::admin_outage(OutageRef::new(1)));
        assert_eq!(CutOffFilter::parse(&query(text)), Ok(filter));
        assert_eq!(
            CutOffFilter::parse(&query("still=")),
            Ok(CutOffFilter::default())
        );
        for text in ["still=no", "after=9", "colour=red"] {
            let name = text.split_once('=').unwrap().0.to_owned();
            assert_eq!(
                CutOffFilter::parse(&query(text)),
                Err(BadPart { name }),
                "{text}"
            );
        }
    }
}
