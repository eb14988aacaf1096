//! Migrations keep what is there.

use sqlx::migrate::Migrator;

use super::{
    Pools,
    open::{POSTGRES, SQLITE},
    sql::{all, run},
    testing::TestStore,
};

/// The tables as they were after the migration `last`.
async fn as_of(db: &TestStore, last: i64) {
    let until = |all: &Migrator| {
        let some = all.iter().filter(|migration| migration.version <= last);
        Migrator::with_migrations(some.cloned().collect())
    };
    match &db.store.0 {
        Pools::Sqlite { write, .. } => until(&SQLITE).run(write).await.unwrap(),
        Pools::Postgres(pool) => until(&POSTGRES).run(pool).await.unwrap(),
    }
}

/// An admin and a user who has a connection's customer, from before there were
/// other roles.
const BEFORE_ROLES: [&str; 3] = [
    "INSERT INTO users (id, email, email_key, password_hash, role, language, email_confirmed_at, created_at)
    VALUES ($1, 'Root@example.com', 'root@example.com', 'hash', 'admin', 'es', $3, $3) RETURNING $2",
    "INSERT INTO users (id, email, email_key, password_hash, role, language, created_at)
    VALUES ($2, 'ada@example.com', 'ada@example.com', 'hash', 'user', 'en', $3) RETURNING $1",
    "INSERT INTO customers (user_id, username, created_at) VALUES ($2, 'u1', $3) RETURNING $1",
];
const ROLES: &str = "SELECT email, role, language, created_at FROM users ORDER BY email";

/// Address, role, language, and since when.
type Row = (String, String, String, chrono::DateTime<chrono::Utc>);

async fn roles_are_added(db: &TestStore) {
    as_of(db, 12).await;
    let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let (root, ada) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
    let mut unit = db.store.write().await.unwrap();
    for row in BEFORE_ROLES {
        assert_eq!(run!(unit, row, root, ada, now).unwrap(), 1);
    }
    unit.save().await.unwrap();
    db.store.migrate().await.unwrap();
    let mut unit = db.store.write().await.unwrap();
    let kept = all!(unit, Row, ROLES).unwrap();
    let row =
        |email: &str, role: &str, language: &str| (email.into(), role.into(), language.into(), now);
    assert_eq!(
        kept,
        [
            row("Root@example.com", "admin", "es"),
            row("ada@example.com", "user", "en")
        ]
    );
    let set = |role: &'static str| (role, "UPDATE users SET role = $2 WHERE id = $1");
    for (role, sql) in ["viewer", "support", "admin", "user"].map(set) {
        assert_eq!(run!(unit, sql, ada, role).unwrap(), 1);
    }
    unit.save().await.unwrap();
    let (role, sql) = set("owner");
    {
        let mut unit = db.store.write().await.unwrap();
        assert!(run!(unit, sql, ada, role).is_err(), "a role that is none");
    }
    let mut unit = db.store.write().await.unwrap();
    let gone = run!(unit, "DELETE FROM users WHERE id = $1", ada);
    assert!(gone.is_err(), "her customer holds her");
}

#[tokio::test]
async fn roles_are_added_on_sqlite() {
    roles_are_added(&TestStore::bare_sqlite().await).await;
}

#[tokio::test]
async fn roles_are_added_on_postgres() {
    match TestStore::bare_postgres().await {
        Some(db) => roles_are_added(&db).await,
        None => println!("SKIP roles_are_added_on_postgres: RELINK_TEST_POSTGRES_URL is not set"),
    }
}
