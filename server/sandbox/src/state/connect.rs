//! What a visit to Data Connect and the account operations change.

use chrono::{DateTime, Duration, Utc};

use super::link::{self, ConnectLink, LinkOrder, LinkProblem};
use super::{
    Account, AccountId, Availability, CustomerId, FixAnswer, Flow, InstitutionId, LinkId, Login,
    LoginId, Owed, Queued, State, StatusCode,
};
use crate::config::FirstAggregation;
use crate::directory::Institution;
use crate::people::{AccountSeed, Person};
use crate::webhooks::Event;

/// How long an OAuth authorization lasts, as some institutions' public pages have it.
const AUTHORIZATION: Duration = Duration::days(365);

impl State {
    /// A customer's logins.
    pub(crate) fn logins(&self, customer: CustomerId) -> impl Iterator<Item = &Login> {
        self.ledger
            .logins
            .values()
            .filter(move |login| login.customer == customer)
    }

    pub(crate) fn login(&self, id: LoginId) -> Option<&Login> {
        self.ledger.logins.get(&id)
    }

    /// A customer's accounts, in the order they were added.
    pub(crate) fn accounts(&self, customer: CustomerId) -> Vec<&Account> {
        let mut accounts: Vec<&Account> = self
            .ledger
            .accounts
            .values()
            .filter(|account| account.customer == customer)
            .collect();
        accounts.sort_by_key(|account| (account.created, account.login, account.place));
        accounts
    }

    pub(crate) fn account(&self, id: AccountId) -> Option<&Account> {
        self.ledger.accounts.get(&id)
    }

    /// Adds a person's accounts at an institution. The same person at the same
    /// institution is the same login, and an account is added once.
    pub(crate) fn connect(
        &mut self,
        customer: CustomerId,
        institution: &Institution,
        person: &'static Person,
        seeds: &[AccountSeed],
        now: DateTime<Utc>,
    ) -> Vec<AccountId> {
        let login = self.login_for(customer, institution.id, person, now);
        let mut ids = Vec::new();
        for (index, seed) in seeds.iter().enumerate() {
            let known = self
                .ledger
                .accounts
                .values()
                .find(|account| account.login == login && account.facts.key == seed.key);
            let id = match known {
                Some(account) => account.id,
                None => self.add_account(customer, institution, login, (index, seed), now),
            };
            ids.push(id);
        }
        if institution.oauth_enabled {
            self.authorize(login, now);
        }
        // A sign-in that just worked also heals what Fix would have healed.
        self.ledger.repair(login, now);
        ids
    }

    fn login_for(
        &mut self,
        customer: CustomerId,
        institution: InstitutionId,
        person: &Person,
        now: DateTime<Utc>,
    ) -> LoginId {
        let username = person.username.as_str();
        let known = self
            .logins(customer)
            .filter(|login| !login.broken.is_some_and(super::Break::is_final))
            .find(|login| login.institution == institution && login.person == username);
        if let Some(login) = known {
            return login.id;
        }
        let id = self.new_login_id(customer, institution, username);
        self.ledger.logins.insert(
            id,
            Login {
                id,
                customer,
                institution,
                person: username.to_owned(),
                broken: None,
                frozen: false,
                moving: None,
                fix: FixAnswer::default(),
                created: now,
            },
        );
        id
    }

    fn add_account(
        &mut self,
        customer: CustomerId,
        institution: &Institution,
        login: LoginId,
        (index, seed): (usize, &AccountSeed),
        now: DateTime<Utc>,
    ) -> AccountId {
        let id = self.new_account_id(login, &seed.key);
        self.ledger.accounts.insert(
            id,
            Account {
                id,
                login,
                customer,
                institution: institution.id,
                facts: seed.clone(),
                place: index + 1,
                created: now,
                updated: now,
                aggregation: None,
                owed: Owed::Nothing,
                broken: None,
                authorization: None,
            },
        );
        id
    }

    pub(super) fn new_login_id(
        &mut self,
        customer: CustomerId,
        institution: InstitutionId,
        person: &str,
    ) -> LoginId {
        let name = format!("login/{customer}/{institution}/{person}");
        LoginId(self.issue(&name, 1_100_000_000, 800_000_000))
    }

    pub(super) fn new_account_id(&mut self, login: LoginId, key: &str) -> AccountId {
        let name = format!("account/{login}/{key}");
        AccountId(self.issue(&name, 5_010_000_000, 900_000_000))
    }

    fn authorize(&mut self, login: LoginId, now: DateTime<Utc>) {
        for account in self
            .ledger
            .accounts
            .values_mut()
            .filter(|account| account.login == login)
        {
            account.authorization = Some((now, now + AUTHORIZATION));
        }
    }

    /// The person renewed the sign-in of a login, and with it what authorization
    /// there was. A login that is to move has moved then, unless its break stays.
    pub(crate) fn repair(
        &mut self,
        login: LoginId,
        oauth: bool,
        now: DateTime<Utc>,
    ) -> Vec<AccountId> {
        let found = self.login(login);
        let moving = found.and_then(|found| found.moving);
        let stays = found.and_then(|found| found.broken?.after_sign_in());
        let login = match moving {
            Some(_) if stays.is_none() => self.arrive(login, now),
            _ => login,
        };
        if oauth || moving.is_some_and(|moving| moving.oauth) {
            self.authorize(login, now);
        }
        self.ledger.renew(login, now + AUTHORIZATION, now);
        self.ledger.repair(login, now);
        self.ledger.ids_under(login)
    }

