//! Repairing a connection through Data Connect Fix, and the proof of it.
//!
//! [`Repairs::begin`] reads the accounts first: a connection that works again
//! needs no repair, and one that Fix cannot help gets no link. The link is made
//! on the click, as for connecting; what comes back is learned as hints by the
//! same visit, and [`prove`] says what a reading makes of it.

mod outcome;
#[cfg(test)]
mod outcome_tests;
mod proof;
mod same;

use std::sync::Arc;

use relink_mastercard::{
    Cause, Error, ErrorCode,
    model::{ConnectLink, FixRequest, Institution, Language, SimpleAccount},
};
use url::Url;

pub(crate) use outcome::is_not_among_them;
pub use outcome::{Outcome, Proof, outcome};
pub use proof::prove;
pub(crate) use proof::proven_later;

use crate::{
    connect::{Connect, session::Facts},
    connections::{Change, Customer, Evidence, State, Turn, reach},
    identity::SignedIn,
    ids::{ConnectSessionId, ConnectionId},
    random::Random,
    readings::Readings,
    store::{Read, Store, StoreError, connect_sessions::ConnectSession, connections::Connection},
    time::Clock,
    upstream::{ConnectUpstream, is_unknown_customer},
};

/// What a click on "fix" leads to.
#[derive(Debug)]
pub enum Begun {
    /// A reading just now shows that it works.
    AlreadyWorks,
    /// The way to Data Connect.
    Link(Box<Started>),
}

/// A repair that may begin.
#[derive(Debug)]
pub struct Started {
    /// Our visit.
    pub session: ConnectSessionId,
    /// The connection that it is about.
    pub connection: Connection,
    /// Whether one signs in at the institution's own site.
    pub oauth: bool,
    /// The link, for the person's browser and nothing else.
    pub link: ConnectLink,
    /// Where Data Connect sends the browser afterwards.
    pub return_url: Url,
}

/// What Data Connect Fix is used for beside repairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renewal {
    /// Nothing: Mastercard asks for Fix on fixable codes only.
    #[default]
    Explained,
    /// It renews a permission that ends soon, where that is known to work.
    ThroughFix,
}

/// Why the person comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Repair,
    Renew,
}

