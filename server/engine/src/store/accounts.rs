//! Accounts of connections: no balance, no full number.

use chrono::{DateTime, Utc};
use relink_mastercard::{AccountId as UpstreamId, AggregationStatusCode, CustomerId};

use super::{
    Read, StoreError, Write,
    sql::{all, run},
};
use crate::ids::{AccountId, ConnectSessionId, ConnectionId, UserId};

/// What the user decided about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet.
    Waiting,
    /// Keep it.
    Kept,
    /// Remove it; Mastercard has not confirmed the deletion yet.
    Removing,
    /// It is deleted at Mastercard.
    Removed,
}

impl Choice {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Removing => "removing",
            Self::Removed => "removed",
        }
    }

    fn read(name: &str) -> Result<Self, StoreError> {
        match name {
            "waiting" => Ok(Self::Waiting),
            "kept" => Ok(Self::Kept),
            "removing" => Ok(Self::Removing),
            "removed" => Ok(Self::Removed),
            other => Err(StoreError::bad("accounts", "choice")(format!(
                "unknown choice {other}"
            ))),
        }
    }
}

/// One account of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Our id of it.
    pub id: AccountId,
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// Mastercard's id.
    pub upstream: UpstreamId,
    /// The visit that brought it.
    pub connect_session: ConnectSessionId,
    /// The institution's name for it.
    pub name: String,
    /// Its type, under the official name.
    pub kind: String,
    /// At most the last four letters or digits.
    pub mask: String,
    /// The currency's code.
    pub currency: String,
    /// The latest result; absent before the first aggregation.
    pub status_code: Option<AggregationStatusCode>,
    /// The latest attempt.
    pub attempted: Option<DateTime<Utc>>,
    /// The latest good attempt.
    pub succeeded: Option<DateTime<Utc>>,
    /// When the permission to read it ends, where it does.
    pub authorization_ends: Option<DateTime<Utc>>,
    /// The first of the readings in a row that did not list it.
    pub missed: Option<DateTime<Utc>>,
    /// The reading that made it count as gone at Mastercard.
    pub gone: Option<DateTime<Utc>>,
    /// What the user decided.
    pub choice: Choice,
    /// When it was first read.
    pub arrived: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: AccountId,
    connection_id: ConnectionId,
    upstream_id: String,
    connect_session_id: ConnectSessionId,
    name: String,
    kind: String,
    mask: String,
    currency: String,
    status_code: Option<i64>,
    attempted_at: Option<DateTime<Utc>>,
    succeeded_at: Option<DateTime<Utc>>,
    authorization_ends_at: Option<DateTime<Utc>>,
    missed_at: Option<DateTime<Utc>>,
    gone_at: Option<DateTime<Utc>>,
    choice: String,
    arrived_at: DateTime<Utc>,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            connection: row.connection_id,
            upstream: row
                .upstream_id
                .parse()
                .map_err(StoreError::bad("accounts", "upstream_id"))?,
            connect_session: row.connect_session_id,
            name: row.name,
            kind: row.kind,
            mask: row.mask,
            currency: row.currency,
            status_code: row.status_code.map(AggregationStatusCode::new),
            attempted: row.attempted_at,
            succeeded: row.succeeded_at,
            authorization_ends: row.authorization_ends_at,
            missed: row.missed_at,
            gone: row.gone_at,
            choice: Choice::read(&row.choice)?,
            arrived: row.arrived_at,
        })
    }
}

macro_rules! account_columns {
    () => {
        "a.id, a.connection_id, a.upstream_id, a.connect_session_id, a.name, a.kind, a.mask, a.currency, \
         a.status_code, a.attempted_at, a.succeeded_at, a.authorization_ends_at, a.missed_at, a.gone_at, \
         a.choice, a.arrived_at"
    };
}

const ACCOUNTS_OF_USER: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM accounts a JOIN connections c ON c.id = a.connection_id
      WHERE c.user_id = $1 ORDER BY a.arrived_at, a.name, a.id"
);

const ACCOUNTS_OF_CUSTOMER: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM accounts a WHERE a.customer_id = $1 AND a.choice <> 'removed' ORDER BY a.id"
);

const ACCOUNTS_OF_CONNECTION: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM accounts a WHERE a.connection_id = $1 ORDER BY a.arrived_at, a.name, a.id"
);

const ACCOUNTS_OF_SESSION: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM accounts a WHERE a.connect_session_id = $1 ORDER BY a.arrived_at, a.name, a.id"
);

const CLAIMED: &str = "SELECT upstream_id, connect_session_id FROM accounts WHERE customer_id = $1";

// A second reading of the same account moves what was read, never the user's
// choice or the visit that brought it.
const READ_ACCOUNT: &str = "INSERT INTO accounts (id, connection_id, customer_id, upstream_id, connect_session_id,
        name, kind, mask, currency, status_code, attempted_at, succeeded_at, authorization_ends_at, choice,
        arrived_at, read_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', $14, $14)
    ON CONFLICT (customer_id, upstream_id) DO UPDATE SET
        connection_id = excluded.connection_id, name = excluded.name, kind = excluded.kind, mask = excluded.mask,
        currency = excluded.currency, status_code = excluded.status_code, attempted_at = excluded.attempted_at,
        succeeded_at = excluded.succeeded_at, authorization_ends_at = excluded.authorization_ends_at,
        missed_at = NULL, gone_at = NULL, read_at = excluded.read_at";

const MOVE: &str =
    "UPDATE accounts SET upstream_id = $2, connection_id = $3, name = $4, status_code = $5, attempted_at = $6,
        succeeded_at = $7, authorization_ends_at = $8, missed_at = $9, gone_at = $10, read_at = $11
    WHERE id = $1";

