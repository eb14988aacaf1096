//! A person's story in the page's words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relink_app::api::{
    audit::Actor,
    health::{Standing, Took},
    shared::{Mask, When},
    story::{
        Became, Before, Change, Held, HeldAccount, Left, Line, LineKind, Mark, Meaning, NoLetter,
        StoryFilter, StoryPage, Uncounted, Went, What,
    },
};
use relink_engine::{
    audit::Entry,
    connections::Change as Changed,
    health,
    ids::ConnectionId,
    notify::{self, Way},
    status::{Code, Table},
    store::{
        accounts::{Account, Choice},
        breaks::Told,
        deliveries::{End, Went as Carried},
        events::Heard,
        notices::Notice,
    },
    stories::{self, Cursor, Kind, Story},
    webhooks::EventState,
};
use serde_json::Value;

use super::{reference, visit};
use crate::{
    acts,
    calendar::Calendar,
    ports::{
        health::{acts as acting, cause, named, number, reference as connection},
        keeper, notices,
        operations::reason,
        views,
    },
};

/// What an address asks for.
pub(super) fn asked(filter: &StoryFilter) -> (Option<Kind>, Option<Cursor>) {
    let before = filter.before.as_ref().and_then(|before| {
        Some(Cursor {
            at: DateTime::from_timestamp_micros(before.at)?,
            kind: kind(before.kind),
            id: before.id.clone(),
        })
    });
    (filter.kind.map(kind), before)
}

fn kind(of: LineKind) -> Kind {
    match of {
        LineKind::Visit => Kind::Visit,
        LineKind::Event => Kind::Event,
        LineKind::Change => Kind::Change,
        LineKind::Break => Kind::Break,
        LineKind::Notice => Kind::Notice,
        LineKind::Delivery => Kind::Delivery,
        LineKind::Act => Kind::Act,
    }
}

fn shown(of: Kind) -> LineKind {
    match of {
        Kind::Visit => LineKind::Visit,
        Kind::Event => LineKind::Event,
        Kind::Change => LineKind::Change,
        Kind::Break => LineKind::Break,
        Kind::Notice => LineKind::Notice,
        Kind::Delivery => LineKind::Delivery,
        Kind::Act => LineKind::Act,
    }
}

/// How a story is shown to one person.
pub(super) struct View<'a> {
    pub(super) table: &'a Table,
    pub(super) calendar: Calendar,
    pub(super) now: DateTime<Utc>,
    pub(super) connections: &'a [stories::Held],
    pub(super) no_letters: BTreeMap<ConnectionId, notify::NoLetter>,
}

