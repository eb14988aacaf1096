//! A circuit breaker: after failures in a row, a group of operations rests,
//! then one call tries. Pure but for its own counters; the time comes in.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Whether calls of a group go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitState {
    /// They do.
    Closed,
    /// They are answered at once with an error.
    Open {
        /// When one call may try.
        until: DateTime<Utc>,
    },
    /// The rest is over, and the next call is the try.
    HalfOpen,
}

#[derive(Debug)]
pub(super) struct Breaker {
    threshold: u32,
    open_for: Duration,
    failures: u32,
    open_until: Option<DateTime<Utc>>,
    /// A pause Mastercard asked for; a success of a call already on its way
    /// does not end it.
    paused_until: Option<DateTime<Utc>>,
}

impl Breaker {
    pub(super) fn new(threshold: u32, open_for: Duration) -> Self {
        Self {
            threshold,
            open_for,
            failures: 0,
            open_until: None,
            paused_until: None,
        }
    }

    /// Whether a call may go out now; if not, when. After the rest it admits
    /// one call and then rests again, so that a probe whose caller went away
    /// cannot hold the circuit open for ever.
    pub(super) fn admit(&mut self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        if let Some(until) = self.paused_until.filter(|until| now < *until) {
            return Err(until);
        }
        match self.open_until {
            Some(until) if now < until => Err(until),
            Some(_) => {
                self.open_until = Some(now + self.open_for);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
        self.open_until = None;
    }

    pub(super) fn failed(&mut self, now: DateTime<Utc>) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.threshold {
            self.open_until = Some(now + self.open_for);
        }
    }

    pub(super) fn pause(&mut self, until: DateTime<Utc>) {
        self.paused_until = self.paused_until.max(Some(until));
    }

    pub(super) fn state(&self, now: DateTime<Utc>) -> CircuitState {
        match self.open_until.max(self.paused_until) {
            Some(until) if now < until => CircuitState::Open { until },
            _ if self.open_until.is_some() => CircuitState::HalfOpen,
            _ => CircuitState::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn failed(times: u32) -> Breaker {
        let mut breaker = Breaker::new(3, Duration::from_secs(30));
        (0..times).for_each(|_| breaker.failed(at(0)));
        breaker
    }

    #[test]
    fn opens_after_failures_in_a_row_only() {
        let mut breaker = failed(2);
        breaker.succeeded();
        breaker.failed(at(0));
        breaker.failed(at(0));
        assert_eq!(breaker.admit(at(0)), Ok(()));
        breaker.failed(at(0));
        assert_eq!(breaker.admit(at(1)), Err(at(30)));
        assert_eq!(breaker.state(at(1)), CircuitState::Open { until: at(30) });
    }

    #[test]
    fn one_probe_after_the_rest_and_its_success_closes() {
        let mut breaker = failed(3);
        assert_eq!(breaker.state(at(30)), CircuitState::HalfOpen);
        assert_eq!(breaker.admit(at(30)), Ok(()));
        assert_eq!(breaker.admit(at(31)), Err(at(60)));
        breaker.succeeded();
        assert_eq!(breaker.admit(at(31)), Ok(()));
        assert_eq!(breaker.state(at(31)), CircuitState::Closed);
    }

    #[test]
    fn a_failed_or_lost_probe_rests_again() {
        let mut breaker = failed(3);
        assert_eq!(breaker.admit(at(40)), Ok(()));
        assert_eq!(breaker.admit(at(41)), Err(at(70)), "the probe is lost");
        assert_eq!(breaker.admit(at(70)), Ok(()));
        breaker.failed(at(75));
        assert_eq!(breaker.admit(at(104)), Err(at(105)));
    }

    #[test]
    fn a_pause_outlives_a_success() {
        let mut breaker = failed(0);
        breaker.pause(at(10));
        breaker.pause(at(5));
        breaker.succeeded();
        assert_eq!(breaker.admit(at(9)), Err(at(10)));
        assert_eq!(breaker.admit(at(10)), Ok(()));
        assert_eq!(breaker.state(at(10)), CircuitState::Closed);
    }
}
