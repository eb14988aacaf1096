//! Searching the index.

use super::{
    super::{
        distance::forgiven,
        entry::Listing,
        host::{Host, is_within},
        lexicon::{Field, Posting},
        query::{Kind, Query},
        text::is_generic,
    },
    Index, Match,
    fit::{Fit, cost},
    terms::{Terms, pattern, price},
};

/// An institution that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The institution.
    pub listing: Listing,
    /// How it was found.
    pub matched: Match,
}

/// More institutions than this fit a part of the query: the part says nothing.
const TELLING: usize = 20;

/// Shorter queries are hardly names run together, and single words are looked
/// for among the words.
const SHORTEST_RUN_TOGETHER: usize = 6;

/// What is known of one institution while searching.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Words of the query found, one bit each.
    words: u16,
    /// What they cost together.
    cost: u8,
    /// Whether a word that tells institutions apart was among them.
    named: bool,
}

/// One search under way.
struct Search<'a> {
    index: &'a Index,
    fits: Vec<Fit>,
    seen: Vec<Seen>,
}

/// What was found: the best, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// How many fit in all.
    pub total: usize,
}

impl Index {
    /// The `limit` institutions that fit `query` best, best first.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<Hit> {
        self.find(query, limit).hits
    }

    /// As [`Index::search`], with the number of all that fit. Mistakes are
    /// forgiven only where fewer than `limit` fit without them and no
    /// institution has several words just as they were typed.
    pub fn find(&self, query: &Query, limit: usize) -> Found {
        let mut search = Search {
            index: self,
            fits: vec![Fit::NONE; self.len()],
            seen: vec![Seen::default(); self.len()],
        };
        match &query.kind {
            Kind::Empty => {}
            Kind::Routing(number) => search.by_routing(*number),
            Kind::Host(host) => {
                search.by_host(host);
                if search.count() == 0 {
                    search.by_name(query, limit);
                }
            }
            Kind::Words => search.by_name(query, limit),
        }
        search.best(limit)
    }
}

