//! The sandbox's clock: real time plus what the control page has added to it.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use chrono::{DateTime, Duration, Utc};
use tokio::sync::watch;

/// Time as the sandbox tells it. All clones are one clock, so that the server
/// can use it for its own facts and schedules and one control moves both.
///
/// It only moves forward: dates that were handed out would lie in the future
/// otherwise, and neither the real upstream nor its callers know such a state.
#[derive(Clone)]
pub struct SandboxClock {
    source: Source,
    moves: Arc<watch::Sender<Duration>>,
    order: Arc<Mutex<()>>,
}

#[derive(Clone, Copy)]
enum Source {
    Real,
    Standing(DateTime<Utc>),
}

/// A move of the clock that was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MoveRefused {
    /// The clock is never set back.
    #[error("the clock moves forward only")]
    Backward,
    /// Beyond what a date can hold.
    #[error("that is too far ahead")]
    TooFar,
}

impl SandboxClock {
    /// Real time, not moved yet.
    pub fn real() -> Self {
        Self::over(Source::Real)
    }

    /// Real time, set back by `by` until it is moved: a past to be played, so that
    /// it ends at the present.
    pub fn behind(by: Duration) -> Self {
        let clock = Self::real();
        clock.moves.send_replace(-by);
        clock
    }

    /// Stands still at `at` until it is moved; for tests.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self::over(Source::Standing(at))
    }

    fn over(source: Source) -> Self {
        Self {
            source,
            moves: Arc::new(watch::Sender::new(Duration::zero())),
            order: Arc::new(Mutex::new(())),
        }
    }

    /// The time now, UTC.
    pub fn now(&self) -> DateTime<Utc> {
        self.unmoved() + *self.moves.borrow()
    }

    /// How far the clock has been moved ahead of real time.
    pub fn moved(&self) -> Duration {
        *self.moves.borrow()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) -> Result<DateTime<Utc>, MoveRefused> {
        if by < Duration::zero() {
            return Err(MoveRefused::Backward);
        }
        let _turn = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = self.moved().checked_add(&by).ok_or(MoveRefused::TooFar)?;
        // A century is further than any schedule and keeps every later sum of dates in range.
        if moved > Duration::days(36_500) {
            return Err(MoveRefused::TooFar);
        }
        self.moves.send_replace(moved);
        Ok(self.now())
    }

    /// Moves the clock forward to `to`.
    pub fn advance_to(&self, to: DateTime<Utc>) -> Result<DateTime<Utc>, MoveRefused> {
        self.advance(to - self.now())
    }

    /// Ends when the clock shows `due`, be it by waiting or by being moved.
    pub async fn sleep_until(&self, due: DateTime<Utc>) {
        let mut moves = self.moves.subscribe();
        loop {
            let left = due - self.now();
            let Ok(left) = left.to_std() else { return };
            if left.is_zero() {
                return;
            }
            // A standing clock passes no time by itself: only a move ends the wait.
            let pause = match self.source {
                Source::Real => left,
                Source::Standing(_) => std::time::Duration::MAX,
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                changed = moves.changed() => if changed.is_err() { return },
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the sandbox reads real time"
    )]
    fn unmoved(&self) -> DateTime<Utc> {
        match self.source {
            Source::Real => Utc::now(),
            Source::Standing(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    #[test]
    fn moves_forward_only_and_for_every_clone() {
        let clock = SandboxClock::standing(noon());
        let other = clock.clone();
        clock.advance(Duration::hours(3)).unwrap();
        assert_eq!(other.now(), noon() + Duration::hours(3));
        assert_eq!(
            clock.advance(Duration::seconds(-1)),
            Err(MoveRefused::Backward)
        );
        assert_eq!(clock.advance_to(noon()), Err(MoveRefused::Backward));
        assert_eq!(clock.advance(Duration::MAX), Err(MoveRefused::TooFar));
        assert_eq!(other.now(), noon() + Duration::hours(3));
    }

    #[test]
    fn a_past_can_be_played_up_to_the_present() {
        let clock = SandboxClock::behind(Duration::days(90));
        let present = SandboxClock::real();
        assert!(clock.now() < present.now() - Duration::days(89));
        clock.advance(Duration::days(90)).unwrap();
        assert_eq!(clock.moved(), Duration::zero());
        assert!(clock.now() <= present.now());
    }

    #[tokio::test(start_paused = true)]
    async fn a_move_ends_a_wait() {
        let clock = SandboxClock::standing(noon());
        let waiting = clock.clone();
        let wait = async move { waiting.sleep_until(noon() + Duration::days(2)).await };
        let push = async {
            tokio::task::yield_now().await;
            clock.advance(Duration::days(1)).unwrap();
            tokio::task::yield_now().await;
            clock.advance(Duration::days(1)).unwrap();
        };
        tokio::join!(wait, push);
        assert_eq!(clock.now(), noon() + Duration::days(2));
    }
}
