//! What became of campaigns.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::TimeDelta;

use super::{Campaign, Campaigns, Fate, Followed, Settled, Target, is_askable};
use crate::{
    health::{ALL, Standing},
    identity::Viewer,
    ids::{CampaignId, ConnectionId},
    status::Row,
    store::{
        Read, StoreError,
        places::{PlacesAsked, Sort},
    },
};

/// How many campaigns a page has.
pub const PAGE: usize = 20;
/// How many institutions a new one is offered.
const OFFERED: usize = 12;
/// Among how many with the most broken connections they are looked for.
const LOOKED_AT: u16 = 50;
/// Fewer repairs say nothing of how long they take.
const SAMPLE: i64 = 5;

/// A step that may follow a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It came back later.
    Bounced,
    /// Its person read the notice, or went to repair.
    Came,
    /// They went to repair.
    Started,
    /// They finished there.
    Finished,
    /// Its break was over so.
    Settled(Settled),
}

/// Which of a campaign's targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those with this fate.
    Fate(Fate),
    /// Those that were sent and came to this step.
    Reached(Step),
}

impl Followed {
    /// How many came to a step.
    pub fn of(&self, step: Step) -> i64 {
        match step {
            Step::Bounced => self.bounced,
            Step::Came => self.came,
            Step::Started => self.started,
            Step::Finished => self.finished,
            Step::Settled(Settled::Proven) => self.proven,
            Step::Settled(Settled::Healed) => self.healed,
            Step::Settled(Settled::Gone) => self.gone,
        }
    }
}

/// How long it took from the letter to the proof, of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Took {
    /// Half of them took at most this.
    pub median: TimeDelta,
    /// Nine of ten.
    pub p90: TimeDelta,
}

/// What became of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// How many targets have which fate: together, all that it has.
    pub fates: BTreeMap<Fate, i64>,
    /// What followed, of those that were sent.
    pub followed: Followed,
    /// How long repairs took; `None`: too few to say.
    pub took: Option<Took>,
}

impl Results {
    /// All targets.
    pub fn total(&self) -> i64 {
        self.fates.values().sum()
    }

    /// Those with a fate.
    pub fn of(&self, fate: Fate) -> i64 {
        self.fates.get(&fate).copied().unwrap_or_default()
    }
}

/// Of `n` sorted values, which one is the `percent`th percentile: the smallest
/// that so many of a hundred do not exceed.
fn rank(n: i64, percent: i64) -> i64 {
    (n * percent + 99) / 100 - 1
}

/// How many connections stand broken by a code.
fn broken_by(row: &Row, now: &[(Standing, i64)]) -> i64 {
    let mine = now.iter().filter(|(one, _)| one.broken() == Some(row.code));
    mine.map(|(_, n)| n).sum()
}

/// A campaign, how many targets have which fate, and how many were repaired.
pub type Listed = (Campaign, BTreeMap<Fate, i64>, i64);

/// What a new campaign can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Where the most connections have one of these codes, and how many.
    pub institutions: Vec<(i64, String, i64)>,
    /// The codes that a repair helps with, and how many connections have them.
    pub codes: Vec<(Row, i64)>,
}

impl Campaigns {
    /// What a new one can be about; `named` is offered whatever its figures.
    pub async fn choices(
        &self,
        viewer: &Viewer,
        named: Option<i64>,
    ) -> Result<Choices, StoreError> {
        let asked = PlacesAsked {
            sort: Sort::Broken,
            search: String::new(),
            limit: LOOKED_AT,
            ..PlacesAsked::default()
        };
        let mut unit = self.store.read().await?;
        let found = unit.places(viewer, &asked).await?;
        let codes: Vec<Row> = self
            .table
            .rows()
            .filter(|row| is_askable(row))
            .cloned()
            .collect();
        let mut institutions = Vec::new();
        // What is broken otherwise no letter mends. Of a few, each is looked at.
        for place in found.into_iter().filter(|place| place.broken > 0) {
            let now = unit.standings_now(viewer, place.id).await?;
            let n: i64 = codes.iter().map(|row| broken_by(row, &now)).sum();
            if n > 0 || named == Some(place.id) {
                institutions.push((place.id, place.name, n));
            }
        }
        institutions.sort_by_key(|(id, _, n)| (named != Some(*id), Reverse(*n)));
        institutions.truncate(OFFERED);
        let missing = named.filter(|named| institutions.iter().all(|(id, ..)| id != named));
        if let Some(place) = missing
            && let Some(name) = unit.institution_name(place).await?
        {
            institutions.push((place, name, 0));
        }
        let now = unit.standings_now(viewer, ALL).await?;
        let codes = codes.into_iter().map(|row| {
            let n = broken_by(&row, &now);
            (row, n)
        });
        Ok(Choices {
            codes: codes.collect(),
            institutions,
        })
    }

