//! The second step of signing in.

use async_trait::async_trait;
use relink_app::api::{
    factor::{Enrolment, FactorView, Need, PasskeyView},
    ids::PasskeyRef,
    refusal::Fault,
    visit::{FactorPort, SetUpPort},
};
use relink_engine::identity::{Email, ListedPasskey, SetUpOwed, TotpSecret};

use super::{Desk, internal};
use crate::{
    http::{App, Asking},
    qr,
};

/// The port of who has to set up a second step.
pub(super) struct SetUpDesk {
    app: App,
    owed: SetUpOwed,
    asking: Asking,
}

impl SetUpDesk {
    /// Holds the proof that the password was right.
    pub(super) fn new(app: App, owed: SetUpOwed, asking: Asking) -> Self {
        Self { app, owed, asking }
    }
}

#[async_trait]
impl SetUpPort for SetUpDesk {
    async fn pending(&self) -> Result<Option<Enrolment>, Fault> {
        let pending = self.app.identity.pending_factor(&self.owed).await;
        let pending = pending.map_err(|error| internal(&self.asking, &error))?;
        Ok(pending.map(|secret| enrolment(&self.app, &secret, &self.owed.user().email)))
    }

    fn takes_passkeys(&self) -> bool {
        self.app.identity.takes_passkeys()
    }
}

#[async_trait]
impl FactorPort for Desk {
    async fn state(&self) -> Result<FactorView, Fault> {
        let identity = &self.app.identity;
        let fault = |error: &dyn std::error::Error| internal(&self.asking, error);
        let state = identity.factor_state(&self.person).await;
        let state = state.map_err(|error| fault(&error))?;
        let pending = identity.pending_factor(&self.person).await;
        let pending = pending.map_err(|error| fault(&error))?;
        let calendar = self.asking.calendar;
        let passkey = |listed: ListedPasskey| PasskeyView {
            id: PasskeyRef::new(listed.id.0.as_u128()),
            name: listed.name,
            added: calendar.day(listed.created_at),
            used: listed.last_used_at.map(|at| calendar.when(at)),
        };
        Ok(FactorView {
            since: state.since.map(|at| calendar.when(at)),
            passkeys: state
                .passkeys
                .map(|all| all.into_iter().map(passkey).collect()),
            codes_left: state.codes_left,
            need: if state.required {
                Need::Required
            } else {
                Need::Optional
            },
            pending: pending.map(|secret| enrolment(&self.app, &secret, self.person.email())),
        })
    }
}

fn enrolment(app: &App, secret: &TotpSecret, email: &Email) -> Enrolment {
    let drawn = qr::draw(&secret.uri(&app.site.product, email));
    Enrolment {
        side: drawn.side,
        path: drawn.path,
        secret: secret.grouped(),
    }
}
