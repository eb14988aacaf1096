//! What follows a campaign's letters: noted in the unit of work of each fact.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    StoreError, Write,
    sql::{maybe, run},
};
use crate::{
    campaigns::Fate,
    connections::End,
    identity::Email,
    ids::{BreakId, ConnectionId, DeliveryId, NoticeId, UserId},
};

const STOPPED: &str = "SELECT 1 FROM deliveries d JOIN delivered_notices c ON c.delivery_id = d.id
    JOIN campaign_targets t ON t.notice_id = c.notice_id JOIN campaigns k ON k.id = t.campaign_id
    WHERE d.id = $1 AND d.tried_at IS NULL AND k.state = 'stopped' LIMIT 1";

// A break that ended while the letter left was followed from then on.
const END: &str = "UPDATE campaign_targets SET state = $2, ended_at = $3, sent_ms = $4,
        took = CASE WHEN settled = 'proven' AND $2 = 'sent' THEN 0 END
    WHERE state = 'on_its_way' AND notice_id = $1";

const SETTLE: &str = "UPDATE campaign_targets SET settled_at = $2, settled = $3
    WHERE connection_id = $1 AND settled_at IS NULL AND state IN ('on_its_way', 'sent')";

// Where a repair that began after the letter is what helped. Who had repaired it
// as the letter left took no time.
const PROVEN: &str =
    "UPDATE campaign_targets SET settled = 'proven', took = CASE WHEN sent_ms > $3 THEN 0 ELSE $3 - sent_ms END
    WHERE connection_id = $1 AND break_id = $2 AND settled = 'healed' AND started_at <= $4";
const UNPROVEN: &str = "UPDATE campaign_targets SET settled = 'healed', took = NULL
    WHERE connection_id = $1 AND break_id = $2 AND settled = 'proven' AND started_at > $3";

const STARTED: &str =
    "UPDATE campaign_targets SET started_at = $2, came_at = COALESCE(came_at, $2)
    WHERE connection_id = $1 AND started_at IS NULL AND settled_at IS NULL AND state IN ('on_its_way', 'sent')";

// Of a visit that began after the letter, and not for a break that came later.
const FINISHED: &str = "UPDATE campaign_targets SET finished_at = $3
    WHERE connection_id = $1 AND started_at <= $2 AND finished_at IS NULL
    AND (settled_at IS NULL OR settled_at > $2) AND state IN ('on_its_way', 'sent')";

const CAME: &str = "UPDATE campaign_targets SET came_at = $2
    WHERE user_id = $1 AND came_at IS NULL AND state IN ('on_its_way', 'sent')";

// Letters that were read, or that left long ago, did not come back.
const COMES_BACK_WITHIN: TimeDelta = TimeDelta::days(7);
const BOUNCED: &str = "UPDATE campaign_targets SET bounced_at = $2
    WHERE user_id = (SELECT id FROM users WHERE email_key = $1) AND bounced_at IS NULL AND state = 'sent'
    AND came_at IS NULL AND ended_at > $3
    AND campaign_id IN (SELECT id FROM campaigns WHERE channel = 'email')";

impl Write {
    /// Whether a delivery is of a campaign that was stopped before its first
    /// attempt.
    pub(crate) async fn stopped_before(
        &mut self,
        delivery: DeliveryId,
    ) -> Result<bool, StoreError> {
        let row = maybe!(self, (i32,), STOPPED, delivery)?;
        Ok(row.is_some())
    }

    /// The targets whose notices are in a delivery end.
    pub(crate) async fn end_targets_in(
        &mut self,
        delivery: DeliveryId,
        fate: Fate,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for notice in self.notices_of_delivery(delivery).await? {
            self.end_target_of(notice, fate, at).await?;
        }
        Ok(())
    }

    /// The target with this notice ends, if there is one.
    pub(crate) async fn end_target_of(
        &mut self,
        notice: NoticeId,
        fate: Fate,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sent = (fate == Fate::Sent).then(|| at.timestamp_millis());
        run!(self, END, notice, fate.name(), at, sent)?;
        Ok(())
    }

    /// A break that was written about is over.
    pub(super) async fn settle_targets(
        &mut self,
        connection: ConnectionId,
        end: End,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let settled = match end {
            End::Gone => "gone",
            End::Repaired => "healed",
        };
        run!(self, SETTLE, connection, at, settled)?;
        Ok(())
    }

    /// A break that was written about works again since `at`, by a visit that
    /// began at `began`, or by none.
    pub(super) async fn targets_proven(
        &mut self,
        (connection, of): (ConnectionId, BreakId),
        began: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let began = began.unwrap_or_default();
        let ms = at.timestamp_millis();
        run!(self, PROVEN, connection, of, ms, began)?;
        run!(self, UNPROVEN, connection, of, began)?;
        Ok(())
    }

    /// Its person went to repair it.
    pub(super) async fn targets_started(
        &mut self,
        connection: ConnectionId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, STARTED, connection, at)?;
        Ok(())
    }

    /// A repair that began at `began` is finished, as Mastercard hints.
    pub(super) async fn targets_finished(
        &mut self,
        connection: ConnectionId,
        began: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, FINISHED, connection, began, at)?;
        Ok(())
    }

    /// A user has read the notices.
    pub(super) async fn targets_came(
        &mut self,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CAME, user, at)?;
        Ok(())
    }

    /// Letters to an address came back.
    pub(super) async fn bounce_targets(
        &mut self,
        email: &Email,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, BOUNCED, email.key(), at, at - COMES_BACK_WITHIN)?;
        Ok(())
    }
}
