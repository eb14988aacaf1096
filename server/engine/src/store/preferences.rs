//! How users want to be told, and of what not for now.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    ids::{ConnectionId, UserId},
    notify::{Digest, Preferences, Quiet},
};

#[derive(sqlx::FromRow)]
struct Row {
    email: bool,
    sms: bool,
    digest: String,
    quiet_from: Option<NaiveTime>,
    quiet_until: Option<NaiveTime>,
}

impl TryFrom<Row> for Preferences {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = || StoreError::bad("notify_preferences", "digest")("an unknown digest");
        Ok(Self {
            email: row.email,
            sms: row.sms,
            digest: Digest::read(&row.digest).ok_or_else(bad)?,
            quiet: row
                .quiet_from
                .zip(row.quiet_until)
                .and_then(|(from, until)| Quiet::new(from, until)),
        })
    }
}

const OF_USER: &str =
    "SELECT email, sms, digest, quiet_from, quiet_until FROM notify_preferences WHERE user_id = $1";

const SET: &str = "
    INSERT INTO notify_preferences (user_id, email, sms, digest, quiet_from, quiet_until)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, sms = excluded.sms, digest = excluded.digest,
        quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until";

const SNOOZES: &str = "SELECT connection_id, until_at FROM snoozes WHERE user_id = $1";

// Nobody snoozes what is another's.
const SNOOZE: &str = "
    INSERT INTO snoozes (connection_id, user_id, until_at)
    SELECT id, user_id, $3 FROM connections WHERE id = $2 AND user_id = $1
    ON CONFLICT (connection_id) DO UPDATE SET until_at = excluded.until_at";

const UNSNOOZE: &str = "DELETE FROM snoozes WHERE user_id = $1 AND connection_id = $2";

impl Read {
    /// What a user chose, if anything.
    pub async fn notify_preferences(
        &mut self,
        user: UserId,
    ) -> Result<Option<Preferences>, StoreError> {
        maybe!(self, Row, OF_USER, user)?
            .map(Preferences::try_from)
            .transpose()
    }

    /// The connections that a user snoozed, and until when; also those that are
    /// over.
    pub async fn snoozes(
        &mut self,
        user: UserId,
    ) -> Result<BTreeMap<ConnectionId, DateTime<Utc>>, StoreError> {
        let rows = all!(self, (ConnectionId, DateTime<Utc>), SNOOZES, user)?;
        Ok(rows.into_iter().collect())
    }
}

impl Write {
    /// Stores what a user chose.
    pub async fn set_notify_preferences(
        &mut self,
        user: UserId,
        chosen: Preferences,
    ) -> Result<(), StoreError> {
        run!(
            self,
            SET,
            user,
            chosen.email,
            chosen.sms,
            chosen.digest.name(),
            chosen.quiet.map(Quiet::from),
            chosen.quiet.map(Quiet::until)
        )?;
        Ok(())
    }

    /// Snoozes one of a user's own connections; `false` if it is none.
    pub async fn snooze(
        &mut self,
        user: UserId,
        connection: ConnectionId,
        until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, SNOOZE, user, connection, until)? == 1)
    }

    /// Ends a snooze; `false` if there is none.
    pub async fn unsnooze(
        &mut self,
        user: UserId,
        connection: ConnectionId,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, UNSNOOZE, user, connection)? == 1)
    }
}
