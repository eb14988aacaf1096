//! Time as a parameter.
//!
//! Two clocks run in Relink. The *domain* clock dates facts, schedules, links
//! and notices; in the sandbox environment it is the sandbox's movable one. The
//! *real* clock dates sign-in sessions, limits and time-outs, so that moving
//! the sandbox's clock signs nobody out. Both are this trait.

use chrono::{DateTime, SubsecRound, Utc};

/// After everything that databases and calendars hold.
pub(crate) const LATEST: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(at) => at,
    None => DateTime::UNIX_EPOCH,
};

/// A source of the present instant.
pub trait Clock: Send + Sync {
    /// Now, truncated to microseconds: what PostgreSQL keeps, so that a value
    /// read back equals the value written on either database.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that stands until it is moved; for tests.
#[derive(Debug)]
pub struct FixedClock(std::sync::Mutex<DateTime<Utc>>);

impl FixedClock {
    /// Stands at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(std::sync::Mutex::new(now.trunc_subsecs(6)))
    }

    /// Moves on by `by`; a negative duration moves back.
    pub fn advance(&self, by: chrono::Duration) {
        let mut now = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The two clocks of a program.
#[derive(Clone)]
pub struct Clocks {
    /// Dates facts, schedules, links and notices.
    pub domain: std::sync::Arc<dyn Clock>,
    /// Dates sign-in sessions, limits, leases.
    pub real: std::sync::Arc<dyn Clock>,
}

impl Clocks {
    /// Both the same: everywhere but in the sandbox environment.
    pub fn one(clock: std::sync::Arc<dyn Clock>) -> Self {
        Self {
            domain: std::sync::Arc::clone(&clock),
            real: clock,
        }
    }
}
