//! Text as a person means it: accents, case, punctuation and spelling habits
//! folded away, the same for names and for queries.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Spellings that stand for the same words. Both sides are folded, so that
/// "Navy FCU" and "navy federal credit union" are one text.
const SPELLED_OUT: &[(&str, &[&str])] = &[
    ("1st", &["first"]),
    ("2nd", &["second"]),
    ("3rd", &["third"]),
    ("5th", &["fifth"]),
    ("assn", &["association"]),
    ("bk", &["bank"]),
    ("cmnty", &["community"]),
    ("cu", &["credit", "union"]),
    ("fcu", &["federal", "credit", "union"]),
    ("intl", &["international"]),
    ("mtg", &["mortgage"]),
    ("natl", &["national"]),
    ("svc", &["services"]),
    ("svcs", &["services"]),
    ("svgs", &["savings"]),
];

/// Words that say what an institution is or how one reaches it, not which one:
/// a query may have them where the name has not ("chase bank", "usaa login").
pub(crate) const GENERIC: &[&str] = &[
    "account",
    "accounts",
    "app",
    "association",
    "bank",
    "banking",
    "card",
    "cards",
    "checking",
    "co",
    "com",
    "company",
    "corp",
    "corporation",
    "credit",
    "federal",
    "financial",
    "fsb",
    "group",
    "inc",
    "llc",
    "login",
    "mobile",
    "my",
    "na",
    "national",
    "of",
    "online",
    "savings",
    "services",
    "trust",
    "union",
    "usa",
    "www",
];

/// Whether `word` says nothing about which institution is meant.
pub(crate) fn is_generic(word: &str) -> bool {
    GENERIC.binary_search(&word).is_ok()
}

/// The folded words of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// As written.
    pub(crate) written: Vec<String>,
    /// With abbreviations spelled out.
    pub(crate) spelled: Vec<String>,
}

impl Words {
    /// Folds `text`. "and" and "the" are left out unless nothing else is there:
    /// they are what an ampersand and a hasty reader leave out.
    pub(crate) fn of(text: &str) -> Self {
        let mut written = split(text);
        if written.iter().any(|word| !is_filler(word)) {
            written.retain(|word| !is_filler(word));
        }
        let written = join_initials(written);
        let spelled = written
            .iter()
            .flat_map(|word| spelled_out(word))
            .map(str::to_owned)
            .collect();
        Self { written, spelled }
    }

    /// The words run together, as written: "bankofamerica".
    pub(crate) fn compact_written(&self) -> String {
        self.written.concat()
    }

    /// The words run together, spelled out.
    pub(crate) fn compact(&self) -> String {
        self.spelled.concat()
    }

    /// The shorter way to write it, where there is one: "navyfcu".
    pub(crate) fn contracted(&self) -> Option<String> {
        let at = self
            .spelled
            .windows(2)
            .position(|pair| pair == ["credit", "union"])?;
        let federal = at > 0 && self.spelled[at - 1] == "federal";
        let before = &self.spelled[..at - usize::from(federal)];
        let short = if federal { "fcu" } else { "cu" };
        Some([&before.concat(), short, &self.spelled[at + 2..].concat()].concat())
    }

    /// The first letters, with and without "of": "boa"; only from three on.
    pub(crate) fn initials(&self) -> impl Iterator<Item = String> {
        let of = |all: bool| -> String {
            let words = self.spelled.iter().filter(|word| all || *word != "of");
            words.filter_map(|word| word.chars().next()).collect()
        };
        let (long, short) = (of(true), of(false));
        let second = (short != long).then_some(short);
        std::iter::once(long)
            .chain(second)
            .filter(|letters| letters.chars().count() >= 3)
    }
}

fn is_filler(word: &str) -> bool {
    matches!(word, "and" | "the")
}

fn spelled_out<'a>(word: &'a str) -> impl Iterator<Item = &'a str> {
    let found = SPELLED_OUT
        .binary_search_by_key(&word, |(short, _)| short)
        .ok();
    let long: &[&'a str] = found.map_or(&[], |at| SPELLED_OUT[at].1);
    let itself = long.is_empty().then_some(word);
    long.iter().copied().chain(itself)
}

/// Letters and digits, folded; all else separates, save the apostrophe, which
/// people leave out ("lowes").
fn split(text: &str) -> Vec<String> {
    // What nearly all names are, ten times as fast.
    if text.is_ascii() {
        let plain = text.to_ascii_lowercase().replace(['\'', '`'], "");
        let words = plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        return words.map(str::to_owned).collect();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    let plain = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ'));
    for c in plain.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            push_folded(&mut word, c);
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn push_folded(word: &mut String, c: char) {
    for c in c.to_lowercase() {
        match c {
            // Letters that do not decompose.
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            c => word.push(c),
        }
    }
}

/// "U.S. Bank", "U S Bank" and "US Bank" are one text: neighbouring single
/// letters are one word.
fn join_initials(words: Vec<String>) -> Vec<String> {
    let single = |word: &String| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut in_run = false;
    for word in words {
        let letter = single(&word);
        match joined.last_mut() {
            Some(run) if letter && in_run => run.push_str(&word),
            _ => joined.push(word),
        }
        in_run = letter;
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Bank of America, N.A.", &["bank", "of", "america", "na"])]
    #[case("AT&T", &["at", "t"])]
    #[case("M & T Bank", &["mt", "bank"])]
    #[case("m and t bank", &["mt", "bank"])]
    #[case("Lowe’s", &["lowes"])]
    #[case("Crédit Agricole", &["credit", "agricole"])]
    #[case("The Huntington", &["huntington"])]
    #[case("The", &["the"])]
    #[case("Navy FCU", &["navy", "federal", "credit", "union"])]
    #[case("1st Nat'l", &["first", "national"])]
    #[case("Sparkasse Gießen Ærø", &["sparkasse", "giessen", "aero"])]
    #[case("  ", &[])]
    fn folds(#[case] text: &str, #[case] words: &[&str]) {
        assert_eq!(Words::of(text).spelled, words);
    }

    #[test]
    fn short_forms() {
        let words = Words::of("Operating Engineers Federal Credit Union");
        assert_eq!(words.contracted().as_deref(), Some("operatingengineersfcu"));
        assert_eq!(words.initials().collect::<Vec<_>>(), ["oefcu"]);
        assert_eq!(
            Words::of("Bank of America").initials().collect::<Vec<_>>(),
            ["boa"]
        );
        assert_eq!(
            Words::of("Credit Union of Ohio").contracted().as_deref(),
            Some("cuofohio")
        );
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(GENERIC.is_sorted());
        assert!(SPELLED_OUT.is_sorted_by_key(|(short, _)| short));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = Words::of(&text).spelled;
            prop_assert_eq!(&Words::of(&once.join(" ")).spelled, &once);
        }
    }
}
