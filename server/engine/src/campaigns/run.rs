//! The jobs of a campaign: it is counted, its targets are taken, looked at one
//! user after another, and all of them end. Each step is a unit of work of its
//! own that takes the campaign first, so a process that dies loses nothing, two
//! workers do nothing twice, and a stop holds from the next step on.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Campaign, Campaigns, Fate, Portion, State};
use crate::{
    ids::CampaignId,
    jobs::{Due, Handle, Job, Outcome, Run},
    store::{StoreError, Write, campaign_targets::PIECE},
};

/// How many steps one attempt takes before others have their turn.
const STEPS: u16 = 200;

/// When what is on its way is looked at again.
const LOOK_AGAIN: TimeDelta = TimeDelta::seconds(15);

/// A letter that nothing has tried to send for so long is given up: its job was
/// cancelled, or is dead.
const LOST_AFTER: TimeDelta = TimeDelta::days(3);

/// Goes on with a campaign that was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoOn {
    /// Which.
    pub campaign: CampaignId,
}

impl Job for GoOn {
    const KIND: &'static str = "campaigns.go_on";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.campaign.to_string())
    }
}

/// Goes on counting a draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountOn {
    /// Which.
    pub campaign: CampaignId,
}

impl Job for CountOn {
    const KIND: &'static str = "campaigns.count";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.campaign.to_string())
    }
}

/// What comes after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Another, at once.
    Step,
    /// Another, then.
    At(DateTime<Utc>),
    /// Nothing.
    Over,
}

impl Campaigns {
    /// Saves a draft that is to be counted. The first piece is done at once: it is
    /// all of most, and the job finds that.
    pub(super) async fn save_counting(
        &self,
        mut unit: Write,
        id: CampaignId,
    ) -> Result<(), StoreError> {
        let job = CountOn { campaign: id };
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        unit.save().await?;
        if let Err(error) = self.count_step(id).await {
            tracing::warn!(%error, "a campaign is counted by its job alone");
        }
        Ok(())
    }

    /// Counts a piece, beside all that writes.
    async fn count_step(&self, id: CampaignId) -> Result<Next, StoreError> {
        let mut unit = self.store.read().await?;
        let before = unit.campaign(id).await?;
        let Some(before) = before.filter(|it| it.state == State::Draft && !it.count.1.done) else {
            return Ok(Next::Over);
        };
        let (begun, mut count) = before.count.clone();
        let settings = self.notices.settings();
        let found = unit.would_be_asked(&before, settings, count.after, begun);
        let found = found.await?;
        drop(unit);
        count.done = found.len() < PIECE as usize;
        for (at, why) in found {
            count.add(at, why);
        }
        let mut unit = self.store.write().await?;
        // Another that counted meanwhile found the same.
        if unit.take_campaign(id).await?.as_ref() != Some(&before) {
            return Ok(Next::Step);
        }
        unit.counted(id, &count, begun).await?;
        unit.save().await?;
        Ok(if count.done { Next::Over } else { Next::Step })
    }

    /// One step of a campaign that was sent.
    pub(super) async fn step(&self, id: CampaignId) -> Result<Next, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let Some(it) = unit.take_campaign(id).await? else {
            return Ok(Next::Over);
        };
        let next = match (it.state, &it.sent) {
            _ if it.ended.is_some() => Next::Over,
            (State::Stopped, _) if unit.stop_targets(id, now).await? == u64::from(PIECE) => {
                Next::Step
            }
            (State::Sending, Some((sent, _))) if it.taken.is_none() => {
                if unit.take_targets(&it, *sent).await? < u64::from(PIECE) {
                    unit.campaign_taken(id, now).await?;
                }
                Next::Step
            }
            (State::Sending, _) => match unit.due_target(id).await? {
                Some((_, due)) if due > now => Next::At(due),
                Some((user, _)) => self.ask(&mut unit, &it, user, now).await?,
                None => end(&mut unit, id, now).await?,
            },
            (State::Stopped, _) => end(&mut unit, id, now).await?,
            (State::Draft | State::Done, _) => Next::Over,
        };
        unit.save().await?;
        Ok(next)
    }

    /// Looks at a user's targets and writes to them, where the pace lets it.
    async fn ask(
        &self,
        unit: &mut Write,
        it: &Campaign,
        user: crate::ids::UserId,
        now: DateTime<Utc>,
    ) -> Result<Next, StoreError> {
        let (since, count) = it.paced;
        let (since, count) = match self.pace.portion(since, count, now) {
            Portion::Open(since, count) => (since, count),
            Portion::Until(at) => return Ok(Next::At(at)),
        };
        let targets = unit.waiting_targets(it.id, user).await?;
        let notices = &self.notices;
        let verdict = notices.write_for_campaign(unit, it.id, &it.criteria, user, &targets);
        let verdict = verdict.await?;
        for (connection, why) in verdict.left_out {
            let fate = Fate::LeftOut(why);
            unit.end_target(it.id, connection, fate, now).await?;
        }
        if let Some(due) = verdict.later {
            unit.targets_later(it.id, user, due).await?;
        }
        if !verdict.written.is_empty() {
            unit.pace_campaign(it.id, since, count + 1).await?;
        }
        for (connection, notice) in verdict.written {
            unit.target_written(it.id, connection, notice).await?;
        }
        Ok(Next::Step)
    }
}

/// Nothing waits any more: it is over once nothing is on its way.
async fn end(unit: &mut Write, id: CampaignId, now: DateTime<Utc>) -> Result<Next, StoreError> {
    unit.lose_targets(id, now, now - LOST_AFTER).await?;
    if unit.campaign_has(id, Fate::OnItsWay).await? {
        return Ok(Next::At(now + LOOK_AGAIN));
    }
    unit.campaign_over(id, now).await?;
    Ok(Next::Over)
}

#[async_trait::async_trait]
impl Handle<GoOn> for Campaigns {
    async fn handle(&self, job: GoOn, _: Run) -> Outcome {
        let mut next = Next::Step;
        for _ in 0..STEPS {
            next = self.step(job.campaign).await?;
            if next != Next::Step {
                break;
            }
        }
        let due = match next {
            Next::Step => Due::AtOnce,
            Next::At(at) => Due::At(at),
            Next::Over => return Ok(()),
        };
        let mut unit = self.store.write().await?;
        self.jobs.enqueue(&mut unit, &job, due).await?;
        Ok(unit.save().await?)
    }
}

#[async_trait::async_trait]
impl Handle<CountOn> for Campaigns {
    async fn handle(&self, job: CountOn, _: Run) -> Outcome {
        for _ in 0..STEPS {
            if self.count_step(job.campaign).await? == Next::Over {
                return Ok(());
            }
        }
        let mut unit = self.store.write().await?;
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        Ok(unit.save().await?)
    }
}
