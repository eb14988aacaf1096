//! Users and proofs for tests: made by the real use cases, no back door.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use super::{
    Client, DemoUser, Email, HashCost, Hasher, Identity, Password, Role, SIGN_IN, SessionData,
    SessionKey, Settings, SignedIn,
};
use crate::{random::Random, store::Store, time::Clock};

/// The password of every user made here.
pub const PASSWORD: &str = "wander oyster plinth";

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

/// Signs in as the server does: a new session with the mark in its data.
///
/// # Panics
///
/// When that fails: the test must.
#[expect(clippy::expect_used, reason = "a test without its session must fail")]
pub async fn enter(identity: &Identity, email: &Email, key: &SessionKey) {
    let mark = identity
        .sign_in(email, &PASSWORD.into(), &client())
        .await
        .expect("the sign-in");
    let mark = serde_json::to_value(mark).expect("JSON");
    let data = SessionData::from([(SIGN_IN.to_owned(), mark)]);
    identity
        .sessions()
        .create(key, &data)
        .await
        .expect("the session");
}
