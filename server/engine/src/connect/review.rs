//! What the user keeps of what arrived.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relink_mastercard::Error;
use serde::{Deserialize, Serialize};

use super::Connect;
use crate::{
    identity::SignedIn,
    ids::{AccountId, ConnectSessionId, ConnectionId},
    jobs::{Due, Job},
    store::{
        StoreError, Write,
        accounts::{Account, Choice},
        connections::Connection,
    },
    upstream::is_unknown_customer,
};

/// Deletes at Mastercard what the user removed of a connection. Idempotent: an
/// account that is gone already counts as deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveAccounts {
    /// The connection.
    pub connection: ConnectionId,
}

impl Job for RemoveAccounts {
    const KIND: &'static str = "remove_accounts";
    // A deletion is owed to the user: it is tried for days.
    const MAX_ATTEMPTS: u16 = 40;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.connection.to_string())
    }
}

/// Why a choice was not taken, or a deletion not done.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// There is no such visit or account of this person.
    #[error("no such account of this person")]
    NotFound,
    /// More arrived than the person has seen.
    #[error("more accounts arrived than were shown")]
    Unseen,
    /// Mastercard did not delete.
    #[error("the accounts could not be deleted at Mastercard")]
    Upstream(#[from] Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Accounts that stay.
    pub kept: usize,
    /// Accounts that are being deleted at Mastercard.
    pub removing: usize,
}

impl Connect {
    /// Keeps `keep` of what a visit brought and removes the rest of `seen`, all
    /// that the person was shown: what arrived meanwhile is not removed unseen.
    /// Accounts that were removed before stay so.
    pub async fn review(
        &self,
        person: &SignedIn,
        session: ConnectSessionId,
        keep: &[AccountId],
        seen: &[AccountId],
    ) -> Result<Kept, ReviewError> {
        let mut unit = self.store.write().await?;
        let session = unit
            .connect_session(person.user(), session)
            .await?
            .ok_or(ReviewError::NotFound)?;
        let accounts = unit.accounts_of_session(session.id).await?;
        if keep
            .iter()
            .any(|kept| accounts.iter().all(|account| account.id != *kept))
        {
            return Err(ReviewError::NotFound);
        }
        let waiting = |account: &&Account| account.choice == Choice::Waiting;
        if accounts
            .iter()
            .filter(waiting)
            .any(|account| !seen.contains(&account.id))
        {
            return Err(ReviewError::Unseen);
        }
        let done = self
            .apply(
                &mut unit,
                &accounts,
                |account| keep.contains(&account.id),
                self.clock.now(),
            )
            .await?;
        unit.save().await?;
        Ok(done)
    }

    /// Removes one account of the person's.
    pub async fn remove(
        &self,
        person: &SignedIn,
        account: AccountId,
    ) -> Result<Account, ReviewError> {
        let mut unit = self.store.write().await?;
        let mut accounts = unit.accounts(person.user()).await?;
        accounts.retain(|candidate| candidate.id == account);
        let found = accounts.first().cloned().ok_or(ReviewError::NotFound)?;
        self.apply(&mut unit, &accounts, |_| false, self.clock.now())
            .await?;
        unit.save().await?;
        Ok(found)
    }

    /// Removes all accounts of one connection of the person's.
    pub async fn disconnect(
        &self,
        person: &SignedIn,
        connection: ConnectionId,
    ) -> Result<(), ReviewError> {
        let mut unit = self.store.write().await?;
        let mut accounts = unit.accounts(person.user()).await?;
        accounts.retain(|account| account.connection == connection);
        if accounts.is_empty() {
            return Err(ReviewError::NotFound);
        }
        self.apply(&mut unit, &accounts, |_| false, self.clock.now())
            .await?;
        Ok(unit.save().await?)
    }

    /// Removes everything that the person has connected.
    pub async fn disconnect_all(&self, person: &SignedIn) -> Result<Kept, ReviewError> {
        let mut unit = self.store.write().await?;
        let accounts = unit.accounts(person.user()).await?;
        let done = self
            .apply(&mut unit, &accounts, |_| false, self.clock.now())
            .await?;
        unit.save().await?;
        Ok(done)
    }

