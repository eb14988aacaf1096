//! The use cases, against a directory in memory.

use relink_mastercard::RoutingNumber;

use super::{
    super::{
        fake::{FakeUpstream, StartCounts},
        testing::institution,
    },
    *,
};
use crate::{
    db_test,
    random::SeededRandom,
    store::testing::TestStore,
    time::{Clock, FixedClock},
};

struct World {
    institutions: Institutions,
    upstream: Arc<FakeUpstream>,
    clock: Arc<FixedClock>,
}

fn world(db: &TestStore, names: &[&str]) -> World {
    let list = (1..)
        .zip(names)
        .map(|(id, name)| institution(id, name))
        .collect();
    let mut upstream = FakeUpstream::new(list, StartCounts::Pages);
    upstream.routing = vec![(
        RoutingNumber::parse("021000021").unwrap(),
        InstitutionId::new(1),
    )];
    let upstream = Arc::new(upstream);
    let clock = Arc::new(FixedClock::at(
        DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
    ));
    let settings = Settings {
        policy: Policy::OPEN,
        popular: Vec::new(),
    };
    let institutions = Institutions::new(
        db.store.clone(),
        upstream.clone(),
        Clocks::one(clock.clone()),
        Jobs::new(clock.clone(), Arc::new(SeededRandom::new(1))),
        settings,
    );
    World {
        institutions,
        upstream,
        clock,
    }
}

impl World {
    async fn search(&self, text: &str) -> (Vec<i64>, Asked) {
        let result = self.institutions.search(text, 10).await.unwrap();
        (
            result.hits.iter().map(|hit| hit.listing.id.get()).collect(),
            result.asked,
        )
    }

    async fn copied(self) -> Self {
        self.institutions.refresh().await.unwrap();
        self
    }

    async fn missed(&self, db: &TestStore, how: Missing) -> Vec<(String, i64, i64)> {
        let missed = db
            .store
            .read()
            .await
            .unwrap()
            .missed_institutions(how, 10)
            .await
            .unwrap();
        missed
            .into_iter()
            .map(|missed| (missed.term, missed.searches, missed.reports))
            .collect()
    }
}

db_test! {
    async fn before_the_first_copy_a_term_is_asked_once(db: &TestStore) {
        let world = world(db, &["Chase", "Chase Two", "Other"]);
        let (one, two) = tokio::join!(world.search("chase"), world.search("Chase"));
        assert_eq!(one, (vec![1, 2], Asked::Yes));
        assert_eq!(two.0, [1, 2]);
        assert_eq!(world.search("chase").await.0, [1, 2]);
        assert_eq!(world.upstream.calls(), 1);
        assert_eq!(world.search("ch").await, (vec![1, 2], Asked::No));
        assert_eq!(world.institutions.loaded().copied_at(), None);
    }
}

db_test! {
    async fn a_copy_ends_the_asking_and_drops_what_was_asked(db: &TestStore) {
        let world = world(db, &["Chase", "Other"]);
        world.search("chase").await;
        world.clock.advance(TimeDelta::minutes(1));
        let world = world.copied().await;
        let calls = world.upstream.calls();
        assert_eq!(world.search("other").await, (vec![2], Asked::No));
        assert_eq!(world.upstream.calls(), calls);
        assert!(world.institutions.loaded().copied_at().is_some());
        assert_eq!(db.store.read().await.unwrap().asked_institutions().await.unwrap(), []);
        assert_eq!(world.institutions.refresh().await.unwrap(), None);
    }
}

db_test! {
    async fn what_is_found_nowhere_is_asked_once_an_hour_and_counted(db: &TestStore) {
        let world = world(db, &["Chase"]).copied().await;
        let calls = world.upstream.calls();
        assert_eq!(world.search("Nowhere Savings").await, (vec![], Asked::Yes));
        assert_eq!(world.search("nowhere  savings").await, (vec![], Asked::Yes));
        assert_eq!(world.upstream.calls(), calls + 1);
        assert_eq!(world.missed(db, Missing::Search).await, [("nowhere savings".to_owned(), 2, 0)]);
        world.clock.advance(TimeDelta::hours(2));
        world.upstream.list.lock().unwrap().push(institution(7, "Nowhere Savings"));
        assert_eq!(world.search("nowhere savings").await, (vec![7], Asked::Yes));
        world.institutions.report_missing(&Term::parse("Nobody's").unwrap()).await.unwrap();
        assert_eq!(world.missed(db, Missing::Report).await[0], ("nobodys".to_owned(), 0, 1));
    }
}

