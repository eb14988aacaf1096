//! Notices: what users were told of.

use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
    stories::Before,
};
use crate::{
    ids::{ConnectionId, NoticeId, UserId},
    notify::Subject,
};

/// A notice, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Our id of it.
    pub id: NoticeId,
    /// What it says.
    pub subject: Subject,
    /// The institution of its connection.
    pub institution: Option<String>,
    /// Its id at Mastercard.
    pub institution_id: Option<InstitutionId>,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// When its user saw it.
    pub seen: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct NoticeRow {
    id: NoticeId,
    subject: Json<Subject>,
    institution_name: Option<String>,
    institution_id: Option<i64>,
    made_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
}

impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        Self {
            id: row.id,
            subject: row.subject.0,
            institution: row.institution_name,
            institution_id: row.institution_id.map(InstitutionId::new),
            made: row.made_at,
            seen: row.seen_at,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.subject, c.institution_name, c.institution_id, n.made_at, n.seen_at
             FROM notices n LEFT JOIN connections c ON c.id = n.connection_id WHERE ",
            $rest
        )
    };
}

const OF_USER: &str =
    select!("n.user_id = $1 AND n.made_at >= $2 ORDER BY n.made_at DESC, n.id DESC");

const STORY: &str = select!(
    "n.user_id = $1 AND (n.made_at, n.id) < ($2, $3) ORDER BY n.made_at DESC, n.id DESC LIMIT $4"
);

const ONE: &str = select!("n.user_id = $1 AND n.id = $2");

const UNSEEN: &str = "SELECT count(*) FROM notices WHERE user_id = $1 AND seen_at IS NULL";

const ADD: &str = "
    INSERT INTO notices (id, user_id, key, subject, connection_id, made_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (user_id, key) DO NOTHING";

const PLACES: &str = "SELECT DISTINCT institution_id FROM connections";

const UNTOLD: &str = "
    SELECT DISTINCT c.user_id FROM connections c
    WHERE c.institution_id = $1 AND c.user_id > $2 AND NOT EXISTS (
        SELECT 1 FROM notices n
        WHERE n.user_id = c.user_id AND n.connection_id = c.id AND n.key LIKE 'changes:%')
    ORDER BY c.user_id LIMIT $3";

const SEE: &str = "UPDATE notices SET seen_at = $2 WHERE user_id = $1 AND seen_at IS NULL";

impl Read {
    /// A user's notices made since then, the newest first.
    pub async fn notices(
        &mut self,
        user: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Notice>, StoreError> {
        let rows = all!(self, NoticeRow, OF_USER, user, since)?;
        Ok(rows.into_iter().map(Notice::from).collect())
    }

    /// A user's notices before one, the newest first.
    pub(crate) async fn notices_before(
        &mut self,
        user: UserId,
        before: &Before<NoticeId>,
        limit: i64,
    ) -> Result<Vec<Notice>, StoreError> {
        let rows = all!(self, NoticeRow, STORY, user, before.at, before.id, limit)?;
        Ok(rows.into_iter().map(Notice::from).collect())
    }

    /// One of a user's own notices.
    pub async fn notice(
        &mut self,
        user: UserId,
        id: NoticeId,
    ) -> Result<Option<Notice>, StoreError> {
        Ok(maybe!(self, NoticeRow, ONE, user, id)?.map(Notice::from))
    }

    /// The institutions where anybody is connected.
    pub async fn connected_institutions(&mut self) -> Result<Vec<InstitutionId>, StoreError> {
        let rows = all!(self, (i64,), PLACES)?;
        Ok(rows
            .into_iter()
            .map(|(id,)| InstitutionId::new(id))
            .collect())
    }

    /// At most `limit` users at an institution, those after `after`, who were
    /// not told that it changes.
    pub async fn untold_of_change(
        &mut self,
        institution: InstitutionId,
        after: Option<UserId>,
        limit: u16,
    ) -> Result<Vec<UserId>, StoreError> {
        let after = after.unwrap_or(UserId(uuid::Uuid::nil()));
        let place = institution.get();
        let rows = all!(self, (UserId,), UNTOLD, place, after, i64::from(limit))?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }

    /// How many notices a user has not seen.
    pub async fn unseen_notices(&mut self, user: UserId) -> Result<u32, StoreError> {
        let (count,) = one!(self, (i64,), UNSEEN, user)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl Write {
    /// Stores a notice unless there is one with its key.
    pub async fn add_notice(
        &mut self,
        id: NoticeId,
        user: UserId,
        subject: &Subject,
        made: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let connection: Option<ConnectionId> = subject.connection();
        let key = subject.key();
        let added = run!(self, ADD, id, user, &key, Json(subject), connection, made)? == 1;
        if let (true, Subject::Broke { of, .. }) = (added, subject) {
            self.told_of(*of, made).await?;
        }
        Ok(added)
    }

    /// Marks all of a user's notices as seen.
    pub async fn see_notices(&mut self, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, SEE, user, at)?;
        self.targets_came(user, at).await
    }
}
