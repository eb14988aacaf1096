//! The ports of the sample world.

use async_trait::async_trait;
use relink_app::api::account::{SignIn, Which, Zones};
use relink_app::api::accounts::{AccountRow, KeepError, Kept, RemoveError};
use relink_app::api::admin::{Counted, Missing};
use relink_app::api::breaks::{BreakFilter, BreaksPage};
use relink_app::api::campaigns::{CampaignFilter, CampaignPage, CampaignsPage, TargetFilter};
use relink_app::api::codes::CodesView;
use relink_app::api::connect::{
    Launch, SessionError, SessionView, Stage, Start, StartError, Window,
};
use relink_app::api::connections::{Alike, ConnectionCard, Event, Happened, Repair, RepairError};
use relink_app::api::events::{EventFilter, EventRef, EventView, EventsPage};
use relink_app::api::funnels::{FunnelFilter, FunnelView};
use relink_app::api::gaps::{GapFilter, GapsPage};
use relink_app::api::health::HealthView;
use relink_app::api::ids::{
    AccountRef, CampaignRef, ConnectionRef, InstitutionId, NoticeRef, OutageRef, SessionRef,
    SignInRef,
};
use relink_app::api::institution::{InstitutionError, InstitutionPage};
use relink_app::api::jobs::{JobFilter, JobsPage};
use relink_app::api::notices::{NoticeSettings, NoticeView, Seen};
use relink_app::api::outages::{CutOffFilter, OutageView};
use relink_app::api::people::{Invited, Role};
use relink_app::api::places::{PlaceFilter, PlaceView, PlacesPage};
use relink_app::api::refusal::Fault;
use relink_app::api::rows::{RowFilter, RowsPage};
use relink_app::api::search::{Found, Hit, Kind, Relation, SearchError, Typing};
use relink_app::api::shared::{InstitutionName, Mask};
use relink_app::api::visit::{
    AccountPort, AdminPort, ConnectingPort, ConnectionsPort, InstitutionsPort, LinkPort,
    NoticesPort,
};
use relink_app::api::wording::Wording;

use crate::campaigns;
use crate::figures;
use crate::funnels;
use crate::operations;
use crate::sample::{World, hit, hits, rows, when};

#[async_trait]
impl InstitutionsPort for World {
    async fn popular(&self) -> Result<Vec<Hit>, SearchError> {
        let names = [
            ("Chase", "chase.com"),
            ("Bank of America", "bankofamerica.com"),
            ("Wells Fargo", "wellsfargo.com"),
            ("Capital One", "capitalone.com"),
            ("American Express", "americanexpress.com"),
            ("Navy Federal Credit Union", "navyfederal.org"),
            ("Charles Schwab", "schwab.com"),
            ("FinBank Profiles - A", "finbank.com"),
        ];
        let hits = names.into_iter().zip(10..).map(|((name, host), id)| Hit {
            relation: if id == 14 {
                Relation::Connected
            } else {
                Relation::New
            },
            ..hit(id, name, host, Kind::Bank)
        });
        Ok(hits.collect())
    }

    async fn search(&self, term: &str, _: Typing) -> Result<Found, SearchError> {
        Ok(match term {
            "nothing" => Found {
                poor: true,
                ..Found::default()
            },
            _ => Found {
                hits: hits(),
                total: 41,
                poor: false,
            },
        })
    }

    async fn page(&self, _: InstitutionId) -> Result<InstitutionPage, InstitutionError> {
        self.page.clone()
    }
}

#[async_trait]
impl ConnectingPort for World {
    async fn start(&self, _: Start) -> Result<Launch, StartError> {
        Err(StartError::Gone)
    }

    async fn session(&self, id: SessionRef) -> Result<SessionView, SessionError> {
        let institution = InstitutionName {
            id: InstitutionId::new(102_105),
            name: "FinBank Profiles - A".into(),
        };
        Ok(SessionView {
            id,
            institution,
            repairs: matches!(self.stage, Stage::Repair(_)).then_some(ConnectionRef::new(11)),
            stage: self.stage.clone(),
        })
    }

    async fn accounts(&self, _: SessionRef) -> Result<Vec<AccountRow>, SessionError> {
        Ok(rows())
    }

    async fn keep(
        &self,
        _: SessionRef,
        _: &[AccountRef],
        _: &[AccountRef],
    ) -> Result<Kept, KeepError> {
        Err(KeepError::Changed)
    }
}

#[async_trait]
impl ConnectionsPort for World {
    async fn overview(&self) -> Result<Vec<ConnectionCard>, Fault> {
        Ok(self.cards.clone())
    }

    async fn one(&self, id: ConnectionRef) -> Result<(ConnectionCard, Vec<Happened>), Fault> {
        let mut cards = self.cards.iter().filter(|card| card.id == id);
        let card = cards.next().cloned().ok_or(Fault::NotFound)?;
        let happened = [
            Event::Broke(Wording::SignInChanged),
            Event::Renewed,
            Event::AccountBack("Savings ··9034".into()),
            Event::AccountGone("Savings ··9034".into()),
            Event::Repaired,
            Event::RepairBegun,
            Event::RenewalBegun,
            Event::CauseChanged(Wording::CodeNeeded),
            Event::Moved,
            Event::Gone,
            Event::Connected,
        ];
        let happened = happened
            .into_iter()
            .map(|what| Happened { at: when(), what });
        Ok((card, happened.collect()))
    }

