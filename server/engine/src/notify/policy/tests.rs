//! The policy, case by case and by chance.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::America::New_York;
use proptest::prelude::*;
use rstest::rstest;

use super::simulation::{Life, at};
use crate::{
    connections::End,
    notify::{Ask, Digest, Preferences, Quiet, Settings, Subject, Way},
    status::Channels,
};

/// Without quiet hours: cases that are not about them stay readable.
fn settings() -> Settings {
    let settings = Settings::default();
    Settings {
        preferences: Preferences {
            quiet: None,
            ..settings.preferences
        },
        ..settings
    }
}

fn life() -> Life {
    Life::new(settings())
}

#[test]
fn a_break_is_told_in_our_pages_at_once_and_by_letter_when_it_lasts() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(1));
    assert_eq!(life.kinds(), ["broke first"]);
    assert_eq!(life.letters(), 0);
    // Six hours by the table, and a quarter for others to join.
    life.run(at(6));
    assert_eq!(life.letters(), 0);
    life.run(at(7));
    assert_eq!((life.letters(), life.texts()), (1, 0));
    life.run(at(25));
    assert_eq!((life.letters(), life.texts()), (1, 1));
    life.run(at(24 * 6));
    assert_eq!(life.kinds(), ["broke first"]);
}

#[test]
fn an_ignored_break_is_told_once_more_and_never_again() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(24 * 60));
    assert_eq!(life.kinds(), ["broke first", "broke reminder"]);
    assert_eq!(life.letters(), 2);
}

#[test]
fn the_reminder_comes_where_nothing_else_is_to_be_done_before() {
    let mut life = life();
    life.facts.open.clear();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(24 * 8));
    assert_eq!(life.kinds(), ["broke first", "broke reminder"]);
}

#[test]
fn another_cause_opens_no_second_notice_but_its_turn_does() {
    let mut life = life();
    life.breaks(0, Ask::Nothing, at(0));
    life.run(at(8));
    assert_eq!(life.kinds(), ["broke news"]);
    for ask in [Ask::Elsewhere, Ask::Fix] {
        life.facts.connections[0].ask = Some(ask);
        life.look(at(8));
    }
    assert_eq!(life.kinds(), ["broke first", "broke news"]);
}

#[test]
fn repaired_before_the_letter_leaves_nothing_to_send() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(6));
    life.repairs(0, at(6));
    life.run(at(100));
    assert_eq!(life.kinds(), ["broke first", "repaired"]);
    assert_eq!((life.letters(), life.texts()), (0, 0));
}

#[test]
fn who_was_written_to_is_told_of_the_repair_the_same_way() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(12));
    life.repairs(0, at(12));
    life.run(at(100));
    assert_eq!(life.kinds(), ["broke first", "repaired"]);
    assert_eq!((life.letters(), life.texts()), (2, 0));
}

#[test]
fn a_break_that_nobody_was_told_of_is_not_told_to_be_over() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.facts.connections[0].snoozed = Some(at(48));
    life.run(at(10));
    life.repairs(0, at(10));
    life.run(at(200));
    assert_eq!(life.kinds(), [""; 0]);
}

#[test]
fn several_breaks_make_one_letter() {
    let mut life = life();
    for (index, hour) in [(0, 0), (1, 0), (2, 0)] {
        life.breaks(index, Ask::Fix, at(hour));
    }
    life.run(at(12));
    assert_eq!(life.kinds().len(), 3);
    assert_eq!(life.sent, [(at(6) + TimeDelta::minutes(15), Way::Email, 3)]);
}

#[test]
fn a_daily_letter_waits_for_its_hour() {
    let mut life = life();
    life.facts.preferences.digest = Digest::Daily;
    life.breaks(0, Ask::Fix, at(0));
    life.breaks(1, Ask::Fix, at(10));
    life.run(at(40));
    let nine = "2026-11-03T14:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let letters: Vec<_> = life
        .sent
        .iter()
        .filter(|(_, way, _)| *way == Way::Email)
        .collect();
    assert_eq!(letters, [&(nine, Way::Email, 2)]);
}

