//! From institutions to the index.

use std::{cmp::Reverse, collections::HashMap};

use relink_mastercard::InstitutionId;

use super::{
    super::{
        entry::Entry,
        host::Host,
        known::{Aliases, Popularity},
        lexicon::{Builder, Field, Posting},
        policy::{Availability, Policy, condition},
        text::Words,
        twins,
    },
    Index,
};

/// How often our users chose each institution.
pub type Usage = HashMap<InstitutionId, u64>;

/// An institution with what is computed once.
struct Prepared {
    entry: Entry,
    availability: Availability,
    name: Words,
    home: Option<Host>,
}

/// Those that are shown in one place: numbers of the prepared, the shown first.
struct Group {
    members: Vec<usize>,
    usage: u32,
    popularity: u16,
}

impl Index {
    /// Builds the index. The order of `entries` does not matter; of two with
    /// one id the one that sorts first by name counts.
    pub fn build(
        entries: impl IntoIterator<Item = Entry>,
        aliases: &Aliases,
        popularity: &Popularity,
        usage: &Usage,
        policy: &Policy,
    ) -> Self {
        let prepared = prepare(entries, policy);
        let mut groups = grouped(&prepared, popularity, usage);
        groups.sort_by_cached_key(|group| {
            let first = &prepared[group.members[0]];
            let open = !first.availability.is_open();
            let length = first.entry.name.chars().count();
            let status = condition(&first.entry.status);
            (
                open,
                Reverse(group.usage),
                group.popularity,
                status,
                length,
                first.name.compact(),
                first.entry.id,
            )
        });
        groups.truncate(Posting::MOST);
        fill(&prepared, &groups, aliases)
    }
}

fn prepare(entries: impl IntoIterator<Item = Entry>, policy: &Policy) -> Vec<Prepared> {
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| policy.shows(entry))
        .collect();
    entries.sort_by(|a, b| (a.id, &a.name).cmp(&(b.id, &b.name)));
    entries.dedup_by_key(|entry| entry.id);
    entries
        .into_iter()
        .map(|entry| Prepared {
            availability: policy.availability(&entry),
            name: Words::of(&entry.name),
            home: entry.home.as_deref().and_then(Host::parse),
            entry,
        })
        .collect()
}

fn grouped(prepared: &[Prepared], popularity: &Popularity, usage: &Usage) -> Vec<Group> {
    let entries: Vec<&Entry> = prepared.iter().map(|one| &one.entry).collect();
    let availability: Vec<Availability> = prepared.iter().map(|one| one.availability).collect();
    let mut groups: HashMap<usize, Group> = HashMap::new();
    for (at, shown) in twins::shown(&entries, &availability)
        .into_iter()
        .enumerate()
    {
        let one = &prepared[at];
        let chosen = usage.get(&one.entry.id).copied().unwrap_or(0);
        let rank = popularity.rank(&one.name, one.home.as_ref());
        let new = || Group {
            members: vec![shown],
            usage: 0,
            popularity: u16::MAX,
        };
        let group = groups.entry(shown).or_insert_with(new);
        group.usage = group
            .usage
            .saturating_add(u32::try_from(chosen).unwrap_or(u32::MAX));
        group.popularity = group.popularity.min(rank);
        if at != shown {
            group.members.push(at);
        }
    }
    groups.into_values().collect()
}

/// The parts of the index that postings are added to.
#[derive(Default)]
struct Parts {
    names: Builder,
    words: Builder,
    hosts: Builder,
    routing: Vec<(u32, u32)>,
    ids: Vec<(InstitutionId, u32)>,
}

fn fill(prepared: &[Prepared], groups: &[Group], aliases: &Aliases) -> Index {
    let mut parts = Parts::default();
    for (number, group) in (0_u32..).zip(groups) {
        for member in &group.members {
            parts.add(number, &prepared[*member], aliases);
        }
    }
    parts.routing.sort_unstable();
    parts.routing.dedup();
    parts.ids.sort_unstable();
    let first = |group: &Group| &prepared[group.members[0]];
    let listing = |group: &Group| first(group).entry.listing(first(group).availability);
    Index {
        listings: groups.iter().map(listing).collect(),
        popularity: groups.iter().map(|group| group.popularity).collect(),
        usage: groups.iter().map(|group| group.usage).collect(),
        open: groups
            .iter()
            .take_while(|group| first(group).availability.is_open())
            .count(),
        names: parts.names.finish(),
        words: parts.words.finish(),
        hosts: parts.hosts.finish(),
        routing: parts.routing.into(),
        ids: parts.ids.into(),
    }
}

impl Parts {
    fn add(&mut self, number: u32, one: &Prepared, aliases: &Aliases) {
        let Prepared {
            entry, name, home, ..
        } = one;
        self.ids.push((entry.id, number));
        self.routing
            .extend(entry.routing_numbers.iter().map(|digits| (*digits, number)));
        self.add_name(number, name);
        if let Some(other) = &entry.connection_name {
            self.add_name(number, &Words::of(other));
        }
        let known = aliases.of(name, home.as_ref());
        for alias in entry.aliases.iter().map(String::as_str).chain(known) {
            self.add_text(number, &Words::of(alias), Field::Alias);
        }
        for host in home
            .iter()
            .chain(entry.logon.as_deref().and_then(Host::parse).iter())
        {
            self.hosts
                .add(host.turned(), Posting::new(number, Field::Host));
        }
        if let Some(home) = home {
            // Of the sign-in page's host not: hundreds share one.
            self.names
                .add(home.label(), Posting::new(number, Field::Host));
        }
        for word in Words::of(entry.place.as_deref().unwrap_or_default()).spelled {
            self.words.add(&word, Posting::new(number, Field::Place));
        }
    }

    fn add_name(&mut self, number: u32, name: &Words) {
        self.add_text(number, name, Field::Name);
        let short = Posting::new(number, Field::Short);
        if let Some(contracted) = name.contracted() {
            self.names.add(&contracted, short);
        }
        for initials in name.initials() {
            self.names
                .add(&initials, Posting::new(number, Field::Initials));
        }
        // "E*TRADE" is typed "etrade", "T. Rowe" "trowe".
        for pair in name.spelled.windows(2).filter(|pair| pair[0].len() == 1) {
            self.words.add(&pair.concat(), short);
        }
    }

    fn add_text(&mut self, number: u32, text: &Words, field: Field) {
        let posting = Posting::new(number, field);
        self.names.add(&text.compact(), posting);
        if text.written != text.spelled {
            self.names.add(&text.compact_written(), posting);
        }
        for word in &text.spelled {
            self.words.add(word, posting);
        }
    }
}
