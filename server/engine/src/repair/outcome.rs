//! What became of a repair: a function of what is known of it.
//!
//! As with a visit that connects, events, the return and the passing of time
//! are hints in any order. Only a reading shows that data flow again: success
//! has two faces (`added` at OAuth institutions, `credentialsUpdated` at
//! others), and neither is a proof.

use chrono::{DateTime, Utc};
use relink_mastercard::AggregationStatusCode as Code;
use serde::{Deserialize, Serialize};

use crate::connect::session::{self, Ending, LinkRefused};

/// The code of "account not found", which Data Connect gives when somebody
/// signed in who does not have these accounts.
const NOT_AMONG_THEM: i64 = 946;

/// What readings say of the connection that a visit repairs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Proof {
    /// The code that the repair is about.
    pub code: i64,
    /// The first reading in which nothing of the connection was broken.
    pub repaired: Option<DateTime<Utc>>,
    /// The code that the latest reading left; absent when none is broken.
    pub left: Option<i64>,
    /// Accounts came that are none of this connection's.
    pub others_came: bool,
    /// The end of the permission that the visit renews; absent: it repairs.
    pub renews: Option<DateTime<Utc>>,
}

impl Proof {
    /// What a repair of `code` begins with.
    pub fn of(code: Code) -> Self {
        Self {
            code: code.get(),
            left: Some(code.get()),
            ..Self::default()
        }
    }

    /// What a renewal of a permission that ends at `by` begins with: nothing is
    /// broken.
    pub fn renewal(by: DateTime<Utc>) -> Self {
        Self {
            renews: Some(by),
            ..Self::default()
        }
    }

    /// Whether nothing else is wrong than before the visit.
    fn is_as_before(&self) -> bool {
        match self.renews {
            Some(_) => self.left.is_none(),
            None => self.left == Some(self.code),
        }
    }
}

/// Where a repair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The link is made; nobody opened it yet.
    Waiting,
    /// The person is at Data Connect or the institution.
    Away,
    /// It seems to be over; the proof is being looked for until then.
    Checking(DateTime<Utc>),
    /// A reading shows that data flow again.
    Repaired,
    /// The person signed in again, and the institution has given nothing yet.
    SignedIn,
    /// Data Connect found nothing to repair, and a reading disagrees.
    NothingToRepair,
    /// Somebody signed in whose accounts are others.
    OtherAccounts,
    /// It went on to the end and is still broken.
    StillBroken,
    /// The institution refused the sign-in, and nothing came after.
    SignInRefused,
    /// The institution or the connection to it failed.
    Trouble(Option<Code>),
    /// The person left before the end.
    Left,
    /// The link or the visit ran out.
    Expired,
    /// There was no link to open.
    NoLink(LinkRefused),
}

/// Where a repair that began at `created` stands at `now`.
pub fn outcome(
    facts: &session::Facts,
    proof: &Proof,
    created: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Outcome {
    if proof.repaired.is_some() {
        return Outcome::Repaired;
    }
    if let Some(refused) = facts.link_refused {
        return Outcome::NoLink(refused);
    }
    match facts.ending(created, now) {
        Ending::UnderWay if facts.opened.is_some() || facts.adding.is_some() => Outcome::Away,
        Ending::UnderWay => Outcome::Waiting,
        Ending::Checking(until) => Outcome::Checking(until),
        Ending::Over { ran_out } => ended(facts, proof, ran_out),
    }
}

/// Whether Data Connect said that somebody signed in who does not have these
/// accounts; not where that is what is repaired.
pub(crate) fn is_not_among_them(proof: &Proof, code: Option<i64>) -> bool {
    code == Some(NOT_AMONG_THEM) && proof.code != NOT_AMONG_THEM
}

fn ended(facts: &session::Facts, proof: &Proof, ran_out: bool) -> Outcome {
    let code = facts.trouble.and_then(|trouble| trouble.code);
    if proof.others_came || is_not_among_them(proof, code) {
        return Outcome::OtherAccounts;
    }
    // Another trouble than the one repaired is left: say that one.
    let signed_in = if proof.is_as_before() {
        Outcome::SignedIn
    } else {
        Outcome::StillBroken
    };
    if facts.added.is_some() {
        return signed_in;
    }
    if let Some(code) = code {
        return Outcome::Trouble(Some(Code::new(code)));
    }
    if facts.left.is_some() {
        return Outcome::Left;
    }
    if facts.timed_out.is_some() || (ran_out && facts.finished.is_none()) {
        return Outcome::Expired;
    }
    if facts.sign_in_refused.is_some() {
        return Outcome::SignInRefused;
    }
    if facts.nothing_to_repair.is_some() {
        return Outcome::NothingToRepair;
    }
    if facts.trouble.is_some() {
        return Outcome::Trouble(None);
    }
    if facts.finished.is_some() {
        return signed_in;
    }
    Outcome::StillBroken
}
