//! What a password may be.

use std::{collections::HashSet, sync::LazyLock};

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

/// The shortest password, in characters.
pub const SHORTEST: usize = 12;
/// The longest password, in bytes: hashing must stay cheap to ask for.
pub const LONGEST_BYTES: usize = 1024;
/// A text of fewer different characters is a pattern.
const FEWEST_DIFFERENT: usize = 5;

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/common-passwords.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// A password good enough to be chosen.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

/// Why a password cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Fewer than [`SHORTEST`] characters.
    #[error("the password is too short")]
    TooShort,
    /// More than [`LONGEST_BYTES`] bytes.
    #[error("the password is too long")]
    TooLong,
    /// On the list of common ones, or a plain pattern.
    #[error("the password is too common")]
    TooCommon,
}

impl Password {
    /// Checks what a person wants as password.
    pub fn parse(text: &SecretString) -> Result<Self, BadPassword> {
        if text.expose_secret().len() > LONGEST_BYTES {
            return Err(BadPassword::TooLong);
        }
        let password = normalised(text);
        let chars: Vec<char> = password.expose_secret().to_lowercase().chars().collect();
        if chars.len() < SHORTEST {
            return Err(BadPassword::TooShort);
        }
        let different: HashSet<char> = chars.iter().copied().collect();
        let lower: String = chars.iter().collect();
        if different.len() < FEWEST_DIFFERENT || is_run(&chars) || COMMON.contains(lower.trim()) {
            return Err(BadPassword::TooCommon);
        }
        Ok(Self(password))
    }

    pub(super) fn secret(&self) -> &SecretString {
        &self.0
    }
}

/// One spelling of each character: keyboards differ in how they compose "é".
pub(super) fn normalised(text: &SecretString) -> SecretString {
    text.expose_secret().nfc().collect::<String>().into()
}

/// Whether each character follows the one before, up or down, as in an
/// alphabet; "0" after "9" counts.
fn is_run(chars: &[char]) -> bool {
    let run = |step: i64| {
        chars.windows(2).all(|pair| {
            let (from, to) = (i64::from(u32::from(pair[0])), i64::from(u32::from(pair[1])));
            to - from == step
                || (pair[0], pair[1]) == ('9', '0')
                || (pair[0], pair[1]) == ('0', '9')
        })
    };
    run(1) || run(-1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("short", Some(BadPassword::TooShort))]
    #[case("elevenchars", Some(BadPassword::TooShort))]
    #[case("éééééééééééé", Some(BadPassword::TooCommon))]
    #[case("PasswordPassword", Some(BadPassword::TooCommon))]
    #[case("qwertyuiop12", Some(BadPassword::TooCommon))]
    #[case("Password2024", Some(BadPassword::TooCommon))]
    #[case("1234567890123", Some(BadPassword::TooCommon))]
    #[case("abcdefghijklm", Some(BadPassword::TooCommon))]
    #[case("abcabcabcabc", Some(BadPassword::TooCommon))]
    #[case("wander oyster plinth", None)]
    #[case("пароль из четырёх слов", None)]
    fn choices(#[case] text: &str, #[case] bad: Option<BadPassword>) {
        assert_eq!(Password::parse(&text.into()).err(), bad);
    }

    #[test]
    fn the_bound_is_in_bytes_and_nothing_prints() {
        let long: String = ('a'..='z').cycle().take(LONGEST_BYTES + 1).collect();
        assert_eq!(
            Password::parse(&long.as_str().into()).err(),
            Some(BadPassword::TooLong)
        );
        let fine = Password::parse(&long[..LONGEST_BYTES].into()).unwrap();
        assert!(!format!("{fine:?}").contains("abc"));
    }

    #[test]
    fn the_list_is_lower_case_long_enough_and_long() {
        assert!(COMMON.len() > 2_000);
        for line in COMMON.iter() {
            assert!(
                line.chars().count() >= SHORTEST && *line == line.to_lowercase(),
                "{line}"
            );
        }
    }
}
