//! When the accounts are read for a visit. Pure.

use chrono::{DateTime, Duration, Utc};

use super::session::Facts;

impl Facts {
    /// When the accounts should be read next; `None` when nothing more is
    /// expected. Reading is allowed at any time; it never refreshes.
    pub fn next_reading(
        &self,
        created: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let repaired = self
            .repair
            .as_ref()
            .is_some_and(|proof| proof.repaired.is_some());
        if self.link_refused.is_some() || repaired {
            return None;
        }
        if self
            .asked
            .is_some_and(|asked| self.read.is_none_or(|read| read < asked))
        {
            return Some(now);
        }
        let (since, steps): (DateTime<Utc>, &[i64]) = match (self.connected, self.seems_over()) {
            (Some(_), _) if self.settled => return None,
            (Some(connected), _) => (connected, &AFTER_CONNECTED),
            (None, Some(over)) => (over.max(self.latest_hint().unwrap_or(over)), &AFTER_END),
            (None, None) => (self.runs_out(created), &AFTER_END),
        };
        let due = steps
            .iter()
            .map(|seconds| since + Duration::seconds(*seconds));
        // The first step that no reading has served yet.
        let served = self.read;
        due.into_iter()
            .find(|step| served.is_none_or(|read| read < *step))
            .map(|step| step.max(now))
    }

    /// The latest thing heard: a late webhook deserves a fresh look.
    fn latest_hint(&self) -> Option<DateTime<Utc>> {
        let trouble = self.trouble.map(|trouble| trouble.at);
        [
            self.finished,
            self.added,
            self.left,
            self.timed_out,
            self.returned,
            trouble,
        ]
        .into_iter()
        .flatten()
        .max()
    }
}

/// Seconds after an end was hinted at: quickly while the person waits, then for
/// the accounts that come late.
pub(super) const AFTER_END: [i64; 9] = [0, 2, 5, 10, 20, 40, 80, 115, 900];

/// Seconds after the accounts arrived: until each has its first code.
const AFTER_CONNECTED: [i64; 12] = [
    0, 5, 15, 30, 60, 120, 300, 900, 3_600, 21_600, 86_400, 172_800,
];
