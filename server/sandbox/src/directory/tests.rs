use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    io::Write as _,
};

use serde_json::Value;

use super::*;

fn seeded() -> &'static Directory {
    static SEEDED: OnceLock<Directory> = OnceLock::new();
    SEEDED.get_or_init(|| Directory::load("http://127.0.0.1:9", DEFAULT_SEED, None).unwrap())
}

fn id(number: u64) -> InstitutionId {
    InstitutionId::new(number)
}

fn host(record: &Institution) -> &str {
    let home = record.url_home_app.as_deref().unwrap();
    home.strip_prefix("https://")
        .unwrap()
        .split('/')
        .next()
        .unwrap()
}

#[test]
fn is_as_large_as_promised_and_ordered_by_distinct_ids() {
    let all = seeded().all();
    assert!(all.len() >= 16_000, "{}", all.len());
    assert!(all.windows(2).all(|pair| pair[0].id < pair[1].id));
}

#[test]
fn has_the_institutions_with_official_ids() {
    let official = [
        (101_732, "FinBank"),
        (102_105, "FinBank Profiles - A"),
        (102_168, "FinBank Profiles - B"),
        (199_100, "FinBank Profiles - C"),
        (176_081, "FinBank Profiles J"),
        (170_680, "FinBank C"),
        (102_219, "FinBank O"),
        (170_830, "FinBank M1"),
        (170_776, "FinBank Billable"),
        (171_011, "FinBank OAuth Billable"),
        (176_082, "FinBank Decertified"),
        (176_078, "FinBank Offline"),
        (102_220, "FinBank Health Check"),
        (102_176, "FinBank OAuth"),
        (4222, "Principal Financial - Retirement (Personal)"),
    ];
    for (number, name) in official {
        assert_eq!(
            seeded().get(id(number)).unwrap().name.as_deref(),
            Some(name)
        );
    }
}

#[test]
fn test_institutions_are_what_their_names_say() {
    let get = |number| seeded().get(id(number)).unwrap();
    assert!(get(102_176).oauth_enabled);
    assert_eq!(get(176_078).status, Status::Offline);
    assert!(!get(176_082).trans_agg);
    assert!(get(102_105).trans_agg && get(102_105).status == Status::Online);
    let icon = get(4222).branding.as_ref().unwrap().icon.as_deref();
    assert_eq!(icon, Some("http://127.0.0.1:9/logos/4222/icon.svg"));
}

#[test]
fn a_seed_always_makes_the_same_directory() {
    let again = Directory::load("http://127.0.0.1:9", DEFAULT_SEED, None).unwrap();
    assert!(again.all() == seeded().all());
    let other = Directory::load("http://127.0.0.1:9", DEFAULT_SEED + 1, None).unwrap();
    assert!(other.all() != seeded().all());
}

#[test]
fn references_lead_to_institutions() {
    let oauth = |record: &Institution| {
        let twin = seeded().get(record.oauth_institution_id?).unwrap();
        assert!(twin.oauth_enabled && !record.oauth_enabled, "{}", record.id);
        assert_eq!(host(twin), host(record));
        Some(())
    };
    assert!(seeded().all().iter().filter_map(oauth).count() >= 50);
    let migrating = |record: &Institution| {
        assert!(
            seeded().get(record.new_institution_id?).is_some(),
            "{}",
            record.id
        );
        Some(())
    };
    assert!(seeded().all().iter().filter_map(migrating).count() >= 50);
}

#[test]
fn routing_numbers_are_valid_and_lead_to_one_institution() {
    let mut holders: BTreeMap<RoutingNumber, HashSet<&str>> = BTreeMap::new();
    for record in seeded().all() {
        for number in &record.routing_numbers {
            assert!(number.has_valid_checksum(), "{number} of {}", record.id);
            holders.entry(*number).or_default().insert(host(record));
        }
    }
    assert!(holders.len() > 10_000, "{}", holders.len());
    // A legacy institution and its OAuth twin are one institution.
    let shared: Vec<_> = holders
        .iter()
        .filter(|(_, hosts)| hosts.len() > 1)
        .collect();
    assert!(shared.is_empty(), "{shared:?}");
    let chase = seeded().by_routing_number("021000021".parse().unwrap());
    assert!(chase.iter().any(|record| record.id == id(102_224)));
}

#[test]
fn twins_live_at_different_hosts() {
    let mut towns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut hosts = HashSet::new();
    let in_tail = |record: &&Institution| (20_000..100_000).contains(&record.id.number());
    for record in seeded().all().iter().filter(in_tail) {
        // Only the OAuth twin of a legacy institution repeats a host.
        assert!(
            hosts.insert(host(record)) || record.oauth_enabled,
            "{}",
            host(record)
        );
        towns
            .entry(record.shown_name())
            .or_default()
            .insert(host(record));
    }
    let twins = towns.values().filter(|hosts| hosts.len() > 1).count();
    assert!(twins > 100, "{twins}");
}

#[test]
fn enough_are_certified_and_known_to_the_federal_reserve() {
    let count = |view: fn(&Institution) -> bool| seeded().all().iter().filter(|r| view(r)).count();
    assert!(count(|record| CertifiedInstitution::new(record).is_some()) >= 30);
    assert!(count(|record| CertifiedInstitution::with_rssd(record).is_some()) >= 30);
    let parent = seeded()
        .all()
        .iter()
        .find(|r| !r.child_institutions.is_empty())
        .unwrap();
    let shown = serde_json::to_value(CertifiedInstitution::with_rssd(parent).unwrap()).unwrap();
    assert_eq!(shown["childInstitutions"][0]["parentRSSD"], shown["rssd"]);
}

