//! How a connection stands: a function of what is known of it, at a time.
//!
//! There is no flag to set or to clear. What was read of the accounts, what
//! the institution says of itself, an open outage and the present instant
//! decide; the same facts in another order decide the same. (Refused: a stored
//! state that events move. It stays wrong when one of them is lost.)

use std::cmp::Ordering;

use chrono::{DateTime, Duration, Utc};

use crate::{
    status::{Acts, Code, Remedy, Row, Table},
    store::accounts::{Account, Choice},
};

/// The code under which a customer that Mastercard does not know is told.
pub const CUSTOMER_UNKNOWN: Code = Code::new(14001);

/// From when on a fact means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Good codes without a good reading for longer than this are stale.
    pub stale_after: Duration,
    /// How long before its end an authorization is to be renewed.
    pub renew_before: Duration,
}

impl Default for Limits {
    /// Mastercard reads once a night: 36 hours are one night missed.
    fn default() -> Self {
        Self {
            stale_after: Duration::hours(36),
            renew_before: Duration::days(30),
        }
    }
}

/// All that is known of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Its accounts; removed ones are passed over.
    pub accounts: &'a [Account],
    /// Whether the institution is in trouble: its own word, or an open outage.
    pub institution: Reach,
    /// Whether Mastercard still knows the customer.
    pub customer: Customer,
}

/// Whether an institution can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// As far as is known.
    #[default]
    Open,
    /// No: nothing that a person does there works now.
    InTrouble,
    /// No, nor can others at once: the trouble is Mastercard's.
    MastercardInTrouble,
}

/// Whether Mastercard knows the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Customer {
    /// It does.
    #[default]
    Known,
    /// It said that it does not. Never made anew silently.
    Lost,
}

/// How a connection, or one account of it, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// No aggregation has run yet. Never "healthy".
    SettingUp,
    /// The user has not chosen what to keep.
    WaitingForChoice,
    /// The latest reading was good and is recent.
    Healthy,
    /// Healthy, and the permission ends soon.
    RenewSoon {
        /// When.
        by: DateTime<Utc>,
    },
    /// The code is good, but no good reading has come for too long.
    Stale {
        /// The latest good one.
        since: Option<DateTime<Utc>>,
    },
    /// The latest attempt failed.
    Broken(Broken),
    /// Nothing of it is there any more.
    Gone,
}

/// A failure, and whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Broken {
    /// Whose turn it is now.
    pub turn: Turn,
    /// The code that says so.
    pub code: Code,
}

/// Whose turn it is, the user's first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// The user's: Data Connect Fix helps.
    Fix,
    /// The user's, elsewhere: at the institution, or by connecting anew.
    Elsewhere,
    /// The institution's.
    Institution,
    /// Mastercard's.
    Mastercard,
    /// Ours.
    Ours,
}

impl State {
    /// What a connection shows first: the less, the more the user can do.
    fn rank(self) -> u8 {
        match self {
            Self::Broken(Broken {
                turn: Turn::Fix, ..
            }) => 0,
            Self::Broken(Broken {
                turn: Turn::Elsewhere,
                ..
            }) => 1,
            Self::WaitingForChoice => 2,
            Self::Broken(Broken { turn, .. }) => 1 + turn as u8,
            Self::Stale { .. } => 6,
            Self::SettingUp => 7,
            Self::RenewSoon { .. } => 8,
            Self::Healthy => 9,
            Self::Gone => 10,
        }
    }

    /// Where it stands among a user's connections: of one that is gone it is the
    /// user's turn as well, though any account that is left says more of it.
    pub fn in_list(self) -> (u8, Self) {
        match self {
            Self::Gone => (Self::WaitingForChoice.rank(), self),
            other => (other.rank(), other),
        }
    }

    /// Whether data flow as they should.
    pub fn is_fine(self) -> bool {
        matches!(self, Self::Healthy | Self::RenewSoon { .. })
    }

    /// The failure, if this is one.
    pub fn broken(self) -> Option<Broken> {
        match self {
            Self::Broken(broken) => Some(broken),
            _ => None,
        }
    }
}

