//! Keeps the pages' contract by calling the engine. One file a port; each holds
//! the proof of who asks, and so reaches no other person's rows.

mod account;
mod admin;
mod breaks;
pub(crate) mod campaigns;
mod cards;
mod connecting;
mod connections;
mod factor;
pub(crate) mod funnels;
mod health;
pub(crate) mod helper;
mod institutions;
mod keeper;
mod notices;
pub(crate) mod operations;
mod outages;
pub(crate) mod places;
mod views;
pub(crate) mod wording;

pub use keeper::{role, shown_role, user_id};
pub(crate) use views::device;
pub use wording::wording;

use std::sync::Arc;

use relink_app::{
    api::{
        account::{Address, PersonView},
        factor::Ways,
        ids::{AccountRef, ConnectionRef, InstitutionId, NoticeRef, SessionRef},
        institution::Consent,
        refusal::Fault,
        shared::Reference,
        visit::{AdminPort, HelperPort, KeeperPort, LinkPort, Owed, Person},
    },
    words::Language,
};
use relink_engine::{
    identity::{Half, SignedIn},
    ids::{AccountId, ConnectSessionId, ConnectionId, NoticeId},
};
use uuid::Uuid;

use crate::http::{App, Asking};

/// The operator's words, in every language.
#[derive(Debug, Clone)]
pub struct Texts {
    english: Consent,
    spanish: Consent,
    french: Consent,
}

impl Texts {
    /// Takes what `consent` says in each.
    pub fn new(consent: impl Fn(Language) -> Consent) -> Self {
        Self {
            english: consent(Language::English),
            spanish: consent(Language::Spanish),
            french: consent(Language::French),
        }
    }

    /// What people are told before connecting.
    pub fn consent(&self, language: Language) -> &Consent {
        match language {
            Language::English => &self.english,
            Language::Spanish => &self.spanish,
            Language::French => &self.french,
        }
    }
}

/// What every port of a person holds.
#[derive(Clone)]
struct Desk {
    app: App,
    person: SignedIn,
    asking: Asking,
}

/// The ports of whoever is signed in.
pub fn person(app: &App, asking: &Asking) -> Option<Person> {
    let person = asking.person.clone()?;
    Some(of(app, person, asking))
}

/// The ports of somebody who is signed in.
pub fn of(app: &App, person: SignedIn, asking: &Asking) -> Person {
    let view = PersonView {
        email: person.email().as_str().to_owned(),
        // Nobody signs in before the address is proven.
        address: Address::Confirmed,
    };
    let desk = Arc::new(Desk {
        app: app.clone(),
        person,
        asking: asking.clone(),
    });
    Person {
        view,
        institutions: desk.clone(),
        connecting: desk.clone(),
        connections: desk.clone(),
        account: desk.clone(),
        factor: desk.clone(),
        notices: desk,
    }
}

/// The port of staff, if one of them asks.
pub fn admin(app: &App, asking: &Asking) -> Option<Arc<dyn AdminPort>> {
    let viewer = asking.person.as_ref()?.viewer()?;
    Some(Arc::new(admin::AdminDesk::new(
        app.clone(),
        viewer,
        asking.clone(),
    )))
}

/// The port of support, if one of them asks.
pub fn helper(app: &App, asking: &Asking) -> Option<Arc<dyn HelperPort>> {
    let support = asking.person.as_ref()?.support()?;
    let desk = helper::HelperDesk::new(app.clone(), support, asking.clone());
    Some(Arc::new(desk))
}

/// The port of an admin, if one asks.
pub fn keeper(app: &App, asking: &Asking) -> Option<Arc<dyn KeeperPort>> {
    let admin = asking.person.as_ref()?.admin()?;
    let desk = keeper::KeeperDesk::new(app.clone(), admin, asking.clone());
    Some(Arc::new(desk))
}

/// What a sign-in owes whose password was right.
pub fn owed(app: &App, asking: &Asking) -> Option<Owed> {
    Some(match asking.half.clone()? {
        Half::Factor(owed) => Owed::Factor(Ways {
            app: owed.ways().app,
            passkeys: owed.ways().passkeys,
        }),
        Half::SetUp(owed) => {
            let desk = factor::SetUpDesk::new(app.clone(), owed, asking.clone());
            Owed::SetUp(Arc::new(desk))
        }
    })
}

/// The port for letters' links, whoever asks.
pub fn links(app: &App, asking: &Asking) -> Arc<dyn LinkPort> {
    Arc::new(notices::LinkDesk::new(app.clone(), asking.clone()))
}

/// The engine's id of a visit.
pub fn session_id(session: SessionRef) -> ConnectSessionId {
    ConnectSessionId(Uuid::from_u128(session.get()))
}

/// The database's key of an institution. No address names one that it cannot
/// hold; one that did would be nobody's rather than everybody's.
pub(crate) fn institution_key(id: InstitutionId) -> i64 {
    i64::try_from(id.get()).unwrap_or(i64::MAX)
}

/// The engine's id of a connection.
pub fn connection_id(connection: ConnectionRef) -> ConnectionId {
    ConnectionId(Uuid::from_u128(connection.get()))
}

/// Mastercard's name for a language of ours: its pages go on in the same.
fn spoken(language: Language) -> relink_mastercard::model::Language {
    match language {
        Language::English => relink_mastercard::model::Language::English,
        Language::Spanish => relink_mastercard::model::Language::Spanish,
        Language::French => relink_mastercard::model::Language::French,
    }
}

fn notice_id(notice: NoticeRef) -> NoticeId {
    NoticeId(Uuid::from_u128(notice.get()))
}

fn account_id(account: AccountRef) -> AccountId {
    AccountId(Uuid::from_u128(account.get()))
}

/// An error that is ours to find: logged here, once.
fn internal(asking: &Asking, error: &dyn std::error::Error) -> Fault {
    tracing::error!(error = crate::http::chain(error), "a port failed");
    Fault::Internal(Reference::new(asking.reference.clone()))
}
