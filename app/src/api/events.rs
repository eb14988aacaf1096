//! The log of events, as staff read it: how an address asks, and what is shown.
//! Pure.

use std::fmt;
use std::str::FromStr;

use super::asked::{given, instant};
use super::forms::Tone;
use super::ids::NotAnId;
use super::paths;
use super::rows::{BadPart, named};
use super::shared::When;

/// Kinds of events that a filter offers, under their official names. One that
/// Mastercard adds can be asked for by address.
pub const KINDS: [&str; 13] = [
    "started",
    "adding",
    "mfa",
    "discovered",
    "invalidCredentials",
    "unableToConnect",
    "institutionNotFound",
    "institutionNotSupported",
    "institutionSupported",
    "added",
    "credentialsUpdated",
    "accountsDeleted",
    "done",
];

/// A word of a protocol: an id or a kind.
fn word(text: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let fits = (1..=128).contains(&text.len()) && text.bytes().all(plain);
    fits.then(|| text.to_owned())
}

/// Mastercard's id of an event, or ours for one without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRef(String);

impl EventRef {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EventRef {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        word(text).map(Self).ok_or(NotAnId)
    }
}

macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What addresses carry.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    )*};
}
pub(super) use plain;

plain! {
    /// How far an event is.
    EventState {
        /// No handler has dealt with it.
        Waiting = "waiting",
        /// It had its effect.
        Applied = "applied",
        /// It can have none.
        Quarantined = "quarantined",
    }

    /// Why an event can have no effect.
    Quarantine {
        /// Mastercard's own word contradicts the reference.
        OtherCustomer = "other_customer",
        /// No visit has its reference.
        UnknownSession = "unknown_session",
    }

    /// What an event changed.
    Effect {
        /// Its kind says nothing of a visit.
        Nothing = "nothing",
        /// What it says was known.
        Known = "known",
        /// The link was opened.
        Opened = "opened",
        /// The person is signing in or choosing.
        Adding = "adding",
        /// The institution refused a sign-in.
        SignInRefused = "sign_in_refused",
        /// Accounts may have come.
        Added = "added",
        /// The visit is over.
        Finished = "finished",
        /// Something failed.
        Trouble = "trouble",
    }

    /// Which key signed it.
    Key {
        /// The partner secret of the time.
        Present = "present",
        /// The other one of a rotation.
        Other = "other",
    }
}

impl EventState {
    /// How it is shown.
    pub fn tone(self) -> Tone {
        match self {
            Self::Waiting => Tone::Wait,
            Self::Applied => Tone::Fine,
            Self::Quarantined => Tone::Act,
        }
    }
}

/// Which events. What is absent is any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Of this kind.
    pub kind: Option<String>,
    /// How far they are.
    pub state: Option<EventState>,
    /// Of the visit with this reference.
    pub reference: Option<String>,
    /// Of this customer.
    pub customer: Option<String>,
    /// From this day on (ISO).
    pub from: Option<String>,
    /// Until this day, which counts (ISO).
    pub until: Option<String>,
    /// Where the next page begins.
    pub after: Option<After>,
}

impl EventFilter {
    /// Reads an address or a form. An empty part is one that was left out.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let mut filter = Self::default();
        for (name, value) in given(query)? {
            let found = match &**name {
                "kind" => set(&mut filter.kind, word(value)),
                "state" => set(
                    &mut filter.state,
                    named(EventState::ALL, EventState::name, value),
                ),
                "reference" => set(&mut filter.reference, word(value)),
                "customer" => set(&mut filter.customer, word(value)),
                "from" => set(&mut filter.from, day(value)),
                "until" => set(&mut filter.until, day(value)),
                "after" => set(&mut filter.after, After::parse(value)),
                _ => false,
            };
            if !found {
                return Err(BadPart { name: name.clone() });
            }
        }
        Ok(filter)
    }

    /// Its parts by name, without where a page begins.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let state = self.state.map(|state| state.name().to_owned());
        [
            ("kind", self.kind.clone()),
            ("state", state),
            ("reference", self.reference.clone()),
            ("customer", self.customer.clone()),
            ("from", self.from.clone()),
            ("until", self.until.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect()
    }

    /// The address that asks for them.
    pub fn path(&self) -> String {
        let mut parts = self.parts();
        parts.extend(self.after.as_ref().map(|after| ("after", after.text())));
        address(paths::EVENTS, &parts)
    }
}

