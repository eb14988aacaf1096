//! What is known of institutions from outside the directory: other names, and
//! which ones most people look for. Keyed by host or name, never by id, so
//! that it holds on any directory.

use std::collections::HashMap;

use super::{host::Host, text::Words};

/// The shipped lists; their first lines describe the format.
const ALIASES: &str = include_str!("../../data/aliases.tsv");
const POPULARITY: &str = include_str!("../../data/popularity.tsv");

/// A host, its labels turned round, or a name, folded and run together. A
/// host key has dots, which no folded name has.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key(String);

impl Key {
    fn parse(text: &str) -> Option<Self> {
        let key = Host::parse(text).map_or_else(
            || Words::of(text).compact(),
            |host| host.turned().to_owned(),
        );
        (!key.is_empty()).then_some(Self(key))
    }

    /// The keys under which an institution may be listed. A key for the whole
    /// owner ("chase.com") holds for its hosts ("secure.chase.com") too.
    fn of(name: &Words, home: Option<&Host>) -> Vec<Self> {
        let hosts = home
            .into_iter()
            .flat_map(|host| [host.turned(), host.registered()]);
        let mut keys: Vec<Self> = hosts.map(|host| Self(host.to_owned())).collect();
        keys.push(Self(name.compact()));
        keys.dedup();
        keys
    }
}

/// Lines that say something, without comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Other names of institutions.
#[derive(Debug, Default)]
pub struct Aliases(HashMap<Key, Vec<String>>);

impl Aliases {
    /// The shipped list.
    pub fn shipped() -> Self {
        Self::parse(ALIASES)
    }

    /// Reads lines `key<TAB>alias[,alias…]`. A line without alias says nothing.
    pub fn parse(text: &str) -> Self {
        let mut known: HashMap<Key, Vec<String>> = HashMap::new();
        for (key, aliases) in lines(text).filter_map(|line| line.split_once('\t')) {
            if let Some(key) = Key::parse(key) {
                let aliases = aliases
                    .split(['\t', ','])
                    .map(str::trim)
                    .filter(|alias| !alias.is_empty());
                known
                    .entry(key)
                    .or_default()
                    .extend(aliases.map(str::to_owned));
            }
        }
        Self(known)
    }

    pub(super) fn of(&self, name: &Words, home: Option<&Host>) -> impl Iterator<Item = &str> {
        let keys = Key::of(name, home);
        keys.into_iter()
            .filter_map(|key| self.0.get(&key))
            .flatten()
            .map(String::as_str)
    }
}

/// The list of institutions that most people look for, most wanted first.
#[derive(Debug, Default)]
pub struct Popularity(HashMap<Key, u16>);

impl Popularity {
    /// The shipped list.
    pub fn shipped() -> Self {
        Self::parse(POPULARITY)
    }

    /// Reads one key a line; what follows a tab is for the reader.
    pub fn parse(text: &str) -> Self {
        let keys = lines(text).filter_map(|line| Key::parse(line.split('\t').next()?));
        let mut ranks = HashMap::new();
        for (rank, key) in (0..u16::MAX).zip(keys) {
            ranks.entry(key).or_insert(rank);
        }
        Self(ranks)
    }

    /// The place in the list, 0 being first; `u16::MAX` for none.
    pub(super) fn rank(&self, name: &Words, home: Option<&Host>) -> u16 {
        let ranks = Key::of(name, home)
            .into_iter()
            .filter_map(|key| self.0.get(&key));
        ranks.min().copied().unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_names_are_keys() {
        let aliases = Aliases::parse(
            "# a comment\nbankofamerica.com\tboa, bofa\nNavy FCU\tnfcu\n\nno alias\n",
        );
        let of = |name: &str, home: &str| -> Vec<String> {
            let home = Host::parse(home);
            aliases
                .of(&Words::of(name), home.as_ref())
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(
            of("Whatever", "https://www.bankofamerica.com/x"),
            ["boa", "bofa"]
        );
        assert_eq!(of("Whatever", "secure.bankofamerica.com"), ["boa", "bofa"]);
        assert_eq!(of("Navy Federal Credit Union", ""), ["nfcu"]);
        assert_eq!(of("Other", "other.com"), [""; 0]);
    }

    #[test]
    fn the_better_place_counts() {
        let list = Popularity::parse("chase.com\nWells Fargo\tsecond\nwellsfargo.com");
        let rank = |name: &str, home: &str| list.rank(&Words::of(name), Host::parse(home).as_ref());
        assert_eq!(rank("Chase", "chase.com"), 0);
        assert_eq!(rank("Wells Fargo", "wellsfargo.com"), 1);
        assert_eq!(rank("None", "none.com"), u16::MAX);
    }

    #[test]
    fn the_shipped_lists_say_something() {
        assert!(Aliases::shipped().0.len() > 50);
        assert!(Popularity::shipped().0.len() > 50);
    }
}