    async fn alike(&self, id: ConnectionRef) -> Result<Vec<Alike>, Fault> {
        let candidates = [("2001", "Savings"), ("2002", "Rainy Day Savings")];
        let candidates = candidates.map(|(id, name)| (id.into(), name.into()));
        Ok(vec![Alike {
            account: AccountRef::new(id.get()),
            name: "Savings".into(),
            mask: Mask::of("9034"),
            candidates: candidates.into(),
        }])
    }

    async fn same(&self, _: AccountRef, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    async fn renew(&self, _: ConnectionRef) -> Result<Repair, RepairError> {
        Ok(Repair::AlreadyWorks)
    }

    async fn disconnect_all(&self) -> Result<(), RemoveError> {
        Ok(())
    }

    async fn repair(&self, _: ConnectionRef, _: Window) -> Result<Repair, RepairError> {
        Err(RepairError::NotFixable)
    }

    async fn disconnect(&self, _: ConnectionRef) -> Result<(), RemoveError> {
        Ok(())
    }

    async fn remove(&self, _: AccountRef) -> Result<(), RemoveError> {
        Ok(())
    }
}

#[async_trait]
impl AccountPort for World {
    async fn sign_ins(&self) -> Result<Vec<SignIn>, Fault> {
        let one = |id, device: &str, which| SignIn {
            id: SignInRef::new(id),
            device: device.into(),
            address: "203.0.113.7".into(),
            started: when(),
            last_used: when(),
            which,
        };
        Ok(vec![
            one(1, "Firefox on Linux", Which::This),
            one(2, "Safari on iPhone", Which::Other),
        ])
    }

    fn zones(&self) -> Zones {
        Zones {
            chosen: Some("America/Chicago".into()),
            usual: "America/New_York".into(),
            all: vec!["America/Chicago".into(), "Europe/Paris".into()],
        }
    }
}

#[async_trait]
impl NoticesPort for World {
    async fn unseen(&self) -> Result<u32, Fault> {
        let new = self.notices.iter().filter(|one| one.seen == Seen::New);
        Ok(u32::try_from(new.count()).unwrap_or_default())
    }

    async fn all(&self) -> Result<Vec<NoticeView>, Fault> {
        Ok(self.notices.clone())
    }

    async fn one(&self, id: NoticeRef) -> Result<NoticeView, Fault> {
        let mut all = self.notices.iter();
        let found = all.find(|one| one.id == id);
        found.cloned().ok_or(Fault::NotFound)
    }

    async fn settings(&self) -> Result<NoticeSettings, Fault> {
        Ok(self.settings.clone())
    }
}

#[async_trait]
impl LinkPort for World {
    async fn whose(&self, token: &str) -> Result<Option<String>, Fault> {
        Ok((token == "t0ken").then(|| "a•••@example.com".into()))
    }

    async fn invited(&self, token: &str) -> Result<Option<Invited>, Fault> {
        Ok((token == "t0ken").then(|| Invited {
            email: "fay@example.com".into(),
            role: Role::Support,
        }))
    }
}

#[async_trait]
impl AdminPort for World {
    async fn health(&self) -> Result<HealthView, Fault> {
        Ok(HealthView {
            upstream: self.upstream.clone(),
            ..figures::health()
        })
    }

    async fn rows(&self, _: &RowFilter) -> Result<RowsPage, Fault> {
        Ok(figures::rows())
    }

    async fn breaks(&self, _: &BreakFilter) -> Result<BreaksPage, Fault> {
        Ok(figures::breaks())
    }

    async fn outage(&self, _: OutageRef, _: CutOffFilter) -> Result<OutageView, Fault> {
        Ok(figures::outage())
    }

    async fn institutions(&self, filter: &PlaceFilter) -> Result<Option<PlacesPage>, Fault> {
        let known = filter.after != Some(InstitutionId::new(9));
        Ok(known.then(figures::institutions))
    }

    async fn institution(&self, _: InstitutionId) -> Result<PlaceView, Fault> {
        Ok(figures::institution())
    }

    async fn funnel(&self, filter: &FunnelFilter) -> Result<FunnelView, Fault> {
        Ok(funnels::funnel(filter))
    }

    async fn codes(&self) -> Result<CodesView, Fault> {
        Ok(figures::codes())
    }

    async fn events(&self, filter: &EventFilter) -> Result<EventsPage, Fault> {
        Ok(operations::events(filter.kind.as_deref()))
    }

    async fn event(&self, _: &EventRef) -> Result<EventView, Fault> {
        Ok(operations::event())
    }

    async fn gaps(&self, filter: &GapFilter) -> Result<GapsPage, Fault> {
        Ok(operations::gaps(filter.days))
    }

    async fn jobs(&self, filter: &JobFilter) -> Result<JobsPage, Fault> {
        Ok(operations::jobs(filter))
    }

    async fn campaigns(&self, filter: CampaignFilter) -> Result<Option<CampaignsPage>, Fault> {
        Ok(campaigns::list(filter))
    }

    async fn campaign(&self, id: CampaignRef, filter: TargetFilter) -> Result<CampaignPage, Fault> {
        campaigns::one(id, filter).ok_or(Fault::NotFound)
    }

    async fn missing(&self) -> Result<Missing, Fault> {
        let counted = |text: &str, count| Counted {
            text: text.into(),
            count,
            last: when(),
        };
        Ok(Missing {
            reported: vec![
                counted("Lakeshore Teachers Credit Union", 14),
                counted("Monobank", 3),
            ],
            empty: vec![counted("revolut busines", 22), counted("n26", 9)],
        })
    }
}
