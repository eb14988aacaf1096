//! The accounts of one visit, and the choice of which to keep.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::connect::SessionError;
use super::ids::{AccountRef, SessionRef};
use super::refusal::{Fault, refusal};
use super::shared::Mask;

/// One account. No balance and no full number: neither is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Our row.
    pub id: AccountRef,
    /// The institution's name.
    pub institution: String,
    /// The account's name, as the institution gives it.
    pub name: String,
    /// Mastercard's account type, as it came (`checking`, `creditCard`, …).
    pub kind: String,
    /// The end of its number.
    pub mask: Option<Mask>,
    /// What was decided.
    pub state: AccountState,
}

/// What was decided about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountState {
    /// Nothing yet.
    Undecided,
    /// It stays.
    Kept,
    /// Removed here; Mastercard has not confirmed the deletion yet.
    Removing,
    /// Deleted here and at Mastercard.
    Removed,
}

/// What a choice did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Accounts that stay.
    pub kept: u32,
    /// Accounts whose deletion at Mastercard was asked for.
    pub removed: u32,
}

/// Why a choice was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepError {
    /// An account in the list does not belong to the visit.
    NotOfThisVisit,
    /// Accounts arrived that the person has not seen; look again.
    Changed,
    /// As with any call.
    Fault(Fault),
}

refusal!(KeepError { Self::NotOfThisVisit => 404, Self::Changed => 409 });

/// Why an account was not removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemoveError {
    /// As with any call. (Mastercard being away is no error: the deletion is
    /// queued, and the account shows [`AccountState::Removing`].)
    Fault(Fault),
}

refusal!(RemoveError {});

/// The accounts that a visit brought.
#[server(prefix = "/rpc", endpoint = "accounts", input = leptos::server_fn::codec::GetUrl)]
pub async fn accounts(
    /// Which visit.
    session: SessionRef,
) -> Result<Vec<AccountRow>, SessionError> {
    super::visit::answer(async |person| person.connecting.accounts(session).await).await
}

/// Keeps the chosen accounts of a visit and removes its others. `seen` is all
/// that the page showed, so that what arrived later is not removed unseen.
#[server(prefix = "/rpc", endpoint = "keep", input = leptos::server_fn::codec::Json)]
pub async fn keep(
    /// Which visit.
    session: SessionRef,
    /// What stays.
    kept: Vec<AccountRef>,
    /// All that the page showed.
    seen: Vec<AccountRef>,
) -> Result<Kept, KeepError> {
    super::visit::answer(async |person| person.connecting.keep(session, &kept, &seen).await).await
}

/// Removes one account, here and at Mastercard.
#[server(prefix = "/rpc", endpoint = "remove", input = leptos::server_fn::codec::Json)]
pub async fn remove(
    /// Which account.
    account: AccountRef,
) -> Result<(), RemoveError> {
    super::visit::answer(async |person| person.connections.remove(account).await).await
}
