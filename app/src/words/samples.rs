//! For tests: what letters, text messages and notices are tried with.

use super::catalogue::{NAMES, Sample};
use super::{About, FactorChange, News, NewsLine, Text};
use crate::api::audit::{Act, Fact, Thing};
use crate::api::cases::Settled;
use crate::api::factor::FactorNotice;
use crate::api::forms::Notice;
use crate::api::ids::{CampaignRef, CaseRef, ConnectionRef, UserRef};
use crate::api::notices::{Ask, Stage, Told};
use crate::api::people::{PersonNotice, Role};
use crate::api::shared::When;
use crate::api::story::{Became, Change, HelpNotice, Left, Mark, NoLetter, Went};
use crate::api::{breaks, campaigns, events, funnels, health, jobs, outages, places, story};

/// Mastercard's account types that have words of their own.
pub(super) const KINDS: [&str; 30] = [
    "checking",
    "savings",
    "cd",
    "moneyMarket",
    "creditCard",
    "lineOfCredit",
    "homeEquityLineOfCredit",
    "investment",
    "investmentTaxDeferred",
    "brokerageAccount",
    "employeeStockPurchasePlan",
    "ira",
    "roth",
    "401k",
    "403b",
    "529plan",
    "529",
    "rollover",
    "pension",
    "mortgage",
    "loan",
    "studentLoan",
    "studentLoanAccount",
    "studentLoanGroup",
    "autoLoan",
    "hsa",
    "healthSavingsAccount",
    "cryptocurrency",
    "unknown",
    "",
];

/// Every letter.
pub(super) fn abouts() -> Vec<About<'static>> {
    let mut all = vec![
        About::ConfirmEmail,
        About::AlreadySignedUp,
        About::ResetPassword,
        About::PasswordChanged,
        About::Erased,
        About::ChoiceWaiting {
            institution: NAMES[0],
        },
    ];
    all.extend(Role::ALL.map(|role| About::Invitation {
        role,
        by: (role != Role::User).then_some(NAMES[0]),
        until: NAMES[1],
    }));
    all.extend(lines().into_iter().map(About::News));
    all.extend(FactorChange::ALL.map(|change| About::FactorChanged {
        change,
        when: NAMES[0],
        place: (change != FactorChange::Reset).then_some(NAMES[2]),
    }));
    all
}

/// Every text message.
pub(super) fn texts() -> Vec<Text<'static>> {
    let news = |lines| Text::News {
        lines,
        link: NAMES[2],
    };
    let mut all = vec![Text::Code(NAMES[0])];
    all.extend(lines().into_iter().map(news));
    all
}

/// Each piece of news alone, and several at once.
fn lines() -> Vec<&'static [NewsLine<'static>]> {
    let line = |news| NewsLine {
        institution: NAMES[0],
        news,
    };
    let each = [
        News::Fix,
        News::Elsewhere,
        News::StillFix,
        News::StillElsewhere,
        News::Nothing,
        News::Works,
        News::PermissionEnds { day: NAMES[2] },
        News::Changes,
    ]
    .map(line);
    let [fix, .., works, _, _] = each;
    let mut all: Vec<Vec<NewsLine<'static>>> = each.map(|one| vec![one]).into();
    all.extend([
        vec![works; 2],
        vec![fix, works],
        vec![fix; 2],
        vec![fix; 3],
        vec![fix; 4],
    ]);
    all.into_iter().map(|lines| &*lines.leak()).collect()
}

fn when() -> When {
    When {
        iso: String::new(),
        text: NAMES[0].into(),
    }
}

impl Sample for &'static Told {
    fn samples(_: usize) -> Vec<Self> {
        let broke = |ask| [Stage::First, Stage::Reminder].map(|stage| Told::Broke(ask, stage));
        let mut all: Vec<Told> = [Ask::Fix, Ask::Elsewhere, Ask::Nothing]
            .into_iter()
            .flat_map(broke)
            .collect();
        all.extend([
            Told::Repaired,
            Told::Outage,
            Told::Back,
            Told::PermissionEnds(when()),
            Told::InstitutionChanges,
            Told::EmailRefused(when()),
        ]);
        all.leak().iter().collect()
    }
}

impl Sample for &'static Fact {
    fn samples(_: usize) -> Vec<Self> {
        let name = || NAMES[0].to_owned();
        let mut all = vec![
            Fact::Role(Role::Support),
            Fact::App,
            Fact::RecoveryCode,
            Fact::Passkey,
            Fact::CodesLeft(9),
            Fact::SignIns(2),
            Fact::Names(2),
            Fact::Connections(2),
            Fact::From(when()),
            Fact::Until(when()),
            Fact::Number(name()),
            Fact::Event(name()),
            Fact::EventKind(name()),
            Fact::Visit(name()),
            Fact::Customer(name()),
            Fact::Job(name()),
            Fact::Codes(name()),
            Fact::Institutions(2),
            Fact::Days(3, None),
            Fact::Days(3, Some(30)),
            Fact::Acts(Act::Joined),
            Fact::OnePerson,
            Fact::AllActs,
        ];
        all.extend(story::Mark::ALL.map(Fact::Mark));
        let states = events::EventState::ALL.iter();
        all.extend(states.map(|state| Fact::EventState(*state)));
        all.extend(
            jobs::JobState::ALL
                .iter()
                .map(|state| Fact::JobState(*state)),
        );
        all.leak().iter().collect()
    }
}

impl Sample for &'static Thing {
    fn samples(_: usize) -> Vec<Self> {
        let person = UserRef::new(1);
        let mut all = vec![
            Thing::Connection(person, ConnectionRef::new(2)),
            Thing::Case(CaseRef::new(3)),
            Thing::Campaign(CampaignRef::new(4)),
            Thing::Events(events::EventFilter::default()),
            Thing::Jobs(NAMES[0].to_owned()),
            Thing::Person(person),
        ];
        all.extend("e".parse().map(Thing::Event));
        all.leak().iter().collect()
    }
}

