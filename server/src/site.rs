//! What pages and requests are given of the configuration.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use relink_app::api::{
    connect::Window as WindowView,
    institution::Consent,
    site::{
        Assets, Environment as EnvironmentView, Help, Renewal, RepairEntry as EntryView,
        SignUpPolicy as SignUpView, SiteFacts,
    },
};

use crate::{
    config::{Config, Environment, RepairEntry, SignUpPolicy, Window},
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
pub(crate) fn settings(config: &Config, partner: &Partner, site: PathBuf) -> Settings {
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
        answer_within: Duration::from_secs(config.answer_within_seconds),
        trusted_proxies: config.trusted_proxies,
        frame_origin: framed.then_some(origin),
        site,
    }
}

/// The operator's words; outside production a missing one has a plain stand-in.
pub(crate) fn consent(config: &Config) -> Consent {
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
