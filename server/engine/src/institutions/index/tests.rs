//! Ranking, as tables.

use proptest::prelude::*;
use relink_mastercard::InstitutionId;
use relink_mastercard::model::InstitutionStatus;
use rstest::rstest;

use super::{
    super::{
        entry::Entry,
        known::{Aliases, Popularity},
        policy::{Availability, OauthRegistered, Policy, Reason, TestInstitutions},
        query::Query,
        testing::entry,
    },
    Hit, Index, Match, Usage,
};

fn at(entry: Entry, home: &str) -> Entry {
    Entry {
        home: Some(home.to_owned()),
        ..entry
    }
}

/// A small directory with something of everything.
fn directory() -> Vec<Entry> {
    let mut all = vec![
        at(entry(1, "Chase"), "https://www.chase.com"),
        at(entry(2, "Bank of America"), "https://www.bankofamerica.com"),
        at(entry(3, "Wells Fargo"), "https://www.wellsfargo.com/home"),
        at(entry(4, "Charles Schwab"), "https://www.schwab.com"),
        at(
            entry(5, "American Express"),
            "https://www.americanexpress.com",
        ),
        at(entry(6, "Capital One"), "https://www.capitalone.com"),
        at(entry(7, "Capitol Federal"), "https://www.capfed.com"),
        at(
            entry(8, "America First Credit Union"),
            "https://www.americafirst.com",
        ),
        at(
            entry(9, "Navy Federal Credit Union"),
            "https://www.navyfederal.org",
        ),
        at(entry(10, "Lowe's Advantage Card"), "https://www.lowes.com"),
        at(entry(11, "Crédit Agricole"), "https://www.ca-cib.com"),
        at(
            entry(12, "E*TRADE from Morgan Stanley"),
            "https://us.etrade.com",
        ),
        at(
            entry(13, "Operating Engineers Federal Credit Union"),
            "https://oefcu.example.org",
        ),
        at(entry(14, "U.S. Bank"), "https://www.usbank.com"),
        at(entry(15, "Boa Vista Bank"), "https://boavista.example.com"),
        at(entry(16, "Lloyds"), "https://www.lloyds.co.uk"),
        at(entry(17, "Barclays"), "https://www.barclays.co.uk"),
        at(
            entry(18, "121 Financial Credit Union"),
            "https://121fcu.org",
        ),
    ];
    all[0].routing_numbers = vec![21_000_021];
    all
}

const ALIASES: &str =
    "bankofamerica.com\tboa,bofa\namericanexpress.com\tamex\nCharles Schwab\tchuck";

fn index_of(entries: impl IntoIterator<Item = Entry>, policy: &Policy) -> Index {
    Index::build(
        entries,
        &Aliases::parse(ALIASES),
        &Popularity::default(),
        &Usage::default(),
        policy,
    )
}

fn ids(hits: &[Hit]) -> Vec<i64> {
    hits.iter().map(|hit| hit.listing.id.get()).collect()
}

#[rstest]
#[case("chase", 1, Match::Exact)]
#[case("CHASE!", 1, Match::Exact)]
#[case("cha", 1, Match::Prefix)]
#[case("bankofamerica", 2, Match::Exact)]
#[case("bofa", 2, Match::Alias)]
#[case("bofa credit card", 2, Match::Words)]
#[case("amex", 5, Match::Alias)]
#[case("america bank", 2, Match::Words)]
#[case("schwab charles", 4, Match::Words)]
#[case("schw", 4, Match::Words)]
#[case("chase bank", 1, Match::Words)]
#[case("chase bnak", 1, Match::Words)]
#[case("https://www.chase.com/personal/banking?x=1", 1, Match::Host)]
#[case("secure.chase.com", 1, Match::Host)]
#[case("bankofamerica.con", 2, Match::Exact)]
#[case("usbank.co", 14, Match::Exact)]
#[case("us bank", 14, Match::Exact)]
#[case("u s bank", 14, Match::Exact)]
#[case("capfed", 7, Match::Host)]
#[case("lloyds.co.uk", 16, Match::Host)]
#[case("chsae", 1, Match::Fuzzy)]
#[case("bnak of amercia", 2, Match::Fuzzy)]
#[case("welsfargo", 3, Match::Fuzzy)]
#[case("captial one", 6, Match::Fuzzy)]
#[case("schwba", 4, Match::Fuzzy)]
#[case("chase sapphire", 1, Match::Partly)]
#[case("navy fcu", 9, Match::Exact)]
#[case("oe fcu", 13, Match::Short)]
#[case("navyfcu", 9, Match::Short)]
#[case("lowes", 10, Match::Prefix)]
#[case("lowe´s card", 10, Match::Words)]
#[case("credit agricole", 11, Match::Exact)]
#[case("etrade", 12, Match::Prefix)]
#[case("morgan stanley etrade", 12, Match::Words)]
#[case("021000021", 1, Match::Exact)]
#[case("021-000-021", 1, Match::Exact)]
fn finds_first(#[case] query: &str, #[case] id: i64, #[case] matched: Match) {
    let hits = index_of(directory(), &Policy::OPEN).search(&Query::parse(query), 10);
    let first = hits.first().map(|hit| (hit.listing.id.get(), hit.matched));
    assert_eq!(first, Some((id, matched)), "{hits:#?}");
}

