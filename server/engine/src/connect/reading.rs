//! Reading the accounts: the only proof.

use chrono::{DateTime, Utc};
use relink_mastercard::{AccountId as UpstreamId, Error, model::SimpleAccount};
use serde::{Deserialize, Serialize};

use super::{Connect, Decision};
use crate::{
    identity::{Recipient, SendLetter, What},
    ids::{AccountId, ConnectSessionId, ConnectionId},
    jobs::{Due, Job},
    store::{
        StoreError, Write,
        accounts::{Account, Choice},
        connect_sessions::ConnectSession,
        connections::Connection,
    },
};

/// Reads the accounts for a visit, if a reading is due. Idempotent: a second
/// run finds nothing due and does nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadSession {
    /// The visit.
    pub session: ConnectSessionId,
}

impl Job for ReadSession {
    const KIND: &'static str = "read_session";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.session.to_string())
    }
}

/// Reminds of, or decides about, accounts that nobody chose about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settle {
    /// The visit that brought them.
    pub session: ConnectSessionId,
    /// Remind only, do not decide yet.
    pub step: SettleStep,
}

/// What [`Settle`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettleStep {
    /// Write one letter.
    Remind,
    /// Keep or remove, as the operator has set.
    Decide,
}

impl Job for Settle {
    const KIND: &'static str = "settle_accounts";
}

/// Why the accounts could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Mastercard did not answer.
    #[error("the accounts could not be read")]
    Upstream(#[from] Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Connect {
    /// Runs [`ReadSession`].
    pub async fn read_session(&self, id: ConnectSessionId) -> Result<(), ReadError> {
        let Some(session) = self.store.read().await?.connect_session_for_job(id).await? else {
            return Ok(());
        };
        // The instant before the call: what happens at Mastercard while it
        // runs may be missing from the answer.
        let now = self.clock.now();
        if session
            .facts
            .next_reading(session.created, now)
            .is_none_or(|due| due > now)
        {
            return Ok(());
        }
        let accounts = self.upstream.accounts(&session.customer).await?;
        let mut unit = self.store.write().await?;
        let mut session = unit.lock_connect_session(id).await?;
        self.take_in(&mut unit, &mut session, &accounts, now)
            .await?;
        unit.set_facts(&session).await?;
        self.queue_reading(&mut unit, &session, self.clock.now())
            .await?;
        Ok(unit.save().await?)
    }

    /// Stores what a reading made at `now` says.
    async fn take_in(
        &self,
        unit: &mut Write,
        session: &mut ConnectSession,
        accounts: &[SimpleAccount],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        unit.move_dates(&session.customer, accounts, now).await?;
        let claimed = unit.claimed_accounts(&session.customer).await?;
        let arrived = arrived(session, accounts, &claimed);
        let first = session.facts.arrived.is_empty() && !arrived.is_empty();
        for account in &arrived {
            let connection = unit
                .connect(&self.connection_of(session, account, now))
                .await?;
            unit.account_read(
                &self.row_of(session, connection.id, account, now),
                &session.customer,
            )
            .await?;
        }
        if first {
            self.queue_settling(unit, session.id, now).await?;
        }
        let settled = arrived
            .iter()
            .all(|account| account.aggregation_status_code.is_some());
        session.facts.read(
            now,
            arrived.iter().map(|account| account.id.clone()).collect(),
            settled,
        );
        Ok(())
    }

    fn connection_of(
        &self,
        session: &ConnectSession,
        account: &SimpleAccount,
        now: DateTime<Utc>,
    ) -> Connection {
        Connection {
            id: ConnectionId(self.random.id(now)),
            user: session.user,
            customer: session.customer.clone(),
            login: account.institution_login_id.clone(),
            institution: account.institution_id,
            institution_name: session.institution_name.clone(),
            connected: now,
        }
    }

    fn row_of(
        &self,
        session: &ConnectSession,
        connection: ConnectionId,
        account: &SimpleAccount,
        now: DateTime<Utc>,
    ) -> Account {
        Account {
            id: AccountId(self.random.id(now)),
            connection,
            upstream: account.id.clone(),
            connect_session: session.id,
            name: account.name.clone(),
            kind: account.kind.as_str().to_owned(),
            mask: account.mask().to_owned(),
            currency: account.currency.clone(),
            status_code: account.aggregation_status_code,
            attempted: account.aggregation_attempt_date,
            succeeded: account.aggregation_success_date,
            choice: Choice::Waiting,
            arrived: now,
        }
    }

    /// Queues the next reading of a visit, if one is expected.
    pub(crate) async fn queue_reading(
        &self,
        unit: &mut Write,
        session: &ConnectSession,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(due) = session.facts.next_reading(session.created, now) else {
            return Ok(());
        };
        self.jobs
            .enqueue(
                unit,
                &ReadSession {
                    session: session.id,
                },
                Due::At(due),
            )
            .await?;
        Ok(())
    }

    async fn queue_settling(
        &self,
        unit: &mut Write,
        session: ConnectSessionId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let unanswered = self.settings.unanswered;
        let steps = [
            (SettleStep::Remind, unanswered.remind_after),
            (SettleStep::Decide, unanswered.decide_after),
        ];
        for (step, after) in steps {
            self.jobs
                .enqueue(unit, &Settle { session, step }, Due::At(now + after))
                .await?;
        }
        Ok(())
    }

    /// Runs [`Settle`]: nothing is left to do once the user has chosen.
    pub async fn settle(&self, job: &Settle) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let Some(session) = unit.connect_session_for_job(job.session).await? else {
            return Ok(());
        };
        let mut waiting = unit.accounts_of_session(session.id).await?;
        waiting.retain(|account| account.choice == Choice::Waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        match job.step {
            SettleStep::Remind => self.remind(&mut unit, &session).await?,
            SettleStep::Decide => {
                let keep = self.settings.unanswered.decision == Decision::Keep;
                self.apply(&mut unit, &waiting, |_| keep, now).await?;
            }
        }
        unit.save().await
    }

    async fn remind(&self, unit: &mut Write, session: &ConnectSession) -> Result<(), StoreError> {
        let what = What::ChoiceWaiting {
            institution: session.institution_name.clone(),
            connect_session: session.id,
        };
        let letter = SendLetter {
            to: Recipient::User(session.user),
            what,
        };
        self.jobs.enqueue(unit, &letter, Due::AtOnce).await?;
        Ok(())
    }
}

/// The accounts that a visit brought: at its institution or a successor, not
/// known before it, and not brought by another visit.
fn arrived<'a>(
    session: &ConnectSession,
    accounts: &'a [SimpleAccount],
    claimed: &[(UpstreamId, ConnectSessionId)],
) -> Vec<&'a SimpleAccount> {
    let mine = |id: &UpstreamId| {
        let claim = claimed.iter().find(|(account, _)| account == id);
        claim.is_none_or(|(_, by)| *by == session.id)
    };
    accounts
        .iter()
        .filter(|account| session.institutions.contains(&account.institution_id))
        .filter(|account| !session.facts.known.contains(&account.id) && mine(&account.id))
        .collect()
}
