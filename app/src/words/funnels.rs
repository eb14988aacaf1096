//! Texts of the pages of staff about funnels.

#[cfg(test)]
use super::catalogue;
use crate::api::funnels::{Channel, Funnel, Step, Stop, Tongue};

words! {
    /// How far visits and repairs come, and where they stop.
    FunnelWords {
        title, which, filter, of, began, weeks_step, all, steps_title, steps_chart, step_title,
        number, share_of_all, share_of_before, stops_title, stops_note, none, reached, why,
        share_of_step, weeks_chart, weeks_note, week, within_day, within_week, within_month,
        began_column, parts_title, by_code, by_channel, by_language, by_institution,
        institution_note, through, counted_title, csv, short_chosen, short_link, short_opened,
        short_connected, short_kept, short_broke, short_told, short_came, short_started,
        short_finished, short_proven, campaigns_note,
    }
    funnel(Funnel);
    lead(Funnel);
    counted(Funnel);
    days(u32);
    step(Step);
    means(Step);
    stop(Stop);
    channel(Channel);
    tongue(Tongue);
    of_before(&str);
    searches(&str);
    so_far(&str);
    weeks_title(&str);
}
