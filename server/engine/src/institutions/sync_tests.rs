//! Copying, from a directory that pages as it likes.

use rstest::rstest;

use super::{
    super::{
        fake::{FakeUpstream, StartCounts},
        testing::institution,
    },
    *,
};
use crate::{db_test, random::SeededRandom, store::testing::TestStore, time::FixedClock};

struct World {
    sync: DirectorySync,
    upstream: Arc<FakeUpstream>,
    clock: Arc<FixedClock>,
}

fn world(db: &TestStore, size: i64, counts: StartCounts) -> World {
    let list = (1..=size)
        .map(|id| institution(id, &format!("Institution {id}")))
        .collect();
    let upstream = Arc::new(FakeUpstream::new(list, counts));
    let clock = Arc::new(FixedClock::at(
        DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
    ));
    let jobs = Jobs::new(clock.clone(), Arc::new(SeededRandom::new(1)));
    let sync = DirectorySync::new(db.store.clone(), upstream.clone(), clock.clone(), jobs);
    World {
        sync,
        upstream,
        clock,
    }
}

/// Ids of the copy in use.
async fn in_use(db: &TestStore) -> Vec<i64> {
    let mut unit = db.store.read().await.unwrap();
    match unit.whole_copy().await.unwrap() {
        Some(whole) => {
            let all = unit.institutions(whole.copy, None, 1000).await.unwrap();
            all.into_iter()
                .map(|institution| institution.id.get())
                .collect()
        }
        None => Vec::new(),
    }
}

db_test! {
    async fn copies_whatever_start_counts(db: &TestStore) {
        for counts in [StartCounts::Pages, StartCounts::Records] {
            for size in [1, 3, 4, 5, 6, 7, 10, 30] {
                let world = world(db, size, counts);
                assert_eq!(world.sync.run().await.unwrap(), size, "{counts:?}");
                assert_eq!(in_use(db).await, (1..=size).collect::<Vec<_>>(), "{counts:?}");
                let mut starts = world.upstream.starts.lock().unwrap().clone();
                starts.dedup();
                assert_eq!(starts.len(), world.upstream.calls(), "no page is asked for twice");
            }
        }
    }
}

db_test! {
    async fn goes_on_where_it_stopped_and_the_old_copy_stays_meanwhile(db: &TestStore) {
        for counts in [StartCounts::Pages, StartCounts::Records] {
            world(db, 2, counts).sync.run().await.unwrap();
            let world = world(db, 10, counts);
            world.upstream.hang_at.store(4, std::sync::atomic::Ordering::SeqCst);
            tokio::select! {
                done = world.sync.run() => panic!("{done:?}"),
                () = world.upstream.hangs.notified() => {}
            }
            assert_eq!(in_use(db).await, [1, 2]);
            world.sync.run().await.unwrap();
            assert_eq!(in_use(db).await, (1..=10).collect::<Vec<_>>());
            let starts = world.upstream.starts.lock().unwrap();
            assert_eq!(starts.iter().filter(|start| **start == 1).count(), 1);
        }
    }
}

db_test! {
    async fn two_processes_at_once_make_one_whole_copy(db: &TestStore) {
        for counts in [StartCounts::Pages, StartCounts::Records] {
            let world = world(db, 10, counts);
            let (one, two) = tokio::join!(world.sync.run(), world.sync.run());
            assert_eq!((one.unwrap(), two.unwrap()), (10, 10));
            assert_eq!(in_use(db).await, (1..=10).collect::<Vec<_>>());
        }
    }
}

db_test! {
    async fn an_interrupted_copy_gets_stale(db: &TestStore) {
        let world = world(db, 10, StartCounts::Pages);
        assert_eq!(world.sync.step().await.unwrap(), Step::More);
        world.clock.advance(TimeDelta::hours(7));
        world.sync.run().await.unwrap();
        assert_eq!(world.upstream.starts.lock().unwrap()[..2], [1, 1]);
    }
}

db_test! {
    async fn a_short_list_is_thrown_away(db: &TestStore) {
        world(db, 2, StartCounts::Pages).sync.run().await.unwrap();
        for (size, cut, counts) in [(10, Some(1), StartCounts::Pages), (10, None, StartCounts::Nothing), (0, None, StartCounts::Pages)] {
            let world = world(db, size, counts);
            *world.upstream.cut_after.lock().unwrap() = cut;
            let error = world.sync.run().await.unwrap_err();
            assert!(matches!(error, SyncError::Incomplete { .. }), "{error}");
            assert_eq!(in_use(db).await, [1, 2]);
            assert_eq!(db.store.read().await.unwrap().open_copy().await.unwrap(), None);
        }
    }
}

db_test! {
    async fn is_due_once_a_day(db: &TestStore) {
        let world = world(db, 2, StartCounts::Pages);
        assert!(world.sync.is_due().await.unwrap());
        world.sync.run().await.unwrap();
        assert!(!world.sync.is_due().await.unwrap());
        world.clock.advance(TimeDelta::hours(24));
        assert!(world.sync.is_due().await.unwrap());
    }
}

#[rstest]
#[case(0, 0, false)]
#[case(9, 10, true)]
#[case(8, 10, false)]
#[case(5, 0, true)]
fn nine_tenths_are_whole(#[case] copied: i64, #[case] found: i64, #[case] whole: bool) {
    assert_eq!(is_whole(copied, found), whole);
}