/// Why a repair cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// There is no such connection of this person.
    #[error("no such connection of this person")]
    NotFound,
    /// Data Connect Fix cannot help it now.
    #[error("Data Connect Fix does not help here")]
    NotFixable(State),
    /// Mastercard has no accounts under its login, and no other login has them.
    #[error("Mastercard has no accounts under this login")]
    LoginGone,
    /// Mastercard could not reach our webhook and makes no link then.
    #[error("Mastercard could not reach our webhook")]
    WebhookUnreachable(#[source] Error),
    /// Mastercard is away, slow, or refuses.
    #[error("Mastercard gave no link")]
    Upstream(#[from] Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The use cases of repairing.
#[derive(Clone)]
pub struct Repairs {
    store: Store,
    upstream: Arc<dyn ConnectUpstream>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    readings: Readings,
    connect: Connect,
    renewal: Renewal,
}

impl Repairs {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        upstream: Arc<dyn ConnectUpstream>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        readings: Readings,
        connect: Connect,
    ) -> Self {
        Self {
            store,
            upstream,
            clock,
            random,
            readings,
            connect,
            renewal: Renewal::default(),
        }
    }

    /// What the operator decides about renewals.
    #[must_use]
    pub fn renewing(self, renewal: Renewal) -> Self {
        Self { renewal, ..self }
    }

    /// The person clicked. Never called without one: it makes a link.
    pub async fn begin(
        &self,
        person: &SignedIn,
        id: ConnectionId,
        language: Language,
    ) -> Result<Begun, RepairError> {
        self.go(person, id, Purpose::Repair, language).await
    }

    /// The person clicked to renew a permission that ends soon; refused where
    /// the operator does not renew through Fix.
    pub async fn renew(
        &self,
        person: &SignedIn,
        id: ConnectionId,
        language: Language,
    ) -> Result<Begun, RepairError> {
        self.go(person, id, Purpose::Renew, language).await
    }

    async fn go(
        &self,
        person: &SignedIn,
        id: ConnectionId,
        purpose: Purpose,
        language: Language,
    ) -> Result<Begun, RepairError> {
        match self.try_once(person, id, purpose, language).await {
            // The login may have moved just now: its id is read once more.
            Err(RepairError::LoginGone) => self.try_once(person, id, purpose, language).await,
            begun => begun,
        }
    }

    async fn try_once(
        &self,
        person: &SignedIn,
        id: ConnectionId,
        purpose: Purpose,
        language: Language,
    ) -> Result<Begun, RepairError> {
        let connection = self.mine(person, id).await?;
        let listed = self.look(&connection).await?;
        // The reading may have moved the connection to another login.
        let connection = self.mine(person, id).await?;
        let mut unit = self.store.read().await?;
        let institution = unit.institution(connection.institution).await?;
        let state = self
            .state(&mut unit, &connection, institution.as_ref())
            .await?;
        drop(unit);
        let proof = match self.proof(state, purpose) {
            Ok(Some(proof)) => proof,
            Ok(None) => return Ok(Begun::AlreadyWorks),
            Err(state) => return Err(RepairError::NotFixable(state)),
        };
        let session = self
            .open(&connection, institution.as_ref(), proof, &listed, language)
            .await?;
        self.leave(session, connection, institution.as_ref(), language)
            .await
    }

    /// What a visit for `purpose` would have to prove; `None` where nothing is
    /// to be done, and the state where Fix does not help.
    fn proof(&self, state: State, purpose: Purpose) -> Result<Option<Proof>, State> {
        match (state, purpose, self.renewal) {
            (State::Broken(broken), ..) if broken.turn == Turn::Fix => {
                Ok(Some(Proof::of(broken.code)))
            }
            (State::RenewSoon { by }, Purpose::Renew, Renewal::ThroughFix) => {
                Ok(Some(Proof::renewal(by)))
            }
            (State::RenewSoon { .. }, Purpose::Renew, Renewal::Explained) => Err(state),
            (State::Healthy | State::RenewSoon { .. } | State::Stale { .. }, ..) => Ok(None),
            (State::Broken(_) | State::SettingUp | State::WaitingForChoice | State::Gone, ..) => {
                Err(state)
            }
        }
    }

    async fn mine(&self, person: &SignedIn, id: ConnectionId) -> Result<Connection, RepairError> {
        let mut unit = self.store.read().await?;
        let mut mine = unit.connections(person.user()).await?;
        mine.retain(|connection| connection.id == id);
        mine.pop().ok_or(RepairError::NotFound)
    }

    /// Reads the accounts and records what they say.
    async fn look(&self, connection: &Connection) -> Result<Vec<SimpleAccount>, RepairError> {
        let now = self.clock.now();
        let listed = self.upstream.accounts(&connection.customer).await;
        let mut unit = self.store.write().await?;
        match listed {
            Ok(listed) => {
                self.readings
                    .record(&mut unit, &connection.customer, &listed, now)
                    .await?;
                unit.save().await?;
                Ok(listed)
            }
            Err(error) => {
                if is_unknown_customer(&error) {
                    self.readings
                        .lost(&mut unit, &connection.customer, now)
                        .await?;
                    unit.save().await?;
                }
                Err(error.into())
            }
        }
    }

    async fn state(
        &self,
        unit: &mut Read,
        connection: &Connection,
        institution: Option<&Institution>,
    ) -> Result<State, StoreError> {
        let accounts = unit.accounts_of_connection(connection.id).await?;
        let open = unit.open_outages_of(connection.user).await?;
        let over = open.iter().find(|(over, _)| *over == connection.id);
        let evidence = Evidence {
            accounts: &accounts,
            institution: reach(institution, over.map(|(_, over)| &over.outage)),
            customer: Customer::Known,
        };
        Ok(self.readings.state(&evidence, self.clock.now()))
    }

    /// Stores the visit before Mastercard is asked: its ping comes while it
    /// answers.
    async fn open(
        &self,
        connection: &Connection,
        institution: Option<&Institution>,
        proof: Proof,
        before: &[SimpleAccount],
        language: Language,
    ) -> Result<ConnectSession, StoreError> {
        let now = self.clock.now();
        let session = ConnectSession {
            id: ConnectSessionId(self.random.id(now)),
            user: connection.user,
            customer: connection.customer.clone(),
            institution: connection.institution,
            institution_name: connection.institution_name.clone(),
            institutions: institution.map_or_else(
                || vec![connection.institution],
                crate::institutions::with_successors,
            ),
            reference: self.random.token(),
            facts: Facts {
                known: before.iter().map(|account| account.id.clone()).collect(),
                already_here: true,
                repair: Some(proof),
                ..Facts::default()
            },
            created: now,
            refreshed: None,
            repairs: Some(connection.id),
            language: language.code().to_owned(),
        };
        let mut unit = self.store.write().await?;
        unit.insert_connect_session(&session).await?;
        unit.save().await?;
        Ok(session)
    }

    async fn begun(&self, session: &ConnectSession, id: ConnectionId) -> Result<(), StoreError> {
        let renews = session.facts.repair.as_ref().and_then(|proof| proof.renews);
        let change = match renews {
            Some(_) => Change::RenewalBegun,
            None => Change::RepairBegun,
        };
        let mut unit = self.store.write().await?;
        self.readings
            .remember(&mut unit, id, &change, self.clock.now())
            .await?;
        unit.save().await
    }

    async fn leave(
        &self,
        session: ConnectSession,
        connection: Connection,
        institution: Option<&Institution>,
        language: Language,
    ) -> Result<Begun, RepairError> {
        let return_url = self.connect.address("connect/return", &session.reference);
        let request = FixRequest {
            customer: session.customer.clone(),
            institution_login: connection.login.clone(),
            options: self
                .connect
                .options(&session.reference, &return_url, language),
        };
        let made = self.upstream.generate_fix(&request).await;
        self.connect
            .note_link(&session, made.as_ref().map(|_| ()))
            .await?;
        if made.is_ok() {
            self.begun(&session, connection.id).await?;
        }
        match made {
            Ok(link) => Ok(Begun::Link(Box::new(Started {
                session: session.id,
                // A migration is repaired at the successor's own site.
                oauth: institution.is_none_or(|institution| {
                    institution.oauth_enabled || institution.oauth_institution_id.is_some()
                }),
                connection,
                link,
                return_url,
            }))),
            Err(error) => Err(refused(error)),
        }
    }
}

fn refused(error: Error) -> RepairError {
    match error.cause {
        Cause::LinkRefusedByWebhook { .. } => RepairError::WebhookUnreachable(error),
        Cause::Rejected {
            code: Some(ErrorCode::LOGIN_WITHOUT_ACCOUNTS),
            ..
        } => RepairError::LoginGone,
        _ => RepairError::Upstream(error),
    }
}
