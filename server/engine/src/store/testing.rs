//! A fresh database for a test, of either kind.
//!
//! PostgreSQL is where `RELINK_TEST_POSTGRES_URL` says, as a user who may make
//! databases. Without it the PostgreSQL half of a test is skipped by name, and
//! fails where `CI=true`.

use chrono::{DateTime, Utc};

use super::Store;

/// A migrated, empty database that goes when this is dropped.
#[derive(Debug)]
pub struct TestStore {
    /// The open database.
    pub store: Store,
    /// Its URL, for a test that opens it a second time.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

impl TestStore {
    /// A SQLite file of its own.
    ///
    /// # Panics
    ///
    /// When there is none to be had: the test must fail.
    pub async fn sqlite() -> Self {
        Self::bare_sqlite().await.migrated().await
    }

    /// Without tables.
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    pub(super) async fn bare_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("relink.db").display());
        Self {
            store: open(&url).await,
            url,
            _folder: Some(folder),
        }
    }

    /// A PostgreSQL database of its own; `None` where there is no server and
    /// none is required. Databases are left behind: the server is the tests'
    /// own and goes with them.
    ///
    /// # Panics
    ///
    /// When there is none to be had: the test must fail.
    pub async fn postgres() -> Option<Self> {
        Some(Self::bare_postgres().await?.migrated().await)
    }

    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    async fn migrated(self) -> Self {
        self.store.migrate().await.expect("the database migrates");
        self
    }

    /// Without tables.
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    #[expect(
        clippy::disallowed_methods,
        reason = "two runs on one server must not meet"
    )]
    pub(super) async fn bare_postgres() -> Option<Self> {
        let Ok(server) = std::env::var("RELINK_TEST_POSTGRES_URL") else {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "RELINK_TEST_POSTGRES_URL is not set: `make test` starts a server"
            );
            return None;
        };
        let name = format!("relink_{}", uuid::Uuid::new_v4().simple());
        let admin = sqlx::PgPool::connect(&server)
            .await
            .expect("the PostgreSQL server");
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&admin)
            .await
            .expect("a database of its own");
        admin.close().await;
        let mut url = url::Url::parse(&server).expect("a URL");
        url.set_path(&name);
        let url = url.to_string();
        Some(Self {
            store: open(&url).await,
            url,
            _folder: None,
        })
    }
}

/// So many customers, one kept account each.
const CROWD: [&str; 5] = [
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
    INSERT INTO users (id, email, email_key, password_hash, role, language, created_at)
    SELECT CAST(printf('%016d', i) AS BLOB), i, i, '', 'user', 'en', $2 FROM n",
    "INSERT INTO customers (user_id, username, customer_id, created_at)
    SELECT id, 'u' || email, 'c' || printf('%08d', CAST(email AS INTEGER)), $2 FROM users WHERE $1 > 0",
    "INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name, institution_ids,
        reference, facts, version, created_at)
    SELECT user_id, user_id, customer_id, 5, 'Chase', '[5]', username, '{}', 0, $2 FROM customers WHERE $1 > 0",
    "INSERT INTO connections (id, user_id, customer_id, institution_login_id, institution_id, institution_name,
        connected_at)
    SELECT user_id, user_id, customer_id, 'l' || customer_id, 5, 'Chase', $2 FROM customers WHERE $1 > 0",
    "INSERT INTO accounts (id, connection_id, customer_id, upstream_id, connect_session_id, name, kind, mask, currency,
        status_code, choice, arrived_at, read_at)
    SELECT user_id, user_id, customer_id, 'a' || customer_id, user_id, 'Checking', 'checking', '4821', 'USD', 0, 'kept',
        $2, $2 FROM customers WHERE $1 > 0",
];

impl TestStore {
    /// Fills an empty SQLite database with so many customers of one account
    /// each, by the database itself: one by one a million takes too long.
    /// Customer `c…` has account `ac…`.
    ///
    /// # Panics
    ///
    /// When the database refuses.
    #[expect(clippy::expect_used, reason = "a bench without its rows must fail")]
    pub async fn crowd(&self, customers: u32, now: DateTime<Utc>) {
        let mut unit = self.store.write().await.expect("a unit of work");
        for rows in CROWD {
            super::sql::run!(unit, rows, i64::from(customers), now).expect("rows");
        }
        unit.save().await.expect("rows that stay");
    }
}

#[expect(clippy::expect_used, reason = "a test without its database must fail")]
async fn open(url: &str) -> Store {
    Store::open(url).await.expect("the database opens")
}

/// `db_test! { async fn name(db: &TestStore) { … } }`: one body, two tests,
/// `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! db_test {
    ($(#[$meta:meta])* async fn $name:ident($db:ident: &$store:ident) $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($db: &$store) $body

            #[tokio::test]
            async fn sqlite() {
                let db = $crate::store::testing::TestStore::sqlite().await;
                body(&db).await;
            }

            #[tokio::test]
            async fn postgres() {
                match $crate::store::testing::TestStore::postgres().await {
                    Some(db) => {
                        body(&db).await;
                        db.store.close().await;
                    }
                    None => println!("SKIP {}::postgres: RELINK_TEST_POSTGRES_URL is not set", stringify!($name)),
                }
            }
        }
    };
}
