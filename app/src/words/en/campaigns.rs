//! English: campaigns.

use super::super::CampaignWords;
use crate::api::campaigns::{CampaignNotice, CampaignState, Channel, Fate, Settled};

pub(super) const CAMPAIGNS: CampaignWords = CampaignWords {
    title: "Campaigns",
    lead: "Ask all people to repair whose connections a repair here can bring back.",
    new: "New campaign",
    none: "There is no campaign yet.",
    about: "About",
    state: "State",
    made: "Made",
    by: "By",
    targets: "Connections",
    sent: "Written about",
    proven: "Repaired",
    earlier: "Earlier campaigns",
    back: "All campaigns",
    everywhere: "Everywhere",
    institutions: "Banks",
    codes: "Codes",
    age: "Broken for",
    any_age: "Any time",
    language: "Language",
    any_language: "Any language",
    channel: "By",
    told: "Left out",
    new_title: "New campaign",
    new_lead: "Choose whom to ask. Nothing is sent yet: first you see how many it would be.",
    institutions_hint: "Tick none for all of them. These have the most connections with such a code.",
    others: "Other banks",
    others_hint: "Their numbers, with spaces between them. A bank’s number is in the address of \
                  its page.",
    codes_hint: "Only codes that the person can repair here.",
    codes_none: "Tick at least one.",
    days_from: "Broken for at least so many days",
    days_to: "Broken for at most so many days",
    days_to_hint: "Leave it empty for no end.",
    told_days: "Leave out who was told of it in the last so many days",
    make: "See how many",
    make_text: "This makes a draft. It sends nothing.",
    one_title: "Campaign",
    count_title: "Who gets a letter",
    look_again: "Look again",
    count_again: "Count again",
    left_out: "Left out, and why",
    one_letter: "A person with more than one of these connections gets one letter about all of \
                 them. Each is looked at once more just before its letter leaves.",
    reason: "Reason",
    number: "Connections",
    letter_title: "What they get",
    letter_text: "As it goes out, in each language: about one connection, and about several of one person. \
                  It leads to our own page and holds no link \
                  to Mastercard.",
    subject: "Subject",
    leads_to: "Leads to our page about the connection",
    example: "Your bank",
    example_other: "Another bank",
    of_one: "About one connection",
    of_several: "About several",
    send_title: "Send it",
    looked: "I have looked at the numbers and at the letter",
    put_away: "Put this draft away",
    put_away_text: "It stays in the list and can no longer be sent.",
    fates_title: "How far it is",
    fates_note: "Each connection is in exactly one row. All rows together are all connections of \
                 the campaign.",
    gathering: "Its connections are being put together. Look again in a moment.",
    stop: "Stop it for good",
    stop_text: "What has not left stays here. It cannot be started again.",
    results_title: "What came of it",
    results_note: "Each share is of all connections that were written about. Who was left out is \
                   not in it.",
    step: "Step",
    of_sent: "Share",
    meaning: "What it counts",
    sent_text: "Connections whose letter or message was taken.",
    came: "Came",
    came_text: "Marked the notice as read here, or began a repair. Letters are not tracked.",
    started: "Began a repair",
    started_text: "Went to Mastercard’s repair page after the letter.",
    finished: "Finished it",
    finished_text: "Mastercard told us that this visit is done.",
    proven_text: "A reading proves that it works, after its person was at Mastercard’s repair page.",
    healed: "Works again without it",
    healed_text: "A reading proves that it works, and no repair is known to have helped.",
    gone: "Disconnected",
    gone_text: "Nothing of it is left.",
    bounced: "Came back",
    bounced_text: "The mail server refused the address after the letter was taken.",
    time_title: "From the letter to the proof",
    time_note: "Of those that were repaired. Fewer than five say nothing.",
    median: "Half of them took at most",
    p90: "Nine of ten took at most",
    targets_title: "Connections of the campaign",
    targets_none: "There are none here.",
    all_targets: "Show all",
    csv: "The same as CSV",
    connection: "Connection",
    customer: "Customer",
    since: "Since",
    outcome: "What followed",
    funnel_note: "The funnel tells the same of all who should repair, asked or not.",
    to_funnel: "How all repairs go",
    state_name: |state| {
        match state {
            CampaignState::Draft => "Draft",
            CampaignState::Sending => "Sending",
            CampaignState::Stopping => "Stopping",
            CampaignState::Stopped => "Stopped",
            CampaignState::Done => "Done",
        }
        .into()
    },
    channel_name: |channel| {
        match channel {
            Channel::Letter => "E-mail",
            Channel::Text => "Text message",
        }
        .into()
    },
    fate: |fate| {
        match fate {
            Fate::Waiting => "Waits for its turn",
            Fate::OnItsWay => "On its way",
            Fate::Sent => "Sent",
            Fate::Bounced => "The mail server refused the address",
            Fate::NotTaken => "Not taken, and given up",
            Fate::Stopped => "Not sent: the campaign was stopped",
            Fate::OtherCampaign => "In another campaign that runs",
            Fate::Marked => "A test, or muted",
            Fate::NoAccess => "The person may not sign in, or is gone",
            Fate::Gone => "Disconnected",
            Fate::Healed => "Works again",
            Fate::Outage => "Trouble at the bank",
            Fate::OtherCause => "Broken by something else by now",
            Fate::Snoozed => "Snoozed",
            Fate::Refused => "The mail server refuses our letters",
            Fate::Unwanted => "The person wants none",
            Fate::Told => "Told of it a short while ago",
            Fate::Full => "The most for one week went out",
        }
        .into()
    },
    settled: |settled, when| match settled {
        Settled::Proven => format!("Repaired {when}"),
        Settled::Healed => format!("Works again by itself {when}"),
        Settled::Gone => format!("Disconnected {when}"),
    },
    at_least: |days| format!("At least {days} days"),
    between: |from, to| format!("{from} to {to} days"),
    told_within: |days| format!("Who was told of it in the last {days} days"),
    only: |language| format!("People who read {language}"),
    would_write: |write, all| format!("{write} of {all} connections would be written about."),
    counted_at: |when| format!("Counted {when}."),
    counting: |count| format!("It is being counted: {count} connections so far."),
    pace: |count| format!("At most {count} letters leave in a minute, and none in quiet hours."),
    send: |count| format!("Write about {count} connections"),
    sent_at: |when, who| format!("Sent {when} by {who}."),
    stopped_at: |when| format!("Stopped {when}."),
    ended_at: |when| format!("The last connection ended {when}."),
};