    /// Where people have the accounts that they find at an institution: at the
    /// one that moved there, if any did.
    pub(crate) fn home_of(&self, id: InstitutionId) -> InstitutionId {
        let mut moved = self.ledger.successors.iter();
        moved
            .find(|(_, to)| **to == id)
            .map_or(id, |(from, _)| *from)
    }

    /// Where an institution is announced to move.
    pub(crate) fn successor(&self, id: InstitutionId) -> Option<InstitutionId> {
        self.ledger.successors.get(&id).copied()
    }

    /// All announced moves, from and to.
    pub(crate) fn successors(&self) -> impl Iterator<Item = (InstitutionId, InstitutionId)> {
        self.ledger.successors.iter().map(|(from, to)| (*from, *to))
    }

    /// Institutions where nothing is aggregated unless a person asks.
    pub(crate) fn frozen(&self) -> impl Iterator<Item = InstitutionId> {
        self.ledger.frozen.iter().copied()
    }

    /// Refreshes accounts now. Answers the code of the last failure, if any.
    pub(crate) fn refresh(&mut self, ids: &[AccountId], now: DateTime<Utc>) -> Vec<StatusCode> {
        ids.iter()
            .filter_map(|id| self.ledger.attempt(*id, now))
            .collect()
    }

    /// Ends access to one account; a login without accounts is gone too.
    pub(crate) fn delete_account(&mut self, id: AccountId) {
        let Some(account) = self.ledger.accounts.remove(&id) else {
            return;
        };
        if self.ledger.ids_under(account.login).is_empty() {
            self.ledger.logins.remove(&account.login);
        }
    }

    pub(crate) fn delete_login(&mut self, id: LoginId) {
        self.ledger.logins.remove(&id);
        self.ledger
            .accounts
            .retain(|_, account| account.login != id);
    }

    /// What the control page has set for an institution.
    pub(crate) fn availability(&self, id: InstitutionId) -> Option<Availability> {
        self.ledger.availability.get(&id).copied()
    }

    /// All that the control page has set.
    pub(crate) fn availabilities(&self) -> impl Iterator<Item = (InstitutionId, Availability)> {
        self.ledger
            .availability
            .iter()
            .map(|(id, over)| (*id, *over))
    }

    /// Lays an availability over an institution's record; `None` takes it off.
    pub(crate) fn set_availability(&mut self, id: InstitutionId, over: Option<Availability>) {
        match over {
            Some(over) => self.ledger.availability.insert(id, over),
            None => self.ledger.availability.remove(&id),
        };
    }

    pub(crate) fn first_aggregation(&self) -> FirstAggregation {
        self.ledger.first
    }

    pub(crate) fn set_first_aggregation(&mut self, first: FirstAggregation) {
        self.ledger.first = first;
    }

    /// Makes a link.
    pub(crate) fn sign_link(
        &mut self,
        order: LinkOrder,
        partner: &str,
        now: DateTime<Utc>,
    ) -> &ConnectLink {
        let place = self.count();
        // Links are told apart by their signature, so no two share a millisecond.
        let made = now.max(self.last_link + Duration::milliseconds(1));
        self.last_link = made;
        let link = ConnectLink::sign(order, partner, &self.link_key, made, place);
        self.links.entry(link.id.clone()).or_insert(link)
    }

    /// Checks a link's query and notes its opening.
    pub(crate) fn open_link(
        &mut self,
        query: &str,
        now: DateTime<Utc>,
    ) -> Result<&ConnectLink, LinkProblem> {
        let id = link::verify(query, &self.link_key).ok_or(LinkProblem::Unknown)?;
        let order = self
            .links
            .get(&id)
            .map(|link| &link.order)
            .ok_or(LinkProblem::Unknown)?;
        let gone = match &order.flow {
            Flow::Fix { login } => !self.ledger.logins.contains_key(login),
            _ => false,
        };
        if gone || !self.customers.contains_key(&order.customer) {
            return Err(LinkProblem::Gone);
        }
        let link = self.links.get_mut(&id).ok_or(LinkProblem::Unknown)?;
        link.check(now)?;
        link.opened.push(now);
        Ok(link)
    }

    pub(crate) fn complete_link(&mut self, id: &LinkId, now: DateTime<Utc>) {
        if let Some(link) = self.links.get_mut(id) {
            link.completed.get_or_insert(now);
        }
    }

    pub(crate) fn link(&self, id: &LinkId) -> Option<&ConnectLink> {
        self.links.get(id)
    }

    /// Links, newest first.
    pub(crate) fn links(&self) -> Vec<&ConnectLink> {
        let mut links: Vec<&ConnectLink> = self.links.values().collect();
        links.sort_by_key(|link| std::cmp::Reverse(link.place));
        links
    }

    /// Queues an event for the receiver that the link names, if any.
    pub(crate) fn record_event(&mut self, id: &LinkId, event: &Event, now: DateTime<Utc>) {
        let Some(link) = self.links.get(id) else {
            return;
        };
        let Some(webhook) = link.order.webhook.clone() else {
            return;
        };
        let event_id = format!("{}-{}", now.timestamp_millis(), self.random.hex::<12>());
        let body = event.body(&link.order, &webhook, &event_id);
        let effect = self.faults.take_webhook(&event.kind);
        let queued = Queued {
            link: id.clone(),
            event_id,
            event_type: event.kind.clone(),
            webhook,
            body,
        };
        self.outbox.push(&queued, effect, now);
    }
}
