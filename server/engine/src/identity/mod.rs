//! People: signing up and in, passwords, sessions, and the proofs that the rest
//! of the engine asks for.
//!
//! [`SignedIn`], [`Viewer`], [`Support`] and [`Admin`] are the proofs. Only the
//! check of a stored session makes a [`SignedIn`], and only a [`SignedIn`] with
//! the role makes one of the others; a function that takes one cannot be called
//! without.
//!
//! No answer tells whether an address has a user: neither by its words nor by
//! the time it takes. The letter tells, and only the mailbox's owner reads it.
//! Everything here runs on the real clock.

mod admin;
pub mod attempts;
mod clean;
mod email;
mod erase;
pub mod factor;
mod hasher;
mod invitations;
mod letters;
mod lifetimes;
mod mark;
mod password;
mod people;
#[cfg(test)]
mod people_tests;
mod preferences;
mod reset;
mod sessions;
mod sign_in;
mod sign_up;
mod staff;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod token;
mod user;

pub use admin::{Access, DemoUser, NewUserError};
pub use attempts::{Limit, Limits, Locked};
pub use clean::CleanUp;
pub use email::{Email, NotAnEmail};
pub use factor::{
    Entered, FactorChange, FactorError, FactorKey, FactorKind, FactorOwed, FactorState, HALF, Half,
    HalfMark, NotAName, OtherKey, PasskeyName, RelyingParty, SecondFactor, SetUp, SetUpOwed,
    Showing, Shown, TotpSecret, Ways,
};
pub use hasher::{HashCost, HashError, Hasher, PasswordHash, Verdict};
pub use invitations::{InviteError, OpenInvitation};
pub use letters::{Letters, Recipient, SendLetter, What};
pub use lifetimes::{LifetimeTooShort, SessionLifetimes};
use mark::Reason;
pub use mark::{Client, SignInMark};
pub use password::{BadPassword, LONGEST_BYTES, Password, SHORTEST};
pub use people::{ListedPerson, PeopleFilter, PersonError, PersonFacts};
pub use reset::{ChangeError, TokenError};
pub use sessions::{Created, LoadedSession, SIGN_IN, SessionData, SessionKey, Sessions, SignedIn};
pub use sign_in::SignInError;
pub use sign_up::{Next, SignUp, SignUpError};
pub use staff::{Admin, Support, Viewer};
pub use token::{OneTimeToken, Purpose};
pub use user::{Language, NotALanguage, NotARole, Role, User};

pub use crate::store::{passkeys::ListedPasskey, sign_ins::ListedSignIn};

use std::sync::Arc;

use crate::{audit::Audit, jobs::Jobs, random::Random, store::Store, time::Clock};

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignUpMode {
    /// Everybody.
    Open,
    /// Who was invited.
    Invitation,
    /// Nobody.
    Off,
}

/// How people sign up and in here.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Who may sign up.
    pub sign_up: SignUpMode,
    /// Whether a new address must be proven by a letter. Without it an address
    /// counts as proven: for installations that cannot send letters.
    pub confirm_email: ConfirmEmail,
    /// How long a sign-in lasts.
    pub lifetimes: SessionLifetimes,
    /// How often one may try.
    pub limits: Limits,
    /// Of whom a second factor is asked.
    pub second_factor: SecondFactor,
}

/// Whether an address must be proven by a letter before the first sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmEmail {
    /// It must.
    Required,
    /// It counts as proven.
    Waived,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sign_up: SignUpMode::Open,
            confirm_email: ConfirmEmail::Required,
            lifetimes: SessionLifetimes::default(),
            limits: Limits::default(),
            second_factor: SecondFactor::Optional,
        }
    }
}

/// The use cases of signing up and in.
#[derive(Clone)]
pub struct Identity {
    store: Store,
    hasher: Hasher,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    jobs: Jobs,
    sessions: Sessions,
    audit: Audit,
    factor_key: FactorKey,
    relying_party: Option<RelyingParty>,
    settings: Settings,
}

impl Identity {
    /// `clock` is the real one. Without a relying party nobody has passkeys.
    pub fn new(
        store: Store,
        hasher: Hasher,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        factor_key: FactorKey,
        relying_party: Option<RelyingParty>,
        settings: Settings,
    ) -> Self {
        let audit = Audit::new(store.clone(), Arc::clone(&clock), Arc::clone(&random));
        let jobs = Jobs::new(Arc::clone(&clock), Arc::clone(&random));
        let sessions = Sessions::new(
            store.clone(),
            Arc::clone(&clock),
            Arc::clone(&random),
            audit.clone(),
            &settings,
        );
        Self {
            store,
            hasher,
            clock,
            random,
            jobs,
            sessions,
            audit,
            factor_key,
            relying_party,
            settings,
        }
    }

    /// The clock that dates what befalls connections, where it is another than
    /// the real one: that somebody comes is a fact of theirs.
    #[must_use]
    pub fn dating_by(self, domain: Arc<dyn Clock>) -> Self {
        let sessions = self.sessions.dating_by(domain);
        Self { sessions, ..self }
    }

    /// The sessions of browsers.
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// What staff did.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// How people sign up and in here.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
