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

/// A break that was told of and went to repair, under a mark, and the visit that
/// brought what broke.
const BEFORE_FUNNELS: [&str; 8] = [
    "INSERT INTO users (id, email, email_key, password_hash, role, language, created_at)
    VALUES ($1, 'ada@example.com', 'ada@example.com', 'hash', 'user', 'es', $2)",
    "INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name, institution_ids,
        reference, facts, version, created_at)
    SELECT id, id, '1', 5, 'Chase', '[5]', 'r1', '{}', 0, $2 FROM users WHERE id = $1",
    "INSERT INTO receipts (id, user_id, connect_session_id, institution_id, text_version, language, given_at)
    SELECT id, id, id, 5, 'v1', 'fr', $2 FROM users WHERE id = $1",
    "INSERT INTO connections (id, user_id, customer_id, institution_login_id, institution_id, institution_name,
        connected_at)
    SELECT id, id, '1', '7', 5, 'Chase', $2 FROM users WHERE id = $1",
    "INSERT INTO accounts (id, connection_id, customer_id, upstream_id, connect_session_id, name, kind, mask,
        currency, choice, chosen_at, arrived_at, read_at)
    SELECT id, id, '1', '9', id, 'Checking', 'checking', '4821', 'USD', 'kept', $2, $2, $2 FROM users WHERE id = $1",
    "INSERT INTO breaks (id, connection_id, code, failed_at, opened_at, institution_id)
    SELECT id, id, 103, $2, $2, 5 FROM users WHERE id = $1",
    "INSERT INTO connection_marks (connection_id, mark, reason, marked_at)
    SELECT id, 'mute', 'Ours.', $2 FROM users WHERE id = $1",
    "INSERT INTO notices (id, user_id, key, subject, connection_id, made_at)
    SELECT id, id, 'broke:one:first', '{\"kind\": \"broke\", \"of\": \"0c0ffee0-0000-7000-8000-00000000000a\"}', id, $2
    FROM users WHERE id = $1",
];
const REPAIRING: &str =
    "INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name,
        institution_ids, reference, facts, version, created_at, connection_id)
    SELECT $3, id, '1', 5, 'Chase', '[5]', 'r2', '{}', 0, $2, id FROM users WHERE id = $1";
const BREAKS_NOW: &str = "SELECT language, told_at, marked_at, came_at, fixable FROM breaks";
const VISITS_NOW: &str = "SELECT reference, language, break_id, facts ->> 'kept' IS NOT NULL
    FROM connect_sessions ORDER BY reference";

type At = Option<chrono::DateTime<chrono::Utc>>;

