//! How institutions are.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relink_mastercard::{InstitutionId, model::InstitutionStatus};

use super::{
    Health,
    overview::{Record, TREND, daily, record},
    windows::Share,
};
use crate::{
    health::day_of,
    identity::Viewer,
    store::{
        StoreError,
        figures::BreakSums,
        places::{NEVER_FROM, Place, PlacesAsked},
    },
};

/// One institution among others.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its figures.
    pub place: Place,
    /// What Mastercard says of it, where our copy has it.
    pub status: Option<InstitutionStatus>,
    /// The share that was well, each day of the last thirty.
    pub trend: Vec<(i64, Share)>,
    /// Whether an outage is open there.
    pub outage: bool,
}

impl Listed {
    /// Whether nobody ever succeeded there, of enough who tried.
    pub fn never(&self) -> bool {
        self.place.succeeded == 0 && self.place.judged >= NEVER_FROM
    }
}

/// One institution by itself.
#[derive(Debug, Clone)]
pub struct One {
    /// As among others.
    pub listed: Listed,
    /// How its connections are and were.
    pub record: Record,
    /// Breaks of the last thirty days, by code.
    pub codes: BTreeMap<i64, BreakSums>,
    /// Its latest outages: from when until when, and how many it cut off.
    pub outages: Vec<(DateTime<Utc>, Option<DateTime<Utc>>, i64)>,
}

/// Whether the days before are wanted.
#[derive(Clone, Copy)]
enum Trend {
    Drawn,
    Left,
}

/// How many outages of an institution are shown.
const OUTAGES: i64 = 20;

impl Health {
    /// A page of institutions, and whether there are more.
    pub async fn institutions(
        &self,
        viewer: &Viewer,
        asked: &PlacesAsked,
    ) -> Result<(Vec<Listed>, bool), StoreError> {
        let mut unit = self.store.read().await?;
        let more = PlacesAsked {
            limit: asked.limit.saturating_add(1),
            ..asked.clone()
        };
        let mut places = unit.places(viewer, &more).await?;
        drop(unit);
        let limit = usize::from(asked.limit);
        let more = places.len() > limit;
        places.truncate(limit);
        let mut all = Vec::new();
        for place in places {
            all.push(self.listed(viewer, place, Trend::Drawn).await?);
        }
        Ok((all, more))
    }

    /// All institutions, without what is only drawn.
    pub async fn all_institutions(
        &self,
        viewer: &Viewer,
        asked: &PlacesAsked,
    ) -> Result<Vec<Listed>, StoreError> {
        let all = PlacesAsked {
            limit: u16::MAX,
            after: None,
            ..asked.clone()
        };
        let places = self.store.read().await?.places(viewer, &all).await?;
        let mut all = Vec::new();
        for place in places {
            all.push(self.listed(viewer, place, Trend::Left).await?);
        }
        Ok(all)
    }

    async fn listed(
        &self,
        viewer: &Viewer,
        place: Place,
        trend: Trend,
    ) -> Result<Listed, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let id = InstitutionId::new(place.id);
        let whose = crate::outages::Whose::Institution(id);
        let status = unit.institution(id).await?;
        let numbers = (place.fine, place.judged);
        Ok(Listed {
            status: status.map(|institution| institution.status),
            trend: match trend {
                Trend::Drawn => daily(&mut unit, viewer, place.id, numbers, now).await?,
                Trend::Left => Vec::new(),
            },
            outage: unit.open_outage(whose).await?.is_some(),
            place,
        })
    }

    /// One institution; `None` where nobody has connected.
    pub async fn institution(
        &self,
        viewer: &Viewer,
        id: InstitutionId,
    ) -> Result<Option<One>, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let Some(place) = unit.place(viewer, id).await? else {
            return Ok(None);
        };
        let since = day_of(now) - TREND + 1;
        let record = record(&mut unit, viewer, id.get(), now).await?;
        let codes = unit.breaks_by_code(viewer, id.get(), since).await?;
        let outages = unit.outages_at(viewer, id, OUTAGES).await?;
        drop(unit);
        Ok(Some(One {
            listed: self.listed(viewer, place, Trend::Drawn).await?,
            record,
            codes,
            outages,
        }))
    }
}
