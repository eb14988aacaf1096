//! A person's own sign-ins.

use async_trait::async_trait;
use relink_app::api::{
    account::{SignIn, Which, Zones},
    ids::SignInRef,
    refusal::Fault,
    visit::AccountPort,
};

use super::{Desk, internal, views};
use crate::calendar::places;

#[async_trait]
impl AccountPort for Desk {
    async fn sign_ins(&self) -> Result<Vec<SignIn>, Fault> {
        let listed = self.app.identity.sessions().list(&self.person).await;
        let listed = listed.map_err(|error| internal(&self.asking, &error))?;
        let (here, calendar) = (self.person.session(), self.asking.calendar);
        let mut all: Vec<SignIn> = listed
            .into_iter()
            .map(|sign_in| SignIn {
                id: SignInRef::new(sign_in.handle.0.as_u128()),
                device: self.device(sign_in.user_agent.as_deref().unwrap_or_default()),
                address: sign_in.address.unwrap_or_default(),
                started: calendar.when(sign_in.created_at),
                last_used: calendar.when(sign_in.last_seen_at),
                which: if sign_in.handle == here {
                    Which::This
                } else {
                    Which::Other
                },
            })
            .collect();
        all.sort_by_key(|sign_in| sign_in.which != Which::This);
        Ok(all)
    }

    fn zones(&self) -> Zones {
        Zones {
            chosen: self.person.zone().map(|zone| zone.name().to_owned()),
            usual: self.app.settings.zone.name().to_owned(),
            all: places().map(str::to_owned).collect(),
        }
    }
}

impl Desk {
    fn device(&self, user_agent: &str) -> String {
        let (browser, system) = views::device(user_agent);
        self.asking.language.device(browser, system)
    }
}
