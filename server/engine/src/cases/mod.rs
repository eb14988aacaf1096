//! What Mastercard is told of: connections that only it can mend, by
//! institution and code, and what becomes of them after that.
//!
//! Nobody closes a case. It is open while a connection of it is broken; the
//! reading that proves the end of a break settles it there in the same unit of
//! work.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    audit::{Act, Actor, Audit},
    health::ALL,
    identity::{Client, SignedIn, Support},
    ids::{CaseId, ConnectionId},
    random::Random,
    status::{Acts, Code, Remedy, Table},
    store::{Store, StoreError, cases::NewCase},
    time::Clock,
};

pub use crate::store::cases::{Bundle, Case, Stuck};

/// How many bundles, or cases, a page has.
pub const PAGE: usize = 50;
/// So many connections one case takes; the rest is the next one's.
pub const MOST: usize = 200;
const LONGEST_NUMBER: usize = 40;

/// Connections of one institution and code, as one case tells of them.
#[derive(Debug, Clone)]
pub struct Together {
    /// What the institution is called.
    pub name: String,
    /// The code.
    pub code: Code,
    /// The connections, the longest broken first.
    pub stuck: Vec<Stuck>,
    /// Whether there are more than one case takes.
    pub more: bool,
}

/// Why a case was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// There is none, or nothing of it is broken so any more.
    #[error("nothing is left of this")]
    Nothing,
    /// A number has letters, digits and signs between them.
    #[error("not the number of a case")]
    NotANumber,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The use cases.
#[derive(Clone)]
pub struct Cases {
    store: Store,
    table: Table,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    audit: Audit,
}

impl Cases {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        table: Table,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        audit: Audit,
    ) -> Self {
        Self {
            store,
            table,
            clock,
            random,
            audit,
        }
    }

    /// Whether a case with Mastercard helps: where it is what helps at all, and
    /// where Mastercard acts by itself and ought to have done so by now.
    pub fn takes(&self, code: Code) -> bool {
        let row = self.table.row(code);
        row.remedy == Remedy::Case || row.acts == Acts::Mastercard
    }

    /// What no case has yet and is broken for so many days, by code and
    /// institution, after the last one of the page before; and whether there is
    /// more.
    pub async fn open(
        &self,
        by: &Support,
        days: u16,
        after: Option<(Code, i64)>,
    ) -> Result<(Vec<(Code, Bundle)>, bool), StoreError> {
        let until = self.until(days);
        let mut unit = self.store.read().await?;
        let standings = unit.standings_now(by.as_ref(), ALL).await?;
        let broken = standings.iter().filter_map(|(one, _)| one.broken());
        let mut codes: Vec<Code> = broken.filter(|code| self.takes(*code)).collect();
        codes.sort_unstable();
        let mut found = Vec::new();
        for code in codes {
            let from = match after {
                Some((last, _)) if code < last => continue,
                Some((last, place)) if code == last => place,
                _ => 0,
            };
            let left = i64::try_from(PAGE + 1 - found.len()).unwrap_or(0);
            let bundles = unit.bundles(code, until, from, left).await?;
            found.extend(bundles.into_iter().map(|bundle| (code, bundle)));
            if found.len() > PAGE {
                break;
            }
        }
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        Ok((found, more))
    }

    /// What one case would tell of; `None` where there is nothing.
    pub async fn bundle(
        &self,
        _: &Support,
        code: Code,
        institution: i64,
        days: u16,
    ) -> Result<Option<Together>, StoreError> {
        if !self.takes(code) {
            return Ok(None);
        }
        let mut unit = self.store.read().await?;
        let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let stuck = unit.stuck(code, institution, self.until(days), limit);
        let mut stuck = stuck.await?;
        let name = unit.institution_name(institution).await?;
        let Some(name) = name.filter(|_| !stuck.is_empty()) else {
            return Ok(None);
        };
        let more = stuck.len() > MOST;
        stuck.truncate(MOST);
        Ok(Some(Together {
            name,
            code,
            stuck,
            more,
        }))
    }

    /// Mastercard was told of these connections. Those that are broken so no
    /// more, or that another case took meanwhile, are left out.
    pub async fn sent(
        &self,
        by: &Support,
        client: &Client,
        (code, institution): (Code, i64),
        connections: &[ConnectionId],
        number: &str,
    ) -> Result<CaseId, CaseError> {
        let number = read_number(number)?;
        if !self.takes(code) || connections.len() > MOST {
            return Err(CaseError::Nothing);
        }
        let now = self.clock.now();
        let (case, who): (_, &SignedIn) = (CaseId(self.random.id(now)), by.as_ref());
        let new = NewCase {
            id: case,
            institution,
            code,
            number,
            sent: now,
            by: who.user(),
        };
        let mut unit = self.store.write().await?;
        let taken = unit.add_case(&new, connections).await?;
        if taken == 0 {
            return Err(CaseError::Nothing);
        }
        let actor = Actor::person(who, client);
        let act = Act::CaseSent(case, taken);
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(case)
    }

    /// Gives a case the number that it has at Mastercard.
    pub async fn number(
        &self,
        by: &Support,
        client: &Client,
        case: CaseId,
        number: &str,
    ) -> Result<(), CaseError> {
        let after = read_number(number)?;
        let mut unit = self.store.write().await?;
        let before = unit.take_case(case).await?.ok_or(CaseError::Nothing)?;
        if before.as_deref() == after {
            return Ok(());
        }
        unit.number_case(case, after).await?;
        let act = Act::CaseNumbered {
            case,
            before,
            after: after.map(str::to_owned),
        };
        let actor = Actor::person(by.as_ref(), client);
        self.audit.record(&mut unit, &actor, &act).await?;
        Ok(unit.save().await?)
    }

    /// Cases before one, those sent last first; and whether there are more.
    /// `None`: there is none to go on from.
    pub async fn list(
        &self,
        _: &Support,
        before: Option<CaseId>,
    ) -> Result<Option<(Vec<Case>, bool)>, StoreError> {
        let mut unit = self.store.read().await?;
        let from = match before {
            None => (crate::time::LATEST, CaseId(uuid::Uuid::nil())),
            Some(id) => match unit.case(id).await? {
                Some(case) => (case.sent, id),
                None => return Ok(None),
            },
        };
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut cases = unit.cases(from, limit).await?;
        let more = cases.len() > PAGE;
        cases.truncate(PAGE);
        Ok(Some((cases, more)))
    }

    /// One case, and its connections.
    pub async fn one(
        &self,
        _: &Support,
        case: CaseId,
    ) -> Result<Option<(Case, Vec<Stuck>)>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(found) = unit.case(case).await? else {
            return Ok(None);
        };
        let stuck = unit.stuck_in(case).await?;
        Ok(Some((found, stuck)))
    }

    fn until(&self, days: u16) -> DateTime<Utc> {
        self.clock.now() - TimeDelta::days(days.into())
    }
}

/// A number as Mastercard may write one; `None`: none yet.
fn read_number(typed: &str) -> Result<Option<&str>, CaseError> {
    let number = typed.trim();
    let signs = |letter: char| letter.is_ascii_alphanumeric() || " #-_./".contains(letter);
    if number.len() > LONGEST_NUMBER || !number.chars().all(signs) {
        return Err(CaseError::NotANumber);
    }
    Ok((!number.is_empty()).then_some(number))
}
