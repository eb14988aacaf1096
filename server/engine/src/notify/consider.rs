//! Carries out what was decided.

use super::{Consider, Deliver, Notices, decide};
use crate::{
    ids::{DeliveryId, NoticeId, UserId},
    jobs::{Due, Handle, Outcome, Run},
    store::{StoreError, Write, deliveries::Delivery},
};

impl Notices {
    /// Queues a look at a user, in the unit of work of what gives the reason.
    pub(super) async fn look_at(&self, unit: &mut Write, user: UserId) -> Result<(), StoreError> {
        self.jobs
            .enqueue(unit, &Consider { user }, Due::AtOnce)
            .await?;
        Ok(())
    }

    async fn consider(&self, user: UserId) -> Result<(), StoreError> {
        let now = self.clocks.domain.now();
        let mut unit = self.store.write().await?;
        unit.take_user(user).await?;
        let Some(known) = self.gather(&mut unit, user, now).await? else {
            return Ok(());
        };
        let decision = decide(&known.facts, &self.settings, now);
        for subject in &decision.make {
            let id = NoticeId(self.random.id(now));
            unit.add_notice(id, user, subject, now).await?;
        }
        for (way, keys) in decision.send {
            let id = DeliveryId(self.random.id(now));
            let delivery = Delivery { id, user, way };
            unit.add_delivery(&delivery, &keys, now).await?;
            self.jobs
                .enqueue(&mut unit, &Deliver { delivery: id }, Due::AtOnce)
                .await?;
        }
        if let Some(at) = decision.look_again {
            self.jobs
                .enqueue(&mut unit, &Consider { user }, Due::At(at))
                .await?;
        }
        unit.save().await
    }
}

#[async_trait::async_trait]
impl Handle<Consider> for Notices {
    async fn handle(&self, job: Consider, _: Run) -> Outcome {
        Ok(self.consider(job.user).await?)
    }
}
