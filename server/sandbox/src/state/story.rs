//! A scenario under way.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::{Deed, State};
use crate::directory::Directory;
use crate::scenario::{Plot, Scenario, Scene};

/// A plot, when it began and how far it is.
pub(crate) struct Story {
    pub(crate) plot: Plot,
    pub(crate) began: DateTime<Utc>,
    played: usize,
}

impl Story {
    fn begin(plot: Plot, now: DateTime<Utc>) -> Self {
        Self {
            plot,
            began: now,
            played: 0,
        }
    }

    /// Goes on after all that was due by `settled`.
    fn resume(plot: Plot, began: DateTime<Utc>, settled: DateTime<Utc>) -> Self {
        let mut story = Self::begin(plot, began);
        story.played = story.scenes().filter(|(due, _)| *due <= settled).count();
        story
    }

    /// What goes on when the sandbox starts: the configured scenario, from where
    /// it was if it is the one that was under way, else the one that was.
    pub(super) fn open(
        configured: Option<Plot>,
        kept: Option<(String, DateTime<Utc>)>,
        directory: &Directory,
        settled: DateTime<Utc>,
    ) -> Option<Self> {
        let kept = kept.and_then(|(text, began)| {
            let plot = Scenario::parse(&text).and_then(|scenario| scenario.plot(directory));
            plot.inspect_err(|problem| tracing::warn!(%problem, "a scenario is not gone on with"))
                .ok()
                .map(|plot| (plot, began))
        });
        match (configured, kept) {
            (Some(plot), Some((old, began))) if old.name == plot.name => {
                Some(Self::resume(plot, began, settled))
            }
            (Some(plot), _) => Some(Self::begin(plot, settled)),
            (None, Some((plot, began))) => Some(Self::resume(plot, began, settled)),
            (None, None) => None,
        }
    }

    /// All steps with their times, in order.
    pub(crate) fn scenes(&self) -> impl Iterator<Item = (DateTime<Utc>, &Scene)> {
        let first = self.began.date_naive().and_time(NaiveTime::MIN).and_utc();
        self.plot.scenes.iter().map(move |scene| {
            let after = Duration::days(scene.day.into()) + Duration::hours(scene.hour.into());
            (first + after, scene)
        })
    }

    /// How many of the steps are over.
    pub(crate) fn played(&self) -> usize {
        self.played
    }

    fn next(&mut self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Deed)> {
        let (due, scene) = self.scenes().nth(self.played)?;
        let next = (due <= now).then(|| (due, scene.deed.clone()));
        self.played += usize::from(next.is_some());
        next
    }
}

impl State {
    /// Plays everything that became due up to `now`: nights and steps of the
    /// scenario in the order of their times, the night first.
    pub(super) fn settle(&mut self, now: DateTime<Utc>) {
        while let Some((due, deed)) = self.story.as_mut().and_then(|story| story.next(now)) {
            let at = due.max(self.ledger.settled());
            self.ledger.settle(at);
            if let Err(missing) = self.perform(&deed, at) {
                tracing::warn!(%missing, "a step of the scenario met nobody");
            }
        }
        self.ledger.settle(now);
    }

    /// Begins a scenario, in the place of one that may be under way.
    pub(crate) fn start_scenario(&mut self, plot: Plot, now: DateTime<Utc>) {
        self.story = Some(Story::begin(plot, now));
        self.settle(now);
    }

    /// Leaves what is still to come unplayed.
    pub(crate) fn stop_scenario(&mut self) {
        self.story = None;
    }

    /// The scenario under way, or over.
    pub(crate) fn story(&self) -> Option<&Story> {
        self.story.as_ref()
    }
}

#[cfg(test)]
mod tests;
