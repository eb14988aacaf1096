//! One test on both databases, and what a database holds.

use relink_engine::store::testing::TestStore;
use sqlx::{AssertSqlSafe, PgPool, Row as _, SqlitePool};

/// `on_both! { async fn name(db: &TestStore) { … } }`: one body, two tests. The
/// line of a skipped one is what the count of skips looks for.
macro_rules! on_both {
    ($(async fn $name:ident($db:ident: &$store:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn body($db: &$store) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(&$store::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                match $store::postgres().await {
                    Some(db) => body(&db).await,
                    None => println!(
                        "SKIP {}: RELINK_TEST_POSTGRES_URL is not set",
                        concat!(stringify!($name), "::postgres")
                    ),
                }
            }
        }
    )+};
}
pub(crate) use on_both;

/// The rows of `table`, each as one text, in no order of meaning.
pub(crate) async fn rows(db: &TestStore, table: &str) -> Vec<String> {
    let mut rows = if db.url.starts_with("sqlite:") {
        let pool = SqlitePool::connect(&db.url).await.unwrap();
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = sqlx::query(AssertSqlSafe(columns))
            .fetch_all(&pool)
            .await
            .unwrap();
        let columns: Vec<String> = columns
            .iter()
            .map(|row| format!("quote({})", row.get::<String, _>(0)))
            .collect();
        let all = format!("SELECT {} FROM {table}", columns.join(" || '|' || "));
        let all = sqlx::query_scalar(AssertSqlSafe(all))
            .fetch_all(&pool)
            .await
            .unwrap();
        pool.close().await;
        all
    } else {
        let pool = PgPool::connect(&db.url).await.unwrap();
        let all = format!("SELECT CAST(t AS TEXT) FROM {table} t");
        let all = sqlx::query_scalar(AssertSqlSafe(all))
            .fetch_all(&pool)
            .await
            .unwrap();
        pool.close().await;
        all
    };
    rows.sort();
    rows
}

/// Every table.
pub(crate) async fn tables(db: &TestStore) -> Vec<String> {
    if db.url.starts_with("sqlite:") {
        let pool = SqlitePool::connect(&db.url).await.unwrap();
        let sql =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let tables = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
        pool.close().await;
        tables
    } else {
        let pool = PgPool::connect(&db.url).await.unwrap();
        let sql = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'";
        let tables = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
        pool.close().await;
        tables
    }
}

/// Everything, with binary columns in hex.
pub(crate) async fn dump(db: &TestStore) -> String {
    let mut all = String::new();
    for table in tables(db).await {
        all += &rows(db, &table).await.join("\n");
    }
    all
}

/// Changes something behind the program's back.
pub(crate) async fn change(db: &TestStore, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if db.url.starts_with("sqlite:") {
        let pool = SqlitePool::connect(&db.url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    } else {
        let pool = PgPool::connect(&db.url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

/// What people own, for "nothing was changed".
pub(crate) async fn belongings(db: &TestStore) -> Vec<String> {
    let mut all = Vec::new();
    for table in [
        "accounts",
        "connections",
        "connect_sessions",
        "customers",
        "notify_preferences",
        "passkeys",
        "phones",
        "receipts",
        "snoozes",
        "users",
    ] {
        all.extend(rows(db, table).await);
    }
    all
}
