//! Passkeys, with an authenticator in memory.

use serde_json::Value;

use super::*;
use crate::identity::testing::{Authenticator, ORIGIN};

/// A person with a browser whose session is stored.
pub(super) struct Desk<'a> {
    town: &'a Town,
    pub(super) person: SignedIn,
    pub(super) key: SessionKey,
}

/// Keeps what a session that owes its factor keeps.
async fn half_session(town: &Town, email: &Email) -> SessionKey {
    let (key, data) = (town.key(), owed(town, email).await);
    town.identity.sessions().create(&key, &data).await.unwrap();
    key
}

fn name(text: &str) -> PasskeyName {
    PasskeyName::parse(text).unwrap()
}

impl<'a> Desk<'a> {
    pub(super) async fn of(town: &'a Town, email: &str, role: Role) -> Self {
        let email = town.settle(email, role).await;
        let key = town.key();
        crate::identity::testing::enter(&town.identity, &email, &key).await;
        let person = town.at(&key).await.unwrap();
        Self { town, person, key }
    }

    pub(super) async fn after(town: &'a Town, mark: SignInMark) -> Self {
        let (key, person) = inside(town, mark).await;
        Self { town, person, key }
    }

    async fn asked(&self) -> Value {
        let asked = self.town.identity.ask_new_passkey(&self.person, &self.key);
        asked.await.unwrap()
    }

    async fn add(&self, text: &str, answer: &str) -> Result<SetUp, FactorError> {
        let (name, from) = (name(text), client());
        let identity = &self.town.identity;
        identity
            .add_passkey(&self.person, &self.key, &name, answer, &from)
            .await
    }

    /// Adds one, and goes on in the new session.
    pub(super) async fn with(
        self,
        text: &str,
        device: &mut Authenticator,
    ) -> (Self, Option<Vec<String>>) {
        let answer = device.make(&self.asked().await);
        let done = self.add(text, &answer).await.unwrap();
        (Self::after(self.town, done.mark).await, done.codes)
    }

    async fn passkeys(&self) -> Vec<ListedPasskey> {
        let state = self.town.identity.factor_state(&self.person).await;
        state.unwrap().passkeys.unwrap()
    }
}

/// Somebody at the second step of signing in.
struct Step<'a> {
    town: &'a Town,
    owed: FactorOwed,
    key: SessionKey,
}

impl<'a> Step<'a> {
    async fn of(town: &'a Town, email: &Email) -> Self {
        Self {
            town,
            owed: factor_owed(town, email).await,
            key: half_session(town, email).await,
        }
    }

    async fn asked(&self) -> Value {
        let asked = self.town.identity.ask_passkey(&self.owed, &self.key);
        asked.await.unwrap()
    }

    async fn show(&self, answer: &str) -> Result<SignInMark, FactorError> {
        let session = &self.key;
        let showing = Showing::Passkey { session, answer };
        self.town
            .identity
            .show_factor(&self.owed, showing, &client())
            .await
    }

    /// What becomes of an answer that this device gives here and now.
    async fn answered_by(&self, device: &mut Authenticator) -> Result<SignInMark, FactorError> {
        let answer = device.show(&self.asked().await);
        self.show(&answer).await
    }
}

