mod letters;
mod passkeys;

use chrono::TimeDelta;

use super::*;
use crate::{
    audit::{Filter, Kind},
    db_test,
    identity::{
        Access, PersonError, SessionData, SessionKey, Settings, SignInError,
        testing::{PASSWORD, Town, client, keep},
    },
    store::testing::TestStore,
    time::Clock as _,
};

fn asked() -> Settings {
    Settings {
        second_factor: SecondFactor::OfStaff,
        ..Settings::default()
    }
}

/// The password is right: what is owed.
async fn half(town: &Town, email: &Email) -> Half {
    town.identity
        .half(&owed(town, email).await)
        .await
        .unwrap()
        .unwrap()
}

/// What the session keeps meanwhile.
async fn owed(town: &Town, email: &Email) -> SessionData {
    match town
        .identity
        .sign_in(email, &PASSWORD.into(), &client())
        .await
        .unwrap()
    {
        Entered::Owes(mark) => {
            SessionData::from([(HALF.to_owned(), serde_json::to_value(mark).unwrap())])
        }
        Entered::In(_) => panic!("nothing is owed"),
    }
}

async fn factor_owed(town: &Town, email: &Email) -> FactorOwed {
    match half(town, email).await {
        Half::Factor(owed) => owed,
        Half::SetUp(_) => panic!("there is none"),
    }
}

/// Sets a factor up before anything else.
async fn set_up(town: &Town, email: &Email) -> (TotpSecret, SetUp) {
    let Half::SetUp(owed) = half(town, email).await else {
        panic!("there is one")
    };
    town.identity.begin_factor(&owed).await.unwrap();
    let secret = town.identity.pending_factor(&owed).await.unwrap().unwrap();
    let code = secret.shown_at(town.clock.now());
    let done = town
        .identity
        .finish_factor(&owed, &code, &client())
        .await
        .unwrap();
    (secret, done)
}

async fn inside(town: &Town, mark: SignInMark) -> (SessionKey, SignedIn) {
    let key = town.key();
    keep(&town.identity, mark, &key).await;
    let person = town.at(&key).await.unwrap();
    (key, person)
}

/// The codes of the next step.
fn later(town: &Town) {
    town.clock.advance(TimeDelta::seconds(30));
}

async fn kinds(db: &TestStore) -> Vec<Kind> {
    let mut unit = db.store.read().await.unwrap();
    let all = unit
        .audit_entries(&Filter::default(), None, 50)
        .await
        .unwrap();
    all.into_iter().rev().map(|act| act.kind).collect()
}

db_test! { async fn staff_set_one_up_before_anything_else(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    // A session that owes is nobody's.
    let data = owed(&town, &root).await;
    let key = town.key();
    town.identity.sessions().create(&key, &data).await.unwrap();
    assert!(town.at(&key).await.is_none());

    let (secret, done) = set_up(&town, &root).await;
    assert_eq!(done.codes.unwrap().len(), 10);
    let (_, person) = inside(&town, done.mark).await;
    assert!(person.admin().is_some());
    assert_eq!(person.shown(), Some(Shown::Totp));

    // The code that set it up is used; the next one signs in, and once.
    let owed = factor_owed(&town, &root).await;
    let show = async |code: &str| town.identity.show_factor(&owed, Showing::Code(code), &client()).await;
    let used = show(&secret.shown_at(town.clock.now())).await;
    assert!(matches!(used, Err(FactorError::Wrong)));
    later(&town);
    let code = secret.shown_at(town.clock.now());
    let (_, again) = inside(&town, show(&code).await.unwrap()).await;
    assert!(again.admin().is_some());
    assert!(matches!(show(&code).await, Err(FactorError::Wrong)), "replayed");
    let all = [Kind::FactorSetUp, Kind::SignedIn, Kind::FactorFailed, Kind::SignedIn, Kind::FactorFailed];
    assert_eq!(kinds(db).await, all);
    town.identity.audit().verify().await.unwrap();
}}

db_test! { async fn one_code_tried_twice_at_once_is_taken_once(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (secret, _) = set_up(&town, &root).await;
    later(&town);
    let (owed, code) = (factor_owed(&town, &root).await, secret.shown_at(town.clock.now()));
    let from = client();
    let (one, two) = tokio::join!(
        town.identity.show_factor(&owed, Showing::Code(&code), &from),
        town.identity.show_factor(&owed, Showing::Code(&code), &from),
    );
    assert!(one.is_ok() != two.is_ok(), "{:?} {:?}", one.err(), two.err());
}}

