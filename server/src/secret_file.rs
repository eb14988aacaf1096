//! The partner secret in its file, and what stands beside it while it is
//! replaced.
//!
//! `FILE` holds the present secret. `FILE.next` is written before Mastercard is
//! asked, so that a secret which Mastercard took is never lost; `FILE.previous`
//! keeps the old one, and until when it may have signed an event. Each is read
//! with each webhook, and `FILE` with each sign-in: a program that runs follows.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use relink_engine::{time::Clock, webhooks::EventKeys};
use relink_mastercard::ports::PartnerSecret;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{sync::Mutex, time::timeout};

/// How long the old secret may have signed what still comes: an event is
/// repeated for three days.
pub const OLD_KEY_LIVES: TimeDelta = TimeDelta::days(4);

/// The file of the present secret.
#[derive(Debug, Clone)]
pub struct SecretFile(PathBuf);

impl SecretFile {
    /// The file at `path`.
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Where the present secret is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where the secret is that Mastercard is asked to take.
    pub fn next(&self) -> PathBuf {
        self.beside("next")
    }

    /// Where the one before is.
    pub fn previous(&self) -> PathBuf {
        self.beside("previous")
    }

    fn beside(&self, name: &str) -> PathBuf {
        let mut path = self.0.as_os_str().to_owned();
        path.push(".");
        path.push(name);
        path.into()
    }

