//! Campaigns: an admin asks all affected people to repair.
//!
//! What is asked for ([`Criteria`]) is kept with a draft and never changes. The
//! draft is counted: whom it would write to, and why not to the others. Once it
//! is sent its targets are taken and looked at one user after another by a job,
//! no faster than [`Pace`] says; each ends in exactly one [`Fate`], whatever
//! happens to it meanwhile. A letter is a notice's delivery like any other
//! (`notify`), so that nothing is sent twice.

mod criteria;
mod results;
mod rules;
mod run;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::TimeDelta;

use criteria::is_askable;
pub use criteria::{BadCriteria, Count, Criteria, MOST_DAYS, MOST_INSTITUTIONS};
pub use results::{Choices, Listed, PAGE, Results, Step, Took, Which};
pub use rules::{Fate, LeftOut, Pace, Portion};
pub use run::{CountOn, GoOn};

pub use crate::store::{
    campaign_targets::{Followed, Settled, Target},
    campaigns::{Campaign, State},
};

use crate::{
    audit::{Act, Actor, Audit},
    identity::{Admin, Client, SignedIn},
    ids::CampaignId,
    jobs::{Due, Jobs},
    notify::Notices,
    random::Random,
    status::Table,
    store::{Store, StoreError, Write, campaigns::NewCampaign},
    time::Clock,
};

/// Why a campaign was not made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// It would be about nobody that can be asked.
    #[error(transparent)]
    Criteria(#[from] BadCriteria),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was done with a campaign.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// There is no such campaign.
    #[error("no such campaign")]
    NotFound,
    /// It was sent before.
    #[error("it was sent already")]
    Sent,
    /// It has ended, or was stopped.
    #[error("it is over")]
    Over,
    /// It is being counted.
    #[error("it is not counted yet")]
    NotCounted,
    /// It was counted too long ago.
    #[error("its count is old")]
    OldCount,
    /// It would write to nobody.
    #[error("it would write to nobody")]
    Nobody,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who looked at a count sends to about as many: an outage may come in between.
const FRESH: TimeDelta = TimeDelta::hours(1);

/// Takes a draft for changing.
async fn draft(unit: &mut Write, id: CampaignId) -> Result<Campaign, CampaignError> {
    let it = unit.take_campaign(id).await?;
    let it = it.ok_or(CampaignError::NotFound)?;
    match it.state {
        State::Draft => Ok(it),
        State::Sending => Err(CampaignError::Sent),
        State::Stopped | State::Done => Err(CampaignError::Over),
    }
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Campaigns {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    jobs: Jobs,
    notices: Notices,
    table: Table,
    audit: Audit,
    pace: Pace,
}

/// What campaigns are made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The domain clock.
    pub clock: Arc<dyn Clock>,
    /// For ids.
    pub random: Arc<dyn Random>,
    /// The queue.
    pub jobs: Jobs,
    /// Who writes.
    pub notices: Notices,
    /// The status table in force.
    pub table: Table,
    /// What staff did.
    pub audit: Audit,
}

impl Campaigns {
    /// Letters leave no faster than `pace`.
    pub fn new(parts: Parts, pace: Pace) -> Self {
        Self {
            store: parts.store,
            clock: parts.clock,
            random: parts.random,
            jobs: parts.jobs,
            notices: parts.notices,
            table: parts.table,
            audit: parts.audit,
            pace,
        }
    }

    /// Makes a draft and counts it.
    pub async fn make(
        &self,
        by: &Admin,
        client: &Client,
        criteria: Criteria,
    ) -> Result<CampaignId, MakeError> {
        let criteria = criteria.checked(&self.table, self.notices.settings().sms)?;
        let (now, who): (_, &SignedIn) = (self.clock.now(), by.as_ref());
        let id = CampaignId(self.random.id(now));
        let mut unit = self.store.write().await?;
        for place in &criteria.institutions {
            let known = unit.institution_name(*place).await?;
            known.ok_or(BadCriteria::Institutions)?;
        }
        let new = NewCampaign {
            id,
            criteria: &criteria,
            made: now,
            by: who.user(),
        };
        unit.add_campaign(&new).await?;
        let act = Act::CampaignMade(id, criteria);
        let actor = Actor::person(who, client);
        self.audit.record(&mut unit, &actor, &act).await?;
        self.save_counting(unit, id).await?;
        Ok(id)
    }

    /// Counts a draft anew.
    pub async fn count_again(&self, _: &Admin, id: CampaignId) -> Result<(), CampaignError> {
        let mut unit = self.store.write().await?;
        draft(&mut unit, id).await?;
        let now = self.clock.now();
        unit.counted(id, &Count::default(), now).await?;
        Ok(self.save_counting(unit, id).await?)
    }

    /// Sends a draft: from now on its targets are fixed. Sent twice it is sent
    /// once.
    pub async fn send(
        &self,
        by: &Admin,
        client: &Client,
        id: CampaignId,
    ) -> Result<(), CampaignError> {
        let (now, who): (_, &SignedIn) = (self.clock.now(), by.as_ref());
        let mut unit = self.store.write().await?;
        let (counted, count) = draft(&mut unit, id).await?.count;
        if !count.done {
            return Err(CampaignError::NotCounted);
        }
        if counted + FRESH < now {
            return Err(CampaignError::OldCount);
        }
        if count.write == 0 {
            return Err(CampaignError::Nobody);
        }
        unit.send_campaign(id, who.user(), now).await?;
        let job = GoOn { campaign: id };
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        let act = Act::CampaignSent(id, count);
        let actor = Actor::person(who, client);
        self.audit.record(&mut unit, &actor, &act).await?;
        Ok(unit.save().await?)
    }

    /// Stops a campaign for good: what has not left stays here. A draft is put
    /// away.
    pub async fn stop(
        &self,
        by: &Admin,
        client: &Client,
        id: CampaignId,
    ) -> Result<(), CampaignError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let it = unit.take_campaign(id).await?;
        let state = it.ok_or(CampaignError::NotFound)?.state;
        if matches!(state, State::Stopped | State::Done) {
            return Err(CampaignError::Over);
        }
        let fates = unit.campaign_fates(id).await?;
        let left = fates.get(&Fate::Waiting).copied().unwrap_or_default();
        unit.stop_campaign(id, now).await?;
        if state == State::Draft {
            unit.campaign_over(id, now).await?;
        } else {
            let job = GoOn { campaign: id };
            self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        }
        let actor = Actor::person(by.as_ref(), client);
        let act = Act::CampaignStopped(id, left);
        self.audit.record(&mut unit, &actor, &act).await?;
        Ok(unit.save().await?)
    }

    /// How fast letters leave.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Whether people can be asked by text message.
    pub fn texts(&self) -> bool {
        self.notices.settings().sms
    }
}