#[test]
fn nothing_is_sent_at_night() {
    let mut life = life();
    let hour = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
    life.facts.preferences.quiet = Quiet::new(hour(21), hour(8));
    // Noon in New York plus six hours is six; from ten in the evening it waits.
    life.breaks(0, Ask::Fix, at(6));
    life.run(at(60));
    let (left, way, _) = life.sent[0];
    assert_eq!(way, Way::Email);
    assert_eq!(left.with_timezone(&New_York).time(), hour(8));
}

#[test]
fn a_snooze_is_kept_until_its_date() {
    let mut life = life();
    life.facts.connections[0].snoozed = Some(at(24 * 7));
    life.breaks(0, Ask::Fix, at(0));
    life.facts.connections[0].permission_ends = Some(at(24 * 6));
    life.run(at(24 * 7 - 1));
    assert_eq!((life.kinds().len(), life.sent.len()), (0, 0));
    life.run(at(24 * 7 + 1));
    assert_eq!(life.kinds(), ["broke first"]);
}

#[rstest]
#[case::in_time(40, &[30, 7, 1])]
#[case::late(6, &[7, 1])]
#[case::very_late(1, &[1])]
fn a_permission_that_ends_is_told_of_at_its_lead_times(#[case] days: i64, #[case] told: &[u16]) {
    let mut life = life();
    life.facts.connections[0].permission_ends = Some(at(24 * days));
    life.run(at(24 * days + 24));
    let mut leads = life.leads();
    leads.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(leads, told);
}

#[test]
fn six_days_before_the_end_there_is_exactly_one_notice_and_none_after_the_renewal() {
    let mut life = life();
    life.facts.connections[0].permission_ends = Some(at(24 * 6));
    life.run(at(24));
    assert_eq!(life.leads(), [7]);
    life.facts.connections[0].permission_ends = Some(at(24 * 365));
    life.look(at(24));
    life.run(at(24 * 30));
    assert_eq!(life.leads(), [7]);
    assert_eq!(life.letters(), 1);
}

#[test]
fn an_outage_asks_nothing_and_its_end_is_told_once() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.joins(0, 1, at(0));
    life.run(at(48));
    assert_eq!(life.kinds(), ["outage"]);
    life.repairs(0, at(48));
    life.comes_back(1, at(48));
    life.run(at(200));
    assert_eq!(life.kinds(), ["back", "outage"]);
    assert_eq!(life.sent.len(), 0);
}

#[test]
fn a_break_told_before_its_outage_was_found_ends_with_one_message() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.run(at(10));
    life.joins(0, 1, at(10));
    life.run(at(20));
    life.repairs(0, at(20));
    life.comes_back(1, at(20));
    life.run(at(60));
    assert_eq!(life.kinds(), ["back", "broke first", "outage"]);
    // By letter, as the break was told of: who was asked to act is told that
    // there is nothing to do any more.
    assert_eq!(life.letters(), 2);
}

#[test]
fn what_an_outage_leaves_broken_is_asked_for_afterwards() {
    let mut life = life();
    life.breaks(0, Ask::Fix, at(0));
    life.joins(0, 1, at(0));
    life.run(at(48));
    life.comes_back(1, at(48));
    life.run(at(60));
    assert_eq!(life.kinds(), ["broke first", "outage"]);
    assert_eq!(life.letters(), 1);
}

#[test]
fn passive_and_silent_codes_make_no_notice() {
    let mut life = life();
    life.breaks(0, Ask::Nothing, at(0));
    let quiet = |text: &str| text.parse().unwrap();
    life.facts.connections[0].channels = Some(Channels {
        in_app: quiet("passive"),
        email: quiet("silent"),
        sms: quiet("silent"),
    });
    life.run(at(24 * 30));
    assert_eq!(life.kinds(), [""; 0]);
}

#[test]
fn a_change_and_a_refused_address_are_told_once() {
    let mut life = life();
    life.facts.connections[1].changes = true;
    life.facts.email_refused = Some(at(0));
    life.facts.open.remove(&Way::Email);
    life.run(at(24 * 30));
    assert_eq!(life.kinds(), ["changes", "refused"]);
    assert_eq!(life.sent.len(), 0);
}

