//! What support does for a person about a connection: a letter, and quiet.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Deliver, Notices, SnoozeFor, Way, policy};
use crate::{
    audit::{Act, Actor},
    identity::{Client, Support, User},
    ids::{ConnectionId, DeliveryId, NoticeId, UserId},
    jobs::Due,
    store::{StoreError, Write, deliveries::Delivery},
};

/// When a letter leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// Now.
    Now,
    /// When its reader's quiet hours are over.
    At(DateTime<Utc>),
}

/// Why no letter goes out.
#[derive(Debug, thiserror::Error)]
pub enum NoLetter {
    /// There is no such connection.
    #[error("no such connection")]
    NotFound,
    /// It is muted or gone, or its person may not sign in.
    #[error("nothing is told of this connection")]
    Quiet,
    /// It is not broken.
    #[error("the connection works")]
    Works,
    /// Nothing that its person does would help now.
    #[error("it is not the person's turn")]
    NotTheirTurn,
    /// It is snoozed until then.
    #[error("the connection is snoozed")]
    Snoozed(DateTime<Utc>),
    /// The person's mail server refuses letters since then.
    #[error("the address refuses letters")]
    Refused(DateTime<Utc>),
    /// The person wants no letters, or has not confirmed the address.
    #[error("the person has no letters")]
    Unwanted,
    /// One left a moment ago.
    #[error("a letter has just left")]
    JustSent(DateTime<Utc>),
    /// The week's share is used up until then.
    #[error("the week's share is used up")]
    Full(DateTime<Utc>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Notices {
    /// Writes to a person about an open break of a connection; the letter leads
    /// to the notice in our pages.
    pub async fn write_by_hand(
        &self,
        by: &Support,
        client: &Client,
        connection: ConnectionId,
    ) -> Result<Goes, NoLetter> {
        let now = self.clocks.domain.now();
        let (mut unit, user) = self.owner(connection).await?.ok_or(NoLetter::NotFound)?;
        unit.take_user(user.id).await?;
        let known = self.gather(&mut unit, user.id, now).await?;
        let facts = known.ok_or(NoLetter::Quiet)?.facts;
        let (subject, at) = policy::by_hand(&facts, &self.settings, connection, now)?;
        let notice = NoticeId(self.random.id(now));
        unit.add_notice(notice, user.id, &subject, now).await?;
        let delivery = Delivery {
            id: DeliveryId(self.random.id(now)),
            user: user.id,
            way: Way::Email,
        };
        unit.add_delivery(&delivery, &[subject.key()], now).await?;
        let due = if at > now { Due::At(at) } else { Due::AtOnce };
        let deliver = Deliver {
            delivery: delivery.id,
        };
        self.jobs.enqueue(&mut unit, &deliver, due).await?;
        let act = Act::LetterSent((&user).into(), connection);
        self.put_down(unit, by, client, &act).await?;
        Ok(if at > now { Goes::At(at) } else { Goes::Now })
    }

    /// Why [`Self::write_by_hand`] would refuse now, for each connection of
    /// theirs for which it would.
    pub async fn no_letters(
        &self,
        _by: &Support,
        user: UserId,
    ) -> Result<BTreeMap<ConnectionId, NoLetter>, StoreError> {
        let now = self.clocks.domain.now();
        let mut unit = self.store.read().await?;
        let known = self.gather(&mut unit, user, now).await?;
        let refused = |id| match &known {
            None => Some((id, NoLetter::Quiet)),
            Some(known) => {
                let asked = policy::by_hand(&known.facts, &self.settings, id, now);
                asked.err().map(|why| (id, why))
            }
        };
        let all = unit.connections(user).await?;
        Ok(all.iter().filter_map(|one| refused(one.id)).collect())
    }

    /// Tells nothing of somebody's connection for so long; the end, or `None`
    /// if there is no such connection.
    pub async fn snooze_for(
        &self,
        by: &Support,
        client: &Client,
        connection: ConnectionId,
        how_long: SnoozeFor,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let until = self.clocks.domain.now() + how_long.span();
        let Some((mut unit, user)) = self.owner(connection).await? else {
            return Ok(None);
        };
        unit.snooze(user.id, connection, until).await?;
        self.look_at(&mut unit, user.id).await?;
        let act = Act::Snoozed((&user).into(), connection, until);
        self.put_down(unit, by, client, &act).await?;
        Ok(Some(until))
    }

    /// Ends it; `false` if there was nothing to end.
    pub async fn unsnooze_for(
        &self,
        by: &Support,
        client: &Client,
        connection: ConnectionId,
    ) -> Result<bool, StoreError> {
        let Some((mut unit, user)) = self.owner(connection).await? else {
            return Ok(false);
        };
        if !unit.unsnooze(user.id, connection).await? {
            return Ok(false);
        }
        self.look_at(&mut unit, user.id).await?;
        let act = Act::Unsnoozed((&user).into(), connection);
        self.put_down(unit, by, client, &act).await?;
        Ok(true)
    }

    /// A unit of work about a connection, and whose that is.
    async fn owner(&self, connection: ConnectionId) -> Result<Option<(Write, User)>, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(found) = unit.connection(connection).await? else {
            return Ok(None);
        };
        let user = unit.user(found.user).await?;
        Ok(user.map(|user| (unit, user)))
    }

    async fn put_down(
        &self,
        mut unit: Write,
        by: &Support,
        client: &Client,
        act: &Act,
    ) -> Result<(), StoreError> {
        let actor = Actor::person(by.as_ref(), client);
        self.audit.record(&mut unit, &actor, act).await?;
        unit.save().await
    }
}
