//! Mastercard's records of our users.

use chrono::{DateTime, Utc};
use relink_mastercard::{
    CustomerId,
    model::{CustomerKind, Username},
};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{connections::Customer, ids::UserId};

/// What is known of a user's customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomerRow {
    /// The username is chosen; whether Mastercard knows it is open.
    Begun(Username),
    /// Mastercard's id.
    Made(CustomerId),
}

#[derive(sqlx::FromRow)]
struct Row {
    username: String,
    customer_id: Option<String>,
}

impl TryFrom<Row> for CustomerRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(match row.customer_id {
            Some(id) => Self::Made(
                id.parse()
                    .map_err(StoreError::bad("customers", "customer_id"))?,
            ),
            None => Self::Begun(
                Username::parse(row.username).map_err(StoreError::bad("customers", "username"))?,
            ),
        })
    }
}

const OF_USER: &str = "SELECT username, customer_id FROM customers WHERE user_id = $1";

// Nobody begins one for who was erased.
const BEGIN: &str = "INSERT INTO customers (user_id, username, created_at)
    SELECT u.id, $2, $3 FROM users u WHERE u.id = $1 AND u.erased_at IS NULL
    ON CONFLICT (user_id) DO NOTHING";

const BEGUN: &str = "SELECT c.username, c.customer_id FROM customers c
    JOIN users u ON u.id = c.user_id WHERE c.user_id = $1 AND u.erased_at IS NULL";

// Of who was erased meanwhile it stays one that was begun: the deletion looks for it.
const MADE: &str = "UPDATE customers SET customer_id = $2, kind = $3 WHERE user_id = $1
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = $1 AND u.erased_at IS NULL)";

// An older reading than the latest one finds nothing to change.
const READ: &str = "UPDATE customers SET read_at = $2, tried_at = $2, lost_at = NULL
    WHERE customer_id = $1 AND (read_at IS NULL OR read_at <= $2)";

const FAILED: &str = "UPDATE customers SET tried_at = $2 WHERE customer_id = $1";

const LOSE: &str = "UPDATE customers SET tried_at = $2, lost_at = COALESCE(lost_at, $2)
    WHERE customer_id = $1 AND (read_at IS NULL OR read_at <= $2)";

const USER: &str = "SELECT user_id FROM customers WHERE customer_id = $1";

const FORGET: &str = "DELETE FROM customers WHERE user_id = $1";

// Mastercard has not deleted these yet.
const OWED: &str = "SELECT c.user_id FROM users u JOIN customers c ON c.user_id = u.id
    WHERE u.erased_at IS NOT NULL AND (c.customer_id IS NOT NULL OR u.erased_at <= $1)";

const LOST: &str = "SELECT lost_at FROM customers WHERE customer_id = $1";

impl Read {
    /// Whether Mastercard knows this customer, as far as it has said.
    pub async fn customer_standing(
        &mut self,
        customer: &CustomerId,
    ) -> Result<Customer, StoreError> {
        let row = maybe!(self, (Option<DateTime<Utc>>,), LOST, customer.as_str())?;
        let lost = row.and_then(|(lost,)| lost);
        Ok(lost.map_or(Customer::Known, |_| Customer::Lost))
    }

    /// Whose customer this is.
    pub async fn user_of_customer(
        &mut self,
        customer: &CustomerId,
    ) -> Result<Option<UserId>, StoreError> {
        let row = maybe!(self, (UserId,), USER, customer.as_str())?;
        Ok(row.map(|(user,)| user))
    }

    /// Erased users whose customer is not deleted yet; where none may have been made,
    /// only of those who left until `in_flight`.
    pub async fn customers_to_delete(
        &mut self,
        in_flight: DateTime<Utc>,
    ) -> Result<Vec<UserId>, StoreError> {
        let rows = all!(self, (UserId,), OWED, in_flight)?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }

    /// The user's customer, if one was ever begun.
    pub async fn customer(&mut self, user: UserId) -> Result<Option<CustomerRow>, StoreError> {
        maybe!(self, Row, OF_USER, user)?
            .map(CustomerRow::try_from)
            .transpose()
    }
}

impl Write {
    /// Chooses a username unless one is chosen; gives what stands then, and
    /// whether it is this call's choice. `None`: the user was erased.
    pub async fn begin_customer(
        &mut self,
        user: UserId,
        username: &Username,
        now: DateTime<Utc>,
    ) -> Result<Option<(CustomerRow, bool)>, StoreError> {
        let mine = run!(self, BEGIN, user, username.as_str(), now)? == 1;
        let row = maybe!(self, Row, BEGUN, user)?;
        let row = row.map(CustomerRow::try_from).transpose()?;
        Ok(row.map(|row| (row, mine)))
    }

    /// Notes Mastercard's id, and of which kind it says that the customer is. `false`:
    /// the user was erased meanwhile.
    pub async fn customer_made(
        &mut self,
        user: UserId,
        customer: &CustomerId,
        kind: Option<CustomerKind>,
    ) -> Result<bool, StoreError> {
        let kind = kind.map(|kind| match kind {
            CustomerKind::Testing => "testing",
            CustomerKind::Active => "active",
        });
        Ok(run!(self, MADE, user, customer.as_str(), kind)? == 1)
    }

    /// Forgets a customer that Mastercard has deleted.
    pub(crate) async fn forget_customer(&mut self, user: UserId) -> Result<(), StoreError> {
        run!(self, FORGET, user)?;
        Ok(())
    }

    /// Notes a good reading at `at`; `false` when a later one is noted.
    pub async fn customer_read(
        &mut self,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, READ, customer.as_str(), at)? == 1)
    }

    /// Notes an attempt that gave no reading.
    pub async fn customer_failed(
        &mut self,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, FAILED, customer.as_str(), at)?;
        Ok(())
    }

    /// Notes that Mastercard does not know this customer; `false` when a later
    /// reading knows better.
    pub async fn lose_customer(
        &mut self,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, LOSE, customer.as_str(), at)? == 1)
    }
}
