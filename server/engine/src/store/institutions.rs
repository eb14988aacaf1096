//! The directory's copies, what was asked beside them, and usage.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relink_mastercard::{
    InstitutionId,
    model::{Institution, InstitutionStatus},
};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{Both, all, among, maybe, one, run},
};

/// What `start` of the directory counts: the official description says both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Not known before the second page.
    Unknown,
    /// Pages.
    Pages,
    /// Institutions.
    Records,
}

/// How far a copy of the directory has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyProgress {
    /// The copy's number.
    pub copy: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The `start` to ask for next.
    pub next_start: i64,
    /// What `start` counts.
    pub counting: Counting,
    /// Position of the last record that was asked for, where records count.
    pub records: i64,
    /// The largest number of institutions that Mastercard said there are.
    pub found: i64,
}

/// The copy in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct WholeCopy {
    /// Its number.
    #[sqlx(rename = "id")]
    pub copy: i64,
    /// When it was whole.
    pub completed_at: DateTime<Utc>,
}

const OPEN: &str = "
    SELECT id, started_at, next_start, counting, records, found FROM institution_copies
    WHERE completed_at IS NULL ORDER BY id DESC LIMIT 1";
const WHOLE: &str = "
    SELECT id, completed_at FROM institution_copies
    WHERE completed_at IS NOT NULL ORDER BY id DESC LIMIT 1";
const BEGIN: &str = "
    INSERT INTO institution_copies (id, started_at, next_start, counting, records, found)
    VALUES ((SELECT COALESCE(max(id), 0) + 1 FROM institution_copies), $1, 1, 'unknown', 0, 0)
    RETURNING id, started_at, next_start, counting, records, found";
const ADVANCE: &str = "
    UPDATE institution_copies SET next_start = $3, counting = $4, records = $5, found = $6
    WHERE id = $1 AND next_start = $2 AND completed_at IS NULL";
const LOCK: &str = "
    UPDATE institution_copies SET records = records WHERE id = $1 AND next_start = $2 AND completed_at IS NULL";
const COMPLETE: &str = "UPDATE institution_copies SET completed_at = $3 WHERE id = $1 AND next_start = $2 AND completed_at IS NULL";
const DROP_COPY: &str = "DELETE FROM institution_copies WHERE id = $1";
const DROP_OLDER: &str = "DELETE FROM institution_copies WHERE id < $1";
const ADD: &str = "INSERT INTO institutions (copy, id, body, status) VALUES ($1, $2, $3, $4) ON CONFLICT (copy, id) DO NOTHING";
const COUNT: &str = "SELECT count(*) FROM institutions WHERE copy = $1";
const PAGE: &str = "SELECT body FROM institutions WHERE copy = $1 AND id > $2 ORDER BY id LIMIT $3";
const BY_ID: &str = "SELECT body FROM institutions WHERE id = $1
    AND copy = (SELECT max(id) FROM institution_copies WHERE completed_at IS NOT NULL)";
const STATUSES: Both = among!(
    "SELECT id, status FROM institutions WHERE id",
    "$1",
    " AND copy = (SELECT max(id) FROM institution_copies WHERE completed_at IS NOT NULL)"
);
const ASKED_BY_ID: &str = "SELECT body FROM institutions_asked WHERE id = $1";
const ASKED: &str = "SELECT body FROM institutions_asked ORDER BY id";
const ADD_ASKED: &str = "
    INSERT INTO institutions_asked (id, body, asked_at) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, asked_at = excluded.asked_at";
const DROP_ASKED: &str = "DELETE FROM institutions_asked WHERE asked_at < $1";
const ROUTING: &str = "SELECT number, institution FROM institution_routing";
const ADD_ROUTING: &str =
    "INSERT INTO institution_routing (number, institution) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const USAGE: &str = "SELECT institution, chosen FROM institution_usage";
const CHOOSE: &str = "
    INSERT INTO institution_usage (institution, chosen) VALUES ($1, 1)
    ON CONFLICT (institution) DO UPDATE SET chosen = institution_usage.chosen + 1";

#[derive(sqlx::FromRow)]
struct CopyRow {
    id: i64,
    started_at: DateTime<Utc>,
    next_start: i64,
    counting: String,
    records: i64,
    found: i64,
}

/// A stored word that is none of [`Counting`]'s.
#[derive(Debug, thiserror::Error)]
#[error("neither unknown, pages nor records")]
struct NotCounting;

impl Counting {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pages => "pages",
            Self::Records => "records",
        }
    }

    fn parse(text: &str) -> Result<Self, NotCounting> {
        let all = [Self::Unknown, Self::Pages, Self::Records];
        all.into_iter()
            .find(|counting| counting.as_str() == text)
            .ok_or(NotCounting)
    }
}

impl TryFrom<CopyRow> for CopyProgress {
    type Error = StoreError;

