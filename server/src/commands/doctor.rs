//! `relink doctor`: tries out what the configuration names.

use std::{path::Path, process::ExitCode, sync::Arc};

use chrono::{DateTime, Utc};
use relink_engine::{
    identity::FactorKey,
    random::OsRandom,
    store::{Store, Tables},
    time::{Clock, SystemClock},
};
use relink_mastercard::{Cause, client::CredentialState};

use super::{block_on, say};
use crate::{
    assembly,
    config::{self, Config, Environment, check},
    http::chain,
    secret_file::SecretFile,
    ways,
};

/// How to look.
#[derive(clap::Args)]
pub struct Arguments {
    /// Try rejected credentials once more. Five failures lock the partner.
    #[arg(long)]
    force: bool,
}

/// One finding: what was looked at, and whether it is well. What is risky is
/// said, and is no failure: the operator chose it.
enum Finding {
    Well(String),
    Risky(String),
    Wrong(String),
}

/// Looks at everything and explains; ends with failure when something is wrong.
pub fn run(file: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = match Config::load(file) {
        Ok(config) => config,
        Err(error) => {
            say(format_args!("✗ configuration: {error}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut findings: Vec<Finding> = check(&config)
        .into_iter()
        .map(|finding| Finding::Wrong(format!("{}: {}", finding.key, finding.text)))
        .collect();
    if findings.is_empty() {
        findings.push(Finding::Well("configuration: makes sense".to_owned()));
        findings.extend(widened(&config));
        block_on(async {
            outside(&config, arguments.force, &mut findings).await;
            Ok(())
        })?;
    }
    let mut wrong = false;
    for finding in findings {
        match finding {
            Finding::Well(text) => say(format_args!("✓ {text}")),
            Finding::Risky(text) => say(format_args!("! {text}")),
            Finding::Wrong(text) => {
                wrong = true;
                say(format_args!("✗ {text}"));
            }
        }
    }
    Ok(if wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Whether Fix is offered beyond Mastercard's list, or may be.
fn widened(config: &Config) -> Option<Finding> {
    if !config.status.widen_fixable {
        return None;
    }
    let codes: Vec<String> = match config.status.table() {
        Ok(table) => table.widened().map(|code| code.to_string()).collect(),
        Err(error) => return Some(Finding::Wrong(format!("status.codes: {error}"))),
    };
    Some(Finding::Risky(if codes.is_empty() {
        "status: widen_fixable is set, and no code needs it; set it to false".to_owned()
    } else {
        format!(
            "status: Fix is offered for {}, which Mastercard does not list as fixable; people may be sent through \
             Data Connect in vain",
            codes.join(", ")
        )
    }))
}

async fn outside(config: &Config, force: bool, findings: &mut Vec<Finding>) {
    let (store, tables) = match assembly::look(config).await {
        Ok(parts) => parts,
        Err(error) => {
            findings.push(Finding::Wrong(format!("database: {error:#}")));
            return;
        }
    };
    findings.push(database(&tables));
    let known = tables.pending.is_empty();
    let key = config::secret_key(config, &OsRandom).map_err(anyhow::Error::from);
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let client = key.and_then(|key| {
        let client = assembly::client_on(config, &store, &key, real)?;
        Ok((key, client))
    });
    match client {
        Ok((key, client)) => {
            if force && let Err(error) = client.forget_rejection().await {
                findings.push(Finding::Wrong(format!("credentials: {error}")));
            }
            if known {
                findings.push(figures(&store, SystemClock.now()).await);
                findings.push(jobs(&store, SystemClock.now()).await);
                findings.extend(factors(&store, &FactorKey::new(&key.0)).await);
            }
            findings.push(credentials(&client).await);
        }
        Err(error) => findings.push(Finding::Wrong(format!("keys: {error:#}"))),
    }
    findings.extend(unfinished(config));
    findings.extend(open_metrics(config));
    findings.push(webhook(config));
    findings.push(mail(config).await);
    findings.push(sms(config).await);
    store.close().await;
}

/// Nothing is brought up to date here: another version may run on the tables.
fn database(tables: &Tables) -> Finding {
    if tables.later > 0 {
        return Finding::Wrong(format!(
            "database: open, and of a later version than this program ({} migrations are unknown to it)",
            tables.later
        ));
    }
    if tables.pending.is_empty() {
        return Finding::Well("database: open and up to date".to_owned());
    }
    Finding::Risky(format!(
        "database: open, and as an earlier version left it. Pending: {}. `relink migrate` or the next start of this \
         version applies them; figures, jobs and second factors are looked at after that",
        tables.pending.join(", ")
    ))
}

/// What the last recount found: to recount now takes long where there is much.
async fn figures(store: &Store, now: DateTime<Utc>) -> Finding {
    let recounted = async { store.read().await?.recounted().await };
    let it = match recounted.await {
        Ok(it) => it,
        Err(error) => return Finding::Wrong(format!("figures: {}", chain(&error))),
    };
    let overdue = it.is_overdue(now);
    match it.latest {
        Some(it) if it.drifted > 0 => Finding::Wrong(format!(
            "figures: {} were not right when they were recounted, {}. `relink figures mend` adds what is missing",
            it.drifted, it.at
        )),
        Some(it) if overdue => Finding::Wrong(format!(
            "figures: not recounted since {}, and it is done each night. Look at /admin/jobs for recount under What \
             comes back, and for health.recount among the jobs; `relink figures check` recounts now",
            it.at
        )),
        None if overdue => Finding::Wrong(
            "figures: never recounted, and it is done each night. Look at /admin/jobs for recount under What comes \
             back, and for health.recount among the jobs; `relink figures check` recounts now"
                .to_owned(),
        ),
        Some(it) => Finding::Well(format!(
            "figures: agreed when they were recounted, {}",
            it.at
        )),
        None => Finding::Well("figures: not recounted yet".to_owned()),
    }
}

/// Work that was given up waits for somebody.
async fn jobs(store: &Store, now: DateTime<Utc>) -> Finding {
    let backlog = async { store.read().await?.backlog(now).await };
    match backlog.await {
        Ok(it) if it.jobs_dead == 0 => Finding::Well("jobs: none was given up".to_owned()),
        Ok(it) => Finding::Risky(format!(
            "jobs: {} were given up. /admin/jobs shows why; retry them once their cause is gone",
            it.jobs_dead
        )),
        Err(error) => Finding::Wrong(format!("jobs: {}", chain(&error))),
    }
}

/// Whether the key is the one under which second factors were stored.
async fn factors(store: &Store, key: &FactorKey) -> Option<Finding> {
    match key.fits(store).await {
        Ok(None) => None,
        Ok(Some(true)) => Some(Finding::Well(
            "second factors: stored under this secret_key".to_owned(),
        )),
        Ok(Some(false)) => Some(Finding::Wrong(
            "second factors: stored under another secret_key, so that nobody's authenticator app or recovery code \
             works. Put the right key back"
                .to_owned(),
        )),
        Err(error) => Some(Finding::Wrong(format!(
            "second factors: {}",
            chain(&error)
        ))),
    }
}

/// A secret that Mastercard was asked to take, and that nobody finished.
fn unfinished(config: &Config) -> Option<Finding> {
    let file = &config.mastercard.partner_secret_file;
    let next = SecretFile::new(file).next();
    (!file.as_os_str().is_empty() && next.exists()).then(|| {
        Finding::Risky(format!(
            "partner secret: a rotation was interrupted, its new secret is in {}. Run `relink admin rotate-secret` \
             again: it finds out whether Mastercard knows it",
            next.display()
        ))
    })
}

/// Metrics ask nobody who they are.
fn open_metrics(config: &Config) -> Option<Finding> {
    let address = config.metrics.address().ok().flatten()?;
    (!address.ip().is_loopback()).then(|| {
        Finding::Risky(format!(
            "metrics: {address} can be read from other machines, and asks nobody who they are. Keep it inside, or \
             listen on 127.0.0.1"
        ))
    })
}

async fn credentials(client: &relink_mastercard::Client) -> Finding {
    if let CredentialState::Rejected { rejection, .. } = client.credential_state().await {
        return Finding::Wrong(format!(
            "Mastercard refused these credentials at {}; they are not tried again, since five failures lock the \
             partner. Put in the right ones, or try these once more with `relink doctor --force`",
            rejection.at
        ));
    }
    match client.sign_in().await {
        Ok(()) => Finding::Well("Mastercard: accepts the credentials".to_owned()),
        Err(error) => match error.cause {
            Cause::CredentialsRejected { .. } => Finding::Wrong(format!(
                "Mastercard refuses the credentials ({error}); they will not be tried again until they change"
            )),
            _ => Finding::Wrong(format!("Mastercard does not answer as hoped: {error}")),
        },
    }
}

/// Whether Mastercard can reach us is seen only when a link is made.
fn webhook(config: &Config) -> Finding {
    let host = config.public_url.host_str().unwrap_or_default();
    let local = host == "localhost"
        || host.rsplit('.').next() == Some("local")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| !is_public(ip));
    match (config.environment, config.connect.webhook) {
        (Environment::Sandbox, _) => Finding::Well("webhook: the sandbox reaches this machine".to_owned()),
        (_, false) => Finding::Well(
            "webhook: left out of links (connect.webhook = false); visits are followed by return and reading only"
                .to_owned(),
        ),
        (_, true) if local => Finding::Wrong(format!(
            "webhook: Mastercard cannot reach {host}, and makes no link when our webhook does not answer. Use a \
             public address, or connect.webhook = false for trials"
        )),
        (_, true) => Finding::Well(format!(
            "webhook: {}webhooks/mastercard must be reachable from the internet; each link proves it",
            config.public_url
        )),
    }
}

fn is_public(ip: std::net::IpAddr) -> bool {
    relink_engine::institutions::icons::is_public(ip)
}

async fn mail(config: &Config) -> Finding {
    match ways::post(config) {
        Ok(post) => match post.test().await {
            Ok(true) => Finding::Well("mail: ready".to_owned()),
            Ok(false) => Finding::Wrong("mail: the server does not answer as it should".to_owned()),
            Err(error) => Finding::Wrong(format!("mail: {}", chain(&error))),
        },
        Err(error) => Finding::Wrong(format!("mail: {error:#}")),
    }
}

async fn sms(config: &Config) -> Finding {
    match ways::sms(config) {
        Ok(None) => Finding::Well("text messages: off".to_owned()),
        Ok(Some(sms)) => match sms.test().await {
            Ok(()) => Finding::Well("text messages: ready".to_owned()),
            Err(error) => Finding::Wrong(format!("text messages: {}", chain(&error))),
        },
        Err(error) => Finding::Wrong(format!("text messages: {error:#}")),
    }
}

#[cfg(test)]
#[path = "doctor_tests.rs"]
mod tests;
