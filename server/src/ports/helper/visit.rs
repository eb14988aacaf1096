//! What became of a visit, as support reads it. Pure.

use chrono::{DateTime, Utc};
use relink_app::api::story::{Purpose, Step, VisitEnd, What};
use relink_engine::{
    connect::session::{Failure, State},
    repair::{self, Outcome},
    store::connect_sessions::ConnectSession,
};

use crate::calendar::Calendar;

/// Why, how it ended, and what was learned of it.
pub(super) fn told(visit: &ConnectSession, now: DateTime<Utc>, calendar: Calendar) -> What {
    let facts = &visit.facts;
    let proof = facts.repair.as_ref();
    let (purpose, end) = match proof {
        None => (Purpose::Connect, connected(visit.standing(now).state)),
        Some(proof) => {
            let renews = proof.renews.is_some();
            let outcome = repair::outcome(facts, proof, visit.created, now);
            let purpose = if renews {
                Purpose::Renew
            } else {
                Purpose::Repair
            };
            (purpose, repaired(outcome))
        }
    };
    let proven = proof.and_then(|proof| proof.repaired);
    let steps = [
        (Step::LinkMade, facts.link_made),
        (Step::Opened, facts.opened),
        (Step::Adding, facts.adding),
        (Step::SignInRefused, facts.sign_in_refused),
        (Step::Added, facts.added),
        (Step::NothingToRepair, facts.nothing_to_repair),
        (Step::Trouble, facts.trouble.map(|trouble| trouble.at)),
        (Step::Left, facts.left),
        (Step::TimedOut, facts.timed_out),
        (Step::Finished, facts.finished),
        (Step::Returned, facts.returned),
        (Step::Proven, proven.or(facts.connected)),
        (Step::Read, facts.read),
    ];
    let mut steps: Vec<(Step, DateTime<Utc>)> = steps
        .into_iter()
        .filter_map(|(step, at)| Some((step, at?)))
        .collect();
    steps.sort_by_key(|(_, at)| *at);
    What::Visit {
        purpose,
        end,
        code: facts.trouble.and_then(|trouble| trouble.code),
        reference: visit.reference.clone(),
        steps: steps
            .into_iter()
            .map(|(step, at)| (step, calendar.when(at)))
            .collect(),
    }
}

fn connected(state: State) -> VisitEnd {
    match state {
        State::Created | State::Opened | State::Adding => VisitEnd::Open,
        State::Connected => VisitEnd::Proven,
        State::Failed(Failure::NoLink(_)) => VisitEnd::NoLink,
        State::Failed(Failure::Trouble { .. }) => VisitEnd::Trouble,
        State::Failed(Failure::SignInRefused) => VisitEnd::SignInRefused,
        State::Failed(Failure::NothingNew | Failure::NothingArrived) => VisitEnd::Nothing,
        State::Left => VisitEnd::Left,
        State::Expired => VisitEnd::Expired,
    }
}

fn repaired(outcome: Outcome) -> VisitEnd {
    match outcome {
        Outcome::Waiting | Outcome::Away | Outcome::Checking(_) => VisitEnd::Open,
        Outcome::Repaired => VisitEnd::Proven,
        Outcome::SignedIn | Outcome::NothingToRepair | Outcome::StillBroken => VisitEnd::Nothing,
        Outcome::OtherAccounts => VisitEnd::Others,
        Outcome::SignInRefused => VisitEnd::SignInRefused,
        Outcome::Trouble(_) => VisitEnd::Trouble,
        Outcome::Left => VisitEnd::Left,
        Outcome::Expired => VisitEnd::Expired,
        Outcome::NoLink(_) => VisitEnd::NoLink,
    }
}
