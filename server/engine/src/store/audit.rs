//! The rows of the audit, the names beside them, and the end of the chain.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, one, run},
    stories::Before,
};
use crate::{
    audit::{
        Entry, Filter, Head, Kind,
        chain::{Digest, Link, Names, Row, hex},
    },
    ids::UserId,
    time::LATEST,
};

/// Of which part of an act the names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Actor,
    About,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::About => "about",
        }
    }
}

/// Names to be stored, and what they are found by.
pub(crate) struct NewNames {
    pub(crate) part: Part,
    pub(crate) user: Option<UserId>,
    pub(crate) key: String,
    pub(crate) names: Names,
}

#[derive(sqlx::FromRow)]
struct Stored {
    seq: i64,
    at: DateTime<Utc>,
    act: String,
    actor_id: Option<UserId>,
    about_kind: Option<String>,
    about_id: Option<String>,
    before_value: Option<String>,
    after_value: Option<String>,
    actor_digest: Option<Vec<u8>>,
    about_digest: Option<Vec<u8>>,
    hash: Vec<u8>,
    actor_salt: Option<Vec<u8>>,
    actor_name: Option<String>,
    address: Option<String>,
    user_agent: Option<String>,
    about_salt: Option<Vec<u8>>,
    about_name: Option<String>,
    reason: Option<String>,
}

impl From<Stored> for Row {
    fn from(row: Stored) -> Self {
        let (name, address, user_agent) = (row.actor_name, row.address, row.user_agent);
        let (about_name, reason) = (row.about_name, row.reason);
        Self {
            link: Link {
                seq: row.seq,
                at: row.at,
                act: row.act,
                actor: row.actor_id,
                about_kind: row.about_kind,
                about_id: row.about_id,
                before: row.before_value,
                after: row.after_value,
                actor_digest: row.actor_digest,
                about_digest: row.about_digest,
            },
            hash: row.hash,
            actor: row.actor_salt.map(|salt| Names {
                salt,
                name,
                address,
                user_agent,
                reason: None,
            }),
            about: row.about_salt.map(|salt| Names {
                salt,
                name: about_name,
                address: None,
                user_agent: None,
                reason,
            }),
        }
    }
}

impl TryFrom<Stored> for Entry {
    type Error = StoreError;

    fn try_from(row: Stored) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.seq,
            at: row.at,
            kind: row.act.parse().map_err(StoreError::bad("audit", "act"))?,
            actor: row.actor_id,
            actor_name: row.actor_name,
            address: row.address,
            user_agent: row.user_agent,
            about_kind: row.about_kind,
            about_id: row.about_id,
            about_name: row.about_name,
            reason: row.reason,
            before: row.before_value,
            after: row.after_value,
            hash: hex(&row.hash),
        })
    }
}

macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "SELECT a.seq, a.at, a.act, a.actor_id, a.about_kind, a.about_id, a.before_value, a.after_value,
                a.actor_digest, a.about_digest, a.hash, w.salt AS actor_salt, w.name AS actor_name, w.address,
                w.user_agent, o.salt AS about_salt, o.name AS about_name, o.reason
            FROM audit a LEFT JOIN audit_names w ON w.seq = a.seq AND w.part = 'actor'
            LEFT JOIN audit_names o ON o.seq = a.seq AND o.part = 'about' ",
            $rest
        )
    };
}

