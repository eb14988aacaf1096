//! One person's story, as support reads it: how an address asks for it, and
//! what is shown. Pure.

mod help;
mod line;

pub use help::{HelpNotice, NoLetter};
pub use line::{Became, Change, Line, Purpose, Step, VisitEnd, Went, What};

use super::asked::{given, instant};
use super::health::{Acts, Cause, Standing};
use super::ids::{ConnectionRef, InstitutionId, UserRef};
use super::paths;
use super::rows::{BadPart, named};
use super::shared::{Mask, When};
use serde::{Deserialize, Serialize};

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The person went to Data Connect.
    Visit,
    /// Mastercard called.
    Event,
    /// Something of a connection changed.
    Change,
    /// A break opened, changed its cause or ended.
    Break,
    /// A notice was made.
    Notice,
    /// A letter or text message went out.
    Delivery,
    /// Staff did something about the person.
    Act,
}

impl LineKind {
    /// All, in the order of a filter.
    pub const ALL: [Self; 7] = [
        Self::Visit,
        Self::Event,
        Self::Change,
        Self::Break,
        Self::Notice,
        Self::Delivery,
        Self::Act,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Event => "event",
            Self::Change => "change",
            Self::Break => "break",
            Self::Notice => "notice",
            Self::Delivery => "delivery",
            Self::Act => "act",
        }
    }
}

/// Which part of a story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoryFilter {
    /// Only what is of this kind.
    pub kind: Option<LineKind>,
    /// What follows this line.
    pub before: Option<Before>,
}

/// The last line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Of which kind.
    pub kind: LineKind,
    /// Which of these.
    pub id: String,
}

/// No id of ours or of Mastercard is longer.
const LONGEST: usize = 200;

impl Before {
    fn text(&self) -> String {
        format!("{}.{}.{}", self.at, self.kind.name(), self.id)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let before = Self {
            at: instant(parts.next()?)?,
            kind: named(&LineKind::ALL, LineKind::name, parts.next()?)?,
            id: parts.next()?.to_owned(),
        };
        let id = &before.id;
        let sane = match before.kind {
            LineKind::Event => id.len() <= LONGEST && !id.contains(char::is_control),
            LineKind::Act => id.parse().is_ok_and(|seq: i64| seq > 0),
            LineKind::Visit
            | LineKind::Change
            | LineKind::Break
            | LineKind::Notice
            | LineKind::Delivery => id.parse::<ConnectionRef>().is_ok(),
        };
        (sane && before.text() == text).then_some(before)
    }
}

impl StoryFilter {
    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let understood = match &**name {
                "kind" => {
                    filter.kind = named(&LineKind::ALL, LineKind::name, value);
                    filter.kind.is_some()
                }
                "before" => {
                    filter.before = Before::parse(value);
                    filter.before.is_some()
                }
                _ => false,
            };
            if !understood {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// The address that asks for it.
    pub fn path(&self, person: UserRef) -> String {
        let kind = self.kind.map(LineKind::name).unwrap_or_default();
        let before = self.before.as_ref().map(Before::text).unwrap_or_default();
        let story = paths::story(person);
        paths::with_query(&story, &["kind", "before"], &[kind, &before])
    }
}

/// Somebody who was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPerson {
    /// Who.
    pub id: UserRef,
    /// Their address.
    pub email: String,
}

/// One person's story, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryPage {
    /// Who.
    pub id: UserRef,
    /// Their address.
    pub email: String,
    /// Since when there is a sign-in.
    pub since: When,
    /// Since when they may not sign in.
    pub disabled: Option<When>,
    /// Since when their mail server refuses letters.
    pub refused: Option<When>,
    /// When Mastercard last answered what they have connected.
    pub read: Option<When>,
    /// When it was last asked, where that is later: it gave no answer.
    pub tried: Option<When>,
    /// What they have connected.
    pub connections: Vec<Held>,
    /// What happened, the latest first.
    pub lines: Vec<Line>,
    /// The address of what came before, if there is more.
    pub next: Option<String>,
}

