//! The rules, one fact after the other.

use chrono::{DateTime, Utc};
use relink_mastercard::AggregationStatusCode as Code;
use rstest::rstest;

use super::*;
use crate::{
    connect::session::{Facts, Hint, LinkRefused},
    connections::End,
    health::{Key, Tally, day_of},
    repair::Proof,
};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + 60 * minutes, 0).unwrap()
}

/// A visit whose link was made, and what was learned minute by minute.
fn learned(hints: &[Hint]) -> Facts {
    let mut facts = Facts {
        link_made: Some(at(0)),
        ..Facts::default()
    };
    for (minute, hint) in (1..).zip(hints) {
        facts.learn(hint, at(minute));
    }
    facts
}

fn visit(facts: &Facts) -> (usize, Stop) {
    let journey = connecting(facts, 5, Tongue::English, at(0));
    (journey.step(), journey.stop)
}

#[rstest]
#[case::not_opened(&[], 1, Stop::NotOpened)]
#[case::asked_only(&[Hint::Asked], 1, Stop::NotOpened)]
#[case::silent(&[Hint::Opened, Hint::Adding], 2, Stop::Silent)]
#[case::came_back(&[Hint::Returned], 2, Stop::NothingArrived)]
#[case::done(&[Hint::Opened, Hint::Finished], 2, Stop::NothingArrived)]
#[case::added(&[Hint::Added], 2, Stop::NothingArrived)]
#[case::left(&[Hint::Opened, Hint::Returned, Hint::Left], 2, Stop::Left)]
#[case::idle(&[Hint::TimedOut, Hint::Returned], 2, Stop::TimedOut)]
#[case::refused(&[Hint::SignInRefused, Hint::Returned], 2, Stop::SignInRefused)]
#[case::trouble(&[Hint::Trouble(Some(108)), Hint::Returned, Hint::Left], 2, Stop::Trouble(108))]
#[case::error(&[Hint::Opened, Hint::Trouble(None)], 2, Stop::Trouble(0))]
#[case::left_after_an_error(&[Hint::Trouble(None), Hint::Left], 2, Stop::Left)]
fn a_visit_that_brings_nothing(#[case] hints: &[Hint], #[case] step: usize, #[case] stop: Stop) {
    assert_eq!(visit(&learned(hints)), (step, stop));
}

#[rstest]
#[case(LinkRefused::Webhook, Stop::NoLinkWebhook)]
#[case(LinkRefused::Unreachable, Stop::NoLinkUnreachable)]
#[case(LinkRefused::Refused, Stop::NoLinkRefused)]
fn a_visit_without_a_link(#[case] why: LinkRefused, #[case] stop: Stop) {
    let facts = Facts {
        link_refused: Some(why),
        ..Facts::default()
    };
    assert_eq!(visit(&facts), (0, stop));
    assert_eq!(visit(&Facts::default()), (0, Stop::NotStarted));
}

#[test]
fn a_visit_that_brings_accounts() {
    let mut facts = learned(&[Hint::Left]);
    facts.read(at(9), vec!["7".parse().unwrap()], true);
    assert_eq!(
        visit(&facts),
        (3, Stop::ChoiceWaiting),
        "a reading beats a hint"
    );
    facts.choose(at(10), false);
    assert_eq!(visit(&facts), (3, Stop::NothingKept));
    facts.choose(at(11), true);
    assert_eq!(visit(&facts), (4, Stop::Through));
    let again = Facts {
        already_here: true,
        ..learned(&[Hint::Added])
    };
    assert_eq!(visit(&again), (2, Stop::NothingNew));
}

fn tried(facts: &Facts) -> Option<Tried> {
    connecting(facts, 5, Tongue::English, at(0)).tried
}

#[rstest]
#[case::not_opened(&[], None)]
#[case::asked_only(&[Hint::Asked], None)]
#[case::still_there(&[Hint::Opened, Hint::Adding], None)]
#[case::refused_and_still_there(&[Hint::Opened, Hint::SignInRefused], None)]
#[case::trouble_and_still_there(&[Hint::Opened, Hint::Trouble(Some(108))], None)]
#[case::came_back(&[Hint::Returned], Some(Tried::InVain))]
#[case::trouble(&[Hint::Trouble(Some(108)), Hint::Returned], Some(Tried::InVain))]
#[case::refused(&[Hint::SignInRefused, Hint::Returned], Some(Tried::InVain))]
#[case::left(&[Hint::Opened, Hint::Left], Some(Tried::InVain))]
#[case::idle(&[Hint::TimedOut], Some(Tried::InVain))]
#[case::done(&[Hint::Finished], Some(Tried::InVain))]
#[case::added(&[Hint::Added], Some(Tried::InVain))]
fn a_try_is_one_that_is_over(#[case] hints: &[Hint], #[case] expected: Option<Tried>) {
    assert_eq!(tried(&learned(hints)), expected);
}

