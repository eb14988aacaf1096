//! For tests: every sentence of a language by its name. A sentence with
//! something in it is there with every sample of that, so that words that hang
//! on a number or a cause are all looked at.
//!
//! A key that no page reads any more needs no test: its field is never read,
//! and the compiler says so.

use std::collections::BTreeMap;

use super::samples::{self, KINDS, abouts, texts};
use super::{Counts, Language, Words, codes};
use crate::api::accounts::Kept;
use crate::api::connect::{Cause, StartError};
use crate::api::connections::RepairError;
use crate::api::forms::{Notice, Problem};
use crate::api::institution::Record;
use crate::api::notices::SnoozeFor;
use crate::api::people::Role;
use crate::api::refusal::Fault;
use crate::api::search::{Kind, Unavailable};
use crate::api::shared::{Outage, Reference, When, Whose};
use crate::api::wording::Wording;

/// What stands for a name, by its place among the arguments.
pub(super) const NAMES: [&str; 3] = ["‹first›", "‹second›", "‹third›"];

/// What a sentence is tried with.
pub(crate) trait Sample: Sized {
    /// Every case that may be worded in its own way, for the argument at `place`.
    fn samples(place: usize) -> Vec<Self>;
}

/// Takes the samples of one call among all.
pub(super) struct Call {
    rest: usize,
    place: usize,
}

impl Call {
    pub(super) fn new(number: usize) -> Self {
        Self {
            rest: number,
            place: 0,
        }
    }

    pub(super) fn next<T: Sample>(&mut self) -> T {
        let mut all = T::samples(self.place);
        let chosen = self.rest % all.len();
        self.rest /= all.len();
        self.place += 1;
        all.swap_remove(chosen)
    }
}

/// The compiler names a case that is missing here.
macro_rules! every {
    ($name:ident: $($variant:ident),* $(,)?) => {
        impl Sample for $name {
            fn samples(_: usize) -> Vec<Self> {
                let _ = |it: Self| match it { $(Self::$variant => (),)* };
                vec![$(Self::$variant),*]
            }
        }
    };
}

every!(Kind: Bank, CreditUnion, Cards, Investments, Retirement, Loans, Insurance, Test);
every!(Unavailable: Offline, Unsupported, NotRegistered);
every!(Cause: SignInRefused, SecondFactor, Locked, ActionNeeded, PermissionRefused, NoAccounts,
    InstitutionDown, NotSupported, NothingNew, NoLink, Upstream, Unproven);
every!(Problem: Missing, NotAnEmail, TooShort, TooLong, Common, WrongPassword, BadInvitation,
    NotAnAddress, NotAPhone, PhoneStopped, WrongCode, WrongAppCode, CodeTooOld, NotATime, SameTime);
every!(SnoozeFor: Day, Week, Month);
every!(Role: User, Viewer, Support, Admin);

impl Sample for &'static str {
    fn samples(place: usize) -> Vec<Self> {
        vec![NAMES[place]]
    }
}

impl Sample for Option<&'static str> {
    fn samples(place: usize) -> Vec<Self> {
        vec![None, Some(NAMES[place])]
    }
}

impl Sample for usize {
    fn samples(_: usize) -> Vec<Self> {
        vec![1, 2, 12]
    }
}

impl Sample for u32 {
    fn samples(_: usize) -> Vec<Self> {
        vec![1, 2, 12]
    }
}

impl Sample for u16 {
    fn samples(_: usize) -> Vec<Self> {
        vec![90]
    }
}

impl Sample for i64 {
    fn samples(_: usize) -> Vec<Self> {
        vec![4711]
    }
}

impl Sample for &'static [String] {
    fn samples(_: usize) -> Vec<Self> {
        let names = |count: usize| {
            NAMES
                .iter()
                .cycle()
                .take(count)
                .map(|name| (*name).to_owned())
        };
        let lists = [1, 2, 4, 5, 20].map(|count| names(count).collect::<Vec<String>>());
        lists.into_iter().map(|list| &*list.leak()).collect()
    }
}

impl Sample for &'static Counts {
    fn samples(_: usize) -> Vec<Self> {
        let counts = |all, act, wait, setting_up| Counts {
            all,
            fine: all - act - wait,
            act,
            wait,
            setting_up,
        };
        let all = [
            counts(1, 0, 0, 0),
            counts(1, 1, 0, 0),
            counts(1, 0, 1, 0),
            counts(1, 0, 1, 1),
            counts(12, 0, 0, 0),
            counts(12, 1, 0, 0),
            counts(12, 11, 1, 0),
            counts(12, 0, 1, 0),
            counts(12, 0, 2, 2),
        ];
        all.map(|counts| &*Box::leak(Box::new(counts))).into()
    }
}

impl Sample for Record {
    fn samples(_: usize) -> Vec<Self> {
        [0, 1, 2]
            .map(|connected| Self {
                tried: 40,
                connected,
            })
            .into()
    }
}

impl Sample for &'static Outage {
    fn samples(_: usize) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for whose in [Whose::Institution, Whose::Mastercard] {
            for others in [0, 1, 214] {
                let since = When {
                    iso: String::new(),
                    text: NAMES[1].to_owned(),
                };
                let outage = Outage {
                    whose,
                    since,
                    others,
                };
                all.push(Box::leak(Box::new(outage)));
            }
        }
        all
    }
}

