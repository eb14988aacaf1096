//! One timeline out of what the aggregates keep.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    audit::Entry as Act,
    ids::{ConnectSessionId, DeliveryId, HistoryId, NoticeId, UserId},
    store::{
        Read, StoreError, breaks::Told, connect_sessions::ConnectSession, deliveries::Went,
        events::Heard, notices::Notice, stories::Before,
    },
};

/// What kind of thing happened. At one instant, what follows from another
/// comes first: the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What staff did about the person.
    Act,
    /// A letter or text message went out.
    Delivery,
    /// A notice was made.
    Notice,
    /// A break opened, changed its cause or ended.
    Break,
    /// Something else of a connection changed.
    Change,
    /// Mastercard called.
    Event,
    /// The person went to Data Connect.
    Visit,
}

impl Kind {
    /// All, in their order at one instant.
    pub const ALL: [Self; 7] = [
        Self::Act,
        Self::Delivery,
        Self::Notice,
        Self::Break,
        Self::Change,
        Self::Event,
        Self::Visit,
    ];
}

/// A line of a story.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub at: Cursor,
    /// What happened.
    pub what: What,
}

/// The place of a line among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// When.
    pub at: DateTime<Utc>,
    /// Of which kind.
    pub kind: Kind,
    /// Which of these.
    pub id: String,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    /// What staff did.
    Act(Box<Act>),
    /// A letter or text message.
    Delivery(Went),
    /// A notice.
    Notice(Notice),
    /// What a break did.
    Break(Told),
    /// What else changed of a connection.
    Change(Told),
    /// An event.
    Event(Box<Heard>),
    /// A visit to Data Connect.
    Visit(Box<ConnectSession>),
}

/// Before every id: nothing at this instant is asked for.
trait Least {
    fn least() -> Self;
}

macro_rules! least {
    ($($id:ident),*) => {$(
        impl Least for $id {
            fn least() -> Self {
                Self(Uuid::nil())
            }
        }
    )*};
}

least!(ConnectSessionId, HistoryId, NoticeId, DeliveryId);

impl Least for String {
    fn least() -> Self {
        Self::new()
    }
}

impl Least for i64 {
    fn least() -> Self {
        0
    }
}

/// From where on lines of `kind` follow. At the instant of `from`, kinds before
/// its own were shown, and those after it were not.
fn before<T: Least + std::str::FromStr>(kind: Kind, from: Option<&Cursor>) -> Before<T> {
    let Some(from) = from else {
        return Before {
            at: crate::time::LATEST,
            id: T::least(),
        };
    };
    let (at, id) = match kind.cmp(&from.kind) {
        std::cmp::Ordering::Less => (from.at, T::least()),
        std::cmp::Ordering::Equal => (from.at, from.id.parse().unwrap_or_else(|_| T::least())),
        std::cmp::Ordering::Greater => (from.at + TimeDelta::microseconds(1), T::least()),
    };
    Before { at, id }
}

/// The lines that follow `from`, at most so many.
pub(super) async fn lines(
    unit: &mut Read,
    user: UserId,
    only: Option<Kind>,
    from: Option<&Cursor>,
    most: usize,
) -> Result<Vec<Line>, StoreError> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        if only.is_none_or(|only| only == kind) {
            all.extend(of(unit, user, kind, from, most).await?);
        }
    }
    // What is of one instant and kind stays in the database's own order.
    all.sort_by_key(|line| (std::cmp::Reverse(line.at.at), line.at.kind));
    all.truncate(most);
    Ok(all)
}

async fn of(
    unit: &mut Read,
    user: UserId,
    kind: Kind,
    from: Option<&Cursor>,
    most: usize,
) -> Result<Vec<Line>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let line = |at, id: String, what| Line {
        at: Cursor { at, kind, id },
        what,
    };
    let told =
        |what: fn(Told) -> What| move |one: Told| line(one.entry.at, one.id.to_string(), what(one));
    Ok(match kind {
        Kind::Act => {
            let rows = unit.acts_before(user, &before(kind, from), most).await?;
            let act = |one: Act| line(one.at, one.seq.to_string(), What::Act(Box::new(one)));
            rows.into_iter().map(act).collect()
        }
        Kind::Delivery => {
            let rows = unit
                .deliveries_before(user, &before(kind, from), most)
                .await?;
            let went = |one: Went| line(one.created, one.id.to_string(), What::Delivery(one));
            rows.into_iter().map(went).collect()
        }
        Kind::Notice => {
            let rows = unit.notices_before(user, &before(kind, from), most).await?;
            let notice = |one: Notice| line(one.made, one.id.to_string(), What::Notice(one));
            rows.into_iter().map(notice).collect()
        }
        Kind::Break => {
            let rows = unit
                .history_before(user, true, &before(kind, from), most)
                .await?;
            rows.into_iter().map(told(What::Break)).collect()
        }
        Kind::Change => {
            let rows = unit
                .history_before(user, false, &before(kind, from), most)
                .await?;
            rows.into_iter().map(told(What::Change)).collect()
        }
        Kind::Event => {
            let rows = unit.events_before(user, &before(kind, from), most).await?;
            let heard = |one: Heard| {
                let (at, id) = (one.event.received, one.event.event_id.clone());
                line(at, id, What::Event(Box::new(one)))
            };
            rows.into_iter().map(heard).collect()
        }
        Kind::Visit => {
            let rows = unit.visits_before(user, &before(kind, from), most).await?;
            let visit = |one: ConnectSession| {
                line(one.created, one.id.to_string(), What::Visit(Box::new(one)))
            };
            rows.into_iter().map(visit).collect()
        }
    })
}