async fn journeys_go_on(db: &TestStore) {
    as_of(db, 25).await;
    let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let ada = uuid::Uuid::from_u128(0x0c0f_fee0_0000_7000_8000_0000_0000_000a);
    let mut unit = db.store.write().await.unwrap();
    for row in BEFORE_FUNNELS {
        assert_eq!(run!(unit, row, ada, now).unwrap(), 1, "{row}");
    }
    assert_eq!(
        run!(unit, REPAIRING, ada, now, uuid::Uuid::from_u128(2)).unwrap(),
        1
    );
    unit.save().await.unwrap();
    db.store.migrate().await.unwrap();
    let mut unit = db.store.read().await.unwrap();
    let breaks = all!(unit, (String, At, At, At, bool), BREAKS_NOW).unwrap();
    assert_eq!(
        breaks,
        [("es".to_owned(), Some(now), Some(now), None, false)]
    );
    let visits = all!(unit, (String, String, Option<uuid::Uuid>, bool), VISITS_NOW).unwrap();
    let visit = |reference: &str, language: &str, of, kept| {
        (reference.to_owned(), language.to_owned(), of, kept)
    };
    assert_eq!(
        visits,
        [
            visit("r1", "fr", None, true),
            visit("r2", "es", Some(ada), false)
        ]
    );
    // What keeps the facts is read as they are kept.
    let visit = unit
        .connect_session_by_reference("r1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(visit.facts.kept, Some(now));
}

#[tokio::test]
async fn journeys_go_on_on_sqlite() {
    journeys_go_on(&TestStore::bare_sqlite().await).await;
}

#[tokio::test]
async fn journeys_go_on_on_postgres() {
    match TestStore::bare_postgres().await {
        Some(db) => journeys_go_on(&db).await,
        None => println!("SKIP journeys_go_on_on_postgres: RELINK_TEST_POSTGRES_URL is not set"),
    }
}

const BEFORE_HOURS: &str =
    "INSERT INTO events (event_id, reference, kind, body, body_hash, signed_by, received_at, state)
    VALUES ($1, 'r1', 'done', '{}', '', 0, $2, 'applied')";
const HOURS_NOW: &str = "SELECT hour, n FROM event_hours WHERE hour > 0 ORDER BY hour";

async fn events_are_summed(db: &TestStore) {
    as_of(db, 35).await;
    let hour = 3_600_000_000;
    let at = [0, 1, hour - 1, hour, hour * 30 - 1];
    let mut unit = db.store.write().await.unwrap();
    for micros in at {
        let at = chrono::DateTime::from_timestamp_micros(hour * 500_000 + micros).unwrap();
        assert_eq!(run!(unit, BEFORE_HOURS, micros.to_string(), at).unwrap(), 1);
    }
    unit.save().await.unwrap();
    db.store.migrate().await.unwrap();
    let mut unit = db.store.read().await.unwrap();
    assert_eq!(
        all!(unit, (i64, i64), HOURS_NOW).unwrap(),
        [(500_000, 3), (500_001, 1), (500_029, 1)]
    );
}

#[tokio::test]
async fn events_are_summed_on_sqlite() {
    events_are_summed(&TestStore::bare_sqlite().await).await;
}

#[tokio::test]
async fn events_are_summed_on_postgres() {
    match TestStore::bare_postgres().await {
        Some(db) => events_are_summed(&db).await,
        None => println!("SKIP events_are_summed_on_postgres: RELINK_TEST_POSTGRES_URL is not set"),
    }
}

const ENTERS: &str = "SELECT CAST(payload AS TEXT) FROM jobs WHERE kind = 'health.enter'";

async fn tries_are_counted_once(db: &TestStore) {
    as_of(db, 40).await;
    let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let ada = uuid::Uuid::from_u128(1);
    let mut unit = db.store.write().await.unwrap();
    for row in &BEFORE_FUNNELS[..2] {
        assert_eq!(run!(unit, *row, ada, now).unwrap(), 1, "{row}");
    }
    unit.save().await.unwrap();
    db.store.migrate().await.unwrap();
    let mut unit = db.store.read().await.unwrap();
    let queued = all!(unit, (String,), ENTERS).unwrap();
    let [(payload,)] = &queued[..] else {
        panic!("{queued:?}")
    };
    let job: crate::health::Enter = serde_json::from_str(payload).unwrap();
    assert!(job.figures_only, "what was kept of breaks stays");
}

#[tokio::test]
async fn tries_are_counted_once_on_sqlite() {
    tries_are_counted_once(&TestStore::bare_sqlite().await).await;
}

#[tokio::test]
async fn tries_are_counted_once_on_postgres() {
    match TestStore::bare_postgres().await {
        Some(db) => tries_are_counted_once(&db).await,
        None => {
            println!(
                "SKIP tries_are_counted_once_on_postgres: RELINK_TEST_POSTGRES_URL is not set"
            );
        }
    }
}

const BEFORE_INVITATIONS: &str =
    "INSERT INTO one_time_tokens (hash, purpose, email, role, created_at, expires_at, used_at)
    VALUES ($1, $2, 'ada@example.com', 'admin', $3, $3, $4)";
const TOKEN_NOW: &str = "SELECT count(*) FROM one_time_tokens WHERE hash = $1";

async fn invitations_that_nobody_could_see_are_void(db: &TestStore) {
    as_of(db, 36).await;
    let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let tokens = [
        ("invitation", None, 0),
        ("invitation", Some(now), 1),
        ("reset_password", None, 1),
    ];
    let mut unit = db.store.write().await.unwrap();
    for (hash, (purpose, used, _)) in (0u8..).zip(tokens) {
        let hash = vec![hash];
        assert_eq!(
            run!(unit, BEFORE_INVITATIONS, hash, purpose, now, used).unwrap(),
            1
        );
    }
    unit.save().await.unwrap();
    db.store.migrate().await.unwrap();
    let mut unit = db.store.read().await.unwrap();
    for (hash, (purpose, used, kept)) in (0u8..).zip(tokens) {
        let left = all!(unit, (i64,), TOKEN_NOW, vec![hash]).unwrap();
        assert_eq!(left, [(kept,)], "{purpose} {used:?}");
    }
}

#[tokio::test]
async fn invitations_that_nobody_could_see_are_void_on_sqlite() {
    invitations_that_nobody_could_see_are_void(&TestStore::bare_sqlite().await).await;
}

#[tokio::test]
async fn invitations_that_nobody_could_see_are_void_on_postgres() {
    match TestStore::bare_postgres().await {
        Some(db) => invitations_that_nobody_could_see_are_void(&db).await,
        None => println!(
            "SKIP invitations_that_nobody_could_see_are_void_on_postgres: RELINK_TEST_POSTGRES_URL is not set"
        ),
    }
}
