//! English: for staff, about what runs beside requests.

use super::super::{EventWords, GapWords, JobWords};
use crate::api::events::{Effect, EventState, Key, Quarantine};
use crate::api::jobs::{JobState, OperationNotice};

pub(super) const EVENTS: EventWords = EventWords {
    title: "Events",
    lead: "What Mastercard told us of visits, the latest first.",
    filter: "Which events",
    kind: "Kind",
    state_title: "State",
    visit: "Visit",
    customer: "Customer",
    from: "From",
    until: "Until",
    none: "No event is like this.",
    table: "Events",
    when: "Received",
    changed: "What it changed",
    event: "Event",
    refused_title: "Refused at the door",
    refused_when: "When",
    today: "Today",
    month: "Last 30 days",
    bad_signature: "Not signed by us",
    unreadable: "Not an event",
    refused_note: "These are counted and not kept. Days end at midnight, UTC.",
    one_title: "Event",
    key_title: "Signed by",
    hash: "SHA-256 of what came",
    processed: "Dealt with",
    body: "What we keep of it",
    replay: "Replay it",
    replay_text: "The copy that we keep has its effect once more. What is known stays as it is.",
    replay_title: "Replay",
    replay_all: "Replay all of these",
    replay_all_text: "All events that this filter finds have their effect once more, on every \
                      page of it. What is known stays as it is.",
    gaps: "What is missing",
    back: "All events",
    state: |state| {
        match state {
            EventState::Waiting => "Waiting",
            EventState::Applied => "Done",
            EventState::Quarantined => "Set aside",
        }
        .into()
    },
    reason: |reason| {
        match reason {
            Quarantine::OtherCustomer => "It names another customer than its visit has.",
            Quarantine::UnknownSession => "No visit of ours has its reference.",
        }
        .into()
    },
    effect: |effect| {
        match effect {
            Effect::Nothing => "Nothing: its kind says nothing of a visit",
            Effect::Known => "Nothing: it was known",
            Effect::Opened => "The link was opened",
            Effect::Adding => "The person is signing in",
            Effect::SignInRefused => "The bank refused a sign-in",
            Effect::Added => "Accounts may have come",
            Effect::Finished => "The visit is over",
            Effect::Trouble => "Something failed there",
        }
        .into()
    },
    key: |key| {
        match key {
            Key::Present => "The partner secret of that time",
            Key::Other => "The other secret of a rotation",
        }
        .into()
    },
};

pub(super) const GAPS: GapWords = GapWords {
    title: "Gaps",
    lead: "What ought to have come and did not.",
    visits: "Visits without an end",
    visits_text: "Somebody went there, more than three hours have passed, and no event says that \
                  it is over.",
    visits_none: "Each visit has its end.",
    visits_untold: "Links name no webhook (connect.webhook), so no event is expected.",
    began: "Began",
    customers: "Customers that were not read",
    customers_none: "All of them were read.",
    days: "Days without a reading",
    unread_since: "Last read",
    customers_text: |days| match days {
        1 => "They have accounts, and no reading in one day.".into(),
        days => format!("They have accounts, and no reading in {days} days."),
    },
};

pub(super) const JOBS: JobWords = JobWords {
    title: "Jobs",
    lead: "Work that goes on beside pages.",
    empty: "Nothing waits, runs or was given up.",
    counts: "How many there are",
    kind: "Kind",
    state_title: "State",
    number: "Jobs",
    oldest: "Age of the oldest",
    attempts: "Tries",
    queued: "Queued",
    due: "Due",
    at_once: "At once",
    error: "What failed last",
    none: "There is no such job.",
    retry: "Try again",
    cancel: "Cancel",
    put_away: "Put away",
    cancel_text: "What a job was to do is not done once it is cancelled or put away.",
    schedules: "What comes back",
    schedules_none: "Nothing is planned yet.",
    name: "Name",
    last: "Last run",
    next: "Next run",
    never: "Never",
    act: "What to do",
    state: |state| {
        match state {
            JobState::Waiting => "Waiting",
            JobState::Running => "Running",
            JobState::Dead => "Given up",
        }
        .into()
    },
    list: |state| {
        match state {
            JobState::Waiting => "Jobs that wait",
            JobState::Running => "Jobs that run",
            JobState::Dead => "Jobs that were given up",
        }
        .into()
    },
    tried: |attempt, most| format!("{attempt} of {most}"),
};

/// What became of an act on events or jobs.
pub(super) fn operation(notice: OperationNotice) -> &'static str {
    match notice {
        OperationNotice::Replayed => "The event has its effect once more.",
        OperationNotice::WindowReplayed => "The events are being replayed, some at a time.",
        OperationNotice::NoWindow => {
            "Choose a kind, a state, a visit, a customer or a day first. Otherwise it is all events."
        }
        OperationNotice::Retried => "The job is in the queue again.",
        OperationNotice::Cancelled => "The job is out of the queue.",
        OperationNotice::MovedOn => "That job has moved on since this page was made. Look again.",
    }
}
