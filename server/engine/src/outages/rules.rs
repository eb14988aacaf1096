//! When an outage opens and when it is over: functions of counts. Pure.
//!
//! An outage opens on numbers or on the institution's own word, and closes on
//! evidence of the same kind. No length of time closes one: that nobody looked
//! is no proof that it works.

use chrono::{DateTime, TimeDelta, Utc};

/// How far back an institution's own word goes. It comes late: everybody is read
/// once a day, and the directory is copied a few times; what broke there in the
/// two days before is of it.
const OWN_WORD: TimeDelta = TimeDelta::hours(48);

/// What the operator decides about outages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// So many customers must have broken.
    pub customers: u32,
    /// They must be so many per cent of those read.
    pub share: u8,
    /// So many must have been read: of fewer nothing is said.
    pub sample: u32,
    /// How far back "newly" goes. Longer than a sweep takes.
    pub window: TimeDelta,
    /// Trouble at so many institutions at once is Mastercard's.
    pub institutions: u32,
    /// So many people must have tried to connect before their failure is told
    /// to the next one.
    pub tries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            customers: 3,
            share: 20,
            sample: 30,
            window: TimeDelta::hours(6),
            institutions: 3,
            tries: 20,
        }
    }
}

/// Customers that were not broken before: how many were read inside the
/// window, and how many of them broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Read. May be counted no further than [`Settings::enough`].
    pub read: u32,
    /// Broken since, by a code of the kind that is looked for.
    pub broken: u32,
}

/// What counts amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Too few were read to say anything. Never "fine".
    NotEnough,
    /// No more than chance breaks.
    Ordinary,
    /// More than chance breaks.
    Failing,
}

impl Settings {
    /// What counts amount to.
    pub fn weigh(&self, counts: Counts) -> Verdict {
        if counts.read < self.sample {
            Verdict::NotEnough
        } else if counts.broken >= self.customers && self.reaches_share(counts) {
            Verdict::Failing
        } else {
            Verdict::Ordinary
        }
    }

    /// How far it is worth counting those who were read: one more than this
    /// changes no verdict.
    pub fn enough(&self, broken: u32) -> u32 {
        let beyond = u64::from(broken) * 100 / u64::from(self.share.max(1)) + 1;
        u32::try_from(beyond).unwrap_or(u32::MAX).max(self.sample)
    }

    /// From when on breaks are of an outage that opens now. Never all that is
    /// broken: what stood so for weeks would keep it open for good.
    pub fn counted_from(&self, by: By, now: DateTime<Utc>) -> DateTime<Utc> {
        match by {
            By::Failures => now - self.window,
            By::Status => now - self.window.max(OWN_WORD),
        }
    }

    fn reaches_share(&self, counts: Counts) -> bool {
        u64::from(counts.broken) * 100 >= u64::from(self.share) * u64::from(counts.read)
    }
}

/// How an outage was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Our readings.
    Failures,
    /// The institution's own status.
    Status,
}

/// What an institution says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnWord {
    /// Nothing bad.
    Fine,
    /// Offline, or in maintenance.
    InTrouble,
}

/// An outage that is open, and what became of the customers that it cut off.
/// Those who have left meanwhile are neither back nor still cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ongoing {
    /// How it was seen.
    pub by: By,
    /// Customers that a reading has shown working since.
    pub back: u32,
    /// Customers still cut off.
    pub still: u32,
    /// For trouble at Mastercard: institutions whose own part of it goes on.
    pub parts: u32,
}

/// What a look makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// An outage opens.
    Open(By),
    /// Nothing changes.
    Stay,
    /// The open outage is over.
    Close,
}

/// What a look at an institution decides.
pub fn decide(
    settings: &Settings,
    word: OwnWord,
    counts: Counts,
    open: Option<&Ongoing>,
) -> Decision {
    match (open, word) {
        (None, OwnWord::InTrouble) => Decision::Open(By::Status),
        (None, OwnWord::Fine) if settings.weigh(counts) == Verdict::Failing => {
            Decision::Open(By::Failures)
        }
        (Some(open), OwnWord::Fine) if is_over(settings, counts.read, open) => Decision::Close,
        (Some(_), _) | (None, OwnWord::Fine) => Decision::Stay,
    }
}

/// What a look at all institutions decides of Mastercard. `parts` are those
/// where an outage opened inside the window, `spread` those where customers
/// broke by codes on which Mastercard acts: one institution's trouble, be it
/// the largest, is not Mastercard's.
pub fn decide_mastercard(
    settings: &Settings,
    parts: u32,
    counts: Counts,
    spread: u32,
    open: Option<&Ongoing>,
) -> Decision {
    let wide = spread >= settings.institutions && settings.weigh(counts) == Verdict::Failing;
    match open {
        None if parts >= settings.institutions || wide => Decision::Open(By::Failures),
        Some(open) if open.parts == 0 && is_over(settings, counts.read, open) => Decision::Close,
        None | Some(_) => Decision::Stay,
    }
}

/// Whether readings, `read` of them in the window, say that an outage is over.
fn is_over(settings: &Settings, read: u32, open: &Ongoing) -> bool {
    let left = Counts {
        read,
        broken: open.still,
    };
    match open.by {
        // Nobody is cut off any more.
        _ if open.still == 0 => true,
        // Half of those it cut off work again, and the rest are few among all.
        By::Failures => open.back >= open.still && read > 0 && !settings.reaches_share(left),
        // Its word is good again; only our own readings could gainsay it.
        By::Status => settings.weigh(left) != Verdict::Failing,
    }
}

/// How people fared who tried to connect at an institution lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// People whose attempt was not ended by themselves.
    pub tried: u32,
    /// Those of them who connected.
    pub connected: u32,
}

impl Settings {
    /// Whether (nearly) nobody gets through: at most one in twenty, of enough.
    pub fn is_hopeless(&self, record: Record) -> bool {
        record.tried >= self.tries && record.connected * 20 <= record.tried
    }
}
