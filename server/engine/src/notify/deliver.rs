//! Letters and text messages on their way.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Known, Line, Message, Notices, SmsError, SmsGateway, Text, Way, policy};
use crate::{
    campaigns::{Fate, LeftOut},
    ids::{DeliveryId, NoticeId},
    jobs::{Cause, Due, Handle, Job, JobError, Outcome, Run},
    mail::{About, Letter, MailError, Mailer},
    store::{
        StoreError, Write,
        deliveries::{Delivery, End},
        events::Counter,
    },
};

/// Sends a delivery.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deliver {
    /// Which.
    pub delivery: DeliveryId,
}

impl Job for Deliver {
    const KIND: &'static str = "notify.deliver";
}

/// Sends what was decided to be sent.
pub struct Deliveries {
    pub(super) notices: Notices,
    mailer: Arc<dyn Mailer>,
    pub(super) sms: Option<Arc<dyn SmsGateway>>,
}

/// What is about to be sent.
enum Ready {
    Letter(Letter),
    Text(Message),
}

/// Why an attempt sent nothing.
enum NotSent {
    /// Try again later.
    Later(Cause),
    /// This one will never be taken.
    Refused(Cause),
    /// Nothing more is to be sent there.
    NoWay(Cause),
}

impl Deliveries {
    /// Without a gateway no text message leaves.
    pub fn new(
        notices: Notices,
        mailer: Arc<dyn Mailer>,
        sms: Option<Arc<dyn SmsGateway>>,
    ) -> Self {
        Self {
            notices,
            mailer,
            sms,
        }
    }

    /// Looks once more at what a delivery carries, and notes that it may arrive
    /// from now on; `None` when nothing is to be sent now.
    async fn prepare(&self, id: DeliveryId) -> Result<Option<(Delivery, Ready)>, StoreError> {
        let now = self.notices.clocks.domain.now();
        let mut unit = self.notices.store.write().await?;
        let Some(delivery) = unit.waiting_delivery(id).await? else {
            return Ok(None);
        };
        unit.take_user(delivery.user).await?;
        let known = self.notices.gather(&mut unit, delivery.user, now).await?;
        let stopped = unit.stopped_before(id).await?.then_some(Fate::Stopped);
        let fate = stopped.or_else(|| closed(known.as_ref(), delivery.way));
        let known = match (known, fate) {
            (Some(known), None) => known,
            (_, fate) => {
                let fate = fate.unwrap_or(Fate::LeftOut(LeftOut::NoAccess));
                self.drop(&mut unit, &delivery, fate).await?;
                unit.save().await?;
                return Ok(None);
            }
        };
        let awake = policy::awake(&known.facts, now);
        if awake > now {
            // It waited for the server until its reader went to sleep.
            self.notices
                .jobs
                .enqueue(&mut unit, &Deliver { delivery: id }, Due::At(awake))
                .await?;
            unit.save().await?;
            return Ok(None);
        }
        let lines = self.lines(&mut unit, &known, &delivery).await?;
        let ready = if lines.is_empty() {
            None
        } else {
            self.ready(&known, delivery.way, lines)
        };
        if ready.is_some() {
            unit.try_delivery(id, now).await?;
        } else {
            let fate = Fate::LeftOut(LeftOut::Unwanted);
            self.drop(&mut unit, &delivery, fate).await?;
        }
        unit.save().await?;
        Ok(ready.map(|ready| (delivery, ready)))
    }

    /// Ends a delivery that carries nothing any more. What it carried is looked
    /// at again: it may be told another day. Targets of a campaign that are in it
    /// end as `fate`.
    async fn drop(
        &self,
        unit: &mut Write,
        delivery: &Delivery,
        fate: Fate,
    ) -> Result<(), StoreError> {
        let now = self.notices.clocks.domain.now();
        unit.end_targets_in(delivery.id, fate, now).await?;
        for notice in unit.notices_of_delivery(delivery.id).await? {
            unit.unload(delivery.id, notice).await?;
        }
        unit.end_delivery(delivery.id, End::Dropped, now).await?;
        self.notices.look_at(unit, delivery.user).await
    }

    /// What of a delivery still holds; the rest is taken out.
    async fn lines(
        &self,
        unit: &mut Write,
        known: &Known,
        delivery: &Delivery,
    ) -> Result<Vec<Line>, StoreError> {
        let now = self.notices.clocks.domain.now();
        let carried: Vec<NoticeId> = unit.notices_of_delivery(delivery.id).await?;
        let wanted = policy::wanted(&known.facts, &self.notices.settings, now);
        let mut lines = Vec::new();
        // The newest first, as the centre has them.
        for notice in known.notices.iter().filter(|one| carried.contains(&one.id)) {
            let institution = notice.institution.clone().unwrap_or_default();
            let line = Line::of(notice.id, &notice.subject, institution, known.facts.zone);
            let line = line.filter(|_| wanted.holds(&notice.subject.key(), delivery.way, now));
            if let Some(line) = line {
                lines.push(line);
                continue;
            }
            let fallen = self.notices.fallen(unit, known, delivery, &notice.subject);
            let fate = fallen.await?;
            unit.end_target_of(notice.id, fate, now).await?;
            unit.unload(delivery.id, notice.id).await?;
        }
        Ok(lines)
    }

