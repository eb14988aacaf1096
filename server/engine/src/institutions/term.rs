//! What was looked for in vain, fit to be kept without a person in it.

use super::Query;

/// Letters of a term that are kept.
const LONGEST: usize = 60;
/// Shorter ones say nothing.
const SHORTEST: usize = 3;
/// More digits than a routing number has may be an account or a card.
const MOST_DIGITS: usize = 9;

/// A term that may be counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term(String);

impl Term {
    /// One spelling of what was typed. `None` for what is too short, and for
    /// what may be about a person: e-mail addresses and long numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if text.contains('@') || digits > MOST_DIGITS {
            return None;
        }
        let term: String = Query::parse(text)
            .canonical()
            .chars()
            .take(LONGEST)
            .collect();
        (term.chars().count() >= SHORTEST).then_some(Self(term))
    }

    /// The term.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Bánk of  Nowhere!", Some("bank of nowhere"))]
    #[case("https://www.nowhere.example/login?user=me", Some("nowhere.example"))]
    #[case("021000022", Some("021000022"))]
    #[case("me@nowhere.example", None)]
    #[case("4111 1111 1111 1111", None)]
    #[case("ab", None)]
    fn keeps_no_person(#[case] text: &str, #[case] term: Option<&str>) {
        assert_eq!(Term::parse(text).as_ref().map(Term::as_str), term);
    }
}