#[rstest]
#[case("")]
#[case("zzqx")]
#[case("021000022")]
#[case("131")]
#[case("zzqx.com")]
#[case("no such institution")]
fn finds_nothing(#[case] query: &str) {
    assert_eq!(
        index_of(directory(), &Policy::OPEN).search(&Query::parse(query), 10),
        []
    );
}

#[test]
fn an_owner_ends_where_the_registry_begins() {
    let hits =
        index_of(directory(), &Policy::OPEN).search(&Query::parse("online.barclays.co.uk"), 10);
    assert_eq!(ids(&hits), [17]);
}

#[test]
fn kinds_of_match_come_in_their_order() {
    let entries = [
        at(entry(1, "Boat"), "x.example"),
        entry(2, "Bank of America"),
        entry(3, "Boa"),
        at(entry(4, "Elsewhere"), "boa.example"),
        entry(5, "Vista Boa"),
        entry(6, "Boax Other"),
    ];
    let aliases = Aliases::parse("Bank of America\tboa");
    let index = Index::build(
        entries,
        &aliases,
        &Popularity::default(),
        &Usage::default(),
        &Policy::OPEN,
    );
    let hits = index.search(&Query::parse("boa"), 10);
    assert_eq!(ids(&hits), [3, 1, 6, 2, 5, 4]);
}

#[test]
fn among_equals_own_usage_then_popularity_then_status_decide() {
    let mut entries: Vec<Entry> = (1..=5)
        .map(|id| at(entry(id, &format!("First {id}")), &format!("{id}.example")))
        .collect();
    entries[3].status = InstitutionStatus::Maintenance;
    entries[4].status = InstitutionStatus::Offline;
    let usage = Usage::from([(InstitutionId::new(3), 1), (InstitutionId::new(5), 100)]);
    let popularity = Popularity::parse("First 2");
    let index = Index::build(
        entries,
        &Aliases::default(),
        &popularity,
        &usage,
        &Policy::OPEN,
    );
    let hits = index.search(&Query::parse("first"), 10);
    assert_eq!(ids(&hits), [3, 2, 1, 4, 5]);
    let last = Availability::Unavailable {
        reason: Reason::Offline,
    };
    assert_eq!(
        [hits[3].listing.availability, hits[4].listing.availability],
        [Availability::Maintenance, last]
    );
    assert_eq!(index.search(&Query::parse("first"), 2).len(), 2);
    assert_eq!(index.find(&Query::parse("first"), 2).total, 5);
}

#[test]
fn what_is_offline_comes_last_however_well_it_fits() {
    let mut entries = vec![entry(1, "Gone Bank"), entry(2, "Gone Bank and Trust")];
    entries[0].status = InstitutionStatus::Offline;
    assert_eq!(
        ids(&index_of(entries, &Policy::OPEN).search(&Query::parse("gone bank"), 10)),
        [2, 1]
    );
}

fn twins() -> Vec<Entry> {
    let legacy = Entry {
        successors: vec![InstitutionId::new(21)],
        ..at(entry(20, "Old Twin"), "old.example")
    };
    let oauth = Entry {
        oauth: true,
        ..at(entry(21, "New Twin"), "new.example")
    };
    vec![legacy, oauth]
}

