mod invitations;
mod own_access;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta};
use secrecy::SecretString;

use super::{
    testing::{PASSWORD, client, enter, identity},
    *,
};
use crate::{
    db_test,
    jobs::{Worker, WorkerSettings},
    mail::{About, Letter, MailError, Mailer},
    random::SeededRandom,
    store::testing::TestStore,
    time::{Clocks, FixedClock},
};

/// Keeps the letters.
#[derive(Default)]
pub(super) struct Outbox(pub(super) Mutex<Vec<Letter>>);

#[async_trait::async_trait]
impl Mailer for Outbox {
    async fn send(&self, _: uuid::Uuid, letter: &Letter) -> Result<(), MailError> {
        self.0.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

struct Bench {
    identity: Identity,
    clock: Arc<FixedClock>,
    worker: Worker,
    outbox: Arc<Outbox>,
}

impl Bench {
    fn new(db: &TestStore) -> Self {
        Self::with(db, &Settings::default())
    }

    fn with(db: &TestStore, settings: &Settings) -> Self {
        let clock = Arc::new(FixedClock::at(
            DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
        ));
        let random = Arc::new(SeededRandom::new(5));
        let outbox = Arc::new(Outbox::default());
        let letters = Letters::new(
            db.store.clone(),
            clock.clone(),
            random.clone(),
            outbox.clone(),
        );
        let clocks = Clocks::one(clock.clone());
        let worker = Worker::new(
            db.store.clone(),
            clocks,
            random.clone(),
            WorkerSettings::default(),
        );
        let worker = worker.handle::<SendLetter>(Arc::new(letters));
        Self {
            identity: identity(&db.store, clock.clone(), random, *settings),
            clock,
            worker,
            outbox,
        }
    }

    /// What was written since the last time.
    async fn letters(&self) -> Vec<About> {
        self.worker.run_due().await.unwrap();
        std::mem::take(&mut *self.outbox.0.lock().unwrap())
            .into_iter()
            .map(|letter| letter.about)
            .collect()
    }

    async fn sign_up(&self, email: &str, password: &str) -> Result<Next, SignUpError> {
        let form = SignUp {
            email: Email::parse(email).unwrap(),
            password: Password::parse(&password.into()).unwrap(),
            language: Language::default(),
        };
        self.identity.sign_up(form, client().address).await
    }

    async fn try_in(&self, email: &str, password: &str) -> Result<SignInMark, SignInError> {
        let entered = self
            .identity
            .sign_in(&Email::parse(email).unwrap(), &password.into(), &client())
            .await?;
        match entered {
            Entered::In(mark) => Ok(mark),
            Entered::Owes(_) => panic!("a second factor is owed"),
        }
    }

    /// A user who is there and confirmed.
    async fn demo(&self, email: &str, role: Role) -> Email {
        let email = Email::parse(email).unwrap();
        let password = Password::parse(&PASSWORD.into()).unwrap();
        self.identity
            .ensure_demo(&DemoUser {
                email: email.clone(),
                password,
                role,
            })
            .await
            .unwrap();
        email
    }

    async fn signed_in(&self, email: &Email, key: &SessionKey) -> SignedIn {
        enter(&self.identity, email, key).await;
        self.identity
            .sessions()
            .signed_in(key)
            .await
            .unwrap()
            .unwrap()
    }

    async fn reset_token(&self, email: &Email) -> OneTimeToken {
        let asked = self
            .identity
            .forgot_password(email.clone(), Language::default(), client().address)
            .await;
        assert_eq!(asked.unwrap(), None);
        match self.letters().await.as_slice() {
            [About::ResetPassword { token }] => OneTimeToken::from_link(token.as_str()),
            other => panic!("{other:?}"),
        }
    }

    fn pass(&self, by: TimeDelta) {
        self.clock.advance(by);
    }
}

fn key(name: &str) -> SessionKey {
    SessionKey::of(name.as_bytes())
}

const OTHER: &str = "plinth wander oyster";

db_test! { async fn signing_up_is_proven_by_the_letter(db: &TestStore) {
    let bench = Bench::new(db);
    assert_eq!(bench.sign_up("Ada@example.com", PASSWORD).await.unwrap(), Next::ReadTheLetter);
    let letters = bench.letters().await;
    let [About::ConfirmEmail { token }] = letters.as_slice() else { panic!("{letters:?}") };
    assert!(matches!(bench.try_in("ada@example.com", PASSWORD).await, Err(SignInError::NotConfirmed)));
    assert!(matches!(bench.try_in("ada@example.com", OTHER).await, Err(SignInError::Wrong)));
    let token = OneTimeToken::from_link(token.as_str());
    bench.identity.confirm_email(&token).await.unwrap();
    assert!(matches!(bench.identity.confirm_email(&token).await, Err(TokenError::NotGood)));
    bench.try_in("ada@example.com", PASSWORD).await.unwrap();
}}

db_test! { async fn a_known_address_gets_the_same_answer_and_a_letter(db: &TestStore) {
    let bench = Bench::new(db);
    bench.demo("ada@example.com", Role::User).await;
    let before = bench.identity.hasher.runs();
    assert_eq!(bench.sign_up("ADA@example.com", OTHER).await.unwrap(), Next::ReadTheLetter);
    assert_eq!(bench.identity.hasher.runs(), before + 1);
    assert_eq!(bench.letters().await, [About::AlreadySignedUp]);
    bench.try_in("ada@example.com", PASSWORD).await.unwrap();
}}

db_test! { async fn a_second_sign_up_voids_the_letter_of_the_first(db: &TestStore) {
    let bench = Bench::new(db);
    bench.sign_up("ada@example.com", PASSWORD).await.unwrap();
    let first = bench.letters().await;
    bench.sign_up("ada@example.com", OTHER).await.unwrap();
    let second = bench.letters().await;
    let ([About::ConfirmEmail { token: first }], [About::ConfirmEmail { token: second }]) = (&*first, &*second) else {
        panic!("{first:?} {second:?}")
    };
    let confirm = async |token: &str| bench.identity.confirm_email(&OneTimeToken::from_link(token)).await;
    assert!(matches!(confirm(first).await, Err(TokenError::NotGood)));
    confirm(second).await.unwrap();
    assert!(matches!(bench.try_in("ada@example.com", PASSWORD).await, Err(SignInError::Wrong)));
    bench.try_in("ada@example.com", OTHER).await.unwrap();
}}

db_test! { async fn an_unknown_user_costs_a_hash_and_reads_the_same(db: &TestStore) {
    let bench = Bench::new(db);
    bench.demo("ada@example.com", Role::User).await;
    let mut runs = Vec::new();
    for email in ["ada@example.com", "nobody@example.com"] {
        let before = bench.identity.hasher.runs();
        assert!(matches!(bench.try_in(email, OTHER).await, Err(SignInError::Wrong)));
        runs.push(bench.identity.hasher.runs() - before);
    }
    assert_eq!(runs, [1, 1]);
    let nobody = Email::parse("nobody@example.com").unwrap();
    let asked = bench.identity.forgot_password(nobody, Language::default(), client().address).await;
    assert_eq!(asked.unwrap(), None);
    assert_eq!(bench.letters().await, []);
}}

db_test! { async fn attempts_lock_known_and_unknown_accounts_alike(db: &TestStore) {
    let bench = Bench::new(db);
    bench.demo("ada@example.com", Role::User).await;
    for email in ["ada@example.com", "nobody@example.com"] {
        for _ in 0..10 {
            assert!(matches!(bench.try_in(email, OTHER).await, Err(SignInError::Wrong)));
        }
        let Err(SignInError::Locked(locked)) = bench.try_in(email, PASSWORD).await else { panic!("open") };
        assert_eq!(locked.until, bench.clock.now() + TimeDelta::minutes(15));
    }
    bench.pass(TimeDelta::minutes(15));
    bench.try_in("ada@example.com", PASSWORD).await.unwrap();
    // Success forgets: ten more are admitted.
    for _ in 0..10 {
        assert!(matches!(bench.try_in("ada@example.com", OTHER).await, Err(SignInError::Wrong)));
    }
}}

db_test! { async fn an_address_is_limited_over_all_accounts(db: &TestStore) {
    let bench = Bench::new(db);
    bench.demo("ada@example.com", Role::User).await;
    for n in 0..60 {
        assert!(matches!(bench.try_in(&format!("u{n}@example.com"), OTHER).await, Err(SignInError::Wrong)));
    }
    assert!(matches!(bench.try_in("ada@example.com", PASSWORD).await, Err(SignInError::Locked(_))));
    let elsewhere = Client { address: "198.51.100.7".parse().unwrap(), user_agent: None };
    let ada = Email::parse("ada@example.com").unwrap();
    bench.identity.sign_in(&ada, &PASSWORD.into(), &elsewhere).await.unwrap();
}}

db_test! { async fn a_reset_works_once_in_time_and_signs_out(db: &TestStore) {
    let bench = Bench::new(db);
    let ada = bench.demo("ada@example.com", Role::User).await;
    bench.signed_in(&ada, &key("old")).await;
    let mark = serde_json::to_value(bench.try_in("ada@example.com", PASSWORD).await.unwrap()).unwrap();
    let late = bench.reset_token(&ada).await;
    bench.pass(TimeDelta::minutes(30));
    let new = Password::parse(&OTHER.into()).unwrap();
    assert!(matches!(bench.identity.reset_password(&late, &new, &client()).await, Err(TokenError::NotGood)));

    let (token, from) = (bench.reset_token(&ada).await, client());
    assert!(matches!(bench.identity.confirm_email(&token).await, Err(TokenError::NotGood)), "of another purpose");
    let (one, two) =
        tokio::join!(bench.identity.reset_password(&token, &new, &from), bench.identity.reset_password(&token, &new, &from));
    assert!(one.is_ok() != two.is_ok(), "one of two uses at one time");
    assert!(!bench.identity.can_reset(&token).await.unwrap());
    assert_eq!(bench.letters().await, [About::PasswordChanged]);

    assert!(bench.identity.sessions().signed_in(&key("old")).await.unwrap().is_none());
    let data = SessionData::from([(SIGN_IN.to_owned(), mark)]);
    bench.identity.sessions().create(&key("racing"), &data).await.unwrap();
    assert!(bench.identity.sessions().signed_in(&key("racing")).await.unwrap().is_none(), "an old mark is void");
    assert!(matches!(bench.try_in("ada@example.com", PASSWORD).await, Err(SignInError::Wrong)));
    bench.try_in("ada@example.com", OTHER).await.unwrap();
}}

db_test! { async fn a_changed_password_keeps_this_browser_only(db: &TestStore) {
    let bench = Bench::new(db);
    let ada = bench.demo("ada@example.com", Role::User).await;
    bench.signed_in(&ada, &key("other")).await;
    let who = bench.signed_in(&ada, &key("this")).await;
    bench.pass(TimeDelta::seconds(1));
    let new = Password::parse(&OTHER.into()).unwrap();
    let change = async |present: &str| {
        bench.identity.change_password(&who, &SecretString::from(present), &new, &client()).await
    };
    assert!(matches!(change(OTHER).await, Err(ChangeError::Wrong)));
    let mark = serde_json::to_value(change(PASSWORD).await.unwrap()).unwrap();
    let sessions = bench.identity.sessions();
    for gone in ["other", "this"] {
        assert!(sessions.signed_in(&key(gone)).await.unwrap().is_none());
    }
    sessions.create(&key("next"), &SessionData::from([(SIGN_IN.to_owned(), mark)])).await.unwrap();
    assert!(sessions.signed_in(&key("next")).await.unwrap().is_some());
    assert_eq!(bench.letters().await, [About::PasswordChanged]);
}}

db_test! { async fn sessions_are_hashed_listed_and_revoked_by_their_owner(db: &TestStore) {
    let bench = Bench::new(db);
    let sessions = bench.identity.sessions();
    let (ada, eve) = (bench.demo("ada@example.com", Role::User).await, bench.demo("eve@example.com", Role::Admin).await);
    let who = bench.signed_in(&ada, &key("ada-1")).await;
    let other = bench.signed_in(&ada, &key("ada-2")).await;
    let admin = bench.signed_in(&eve, &key("eve")).await;
    assert!(who.admin().is_none() && admin.admin().is_some());
    let (secret, stored) = (b"ada-1".as_slice(), key("ada-1"));
    assert!(stored.hash() != secret && stored.hash().len() == 32);

    let listed = sessions.list(&who).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].user_agent.as_deref(), listed[0].address.as_deref()), (Some("Test/1.0"), Some("192.0.2.1")));
    assert!(!sessions.revoke(&admin, other.session(), &client()).await.unwrap(), "not hers");
    assert!(sessions.revoke(&who, other.session(), &client()).await.unwrap());
    assert!(sessions.signed_in(&key("ada-2")).await.unwrap().is_none());
    assert!(!sessions.save(&key("ada-2"), &SessionData::new()).await.unwrap(), "revoked ones do not come back");

