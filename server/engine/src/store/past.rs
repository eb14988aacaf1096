//! A past for an empty database, for the bench of staff's pages: made by the
//! database itself, because one reading after the other would take days.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use super::{
    Store, StoreError,
    sql::{all, run},
};
use crate::ids::CampaignId;

const PAST: &str = include_str!("../../data/past.sql");

// The latest is not through.
const ENDED: &str = "SELECT id FROM campaigns WHERE made_at < (SELECT max(made_at) FROM campaigns)";

/// How either database writes an id, a time and JSON.
const SQLITE: [(&str, &str); 6] = [
    ("⟨", "CAST(printf('%016d', "),
    ("⟩", ") AS BLOB)"),
    ("⟦", "strftime('%Y-%m-%dT%H:%M:%S+00:00', "),
    ("⟧", ", 'unixepoch')"),
    ("⦃", "("),
    ("⦄", ")"),
];
const POSTGRES: [(&str, &str); 6] = [
    ("⟨", "CAST(lpad(to_hex("),
    ("⟩", "), 32, '0') AS UUID)"),
    ("⟦", "to_timestamp("),
    ("⟧", ")"),
    ("⦃", "CAST("),
    ("⦄", " AS JSONB)"),
];

impl Store {
    /// Gives an empty database that has a copy of the directory so many
    /// customers with ninety days of past. The figures are not made: that is a
    /// recount's.
    pub async fn give_past(&self, people: u32, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut unit = self.write().await?;
        // Room for the indexes, which are written in no order; and what a database
        // that was filled slowly knows of itself.
        let (written, before, after) = match unit.tx() {
            super::Tx::Sqlite(_) => (
                SQLITE,
                "PRAGMA cache_size = -2000000",
                "PRAGMA cache_size = -2000",
            ),
            super::Tx::Postgres(_) => (POSTGRES, "SET LOCAL synchronous_commit = off", "ANALYZE"),
        };
        run!(unit, before)?;
        let numbers = [
            (":people", i64::from(people)),
            (":connections", i64::from(people) * 3 / 2),
            (":now", now.timestamp()),
        ];
        let mut text = PAST.to_owned();
        for (mark, sql) in written {
            text = text.replace(mark, sql);
        }
        for (mark, number) in numbers {
            text = text.replace(mark, &number.to_string());
        }
        for statement in text.split(";\n") {
            run!(unit, AssertSqlSafe(statement.to_owned()))?;
        }
        for (id,) in all!(unit, (CampaignId,), ENDED)? {
            unit.campaign_over(id, now).await?;
        }
        run!(unit, after)?;
        unit.save().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        campaigns::{Fate, LeftOut},
        db_test,
        health::{ALL, testing::Town},
        store::{sql::one, testing::TestStore},
        time::Clock,
    };

    const PEOPLE: u32 = 400;
    const DIRECTORY: [&str; 2] = [
        "INSERT INTO institution_copies (id, started_at, next_start, counting, records, found)
        VALUES (1, $1, 0, 'pages', 2, 2)",
        "INSERT INTO institutions (copy, id, body) VALUES (1, 5, $1), (1, 6, $1)",
    ];
    const CHANGES: &str = "SELECT count(*) + count(closed_at) FROM breaks";
    const STANDING: &str =
        "SELECT CAST(sum(n) AS BIGINT) FROM standings_now WHERE institution_id = $1";

    const CAMPAIGNS: &str = "SELECT id FROM campaigns WHERE fates IS NOT NULL";

    db_test! { async fn a_past_is_counted_like_any_other(db: &TestStore) {
        let town = Town::new(&db.store, 1);
        let mut unit = db.store.write().await.unwrap();
        run!(unit, DIRECTORY[0], town.clock.now()).unwrap();
        run!(unit, DIRECTORY[1], sqlx::types::Json(serde_json::json!({ "name": "A bank" }))).unwrap();
        unit.save().await.unwrap();
        db.store.give_past(PEOPLE, town.clock.now()).await.unwrap();
        town.checks.mend().await.unwrap();
        assert_eq!(town.checks.drift().await.unwrap().count, 0);
        let mut unit = db.store.read().await.unwrap();
        let connections = i64::from(PEOPLE) * 3 / 2;
        let (standing,) = one!(unit, (i64,), STANDING, ALL).unwrap();
        assert_eq!(standing, connections);
        // Each change is both accounts of a connection's: 3 % of them a day.
        let (changes,) = one!(unit, (i64,), CHANGES).unwrap();
        let share = 1000 * changes / connections / 90;
        assert!((28..=31).contains(&share), "{share} of a thousand a day");
        let over = all!(unit, (CampaignId,), CAMPAIGNS).unwrap();
        assert_eq!(over.len(), 19);
        let (mut sent, mut told) = (0, 0);
        for (id,) in over {
            let fates = unit.campaign_fates(id).await.unwrap();
            let of = |fate| fates.get(&fate).copied().unwrap_or_default();
            sent += of(Fate::Sent);
            told += of(Fate::LeftOut(LeftOut::Told));
        }
        assert!(sent > told && told > 0, "{sent} {told}");
    }}
}
