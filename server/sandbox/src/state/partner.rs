//! The partner's sign-in: secret, lock, tokens.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq;

/// A token is good for two hours (operation `CreateToken`).
const TOKEN_LIFE: Duration = Duration::hours(2);
/// Failed attempts in a row after which the partner is locked (`CreateToken`).
const FAILURES_ALLOWED: u8 = 5;
/// How long a replaced secret stays good when asked (`ModifyPartnerSecret`).
const GRACE: Duration = Duration::days(30);

/// The one partner of a sandbox.
pub struct Partner {
    secret: String,
    former: Option<(String, DateTime<Utc>)>,
    failures: u8,
    tokens: HashMap<String, DateTime<Utc>>,
}

/// Result of showing a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The secret is right.
    Accepted,
    /// The secret is wrong, and was counted.
    Refused,
    /// Too many were wrong; right ones are refused as well.
    Locked,
}

/// What a token header is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// Issued and young enough.
    Good,
    /// Issued more than two hours ago.
    Expired,
    /// Never issued.
    Unknown,
}

/// When a replaced secret stops working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changeover {
    /// With the change.
    Immediate,
    /// Thirty days later.
    WithGrace,
}

impl Partner {
    pub(super) fn new(secret: String) -> Self {
        Self {
            secret,
            former: None,
            failures: 0,
            tokens: HashMap::new(),
        }
    }

    /// The current secret: the key of webhook signatures.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Locked after five wrong secrets in a row.
    pub fn is_locked(&self) -> bool {
        self.failures >= FAILURES_ALLOWED
    }

    /// What Mastercard's support does on request; here the control page.
    pub fn unlock(&mut self) {
        self.failures = 0;
    }

    /// Compares a shown secret and counts a wrong one.
    pub fn show(&mut self, secret: &str, now: DateTime<Utc>) -> Shown {
        if self.is_locked() {
            return Shown::Locked;
        }
        let former = self
            .former
            .as_ref()
            .filter(|(_, until)| now < *until)
            .map(|(former, _)| former.as_str());
        let right = same(secret, &self.secret) || former.is_some_and(|former| same(secret, former));
        if right {
            self.failures = 0;
            Shown::Accepted
        } else {
            self.failures += 1;
            Shown::Refused
        }
    }

    /// Replaces the secret; tokens stay good.
    pub fn change(&mut self, secret: String, changeover: Changeover, now: DateTime<Utc>) {
        let former = std::mem::replace(&mut self.secret, secret);
        self.former = match changeover {
            Changeover::Immediate => None,
            Changeover::WithGrace => Some((former, now + GRACE)),
        };
    }

    /// Notes a token that was just made.
    pub fn issue(&mut self, token: String, now: DateTime<Utc>) {
        // Kept a day beyond their end, so that they are told apart from invented ones.
        self.tokens
            .retain(|_, issued| now - *issued < TOKEN_LIFE + Duration::days(1));
        self.tokens.insert(token, now);
    }

    /// Judges a token.
    pub fn token(&self, token: &str, now: DateTime<Utc>) -> TokenState {
        match self.tokens.get(token) {
            None => TokenState::Unknown,
            Some(issued) if now - *issued >= TOKEN_LIFE => TokenState::Expired,
            Some(_) => TokenState::Good,
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// The rule for a new secret (`ModifyPartnerSecret`).
pub fn is_policy_secret(secret: &str) -> bool {
    (12..=255).contains(&secret.len())
        && secret
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!@#$%&*_-+".contains(&byte))
        && secret.bytes().any(|byte| byte.is_ascii_alphabetic())
        && secret.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + Duration::hours(hours)
    }

    #[test]
    fn five_in_a_row_lock_and_only_support_unlocks() {
        let mut partner = Partner::new("right-secret-1".to_owned());
        for _ in 0..4 {
            assert_eq!(partner.show("wrong", at(0)), Shown::Refused);
        }
        assert_eq!(partner.show("right-secret-1", at(0)), Shown::Accepted);
        for _ in 0..5 {
            assert_eq!(partner.show("wrong", at(0)), Shown::Refused);
        }
        assert_eq!(partner.show("right-secret-1", at(900)), Shown::Locked);
        partner.unlock();
        assert_eq!(partner.show("right-secret-1", at(900)), Shown::Accepted);
    }

    #[test]
    fn tokens_end_after_two_hours_and_outlive_a_change() {
        let mut partner = Partner::new("first-secret-1".to_owned());
        partner.issue("token".to_owned(), at(0));
        partner.change("second-secret-2".to_owned(), Changeover::Immediate, at(1));
        assert_eq!(partner.token("token", at(1)), TokenState::Good);
        assert_eq!(partner.token("token", at(2)), TokenState::Expired);
        assert_eq!(partner.token("other", at(1)), TokenState::Unknown);
        assert_eq!(partner.show("first-secret-1", at(1)), Shown::Refused);
    }

    #[test]
    fn grace_keeps_the_former_secret_thirty_days() {
        let mut partner = Partner::new("first-secret-1".to_owned());
        partner.change("second-secret-2".to_owned(), Changeover::WithGrace, at(0));
        assert_eq!(
            partner.show("first-secret-1", at(24 * 30 - 1)),
            Shown::Accepted
        );
        assert_eq!(partner.show("first-secret-1", at(24 * 30)), Shown::Refused);
    }

    #[test]
    fn policy() {
        assert!(is_policy_secret("OrU7tjiA3tIspCgb85xV"));
        for bad in [
            "short1",
            "onlyletters-here",
            "123456789012",
            "has space 1234",
            "umlaut-ü-1234",
        ] {
            assert!(!is_policy_secret(bad), "{bad}");
        }
    }
}