/// What became of an act on a campaign.
pub(super) fn notice(notice: CampaignNotice) -> &'static str {
    match notice {
        CampaignNotice::Made => "The draft is made. Nothing was sent.",
        CampaignNotice::Counted => "It is counted again.",
        CampaignNotice::Sent => "It is sent. The letters leave one after the other.",
        CampaignNotice::Stopped => "It is stopped. Nothing more leaves.",
        CampaignNotice::AlreadySent => "It was sent before. It is sent once.",
        CampaignNotice::Over => "It is over already. Nothing was changed.",
        CampaignNotice::NotCounted => "It is still being counted. Look again in a minute.",
        CampaignNotice::OldCount => {
            "The numbers are older than an hour. Count again and look at them. Nothing was sent."
        }
        CampaignNotice::Nobody => "It would write to nobody. Nothing was sent.",
        CampaignNotice::NotConfirmed => {
            "Look at the numbers and at the letter, and tick the box. Nothing was sent."
        }
        CampaignNotice::NoCodes => "Tick at least one code of the list.",
        CampaignNotice::NoInstitutions => {
            "One of the banks is not known here, or there are more than 20."
        }
        CampaignNotice::NoDays => {
            "The days are numbers up to 3650, the first not above the second."
        }
        CampaignNotice::NoTexts => "This installation sends no text messages. Choose e-mail.",
    }
}
