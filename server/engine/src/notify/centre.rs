//! The notice centre: what a person was told, and what became of it.

use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;

use super::{Facts, Known, Notices, Standing, Subject};
use crate::{
    connections::End,
    identity::SignedIn,
    ids::{ConnectionId, NoticeId},
    store::{StoreError, notices::Notice},
};

/// A notice, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Names it in links.
    pub id: NoticeId,
    /// What it is about.
    pub subject: Subject,
    /// The institution, where it is about one.
    pub institution: Option<(InstitutionId, String)>,
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
        let now = self.clocks.domain.now();
        let mut unit = self.store.read().await?;
        let known = self.gather(&mut unit, person.user(), now).await?;
        Ok(known.map_or_else(Vec::new, |known| {
            let Known { facts, notices, .. } = known;
            let show = |notice| Shown::of(notice, &facts, now);
            notices.into_iter().map(show).collect()
        }))
    }

    /// How many of them the person has not seen.
    pub async fn unseen(&self, person: &SignedIn) -> Result<u32, StoreError> {
        let mut unit = self.store.read().await?;
        unit.unseen_notices(person.user()).await
    }

    /// All that were made until now are seen.
    pub async fn mark_seen(&self, person: &SignedIn) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.see_notices(person.user(), self.clocks.domain.now())
            .await?;
        unit.save().await
    }

    /// One of the person's own: where the link of a letter leads. Changes
    /// nothing.
    pub async fn one(
        &self,
        person: &SignedIn,
        notice: NoticeId,
    ) -> Result<Option<Shown>, StoreError> {
        let now = self.clocks.domain.now();
        let mut unit = self.store.read().await?;
        let Some(notice) = unit.notice(person.user(), notice).await? else {
            return Ok(None);
        };
        let known = self.gather(&mut unit, person.user(), now).await?;
        Ok(known.map(|known| Shown::of(notice, &known.facts, now)))
    }
}

impl Shown {
    fn of(notice: Notice, facts: &Facts, now: DateTime<Utc>) -> Self {
        Self {
            id: notice.id,
            now: became(&notice.subject, facts, now),
            connection: notice.subject.connection(),
            institution: notice.institution_id.zip(notice.institution),
            subject: notice.subject,
            made: notice.made,
            seen: notice.seen.is_some(),
        }
    }
}

/// What became of what a notice says. Pure.
fn became(subject: &Subject, facts: &Facts, now: DateTime<Utc>) -> Now {
    let there = |connection: ConnectionId| {
        let mut all = facts.connections.iter();
        all.find(|standing| standing.connection == connection)
    };
    let holds = |holds: bool| if holds { Now::Holds } else { Now::Over };
    match *subject {
        Subject::Broke { of, connection, .. } => {
            let ended = facts.breaks.iter().find(|one| one.id == of);
            match ended.map(|one| one.ended) {
                Some(Some((at, End::Repaired))) => Now::Mended(at),
                Some(None) => holds(there(connection).is_some()),
                Some(Some((_, End::Gone))) | None => Now::Over,
            }
        }
        Subject::Outage { of, .. } => {
            let mine = || facts.outages.iter().filter(|one| one.outage == of);
            if mine().any(|one| one.over.is_none()) {
                Now::Holds
            } else {
                let over = mine().filter_map(|one| one.over).max();
                over.map_or(Now::Over, Now::Mended)
            }
        }
        Subject::Repaired { connection, .. } | Subject::Back { connection, .. } => {
            holds(there(connection).is_some_and(|standing| standing.ask.is_none()))
        }
        Subject::PermissionEnds { connection, by, .. } => {
            let same = |standing: &Standing| standing.permission_ends == Some(by);
            holds(by > now && there(connection).is_some_and(same))
        }
        Subject::InstitutionChanges { connection } => {
            holds(there(connection).is_some_and(|standing| standing.changes))
        }
        Subject::EmailRefused { since } => holds(facts.email_refused == Some(since)),
    }
}