    /// Nobody else replaces the secret while the answer lives.
    pub fn lock(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        let file = options.open(self.beside("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }

    /// Keeps the secret that Mastercard will be asked to take.
    pub fn propose(&self, new: &SecretString) -> io::Result<()> {
        write_private(&self.next(), new.expose_secret())?;
        self.sync_folder()
    }

    /// Mastercard did not take it.
    pub fn withdraw(&self) -> io::Result<()> {
        fs::remove_file(self.next())?;
        self.sync_folder()
    }

    /// Mastercard took it: it becomes the present one, and the one before stays
    /// good for events until `until`. Dying anywhere in between loses nothing.
    pub fn advance(&self, until: DateTime<Utc>) -> io::Result<()> {
        let old = fs::read_to_string(&self.0)?;
        let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        let part = self.beside("previous.part");
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write_private(&part, &format!("{until}\n{}\n", old.trim_end()))?;
        fs::rename(&part, self.previous())?;
        fs::rename(self.next(), &self.0)?;
        self.sync_folder()
    }

    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.0.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// A new file that only its owner may read, on the disk when this returns.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The secret in its file, for who signs in with it.
#[derive(Debug)]
pub struct FileSecret {
    file: SecretFile,
    last: Mutex<Last>,
}

/// What was read last: it serves while the file cannot be read, or is empty since
/// somebody writes it.
#[derive(Debug)]
struct Last {
    secret: SecretString,
    /// Said once.
    unreadable: bool,
}

/// A folder of another machine may hang.
const READ_WITHIN: Duration = Duration::from_secs(2);

impl FileSecret {
    /// `at_start` is what the file held when it was read first.
    pub fn new(file: SecretFile, at_start: SecretString) -> Self {
        let last = Mutex::new(Last {
            secret: at_start,
            unreadable: false,
        });
        Self { file, last }
    }
}

#[async_trait::async_trait]
impl PartnerSecret for FileSecret {
    async fn present(&self) -> SecretString {
        let mut last = self.last.lock().await;
        let read = timeout(READ_WITHIN, secret(self.file.path())).await;
        let read = read.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let unreadable = match read {
            Ok(present) if present.expose_secret().is_empty() => Some("it is empty".to_owned()),
            Ok(present) => {
                last.secret = present;
                None
            }
            Err(error) => Some(error.to_string()),
        };
        if let (Some(error), false) = (&unreadable, last.unreadable) {
            tracing::error!(
                error,
                "the partner secret's file cannot be read; the one before serves"
            );
        }
        last.unreadable = unreadable.is_some();
        last.secret.clone()
    }
}

/// The keys of events, where the secret is in a file.
pub struct FileKeys {
    file: SecretFile,
    clock: Arc<dyn Clock>,
    /// What the file held at the start: serves while it cannot be read.
    at_start: SecretString,
    /// What the operator names besides.
    named: Option<SecretString>,
}

impl FileKeys {
    /// `clock` is the real one.
    pub fn new(
        file: SecretFile,
        clock: Arc<dyn Clock>,
        at_start: SecretString,
        named: Option<SecretString>,
    ) -> Self {
        Self {
            file,
            clock,
            at_start,
            named,
        }
    }

    async fn previous(&self) -> Option<SecretString> {
        let text = tokio::fs::read_to_string(self.file.previous()).await.ok()?;
        let (until, old) = text.split_once('\n')?;
        let until = DateTime::parse_from_rfc3339(until).ok()?;
        (self.clock.now() < until).then(|| old.trim_end().into())
    }
}

async fn secret(path: &Path) -> io::Result<SecretString> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim_end().into())
}

#[async_trait::async_trait]
impl EventKeys for FileKeys {
    async fn keys(&self) -> Vec<SecretString> {
        let present = secret(self.file.path()).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the partner secret's file cannot be read");
            self.at_start.clone()
        });
        let next = secret(&self.file.next()).await.ok();
        let others = [next, self.previous().await, self.named.clone()];
        let all = std::iter::once(present).chain(others.into_iter().flatten());
        // A file that is empty must not make everybody's signature good.
        all.filter(|key| !key.expose_secret().is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync;

    use super::*;

    struct At(sync::Mutex<DateTime<Utc>>);

    impl Clock for At {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap()
        }
    }

    #[tokio::test]
    async fn who_signs_in_reads_the_file_anew_and_keeps_what_was_last() {
        let folder = tempfile::tempdir().unwrap();
        let file = SecretFile::new(&folder.path().join("secret"));
        let secret = FileSecret::new(file.clone(), "at-start-1".into());
        let present = async || secret.present().await.expose_secret().to_owned();
        assert_eq!(present().await, "at-start-1");
        fs::write(file.path(), "new-secret-2\n").unwrap();
        assert_eq!(present().await, "new-secret-2");
        fs::write(file.path(), "\n").unwrap();
        assert_eq!(present().await, "new-secret-2", "somebody writes it");
        fs::remove_file(file.path()).unwrap();
        assert_eq!(present().await, "new-secret-2");
    }

    #[tokio::test]
    async fn keys_follow_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = SecretFile::new(&folder.path().join("secret"));
        fs::write(file.path(), "old-secret-1\n").unwrap();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let clock = Arc::new(At(sync::Mutex::new(now)));
        let keys = FileKeys::new(file.clone(), clock.clone(), "at-start-1".into(), None);
        let known = async || {
            let all = keys.keys().await;
            let all = all.iter().map(|key| key.expose_secret().to_owned());
            all.collect::<Vec<String>>()
        };
        assert_eq!(known().await, ["old-secret-1"]);
        file.propose(&"new-secret-2".into()).unwrap();
        assert!(
            file.propose(&"third-secret-3".into()).is_err(),
            "one at a time"
        );
        assert_eq!(known().await, ["old-secret-1", "new-secret-2"]);
        file.advance(now + OLD_KEY_LIVES).unwrap();
        assert_eq!(known().await, ["new-secret-2", "old-secret-1"]);
        assert!(!file.next().exists());
        *clock.0.lock().unwrap() = now + OLD_KEY_LIVES;
        assert_eq!(known().await, ["new-secret-2"]);
        fs::remove_file(file.path()).unwrap();
        assert_eq!(known().await, ["at-start-1"]);
        fs::write(file.path(), "").unwrap();
        assert!(known().await.is_empty(), "an empty key is none");
    }

    #[test]
    fn a_death_between_the_two_names_is_made_good() {
        let folder = tempfile::tempdir().unwrap();
        let file = SecretFile::new(&folder.path().join("secret"));
        fs::write(file.path(), "old-secret-1").unwrap();
        file.propose(&"new-secret-2".into()).unwrap();
        fs::write(file.beside("previous.part"), "half").unwrap();
        fs::write(file.previous(), "2026-11-18T00:00:00Z\nold-secret-1\n").unwrap();
        file.advance(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
            .unwrap();
        assert_eq!(fs::read_to_string(file.path()).unwrap(), "new-secret-2");
        let previous = fs::read_to_string(file.previous()).unwrap();
        assert_eq!(previous, "2027-01-15T08:00:00Z\nold-secret-1\n");
        let held = file.lock().unwrap();
        assert!(file.lock().is_err(), "one rotation at a time");
        drop(held);
        file.lock().unwrap();
    }
}
