//! A campaign's letters: decided on and put on their way like any other.

use chrono::{DateTime, Utc};

use super::{Ask, Deliver, Known, Notices, Stage, Subject, policy};
use crate::{
    campaigns::{Criteria, Fate, LeftOut},
    ids::{BreakId, CampaignId, ConnectionId, DeliveryId, NoticeId, UserId},
    jobs::Due,
    store::{Read, StoreError, Write, deliveries::Delivery},
};

/// What becomes of those of a campaign's targets that are one user's.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// Nobody is written to about these.
    pub left_out: Vec<(ConnectionId, LeftOut)>,
    /// One letter is on its way about these.
    pub written: Vec<(ConnectionId, NoticeId)>,
    /// The rest waits until its reader's quiet hours are over.
    pub later: Option<DateTime<Utc>>,
}

impl Notices {
    /// Looks once more at a user and writes one letter about all that may be
    /// written about.
    pub(crate) async fn write_for_campaign(
        &self,
        unit: &mut Write,
        campaign: CampaignId,
        criteria: &Criteria,
        user: UserId,
        targets: &[(ConnectionId, BreakId)],
    ) -> Result<Verdict, StoreError> {
        let now = self.clocks.domain.now();
        unit.take_user(user).await?;
        let known = self.gather(unit, user, now).await?;
        let marks = unit.marks_of(user).await?;
        let (mut verdict, mut rest) = (Verdict::default(), Vec::new());
        for target in targets {
            let why = match &known {
                _ if marks.iter().any(|(marked, ..)| *marked == target.0) => Some(LeftOut::Marked),
                None => Some(LeftOut::NoAccess),
                Some(Known { facts, .. }) => {
                    policy::left_out(facts, &self.settings, criteria, *target, now)
                }
            };
            match why {
                Some(why) => verdict.left_out.push((target.0, why)),
                None => rest.push(*target),
            }
        }
        let Some(known) = known.filter(|_| !rest.is_empty()) else {
            return Ok(verdict);
        };
        let awake = policy::awake(&known.facts, now);
        if awake > now {
            verdict.later = Some(awake);
            return Ok(verdict);
        }
        let mut keys = Vec::new();
        for (connection, of) in rest {
            let subject = Subject::Broke {
                of,
                connection,
                stage: Stage::Campaign { of: campaign },
                ask: Ask::Fix,
            };
            let notice = NoticeId(self.random.id(now));
            unit.add_notice(notice, user, &subject, now).await?;
            keys.push(subject.key());
            verdict.written.push((connection, notice));
        }
        let delivery = Delivery {
            id: DeliveryId(self.random.id(now)),
            user,
            way: criteria.way,
        };
        unit.add_delivery(&delivery, &keys, now).await?;
        let deliver = Deliver {
            delivery: delivery.id,
        };
        self.jobs.enqueue(unit, &deliver, Due::AtOnce).await?;
        Ok(verdict)
    }

    /// How a target ends whose notice does not hold any more.
    pub(super) async fn fallen(
        &self,
        unit: &mut Read,
        known: &Known,
        delivery: &Delivery,
        subject: &Subject,
    ) -> Result<Fate, StoreError> {
        let now = self.clocks.domain.now();
        let Subject::Broke { of, connection, .. } = *subject else {
            return Ok(Fate::LeftOut(LeftOut::Gone));
        };
        let marks = unit.marks_of(delivery.user).await?;
        let why = if marks.iter().any(|(marked, ..)| *marked == connection) {
            Some(LeftOut::Marked)
        } else {
            policy::in_the_way(&known.facts, delivery.way, (connection, of), now)
        };
        Ok(Fate::LeftOut(why.unwrap_or(LeftOut::OtherCause)))
    }
}
