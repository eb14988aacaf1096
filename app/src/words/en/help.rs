//! English: for support.

use super::super::{CaseWords, StoryWords};
use crate::api::cases::Settled;
use crate::api::story::{
    Became, Change, HelpNotice, Left, LineKind, Mark, NoLetter, Purpose, Step, Uncounted, VisitEnd,
    Went,
};

pub(super) const STORY: StoryWords = StoryWords {
    find_title: "Find a person",
    find_lead: "By e-mail address, or by the id of a customer, connection, institution login, \
                account or visit. That you looked is put down in the audit.",
    find_label: "Address, id or reference",
    find: "Find",
    find_none: "Nobody here is known by this.",
    story: "Story",
    connections: "Connections",
    none_connected: "Nothing is connected.",
    login: "Institution login",
    account_ids: "Accounts at Mastercard",
    state: "State",
    help: "Help with this connection",
    letter: "Send a repair letter",
    letter_text: "A letter that leads to the notice in our pages. It keeps to what the person \
                  chose.",
    snooze: "Snooze",
    snooze_text: "The person is told nothing of it for so long.",
    mark_title: "Take it out of the figures",
    mark_text: "A test counts no more. A muted one counts no more, and nothing is told of it.",
    reason: "Reason",
    set_mark: "Mark it",
    timeline: "What happened",
    kind: "Kind",
    every_kind: "Everything",
    apply: "Show these",
    when: "When",
    what: "What",
    nothing: "Nothing has happened yet.",
    older: "Earlier",
    newest: "The latest",
    not_seen: "not read yet",
    to_person: "Role, access and sign-ins",
    read: "Last reading",
    unanswered: "Tried since, without an answer",
    tried: "Last attempt",
    data: "Last data",
    said: "What Mastercard said",
    no_code: "Not read yet",
    works: "It works",
    to_event: "Show the event",
    of_kind: "Mastercard calls its customer one for testing",
    line_kind: |kind| {
        match kind {
            LineKind::Visit => "Visit",
            LineKind::Event => "Event",
            LineKind::Change => "Connection",
            LineKind::Break => "Break",
            LineKind::Notice => "Notice",
            LineKind::Delivery => "Delivery",
            LineKind::Act => "Staff",
        }
        .into()
    },
    mark: |mark| {
        match mark {
            Mark::Test => "Test",
            Mark::Mute => "Muted",
        }
        .into()
    },
    unmark: |mark| {
        match mark {
            Mark::Test => "It is no test",
            Mark::Mute => "Unmute",
        }
        .into()
    },
    refused: |since| format!("Their mail server has refused our letters since {since}."),
    purpose: |purpose| {
        match purpose {
            Purpose::Connect => "Went to connect.",
            Purpose::Repair => "Went to repair.",
            Purpose::Renew => "Went to renew the permission.",
        }
        .into()
    },
    end: |end| {
        match end {
            VisitEnd::Open => "It goes on.",
            VisitEnd::Proven => "A reading proves that it worked.",
            VisitEnd::NoLink => "Mastercard gave no link.",
            VisitEnd::Left => "They left before the end.",
            VisitEnd::Expired => "It ran out.",
            VisitEnd::SignInRefused => "The bank refused the sign-in.",
            VisitEnd::Trouble => "The bank or Mastercard had trouble.",
            VisitEnd::Nothing => "It ended, and no reading shows anything new.",
            VisitEnd::Others => "Somebody signed in who has other accounts.",
        }
        .into()
    },
    step: |step, when| {
        let step = match step {
            Step::LinkMade => "link made",
            Step::Opened => "opened",
            Step::Adding => "signing in or choosing",
            Step::SignInRefused => "sign-in refused",
            Step::Added => "accounts added",
            Step::NothingToRepair => "nothing to repair",
            Step::Trouble => "trouble",
            Step::Left => "left",
            Step::TimedOut => "closed as idle",
            Step::Finished => "finished",
            Step::Returned => "came back",
            Step::Read => "last reading",
            Step::Proven => "proven",
        };
        format!("{step} {when}")
    },
    event: |kind| format!("Mastercard sent “{kind}”."),
    became: |became| match became {
        Became::Waiting => "It waits to be worked on.".into(),
        Became::Applied => "It had its effect.".into(),
        Became::PutAside(_) => "It was set aside.".into(),
    },
    change: |change| match change {
        Change::Connected => "Its first account arrived.".into(),
        Change::RepairBegun => "They went to fix it.".into(),
        Change::RenewalBegun => "They went to renew the permission.".into(),
        Change::Renewed => "The permission has a new end.".into(),
        Change::Moved => "It moved to another login. Its accounts stayed.".into(),
        Change::AccountGone(account) => format!("Mastercard no longer lists {account}."),
        Change::AccountBack(account) => format!("Mastercard lists {account} again."),
    },
    broke: |code| format!("A reading found it broken: {code}."),
    other_cause: |before, code| {
        format!("A reading found another cause. Before: {before}. Now: {code}.")
    },
    ended: |repaired| {
        if repaired {
            "A reading proves that it works again.".into()
        } else {
            "Nothing of it is left at Mastercard.".into()
        }
    },
    lasted: |time| format!("It was broken for {time}."),
    first_failed: |when| format!("First failed attempt: {when}"),
    seen: |when| format!("read {when}"),
    letter_with: |count| match count {
        1 => "A letter with one notice.".into(),
        count => format!("A letter with {count} notices."),
    },
    text_with: |count| match count {
        1 => "A text message with one notice.".into(),
        count => format!("A text message with {count} notices."),
    },
    went: |went| match went {
        Went::Waiting => "It waits.".into(),
        Went::Tried => "It was tried, and is tried again.".into(),
        Went::Sent(when) => format!("Taken {}.", when.text),
        Went::Refused(when) => format!("Refused or given up {}.", when.text),
        Went::Dropped(when) => format!("Not sent: nothing in it held any more {}.", when.text),
    },
    of_mark: |mark, reason| format!("{mark}: {reason}"),
    uncounted: |why| {
        match why {
            Uncounted::Removed => "Not counted: the person removed it",
            Uncounted::Gone => "Not counted: Mastercard lists nothing of it any more",
            Uncounted::Marked => "Not counted",
            Uncounted::Waiting => "Not counted: the person has not chosen what to keep",
            Uncounted::Unread => "Not counted: nothing is read of it yet",
        }
        .into()
    },
    left: |left| match left {
        Left::Gone(when) => format!("Gone: Mastercard has not listed it since {}", when.text),
        Left::Removing => "Removed by the person; Mastercard has not confirmed it yet".into(),
    },
};

