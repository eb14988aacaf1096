//! Whether a campaign may write about a connection. The count before it is sent
//! says the same in SQL (`store::campaign_count`); a test holds them together.

use chrono::{DateTime, TimeDelta, Utc};

use super::WEEK;
use crate::{
    campaigns::{Criteria, LeftOut},
    connections::End,
    ids::{BreakId, ConnectionId},
    notify::{Ask, Facts, Settings, Subject, Way},
};

/// What keeps a letter about a break from going out, whether it is written yet
/// or not; `None`: nothing does.
pub(in crate::notify) fn in_the_way(
    facts: &Facts,
    way: Way,
    (connection, of): (ConnectionId, BreakId),
    now: DateTime<Utc>,
) -> Option<LeftOut> {
    let one = facts.breaks.iter().find(|one| one.id == of);
    let mut all = facts.connections.iter();
    let standing = all.find(|standing| standing.connection == connection);
    let (Some(one), Some(standing)) = (one, standing) else {
        return Some(LeftOut::Gone);
    };
    match (one.ended, standing.ask) {
        (Some((_, End::Gone)), _) => return Some(LeftOut::Gone),
        (Some((_, End::Repaired)), _) | (None, None) => return Some(LeftOut::Healed),
        (None, Some(_)) => {}
    }
    if standing.out_of_reach || facts.covered(connection) {
        return Some(LeftOut::Outage);
    }
    if standing.ask != Some(Ask::Fix) {
        return Some(LeftOut::OtherCause);
    }
    if standing.snoozed.is_some_and(|until| until > now) {
        return Some(LeftOut::Snoozed);
    }
    if way == Way::Email && facts.email_refused.is_some() {
        return Some(LeftOut::Refused);
    }
    (!facts.open.contains(&way)).then_some(LeftOut::Unwanted)
}

/// Why a campaign does not write about a break; `None`: it does.
pub(in crate::notify) fn left_out(
    facts: &Facts,
    settings: &Settings,
    criteria: &Criteria,
    target: (ConnectionId, BreakId),
    now: DateTime<Utc>,
) -> Option<LeftOut> {
    let mut first = in_the_way(facts, criteria.way, target, now);
    let mut breaks = facts.breaks.iter();
    let code = breaks.find(|one| one.id == target.1).map(|one| one.code);
    if code.is_some_and(|code| !criteria.codes.contains(&code)) {
        // It stands among the reasons where another cause does.
        first = Some(first.map_or(LeftOut::OtherCause, |why| why.min(LeftOut::OtherCause)));
    }
    let since = now - TimeDelta::days(criteria.told_days.into());
    let told = facts.told.iter().any(|told| {
        let about =
            matches!(told.subject, Subject::Broke { connection, .. } if connection == target.0);
        about && told.on.get(&criteria.way).is_some_and(|put| *put > since)
    });
    let sent = facts.sent.iter().filter(|at| **at + WEEK > now).count();
    let full = sent >= usize::from(settings.weekly_cap.max(1));
    first
        .or(told.then_some(LeftOut::Told))
        .or(full.then_some(LeftOut::Full))
}