/// What the user can do most about comes first; of equals the lower code, the
/// earlier date: an order of facts, not of their arrival.
impl Ord for State {
    fn cmp(&self, other: &Self) -> Ordering {
        let detail = |state: &Self| match state {
            Self::Broken(broken) => broken.code.get(),
            Self::RenewSoon { by } => by.timestamp_micros(),
            Self::Stale { since } => since.map_or(i64::MIN, |since| since.timestamp_micros()),
            _ => 0,
        };
        (self.rank(), detail(self)).cmp(&(other.rank(), detail(other)))
    }
}

impl PartialOrd for State {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How a connection stands: what the user can do most about among its accounts.
pub fn state(evidence: &Evidence<'_>, table: &Table, limits: Limits, now: DateTime<Utc>) -> State {
    evidence
        .accounts
        .iter()
        .filter(|account| !leaves(account))
        .map(|account| state_of_account(account, evidence, table, limits, now))
        .min()
        .unwrap_or(State::Gone)
}

/// Whether the user has sent an account away.
fn leaves(account: &Account) -> bool {
    matches!(account.choice, Choice::Removing | Choice::Removed)
}

/// How one account stands.
pub fn state_of_account(
    account: &Account,
    evidence: &Evidence<'_>,
    table: &Table,
    limits: Limits,
    now: DateTime<Utc>,
) -> State {
    if leaves(account) || account.gone.is_some() {
        return State::Gone;
    }
    if evidence.customer == Customer::Lost {
        return State::Broken(Broken {
            turn: Turn::Ours,
            code: CUSTOMER_UNKNOWN,
        });
    }
    if account.choice == Choice::Waiting {
        return State::WaitingForChoice;
    }
    // A success is a proof, also where the code has not come yet.
    let Some(code) = account
        .status_code
        .or(account.succeeded.map(|_| Code::SUCCESS))
    else {
        return State::SettingUp;
    };
    if code.is_success() || !table.is_outcome(code) {
        return by_dates(account, code, limits, now);
    }
    let turn = turn(table.row(code), evidence.institution);
    State::Broken(Broken { turn, code })
}

/// Whose turn it is. What the user is asked to do makes it the user's, also
/// where the institution must act in the end (a sign-in it has blocked).
fn turn(row: &Row, institution: Reach) -> Turn {
    let turn = match (row.remedy, row.acts) {
        (Remedy::Fix | Remedy::ActThenFix, _) => Turn::Fix,
        (Remedy::ActAtInstitution | Remedy::ConnectAnew | Remedy::CheckAccount, _)
        | (_, Acts::User) => Turn::Elsewhere,
        (_, Acts::Institution) => Turn::Institution,
        (_, Acts::Mastercard) => Turn::Mastercard,
        (_, Acts::Partner) => Turn::Ours,
    };
    // Nobody can sign in where it is down, and what an institution does to many
    // at once it does not lift for one who asks.
    let stuck = turn == Turn::Fix || row.acts == Acts::Institution;
    match institution {
        Reach::InTrouble if stuck => Turn::Institution,
        Reach::MastercardInTrouble if stuck => Turn::Mastercard,
        Reach::Open | Reach::InTrouble | Reach::MastercardInTrouble => turn,
    }
}

/// A code that is no failure: the dates speak. Of a code that says nothing of
/// the outcome (a refresh is running) a success must be proven by its date.
fn by_dates(account: &Account, code: Code, limits: Limits, now: DateTime<Utc>) -> State {
    let proven = account
        .succeeded
        .or(account.attempted.filter(|_| code.is_success()));
    if !code.is_success() && proven.is_none() {
        return State::SettingUp;
    }
    if proven.is_none_or(|proven| now - proven > limits.stale_after) {
        return State::Stale { since: proven };
    }
    match account.authorization_ends {
        Some(by) if by - now <= limits.renew_before => State::RenewSoon { by },
        _ => State::Healthy,
    }
}
