//! Browsers' sessions: tower-sessions on the engine's store.
//!
//! The cookie is `HttpOnly` and `SameSite=Lax`: the return from Data Connect is
//! a navigation from another site, and `Strict` would make it signed out.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use relink_engine::{
    identity::{Created, SessionKey, Sessions},
    store::StoreError,
};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// The engine's sessions, as the session layer wants them.
#[derive(Clone)]
pub(super) struct EngineSessions(Sessions);

impl std::fmt::Debug for EngineSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EngineSessions")
    }
}

/// The layer. `secure`: the site is https, and the cookie gets the `__Host-`
/// prefix, which no other host can set. `longest`: a session in use.
///
/// The cookie stays in the browser for that long, because it is written only
/// when the session changes; when an unused one ends, the store decides.
pub(super) fn layer(
    sessions: Sessions,
    secure: bool,
    longest: chrono::TimeDelta,
) -> SessionManagerLayer<EngineSessions> {
    let name = if secure { "__Host-relink" } else { "relink" };
    SessionManagerLayer::new(EngineSessions(sessions))
        .with_name(name)
        .with_path("/")
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::seconds(
            longest.num_seconds(),
        )))
}

/// What is stored of a session's id: its hash.
pub(super) fn key(id: Id) -> SessionKey {
    SessionKey::of(&id.0.to_be_bytes())
}

fn backend(error: &StoreError) -> Error {
    tracing::error!(
        error = super::chain(error),
        "the sessions cannot be reached"
    );
    Error::Backend(error.to_string())
}

fn to_time(instant: DateTime<Utc>) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(instant.timestamp()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[async_trait]
impl SessionStore for EngineSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            // A flushed session comes here with the id that it had: one that
            // somebody planted must not live on in the new session.
            record.id = Id::default();
            match self
                .0
                .create(&key(record.id), &record.data)
                .await
                .map_err(|error| backend(&error))?
            {
                Created::Until(end) => {
                    record.expiry_date = to_time(end);
                    return Ok(());
                }
                Created::KeyTaken => {}
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // A session that was revoked meanwhile does not come back: its last
        // request has no effect on it.
        self.0
            .save(&key(record.id), &record.data)
            .await
            .map_err(|error| backend(&error))
            .map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let loaded = self
            .0
            .load(&key(*id))
            .await
            .map_err(|error| backend(&error))?;
        Ok(loaded.map(|session| Record {
            id: *id,
            data: session.data,
            expiry_date: to_time(session.expires_at),
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0
            .delete(&key(*id))
            .await
            .map_err(|error| backend(&error))
    }
}
