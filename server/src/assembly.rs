//! Builds the parts of the program from the configuration. Building is
//! separate from running, so that tests build the same program on port 0.

mod beside;
mod identity;

pub use identity::identity;

use std::sync::Arc;

use anyhow::Context;
use chrono::TimeDelta;
use relink_engine::{
    connect::{self, Connect},
    connections::{Connections, Limits},
    health::{Checks, Health},
    identity::{CleanUp, Identity, Letters, SendLetter},
    jobs::{JobDesk, Jobs, Prune, Pruner, Schedule, Worker, WorkerSettings},
    mail::Mailer,
    notify::{self, Deliveries, Notices},
    random::{OsRandom, Random},
    readings::Readings,
    repair::{Renewal, Repairs},
    store::{Store, Tables},
    sweep::{self, Sweeps},
    tasks::Tasks,
    time::{Clock, Clocks},
    webhooks::{ApplyEvent, EventKeys, EventLog, ReplayEvents, Webhooks},
};
use relink_mastercard::{
    Client,
    client::RefreshApi,
    model::{CustomerKind, Experience},
    ports::Unobserved,
};

use crate::{
    config::{self, Config, Decision, Environment, Secret, SecretKey},
    helping::Helping,
    http::{App, Parts},
    metrics::Metrics,
    ports::Texts,
    site,
    upstream::Partner,
    ways,
};

/// A program that is ready to run.
pub struct Program {
    /// The way in.
    pub app: App,
    /// Runs the queue.
    pub worker: Arc<Worker>,
    /// Holds the figures against a recount.
    pub checks: Checks,
    /// Everything that runs beside requests.
    pub tasks: Tasks,
}

/// Makes the folder for local files where the configuration names one of ours.
pub fn prepare_folder(config: &Config) -> anyhow::Result<()> {
    let folder = &config.data;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// The database's address.
pub fn database(config: &Config) -> anyhow::Result<Secret> {
    config.database().with_context(|| {
        let file = config.database_url_file.display();
        format!("the file {file} cannot be read")
    })
}

/// Opens the database and brings it up to date.
async fn open(config: &Config) -> anyhow::Result<Store> {
    let store = Store::open(database(config)?.expose())
        .await
        .context("the database cannot be opened")?;
    store
        .migrate()
        .await
        .context("the database cannot be brought up to date")?;
    Ok(store)
}

/// Opens the database and leaves its tables as they are: another version of the
/// program may run on them. Where there are none, they are made.
pub async fn look(config: &Config) -> anyhow::Result<(Store, Tables)> {
    prepare_folder(config)?;
    let store = Store::open(database(config)?.expose())
        .await
        .context("the database cannot be opened")?;
    let tables = store.tables().await?;
    if tables.any {
        return Ok((store, tables));
    }
    store.migrate().await?;
    let tables = store.tables().await?;
    Ok((store, tables))
}

/// Builds the program. `domain` is the sandbox's clock in its environment.
pub async fn build(
    config: &Config,
    domain: Arc<dyn Clock>,
    real: Arc<dyn Clock>,
) -> anyhow::Result<Program> {
    prepare_folder(config)?;
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let clocks = Clocks { domain, real };
    let store = open(config).await?;
    store.note_start(clocks.domain.now()).await?;
    let key = config::secret_key(config, random.as_ref())?;
    let partner = Partner::read(config)?;
    let metrics = Arc::<Metrics>::default();
    let (real, observer) = (clocks.real.clone(), metrics.clone());
    let client = partner.client(config, &key, &store, real, random.clone(), observer)?;
    let tasks = Tasks::new();
    let jobs = Jobs::new(clocks.real.clone(), random.clone());
    let identity = identity(config, &store, &clocks, &random, &key)?;
    let readings = readings(config, &random, &jobs)?;
    let base = Base {
        store: &store,
        client: &client,
        clocks: &clocks,
        random: &random,
        jobs: &jobs,
        readings: &readings,
    };
    let connect = base.connect(config)?;
    let repairs = base.repairs(config, &connect);
    let sweeps = base.sweeps(config)?;
    let notices = base.notices(config, &key)?;
    let webhooks = base.webhooks(&connect, partner.event_keys(clocks.real.clone()));
    let (events, job_desk) = base.desks(&identity, config.connect.webhook);
    let table = readings.table();
    let outages = crate::outages::outages(config, &store, table, &clocks, &random, &jobs);
    let institutions =
        crate::directory::institutions(config, &store, &client, &clocks, &jobs).await?;
    let outbox = ways::outbox(config)?;
    let mailer: Arc<dyn Mailer> = Arc::new(ways::post(config)?);
    let deliveries = Deliveries::new(notices.clone(), mailer.clone(), ways::gateway(config)?);
    let letters = Letters::new(store.clone(), clocks.real.clone(), random.clone(), mailer);
    let site = site::folder(config)?;
    let audit = identity.audit().clone();
    let pace = config.campaigns.pace();
    let helping = Helping::new(&store, &readings, &clocks, &random, audit, (&notices, pace));
    let app = App::new(Parts {
        notices,
        icons: crate::directory::icons(config, &store, &clocks)?,
        connections: Connections::new(store.clone(), readings.clone(), clocks.domain.clone()),
        repairs,
        sweeps,
        outages,
        health: base.health(),
        helping,
        limits: readings.limits(),
        site: Arc::new(site::facts(config, &site)?),
        settings: site::settings(config, &partner, site)?,
        callers: ways::callers(config)?,
        texts: Texts::new(|language| site::consent(config, language)),
        tasks: tasks.clone(),
        store,
        clocks,
        identity,
        institutions,
        connect,
        webhooks,
        events,
        job_desk,
        metrics,
        client,
        outbox,
    });
    let checks = Checks::new(app.store.clone(), readings, app.clocks.domain.clone());
    let worker = worker(config, &app, random, letters, deliveries)?;
    let worker = Arc::new(crate::counting::handle(worker, checks.clone())?);
    Ok(Program {
        app,
        worker,
        checks,
        tasks,
    })
}

/// What use cases are made of.
struct Base<'a> {
    store: &'a Store,
    client: &'a Client,
    clocks: &'a Clocks,
    random: &'a Arc<dyn Random>,
    jobs: &'a Jobs,
    readings: &'a Readings,
}

