//! How institutions are.

use std::collections::{BTreeMap, BTreeSet};

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
        Read, StoreError,
        figures::BreakSums,
        places::{NEVER_FROM, NEVER_TRIED_FROM, PastOutage, Place, PlacesAsked},
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
    /// Whether nobody ever succeeded there, of enough who tried. Who removed what
    /// never worked has tried.
    pub fn never(&self) -> bool {
        let it = &self.place;
        let read = it.judged.max(it.settled);
        let tried = it.tried - it.connected + it.settled;
        it.succeeded == 0 && (read >= NEVER_FROM || tried >= NEVER_TRIED_FROM)
    }

    /// Of those who tried, how many connected.
    pub fn tries(&self) -> Share {
        Share::now(self.place.connected, self.place.tried)
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
    /// Its latest outages.
    pub outages: Vec<PastOutage>,
}

/// How many outages of an institution are shown.
const OUTAGES: i64 = 20;

impl Health {
    /// A page of institutions, and whether there are more; `None`: there is none
    /// to go on from.
    pub async fn institutions(
        &self,
        viewer: &Viewer,
        asked: &PlacesAsked,
    ) -> Result<Option<(Vec<Listed>, bool)>, StoreError> {
        let mut unit = self.store.read().await?;
        if let Some(after) = asked.after
            && unit
                .place(viewer, InstitutionId::new(after))
                .await?
                .is_none()
        {
            return Ok(None);
        }
        let more = PlacesAsked {
            limit: asked.limit.saturating_add(1),
            ..asked.clone()
        };
        let mut places = unit.places(viewer, &more).await?;
        let limit = usize::from(asked.limit);
        let more = places.len() > limit;
        places.truncate(limit);
        let trends = daily(&mut unit, viewer, &places, self.clock.now()).await?;
        Ok(Some((listed(&mut unit, places, trends).await?, more)))
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
        let mut unit = self.store.read().await?;
        let places = unit.places(viewer, &all).await?;
        listed(&mut unit, places, Trends::new()).await
    }

    /// One institution; `None` where nobody has connected or tried.
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
        // Its trend is the record's.
        let listed = listed(&mut unit, vec![place], Trends::new()).await?;
        Ok(listed.into_iter().next().map(|listed| One {
            listed,
            record,
            codes,
            outages,
        }))
    }
}

/// The share that was well each day, by institution.
type Trends = BTreeMap<i64, Vec<(i64, Share)>>;

/// What else is known of institutions: for all of them together, because a page
/// has fifty and a download ten thousand.
async fn listed(
    unit: &mut Read,
    places: Vec<Place>,
    mut trends: Trends,
) -> Result<Vec<Listed>, StoreError> {
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let mut statuses = unit.institution_statuses(&ids).await?;
    let open = unit.open_outages().await?;
    let open: BTreeSet<i64> = open.iter().map(|outage| outage.whose.key()).collect();
    let one = |place: Place| Listed {
        status: statuses.remove(&place.id),
        trend: trends.remove(&place.id).unwrap_or_default(),
        outage: open.contains(&place.id),
        place,
    };
    Ok(places.into_iter().map(one).collect())
}