impl View<'_> {
    /// All of it.
    pub(super) fn page(&self, story: &Story, filter: &StoryFilter) -> StoryPage {
        let id = reference(story.user.id);
        let last = story.lines.last().filter(|_| story.more);
        let next = last.map(|last| {
            let next = StoryFilter {
                before: Some(Before {
                    at: last.at.at.timestamp_micros(),
                    kind: shown(last.at.kind),
                    id: last.at.id.clone(),
                }),
                ..filter.clone()
            };
            next.path(id)
        });
        StoryPage {
            id,
            email: story.user.email.as_str().to_owned(),
            since: self.calendar.day(story.user.created_at),
            disabled: self.when(story.user.disabled_at),
            refused: self.when(story.email_refused),
            read: self.when(story.read),
            tried: self.when(story.tried.filter(|tried| Some(*tried) != story.read)),
            connections: self.connections.iter().map(|one| self.held(one)).collect(),
            lines: story.lines.iter().map(|line| self.line(line)).collect(),
            next,
        }
    }

    fn when(&self, at: Option<DateTime<Utc>>) -> Option<When> {
        at.map(|at| self.calendar.when(at))
    }

    fn held(&self, one: &stories::Held) -> Held {
        let it = &one.connection;
        let standing: Option<Standing> = one.standing.and_then(named);
        let standing = standing.ok_or_else(|| uncounted(one));
        let broken = one.open.map(|open| {
            let means = self.table.row(open.code);
            let since = self.calendar.when(open.opened);
            (
                open.code.get(),
                acting(means.acts),
                cause(means.cause),
                since,
            )
        });
        let mark = |(mark, why): &(health::Mark, String)| {
            Mark::parse(mark.name()).map(|mark| (mark, why.clone()))
        };
        Held {
            id: connection(it.id),
            institution: (
                views::institution_id(it.institution),
                it.institution_name.clone(),
            ),
            customer: it.customer.as_str().to_owned(),
            login: it.login.as_str().to_owned(),
            standing,
            broken,
            marks: one.marks.iter().filter_map(mark).collect(),
            snoozed: self.when(one.snoozed),
            no_letter: self
                .no_letters
                .get(&it.id)
                .and_then(|why| refusal(why, self.calendar)),
            accounts: one.accounts.iter().map(|one| self.account(one)).collect(),
        }
    }

    fn account(&self, one: &Account) -> HeldAccount {
        let meaning = |code: Code| {
            let row = self.table.row(code);
            if code.is_success() {
                Meaning::Works
            } else {
                Meaning::Fails(acting(row.acts), cause(row.cause))
            }
        };
        HeldAccount {
            id: one.upstream.as_str().to_owned(),
            name: one.name.clone(),
            mask: Mask::of(&one.mask),
            tried: self.when(one.attempted),
            data: self.when(one.succeeded),
            code: one.status_code.map(|code| (code.get(), meaning(code))),
            left: match (one.choice, one.gone) {
                (Choice::Removing | Choice::Removed, _) => Some(Left::Removing),
                (_, gone) => self.when(gone).map(Left::Gone),
            },
        }
    }

    fn line(&self, line: &stories::Line) -> Line {
        let (institution, what) = match &line.what {
            stories::What::Visit(visit) => {
                let name = Some(visit.institution_name.clone());
                (name, visit::told(visit, self.now, self.calendar))
            }
            stories::What::Event(heard) => (None, event(heard)),
            stories::What::Change(told) => (self.name(told.connection), changed(told)),
            stories::What::Break(told) => (self.name(told.connection), self.broke(told)),
            stories::What::Notice(notice) => (notice.institution.clone(), self.notice(notice)),
            stories::What::Delivery(went) => (None, self.delivery(went)),
            stories::What::Act(entry) => (self.concerns(entry), act(entry, self.calendar)),
        };
        Line {
            at: self.calendar.when(line.at.at),
            institution,
            what,
        }
    }

    fn name(&self, id: ConnectionId) -> Option<String> {
        let mut all = self.connections.iter();
        let found = all.find(|held| held.connection.id == id)?;
        Some(found.connection.institution_name.clone())
    }

    /// Where the connection is that an act speaks of.
    fn concerns(&self, entry: &Entry) -> Option<String> {
        let text = entry.after.as_ref().or(entry.before.as_ref())?;
        let value: Value = serde_json::from_str(text).ok()?;
        self.name(value.get("connection")?.as_str()?.parse().ok()?)
    }

    fn broke(&self, told: &Told) -> What {
        let (code, before) = match told.entry.change {
            Changed::Broke { code } => (code, None),
            Changed::CauseChanged { from, to } => (to, Some(from)),
            ref end => return ended(told, matches!(end, Changed::Repaired)),
        };
        let means = self.table.row(Code::new(code));
        What::Broke {
            code,
            acts: acting(means.acts),
            cause: cause(means.cause),
            before,
            seen: self
                .when(told.failed)
                .map(|failed| (failed, self.when(told.last_good))),
        }
    }

    fn notice(&self, notice: &Notice) -> What {
        What::Notice {
            told: notices::told(&notice.subject, self.calendar),
            seen: self.when(notice.seen),
        }
    }

    fn delivery(&self, went: &Carried) -> What {
        let when = |at| self.calendar.when(at);
        What::Delivery {
            letter: went.way == Way::Email,
            notices: number(went.notices),
            went: match (went.ended, went.tried) {
                (Some((at, End::Sent)), _) => Went::Sent(when(at)),
                (Some((at, End::Refused)), _) => Went::Refused(when(at)),
                (Some((at, End::Dropped)), _) => Went::Dropped(when(at)),
                (None, Some(_)) => Went::Tried,
                (None, None) => Went::Waiting,
            },
        }
    }
}

