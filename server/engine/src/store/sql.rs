//! Runs one SQL text on whichever database a unit of work is on.
//!
//! The portable subset: `$n` placeholders, `RETURNING`, `ON CONFLICT`, CTEs,
//! window functions, `CASE`, `COALESCE`, `count(*) FILTER`. No `now()`,
//! intervals, arrays or `ILIKE`; `sum(n)` as `CAST(sum(n) AS BIGINT)`.

use super::{Read, Tx};

/// What has to be said differently: a list of values, which index.
pub(crate) struct Both {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Both {
    /// As the database of `unit` is told it.
    pub(crate) fn on(&self, unit: &Read) -> &'static str {
        match unit.0 {
            Tx::Sqlite(_) => self.sqlite,
            Tx::Postgres(_) => self.postgres,
        }
    }
}

/// `among!(before, $n, after)`: a statement in which what stands `before` is one of
/// some numbers, which are bound as JSON.
macro_rules! among {
    ($before:expr, $n:literal, $after:literal) => {
        $crate::store::sql::Both {
            sqlite: concat!(
                $before,
                " IN (SELECT value FROM json_each(",
                $n,
                "))",
                $after
            ),
            postgres: concat!(
                $before,
                " IN (SELECT CAST(jsonb_array_elements_text(",
                $n,
                ") AS BIGINT))",
                $after
            ),
        }
    };
}

/// `rows!(into, [int 0, text 1, …], after)`: a statement that puts in many rows,
/// bound as JSON: each a list, with a value of this kind at this place.
macro_rules! rows {
    ($into:literal, [$kind:ident $at:literal $(, $more:ident $of:literal)*], $after:literal) => {
        $crate::store::sql::rows!(@ concat!(
            $into,
            " SELECT ",
            $crate::store::sql::rows!($kind $at),
            $(", ", $crate::store::sql::rows!($more $of),)*
        ), $after)
    };
    (@ $select:expr, $after:literal) => {
        $crate::store::sql::Both {
            // Without WHERE, SQLite takes what follows for the ON of a join.
            sqlite: concat!($select, " FROM json_each($1) WHERE true ", $after),
            postgres: concat!($select, " FROM jsonb_array_elements($1) AS it(value) ", $after),
        }
    };
    (int $at:literal) => { concat!("CAST(value ->> ", $at, " AS BIGINT)") };
    (text $at:literal) => { concat!("value ->> ", $at) };
    (sql $sql:literal) => { $sql };
}

/// `all!(unit, Row, SQL, bind…)`: every row.
macro_rules! all {
    ($unit:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $unit.tx() {
            $crate::store::Tx::Sqlite(tx) => {
                #[cfg(test)]
                $crate::store::plans::look(&mut **tx, $sql).await;
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await
            }
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
        }
    };
}

/// `maybe!(unit, Row, SQL, bind…)`: one row or none.
macro_rules! maybe {
    ($unit:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $unit.tx() {
            $crate::store::Tx::Sqlite(tx) => {
                #[cfg(test)]
                $crate::store::plans::look(&mut **tx, $sql).await;
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await
            }
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
        }
    };
}

/// `one!(unit, Row, SQL, bind…)`: exactly one row.
macro_rules! one {
    ($unit:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $unit.tx() {
            $crate::store::Tx::Sqlite(tx) => {
                #[cfg(test)]
                $crate::store::plans::look(&mut **tx, $sql).await;
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await
            }
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
        }
    };
}

/// `run!(unit, SQL, bind…)`: how many rows were changed.
macro_rules! run {
    ($unit:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $unit.tx() {
            $crate::store::Tx::Sqlite(tx) => {
                #[cfg(test)]
                $crate::store::plans::look(&mut **tx, $sql).await;
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::Tx::Postgres(tx) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {all, among, maybe, one, rows, run};
