//! How a person wants to be told.

use chrono::{DateTime, NaiveTime, Utc};

use super::{Notices, PhoneStanding};
use crate::{identity::SignedIn, store::StoreError};

/// What a person chose. Our own pages cannot be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Letters.
    pub email: bool,
    /// Text messages, once a phone is proven.
    pub sms: bool,
    /// How many letters that makes.
    pub digest: Digest,
    /// When nothing is sent, in the person's own time.
    pub quiet: Option<Quiet>,
}

/// How letters are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// What comes within a short while goes out together.
    Soon,
    /// One letter a day.
    Daily,
}

impl Digest {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Daily => "daily",
        }
    }

    pub(crate) fn read(name: &str) -> Option<Self> {
        [Self::Soon, Self::Daily]
            .into_iter()
            .find(|digest| digest.name() == name)
    }
}

/// A stretch of the day; it may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: NaiveTime,
    until: NaiveTime,
}

impl Quiet {
    /// `None` when both are the same: that would be always, or never.
    pub fn new(from: NaiveTime, until: NaiveTime) -> Option<Self> {
        (from != until).then_some(Self { from, until })
    }

    /// When it begins.
    pub fn from(self) -> NaiveTime {
        self.from
    }

    /// When it ends.
    pub fn until(self) -> NaiveTime {
        self.until
    }
}

/// How a person can be reached, and wants to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// What they chose, or the operator's defaults.
    pub preferences: Preferences,
    /// Since when their mail server refuses our letters.
    pub email_refused: Option<DateTime<Utc>>,
    /// Their phone; `None` where this installation sends no text messages.
    pub phone: Option<PhoneStanding>,
}

impl Notices {
    /// How a person can be reached, and wants to be.
    pub async fn preferences(&self, person: &SignedIn) -> Result<Ways, StoreError> {
        let user = person.user();
        let mut unit = self.store.read().await?;
        let chosen = unit.notify_preferences(user).await?;
        Ok(Ways {
            preferences: chosen.unwrap_or(self.settings.preferences),
            email_refused: unit.refused_since(person.email()).await?,
            phone: if self.settings.sms {
                Some(unit.phone(user).await?)
            } else {
                None
            },
        })
    }

    /// Stores what a person chose, and looks at once what follows from it.
    pub async fn set_preferences(
        &self,
        person: &SignedIn,
        chosen: Preferences,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.set_notify_preferences(person.user(), chosen).await?;
        self.look_at(&mut unit, person.user()).await?;
        unit.save().await
    }

    /// Writes to the person's address again, after its mail server refused.
    pub async fn try_email_again(&self, person: &SignedIn) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.accept_address(person.email()).await?;
        self.look_at(&mut unit, person.user()).await?;
        unit.save().await
    }
}
