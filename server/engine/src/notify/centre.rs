//! The notice centre: what a person was told, and what became of it.

use chrono::{DateTime, Utc};

use super::{Notices, Subject};
use crate::{
    identity::SignedIn,
    ids::{ConnectionId, NoticeId},
    store::StoreError,
};

/// A notice, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Names it in links.
    pub id: NoticeId,
    /// What it is about.
    pub subject: Subject,
    /// The institution, where it is about one.
    pub institution: Option<String>,
    /// The connection, where it is about one.
    pub connection: Option<ConnectionId>,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// Whether the person has seen it.
    pub seen: bool,
    /// What became of it.
    pub now: Now,
}

/// What became of what a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// It still holds.
    Holds,
    /// It was repaired, renewed or came back.
    Mended(DateTime<Utc>),
    /// It does not matter any more: broken again, taken away, or run out.
    Over,
}

impl Notices {
    /// What a person was told, the newest first.
    pub async fn centre(&self, person: &SignedIn) -> Result<Vec<Shown>, StoreError> {
        todo!()
    }

    /// How many of them the person has not seen.
    pub async fn unseen(&self, person: &SignedIn) -> Result<u32, StoreError> {
        todo!()
    }

    /// All that were made until now are seen.
    pub async fn mark_seen(&self, person: &SignedIn) -> Result<(), StoreError> {
        todo!()
    }

    /// One of the person's own: where the link of a letter leads. Changes
    /// nothing.
    pub async fn one(
        &self,
        person: &SignedIn,
        notice: NoticeId,
    ) -> Result<Option<Shown>, StoreError> {
        todo!()
    }
}