fn start_errors() -> Vec<StartError> {
    let reference = || Reference::new(NAMES[0]);
    let unavailable = Unavailable::samples(0).into_iter();
    let mut all: Vec<StartError> = unavailable.map(StartError::Unavailable).collect();
    all.extend([
        StartError::Gone,
        StartError::ConsentChanged,
        StartError::EmailNotConfirmed,
        StartError::NotAccepted(reference()),
        StartError::WebhookNotReached(reference()),
        StartError::Upstream(reference()),
        StartError::Upstream(Reference::default()),
    ]);
    let faults = [
        Fault::Internal(reference()),
        Fault::SignedOut,
        Fault::TooMany,
        Fault::NotFound,
        Fault::BadRequest,
        Fault::Unreachable,
    ];
    all.extend(faults.map(StartError::Fault));
    all
}

impl Sample for &'static Notice {
    fn samples(_: usize) -> Vec<Self> {
        let mut all = vec![
            Notice::LookBelow,
            Notice::WrongSignIn,
            Notice::TooMany { minutes: 1 },
            Notice::TooMany { minutes: 7 },
            Notice::SignInFirst,
            Notice::SignedOut,
            Notice::SignInEnded,
            Notice::MailSent,
            Notice::ConfirmationSent,
            Notice::EmailConfirmed,
            Notice::LinkDead,
            Notice::PasswordChanged,
            Notice::PreferencesKept,
            Notice::SignInRevoked,
            Notice::SignedOutEverywhere,
            Notice::Erased,
            Notice::MissingNoted,
            Notice::ChoiceChanged,
            Notice::AccountRemoved,
            Notice::Disconnected,
            Notice::AlreadyWorks,
            Notice::NotRepaired(RepairError::NotFixable),
            Notice::NotRepaired(RepairError::LoginGone),
            Notice::NotFromHere,
            Notice::Internal(Reference::new(NAMES[0])),
            Notice::Internal(Reference::default()),
        ];
        all.extend(samples::telling());
        all.extend(samples::staff());
        all.extend(start_errors().into_iter().map(Notice::NotStarted));
        for (kept, removed) in [(1, 0), (12, 0), (0, 1), (0, 12), (1, 12), (12, 1)] {
            all.push(Notice::Kept(Kept { kept, removed }));
        }
        all.leak().iter().collect()
    }
}

/// Takes all words apart, so that the compiler names an area that is missing.
macro_rules! taken_apart {
    ($words:ident: $($area:ident)*; without $($other:ident)*) => {{
        let Words { $($area,)* $($other: _,)* } = $words;
        [$((stringify!($area), $area.sentences())),*]
    }};
}

/// The sentences that pages have in structs, by area and name.
fn areas(words: &'static Words) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    // Days and times have tests of their own.
    let areas = taken_apart!(words:
        frame landing door account find confirm trial visit choice overview repair notices telling
        admin factor passkeys people audit health rows breaks outage places codes funnels events gaps jobs story cases campaigns outbox fault forms;
        without dates letter text islands);
    for (area, sentences) in areas {
        // Wordings of codes are `codes`, and read by another measure.
        let area = if area == "codes" { "code_health" } else { area };
        all.extend(
            sentences
                .into_iter()
                .map(|(name, text)| (format!("{area}.{name}"), text)),
        );
    }
    all
}

/// Every sentence of `language`, by name.
pub(super) fn catalogue(language: Language) -> BTreeMap<String, String> {
    let words = language.words();
    let mut all = areas(words);
    for kind in KINDS {
        all.insert(format!("choice.kind.{kind}"), (words.choice.kind)(kind));
    }
    for about in abouts() {
        let it = (words.letter)(&about, NAMES[1]);
        let parts = [it.subject, it.button, it.why]
            .into_iter()
            .chain(it.stop.map(str::to_owned))
            .chain(it.paragraphs);
        all.extend(
            parts
                .zip(0..)
                .map(|(text, part)| (format!("letter.{about:?}.{part}"), text)),
        );
    }
    for it in texts() {
        all.insert(format!("text.{it:?}"), (words.text)(&it, NAMES[1]));
    }
    for wording in Wording::ALL {
        let it = codes(language, *wording, NAMES[0]);
        let parts = [it.what, it.remedy].into_iter().chain(it.steps);
        all.extend(
            parts
                .zip(0..)
                .map(|(text, part)| (format!("codes.{wording:?}.{part}"), text)),
        );
    }
    let props = [
        ("search", serde_json::to_value((words.islands.search)())),
        ("progress", serde_json::to_value((words.islands.progress)())),
        ("review", serde_json::to_value((words.islands.review)())),
    ];
    for (island, props) in props {
        // An island's texts travel as a list.
        let texts = props.unwrap();
        for (text, number) in texts.as_array().unwrap().iter().zip(0..) {
            let text = text.as_str().unwrap().to_owned();
            all.insert(format!("{island}.{number}"), text);
        }
    }
    all
}
