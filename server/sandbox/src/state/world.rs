//! The state as the hosted pages see it.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    AccountId, CustomerId, Flow, InstitutionId, LinkId, LinkProblem, LoginId, Sandbox, State,
    experience,
};
use crate::directory::{Institution, Status};
use crate::hosted::{self, LinkFault, LoginAccount, Reach};
use crate::people::{self, AccountSeed, Person};
use crate::webhooks::Event;

impl hosted::World for Sandbox {
    fn now(&self) -> DateTime<Utc> {
        self.clock().now()
    }

    fn random(&self) -> [u8; 16] {
        self.work(|state, _| state.random.bytes())
    }

    fn open_link(&self, query: &str) -> Result<hosted::Link, LinkFault> {
        self.work(|state, now| {
            let link = state
                .open_link(query, now)
                .map_err(|problem| match problem {
                    LinkProblem::Unknown | LinkProblem::Gone => LinkFault::Invalid,
                    LinkProblem::Expired => LinkFault::Expired,
                    LinkProblem::Used => LinkFault::Used,
                })?;
            Ok(hosted::Link {
                id: link.id.clone(),
                customer: link.order.customer,
                flow: flow_of(&link.order.flow),
                redirect_uri: link.order.redirect_uri.clone(),
                account_types: experience::account_types(link.order.experience.as_deref()),
            })
        })
    }

    fn complete_link(&self, link: &LinkId) {
        self.work(|state, now| state.complete_link(link, now));
    }

    fn institution(&self, id: InstitutionId) -> Option<hosted::Institution> {
        let record = Self::institution(self, id)?;
        Some(hosted::Institution {
            id,
            home: self.work(|state, _| state.home_of(id)),
            name: record.shown_name().to_owned(),
            oauth: record.oauth_enabled,
            colour: record
                .branding
                .as_ref()
                .and_then(|branding| branding.primary_color.as_deref().map(ToOwned::to_owned)),
            url_home: record.url_home_app.as_deref().map(ToOwned::to_owned),
            reach: reach_of(&record),
        })
    }

    fn login(&self, customer: CustomerId, login: LoginId) -> Option<hosted::Login> {
        self.work(|state, _| {
            let found = state
                .login(login)
                .filter(|found| found.customer == customer)?;
            let under: Vec<_> = state
                .accounts(customer)
                .into_iter()
                .filter(|account| account.login == login)
                .collect();
            let home = under.first().map(|account| account.facts.home);
            let accounts = under
                .into_iter()
                .map(|account| LoginAccount {
                    id: account.id,
                    name: account.facts.name.clone(),
                    mask: account.facts.mask.clone(),
                    code: account.aggregation.map(|latest| latest.code),
                })
                .collect();
            Some(hosted::Login {
                institution: found.fixed_at(),
                home: home.unwrap_or(found.institution),
                answer: found.fix,
                person: people::person(&found.person)?.username.clone(),
                accounts,
            })
        })
    }

    fn connect(
        &self,
        link: &LinkId,
        institution: InstitutionId,
        person: &'static Person,
        seeds: &[AccountSeed],
    ) -> Vec<Value> {
        let Some(record) = self.directory().get(institution) else {
            return Vec::new();
        };
        self.work(|state, now| {
            let Some(customer) = state.link(link).map(|link| link.order.customer) else {
                return Vec::new();
            };
            // The customer may have been deleted while the person was signing in.
            if state.customer(customer).is_none() || seeds.is_empty() {
                return Vec::new();
            }
            let ids = state.connect(customer, record, person, seeds, now);
            full_records(state, &ids)
        })
    }

    fn repair(&self, _link: &LinkId, login: LoginId) -> Vec<Value> {
        let institution = self.work(|state, _| state.login(login).map(super::Login::fixed_at));
        let oauth = institution
            .and_then(|id| self.directory().get(id))
            .is_some_and(|record| record.oauth_enabled);
        self.work(|state, now| {
            let ids = state.repair(login, oauth, now);
            full_records(state, &ids)
        })
    }

    fn record_event(
        &self,
        link: &LinkId,
        event_type: &str,
        payload: Value,
        trigger: Option<&'static str>,
    ) {
        let event = Event {
            kind: event_type.to_owned(),
            payload,
            trigger,
        };
        self.work(|state, now| state.record_event(link, &event, now));
        self.wake_sender();
    }
}

fn full_records(state: &State, ids: &[AccountId]) -> Vec<Value> {
    ids.iter()
        .filter_map(|id| state.account(*id))
        .map(super::Account::to_full)
        .collect()
}

fn flow_of(flow: &Flow) -> hosted::Flow {
    match flow {
        Flow::Lite { institution } => hosted::Flow::Lite(*institution),
        Flow::Fix { login } => hosted::Flow::Fix(*login),
        Flow::Full => hosted::Flow::NotPlayed("Data Connect Full"),
        Flow::JointBorrower => hosted::Flow::NotPlayed("Data Connect for joint borrowers"),
        Flow::Email => hosted::Flow::NotPlayed("Data Connect by e-mail"),
        Flow::EmailJointBorrower => {
            hosted::Flow::NotPlayed("Data Connect by e-mail for joint borrowers")
        }
    }
}

fn reach_of(record: &Institution) -> Reach {
    match record.status {
        Status::Offline | Status::Maintenance => Reach::Offline,
        _ if !record.trans_agg => Reach::Unsupported,
        _ => Reach::Online,
    }
}
