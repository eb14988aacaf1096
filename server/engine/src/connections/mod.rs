//! What a user has connected.

use crate::{
    identity::SignedIn,
    store::{
        Store, StoreError,
        accounts::{Account, Choice},
        connections::Connection,
    },
};

/// A connection and the accounts of it that are not removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The connection.
    pub connection: Connection,
    /// Its accounts, those on their way out included.
    pub accounts: Vec<Account>,
    /// How it stands.
    pub standing: Standing,
}

/// How a connection stands. Why one broke, and what repairs it, is not decided
/// here yet: a code other than 0 is shown as not updating, with no cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The user has not chosen what to keep.
    WaitingForChoice,
    /// The latest attempt on some account failed.
    NotUpdating,
    /// Some account has had no aggregation yet. Never "healthy".
    SettingUp,
    /// The latest attempt on every account was good.
    Connected,
    /// Every account is being deleted.
    Leaving,
}

impl Standing {
    /// The standing of a connection with these accounts.
    pub fn of(accounts: &[Account]) -> Self {
        let mut staying = accounts
            .iter()
            .filter(|account| account.choice != Choice::Removing)
            .peekable();
        if staying.peek().is_none() {
            return Self::Leaving;
        }
        staying
            .map(Self::of_account)
            .min()
            .unwrap_or(Self::SettingUp)
    }

    fn of_account(account: &Account) -> Self {
        match (account.choice, account.status_code) {
            (Choice::Waiting, _) => Self::WaitingForChoice,
            (_, None) => Self::SettingUp,
            (_, Some(code)) if code.is_success() => Self::Connected,
            (_, Some(_)) => Self::NotUpdating,
        }
    }
}

/// The use cases of the overview.
#[derive(Debug, Clone)]
pub struct Connections {
    store: Store,
}

impl Connections {
    /// On this store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// All of a person's connections that still have an account: what waits for
    /// the person first, then the oldest.
    pub async fn overview(&self, person: &SignedIn) -> Result<Vec<Card>, StoreError> {
        let mut unit = self.store.read().await?;
        let connections = unit.connections(person.user()).await?;
        let mut accounts = unit.accounts(person.user()).await?;
        accounts.retain(|account| account.choice != Choice::Removed);
        let mut cards: Vec<Card> = connections
            .into_iter()
            .map(|connection| {
                let accounts: Vec<Account> = accounts
                    .iter()
                    .filter(|account| account.connection == connection.id)
                    .cloned()
                    .collect();
                Card {
                    standing: Standing::of(&accounts),
                    connection,
                    accounts,
                }
            })
            .filter(|card| !card.accounts.is_empty())
            .collect();
        cards.sort_by_key(|card| card.standing);
        Ok(cards)
    }
}
