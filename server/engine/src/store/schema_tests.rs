//! Both databases have the same tables.

use std::{collections::BTreeSet, path::Path};

use super::{sql::all, testing::TestStore};

fn names(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(folder);
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn migrations_have_the_same_names() {
    let sqlite = names("sqlite");
    assert!(sqlite.contains("0001_settings.sql"));
    assert_eq!(sqlite, names("postgres"));
}

/// Table, column, and whether it may be absent.
type Columns = BTreeSet<(String, String, bool)>;

async fn columns(db: &TestStore, sql: &'static str) -> Columns {
    let mut unit = db.store.read().await.unwrap();
    all!(unit, (String, String, bool), sql)
        .unwrap()
        .into_iter()
        .collect()
}

const SQLITE: &str = r#"
    SELECT t.name, c.name, c."notnull" = 0 FROM pragma_table_list t, pragma_table_info(t.name) c
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND t.name <> '_sqlx_migrations'"#;
const SQLITE_LOOSE: &str = "
    SELECT name, '', true FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations'";
const POSTGRES: &str = "
    SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";

#[tokio::test]
async fn every_sqlite_table_is_strict() {
    let db = TestStore::sqlite().await;
    assert_eq!(columns(&db, SQLITE_LOOSE).await, Columns::new());
}

#[tokio::test]
async fn tables_and_columns_are_the_same_on_both() {
    let sqlite = columns(&TestStore::sqlite().await, SQLITE).await;
    assert!(sqlite.contains(&("jobs".to_owned(), "run_at".to_owned(), true)));
    assert!(sqlite.contains(&("jobs".to_owned(), "kind".to_owned(), false)));
    let Some(db) = TestStore::postgres().await else {
        println!("skipped: tables_and_columns_are_the_same_on_both, no RELINK_TEST_POSTGRES_URL");
        return;
    };
    let postgres = columns(&db, POSTGRES).await;
    let only =
        |left: &Columns, right: &Columns| left.difference(right).cloned().collect::<Vec<_>>();
    assert_eq!(
        (only(&sqlite, &postgres), only(&postgres, &sqlite)),
        (vec![], vec![])
    );
}
