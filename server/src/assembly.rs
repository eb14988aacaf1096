//! Builds the parts of the program from the configuration. Building is
//! separate from running, so that tests build the same program on port 0.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use chrono::TimeDelta;
use relink_app::api::{
    connect::Window as WindowView,
    institution::Consent,
    site::{Assets, Environment as EnvironmentView, Help, SignUpPolicy as SignUpView, SiteFacts},
};
use relink_engine::{
    connect::{self, Connect},
    connections::{Connections, Limits},
    identity::{
        self, CleanUp, ConfirmEmail, HashCost, Hasher, Identity, Letters, SendLetter, SignUpMode,
    },
    jobs::{Jobs, Prune, Pruner, Schedule, Worker, WorkerSettings},
    mail::Mailer,
    notify::{self, Deliveries, Notices},
    random::{OsRandom, Random},
    readings::Readings,
    repair::Repairs,
    store::Store,
    sweep::{self, Sweeps},
    tasks::Tasks,
    time::{Clock, Clocks},
    webhooks::{ApplyEvent, Webhooks},
};
use relink_mastercard::{
    Client,
    client::RefreshApi,
    model::{CustomerKind, Experience},
};

use crate::{
    config::{self, Config, Decision, Environment, SignUpPolicy, Window},
    http::{App, Parts, Settings},
    ports::Texts,
    upstream::Partner,
    ways,
};

/// A program that is ready to run.
pub struct Program {
    /// The way in.
    pub app: App,
    /// Runs the queue.
    pub worker: Arc<Worker>,
    /// Everything that runs beside requests.
    pub tasks: Tasks,
}

/// Makes the folder for local files where the configuration names one of ours.
pub fn prepare_folder(config: &Config) -> anyhow::Result<()> {
    let folder = &config.data;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
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
    let store = Store::open(config.database_url.expose())
        .await
        .context("the database cannot be opened")?;
    store
        .migrate()
        .await
        .context("the database cannot be brought up to date")?;
    let key = config::secret_key(config, random.as_ref())?;
    let partner = Partner::read(config)?;
    let client = partner.client(config, &key, &store, clocks.real.clone(), random.clone())?;
    let tasks = Tasks::new();
    let jobs = Jobs::new(clocks.real.clone(), random.clone());
    let identity = identity(config, &store, &clocks, &random)?;
    let readings = readings(config, &random, &jobs)?;
    let connect = Connect::new(
        store.clone(),
        Arc::new(client.clone()),
        clocks.domain.clone(),
        random.clone(),
        jobs.clone(),
        readings.clone(),
        connect_settings(config)?,
    );
    let repairs = Repairs::new(
        store.clone(),
        Arc::new(client.clone()),
        clocks.domain.clone(),
        random.clone(),
        readings.clone(),
        connect.clone(),
    );
    let sweeps = Sweeps::new(
        store.clone(),
        Arc::new(client.clone()),
        readings.clone(),
        clocks.domain.clone(),
        random.clone(),
        jobs.clone(),
        sweep_settings(config),
    );
    let webhooks = Webhooks::new(
        store.clone(),
        connect.clone(),
        clocks.domain.clone(),
        jobs.clone(),
        partner.event_keys(),
    );
    let institutions = crate::directory::institutions(config, &store, &client, &clocks).await?;
    let notices = Notices::new(
        store.clone(),
        clocks.clone(),
        random.clone(),
        readings.clone(),
        notify::Seal::new(key.0.clone()),
        config
            .notify_settings()
            .context("[notices] makes no sense")?,
    );
    let outbox = ways::outbox(config)?;
    let mailer: Arc<dyn Mailer> = Arc::new(ways::post(config)?);
    let deliveries = Deliveries::new(notices.clone(), mailer.clone(), ways::gateway(config)?);
    let letters = Letters::new(store.clone(), clocks.real.clone(), random.clone(), mailer);
    let site = site_folder(config)?;
    let app = App::new(Parts {
        notices,
        icons: crate::directory::icons(config, &store, &clocks)?,
        connections: Connections::new(store.clone(), readings, clocks.domain.clone()),
        repairs,
        sweeps,
        site: Arc::new(site_facts(config, &site)?),
        settings: settings(config, &partner, site),
        callers: ways::callers(config)?,
        texts: Texts {
            consent: consent(config),
        },
        tasks: tasks.clone(),
        store,
        clocks,
        identity,
        institutions,
        connect,
        webhooks,
        client,
        outbox,
    });
    let worker = Arc::new(worker(config, &app, random, letters, deliveries)?);
    Ok(Program { app, worker, tasks })
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
    let connect = Arc::new(app.connect.clone());
    let pruner = Pruner {
        store: app.store.clone(),
        clock: app.clocks.real.clone(),
        keep: TimeDelta::days(30),
    };
    let deliveries = Arc::new(deliveries);
    let settings = WorkerSettings::default();
    let worker = Worker::new(app.store.clone(), app.clocks.clone(), random, settings)
        .handle::<SendLetter>(Arc::new(letters))
        .handle::<notify::Consider>(Arc::new(app.notices.clone()))
        .handle::<notify::Deliver>(deliveries.clone())
        .handle::<notify::SendCode>(deliveries)
        .handle::<connect::ReadSession>(connect.clone())
        .handle::<connect::Settle>(connect.clone())
        .handle::<connect::RemoveAccounts>(connect)
        .handle::<sweep::Begin>(Arc::new(app.sweeps.clone()))
        .handle::<sweep::GoOn>(Arc::new(app.sweeps.clone()))
        .every(Schedule::daily("sweep", nightly, &sweep::Begin {})?)
        .handle::<ApplyEvent>(Arc::new(app.webhooks.clone()))
        .handle::<CleanUp>(Arc::new(app.identity.clone()))
        .handle::<Prune>(Arc::new(pruner))
        .every(Schedule::every("jobs", TimeDelta::hours(6), &Prune {})?)
        .every(Schedule::every(
            "identity",
            TimeDelta::hours(6),
            &CleanUp {},
        )?);
    crate::directory::handle(worker, &app.institutions)
}

