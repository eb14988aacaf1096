//! People as admins list them.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, one, run},
};
use crate::{
    identity::{PeopleFilter, Role},
    ids::UserId,
};

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// Who.
    pub id: UserId,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Since when the address is proven theirs.
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// Since when they may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When they signed up.
    pub created_at: DateTime<Utc>,
    /// Whether they have a second factor.
    pub has_factor: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: UserId,
    email: String,
    role: String,
    email_confirmed_at: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    factors: i64,
}

impl TryFrom<Row> for ListedPerson {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            email: row.email,
            role: row.role.parse().map_err(StoreError::bad("users", "role"))?,
            email_confirmed_at: row.email_confirmed_at,
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            has_factor: row.factors > 0,
        })
    }
}

macro_rules! people {
    ($rest:literal) => {
        concat!(
            "SELECT id, email, role, email_confirmed_at, disabled_at, created_at,
                (SELECT count(*) FROM factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL)
                    + (SELECT count(*) FROM passkeys p WHERE p.user_id = users.id) AS factors
            FROM users WHERE erased_at IS NULL AND email_key >= $1 AND email_key <> $2 AND email_key < $3 ",
            $rest,
            " ORDER BY email_key LIMIT $4"
        )
    };
}

const LIST: &str = people!("");
const LIST_ROLE: &str = people!("AND role = $5");
const SET_ROLE: &str = "UPDATE users SET role = $2 WHERE id = $1";
const ADMINS: &str = "
    SELECT count(*) FROM users
    WHERE role = 'admin' AND disabled_at IS NULL AND email_confirmed_at IS NOT NULL";

/// After every address.
const LAST: char = char::MAX;

impl Read {
    /// People by address, those after the key `after`.
    pub(crate) async fn list_people(
        &mut self,
        filter: &PeopleFilter,
        after: &str,
        limit: u32,
    ) -> Result<Vec<ListedPerson>, StoreError> {
        let (beginning, limit) = (filter.beginning(), i64::from(limit));
        let until = format!("{beginning}{LAST}");
        // One bound: of two SQLite may take the one that leaves everybody.
        let from = after.max(beginning);
        let rows = match filter.role() {
            None => all!(self, Row, LIST, from, after, &until, limit)?,
            Some(role) => {
                let role = role.as_str();
                all!(self, Row, LIST_ROLE, from, after, &until, limit, role)?
            }
        };
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// How many admins can sign in.
    pub(crate) async fn admins(&mut self) -> Result<i64, StoreError> {
        let (count,) = one!(self, (i64,), ADMINS)?;
        Ok(count)
    }
}

impl Write {
    pub(crate) async fn set_role(&mut self, user: UserId, role: Role) -> Result<(), StoreError> {
        run!(self, SET_ROLE, user, role.as_str())?;
        Ok(())
    }
}