    /// Notes a choice for each account, and queues the deletions.
    pub(super) async fn apply(
        &self,
        unit: &mut Write,
        accounts: &[Account],
        keep: impl Fn(&Account) -> bool,
        now: DateTime<Utc>,
    ) -> Result<Kept, StoreError> {
        let mut done = Kept {
            kept: 0,
            removing: 0,
        };
        let mut connections: Vec<ConnectionId> = Vec::new();
        let Some(first) = accounts.first() else {
            return Ok(done);
        };
        self.note_choice(unit, accounts, &keep, now).await?;
        // All are one user's, and so one customer's.
        let customer = unit.connection(first.connection).await?;
        let customer = customer.map(|connection| connection.customer);
        if let Some(customer) = &customer {
            unit.hold_customer(customer).await?;
        }
        for account in accounts {
            // What is on its way out cannot be called back.
            if matches!(account.choice, Choice::Removing | Choice::Removed) {
                continue;
            }
            if keep(account) {
                unit.choose(account.id, Choice::Kept, now).await?;
                done.kept += 1;
                continue;
            }
            unit.choose(account.id, Choice::Removing, now).await?;
            done.removing += 1;
            if !connections.contains(&account.connection) {
                connections.push(account.connection);
            }
        }
        for connection in connections {
            self.jobs
                .enqueue(unit, &RemoveAccounts { connection }, Due::AtOnce)
                .await?;
        }
        if let Some(customer) = &customer {
            self.readings.stand_again(unit, customer, now).await?;
        }
        Ok(done)
    }

    /// Notes with the visits that brought them that a choice was made of
    /// accounts that waited for one. Before the customer is held: who reads for
    /// a visit takes them in this order.
    async fn note_choice(
        &self,
        unit: &mut Write,
        accounts: &[Account],
        keep: impl Fn(&Account) -> bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let waiting = accounts
            .iter()
            .filter(|account| account.choice == Choice::Waiting);
        let mut visits: BTreeMap<ConnectSessionId, bool> = BTreeMap::new();
        for account in waiting {
            *visits.entry(account.connect_session).or_default() |= keep(account);
        }
        for (visit, keeps) in visits {
            let mut session = unit.lock_connect_session(visit).await?;
            let all = unit.accounts_of_session(visit).await?;
            let mut others = all.iter().filter(|one| {
                let chosen = accounts.iter().any(|account| account.id == one.id);
                !chosen && one.choice == Choice::Waiting && one.gone.is_none()
            });
            // The choice goes on while another of them waits.
            if !keeps && others.next().is_some() {
                continue;
            }
            session.facts.choose(now, keeps);
            unit.set_facts(&session).await?;
        }
        Ok(())
    }

    /// Runs [`RemoveAccounts`].
    pub async fn remove_accounts(&self, id: ConnectionId) -> Result<(), ReviewError> {
        let mut unit = self.store.read().await?;
        let Some(connection) = unit.connection(id).await? else {
            return Ok(());
        };
        let accounts = unit.accounts_of_connection(id).await?;
        drop(unit);
        let leaving: Vec<&Account> = accounts
            .iter()
            .filter(|account| account.choice == Choice::Removing)
            .collect();
        if leaving.is_empty() {
            return Ok(());
        }
        // Each by itself: an account may be under another login by now, and
        // must not live on there.
        for account in &leaving {
            self.upstream
                .delete_account(&connection.customer, &account.upstream)
                .await?;
        }
        let stays = |account: &Account| {
            !matches!(account.choice, Choice::Removing | Choice::Removed) && account.gone.is_none()
        };
        if !accounts.iter().any(stays) {
            // Nothing is left to read: the login goes, and with it the
            // permission to sign in.
            self.delete_login(&connection).await?;
        }
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        unit.hold_customer(&connection.customer).await?;
        for account in leaving {
            unit.choose(account.id, Choice::Removed, now).await?;
        }
        self.readings
            .judge_again(&mut unit, &connection.customer, now)
            .await?;
        Ok(unit.save().await?)
    }

    /// Deletes a login, unless accounts of another connection of ours are under
    /// it by now: they would go with it.
    async fn delete_login(&self, connection: &Connection) -> Result<(), ReviewError> {
        let listed = match self.upstream.accounts(&connection.customer).await {
            // Nothing of the customer is there, so nothing of the login.
            Err(error) if is_unknown_customer(&error) => return Ok(()),
            listed => listed?,
        };
        let kept = self
            .store
            .read()
            .await?
            .accounts_of_customer(&connection.customer)
            .await?;
        let others = listed
            .iter()
            .filter(|one| one.institution_login_id == connection.login)
            .any(|one| {
                kept.iter().any(|account| {
                    account.upstream == one.id && account.connection != connection.id
                })
            });
        if !others {
            self.upstream
                .delete_login(&connection.customer, &connection.login)
                .await?;
        }
        Ok(())
    }
}
