//! A line of a story.

use super::LineKind;
use crate::api::audit::{Act, Actor, Fact};
use crate::api::events::{EventRef, Quarantine};
use crate::api::health::{Acts, Cause, Took};
use crate::api::notices::Told;
use crate::api::shared::When;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: When,
    /// The institution, where it is about one.
    pub institution: Option<String>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The person went to Data Connect.
    Visit {
        /// Why.
        purpose: Purpose,
        /// How it ended, or stands.
        end: VisitEnd,
        /// The code that was given for it.
        code: Option<i64>,
        /// What webhooks call it.
        reference: String,
        /// What was learned of it, the earliest first.
        steps: Vec<(Step, When)>,
    },
    /// Mastercard called.
    Event {
        /// Which event it is in the log.
        id: Option<EventRef>,
        /// Its official name.
        kind: String,
        /// A code in it.
        code: Option<i64>,
        /// What became of it.
        became: Became,
    },
    /// Something of a connection changed.
    Change(Change),
    /// A break opened, or has another cause.
    Broke {
        /// The code.
        code: i64,
        /// Who acts.
        acts: Acts,
        /// Why.
        cause: Cause,
        /// The code before, where it has another cause.
        before: Option<i64>,
        /// Where it opened: the first attempt that failed, and when data came last.
        seen: Option<(When, Option<When>)>,
    },
    /// A break ended.
    Ended {
        /// Whether by proof; else the connection is gone.
        repaired: bool,
        /// How long it was.
        after: Option<Took>,
    },
    /// A notice was made.
    Notice {
        /// What it says.
        told: Told,
        /// When the person read it.
        seen: Option<When>,
    },
    /// A letter or text message.
    Delivery {
        /// Whether it is a letter; else a text message.
        letter: bool,
        /// How many notices are in it.
        notices: u32,
        /// What became of it.
        went: Went,
    },
    /// What staff did.
    Act {
        /// Of which kind.
        act: Act,
        /// Who.
        actor: Actor,
        /// What it was, and what it became.
        change: (Vec<Fact>, Vec<Fact>),
        /// Why they say that they did it.
        reason: Option<String>,
    },
}

impl What {
    /// Of which kind it is.
    pub fn kind(&self) -> LineKind {
        match self {
            Self::Visit { .. } => LineKind::Visit,
            Self::Event { .. } => LineKind::Event,
            Self::Change(_) => LineKind::Change,
            Self::Broke { .. } | Self::Ended { .. } => LineKind::Break,
            Self::Notice { .. } => LineKind::Notice,
            Self::Delivery { .. } => LineKind::Delivery,
            Self::Act { .. } => LineKind::Act,
        }
    }
}

/// Why somebody went to Data Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To connect.
    Connect,
    /// To repair a connection.
    Repair,
    /// To renew a permission.
    Renew,
}

impl Purpose {
    /// All.
    pub const ALL: [Self; 3] = [Self::Connect, Self::Repair, Self::Renew];
}

/// An enum that lists its variants.
macro_rules! all {
    ($(#[$all:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$all])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }
    };
}

all! {
/// How a visit ended, or stands.
VisitEnd {
    /// It goes on, or its end is being looked for.
    Open,
    /// A reading proves that it did what it was for.
    Proven,
    /// There was no link.
    NoLink,
    /// The person left.
    Left,
    /// It ran out.
    Expired,
    /// The institution refused the sign-in.
    SignInRefused,
    /// The institution or Mastercard had trouble.
    Trouble,
    /// It ended, and readings show nothing new.
    Nothing,
    /// Somebody signed in whose accounts are others.
    Others,
}
}

all! {
/// What was learned of a visit.
Step {
    /// Mastercard gave a link.
    LinkMade,
    /// It was opened.
    Opened,
    /// The person signed in at the institution or chose accounts.
    Adding,
    /// The institution refused a sign-in.
    SignInRefused,
    /// A hint that accounts were added or repaired.
    Added,
    /// Nothing was to be repaired.
    NothingToRepair,
    /// Trouble at the institution or at Mastercard.
    Trouble,
    /// The person left on purpose.
    Left,
    /// Data Connect closed it.
    TimedOut,
    /// A hint that it is over.
    Finished,
    /// The browser came back to us.
    Returned,
    /// The latest reading.
    Read,
    /// A reading proved it.
    Proven,
}
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It waits.
    Waiting,
    /// It had its effect.
    Applied,
    /// It was set aside, for this reason.
    PutAside(Quarantine),
}

/// What changed of a connection, breaks aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its first account arrived.
    Connected,
    /// Its person went to repair it.
    RepairBegun,
    /// Its person went to renew the permission.
    RenewalBegun,
    /// The permission has another end.
    Renewed,
    /// It moved to another login.
    Moved,
    /// An account is listed no more.
    AccountGone(String),
    /// An account is listed again.
    AccountBack(String),
}

/// What became of a letter or text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Went {
    /// It waits.
    Waiting,
    /// It may have arrived, and is tried on.
    Tried,
    /// It was taken.
    Sent(When),
    /// It was refused, or given up.
    Refused(When),
    /// Nothing in it held any more.
    Dropped(When),
}
