use chrono::DateTime;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::*;
use crate::{
    db_test, jobs::Due, random::SeededRandom, store::testing::TestStore, time::FixedClock,
};

macro_rules! job {
    ($name:ident: $($what:ident)?) => {
        #[derive(Debug, Serialize, Deserialize)]
        struct $name {}

        impl Job for $name {
            const KIND: &'static str = stringify!($name);
            $(const $what: bool = true;)?
        }
    };
}
job!(Count: QUIET);
job!(Many: BULK);
job!(One:);

/// A count lasts until it is let go; how many of the others were run.
#[derive(Default)]
struct Work {
    counts: Notify,
    go: Notify,
    many: AtomicUsize,
    one: AtomicUsize,
}

#[async_trait::async_trait]
impl Handle<Count> for Work {
    async fn handle(&self, _: Count, _: Run) -> Outcome {
        self.counts.notify_one();
        self.go.notified().await;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Handle<Many> for Work {
    async fn handle(&self, _: Many, _: Run) -> Outcome {
        self.many.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[async_trait::async_trait]
impl Handle<One> for Work {
    async fn handle(&self, _: One, _: Run) -> Outcome {
        self.one.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

db_test! { async fn bulk_rests_beside_a_count_and_the_rest_does_not(db: &TestStore) {
    let clock = Arc::new(FixedClock::at(DateTime::from_timestamp(1_700_000_000, 0).unwrap()));
    let random = Arc::new(SeededRandom::new(3));
    let (jobs, work) = (Jobs::new(clock.clone(), random.clone()), Arc::<Work>::default());
    let settings = WorkerSettings { poll: Duration::from_millis(20), ..WorkerSettings::default() };
    let worker = Worker::new(db.store.clone(), Clocks::one(clock), random, settings)
        .handle::<Count>(work.clone())
        .handle::<Many>(work.clone())
        .handle::<One>(work.clone());
    let mut unit = db.store.write().await.unwrap();
    jobs.enqueue(&mut unit, &Count {}, Due::AtOnce).await.unwrap();
    unit.save().await.unwrap();
    let tasks = Tasks::new();
    let running = tasks.spawn("worker", Arc::new(worker).run(tasks.clone()));
    work.counts.notified().await;
    let mut unit = db.store.write().await.unwrap();
    for _ in 0..9 {
        jobs.enqueue(&mut unit, &Many {}, Due::AtOnce).await.unwrap();
    }
    jobs.enqueue(&mut unit, &One {}, Due::AtOnce).await.unwrap();
    unit.save().await.unwrap();
    // It was queued last, and takes its turn before them.
    let done = async |count: &AtomicUsize, wanted| {
        while count.load(Ordering::SeqCst) < wanted {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    done(&work.one, 1).await;
    assert_eq!(work.many.load(Ordering::SeqCst), 0);
    work.go.notify_one();
    done(&work.many, 9).await;
    tasks.stop(Duration::from_secs(5)).await;
    running.await.unwrap();
} }
