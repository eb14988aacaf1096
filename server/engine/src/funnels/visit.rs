//! How far one visit to Data Connect came. Pure.
//!
//! As [`crate::connect::session`] tells a person how their visit ended, but
//! from the facts alone: that time ran out is no fact.

use chrono::{DateTime, Utc};

use super::{
    Funnel, Journey, Stop, Tongue,
    journey::{Seen, Tried, first},
};
use crate::{connect::session::Facts, repair::is_not_among_them};

/// A visit that connects, chosen at `created`.
pub(crate) fn connecting(
    facts: &Facts,
    place: i64,
    tongue: Tongue,
    created: DateTime<Utc>,
) -> Journey {
    let later = [
        facts.link_made,
        there(facts),
        facts.connected,
        facts.kept,
        None,
    ];
    let journey = Journey::new(Funnel::Connect, place, tongue, created, later);
    let stop = match journey.step() {
        0 => facts.link_refused.map_or(Stop::NotStarted, Stop::from),
        1 => Stop::NotOpened,
        2 => unconnected(facts),
        3 if facts.declined.is_some() => Stop::NothingKept,
        3 => Stop::ChoiceWaiting,
        _ => Stop::Through,
    };
    let tried = match (journey.step(), stop) {
        // Nothing was left there to connect: that says nothing of the institution.
        (0 | 1, _) | (_, Stop::NothingNew) => None,
        (2, _) => facts.is_over(created).then_some(Tried::InVain),
        _ if facts.settled => Some(Tried::Settled),
        _ => Some(Tried::Connected),
    };
    Journey {
        stop,
        tried,
        ..journey
    }
}

/// Since when somebody was at Data Connect, by whatever shows it.
fn there(facts: &Facts) -> Seen {
    first([
        facts.opened,
        facts.adding,
        facts.added,
        facts.finished,
        facts.left,
        facts.timed_out,
        facts.trouble.map(|trouble| trouble.at),
        facts.sign_in_refused,
        facts.nothing_to_repair,
        facts.returned,
    ])
}

/// Why a visit that was opened brought no accounts.
fn unconnected(facts: &Facts) -> Stop {
    if facts.added.is_some() {
        return if facts.already_here {
            Stop::NothingNew
        } else {
            Stop::NothingArrived
        };
    }
    let over = facts.finished.or(facts.returned);
    failed(facts).unwrap_or(match over {
        Some(_) => Stop::NothingArrived,
        None => Stop::Silent,
    })
}

/// What hints say went wrong, the surest first.
fn failed(facts: &Facts) -> Option<Stop> {
    let trouble = facts.trouble.map(|trouble| trouble.code);
    match trouble {
        Some(Some(code)) => Some(Stop::Trouble(code)),
        _ if facts.left.is_some() => Some(Stop::Left),
        _ if facts.timed_out.is_some() => Some(Stop::TimedOut),
        _ if facts.sign_in_refused.is_some() => Some(Stop::SignInRefused),
        _ if facts.nothing_to_repair.is_some() => Some(Stop::NothingToRepair),
        _ => trouble.map(|_| Stop::Trouble(0)),
    }
}

/// How far a visit that repairs came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fix {
    /// Its link was made.
    pub(super) started: Seen,
    /// Its person was at Data Connect.
    pub(super) opened: Seen,
    /// Its person went to the end.
    pub(super) finished: Seen,
    /// Why it went no further, unless a reading proves the repair.
    pub(super) stop: Stop,
    /// Whether nothing that is known of it speaks against the repair, so that a
    /// reading which finds it working proves it.
    pub(super) may_be_proven: bool,
}

/// How far a visit that repairs came, by its own facts.
pub(super) fn fixing(facts: &Facts) -> Fix {
    let (opened, failed) = (there(facts), failed(facts));
    let finished = match failed {
        // Who added accounts was through, whatever came before.
        Some(_) => facts.added,
        None => first([facts.added, facts.finished]),
    };
    let proof = facts.repair.as_ref();
    let code = facts.trouble.and_then(|trouble| trouble.code);
    let others = proof.is_some_and(|proof| proof.others_came || is_not_among_them(proof, code));
    let stop = match (finished, opened, facts.link_refused) {
        _ if others => Stop::OtherAccounts,
        (Some(_), ..) => Stop::NoProof,
        (None, Some(_), _) => failed.unwrap_or(Stop::Silent),
        (None, None, Some(why)) => why.into(),
        (None, None, None) if facts.link_made.is_some() => Stop::NotOpened,
        (None, None, None) => Stop::NotStarted,
    };
    Fix {
        started: first([facts.link_made, opened]),
        opened,
        finished,
        stop,
        may_be_proven: finished.is_some() || (opened.is_some() && failed.is_none()),
    }
}