pub(super) fn set<T>(part: &mut Option<T>, value: Option<T>) -> bool {
    *part = value;
    part.is_some()
}

/// All values stand in an address as they are.
pub(super) fn address(page: &str, parts: &[(&'static str, String)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if parts.is_empty() {
        page.to_owned()
    } else {
        format!("{page}?{}", parts.join("&"))
    }
}

/// A day of the calendar, as a field of a form writes it.
pub(super) fn day(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '-');
    let mut number = |digits| {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let known = (1970..9999).contains(&year) && (1..=last).contains(&day);
    known.then(|| text.to_owned())
}

/// The last row of a page: when it came, in microseconds since 1970, and its
/// name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// When.
    pub at: i64,
    /// Which.
    pub id: String,
}

impl After {
    pub(super) fn text(&self) -> String {
        format!("{}.{}", self.at, self.id)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let after = Self {
            at: instant(at)?,
            id: word(id)?,
        };
        (after.text() == text).then_some(after)
    }
}

/// One page of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsPage {
    /// The rows, the latest first.
    pub rows: Vec<EventRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// Refused at the door today, and in the last 30 days.
    pub refused: [Refused; 2],
    /// Whether who looks may replay.
    pub may_replay: bool,
}

/// What was refused at the door and is only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// No key of ours had signed it.
    pub bad_signature: u32,
    /// It was signed, and no event.
    pub unreadable: u32,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Its id.
    pub id: EventRef,
    /// Its kind, by the official name.
    pub kind: String,
    /// When it came.
    pub received: When,
    /// How far it is.
    pub state: EventState,
    /// Why it is set aside.
    pub reason: Option<Quarantine>,
    /// What it changed.
    pub effect: Option<Effect>,
    /// The reference of its visit.
    pub reference: String,
    /// Mastercard's id of its customer.
    pub customer: Option<String>,
}

/// One event with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// As in the list.
    pub row: EventRow,
    /// Which key signed it.
    pub key: Key,
    /// SHA-256 of what was received, in hex.
    pub hash: String,
    /// When a handler dealt with it.
    pub processed: Option<When>,
    /// The redacted body, as JSON.
    pub body: String,
    /// Whether who looks may replay.
    pub may_replay: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let after = After {
            at: 1_800_000_000_000_000,
            id: "1744671850866-f9b8c6d2a1e4f00012345678".into(),
        };
        let filter = EventFilter {
            kind: Some("done".into()),
            state: Some(EventState::Quarantined),
            reference: Some("abc1".into()),
            customer: Some("1005061234".into()),
            from: Some("2026-11-18".into()),
            until: Some("2028-02-29".into()),
            after: Some(after),
        };
        let path = filter.path();
        let (_, text) = path.split_once('?').unwrap();
        assert_eq!(EventFilter::parse(&query(text)), Ok(filter));
        assert_eq!(EventFilter::default().path(), "/admin/events");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for text in [
            "kind=a b",
            "state=done",
            "reference=%27",
            "customer=<b>",
            "from=2026-02-30",
            "from=2026-2-3",
            "until=9999-12-31",
            "until=+026-01-01",
            "after=1",
            "after=-1.x",
            "after=01.x",
            "after=99999999999999999999.x",
            "after=999999999999999999.x",
            "colour=red",
        ] {
            let name = text.split_once('=').unwrap().0.to_owned();
            let bad = Err(BadPart { name });
            assert_eq!(EventFilter::parse(&query(text)), bad, "{text}");
        }
    }
}
