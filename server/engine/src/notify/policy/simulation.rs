//! A user's life on the pure layer: facts happen, the policy is asked when it
//! said so, and what it decided is carried out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::America::New_York;
use uuid::Uuid;

use super::{WEEK, decide};
use crate::{
    connections::End,
    ids::{BreakId, ConnectionId, OutageId},
    notify::{Affected, Ask, Facts, Settings, Stage, Standing, Subject, Told, Way},
    status::{Code, Table},
    store::breaks::Break,
};

/// So many hours after noon in New York, on the second of November.
pub(super) fn at(hours: i64) -> DateTime<Utc> {
    let noon = "2026-11-02T17:00:00Z".parse::<DateTime<Utc>>().unwrap();
    noon + TimeDelta::hours(hours)
}

pub(super) fn connection(index: usize) -> ConnectionId {
    ConnectionId(Uuid::from_u128(1 + index as u128))
}

pub(super) fn outage(index: u128) -> OutageId {
    OutageId(Uuid::from_u128(100 + index))
}

pub(super) struct Life {
    pub(super) facts: Facts,
    /// What went out: when, how, and how many notices.
    pub(super) sent: Vec<(DateTime<Utc>, Way, usize)>,
    /// What asked for action where none could help.
    pub(super) wrongly_asked: Vec<Subject>,
    settings: Settings,
    look_again: Option<DateTime<Utc>>,
}

impl Life {
    /// Three connections that work.
    pub(super) fn new(settings: Settings) -> Self {
        let standing = |index| Standing {
            connection: connection(index),
            ask: None,
            channels: None,
            out_of_reach: false,
            permission_ends: None,
            changes: false,
            snoozed: None,
        };
        Self {
            facts: Facts {
                connections: (0..3).map(standing).collect(),
                breaks: Vec::new(),
                outages: Vec::new(),
                told: Vec::new(),
                sent: Vec::new(),
                open: BTreeSet::from([Way::Email, Way::Sms]),
                preferences: settings.preferences,
                zone: New_York,
                email_refused: None,
            },
            sent: Vec::new(),
            wrongly_asked: Vec::new(),
            settings,
            look_again: Some(at(0)),
        }
    }

    fn open(&mut self, index: usize) -> Option<&mut Break> {
        let mine = |one: &&mut Break| one.connection == connection(index) && one.ended.is_none();
        self.facts.breaks.iter_mut().find(mine)
    }

    pub(super) fn breaks(&mut self, index: usize, ask: Ask, now: DateTime<Utc>) {
        if self.open(index).is_some() {
            return;
        }
        self.facts.breaks.push(Break {
            id: BreakId(Uuid::from_u128(1_000 + self.facts.breaks.len() as u128)),
            connection: connection(index),
            code: Code::new(103),
            last_good: None,
            failed: now,
            opened: now,
            counted: true,
            fixable: true,
            ended: None,
        });
        let standing = &mut self.facts.connections[index];
        standing.ask = Some(ask);
        standing.channels = Some(Table::shipped().row(Code::new(103)).channels);
        self.look_again = Some(now);
    }

    pub(super) fn repairs(&mut self, index: usize, now: DateTime<Utc>) {
        self.ends(index, End::Repaired, now);
    }

    pub(super) fn ends(&mut self, index: usize, how: End, now: DateTime<Utc>) {
        if let Some(open) = self.open(index) {
            open.ended = Some((now, how));
            self.facts.connections[index].ask = None;
            self.look_again = Some(now);
        }
    }

    pub(super) fn joins(&mut self, index: usize, of: u128, now: DateTime<Utc>) {
        let mine = |one: &Affected| one.connection == connection(index);
        if self.open(index).is_some() && !self.facts.outages.iter().any(mine) {
            self.facts.outages.push(Affected {
                outage: outage(of),
                connection: connection(index),
                joined: now,
                over: None,
            });
            self.look_again = Some(now);
        }
    }