/// The use cases of signing up and in, as configured.
pub fn identity(
    config: &Config,
    store: &Store,
    clocks: &Clocks,
    random: &Arc<dyn Random>,
) -> anyhow::Result<Identity> {
    let settings = identity::Settings {
        sign_up: match config.sign_up.policy {
            SignUpPolicy::Open => SignUpMode::Open,
            SignUpPolicy::Invitation => SignUpMode::Invitation,
            SignUpPolicy::Off => SignUpMode::Off,
        },
        confirm_email: if config.sign_up.confirm_email {
            ConfirmEmail::Required
        } else {
            ConfirmEmail::Waived
        },
        ..identity::Settings::default()
    };
    // Each hash takes 19 MiB and a core for a moment: two at once leave room.
    let hasher = Hasher::new(HashCost::default(), 2, random.clone())?;
    Ok(Identity::new(
        store.clone(),
        hasher,
        clocks.real.clone(),
        random.clone(),
        settings,
    ))
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

fn sweep_settings(config: &Config) -> sweep::Settings {
    let section = &config.sweep;
    sweep::Settings {
        per_second: section.per_second,
        in_flight: section.in_flight,
        window: TimeDelta::hours(section.window_hours.into()),
        ..sweep::Settings::default()
    }
}

/// The built browser part: beside the program, else where `make` leaves it.
fn site_folder(config: &Config) -> anyhow::Result<PathBuf> {
    if !config.site.as_os_str().is_empty() {
        return Ok(config.site.clone());
    }
    let beside = std::env::current_exe()?.with_file_name("site");
    Ok(if beside.is_dir() {
        beside
    } else {
        PathBuf::from("target/site")
    })
}

fn site_facts(config: &Config, site: &std::path::Path) -> anyhow::Result<SiteFacts> {
    let list = site.join("pkg/assets.json");
    let assets = std::fs::read(&list).with_context(|| {
        format!(
            "the browser part is missing: {} cannot be read; `make run` builds it",
            list.display()
        )
    })?;
    let assets: Assets = serde_json::from_slice(&assets)?;
    let window = match config.connect.window {
        Window::Redirect => WindowView::Redirect,
        Window::Embedded => WindowView::Embedded,
        Window::Popup => WindowView::Popup,
    };
    anyhow::ensure!(
        window == WindowView::Redirect || assets.sdk.is_some(),
        "connect.window wants connect-web-sdk, and this build has none: use `make build`, or window = \"redirect\""
    );
    let operator = &config.operator;
    Ok(SiteFacts {
        product: operator.product.clone(),
        operator: operator.name.clone(),
        help: match operator.help.as_str() {
            "" => None,
            help if help.contains('@') => Some(Help::Email(help.to_owned())),
            help => Some(Help::Page(help.to_owned())),
        },
        privacy_url: (!operator.privacy_url.is_empty()).then(|| operator.privacy_url.clone()),
        sign_up: match config.sign_up.policy {
            SignUpPolicy::Open => SignUpView::Open,
            SignUpPolicy::Invitation => SignUpView::Invitation,
            SignUpPolicy::Off => SignUpView::Off,
        },
        environment: match config.environment {
            Environment::Sandbox => EnvironmentView::Sandbox,
            Environment::TestDrive => EnvironmentView::TestDrive,
            Environment::Production => EnvironmentView::Production,
        },
        window,
        assets,
    })
}

fn settings(config: &Config, partner: &Partner, site: PathBuf) -> Settings {
    let framed = config.connect.window == Window::Embedded;
    let origin = match config.environment {
        Environment::Sandbox => partner.base_url.origin().ascii_serialization(),
        // The one host that the official description's example of a link has.
        Environment::TestDrive | Environment::Production => {
            "https://connect2.finicity.com".to_owned()
        }
    };
    Settings {
        origin: config.public_url.origin().ascii_serialization(),
        secure: config.public_url.scheme() == "https",
        trusted_proxies: config.trusted_proxies,
        frame_origin: framed.then_some(origin),
        site,
    }
}

/// The operator's words; outside production a missing one has a plain stand-in.
fn consent(config: &Config) -> Consent {
    let section = &config.consent;
    let or = |text: &str, stand_in: &str| {
        if text.is_empty() {
            stand_in.to_owned()
        } else {
            text.to_owned()
        }
    };
    Consent {
        version: or(&section.version, "trial"),
        reads: or(
            &section.reads,
            "Account names, types, the last four digits, and transactions.",
        ),
        why: or(
            &section.why,
            "To try this installation out. Nothing is done with your data.",
        ),
        how_long: or(&section.how_long, "Until you remove the account here."),
        how_to_stop: or(
            &section.how_to_stop,
            "Remove an account under Connections at any time.",
        ),
    }
}

/// The client alone, for commands.
pub async fn client(config: &Config, real: Arc<dyn Clock>) -> anyhow::Result<(Store, Client)> {
    prepare_folder(config)?;
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let store = Store::open(config.database_url.expose()).await?;
    store.migrate().await?;
    let key = config::secret_key(config, random.as_ref())?;
    let client = Partner::read(config)?.client(config, &key, &store, real, random)?;
    Ok((store, client))
}
