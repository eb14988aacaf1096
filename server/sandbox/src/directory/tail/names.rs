//! Names and host names: every pair of name and state once, every host once.

use std::collections::HashSet;

use super::{
    kind::Kind,
    rng::Rng,
    words::{Lists, Pattern, Piece, Slot, Word, slug},
};
use crate::directory::record::Institution;

/// A name with its place.
pub(super) struct Named {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) host: String,
    /// Counts in [`Lists::towns`].
    pub(super) town: usize,
    /// Others elsewhere bear the same name.
    pub(super) is_twin: bool,
}

/// Hands out names: first those that many bear, then one after another.
pub(super) struct Names<'a> {
    lists: &'a Lists,
    /// One entry a unit of weight, so that a draw is one look-up.
    weighted: Vec<usize>,
    hosts: HashSet<String>,
    given: HashSet<Key>,
    /// Twins still to make, as positions in [`Lists::twins`].
    twins: Vec<usize>,
}

/// A name in a state, as the numbers of its pattern and words: much quicker to
/// compare than the text. Lists are shorter than the base.
#[derive(PartialEq, Eq, Hash)]
struct Key(usize);

impl Key {
    const fn new(pattern: usize) -> Self {
        Self(pattern)
    }

    const fn add(&mut self, word: usize) {
        self.0 = self.0.wrapping_mul(2048).wrapping_add(word);
    }
}

/// Longer labels are given up for initials, as institutions do.
const LONGEST_LABEL: usize = 22;

impl<'a> Names<'a> {
    pub(super) fn new(lists: &'a Lists, known: &[Institution]) -> Self {
        let weigh = |(at, pattern): (usize, &Pattern)| std::iter::repeat_n(at, pattern.weight);
        let homes = known
            .iter()
            .filter_map(|record| record.url_home_app.as_deref());
        let hosts = homes.filter_map(|home| home.strip_prefix("https://"));
        let hosts = hosts.map(|rest| rest.strip_prefix("www.").unwrap_or(rest));
        let twins = (0..lists.twins.len()).flat_map(|at| std::iter::repeat_n(at, 2 + at * 5 % 9));
        Self {
            lists,
            weighted: lists.patterns.iter().enumerate().flat_map(weigh).collect(),
            hosts: hosts
                .filter_map(|rest| rest.split('/').next())
                .map(str::to_owned)
                .collect(),
            given: HashSet::new(),
            twins: twins.rev().collect(),
        }
    }

    /// The next name. Draws until one is free, which a directory of tens of
    /// thousands never comes near to preventing.
    pub(super) fn next(&mut self, rng: &mut Rng) -> Named {
        loop {
            let drawn = match self.twins.pop() {
                Some(at) => self.twin(at, rng),
                None => self.draw(rng),
            };
            if let Some(named) = drawn {
                return named;
            }
        }
    }

    fn twin(&mut self, at: usize, rng: &mut Rng) -> Option<Named> {
        let name = self.lists.twins[at];
        let kind = if name.ends_with("Union") {
            Kind::Union
        } else {
            Kind::Bank
        };
        let town = rng.below(self.lists.towns.len());
        let mut key = Key::new(self.lists.patterns.len() + at);
        key.add(self.lists.towns[town].state);
        if !self.given.insert(key) {
            return None;
        }
        let town_slug = &self.lists.towns[town].word.slug;
        let host = self.free_host([&initials(name), town_slug, kind.ending(rng)])?;
        Some(Named {
            kind,
            name: name.to_owned(),
            host,
            town,
            is_twin: true,
        })
    }

    fn draw(&mut self, rng: &mut Rng) -> Option<Named> {
        let lists = self.lists;
        let at = rng.pick(&self.weighted);
        let pattern = &lists.patterns[at];
        let town = lists.town_for(pattern.kind, rng.below(lists.towns.len()));
        let mut key = Key::new(at);
        key.add(lists.towns[town].state);
        let mut chosen: Vec<(Slot, &Word)> = Vec::with_capacity(3);
        let mut name = String::with_capacity(48);
        for piece in &pattern.name {
            match *piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Open(slot) => {
                    let (word, at) = choose(lists, slot, town, rng);
                    key.add(at);
                    name.push_str(word.text);
                    chosen.push((slot, word));
                }
            }
        }
        if !self.given.insert(key) {
            return None;
        }
        let label = label(pattern, &mut chosen, lists, town);
        let short = if label.len() > LONGEST_LABEL {
            initials(&name)
        } else {
            label.clone()
        };
        let kind = pattern.kind;
        let host = self.free_host([&short, "", kind.ending(rng)]).or_else(|| {
            let state = lists.states[lists.towns[town].state].code_slug.as_str();
            let ending = kind.ending(rng);
            let longer = self.free_host([&short, state, ending]);
            longer.or_else(|| self.free_host([&label, state, ending]))
        })?;
        Some(Named {
            kind,
            name,
            host,
            town,
            is_twin: false,
        })
    }

    /// The host of these parts, unless it is given already.
    fn free_host(&mut self, parts: [&str; 3]) -> Option<String> {
        let host = parts.concat();
        self.hosts.insert(host.clone()).then_some(host)
    }
}

/// A word for `slot`, and its number among those that could stand there.
fn choose<'a>(lists: &'a Lists, slot: Slot, town: usize, rng: &mut Rng) -> (&'a Word, usize) {
    let here = &lists.towns[town];
    match lists.words(slot) {
        Some(words) => {
            let at = rng.below(words.len());
            (&words[at], at)
        }
        None if slot == Slot::State => (&lists.states[here.state].name, here.state),
        None => (&here.word, town),
    }
}

/// Fills the host pattern with the words of the name, in their order.
fn label(pattern: &Pattern, chosen: &mut Vec<(Slot, &Word)>, lists: &Lists, town: usize) -> String {
    let mut label = String::with_capacity(32);
    for piece in &pattern.host {
        match *piece {
            Piece::Text(text) => label.push_str(text),
            Piece::Open(slot) => {
                let at = chosen.iter().position(|(of, _)| *of == slot);
                let word = at.map_or(&lists.towns[town].word, |at| chosen.remove(at).1);
                label.push_str(&word.slug);
            }
        }
    }
    label
}

/// First letters of the words that carry the name.
fn initials(name: &str) -> String {
    let words = name
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "de" | "y" | "The"));
    let mut letters = String::with_capacity(8);
    for word in words {
        match word {
            "FCU" => letters.push_str("fcu"),
            _ => letters.extend(word.chars().next()),
        }
    }
    slug(&letters)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("First National Bank & Trust", "fnbt")]
    #[case("Truth or Consequences Power & Light Employees FCU", "tocplefcu")]
    fn shortens_to_initials(#[case] name: &str, #[case] short: &str) {
        assert_eq!(initials(name), short);
    }

    #[test]
    fn a_host_is_given_once() {
        let lists = Lists::read();
        let mut names = Names::new(&lists, &[]);
        let parts = ["fnboxford", "", ".com"];
        assert_eq!(names.free_host(parts).as_deref(), Some("fnboxford.com"));
        assert_eq!(names.free_host(parts), None);
    }
}
