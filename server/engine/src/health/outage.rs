//! One outage, and whom it has cut off.

use super::{Health, rows::PAGE};
use crate::{
    identity::Viewer,
    ids::{ConnectionId, OutageId},
    store::{Read, StoreError, outage_rows::CutOff, outages::Outage},
};

/// An outage, and what it is called where it is an institution's.
pub type Named = (Outage, Option<String>);

/// An outage by itself.
#[derive(Debug, Clone)]
pub struct OutageRecord {
    /// It.
    pub outage: Named,
    /// Of trouble at Mastercard: the institutions' that belong to it, those that
    /// cut off the most first.
    pub parts: Vec<Named>,
    /// A page of the connections that it has cut off.
    pub rows: Vec<CutOff>,
    /// Whether there are more.
    pub more: bool,
}

/// How many parts are named.
const PARTS: i64 = 50;

impl Health {
    /// An outage and the connections that it has cut off, or those of them that
    /// are not back yet; `None`: there is none with this id.
    pub async fn outage(
        &self,
        viewer: &Viewer,
        id: OutageId,
        still: bool,
        after: Option<ConnectionId>,
    ) -> Result<Option<OutageRecord>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(outage) = unit.outage(id).await? else {
            return Ok(None);
        };
        let mut parts = Vec::new();
        for part in unit.parts_of_outage(id, PARTS).await? {
            parts.push(named(&mut unit, part).await?);
        }
        let after = after.unwrap_or(ConnectionId(uuid::Uuid::nil()));
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = unit.cut_off_rows(viewer, id, still, after, limit).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Ok(Some(OutageRecord {
            outage: named(&mut unit, outage).await?,
            parts,
            rows,
            more,
        }))
    }
}

async fn named(unit: &mut Read, outage: Outage) -> Result<Named, StoreError> {
    let name = unit.institution_name(outage.whose.key()).await?;
    Ok((outage, name))
}
