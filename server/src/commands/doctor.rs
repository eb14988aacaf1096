//! `relink doctor`: tries out what the configuration names.

use std::{path::Path, process::ExitCode, sync::Arc};

use relink_engine::{
    store::Store,
    time::{Clock, SystemClock},
};
use relink_mastercard::{Cause, client::CredentialState};

use super::{block_on, say};
use crate::{
    assembly,
    config::{Config, Environment, check},
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
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let (store, client) = match assembly::client(config, real).await {
        Ok(parts) => parts,
        Err(error) => {
            findings.push(Finding::Wrong(format!("database or keys: {error:#}")));
            return;
        }
    };
    findings.push(Finding::Well("database: open and up to date".to_owned()));
    if force && let Err(error) = client.forget_rejection().await {
        findings.push(Finding::Wrong(format!("credentials: {error}")));
    }
    findings.push(figures(&store).await);
    findings.push(credentials(&client).await);
    findings.push(webhook(config));
    findings.push(mail(config).await);
    findings.push(sms(config).await);
    store.close().await;
}

/// What the last recount found: to recount now takes long where there is much.
async fn figures(store: &Store) -> Finding {
    let latest = async { store.read().await?.latest_recount().await };
    match latest.await {
        Ok(None) => Finding::Well("figures: not recounted yet".to_owned()),
        Ok(Some(it)) if it.drifted == 0 => Finding::Well(format!(
            "figures: agreed when they were recounted, {}",
            it.at
        )),
        Ok(Some(it)) => Finding::Wrong(format!(
            "figures: {} were not right when they were recounted, {}. `relink figures mend` adds what is missing",
            it.drifted, it.at
        )),
        Err(error) => Finding::Wrong(format!("figures: {error}")),
    }
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
            Err(error) => Finding::Wrong(format!("mail: {}", crate::http::chain(&error))),
        },
        Err(error) => Finding::Wrong(format!("mail: {error:#}")),
    }
}

async fn sms(config: &Config) -> Finding {
    match ways::sms(config) {
        Ok(None) => Finding::Well("text messages: off".to_owned()),
        Ok(Some(sms)) => match sms.test().await {
            Ok(()) => Finding::Well("text messages: ready".to_owned()),
            Err(error) => Finding::Wrong(format!("text messages: {}", crate::http::chain(&error))),
        },
        Err(error) => Finding::Wrong(format!("text messages: {error:#}")),
    }
}

#[cfg(test)]
mod tests {
    use figment::{
        Figment,
        providers::{Format, Toml},
    };

    use super::*;
    use crate::config::DEFAULTS;

    fn finding(changes: &str) -> Option<Finding> {
        let layers = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(changes));
        let config: Config = layers.extract().unwrap();
        assert_eq!(check(&config), []);
        widened(&config)
    }

    #[test]
    fn fix_beyond_the_list_is_warned_of_by_its_code() {
        assert!(finding("[status.codes.185]\nfixable = false").is_none());
        let Some(Finding::Risky(idle)) = finding("[status]\nwiden_fixable = true") else {
            panic!("a key without use is not mentioned");
        };
        assert!(idle.contains("no code needs it"), "{idle}");
        let wide = "[status]\nwiden_fixable = true\n[status.codes.1008]\nfixable = true";
        let Some(Finding::Risky(text)) = finding(wide) else {
            panic!("no warning");
        };
        assert!(text.contains("offered for 1008,"), "{text}");
    }
}
