//! The queue, as staff look at it: how an address asks, and what is shown. Pure.

use super::asked::{given, instant};
use super::events::{address, plain};
use super::forms::Tone;
use super::ids::JobRef;
use super::paths;
use super::rows::{BadPart, named};
use super::shared::When;
use serde::{Deserialize, Serialize};

plain! {
    /// How far a job is.
    JobState {
        /// In the queue.
        Waiting = "waiting",
        /// A worker has it.
        Running = "running",
        /// Given up.
        Dead = "dead",
    }
}

impl JobState {
    /// How it is shown.
    pub fn tone(self) -> Tone {
        match self {
            Self::Waiting => Tone::Wait,
            Self::Running => Tone::Fine,
            Self::Dead => Tone::Act,
        }
    }
}

/// Which jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobFilter {
    /// How far they are.
    pub state: JobState,
    /// Of this kind; absent: of any.
    pub kind: Option<String>,
    /// Where the next page begins.
    pub after: Option<AfterJob>,
}

/// The last row of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterJob {
    /// When it was queued, in microseconds since 1970.
    pub at: i64,
    /// Which.
    pub job: JobRef,
}

impl AfterJob {
    fn text(self) -> String {
        format!("{}.{}", self.at, self.job)
    }

    fn parse(text: &str) -> Option<Self> {
        let (at, job) = text.split_once('.')?;
        let after = Self {
            at: instant(at)?,
            job: job.parse().ok()?,
        };
        (after.text() == text).then_some(after)
    }
}

impl JobFilter {
    /// Reads an address. What was given up is looked at first.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::of(JobState::Dead);
        for (name, value) in given(query)? {
            let found = match &**name {
                "state" => named(JobState::ALL, JobState::name, value).map(|it| filter.state = it),
                "kind" => kind(value).map(|it| filter.kind = Some(it)),
                "after" => AfterJob::parse(value).map(|it| filter.after = Some(it)),
                _ => None,
            };
            if found.is_none() {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// All of a state.
    pub fn of(state: JobState) -> Self {
        Self {
            state,
            kind: None,
            after: None,
        }
    }

    /// The address that asks for them.
    pub fn path(&self) -> String {
        let mut parts = vec![("state", self.state.name().to_owned())];
        parts.extend(self.kind.clone().map(|kind| ("kind", kind)));
        parts.extend(self.after.map(|after| ("after", after.text())));
        address(paths::JOBS, &parts)
    }
}

/// The name of a kind of work.
fn kind(text: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (text.len() <= 64 && text.bytes().all(plain)).then(|| text.to_owned())
}

/// The queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsPage {
    /// How many of each kind are how far.
    pub counts: Vec<JobCount>,
    /// Those that are asked for, the oldest first.
    pub rows: Vec<JobRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<AfterJob>,
    /// What comes back.
    pub schedules: Vec<Planned>,
    /// Whether who looks may act.
    pub may_act: bool,
}

/// Jobs of one kind that are equally far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobCount {
    /// What kind of work.
    pub kind: String,
    /// How far they are.
    pub state: JobState,
    /// How many.
    pub count: u32,
    /// Whether there are more: very many are not counted.
    pub more: bool,
    /// The age of the oldest, in minutes.
    pub age: u32,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Which.
    pub id: JobRef,
    /// What kind of work.
    pub kind: String,
    /// How often it was begun, and of how many.
    pub attempts: (u32, u32),
    /// When it was queued.
    pub queued: When,
    /// Its age, in minutes.
    pub age: u32,
    /// From when on it runs; absent: at once.
    pub due: Option<When>,
    /// What its latest failure said.
    pub error: Option<String>,
}

/// Something that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// When it was queued last.
    pub last: Option<When>,
    /// When it is queued next.
    pub next: When,
}

/// What became of an act on events or jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OperationNotice {
    /// An event has its effect once more.
    Replayed,
    /// A window of them has.
    WindowReplayed,
    /// A window without bounds would be all of them.
    NoWindow,
    /// A job has all its attempts again.
    Retried,
    /// A job is out of the queue.
    Cancelled,
    /// A job has moved on meanwhile.
    MovedOn,
}

impl OperationNotice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Replayed,
        Self::WindowReplayed,
        Self::NoWindow,
        Self::Retried,
        Self::Cancelled,
        Self::MovedOn,
    ];

    /// How it is said.
    pub fn tone(self) -> Tone {
        match self {
            Self::Replayed | Self::WindowReplayed | Self::Retried | Self::Cancelled => Tone::Fine,
            Self::NoWindow | Self::MovedOn => Tone::Act,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<JobFilter, BadPart> {
        let parts = text.split('&').filter_map(|part| part.split_once('='));
        let query: Vec<_> = parts
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        JobFilter::parse(&query)
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = JobFilter {
            state: JobState::Waiting,
            kind: Some("jobs.prune".into()),
            after: Some(AfterJob {
                at: 1,
                job: JobRef::new(2),
            }),
        };
        let path = filter.path();
        assert_eq!(read(path.split_once('?').unwrap().1), Ok(filter));
        assert_eq!(read(""), Ok(JobFilter::of(JobState::Dead)));
        for text in [
            "state=done",
            "kind=a b",
            "after=x",
            "after=1.2",
            "after=-1.00000000-0000-0000-0000-000000000009",
            "after=9223372036854775807.00000000-0000-0000-0000-000000000009",
            "state=dead&state=waiting",
            "colour=red",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