/// What forms about the second step and people say.
pub(super) fn staff() -> Vec<Notice> {
    let factor = [
        FactorNotice::Removed,
        FactorNotice::PasskeyAdded,
        FactorNotice::PasskeyRenamed,
        FactorNotice::PasskeyRemoved,
        FactorNotice::WrongPasskey,
        FactorNotice::TooManyPasskeys,
        FactorNotice::SignInAgain,
        FactorNotice::Gone,
        FactorNotice::Required,
    ];
    let people = [
        PersonNotice::Invited,
        PersonNotice::AlreadyThere,
        PersonNotice::SignUpOff,
        PersonNotice::RoleChanged,
        PersonNotice::Disabled,
        PersonNotice::Enabled,
        PersonNotice::SignInsEnded(1),
        PersonNotice::SignInsEnded(12),
        PersonNotice::FactorReset,
        PersonNotice::NoFactor,
        PersonNotice::Oneself,
        PersonNotice::LastAdmin,
        PersonNotice::Unproven,
        PersonNotice::AnotherAddress,
        PersonNotice::Erased,
        PersonNotice::Withdrawn,
        PersonNotice::NotOpen,
    ];
    let factor = factor.into_iter().map(Notice::Factor);
    factor
        .chain(people.into_iter().map(Notice::Person))
        .chain(jobs::OperationNotice::ALL.map(Notice::Operation))
        .chain(helps().into_iter().map(Notice::Help))
        .chain(campaigns::CampaignNotice::ALL.map(Notice::Campaign))
        .collect()
}

/// What forms of support say.
fn helps() -> Vec<HelpNotice> {
    let refused = [
        NoLetter::Quiet,
        NoLetter::Works,
        NoLetter::NotTheirTurn,
        NoLetter::Snoozed(when()),
        NoLetter::Refused(when()),
        NoLetter::Unwanted,
        NoLetter::JustSent(when()),
        NoLetter::Full(when()),
    ];
    let mut all: Vec<HelpNotice> = refused.into_iter().map(HelpNotice::NoLetter).collect();
    for mark in Mark::ALL {
        all.extend([HelpNotice::Marked(mark), HelpNotice::Unmarked(mark)]);
    }
    all.extend([
        HelpNotice::Snoozed(when()),
        HelpNotice::Unsnoozed,
        HelpNotice::NoReason,
        HelpNotice::LetterSent,
        HelpNotice::LetterAt(when()),
        HelpNotice::CaseSent,
        HelpNotice::CaseNumbered,
        HelpNotice::CaseEmpty,
        HelpNotice::NotANumber,
    ]);
    all
}

impl Sample for bool {
    fn samples(_: usize) -> Vec<Self> {
        vec![true, false]
    }
}

impl Sample for Became {
    fn samples(_: usize) -> Vec<Self> {
        let aside = Self::PutAside(events::Quarantine::UnknownSession);
        vec![Self::Waiting, Self::Applied, aside]
    }
}

impl Sample for &'static Change {
    fn samples(_: usize) -> Vec<Self> {
        let all = vec![
            Change::Connected,
            Change::RepairBegun,
            Change::RenewalBegun,
            Change::Renewed,
            Change::Moved,
            Change::AccountGone(NAMES[0].into()),
            Change::AccountBack(NAMES[0].into()),
        ];
        all.leak().iter().collect()
    }
}

impl Sample for &'static Left {
    fn samples(_: usize) -> Vec<Self> {
        vec![Left::Gone(when()), Left::Removing]
            .leak()
            .iter()
            .collect()
    }
}

impl Sample for &'static Went {
    fn samples(_: usize) -> Vec<Self> {
        let all = vec![
            Went::Waiting,
            Went::Tried,
            Went::Sent(when()),
            Went::Refused(when()),
            Went::Dropped(when()),
        ];
        all.leak().iter().collect()
    }
}

impl Sample for &'static Settled {
    fn samples(_: usize) -> Vec<Self> {
        let all = vec![
            Settled::Not,
            Settled::Repaired(when()),
            Settled::Gone(when()),
        ];
        all.leak().iter().collect()
    }
}

/// What forms about notices say.
pub(super) fn telling() -> [Notice; 11] {
    [
        Notice::NoticesRead,
        Notice::TellingSaved,
        Notice::EmailAgain,
        Notice::CodeSent,
        Notice::PhoneConfirmed,
        Notice::PhoneRemoved,
        Notice::NoTexts,
        Notice::Snoozed(when()),
        Notice::Unsnoozed,
        Notice::Unsubscribed,
        Notice::NotALetter,
    ]
}

/// Every variant, where the enum lists them itself.
macro_rules! listed {
    ($($name:path),* $(,)?) => {$(
        impl Sample for $name {
            fn samples(_: usize) -> Vec<Self> {
                Self::ALL.to_vec()
            }
        }
    )*};
}

listed!(
    breaks::Did,
    breaks::Ending,
    funnels::Funnel,
    funnels::Step,
    funnels::Stop,
    funnels::Channel,
    funnels::Tongue,
    health::Standing,
    health::Acts,
    health::Cause,
    health::Window,
    outages::SeenBy,
    places::Sort,
    places::Status,
    events::EventState,
    events::Quarantine,
    events::Effect,
    events::Key,
    jobs::JobState,
    campaigns::CampaignState,
    campaigns::Channel,
    campaigns::Fate,
    campaigns::Settled,
    story::LineKind,
    story::Uncounted,
    story::Mark,
    story::Purpose,
    story::VisitEnd,
    story::Step,
);
