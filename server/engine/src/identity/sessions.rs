//! Sessions of browsers, and the proofs that come from them.
//!
//! The server's session layer keeps what it likes in a session's data. Under
//! [`SIGN_IN`] it keeps the [`SignInMark`](super::SignInMark) that a sign-in gave it; a session is
//! a user's from its creation or never, so that the id must be rotated at
//! sign-in.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::{
    Client, Email, Language, Reason, Role, SecondFactor, SessionLifetimes, Settings, Shown, User,
    mark::Mark,
};
use crate::{
    audit::{Act, Actor, Audit},
    ids::{SignInId, UserId},
    random::Random,
    store::{
        Store, StoreError, Write,
        sign_ins::{ListedSignIn, NewSignIn},
    },
    time::Clock,
};

/// What a session keeps: any JSON by name.
pub type SessionData = HashMap<String, serde_json::Value>;

/// The name in a session's data of its [`SignInMark`](super::SignInMark).
pub const SIGN_IN: &str = "sign_in";

/// Last-seen is kept to this; each step is a write.
const SEEN_STEP: TimeDelta = TimeDelta::minutes(1);

/// A session's secret id, hashed: all that is stored of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// Of the raw id, which is random enough to need no salt.
    pub fn of(id: &[u8]) -> Self {
        Self(Sha256::digest(id).into())
    }

    pub(crate) fn hash(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

/// A person, proven by the session of their browser.
#[derive(Debug, Clone)]
pub struct SignedIn {
    user: UserId,
    email: Email,
    role: Role,
    language: Language,
    zone: Option<Tz>,
    session: SignInId,
    since: DateTime<Utc>,
    shown: Option<Shown>,
}

impl SignedIn {
    /// Who.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// When they signed in.
    pub fn since(&self) -> DateTime<Utc> {
        self.since
    }

    /// Their address.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// What they may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What they read.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// By which clock they read, if they chose one.
    pub fn zone(&self) -> Option<Tz> {
        self.zone
    }

    /// The second factor that they showed, if they did.
    pub fn shown(&self) -> Option<Shown> {
        self.shown
    }

    /// This session, among those that they may list.
    pub fn session(&self) -> SignInId {
        self.session
    }
}

/// What became of a new session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It is stored until then.
    Until(DateTime<Utc>),
    /// Another session has this id: take another.
    KeyTaken,
}

/// A session that is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSession {
    /// What it keeps.
    pub data: SessionData,
    /// When it ends unless used.
    pub expires_at: DateTime<Utc>,
}

/// The sessions of browsers: what a session layer's store needs, and what
/// people may do with theirs.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Arc<dyn Clock>,
    domain: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    lifetimes: SessionLifetimes,
    audit: Audit,
    second_factor: SecondFactor,
}

/// A session layer's store must be printable.
impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sessions")
            .field("lifetimes", &self.lifetimes)
            .finish_non_exhaustive()
    }
}

