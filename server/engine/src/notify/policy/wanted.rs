//! What a user should have been told by now, and will have to be.

use chrono::{DateTime, TimeDelta, Utc};

use super::NEWS;
use crate::{
    connections::End,
    ids::{ConnectionId, OutageId},
    notify::{
        Ask, Facts, Settings, Stage, Subject, Way,
        facts::{Affected, Standing, Told},
    },
    status::{Channel, How},
    store::breaks::Break,
};

/// A notice that the facts ask for, and from when on each place has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::notify) struct Notice {
    /// What it says.
    pub subject: Subject,
    /// In our own pages. (What a letter says stands there, too.)
    pub in_app: Option<DateTime<Utc>>,
    /// By letter.
    pub email: Option<DateTime<Utc>>,
    /// By text message.
    pub sms: Option<DateTime<Utc>>,
}

impl Notice {
    /// From when on it goes out by `way`.
    pub(in crate::notify) fn due(&self, way: Way) -> Option<DateTime<Utc>> {
        match way {
            Way::Email => self.email,
            Way::Sms => self.sms,
        }
    }

    /// From when on it is told anywhere.
    pub(in crate::notify) fn first_due(&self) -> Option<DateTime<Utc>> {
        [self.in_app, self.email, self.sms]
            .into_iter()
            .flatten()
            .min()
    }

    fn in_app(subject: Subject, due: DateTime<Utc>) -> Self {
        Self {
            subject,
            in_app: Some(due),
            email: None,
            sms: None,
        }
    }
}

/// What the facts ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::notify) struct Wanted {
    /// The notices that hold now, due or not.
    pub notices: Vec<Notice>,
    /// When others will.
    pub look_again: Option<DateTime<Utc>>,
}

impl Wanted {
    /// Whether a notice with this key holds and is due by `way`.
    pub(in crate::notify) fn holds(&self, key: &str, way: Way, now: DateTime<Utc>) -> bool {
        let due = |notice: &Notice| notice.due(way).is_some_and(|due| due <= now);
        self.notices
            .iter()
            .any(|notice| notice.subject.key() == key && due(notice))
    }
}

