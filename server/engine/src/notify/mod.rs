//! Notices: who is told what, where and when.
//!
//! Whatever may give a reason to write (a break that opened, changed or closed,
//! an outage, a permission that ends, a snooze) queues [`Consider`] in the same
//! unit of work. Its handler gathers the [`Facts`] of that user and asks
//! [`decide`], a pure function of facts and time, what to note down, what to
//! send and when to look again. Nothing that waits is stored: a letter that is
//! not due yet, or must wait for the morning, is decided on again then, so that
//! a repair, a snooze or a clock that moved needs nobody to take it back.
//!
//! A notice stands in the centre once a key. A letter or text message is a
//! *delivery*: it is stored before it is sent, its id is the Message-ID, and
//! what it carries is looked at once more before each attempt.

mod by_campaign;
mod by_hand;
mod centre;
mod changes;
mod consider;
mod deliver;
mod facts;
mod gather;
mod line;
mod phone;
mod phones;
mod policy;
mod preferences;
mod seal;
mod sms;
mod snooze;
mod stops;
mod subject;

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use by_hand::{Goes, NoLetter};
pub use centre::{Now, Shown};
pub use changes::FindChanges;
pub use deliver::{Deliver, Deliveries};
pub use facts::{Affected, Facts, Standing, Told};
pub use line::{Line, News};
pub use phone::{NotAPhone, Phone};
pub use phones::{ConfirmError, PhoneError, PhoneStanding, SendCode};
pub(crate) use policy::WEEK;
pub use policy::{Decision, decide};
pub use preferences::{Digest, Preferences, Quiet, Ways};
pub use seal::Seal;
pub use sms::{Message, SmsError, SmsGateway, Text};
pub use snooze::SnoozeFor;
pub use stops::Reply;
pub use subject::{Ask, Stage, Subject};

use gather::Known;

use crate::{
    audit::Audit,
    ids::UserId,
    jobs::{Job, Jobs},
    random::Random,
    readings::Readings,
    store::Store,
    time::Clocks,
};

/// Looks at everything a user may have to be told of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Consider {
    /// Whom.
    pub user: UserId,
}

impl Job for Consider {
    const KIND: &'static str = "notify.consider";
    const BULK: bool = true;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.user.to_string())
    }
}

/// The ways out of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// A letter.
    Email,
    /// A text message.
    Sms,
}

/// The use cases of notices. Cheap to clone.
#[derive(Clone)]
pub struct Notices {
    store: Store,
    clocks: Clocks,
    random: Arc<dyn Random>,
    jobs: Jobs,
    readings: Readings,
    seal: Seal,
    audit: Audit,
    settings: Arc<Settings>,
}

/// How notices are told here.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How people are told who chose nothing.
    pub preferences: Preferences,
    /// How long after the first notice of a break it is told again.
    pub remind_after: Option<TimeDelta>,
    /// How long before its end a permission is told of; in days.
    pub renewal_days: Vec<u16>,
    /// How long letters are held back for others to join them.
    pub digest_window: TimeDelta,
    /// When the one letter a day goes out, in the person's own time.
    pub daily_at: NaiveTime,
    /// Letters and text messages to one person in seven days, at most.
    pub weekly_cap: u16,
    /// The zone of people who chose none.
    pub zone: Tz,
    /// Whether text messages can be sent.
    pub sms: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let hour = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
        Self {
            preferences: Preferences {
                email: true,
                sms: true,
                digest: Digest::Soon,
                quiet: Quiet::new(hour(21), hour(8)),
            },
            remind_after: Some(TimeDelta::days(7)),
            renewal_days: vec![30, 7, 1],
            digest_window: TimeDelta::minutes(15),
            daily_at: hour(9),
            weekly_cap: 6,
            zone: chrono_tz::America::New_York,
            sms: false,
        }
    }
}

impl Notices {
    /// The domain clock dates notices, the real one codes and limits.
    pub fn new(
        store: Store,
        clocks: Clocks,
        random: Arc<dyn Random>,
        readings: Readings,
        seal: Seal,
        settings: Settings,
    ) -> Self {
        let jobs = Jobs::new(Arc::clone(&clocks.real), Arc::clone(&random));
        Self {
            audit: Audit::new(store.clone(), clocks.real.clone(), random.clone()),
            store,
            clocks,
            random,
            jobs,
            readings,
            seal,
            settings: Arc::new(settings),
        }
    }

    /// How notices are told here.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
