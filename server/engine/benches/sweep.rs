//! The sweep, on a SQLite database of its own. First 20,000 customers against a
//! Mastercard that takes 50 ms for an answer, at 2,000 permitted a second: the
//! rate that it keeps. Then a million planned customers and a Mastercard that
//! answers at once, for one slice: the memory it takes above that of the idle
//! program. `cargo bench -p relink-engine --features testing --bench sweep
//! [-- CUSTOMERS PLANNED]`.

#[path = "support/resident.rs"]
mod resident;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use relink_engine::{
    connections::Limits,
    jobs::Jobs,
    random::{Random, SeededRandom},
    readings::Readings,
    status::Table,
    store::testing::TestStore,
    sweep::{Settings, Sweeps},
    time::{Clock, FixedClock},
    upstream::AccountsUpstream,
};
use relink_mastercard::{CustomerId, Error, model::SimpleAccount};
use resident::{mib, watched};
use tokio::time::{Instant, sleep};

const CUSTOMERS: u32 = 20_000;
const PLANNED: u32 = 1_000_000;
const LATENCY: Duration = Duration::from_millis(50);
const PERMITTED: u32 = 2_000;
/// What a night's slice is in this bench.
const SLICE: Duration = Duration::from_mins(1);

/// Answers after a while, with the one account that a customer has.
struct Mastercard {
    latency: Duration,
    account: SimpleAccount,
}

impl Mastercard {
    fn new(latency: Duration, now: DateTime<Utc>) -> Self {
        let account = serde_json::json!({
            "id": "1", "accountNumberDisplay": "4821", "name": "Checking", "type": "checking", "status": "active",
            "customerId": "1", "institutionId": "5", "createdDate": now.timestamp(), "currency": "USD",
            "institutionLoginId": "1", "aggregationStatusCode": 0, "aggregationAttemptDate": now.timestamp(),
            "aggregationSuccessDate": now.timestamp(),
        });
        let account = serde_json::from_value(account).unwrap_or_else(|error| panic!("{error}"));
        Self { latency, account }
    }
}

#[async_trait]
impl AccountsUpstream for Mastercard {
    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<SimpleAccount>, Error> {
        if !self.latency.is_zero() {
            sleep(self.latency).await;
        }
        let mut account = self.account.clone();
        let id = format!("a{customer}").parse();
        account.id = id.unwrap_or_else(|error| panic!("{error}"));
        let login = format!("l{customer}").parse();
        account.institution_login_id = login.unwrap_or_else(|error| panic!("{error}"));
        Ok(vec![account])
    }
}

/// What a run showed.
struct Measured {
    read: i64,
    time: Duration,
    /// The most memory at any moment, above that of the idle program.
    memory: u64,
}

async fn run(customers: u32, latency: Duration, settings: Settings) -> Measured {
    let clock = Arc::new(FixedClock::at(
        DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default(),
    ));
    let random: Arc<dyn Random> = Arc::new(SeededRandom::new(7));
    let db = TestStore::sqlite().await;
    db.crowd(customers, clock.now()).await;
    clock.advance(TimeDelta::days(1));
    let jobs = Jobs::new(clock.clone(), random.clone());
    let sweeps = Sweeps::new(
        db.store.clone(),
        Arc::new(Mastercard::new(latency, clock.now())),
        Readings::new(
            Table::shipped(),
            Limits::default(),
            random.clone(),
            jobs.clone(),
        ),
        clock.clone(),
        random,
        jobs,
        settings,
    );
    let start = Instant::now();
    let slice = async {
        let begun = sweeps.begin().await?;
        sweeps.go_on(begun.id).await?;
        sweeps.latest().await
    };
    let (done, memory) = watched(Box::pin(slice)).await;
    let done = done.unwrap_or_else(|error| panic!("{error}"));
    Measured {
        read: done.map_or(0, |sweep| sweep.read),
        time: start.elapsed(),
        memory,
    }
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() -> std::io::Result<()> {
    let mut given = std::env::args().filter_map(|argument| argument.parse().ok());
    let customers = given.next().unwrap_or(CUSTOMERS);
    let planned = given.next().unwrap_or(PLANNED);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let settings = Settings {
        per_second: PERMITTED,
        in_flight: 256,
        window: TimeDelta::seconds(1),
        slice: SLICE,
        ..Settings::default()
    };
    let kept = runtime.block_on(run(customers, LATENCY, settings));
    let read = u32::try_from(kept.read).unwrap_or(u32::MAX);
    let rate = f64::from(read) / kept.time.as_secs_f64();
    println!("sweep {} of {customers} customers read", kept.read);
    println!("rate {rate:.0} a second of {PERMITTED}");
    println!("its memory {} above idle", mib(kept.memory));
    let settings = Settings {
        per_second: 1_000_000,
        in_flight: 64,
        ..settings
    };
    let plan = runtime.block_on(run(planned, Duration::ZERO, settings));
    println!(
        "plan {planned} customers, {} of them read in {:.0} s",
        plan.read,
        plan.time.as_secs_f64()
    );
    println!("plan memory {} above idle", mib(plan.memory));
    Ok(())
}
