use std::{fs, path::PathBuf};

use tokio::time::timeout;

use super::*;
use crate::store::testing::TestStore;

const PAGE: usize = 4_096;

/// Writes so many pages, and a few more.
async fn write(store: &Store, pages: i64) {
    let mut unit = store.write().await.unwrap();
    let text = "x".repeat(PAGE * usize::try_from(pages).unwrap());
    unit.put_setting("long", &text).await.unwrap();
    unit.save().await.unwrap();
}

fn keeper_of(store: &Store) -> Keeper<'_> {
    let Pools::Sqlite { write, log, .. } = &store.0 else {
        panic!("another database")
    };
    Keeper::new(write, log)
}

/// After one more write, which begins at the front where it may.
async fn pages(keeper: &Keeper<'_>) -> i64 {
    let more = sqlx::query("INSERT INTO settings (name, value) VALUES (hex(randomblob(8)), '')");
    more.execute(keeper.write).await.unwrap();
    let mut log = keeper.log.acquire().await.unwrap();
    Log::after(Log::LOOK, &mut log).await.unwrap().pages
}

fn file(db: &TestStore, end: &str) -> PathBuf {
    format!("{}{end}", db.url.strip_prefix("sqlite:").unwrap()).into()
}

fn length(db: &TestStore) -> i64 {
    let bytes = fs::metadata(file(db, "")).unwrap().len();
    i64::try_from(bytes).unwrap() / 4_096
}

#[tokio::test]
async fn a_long_log_is_copied_by_no_commit() {
    let db = TestStore::sqlite().await;
    let mut keeper = keeper_of(&db.store);
    keeper.look().await.unwrap();
    let before = length(&db);
    write(&db.store, i64::from(BY_COMMITS)).await;
    write(&db.store, 1).await;
    assert_eq!(length(&db), before, "a commit has worked it off");
    keeper.look().await.unwrap();
    assert!(length(&db) > i64::from(BY_COMMITS), "it is in the database");
}

#[tokio::test]
async fn a_command_leaves_no_long_log() {
    let db = TestStore::sqlite().await;
    write(&db.store, i64::from(BY_COMMITS)).await;
    assert!(length(&db) > i64::from(BY_COMMITS));
}

#[tokio::test]
async fn it_begins_anew_though_somebody_always_writes() {
    let db = TestStore::sqlite().await;
    let mut keeper = keeper_of(&db.store);
    let looks = async {
        loop {
            keeper.look().await.unwrap();
        }
    };
    let writes = async {
        for pages in (60..70).cycle().take(200) {
            write(&db.store, pages).await;
        }
    };
    tokio::select! {
        () = looks => {}
        () = writes => {}
    }
    // The last look was given up somewhere in it.
    let pages = pages(&keeper_of(&db.store)).await;
    assert!(pages < 4 * LONG, "{pages} of more than 12,000");
}

#[tokio::test]
async fn who_reads_what_is_old_is_not_waited_for() {
    let db = TestStore::sqlite().await;
    let mut keeper = keeper_of(&db.store);
    keeper.look().await.unwrap();
    let mut reader = db.store.read().await.unwrap();
    assert_eq!(reader.setting("long").await.unwrap(), None);
    write(&db.store, LONG).await;
    keeper.look().await.unwrap();
    assert_eq!(reader.setting("long").await.unwrap(), None, "one instant");
    assert!(length(&db) < LONG && pages(&keeper).await > LONG);
    drop(reader);
    while length(&db) < LONG {
        keeper.look().await.unwrap();
    }
    assert!(pages(&keeper).await < LONG);
}

#[tokio::test]
async fn what_was_much_is_on_the_disk_before_it_begins_anew() {
    let db = TestStore::sqlite().await;
    let mut keeper = keeper_of(&db.store);
    keeper.look().await.unwrap();
    write(&db.store, MUCH).await;
    let unit = db.store.write().await.unwrap();
    for _ in 0..SETTLED {
        // It would wait for the unit of work.
        let look = timeout(Duration::from_secs(5), keeper.look());
        look.await.expect("only copied").unwrap();
    }
    assert_eq!(keeper.settling, 0);
    drop(unit);
    keeper.look().await.unwrap();
    assert!(pages(&keeper).await < LONG);
}

#[tokio::test]
async fn it_is_done_until_the_program_stops_and_the_file_goes_with_it() {
    let db = TestStore::sqlite().await;
    let stop = CancellationToken::new();
    let work = db.store.work_off_log(&stop);
    let written = async {
        write(&db.store, LONG).await;
        while length(&db) < LONG {
            sleep(Duration::from_millis(20)).await;
        }
        stop.cancel();
    };
    tokio::join!(work, written);
    db.store.close().await;
    assert!(!file(&db, "-wal").exists());
}