impl Sessions {
    pub(super) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        audit: Audit,
        settings: &Settings,
    ) -> Self {
        Self {
            store,
            domain: Arc::clone(&clock),
            clock,
            random,
            lifetimes: settings.lifetimes,
            audit,
            second_factor: settings.second_factor,
        }
    }

    /// The clock that dates what befalls connections, where it is another.
    pub(super) fn dating_by(self, domain: Arc<dyn Clock>) -> Self {
        Self { domain, ..self }
    }

    /// Stores a new session; whose it is, its `SignInMark` says. A mark from
    /// before a sign-out everywhere counts for nothing.
    pub async fn create(
        &self,
        key: &SessionKey,
        data: &SessionData,
    ) -> Result<Created, StoreError> {
        let now = self.clock.now();
        let mark = data
            .get(SIGN_IN)
            .map(|mark| serde_json::from_value::<Mark>(mark.clone()));
        let mut mark = mark
            .transpose()
            .map_err(StoreError::bad("sign_ins", "data"))?;
        let mut unit = self.store.write().await?;
        let mut whose = None;
        if let Some(user) = mark.as_ref().map(|mark| mark.user) {
            let stored = unit.stored_user(user).await?;
            mark = mark.filter(|mark| {
                let signed_out_at = stored.as_ref().map(|user| user.signed_out_at);
                signed_out_at.is_some_and(|at| at.is_none_or(|at| mark.at >= at))
            });
            whose = stored.map(|stored| stored.user);
        }
        let expires_at = self.lifetimes.end(now, now);
        let new = NewSignIn {
            key,
            handle: SignInId(self.random.id(now)),
            user: mark.as_ref().map(|mark| mark.user),
            data,
            user_agent: mark.as_ref().and_then(|mark| mark.user_agent.as_deref()),
            address: mark.as_ref().map(|mark| mark.address.to_string()),
            factor: mark.as_ref().and_then(|mark| mark.shown),
            entered: mark.as_ref().and_then(|mark| mark.since),
            now,
            expires_at,
        };
        let added = unit.add_sign_in(new).await?;
        if let (true, Some(mark), Some(user)) = (added, &mark, &whose) {
            // The customer before the audit, as everywhere.
            unit.came(user.id, self.domain.now()).await?;
            self.note(&mut unit, mark, user).await?;
        }
        unit.save().await?;
        Ok(if added {
            Created::Until(expires_at)
        } else {
            Created::KeyTaken
        })
    }

    /// Puts it down where one of the staff signed in.
    async fn note(&self, unit: &mut Write, mark: &Mark, user: &User) -> Result<(), StoreError> {
        if mark.reason == Reason::Renewed {
            return Ok(());
        }
        let client = Client {
            address: mark.address,
            user_agent: mark.user_agent.clone(),
        };
        let (actor, act) = (Actor::user(user, &client), Act::SignedIn(mark.shown));
        self.audit.record_own(unit, user.role, &actor, &act).await
    }

    /// The session, if it is still good; this counts as use.
    pub async fn load(&self, key: &SessionKey) -> Result<Option<LoadedSession>, StoreError> {
        let now = self.clock.now();
        let Some(row) = self.store.read().await?.sign_in(key, now).await? else {
            return Ok(None);
        };
        let mut expires_at = row.expires_at;
        if now - row.last_seen_at >= SEEN_STEP {
            expires_at = self.lifetimes.end(row.created_at, now);
            let mut unit = self.store.write().await?;
            if let Some(owner) = unit.sign_in_user(key, now).await? {
                unit.came(owner.user_id, self.domain.now()).await?;
            }
            unit.touch_sign_in(key, now, expires_at).await?;
            unit.save().await?;
        }
        Ok(Some(LoadedSession {
            data: row.data.0,
            expires_at,
        }))
    }

    /// Stores what the session keeps now; `false` if it is gone: a revoked
    /// session does not come back with its last request.
    pub async fn save(&self, key: &SessionKey, data: &SessionData) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let saved = unit.save_sign_in(key, data, self.clock.now()).await?;
        unit.save().await?;
        Ok(saved)
    }

    /// Ends the session.
    pub async fn delete(&self, key: &SessionKey) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.delete_sign_in(key).await?;
        unit.save().await
    }

    /// Forgets the sessions that ended by themselves; how many.
    pub async fn delete_expired(&self) -> Result<u64, StoreError> {
        let mut unit = self.store.write().await?;
        let deleted = unit.prune_sign_ins(self.clock.now()).await?;
        unit.save().await?;
        Ok(deleted)
    }

    /// Whose session it is: the one source of [`SignedIn`].
    pub async fn signed_in(&self, key: &SessionKey) -> Result<Option<SignedIn>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(row) = unit.sign_in_user(key, self.clock.now()).await? else {
            return Ok(None);
        };
        let Some(stored) = unit.stored_user(row.user_id).await? else {
            return Ok(None);
        };
        // A session made while its user signed out everywhere may be there
        // still.
        let over = stored.signed_out_at.is_some_and(|at| row.created_at < at);
        let user = stored.user;
        let shown = row.factor.as_deref().and_then(Shown::stored);
        // Who became staff, or was before a factor was asked for, signs in anew.
        let owes = shown.is_none() && self.second_factor.asks(user.role);
        Ok(
            (user.disabled_at.is_none() && !over && !owes).then_some(SignedIn {
                user: user.id,
                email: user.email,
                role: user.role,
                language: user.language,
                zone: user.zone,
                session: row.handle,
                since: row.entered_at.unwrap_or(row.created_at),
                shown,
            }),
        )
    }

    /// Where this person is signed in, the last used first.
    pub async fn list(&self, who: &SignedIn) -> Result<Vec<ListedSignIn>, StoreError> {
        self.store
            .read()
            .await?
            .sign_ins_of(who.user, self.clock.now())
            .await
    }

    /// Ends one of this person's sign-ins; `false` if they have no such one.
    pub async fn revoke(
        &self,
        who: &SignedIn,
        session: SignInId,
        client: &Client,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let revoked = unit.revoke_sign_in(who.user, session).await?;
        if revoked {
            let actor = Actor::person(who, client);
            self.audit
                .record_own(&mut unit, who.role, &actor, &Act::SignInEnded)
                .await?;
        }
        unit.save().await?;
        Ok(revoked)
    }

    /// Ends this sign-in.
    pub async fn sign_out(&self, who: SignedIn) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.revoke_sign_in(who.user, who.session).await?;
        unit.save().await
    }

    /// Ends every sign-in of this person, this one too.
    pub async fn sign_out_everywhere(
        &self,
        who: SignedIn,
        client: &Client,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        let count = end_all(&mut unit, who.user, self.clock.now()).await?;
        let (actor, act) = (
            Actor::person(&who, client),
            Act::SignedOutEverywhere { count },
        );
        self.audit
            .record_own(&mut unit, who.role, &actor, &act)
            .await?;
        unit.save().await
    }
}

/// Ends every sign-in of `user`, also those on their way; how many there were.
pub(super) async fn end_all(
    unit: &mut Write,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    unit.set_signed_out(user, now).await?;
    unit.revoke_sign_ins(user).await
}
