//! The institutions: their use cases, made from the configuration, and the
//! fetcher of their pictures.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use chrono::TimeDelta;
use relink_engine::{
    institutions::{
        Countries, Institutions, OauthRegistered, Policy, RefreshDirectory, Settings,
        TestInstitutions,
        icons::{Fetched, IconFetcher, IconService, IconUrl, MOST_BYTES},
    },
    jobs::{Jobs, Schedule, Worker},
    store::Store,
    time::Clocks,
};
use relink_mastercard::{
    Client,
    model::{CountryCode, Product, Products},
};
use tokio_util::sync::CancellationToken;

use crate::config::{self, Config, Environment};

/// How long a host may take for one picture.
const PICTURE_WITHIN: Duration = Duration::from_secs(5);

/// Fetches pictures with a client of its own for each request: it connects to
/// the checked addresses only, so that a name cannot lead to a public address
/// for the check and to a private one for the fetch.
struct Fetcher;

impl Fetcher {
    async fn addresses(url: &IconUrl) -> Option<(String, Vec<SocketAddr>)> {
        let host = url.url().host_str()?.to_owned();
        let port = url.url().port_or_known_default()?;
        let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port))
            .await
            .ok()?;
        let admitted: Vec<SocketAddr> = found
            .filter(|address| url.rule().admits(address.ip()))
            .collect();
        (!admitted.is_empty()).then_some((host, admitted))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "no redirects, pinned addresses, its own time limit"
    )]
    fn client(host: &str, addresses: &[SocketAddr]) -> reqwest::Result<reqwest::Client> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .resolve_to_addrs(host, addresses)
            .timeout(PICTURE_WITHIN)
            .no_proxy()
            .build()
    }

    async fn body(mut response: reqwest::Response) -> Fetched {
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => return Fetched::Bytes(bytes),
                Ok(Some(chunk)) if bytes.len() + chunk.len() <= MOST_BYTES => {
                    bytes.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => return Fetched::Refused,
                Err(_) => return Fetched::Dead,
            }
        }
    }
}

#[async_trait::async_trait]
impl IconFetcher for Fetcher {
    async fn fetch(&self, url: &IconUrl) -> Fetched {
        let Some((host, addresses)) = Self::addresses(url).await else {
            return Fetched::Dead;
        };
        let Ok(client) = Self::client(&host, &addresses) else {
            return Fetched::Dead;
        };
        match client.get(url.url().clone()).send().await {
            Ok(response) if response.status().is_success() => Self::body(response).await,
            Ok(response) if response.status().is_server_error() => Fetched::Dead,
            Ok(_) => Fetched::Refused,
            Err(_) => Fetched::Dead,
        }
    }
}

/// How often a process looks whether another brought a newer copy into use.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Each so many looks the index is made anew, so that what people choose counts.
const LOAD_EACH: u32 = 15;

/// The use cases of finding institutions, with what the store has loaded.
pub async fn institutions(
    config: &Config,
    store: &Store,
    client: &Client,
    clocks: &Clocks,
    jobs: &Jobs,
) -> anyhow::Result<Arc<Institutions>> {
    let settings = Settings {
        policy: policy(config)?,
        popular: config.institutions.popular.clone(),
    };
    let institutions = Institutions::new(
        store.clone(),
        Arc::new(client.clone()),
        clocks.clone(),
        jobs.clone(),
        settings,
    );
    institutions.load().await?;
    Ok(Arc::new(institutions))
}

/// The pictures' service.
pub fn icons(config: &Config, store: &Store, clocks: &Clocks) -> anyhow::Result<Arc<IconService>> {
    let sandbox = match config.environment {
        Environment::Sandbox => Some(crate::upstream::sandbox_origin(config)?.origin()),
        Environment::TestDrive | Environment::Production => None,
    };
    Ok(Arc::new(IconService::new(
        store.clone(),
        Arc::new(Fetcher),
        clocks.real.clone(),
        sandbox,
    )))
}

/// Lets the worker copy the directory.
pub fn handle(worker: Worker, institutions: &Arc<Institutions>) -> anyhow::Result<Worker> {
    let schedule = Schedule::every("institutions", TimeDelta::hours(1), &RefreshDirectory {})?;
    Ok(worker
        .handle::<RefreshDirectory>(Arc::clone(institutions))
        .every(schedule))
}

/// Follows the copy in use until the program stops, and puts down what was
/// searched.
pub async fn follow(institutions: Arc<Institutions>, stop: CancellationToken) {
    let mut looks: u32 = 0;
    while stop
        .run_until_cancelled(tokio::time::sleep(LOOK_EVERY))
        .await
        .is_some()
    {
        looks = looks.wrapping_add(1);
        let looked = if looks.is_multiple_of(LOAD_EACH) {
            institutions.load().await
        } else {
            institutions.load_if_newer().await.map(drop)
        };
        if let Err(error) = looked {
            tracing::warn!(
                error = crate::http::chain(&error),
                "the directory could not be looked at"
            );
        }
        save_searches(&institutions).await;
    }
    save_searches(&institutions).await;
}

async fn save_searches(institutions: &Institutions) {
    if let Err(error) = institutions.save_searches().await {
        tracing::warn!(
            error = crate::http::chain(&error),
            "searches wait to be counted"
        );
    }
}

fn policy(config: &Config) -> anyhow::Result<Policy> {
    let section = &config.institutions;
    let products = section
        .products
        .iter()
        .try_fold(Products::NONE, |all, name| {
            Product::parse(name)
                .map(|product| all.with(product))
                .with_context(|| format!("no such product: {name}"))
        })?;
    let countries: Result<BTreeSet<CountryCode>, _> = section
        .countries
        .iter()
        .map(|code| CountryCode::parse(code))
        .collect();
    Ok(Policy {
        test_institutions: match config.environment {
            Environment::Sandbox => TestInstitutions::Shown,
            Environment::TestDrive => TestInstitutions::Only,
            Environment::Production => TestInstitutions::Hidden,
        },
        products,
        countries: if section.countries.is_empty() {
            Countries::All
        } else {
            Countries::Only(countries?)
        },
        oauth_registered: match &section.oauth_registered {
            config::OauthRegistered::All(_) => OauthRegistered::All,
            config::OauthRegistered::Only(ids) => {
                OauthRegistered::Only(ids.iter().copied().collect())
            }
        },
    })
}
