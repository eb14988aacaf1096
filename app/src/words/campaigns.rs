//! Texts of the pages about campaigns.

#[cfg(test)]
use super::catalogue;
use crate::api::campaigns::{CampaignState, Channel, Fate, Settled};

words! {
    /// Campaigns.
    CampaignWords {
        title, lead, new, none, about, state, made, by, targets, sent, proven, earlier, back,
        everywhere, institutions, codes, age, any_age, language, any_language, channel, told,
        new_title, new_lead, institutions_hint, others, others_hint, codes_hint, codes_none,
        days_from, days_to, days_to_hint, told_days, make, make_text, one_title, count_title,
        look_again, count_again, left_out, one_letter, reason, number, letter_title, letter_text,
        subject, leads_to, example, example_other, of_one, of_several, send_title, looked,
        put_away, put_away_text, fates_title, fates_note, gathering, stop, stop_text, results_title, results_note, step, of_sent, meaning, sent_text, came,
        came_text, started, started_text, finished, finished_text, proven_text, healed,
        healed_text, gone, gone_text, bounced, bounced_text, time_title, time_note, median, p90,
        targets_title, targets_none, all_targets, csv, connection, customer, since, outcome,
        funnel_note, to_funnel,
    }
    state_name(CampaignState);
    channel_name(Channel);
    fate(Fate);
    settled(Settled, &str);
    at_least(&str);
    between(&str, &str);
    told_within(&str);
    only(&str);
    would_write(&str, &str);
    counted_at(&str);
    counting(&str);
    pace(&str);
    send(&str);
    sent_at(&str, &str);
    stopped_at(&str);
    ended_at(&str);
}
