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
const ADD: &str = "
    INSERT INTO missing_terms (term, searches, reports, last) VALUES ($1, $2, $3, $4)
    ON CONFLICT (term) DO UPDATE SET
        searches = missing_terms.searches + excluded.searches,
        reports = missing_terms.reports + excluded.reports,
        last = CASE WHEN excluded.last > missing_terms.last THEN excluded.last ELSE missing_terms.last END";
const MOST_SEARCHED: &str = "SELECT term, searches, reports, last FROM missing_terms
    WHERE searches > 0 ORDER BY searches DESC, term LIMIT $1";
const MOST_REPORTED: &str = "SELECT term, searches, reports, last FROM missing_terms
    WHERE reports > 0 ORDER BY reports DESC, term LIMIT $1";
const TAKE_AWAY: &str = "
    UPDATE missing_terms SET searches = missing_terms.searches - old.searches,
        reports = missing_terms.reports - old.reports
    FROM (SELECT term, CAST(sum(searches) AS BIGINT) AS searches, CAST(sum(reports) AS BIGINT) AS reports
        FROM missing_institutions WHERE day < $1 GROUP BY term) AS old
    WHERE missing_terms.term = old.term";
const PRUNE: &str = "DELETE FROM missing_institutions WHERE day < $1";
const PRUNE_TERMS: &str = "DELETE FROM missing_terms WHERE last < $1";

impl Read {
    /// What was missed in the days that are kept, what most missed in this way
    /// first.
    pub async fn missed_institutions(
        &mut self,
        how: Missing,
        limit: i64,
    ) -> Result<Vec<Missed>, StoreError> {
        let sql = match how {
            Missing::Search => MOST_SEARCHED,
            Missing::Report => MOST_REPORTED,
        };
        let rows = all!(self, (String, i64, i64, String), sql, limit)?;
        rows.into_iter()
            .map(|(term, searches, reports, last)| {
                let last = last
                    .parse()
                    .map_err(StoreError::bad("missing_terms", "last"))?;
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
        let day = day.to_string();
        let counted = run!(self, COUNT, &day, term, searches, reports, TERMS_A_DAY)?;
        if counted > 0 {
            run!(self, ADD, term, searches, reports, &day)?;
        }
        Ok(())
    }

    /// Forgets what was missed before `day`.
    pub async fn prune_missing(&mut self, day: NaiveDate) -> Result<u64, StoreError> {
        let day = day.to_string();
        run!(self, TAKE_AWAY, &day)?;
        run!(self, PRUNE_TERMS, &day)?;
        Ok(run!(self, PRUNE, &day)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, store::testing::TestStore};

    db_test! {
        async fn what_most_miss_comes_first_in_either_way(db: &TestStore) {
            let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
            let mut unit = db.store.write().await.unwrap();
            for (day, term, how) in [
                (day(1), "old", Missing::Search),
                (day(1), "x", Missing::Search),
                (day(2), "x", Missing::Search),
                (day(3), "x", Missing::Search),
                (day(3), "y", Missing::Report),
                (day(2), "y", Missing::Search),
                (day(2), "z", Missing::Report),
            ] {
                unit.count_missing(day, term, how).await.unwrap();
            }
            // Reported by many, and searched for by nobody: beside what is.
            for term in 0..30 {
                for _ in 0..2 {
                    unit.count_missing(day(2), &format!("r{term}"), Missing::Report).await.unwrap();
                }
            }
            let of = |term: &str, searches, reports, last| Missed { term: term.to_owned(), searches, reports, last: day(last) };
            let searched = unit.missed_institutions(Missing::Search, 20).await.unwrap();
            assert_eq!(searched, [of("x", 3, 0, 3), of("old", 1, 0, 1), of("y", 1, 1, 3)]);
            let reported = unit.missed_institutions(Missing::Report, 32).await.unwrap();
            assert_eq!(reported[30..], [of("y", 1, 1, 3), of("z", 0, 1, 2)]);
            assert_eq!(unit.prune_missing(day(2)).await.unwrap(), 2);
            let searched = unit.missed_institutions(Missing::Search, 20).await.unwrap();
            assert_eq!(searched, [of("x", 2, 0, 3), of("y", 1, 1, 3)]);
            assert_eq!(unit.prune_missing(day(3)).await.unwrap(), 33);
            let left = unit.missed_institutions(Missing::Report, 20).await.unwrap();
            assert_eq!(left, [of("y", 0, 1, 3)]);
            unit.save().await.unwrap();
        }
    }
}