const WALK: &str = rows!("WHERE a.seq > $1 ORDER BY a.seq LIMIT $2");
const LIST: &str = rows!("WHERE a.seq < $1 ORDER BY a.seq DESC LIMIT $2");
// By the clock: rows of some days are found among those of years.
const LIST_TIMES: &str = rows!(
    "WHERE a.at >= $2 AND a.at < $3
    AND (a.at, a.seq) < (COALESCE((SELECT b.at FROM audit b WHERE b.seq = $1), $3), $1)
    ORDER BY a.at DESC, a.seq DESC LIMIT $4"
);
const LIST_ACTOR: &str = rows!(
    "WHERE a.seq < $1 AND ($2 IS NULL OR a.at >= $2) AND ($3 IS NULL OR a.at < $3) AND a.actor_id = $5 ORDER BY a.seq DESC LIMIT $4"
);
const LIST_ACT: &str = rows!(
    "WHERE a.seq < $1 AND ($2 IS NULL OR a.at >= $2) AND ($3 IS NULL OR a.at < $3) AND a.act = $5 ORDER BY a.seq DESC LIMIT $4"
);
const LIST_BOTH: &str = rows!(
    "WHERE a.seq < $1 AND ($2 IS NULL OR a.at >= $2) AND ($3 IS NULL OR a.at < $3) AND a.actor_id = $5 AND a.act = $6
    ORDER BY a.seq DESC LIMIT $4"
);
const STORY: &str = rows!(
    "WHERE a.about_id = $1 AND (a.at, a.seq) < ($2, $3) ORDER BY a.at DESC, a.seq DESC LIMIT $4"
);
const HEAD: &str = "SELECT seq, hash FROM audit_head";
/// One statement sees both at one instant.
const GOES_ON: &str = "SELECT count(*) FROM audit WHERE seq > (SELECT seq FROM audit_head)";
/// An update that changes nothing locks the row on either database; whoever
/// waited for it reads what the other has written.
const LOCK: &str = "UPDATE audit_head SET seq = seq RETURNING seq, hash";
const MOVE: &str = "UPDATE audit_head SET seq = $1, hash = $2";
const ADD: &str = "
    INSERT INTO audit (seq, at, act, actor_id, about_kind, about_id, before_value, after_value, actor_digest,
        about_digest, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const ADD_NAMES: &str = "
    INSERT INTO audit_names (seq, part, user_id, name_key, salt, name, address, user_agent, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ERASE: &str = "DELETE FROM audit_names WHERE user_id = $1 OR name_key = $2";
const ERASE_ABOUT: &str =
    "DELETE FROM audit_names WHERE (user_id = $1 OR name_key = $2) AND part = 'about'";

impl Read {
    pub(crate) async fn audit_head(&mut self) -> Result<Head, StoreError> {
        let (seq, hash) = one!(self, (i64, Vec<u8>), HEAD)?;
        Ok(Head { seq, hash })
    }

    /// Whether a row stands after the head.
    pub(crate) async fn audit_goes_on(&mut self) -> Result<bool, StoreError> {
        let (rows,) = one!(self, (i64,), GOES_ON)?;
        Ok(rows > 0)
    }

    /// The rows after number `seq`, in order.
    pub(crate) async fn audit_rows(
        &mut self,
        seq: i64,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = all!(self, Stored, WALK, seq, i64::from(limit))?;
        Ok(rows.into_iter().map(Row::from).collect())
    }

    /// Acts about a user before one, the latest first.
    pub(crate) async fn acts_before(
        &mut self,
        user: UserId,
        before: &Before<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let about = user.to_string();
        let rows = all!(self, Stored, STORY, about, before.at, before.id, limit)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// The latest rows before number `before`.
    pub(crate) async fn audit_entries(
        &mut self,
        filter: &Filter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let (before, limit) = (before.unwrap_or(i64::MAX), i64::from(limit));
        let (from, until) = (filter.from, filter.until);
        let rows = match (filter.actor, filter.kind.map(Kind::as_str)) {
            (None, None) if from.is_none() && until.is_none() => {
                all!(self, Stored, LIST, before, limit)?
            }
            (None, None) => {
                let from = from.unwrap_or(DateTime::UNIX_EPOCH);
                let until = until.unwrap_or(LATEST);
                all!(self, Stored, LIST_TIMES, before, from, until, limit)?
            }
            (Some(actor), None) => {
                all!(self, Stored, LIST_ACTOR, before, from, until, limit, actor)?
            }
            (None, Some(act)) => all!(self, Stored, LIST_ACT, before, from, until, limit, act)?,
            (Some(actor), Some(act)) => all!(
                self, Stored, LIST_BOTH, before, from, until, limit, actor, act
            )?,
        };
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

impl Write {
    /// The end of the chain, nobody else's until this unit is saved.
    pub(crate) async fn lock_audit(&mut self) -> Result<Head, StoreError> {
        let (seq, hash) = one!(self, (i64, Vec<u8>), LOCK)?;
        Ok(Head { seq, hash })
    }

    /// Adds a row and makes it the end.
    pub(crate) async fn add_audit(&mut self, link: &Link, hash: &Digest) -> Result<(), StoreError> {
        run!(
            self,
            ADD,
            link.seq,
            link.at,
            &link.act,
            link.actor,
            &link.about_kind,
            &link.about_id,
            &link.before,
            &link.after,
            link.actor_digest.as_deref(),
            link.about_digest.as_deref(),
            hash.as_slice()
        )?;
        run!(self, MOVE, link.seq, hash.as_slice())?;
        Ok(())
    }

    pub(crate) async fn add_audit_names(
        &mut self,
        seq: i64,
        new: &NewNames,
    ) -> Result<(), StoreError> {
        run!(
            self,
            ADD_NAMES,
            seq,
            new.part.as_str(),
            new.user,
            &new.key,
            &new.names.salt,
            &new.names.name,
            &new.names.address,
            &new.names.user_agent,
            &new.names.reason
        )?;
        Ok(())
    }

    /// Of the user, and of the address; how many rows.
    pub(crate) async fn erase_audit_names(
        &mut self,
        user: Option<UserId>,
        key: &str,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, ERASE, user, key)?)
    }

    /// The same where they were acted on; what they did keeps their name.
    pub(crate) async fn erase_audit_abouts(
        &mut self,
        user: UserId,
        key: &str,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, ERASE_ABOUT, user, key)?)
    }
}
