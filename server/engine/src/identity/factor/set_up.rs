//! Setting up: by whoever is signed in, and by who must before.

use chrono::{DateTime, TimeDelta, Utc};

use super::{FactorChange, FactorError, FactorKind, SetUpOwed, Shown, TotpSecret};
use crate::{
    audit::{Act, Actor, Person},
    identity::{
        Client, Email, Identity, Reason, SignInMark, SignedIn, attempts::Attempt, sessions,
    },
    ids::UserId,
    store::{
        Read, StoreError,
        factors::{FactorRow, NewFactor},
    },
};

/// A factor that nobody confirmed in this time is set up anew.
const SET_UP_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Who has a factor adds or replaces one within so long of signing in.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// Who may set up a factor: whoever is signed in, and who must before.
#[derive(Debug, Clone, Copy)]
pub struct Enrolling<'a> {
    pub(super) user: UserId,
    pub(super) email: &'a Email,
    pub(super) reason: Reason,
    /// Since when they are signed in; absent: they are not yet.
    since: Option<DateTime<Utc>>,
}

impl<'a> From<&'a SignedIn> for Enrolling<'a> {
    fn from(who: &'a SignedIn) -> Self {
        Self {
            user: who.user(),
            email: who.email(),
            reason: Reason::Renewed,
            since: Some(who.since()),
        }
    }
}

impl<'a> From<&'a SetUpOwed> for Enrolling<'a> {
    fn from(who: &'a SetUpOwed) -> Self {
        Self {
            user: who.user().id,
            email: &who.user().email,
            reason: Reason::SignedIn,
            since: None,
        }
    }
}

impl Enrolling<'_> {
    pub(super) fn actor(&self, client: &Client) -> Actor {
        let person = Person {
            id: self.user,
            email: self.email.clone(),
        };
        Actor::known_as(person, client)
    }
}

/// What setting up gives: the caller rotates the session's id, keeps the mark,
/// and shows the codes once.
pub struct SetUp {
    /// The session to be.
    pub mark: SignInMark,
    /// New recovery codes; none where those of today stay good.
    pub codes: Option<Vec<String>>,
}

impl Identity {
    /// Whether somebody may add or replace a factor now. Beside one that is there
    /// it takes a fresh sign-in, which asked for that: who took over a browser
    /// would give themselves one that is good for everything else. A password
    /// alone never adds to what is there, nor does a new one make the sign-in
    /// fresh.
    pub(super) async fn may_add(
        &self,
        unit: &mut Read,
        who: &Enrolling<'_>,
    ) -> Result<(), FactorError> {
        if !unit.has_factor(who.user).await? {
            return Ok(());
        }
        match who.since {
            Some(since) if self.clock.now() < since + FRESH => Ok(()),
            Some(_) => Err(FactorError::SignInAgain),
            None => Err(FactorError::Gone),
        }
    }

    /// Begins to set up codes by the clock; those of today stay good until the
    /// first code of the new ones.
    pub async fn begin_factor(&self, who: impl Into<Enrolling<'_>>) -> Result<(), FactorError> {
        let who = who.into();
        let (user, now) = (who.user, self.clock.now());
        let id = self.random.id(now);
        let secret = TotpSecret::new(&*self.random);
        let sealed = self.factor_key.seal(id, secret.expose(), &*self.random);
        let mut unit = self.store.write().await?;
        self.may_add(&mut unit, &who).await?;
        let new = NewFactor {
            id,
            user,
            kind: FactorKind::Totp,
            sealed: &sealed,
            now,
        };
        unit.add_factor(new).await?;
        Ok(unit.save().await?)
    }

    /// What is being set up, for the page that shows it.
    pub async fn pending_factor(
        &self,
        who: impl Into<Enrolling<'_>>,
    ) -> Result<Option<TotpSecret>, FactorError> {
        let pending = self.pending_row(who.into().user).await?;
        pending.map(|row| self.opened(&row)).transpose()
    }

    async fn pending_row(&self, user: UserId) -> Result<Option<FactorRow>, StoreError> {
        let since = self.clock.now() - SET_UP_WITHIN;
        let mut unit = self.store.read().await?;
        unit.pending_factor(user, FactorKind::Totp, since).await
    }

    /// Takes the first code: from now on it is asked for. Every sign-in of the
    /// person ends; the mark is for this browser.
    pub async fn finish_factor(
        &self,
        who: impl Into<Enrolling<'_>>,
        typed: &str,
        client: &Client,
    ) -> Result<SetUp, FactorError> {
        let who = who.into();
        self.begin_code(who.email, client).await?;
        let row = self.pending_row(who.user).await?.ok_or(FactorError::Gone)?;
        let now = self.clock.now();
        let step = self.opened(&row)?.step_of(typed, now, row.last_step);
        let step = step.ok_or(FactorError::Wrong)?;
        let mut unit = self.store.write().await?;
        let kind = FactorKind::Totp;
        // Holds the user: who else adds or removes a factor of theirs waits.
        sessions::end_all(&mut unit, who.user, now).await?;
        self.may_add(&mut unit, &who).await?;
        if !unit
            .confirm_factor(who.user, kind, row.id, step, now)
            .await?
        {
            return Err(FactorError::Gone);
        }
        let codes = self.make_codes(&mut unit, who.user).await?;
        let act = Act::FactorSetUp(kind);
        self.audit
            .record(&mut unit, &who.actor(client), &act)
            .await?;
        let change = FactorChange::Added(kind);
        self.tell_of_factor(&mut unit, who.user, change, Some(client))
            .await?;
        unit.save().await?;
        self.end_attempt(Attempt::Code, who.email, client.address)
            .await?;
        let mark = SignInMark::new(who.user, now, client, Some(Shown::Totp), who.reason);
        let codes = Some(codes);
        Ok(SetUp { mark, codes })
    }
}
