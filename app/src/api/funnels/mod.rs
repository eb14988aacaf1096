//! Funnels: how an address asks for one, and what is shown of it. Pure.

mod filter;
mod stop;

use serde::{Deserialize, Serialize};

pub use filter::{Channel, FunnelFilter, Of, Tongue};
pub use stop::Stop;

use super::health::{Cause, Share};
use super::shared::When;

/// Which journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Funnel {
    /// Visits that connect an institution.
    #[default]
    Connect,
    /// Breaks, until they are repaired.
    Repair,
}

impl Funnel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Connect, Self::Repair];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Repair => "repair",
        }
    }

    /// Its steps, in the order in which they are reached.
    pub fn steps(self) -> &'static [Step] {
        match self {
            Self::Connect => &[
                Step::Chosen,
                Step::LinkMade,
                Step::Opened,
                Step::Connected,
                Step::Kept,
            ],
            Self::Repair => &[
                Step::Broke,
                Step::Told,
                Step::Came,
                Step::Started,
                Step::Finished,
                Step::Proven,
            ],
        }
    }

    /// The step that weeks tell of unless another is asked for.
    pub fn goal(self) -> Step {
        match self {
            Self::Connect => Step::Connected,
            Self::Repair => Step::Proven,
        }
    }
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// An institution was chosen.
    Chosen,
    /// Mastercard gave a link.
    LinkMade,
    /// The link was opened.
    Opened,
    /// A reading brought accounts.
    Connected,
    /// The user kept some of them.
    Kept,
    /// A connection broke.
    Broke,
    /// Its user knew: they were told, or they came unasked.
    Told,
    /// They were in our pages.
    Came,
    /// They left for Data Connect Fix.
    Started,
    /// They went to the end there.
    Finished,
    /// A reading proved the repair.
    Proven,
}

impl Step {
    /// All.
    pub const ALL: [Self; 11] = [
        Self::Chosen,
        Self::LinkMade,
        Self::Opened,
        Self::Connected,
        Self::Kept,
        Self::Broke,
        Self::Told,
        Self::Came,
        Self::Started,
        Self::Finished,
        Self::Proven,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::LinkMade => "link_made",
            Self::Opened => "opened",
            Self::Connected => "connected",
            Self::Kept => "kept",
            Self::Broke => "broke",
            Self::Told => "told",
            Self::Came => "came",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Proven => "proven",
        }
    }
}

/// How many reached a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The step.
    pub step: Step,
    /// How many.
    pub number: u32,
    /// Of all that began.
    pub of_all: Share,
    /// Of those that reached the step before; absent of the first.
    pub of_before: Option<Share>,
}

/// How many went no further, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// The step that they reached.
    pub step: Step,
    /// Why no further.
    pub stop: Stop,
    /// How many.
    pub number: u32,
    /// Of those that reached the step.
    pub share: Share,
}

/// Those that began in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday.
    pub monday: When,
    /// How many began.
    pub began: u32,
    /// How many of them reached the step within 1, 7 and 30 days.
    pub reached: [SoonReached; 3],
}

/// How many of a week reached a step so soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoonReached {
    /// How many.
    pub number: u32,
    /// Of those that began.
    pub share: Share,
    /// Whether some of them have time left.
    pub open: bool,
}

/// Those that have one thing in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What.
    pub of: Of,
    /// What an institution is called.
    pub name: Option<String>,
    /// What a code means.
    pub cause: Option<Cause>,
    /// How many reached each step.
    pub steps: Vec<u32>,
    /// How many came to the end, of all.
    pub share: Share,
}

/// A funnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunnelView {
    /// What the institution that is asked for is called.
    pub name: Option<String>,
    /// How many reached each step.
    pub steps: Vec<Reached>,
    /// Where they stand.
    pub stops: Vec<Stopped>,
    /// By the week in which they began, the first first.
    pub weeks: Vec<Week>,
    /// By code, channel, language, institution.
    pub parts: Vec<Part>,
    /// Searches that were sent in the same days.
    pub searches: u32,
}
