//! How SQLite would find the rows of each statement that a test runs: none may
//! look through a table that grows with customers, nor sort all rows of which the
//! first are wanted. SQLite, because it has no figures of its tables and takes the
//! plan that the text suggests, as on the first day with a million customers.

use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr, SqliteConnection};

/// What may be looked through, by how a plan begins, and which statements may.
const ALLOWED: &str = include_str!("../../data/scans.txt");

fn is_allowed(detail: &str, sql: &str) -> bool {
    let mut lines = ALLOWED.lines().filter(|line| !line.starts_with('#'));
    lines.any(|line| match line.split_once(" IN ") {
        Some((scan, within)) => detail.starts_with(scan) && sql.contains(within),
        None => detail.starts_with(line),
    })
}

/// Looks at a plan.
///
/// # Panics
///
/// When it looks through what it may not.
pub(crate) async fn look(connection: &mut SqliteConnection, sql: impl SqlSafeStr) {
    let sql = sql.into_sql_str();
    let words: Vec<&str> = sql.as_str().split_whitespace().collect();
    let sql = words.join(" ");
    // What is put in by values, or taken away, shows the plans of foreign keys.
    let begins = |word| sql.starts_with(word);
    if !(begins("SELECT")
        || begins("WITH")
        || begins("UPDATE")
        || begins("INSERT") && sql.contains(" SELECT "))
    {
        return;
    }
    let plan = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    // A statement that is wrong says so itself.
    let rows = sqlx::query(plan).fetch_all(connection).await;
    for row in rows.unwrap_or_default() {
        let detail: String = row.get("detail");
        // An index for this once reads the whole table, too.
        let whole = detail.starts_with("SCAN") || detail.contains("AUTOMATIC");
        // So does a sort of which only the first are wanted.
        let sorted = detail == "USE TEMP B-TREE FOR ORDER BY" && sql.contains(" LIMIT ");
        let fine = !(whole || sorted) || is_allowed(&detail, &sql);
        assert!(fine, "{detail} in {sql}");
    }
}