impl Base<'_> {
    /// What staff do with events and jobs.
    fn desks(&self, identity: &Identity, expected: bool) -> (EventLog, JobDesk) {
        let (store, jobs, audit) = (self.store, self.jobs, identity.audit());
        let (domain, real) = (self.clocks.domain.clone(), self.clocks.real.clone());
        (
            EventLog::new(store.clone(), domain, jobs.clone(), audit.clone(), expected),
            JobDesk::new(store.clone(), jobs.clone(), real, audit.clone()),
        )
    }

    fn connect(&self, config: &Config) -> anyhow::Result<Connect> {
        Ok(Connect::new(
            self.store.clone(),
            Arc::new(self.client.clone()),
            self.clocks.domain.clone(),
            self.random.clone(),
            self.jobs.clone(),
            self.readings.clone(),
            connect_settings(config)?,
        ))
    }

    fn repairs(&self, config: &Config, connect: &Connect) -> Repairs {
        let renewal = if config.renewal.through_fix {
            Renewal::ThroughFix
        } else {
            Renewal::Explained
        };
        Repairs::new(
            self.store.clone(),
            Arc::new(self.client.clone()),
            self.clocks.domain.clone(),
            self.random.clone(),
            self.readings.clone(),
            connect.clone(),
        )
        .renewing(renewal)
    }

    fn webhooks(&self, connect: &Connect, keys: Arc<dyn EventKeys>) -> Webhooks {
        Webhooks::new(
            self.store.clone(),
            connect.clone(),
            self.clocks.domain.clone(),
            self.jobs.clone(),
            keys,
        )
    }

    fn health(&self) -> Health {
        let (store, domain) = (self.store.clone(), self.clocks.domain.clone());
        Health::new(store, domain, self.readings.table().clone())
    }

    fn sweeps(&self, config: &Config) -> anyhow::Result<Sweeps> {
        Ok(Sweeps::new(
            self.store.clone(),
            Arc::new(self.client.clone()),
            self.readings.clone(),
            self.clocks.domain.clone(),
            self.random.clone(),
            self.jobs.clone(),
            sweep_settings(config)?,
        ))
    }

    fn notices(&self, config: &Config, key: &SecretKey) -> anyhow::Result<Notices> {
        let told = config.notify_settings();
        Ok(Notices::new(
            self.store.clone(),
            self.clocks.clone(),
            self.random.clone(),
            self.readings.clone(),
            notify::Seal::new(key.0.clone()),
            told.context("[notices] makes no sense")?,
        ))
    }
}

