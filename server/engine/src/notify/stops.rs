//! Words from outside that stop messages: the link of a letter, a bounce, STOP.

use chrono::{DateTime, Utc};

use super::{Notices, Phone, Preferences};
use crate::{
    identity::Email,
    store::{StoreError, Write},
};

/// What the owner of a phone sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Send nothing any more.
    Stop,
    /// Send again.
    Start,
    /// Anything else.
    Other,
}

impl Reply {
    /// What carriers and gateways take for a stop or a start, the whole message
    /// being the word.
    pub fn read(body: &str) -> Self {
        let word = body
            .trim()
            .trim_end_matches(['.', '!'])
            .to_ascii_uppercase();
        match word.as_str() {
            "STOP" | "STOPALL" | "STOP ALL" | "UNSUBSCRIBE" | "CANCEL" | "END" | "QUIT"
            | "REVOKE" | "OPTOUT" | "ARRET" | "ALTO" => Self::Stop,
            "START" | "YES" | "UNSTOP" => Self::Start,
            _ => Self::Other,
        }
    }
}

impl Notices {
    /// Whose letters the token of a letter's link stops: their address, most of
    /// it hidden. Changes nothing.
    pub async fn check_unsubscribe(&self, token: &str) -> Result<Option<String>, StoreError> {
        let Some(user) = self.seal.unsubscribes(token) else {
            return Ok(None);
        };
        let user = self.store.read().await?.user(user).await?;
        Ok(user.map(|user| user.email.masked()))
    }

    /// Stops the letters of whoever the token was made for, and answers as
    /// [`Self::check_unsubscribe`] does. Doing it twice is doing it once.
    pub async fn unsubscribe(&self, token: &str) -> Result<Option<String>, StoreError> {
        let Some(user) = self.seal.unsubscribes(token) else {
            return Ok(None);
        };
        let mut unit = self.store.write().await?;
        let Some(user) = unit.user(user).await? else {
            return Ok(None);
        };
        let chosen = unit.notify_preferences(user.id).await?;
        let chosen = Preferences {
            email: false,
            ..chosen.unwrap_or(self.settings.preferences)
        };
        unit.set_notify_preferences(user.id, chosen).await?;
        unit.save().await?;
        Ok(Some(user.email.masked()))
    }

    /// A mail server refused this address for good. Nothing happens where it is
    /// nobody's.
    pub async fn bounced(&self, address: &str) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        self.refuse(&mut unit, address, self.clocks.domain.now())
            .await?;
        unit.save().await
    }

    pub(super) async fn refuse(
        &self,
        unit: &mut Write,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Ok(email) = Email::parse(address) else {
            return Ok(());
        };
        if let Some(stored) = unit.stored_user_by_email(&email).await? {
            unit.refuse_address(&email, now).await?;
            self.look_at(unit, stored.user.id).await?;
        }
        Ok(())
    }

    /// What came by text message from `phone`.
    pub async fn sms_received(&self, phone: &Phone, body: &str) -> Result<Reply, StoreError> {
        let reply = Reply::read(body);
        let mut unit = self.store.write().await?;
        match reply {
            Reply::Stop => unit.stop_number(phone, self.clocks.domain.now()).await?,
            Reply::Start => unit.start_number(phone).await?,
            Reply::Other => return Ok(reply),
        }
        for user in unit.users_by_phone(phone).await? {
            self.look_at(&mut unit, user).await?;
        }
        unit.save().await?;
        Ok(reply)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("STOP", Reply::Stop)]
    #[case(" stop. ", Reply::Stop)]
    #[case("Unsubscribe", Reply::Stop)]
    #[case("Arret", Reply::Stop)]
    #[case("start", Reply::Start)]
    #[case("yes", Reply::Start)]
    #[case("please stop calling my mother", Reply::Other)]
    #[case("", Reply::Other)]
    fn replies(#[case] body: &str, #[case] reply: Reply) {
        assert_eq!(Reply::read(body), reply);
    }
}
