//! Deliveries: letters and text messages with notices, on their way.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
    stories::Before,
};
use crate::{
    ids::{DeliveryId, NoticeId, UserId},
    notify::Way,
};

/// A delivery, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// Its id.
    pub id: DeliveryId,
    /// How it goes.
    pub way: Way,
    /// When it was decided.
    pub created: DateTime<Utc>,
    /// From when on it may have arrived.
    pub tried: Option<DateTime<Utc>>,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
    /// How many notices are in it.
    pub notices: i64,
}

/// How a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It was taken.
    Sent,
    /// It was refused, or given up.
    Refused,
    /// Nothing in it held any more.
    Dropped,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
        }
    }

    fn read(name: &str) -> Result<Self, StoreError> {
        [Self::Sent, Self::Refused, Self::Dropped]
            .into_iter()
            .find(|end| end.name() == name)
            .ok_or_else(|| StoreError::bad("deliveries", "ended")("an unknown end"))
    }
}

/// A delivery that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, which is its Message-ID.
    pub id: DeliveryId,
    /// Whom it is for.
    pub user: UserId,
    /// How it goes.
    pub way: Way,
}

/// That a notice was put on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The notice.
    pub notice: NoticeId,
    /// How it goes.
    pub way: Way,
    /// Since when.
    pub put: DateTime<Utc>,
    /// Whether it may have arrived.
    pub tried: bool,
}

impl Way {
    /// As it is stored.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub(super) fn read(name: &str) -> Result<Self, StoreError> {
        [Self::Email, Self::Sms]
            .into_iter()
            .find(|way| way.name() == name)
            .ok_or_else(|| StoreError::bad("deliveries", "channel")("an unknown channel"))
    }
}

const STORY: &str = "SELECT d.id, d.channel, d.created_at, d.tried_at, d.ended_at, d.ended,
        (SELECT count(*) FROM delivered_notices c WHERE c.delivery_id = d.id) AS notices
    FROM deliveries d WHERE d.user_id = $1 AND (d.created_at, d.id) < ($2, $3)
    ORDER BY d.created_at DESC, d.id DESC LIMIT $4";

#[derive(sqlx::FromRow)]
struct WentRow {
    id: DeliveryId,
    channel: String,
    created_at: DateTime<Utc>,
    tried_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    ended: Option<String>,
    notices: i64,
}

impl TryFrom<WentRow> for Went {
    type Error = StoreError;

    fn try_from(row: WentRow) -> Result<Self, StoreError> {
        let end = row.ended.as_deref().map(End::read).transpose()?;
        Ok(Self {
            id: row.id,
            way: Way::read(&row.channel)?,
            created: row.created_at,
            tried: row.tried_at,
            ended: row.ended_at.zip(end),
            notices: row.notices,
        })
    }
}

const WAITING: &str =
    "SELECT id, user_id, channel FROM deliveries WHERE id = $1 AND ended_at IS NULL";

const NOTICES: &str = "SELECT notice_id FROM delivered_notices WHERE delivery_id = $1";

const CARRIED: &str =
    "SELECT c.notice_id, c.channel, d.created_at, d.tried_at IS NOT NULL AND COALESCE(d.ended, '') <> 'refused'
    FROM delivered_notices c JOIN deliveries d ON d.id = c.delivery_id WHERE d.user_id = $1";

const SINCE: &str = "SELECT created_at FROM deliveries
    WHERE user_id = $1 AND created_at > $2 AND COALESCE(ended, '') <> 'dropped'";

const ADD: &str =
    "INSERT INTO deliveries (id, user_id, channel, created_at) VALUES ($1, $2, $3, $4)";

const CARRY: &str = "
    INSERT INTO delivered_notices (notice_id, channel, delivery_id)
    SELECT id, $3, $4 FROM notices WHERE user_id = $1 AND key = $2";

const UNLOAD: &str = "DELETE FROM delivered_notices WHERE delivery_id = $1 AND notice_id = $2";

const TRY: &str = "UPDATE deliveries SET tried_at = $2 WHERE id = $1 AND tried_at IS NULL";

const END: &str =
    "UPDATE deliveries SET ended_at = $2, ended = $3 WHERE id = $1 AND ended_at IS NULL";

// Changes nothing; taking it is what makes two that look at one user wait for
// each other.
const TAKE_USER: &str = "UPDATE users SET role = role WHERE id = $1";

impl Read {
    /// A delivery, unless it has ended.
    pub async fn waiting_delivery(
        &mut self,
        id: DeliveryId,
    ) -> Result<Option<Delivery>, StoreError> {
        let row = maybe!(self, (DeliveryId, UserId, String), WAITING, id)?;
        row.map(|(id, user, way)| {
            let way = Way::read(&way)?;
            Ok(Delivery { id, user, way })
        })
        .transpose()
    }

    /// A user's deliveries before one, the newest first.
    pub(crate) async fn deliveries_before(
        &mut self,
        user: UserId,
        before: &Before<DeliveryId>,
        limit: i64,
    ) -> Result<Vec<Went>, StoreError> {
        all!(self, WentRow, STORY, user, before.at, before.id, limit)?
            .into_iter()
            .map(Went::try_from)
            .collect()
    }

    /// The notices in a delivery.
    pub async fn notices_of_delivery(
        &mut self,
        id: DeliveryId,
    ) -> Result<Vec<NoticeId>, StoreError> {
        let rows = all!(self, (NoticeId,), NOTICES, id)?;
        Ok(rows.into_iter().map(|(notice,)| notice).collect())
    }

    /// Which of a user's notices are on their way, or arrived.
    pub async fn carried_notices(&mut self, user: UserId) -> Result<Vec<Carried>, StoreError> {
        all!(self, (NoticeId, String, DateTime<Utc>, bool), CARRIED, user)?
            .into_iter()
            .map(|(notice, way, put, tried)| {
                let way = Way::read(&way)?;
                Ok(Carried {
                    notice,
                    way,
                    put,
                    tried,
                })
            })
            .collect()
    }

    /// When a user's deliveries since then were made, the dropped ones aside.
    pub async fn deliveries_since(
        &mut self,
        user: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let rows = all!(self, (DateTime<Utc>,), SINCE, user, since)?;
        Ok(rows.into_iter().map(|(at,)| at).collect())
    }
}

impl Write {
    /// Makes whoever else decides about this user wait until this unit of work
    /// ends.
    pub async fn take_user(&mut self, user: UserId) -> Result<(), StoreError> {
        run!(self, TAKE_USER, user)?;
        Ok(())
    }

    /// Stores a delivery of the user's notices with these keys.
    pub async fn add_delivery(
        &mut self,
        delivery: &Delivery,
        keys: &[String],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, user, way) = (delivery.id, delivery.user, delivery.way.name());
        run!(self, ADD, id, user, way, at)?;
        for key in keys {
            run!(self, CARRY, user, key, way, id)?;
        }
        Ok(())
    }

    /// Takes a notice out of a delivery: it may go out another time.
    pub async fn unload(&mut self, id: DeliveryId, notice: NoticeId) -> Result<(), StoreError> {
        run!(self, UNLOAD, id, notice)?;
        Ok(())
    }

    /// Notes that a delivery may arrive from now on.
    pub async fn try_delivery(
        &mut self,
        id: DeliveryId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, TRY, id, at)?;
        Ok(())
    }

    /// Ends a delivery.
    pub async fn end_delivery(
        &mut self,
        id: DeliveryId,
        end: End,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let ended = run!(self, END, id, at, end.name())? == 1;
        if ended && end == End::Sent {
            self.arrived(id, at).await?;
        }
        Ok(())
    }
}