pub(super) const CASES: CaseWords = CaseWords {
    title: "Cases",
    lead: "Connections with codes that only Mastercard can clear up. Tell its support of them, \
           and follow here what comes of it.",
    open_title: "In no case yet",
    open_none: "Nothing waits to be told.",
    days: "Broken for at least so many days",
    count: "Connections",
    more: "More",
    sent_title: "Sent",
    sent_none: "No case was sent yet.",
    sent: "Sent on",
    by: "By",
    number: "Case number",
    state: "State",
    earlier: "Earlier cases",
    text_label: "Text for the support case",
    text_hint: "Choose all of it and copy it. It has ids and dates, and no names.",
    csv: "The same as CSV",
    mark_title: "When it is sent",
    mark_text: "Then these connections are followed until each works again or is gone.",
    mark: "Mark as sent",
    number_hint: "If you have it. You can add it later.",
    save_number: "Save the number",
    last_good: "Last success",
    never: "Never",
    more_text: "One case takes 200. The rest is in the next one.",
    back: "All cases",
    nothing_title: "Nothing is left of this",
    nothing_text: "These connections work again, or are in a case by now.",
    table: "Connections of the case",
    heading: |institution, code| format!("{institution}, {code}"),
    progress: |count, all| match count {
        1 => format!("One of {all} works again"),
        count => format!("{count} of {all} work again"),
    },
    gone: |count| match count {
        1 => "one is gone".into(),
        count => format!("{count} are gone"),
    },
    closed: |when| format!("closed {when}"),
    settled: |settled| match settled {
        Settled::Not => "Still broken".into(),
        Settled::Repaired(when) => format!("Works again since {}", when.text),
        Settled::Gone(when) => format!("Gone since {}", when.text),
    },
};

/// What became of what support did.
pub(super) fn help(notice: &HelpNotice) -> String {
    match notice {
        HelpNotice::Marked(Mark::Test) => "It is a test now, and counts no more.",
        HelpNotice::Marked(Mark::Mute) => "It is muted. It counts no more, and nothing is told.",
        HelpNotice::Unmarked(Mark::Test) => "It is no test any more.",
        HelpNotice::Unmarked(Mark::Mute) => "It is muted no more.",
        HelpNotice::Snoozed(until) => {
            return format!("The person is told nothing of it until {}.", until.text);
        }
        HelpNotice::Unsnoozed => "The person is told of it again.",
        HelpNotice::NoReason => "Type a reason of at most 200 letters. Nothing was changed.",
        HelpNotice::LetterSent => "The letter is on its way.",
        HelpNotice::LetterAt(when) => {
            return format!(
                "The letter leaves when the quiet hours are over: {}.",
                when.text
            );
        }
        HelpNotice::NoLetter(reason) => return no_letter(reason),
        HelpNotice::CaseSent => "Marked as sent. Here you see what comes of it.",
        HelpNotice::CaseNumbered => "The number is saved.",
        HelpNotice::CaseEmpty => "None of these is broken so any more. No case was made.",
        HelpNotice::NotANumber => {
            "This is no case number: at most 40 letters, digits and signs such as #."
        }
    }
    .into()
}

fn no_letter(reason: &NoLetter) -> String {
    match reason {
        NoLetter::Quiet => "No letter: it is muted or gone, or the person may not sign in.",
        NoLetter::Works => "No letter: the connection works.",
        NoLetter::NotTheirTurn => "No letter: nothing that the person does would help now.",
        NoLetter::Snoozed(until) => {
            return format!(
                "No letter: it is snoozed until {}. End that first.",
                until.text
            );
        }
        NoLetter::Refused(since) => {
            return format!(
                "No letter: their mail server has refused our letters since {}.",
                since.text
            );
        }
        NoLetter::Unwanted => "No letter: the person wants none, or the address is not confirmed.",
        NoLetter::JustSent(at) => {
            return format!("No second letter: one left {}. Wait ten minutes.", at.text);
        }
        NoLetter::Full(until) => {
            return format!(
                "No letter: the most for one week went out. Try after {}.",
                until.text
            );
        }
    }
    .into()
}
