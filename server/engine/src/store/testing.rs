//! A fresh database for a test, of either kind.
//!
//! PostgreSQL is where `RELINK_TEST_POSTGRES_URL` says, as a user who may make
//! databases. Without it the PostgreSQL half of a test is skipped by name, and
//! fails where `CI=true`.

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
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    pub async fn sqlite() -> Self {
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
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    #[expect(
        clippy::disallowed_methods,
        reason = "two runs on one server must not meet"
    )]
    pub async fn postgres() -> Option<Self> {
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

#[expect(clippy::expect_used, reason = "a test without its database must fail")]
async fn open(url: &str) -> Store {
    let store = Store::open(url).await.expect("the database opens");
    store.migrate().await.expect("the database migrates");
    store
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