db_test! {
    async fn a_term_on_the_way_is_neither_asked_nor_counted(db: &TestStore) {
        let world = world(db, &["Chase"]);
        assert!(world.institutions.look_up("chase", 10).is_poor(), "there is no copy yet");
        let world = world.copied().await;
        let calls = world.upstream.calls();
        for term in ["now", "nowhere", "nowhere sav", "021000021"] {
            let found = world.institutions.look_up(term, 10);
            assert_eq!((found.hits.len(), found.asked, found.is_poor()), (0, Asked::No, true), "{term}");
        }
        let partly = world.institutions.look_up("chase nowhere", 10);
        assert_eq!((partly.hits.len(), partly.is_poor()), (1, true));
        let found = world.institutions.look_up("chas", 10);
        assert_eq!((found.hits.len(), found.is_poor()), (1, false));
        assert_eq!(world.upstream.calls(), calls);
        assert_eq!(world.missed(db, Missing::Search).await, []);
    }
}

db_test! {
    async fn an_unknown_routing_number_is_asked_and_kept(db: &TestStore) {
        let world = world(db, &["Chase"]).copied().await;
        assert_eq!(world.search("021000021").await, (vec![1], Asked::Yes));
        // The answer is remembered, and in the index from its next load on.
        let calls = world.upstream.calls();
        assert_eq!(world.search("021000021").await.0, [1]);
        assert_eq!(world.upstream.calls(), calls);
        world.institutions.load().await.unwrap();
        assert_eq!(world.search("021000021").await, (vec![1], Asked::No));
        assert_eq!(world.search("021000022").await, (vec![], Asked::Yes));
    }
}

db_test! {
    async fn what_our_users_choose_comes_first_after_a_load(db: &TestStore) {
        let world = world(db, &["First A", "First B"]).copied().await;
        assert_eq!(world.search("first").await.0, [1, 2]);
        world.institutions.record_choice(InstitutionId::new(2)).await.unwrap();
        world.institutions.load().await.unwrap();
        assert_eq!(world.search("first").await.0, [2, 1]);
        assert_eq!(world.institutions.popular()[0].id.get(), 2);
    }
}

db_test! {
    async fn the_confirm_page_reads_anew(db: &TestStore) {
        let world = world(db, &["Chase", "Other"]).copied().await;
        world.upstream.list.lock().unwrap()[0].special_text = Some("New".to_owned());
        let page = world.institutions.confirm(InstitutionId::new(1)).await.unwrap().unwrap();
        assert_eq!(page.institution.special_text.as_deref(), Some("New"));
        assert_eq!((page.freshness, page.instead_of), (Freshness::Now, None));
        world.upstream.list.lock().unwrap().remove(0);
        assert_eq!(world.institutions.confirm(InstitutionId::new(1)).await.unwrap(), None);
    }
}

db_test! {
    async fn another_process_brings_a_copy_into_use(db: &TestStore) {
        let (one, two) = (world(db, &["Chase"]), world(db, &["Chase"]));
        one.institutions.refresh().await.unwrap();
        assert!(two.institutions.load_if_newer().await.unwrap());
        assert!(!two.institutions.load_if_newer().await.unwrap());
        assert_eq!(two.search("chase").await, (vec![1], Asked::No));
    }
}

db_test! {
    async fn pictures_that_nobody_asks_for_are_forgotten(db: &TestStore) {
        let world = world(db, &["Chase"]);
        let keep = async |url: &str| {
            let mut unit = db.store.write().await.unwrap();
            unit.keep_icon(url, "image/png", b"png", world.clock.now()).await.unwrap();
            unit.bury_icon_host(url, world.clock.now()).await.unwrap();
            unit.save().await.unwrap();
        };
        keep("old").await;
        world.clock.advance(TimeDelta::days(2));
        keep("new").await;
        world.clock.advance(TimeDelta::days(59));
        world.institutions.prune().await.unwrap();
        let mut unit = db.store.read().await.unwrap();
        assert_eq!((unit.icon("old").await.unwrap(), unit.icon_host_dead_since("old").await.unwrap()), (None, None));
        assert!(unit.icon("new").await.unwrap().is_some() && unit.icon_host_dead_since("new").await.unwrap().is_some());
    }
}
