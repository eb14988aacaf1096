//! Texts of the pages of support: a person's story, and cases for Mastercard.

#[cfg(test)]
use super::catalogue;
use crate::api::cases::{Settled, Together};
use crate::api::shared::When;
use crate::api::story::{
    Became, Change, Left, LineKind, Mark, Purpose, Step, Uncounted, VisitEnd, Went,
};

words! {
    /// A person's story.
    StoryWords {
        find_title, find_lead, find_label, find, find_none, story, connections, none_connected,
        login, account_ids, state, help, letter, letter_text, snooze, snooze_text,
        mark_title, mark_text, reason, set_mark, timeline, kind, every_kind, apply, when, what,
        nothing, older, newest, not_seen, to_person, read, unanswered, tried, data, said, no_code,
        works, to_event, of_kind,
    }
    line_kind(LineKind);
    mark(Mark);
    unmark(Mark);
    refused(&str);
    purpose(Purpose);
    end(VisitEnd);
    step(Step, &str);
    event(&str);
    became(Became);
    change(&Change);
    broke(&str);
    other_cause(&str, &str);
    ended(bool);
    lasted(&str);
    first_failed(&str);
    seen(&str);
    letter_with(u32);
    text_with(u32);
    went(&Went);
    of_mark(&str, &str);
    uncounted(Uncounted);
    left(&Left);
}

words! {
    /// Cases for Mastercard.
    CaseWords {
        title, lead, open_title, open_none, days, count, more, sent_title, sent_none, sent, by,
        number, state, earlier, text_label, text_hint, csv, mark_title, mark_text, mark,
        number_hint, save_number, last_good, never, more_text, back, nothing_title, nothing_text,
        table,
    }
    heading(&str, &str);
    progress(u32, &str);
    gone(u32);
    closed(&str);
    settled(&Settled);
}

/// What is sent to Mastercard: in English, whoever reads the page, with times in
/// UTC. Nothing in it names a person.
pub(crate) fn case_text(it: &Together) -> String {
    let ((place, name), (code, meaning, _)) = (&it.institution, &it.code);
    let mut lines = vec![
        format!("Institution: {name} ({place})"),
        format!("Aggregation status code: {code} ({meaning})"),
        format!("Connections: {}", it.stuck.len()),
    ];
    let iso = |when: Option<&When>| when.map_or("never", |when| &*when.iso).to_owned();
    for (one, number) in it.stuck.iter().zip(1..) {
        lines.push(String::new());
        lines.push(format!("{number}. Customer ID: {}", one.customer));
        lines.push(format!("   Institution login ID: {}", one.login));
        lines.push(format!("   Failing since: {}", one.since.iso));
        lines.push(format!("   Last success: {}", iso(one.last_good.as_ref())));
        lines.push(format!("   Our connection: {}", one.id));
        if !one.reference.is_empty() {
            lines.push(format!("   Our reference: {}", one.reference));
        }
    }
    lines.join("\n")
}