#[test]
fn a_silent_visit_is_over_once_it_was_read_after_its_time() {
    // It was opened in minute 1, and lives for an hour and a quarter.
    let silent = |read| {
        let mut facts = learned(&[Hint::Opened]);
        facts.read(at(read), Vec::new(), false);
        tried(&facts)
    };
    assert_eq!((silent(75), silent(76)), (None, Some(Tried::InVain)));
    let mut unopened = learned(&[]);
    unopened.read(at(24 * 60), Vec::new(), false);
    assert_eq!(tried(&unopened), None, "nobody was there");
}

#[test]
fn a_try_that_brings_accounts() {
    let account = || vec!["7".parse().unwrap()];
    let mut facts = learned(&[Hint::Opened]);
    facts.read(at(9), account(), false);
    assert_eq!(tried(&facts), Some(Tried::Connected));
    facts.read(at(10), account(), true);
    assert_eq!(tried(&facts), Some(Tried::Settled));
    let mut again = Facts {
        already_here: true,
        ..learned(&[Hint::Added])
    };
    assert_eq!(tried(&again), None, "nothing was left to connect");
    again.read(at(9), account(), true);
    assert_eq!(tried(&again), Some(Tried::Settled));
}

/// A break at minute 0.
fn broken() -> Broken {
    Broken {
        place: 5,
        code: Code::new(103),
        counts: true,
        tongue: Tongue::Spanish,
        opened: at(0),
        told: None,
        mailed: None,
        texted: None,
        came: None,
        marked: None,
        ended: None,
        visits: Vec::new(),
    }
}

/// A visit to repair it, asked for in minute 0 of its hints.
fn repairing(hints: &[Hint]) -> Repairing {
    Repairing {
        created: at(0),
        facts: Facts {
            repair: Some(Proof::of(Code::new(103))),
            ..learned(hints)
        },
    }
}

fn stands(broken: &Broken) -> (usize, Stop) {
    let journey = broken.journey().unwrap();
    (journey.step(), journey.stop)
}

#[test]
fn a_break_that_nobody_goes_to_repair() {
    let mut it = broken();
    assert_eq!(stands(&it), (0, Stop::NotTold));
    it.told = Some(at(1));
    assert_eq!(stands(&it), (1, Stop::NotCome));
    it.came = Some(at(2));
    assert_eq!(stands(&it), (2, Stop::NotStarted));
    for (end, stop) in [(End::Repaired, Stop::HealedAlone), (End::Gone, Stop::Gone)] {
        it.ended = Some((at(3), end));
        assert_eq!(stands(&it), (2, stop));
    }
    it.counts = false;
    assert_eq!(it.journey(), None);
}

#[test]
fn who_comes_unasked_knew() {
    let it = Broken {
        came: Some(at(2)),
        ..broken()
    };
    let journey = it.journey().unwrap();
    assert_eq!(
        (journey.step(), journey.repair),
        (2, Some((103, Channel::None)))
    );
}

#[rstest]
#[case::not_opened(&[], 3, Stop::NotOpened, false)]
#[case::silent(&[Hint::Opened], 3, Stop::Silent, true)]
#[case::left(&[Hint::Opened, Hint::Left, Hint::Returned], 3, Stop::Left, false)]
#[case::left_at_the_end(&[Hint::Finished, Hint::Left], 3, Stop::Left, false)]
#[case::idle(&[Hint::TimedOut], 3, Stop::TimedOut, false)]
#[case::refused(&[Hint::SignInRefused], 3, Stop::SignInRefused, false)]
#[case::trouble(&[Hint::Trouble(Some(108))], 3, Stop::Trouble(108), false)]
#[case::error(&[Hint::Trouble(None)], 3, Stop::Trouble(0), false)]
#[case::nothing(&[Hint::NothingToRepair, Hint::Returned], 3, Stop::NothingToRepair, false)]
#[case::others(&[Hint::Trouble(Some(946))], 3, Stop::OtherAccounts, false)]
#[case::done(&[Hint::Finished], 4, Stop::NoProof, true)]
#[case::added(&[Hint::Added], 4, Stop::NoProof, true)]
#[case::added_after_all(&[Hint::SignInRefused, Hint::Added], 4, Stop::NoProof, true)]
fn a_repair(
    #[case] hints: &[Hint],
    #[case] step: usize,
    #[case] stop: Stop,
    #[case] may_be_proven: bool,
) {
    let mut it = broken();
    it.visits.push(repairing(hints));
    assert_eq!(stands(&it), (step, stop));
    it.ended = Some((at(60), End::Repaired));
    let healed = (step, Stop::HealedAlone);
    assert_eq!(
        stands(&it),
        if may_be_proven {
            (5, Stop::Through)
        } else {
            healed
        }
    );
    // Who came to Data Connect after it worked again repaired nothing.
    let by_then = it.visits[0].created;
    it.ended = Some((by_then, End::Repaired));
    assert_eq!(stands(&it), healed);
    it.ended = Some((at(60), End::Gone));
    assert_eq!(stands(&it), (step, Stop::Gone));
}

