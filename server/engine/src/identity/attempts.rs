//! How often one may try: counted in the store, so that it holds across nodes.
//!
//! An attempt is counted before it is made, and given back when it succeeds:
//! counting failures afterwards would let many run at one time.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{Email, Identity};
use crate::store::{StoreError, Write};

/// How many attempts a window admits, and what the next one costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So many are admitted.
    pub tries: u32,
    /// From the first one counted.
    pub window: TimeDelta,
    /// For how long the next one locks.
    pub lock: TimeDelta,
}

impl Limit {
    pub(crate) const fn new(tries: u32, window: TimeDelta, lock: TimeDelta) -> Self {
        Self {
            tries,
            window,
            lock,
        }
    }

    /// Counts an attempt at `now`; the lock, where there is one.
    pub fn count(self, before: Count, now: DateTime<Utc>) -> (Count, Option<DateTime<Utc>>) {
        if let Some(until) = before.locked_until.filter(|until| *until > now) {
            return (before, Some(until));
        }
        let over = before.locked_until.is_some() || before.started_at + self.window <= now;
        let count = if over {
            Count {
                started_at: now,
                tries: 0,
                locked_until: None,
            }
        } else {
            before
        };
        if count.tries < self.tries {
            return (
                Count {
                    tries: count.tries + 1,
                    ..count
                },
                None,
            );
        }
        let until = now + self.lock;
        (
            Count {
                locked_until: Some(until),
                ..count
            },
            Some(until),
        )
    }
}

/// The attempts of one account or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// When the window began.
    pub started_at: DateTime<Utc>,
    /// Attempts in it.
    pub tries: u32,
    /// Since there were too many.
    pub locked_until: Option<DateTime<Utc>>,
}

/// The limits of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Passwords tried on one account.
    pub password_by_account: Limit,
    /// Passwords tried from one address. Success gives the attempt back, so
    /// that a household behind one address is not locked out by itself.
    pub password_by_address: Limit,
    /// Letters asked for to one mailbox.
    pub letter_by_account: Limit,
    /// Letters asked for from one address.
    pub letter_by_address: Limit,
    /// Codes of the second factor tried on one account.
    pub code_by_account: Limit,
    /// Codes of the second factor tried from one address.
    pub code_by_address: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        let (quarter, hour) = (TimeDelta::minutes(15), TimeDelta::hours(1));
        Self {
            password_by_account: Limit::new(10, quarter, quarter),
            password_by_address: Limit::new(60, quarter, quarter),
            letter_by_account: Limit::new(5, hour, hour),
            letter_by_address: Limit::new(30, hour, hour),
            code_by_account: Limit::new(5, quarter, quarter),
            code_by_address: Limit::new(30, quarter, quarter),
        }
    }
}

/// Too many attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("too many attempts; locked until {until}")]
pub struct Locked {
    /// When the next one may be made (real clock).
    pub until: DateTime<Utc>,
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    Password,
    Letter,
    Code,
}

impl Attempt {
    fn limits(self, limits: &Limits) -> [(&'static str, Limit); 2] {
        match self {
            Self::Password => [
                ("password_account", limits.password_by_account),
                ("password_address", limits.password_by_address),
            ],
            Self::Letter => [
                ("letter_account", limits.letter_by_account),
                ("letter_address", limits.letter_by_address),
            ],
            Self::Code => [
                ("code_account", limits.code_by_account),
                ("code_address", limits.code_by_address),
            ],
        }
    }
}

impl Identity {
    /// Counts an attempt on `email` from `address`, known or not.
    pub(super) async fn begin_attempt(
        &self,
        attempt: Attempt,
        email: &Email,
        address: IpAddr,
    ) -> Result<Option<Locked>, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let mut until = None;
        // Always the account first: two attempts never wait for each other.
        for ((scope, limit), key) in attempt
            .limits(&self.settings.limits)
            .into_iter()
            .zip(keys(email, address))
        {
            until = until.max(count(&mut unit, scope, limit, &key, now).await?);
        }
        unit.save().await?;
        Ok(until)
    }

    /// Forgets the account's attempts and gives the address's back.
    pub(super) async fn end_attempt(
        &self,
        attempt: Attempt,
        email: &Email,
        address: IpAddr,
    ) -> Result<(), StoreError> {
        let [(account, _), (from, _)] = attempt.limits(&self.settings.limits);
        let [email, address] = keys(email, address);
        let mut unit = self.store.write().await?;
        unit.forget_attempts(account, &email).await?;
        unit.give_back_attempt(from, &address).await?;
        unit.save().await
    }
}

/// Counts one attempt of `scope` on `key`; the lock, where there are too many.
pub(crate) async fn count(
    unit: &mut Write,
    scope: &str,
    limit: Limit,
    key: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<Locked>, StoreError> {
    let before = unit.take_attempts(scope, key, now).await?;
    let (after, lock) = limit.count(before, now);
    if after != before {
        unit.put_attempts(scope, key, after).await?;
    }
    Ok(lock.map(|until| Locked { until }))
}

/// What attempts are stored under: not what they were made on.
pub(crate) fn key(of: &[u8]) -> [u8; 32] {
    Sha256::digest(of).into()
}

fn keys(email: &Email, address: IpAddr) -> [[u8; 32]; 2] {
    let address = match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        // Whoever has one IPv6 address has its /64.
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    };
    [key(email.key().as_bytes()), key(&address)]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const LIMIT: Limit = Limit::new(3, TimeDelta::seconds(60), TimeDelta::seconds(100));

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap()
    }

    fn count(started: i64, tries: u32, locked: Option<i64>) -> Count {
        Count {
            started_at: at(started),
            tries,
            locked_until: locked.map(at),
        }
    }

    #[rstest]
    #[case::first(count(0, 0, None), 0, count(0, 1, None), None)]
    #[case::last(count(0, 2, None), 59, count(0, 3, None), None)]
    #[case::too_many(count(0, 3, None), 59, count(0, 3, Some(159)), Some(159))]
    #[case::new_window(count(0, 3, None), 60, count(60, 1, None), None)]
    #[case::locked(count(0, 3, Some(159)), 158, count(0, 3, Some(159)), Some(159))]
    #[case::lock_over(count(0, 3, Some(159)), 159, count(159, 1, None), None)]
    #[case::lock_outlives_window(count(0, 3, Some(159)), 90, count(0, 3, Some(159)), Some(159))]
    fn counting(
        #[case] before: Count,
        #[case] now: i64,
        #[case] after: Count,
        #[case] lock: Option<i64>,
    ) {
        assert_eq!(LIMIT.count(before, at(now)), (after, lock.map(at)));
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let email = Email::parse("ada@example.com").unwrap();
        let key = |text: &str| keys(&email, text.parse().unwrap())[1];
        assert_eq!(key("2001:db8::1"), key("2001:db8::ffff:1"));
        assert_ne!(key("2001:db8:0:1::1"), key("2001:db8::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
