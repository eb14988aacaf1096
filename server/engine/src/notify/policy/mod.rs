//! What to tell, where and when. Pure: the same facts at the same instant give
//! the same decision, and a decision that was carried out gives nothing more to
//! do at that instant. So it does not matter how often, in which order or how
//! late it is asked for.

mod by_hand;
mod campaign;
mod hours;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
mod wanted;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Digest, Facts, Settings, Subject, Way};
pub(super) use by_hand::by_hand;
pub(super) use campaign::{in_the_way, left_out};
pub(super) use wanted::wanted;

/// Good news is told for so long; later it is an old story.
pub(super) const NEWS: TimeDelta = TimeDelta::days(2);

/// The stretch that [`Settings::weekly_cap`] counts.
pub(crate) const WEEK: TimeDelta = TimeDelta::days(7);

/// What is to be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Notices to be made.
    pub make: Vec<Subject>,
    /// Letters and text messages to be sent, each with the keys of its notices.
    pub send: Vec<(Way, Vec<String>)>,
    /// When the facts of now mean something else.
    pub look_again: Option<DateTime<Utc>>,
}

/// Decides what a user is told at `now`.
pub fn decide(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Decision {
    let wanted = wanted(facts, settings, now);
    let mut look_again = wanted.look_again;
    let mut later = |at: DateTime<Utc>| {
        look_again = Some(look_again.map_or(at, |earliest: DateTime<Utc>| earliest.min(at)));
    };
    let mut make = Vec::new();
    for notice in &wanted.notices {
        let told = facts.told(&notice.subject.key()).is_some();
        match notice.first_due() {
            Some(due) if !told && due <= now => make.push(notice.subject.clone()),
            Some(due) if !told => later(due),
            _ => {}
        }
    }
    let mut left = facts.sent.clone();
    let mut send = Vec::new();
    for way in [Way::Email, Way::Sms] {
        if !facts.open.contains(&way) {
            continue;
        }
        let mut due = Vec::new();
        for notice in &wanted.notices {
            let key = notice.subject.key();
            let gone_out = facts
                .told(&key)
                .is_some_and(|told| told.on.contains_key(&way));
            match notice.due(way) {
                Some(at) if !gone_out && at <= now => due.push((at, key)),
                Some(at) if !gone_out => later(at),
                _ => {}
            }
        }
        let Some(first) = due.iter().map(|(at, _)| *at).min() else {
            continue;
        };
        let at = leaves(facts, settings, way, first, &left, now);
        if at <= now {
            left.push(now);
            send.push((way, due.into_iter().map(|(_, key)| key).collect()));
        } else {
            later(at);
        }
    }
    Decision {
        make,
        send,
        look_again,
    }
}

/// When a message leaves whose first notice was due at `first`: together with
/// what joins it, in waking hours, and within the week's share.
fn leaves(
    facts: &Facts,
    settings: &Settings,
    way: Way,
    first: DateTime<Utc>,
    left: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let together = match (way, facts.preferences.digest) {
        (Way::Email, Digest::Daily) => hours::next(first, settings.daily_at, facts.zone),
        (Way::Email, Digest::Soon) | (Way::Sms, _) => first + settings.digest_window,
    };
    let awake = |at| hours::awake(at, facts.preferences.quiet, facts.zone);
    let at = awake(together.max(now));
    full_until(settings, left, at).map_or(at, awake)
}

/// When the week's share has room again, where it has none at `at`.
fn full_until(
    settings: &Settings,
    left: &[DateTime<Utc>],
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut counted: Vec<DateTime<Utc>> = left
        .iter()
        .copied()
        .filter(|earlier| *earlier + WEEK > at)
        .collect();
    counted.sort_unstable();
    let excess = counted
        .len()
        .checked_sub(usize::from(settings.weekly_cap.max(1)))?;
    // Once the oldest of those that are too many does not count any more.
    Some(counted[excess] + WEEK)
}

/// When a message that is about to leave may: now, or when its reader wakes.
pub(super) fn awake(facts: &Facts, now: DateTime<Utc>) -> DateTime<Utc> {
    hours::awake(now, facts.preferences.quiet, facts.zone)
}