    fn try_from(row: CopyRow) -> Result<Self, StoreError> {
        let counting = Counting::parse(&row.counting);
        Ok(Self {
            copy: row.id,
            started_at: row.started_at,
            next_start: row.next_start,
            counting: counting.map_err(StoreError::bad("institution_copies", "counting"))?,
            records: row.records,
            found: row.found,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    body: Json<Institution>,
}

impl Read {
    /// The copy that is being made, if one is.
    pub async fn open_copy(&mut self) -> Result<Option<CopyProgress>, StoreError> {
        maybe!(self, CopyRow, OPEN)?
            .map(CopyProgress::try_from)
            .transpose()
    }

    /// The newest whole copy.
    pub async fn whole_copy(&mut self) -> Result<Option<WholeCopy>, StoreError> {
        Ok(maybe!(self, WholeCopy, WHOLE)?)
    }

    /// How many institutions a copy holds.
    pub async fn institutions_in_copy(&mut self, copy: i64) -> Result<i64, StoreError> {
        let (count,) = one!(self, (i64,), COUNT, copy)?;
        Ok(count)
    }

    /// At most `limit` institutions of a copy, by id, those after `after`.
    pub async fn institutions(
        &mut self,
        copy: i64,
        after: Option<InstitutionId>,
        limit: i64,
    ) -> Result<Vec<Institution>, StoreError> {
        let after = after.map_or(i64::MIN, InstitutionId::get);
        let rows = all!(self, Row, PAGE, copy, after, limit)?;
        Ok(rows.into_iter().map(|row| row.body.0).collect())
    }

    /// The institution as last stored.
    pub async fn institution(
        &mut self,
        id: InstitutionId,
    ) -> Result<Option<Institution>, StoreError> {
        let copied = maybe!(self, Row, BY_ID, id.get())?;
        let row = match copied {
            Some(row) => Some(row),
            None => maybe!(self, Row, ASKED_BY_ID, id.get())?,
        };
        Ok(row.map(|row| row.body.0))
    }

    /// What Mastercard says of each of some institutions, where we have it.
    pub(crate) async fn institution_statuses(
        &mut self,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, InstitutionStatus>, StoreError> {
        let sql = STATUSES.on(self);
        let rows = all!(self, (i64, String), sql, Json(ids))?;
        let mut all: BTreeMap<_, _> = rows
            .into_iter()
            .map(|(id, name)| (id, name.into()))
            .collect();
        if ids.iter().any(|id| !all.contains_key(id)) {
            for it in self.asked_institutions().await? {
                all.entry(it.id.get()).or_insert(it.status);
            }
        }
        Ok(all)
    }

    /// Institutions found by single questions.
    pub async fn asked_institutions(&mut self) -> Result<Vec<Institution>, StoreError> {
        Ok(all!(self, Row, ASKED)?
            .into_iter()
            .map(|row| row.body.0)
            .collect())
    }

    /// Routing numbers that were asked for, with their institutions.
    pub async fn routing_numbers(&mut self) -> Result<Vec<(u32, InstitutionId)>, StoreError> {
        let rows = all!(self, (i64, i64), ROUTING)?;
        let read = |(number, id)| Ok((u32::try_from(number)?, InstitutionId::new(id)));
        let read: Result<Vec<_>, std::num::TryFromIntError> = rows.into_iter().map(read).collect();
        read.map_err(StoreError::bad("institution_routing", "number"))
    }

    /// How often our users chose each institution.
    pub async fn institution_usage(&mut self) -> Result<Vec<(InstitutionId, i64)>, StoreError> {
        let rows = all!(self, (i64, i64), USAGE)?;
        Ok(rows
            .into_iter()
            .map(|(id, chosen)| (InstitutionId::new(id), chosen))
            .collect())
    }
}

impl Write {
    /// Begins a copy.
    pub async fn begin_copy(&mut self, now: DateTime<Utc>) -> Result<CopyProgress, StoreError> {
        one!(self, CopyRow, BEGIN, now)?.try_into()
    }

    /// Adds institutions to a copy; gives how many were new to it.
    pub async fn add_institutions(
        &mut self,
        copy: i64,
        list: &[Institution],
    ) -> Result<u64, StoreError> {
        let mut new = 0;
        for institution in list {
            new += run!(
                self,
                ADD,
                copy,
                institution.id.get(),
                Json(institution),
                institution.status.as_str()
            )?;
        }
        Ok(new)
    }

    /// Takes a copy that stands at `from`; nobody else moves it until this is
    /// saved. `false` when another has moved it already.
    pub async fn lock_copy(&mut self, copy: i64, from: i64) -> Result<bool, StoreError> {
        Ok(run!(self, LOCK, copy, from)? == 1)
    }

    /// Moves a copy on from `from`; `false` when another has moved it already.
    pub async fn advance_copy(&mut self, from: i64, to: &CopyProgress) -> Result<bool, StoreError> {
        let moved = run!(
            self,
            ADVANCE,
            to.copy,
            from,
            to.next_start,
            to.counting.as_str(),
            to.records,
            to.found
        )?;
        Ok(moved == 1)
    }

    /// Puts a copy that stands at `from` into use, and deletes what it
    /// replaces; `false` when another has moved it already.
    pub async fn complete_copy(
        &mut self,
        at: &CopyProgress,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if run!(self, COMPLETE, at.copy, at.next_start, now)? == 0 {
            return Ok(false);
        }
        run!(self, DROP_OLDER, at.copy)?;
        run!(self, DROP_ASKED, at.started_at)?;
        Ok(true)
    }

    /// Deletes a copy.
    pub async fn drop_copy(&mut self, copy: i64) -> Result<(), StoreError> {
        run!(self, DROP_COPY, copy)?;
        Ok(())
    }

    /// Keeps institutions found by a single question.
    pub async fn add_asked_institutions(
        &mut self,
        list: &[Institution],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for institution in list {
            run!(
                self,
                ADD_ASKED,
                institution.id.get(),
                Json(institution),
                now
            )?;
        }
        Ok(())
    }

    /// Keeps that a routing number leads to these institutions.
    pub async fn add_routing_number(
        &mut self,
        number: u32,
        ids: &[InstitutionId],
    ) -> Result<(), StoreError> {
        for id in ids {
            run!(self, ADD_ROUTING, i64::from(number), id.get())?;
        }
        Ok(())
    }

    /// Counts that a user chose an institution.
    pub async fn count_choice(&mut self, id: InstitutionId) -> Result<(), StoreError> {
        run!(self, CHOOSE, id.get())?;
        Ok(())
    }
}
