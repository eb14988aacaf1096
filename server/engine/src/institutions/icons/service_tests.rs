//! Fetching, with a host that counts its requests.

use std::sync::atomic::AtomicUsize;

use relink_mastercard::model::Institution;

use super::{super::super::testing::institution, *};
use crate::{db_test, store::testing::TestStore, time::FixedClock};

struct Host {
    answer: Mutex<Fetched>,
    requests: AtomicUsize,
}

#[async_trait::async_trait]
impl IconFetcher for Host {
    async fn fetch(&self, _: &IconUrl) -> Fetched {
        self.requests.fetch_add(1, Ordering::SeqCst);
        // Whoever else wants a picture of this host comes by now.
        tokio::task::yield_now().await;
        self.answer.lock().unwrap().clone()
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

struct World {
    service: IconService,
    host: Arc<Host>,
    clock: Arc<FixedClock>,
}

impl World {
    async fn new(db: &TestStore, answer: Fetched) -> Self {
        let clock = Arc::new(FixedClock::at(
            DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        ));
        let host = Arc::new(Host {
            answer: Mutex::new(answer),
            requests: AtomicUsize::new(0),
        });
        let pictured: Vec<Institution> = (1..=9)
            .map(|id| {
                let icon = (id < 9).then(|| format!("https://logos.example.com/{id}"));
                let branding = Some(Branding {
                    icon,
                    ..Branding::default()
                });
                Institution {
                    branding,
                    ..institution(id, "Example")
                }
            })
            .collect();
        let mut unit = db.store.write().await.unwrap();
        unit.add_asked_institutions(&pictured, clock.now())
            .await
            .unwrap();
        unit.save().await.unwrap();
        let service = IconService::new(db.store.clone(), host.clone(), clock.clone(), None);
        Self {
            service,
            host,
            clock,
        }
    }

    async fn icon(&self, id: i64) -> Served {
        self.service
            .picture(InstitutionId::new(id), Picture::Icon)
            .await
            .unwrap()
            .unwrap()
    }

    fn requests(&self) -> usize {
        self.host.requests.load(Ordering::SeqCst)
    }

    fn answer(&self, with: Fetched) {
        *self.host.answer.lock().unwrap() = with;
    }
}

db_test! {
    async fn a_picture_is_fetched_once_a_week(db: &TestStore) {
        let world = World::new(db, Fetched::Bytes(PNG.to_vec())).await;
        let (one, two) = tokio::join!(world.icon(1), world.icon(1));
        assert_eq!(one, Served { media: Media::Png, bytes: PNG.to_vec(), drawn: false });
        assert_eq!((one, world.requests()), (two, 1));
        world.clock.advance(TimeDelta::days(8));
        world.answer(Fetched::Dead);
        assert!(!world.icon(1).await.drawn, "the old one is better than a letter");
        assert_eq!(world.requests(), 2);
        assert!(world.service.picture(InstitutionId::new(77), Picture::Icon).await.unwrap().is_none());
    }
}

db_test! {
    async fn a_dead_host_costs_one_request_a_day(db: &TestStore) {
        let world = World::new(db, Fetched::Dead).await;
        let (one, two, three) = tokio::join!(world.icon(1), world.icon(2), world.icon(3));
        assert!(one.drawn && two.drawn && three.drawn);
        assert!(world.icon(4).await.drawn);
        assert_eq!(world.requests(), 1);
        world.clock.advance(TimeDelta::hours(25));
        world.answer(Fetched::Bytes(PNG.to_vec()));
        assert!(!world.icon(1).await.drawn);
        assert_eq!(world.requests(), 2);
    }
}

db_test! {
    async fn what_is_no_picture_is_a_letter(db: &TestStore) {
        let world = World::new(db, Fetched::Bytes(b"<html></html>".to_vec())).await;
        assert!(world.icon(1).await.drawn);
        world.answer(Fetched::Bytes([PNG, &vec![0; MOST_BYTES]].concat()));
        assert!(world.icon(2).await.drawn);
        world.answer(Fetched::Refused);
        assert!(world.icon(3).await.drawn);
        assert!(world.icon(3).await.drawn);
        assert!(world.icon(9).await.drawn);
        assert_eq!(world.requests(), 3);
    }
}
