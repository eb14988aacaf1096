//! Connections: institution logins of customers.

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, InstitutionId, InstitutionLoginId};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
};
use crate::ids::{ConnectionId, UserId};

/// One institution login of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Our id of it.
    pub id: ConnectionId,
    /// Whose it is.
    pub user: UserId,
    /// The user's customer.
    pub customer: CustomerId,
    /// The login at Mastercard: what a repair wants.
    pub login: InstitutionLoginId,
    /// Where it is.
    pub institution: InstitutionId,
    /// Its name when the connection was made.
    pub institution_name: String,
    /// When its first account arrived.
    pub connected: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct ConnectionRow {
    id: ConnectionId,
    user_id: UserId,
    customer_id: String,
    institution_login_id: String,
    institution_id: i64,
    institution_name: String,
    connected_at: DateTime<Utc>,
}

impl TryFrom<ConnectionRow> for Connection {
    type Error = StoreError;

    fn try_from(row: ConnectionRow) -> Result<Self, StoreError> {
        let bad_login = StoreError::bad("connections", "institution_login_id");
        Ok(Self {
            id: row.id,
            user: row.user_id,
            customer: row
                .customer_id
                .parse()
                .map_err(StoreError::bad("connections", "customer_id"))?,
            login: row.institution_login_id.parse().map_err(bad_login)?,
            institution: InstitutionId::new(row.institution_id),
            institution_name: row.institution_name,
            connected: row.connected_at,
        })
    }
}

macro_rules! connection_columns {
    () => {
        "id, user_id, customer_id, institution_login_id, institution_id, institution_name, connected_at"
    };
}

const OF_USER: &str = concat!(
    "SELECT ",
    connection_columns!(),
    " FROM connections WHERE user_id = $1 ORDER BY connected_at, id"
);

const CONNECTION: &str = concat!(
    "SELECT ",
    connection_columns!(),
    " FROM connections WHERE id = $1"
);

const CONNECT: &str = concat!(
    "INSERT INTO connections (id, user_id, customer_id, institution_login_id, institution_id, institution_name,
        connected_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (customer_id, institution_login_id) DO UPDATE SET institution_id = excluded.institution_id
     RETURNING ",
    connection_columns!()
);

const WHERE_CONNECTED: &str = "SELECT DISTINCT c.institution_id FROM connections c
    JOIN accounts a ON a.connection_id = c.id AND a.choice <> 'removed'
    WHERE c.user_id = $1";

const OF_CUSTOMER: &str = concat!(
    "SELECT ",
    connection_columns!(),
    " FROM connections WHERE customer_id = $1 ORDER BY id"
);

const MOVE: &str =
    "UPDATE connections SET institution_login_id = $2, institution_id = $3 WHERE id = $1";

const FORGET: [&str; 24] = [
    "DELETE FROM campaign_targets",
    "DELETE FROM campaign_codes",
    "DELETE FROM campaign_institutions",
    "DELETE FROM campaigns",
    "DELETE FROM delivered_notices",
    "DELETE FROM deliveries",
    "DELETE FROM notices",
    "DELETE FROM snoozes",
    "DELETE FROM mastercard_case_connections",
    "DELETE FROM mastercard_cases",
    "DELETE FROM outage_connections",
    "DELETE FROM outages",
    "DELETE FROM connection_marks",
    "DELETE FROM connection_history",
    "DELETE FROM sweeps",
    "DELETE FROM accounts",
    "DELETE FROM receipts",
    "DELETE FROM connect_sessions",
    "DELETE FROM breaks",
    "DELETE FROM connections",
    "DELETE FROM customers",
    "DELETE FROM events",
    "DELETE FROM event_hours",
    "DELETE FROM jobs",
];

impl Read {
    /// A user's connections, the oldest first.
    pub async fn connections(&mut self, user: UserId) -> Result<Vec<Connection>, StoreError> {
        all!(self, ConnectionRow, OF_USER, user)?
            .into_iter()
            .map(Connection::try_from)
            .collect()
    }

    /// The institutions where a user has an account.
    pub async fn where_connected(
        &mut self,
        user: UserId,
    ) -> Result<Vec<InstitutionId>, StoreError> {
        let rows = all!(self, (i64,), WHERE_CONNECTED, user)?;
        Ok(rows
            .into_iter()
            .map(|(id,)| InstitutionId::new(id))
            .collect())
    }

    /// A customer's connections.
    pub async fn connections_of_customer(
        &mut self,
        customer: &CustomerId,
    ) -> Result<Vec<Connection>, StoreError> {
        all!(self, ConnectionRow, OF_CUSTOMER, customer.as_str())?
            .into_iter()
            .map(Connection::try_from)
            .collect()
    }

    /// One connection, whoever's it is: for jobs.
    pub async fn connection(&mut self, id: ConnectionId) -> Result<Option<Connection>, StoreError> {
        maybe!(self, ConnectionRow, CONNECTION, id)?
            .map(Connection::try_from)
            .transpose()
    }
}

impl Write {
    /// Stores a connection, or finds the one of this login.
    pub async fn connect(&mut self, new: &Connection) -> Result<Connection, StoreError> {
        one!(
            self,
            ConnectionRow,
            CONNECT,
            new.id,
            new.user,
            new.customer.as_str(),
            new.login.as_str(),
            new.institution.get(),
            new.institution_name.as_str(),
            new.connected,
        )?
        .try_into()
    }

    /// Notes that a connection has moved to another login, perhaps at the
    /// institution's successor.
    pub async fn move_connection(
        &mut self,
        id: ConnectionId,
        login: &InstitutionLoginId,
        institution: InstitutionId,
    ) -> Result<(), StoreError> {
        run!(self, MOVE, id, login.as_str(), institution.get())?;
        Ok(())
    }

    /// Forgets every connection, visit and customer. For the sandbox, which
    /// starts empty: what an earlier one knew must not be taken for its own.
    pub async fn forget_connections(&mut self) -> Result<(), StoreError> {
        self.forget_figures().await?;
        for table in FORGET {
            run!(self, table)?;
        }
        Ok(())
    }
}
