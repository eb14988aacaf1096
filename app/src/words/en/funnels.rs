//! English: for staff, about funnels.

use super::super::FunnelWords;
use crate::api::funnels::{Channel, Funnel, Step, Stop, Tongue};

pub(super) const FUNNELS: FunnelWords = FunnelWords {
    title: "Funnels",
    which: "Which funnel",
    filter: "Which of them",
    of: "Of",
    began: "Begun in",
    weeks_step: "Weeks tell of",
    all: "All",
    steps_title: "How far they came",
    steps_chart: "How many reached each step",
    step_title: "Step",
    number: "Number",
    share_of_all: "Of all",
    share_of_before: "Of the step before",
    stops_title: "Where they are, and why no further",
    stops_note: "As far as is known now. What comes late moves the day on which they began. A link \
                 is good for two hours, so the last of today may still go on.",
    none: "Nothing has begun in these days.",
    reached: "Step reached",
    why: "Why no further",
    share_of_step: "Of this step",
    weeks_chart: "Share that reached it, by the week in which they began",
    weeks_note: "A week begins on Monday, UTC. The line leaves out what is not over yet.",
    week: "Week from",
    within_day: "Within a day",
    within_week: "Within 7 days",
    within_month: "Within 30 days",
    began_column: "Begun",
    parts_title: "One thing in common",
    by_code: "Code",
    by_channel: "Told by",
    by_language: "Language",
    by_institution: "Institution",
    institution_note: "The 20 where the most goes on. All others: from the page of the institution.",
    through: "To the end",
    counted_title: "What is counted",
    csv: "This funnel as CSV",
    short_chosen: "Chosen",
    short_link: "Link",
    short_opened: "Opened",
    short_connected: "Arrived",
    short_kept: "Kept",
    short_broke: "Broke",
    short_told: "Knew",
    short_came: "Came",
    short_started: "Left",
    short_finished: "Went",
    short_proven: "Proven",
    campaigns_note: "A campaign tells the same of those it wrote to.",
    funnel: |funnel| {
        String::from(match funnel {
            Funnel::Connect => "Connect",
            Funnel::Repair => "Repair",
        })
    },
    lead: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "Each visit that is to connect an institution, from the choice to accounts that \
                 are kept."
            }
            Funnel::Repair => {
                "Each break that Data Connect Fix can help, from the first bad reading to the proof."
            }
        })
    },
    counted: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "The first step is what every share is a share of. A visit counts on the day on \
                 which it began, and stays there whatever happens to its accounts later. A search \
                 has no person, so it is no step. The device is not kept."
            }
            Funnel::Repair => {
                "The first step is what every share is a share of. A break counts if its \
                 connection counted as it opened, and stays there after a deletion. Once it is \
                 marked as a test or muted, no further step counts. A break that Fix does not help \
                 is left out. The code is the latest one. Told by: the way that reaches furthest, \
                 before they left for Fix. The device is not kept."
            }
        })
    },
    days: |days| format!("the last {days} days"),
    step: |step| {
        String::from(match step {
            Step::Chosen => "Bank chosen",
            Step::LinkMade => "Link made",
            Step::Opened => "Link opened",
            Step::Connected => "Accounts arrived",
            Step::Kept => "Accounts kept",
            Step::Broke => "Broke",
            Step::Told => "Knew of it",
            Step::Came => "Came to us",
            Step::Started => "Left for Fix",
            Step::Finished => "Went to the end",
            Step::Proven => "Proven",
        })
    },
    means: |step| {
        String::from(match step {
            Step::Chosen => "They read what we will read, and pressed the button.",
            Step::LinkMade => "Mastercard gave a link.",
            Step::Opened => "An event or the return shows that they were at Data Connect.",
            Step::Connected => "A reading brought accounts. Nothing else counts as proof.",
            Step::Kept => "They kept one of the accounts at least, or our rule did.",
            Step::Broke => "A reading found the connection broken.",
            Step::Told => "We told them in any way, or they came without.",
            Step::Came => "They were signed in on our pages while it was broken.",
            Step::Started => "They pressed the button, and Mastercard gave a link.",
            Step::Finished => "Data Connect says that they were through.",
            Step::Proven => "A reading found it working after that.",
        })
    },
    stop: |stop| {
        String::from(match stop {
            Stop::Through => "Came to the end",
            Stop::NotStarted => "No link was made yet",
            Stop::NoLinkWebhook => "No link: our webhook was not reached",
            Stop::NoLinkUnreachable => "No link: Mastercard was away or slow",
            Stop::NoLinkRefused => "No link: Mastercard refused",
            Stop::NotOpened => "The link was not opened",
            Stop::Silent => "Opened it, then nothing more was heard",
            Stop::Left => "Cancelled",
            Stop::TimedOut => "Was idle for too long",
            Stop::SignInRefused => "The bank refused the sign-in",
            Stop::Trouble(0) => "It failed, without a code",
            Stop::Trouble(code) => return format!("It failed, code {code}"),
            Stop::NothingNew => "Everything was connected before",
            Stop::NothingArrived => "No account arrived",
            Stop::ChoiceWaiting => "The choice of accounts waits",
            Stop::NothingKept => "Kept nothing",
            Stop::NotTold => "Not told, and did not come",
            Stop::NotCome => "Told, and has not come",
            Stop::NothingToRepair => "Data Connect found nothing to repair",
            Stop::OtherAccounts => "Signed in to other accounts",
            Stop::NoProof => "No good reading yet",
            Stop::HealedAlone => "Worked again without it",
            Stop::Gone => "The connection is gone",
            Stop::Marked => "Marked as a test or muted",
        })
    },
    channel: |channel| {
        String::from(match channel {
            Channel::None => "Nothing",
            Channel::App => "Our pages only",
            Channel::Email => "A letter",
            Channel::Sms => "A text message",
        })
    },
    tongue: |tongue| {
        String::from(match tongue {
            Tongue::English => "English",
            Tongue::Spanish => "Spanish",
            Tongue::French => "French",
            Tongue::Other => "Another language",
        })
    },
    of_before: |share| format!("{share} of the step before"),
    searches: |count| {
        format!(
            "Searches sent in the same days: {count}. Who finds their bank while typing sends none. \
             They are kept without their person, so they are no step."
        )
    },
    so_far: |text| format!("{text} so far"),
    weeks_title: |step| format!("By week: {step}"),
};