/// Everything that runs beside requests, and when.
fn worker(
    config: &Config,
    app: &App,
    random: Arc<dyn Random>,
    letters: Letters,
    deliveries: Deliveries,
) -> anyhow::Result<Worker> {
    let nightly = config.sweep.time().context("sweep.at is no time of day")?;
    let pruner = Pruner {
        store: app.store.clone(),
        clock: app.clocks.real.clone(),
        keep: TimeDelta::days(30),
    };
    let deliveries = Arc::new(deliveries);
    let often = TimeDelta::hours(6);
    let settings = WorkerSettings::default();
    let worker = Worker::new(app.store.clone(), app.clocks.clone(), random, settings)
        .handle::<SendLetter>(Arc::new(letters))
        .handle::<notify::Consider>(Arc::new(app.notices.clone()))
        .handle::<notify::FindChanges>(Arc::new(app.notices.clone()))
        .handle::<notify::Deliver>(deliveries.clone())
        .handle::<notify::SendCode>(deliveries)
        .handle::<sweep::Begin>(Arc::new(app.sweeps.clone()))
        .handle::<sweep::GoOn>(Arc::new(app.sweeps.clone()))
        .every(Schedule::daily("sweep", nightly, &sweep::Begin {})?)
        .handle::<ApplyEvent>(Arc::new(app.webhooks.clone()))
        .handle::<ReplayEvents>(Arc::new(app.events.clone()))
        .handle::<CleanUp>(Arc::new(app.identity.clone()))
        .handle::<Prune>(Arc::new(pruner))
        .every(Schedule::every("jobs", often, &Prune {})?)
        .every(Schedule::every("identity", often, &CleanUp {})?);
    let worker = connect::handle(worker, &app.connect);
    let worker = crate::helping::handle(worker, &app.helping);
    let worker = crate::outages::handle(worker, &app.outages)?;
    crate::directory::handle(worker, &app.institutions)
}

fn connect_settings(config: &Config) -> anyhow::Result<connect::Settings> {
    let section = &config.connect;
    let days = |days: u32| TimeDelta::days(i64::from(days));
    Ok(connect::Settings {
        customers: match config.environment {
            Environment::Production => CustomerKind::Active,
            Environment::Sandbox | Environment::TestDrive => CustomerKind::Testing,
        },
        public_url: config.public_url.clone(),
        webhook: section.webhook,
        experience: match section.experience.as_str() {
            "" => None,
            name => Some(Experience::parse(name)?),
        },
        refresh: if config.mastercard.data_access_tier {
            RefreshApi::V2
        } else {
            RefreshApi::V1
        },
        unanswered: connect::Unanswered {
            remind_after: days(section.remind_after_days),
            decide_after: days(section.decide_after_days),
            decision: match section.decision {
                Decision::Keep => connect::Decision::Keep,
                Decision::Remove => connect::Decision::Remove,
            },
        },
    })
}

fn readings(config: &Config, random: &Arc<dyn Random>, jobs: &Jobs) -> anyhow::Result<Readings> {
    let section = &config.readings;
    let limits = Limits {
        stale_after: TimeDelta::hours(section.stale_after_hours.into()),
        renew_before: TimeDelta::days(section.renew_before_days.into()),
    };
    Ok(Readings::new(
        config.status.table()?,
        limits,
        random.clone(),
        jobs.clone(),
    ))
}

fn sweep_settings(config: &Config) -> anyhow::Result<sweep::Settings> {
    let section = &config.sweep;
    Ok(sweep::Settings {
        at: section.time().context("sweep.at is no time of day")?,
        per_second: section.per_second,
        in_flight: section.in_flight,
        window: TimeDelta::hours(section.window_hours.into()),
        ..sweep::Settings::default()
    })
}

/// The client alone, for commands.
pub async fn client(config: &Config, real: Arc<dyn Clock>) -> anyhow::Result<(Store, Client)> {
    let (store, _) = look(config).await?;
    let key = config::secret_key(config, &OsRandom)?;
    let client = client_on(config, &store, &key, real)?;
    Ok((store, client))
}

/// The same on a database that is open.
pub fn client_on(
    config: &Config,
    store: &Store,
    key: &SecretKey,
    real: Arc<dyn Clock>,
) -> anyhow::Result<Client> {
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    Partner::read(config)?.client(config, key, store, real, random, Arc::new(Unobserved))
}

/// What recounts the figures, alone, for commands.
pub async fn checks(config: &Config, real: Arc<dyn Clock>) -> anyhow::Result<(Store, Checks)> {
    prepare_folder(config)?;
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let store = open(config).await?;
    let jobs = Jobs::new(real.clone(), random.clone());
    let readings = readings(config, &random, &jobs)?;
    let checks = Checks::new(store.clone(), readings, real);
    Ok((store, checks))
}
