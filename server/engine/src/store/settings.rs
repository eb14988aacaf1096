//! What this installation knows of itself.

use chrono::{DateTime, Utc};

use super::{
    Read, Store, StoreError, Write,
    sql::{maybe, run},
};

const GET: &str = "SELECT value FROM settings WHERE name = $1";
const PUT: &str = "
    INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const FORGET: &str = "DELETE FROM settings WHERE name = $1";
const PUT_ONCE: &str =
    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";

/// When the program started on this database for the first time.
const FIRST_START: &str = "first_start";

impl Store {
    /// Notes that the program starts at `now` (domain clock), where it never has.
    pub async fn note_start(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut unit = self.write().await?;
        run!(unit, PUT_ONCE, FIRST_START, now.to_rfc3339())?;
        unit.save().await
    }
}

impl Read {
    /// When the program started first: what ought to come by itself is not missed
    /// before.
    pub async fn first_start(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Some(text) = self.setting(FIRST_START).await? else {
            return Ok(None);
        };
        let at = text.parse().map_err(StoreError::bad("settings", "value"))?;
        Ok(Some(at))
    }

    /// The value of `name`, if it has one.
    pub async fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(maybe!(self, (String,), GET, name)?.map(|(value,)| value))
    }
}

impl Write {
    /// Gives `name` a value.
    pub async fn put_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        run!(self, PUT, name, value)?;
        Ok(())
    }

    /// Takes the value of `name` away.
    pub async fn forget_setting(&mut self, name: &str) -> Result<(), StoreError> {
        run!(self, FORGET, name)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{db_test, store::testing::TestStore};

    db_test! { async fn the_first_start_stays_the_first(db: &TestStore) {
        assert_eq!(db.store.read().await.unwrap().first_start().await.unwrap(), None);
        let first = chrono::DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap();
        for later in [0, 1] {
            db.store.note_start(first + chrono::TimeDelta::days(later)).await.unwrap();
            assert_eq!(db.store.read().await.unwrap().first_start().await.unwrap(), Some(first));
        }
    }}

    db_test! { async fn a_value_replaces_the_one_before(db: &TestStore) {
        let mut unit = db.store.write().await.unwrap();
        unit.put_setting("a", "1").await.unwrap();
        unit.put_setting("a", "2").await.unwrap();
        unit.put_setting("b", "3").await.unwrap();
        unit.forget_setting("b").await.unwrap();
        unit.save().await.unwrap();
        let mut unit = db.store.read().await.unwrap();
        assert_eq!(unit.setting("a").await.unwrap().as_deref(), Some("2"));
        assert_eq!(unit.setting("b").await.unwrap(), None);
    }}
}