const LEAVING: &str =
    "SELECT DISTINCT connection_id FROM accounts WHERE choice = 'removing' ORDER BY connection_id";

const LEAVING_SINCE: &str = "SELECT a.connection_id, min(a.chosen_at) FROM accounts a
    JOIN connections c ON c.id = a.connection_id
    WHERE c.user_id = $1 AND a.choice = 'removing' AND a.chosen_at IS NOT NULL GROUP BY a.connection_id";

const FORGET: &str = "UPDATE accounts SET name = '', mask = '' WHERE customer_id = $1";

const CHOOSE: &str =
    "UPDATE accounts SET choice = $2, chosen_at = $3 WHERE id = $1 AND choice <> 'removed'";

impl Read {
    /// All accounts of a user, removed ones too.
    pub async fn accounts(&mut self, user: UserId) -> Result<Vec<Account>, StoreError> {
        all!(self, AccountRow, ACCOUNTS_OF_USER, user)?
            .into_iter()
            .map(Account::try_from)
            .collect()
    }

    /// The accounts of a customer that are not removed.
    pub async fn accounts_of_customer(
        &mut self,
        customer: &CustomerId,
    ) -> Result<Vec<Account>, StoreError> {
        all!(self, AccountRow, ACCOUNTS_OF_CUSTOMER, customer.as_str())?
            .into_iter()
            .map(Account::try_from)
            .collect()
    }

    /// The accounts of a connection, removed ones too.
    pub async fn accounts_of_connection(
        &mut self,
        id: ConnectionId,
    ) -> Result<Vec<Account>, StoreError> {
        all!(self, AccountRow, ACCOUNTS_OF_CONNECTION, id)?
            .into_iter()
            .map(Account::try_from)
            .collect()
    }

    /// The accounts that a visit brought.
    pub async fn accounts_of_session(
        &mut self,
        id: ConnectSessionId,
    ) -> Result<Vec<Account>, StoreError> {
        all!(self, AccountRow, ACCOUNTS_OF_SESSION, id)?
            .into_iter()
            .map(Account::try_from)
            .collect()
    }

    /// Connections with accounts whose deletion at Mastercard is not confirmed.
    pub(crate) async fn connections_leaving(&mut self) -> Result<Vec<ConnectionId>, StoreError> {
        let rows = all!(self, (ConnectionId,), LEAVING)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Since when a user's accounts wait for their deletion, by connection.
    pub(crate) async fn leaving_since(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(ConnectionId, DateTime<Utc>)>, StoreError> {
        Ok(all!(
            self,
            (ConnectionId, DateTime<Utc>),
            LEAVING_SINCE,
            user
        )?)
    }

    /// Which visit brought which of the customer's accounts.
    pub async fn claimed_accounts(
        &mut self,
        customer: &CustomerId,
    ) -> Result<Vec<(UpstreamId, ConnectSessionId)>, StoreError> {
        let rows = all!(self, (String, ConnectSessionId), CLAIMED, customer.as_str())?;
        let bad = |id: String| {
            id.parse()
                .map_err(StoreError::bad("accounts", "upstream_id"))
        };
        rows.into_iter()
            .map(|(id, session)| Ok((bad(id)?, session)))
            .collect()
    }
}

const BROUGHT_BY: &str = "UPDATE accounts SET connect_session_id = $2 WHERE id = $1";

const RENAME: &str = "UPDATE accounts SET upstream_id = $2 WHERE id = $1";

impl Write {
    /// Notes that Mastercard calls an account otherwise now.
    pub(crate) async fn rename_account(
        &mut self,
        account: AccountId,
        upstream: &UpstreamId,
    ) -> Result<(), StoreError> {
        run!(self, RENAME, account, upstream.as_str())?;
        Ok(())
    }

    /// Notes that an account came back with another visit.
    pub async fn brought_by(
        &mut self,
        account: AccountId,
        visit: ConnectSessionId,
    ) -> Result<(), StoreError> {
        run!(self, BROUGHT_BY, account, visit)?;
        Ok(())
    }

    /// Stores what was read of an account.
    pub async fn account_read(
        &mut self,
        account: &Account,
        customer: &CustomerId,
    ) -> Result<(), StoreError> {
        run!(
            self,
            READ_ACCOUNT,
            account.id,
            account.connection,
            customer.as_str(),
            account.upstream.as_str(),
            account.connect_session,
            account.name.as_str(),
            account.kind.as_str(),
            account.mask.as_str(),
            account.currency.as_str(),
            account.status_code.map(AggregationStatusCode::get),
            account.attempted,
            account.succeeded,
            account.authorization_ends,
            account.arrived,
        )?;
        Ok(())
    }

    /// Stores what a reading at `now` changed of an account that is known.
    pub async fn move_account(
        &mut self,
        account: &Account,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(
            self,
            MOVE,
            account.id,
            account.upstream.as_str(),
            account.connection,
            account.name.as_str(),
            account.status_code.map(AggregationStatusCode::get),
            account.attempted,
            account.succeeded,
            account.authorization_ends,
            account.missed,
            account.gone,
            now,
        )?;
        Ok(())
    }

    /// Forgets what names somebody in the accounts of a customer that is deleted.
    pub(crate) async fn forget_accounts(
        &mut self,
        customer: &CustomerId,
    ) -> Result<(), StoreError> {
        run!(self, FORGET, customer.as_str())?;
        Ok(())
    }

    /// Notes a choice; a removed account stays removed.
    pub async fn choose(
        &mut self,
        account: AccountId,
        choice: Choice,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CHOOSE, account, choice.name(), now)?;
        Ok(())
    }
}
