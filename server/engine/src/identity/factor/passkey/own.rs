//! What their owner does with passkeys.

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    audit::{Act, Actor},
    identity::{Client, FactorError, Identity, SignedIn},
    ids::PasskeyId,
};

const LONGEST: usize = 60;

/// What its owner calls a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyName(String);

/// The text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// There is nothing in it.
    #[error("nothing is in it")]
    Empty,
    /// More than 60 characters.
    #[error("it is longer than {LONGEST} characters")]
    TooLong,
}

impl PasskeyName {
    /// Reads what somebody typed: spaces around it and control characters do not
    /// count.
    pub fn parse(typed: &str) -> Result<Self, NotAName> {
        let seen: String = typed.nfc().filter(|letter| !letter.is_control()).collect();
        match seen.trim() {
            "" => Err(NotAName::Empty),
            name if name.chars().count() > LONGEST => Err(NotAName::TooLong),
            name => Ok(Self(name.to_owned())),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Identity {
    /// Gives a passkey of this person another name; `false`: they have no such
    /// one. The name may say who its owner is, so the audit does not hold it.
    pub async fn rename_passkey(
        &self,
        who: &SignedIn,
        id: PasskeyId,
        name: &PasskeyName,
        client: &Client,
    ) -> Result<bool, FactorError> {
        let mut unit = self.store.write().await?;
        if !unit.rename_passkey(who.user(), id, name.as_str()).await? {
            return Ok(false);
        }
        let actor = Actor::person(who, client);
        self.audit
            .record(&mut unit, &actor, &Act::PasskeyRenamed)
            .await?;
        unit.save().await?;
        Ok(true)
    }
}
