//! Phones, and addresses and numbers that nothing is sent to.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    identity::Email,
    ids::UserId,
    notify::{Phone, PhoneStanding},
};

/// The code that was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentCode {
    /// Where to.
    pub number: Phone,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// Until when it is good.
    pub until: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: Option<String>,
    stopped: bool,
    asked_number: Option<String>,
}

fn phone(text: &str) -> Result<Phone, StoreError> {
    Phone::parse(text).map_err(StoreError::bad("phones", "number"))
}

const OF_USER: &str = "
    SELECT p.number, s.number IS NOT NULL AS stopped, p.asked_number
    FROM phones p LEFT JOIN stopped_numbers s ON s.number = p.number WHERE p.user_id = $1";

const STOPPED: &str = "SELECT number FROM stopped_numbers WHERE number = $1";

const BY_NUMBER: &str = "SELECT user_id FROM phones WHERE number = $1";

const ASK: &str = "
    INSERT INTO phones (user_id, asked_number) VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE SET asked_number = excluded.asked_number, code_hash = NULL, code_until = NULL";

const CODE: &str = "
    SELECT asked_number, code_hash, code_until FROM phones
    WHERE user_id = $1 AND asked_number IS NOT NULL AND code_hash IS NOT NULL AND code_until IS NOT NULL";

const SET_CODE: &str =
    "UPDATE phones SET code_hash = $3, code_until = $4 WHERE user_id = $1 AND asked_number = $2";

const CONFIRM: &str = "
    UPDATE phones SET number = asked_number, confirmed_at = $2, asked_number = NULL, code_hash = NULL,
        code_until = NULL
    WHERE user_id = $1 AND asked_number IS NOT NULL";

const FORGET: &str = "DELETE FROM phones WHERE user_id = $1";

const STOP: &str = "
    INSERT INTO stopped_numbers (number, stopped_at) VALUES ($1, $2) ON CONFLICT (number) DO NOTHING";

const START: &str = "DELETE FROM stopped_numbers WHERE number = $1";

const REFUSED: &str = "SELECT refused_at FROM refused_addresses WHERE email_key = $1";

const REFUSE: &str = "
    INSERT INTO refused_addresses (email_key, refused_at) VALUES ($1, $2) ON CONFLICT (email_key) DO NOTHING";

const ACCEPT: &str = "DELETE FROM refused_addresses WHERE email_key = $1";

impl Read {
    /// What is known of a user's phone.
    pub async fn phone(&mut self, user: UserId) -> Result<PhoneStanding, StoreError> {
        let Some(row) = maybe!(self, Row, OF_USER, user)? else {
            return Ok(PhoneStanding::default());
        };
        Ok(PhoneStanding {
            number: row.number.as_deref().map(phone).transpose()?,
            stopped: row.stopped,
            asked: row.asked_number.as_deref().map(phone).transpose()?,
        })
    }

    /// Whether the owner of a number sent STOP.
    pub async fn is_stopped(&mut self, number: &Phone) -> Result<bool, StoreError> {
        Ok(maybe!(self, (String,), STOPPED, number.as_str())?.is_some())
    }

    /// Whose proven number this is.
    pub async fn users_by_phone(&mut self, number: &Phone) -> Result<Vec<UserId>, StoreError> {
        let rows = all!(self, (UserId,), BY_NUMBER, number.as_str())?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }

    /// The code that was sent to a user last.
    pub async fn sent_code(&mut self, user: UserId) -> Result<Option<SentCode>, StoreError> {
        let row = maybe!(self, (String, Vec<u8>, DateTime<Utc>), CODE, user)?;
        row.map(|(number, hash, until)| {
            let number = phone(&number)?;
            Ok(SentCode {
                number,
                hash,
                until,
            })
        })
        .transpose()
    }

    /// Since when an address is refused.
    pub async fn refused_since(
        &mut self,
        email: &Email,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row = maybe!(self, (DateTime<Utc>,), REFUSED, email.key())?;
        Ok(row.map(|(at,)| at))
    }
}

impl Write {
    /// Notes the number that a user wants to prove.
    pub async fn ask_phone(&mut self, user: UserId, number: &Phone) -> Result<(), StoreError> {
        run!(self, ASK, user, number.as_str())?;
        Ok(())
    }

    /// Notes the code that is sent; `false` when another number was asked since.
    pub async fn set_code(&mut self, user: UserId, code: &SentCode) -> Result<bool, StoreError> {
        let hash = code.hash.as_slice();
        let set = run!(self, SET_CODE, user, code.number.as_str(), hash, code.until)?;
        Ok(set == 1)
    }

    /// Takes the asked number into use.
    pub async fn confirm_phone(
        &mut self,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CONFIRM, user, at)?;
        Ok(())
    }

    /// Forgets a user's numbers.
    pub async fn forget_phone(&mut self, user: UserId) -> Result<(), StoreError> {
        run!(self, FORGET, user)?;
        Ok(())
    }

    /// Notes that the owner of a number sent STOP.
    pub async fn stop_number(
        &mut self,
        number: &Phone,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, STOP, number.as_str(), at)?;
        Ok(())
    }

    /// Notes that the owner of a number sent START.
    pub async fn start_number(&mut self, number: &Phone) -> Result<(), StoreError> {
        run!(self, START, number.as_str())?;
        Ok(())
    }

    /// Notes that an address was refused for good.
    pub async fn refuse_address(
        &mut self,
        email: &Email,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, REFUSE, email.key(), at)?;
        self.bounce_targets(email, at).await
    }

    /// Notes that an address is to be written to again.
    pub async fn accept_address(&mut self, email: &Email) -> Result<(), StoreError> {
        run!(self, ACCEPT, email.key())?;
        Ok(())
    }
}