/// What `facts` ask for at `now`.
pub(in crate::notify) fn wanted(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Wanted {
    let mut wanted = Wanted::default();
    for standing in &facts.connections {
        let mine = |one: &&Break| one.connection == standing.connection;
        let open = facts
            .breaks
            .iter()
            .filter(mine)
            .find(|one| one.ended.is_none());
        let quiet = standing.out_of_reach || facts.covered(standing.connection);
        match open {
            // An outage tells its own story, and asks nothing of anybody.
            _ if quiet => {}
            Some(open) => broke(&mut wanted, facts, settings, standing, open, now),
            None => coming(&mut wanted, facts, settings, standing, now),
        }
        for closed in facts.breaks.iter().filter(mine) {
            repaired(&mut wanted, facts, standing, closed, now);
        }
    }
    outages(&mut wanted, facts, now);
    if let Some(since) = facts.email_refused {
        let subject = Subject::EmailRefused { since };
        wanted.notices.push(Notice::in_app(subject, since));
    }
    wanted
}

/// An open break: the first notice, and the one that reminds.
fn broke(
    wanted: &mut Wanted,
    facts: &Facts,
    settings: &Settings,
    standing: &Standing,
    open: &Break,
    now: DateTime<Utc>,
) {
    let (Some(ask), Some(channels)) = (standing.ask, standing.channels) else {
        return;
    };
    let connection = standing.connection;
    let trouble = facts
        .outages
        .iter()
        .filter(|one| one.connection == connection);
    let not_before = [standing.snoozed, trouble.filter_map(|one| one.over).max()]
        .into_iter()
        .flatten()
        .fold(open.opened, DateTime::max);
    let due = |channel: Channel| {
        (channel.how == How::Proactive).then(|| not_before.max(open.failed + channel.after))
    };
    let subject = |stage| Subject::Broke {
        of: open.id,
        connection,
        stage,
        ask,
    };
    let first = Notice {
        subject: subject(Stage::First),
        in_app: due(channels.in_app),
        email: due(channels.email),
        sms: due(channels.sms),
    };
    // One that is due is made now: its reminder is known from here on.
    let due_now = first.first_due().filter(|due| *due <= now).map(|_| now);
    let told = facts
        .told(&first.subject.key())
        .map(|told| told.made)
        .or(due_now);
    if let (Some(made), Some(after), true) = (told, settings.remind_after, ask != Ask::Nothing) {
        let due = |first: Option<DateTime<Utc>>| first.map(|first| first.max(made + after));
        wanted.notices.push(Notice {
            subject: subject(Stage::Reminder),
            in_app: due(first.in_app),
            email: due(first.email),
            sms: due(first.sms),
        });
    }
    let sent = wanted.notices.len();
    let apart = facts
        .told
        .iter()
        .filter_map(|told| apart(told, open, ask, not_before));
    wanted.notices.extend(apart);
    // Whom staff wrote to needs no letter that says the same.
    let told = |by: fn(&Notice) -> bool| wanted.notices[sent..].iter().any(by);
    let first = Notice {
        email: first.email.filter(|_| !told(|one| one.email.is_some())),
        sms: first.sms.filter(|_| !told(|one| one.sms.is_some())),
        ..first
    };
    wanted.notices.push(first);
}

/// A notice of this break that staff caused.
fn apart(told: &Told, open: &Break, ask: Ask, not_before: DateTime<Utc>) -> Option<Notice> {
    let Subject::Broke { of, stage, .. } = told.subject else {
        return None;
    };
    let in_app = Notice::in_app(told.subject.clone(), told.made);
    match stage {
        Stage::ByHand { .. } if of == open.id => Some(Notice {
            email: Some(told.made),
            ..in_app
        }),
        // It goes out by its campaign alone: dropped there, it is not sent here.
        Stage::Campaign { .. } if of == open.id => {
            let due = Some(told.made.max(not_before)).filter(|_| ask == Ask::Fix);
            Some(Notice {
                email: due.filter(|_| told.on.contains_key(&Way::Email)),
                sms: due.filter(|_| told.on.contains_key(&Way::Sms)),
                ..in_app
            })
        }
        _ => None,
    }
}

/// What lies ahead of a connection that is not broken.
fn coming(
    wanted: &mut Wanted,
    facts: &Facts,
    settings: &Settings,
    standing: &Standing,
    now: DateTime<Utc>,
) {
    let connection = standing.connection;
    if let Some(by) = standing.permission_ends.filter(|by| *by > now) {
        let lead = |days: u16| by - TimeDelta::days(days.into());
        let mut leads = settings.renewal_days.clone();
        leads.sort_unstable();
        // The shortest that has come: who is late is told once, not three times.
        let come = leads.iter().find(|days| lead(**days) <= now);
        let next = leads.iter().rev().find(|days| lead(**days) > now);
        if let Some(days) = come {
            let due = standing
                .snoozed
                .map_or(lead(*days), |end| end.max(lead(*days)));
            wanted.notices.push(Notice {
                subject: Subject::PermissionEnds {
                    connection,
                    by,
                    days: *days,
                },
                in_app: Some(due),
                email: Some(due),
                sms: None,
            });
        }
        let next = next.map(|days| lead(*days));
        wanted.look_again = [wanted.look_again, next].into_iter().flatten().min();
    }
    if standing.changes {
        let subject = Subject::InstitutionChanges { connection };
        // Nobody says since when: from when it was told of.
        let known = facts.told(&subject.key()).map_or(now, |told| told.made);
        let due = standing.snoozed.map_or(known, |end| end.max(known));
        wanted.notices.push(Notice {
            subject,
            in_app: Some(due),
            email: Some(due),
            sms: None,
        });
    }
}

/// A break that is over: told to who was told that it began, the same ways.
fn repaired(
    wanted: &mut Wanted,
    facts: &Facts,
    standing: &Standing,
    closed: &Break,
    now: DateTime<Utc>,
) {
    let Some((at, End::Repaired)) = closed.ended else {
        return;
    };
    // "Back again" says it where the break turned out to be an outage.
    let outage = |one: &Affected| {
        one.connection == standing.connection && one.joined <= at && told_of(facts, one.outage)
    };
    let told = of_break(facts, closed);
    if now - at > NEWS
        || standing.ask.is_some()
        || told.is_empty()
        || facts.outages.iter().any(outage)
    {
        return;
    }
    let due = standing.snoozed.map_or(at, |end| end.max(at));
    let by = |way| told.iter().any(|told| told.tried.contains(&way));
    wanted.notices.push(Notice {
        subject: Subject::Repaired {
            of: closed.id,
            connection: standing.connection,
        },
        in_app: Some(due),
        email: by(Way::Email).then_some(due),
        sms: by(Way::Sms).then_some(due),
    });
}

/// The notices of one break.
fn of_break<'a>(facts: &'a Facts, one: &Break) -> Vec<&'a Told> {
    let about = |told: &&Told| matches!(told.subject, Subject::Broke { of, .. } if of == one.id);
    facts.told.iter().filter(about).collect()
}

