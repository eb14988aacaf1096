//! The figures made anew from what they were made of. Pure.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{ALL, Episode, Key, Standing, Tally};
use crate::{funnels::Journey, ids::UserId};

/// How a connection stood for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Whose it is.
    pub user: UserId,
    /// How.
    pub standing: Standing,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; absent: it does.
    pub until: Option<DateTime<Utc>>,
}

/// A recount, one institution after the other.
#[derive(Debug, Default)]
pub struct Recounting {
    whole: Tally,
    broken: BTreeSet<UserId>,
}

impl Recounting {
    /// The figures of one institution; those of all together grow by them.
    pub fn institution(
        &mut self,
        place: i64,
        intervals: &[Interval],
        episodes: &[Episode],
        journeys: &[Journey],
    ) -> Tally {
        let mut tally = Tally::default();
        let mut broken = BTreeSet::new();
        for it in intervals {
            tally.stands(place, it.standing, it.from, 1);
            if let Some(until) = it.until {
                tally.stands(place, it.standing, until, -1);
            } else if it.standing.broken().is_some() {
                broken.insert(it.user);
            }
        }
        tally.people(place, i64::try_from(broken.len()).unwrap_or(i64::MAX));
        self.broken.append(&mut broken);
        for episode in episodes {
            tally.episode(episode, 1);
        }
        for journey in journeys {
            journey.count(&mut tally, 1);
        }
        let all = tally.split_off(|key: &Key| key.place() == ALL);
        self.whole.merge(&all);
        tally
    }

    /// The figures of all institutions together.
    pub fn all(mut self) -> Tally {
        let people = i64::try_from(self.broken.len()).unwrap_or(i64::MAX);
        self.whole.people(ALL, people);
        self.whole
    }
}
