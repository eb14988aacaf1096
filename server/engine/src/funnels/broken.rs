//! How far a break came on its way to the proof. Pure.

use chrono::{DateTime, Utc};

use super::{
    Channel, Funnel, Journey, Stop, Tongue,
    journey::{Seen, first},
    visit::{Fix, fixing},
};
use crate::{connect::session::Facts, connections::End, status::Code};

/// All that is known of a break on its way to the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where it opened.
    pub place: i64,
    /// The latest cause.
    pub code: Code,
    /// Whether its connection counted as it opened, and Fix can help.
    pub counts: bool,
    /// The language of its person as it opened.
    pub tongue: Tongue,
    /// When we learned of it.
    pub opened: DateTime<Utc>,
    /// The first notice of it.
    pub told: Seen,
    /// The first that a letter brought.
    pub mailed: Seen,
    /// The first that a text message brought.
    pub texted: Seen,
    /// Its person was first in our pages.
    pub came: Seen,
    /// Its connection was taken out of the figures.
    pub marked: Seen,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
    /// The visits that were to repair it, the earliest first.
    pub visits: Vec<Repairing>,
}

/// A visit that was to repair a break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repairing {
    /// When its person asked for it.
    pub created: DateTime<Utc>,
    /// All that is known of it.
    pub facts: Facts,
}

impl Broken {
    /// Where it stands, if it counts.
    pub fn journey(&self) -> Option<Journey> {
        self.counts.then(|| self.stands())
    }

    /// The latest visit that repaired it as far as anybody knows: its person was
    /// at Data Connect before the reading, and nothing says that it failed there.
    pub(crate) fn through_fix(&self) -> Option<&Repairing> {
        let (at, _) = self.ended.filter(|(_, end)| *end == End::Repaired)?;
        // Who came there later found it working.
        let by_then = |seen: Seen| seen.is_some_and(|seen| seen <= at);
        self.visits.iter().rev().find(|visit| {
            let fix = fixing(&visit.facts);
            fix.may_be_proven && by_then(fix.opened)
        })
    }

    fn stands(&self) -> Journey {
        let fixes: Vec<Fix> = self
            .visits
            .iter()
            .map(|visit| fixing(&visit.facts))
            .collect();
        let earliest = |of: fn(&Fix) -> Seen| fixes.iter().filter_map(of).min();
        let (started, finished) = (earliest(|fix| fix.started), earliest(|fix| fix.finished));
        let asked = self.visits.iter().map(|visit| visit.created).min();
        let later = [
            self.told,
            first([self.came, asked]),
            started,
            finished,
            self.through_fix().and(self.ended).map(|(at, _)| at),
        ];
        // What happens after the mark is not counted.
        let counts = |at: &DateTime<Utc>| self.marked.is_none_or(|marked| *at < marked);
        let later = later.map(|seen| seen.filter(counts));
        let journey = Journey::new(Funnel::Repair, self.place, self.tongue, self.opened, later);
        Journey {
            repair: Some((self.code.get(), self.channel(later[2]))),
            stop: self.stop(&fixes, journey.step()),
            ..journey
        }
    }

    /// How its person had been told when they went to repair it.
    fn channel(&self, started: Seen) -> Channel {
        let until = first([started, self.marked]);
        let before = |seen: Seen| seen.is_some_and(|at| until.is_none_or(|until| at <= until));
        if before(self.texted) {
            Channel::Sms
        } else if before(self.mailed) {
            Channel::Email
        } else if before(self.told) {
            Channel::App
        } else {
            Channel::None
        }
    }

    /// Why it went no further than `step`.
    fn stop(&self, fixes: &[Fix], step: usize) -> Stop {
        if self.marked.is_some() {
            return Stop::Marked;
        }
        // The latest of those that came as far as any.
        let far = |fix: &&Fix| (fix.finished.is_some(), fix.started.is_some());
        let furthest = fixes.iter().max_by_key(far);
        match (step, self.ended, furthest) {
            (5, ..) => Stop::Through,
            (_, Some((_, End::Gone)), _) => Stop::Gone,
            (_, Some((_, End::Repaired)), _) => Stop::HealedAlone,
            (0, ..) => Stop::NotTold,
            (1, ..) => Stop::NotCome,
            (_, None, None) => Stop::NotStarted,
            (_, None, Some(fix)) => fix.stop,
        }
    }
}
