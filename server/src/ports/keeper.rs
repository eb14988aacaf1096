//! What only an admin sees: people, and what staff did.

use async_trait::async_trait;
use relink_app::api::{
    account::{SignIn, Which},
    audit::{Act, Actor, AuditError, AuditFilter, AuditPage, AuditRow},
    campaigns::{NewCampaign, NewFilter},
    ids::{InvitationRef, SignInRef, UserRef},
    people::{
        Invitation, Invitations, PeopleFilter, PeoplePage, PersonPage, PersonRow, Role, Standing,
        Whose,
    },
    refusal::Fault,
    visit::KeeperPort,
};
use relink_engine::{
    audit::{Entry, Kind},
    identity::{self, Admin, ListedPerson, OpenInvitation, SignedIn},
    ids::UserId,
};
use uuid::Uuid;

use super::{internal, views};
use crate::{
    acts::{self, NoFilter},
    http::{App, Asking},
};

const ROWS: u32 = 50;

/// The port of one admin.
pub(super) struct KeeperDesk {
    app: App,
    admin: Admin,
    asking: Asking,
}

impl KeeperDesk {
    /// Holds the proof that an admin asks.
    pub(super) fn new(app: App, admin: Admin, asking: Asking) -> Self {
        Self { app, admin, asking }
    }

    fn row(&self, person: ListedPerson) -> PersonRow {
        let calendar = self.asking.calendar;
        PersonRow {
            id: reference(person.id),
            email: person.email,
            role: shown_role(person.role),
            standing: match (person.disabled_at, person.email_confirmed_at) {
                (Some(at), _) => Standing::Disabled(calendar.when(at)),
                (None, Some(_)) => Standing::Active,
                (None, None) => Standing::Unconfirmed,
            },
            since: calendar.day(person.created_at),
            has_factor: person.has_factor,
        }
    }

    fn act(&self, entry: Entry) -> AuditRow {
        let calendar = self.asking.calendar;
        let thing = acts::thing(&entry, calendar);
        let facts = |json: &Option<String>| acts::facts(entry.kind, json.as_deref(), calendar);
        let (before, after) = (facts(&entry.before), facts(&entry.after));
        let id = entry.about_id.and_then(|id| id.parse().ok());
        let place = entry.address.map(|address| {
            let (browser, system) = views::device(entry.user_agent.as_deref().unwrap_or_default());
            format!(
                "{address}, {}",
                self.asking.language.device(browser, system)
            )
        });
        AuditRow {
            seq: entry.seq,
            at: calendar.when(entry.at),
            act: act(entry.kind),
            actor: match entry.actor {
                Some(_) => Actor::Person(entry.actor_name),
                None => Actor::Machine,
            },
            place,
            about: entry.about_kind.map(|_| (id, entry.about_name)),
            before,
            after,
            thing,
            reason: entry.reason,
        }
    }
}

#[async_trait]
impl KeeperPort for KeeperDesk {
    async fn people(
        &self,
        filter: &PeopleFilter,
        after: Option<UserRef>,
    ) -> Result<Option<PeoplePage>, Fault> {
        let filter = identity::PeopleFilter::new(&filter.beginning, filter.role.map(role));
        let after = after.map(user_id);
        // One more than is shown says whether there is a next page.
        let found = self
            .app
            .identity
            .people(&self.admin, &filter, after, ROWS + 1);
        let found = found
            .await
            .map_err(|error| internal(&self.asking, &error))?;
        Ok(found.map(|mut people| {
            let more = people.len() > ROWS as usize;
            people.truncate(ROWS as usize);
            let next = people
                .last()
                .filter(|_| more)
                .map(|last| reference(last.id));
            PeoplePage {
                rows: people.into_iter().map(|person| self.row(person)).collect(),
                next,
            }
        }))
    }

    async fn invitations(&self, filter: &PeopleFilter) -> Result<Invitations, Fault> {
        let filter = identity::PeopleFilter::new(&filter.beginning, filter.role.map(role));
        let found = self
            .app
            .identity
            .invitations(&self.admin, &filter, ROWS + 1);
        let mut found = found
            .await
            .map_err(|error| internal(&self.asking, &error))?;
        let more = found.len() > ROWS as usize;
        found.truncate(ROWS as usize);
        let row = |open: OpenInvitation| Invitation {
            id: InvitationRef::new(open.id.0.as_u128()),
            email: open.email.into(),
            role: shown_role(open.role),
            inviter: open.inviter,
            until: self.asking.calendar.when(open.expires_at),
        };
        Ok(Invitations {
            rows: found.into_iter().map(row).collect(),
            more,
        })
    }

    async fn person(&self, id: UserRef) -> Result<PersonPage, Fault> {
        let client = self.asking.client();
        let facts = self.app.identity.person(&self.admin, user_id(id), &client);
        let facts = facts
            .await
            .map_err(|error| internal(&self.asking, &error))?;
        let facts = facts.ok_or(Fault::NotFound)?;
        let oneself: &SignedIn = self.admin.as_ref();
        let calendar = self.asking.calendar;
        let sign_ins = facts.sign_ins.into_iter().map(|sign_in| {
            let (browser, system) =
                views::device(sign_in.user_agent.as_deref().unwrap_or_default());
            SignIn {
                id: SignInRef::new(sign_in.handle.0.as_u128()),
                device: self.asking.language.device(browser, system),
                address: sign_in.address.unwrap_or_default(),
                started: calendar.when(sign_in.created_at),
                last_used: calendar.when(sign_in.last_seen_at),
                which: if sign_in.handle == oneself.session() {
                    Which::This
                } else {
                    Which::Other
                },
            }
        });
        let sign_ins = sign_ins.collect();
        let user = facts.user;
        Ok(PersonPage {
            whose: if oneself.user() == user.id {
                Whose::Own
            } else {
                Whose::Another
            },
            row: self.row(ListedPerson {
                id: user.id,
                email: user.email.as_str().to_owned(),
                role: user.role,
                email_confirmed_at: user.email_confirmed_at,
                disabled_at: user.disabled_at,
                created_at: user.created_at,
                has_factor: facts.has_factor,
            }),
            passkeys: u32::try_from(facts.passkeys.len()).unwrap_or(u32::MAX),
            passkey_used: facts
                .passkeys
                .iter()
                .filter_map(|passkey| passkey.last_used_at)
                .max()
                .map(|at| calendar.when(at)),
            sign_ins,
        })
    }

