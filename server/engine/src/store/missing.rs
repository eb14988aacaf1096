//! What was looked for in vain, counted a day and term.

use chrono::NaiveDate;

use super::{
    Read, StoreError, Write,
    sql::{all, run},
};

/// How often an institution was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What was typed, in one spelling.
    pub term: String,
    /// Searches that found nothing.
    pub searches: i64,
    /// Times it was reported as missing.
    pub reports: i64,
    /// The last day on which it was missed.
    pub last: NaiveDate,
}

/// Which count goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A search found nothing.
    Search,
    /// A person said so.
    Report,
}

/// A day takes so many terms; after that only known ones are counted, so that
/// nobody can fill the table.
const TERMS_A_DAY: i64 = 2_000;

const COUNT: &str = "
    INSERT INTO missing_institutions (day, term, searches, reports)
    SELECT $1, $2, $3, $4
    WHERE (SELECT count(*) FROM missing_institutions WHERE day = $1) < $5
       OR EXISTS (SELECT 1 FROM missing_institutions WHERE day = $1 AND term = $2)
    ON CONFLICT (day, term) DO UPDATE SET
        searches = missing_institutions.searches + excluded.searches,
        reports = missing_institutions.reports + excluded.reports";
const LIST: &str = "
    SELECT term, CAST(sum(searches) AS BIGINT) AS searches, CAST(sum(reports) AS BIGINT) AS reports, max(day) AS last
    FROM missing_institutions WHERE day >= $1 GROUP BY term
    ORDER BY sum(reports) DESC, sum(searches) DESC, term LIMIT $2";
const PRUNE: &str = "DELETE FROM missing_institutions WHERE day < $1";

impl Read {
    /// What was missed since `since`, the most wanted first.
    pub async fn missed_institutions(
        &mut self,
        since: NaiveDate,
        limit: i64,
    ) -> Result<Vec<Missed>, StoreError> {
        let rows = all!(
            self,
            (String, i64, i64, String),
            LIST,
            since.to_string(),
            limit
        )?;
        rows.into_iter()
            .map(|(term, searches, reports, last)| {
                let last = last
                    .parse()
                    .map_err(StoreError::bad("missing_institutions", "day"))?;
                Ok(Missed {
                    term,
                    searches,
                    reports,
                    last,
                })
            })
            .collect()
    }
}

impl Write {
    /// Counts that `term` was missed on `day`.
    pub async fn count_missing(
        &mut self,
        day: NaiveDate,
        term: &str,
        how: Missing,
    ) -> Result<(), StoreError> {
        let (searches, reports) = match how {
            Missing::Search => (1_i64, 0_i64),
            Missing::Report => (0, 1),
        };
        run!(
            self,
            COUNT,
            day.to_string(),
            term,
            searches,
            reports,
            TERMS_A_DAY
        )?;
        Ok(())
    }

    /// Forgets what was missed before `day`.
    pub async fn prune_missing(&mut self, day: NaiveDate) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, day.to_string())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, store::testing::TestStore};

    db_test! {
        async fn counts_a_day_and_term(db: &TestStore) {
            let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
            let mut unit = db.store.write().await.unwrap();
            for (day, term, how) in [
                (day(1), "old", Missing::Search),
                (day(2), "x", Missing::Search),
                (day(3), "x", Missing::Search),
                (day(3), "y", Missing::Report),
                (day(3), "y", Missing::Search),
            ] {
                unit.count_missing(day, term, how).await.unwrap();
            }
            unit.save().await.unwrap();
            let missed = db.store.read().await.unwrap().missed_institutions(day(2), 10).await.unwrap();
            let of = |term: &str, searches, reports| Missed { term: term.to_owned(), searches, reports, last: day(3) };
            assert_eq!(missed, [of("y", 1, 1), of("x", 2, 0)]);
            let mut unit = db.store.write().await.unwrap();
            assert_eq!(unit.prune_missing(day(2)).await.unwrap(), 1);
        }
    }
}
