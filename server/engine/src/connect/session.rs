//! What became of a visit to Data Connect: a function of what is known of it.
//!
//! Webhooks, the return to `redirectUri`, the SDK's messages and the passing of
//! time arrive in any order, twice or never. So nothing of them *moves* a state:
//! each only adds to the [`Facts`], which keep the earliest of each kind, and
//! the state is computed from the facts whenever it is asked for. The same
//! facts in another order are the same facts. (Refused: a table of transitions,
//! which has to name every order.)
//!
//! The return and the events are hints that say *look now*. Only a reading of
//! the accounts makes a session connected, and it does so against every hint.

use chrono::{DateTime, Duration, Utc};
use relink_mastercard::AccountId;
use serde::{Deserialize, Serialize};

use crate::repair::Proof;

/// A Data Connect link lives two hours (official description, example of
/// `generate/lite`: `ttl` is `timestamp` plus 7,200,000 ms).
pub const LINK_LIVES: Duration = Duration::hours(2);
/// A visit goes on for at most an hour after the sign-in; an idle one ends sooner.
pub const VISIT_LIVES: Duration = Duration::hours(1);
/// An end is told within this time after the person came back.
pub const ANSWER_WITHIN: Duration = Duration::minutes(2);

/// The instant of something that may not have happened.
type Seen = Option<DateTime<Utc>>;

/// All that is known of one visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Accounts of the customer before the link was made.
    pub known: Vec<AccountId>,
    /// Whether some of them are at this institution.
    pub already_here: bool,
    /// Mastercard gave a link.
    pub link_made: Seen,
    /// Mastercard gave none.
    pub link_refused: Option<LinkRefused>,
    /// The link was opened.
    pub opened: Seen,
    /// The person is signing in or choosing accounts.
    pub adding: Seen,
    /// A hint that accounts were added.
    pub added: Seen,
    /// A hint that the visit is over.
    pub finished: Seen,
    /// A hint that the person left on purpose.
    pub left: Seen,
    /// A hint that Data Connect closed an idle visit.
    pub timed_out: Seen,
    /// A hint that the institution or Mastercard could not connect.
    pub trouble: Option<Trouble>,
    /// The institution refused a sign-in.
    pub sign_in_refused: Seen,
    /// The browser came back to us.
    pub returned: Seen,
    /// The person asked for a look.
    pub asked: Seen,
    /// The latest reading of the accounts.
    pub read: Seen,
    /// Accounts that the readings brought.
    pub arrived: Vec<AccountId>,
    /// When a reading first brought any.
    pub connected: Seen,
    /// Whether every arrived account has had its first aggregation.
    pub settled: bool,
    /// A hint that Data Connect found nothing to repair.
    pub nothing_to_repair: Seen,
    /// What readings say, where the visit is a repair.
    pub repair: Option<Proof>,
    /// The user first kept some of what arrived.
    pub kept: Seen,
    /// The user, or our rule in their place, kept nothing of it.
    pub declined: Seen,
}

/// Why there was no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkRefused {
    /// Mastercard could not reach our webhook, and makes no link then.
    Webhook,
    /// Mastercard is away or slow.
    Unreachable,
    /// Mastercard refused the request.
    Refused,
}

/// An `unableToConnect` event, or an error on the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trouble {
    /// When.
    pub at: DateTime<Utc>,
    /// The aggregation or API code, where one was given.
    pub code: Option<i64>,
}

/// One thing learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// `started`.
    Opened,
    /// `adding`, `mfa`, `discovered`.
    Adding,
    /// `invalidCredentials`.
    SignInRefused,
    /// `added`, `credentialsUpdated`.
    Added,
    /// `done`, or the SDK's or the return's word for it.
    Finished,
    /// The SDK's or the return's word that nothing is to be repaired.
    NothingToRepair,
    /// The SDK's or the return's word that the person left.
    Left,
    /// The SDK's or the return's word that the visit was idle for too long.
    TimedOut,
    /// `unableToConnect`, or an error on the return.
    Trouble(Option<i64>),
    /// The browser came back.
    Returned,
    /// The person asked for a look; the latest one counts.
    Asked,
}

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The link is made; nobody opened it yet.
    Created,
    /// The person is at Data Connect.
    Opened,
    /// The person is signing in at the institution or choosing accounts.
    Adding,
    /// Accounts arrived: a reading says so.
    Connected,
    /// It ended without accounts.
    Failed(Failure),
    /// The person left before the end.
    Left,
    /// The link or the visit ran out.
    Expired,
}

/// Why a visit ended without accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// There was no link to open.
    NoLink(LinkRefused),
    /// The institution or the connection to it failed.
    Trouble {
        /// The aggregation or API code, where one was given.
        code: Option<i64>,
    },
    /// The institution refused the sign-in, and nothing came after.
    SignInRefused,
    /// It seemed to end well, but all that it shows was connected before.
    NothingNew,
    /// It ended, and no account has arrived.
    NothingArrived,
}

/// A state, and until when a better answer is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state as far as it is known.
    pub state: State,
    /// While set, the end is being looked for: show "checking" until then.
    pub checking_until: Seen,
}

/// How certain it is that a visit is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing says so.
    UnderWay,
    /// Something says so; a better answer is promised until then.
    Checking(DateTime<Utc>),
    /// It is.
    Over {
        /// By its time, and not by a hint.
        ran_out: bool,
    },
}

impl State {
    /// Whether nothing more is awaited (a late proof still changes it).
    pub fn is_end(self) -> bool {
        !matches!(self, Self::Created | Self::Opened | Self::Adding)
    }
}

