//! The memory of rejected credentials, in the store: shared by every node and
//! kept over restarts.

use chrono::{DateTime, Utc};
use relink_mastercard::{
    ErrorCode,
    ports::{Claim, CredentialMemory, Fingerprint, MemoryUnavailable, Rejection},
};

use super::{
    Store, StoreError,
    sql::{maybe, run},
};

const FIND: &str = "SELECT rejected_at, code FROM credential_rejections WHERE fingerprint = $1";

const KEEP: &str = "INSERT INTO credential_rejections (fingerprint, rejected_at, code) VALUES ($1, $2, $3)
    ON CONFLICT (fingerprint) DO UPDATE SET rejected_at = excluded.rejected_at, code = excluded.code";

const FORGET: &str = "DELETE FROM credential_rejections WHERE fingerprint = $1";

// One statement: of two nodes one gets the row.
const CLAIM: &str =
    "INSERT INTO credential_claims (fingerprint, until_at, unseen) VALUES ($1, $3, 0)
    ON CONFLICT (fingerprint) DO UPDATE
    SET until_at = excluded.until_at, unseen = credential_claims.unseen + 1
    WHERE credential_claims.until_at <= $2
    RETURNING unseen";

const RELEASE: &str = "DELETE FROM credential_claims WHERE fingerprint = $1";

#[derive(sqlx::FromRow)]
struct Row {
    rejected_at: DateTime<Utc>,
    code: Option<i64>,
}

#[async_trait::async_trait]
impl CredentialMemory for Store {
    async fn load(
        &self,
        fingerprint: &Fingerprint,
    ) -> Result<Option<Rejection>, MemoryUnavailable> {
        let found = async {
            let mut unit = self.read().await?;
            Ok::<_, StoreError>(maybe!(unit, Row, FIND, fingerprint.as_str())?)
        };
        let row = found.await.map_err(|error| unavailable(&error))?;
        Ok(row.map(|row| Rejection {
            fingerprint: fingerprint.clone(),
            at: row.rejected_at,
            code: row.code.map(ErrorCode::new),
        }))
    }

    async fn store(&self, rejection: &Rejection) -> Result<(), MemoryUnavailable> {
        let done = async {
            let mut unit = self.write().await?;
            let code = rejection.code.map(ErrorCode::get);
            run!(
                unit,
                KEEP,
                rejection.fingerprint.as_str(),
                rejection.at,
                code
            )?;
            unit.save().await
        };
        done.await.map_err(|error| unavailable(&error))
    }

    async fn forget(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable> {
        let done = async {
            let mut unit = self.write().await?;
            run!(unit, FORGET, fingerprint.as_str())?;
            run!(unit, RELEASE, fingerprint.as_str())?;
            unit.save().await
        };
        done.await.map_err(|error| unavailable(&error))
    }

    async fn claim(
        &self,
        fingerprint: &Fingerprint,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Claim, MemoryUnavailable> {
        let done = async {
            let mut unit = self.write().await?;
            let row = maybe!(unit, (i64,), CLAIM, fingerprint.as_str(), now, until)?;
            unit.save().await?;
            Ok::<_, StoreError>(row)
        };
        let row = done.await.map_err(|error| unavailable(&error))?;
        Ok(row.map_or(Claim::Busy, |(unseen,)| Claim::Granted {
            unseen: u16::try_from(unseen).unwrap_or(u16::MAX),
        }))
    }

    async fn release(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable> {
        let done = async {
            let mut unit = self.write().await?;
            run!(unit, RELEASE, fingerprint.as_str())?;
            unit.save().await
        };
        done.await.map_err(|error| unavailable(&error))
    }
}

fn unavailable(error: &StoreError) -> MemoryUnavailable {
    tracing::error!(%error, "the memory of rejected credentials does not answer");
    MemoryUnavailable
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{db_test, store::testing::TestStore};

    db_test! { async fn of_two_nodes_one_tries_a_credential(db: &TestStore) {
        let db = &db.store;
        let fingerprint = Fingerprint::from_stored("f");
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let until = now + TimeDelta::seconds(30);
        let first = db.claim(&fingerprint, now, until).await.unwrap();
        assert_eq!(first, Claim::Granted { unseen: 0 });
        assert_eq!(db.claim(&fingerprint, now, until).await.unwrap(), Claim::Busy);
        // Its holder died: the next one knows that a trial ended unseen.
        let later = until + TimeDelta::seconds(30);
        let second = db.claim(&fingerprint, until, later).await.unwrap();
        assert_eq!(second, Claim::Granted { unseen: 1 });
        db.release(&fingerprint).await.unwrap();
        let third = db.claim(&fingerprint, until, later).await.unwrap();
        assert_eq!(third, Claim::Granted { unseen: 0 });
    }}
}
