//! The directory in memory, ready to be searched.
//!
//! Built once from all institutions, then only read. Institutions are numbered
//! in the order in which equals are shown (what can be chosen, our users' own
//! usage, popularity, status, shorter names), so that a rank is how well the
//! query fits and then just that number.

mod build;
mod fit;
mod search;
mod terms;
#[cfg(test)]
mod tests;

pub use build::Usage;
pub use fit::Match;
pub use search::{Found, Hit};

use relink_mastercard::InstitutionId;

use super::{entry::Listing, host::Host, lexicon::Lexicon, text::Words};

/// A searchable directory.
#[derive(Debug)]
pub struct Index {
    /// What is shown, in standing order.
    listings: Box<[Listing]>,
    /// Place in the popularity list, `u16::MAX` for none; as `listings`.
    popularity: Box<[u16]>,
    /// How often our users chose it; as `listings`.
    usage: Box<[u32]>,
    /// How many can be chosen: the first so many.
    open: usize,
    /// Whole names, aliases, initials and host labels, each run together.
    names: Lexicon,
    /// Single words.
    words: Lexicon,
    /// Hosts, their labels turned round.
    hosts: Lexicon,
    /// Routing numbers, sorted.
    routing: Box<[(u32, u32)]>,
    /// Every id, also of twins that are not shown, sorted.
    ids: Box<[(InstitutionId, u32)]>,
}

/// Most institutions offered before anything is typed.
pub const MOST_TILES: usize = 8;
/// A directory this small (test-drive) is offered whole before typing.
const SMALL: usize = 32;

impl Index {
    /// How many institutions are shown, twins counted once.
    pub fn len(&self) -> usize {
        self.listings.len()
    }

    /// Whether no institution is shown.
    pub fn is_empty(&self) -> bool {
        self.listings.is_empty()
    }

    /// The institution with this id, or the twin that is shown in its place.
    pub fn listing(&self, id: InstitutionId) -> Option<&Listing> {
        self.number(id).map(|number| &self.listings[number])
    }

    fn number(&self, id: InstitutionId) -> Option<usize> {
        let at = self.ids.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.ids[at].1 as usize)
    }

    /// What to offer before anything is typed: the operator's `chosen` (hosts
    /// or names, in this order), else what our users chose most and then the
    /// popularity list, one institution a line of it.
    pub fn popular(&self, chosen: &[String]) -> Vec<&Listing> {
        let numbers: Vec<usize> = if chosen.is_empty() {
            self.by_standing()
        } else {
            chosen.iter().filter_map(|key| self.named(key)).collect()
        };
        let mut tiles: Vec<usize> = Vec::new();
        for number in numbers {
            if !tiles.contains(&number) && tiles.len() < MOST_TILES {
                tiles.push(number);
            }
        }
        tiles
            .into_iter()
            .map(|number| &self.listings[number])
            .collect()
    }

    fn by_standing(&self) -> Vec<usize> {
        let mut lines = std::collections::HashSet::new();
        let known = |number: &usize| self.usage[*number] > 0 || self.popularity[*number] < u16::MAX;
        let mut numbers: Vec<usize> = (0..self.open)
            .take_while(known)
            .filter(|number| {
                self.popularity[*number] == u16::MAX || lines.insert(self.popularity[*number])
            })
            .take(MOST_TILES)
            .collect();
        if self.len() <= SMALL {
            numbers.extend(0..self.open.min(SMALL));
        }
        numbers
    }

    /// The institution that can be chosen and has this host or exactly this name.
    fn named(&self, key: &str) -> Option<usize> {
        let numbers: Vec<usize> = if let Some(host) = Host::parse(key) {
            self.hosts
                .at(host.turned())
                .into_iter()
                .flat_map(|at| self.hosts.postings(at))
                .map(|p| p.number())
                .collect()
        } else {
            let name = Words::of(key).compact();
            self.names
                .at(&name)
                .into_iter()
                .flat_map(|at| self.names.postings(at))
                .map(|p| p.number())
                .collect()
        };
        numbers
            .into_iter()
            .filter(|number| *number < self.open)
            .min()
    }

    /// Bytes on the heap, summed over everything the index holds.
    pub fn heap_bytes(&self) -> usize {
        let text = |text: &Option<Box<str>>| text.as_ref().map_or(0, |text| text.len());
        let strings: usize = self
            .listings
            .iter()
            .map(|at| at.name.len() + text(&at.host) + text(&at.place) + text(&at.kind))
            .sum();
        strings
            + size_of_val(&*self.listings)
            + size_of_val(&*self.popularity)
            + size_of_val(&*self.usage)
            + size_of_val(&*self.routing)
            + size_of_val(&*self.ids)
            + self.names.heap_bytes()
            + self.words.heap_bytes()
            + self.hosts.heap_bytes()
    }
}
