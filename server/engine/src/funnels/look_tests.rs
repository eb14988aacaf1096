//! Known journeys, and every number of them as it is by hand.

use chrono::Duration;

use super::{Asked, Channel, Funnel, Funnels, Seen, Slice, Stop, Tongue};
use crate::{
    db_test,
    health::{day_of, testing::Town},
    identity::Role,
    store::testing::TestStore,
    time::Clock as _,
};

async fn look(town: &Town, funnel: Funnel, slice: Slice, days: i64) -> Seen {
    let viewer = town.person("vera", Role::Viewer).await.viewer().unwrap();
    let funnels = Funnels::new(town.store.clone(), town.clock.clone());
    let asked = Asked {
        funnel,
        slice,
        days,
    };
    funnels.look(&viewer, &asked).await.unwrap()
}

fn stops(seen: &Seen) -> Vec<(usize, Stop, i64)> {
    let mut all: Vec<_> = seen
        .stops
        .iter()
        .map(|it| (it.step, it.stop, it.n))
        .collect();
    all.sort_unstable();
    all
}

fn parts(seen: &Seen) -> Vec<(Slice, i64, i64)> {
    let goal = |steps: [i64; 6]| if steps[5] > 0 { steps[5] } else { steps[3] };
    seen.parts
        .iter()
        .map(|it| (it.slice, it.steps[0], goal(it.steps)))
        .collect()
}

db_test! { async fn visits_are_as_they_are_by_hand(db: &TestStore) {
    let town = Town::new(&db.store, 1);
    let began = day_of(town.clock.now());
    town.known_visits().await;
    let all = look(&town, Funnel::Connect, Slice::All, 30).await;
    assert_eq!(all.steps, [14, 12, 11, 7, 4, 0]);
    assert_eq!(stops(&all), [
        (0, Stop::NoLinkWebhook, 1), (0, Stop::NoLinkRefused, 1), (1, Stop::NotOpened, 1), (2, Stop::Silent, 1),
        (2, Stop::Left, 1), (2, Stop::TimedOut, 1), (2, Stop::Trouble(108), 1), (3, Stop::ChoiceWaiting, 2),
        (3, Stop::NothingKept, 1), (4, Stop::Through, 4),
    ]);
    assert_eq!(parts(&all), [
        (Slice::Language(Tongue::English), 12, 6), (Slice::Language(Tongue::Spanish), 2, 1),
        (Slice::Institution(1), 12, 6), (Slice::Institution(2), 2, 1),
    ]);
    // A Friday: two weeks have begun since.
    let week = all.weeks[10];
    assert_eq!((all.weeks.len(), week.monday, week.soon[0][0]), (13, began - 4, 14));
    let arrived: Vec<_> = week.soon.iter().map(|steps| steps[3]).collect();
    assert_eq!(arrived, [5, 6, 7, 7], "within a day, seven, thirty, ever");
    assert_eq!(week.open, [false, false, true]);
    assert_eq!(all.weeks[12].soon, [[0; 6]; 4]);
    let spanish = look(&town, Funnel::Connect, Slice::Language(Tongue::Spanish), 30).await;
    assert_eq!((spanish.steps, spanish.stops.len()), ([2, 1, 1, 1, 1, 0], 2));
    let before = look(&town, Funnel::Connect, Slice::All, 7).await;
    assert_eq!((before.steps, before.stops.len(), before.parts.len()), ([0; 6], 0, 0), "they began earlier");
    assert_eq!(town.checks.drift().await.unwrap().count, 0);
}}

db_test! { async fn breaks_are_as_they_are_by_hand(db: &TestStore) {
    let mut town = Town::new(&db.store, 2);
    town.known_breaks().await;
    let all = look(&town, Funnel::Repair, Slice::All, 7).await;
    assert_eq!(all.steps, [12, 11, 6, 5, 3, 2]);
    assert_eq!(stops(&all), [
        (0, Stop::NotTold, 1), (1, Stop::NotCome, 2), (1, Stop::HealedAlone, 1), (1, Stop::Gone, 1),
        (1, Stop::Marked, 1), (2, Stop::NotStarted, 1), (3, Stop::NotOpened, 1), (3, Stop::Left, 1),
        (4, Stop::NoProof, 1), (5, Stop::Through, 2),
    ]);
    let channel = Slice::Channel;
    assert_eq!(parts(&all), [
        (Slice::Code(103), 11, 2), (Slice::Code(185), 1, 0), (channel(Channel::App), 5, 0),
        (channel(Channel::Email), 4, 2), (channel(Channel::None), 2, 1), (channel(Channel::Sms), 1, 1),
        (Slice::Language(Tongue::English), 12, 2), (Slice::Institution(3), 12, 2),
    ]);
    let week = all.weeks[12].soon.map(|steps| steps[5]);
    let last = all.weeks[11].soon.map(|steps| steps[5]);
    assert_eq!((week, last), ([0; 4], [1, 2, 2, 2]), "one was proven after three days");
    let other = look(&town, Funnel::Repair, Slice::Code(102), 7).await;
    assert_eq!(other.steps, [0; 6], "Fix does not help it");
    assert_eq!(all.parts[7].name.as_deref(), Some("Bank 3"));
    assert_eq!(town.checks.drift().await.unwrap().count, 0);
}}

db_test! { async fn what_was_there_before_enters_as_it_was(db: &TestStore) {
    let mut town = Town::new(&db.store, 3);
    town.known_visits().await;
    town.known_breaks().await;
    let before = look(&town, Funnel::Repair, Slice::All, 30).await;
    let mut unit = town.store.write().await.unwrap();
    unit.forget_figures().await.unwrap();
    unit.save().await.unwrap();
    assert_eq!(look(&town, Funnel::Repair, Slice::All, 30).await.steps, [0; 6]);
    town.pass(Duration::hours(1));
    town.checks.enter().await.unwrap();
    let after = look(&town, Funnel::Repair, Slice::All, 30).await;
    assert_eq!((after.steps, after.stops), (before.steps, before.stops));
    // What somebody breaks is found, and mended.
    let mut unit = town.store.write().await.unwrap();
    unit.tally().add(crate::health::Key::Step {
        funnel: Funnel::Connect, slice: Slice::Institution(1), day: day_of(town.clock.now()), soon: 0,
    }, [3, 0, 0, 0, 0, 0]);
    unit.save().await.unwrap();
    assert_eq!(town.checks.check().await.unwrap().0.drifted, 1);
    town.checks.mend().await.unwrap();
    assert_eq!(town.checks.check().await.unwrap().0.drifted, 0);
}}