db_test! { async fn a_recovery_code_is_good_once(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (_, done) = set_up(&town, &root).await;
    let owed = factor_owed(&town, &root).await;
    let codes = done.codes.unwrap();
    let code = codes[3].to_uppercase().replace('-', " ");
    let mark = town.identity.show_factor(&owed, Showing::Code(&code), &client()).await.unwrap();
    let (_, person) = inside(&town, mark).await;
    assert_eq!(person.shown(), Some(Shown::RecoveryCode));
    assert_eq!(town.identity.factor_state(&person).await.unwrap().codes_left, 9);
    let again = town.identity.show_factor(&owed, Showing::Code(&code), &client()).await;
    assert!(matches!(again, Err(FactorError::Wrong)));
    // New ones take the place of all.
    let new = town.identity.new_recovery_codes(&person, Showing::Code(&codes[4]), &client()).await.unwrap();
    let old = town.identity.show_factor(&owed, Showing::Code(&codes[5]), &client()).await;
    assert!(matches!(old, Err(FactorError::Wrong)));
    town.identity.show_factor(&owed, Showing::Code(&new[5]), &client()).await.unwrap();
}}

db_test! { async fn guessing_locks_and_is_put_down(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (secret, _) = set_up(&town, &root).await;
    let owed = factor_owed(&town, &root).await;
    later(&town);
    let right = secret.shown_at(town.clock.now());
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let refused = town.identity.show_factor(&owed, Showing::Code(wrong), &client()).await;
        assert!(matches!(refused, Err(FactorError::Wrong)));
    }
    let locked = town.identity.show_factor(&owed, Showing::Code(&right), &client()).await;
    assert!(matches!(locked, Err(FactorError::Locked(_))));
    assert_eq!(kinds(db).await.iter().filter(|kind| **kind == Kind::FactorFailed).count(), 5);
    town.clock.advance(TimeDelta::minutes(16));
    let right = secret.shown_at(town.clock.now());
    town.identity.show_factor(&owed, Showing::Code(&right), &client()).await.unwrap();
}}

db_test! { async fn what_is_owed_ends(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let data = owed(&town, &root).await;
    town.clock.advance(TimeDelta::minutes(14));
    assert!(town.identity.half(&data).await.unwrap().is_some());
    town.clock.advance(TimeDelta::minutes(1));
    assert!(town.identity.half(&data).await.unwrap().is_none(), "too late");
    assert!(town.identity.half(&SessionData::new()).await.unwrap().is_none());
    let data = owed(&town, &root).await;
    let (_, done) = set_up(&town, &root).await;
    let (_, person) = inside(&town, done.mark).await;
    assert!(matches!(town.identity.half(&data).await.unwrap(), Some(Half::Factor(_))), "one was set up meanwhile");
    town.clock.advance(TimeDelta::seconds(1));
    town.identity.sessions().sign_out_everywhere(person, &client()).await.unwrap();
    assert!(town.identity.half(&data).await.unwrap().is_none(), "signed out everywhere");
}}

