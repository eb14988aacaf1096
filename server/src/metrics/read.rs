//! What is read when Prometheus asks.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Metric, Registry},
};
use relink_engine::{
    health::Recounted,
    status::Acts,
    store::{StoreError, events::Counter as Counted, gauges::Backlog},
};
use relink_mastercard::{
    AggregationStatusCode,
    client::{CircuitState, CredentialState},
};

use super::PREFIX;
use crate::http::App;

type Labels = Vec<(&'static str, String)>;

/// Everything but the counts of this process.
pub(super) async fn read(app: &App) -> Registry {
    let mut all = Registry::with_prefix(PREFIX);
    upstream(app, &mut all).await;
    let up = match database(app).await {
        Ok(known) => {
            known.register(app, &mut all);
            true
        }
        Err(error) => {
            tracing::error!(
                error = crate::http::chain(&error),
                "the database's metrics cannot be read"
            );
            false
        }
    };
    gauge(
        &mut all,
        "database_up",
        "Whether the database answers",
        i64::from(up),
    );
    all
}

fn gauge(all: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    all.register(name, help, gauge);
}

fn labelled(
    all: &mut Registry,
    name: &str,
    help: &str,
    label: &'static str,
    values: impl IntoIterator<Item = (String, i64)>,
) {
    let family = Family::<Labels, Gauge>::default();
    for (value, number) in values {
        family.get_or_create(&vec![(label, value)]).set(number);
    }
    all.register(name, help, family);
}

fn counter(number: i64) -> Counter {
    let counter: Counter = Counter::default();
    counter.inc_by(u64::try_from(number).unwrap_or_default());
    counter
}

fn register(all: &mut Registry, name: &str, help: &str, metric: impl Metric) {
    all.register(name, help, metric);
}

async fn upstream(app: &App, all: &mut Registry) {
    let circuits = app.client.circuits().into_iter().map(|(group, state)| {
        let number = match state {
            CircuitState::Closed => 0,
            CircuitState::HalfOpen => 1,
            CircuitState::Open { .. } => 2,
        };
        (group.to_string(), number)
    });
    let help = "Circuit of a group of calls: 0 closed, 1 half open, 2 open";
    labelled(all, "mastercard_circuit", help, "group", circuits);
    let rejected = matches!(
        app.client.credential_state().await,
        CredentialState::Rejected { .. }
    );
    let help = "Whether Mastercard refused our credentials, which are not tried again";
    gauge(
        all,
        "mastercard_credentials_rejected",
        help,
        i64::from(rejected),
    );
}

/// What the database knows.
struct Known {
    backlog: Backlog,
    recounted: Recounted,
    first_start: Option<DateTime<Utc>>,
    broken: Vec<(i64, i64)>,
    bad_signatures: i64,
    unreadable: i64,
    letters: i64,
    texts: i64,
}

async fn database(app: &App) -> Result<Known, StoreError> {
    let mut unit = app.store.read().await?;
    let ever = DateTime::UNIX_EPOCH;
    Ok(Known {
        backlog: unit.backlog(app.clocks.domain.now()).await?,
        recounted: unit.recounted().await?,
        first_start: unit.first_start().await?,
        broken: unit.broken_by_code().await?,
        bad_signatures: unit.counted(Counted::BadSignature, ever).await?,
        unreadable: unit.counted(Counted::UnreadableEvent, ever).await?,
        letters: unit.counted(Counted::LetterSent, ever).await?,
        texts: unit.counted(Counted::TextSent, ever).await?,
    })
}

impl Known {
    fn register(&self, app: &App, all: &mut Registry) {
        self.queue(app.clocks.domain.now(), all);
        self.nightly(app.clocks.domain.now(), all);
        let table = app.health.table();
        let mut broken: BTreeMap<&str, i64> =
            ACTS.into_iter().map(|acts| (name(acts), 0)).collect();
        for (code, number) in &self.broken {
            let row = table.row(AggregationStatusCode::new(*code));
            *broken.entry(name(row.acts)).or_default() += number;
        }
        let broken = broken
            .into_iter()
            .map(|(acts, number)| (acts.to_owned(), number));
        let help = "Connections with an open break, by who acts";
        labelled(all, "open_breaks", help, "acts", broken);
        gauge(
            all,
            "open_outages",
            "Outages that are open",
            self.backlog.outages,
        );
        let help = "Webhooks that no key of ours had signed";
        register(all, "bad_signatures", help, counter(self.bad_signatures));
        let help = "Webhooks that were signed and no event";
        register(all, "unreadable_events", help, counter(self.unreadable));
        let sent = Family::<Labels, Counter>::default();
        for (channel, number) in [("email", self.letters), ("sms", self.texts)] {
            let number = u64::try_from(number).unwrap_or_default();
            let one = vec![("channel", channel.to_owned())];
            sent.get_or_create(&one).inc_by(number);
        }
        let help = "Letters and text messages with notices that went out";
        register(all, "notices_sent", help, sent);
    }

    fn queue(&self, now: DateTime<Utc>, all: &mut Registry) {
        let it = &self.backlog;
        let states = [
            ("waiting", it.jobs_waiting),
            ("running", it.jobs_running),
            ("dead", it.jobs_dead),
        ];
        let states = states.map(|(state, number)| (state.to_owned(), number));
        labelled(
            all,
            "jobs",
            "Jobs that are not done, by state",
            "state",
            states,
        );
        gauge(
            all,
            "jobs_due",
            "Jobs that wait although their time has come",
            it.jobs_due,
        );
        let age = |since| age(since, now);
        let help = "For how long the first job that is due waits";
        gauge(all, "jobs_due_age_seconds", help, age(it.jobs_due_since));
        let states = [
            ("waiting", it.events_waiting),
            ("quarantined", it.events_set_aside),
        ];
        let states = states.map(|(state, number)| (state.to_owned(), number));
        let help = "Events that had no effect, by state";
        labelled(all, "events", help, "state", states);
        let help = "For how long the first event waits for its effect";
        gauge(all, "events_age_seconds", help, age(it.events_since));
    }

    /// What comes by itself once a day: before the first time it has been missing
    /// since the program started first.
    fn nightly(&self, now: DateTime<Utc>, all: &mut Registry) {
        let swept = self.backlog.swept.or(self.first_start);
        let help = "Since the latest sweep that got through began, or since the first start";
        gauge(all, "sweep_age_seconds", help, age(swept, now));
        let it = &self.recounted;
        let help = "Since the figures were recounted, or since the first start";
        gauge(all, "recount_age_seconds", help, age(it.since, now));
        let drifted = it.latest.map_or(0, |it| it.drifted);
        let help = "Figures that were not right when they were recounted last";
        gauge(all, "figures_drifted", help, drifted);
    }
}

fn age(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> i64 {
    since.map_or(0, |since| (now - since).num_seconds().max(0))
}

const ACTS: [Acts; 4] = [
    Acts::User,
    Acts::Institution,
    Acts::Mastercard,
    Acts::Partner,
];

fn name(acts: Acts) -> &'static str {
    match acts {
        Acts::User => "user",
        Acts::Institution => "institution",
        Acts::Mastercard => "mastercard",
        Acts::Partner => "us",
    }
}
