//! A break: from the first bad reading to the proof that it is over.
//!
//! A connection has at most one open break. Another code changes its cause and
//! opens no second one, so that notices and the time to repair hang on one
//! thing.

use super::state::State;
use crate::status::Code;

/// What a reading does to a connection's break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// One opens.
    Open(Code),
    /// The open one has another cause now.
    Change(Code),
    /// It is over.
    Close(End),
}

/// How a break ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A reading proves that data flow again.
    Repaired,
    /// There is nothing left to repair.
    Gone,
}

impl End {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Repaired => "repaired",
            Self::Gone => "gone",
        }
    }

    pub(crate) fn read(name: &str) -> Option<Self> {
        [Self::Repaired, Self::Gone]
            .into_iter()
            .find(|end| end.name() == name)
    }
}

/// What `state` does to a break whose present cause is `open`.
pub fn step(open: Option<Code>, state: State) -> Step {
    match (open, state) {
        (None, State::Broken(broken)) => Step::Open(broken.code),
        (Some(code), State::Broken(broken)) if broken.code != code => Step::Change(broken.code),
        (Some(_), State::Healthy | State::RenewSoon { .. } | State::Stale { .. }) => {
            // A good code is the proof; that it grows stale later is another matter.
            Step::Close(End::Repaired)
        }
        (Some(_), State::Gone) => Step::Close(End::Gone),
        // Accounts without a first reading prove nothing, nor does a choice.
        (Some(_), State::Broken(_) | State::SettingUp | State::WaitingForChoice) | (None, _) => {
            Step::Stay
        }
    }
}

/// The rhythm at which a login asks again, in days, when the starts of its
/// breaks show one: institutions that want a fresh sign-in do so every 30 or
/// 90 days.
pub fn rhythm(starts: &[chrono::DateTime<chrono::Utc>]) -> Option<u16> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    let gaps: Vec<i64> = starts
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).num_hours())
        .collect();
    // Two equal gaps may be chance; two that fit a known rhythm are a pattern.
    let latest = gaps.len().checked_sub(2).map(|from| &gaps[from..])?;
    [30_u16, 90].into_iter().find(|days| {
        let whole = i64::from(*days) * 24;
        latest.iter().all(|gap| (gap - whole).abs() * 10 <= whole)
    })
}