db_test! { async fn a_new_factor_ends_other_sessions_and_counts_from_its_first_code(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let ada = town.person("ada@example.com", Role::User).await;
    let other = town.key();
    crate::identity::testing::enter(&town.identity, ada.email(), &other).await;
    town.identity.begin_factor(&ada).await.unwrap();
    let first = town.identity.pending_factor(&ada).await.unwrap().unwrap();
    let wrong = town.identity.finish_factor(&ada, "1", &client()).await;
    assert!(matches!(wrong, Err(FactorError::Wrong)));
    assert!(town.at(&other).await.is_some(), "nothing has changed yet");
    town.clock.advance(TimeDelta::seconds(1));
    let code = first.shown_at(town.clock.now());
    let done = town.identity.finish_factor(&ada, &code, &client()).await.unwrap();
    assert!(town.at(&other).await.is_none());
    let (key, ada) = inside(&town, done.mark).await;
    let gone = town.identity.finish_factor(&ada, &code, &client()).await;
    assert!(matches!(gone, Err(FactorError::Gone)), "it is confirmed");

    // Another app: the first one's codes are good until the second's first.
    later(&town);
    town.identity.begin_factor(&ada).await.unwrap();
    let second = town.identity.pending_factor(&ada).await.unwrap().unwrap();
    let owed = factor_owed(&town, ada.email()).await;
    town.identity.show_factor(&owed, Showing::Code(&first.shown_at(town.clock.now())), &client()).await.unwrap();
    later(&town);
    let code = second.shown_at(town.clock.now());
    let done = town.identity.finish_factor(&ada, &code, &client()).await.unwrap();
    assert!(town.at(&key).await.is_none());
    let (_, ada) = inside(&town, done.mark).await;
    later(&town);
    let owed = factor_owed(&town, ada.email()).await;
    let old = town.identity.show_factor(&owed, Showing::Code(&first.shown_at(town.clock.now())), &client()).await;
    assert!(matches!(old, Err(FactorError::Wrong)));

    let mark = town.identity.remove_factor(&ada, Showing::Code(&second.shown_at(town.clock.now())), &client()).await.unwrap();
    let (_, ada) = inside(&town, mark).await;
    assert_eq!(town.identity.factor_state(&ada).await.unwrap().since, None);
    let entered = town.identity.sign_in(ada.email(), &PASSWORD.into(), &client()).await.unwrap();
    assert!(matches!(entered, Entered::In(_)));
}}

db_test! { async fn where_it_is_asked_for_a_session_without_one_gives_nothing(db: &TestStore) {
    let before = Town::new(&db.store, Settings::default());
    let (root, key) = (before.settle("root@example.com", Role::Admin).await, before.key());
    crate::identity::testing::enter(&before.identity, &root, &key).await;
    assert!(before.at(&key).await.unwrap().admin().is_some());
    let town = Town::new(&db.store, asked());
    assert!(town.at(&key).await.is_none(), "signs in anew, and sets one up");
    let (_, done) = set_up(&town, &root).await;
    let (_, person) = inside(&town, done.mark).await;
    let refused = town.identity.remove_factor(&person, Showing::Code("1"), &client()).await;
    assert!(matches!(refused, Err(FactorError::Required)));
}}

db_test! { async fn an_admin_takes_nothing_away_from_themselves(db: &TestStore) {
    let town = Town::new(&db.store, asked());
    let root = town.settle("root@example.com", Role::Admin).await;
    let (_, done) = set_up(&town, &root).await;
    let (key, person) = inside(&town, done.mark).await;
    let admin = person.admin().unwrap();
    let refused = town.identity.reset_factors(&admin, person.user(), &client()).await;
    assert!(matches!(refused, Err(PersonError::Oneself)));
    assert!(town.at(&key).await.is_some());
    assert!(db.store.read().await.unwrap().has_factor(person.user()).await.unwrap());
}}

db_test! { async fn an_admin_helps_who_has_lost_it(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let admin = town.person("root@example.com", Role::Admin).await.admin().unwrap();
    let ada = town.person("ada@example.com", Role::User).await;
    assert!(!town.identity.reset_factors(&admin, ada.user(), &client()).await.unwrap(), "there is none");
    town.identity.begin_factor(&ada).await.unwrap();
    let secret = town.identity.pending_factor(&ada).await.unwrap().unwrap();
    let code = secret.shown_at(town.clock.now());
    let done = town.identity.finish_factor(&ada, &code, &client()).await.unwrap();
    let (key, ada) = inside(&town, done.mark).await;
    town.clock.advance(TimeDelta::seconds(1));
    assert!(town.identity.reset_factors(&admin, ada.user(), &client()).await.unwrap());
    assert!(town.at(&key).await.is_none());
    let entered = town.identity.sign_in(ada.email(), &PASSWORD.into(), &client()).await.unwrap();
    assert!(matches!(entered, Entered::In(_)));
    assert!(!town.identity.reset_factors_at_machine(ada.email()).await.unwrap());
    town.identity.set_access(&admin, ada.user(), Access::Disabled, &client()).await.unwrap();
    let refused = town.identity.sign_in(ada.email(), &PASSWORD.into(), &client()).await;
    assert!(matches!(refused, Err(SignInError::Disabled)));
}}