fn told_of(facts: &Facts, outage: OutageId) -> bool {
    let about = |told: &Told| matches!(told.subject, Subject::Outage { of, .. } if of == outage);
    facts.told.iter().any(about)
}

/// Outages: that there is one, in our own pages only, and that it is over.
fn outages(wanted: &mut Wanted, facts: &Facts, now: DateTime<Utc>) {
    let mut all: Vec<OutageId> = facts.outages.iter().map(|one| one.outage).collect();
    all.sort_unstable();
    all.dedup();
    for of in all {
        let mine = || facts.outages.iter().filter(|one| one.outage == of);
        let there = |one: &Affected| {
            let mut all = facts.connections.iter();
            all.find(|standing| standing.connection == one.connection)
        };
        let heard_from = |one: &Affected, at: DateTime<Utc>| {
            there(one).map(|standing| standing.snoozed.map_or(at, |end| end.max(at)))
        };
        let begins = mine()
            .filter(|one| one.over.is_none())
            .filter_map(|one| Some((heard_from(one, one.joined)?, one.connection)))
            .min();
        let told = facts.told(&format!("outage:{of}"));
        if let Some((due, connection)) = begins {
            let connection = told
                .and_then(|told| told.subject.connection())
                .unwrap_or(connection);
            let subject = Subject::Outage { of, connection };
            wanted.notices.push(Notice::in_app(subject, due));
        } else if let (Some(told), Some(at)) = (told, mine().filter_map(|one| one.over).max()) {
            let works = mine()
                .find(|one| there(one).is_some_and(|standing| standing.ask.is_none()))
                .filter(|_| now - at <= NEWS);
            if let (Some(works), Some(connection)) = (works, told.subject.connection()) {
                let due = heard_from(works, at).unwrap_or(at);
                let by = |way| asked(facts, mine().map(|one| one.connection), way, works.joined);
                wanted.notices.push(Notice {
                    subject: Subject::Back { of, connection },
                    in_app: Some(due),
                    email: by(Way::Email).then_some(due),
                    sms: by(Way::Sms).then_some(due),
                });
            }
        }
    }
}

/// Whether a break of these connections that was open in the outage was told
/// of by `way`.
fn asked(
    facts: &Facts,
    mut connections: impl Iterator<Item = ConnectionId>,
    way: Way,
    joined: DateTime<Utc>,
) -> bool {
    let in_it = |one: &Break| one.ended.is_some_and(|(at, _)| at >= joined);
    connections.any(|connection| {
        facts
            .breaks
            .iter()
            .filter(|one| one.connection == connection && in_it(one))
            .any(|one| {
                of_break(facts, one)
                    .iter()
                    .any(|told| told.tried.contains(&way))
            })
    })
}
