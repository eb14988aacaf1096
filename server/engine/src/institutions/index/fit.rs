//! How well a query fits an institution.

/// How a query fits an institution, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Match {
    /// It is its whole name, or its routing number.
    Exact,
    /// Its name begins with it.
    Prefix,
    /// It is an alias.
    Alias,
    /// All its words are words of the name or of an alias, or their beginnings,
    /// in any order.
    Words,
    /// It is the beginning of an alias or of a shorter spelling, or its initials.
    Short,
    /// It is the web address, or the name in it.
    Host,
    /// It fits but for typing mistakes.
    Fuzzy,
    /// Only part of it fits.
    Partly,
}

/// What is added to the cost of a fit.
pub(super) mod cost {
    /// A word is only begun.
    pub(in super::super) const HALF: u8 = 1;
    /// A word is the place's, not the name's.
    pub(in super::super) const PLACE: u8 = 2;
    /// A generic word of the query is not in the name.
    pub(in super::super) const MISSING: u8 = 4;
    /// One typing mistake.
    pub(in super::super) const MISTAKE: u8 = 16;
}

/// A match and, among equal ones, its cost; less is better. One number, since
/// 20,000 of them are compared for a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit(u16);

impl Fit {
    /// No fit at all.
    pub(super) const NONE: Self = Self(u16::MAX);

    pub(super) fn new(matched: Match, cost: u8) -> Self {
        Self((matched as u16) << 8 | u16::from(cost))
    }

    /// A number in the same order.
    pub(super) fn rank(self) -> u16 {
        self.0
    }

    pub(super) fn matched(self) -> Match {
        match self.0 >> 8 {
            0 => Match::Exact,
            1 => Match::Prefix,
            2 => Match::Alias,
            3 => Match::Words,
            4 => Match::Short,
            5 => Match::Host,
            6 => Match::Fuzzy,
            _ => Match::Partly,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_match_beats_any_cost() {
        assert!(Fit::new(Match::Exact, u8::MAX) < Fit::new(Match::Prefix, 0));
        assert!(Fit::new(Match::Partly, u8::MAX) < Fit::NONE);
        assert_eq!(Fit::new(Match::Partly, 9).matched(), Match::Partly);
        assert_eq!(Fit::new(Match::Host, 9).matched(), Match::Host);
    }
}
