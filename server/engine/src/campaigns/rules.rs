//! What a campaign does with whom, and how fast. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Why nobody is written to about a connection. Of several reasons the first in
/// this order is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Another campaign has it.
    OtherCampaign,
    /// It is a test, or muted.
    Marked,
    /// Its person may not sign in, or is gone.
    NoAccess,
    /// Nothing of it is left.
    Gone,
    /// It works.
    Healed,
    /// Nothing that its person does at the institution works now.
    Outage,
    /// It is broken by something else by now.
    OtherCause,
    /// Its person wants to hear nothing of it for now.
    Snoozed,
    /// The mail server refuses letters to the address.
    Refused,
    /// Its person wants no such messages, or has not proven where they go.
    Unwanted,
    /// Its person was told of it a short while ago.
    Told,
    /// The week's share is used up.
    Full,
}

impl LeftOut {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::OtherCampaign,
        Self::Marked,
        Self::NoAccess,
        Self::Gone,
        Self::Healed,
        Self::Outage,
        Self::OtherCause,
        Self::Snoozed,
        Self::Refused,
        Self::Unwanted,
        Self::Told,
        Self::Full,
    ];

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherCampaign => "other_campaign",
            Self::Marked => "marked",
            Self::NoAccess => "no_access",
            Self::Gone => "gone",
            Self::Healed => "healed",
            Self::Outage => "outage",
            Self::OtherCause => "other_cause",
            Self::Snoozed => "snoozed",
            Self::Refused => "refused",
            Self::Unwanted => "unwanted",
            Self::Told => "told",
            Self::Full => "full",
        }
    }
}

/// How far a campaign is with a connection: always exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Its turn has not come.
    Waiting,
    /// A letter is on its way.
    OnItsWay,
    /// It was taken.
    Sent,
    /// The server refused the address.
    Bounced,
    /// It was refused for another reason, or given up.
    NotTaken,
    /// The campaign was stopped before.
    Stopped,
    /// Nobody was written to.
    LeftOut(LeftOut),
}

impl Fate {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let plain = [
            Self::Waiting,
            Self::OnItsWay,
            Self::Sent,
            Self::Bounced,
            Self::NotTaken,
            Self::Stopped,
        ];
        plain
            .into_iter()
            .chain(LeftOut::ALL.into_iter().map(Self::LeftOut))
    }

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::OnItsWay => "on_its_way",
            Self::Sent => "sent",
            Self::Bounced => "bounced",
            Self::NotTaken => "not_taken",
            Self::Stopped => "stopped",
            Self::LeftOut(why) => why.name(),
        }
    }

    /// By its name.
    pub fn read(name: &str) -> Option<Self> {
        Self::all().find(|fate| fate.name() == name)
    }
}

/// How fast letters leave: so many at once, and again after so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    per_minute: u16,
    letters: u16,
    every: TimeDelta,
}

/// Whether a letter may leave now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// Yes: it belongs to the portion that began then, after so many others.
    Open(DateTime<Utc>, i64),
    /// From then on.
    Until(DateTime<Utc>),
}

impl Pace {
    /// So many a minute, in portions that leave at once.
    pub fn of(per_minute: u16) -> Self {
        const PORTIONS: u16 = 6;
        let per_minute = per_minute.max(1);
        if per_minute >= PORTIONS {
            return Self {
                per_minute,
                letters: per_minute / PORTIONS,
                every: TimeDelta::seconds(60 / i64::from(PORTIONS)),
            };
        }
        Self {
            per_minute,
            letters: 1,
            every: TimeDelta::seconds(i64::from(60_u16.div_ceil(per_minute))),
        }
    }

    /// Letters a minute, at most.
    pub fn per_minute(&self) -> u16 {
        self.per_minute
    }

    /// Where a letter goes whose campaign has sent `count` since `since`. Of a
    /// clock that jumped ahead nothing is made up for; one that went back
    /// begins anew.
    pub fn portion(&self, since: Option<DateTime<Utc>>, count: i64, now: DateTime<Utc>) -> Portion {
        match since {
            Some(since) if since <= now && now < since + self.every => {
                if count < i64::from(self.letters) {
                    Portion::Open(since, count)
                } else {
                    Portion::Until(since + self.every)
                }
            }
            _ => Portion::Open(now, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_fate_has_one_name() {
        for fate in Fate::all() {
            assert_eq!(Fate::read(fate.name()), Some(fate));
            let Fate::LeftOut(why) = fate else { continue };
            let json = serde_json::to_string(&why).unwrap();
            assert_eq!(json, format!("\"{}\"", why.name()));
        }
        assert_eq!(Fate::read("x"), None);
    }

    proptest! {
        /// However often a worker looks, and however the clock jumps.
        #[test]
        fn no_minute_has_more_than_it_may(per_minute in 1_u16..500, steps in prop::collection::vec(0_i64..40, 1..30)) {
            let pace = Pace::of(per_minute);
            let mut now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            let (mut since, mut count) = (None, 0);
            let mut sent: Vec<DateTime<Utc>> = Vec::new();
            for step in steps {
                now += TimeDelta::seconds(step);
                while let Portion::Open(begun, before) = pace.portion(since, count, now) {
                    (since, count) = (Some(begun), before + 1);
                    sent.push(now);
                }
            }
            let ends = sent.iter().skip(per_minute.into());
            for (first, one_too_many) in sent.iter().zip(ends) {
                prop_assert!(*one_too_many - *first >= TimeDelta::seconds(60));
            }
        }
    }

    #[test]
    fn a_slow_campaign_goes_on() {
        let at = |seconds: i64| DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap();
        let pace = Pace::of(2);
        assert_eq!(pace.portion(None, 0, at(0)), Portion::Open(at(0), 0));
        assert_eq!(pace.portion(Some(at(0)), 1, at(29)), Portion::Until(at(30)));
        assert_eq!(
            pace.portion(Some(at(0)), 1, at(30)),
            Portion::Open(at(30), 0)
        );
        assert_eq!(
            pace.portion(Some(at(90)), 1, at(0)),
            Portion::Open(at(0), 0)
        );
        assert_eq!(Pace::of(0), Pace::of(1));
    }
}