#[rstest]
#[case(OauthRegistered::All, 21)]
#[case(OauthRegistered::Only([InstitutionId::new(21)].into()), 21)]
#[case(OauthRegistered::Only([].into()), 20)]
fn twins_appear_once_and_are_found_by_either_name(
    #[case] oauth_registered: OauthRegistered,
    #[case] shown: i64,
) {
    let index = index_of(
        twins(),
        &Policy {
            oauth_registered,
            ..Policy::OPEN
        },
    );
    for query in ["old twin", "new twin", "twin", "old.example", "new.example"] {
        assert_eq!(
            ids(&index.search(&Query::parse(query), 10)),
            [shown],
            "{query}"
        );
    }
    assert_eq!(
        index
            .listing(InstitutionId::new(20))
            .map(|listing| listing.id.get()),
        Some(shown)
    );
}

#[rstest]
#[case(TestInstitutions::Hidden, &[1])]
#[case(TestInstitutions::Only, &[2, 102_105])]
#[case(TestInstitutions::Shown, &[1, 2, 102_105])]
fn test_institutions_are_shown_where_they_belong(
    #[case] rule: TestInstitutions,
    #[case] want: &[i64],
) {
    let entries = [
        entry(1, "Fine Bank"),
        entry(2, "FinBank New"),
        entry(102_105, "Fin"),
    ];
    let index = index_of(
        entries,
        &Policy {
            test_institutions: rule,
            ..Policy::OPEN
        },
    );
    let mut found = ids(&index.search(&Query::parse("fin"), 10));
    found.sort_unstable();
    assert_eq!(found, want);
}

#[test]
fn tiles_are_the_operators_or_the_popular() {
    let popularity = Popularity::parse("wellsfargo.com\nchase.com");
    let usage = Usage::from([(InstitutionId::new(9), 3)]);
    let index = Index::build(
        directory(),
        &Aliases::default(),
        &popularity,
        &usage,
        &Policy::OPEN,
    );
    let tiles = |chosen: &[&str]| -> Vec<i64> {
        let chosen: Vec<String> = chosen.iter().map(|key| (*key).to_owned()).collect();
        index
            .popular(&chosen)
            .into_iter()
            .map(|listing| listing.id.get())
            .collect()
    };
    assert_eq!(
        tiles(&["usbank.com", "Capital One", "nobody.example", "usbank.com"]),
        [14, 6]
    );
    assert_eq!(tiles(&[])[..3], [9, 3, 1]);
    assert_eq!(tiles(&[]).len(), super::MOST_TILES);
}

fn names() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        "[a-d]{1,5}",
        Just("bank".to_owned()),
        Just("Crédit".to_owned()),
        Just("of".to_owned())
    ];
    let name = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    prop::collection::vec(name, 1..12)
}

proptest! {
    #[test]
    fn no_query_panics(query in ".{0,30}", names in names()) {
        let entries = (1..).zip(&names).map(|(id, name)| entry(id, name));
        let index = index_of(entries, &Policy::OPEN);
        let found = index.find(&Query::parse(&query), 3);
        prop_assert!(found.hits.len() <= 3 && found.hits.len() <= found.total);
    }

    #[test]
    fn the_order_of_the_directory_does_not_matter(names in names(), query in "[a-d ]{1,6}") {
        let entries: Vec<Entry> = (1..).zip(&names).map(|(id, name)| entry(id, name)).collect();
        let forwards = index_of(entries.clone(), &Policy::OPEN).search(&Query::parse(&query), 20);
        let backwards = index_of(entries.into_iter().rev(), &Policy::OPEN).search(&Query::parse(&query), 20);
        prop_assert_eq!(forwards, backwards);
    }

    #[test]
    fn every_institution_is_found_by_its_exact_name(names in names(), links in prop::collection::vec((0_i64..12, 0_i64..12), 0..6)) {
        let mut entries: Vec<Entry> = (0..).zip(&names).map(|(id, name)| entry(id, name)).collect();
        for (from, to) in links {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.id.get() == from && from != to) {
                entry.successors.push(InstitutionId::new(to));
            }
        }
        let index = index_of(entries.clone(), &Policy::OPEN);
        for entry in entries {
            let shown = index.listing(entry.id).unwrap().id;
            let hits = index.search(&Query::parse(&entry.name), 20);
            let hit = hits.iter().find(|hit| hit.listing.id == shown);
            prop_assert_eq!(hit.map(|hit| hit.matched), Some(Match::Exact));
        }
    }
}
