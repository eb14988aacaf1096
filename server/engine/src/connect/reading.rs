//! Reading the accounts: the only proof.

use chrono::{DateTime, Utc};
use relink_mastercard::{
    AccountId as UpstreamId, Error,
    model::{CustomerKind, SimpleAccount},
};
use serde::{Deserialize, Serialize};

use super::{Connect, Decision};
use crate::{
    connections::{Change, Customer},
    identity::{Recipient, SendLetter, What},
    ids::{AccountId, ConnectSessionId, ConnectionId},
    jobs::{Due, Job},
    readings::Taken,
    repair,
    store::{
        StoreError, Write,
        accounts::{Account, Choice},
        connect_sessions::ConnectSession,
        connections::Connection,
    },
};

/// Reads the accounts for a visit, if a reading is due, and queues the next.
/// Idempotent: a second run finds nothing due and reads nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadSession {
    /// The visit.
    pub session: ConnectSessionId,
}

impl Job for ReadSession {
    const KIND: &'static str = "read_session";
    // The accounts are there, and nothing else would take them in: Mastercard
    // may be away for two weeks.
    const MAX_ATTEMPTS: u16 = 350;

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
        let Some(due) = session.facts.next_reading(session.created, now) else {
            return Ok(());
        };
        if due > now {
            // Another reading served the step that this job was queued for. It
            // found this job waiting and so queued none for the step after.
            let mut unit = self.store.write().await?;
            self.queue_reading(&mut unit, &session, now).await?;
            return Ok(unit.save().await?);
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
        let Some(Taken {
            mut known,
            restored,
        }) = self
            .readings
            .take(unit, &session.customer, accounts, now)
            .await?
        else {
            // A newer reading is recorded. This one counts as made, so that the
            // next is made when it is due and not at once.
            session.facts.read(now, Vec::new(), session.facts.settled);
            return Ok(());
        };
        let claimed = unit.claimed_accounts(&session.customer).await?;
        let arrived = arrived(session, accounts, &claimed);
        if let Some(connection) = session.repairs {
            return self
                .take_in_repair(unit, session, connection, &known, !arrived.is_empty(), now)
                .await;
        }
        let mut brought: Vec<UpstreamId> =
            arrived.iter().map(|account| account.id.clone()).collect();
        // What came back, works again, or may be read for longer, is what this
        // visit was about, too.
        let here = |account: &&Account| {
            accounts.iter().any(|one| {
                one.id == account.upstream && session.institutions.contains(&one.institution_id)
            })
        };
        let restored = known.iter().filter(|one| restored.contains(&one.id));
        for account in restored.filter(here) {
            unit.brought_by(account.id, session.id).await?;
            brought.push(account.upstream.clone());
        }
        let first = session.facts.arrived.is_empty() && !arrived.is_empty();
        for account in &arrived {
            // Those of an earlier reading were taken just now.
            if known.iter().any(|known| known.upstream == account.id) {
                continue;
            }
            let connection = unit
                .connect(&self.connection_of(session, account, now))
                .await?;
            let row = self.row_of(session, connection.id, account, now);
            unit.account_read(&row, &session.customer).await?;
            if known.iter().all(|known| known.connection != row.connection) {
                if self.settings.customers == CustomerKind::Active {
                    unit.mark_testing(connection.id, now).await?;
                }
                let change = Change::Connected;
                self.readings
                    .remember(unit, connection.id, &change, now)
                    .await?;
            }
            known.push(row);
        }
        self.readings
            .judge(unit, &session.customer, Customer::Known, &known, now)
            .await?;
        // What arrived may be permitted for a short time only.
        if !arrived.is_empty() {
            self.readings.consider(unit, &session.customer).await?;
        }
        if first {
            self.queue_settling(unit, session.id, now).await?;
        }
        let settled = accounts
            .iter()
            .filter(|account| brought.contains(&account.id))
            .all(|account| account.aggregation_status_code.is_some());
        session.facts.read(now, brought, settled);
        Ok(())
    }

    /// Stores what a reading says of a repair. Accounts that nobody knows are
    /// told of, not taken in: our rows are never swapped for another person's.
    async fn take_in_repair(
        &self,
        unit: &mut Write,
        session: &mut ConnectSession,
        connection: ConnectionId,
        known: &[Account],
        others: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.readings
            .judge(unit, &session.customer, Customer::Known, known, now)
            .await?;
        let state = self
            .readings
            .standing(known, connection, Customer::Known, now);
        if let Some(proof) = &mut session.facts.repair {
            repair::prove(proof, state, others, now);
        }
        session.facts.read(now, Vec::new(), false);
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
            status_code: account
                .aggregation_status_code
                .filter(|code| self.readings.table().is_outcome(*code)),
            attempted: account.aggregation_attempt_date,
            succeeded: account.aggregation_success_date,
            authorization_ends: account
                .authorization_end_date
                .filter(|_| account.authorization_expires),
            missed: None,
            gone: None,
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
