//! Connecting: the start, the visit, the choice.

use async_trait::async_trait;
use relink_app::api::{
    accounts::{AccountRow, KeepError, Kept},
    connect::{Launch, RepairEnd, SessionError, SessionView, Stage, Start, StartError, Window},
    connections::ConnectionCard,
    ids::{AccountRef, ConnectionRef, SessionRef},
    refusal::Fault,
    shared::{InstitutionName, Reference},
    site::RepairEntry,
    visit::{ConnectingPort, ConnectionsPort as _},
};
use relink_engine::{
    connect::{Consent, ReviewError, StartError as EngineStartError, Visit},
    institutions::{Availability, InstitutionsError},
};
use relink_mastercard::{Cause, InstitutionId};

use super::{Desk, account_id, internal, session_id, spoken, views};

#[async_trait]
impl ConnectingPort for Desk {
    async fn start(&self, start: Start) -> Result<Launch, StartError> {
        let shown = self.app.texts.consent(self.asking.language);
        if start.consent_version != shown.version {
            return Err(StartError::ConsentChanged);
        }
        let id = i64::try_from(start.institution.get())
            .map(InstitutionId::new)
            .map_err(|_| StartError::Gone)?;
        let read = self
            .app
            .institutions
            .confirm(id)
            .await
            .map_err(|error| match error {
                InstitutionsError::Upstream(error) => self.upstream(&error),
                InstitutionsError::Store(error) => {
                    StartError::Fault(internal(&self.asking, &error))
                }
            });
        let found = read?.ok_or(StartError::Gone)?;
        if let Availability::Unavailable { reason } = found.availability {
            return Err(StartError::Unavailable(views::unavailable(reason)));
        }
        if !start.another && self.has_to_fix(id).await? {
            return Err(StartError::FixFirst);
        }
        let consent = Consent {
            text_version: start.consent_version,
            language: spoken(self.asking.language),
        };
        let started = self
            .app
            .connect
            .start(&self.person, &found.institution, &consent)
            .await;
        let started = started.map_err(|error| self.refused(&error))?;
        if let Err(error) = self.app.institutions.record_choice(id).await {
            // Usage only orders equals in the search.
            tracing::warn!(
                error = crate::http::chain(&error),
                "a choice was not counted"
            );
        }
        Ok(Launch {
            session: SessionRef::new(started.session.0.as_u128()),
            institution: InstitutionName {
                id: start.institution,
                name: found.institution.shown_name().to_owned(),
            },
            window: self.window(start.window, found.institution.oauth_enabled),
            link: started.link.expose().to_owned(),
            return_url: started.return_url.path().to_owned(),
        })
    }

    async fn session(&self, id: SessionRef) -> Result<SessionView, SessionError> {
        let visit = self.visit(id).await?;
        let settings = self.app.connect.settings();
        let mut view = views::session(&visit, settings, self.basis());
        if let Stage::Repair(RepairEnd::Repaired { next }) = &mut view.stage {
            *next = self.next_to_fix(view.repairs).await?;
        }
        Ok(view)
    }

    async fn accounts(&self, id: SessionRef) -> Result<Vec<AccountRow>, SessionError> {
        let visit = self.visit(id).await?;
        Ok(visit
            .accounts
            .iter()
            .map(|account| views::account_row(account, &visit.session.institution_name))
            .collect())
    }

    async fn keep(
        &self,
        id: SessionRef,
        kept: &[AccountRef],
        seen: &[AccountRef],
    ) -> Result<Kept, KeepError> {
        let (kept, seen): (Vec<_>, Vec<_>) = (
            kept.iter().copied().map(account_id).collect(),
            seen.iter().copied().map(account_id).collect(),
        );
        match self
            .app
            .connect
            .review(&self.person, session_id(id), &kept, &seen)
            .await
        {
            Ok(done) => Ok(Kept {
                kept: count(done.kept),
                removed: count(done.removing),
            }),
            Err(ReviewError::NotFound) => Err(KeepError::NotOfThisVisit),
            Err(ReviewError::Unseen) => Err(KeepError::Changed),
            Err(error) => Err(KeepError::Fault(internal(&self.asking, &error))),
        }
    }
}

impl Desk {
    /// Whether a connection of the person's there is to be fixed before another
    /// is made.
    async fn has_to_fix(&self, id: InstitutionId) -> Result<bool, StartError> {
        if self.app.site.repair_entry == RepairEntry::Standalone {
            return Ok(false);
        }
        let existing = self.existing(id).await.map_err(StartError::Fault)?;
        Ok(existing.iter().any(ConnectionCard::is_fixable))
    }

    /// The next connection that can be fixed, its institution's name, and how
    /// many there are.
    async fn next_to_fix(
        &self,
        done: Option<ConnectionRef>,
    ) -> Result<Option<(ConnectionRef, String, u32)>, Fault> {
        let mut cards = self.overview().await?;
        cards.retain(|card| card.is_fixable() && Some(card.id) != done);
        let left = count(cards.len());
        let next = cards.into_iter().next();
        Ok(next.map(|card| (card.id, card.institution.name, left)))
    }

    async fn visit(&self, id: SessionRef) -> Result<Visit, SessionError> {
        let found = self.app.connect.visit(&self.person, session_id(id)).await;
        let found = found.map_err(|error| SessionError::Fault(internal(&self.asking, &error)))?;
        found.ok_or(SessionError::Fault(Fault::NotFound))
    }

    /// How Data Connect opens: as the script asks, where the operator set it so.
    /// OAuth must open at top level by a real click.
    pub(super) fn window(&self, asked: Window, oauth: bool) -> Window {
        if !oauth && asked == self.app.site.window {
            asked
        } else {
            Window::Redirect
        }
    }

    fn reference(&self) -> Reference {
        Reference::new(self.asking.reference.clone())
    }

    /// Why a link was not made, as the person is told. Logged here, once.
    fn refused(&self, error: &EngineStartError) -> StartError {
        match error {
            EngineStartError::WebhookUnreachable(source) => self.webhook_unreachable(source),
            EngineStartError::Upstream(source) => self.upstream(source),
            EngineStartError::CustomerLost
            | EngineStartError::Erased
            | EngineStartError::Store(_) => StartError::Fault(internal(&self.asking, error)),
        }
    }

    pub(super) fn webhook_unreachable(&self, error: &relink_mastercard::Error) -> StartError {
        tracing::error!(
            error = crate::http::chain(error),
            "Mastercard could not reach our webhook"
        );
        StartError::WebhookNotReached(self.reference())
    }

    pub(super) fn upstream(&self, error: &relink_mastercard::Error) -> StartError {
        tracing::warn!(
            error = crate::http::chain(error),
            "Mastercard did not answer as hoped"
        );
        match error.cause {
            Cause::CredentialsRejected { .. }
            | Cause::CredentialsBlocked { .. }
            | Cause::CredentialsUnchecked => StartError::NotAccepted(self.reference()),
            _ => StartError::Upstream(self.reference()),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
