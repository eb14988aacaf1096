//! The one value that the server puts into context for a request, and the
//! ports in it. Only the server has these: in the browser the body of a server
//! function is not compiled.

#[cfg(feature = "ssr")]
pub use ports::*;

#[cfg(feature = "ssr")]
mod ports {
    use std::sync::Arc;

    use async_trait::async_trait;
    use leptos::prelude::use_context;

    use crate::api::account::{PersonView, SignIn, Zones};
    use crate::api::accounts::{AccountRow, KeepError, Kept, RemoveError};
    use crate::api::admin::Missing;
    use crate::api::audit::{AuditError, AuditFilter, AuditPage};
    use crate::api::breaks::{BreakFilter, BreaksPage};
    use crate::api::campaigns::{
        CampaignFilter, CampaignPage, CampaignsPage, NewCampaign, NewFilter, TargetFilter,
    };
    use crate::api::cases::{BundleFilter, CaseFilter, CasePage, CasesPage, Together};
    use crate::api::codes::CodesView;
    use crate::api::connect::{Launch, SessionError, SessionView, Start, StartError, Window};
    use crate::api::connections::{Alike, ConnectionCard, Happened, Repair, RepairError};
    use crate::api::events::{EventFilter, EventRef, EventView, EventsPage};
    use crate::api::factor::{Enrolment, FactorView, Ways};
    use crate::api::forms::Flash;
    use crate::api::funnels::{FunnelFilter, FunnelView};
    use crate::api::gaps::{GapFilter, GapsPage};
    use crate::api::health::HealthView;
    use crate::api::ids::{
        AccountRef, CampaignRef, CaseRef, ConnectionRef, InstitutionId, NoticeRef, OutageRef,
        SessionRef, UserRef,
    };
    use crate::api::institution::{InstitutionError, InstitutionPage};
    use crate::api::jobs::{JobFilter, JobsPage};
    use crate::api::notices::{NoticeSettings, NoticeView};
    use crate::api::outages::{CutOffFilter, OutageView};
    use crate::api::people::{Invitations, Invited, PeopleFilter, PeoplePage, PersonPage};
    use crate::api::places::{PlaceFilter, PlaceView, PlacesPage};
    use crate::api::refusal::{Fault, Refusal};
    use crate::api::rows::{RowFilter, RowsPage};
    use crate::api::search::{Found, Hit, SearchError, Typing};
    use crate::api::shared::Reference;
    use crate::api::site::SiteFacts;
    use crate::api::story::{FoundPerson, StoryFilter, StoryPage};
    use crate::words::Language;

    /// A request, as pages and server functions see it.
    #[derive(Clone)]
    pub struct Visit {
        /// Who is signed in. Holding it *is* the authorisation: the server
        /// makes one only when the sign-in check passed.
        pub person: Option<Person>,
        /// Present only for staff (viewer, support, admin), by the same rule.
        pub admin: Option<Arc<dyn AdminPort>>,
        /// Present only for who may help users (support, admin), by the same
        /// rule.
        pub helper: Option<Arc<dyn HelperPort>>,
        /// Present only for an admin, by the same rule.
        pub keeper: Option<Arc<dyn KeeperPort>>,
        /// What a sign-in owes whose password was right.
        pub owed: Option<Owed>,
        /// For strangers with a letter's link; absent on pages that the server
        /// makes by itself.
        pub links: Option<Arc<dyn LinkPort>>,
        /// The installation.
        pub site: Arc<SiteFacts>,
        /// What a form left behind. Taken out of the session by the server for
        /// pages only, so that a server function does not use it up.
        pub flash: Flash,
        /// The nonce of the Content-Security-Policy header; the same that
        /// `leptos::nonce::use_nonce` gives.
        pub nonce: String,
        /// The language of the words.
        pub language: Language,
        /// The address path.
        pub path: String,
        /// The query, decoded once by the server. (The router decodes twice.)
        pub query: Vec<(String, String)>,
        /// Shown with faults, and in the logs.
        pub reference: Reference,
        /// What the browser is, from its user agent and client hints.
        pub browser: Browser,
    }

