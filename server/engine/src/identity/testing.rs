//! Users and proofs for tests: made by the real use cases, no back door.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use chrono::DateTime;

mod authenticator;

pub use authenticator::Authenticator;

use super::{
    Client, DemoUser, Email, Entered, FactorKey, HashCost, Hasher, Identity, Password,
    RelyingParty, Role, SIGN_IN, SessionData, SessionKey, Settings, SignInMark, SignedIn,
};
use crate::{
    random::{Random, SeededRandom},
    store::Store,
    time::{Clock, FixedClock},
};

/// The password of every user made here.
pub const PASSWORD: &str = "wander oyster plinth";

/// Where the installation of these tests is.
pub const ORIGIN: &str = "http://localhost:3000";

/// A browser on a test network.
pub fn client() -> Client {
    Client {
        address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        user_agent: Some("Test/1.0".to_owned()),
    }
}

/// Hashes cheaply, so that tests are quick.
///
/// # Panics
///
/// When that fails: the test must.
#[expect(clippy::expect_used, reason = "the cost is within bounds")]
pub fn cheap_hasher(random: Arc<dyn Random>) -> Hasher {
    Hasher::new(
        HashCost {
            memory_kib: 16,
            passes: 1,
            lanes: 1,
        },
        4,
        random,
    )
    .expect("a cheap hasher")
}

/// The use cases on `store` with cheap hashes.
///
/// # Panics
///
/// Never: the origin is an address.
#[expect(clippy::expect_used, reason = "the origin is an address")]
pub fn identity(
    store: &Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    settings: Settings,
) -> Identity {
    Identity::new(
        store.clone(),
        cheap_hasher(Arc::clone(&random)),
        clock,
        random,
        FactorKey::new(&vec![7; 32].into()),
        RelyingParty::new(&ORIGIN.parse().expect("an address"), "Relink"),
        settings,
    )
}

/// Makes the user `email` if there is none, and signs them in.
///
/// # Panics
///
/// When that fails: the test must.
#[expect(clippy::expect_used, reason = "a test without its user must fail")]
pub async fn signed_in(
    store: &Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    email: &str,
    role: Role,
) -> SignedIn {
    let identity = identity(store, clock, Arc::clone(&random), Settings::default());
    let email = Email::parse(email).expect("an address");
    let password = Password::parse(&PASSWORD.into()).expect("a password");
    identity
        .ensure_demo(&DemoUser {
            email: email.clone(),
            password,
            role,
        })
        .await
        .expect("a user");
    let key = SessionKey::of(random.token().as_bytes());
    enter(&identity, &email, &key).await;
    identity
        .sessions()
        .signed_in(&key)
        .await
        .expect("the database")
        .expect("a session")
}

/// A database's people, on a clock that stands.
pub struct Town {
    /// The use cases.
    pub identity: Identity,
    /// Moves them.
    pub clock: Arc<FixedClock>,
    random: Arc<dyn Random>,
}

impl Town {
    /// With these rules.
    ///
    /// # Panics
    ///
    /// Never: the instant is one.
    #[expect(clippy::expect_used, reason = "the instant is one")]
    pub fn new(store: &Store, settings: Settings) -> Self {
        let instant = DateTime::from_timestamp(1_700_000_000, 0).expect("an instant");
        let clock = Arc::new(FixedClock::at(instant));
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(5));
        Self {
            identity: identity(store, clock.clone(), random.clone(), settings),
            clock,
            random,
        }
    }

    /// A key for a new session.
    pub fn key(&self) -> SessionKey {
        SessionKey::of(self.random.token().as_bytes())
    }

    /// Somebody of this role, without a session.
    ///
    /// # Panics
    ///
    /// When that fails: the test must.
    #[expect(clippy::expect_used, reason = "a test without its user must fail")]
    pub async fn settle(&self, email: &str, role: Role) -> Email {
        let email = Email::parse(email).expect("an address");
        let password = Password::parse(&PASSWORD.into()).expect("a password");
        let demo = DemoUser {
            email: email.clone(),
            password,
            role,
        };
        self.identity.ensure_demo(&demo).await.expect("a user");
        email
    }

    /// Somebody of this role, signed in.
    ///
    /// # Panics
    ///
    /// When that fails: the test must.
    #[expect(clippy::expect_used, reason = "a test without its session must fail")]
    pub async fn person(&self, email: &str, role: Role) -> SignedIn {
        let (email, key) = (self.settle(email, role).await, self.key());
        enter(&self.identity, &email, &key).await;
        self.at(&key).await.expect("a session")
    }

    /// Whose session it is.
    ///
    /// # Panics
    ///
    /// When the database fails.
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    pub async fn at(&self, key: &SessionKey) -> Option<SignedIn> {
        let found = self.identity.sessions().signed_in(key).await;
        found.expect("the database")
    }
}

/// Signs in as the server does: a new session with the mark in its data.
///
/// # Panics
///
/// When that fails: the test must.
#[expect(clippy::expect_used, reason = "a test without its session must fail")]
pub async fn enter(identity: &Identity, email: &Email, key: &SessionKey) {
    let entered = identity
        .sign_in(email, &PASSWORD.into(), &client())
        .await
        .expect("the sign-in");
    let Entered::In(mark) = entered else {
        panic!("a second factor is owed");
    };
    keep(identity, mark, key).await;
}

/// Keeps a mark as the server does.
///
/// # Panics
///
/// When that fails: the test must.
#[expect(clippy::expect_used, reason = "a test without its session must fail")]
pub async fn keep(identity: &Identity, mark: SignInMark, key: &SessionKey) {
    let mark = serde_json::to_value(mark).expect("JSON");
    let data = SessionData::from([(SIGN_IN.to_owned(), mark)]);
    identity
        .sessions()
        .create(key, &data)
        .await
        .expect("the session");
}