impl Search<'_> {
    fn offer(&mut self, number: usize, fit: Fit) {
        self.fits[number] = self.fits[number].min(fit);
    }

    fn count(&self) -> usize {
        self.fits.iter().filter(|fit| **fit != Fit::NONE).count()
    }

    fn by_routing(&mut self, number: u32) {
        let start = self
            .index
            .routing
            .partition_point(|(known, _)| *known < number);
        for (_, at) in self.index.routing[start..]
            .iter()
            .take_while(|(known, _)| *known == number)
        {
            self.fits[*at as usize] = Fit::new(Match::Exact, 0);
        }
    }

    /// All hosts of the same owner; the same host first, then those above or
    /// below it, then its neighbours.
    fn by_host(&mut self, host: &Host) {
        let hosts = &self.index.hosts;
        for at in hosts.beginning_with(host.registered()) {
            let known = hosts.word(at);
            if !is_within(known, host.registered()) {
                continue;
            }
            let apart = match known {
                same if same == host.turned() => 0,
                known if is_within(known, host.turned()) || is_within(host.turned(), known) => 1,
                _ => 2,
            };
            for posting in hosts.postings(at) {
                self.offer(posting.number(), Fit::new(Match::Host, apart));
            }
        }
    }

    fn by_name(&mut self, query: &Query, limit: usize) {
        let words = &query.words;
        if words.spelled.is_empty() {
            return;
        }
        let compact = words.compact();
        let written = words.compact_written();
        self.whole_names(&compact);
        if written != compact {
            self.whole_names(&written);
        }
        let terms = Terms::of(&words.spelled, &self.index.words);
        for (bit, word) in terms.words() {
            self.known_words(word, bit);
        }
        for (bits, joined) in terms.joined(&self.index.words) {
            self.known_words(&joined, bits);
        }
        self.settle(&terms, Match::Words);
        if self.may_be_mistyped(&terms, limit) {
            self.mistyped_names(&compact);
            for (bit, word) in terms.words() {
                // A generic word is better mistyped than missing.
                let needed = terms.needed & bit != 0;
                let dearest = if needed { u8::MAX } else { cost::MISSING - 1 };
                self.mistyped_words(word, bit, dearest);
            }
            self.settle(&terms, Match::Fuzzy);
        }
        if self.count() == 0 {
            self.parts(&terms);
        }
    }

    /// Whether mistakes are to be looked for: few fit without, and no
    /// institution has several words just as they were typed.
    fn may_be_mistyped(&self, terms: &Terms<'_>, limit: usize) -> bool {
        let open = &self.fits[..self.index.open];
        let to_the_letter = Fit::new(Match::Words, 0);
        open.iter().filter(|fit| **fit != Fit::NONE).count() < limit
            && (terms.all.is_power_of_two() || !open.iter().any(|fit| *fit <= to_the_letter))
    }

    /// Names and aliases that begin with the query, run together.
    fn whole_names(&mut self, query: &str) {
        let names = &self.index.names;
        for at in names.beginning_with(query) {
            let whole = names.word(at).len() == query.len();
            for posting in names.postings(at) {
                let found = match (posting.field(), whole) {
                    (Field::Name, true) => Fit::new(Match::Exact, 0),
                    (Field::Name, false) => Fit::new(Match::Prefix, 0),
                    (Field::Alias, true) => Fit::new(Match::Alias, 0),
                    (Field::Short, true) => Fit::new(Match::Short, 0),
                    (Field::Short | Field::Alias, false) => Fit::new(Match::Short, cost::HALF),
                    (Field::Initials, true) => Fit::new(Match::Short, cost::PLACE),
                    (Field::Host, true) => Fit::new(Match::Host, 0),
                    (Field::Host, false) => Fit::new(Match::Host, cost::HALF),
                    (Field::Initials, false) | (Field::Place, _) => continue,
                };
                self.offer(posting.number(), found);
            }
        }
    }

    fn known_words(&mut self, word: &str, bits: u16) {
        let words = &self.index.words;
        let generic = is_generic(word);
        for at in words.beginning_with(word) {
            let half = if words.word(at).len() == word.len() {
                0
            } else {
                cost::HALF
            };
            for posting in words.postings(at) {
                self.see(*posting, bits, half, generic);
            }
        }
    }

    fn see(&mut self, posting: Posting, bits: u16, price: u8, generic: bool) {
        let seen = &mut self.seen[posting.number()];
        if seen.words & bits == bits {
            return;
        }
        let place = posting.field() == Field::Place;
        seen.words |= bits;
        seen.cost =
            seen.cost
                .saturating_add(price)
                .saturating_add(if place { cost::PLACE } else { 0 });
        seen.named |= !place && !generic;
    }

    fn mistyped_names(&mut self, query: &str) {
        if query.len() < SHORTEST_RUN_TOGETHER {
            return;
        }
        let most = forgiven(query.chars().count());
        let Some(pattern) = pattern(query, most) else {
            return;
        };
        let names = &self.index.names;
        let mut found: Vec<(usize, u8)> = Vec::new();
        names.nearly(&pattern, most, |at, distance| {
            found.push((at, price(distance)));
        });
        for (at, price) in found {
            for posting in names
                .postings(at)
                .iter()
                .filter(|posting| posting.field() != Field::Initials)
            {
                self.offer(posting.number(), Fit::new(Match::Fuzzy, price));
            }
        }
    }

    fn mistyped_words(&mut self, word: &str, bit: u16, dearest: u8) {
        let most = forgiven(word.chars().count());
        let Some(pattern) = pattern(word, most) else {
            return;
        };
        let words = &self.index.words;
        let mut found: Vec<(u8, usize)> = Vec::new();
        words.nearly(&pattern, most, |at, distance| {
            found.push((price(distance), at));
        });
        found.sort_unstable();
        let typed_generic = is_generic(word);
        for (price, at) in found {
            let generic = typed_generic || is_generic(words.word(at));
            for posting in words.postings(at) {
                self.see(*posting, bit, price.min(dearest), generic);
            }
        }
    }

    /// Whoever has all the words that count fits.
    fn settle(&mut self, terms: &Terms<'_>, matched: Match) {
        for (slot, seen) in self.fits.iter_mut().zip(&self.seen) {
            if seen.words & terms.needed == terms.needed && (seen.named || terms.all_generic) {
                let missing = (terms.all & !seen.words).count_ones();
                let missing = u8::try_from(missing)
                    .unwrap_or(u8::MAX)
                    .saturating_mul(cost::MISSING);
                *slot = (*slot).min(Fit::new(matched, seen.cost.saturating_add(missing)));
            }
        }
    }

    /// Last resort: half of the words that count, if that tells few apart.
    fn parts(&mut self, terms: &Terms<'_>) {
        let share = |seen: &Seen| (seen.words & terms.needed).count_ones();
        let best = self
            .seen
            .iter()
            .filter(|seen| seen.named)
            .map(share)
            .max()
            .unwrap_or(0);
        let fits = |seen: &Seen| {
            seen.named && share(seen) == best && best * 2 >= terms.needed.count_ones()
        };
        if best == 0 || self.seen.iter().filter(|seen| fits(seen)).count() > TELLING {
            return;
        }
        for (slot, seen) in self
            .fits
            .iter_mut()
            .zip(&self.seen)
            .filter(|(_, seen)| fits(seen))
        {
            *slot = Fit::new(Match::Partly, seen.cost);
        }
    }

    fn best(self, limit: usize) -> Found {
        let closed = |number: usize| u64::from(number >= self.index.open);
        let mut ranks: Vec<u64> = (0_u64..)
            .zip(&self.fits)
            .zip(0..)
            .filter(|((_, fit), _)| **fit != Fit::NONE)
            .map(|((place, fit), number)| {
                closed(number) << 63 | u64::from(fit.rank()) << 32 | place
            })
            .collect();
        let total = ranks.len();
        if limit < total {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit);
        }
        ranks.sort_unstable();
        let hit = |rank: u64| {
            let number = usize::try_from(rank & u64::from(u32::MAX)).unwrap_or(0);
            let matched = self.fits[number].matched();
            Hit {
                listing: self.index.listings[number].clone(),
                matched,
            }
        };
        Found {
            hits: ranks.into_iter().map(hit).collect(),
            total,
        }
    }
}