    bench.pass(TimeDelta::seconds(1));
    sessions.sign_out_everywhere(who, &client()).await.unwrap();
    assert!(sessions.signed_in(&key("ada-1")).await.unwrap().is_none());
    assert!(sessions.signed_in(&key("eve")).await.unwrap().is_some());
    let root = bench.demo("root@example.com", Role::Admin).await;
    let root = bench.signed_in(&root, &key("root")).await.admin().unwrap();
    bench.identity.set_access(&root, admin.user(), Access::Disabled, &client()).await.unwrap();
    assert!(sessions.signed_in(&key("eve")).await.unwrap().is_none());
    assert!(matches!(bench.try_in("eve@example.com", PASSWORD).await, Err(SignInError::Disabled)));
}}

db_test! { async fn sessions_end_unused_and_in_the_end_used(db: &TestStore) {
    let lifetimes = SessionLifetimes::new(TimeDelta::hours(4), TimeDelta::hours(10)).unwrap();
    let bench = Bench::with(db, &Settings { lifetimes, ..Settings::default() });
    let sessions = bench.identity.sessions();
    let start = bench.clock.now();
    let data = SessionData::from([("flash".to_owned(), serde_json::json!({ "typed": "ada" }))]);
    let created = sessions.create(&key("a"), &data).await.unwrap();
    assert_eq!(created, Created::Until(start + TimeDelta::hours(4)));
    assert_eq!(sessions.create(&key("a"), &data).await.unwrap(), Created::KeyTaken);
    assert!(sessions.signed_in(&key("a")).await.unwrap().is_none(), "nobody's");
    bench.pass(TimeDelta::seconds(59));
    let loaded = sessions.load(&key("a")).await.unwrap().unwrap();
    assert_eq!((loaded.expires_at, &loaded.data), (start + TimeDelta::hours(4), &data), "seen within the minute");
    for hour in [3, 6, 9] {
        bench.pass(TimeDelta::hours(3));
        let loaded = sessions.load(&key("a")).await.unwrap().unwrap();
        let idle = bench.clock.now() + TimeDelta::hours(4);
        assert_eq!(loaded.expires_at, idle.min(start + TimeDelta::hours(10)), "{hour}");
    }
    bench.pass(TimeDelta::hours(1));
    assert_eq!(sessions.load(&key("a")).await.unwrap(), None);
    assert_eq!(sessions.delete_expired().await.unwrap(), 1);
    sessions.create(&key("b"), &data).await.unwrap();
    bench.pass(TimeDelta::hours(4));
    assert_eq!(sessions.load(&key("b")).await.unwrap(), None);
}}

