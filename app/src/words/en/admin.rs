//! English: for admins.

use super::super::Admin;

pub(in super::super) const ADMIN: Admin = Admin {
    menu: "Pages of staff",
    upstream_fine: "Answers",
    upstream_never: "No call was made since the start.",
    rejected: "Mastercard rejects our partner secret",
    rejected_text: "It is not tried again until it changes, because five refusals lock the \
                    partner. Put the right one into its file; it is \
                    tried with the next call. One in the configuration itself, and an app key, need \
                    a restart.",
    circuit: "Mastercard does not answer",
    missing_title: "Missing institutions",
    missing: "Reported as missing",
    missing_none: "Nobody has said that one is missing.",
    empty: "Searches that found nothing",
    empty_none: "Every search has found something.",
    text: "What was typed",
    count: "Times",
    last: "Last",
    directory_never: "The directory was never copied. Search asks Mastercard for each term.",
    directory_old: "The copy of the directory is too old: a daily refresh was missed.",
    upstream_last: |when| format!("The last call that worked: {when}."),
    rejected_since: |when| format!("Since {when}."),
    circuit_groups: |groups| format!("Calls held back: {groups}."),
    circuit_next: |when| format!("One call is let through at {when}."),
    copied: |when| format!("Copied {when}"),
};
