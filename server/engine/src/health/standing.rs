//! How a connection stood at its latest reading: what is counted. Pure.

use super::Code;
use crate::connections::State;

/// How a connection that counts stands, as of its latest reading.
///
/// A closed set, so that every connection is in exactly one row of the
/// figures. Of a broken one the code is kept and not what it means: who acts
/// and why come from the status table in force when somebody looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// No aggregation has run yet.
    SettingUp,
    /// The user has not chosen what to keep.
    Waiting,
    /// The latest reading was good and recent.
    Healthy,
    /// Healthy, and the permission ends soon.
    RenewSoon,
    /// The code was good, and no good reading came for too long.
    Stale,
    /// The latest attempt failed.
    Broken(Code),
}

impl Standing {
    /// Every one but those that are broken.
    pub const WHOLE: [Self; 5] = [
        Self::SettingUp,
        Self::Waiting,
        Self::Healthy,
        Self::RenewSoon,
        Self::Stale,
    ];

    /// Of a state; nothing that is gone stands anyhow.
    pub fn of(state: State) -> Option<Self> {
        Some(match state {
            State::SettingUp => Self::SettingUp,
            State::WaitingForChoice => Self::Waiting,
            State::Healthy => Self::Healthy,
            State::RenewSoon { .. } => Self::RenewSoon,
            State::Stale { .. } => Self::Stale,
            State::Broken(broken) => Self::Broken(broken.code),
            State::Gone => return None,
        })
    }

    /// Whether data flow as they should.
    pub fn is_fine(self) -> bool {
        matches!(self, Self::Healthy | Self::RenewSoon)
    }

    /// Whether a reading has said anything yet: what a share is a share of.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::SettingUp | Self::Waiting)
    }

    /// The code of a failure.
    pub fn broken(self) -> Option<Code> {
        match self {
            Self::Broken(code) => Some(code),
            _ => None,
        }
    }

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::SettingUp => "setting_up",
            Self::Waiting => "waiting",
            Self::Healthy => "healthy",
            Self::RenewSoon => "renew_soon",
            Self::Stale => "stale",
            Self::Broken(_) => "broken",
        }
    }

    /// As [`Self::name`] and the code say; a good code breaks nothing.
    pub fn read(name: &str, code: i64) -> Option<Self> {
        if name == "broken" {
            return (code != 0).then_some(Self::Broken(Code::new(code)));
        }
        Self::WHOLE.into_iter().find(|one| one.name() == name)
    }

    /// The code as the database has it: 0 where nothing is broken.
    pub(crate) fn code(self) -> i64 {
        self.broken().map_or(0, Code::get)
    }
}
