//! Visits of the demo: the links are real, the person at them is played.

use std::time::Duration;

use anyhow::Context;
use relink_app::words::Language as Shown;
use relink_engine::{
    connect::{Consent, ReturnHint},
    identity::SignedIn,
    ids::ConnectSessionId,
    repair::Begun,
};
use relink_mastercard::model::Language;
use relink_sandbox::{
    Ends, Going, Sandbox,
    hosted::{Flow, Link, World},
    people,
};
use serde_json::{Value, json};

use crate::http::App;

/// Who is at the hosted pages.
const SOMEBODY: &str = "profile_03";

/// A visit whose link was made.
struct Begins {
    session: ConnectSessionId,
    link: Link,
}

/// Connects an institution; its accounts may take a moment.
pub(super) async fn connect(
    app: &App,
    sandbox: &Sandbox,
    person: &SignedIn,
    name: &str,
) -> anyhow::Result<ConnectSessionId> {
    let visit = choose(app, sandbox, person, name).await?;
    through(sandbox, &visit.link)?;
    Ok(visit.session)
}

/// Makes a visit as a scenario says.
pub(super) async fn go(
    app: &App,
    sandbox: &Sandbox,
    person: &SignedIn,
    going: &Going,
) -> anyhow::Result<()> {
    let visit = if going.fix {
        fix(app, sandbox, person, &going.host).await?
    } else {
        choose(app, sandbox, person, &going.host).await?
    };
    if going.ends == Ends::NotOpened {
        return Ok(());
    }
    sandbox.record_event(&visit.link.id, "started", json!({}), None);
    let back = match going.ends {
        Ends::Left => Some(("exit", "100")),
        Ends::Idle => Some(("timeout", "1440")),
        Ends::Refused => {
            sandbox.record_event(&visit.link.id, "invalidCredentials", json!({}), None);
            Some(("error", "500"))
        }
        Ends::Through | Ends::NotOpened => None,
    };
    let Some((reason, code)) = back else {
        through(sandbox, &visit.link)?;
        return proven(app, person, visit.session).await;
    };
    let known = app.connect.visit(person, visit.session).await?;
    let reference = known.context("the visit is gone")?.session.reference;
    let hint = ReturnHint {
        reason: Some(reason.into()),
        code: Some(code.into()),
    };
    app.connect.returned(person, &reference, &hint).await?;
    Ok(())
}

async fn choose(
    app: &App,
    sandbox: &Sandbox,
    person: &SignedIn,
    name: &str,
) -> anyhow::Result<Begins> {
    let found = app.institutions.search(name, 1).await?;
    let hit = found
        .hits
        .first()
        .context("the directory has no such institution")?;
    let chosen = app
        .institutions
        .confirm(hit.listing.id)
        .await?
        .context("the institution is gone")?;
    let consent = Consent {
        text_version: app.texts.consent(Shown::English).version.clone(),
        language: Language::English,
    };
    let started = app
        .connect
        .start(person, &chosen.institution, &consent)
        .await?;
    Ok(Begins {
        session: started.session,
        link: open(sandbox, started.link.expose())?,
    })
}

async fn fix(
    app: &App,
    sandbox: &Sandbox,
    person: &SignedIn,
    host: &str,
) -> anyhow::Result<Begins> {
    let found = app.institutions.look_up(host, 1);
    let hit = found.hits.first().context("no such institution")?;
    let cards = app.connections.overview(person).await?;
    let mut cards = cards.into_iter();
    let card = cards.find(|card| card.connection.institution == hit.listing.id);
    let connection = card.context("nothing is connected there")?.connection.id;
    let begun = app.repairs.begin(person, connection, Language::English);
    let Begun::Link(started) = begun.await? else {
        anyhow::bail!("nothing is broken there")
    };
    Ok(Begins {
        session: started.session,
        link: open(sandbox, started.link.expose())?,
    })
}

fn open(sandbox: &Sandbox, link: &str) -> anyhow::Result<Link> {
    let query = link.split_once('?').map(|(_, query)| query);
    let opened = sandbox.open_link(query.context("a link without query")?);
    opened.map_err(|fault| anyhow::anyhow!("the link is no good: {fault:?}"))
}

/// The person goes to the end, and the accounts are there, or work again.
fn through(sandbox: &Sandbox, link: &Link) -> anyhow::Result<()> {
    let accounts: Vec<Value> = match link.flow {
        Flow::Lite(institution) => {
            let somebody = people::person(SOMEBODY).context("the sandbox lacks somebody")?;
            let seeds = people::accounts_at(somebody, institution);
            sandbox.record_event(&link.id, "started", json!({}), None);
            let accounts = sandbox.connect(&link.id, institution, somebody, &seeds);
            let payload = json!({ "institutionId": institution.to_string(), "accounts": accounts });
            sandbox.record_event(&link.id, "added", payload, None);
            accounts
        }
        Flow::Fix(login) => {
            let accounts = sandbox.repair(&link.id, login);
            let payload = json!({ "accounts": accounts });
            sandbox.record_event(&link.id, "credentialsUpdated", payload, None);
            accounts
        }
        Flow::NotPlayed(what) => anyhow::bail!("{what} is not played"),
    };
    anyhow::ensure!(!accounts.is_empty(), "no accounts there");
    sandbox.record_event(&link.id, "done", json!({}), None);
    sandbox.complete_link(&link.id);
    Ok(())
}

/// Waits for the reading that proves a repair.
async fn proven(app: &App, person: &SignedIn, session: ConnectSessionId) -> anyhow::Result<()> {
    loop {
        let visit = app.connect.visit(person, session).await?;
        let proof = visit.and_then(|visit| visit.session.facts.repair);
        if proof.is_some_and(|proof| proof.repaired.is_some()) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