db_test! { async fn a_dearer_hash_replaces_the_old_at_sign_in(db: &TestStore) {
    let bench = Bench::new(db);
    let ada = bench.demo("ada@example.com", Role::User).await;
    let dear = HashCost { memory_kib: 32, passes: 1, lanes: 1 };
    let random = Arc::clone(&bench.identity.random);
    let raised = Identity { hasher: Hasher::new(dear, 1, random).unwrap(), ..bench.identity.clone() };
    for _ in 0..2 {
        raised.sign_in(&ada, &PASSWORD.into(), &client()).await.unwrap();
    }
    assert_eq!(raised.hasher.runs(), 3, "compared, hashed, compared");
    let mut unit = db.store.read().await.unwrap();
    let stored = unit.stored_user_by_email(&ada).await.unwrap().unwrap();
    assert!(stored.password.as_str().contains("m=32,"));
}}

db_test! { async fn no_token_is_in_the_database(db: &TestStore) {
    let bench = Bench::new(db);
    let ada = bench.demo("ada@example.com", Role::User).await;
    let token = bench.reset_token(&ada).await;
    let mut unit = db.store.read().await.unwrap();
    assert!(unit.token(&token.hash(), Purpose::ResetPassword, bench.clock.now()).await.unwrap().is_some());
    let raw = token.for_letter();
    let found = unit.token(raw.as_bytes(), Purpose::ResetPassword, bench.clock.now()).await.unwrap();
    assert_eq!(found, None);
    let jobs = crate::store::sql::all!(unit, (String,), "SELECT CAST(payload AS TEXT) FROM jobs").unwrap();
    assert!(!jobs.is_empty() && jobs.iter().all(|(payload,)| !payload.contains(&raw)));
}}
