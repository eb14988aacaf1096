//! Visits to Data Connect, and the receipts given before them.

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, InstitutionId};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
    stories::Before,
};
use crate::{
    connect::session::{Facts, Standing},
    ids::{ConnectSessionId, ConnectionId, ReceiptId, UserId},
};

/// A visit, as stored.
#[derive(Debug, Clone)]
pub struct ConnectSession {
    /// Our id of it.
    pub id: ConnectSessionId,
    /// Whose it is.
    pub user: UserId,
    /// The user's customer.
    pub customer: CustomerId,
    /// The institution that was chosen.
    pub institution: InstitutionId,
    /// Its name at the time.
    pub institution_name: String,
    /// The institution and its successors.
    pub institutions: Vec<InstitutionId>,
    /// What webhooks and the return call it.
    pub reference: String,
    /// All that is known of it.
    pub facts: Facts,
    /// When it began.
    pub created: DateTime<Utc>,
    /// When the person asked for the one refresh.
    pub refreshed: Option<DateTime<Utc>>,
    /// The connection that it repairs; absent: it connects.
    pub repairs: Option<ConnectionId>,
    /// The language that it went in, as a tag.
    pub language: String,
}

impl ConnectSession {
    /// Where it stands at `now`.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        self.facts.standing(self.created, now)
    }
}

/// What a user was told before connecting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Our id of it.
    pub id: ReceiptId,
    /// The version of the operator's consent text.
    pub text_version: String,
    /// The language it was shown in, as a tag.
    pub language: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ConnectSessionId,
    user_id: UserId,
    customer_id: String,
    institution_id: i64,
    institution_name: String,
    institution_ids: Json<Vec<InstitutionId>>,
    reference: String,
    facts: Json<Facts>,
    created_at: DateTime<Utc>,
    refreshed_at: Option<DateTime<Utc>>,
    connection_id: Option<ConnectionId>,
    language: String,
}

impl TryFrom<Row> for ConnectSession {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = StoreError::bad("connect_sessions", "customer_id");
        Ok(Self {
            id: row.id,
            user: row.user_id,
            customer: row.customer_id.parse().map_err(bad)?,
            institution: InstitutionId::new(row.institution_id),
            institution_name: row.institution_name,
            institutions: row.institution_ids.0,
            reference: row.reference,
            facts: row.facts.0,
            created: row.created_at,
            refreshed: row.refreshed_at,
            repairs: row.connection_id,
            language: row.language,
        })
    }
}

macro_rules! columns {
    () => {
        "id, user_id, customer_id, institution_id, institution_name, institution_ids, reference, facts, \
         created_at, refreshed_at, connection_id, language"
    };
}

const INSERT: &str =
    "INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name,
        institution_ids, reference, facts, version, created_at, connection_id, language, break_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12)";

const INSERT_RECEIPT: &str =
    "INSERT INTO receipts (id, user_id, connect_session_id, institution_id, text_version,
        language, given_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

const OF_USER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM connect_sessions WHERE id = $1 AND user_id = $2"
);

const BY_ID: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM connect_sessions WHERE id = $1"
);

const VISITS_AT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM connect_sessions WHERE institution_id = $1 AND created_at >= $2 AND connection_id IS NULL
      ORDER BY created_at DESC, id DESC LIMIT $3"
);

const STORY: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM connect_sessions WHERE user_id = $1 AND (created_at, id) < ($2, $3)
      ORDER BY created_at DESC, id DESC LIMIT $4"
);

const BY_REFERENCE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM connect_sessions WHERE reference = $1"
);

// The change of `version` is what locks the row on PostgreSQL, portably; on
// SQLite the unit of work holds the write lock already.
const LOCK: &str = concat!(
    "UPDATE connect_sessions SET version = version + 1 WHERE id = $1 RETURNING ",
    columns!()
);

const SET_FACTS: &str = "UPDATE connect_sessions SET facts = $2 WHERE id = $1";

const REFRESH_ONCE: &str =
    "UPDATE connect_sessions SET refreshed_at = $2 WHERE id = $1 AND refreshed_at IS NULL";

