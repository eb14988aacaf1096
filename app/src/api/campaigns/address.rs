//! How addresses ask for campaigns and their targets.

use super::{Fate, TargetStep};
use crate::api::asked::parts;
use crate::api::events::address;
use crate::api::ids::{CampaignRef, ConnectionRef, InstitutionId};
use crate::api::paths;
use crate::api::rows::{BadPart, named};

fn read<T>(
    name: &str,
    value: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, BadPart> {
    if value.is_empty() {
        return Ok(None);
    }
    let bad = || BadPart { name: name.into() };
    read(value).map(Some).ok_or_else(bad)
}

/// Which campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CampaignFilter {
    /// Those made before this one.
    pub before: Option<CampaignRef>,
}

impl CampaignFilter {
    /// Reads an address.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let [before] = parts(query, ["before"])?;
        let before = read("before", before, |text| text.parse().ok())?;
        Ok(Self { before })
    }

    /// The address that asks for them.
    pub fn path(self) -> String {
        let before = self.before.map(|id| ("before", id.to_string()));
        address(paths::CAMPAIGNS, before.as_slice())
    }
}

/// Which targets of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TargetFilter {
    /// Those with this fate.
    pub fate: Option<Fate>,
    /// Those that were sent and came to this step: a fate of its own, so that only
    /// one of the two is asked for.
    pub step: Option<TargetStep>,
    /// Those after this institution's connection.
    pub after: Option<(InstitutionId, ConnectionRef)>,
}

impl TargetFilter {
    /// Reads an address.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let [fate, step, after] = parts(query, ["fate", "step", "after"])?;
        let named_step = |text: &str| {
            let found = named(TargetStep::ALL, TargetStep::name, text);
            found.filter(|_| fate.is_empty())
        };
        Ok(Self {
            fate: read("fate", fate, |text| named(Fate::ALL, Fate::name, text))?,
            step: read("step", step, named_step)?,
            after: read("after", after, |text| {
                let (place, connection) = text.split_once('.')?;
                Some((place.parse().ok()?, connection.parse().ok()?))
            })?,
        })
    }

    /// Those with a fate.
    pub fn with(fate: Fate) -> Self {
        Self {
            fate: Some(fate),
            ..Self::default()
        }
    }

    /// Those that came to a step.
    pub fn reached(step: TargetStep) -> Self {
        Self {
            step: Some(step),
            ..Self::default()
        }
    }

    /// The address that asks for them.
    pub fn path(self, id: CampaignRef) -> String {
        address(&paths::campaign(id), &self.parts())
    }

    /// The address of all of them as CSV.
    pub fn csv(self, id: CampaignRef) -> String {
        let all = Self {
            after: None,
            ..self
        };
        address(&paths::campaign_csv(id), &all.parts())
    }

    fn parts(self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        parts.extend(self.fate.map(|fate| ("fate", fate.name().to_owned())));
        parts.extend(self.step.map(|step| ("step", step.name().to_owned())));
        let after = |(place, connection)| ("after", format!("{place}.{connection}"));
        parts.extend(self.after.map(after));
        parts
    }
}

/// What the form of a new campaign begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewFilter {
    /// This institution.
    pub institution: Option<InstitutionId>,
    /// This code.
    pub code: Option<i64>,
}

impl NewFilter {
    /// Reads an address.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let [place, code] = parts(query, ["institution", "code"])?;
        Ok(Self {
            institution: read("institution", place, |text| text.parse().ok())?,
            code: read("code", code, |text| {
                text.parse().ok().filter(|code| *code > 0)
            })?,
        })
    }

    /// The address that asks for it.
    pub fn path(self) -> String {
        let mut parts = Vec::new();
        let place = self.institution.map(|id| ("institution", id.to_string()));
        parts.extend(place);
        parts.extend(self.code.map(|code| ("code", code.to_string())));
        address(paths::CAMPAIGN_NEW, &parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    fn asked(path: &str) -> Vec<(String, String)> {
        query(
            path.split_once('?')
                .map(|(_, text)| text)
                .unwrap_or_default(),
        )
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = TargetFilter {
            fate: Some(Fate::OnItsWay),
            after: Some((InstitutionId::new(5), ConnectionRef::new(9))),
            ..TargetFilter::default()
        };
        let path = filter.path(CampaignRef::new(7));
        assert_eq!(TargetFilter::parse(&asked(&path)), Ok(filter));
        let step = TargetFilter {
            after: filter.after,
            ..TargetFilter::reached(TargetStep::Finished)
        };
        let path = step.path(CampaignRef::new(7));
        assert_eq!(TargetFilter::parse(&asked(&path)), Ok(step));
        let csv = step.csv(CampaignRef::new(7));
        assert!(csv.ends_with("/csv?step=finished"), "{csv}");
        let filter = CampaignFilter {
            before: Some(CampaignRef::new(7)),
        };
        assert_eq!(CampaignFilter::parse(&asked(&filter.path())), Ok(filter));
        assert_eq!(CampaignFilter::default().path(), paths::CAMPAIGNS);
        let filter = NewFilter {
            institution: Some(InstitutionId::new(5)),
            code: Some(103),
        };
        assert_eq!(NewFilter::parse(&asked(&filter.path())), Ok(filter));
        assert_eq!(
            NewFilter::parse(&asked("?institution=&code=")),
            Ok(NewFilter::default())
        );
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let name = |text: &str| BadPart {
            name: text.split('=').next().unwrap_or_default().to_owned(),
        };
        for text in ["fate=x", "step=sent", "after=5", "after=-5.x", "page=2"] {
            assert_eq!(TargetFilter::parse(&query(text)), Err(name(text)), "{text}");
        }
        let both = query("fate=sent&step=came");
        assert_eq!(TargetFilter::parse(&both), Err(name("step=came")));
        for text in [
            "institution=-5",
            "institution=9223372036854775808",
            "code=0",
            "code=x",
            "page=2",
        ] {
            assert_eq!(NewFilter::parse(&query(text)), Err(name(text)), "{text}");
        }
        for text in ["before=7", "page=2"] {
            assert_eq!(
                CampaignFilter::parse(&query(text)),
                Err(name(text)),
                "{text}"
            );
        }
    }
}