    /// Campaigns before one, the newest first, and whether there are more;
    /// `None`: there is none to go on from.
    pub async fn list(
        &self,
        _: &Viewer,
        before: Option<CampaignId>,
    ) -> Result<Option<(Vec<Listed>, bool)>, StoreError> {
        let mut unit = self.store.read().await?;
        let from = match before {
            None => (crate::time::LATEST, CampaignId(uuid::Uuid::nil())),
            Some(id) => match unit.campaign(id).await? {
                Some(it) => (it.made.0, id),
                None => return Ok(None),
            },
        };
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut found = unit.campaigns(from, limit).await?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let mut listed = Vec::new();
        for it in found {
            let fates = unit.campaign_fates(it.id).await?;
            let proven = unit.campaign_proven(it.id).await?;
            listed.push((it, fates, proven));
        }
        Ok(Some((listed, more)))
    }

    /// One campaign, what its institutions are called, and what became of it.
    pub async fn one(
        &self,
        _: &Viewer,
        id: CampaignId,
    ) -> Result<Option<(Campaign, Vec<(i64, String)>, Results)>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(it) = unit.campaign(id).await? else {
            return Ok(None);
        };
        let names = names(&mut unit, &it.criteria.institutions).await?;
        let results = Results {
            fates: unit.campaign_fates(id).await?,
            followed: unit.campaign_followed(id).await?,
            took: took(&mut unit, id).await?,
        };
        Ok(Some((it, names, results)))
    }

    /// Whether there is such a campaign.
    pub async fn exists(&self, _: &Viewer, id: CampaignId) -> Result<bool, StoreError> {
        let mut unit = self.store.read().await?;
        Ok(unit.campaign(id).await?.is_some())
    }

    /// What institutions are called, by id.
    pub async fn names(
        &self,
        _: &Viewer,
        places: &[i64],
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let mut unit = self.store.read().await?;
        names(&mut unit, places).await
    }

    /// Some targets, those after one, at most so many.
    pub async fn targets(
        &self,
        _: &Viewer,
        id: CampaignId,
        which: Which,
        after: Option<(i64, ConnectionId)>,
        limit: usize,
    ) -> Result<Vec<Target>, StoreError> {
        let after = after.unwrap_or((-1, ConnectionId(uuid::Uuid::nil())));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut unit = self.store.read().await?;
        unit.campaign_targets(id, which, after, limit).await
    }
}

async fn names(unit: &mut Read, places: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut names = Vec::new();
    for place in places {
        let name = unit.institution_name(*place).await?;
        names.push((*place, name.unwrap_or_else(|| place.to_string())));
    }
    Ok(names)
}

async fn took(unit: &mut Read, id: CampaignId) -> Result<Option<Took>, StoreError> {
    let n = unit.campaign_proven(id).await?;
    if n < SAMPLE {
        return Ok(None);
    }
    let median = unit.campaign_took(id, rank(n, 50)).await?;
    let p90 = unit.campaign_took(id, rank(n, 90)).await?;
    Ok(median.zip(p90).map(|(median, p90)| Took {
        median: TimeDelta::milliseconds(median),
        p90: TimeDelta::milliseconds(p90),
    }))
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        assert_eq!(
            (rank(1, 50), rank(2, 50), rank(5, 50), rank(10, 50)),
            (0, 0, 2, 4)
        );
        assert_eq!((rank(5, 90), rank(10, 90), rank(11, 90)), (4, 8, 9));
    }
}
