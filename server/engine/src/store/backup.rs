//! A copy of the embedded database, made while the program runs.
//!
//! `VACUUM INTO` copies one instant: it reads as any reader does, and writers
//! go on. Refused: copying the file, which is torn while somebody writes; the
//! page-by-page online backup, which begins anew with each write of another.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

/// How long to wait for somebody who holds the whole database.
const BUSY: Duration = Duration::from_secs(30);

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It is no file of ours.
    #[error("the database is PostgreSQL: back it up with pg_dump")]
    NotEmbedded,
    /// Nothing is overwritten.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// Another copy is being made, or one that was killed left its half.
    #[error(
        "{} is there already: another backup is writing it, or one was killed in the middle. If none runs, delete it \
         and begin again",
        .0.display()
    )]
    Half(PathBuf),
    /// The copy cannot be written.
    #[error("{} cannot be written", path.display())]
    File {
        /// Where to.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database cannot be read, or there is none.
    #[error("the database cannot be copied")]
    Database(#[from] sqlx::Error),
    /// What was written does not hold together.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
}

/// Copies the database at `url` to `file`, which only its owner may read. It
/// gets its name once it is whole; how many bytes it has.
pub async fn back_up(url: &str, file: &Path) -> Result<u64, BackupError> {
    if !url.starts_with("sqlite:") {
        return Err(BackupError::NotEmbedded);
    }
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let copied = copy(url, &part).await;
    let named = match copied {
        Ok(()) => name(&part, file),
        Err(error) => Err(error),
    };
    if named.is_err() && !matches!(named, Err(BackupError::Half(_))) {
        // Half a copy helps nobody; the first error is the one to tell.
        drop(fs::remove_file(&part));
    }
    named
}

async fn copy(url: &str, part: &Path) -> Result<(), BackupError> {
    let failed = |source| BackupError::File {
        path: part.to_owned(),
        source,
    };
    // SQLite fills an empty file, and would make one that everybody may read.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(part) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Half(part.to_owned()));
        }
        Err(error) => return Err(failed(error)),
    }
    let Some(to) = part.to_str() else {
        return Err(failed(io::ErrorKind::InvalidFilename.into()));
    };
    // A database that is not there must not be made.
    let source = SqliteConnectOptions::from_str(url)?
        .create_if_missing(false)
        .busy_timeout(BUSY);
    let mut source = source.connect().await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to)
        .execute(&mut source)
        .await?;
    source.close().await?;
    let copy = SqliteConnectOptions::new()
        .filename(part)
        .create_if_missing(false);
    let mut copy: SqliteConnection = copy.connect().await?;
    let (found,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)")
        .fetch_one(&mut copy)
        .await?;
    copy.close().await?;
    if found == "ok" {
        Ok(())
    } else {
        Err(BackupError::Damaged(found))
    }
}

/// Durable first, then under its name.
fn name(part: &Path, file: &Path) -> Result<u64, BackupError> {
    let done = || {
        let copy = File::open(part)?;
        copy.sync_all()?;
        let length = copy.metadata()?.len();
        fs::rename(part, file)?;
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(length)
    };
    done().map_err(|source| BackupError::File {
        path: file.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, testing::TestStore};

    #[tokio::test]
    async fn a_copy_is_whole_private_and_never_over_another() {
        let db = TestStore::sqlite().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        let mut unit = db.store.write().await.unwrap();
        unit.put_setting("a", "1").await.unwrap();
        unit.save().await.unwrap();
        // A writer in the middle of its work neither waits nor shows.
        let mut open = db.store.write().await.unwrap();
        open.put_setting("a", "2").await.unwrap();
        let bytes = back_up(&db.url, &file).await.unwrap();
        open.save().await.unwrap();
        assert_eq!(bytes, fs::metadata(&file).unwrap().len());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let copy = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        copy.migrate().await.unwrap();
        let value = copy.read().await.unwrap().setting("a").await.unwrap();
        assert_eq!(value.as_deref(), Some("1"));
        copy.close().await;
        let again = back_up(&db.url, &file).await;
        assert!(matches!(again, Err(BackupError::Exists(_))), "{again:?}");
        // The half of one that was killed is somebody's to delete.
        let (other, half) = (folder.path().join("b.db"), folder.path().join("b.db.part"));
        fs::write(&half, "half").unwrap();
        let blocked = back_up(&db.url, &other).await.unwrap_err();
        assert!(
            blocked.to_string().contains("b.db.part is there already"),
            "{blocked}"
        );
        assert!(blocked.to_string().contains("delete it"), "{blocked}");
        assert_eq!(fs::read(&half).unwrap(), b"half", "it may be another's");
        fs::remove_file(&half).unwrap();
        back_up(&db.url, &other).await.unwrap();
    }

    #[tokio::test]
    async fn without_a_database_there_is_no_copy_and_no_database_after() {
        let folder = tempfile::tempdir().unwrap();
        let (missing, file) = (folder.path().join("no.db"), folder.path().join("copy.db"));
        let url = format!("sqlite:{}", missing.display());
        let done = back_up(&url, &file).await;
        assert!(matches!(done, Err(BackupError::Database(_))), "{done:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let done = back_up("postgres://u@h/d", &file).await;
        assert!(matches!(done, Err(BackupError::NotEmbedded)), "{done:?}");
    }
}