/// Why no letter goes out. What is ours to find is no reason to tell: `None`.
pub(crate) fn refusal(why: &notify::NoLetter, calendar: Calendar) -> Option<NoLetter> {
    let when = |at: &DateTime<Utc>| calendar.when(*at);
    Some(match why {
        notify::NoLetter::NotFound | notify::NoLetter::Store(_) => return None,
        notify::NoLetter::Quiet => NoLetter::Quiet,
        notify::NoLetter::Works => NoLetter::Works,
        notify::NoLetter::NotTheirTurn => NoLetter::NotTheirTurn,
        notify::NoLetter::Snoozed(until) => NoLetter::Snoozed(when(until)),
        notify::NoLetter::Refused(since) => NoLetter::Refused(when(since)),
        notify::NoLetter::Unwanted => NoLetter::Unwanted,
        notify::NoLetter::JustSent(at) => NoLetter::JustSent(when(at)),
        notify::NoLetter::Full(until) => NoLetter::Full(when(until)),
    })
}

/// Why a connection does not count: what support cannot change comes first.
fn uncounted(one: &stories::Held) -> Uncounted {
    let stays = |account: &&Account| matches!(account.choice, Choice::Waiting | Choice::Kept);
    let listed = |account: &Account| account.gone.is_none();
    let mut stay = one.accounts.iter().filter(stays).peekable();
    if stay.peek().is_none() {
        return Uncounted::Removed;
    }
    let there: Vec<&Account> = stay.filter(|account| listed(account)).collect();
    if there.is_empty() {
        Uncounted::Gone
    } else if !one.marks.is_empty() {
        Uncounted::Marked
    } else if there
        .iter()
        .all(|account| account.choice == Choice::Waiting)
    {
        Uncounted::Waiting
    } else {
        Uncounted::Unread
    }
}

fn ended(told: &Told, repaired: bool) -> What {
    let minutes = |since: DateTime<Utc>| number((told.entry.at - since).num_minutes());
    What::Ended {
        repaired,
        after: told.broken_since.map(|since| Took::Exactly(minutes(since))),
    }
}

fn changed(told: &Told) -> What {
    let account = |name: &str, mask: &str| format!("{name} ··{mask}");
    What::Change(match &told.entry.change {
        Changed::RepairBegun => Change::RepairBegun,
        Changed::RenewalBegun => Change::RenewalBegun,
        Changed::Renewed => Change::Renewed,
        Changed::Moved => Change::Moved,
        Changed::AccountGone { name, mask } => Change::AccountGone(account(name, mask)),
        Changed::AccountBack { name, mask } => Change::AccountBack(account(name, mask)),
        Changed::Connected
        | Changed::Broke { .. }
        | Changed::CauseChanged { .. }
        | Changed::Repaired
        | Changed::Gone => Change::Connected,
    })
}

fn event(heard: &Heard) -> What {
    What::Event {
        id: heard.event.event_id.parse().ok(),
        kind: heard.event.body.kind.as_str().to_owned(),
        code: heard.event.body.code,
        became: match (heard.state, heard.reason) {
            (_, Some(why)) => Became::PutAside(reason(why)),
            (EventState::Applied, None) => Became::Applied,
            (EventState::Waiting | EventState::Quarantined, None) => Became::Waiting,
        },
    }
}

fn act(entry: &Entry, calendar: Calendar) -> What {
    What::Act {
        act: keeper::act(entry.kind),
        actor: match entry.actor {
            Some(_) => Actor::Person(entry.actor_name.clone()),
            None => Actor::Machine,
        },
        change: (
            acts::facts(entry.kind, entry.before.as_deref(), calendar),
            acts::facts(entry.kind, entry.after.as_deref(), calendar),
        ),
        reason: entry.reason.clone(),
    }
}
