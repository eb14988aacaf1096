//! What this installation knows of itself.

use super::{
    Read, StoreError, Write,
    sql::{maybe, run},
};

const GET: &str = "SELECT value FROM settings WHERE name = $1";
const PUT: &str = "
    INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const FORGET: &str = "DELETE FROM settings WHERE name = $1";

impl Read {
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
