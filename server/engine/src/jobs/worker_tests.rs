use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use serde::{Deserialize, Serialize};

use super::*;
use crate::{
    db_test,
    jobs::{Due, JobState, Queued},
    random::SeededRandom,
    store::testing::TestStore,
    tasks::Stopped,
    time::{Clock, FixedClock},
};

#[derive(Debug, Serialize, Deserialize)]
struct Greet {
    name: String,
}

impl Job for Greet {
    const KIND: &'static str = "test.greet";
    const MAX_ATTEMPTS: u16 = 3;

    fn dedupe_key(&self) -> Option<String> {
        (self.name != "anybody").then(|| self.name.clone())
    }
}

/// Says what happened, and fails as told.
#[derive(Default)]
struct Greeter {
    runs: Mutex<Vec<(String, u16)>>,
    fails: AtomicUsize,
}

impl Greeter {
    fn runs(&self) -> Vec<(String, u16)> {
        self.runs.lock().unwrap().clone()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("out of {0}")]
struct OutOf(&'static str);

#[async_trait::async_trait]
impl Handle<Greet> for Greeter {
    async fn handle(&self, job: Greet, run: Run) -> Outcome {
        self.runs
            .lock()
            .unwrap()
            .push((job.name.clone(), run.attempt));
        match job.name.as_str() {
            "nobody" => return Err(JobError::fail(OutOf("people"))),
            "panic" => panic!("no greeting"),
            _ => {}
        }
        let failing = self
            .fails
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if failing.is_ok() {
            Err(JobError::retry(OutOf("breath")))
        } else {
            Ok(())
        }
    }
}

struct Bench {
    store: Store,
    clock: Arc<FixedClock>,
    random: Arc<SeededRandom>,
    jobs: Jobs,
    greeter: Arc<Greeter>,
}

impl Bench {
    fn new(db: &TestStore) -> Self {
        let clock = Arc::new(FixedClock::at(
            chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
        ));
        let random = Arc::new(SeededRandom::new(3));
        let jobs = Jobs::new(clock.clone(), random.clone());
        Self {
            store: db.store.clone(),
            clock,
            random,
            jobs,
            greeter: Arc::default(),
        }
    }

    fn worker(&self) -> Worker {
        let settings = WorkerSettings {
            poll: Duration::from_millis(20),
            ..WorkerSettings::default()
        };
        let clocks = Clocks::one(self.clock.clone());
        Worker::new(self.store.clone(), clocks, self.random.clone(), settings)
            .handle::<Greet>(self.greeter.clone())
    }

    async fn queue(&self, name: &str, due: Due) -> Queued {
        let mut unit = self.store.write().await.unwrap();
        let queued = self
            .jobs
            .enqueue(
                &mut unit,
                &Greet {
                    name: name.to_owned(),
                },
                due,
            )
            .await
            .unwrap();
        unit.save().await.unwrap();
        queued
    }

    async fn dead(&self) -> Vec<crate::jobs::DeadJob> {
        self.store
            .read()
            .await
            .unwrap()
            .dead_jobs(10)
            .await
            .unwrap()
    }

    fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }
}

db_test! { async fn a_rollback_leaves_no_job(db: &TestStore) {
    let bench = Bench::new(db);
    let mut unit = bench.store.write().await.unwrap();
    bench.jobs.enqueue(&mut unit, &Greet { name: "ada".to_owned() }, Due::AtOnce).await.unwrap();
    drop(unit);
    assert_eq!(bench.worker().run_due().await.unwrap(), 0);
    bench.queue("bob", Due::AtOnce).await;
    assert_eq!(bench.worker().run_due().await.unwrap(), 1);
    assert_eq!(bench.greeter.runs(), [("bob".to_owned(), 1)]);
}}

db_test! { async fn a_job_waits_for_its_time(db: &TestStore) {
    let bench = Bench::new(db);
    bench.queue("late", Due::At(bench.clock.now() + TimeDelta::seconds(10))).await;
    bench.queue("now", Due::AtOnce).await;
    assert_eq!(bench.worker().run_due().await.unwrap(), 1);
    bench.pass(10);
    assert_eq!(bench.worker().run_due().await.unwrap(), 1);
    assert_eq!(bench.greeter.runs(), [("now".to_owned(), 1), ("late".to_owned(), 1)]);
}}

db_test! { async fn of_each_kind_so_many_are_counted(db: &TestStore) {
    let bench = Bench::new(db);
    for (name, minutes) in [("ada", 0), ("bob", 1), ("eve", 1)] {
        bench.pass(60 * minutes);
        bench.queue(name, Due::AtOnce).await;
    }
    bench.queue("nobody", Due::At(bench.clock.now() - TimeDelta::hours(1))).await;
    assert_eq!(bench.worker().run_due().await.unwrap(), 4);
    for name in ["cy", "dot", "fay"] {
        bench.queue(name, Due::At(bench.clock.now() + TimeDelta::hours(1))).await;
    }
    let mut unit = bench.store.read().await.unwrap();
    // Those that are done are nowhere; one more than was asked for says that there are more.
    for (most, waiting) in [(1, 2), (2, 3), (3, 3)] {
        let counts = unit.count_jobs(most).await.unwrap();
        let counts: Vec<_> = counts.iter().map(|it| (it.kind.as_str(), it.state, it.count)).collect();
        assert_eq!(counts, [
            (Greet::KIND, JobState::Dead, 1),
            (Greet::KIND, JobState::Waiting, waiting),
        ]);
    }
}}

db_test! { async fn what_is_due_is_due_by_its_own_clock(db: &TestStore) {
    let bench = Bench::new(db);
    for days in [10, -10] {
        let domain = Arc::new(FixedClock::at(bench.clock.now() + TimeDelta::days(days)));
        let clocks = Clocks { domain: domain.clone(), real: bench.clock.clone() };
        let settings = WorkerSettings::default();
        let worker = Worker::new(bench.store.clone(), clocks, bench.random.clone(), settings)
            .handle::<Greet>(bench.greeter.clone());
        bench.queue("at once", Due::AtOnce).await;
        bench.queue("due", Due::At(domain.now() - TimeDelta::seconds(1))).await;
        bench.queue("not yet", Due::At(domain.now() + TimeDelta::seconds(1))).await;
        assert_eq!(worker.run_due().await.unwrap(), 2, "{days}");
        domain.advance(TimeDelta::seconds(1));
        assert_eq!(worker.run_due().await.unwrap(), 1, "{days}");
    }
}}

db_test! { async fn two_workers_never_claim_one_job(db: &TestStore) {
    let bench = Bench::new(db);
    for _ in 0..20 {
        bench.queue("anybody", Due::AtOnce).await;
    }
    let (one, two) = (bench.worker(), bench.worker());
    let mut ids = Vec::new();
    while ids.len() < 20 {
        let (left, right) = tokio::join!(one.claim(3), two.claim(3));
        let (left, right) = (left.unwrap(), right.unwrap());
        assert!(!(left.is_empty() && right.is_empty()), "jobs were lost");
        ids.extend(left.into_iter().chain(right).map(|job| job.id));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    assert!(one.claim(1).await.unwrap().is_empty());
}}

db_test! { async fn a_crash_begins_the_next_attempt_and_fences_the_first(db: &TestStore) {
    let bench = Bench::new(db);
    bench.queue("ada", Due::AtOnce).await;
    let (crashed, other) = (bench.worker(), bench.worker());
    let stale = crashed.claim(1).await.unwrap().remove(0);
    bench.pass(59);
    assert_eq!(other.run_due().await.unwrap(), 0, "the lease holds");
    assert!(crashed.extend(&stale).await.unwrap());
    bench.pass(59);
    assert_eq!(other.run_due().await.unwrap(), 0, "the lease was extended");
    bench.pass(1);
    let second = other.claim(1).await.unwrap().remove(0);
    assert_eq!(second.attempt, 2);
    assert!(!crashed.extend(&stale).await.unwrap());
    assert!(!crashed.settle(&stale, Backoff::STANDARD, Ok(())).await.unwrap(), "a stale attempt ends nothing");
    assert!(!crashed.settle(&stale, Backoff::STANDARD, Err(JobError::fail(OutOf("date")))).await.unwrap());
    assert!(other.settle(&second, Backoff::STANDARD, Ok(())).await.unwrap());
    assert!(!other.settle(&second, Backoff::STANDARD, Ok(())).await.unwrap(), "it ended already");
}}

db_test! { async fn a_job_that_always_loses_its_worker_dies(db: &TestStore) {
    let bench = Bench::new(db);
    bench.queue("ada", Due::AtOnce).await;
    let worker = bench.worker();
    for attempt in 1..=3 {
        assert_eq!(worker.claim(1).await.unwrap()[0].attempt, attempt);
        bench.pass(60);
    }
    assert!(worker.claim(1).await.unwrap().is_empty());
    assert_eq!(bench.dead().await[0].last_error.as_deref(), Some("its worker was lost"));
}}

db_test! { async fn attempts_back_off_and_end_dead_or_done(db: &TestStore) {
    let bench = Bench::new(db);
    bench.greeter.fails.store(3, Ordering::SeqCst);
    bench.queue("ada", Due::AtOnce).await;
    let worker = bench.worker();
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(worker.run_due().await.unwrap(), 0, "not before its time");
    bench.pass(5);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    bench.pass(15);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    bench.pass(3_600);
    assert_eq!(worker.run_due().await.unwrap(), 0, "dead");
    let dead = bench.dead().await;
    assert_eq!((dead[0].attempt, dead[0].last_error.as_deref()), (3, Some("out of breath")));
    let mut unit = bench.store.write().await.unwrap();
    assert!(unit.revive_job(dead[0].id).await.unwrap());
    assert!(!unit.revive_job(dead[0].id).await.unwrap());
    unit.save().await.unwrap();
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert!(bench.dead().await.is_empty());
    assert_eq!(bench.greeter.runs().last(), Some(&("ada".to_owned(), 1)));
}}

db_test! { async fn failures_for_good_and_panics_are_kept(db: &TestStore) {
    let bench = Bench::new(db);
    bench.queue("nobody", Due::AtOnce).await;
    assert_eq!(bench.worker().run_due().await.unwrap(), 1);
    assert_eq!(bench.dead().await[0].last_error.as_deref(), Some("out of people"));
    bench.queue("panic", Due::AtOnce).await;
    for wait in [5, 15, 0] {
        assert_eq!(bench.worker().run_due().await.unwrap(), 1);
        bench.pass(wait);
    }
    let dead = bench.dead().await;
    assert!(dead.iter().any(|job| job.last_error.as_deref() == Some("the handler panicked: no greeting")));
}}

db_test! { async fn twins_are_queued_once_while_one_waits(db: &TestStore) {
    let bench = Bench::new(db);
    let later = Due::At(bench.clock.now() + TimeDelta::seconds(10));
    let Queued::New(first) = bench.queue("ada", later).await else { panic!("new") };
    assert_eq!(bench.queue("ada", Due::AtOnce).await, Queued::Already(first));
    assert_eq!(bench.queue("ada", later).await, Queued::Already(first));
    let worker = bench.worker();
    let running = worker.claim(5).await.unwrap();
    assert_eq!(running.len(), 1, "the earlier time holds");
    let Queued::New(second) = bench.queue("ada", Due::AtOnce).await else { panic!("a running one does not count") };
    // The first goes back into the queue beside its twin.
    let failed = Err(JobError::retry_after(TimeDelta::zero(), OutOf("breath")));
    assert!(worker.settle(&running[0], Backoff::STANDARD, failed).await.unwrap());
    let both: Vec<_> = worker.claim(5).await.unwrap().iter().map(|job| job.id).collect();
    assert!(both.len() == 2 && both.contains(&first) && both.contains(&second));
}}

db_test! { async fn a_schedule_queues_once_an_interval_on_one_node(db: &TestStore) {
    let bench = Bench::new(db);
    let schedule = || Schedule::every("greet", TimeDelta::hours(1), &Greet { name: "all".to_owned() }).unwrap();
    let (one, two) = (bench.worker().every(schedule()), bench.worker().every(schedule()));
    let mut runs = Vec::new();
    for _ in 0..4 {
        let (left, right) = tokio::join!(one.run_due(), two.run_due());
        runs.push(left.unwrap() + right.unwrap());
        bench.pass(1_800);
    }
    assert_eq!(runs, [1, 0, 1, 0]);
    bench.pass(36_000);
    assert_eq!(one.run_due().await.unwrap(), 1, "missed runs are not made up for");
}}

db_test! { async fn schedules_that_are_held_catch_up_once(db: &TestStore) {
    let bench = Bench::new(db);
    let hourly = Schedule::every("greet", TimeDelta::hours(1), &Greet { name: "all".to_owned() }).unwrap();
    let worker = bench.worker().every(hourly);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    let held = worker.hold_schedules();
    for _ in 0..3 {
        bench.pass(3_600);
        assert_eq!(worker.run_due().await.unwrap(), 0);
    }
    drop(held);
    assert_eq!(worker.run_due().await.unwrap(), 1);
}}

db_test! { async fn a_running_worker_wakes_up_and_stops(db: &TestStore) {
    let bench = Bench::new(db);
    let tasks = Tasks::new();
    let worker = Arc::new(bench.worker());
    drop(tasks.spawn("worker", Arc::clone(&worker).run(tasks.clone())));
    for name in ["a", "b", "c", "d", "e", "f"] {
        bench.queue(name, Due::AtOnce).await;
    }
    let all = async {
        while bench.greeter.runs().len() < 6 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.unwrap();
    assert_eq!(tasks.stop(Duration::from_secs(20)).await, Stopped::Clean);
    assert!(worker.claim(10).await.unwrap().is_empty(), "all ends were stored");
}}

db_test! { async fn a_running_worker_notices_that_the_domain_clock_was_moved(db: &TestStore) {
    let bench = Bench::new(db);
    let tasks = Tasks::new();
    drop(tasks.spawn("worker", Arc::new(bench.worker()).run(tasks.clone())));
    bench.queue("late", Due::At(bench.clock.now() + TimeDelta::minutes(31))).await;
    bench.queue("now", Due::AtOnce).await;
    let runs = async |count| {
        while bench.greeter.runs().len() < count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), runs(1)).await.unwrap();
    bench.pass(31 * 60);
    tokio::time::timeout(Duration::from_secs(20), runs(2)).await.unwrap();
    assert_eq!(bench.greeter.runs().last(), Some(&("late".to_owned(), 1)));
    assert_eq!(tasks.stop(Duration::from_secs(20)).await, Stopped::Clean);
}}

db_test! { async fn done_jobs_are_forgotten_in_time(db: &TestStore) {
    let bench = Bench::new(db);
    bench.queue("ada", Due::AtOnce).await;
    bench.worker().run_due().await.unwrap();
    let mut unit = bench.store.write().await.unwrap();
    assert_eq!(unit.prune_jobs(bench.clock.now()).await.unwrap(), 0);
    bench.pass(1);
    assert_eq!(unit.prune_jobs(bench.clock.now()).await.unwrap(), 1);
    unit.save().await.unwrap();
}}