impl Facts {
    /// Adds what was learned at `at`. Adding it again changes nothing.
    pub fn learn(&mut self, hint: &Hint, at: DateTime<Utc>) {
        let seen = match hint {
            Hint::Opened => &mut self.opened,
            Hint::Adding => &mut self.adding,
            Hint::SignInRefused => &mut self.sign_in_refused,
            Hint::Added => &mut self.added,
            Hint::Finished => &mut self.finished,
            Hint::NothingToRepair => &mut self.nothing_to_repair,
            Hint::Left => &mut self.left,
            Hint::TimedOut => &mut self.timed_out,
            Hint::Returned => &mut self.returned,
            Hint::Asked => {
                self.asked = self.asked.max(Some(at));
                return;
            }
            Hint::Trouble(code) => {
                // The last one with a code is what the person saw; the return
                // has no code, and must not hide one.
                let rank = |trouble: &Trouble| (trouble.code.is_some(), *trouble);
                let heard = [self.trouble, Some(Trouble { at, code: *code })];
                self.trouble = heard.into_iter().flatten().max_by_key(rank);
                return;
            }
        };
        *seen = Some(seen.map_or(at, |earlier| earlier.min(at)));
    }

    /// Adds a reading made at `at`, which found `arrived` of this visit.
    pub fn read(&mut self, at: DateTime<Utc>, arrived: Vec<AccountId>, settled: bool) {
        let latest = self.read.is_none_or(|read| read <= at);
        self.read = self.read.max(Some(at));
        if !arrived.is_empty() {
            self.connected = Some(self.connected.map_or(at, |earlier| earlier.min(at)));
        }
        for account in arrived {
            if !self.arrived.contains(&account) {
                self.arrived.push(account);
            }
        }
        if latest {
            self.settled = settled && !self.arrived.is_empty();
        }
    }

    /// Adds that a choice was made at `at` of what the visit brought.
    pub fn choose(&mut self, at: DateTime<Utc>, keeps: bool) {
        let seen = if keeps {
            &mut self.kept
        } else {
            &mut self.declined
        };
        seen.get_or_insert(at);
    }

    /// When the visit seems to have ended, by the earliest hint of an end.
    pub(super) fn seems_over(&self) -> Seen {
        let hints = [
            self.finished,
            self.added,
            self.left,
            self.timed_out,
            self.returned,
        ];
        hints.into_iter().flatten().min()
    }

    /// Whether it is over by what is known of it, whatever the time is: it brought
    /// accounts, something says so, or it was read after it had run out.
    pub(crate) fn is_over(&self, created: DateTime<Utc>) -> bool {
        let ran_out = || self.read.is_some_and(|read| read >= self.runs_out(created));
        self.connected.is_some() || self.seems_over().is_some() || ran_out()
    }

    /// Whether Data Connect said why it can go no further and sent the person back.
    /// An end told too early by this is corrected by the reading of a later event.
    fn gave_up(&self) -> bool {
        let trouble = self.trouble.is_some_and(|trouble| trouble.code.is_some());
        (trouble || self.nothing_to_repair.is_some()) && self.returned.is_some()
    }

    /// Whether the visit is over at `now`, be it one that connects or repairs.
    /// No end is told before a reading that is later than the hint of it.
    pub fn ending(&self, created: DateTime<Utc>, now: DateTime<Utc>) -> Ending {
        let runs_out = self.runs_out(created);
        let Some(over) = self.seems_over().or((now >= runs_out).then_some(runs_out)) else {
            return Ending::UnderWay;
        };
        let looked = self.read.is_some_and(|read| read >= over);
        let ran_out = over >= runs_out;
        let certain = self.left.is_some() || self.timed_out.is_some() || self.gave_up() || ran_out;
        let patience = over + ANSWER_WITHIN;
        if now < patience && !(looked && certain && self.added.is_none()) {
            return Ending::Checking(patience);
        }
        Ending::Over { ran_out }
    }

    /// When a visit that never says anything is over in any case.
    pub fn runs_out(&self, created: DateTime<Utc>) -> DateTime<Utc> {
        match self.opened.or(self.adding) {
            Some(opened) => opened.max(created) + VISIT_LIVES + Duration::minutes(15),
            None => created + LINK_LIVES,
        }
    }

    /// Where the visit stands at `now`.
    pub fn standing(&self, created: DateTime<Utc>, now: DateTime<Utc>) -> Standing {
        let open = |state| Standing {
            state,
            checking_until: None,
        };
        if !self.arrived.is_empty() {
            return open(State::Connected);
        }
        if let Some(refused) = self.link_refused {
            return open(State::Failed(Failure::NoLink(refused)));
        }
        let under_way = if self.adding.is_some() {
            State::Adding
        } else if self.opened.is_some() || self.returned.is_some() {
            State::Opened
        } else {
            State::Created
        };
        match self.ending(created, now) {
            Ending::UnderWay => open(under_way),
            Ending::Checking(patience) => Standing {
                state: under_way,
                checking_until: Some(patience),
            },
            Ending::Over { ran_out } => open(self.ended(ran_out)),
        }
    }

    /// How it ended, when no account has arrived.
    fn ended(&self, ran_out: bool) -> State {
        if self.added.is_some() {
            return State::Failed(if self.already_here {
                Failure::NothingNew
            } else {
                Failure::NothingArrived
            });
        }
        let trouble = self.trouble.map(|trouble| trouble.code);
        if let Some(code @ Some(_)) = trouble {
            return State::Failed(Failure::Trouble { code });
        }
        if self.left.is_some() {
            return State::Left;
        }
        if self.timed_out.is_some() || (ran_out && self.finished.is_none()) {
            return State::Expired;
        }
        if self.sign_in_refused.is_some() {
            return State::Failed(Failure::SignInRefused);
        }
        if trouble.is_some() {
            return State::Failed(Failure::Trouble { code: None });
        }
        State::Failed(Failure::NothingArrived)
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
