//! The rows of people with a sign-in.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{
    Read, StoreError, Write,
    sql::{maybe, run},
};
use crate::{
    identity::{Email, Language, PasswordHash, User},
    ids::UserId,
};

/// A user with what only the sign-in may see.
#[derive(Debug, Clone)]
pub(crate) struct StoredUser {
    pub(crate) user: User,
    pub(crate) password: PasswordHash,
    pub(crate) signed_out_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: UserId,
    email: String,
    password_hash: String,
    role: String,
    language: String,
    zone: Option<String>,
    email_confirmed_at: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
    signed_out_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl TryFrom<Row> for StoredUser {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let user = User {
            id: row.id,
            email: Email::parse(&row.email).map_err(StoreError::bad("users", "email"))?,
            role: row.role.parse().map_err(StoreError::bad("users", "role"))?,
            language: Language::parse(&row.language)
                .map_err(StoreError::bad("users", "language"))?,
            // A zone that the world gave up must shut nobody out.
            zone: row.zone.and_then(|name| name.parse().ok()),
            email_confirmed_at: row.email_confirmed_at,
            disabled_at: row.disabled_at,
            created_at: row.created_at,
        };
        let password = PasswordHash::stored(row.password_hash);
        Ok(Self {
            user,
            password,
            signed_out_at: row.signed_out_at,
        })
    }
}

const BY_ID: &str = "
    SELECT id, email, password_hash, role, language, zone, email_confirmed_at, disabled_at, signed_out_at, created_at
    FROM users WHERE id = $1 AND erased_at IS NULL";
const BY_EMAIL: &str = "
    SELECT id, email, password_hash, role, language, zone, email_confirmed_at, disabled_at, signed_out_at, created_at
    FROM users WHERE email_key = $1 AND erased_at IS NULL";
const ADD: &str = "
    INSERT INTO users (id, email, email_key, password_hash, role, language, email_confirmed_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email_key) DO NOTHING";
const SET_PASSWORD: &str = "UPDATE users SET password_hash = $2 WHERE id = $1";
const REPLACE_HASH: &str =
    "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2";
const CONFIRM: &str = "
    UPDATE users SET email_confirmed_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL";
const PREFER: &str = "UPDATE users SET language = $2, zone = $3 WHERE id = $1";
const SIGN_OUT: &str = "UPDATE users SET signed_out_at = $2 WHERE id = $1";
const DISABLE: &str = "UPDATE users SET disabled_at = $2 WHERE id = $1";

// What names a user, or lets them in; `sign_ins` are ended before.
const FORGET: [&str; 8] = [
    "DELETE FROM one_time_tokens WHERE user_id = $1",
    "DELETE FROM factors WHERE user_id = $1",
    "DELETE FROM recovery_codes WHERE user_id = $1",
    "DELETE FROM passkeys WHERE user_id = $1",
    "DELETE FROM phones WHERE user_id = $1",
    "DELETE FROM notify_preferences WHERE user_id = $1",
    "DELETE FROM snoozes WHERE user_id = $1",
    "DELETE FROM invitations WHERE invited_by = $1",
];
const FORGET_ADDRESS: [&str; 2] = [
    "DELETE FROM refused_addresses WHERE email_key = $1",
    "DELETE FROM invitations WHERE email_key = $1",
];
// Nobody signs up by such a key: an address has no space.
const ERASE: &str = "
    UPDATE users SET email = '', email_key = $2, password_hash = '', role = 'user', zone = NULL,
        email_confirmed_at = NULL, disabled_at = $3, erased_at = $3
    WHERE id = $1";

impl Read {
    /// The user `id`.
    pub async fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(self.stored_user(id).await?.map(|stored| stored.user))
    }

    pub(crate) async fn stored_user(
        &mut self,
        id: UserId,
    ) -> Result<Option<StoredUser>, StoreError> {
        maybe!(self, Row, BY_ID, id)?
            .map(TryInto::try_into)
            .transpose()
    }

    pub(crate) async fn stored_user_by_email(
        &mut self,
        email: &Email,
    ) -> Result<Option<StoredUser>, StoreError> {
        maybe!(self, Row, BY_EMAIL, email.key())?
            .map(TryInto::try_into)
            .transpose()
    }
}

impl Write {
    /// `false`: the address has a user already.
    pub(crate) async fn add_user(
        &mut self,
        user: &User,
        password: &PasswordHash,
    ) -> Result<bool, StoreError> {
        let added = run!(
            self,
            ADD,
            user.id,
            user.email.as_str(),
            user.email.key(),
            password.as_str(),
            user.role.as_str(),
            user.language.as_str(),
            user.email_confirmed_at,
            user.created_at
        )?;
        Ok(added == 1)
    }

    pub(crate) async fn set_password(
        &mut self,
        user: UserId,
        password: &PasswordHash,
    ) -> Result<(), StoreError> {
        run!(self, SET_PASSWORD, user, password.as_str())?;
        Ok(())
    }

    /// The same password, hashed anew: nothing happens if it was changed
    /// meanwhile.
    pub(crate) async fn replace_hash(
        &mut self,
        user: UserId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<(), StoreError> {
        run!(self, REPLACE_HASH, user, old.as_str(), new.as_str())?;
        Ok(())
    }

    pub(crate) async fn confirm_user(
        &mut self,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CONFIRM, user, now)?;
        Ok(())
    }

    pub(crate) async fn set_preferences(
        &mut self,
        user: UserId,
        language: &Language,
        zone: Option<Tz>,
    ) -> Result<(), StoreError> {
        run!(self, PREFER, user, language.as_str(), zone.map(Tz::name))?;
        Ok(())
    }

    pub(crate) async fn set_signed_out(
        &mut self,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, SIGN_OUT, user, now)?;
        Ok(())
    }

    pub(crate) async fn set_disabled(
        &mut self,
        user: UserId,
        at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        run!(self, DISABLE, user, at)?;
        Ok(())
    }

    /// Erases what names a user. From here on there is no such user; the row, with
    /// nothing in it, stays for what refers to it.
    pub(crate) async fn erase_user(
        &mut self,
        user: &User,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for sql in FORGET {
            run!(self, sql, user.id)?;
        }
        for sql in FORGET_ADDRESS {
            run!(self, sql, user.email.key())?;
        }
        run!(self, ERASE, user.id, format!("erased {}", user.id), now)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_the_world_gave_up_shuts_nobody_out() {
        let row = Row {
            id: UserId(uuid::Uuid::nil()),
            email: "ada@example.com".to_owned(),
            password_hash: String::new(),
            role: "user".to_owned(),
            language: "es".to_owned(),
            zone: Some("Atlantic/Atlantis".to_owned()),
            email_confirmed_at: None,
            disabled_at: None,
            signed_out_at: None,
            created_at: DateTime::UNIX_EPOCH,
        };
        assert_eq!(StoredUser::try_from(row).unwrap().user.zone, None);
    }
}
