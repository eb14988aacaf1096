//! Towns, words and patterns of the data files, read once per directory.

use std::ops::Range;

use super::kind::Kind;
use crate::directory::search::fold;

const PLACES: &str = include_str!("../../../data/tail/places.tsv");
const WORDS: &str = include_str!("../../../data/tail/words.txt");
const PATTERNS: &str = include_str!("../../../data/tail/patterns.tsv");
const TWINS: &str = include_str!("../../../data/tail/twins.txt");

/// A word as it is written and as it stands in a host name.
pub(super) struct Word {
    pub(super) text: &'static str,
    pub(super) slug: String,
}

impl Word {
    fn new(text: &'static str) -> Self {
        Self {
            text,
            slug: slug(text),
        }
    }
}

/// Letters and digits only.
pub(super) fn slug(text: &str) -> String {
    let mut slug = fold(text);
    slug.retain(|letter| letter != ' ');
    slug
}

/// A state.
pub(super) struct State {
    pub(super) code: &'static str,
    pub(super) code_slug: String,
    pub(super) zone: &'static str,
    /// Federal Reserve district, 1 to 12.
    pub(super) district: u32,
    pub(super) name: Word,
}

/// A town; `state` counts in [`Lists::states`].
pub(super) struct Town {
    pub(super) word: Word,
    pub(super) state: usize,
}

/// What a pattern leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Town,
    State,
    Stem,
    Group,
    Saint,
    Surname,
    Goods,
    Plan,
}

impl Slot {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "town" => Self::Town,
            "state" => Self::State,
            "stem" => Self::Stem,
            "group" => Self::Group,
            "saint" => Self::Saint,
            "surname" => Self::Surname,
            "goods" => Self::Goods,
            "plan" => Self::Plan,
            _ => return None,
        })
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Text(&'static str),
    Open(Slot),
}

/// How some institutions are named.
pub(super) struct Pattern {
    pub(super) kind: Kind,
    /// How often, beside the others.
    pub(super) weight: usize,
    pub(super) name: Vec<Piece>,
    pub(super) host: Vec<Piece>,
}

impl Pattern {
    fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let kind = Kind::parse(fields.next()?)?;
        let weight = fields.next()?.parse().ok()?;
        let (name, host) = (pieces(fields.next()?)?, pieces(fields.next()?)?);
        Some(Self {
            kind,
            weight,
            name,
            host,
        })
    }
}

fn pieces(pattern: &'static str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for part in pattern.split_inclusive('}') {
        let (text, open) = part.split_once('{').unwrap_or((part, ""));
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        if let Some(slot) = open.strip_suffix('}') {
            pieces.push(Piece::Open(Slot::parse(slot)?));
        }
    }
    Some(pieces)
}

/// Everything that names are made of.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) states: Vec<State>,
    pub(super) towns: Vec<Town>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) twins: Vec<&'static str>,
    /// The towns of Puerto Rico within `towns`.
    islands: Range<usize>,
    stems: Vec<Word>,
    groups: Vec<Word>,
    saints: Vec<Word>,
    surnames: Vec<Word>,
    goods: Vec<Word>,
    plans: Vec<Word>,
}

impl Lists {
    /// Reads the embedded files. A line that cannot be read is left out; a test
    /// holds that there is none.
    pub(super) fn read() -> Self {
        let mut lists = Self::default();
        for (state, towns) in lines(PLACES).filter_map(place) {
            lists.add_place(state, towns);
        }
        lists.add_words();
        lists.patterns = lines(PATTERNS).filter_map(Pattern::parse).collect();
        lists.twins = lines(TWINS).collect();
        lists
    }

    fn add_place(&mut self, state: State, towns: &'static str) {
        let at = self.states.len();
        let first = self.towns.len();
        let towns = towns.split(", ");
        self.towns.extend(towns.map(|town| Town {
            word: Word::new(town),
            state: at,
        }));
        if state.code == "PR" {
            self.islands = first..self.towns.len();
        }
        self.states.push(state);
    }

    fn add_words(&mut self) {
        let mut slot = None;
        for line in lines(WORDS) {
            match line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                Some(heading) => slot = Slot::parse(heading),
                None => {
                    if let Some(list) = slot.and_then(|slot| self.list_mut(slot)) {
                        list.extend(line.split(", ").map(Word::new));
                    }
                }
            }
        }
    }

    /// The town to use where `drawn` was drawn: cooperativas live in Puerto Rico.
    pub(super) fn town_for(&self, kind: Kind, drawn: usize) -> usize {
        let here = &self.islands;
        if kind == Kind::Coop && !here.is_empty() {
            here.start + drawn % here.len()
        } else {
            drawn
        }
    }

    const fn list_mut(&mut self, slot: Slot) -> Option<&mut Vec<Word>> {
        match slot {
            Slot::Town | Slot::State => None,
            Slot::Stem => Some(&mut self.stems),
            Slot::Group => Some(&mut self.groups),
            Slot::Saint => Some(&mut self.saints),
            Slot::Surname => Some(&mut self.surnames),
            Slot::Goods => Some(&mut self.goods),
            Slot::Plan => Some(&mut self.plans),
        }
    }

    /// The words that may stand in `slot`; none for those that the town decides.
    pub(super) const fn words(&self, slot: Slot) -> Option<&[Word]> {
        match slot {
            Slot::Town | Slot::State => None,
            Slot::Stem => Some(self.stems.as_slice()),
            Slot::Group => Some(self.groups.as_slice()),
            Slot::Saint => Some(self.saints.as_slice()),
            Slot::Surname => Some(self.surnames.as_slice()),
            Slot::Goods => Some(self.goods.as_slice()),
            Slot::Plan => Some(self.plans.as_slice()),
        }
    }
}

/// A line of `places.tsv`: the state and its towns.
fn place(line: &'static str) -> Option<(State, &'static str)> {
    let mut fields = line.split('\t');
    let code = fields.next()?;
    let zone = fields.next()?;
    let district = fields.next()?.parse().ok()?;
    let name = Word::new(fields.next()?);
    Some((
        State {
            code,
            code_slug: slug(code),
            zone,
            district,
            name,
        },
        fields.next()?,
    ))
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_files_is_used() {
        let lists = Lists::read();
        assert_eq!(lists.states.len(), lines(PLACES).count());
        assert_eq!(lists.patterns.len(), lines(PATTERNS).count());
        let headings = lines(WORDS).filter(|line| line.starts_with('['));
        for heading in headings {
            let slot = Slot::parse(heading.trim_matches(['[', ']'])).unwrap();
            assert!(
                lists.words(slot).is_some_and(|words| !words.is_empty()),
                "{heading}"
            );
        }
        for pattern in &lists.patterns {
            let open = |pieces: &[Piece]| pieces.iter().any(|p| matches!(p, Piece::Open(_)));
            assert!(open(&pattern.name) && open(&pattern.host));
        }
    }

    #[test]
    fn patterns_are_taken_apart() {
        let parts = pieces("Bank of {town}, N.A.").unwrap();
        assert_eq!(
            parts,
            [
                Piece::Text("Bank of "),
                Piece::Open(Slot::Town),
                Piece::Text(", N.A.")
            ]
        );
        assert!(pieces("{nothing}").is_none());
    }

    #[test]
    fn words_for_hosts_have_letters_only() {
        assert_eq!(slug("Coeur d'Alene"), "coeurdalene");
        assert_eq!(slug("Power & Light"), "powerlight");
        assert_eq!(slug("Española"), "espanola");
    }
}
