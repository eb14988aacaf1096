//! What pages and requests are given of the configuration.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use relink_app::{
    api::{
        connect::Window as WindowView,
        institution::Consent,
        site::{
            Assets, Environment as EnvironmentView, Help, Renewal, RepairEntry as EntryView,
            SignUpPolicy as SignUpView, SiteFacts,
        },
    },
    words::Language,
};

use crate::{
    config::{Config, ConsentTexts, Environment, RepairEntry, SignUpPolicy, Window},
    http::Settings,
    upstream::Partner,
};

/// The built browser part: beside the program, else where `make` leaves it.
pub(crate) fn folder(config: &Config) -> anyhow::Result<PathBuf> {
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

/// What is the same for every page; fails where the build lacks a piece.
pub(crate) fn facts(config: &Config, site: &std::path::Path) -> anyhow::Result<SiteFacts> {
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
        operator: (!operator.name.is_empty()).then(|| operator.name.clone()),
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
        repair_entry: match config.repair.entry {
            RepairEntry::Standalone => EntryView::Standalone,
            RepairEntry::Integrated => EntryView::Integrated,
            RepairEntry::Both => EntryView::Both,
        },
        renewal: if config.renewal.through_fix {
            Renewal::ThroughFix
        } else {
            Renewal::Explained
        },
        assets,
    })
}

/// How requests are taken.
pub(crate) fn settings(
    config: &Config,
    partner: &Partner,
    site: PathBuf,
) -> anyhow::Result<Settings> {
    let framed = config.connect.window == Window::Embedded;
    let origin = match config.environment {
        Environment::Sandbox => partner.base_url.origin().ascii_serialization(),
        // The one host that the official description's example of a link has.
        Environment::TestDrive | Environment::Production => {
            "https://connect2.finicity.com".to_owned()
        }
    };
    let zone = config.operator.zone();
    Ok(Settings {
        origin: config.public_url.origin().ascii_serialization(),
        secure: config.public_url.scheme() == "https",
        answer_within: Duration::from_secs(config.answer_within_seconds),
        trusted_proxies: config.trusted_proxies,
        frame_origin: framed.then_some(origin),
        zone: zone.context("operator.zone names no time zone")?,
        site,
    })
}

/// The operator's words in `language`, else in the first one; outside production
/// a missing one has a plain stand-in.
pub(crate) fn consent(config: &Config, language: Language) -> Consent {
    let section = &config.consent;
    let theirs = match language {
        Language::English => None,
        Language::Spanish => Some(&section.es),
        Language::French => Some(&section.fr),
    };
    let theirs = theirs.filter(|texts| texts.given() > 0);
    let trial = language.trial();
    let or = |text: &str, stand_in: &str| {
        if text.is_empty() {
            stand_in.to_owned()
        } else {
            text.to_owned()
        }
    };
    let said = |first: &str, stand_in: &str, other: fn(&ConsentTexts) -> &String| {
        theirs.map_or_else(|| or(first, stand_in), |texts| other(texts).clone())
    };
    Consent {
        version: or(&section.version, &trial.version),
        reads: said(&section.reads, &trial.reads, |texts| &texts.reads),
        why: said(&section.why, &trial.why, |texts| &texts.why),
        how_long: said(&section.how_long, &trial.how_long, |texts| &texts.how_long),
        how_to_stop: said(&section.how_to_stop, &trial.how_to_stop, |texts| {
            &texts.how_to_stop
        }),
    }
}
