//! What a person has connected, how it stands, and its repair.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::accounts::AccountState;
use super::connect::{Launch, StartError, Window};
use super::ids::{AccountRef, ConnectionRef, SessionRef};
use super::institution::Links;
use super::refusal::{Fault, refusal};
use super::shared::{InstitutionName, Mask, Outage, When};
use super::wording::Wording;

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCard {
    /// Our row.
    pub id: ConnectionRef,
    /// Where.
    pub institution: InstitutionName,
    /// How it is.
    pub state: ConnectionState,
    /// What is wrong, when something is.
    pub trouble: Option<Trouble>,
    /// Its accounts, without removed ones.
    pub accounts: Vec<CardAccount>,
    /// When it was connected.
    pub since: When,
    /// The institution's own pages.
    pub links: Links,
    /// The institution's telephone number.
    pub phone: Option<String>,
    /// Until when the person wants to be told nothing of it.
    pub snoozed: Option<When>,
    /// What is coming.
    pub outlook: Outlook,
    /// By when it is read next.
    pub reading: When,
    /// When the person removed accounts of it that Mastercard still has not
    /// deleted, where that takes longer than it should.
    pub late_removal: Option<When>,
}

impl ConnectionCard {
    /// Whether Data Connect Fix helps it now.
    pub fn is_fixable(&self) -> bool {
        self.state == ConnectionState::Broken(Turn::Fix)
    }
}

/// What is coming at an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outlook {
    /// Nothing that is known.
    Steady,
    /// It moves to another kind of connection; each person signs in anew there.
    Moving,
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
    /// Data is read, and the permission ends then.
    RenewSoon(When),
    /// Nothing is wrong, but nothing came for too long.
    Stale(Option<When>),
    /// The latest attempt failed; whose turn it is.
    Broken(Turn),
    /// Every account is being deleted.
    Leaving,
    /// Mastercard does not list it any more.
    Gone,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// The user's, by Data Connect Fix.
    Fix,
    /// The user's, elsewhere.
    Elsewhere,
    /// The institution's.
    Institution,
    /// Mastercard's.
    Mastercard,
    /// Ours.
    Ours,
}

/// Why a connection is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The sentence.
    pub wording: Wording,
    /// What helps.
    pub way: Way,
    /// Mastercard's code, for details only.
    pub code: i64,
    /// The latest good reading before it.
    pub last_good: Option<When>,
    /// The first failure that was seen.
    pub failed: Option<When>,
    /// The rhythm, in days, at which this login asks again.
    pub rhythm: Option<u16>,
    /// The outage that explains it.
    pub outage: Option<Outage>,
}

/// What helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Data Connect Fix.
    Fix,
    /// Something at the institution first, then Fix.
    ActThenFix,
    /// Something at the institution.
    AtInstitution,
    /// A fresh connection.
    ConnectAnew,
    /// The fresh connection is there: this one can go.
    Replaced,
    /// Looking whether the account is still there.
    CheckAccount,
    /// Nothing that the person does.
    Wait,
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
    /// What is wrong with it, where that is not what the card says.
    pub other: Option<OtherTrouble>,
}

/// An account that Mastercard does not list, and those that it may be now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// Our row.
    pub account: AccountRef,
    /// The account's name, as the institution gave it.
    pub name: String,
    /// The end of its number.
    pub mask: Option<Mask>,
    /// What looks like it: Mastercard's id, and the name it has.
    pub candidates: Vec<(String, String)>,
}

/// What an account has that its card does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherTrouble {
    /// It is broken by another cause.
    Broken(Wording),
    /// Mastercard does not list it any more.
    Gone,
    /// It works, unlike the rest.
    Works,
}

/// One entry of a connection's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// When.
    pub at: When,
    /// What.
    pub what: Event,
}

/// What happened to a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Its first account arrived.
    Connected,
    /// It broke.
    Broke(Wording),
    /// It is broken by another cause.
    CauseChanged(Wording),
    /// A reading showed that it works.
    Repaired,
    /// Nothing of it is left at Mastercard.
    Gone,
    /// Its person went to repair it.
    RepairBegun,
    /// Its person went to renew the permission.
    RenewalBegun,
    /// Mastercard does not list an account any more.
    AccountGone(String),
    /// Mastercard lists an account again.
    AccountBack(String),
    /// It moved to another login.
    Moved,
    /// Its permission was renewed.
    Renewed,
}

/// What a click on "fix" leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repair {
    /// It works; a reading just now says so.
    AlreadyWorks,
    /// The way to Data Connect.
    Leave(Launch),
}

/// Why a repair cannot begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RepairError {
    /// Data Connect Fix does not help it now.
    NotFixable,
    /// Mastercard has no accounts under its login.
    LoginGone,
    /// Mastercard gave no link, as it may when one connects.
    NoLink(StartError),
    /// As with any call.
    Fault(Fault),
}

refusal!(RepairError {
    Self::NotFixable => 409,
    Self::LoginGone => 410,
    Self::NoLink(error) => error.status(),
});

/// Makes a link to Data Connect Fix, for the embedded and popup windows.
#[server(name = RepairCall, prefix = "/rpc", endpoint = "repair", input = leptos::server_fn::codec::Json)]
pub async fn repair(
    /// Which connection.
    connection: ConnectionRef,
    /// How the hosted page will be shown.
    window: Window,
) -> Result<Repair, RepairError> {
    super::visit::answer(async |person| person.connections.repair(connection, window).await).await
}
