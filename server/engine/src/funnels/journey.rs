//! A journey: how far it came, how soon, and why no further. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Channel, Funnel, Slice, Stop, Tongue};
use crate::health::{Key, Tally, day_of};

/// The most steps that a funnel has.
pub const STEPS: usize = 6;

/// How soon counts as soon: within a day, a week, a month; what is later is one
/// more.
pub const SOON: [TimeDelta; 3] = [TimeDelta::days(1), TimeDelta::days(7), TimeDelta::days(30)];

/// The instant of something that may not have happened.
pub(super) type Seen = Option<DateTime<Utc>>;

/// What came of a visit that connects and was at Data Connect, once it is over or
/// proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It brought no account.
    InVain,
    /// It brought accounts. Not each has had its first reading.
    Connected,
    /// Each has.
    Settled,
}

/// Where one journey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journey {
    /// Which funnel it is in.
    pub funnel: Funnel,
    /// Where.
    pub place: i64,
    /// The code of a break, and how its person was told.
    pub repair: Option<(i64, Channel)>,
    /// In which language.
    pub tongue: Tongue,
    /// When each step was reached; what comes after a step that was reached
    /// proves it.
    pub(super) steps: [Seen; STEPS],
    /// Why it went no further.
    pub stop: Stop,
    /// Whether it counts as a try at its institution.
    pub tried: Option<Tried>,
}

impl Journey {
    /// Of a visit or a break that began at `begun`, by what was seen of its
    /// later steps.
    pub(super) fn new(
        funnel: Funnel,
        place: i64,
        tongue: Tongue,
        begun: DateTime<Utc>,
        later: [Seen; STEPS - 1],
    ) -> Self {
        let mut steps = [Some(begun); STEPS];
        let mut next: Seen = None;
        for (step, seen) in steps[1..].iter_mut().zip(later).rev() {
            next = [seen, next].into_iter().flatten().min();
            *step = next;
        }
        Self {
            funnel,
            place,
            repair: None,
            tongue,
            steps,
            stop: Stop::Through,
            tried: None,
        }
    }

    /// The furthest step that it reached.
    pub fn step(&self) -> usize {
        let reached = self.steps.iter().filter(|step| step.is_some());
        reached.count().saturating_sub(1)
    }

    /// When it began.
    fn begun(&self) -> DateTime<Utc> {
        self.steps[0].unwrap_or_default()
    }

    /// Everything that it is counted in.
    fn slices(&self) -> impl Iterator<Item = Slice> {
        let repair = self
            .repair
            .map(|(code, channel)| [Slice::Code(code), Slice::Channel(channel)]);
        [
            Slice::All,
            Slice::Institution(self.place),
            Slice::Language(self.tongue),
        ]
        .into_iter()
        .chain(repair.into_iter().flatten())
    }

    /// Counts it `by` times.
    pub fn count(&self, tally: &mut Tally, by: i64) {
        let (funnel, begun) = (self.funnel, self.begun());
        let day = day_of(begun);
        let mut sums = [[0; STEPS]; SOON.len() + 1];
        for (number, at) in self.steps.iter().enumerate() {
            if let Some(at) = at {
                sums[soon(*at - begun)][number] += by;
            }
        }
        let step = self.step();
        for slice in self.slices() {
            for (soon, sums) in sums.iter().enumerate() {
                let key = Key::Step {
                    funnel,
                    slice,
                    day,
                    soon,
                };
                tally.add(key, *sums);
            }
            let key = Key::Stop {
                funnel,
                slice,
                day,
                step,
                stop: self.stop,
            };
            tally.add(key, [by, 0, 0, 0, 0, 0]);
        }
        if let Some(tried) = self.tried {
            tally.tried(self.place, tried, by);
        }
    }
}

/// Which of [`SOON`] a time is within.
fn soon(time: TimeDelta) -> usize {
    SOON.iter().filter(|most| time > **most).count()
}

/// The earliest of what was seen.
pub(super) fn first<const N: usize>(seen: [Seen; N]) -> Seen {
    seen.into_iter().flatten().min()
}
