//! What a person has connected.

use serde::{Deserialize, Serialize};

use super::accounts::AccountState;
use super::ids::{AccountRef, ConnectionRef, SessionRef};
use super::shared::{InstitutionName, Mask, When};

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCard {
    /// Our row.
    pub id: ConnectionRef,
    /// Where.
    pub institution: InstitutionName,
    /// How it is.
    pub state: ConnectionState,
    /// Its accounts, without removed ones.
    pub accounts: Vec<CardAccount>,
    /// When it was connected.
    pub since: When,
}

/// How a connection is. An absent aggregation status code is `SettingUp`,
/// never `Connected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionState {
    /// No aggregation status code yet.
    SettingUp,
    /// Accounts arrived, and nobody said which to keep.
    WaitingForChoice(SessionRef),
    /// Data is read.
    Connected,
    /// The latest attempt to read some account did not work.
    NotUpdating,
    /// Every account is being deleted.
    Leaving,
}

/// One account on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAccount {
    /// Our row.
    pub id: AccountRef,
    /// The account's name, as the institution gives it.
    pub name: String,
    /// Mastercard's account type, as it came.
    pub kind: String,
    /// The end of its number.
    pub mask: Option<Mask>,
    /// When Mastercard last read it with success.
    pub last_good: Option<When>,
    /// What was decided.
    pub state: AccountState,
}
