//! Letters as jobs.
//!
//! A queued letter says to whom and what, never a token: the token is made when
//! the letter is written, so that the database holds hashes only.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Email, FactorChange, Language, OneTimeToken, Purpose, User};
use crate::{
    ids::{ConnectSessionId, InvitationId, UserId},
    jobs::{Handle, Job, JobError, Outcome, Run},
    mail::{About, Letter, MailError, Mailer, Place},
    random::Random,
    store::{Store, StoreError, tokens::NewToken},
    time::Clock,
};

/// Whom a letter is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A user, at the address and in the language of the day it is sent.
    User(UserId),
    /// An address somebody typed, with or without a user.
    Address {
        /// Where to.
        email: Email,
        /// What the reader reads, where there is no user to say so.
        language: Language,
    },
}

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// [`About::ConfirmEmail`], unless it is proven meanwhile.
    ConfirmEmail,
    /// [`About::AlreadySignedUp`].
    AlreadySignedUp,
    /// [`About::ResetPassword`], if there is such a user.
    ResetPassword,
    /// [`About::PasswordChanged`].
    PasswordChanged,
    /// [`About::FactorChanged`].
    FactorChanged {
        /// What it was.
        change: FactorChange,
        /// When (real clock).
        at: DateTime<Utc>,
        /// From where, if the reader did it.
        place: Option<Place>,
    },
    /// [`About::Invitation`], while the address has one that is open.
    Invitation,
    /// [`About::Erased`].
    Erased,
    /// [`About::ChoiceWaiting`].
    ChoiceWaiting {
        /// The institution's name.
        institution: String,
        /// The visit.
        connect_session: ConnectSessionId,
    },
}

/// Send a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendLetter {
    /// Whom it is for.
    pub to: Recipient,
    /// What it is about.
    pub what: What,
}

impl Job for SendLetter {
    const KIND: &'static str = "identity.send_letter";
}

/// Writes and sends letters.
pub struct Letters {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    mailer: Arc<dyn Mailer>,
}

impl Letters {
    /// `clock` is the real one.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        mailer: Arc<dyn Mailer>,
    ) -> Self {
        Self {
            store,
            clock,
            random,
            mailer,
        }
    }

    /// The letter as it is now, if there is still a reason to send it.
    async fn write(&self, job: SendLetter) -> Result<Option<Letter>, StoreError> {
        let user = self.user(&job.to).await?;
        let about = match (job.what, &user) {
            (What::ConfirmEmail, Some(user)) if user.email_confirmed_at.is_none() => {
                let token = self.token_of(user, Purpose::ConfirmEmail).await?;
                About::ConfirmEmail { token }
            }
            (What::ResetPassword, Some(user)) if user.disabled_at.is_none() => {
                let token = self.token_of(user, Purpose::ResetPassword).await?;
                About::ResetPassword { token }
            }
            (What::Invitation, _) => return self.invitation(job.to, user).await,
            (What::AlreadySignedUp, Some(_)) => About::AlreadySignedUp,
            (What::PasswordChanged, Some(_)) => About::PasswordChanged,
            // There is no such user any more, or a new one who asked for nothing.
            (What::Erased, _) => return Ok(letter(job.to, None, About::Erased)),
            (What::FactorChanged { change, at, place }, Some(user)) => About::FactorChanged {
                change,
                at,
                zone: user.zone.map(|zone| zone.name().to_owned()),
                place,
            },
            (
                What::ChoiceWaiting {
                    institution,
                    connect_session,
                },
                Some(_),
            ) => About::ChoiceWaiting {
                institution,
                connect_session,
            },
            _ => return Ok(None),
        };
        Ok(letter(job.to, user, about))
    }

    async fn invitation(
        &self,
        to: Recipient,
        user: Option<User>,
    ) -> Result<Option<Letter>, StoreError> {
        let Recipient::Address { email, .. } = &to else {
            return Ok(None);
        };
        let now = self.clock.now();
        let open = self.store.read().await?.invitation_to(email, now).await?;
        let Some(open) = open else {
            return Ok(None);
        };
        let of = (None, Some(open.id));
        let token = self
            .token(Purpose::Invitation, of, (now, open.expires_at))
            .await?;
        let about = About::Invitation {
            token,
            role: open.role,
            by: open.inviter,
            until: open.expires_at,
        };
        Ok(letter(to, user, about))
    }

    async fn token_of(&self, user: &User, purpose: Purpose) -> Result<String, StoreError> {
        let now = self.clock.now();
        let times = (now, now + purpose.lifetime());
        self.token(purpose, (Some(user.id), None), times).await
    }

    async fn user(&self, to: &Recipient) -> Result<Option<User>, StoreError> {
        let mut unit = self.store.read().await?;
        match to {
            Recipient::User(id) => unit.user(*id).await,
            Recipient::Address { email, .. } => Ok(unit
                .stored_user_by_email(email)
                .await?
                .map(|stored| stored.user)),
        }
    }

    async fn token(
        &self,
        purpose: Purpose,
        (user, invitation): (Option<UserId>, Option<InvitationId>),
        (created_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<String, StoreError> {
        let token = OneTimeToken::new(&*self.random);
        let mut unit = self.store.write().await?;
        let row = NewToken {
            hash: &token.hash(),
            purpose,
            user,
            invitation,
            created_at,
            expires_at,
        };
        unit.add_token(row).await?;
        unit.save().await?;
        Ok(token.for_letter())
    }
}

fn letter(to: Recipient, user: Option<User>, about: About) -> Option<Letter> {
    let (email, language) = match (user, to) {
        (Some(user), _) => (user.email, user.language),
        (None, Recipient::Address { email, language }) => (email, language),
        (None, Recipient::User(_)) => return None,
    };
    Some(Letter {
        to: email.into(),
        language: language.into(),
        about,
    })
}

#[async_trait::async_trait]
impl Handle<SendLetter> for Letters {
    /// An attempt that was cut off may have sent its letter: the next one has a
    /// token of its own, and both are good until one is used.
    async fn handle(&self, job: SendLetter, run: Run) -> Outcome {
        let Some(letter) = self.write(job).await? else {
            return Ok(());
        };
        self.mailer
            .send(run.id.0, &letter)
            .await
            .map_err(|error| match error {
                MailError::Later(_) => JobError::retry(error),
                MailError::Refused(_) | MailError::NoSuchAddress(_) => JobError::fail(error),
            })
    }
}
