//! Codes for who has lost the factor: shown once, each good once.

use crate::random::Random;

/// So many are made.
const COUNT: usize = 10;
/// Letters of a code: 60 bits.
const LENGTH: usize = 12;
const GROUP: usize = 4;

/// A new code, in groups, to be shown once.
pub(super) fn new(random: &dyn Random) -> Vec<String> {
    let code = |_| {
        let letters: Vec<char> = random.token().chars().take(LENGTH).collect();
        let groups: Vec<String> = letters
            .chunks(GROUP)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    };
    (0..COUNT).map(code).collect()
}

/// The code as it counts: people type capitals, spaces and other dashes. `None`
/// for what cannot be one.
pub(super) fn plain(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    (plain.len() == LENGTH).then_some(plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn ten_different_ones_that_can_be_typed() {
        let codes = new(&SeededRandom::new(3));
        let plain: BTreeSet<String> = codes.iter().filter_map(|code| plain(code)).collect();
        assert_eq!((codes.len(), plain.len()), (10, 10));
        assert_eq!(codes[0].len(), 14);
    }

    #[test]
    fn typed_otherwise_it_is_the_same() {
        assert_eq!(plain(" ABCD efgh–2345 ").as_deref(), Some("abcdefgh2345"));
        assert_eq!(plain("abcd-efgh-234"), None);
        assert_eq!(plain("123456"), None);
    }
}