/// A connection of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Our id of it.
    pub id: ConnectionRef,
    /// Where it is.
    pub institution: (InstitutionId, String),
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Mastercard's id of its login.
    pub login: String,
    /// How it stood at its latest reading, or why it does not count.
    pub standing: Result<Standing, Uncounted>,
    /// Of an open break: the code, who acts, why, and since when.
    pub broken: Option<(i64, Acts, Cause, When)>,
    /// Why it is marked, where it is.
    pub marks: Vec<(Mark, String)>,
    /// Until when nothing is told of it.
    pub snoozed: Option<When>,
    /// Why no repair letter can go out about it now; absent: one can.
    pub no_letter: Option<NoLetter>,
    /// Its accounts that are not removed.
    pub accounts: Vec<HeldAccount>,
}

/// Why a connection does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// Its person has removed all of it.
    Removed,
    /// Mastercard lists nothing of it any more.
    Gone,
    /// It is marked.
    Marked,
    /// Its person has not chosen what to keep.
    Waiting,
    /// No reading has told anything of it.
    Unread,
}

impl Uncounted {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Removed,
        Self::Gone,
        Self::Marked,
        Self::Waiting,
        Self::Unread,
    ];
}

/// An account of it, as Mastercard told of it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAccount {
    /// Mastercard's id of it.
    pub id: String,
    /// The institution's name for it.
    pub name: String,
    /// Its last letters or digits.
    pub mask: Option<Mask>,
    /// When it was last tried to get its data.
    pub tried: Option<When>,
    /// When its data last came.
    pub data: Option<When>,
    /// The code of that attempt, and what it means.
    pub code: Option<(i64, Meaning)>,
    /// Why that says nothing of it any more.
    pub left: Option<Left>,
}

/// Why an account is none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Mastercard does not list it, since then.
    Gone(When),
    /// Its person removed it, and Mastercard has not confirmed that.
    Removing,
}

/// What a code says of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Its data came.
    Works,
    /// They did not come, for this reason.
    Fails(Acts, Cause),
}

/// Why a connection is taken out of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// It is nobody's.
    Test,
    /// Nothing is told of it, either.
    Mute,
}

impl Mark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Test, Self::Mute];

    /// As a form posts it.
    pub fn value(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Mute => "mute",
        }
    }

    /// Reads it back.
    pub fn parse(text: &str) -> Option<Self> {
        named(&Self::ALL, Self::value, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.into(), value.into())]
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let filter = StoryFilter {
            kind: Some(LineKind::Event),
            before: Some(Before {
                at: 1_800_000_000_000_000,
                kind: LineKind::Event,
                id: "a.b c".into(),
            }),
        };
        let path = filter.path(UserRef::new(7));
        let text = "?kind=event&before=1800000000000000.event.a.b%20c";
        assert!(path.ends_with(text), "{path}");
        let text = "1800000000000000.event.a.b c";
        let read = StoryFilter::parse(&query("before", text)).unwrap();
        assert_eq!(read.before, filter.before);
        assert_eq!(
            StoryFilter::parse(&query("kind", "")),
            Ok(StoryFilter::default())
        );
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (name, value) in [
            ("kind", "x"),
            ("before", "1.event"),
            ("before", "-1.event.a"),
            ("before", "01.event.a"),
            ("before", "253402300800000000.event.a"),
            ("before", "1.event.\0"),
            ("before", "1.story.a"),
            ("before", "1.visit.a"),
            ("before", "1.act.a"),
            ("before", "9223372036854775807.event.a"),
            ("page", "2"),
        ] {
            let bad = BadPart { name: name.into() };
            assert_eq!(
                StoryFilter::parse(&query(name, value)),
                Err(bad),
                "{name} {value}"
            );
        }
    }
}
