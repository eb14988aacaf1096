//! One person's story, for whoever helps them: how they are found, what they
//! have, and all that happened, the latest first.
//!
//! Looking is an act and put down as such, once a view. What cannot be shown is
//! not read: events are their redacted copies, accounts their masks.

mod line;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use line::{Cursor, Kind, Line, What};

use crate::{
    audit::Audit,
    health::{Mark, Standing},
    identity::{Client, Email, Support, User},
    ids::{ConnectionId, UserId},
    store::{
        Read, Store, StoreError,
        accounts::{Account, Choice},
        breaks::Break,
        connections::Connection,
    },
    time::Clock,
};

/// How many lines a page has.
pub const PAGE: usize = 50;
/// What one name is looked up for: more people with it are a mistake of ours.
const MOST_FOUND: i64 = 5;
/// No address, id or reference is longer.
const LONGEST: usize = 320;

/// A person's connection, as support sees it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The connection.
    pub connection: Connection,
    /// How it stood at its latest reading; absent: it does not count.
    pub standing: Option<Standing>,
    /// Its open break.
    pub open: Option<Break>,
    /// Its marks, and why.
    pub marks: Vec<(Mark, String)>,
    /// Until when nothing is told of it.
    pub snoozed: Option<DateTime<Utc>>,
    /// Its accounts that are not removed.
    pub accounts: Vec<Account>,
}

/// A person's story, or a part of it.
#[derive(Debug, Clone)]
pub struct Story {
    /// Who.
    pub user: User,
    /// Since when their mail server refuses letters.
    pub email_refused: Option<DateTime<Utc>>,
    /// When Mastercard was last heard of what they have connected.
    pub read: Option<DateTime<Utc>>,
    /// When it was last asked, whatever came of it.
    pub tried: Option<DateTime<Utc>>,
    /// What they have connected, the oldest first.
    pub connections: Vec<Held>,
    /// What happened, the latest first.
    pub lines: Vec<Line>,
    /// Whether there is more.
    pub more: bool,
}

/// The use case.
#[derive(Clone)]
pub struct Stories {
    store: Store,
    clock: Arc<dyn Clock>,
    audit: Audit,
}

impl Stories {
    /// `clock` is the domain clock.
    pub fn new(store: Store, clock: Arc<dyn Clock>, audit: Audit) -> Self {
        Self {
            store,
            clock,
            audit,
        }
    }

    /// Whose e-mail address, customer id, connection, login, account or visit this is.
    /// Whoever is found was looked at.
    pub async fn find(
        &self,
        by: &Support,
        client: &Client,
        text: &str,
    ) -> Result<Vec<User>, StoreError> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST || text.contains(char::is_control) {
            return Ok(Vec::new());
        }
        let mut unit = self.store.read().await?;
        let mut found = Vec::new();
        for id in known_as(&mut unit, text).await? {
            found.extend(unit.user(id).await?);
        }
        drop(unit);
        for user in &found {
            self.audit.looked(by, user.into(), client).await?;
        }
        Ok(found)
    }

    /// A page of somebody's story, from `before` on; `None` of nobody. That it
    /// was looked at is put down.
    pub async fn story(
        &self,
        by: &Support,
        client: &Client,
        user: UserId,
        kind: Option<Kind>,
        before: Option<&Cursor>,
    ) -> Result<Option<Story>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(user) = unit.user(user).await? else {
            return Ok(None);
        };
        let mut lines = line::lines(&mut unit, user.id, kind, before, PAGE + 1).await?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let (read, tried) = unit.readings_of(user.id).await?;
        let story = Story {
            read,
            tried,
            email_refused: unit.refused_since(&user.email).await?,
            connections: self.connections(&mut unit, user.id).await?,
            user,
            lines,
            more,
        };
        drop(unit);
        let whom = (&story.user).into();
        self.audit.looked(by, whom, client).await?;
        Ok(Some(story))
    }

    async fn connections(&self, unit: &mut Read, user: UserId) -> Result<Vec<Held>, StoreError> {
        let now = self.clock.now();
        let standings: BTreeMap<ConnectionId, Standing> =
            unit.standings_of(user).await?.into_iter().collect();
        let (marks, snoozes) = (unit.marks_of(user).await?, unit.snoozes(user).await?);
        let (breaks, accounts) = (unit.breaks(user).await?, unit.accounts(user).await?);
        let held = |connection: Connection| {
            let id = connection.id;
            let open = |one: &&Break| one.connection == id && one.ended.is_none();
            let mine = |one: &&Account| one.connection == id && one.choice != Choice::Removed;
            let marks = marks.iter().filter(|(marked, ..)| *marked == id);
            Held {
                standing: standings.get(&id).copied(),
                open: breaks.iter().find(open).copied(),
                marks: marks.map(|(_, mark, why)| (*mark, why.clone())).collect(),
                snoozed: snoozes.get(&id).copied().filter(|until| *until > now),
                accounts: accounts.iter().filter(mine).cloned().collect(),
                connection,
            }
        };
        Ok(unit
            .connections(user)
            .await?
            .into_iter()
            .map(held)
            .collect())
    }
}

async fn known_as(unit: &mut Read, text: &str) -> Result<Vec<UserId>, StoreError> {
    if let Ok(email) = Email::parse(text) {
        let stored = unit.stored_user_by_email(&email).await?;
        return Ok(stored.map(|stored| stored.user.id).into_iter().collect());
    }
    match text.parse::<Uuid>() {
        Ok(id) => unit.users_by_id(id).await,
        Err(_) => unit.users_by_name(text, MOST_FOUND).await,
    }
}