/// Not a passkey that is taken, and counted as an attempt.
#[track_caller]
fn refused<T>(result: Result<T, FactorError>) {
    match result {
        Err(FactorError::WrongPasskey(_)) => {}
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[track_caller]
fn gone<T>(result: Result<T, FactorError>) {
    assert!(
        matches!(result, Err(FactorError::Gone)),
        "{:?}",
        result.err()
    );
}

db_test! { async fn one_is_added_and_signs_in(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    // Staff who owe one may set up a passkey in the place of an app.
    let Half::SetUp(owed) = half(&town, &root).await else { panic!("there is one") };
    let (key, mut device) = (half_session(&town, &root).await, Authenticator::new(ORIGIN));
    let asked = town.identity.ask_new_passkey(&owed, &key).await.unwrap();
    assert_eq!(asked["rp"]["id"], "localhost");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    let answer = device.make(&asked);
    let done = town.identity.add_passkey(&owed, &key, &name("Laptop"), &answer, &client()).await.unwrap();
    assert_eq!(done.codes.as_ref().unwrap().len(), 10);
    let desk = Desk::after(&town, done.mark).await;
    assert!(desk.person.admin().is_some());
    assert_eq!(desk.person.shown(), Some(Shown::Passkey));
    let late = town.identity.add_passkey(&owed, &key, &name("Laptop"), &answer, &client()).await;
    gone(late);

    let step = Step::of(&town, &root).await;
    assert_eq!(step.owed.ways(), Ways { app: false, passkeys: true });
    let asked = step.asked().await;
    assert_eq!((&asked["rpId"], &asked["userVerification"]), (&"localhost".into(), &"required".into()));
    town.clock.advance(TimeDelta::seconds(1));
    let answer = device.show(&asked);
    let inside = Desk::after(&town, step.show(&answer).await.unwrap()).await;
    assert_eq!(inside.person.shown(), Some(Shown::Passkey));
    gone(step.show(&answer).await);
    let [listed] = &*inside.passkeys().await else { panic!("one") };
    assert_eq!((&*listed.name, listed.last_used_at), ("Laptop", Some(town.clock.now())));
    assert!(listed.created_at < town.clock.now());
    // Recovery codes are there for who has no app as well.
    let code = &done.codes.unwrap()[0];
    town.identity.show_factor(&step.owed, Showing::Code(code), &client()).await.unwrap();
    let all = [Kind::FactorSetUp, Kind::SignedIn, Kind::SignedIn, Kind::RecoveryCodeUsed];
    assert_eq!(kinds(db).await, all);
    town.identity.audit().verify().await.unwrap();
}}

db_test! { async fn a_challenge_is_of_one_session_one_person_and_one_time(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let mut device = Authenticator::new(ORIGIN);
    let (ada, _) = Desk::of(&town, "ada@example.com", Role::User).await.with("Phone", &mut device).await;
    let mut other = Authenticator::new(ORIGIN);
    let (eve, _) = Desk::of(&town, "eve@example.com", Role::User).await.with("Phone", &mut other).await;

    let (step, beside) = (Step::of(&town, ada.person.email()).await, Step::of(&town, ada.person.email()).await);
    let answer = device.show(&step.asked().await);
    gone(beside.show(&answer).await);
    let theirs = Step::of(&town, eve.person.email()).await;
    let stranger = Step { town: &town, owed: theirs.owed.clone(), key: step.key.clone() };
    gone(stranger.show(&answer).await);
    // Who answers the challenge of another session by one of their own.
    theirs.asked().await;
    refused(theirs.show(&answer).await);
    refused(Step::of(&town, ada.person.email()).await.answered_by(&mut other).await);

    town.clock.advance(TimeDelta::minutes(5));
    gone(step.show(&answer).await);
    let answer = device.show(&step.asked().await);
    town.clock.advance(TimeDelta::seconds(299));
    let (one, two) = tokio::join!(step.show(&answer), step.show(&answer));
    assert!(one.is_ok() != two.is_ok(), "{:?} {:?}", one.err(), two.err());
    // A challenge for a new one is not answered by showing one that is there.
    let desk = Desk::after(&town, one.or(two).unwrap()).await;
    let asked = desk.asked().await;
    let session = &desk.key;
    let shown = Showing::Passkey { session, answer: &device.show(&asked) };
    gone(town.identity.new_recovery_codes(&desk.person, shown, &client()).await);
}}

db_test! { async fn what_does_not_hold_is_refused_counted_and_put_down(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let desk = Desk::of(&town, "ada@example.com", Role::User).await;
    for mut device in [Authenticator::new("https://relink.example"), Authenticator::new("http://localhost:3001"),
        Authenticator::new(ORIGIN).unverified()] {
        let answer = device.make(&desk.asked().await);
        refused(desk.add("Phone", &answer).await);
    }
    desk.asked().await;
    refused(desk.add("Phone", "no JSON").await);
    town.clock.advance(TimeDelta::minutes(16));
    let mut device = Authenticator::new(ORIGIN);
    let (desk, _) = desk.with("Phone", &mut device).await;
    let step = Step::of(&town, desk.person.email()).await;
    let clone = device.clone();
    step.answered_by(&mut device).await.unwrap();
    // A copy that was left behind signs with a number that was used.
    refused(step.answered_by(&mut clone.clone()).await);
    let mut elsewhere = device.clone();
    "http://relink.example".clone_into(&mut elsewhere.origin);
    refused(step.answered_by(&mut elsewhere).await);
    refused(step.answered_by(&mut device.clone().unverified()).await);
    assert_eq!(kinds(db).await.iter().filter(|kind| **kind == Kind::FactorFailed).count(), 3);
    for _ in 0..2 {
        refused(step.answered_by(&mut clone.clone()).await);
    }
    let locked = step.answered_by(&mut device).await;
    assert!(matches!(locked, Err(FactorError::Locked(_))), "{:?}", locked.err());
    town.clock.advance(TimeDelta::minutes(16));
    let step = Step::of(&town, desk.person.email()).await;
    step.answered_by(&mut device).await.unwrap();
}}

db_test! { async fn two_clones_at_one_time_are_one_passkey(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let mut device = Authenticator::new(ORIGIN);
    let (desk, _) = Desk::of(&town, "ada@example.com", Role::User).await.with("Phone", &mut device).await;
    let email = desk.person.email();
    let (one, two) = (Step::of(&town, email).await, Step::of(&town, email).await);
    let mut clone = device.clone();
    let answers = (device.show(&one.asked().await), clone.show(&two.asked().await));
    let (one, two) = tokio::join!(one.show(&answers.0), two.show(&answers.1));
    assert!(one.is_ok() != two.is_ok(), "{:?} {:?}", one.err(), two.err());
    // One that is kept on several devices does not count at all.
    let (mut copied, desk) = (Authenticator::new(ORIGIN).copied(), Desk::after(&town, one.or(two).unwrap()).await);
    let (desk, _) = desk.with("Password manager", &mut copied).await;
    let step = Step::of(&town, desk.person.email()).await;
    for _ in 0..2 {
        step.answered_by(&mut copied).await.unwrap();
    }
}}

db_test! { async fn several_have_names_and_each_is_added_once(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let (mut phone, mut key) = (Authenticator::new(ORIGIN), Authenticator::new(ORIGIN));
    let (desk, codes) = Desk::of(&town, "ada@example.com", Role::User).await.with("Phone", &mut phone).await;
    assert!(codes.is_some());
    town.clock.advance(TimeDelta::seconds(1));
    let (desk, codes) = desk.with("  Key\u{7} ", &mut key).await;
    assert!(codes.is_none(), "those of the first stay good");
    let excluded = desk.asked().await["excludeCredentials"].as_array().unwrap().len();
    assert_eq!(excluded, 2);
    // A browser that does not look at these is refused here, and so is another's.
    let answer = phone.make(&desk.asked().await);
    refused(desk.add("Again", &answer).await);
    let eve = Desk::of(&town, "eve@example.com", Role::User).await;
    let answer = phone.make(&eve.asked().await);
    refused(eve.add("Mine", &answer).await);

    let listed = desk.passkeys().await;
    let names: Vec<&str> = listed.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["Phone", "Key"]);
    let rename = async |who: &SignedIn, text: &str| {
        town.identity.rename_passkey(who, listed[0].id, &name(text), &client()).await.unwrap()
    };
    assert!(!rename(&eve.person, "Eve's").await);
    assert!(rename(&desk.person, "Old phone").await);
    assert_eq!(desk.passkeys().await[0].name, "Old phone");
    assert_eq!(kinds(db).await.last(), Some(&Kind::PasskeyRenamed));

    let mut desk = desk;
    for _ in 2..10 {
        desk = desk.with("Another", &mut Authenticator::new(ORIGIN)).await.0;
    }
    let full = town.identity.ask_new_passkey(&desk.person, &desk.key).await;
    assert!(matches!(full, Err(FactorError::TooManyPasskeys)), "{:?}", full.err());
}}

#[test]
fn a_name_is_short_and_can_be_seen() {
    assert_eq!(PasskeyName::parse(" \u{0} \t"), Err(NotAName::Empty));
    assert_eq!(PasskeyName::parse(&"é".repeat(61)), Err(NotAName::TooLong));
    assert!(PasskeyName::parse(&"é".repeat(60)).is_ok());
}

#[test]
fn an_address_that_is_a_number_has_no_passkeys() {
    for (address, named) in [
        (ORIGIN, true),
        ("https://relink.example", true),
        ("http://127.0.0.1:3000", false),
        ("http://[::1]:3000", false),
    ] {
        let party = RelyingParty::new(&address.parse().unwrap(), "Relink");
        assert_eq!(party.is_some(), named, "{address}");
    }
}

db_test! { async fn one_is_removed_by_who_shows_another_and_the_last_stays_for_staff(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (secret, done) = set_up(&town, &root).await;
    let mut device = Authenticator::new(ORIGIN);
    let (desk, codes) = Desk::after(&town, done.mark).await.with("Phone", &mut device).await;
    assert!(codes.is_none());
    let id = desk.passkeys().await[0].id;
    let by_code = async |desk: &Desk<'_>, code: &str| {
        town.identity.remove_passkey(&desk.person, id, Showing::Code(code), &client()).await
    };
    assert!(matches!(by_code(&desk, "1").await, Err(FactorError::Wrong)));

    // The app goes; the passkey is enough.
    let by_passkey = async |desk: &Desk<'_>, device: &mut Authenticator| {
        let asked = town.identity.ask_passkey(&desk.person, &desk.key).await.unwrap();
        let showing = Showing::Passkey { session: &desk.key, answer: &device.show(&asked) };
        town.identity.remove_factor(&desk.person, showing, &client()).await
    };
    town.clock.advance(TimeDelta::seconds(1));
    let mark = by_passkey(&desk, &mut device).await.unwrap();
    assert!(town.at(&desk.key).await.is_none(), "every sign-in ends");
    let desk = Desk::after(&town, mark).await;
    assert!(desk.person.admin().is_some(), "and goes on with what was shown");
    let state = town.identity.factor_state(&desk.person).await.unwrap();
    assert_eq!((state.since, state.codes_left), (None, 10));
    assert!(matches!(by_code(&desk, "1").await, Err(FactorError::Required)));
    let asked = town.identity.ask_passkey(&desk.person, &desk.key).await.unwrap();
    let showing = Showing::Passkey { session: &desk.key, answer: &device.show(&asked) };
    let last = town.identity.remove_passkey(&desk.person, id, showing, &client()).await;
    assert!(matches!(last, Err(FactorError::Required)), "{:?}", last.err());
    gone(by_passkey(&desk, &mut device).await);

    // With another app it can be removed; what a sign-in was asked before is void.
    let step = Step::of(&town, &root).await;
    let answer = device.show(&step.asked().await);
    town.identity.begin_factor(&desk.person).await.unwrap();
    let app = town.identity.pending_factor(&desk.person).await.unwrap().unwrap();
    let done = town.identity.finish_factor(&desk.person, &app.shown_at(town.clock.now()), &client()).await.unwrap();
    let (desk, codes) = (Desk::after(&town, done.mark).await, done.codes.unwrap());
    assert_ne!(app.shown_at(town.clock.now()), secret.shown_at(town.clock.now()));
    by_code(&desk, &codes[0]).await.unwrap();
    refused(step.show(&answer).await);
}}

