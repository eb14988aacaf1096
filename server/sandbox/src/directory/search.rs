//! Search by name as the official API offers it: tolerant, over names alone.

use super::{
    ids::{CountryCode, Product},
    record::Institution,
};

/// The query of the three list operations. An empty list restricts nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `search`.
    pub term: Option<String>,
    /// `type`: certified for all of these.
    pub products: Vec<Product>,
    /// `supportedCountries`, empty for `*`.
    pub countries: Vec<CountryCode>,
}

impl Filter {
    /// Whether `record` passes products and countries.
    pub(super) fn admits(&self, record: &Institution) -> bool {
        self.products.iter().all(|product| record.offers(*product))
            && (self.countries.is_empty() || self.countries.contains(&record.country()))
    }
}

/// How well a name answers a query; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Exact,
    Prefix,
    Words,
    Fuzzy,
}

/// A search term, folded.
pub(super) struct Query {
    text: String,
}

impl Query {
    pub(super) fn new(term: &str) -> Self {
        Self { text: fold(term) }
    }

    /// Compares with a folded name. Every word of the term must begin, or nearly
    /// be, a word of the name. A term without letters or digits answers nothing.
    pub(super) fn grade(&self, name: &str) -> Option<Grade> {
        if self.text.is_empty() {
            return None;
        }
        if name == self.text {
            return Some(Grade::Exact);
        }
        if name.starts_with(&self.text) {
            return Some(Grade::Prefix);
        }
        let mut grade = Grade::Words;
        for word in self.text.split(' ') {
            if name.split(' ').any(|other| other.starts_with(word)) {
                continue;
            }
            grade = Grade::Fuzzy;
            if !name
                .split(' ')
                .any(|other| within(word, other, tolerance(word)))
            {
                return None;
            }
        }
        Some(grade)
    }
}

fn tolerance(word: &str) -> usize {
    match word.len() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Small letters without accents; apostrophes (the ʻokina too) and full stops vanish (`Macy's`
/// is one word), any other sign parts words.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' | '\u{2019}' | '\u{2bb}' | '.' => {}
            'a'..='z' | '0'..='9' => folded.push(letter),
            'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
            _ => match unaccented(letter) {
                Some(plain) => folded.push(plain),
                None if folded.is_empty() || folded.ends_with(' ') => {}
                None => folded.push(' '),
            },
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The letters that names in the United States carry accents on.
fn unaccented(letter: char) -> Option<char> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'ā' | 'Ā' => {
            'a'
        }
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'ē' | 'Ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' | 'ī' | 'Ī' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'ō' | 'Ō' | 'ø' | 'Ø' => {
            'o'
        }
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' | 'ū' | 'Ū' => 'u',
        _ => return None,
    })
}

/// Whether at most `limit` letters must be put in, left out, changed or swapped
/// with a neighbour. Folded text is ASCII, so that bytes are letters.
fn within(one: &str, other: &str, limit: usize) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if limit == 0 || one.len().abs_diff(other.len()) > limit {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut cost = (above[j] + usize::from(a != b))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && one[i - 1] == *b && other[j - 1] == *a {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > limit) {
            return false;
        }
        (before, above) = (above, row);
    }
    above.last().is_some_and(|cost| *cost <= limit)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Macy's", "macys")]
    #[case("  José & Söhne,  Inc. ", "jose sohne inc")]
    #[case("E*TRADE", "e trade")]
    #[case("Līhuʻe", "lihue")]
    #[case("…", "")]
    fn folds(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[rstest]
    #[case("Chase", Some(Grade::Exact))]
    #[case("cha", Some(Grade::Prefix))]
    #[case("bank chase", None)]
    #[case("chsae", Some(Grade::Fuzzy))]
    #[case("chxxe", None)]
    #[case("", None)]
    fn grades_one_word(#[case] term: &str, #[case] grade: Option<Grade>) {
        assert_eq!(Query::new(term).grade("chase"), grade);
    }

    #[rstest]
    #[case("america bank", Some(Grade::Words))]
    #[case("bnak of amercia", Some(Grade::Fuzzy))]
    #[case("bank of amerxxx", None)]
    fn grades_several_words(#[case] term: &str, #[case] grade: Option<Grade>) {
        assert_eq!(Query::new(term).grade("bank of america"), grade);
    }
}