    async fn audit(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
    ) -> Result<AuditPage, AuditError> {
        let fault =
            |error: &dyn std::error::Error| AuditError::Fault(internal(&self.asking, error));
        let filter = acts::filter(&self.app, &self.admin, filter, self.asking.zone()).await;
        let filter = filter.map_err(|none| match none {
            NoFilter::Nobody => AuditError::Nobody,
            NoFilter::NotADay => AuditError::NotADay,
            NoFilter::Store(error) => fault(&error),
        })?;
        let audit = self.app.identity.audit();
        let found = audit.list(&self.admin, &filter, before, ROWS + 1).await;
        let mut found = found.map_err(|error| fault(&error))?;
        let more = found.len() > ROWS as usize;
        found.truncate(ROWS as usize);
        let older = found.last().filter(|_| more).map(|last| last.seq);
        Ok(AuditPage {
            rows: found.into_iter().map(|entry| self.act(entry)).collect(),
            older,
        })
    }

    async fn new_campaign(&self, filter: NewFilter) -> Result<NewCampaign, Fault> {
        let desk = &self.app.helping.campaigns;
        let named = filter.institution.map(super::institution_key);
        let found = desk.choices(self.admin.as_ref(), named);
        let found = found
            .await
            .map_err(|error| internal(&self.asking, &error))?;
        Ok(super::campaigns::offered(&found, desk.texts()))
    }
}

/// The pages' id of a person.
pub(super) fn reference(id: UserId) -> UserRef {
    UserRef::new(id.0.as_u128())
}

/// The engine's id of a person.
pub fn user_id(id: UserRef) -> UserId {
    UserId(Uuid::from_u128(id.get()))
}

/// The engine's name for a role of the pages.
pub fn role(role: Role) -> identity::Role {
    match role {
        Role::User => identity::Role::User,
        Role::Viewer => identity::Role::Viewer,
        Role::Support => identity::Role::Support,
        Role::Admin => identity::Role::Admin,
    }
}

/// The same the other way.
pub fn shown_role(role: identity::Role) -> Role {
    match role {
        identity::Role::User => Role::User,
        identity::Role::Viewer => Role::Viewer,
        identity::Role::Support => Role::Support,
        identity::Role::Admin => Role::Admin,
    }
}

pub(super) fn act(kind: Kind) -> Act {
    match kind {
        Kind::SignedIn => Act::SignedIn,
        Kind::FactorFailed => Act::FactorFailed,
        Kind::FactorSetUp => Act::FactorSetUp,
        Kind::FactorRemoved => Act::FactorRemoved,
        Kind::PasskeyRenamed => Act::PasskeyRenamed,
        Kind::RecoveryCodeUsed => Act::RecoveryCodeUsed,
        Kind::RecoveryCodesMade => Act::RecoveryCodesMade,
        Kind::FactorsReset => Act::FactorsReset,
        Kind::Invited => Act::Invited,
        Kind::InvitationWithdrawn => Act::InvitationWithdrawn,
        Kind::Joined => Act::Joined,
        Kind::PasswordReset => Act::PasswordReset,
        Kind::PasswordChanged => Act::PasswordChanged,
        Kind::SignInEnded => Act::SignInEnded,
        Kind::SignedOutEverywhere => Act::SignedOutEverywhere,
        Kind::AdminMade => Act::AdminMade,
        Kind::RoleChanged => Act::RoleChanged,
        Kind::Disabled => Act::Disabled,
        Kind::Enabled => Act::Enabled,
        Kind::SessionsEnded => Act::SessionsEnded,
        Kind::Erased => Act::Erased,
        Kind::Looked => Act::Looked,
        Kind::Marked => Act::Marked,
        Kind::Unmarked => Act::Unmarked,
        Kind::EventReplayed => Act::EventReplayed,
        Kind::EventsReplayed => Act::EventsReplayed,
        Kind::JobRetried => Act::JobRetried,
        Kind::JobCancelled => Act::JobCancelled,
        Kind::SecretRotated => Act::SecretRotated,
        Kind::Snoozed => Act::Snoozed,
        Kind::Unsnoozed => Act::Unsnoozed,
        Kind::LetterSent => Act::LetterSent,
        Kind::CaseSent => Act::CaseSent,
        Kind::CaseNumbered => Act::CaseNumbered,
        Kind::CampaignMade => Act::CampaignMade,
        Kind::CampaignSent => Act::CampaignSent,
        Kind::CampaignStopped => Act::CampaignStopped,
        Kind::Exported => Act::Exported,
        Kind::NamesErased => Act::NamesErased,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_engine_call_an_act_the_same() {
        for kind in Kind::ALL {
            assert_eq!(act(*kind).value(), kind.as_str());
        }
        assert_eq!(Act::ALL.len(), Kind::ALL.len());
        for one in Role::ALL {
            assert_eq!(
                (shown_role(role(one)), role(one).as_str()),
                (one, one.value())
            );
        }
    }
}