#[rstest]
#[case(LinkRefused::Webhook, Stop::NoLinkWebhook)]
#[case(LinkRefused::Unreachable, Stop::NoLinkUnreachable)]
#[case(LinkRefused::Refused, Stop::NoLinkRefused)]
fn a_repair_without_a_link(#[case] why: LinkRefused, #[case] stop: Stop) {
    let mut refused = repairing(&[]);
    refused.facts.link_made = None;
    let mut it = broken();
    it.visits.push(refused.clone());
    assert_eq!(stands(&it), (2, Stop::NotStarted), "they asked for it");
    it.visits[0].facts.link_refused = Some(why);
    assert_eq!(stands(&it), (2, stop));
    it.visits.push(repairing(&[Hint::Left]));
    assert_eq!(stands(&it), (3, Stop::Left), "the one that came furthest");
    it.visits.push(repairing(&[Hint::TimedOut]));
    assert_eq!(stands(&it), (3, Stop::TimedOut), "of those the latest");
}

#[test]
fn other_accounts_are_said_even_of_who_finished() {
    let mut it = broken();
    let mut visit = repairing(&[Hint::Added]);
    visit.facts.repair.as_mut().unwrap().others_came = true;
    it.visits.push(visit);
    assert_eq!(stands(&it), (4, Stop::OtherAccounts));
    it.ended = Some((at(60), End::Repaired));
    assert_eq!(stands(&it), (5, Stop::Through));
}

#[test]
fn what_happens_after_a_mark_is_not_counted() {
    let mut it = Broken {
        told: Some(at(1)),
        marked: Some(at(2)),
        came: Some(at(3)),
        texted: Some(at(3)),
        ..broken()
    };
    it.visits
        .push(repairing(&[Hint::Asked, Hint::Asked, Hint::Added]));
    it.visits[0].facts.link_made = Some(at(3));
    it.visits[0].created = at(3);
    it.ended = Some((at(60), End::Repaired));
    let journey = it.journey().unwrap();
    assert_eq!((journey.step(), journey.stop), (1, Stop::Marked));
    assert_eq!(journey.repair, Some((103, Channel::App)));
}

#[rstest]
#[case::untold(None, None, None, Channel::None)]
#[case::app(Some(1), None, None, Channel::App)]
#[case::letter(Some(1), Some(2), None, Channel::Email)]
#[case::text(Some(1), Some(2), Some(3), Channel::Sms)]
#[case::too_late(Some(1), Some(11), Some(12), Channel::App)]
fn the_way_they_were_told_before_they_went(
    #[case] told: Option<i64>,
    #[case] mailed: Option<i64>,
    #[case] texted: Option<i64>,
    #[case] channel: Channel,
) {
    let mut visit = repairing(&[]);
    visit.facts.link_made = Some(at(10));
    let it = Broken {
        told: told.map(at),
        mailed: mailed.map(at),
        texted: texted.map(at),
        visits: vec![visit],
        ..broken()
    };
    assert_eq!(it.journey().unwrap().repair, Some((103, channel)));
}

#[test]
fn a_journey_is_counted_in_every_slice_and_taken_out_again() {
    let mut it = broken();
    it.told = Some(at(24 * 60));
    it.visits.push(repairing(&[]));
    it.visits[0].created = at(3 * 24 * 60);
    it.visits[0].facts.link_made = Some(at(40 * 24 * 60));
    let journey = it.journey().unwrap();
    let mut tally = Tally::default();
    journey.count(&mut tally, 1);
    let slices = [
        Slice::All,
        Slice::Institution(5),
        Slice::Code(103),
        Slice::Channel(Channel::App),
        Slice::Language(Tongue::Spanish),
    ];
    let (funnel, day) = (Funnel::Repair, day_of(at(0)));
    for slice in slices {
        let soon = |soon| Key::Step {
            funnel,
            slice,
            day,
            soon,
        };
        let stop = Key::Stop {
            funnel,
            slice,
            day,
            step: 3,
            stop: Stop::NotOpened,
        };
        for (key, sums) in [
            (soon(0), [1, 1, 0, 0, 0, 0, 0, 0]),
            (soon(1), [0, 0, 1, 0, 0, 0, 0, 0]),
            (soon(3), [0, 0, 0, 1, 0, 0, 0, 0]),
            (stop, [1, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            assert!(tally.rows().any(|row| row == (&key, &sums)), "{key:?}");
        }
    }
    assert_eq!(tally.rows().count(), slices.len() * 4);
    journey.count(&mut tally, -1);
    assert_eq!(tally.rows().count(), 0);
}

#[test]
fn names_are_read_as_they_are_written() {
    for stop in Stop::ALL.into_iter().chain([Stop::Trouble(108)]) {
        let (name, code) = stop.parts();
        assert_eq!(Stop::read(name, code), Some(stop));
    }
    for slice in [Slice::All, Slice::Institution(7), Slice::Code(103)]
        .into_iter()
        .chain(Channel::ALL.map(Slice::Channel))
        .chain(Tongue::ALL.map(Slice::Language))
    {
        let (name, value) = slice.parts();
        assert_eq!(Slice::read(name, value), Some(slice));
    }
    assert_eq!(Slice::read("channel", 9), None);
    assert_eq!(
        (Tongue::of("es-MX"), Tongue::of("")),
        (Tongue::Spanish, Tongue::Other)
    );
}
