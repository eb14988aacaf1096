//! What a user has connected, and how it stands.

mod episode;
mod history;
mod state;
#[cfg(test)]
mod state_tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use relink_mastercard::{
    InstitutionId,
    model::{Institution, InstitutionStatus},
};

pub use episode::{End, Step, rhythm, step};
pub use history::Change;
pub use state::{
    Broken, CUSTOMER_UNKNOWN, Customer, Evidence, Limits, Reach, State, Turn, state,
    state_of_account,
};

use crate::{
    identity::SignedIn,
    ids::ConnectionId,
    outages::Whose,
    readings::Readings,
    store::{
        Read, Store, StoreError,
        accounts::{Account, Choice},
        breaks::{Break, Entry},
        connections::Connection,
        outages::{Outage, Over},
    },
    time::Clock,
};

/// How many entries of a history are shown.
const HISTORY: u16 = 100;

/// A connection and the accounts of it that are not removed.
#[derive(Debug, Clone)]
pub struct Card {
    /// The connection.
    pub connection: Connection,
    /// Its institution as last copied, where the copy has it.
    pub institution: Option<Institution>,
    /// Its accounts, those on their way out included, and how each stands.
    pub accounts: Vec<(Account, State)>,
    /// How it stands.
    pub state: State,
    /// Its open break.
    pub open: Option<Break>,
    /// The rhythm, in days, at which this login asks again.
    pub rhythm: Option<u16>,
    /// The open outage over it.
    pub over: Option<Over>,
    /// Since when accounts of it wait for their deletion at Mastercard.
    pub leaving: Option<DateTime<Utc>>,
}

impl Card {
    /// Whether every account that is still there is being deleted at Mastercard.
    pub fn leaves(&self) -> bool {
        let mut there = self
            .accounts
            .iter()
            .filter(|(account, _)| account.gone.is_none())
            .peekable();
        there.peek().is_some() && there.all(|(account, _)| account.choice == Choice::Removing)
    }

    /// The outage that explains why it is broken.
    pub fn outage(&self) -> Option<&Over> {
        let turn = self.state.broken()?.turn;
        self.over.as_ref().filter(|over| match over.outage.whose {
            Whose::Institution(_) => turn == Turn::Institution,
            Whose::Mastercard => turn == Turn::Mastercard,
        })
    }

    /// Whether its institution moves to another kind of connection.
    pub fn is_moving(&self) -> bool {
        self.institution.as_ref().is_some_and(moves)
    }
}

/// Whether an institution moves to another kind of connection, and a person
/// will be asked to sign in there anew. An OAuth twin alone is no sign of it:
/// twins live side by side for years.
pub fn moves(institution: &Institution) -> bool {
    let successor = institution.new_institution_id;
    institution.status == InstitutionStatus::Migrating
        || successor.is_some_and(|successor| successor != institution.id)
}

/// Whether an institution can be reached, by its own word and by an open outage.
pub fn reach(institution: Option<&Institution>, outage: Option<&Outage>) -> Reach {
    match (
        outage.map(|outage| outage.whose),
        institution.map(|institution| &institution.status),
    ) {
        (Some(Whose::Mastercard), _) => Reach::MastercardInTrouble,
        (Some(Whose::Institution(_)), _)
        | (None, Some(InstitutionStatus::Offline | InstitutionStatus::Maintenance)) => {
            Reach::InTrouble
        }
        (None, _) => Reach::Open,
    }
}

/// The use cases of the overview.
#[derive(Clone)]
pub struct Connections {
    store: Store,
    readings: Readings,
    clock: Arc<dyn Clock>,
}

impl Connections {
    /// `clock` is the domain clock.
    pub fn new(store: Store, readings: Readings, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            readings,
            clock,
        }
    }

    /// The status table in force.
    pub fn table(&self) -> &crate::status::Table {
        self.readings.table()
    }

    /// All of a person's connections that still have an account: what the
    /// person can do most about first, then the oldest.
    pub async fn overview(&self, person: &SignedIn) -> Result<Vec<Card>, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let connections = unit.connections(person.user()).await?;
        let mut accounts = unit.accounts(person.user()).await?;
        accounts.retain(|account| account.choice != Choice::Removed);
        let breaks = unit.breaks(person.user()).await?;
        let over = unit.open_outages_of(person.user()).await?;
        let leaving = unit.leaving_since(person.user()).await?;
        let mut cards = Vec::new();
        for connection in connections {
            let mine: Vec<Account> = accounts
                .iter()
                .filter(|account| account.connection == connection.id)
                .cloned()
                .collect();
            if !mine.is_empty() {
                let over = over.iter().find(|(over, _)| *over == connection.id);
                let over = over.map(|(_, over)| *over);
                let since = leaving.iter().find(|(id, _)| *id == connection.id);
                let since = since.map(|(_, since)| *since);
                let card = self.card(&mut unit, connection, mine, over, &breaks, now);
                cards.push(Card {
                    leaving: since,
                    ..card.await?
                });
            }
        }
        cards.sort_by_key(|card| card.state.in_list());
        Ok(cards)
    }

    async fn card(
        &self,
        unit: &mut Read,
        connection: Connection,
        accounts: Vec<Account>,
        over: Option<Over>,
        breaks: &[Break],
        now: DateTime<Utc>,
    ) -> Result<Card, StoreError> {
        let institution = unit.institution(connection.institution).await?;
        let customer = unit.customer_standing(&connection.customer).await?;
        let evidence = Evidence {
            accounts: &accounts,
            institution: reach(institution.as_ref(), over.as_ref().map(|over| &over.outage)),
            customer,
        };
        let (table, limits) = (self.readings.table(), self.readings.limits());
        let state = self.readings.state(&evidence, now);
        let states: Vec<State> = accounts
            .iter()
            .map(|account| state_of_account(account, &evidence, table, limits, now))
            .collect();
        let mine = || breaks.iter().filter(|one| one.connection == connection.id);
        let starts: Vec<DateTime<Utc>> = mine().map(|one| one.opened).collect();
        Ok(Card {
            open: mine().find(|one| one.ended.is_none()).copied(),
            rhythm: rhythm(&starts),
            leaving: None,
            accounts: accounts.into_iter().zip(states).collect(),
            connection,
            institution,
            state,
            over,
        })
    }

    /// The institutions where the person has an account: what a search marks,
    /// at each letter.
    pub async fn institutions(&self, person: &SignedIn) -> Result<Vec<InstitutionId>, StoreError> {
        let mut unit = self.store.read().await?;
        unit.where_connected(person.user()).await
    }

    /// What changed of a person's own connection, the latest first.
    pub async fn history(
        &self,
        person: &SignedIn,
        connection: ConnectionId,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut unit = self.store.read().await?;
        unit.history(person.user(), connection, HISTORY).await
    }
}