    /// What kind of browser asks.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Browser {
        /// An ordinary one.
        Ordinary,
        /// One inside another app, which some institutions refuse.
        InApp,
    }

    /// Who is signed in, and all that they can do: each port holds this
    /// person's id and reaches no other's rows.
    #[derive(Clone)]
    pub struct Person {
        /// For the header and the account page.
        pub view: PersonView,
        /// Finding the institution.
        pub institutions: Arc<dyn InstitutionsPort>,
        /// Connecting.
        pub connecting: Arc<dyn ConnectingPort>,
        /// What is connected.
        pub connections: Arc<dyn ConnectionsPort>,
        /// The sign-in itself.
        pub account: Arc<dyn AccountPort>,
        /// The second step of signing in.
        pub factor: Arc<dyn FactorPort>,
        /// What they were told, and how they want to be.
        pub notices: Arc<dyn NoticesPort>,
    }

    /// What a sign-in owes before it is one. It gives nothing else.
    #[derive(Clone)]
    pub enum Owed {
        /// A factor that they have.
        Factor(Ways),
        /// A second step: there is none yet.
        SetUp(Arc<dyn SetUpPort>),
    }

    /// Finding the institution.
    #[async_trait]
    pub trait InstitutionsPort: Send + Sync {
        /// The operator's list, at most 8, only what can be chosen.
        async fn popular(&self) -> Result<Vec<Hit>, SearchError>;
        /// Best first. An empty or blank term finds nothing.
        async fn search(&self, term: &str, typing: Typing) -> Result<Found, SearchError>;
        /// Read anew from Mastercard.
        async fn page(&self, id: InstitutionId) -> Result<InstitutionPage, InstitutionError>;
    }

    /// Connecting.
    #[async_trait]
    pub trait ConnectingPort: Send + Sync {
        /// Writes the receipt, opens a connect session and makes the link.
        async fn start(&self, start: Start) -> Result<Launch, StartError>;
        /// How far a visit is. May itself read the accounts when it is time.
        async fn session(&self, id: SessionRef) -> Result<SessionView, SessionError>;
        /// The accounts that a visit brought.
        async fn accounts(&self, id: SessionRef) -> Result<Vec<AccountRow>, SessionError>;
        /// Keeps `kept`, removes the rest of `seen`.
        async fn keep(
            &self,
            id: SessionRef,
            kept: &[AccountRef],
            seen: &[AccountRef],
        ) -> Result<Kept, KeepError>;
    }

    /// What is connected.
    #[async_trait]
    pub trait ConnectionsPort: Send + Sync {
        /// All, what needs the person first, then by name.
        async fn overview(&self) -> Result<Vec<ConnectionCard>, Fault>;
        /// One, and what happened to it, the latest first.
        async fn one(&self, id: ConnectionRef) -> Result<(ConnectionCard, Vec<Happened>), Fault>;
        /// Makes a link to Data Connect Fix, where that helps.
        async fn repair(&self, id: ConnectionRef, window: Window) -> Result<Repair, RepairError>;
        /// Accounts of a connection that are missing, and what they may be now.
        async fn alike(&self, id: ConnectionRef) -> Result<Vec<Alike>, Fault>;
        /// The person says which account a missing one is now.
        async fn same(&self, account: AccountRef, candidate: &str) -> Result<(), Fault>;
        /// Makes a link to Data Connect Fix that renews a permission, where the
        /// operator does so.
        async fn renew(&self, id: ConnectionRef) -> Result<Repair, RepairError>;
        /// Removes everything, here and at Mastercard.
        async fn disconnect_all(&self) -> Result<(), RemoveError>;
        /// Removes all accounts of a connection, here and at Mastercard.
        async fn disconnect(&self, id: ConnectionRef) -> Result<(), RemoveError>;
        /// Removes one account, here and at Mastercard.
        async fn remove(&self, account: AccountRef) -> Result<(), RemoveError>;
    }

    /// The sign-in itself. (Password, revoking and signing out are form
    /// handlers of the server.)
    #[async_trait]
    pub trait AccountPort: Send + Sync {
        /// Signed-in browsers, this one first.
        async fn sign_ins(&self) -> Result<Vec<SignIn>, Fault>;
        /// By which clock the person reads, and which there are.
        fn zones(&self) -> Zones;
    }

    /// The second step that has to be set up.
    #[async_trait]
    pub trait SetUpPort: Send + Sync {
        /// What is being set up; looking at it changes nothing.
        async fn pending(&self) -> Result<Option<Enrolment>, Fault>;
        /// Whether it can be a passkey.
        fn takes_passkeys(&self) -> bool;
    }

    /// The person's own second step. (What changes it are form handlers of the
    /// server.)
    #[async_trait]
    pub trait FactorPort: Send + Sync {
        /// How it stands.
        async fn state(&self) -> Result<FactorView, Fault>;
    }

    /// What only an admin sees. (What changes it are form handlers of the
    /// server.)
    #[async_trait]
    pub trait KeeperPort: Send + Sync {
        /// People by address, those after `after`; `None` where that is nobody.
        async fn people(
            &self,
            filter: &PeopleFilter,
            after: Option<UserRef>,
        ) -> Result<Option<PeoplePage>, Fault>;
        /// Invitations that are open, by address.
        async fn invitations(&self, filter: &PeopleFilter) -> Result<Invitations, Fault>;
        /// One person. That the admin looked is put down.
        async fn person(&self, id: UserRef) -> Result<PersonPage, Fault>;
        /// What was done, the latest first, before the number `before`.
        async fn audit(
            &self,
            filter: &AuditFilter,
            before: Option<i64>,
        ) -> Result<AuditPage, AuditError>;
        /// What a new campaign can be about.
        async fn new_campaign(&self, filter: NewFilter) -> Result<NewCampaign, Fault>;
    }

    /// What support sees of people. (What changes it are form handlers of the
    /// server.) That they looked is put down.
    #[async_trait]
    pub trait HelperPort: Send + Sync {
        /// Whose e-mail address, customer, connection, account or visit it is.
        async fn find(&self, text: &str) -> Result<Vec<FoundPerson>, Fault>;
        /// One person's story.
        async fn story(&self, id: UserRef, filter: &StoryFilter) -> Result<StoryPage, Fault>;
        /// What Mastercard is told of, and what it was; `None` where there is
        /// no such page.
        async fn cases(&self, filter: &CaseFilter) -> Result<Option<CasesPage>, Fault>;
        /// What one case would tell of; `None` where nothing is left.
        async fn bundle(&self, filter: &BundleFilter) -> Result<Option<Together>, Fault>;
        /// One case.
        async fn case(&self, id: CaseRef) -> Result<CasePage, Fault>;
    }

    /// What a person was told, and how they want to be. (What changes it are
    /// form handlers of the server.)
    #[async_trait]
    pub trait NoticesPort: Send + Sync {
        /// How many are new. Asked on every page.
        async fn unseen(&self) -> Result<u32, Fault>;
        /// All, the newest first.
        async fn all(&self) -> Result<Vec<NoticeView>, Fault>;
        /// One. Looking at it changes nothing.
        async fn one(&self, id: NoticeRef) -> Result<NoticeView, Fault>;
        /// How the person is told.
        async fn settings(&self) -> Result<NoticeSettings, Fault>;
    }

    /// Letters' links that lead where nobody need be signed in. The token is the
    /// proof.
    #[async_trait]
    pub trait LinkPort: Send + Sync {
        /// Whose letters it stops, most of the address hidden; `None` for a
        /// token that is not ours. Looking changes nothing.
        async fn whose(&self, token: &str) -> Result<Option<String>, Fault>;
        /// Who is invited by it; `None` where it is not good, or not any more.
        async fn invited(&self, token: &str) -> Result<Option<Invited>, Fault>;
    }

    /// What staff can see.
    #[async_trait]
    pub trait AdminPort: Send + Sync {
        /// How all connections are, and were.
        async fn health(&self) -> Result<HealthView, Fault>;
        /// The connections behind a number, a page of them.
        async fn rows(&self, filter: &RowFilter) -> Result<RowsPage, Fault>;
        /// The breaks behind a number, a page of them.
        async fn breaks(&self, filter: &BreakFilter) -> Result<BreaksPage, Fault>;
        /// One outage, and a page of whom it has cut off.
        async fn outage(&self, id: OutageRef, filter: CutOffFilter) -> Result<OutageView, Fault>;
        /// Institutions by their figures, a page of them; `None` where there is
        /// none to go on from.
        async fn institutions(&self, filter: &PlaceFilter) -> Result<Option<PlacesPage>, Fault>;
        /// One institution's figures.
        async fn institution(&self, id: InstitutionId) -> Result<PlaceView, Fault>;
        /// How codes and causes are doing.
        async fn codes(&self) -> Result<CodesView, Fault>;
        /// How far visits or repairs come, and where they stop.
        async fn funnel(&self, filter: &FunnelFilter) -> Result<FunnelView, Fault>;
        /// What people look for in vain.
        async fn missing(&self) -> Result<Missing, Fault>;
        /// The log of events, a page of it.
        async fn events(&self, filter: &EventFilter) -> Result<EventsPage, Fault>;
        /// One event.
        async fn event(&self, id: &EventRef) -> Result<EventView, Fault>;
        /// What ought to have come and did not.
        async fn gaps(&self, filter: &GapFilter) -> Result<GapsPage, Fault>;
        /// The queue.
        async fn jobs(&self, filter: &JobFilter) -> Result<JobsPage, Fault>;
        /// Campaigns; `None` where there is no such page.
        async fn campaigns(&self, filter: CampaignFilter) -> Result<Option<CampaignsPage>, Fault>;
        /// One campaign, and a page of its targets.
        async fn campaign(
            &self,
            id: CampaignRef,
            filter: TargetFilter,
        ) -> Result<CampaignPage, Fault>;
    }

    impl Visit {
        /// The visit of this request. The server provides one for every page
        /// and server function; without it nothing can be answered.
        pub fn current() -> Option<Self> {
            use_context()
        }

        /// A visit that shows no person and no script: for a page that the
        /// server makes by itself.
        pub fn of_nobody(site: Arc<SiteFacts>, language: Language) -> Self {
            Self {
                person: None,
                admin: None,
                helper: None,
                keeper: None,
                owed: None,
                links: None,
                site,
                flash: Flash::default(),
                nonce: String::new(),
                language,
                path: String::new(),
                query: Vec::new(),
                reference: Reference::default(),
                browser: Browser::Ordinary,
            }
        }

        /// The first value of a query parameter.
        pub fn query(&self, name: &str) -> Option<&str> {
            let mut all = self.query.iter();
            all.find(|(key, _)| key == name).map(|(_, value)| &**value)
        }
    }

    /// Sets the status of a refusal: server functions alone answer every
    /// error with 500.
    pub fn set_status(status: u16) {
        set(
            use_context::<leptos_axum::ResponseOptions>().as_ref(),
            status,
        );
    }

    fn set(response: Option<&leptos_axum::ResponseOptions>, status: u16) {
        let status = http::StatusCode::from_u16(status);
        if let Some(response) = response {
            response.set_status(status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
        }
    }

    /// Runs a server function for the person signed in.
    pub async fn answer<T, E: Refusal>(
        work: impl AsyncFnOnce(Person) -> Result<T, E>,
    ) -> Result<T, E> {
        // Context is gone after the first await when the client went away.
        let response = use_context::<leptos_axum::ResponseOptions>();
        let person = match Visit::current() {
            Some(visit) => visit.person.ok_or(Fault::SignedOut),
            None => Err(Fault::Internal(Reference::default())),
        };
        let result = match person {
            Ok(person) => work(person).await,
            Err(fault) => Err(fault.into()),
        };
        if let Err(refusal) = &result {
            set(response.as_ref(), refusal.status());
        }
        result
    }
}
