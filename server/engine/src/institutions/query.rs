//! What a person typed.

use super::{host::Host, text::Words};

/// Longest query that is read; what follows is ignored. Room for a pasted
/// address with its parameters.
const LONGEST: usize = 2048;
/// Most words of a query that are looked at: one bit each while searching.
pub(super) const MOST_WORDS: usize = 12;

/// A query, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) kind: Kind,
    pub(super) words: Words,
}

/// What a query is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing to look for.
    Empty,
    /// Nine digits.
    Routing(u32),
    /// A web address.
    Host(Host),
    /// A name, or part of one.
    Words,
}

impl Query {
    /// Reads what was typed; any text is a query.
    pub fn parse(text: &str) -> Self {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].trim();
        if let Some(number) = routing_number(text) {
            return Self {
                kind: Kind::Routing(number),
                words: Words::default(),
            };
        }
        if let Some(host) = Host::parse(text) {
            // Where the address is not known, its own label is searched as a
            // name; "e.trade" is no address but a name with a dot in it.
            let name = if host.tail().len() <= 4 {
                host.label()
            } else {
                text
            };
            let words = limited(Words::of(name));
            return Self {
                kind: Kind::Host(host),
                words,
            };
        }
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let words = limited(Words::of(text.strip_prefix("www.").unwrap_or(text)));
        let kind = if words.spelled.is_empty() {
            Kind::Empty
        } else {
            Kind::Words
        };
        Self { kind, words }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    /// The routing number, if the query is one.
    pub fn routing_number(&self) -> Option<u32> {
        match self.kind {
            Kind::Routing(number) => Some(number),
            _ => None,
        }
    }

    /// The name that is looked for, in one spelling.
    pub(super) fn name(&self) -> String {
        self.words.written.join(" ")
    }

    /// The query in one spelling: equal for queries that ask the same.
    pub fn canonical(&self) -> String {
        match &self.kind {
            Kind::Routing(number) => format!("{number:09}"),
            Kind::Host(host) => host.shown(),
            Kind::Empty | Kind::Words => self.words.spelled.join(" "),
        }
    }
}

fn limited(mut words: Words) -> Words {
    words.spelled.truncate(MOST_WORDS);
    words.written.truncate(MOST_WORDS);
    words
}

/// Nine digits, also written with blanks or hyphens, as on some cheques.
pub(super) fn routing_number(text: &str) -> Option<u32> {
    if text.len() > 20
        || !text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-'))
    {
        return None;
    }
    let digits = || text.bytes().filter(u8::is_ascii_digit);
    let number = digits().fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'));
    if digits().count() == 9 {
        u32::try_from(number).ok().filter(|number| *number > 0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("021000021", "021000021")]
    #[case("0210-0002-1", "021000021")]
    #[case("https://www.chase.com/personal", "chase.com")]
    #[case("www.chase", "chase")]
    #[case("  Schwab ", "schwab")]
    #[case("https://", "")]
    #[case("12345678", "12345678")]
    fn reads(#[case] text: &str, #[case] canonical: &str) {
        assert_eq!(Query::parse(text).canonical(), canonical);
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert!(!Query::parse(&"é".repeat(5000)).is_empty());
    }
}