    pub(super) fn comes_back(&mut self, of: u128, now: DateTime<Utc>) {
        for one in &mut self.facts.outages {
            if one.outage == outage(of) {
                one.over.get_or_insert(now);
            }
        }
        self.look_again = Some(now);
    }

    /// Lets time pass until `end`: looks when the policy said to.
    pub(super) fn run(&mut self, end: DateTime<Utc>) {
        while let Some(next) = self.look_again.filter(|next| *next <= end) {
            self.look_again = None;
            self.look(next);
        }
    }

    /// Asks the policy and does what it says.
    pub(super) fn look(&mut self, now: DateTime<Utc>) {
        let decision = decide(&self.facts, &self.settings, now);
        for subject in &decision.make {
            self.check(subject);
            self.facts.told.push(Told {
                subject: subject.clone(),
                made: now,
                on: BTreeMap::new(),
                tried: BTreeSet::new(),
            });
        }
        for (way, keys) in &decision.send {
            for key in keys {
                let told = self.facts.told.iter_mut();
                let told = told.filter(|told| told.subject.key() == *key);
                for told in told {
                    told.on.insert(*way, now);
                    told.tried.insert(*way);
                }
                let told = self.facts.told(key).map(|told| told.subject.clone());
                self.check(&told.unwrap());
            }
            self.facts.sent.push(now);
            self.sent.push((now, *way, keys.len()));
        }
        assert!(
            decision.look_again.is_none_or(|next| next > now),
            "{decision:?} at {now} looks back"
        );
        self.look_again = decision.look_again;
        // A decision that was carried out leaves nothing to do.
        let again = decide(&self.facts, &self.settings, now);
        assert_eq!((again.make, again.send), (vec![], vec![]));
    }

    fn check(&mut self, subject: &Subject) {
        let connection = match *subject {
            Subject::Broke {
                connection, ask, ..
            } if ask != Ask::Nothing => connection,
            _ => return,
        };
        let broken = |one: &Break| one.connection == connection && one.ended.is_none();
        if self.facts.covered(connection) || !self.facts.breaks.iter().any(broken) {
            self.wrongly_asked.push(subject.clone());
        }
    }

    /// What was told, in words of one kind each, sorted.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        let kind = |told: &Told| match &told.subject {
            Subject::Broke {
                stage: Stage::Reminder,
                ..
            } => "broke reminder",
            Subject::Broke {
                ask: Ask::Nothing, ..
            } => "broke news",
            Subject::Broke { .. } => "broke first",
            Subject::Repaired { .. } => "repaired",
            Subject::Outage { .. } => "outage",
            Subject::Back { .. } => "back",
            Subject::PermissionEnds { .. } => "permission",
            Subject::InstitutionChanges { .. } => "changes",
            Subject::EmailRefused { .. } => "refused",
        };
        let mut kinds: Vec<&'static str> = self.facts.told.iter().map(kind).collect();
        kinds.sort_unstable();
        kinds
    }

    pub(super) fn leads(&self) -> Vec<u16> {
        let lead = |told: &Told| match told.subject {
            Subject::PermissionEnds { days, .. } => Some(days),
            _ => None,
        };
        self.facts.told.iter().filter_map(lead).collect()
    }

    pub(super) fn letters(&self) -> usize {
        self.count(Way::Email)
    }

    pub(super) fn texts(&self) -> usize {
        self.count(Way::Sms)
    }

    fn count(&self, way: Way) -> usize {
        self.sent.iter().filter(|(_, sent, _)| *sent == way).count()
    }

    pub(super) fn most_in_a_week(&self) -> usize {
        let within = |(from, ..): &(DateTime<Utc>, Way, usize)| {
            let week = |(other, ..): &&(DateTime<Utc>, Way, usize)| {
                *other >= *from && *other < *from + WEEK
            };
            self.sent.iter().filter(week).count()
        };
        self.sent.iter().map(within).max().unwrap_or_default()
    }
}
