//! What people of the town of tests do on their way.

mod known;

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, InstitutionId};

use crate::{
    connect::session::Facts,
    health::testing::{House, Town},
    identity::SignedIn,
    ids::{ConnectSessionId, DeliveryId, NoticeId},
    notify::{Ask, Stage, Subject, Way},
    random::Random as _,
    store::{
        connect_sessions::ConnectSession,
        deliveries::{Delivery, End},
    },
    time::Clock as _,
};

#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test without its town must fail"
)]
impl Town {
    /// A user chooses an institution.
    pub async fn chooses(
        &self,
        (user, customer): &(SignedIn, CustomerId),
        place: i64,
        language: &str,
    ) -> ConnectSessionId {
        let now = self.clock.now();
        let institution = InstitutionId::new(place);
        let visit = ConnectSession {
            id: ConnectSessionId(self.random.id(now)),
            user: user.user(),
            customer: customer.clone(),
            institution,
            institution_name: format!("Bank {place}"),
            institutions: vec![institution],
            reference: self.random.token(),
            facts: Facts::default(),
            created: now,
            refreshed: None,
            repairs: None,
            language: language.to_owned(),
        };
        let mut unit = self.store.write().await.expect("a unit");
        unit.insert_connect_session(&visit).await.expect("a visit");
        unit.count_choice(institution).await.expect("a count");
        unit.save().await.expect("rows that stay");
        visit.id
    }

    /// Something becomes known of a visit.
    pub async fn learns(
        &self,
        visit: ConnectSessionId,
        what: impl FnOnce(&mut Facts, DateTime<Utc>) + Send,
    ) {
        let mut unit = self.store.write().await.expect("a unit");
        let session = unit.lock_connect_session(visit).await;
        let mut session = session.expect("a visit");
        what(&mut session.facts, self.clock.now());
        unit.set_facts(&session).await.expect("facts");
        unit.save().await.expect("rows that stay");
    }

    /// The user of a house is told of its open break: by a notice, and by what
    /// carries it.
    pub async fn tells(&self, house: &House, ways: &[Way]) {
        let now = self.clock.now();
        let mut unit = self.store.write().await.expect("a unit");
        let open = unit.open_breaks(&house.customer).await.expect("breaks");
        let mut open = open.iter();
        let Some(open) = open.find(|open| open.connection == house.connection) else {
            return;
        };
        let (user, subject) = (
            house.user.user(),
            Subject::Broke {
                of: open.id,
                connection: house.connection,
                stage: Stage::First,
                ask: Ask::Fix,
            },
        );
        let notice = NoticeId(self.random.id(now));
        let added = unit.add_notice(notice, user, &subject, now).await;
        added.expect("a notice");
        for way in ways {
            let id = DeliveryId(self.random.id(now));
            let delivery = Delivery {
                id,
                user,
                way: *way,
            };
            // A notice goes out by a way once.
            let carried = unit.carried_notices(user).await.expect("notices");
            let notices = unit.notices(user, open.opened).await.expect("notices");
            let tells = |id| {
                notices
                    .iter()
                    .any(|one| one.id == id && one.subject == subject)
            };
            if carried
                .iter()
                .any(|one| one.way == *way && tells(one.notice))
            {
                continue;
            }
            let added = unit.add_delivery(&delivery, &[subject.key()], now).await;
            added.expect("a delivery");
            let sent = unit.end_delivery(id, End::Sent, now).await;
            sent.expect("an end");
        }
        unit.save().await.expect("rows that stay");
    }

    /// The user of a house looks at our pages.
    pub async fn comes(&self, house: &House) {
        let mut unit = self.store.write().await.expect("a unit");
        let came = unit.came(house.user.user(), self.clock.now()).await;
        came.expect("a fact");
        unit.save().await.expect("rows that stay");
    }
}