    fn ready(&self, known: &Known, way: Way, lines: Vec<Line>) -> Option<Ready> {
        let language: String = known.user.language.clone().into();
        match way {
            Way::Email => Some(Ready::Letter(Letter {
                to: known.user.email.clone().into(),
                language,
                about: About::Notices {
                    lines,
                    unsubscribe: self.notices.seal.unsubscribe(known.user.id),
                },
            })),
            Way::Sms => Some(Ready::Text(Message {
                to: known.phone.number.clone()?,
                language,
                text: Text::Notices(lines),
            })),
        }
    }

    async fn send(&self, id: DeliveryId, ready: &Ready) -> Result<(), NotSent> {
        match ready {
            Ready::Letter(letter) => {
                let sent = self.mailer.send(id.0, letter).await;
                sent.map_err(|error| match error {
                    MailError::Later(_) => NotSent::Later(error.into()),
                    MailError::Refused(_) => NotSent::Refused(error.into()),
                    MailError::NoSuchAddress(_) => NotSent::NoWay(error.into()),
                })
            }
            Ready::Text(message) => {
                let Some(gateway) = &self.sms else {
                    return Err(NotSent::Refused("no gateway is configured".into()));
                };
                let sent = gateway.send(id.0, message).await;
                sent.map_err(|error| match error {
                    SmsError::Later(_) => NotSent::Later(error.into()),
                    SmsError::Refused(_) => NotSent::Refused(error.into()),
                    SmsError::Stopped => NotSent::NoWay(error.into()),
                })
            }
        }
    }

    /// Records what became of it. A process that dies before this sends it once
    /// more, under the same id.
    async fn record(
        &self,
        delivery: &Delivery,
        ready: &Ready,
        sent: &Result<(), NotSent>,
    ) -> Result<(), StoreError> {
        let now = self.notices.clocks.domain.now();
        let mut unit = self.notices.store.write().await?;
        let end = if sent.is_ok() {
            End::Sent
        } else {
            End::Refused
        };
        let fate = match sent {
            Ok(()) => Fate::Sent,
            Err(NotSent::NoWay(_)) => Fate::Bounced,
            Err(NotSent::Later(_) | NotSent::Refused(_)) => Fate::NotTaken,
        };
        // It holds the customer, as a reading does before it comes to the targets.
        unit.end_delivery(delivery.id, end, now).await?;
        unit.end_targets_in(delivery.id, fate, now).await?;
        if sent.is_ok() {
            let counter = match ready {
                Ready::Letter(_) => Counter::LetterSent,
                Ready::Text(_) => Counter::TextSent,
            };
            unit.count(counter, now).await?;
        }
        if let Err(NotSent::NoWay(_)) = sent {
            match ready {
                Ready::Letter(letter) => self.notices.refuse(&mut unit, &letter.to, now).await?,
                Ready::Text(message) => unit.stop_number(&message.to, now).await?,
            }
        }
        unit.save().await
    }
}

/// Why nothing goes to a user by this way.
fn closed(known: Option<&Known>, way: Way) -> Option<Fate> {
    let why = match known {
        None => LeftOut::NoAccess,
        Some(known) if known.facts.open.contains(&way) => return None,
        Some(known) if way == Way::Email && known.facts.email_refused.is_some() => LeftOut::Refused,
        Some(_) => LeftOut::Unwanted,
    };
    Some(Fate::LeftOut(why))
}

#[async_trait::async_trait]
impl Handle<Deliver> for Deliveries {
    async fn handle(&self, job: Deliver, run: Run) -> Outcome {
        let Some((delivery, ready)) = self.prepare(job.delivery).await? else {
            return Ok(());
        };
        let sent = self.send(delivery.id, &ready).await;
        if !matches!(sent, Err(NotSent::Later(_))) || run.is_last() {
            self.record(&delivery, &ready, &sent).await?;
        }
        sent.or_else(|not_sent| match not_sent {
            NotSent::Later(cause) => Err(JobError::retry(cause)),
            NotSent::Refused(cause) => Err(JobError::fail(cause)),
            NotSent::NoWay(cause) => {
                tracing::info!(
                    error = cause,
                    notify.delivery = %delivery.id,
                    "nothing more is sent there"
                );
                Ok(())
            }
        })
    }
}