#[test]
fn a_week_has_room_for_so_many_letters() {
    let mut life = life();
    for day in 0..14 {
        let index = usize::try_from(day % 3).unwrap();
        life.breaks(index, Ask::Fix, at(24 * day));
        life.run(at(24 * day + 20));
        life.repairs(index, at(24 * day + 20));
        life.run(at(24 * day + 23));
    }
    assert!(life.sent.len() > 6, "{:?}", life.sent);
    assert!(life.most_in_a_week() <= 6, "{:?}", life.sent);
}

/// Something that happens to one of three connections.
#[derive(Debug, Clone, Copy)]
enum Happens {
    Breaks(usize, Ask),
    Repairs(usize),
    Gone(usize),
    Joins(usize),
    Ends,
    Snoozes(usize, i64),
    Ask(usize, Ask),
}

fn ask() -> impl Strategy<Value = Ask> {
    prop_oneof![Just(Ask::Fix), Just(Ask::Elsewhere), Just(Ask::Nothing)]
}

fn happens() -> impl Strategy<Value = Happens> {
    let one = 0..3_usize;
    prop_oneof![
        3 => (one.clone(), ask()).prop_map(|(index, ask)| Happens::Breaks(index, ask)),
        3 => one.clone().prop_map(Happens::Repairs),
        1 => one.clone().prop_map(Happens::Gone),
        1 => one.clone().prop_map(Happens::Joins),
        1 => Just(Happens::Ends),
        1 => (one.clone(), 1..100_i64).prop_map(|(index, hours)| Happens::Snoozes(index, hours)),
        1 => (one, ask()).prop_map(|(index, ask)| Happens::Ask(index, ask)),
    ]
}

fn happen(life: &mut Life, what: Happens, now: DateTime<Utc>) {
    match what {
        Happens::Breaks(index, ask) => life.breaks(index, ask, now),
        Happens::Repairs(index) => life.repairs(index, now),
        Happens::Gone(index) => life.ends(index, End::Gone, now),
        Happens::Joins(index) => life.joins(index, 1, now),
        Happens::Ends => life.comes_back(1, now),
        Happens::Snoozes(index, hours) => {
            life.facts.connections[index].snoozed = Some(now + TimeDelta::hours(hours));
        }
        Happens::Ask(index, ask) => {
            let standing = &mut life.facts.connections[index];
            standing.ask = standing.ask.map(|_| ask);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Looking once or three times, and looking in between, tells the same.
    #[test]
    fn looking_more_often_tells_nothing_more(
        story in prop::collection::vec((0..40_i64, happens()), 1..25),
        more in prop::collection::vec(0..900_i64, 0..20),
    ) {
        let mut seldom = life();
        let mut often = life();
        let mut hour = 0;
        for (hours, what) in story {
            let before = hour;
            hour += hours;
            seldom.run(at(hour));
            let mut extras = more.clone();
            extras.retain(|extra| (before..hour).contains(extra));
            extras.sort_unstable();
            for extra in extras {
                often.run(at(extra));
                often.look(at(extra));
            }
            often.run(at(hour));
            happen(&mut seldom, what, at(hour));
            happen(&mut often, what, at(hour));
            seldom.look(at(hour));
            often.look(at(hour));
            often.look(at(hour));
        }
        seldom.run(at(hour + 500));
        often.run(at(hour + 500));
        prop_assert_eq!(seldom.kinds(), often.kinds());
        prop_assert_eq!(seldom.sent, often.sent);
    }

    #[test]
    fn nobody_is_asked_to_act_in_an_outage_or_after_the_repair_nor_told_too_often(
        story in prop::collection::vec((0..40_i64, happens()), 1..40),
    ) {
        let mut life = life();
        let mut hour = 0;
        for (hours, what) in story {
            hour += hours;
            life.run(at(hour));
            happen(&mut life, what, at(hour));
            life.look(at(hour));
        }
        life.run(at(hour + 500));
        prop_assert!(life.most_in_a_week() <= 6, "{:?}", life.sent);
        prop_assert_eq!(&life.wrongly_asked, &Vec::<Subject>::new());
        let mut keys: Vec<String> = life.facts.told.iter().map(|told| told.subject.key()).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), all);
    }
}
