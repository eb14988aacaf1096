//! Texts about notices.

#[cfg(test)]
use super::catalogue;
use crate::api::notices::{SnoozeFor, Told};

words! {
    /// What a person was told, and what became of it.
    NoticeWords {
        title, new, mark_read, empty_title, empty_text, how, all, needs_you, being_handled,
        goes_on, comes, working, repaired, back, renewed, done, over, fine_text, removed_text,
        changes_text, refused_title, refused_text, email_again, reached_title, reached_text,
        snooze_title, snooze_text, unsnooze,
    }
    count(u32);
    news(u32);
    told(&Told, &str);
    told_then(&str, &str);
    mended(&str);
    already(&str);
    works(&str);
    removed(&str);
    renewed_title(&str);
    ends_title(&str, &str);
    snooze_for(SnoozeFor);
    snoozed(&str);
}

words! {
    /// How a person is told, and the link that stops letters.
    TellingWords {
        title, lead, ways, ways_text, by_email, by_sms, by_sms_text, digest, digest_soon,
        digest_soon_text, digest_daily, quiet, quiet_title, quiet_text, quiet_from, quiet_until,
        save, phone, phone_text, phone_number, phone_hint, send_code, code, code_hint, confirm,
        other_number, remove, stopped, to_notices, to_account, stop_title, stop, stop_text,
        stopped_title, stopped_text, no_token_title, no_token_text, sign_in, account_text,
    }
    by_email_text(&str);
    refused(&str);
    digest_daily_text(&str);
    code_sent(&str);
    stop_lead(&str);
}
