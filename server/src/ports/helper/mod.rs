//! What only support sees: a person's story, and cases for Mastercard.

mod cases;
mod story;
mod visit;

use async_trait::async_trait;
use relink_app::api::{
    cases::{BundleFilter, CaseFilter, CasePage, CasesPage, Together},
    ids::{CaseRef, UserRef},
    refusal::Fault,
    story::{FoundPerson, StoryFilter, StoryPage},
    visit::HelperPort,
};
use relink_engine::{identity::Support, ids::CaseId, status::Code, store::StoreError};
use uuid::Uuid;

use super::{internal, keeper::reference, user_id};
use crate::http::{App, Asking};

pub(crate) use cases::{CSV_HEAD, csv_line};
pub(crate) use story::refusal;

/// The port of who helps users.
pub(super) struct HelperDesk {
    app: App,
    support: Support,
    asking: Asking,
}

impl HelperDesk {
    /// Holds the proof that one of them asks.
    pub(super) fn new(app: App, support: Support, asking: Asking) -> Self {
        Self {
            app,
            support,
            asking,
        }
    }

    fn failed(&self) -> impl Fn(StoreError) -> Fault + '_ {
        |error| internal(&self.asking, &error)
    }
}

#[async_trait]
impl HelperPort for HelperDesk {
    async fn find(&self, text: &str) -> Result<Vec<FoundPerson>, Fault> {
        let client = self.asking.client();
        let found = self
            .app
            .helping
            .stories
            .find(&self.support, &client, text)
            .await;
        let person = |user: relink_engine::identity::User| FoundPerson {
            id: reference(user.id),
            email: user.email.as_str().to_owned(),
        };
        Ok(found
            .map_err(self.failed())?
            .into_iter()
            .map(person)
            .collect())
    }

    async fn story(&self, id: UserRef, filter: &StoryFilter) -> Result<StoryPage, Fault> {
        let client = self.asking.client();
        let (kind, before) = story::asked(filter);
        let found = self.app.helping.stories.story(
            &self.support,
            &client,
            user_id(id),
            kind,
            before.as_ref(),
        );
        let found = found.await.map_err(self.failed())?;
        let found = found.ok_or(Fault::NotFound)?;
        let letters = self.app.notices.no_letters(&self.support, user_id(id));
        let view = story::View {
            table: self.app.health.table(),
            calendar: self.asking.calendar,
            now: self.app.clocks.domain.now(),
            connections: &found.connections,
            no_letters: letters.await.map_err(self.failed())?,
        };
        Ok(view.page(&found, filter))
    }

    async fn cases(&self, filter: &CaseFilter) -> Result<Option<CasesPage>, Fault> {
        let after = match filter.after {
            None => None,
            Some((code, place)) => match i64::try_from(place.get()) {
                Ok(place) => Some((Code::new(code), place)),
                Err(_) => return Ok(None),
            },
        };
        let cases = &self.app.helping.cases;
        let before = filter.before.map(case_id);
        let list = cases.list(&self.support, before).await;
        let Some(sent) = list.map_err(self.failed())? else {
            return Ok(None);
        };
        let open = cases.open(&self.support, filter.days, after).await;
        let open = open.map_err(self.failed())?;
        let view = self.view();
        Ok(Some(view.list(&open, &sent, filter)))
    }

    async fn bundle(&self, filter: &BundleFilter) -> Result<Option<Together>, Fault> {
        let found = self.app.bundle(&self.support, filter).await;
        let found = found.map_err(self.failed())?;
        let view = self.view();
        Ok(found.map(|found| view.together(filter.institution, &found)))
    }

    async fn case(&self, id: CaseRef) -> Result<CasePage, Fault> {
        let found = self.app.helping.cases.one(&self.support, case_id(id)).await;
        let (case, stuck) = found.map_err(self.failed())?.ok_or(Fault::NotFound)?;
        Ok(self.view().one(&case, stuck))
    }
}

impl HelperDesk {
    fn view(&self) -> cases::View<'_> {
        cases::View {
            table: self.app.health.table(),
            calendar: self.asking.calendar,
        }
    }
}

impl App {
    /// What one case would tell of; `None` also where the address names no
    /// institution that there can be.
    pub(crate) async fn bundle(
        &self,
        support: &Support,
        filter: &BundleFilter,
    ) -> Result<Option<relink_engine::cases::Together>, StoreError> {
        let Ok(place) = i64::try_from(filter.institution.get()) else {
            return Ok(None);
        };
        let code = Code::new(filter.code);
        self.helping
            .cases
            .bundle(support, code, place, filter.days)
            .await
    }
}

/// The engine's id of a case.
pub(crate) fn case_id(case: CaseRef) -> CaseId {
    CaseId(Uuid::from_u128(case.get()))
}
