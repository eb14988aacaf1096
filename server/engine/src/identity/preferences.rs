//! How a person reads: in which language, and by which clock on the wall.

use chrono_tz::Tz;

use super::{Identity, Language, SignedIn};
use crate::store::StoreError;

impl Identity {
    /// Keeps what this person chose; without a zone it is the installation's.
    pub async fn prefer(
        &self,
        who: &SignedIn,
        language: &Language,
        zone: Option<Tz>,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.set_preferences(who.user(), language, zone).await?;
        unit.save().await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::DateTime;

    use super::*;
    use crate::{
        db_test,
        identity::{Role, SessionKey, Settings, testing},
        random::{Random as _, SeededRandom},
        store::testing::TestStore,
        time::FixedClock,
    };

    db_test! { async fn a_choice_is_there_at_the_next_request_and_nobody_elses(db: &TestStore) {
        let clock = Arc::new(FixedClock::at(DateTime::from_timestamp(1_700_000_000, 0).unwrap()));
        let random = Arc::new(SeededRandom::new(5));
        let identity = testing::identity(&db.store, clock.clone(), random.clone(), Settings::default());
        let (mut people, mut keys) = (Vec::new(), Vec::new());
        for email in ["ada@example.com", "eve@example.com"] {
            let (clock, random) = (clock.clone(), random.clone());
            let person = testing::signed_in(&db.store, clock, random.clone(), email, Role::User).await;
            let key = SessionKey::of(random.token().as_bytes());
            testing::enter(&identity, person.email(), &key).await;
            people.push(person);
            keys.push(key);
        }
        let spanish = Language::parse("es").unwrap();
        let chosen = [(spanish, Some(chrono_tz::America::Phoenix)), (Language::default(), None)];
        for (language, zone) in chosen {
            identity.prefer(&people[0], &language, zone).await.unwrap();
            let ada = identity.sessions().signed_in(&keys[0]).await.unwrap().unwrap();
            assert_eq!((ada.language(), ada.zone()), (&language, zone));
            let eve = identity.sessions().signed_in(&keys[1]).await.unwrap().unwrap();
            assert_eq!((eve.language(), eve.zone()), (&Language::default(), None));
        }
    }}
}
