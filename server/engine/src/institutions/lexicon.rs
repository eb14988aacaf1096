//! A sorted list of unique words, each with the institutions that have it.
//!
//! Words lie end to end in one text, so that a beginning is a range found by
//! halving; the letters they begin with lie in one array, so that a search with typing
//! mistakes passes over most of them at a glance. The refused alternatives: a
//! trie (more memory, slower to build) and a table of deletions (ten times
//! the words, for a search that is fast enough without).

use std::ops::Range;

use super::distance::{Distance, Pattern, front};

/// Letters from which a mistyped beginning of a word is looked for.
const SHORTEST_MISTYPED_BEGINNING: u8 = 5;

/// Which kind of text of an institution a word comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// Its name.
    Name,
    /// An alias.
    Alias,
    /// A shorter way to write its name.
    Short,
    /// The first letters of its name.
    Initials,
    /// The label of its home page's host.
    Host,
    /// Its city or state.
    Place,
}

/// That an institution has a word: its number and the field, in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u32);

impl Posting {
    /// Institutions a lexicon can number.
    pub(crate) const MOST: usize = 1 << 29;

    pub(crate) fn new(number: u32, field: Field) -> Self {
        Self(number << 3 | field as u32)
    }

    pub(crate) fn number(self) -> usize {
        (self.0 >> 3) as usize
    }

    pub(crate) fn field(self) -> Field {
        match self.0 & 7 {
            0 => Field::Name,
            1 => Field::Alias,
            2 => Field::Short,
            3 => Field::Initials,
            4 => Field::Host,
            _ => Field::Place,
        }
    }
}

/// Collects words.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    text: String,
    words: Vec<(u32, u32, Posting)>,
}

impl Builder {
    /// Adds a word; the empty one and what exceeds four gigabytes are left out.
    pub(crate) fn add(&mut self, word: &str, posting: Posting) {
        let start = u32::try_from(self.text.len());
        let end = u32::try_from(self.text.len() + word.len());
        if let (Ok(start), Ok(end)) = (start, end)
            && !word.is_empty()
        {
            self.text.push_str(word);
            self.words.push((start, end, posting));
        }
    }

    /// Sorts, and keeps each word once.
    pub(crate) fn finish(self) -> Lexicon {
        let Self {
            text: all,
            mut words,
        } = self;
        let word = |(start, end, _): (u32, u32, Posting)| &all[start as usize..end as usize];
        words.sort_unstable_by(|a, b| word(*a).cmp(word(*b)).then(a.2.cmp(&b.2)));
        let mut text = String::new();
        let (mut starts, mut firsts, mut fronts) = (Vec::new(), Vec::new(), Vec::new());
        let mut postings: Vec<Posting> = Vec::with_capacity(words.len());
        for entry in &words {
            let this = word(*entry);
            if starts
                .last()
                .is_none_or(|start: &u32| text[*start as usize..] != *this)
            {
                starts.push(cast(text.len()));
                firsts.push(cast(postings.len()));
                fronts.push(front(this));
                text.push_str(this);
            } else if postings.last() == Some(&entry.2) {
                continue;
            }
            postings.push(entry.2);
        }
        starts.push(cast(text.len()));
        firsts.push(cast(postings.len()));
        Lexicon {
            text: text.into(),
            starts: starts.into(),
            firsts: firsts.into(),
            fronts: fronts.into(),
            postings: postings.into(),
        }
    }
}

/// Lengths that [`Builder::add`] has kept within 32 bits.
fn cast(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The sorted words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    text: Box<str>,
    starts: Box<[u32]>,
    firsts: Box<[u32]>,
    /// The letters at the beginning of each word.
    fronts: Box<[u64]>,
    postings: Box<[Posting]>,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.fronts.len()
    }

    /// The word at `at`.
    pub(crate) fn word(&self, at: usize) -> &str {
        &self.text[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Who has the word at `at`.
    pub(crate) fn postings(&self, at: usize) -> &[Posting] {
        &self.postings[self.firsts[at] as usize..self.firsts[at + 1] as usize]
    }

    /// The words that begin with `beginning`; the word itself comes first.
    pub(crate) fn beginning_with(&self, beginning: &str) -> Range<usize> {
        let start = self.partition(0, |word| word < beginning);
        let end = self.partition(start, |word| word.starts_with(beginning));
        start..end
    }

    /// Where `word` is.
    pub(crate) fn at(&self, word: &str) -> Option<usize> {
        let at = self.partition(0, |known| known < word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    fn partition(&self, from: usize, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if before(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Calls `found` with the words that are `pattern`, or begin with it, but
    /// for `most` mistakes.
    pub(crate) fn nearly(
        &self,
        pattern: &Pattern,
        most: u8,
        mut found: impl FnMut(usize, Distance),
    ) {
        let long = pattern.len() >= SHORTEST_MISTYPED_BEGINNING;
        // Sorted words share beginnings: one that is hopeless is so for all.
        let mut hopeless: &[u8] = &[];
        for (at, front) in self.fronts.iter().enumerate() {
            if pattern.may_begin(*front) {
                let word = self.word(at);
                if !hopeless.is_empty() && word.as_bytes().starts_with(hopeless) {
                    continue;
                }
                let distance = pattern.distance(word);
                hopeless = &word.as_bytes()[..distance.hopeless];
                // The beginning of a word must be long enough to tell something.
                if distance.whole <= most || long && distance.half <= most {
                    found(at, distance);
                }
            }
        }
    }

    /// Bytes on the heap.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.text.len()
            + size_of_val(&*self.starts)
            + size_of_val(&*self.firsts)
            + size_of_val(&*self.fronts)
            + size_of_val(&*self.postings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_beginning() {
        let mut builder = Builder::default();
        for (number, word) in ["bank", "b", "banker", "ban", "cat", "bank"]
            .into_iter()
            .enumerate()
        {
            builder.add(
                word,
                Posting::new(u32::try_from(number).unwrap(), Field::Place),
            );
        }
        let lexicon = builder.finish();
        let words: Vec<_> = lexicon
            .beginning_with("ban")
            .map(|at| lexicon.word(at))
            .collect();
        assert_eq!(words, ["ban", "bank", "banker"]);
        assert!(lexicon.beginning_with("bananas").is_empty());
        let at = lexicon.beginning_with("bank").start;
        let numbers: Vec<_> = lexicon
            .postings(at)
            .iter()
            .map(|posting| posting.number())
            .collect();
        assert_eq!(numbers, [0, 5]);
        assert_eq!(lexicon.postings(at)[0].field(), Field::Place);
    }
}
