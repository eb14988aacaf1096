//! The words of a query, prepared for a search.

use super::{
    super::{
        distance::{Distance, Pattern, forgiven},
        lexicon::Lexicon,
        text::{GENERIC, is_generic},
    },
    fit::cost,
};

/// The words of a query, one bit each.
pub(super) struct Terms<'a> {
    words: &'a [String],
    /// All words.
    pub(super) all: u16,
    /// Words that must be found: those that say which institution is meant, or
    /// all where none does.
    pub(super) needed: u16,
    pub(super) all_generic: bool,
}

impl<'a> Terms<'a> {
    pub(super) fn of(words: &'a [String], known: &Lexicon) -> Self {
        let bits = |keep: &dyn Fn(&str) -> bool| {
            let kept = words.iter().enumerate().filter(|(_, word)| keep(word));
            kept.fold(0_u16, |bits, (at, _)| bits | 1 << at)
        };
        let all = bits(&|_| true);
        let telling = bits(&|word| {
            !is_generic(word) && (known.at(word).is_some() || !is_nearly_generic(word))
        });
        Self {
            words,
            all,
            needed: if telling == 0 { all } else { telling },
            all_generic: telling == 0,
        }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (u16, &'a str)> + use<'a> {
        self.words
            .iter()
            .enumerate()
            .map(|(at, word)| (1 << at, word.as_str()))
    }

    /// Neighbours that are one word in some name: "pen fed" for `PenFed`.
    pub(super) fn joined(&self, known: &Lexicon) -> Vec<(u16, String)> {
        let pairs = self.words.windows(2).enumerate();
        pairs
            .map(|(at, pair)| (0b11 << at, pair.concat()))
            .filter(|(_, joined)| !known.beginning_with(joined).is_empty())
            .collect()
    }
}

/// Words with digits are never mistyped into others: "121" is not "131".
pub(super) fn pattern(word: &str, most: u8) -> Option<Pattern> {
    let plain = most > 0 && !word.bytes().any(|byte| byte.is_ascii_digit());
    plain.then(|| Pattern::new(word, most)).flatten()
}

/// "bnak": a generic word, mistyped.
fn is_nearly_generic(word: &str) -> bool {
    let most = forgiven(word.chars().count());
    pattern(word, most).is_some_and(|pattern| {
        GENERIC
            .iter()
            .any(|known| pattern.distance(known).whole <= most)
    })
}

/// What a distance costs: mistakes in the whole word, or one step more for
/// mistakes in its beginning only.
pub(super) fn price(distance: Distance) -> u8 {
    let whole = distance.whole.saturating_mul(cost::MISTAKE);
    let half = distance
        .half
        .saturating_mul(cost::MISTAKE)
        .saturating_add(cost::HALF * 8);
    whole.min(half)
}