db_test! { async fn two_removals_at_one_time_leave_staff_the_last(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (_, done) = set_up(&town, &root).await;
    let codes = done.codes.unwrap();
    let (desk, _) = Desk::after(&town, done.mark).await.with("Phone", &mut Authenticator::new(ORIGIN)).await;
    let (id, from) = (desk.passkeys().await[0].id, client());
    let (one, two) = tokio::join!(
        town.identity.remove_factor(&desk.person, Showing::Code(&codes[0]), &from),
        town.identity.remove_passkey(&desk.person, id, Showing::Code(&codes[1]), &from),
    );
    assert!(one.is_ok() != two.is_ok(), "{:?} {:?}", one.err(), two.err());
    let Half::Factor(_) = half(&town, &root).await else { panic!("none is left") };
}}

db_test! { async fn beside_a_factor_only_a_fresh_sign_in_adds_another(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let desk = Desk::of(&town, "ada@example.com", Role::User).await;
    let quarter = TimeDelta::minutes(15);
    town.clock.advance(quarter);
    let mut device = Authenticator::new(ORIGIN);
    let (desk, _) = desk.with("The first may be added at any time", &mut device).await;
    town.clock.advance(quarter - TimeDelta::seconds(1));
    town.identity.begin_factor(&desk.person).await.unwrap();
    let app = town.identity.pending_factor(&desk.person).await.unwrap().unwrap();
    let another = Authenticator::new(ORIGIN).make(&desk.asked().await);
    town.clock.advance(TimeDelta::seconds(1));
    let code = app.shown_at(town.clock.now());
    let stale = |error: Option<FactorError>| assert!(matches!(error, Some(FactorError::SignInAgain)), "{error:?}");
    stale(desk.add("Laptop", &another).await.err());
    stale(town.identity.finish_factor(&desk.person, &code, &client()).await.err());
    stale(town.identity.begin_factor(&desk.person).await.err());
    stale(town.identity.ask_new_passkey(&desk.person, &desk.key).await.err());
    // A new password is no sign-in.
    let (present, new) = (crate::identity::testing::PASSWORD.into(), crate::identity::Password::parse(&"a new and longer one".into()).unwrap());
    let mark = town.identity.change_password(&desk.person, &present, &new, &client()).await.unwrap();
    let desk = Desk::after(&town, mark).await;
    stale(town.identity.ask_new_passkey(&desk.person, &desk.key).await.err());
    // What waits for its first code is nothing to remove.
    let asked = town.identity.ask_passkey(&desk.person, &desk.key).await.unwrap();
    let showing = Showing::Passkey { session: &desk.key, answer: &device.show(&asked) };
    let gone = town.identity.remove_factor(&desk.person, showing, &client()).await;
    assert!(matches!(gone, Err(FactorError::Gone)));
    assert!(town.at(&desk.key).await.is_some() && desk.passkeys().await.len() == 1);
}}