impl Read {
    /// A user's own visit.
    pub async fn connect_session(
        &mut self,
        user: UserId,
        id: ConnectSessionId,
    ) -> Result<Option<ConnectSession>, StoreError> {
        maybe!(self, Row, OF_USER, id, user)?
            .map(ConnectSession::try_from)
            .transpose()
    }

    /// A visit, whoever's it is: for jobs.
    pub async fn connect_session_for_job(
        &mut self,
        id: ConnectSessionId,
    ) -> Result<Option<ConnectSession>, StoreError> {
        maybe!(self, Row, BY_ID, id)?
            .map(ConnectSession::try_from)
            .transpose()
    }

    /// Visits that connect an institution and began since `since`, whoever's
    /// they are, the latest first.
    pub(crate) async fn visits_at(
        &mut self,
        institution: InstitutionId,
        since: DateTime<Utc>,
        limit: u16,
    ) -> Result<Vec<ConnectSession>, StoreError> {
        let limit = i64::from(limit);
        all!(self, Row, VISITS_AT, institution.get(), since, limit)?
            .into_iter()
            .map(ConnectSession::try_from)
            .collect()
    }

    /// A user's visits before one, the latest first.
    pub(crate) async fn visits_before(
        &mut self,
        user: UserId,
        before: &Before<ConnectSessionId>,
        limit: i64,
    ) -> Result<Vec<ConnectSession>, StoreError> {
        all!(self, Row, STORY, user, before.at, before.id, limit)?
            .into_iter()
            .map(ConnectSession::try_from)
            .collect()
    }

    /// The visit that a webhook or a return speaks of.
    pub async fn connect_session_by_reference(
        &mut self,
        reference: &str,
    ) -> Result<Option<ConnectSession>, StoreError> {
        maybe!(self, Row, BY_REFERENCE, reference)?
            .map(ConnectSession::try_from)
            .transpose()
    }
}

impl Write {
    /// Stores a new visit.
    pub async fn insert_connect_session(
        &mut self,
        session: &ConnectSession,
    ) -> Result<(), StoreError> {
        if session.repairs.is_some() {
            self.hold_customer(&session.customer).await?;
        }
        let of = self.broken_now(session).await?;
        let before = self.journey(of).await?;
        run!(
            self,
            INSERT,
            session.id,
            session.user,
            session.customer.as_str(),
            session.institution.get(),
            session.institution_name.as_str(),
            Json(&session.institutions),
            session.reference.as_str(),
            Json(&session.facts),
            session.created,
            session.repairs,
            session.language.as_str(),
            of,
        )?;
        let after = self.journey_of(session, of).await?;
        self.went_on(session, before, after);
        match session.repairs {
            Some(connection) => self.targets_started(connection, session.created).await,
            None => Ok(()),
        }
    }

    /// Stores the receipt of what was told before a visit.
    pub async fn insert_receipt(
        &mut self,
        session: &ConnectSession,
        receipt: &Receipt,
    ) -> Result<(), StoreError> {
        run!(
            self,
            INSERT_RECEIPT,
            receipt.id,
            session.user,
            session.id,
            session.institution.get(),
            receipt.text_version.as_str(),
            receipt.language.as_str(),
            session.created,
        )?;
        Ok(())
    }

    /// Takes a visit for changing; nobody else changes it until this is saved.
    pub async fn lock_connect_session(
        &mut self,
        id: ConnectSessionId,
    ) -> Result<ConnectSession, StoreError> {
        one!(self, Row, LOCK, id)?.try_into()
    }

    /// Stores what is known now of a locked visit.
    pub async fn set_facts(&mut self, session: &ConnectSession) -> Result<(), StoreError> {
        let of = self.repaired_by(session.id).await?;
        let before = self.journey_of(session, of).await?;
        run!(self, SET_FACTS, session.id, Json(&session.facts))?;
        let after = self.journey_of(session, of).await?;
        self.went_on(session, before, after);
        if let Some(of) = of {
            self.judge_fix(of).await?;
        }
        match session.repairs.zip(session.facts.finished) {
            Some((connection, at)) => self.targets_finished(connection, session.created, at).await,
            None => Ok(()),
        }
    }

    /// Notes the one refresh; false when it was asked for before.
    pub async fn refresh_once(
        &mut self,
        id: ConnectSessionId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, REFRESH_ONCE, id, now)? == 1)
    }
}
