//! The memory of rejected credentials, in the store: shared by every node and
//! kept over restarts.

use chrono::{DateTime, Utc};
use relink_mastercard::{
    ErrorCode,
    ports::{CredentialMemory, Fingerprint, MemoryUnavailable, Rejection},
};

use super::{
    Store, StoreError,
    sql::{maybe, run},
};

const FIND: &str = "SELECT rejected_at, code FROM credential_rejections WHERE fingerprint = $1";

const KEEP: &str = "INSERT INTO credential_rejections (fingerprint, rejected_at, code) VALUES ($1, $2, $3)
    ON CONFLICT (fingerprint) DO UPDATE SET rejected_at = excluded.rejected_at, code = excluded.code";

const FORGET: &str = "DELETE FROM credential_rejections WHERE fingerprint = $1";

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
            unit.save().await
        };
        done.await.map_err(|error| unavailable(&error))
    }
}

fn unavailable(error: &StoreError) -> MemoryUnavailable {
    tracing::error!(%error, "the memory of rejected credentials does not answer");
    MemoryUnavailable
}