#[test]
fn serves_what_the_description_requires_and_nothing_of_ours() {
    const FLAGS: [&str; 9] = [
        "transAgg",
        "ach",
        "stateAgg",
        "voi",
        "voa",
        "aha",
        "availBalance",
        "accountOwner",
        "oauthEnabled",
    ];
    for record in seeded().all() {
        let object = serde_json::to_value(record).unwrap();
        assert!(object["id"].is_u64());
        assert!(
            FLAGS.iter().all(|flag| object[flag].is_boolean()),
            "{object}"
        );
        assert!(object["status"].is_string() && object["currency"].is_string());
        assert!(object["name"].is_string());
        for ours in [
            "routingNumbers",
            "aliases",
            "certified",
            "rssd",
            "childInstitutions",
        ] {
            assert!(object.get(ours).is_none(), "{ours} in {object}");
        }
        assert!(
            record
                .display_name
                .as_ref()
                .is_none_or(|name| name.len() <= 255)
        );
        assert!(record.phone.as_ref().is_none_or(|phone| phone.len() <= 15));
        assert!(!object.to_string().contains(ORIGIN));
    }
}

#[test]
fn a_routing_number_match_has_no_production_status() {
    let finbank = seeded().get(id(101_732)).unwrap().clone();
    assert!(finbank.production_status.is_some());
    let shown = serde_json::to_value(RoutingNumberMatch::new(finbank)).unwrap();
    assert_eq!(shown.get("productionStatus"), None);
    assert_eq!(shown["countryCodes"][0]["countryCode"], "US");
    assert_eq!(shown["transAgg_status"], "online");
}

#[test]
fn filters_by_products_and_country() {
    let finbank = |products: &[Product], countries: &[&str]| {
        let filter = Filter {
            term: Some("finbank".into()),
            products: products.to_vec(),
            countries: countries.iter().map(|code| code.parse().unwrap()).collect(),
        };
        seeded()
            .find(&filter)
            .iter()
            .filter(|r| r.name.as_deref() == Some("FinBank"))
            .count()
    };
    assert_eq!(finbank(&[], &[]), 1);
    assert_eq!(finbank(&[Product::Ach, Product::Voa], &["ca", "us"]), 1);
    assert_eq!(finbank(&[], &["ca"]), 0);
    let certified = Filter {
        products: vec![Product::Voi],
        ..Filter::default()
    };
    let found = seeded().find(&certified);
    assert!(!found.is_empty() && found.iter().all(|record| record.voi));
}

#[test]
fn searches_by_name() {
    let searches = [
        ("chase", "Chase"),
        ("WELS FARGO", "Wells Fargo"),
        ("macys", "Macy's Credit Card"),
        ("finbank profiles a", "FinBank Profiles - A"),
    ];
    for (term, first) in searches {
        assert_eq!(seeded().search(term)[0].shown_name(), first);
    }
}

#[test]
fn nothing_found_is_no_error() {
    assert!(seeded().search("zzzzqqqq").is_empty());
    assert!(seeded().search("").is_empty());
}

#[test]
fn an_export_loads_again() {
    let folder = std::env::temp_dir().join(format!("relink-directory-{}", std::process::id()));
    let mut file = fs::File::create(&folder).unwrap();
    seeded().write_jsonl(&mut file).unwrap();
    let read = Directory::load("", 99, Some(&folder)).unwrap();
    fs::remove_file(&folder).unwrap();
    assert!(read.all() == seeded().all());
}

#[test]
fn a_file_replaces_the_tail_and_may_change_a_known_one() {
    let path = std::env::temp_dir().join(format!("relink-file-{}", std::process::id()));
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(b"# ours\n\n{\"id\":5,\"name\":\"Old\"}\n{\"id\":77,\"name\":\"A\",\"routingNumbers\":[123456789]}\n{\"id\":5,\"name\":\"New\"}\n").unwrap();
    let read = Directory::load("", DEFAULT_SEED, Some(&path)).unwrap();
    assert_eq!(read.get(id(5)).unwrap().name.as_deref(), Some("New"));
    assert_eq!(
        read.by_routing_number("123456789".parse().unwrap())[0].id,
        id(77)
    );
    assert!(read.get(id(101_732)).is_some() && read.all().len() < 1000);
    file.write_all(b"{\"id\":\"x\"}\n").unwrap();
    let refused = Directory::load("", DEFAULT_SEED, Some(&path)).unwrap_err();
    fs::remove_file(&path).unwrap();
    assert!(
        matches!(refused, DirectoryError::Line { line: 6, .. }),
        "{refused}"
    );
}

/// The bench's table names institutions by id: they must be of this seed.
#[test]
fn every_institution_that_the_bench_asks_for_exists() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/data/queries.tsv");
    let table = fs::read_to_string(table).unwrap();
    let mut queries = 0;
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (query, ids) = line.split_once('\t').unwrap();
        assert!(!query.trim().is_empty());
        for number in ids.split(',') {
            let number = number.parse().unwrap();
            assert!(seeded().get(number).is_some(), "{query}: {number}");
        }
        queries += 1;
    }
    assert!(queries >= 300, "{queries}");
}

#[test]
fn the_embedded_file_is_official_json() {
    for line in WELL_KNOWN.lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        assert!(
            object["status"].is_string() && object["transAgg"].is_boolean(),
            "{line}"
        );
    }
}
