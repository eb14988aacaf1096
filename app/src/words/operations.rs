//! Texts of the pages of staff about what runs beside requests.

#[cfg(test)]
use super::catalogue;
use crate::api::events::{Effect, EventState, Key, Quarantine};
use crate::api::jobs::JobState;

words! {
    /// The log of events.
    EventWords {
        title, lead, filter, kind, state_title, visit, customer, from, until, none, table, when,
        changed, event, refused_title, refused_when, today, month, bad_signature, unreadable,
        refused_note, one_title, key_title, hash, processed, body, replay, replay_text,
        replay_title, replay_all, replay_all_text, gaps, back,
    }
    state(EventState);
    reason(Quarantine);
    effect(Effect);
    key(Key);
}

words! {
    /// What ought to have come and did not.
    GapWords {
        title, lead, visits, visits_text, visits_none, visits_untold, began, customers, customers_none, days,
        unread_since,
    }
    customers_text(u32);
}

words! {
    /// The queue.
    JobWords {
        title, lead, empty, counts, kind, state_title, number, oldest, attempts, queued, due,
        at_once, error, none, retry, cancel, put_away, cancel_text, schedules, schedules_none,
        name, last, next, never, act,
    }
    state(JobState);
    list(JobState);
    tried(u32, u32);
}
