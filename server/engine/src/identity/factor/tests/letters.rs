//! Letters about what changed.

use std::sync::Arc;

use super::{passkeys::Desk, *};
use crate::{
    identity::{
        Admin, Letters,
        testing::{Authenticator, ORIGIN},
        tests::Outbox,
    },
    jobs::{Worker, WorkerSettings},
    mail::About,
    random::SeededRandom,
    time::Clocks,
};

/// The letters on their way, in the order of what they tell.
async fn letters(db: &TestStore, town: &Town) -> Vec<About> {
    let (outbox, random) = (Arc::new(Outbox::default()), Arc::new(SeededRandom::new(6)));
    let letters = Letters::new(
        db.store.clone(),
        town.clock.clone(),
        random.clone(),
        outbox.clone(),
    );
    let clocks = Clocks::one(town.clock.clone());
    let worker = Worker::new(db.store.clone(), clocks, random, WorkerSettings::default());
    let worker = worker.handle::<SendLetter>(Arc::new(letters));
    worker.run_due().await.unwrap();
    let mut sent = std::mem::take(&mut *outbox.0.lock().unwrap());
    sent.sort_by_key(|letter| match &letter.about {
        About::FactorChanged { at, .. } => *at,
        _ => DateTime::UNIX_EPOCH,
    });
    sent.into_iter().map(|letter| letter.about).collect()
}

/// What changed, as these letters tell it; from where, if they do.
fn told(letters: &[About]) -> Vec<(FactorChange, bool)> {
    let changes = letters.iter().map(|about| match about {
        About::FactorChanged { change, place, .. } => (*change, place.is_some()),
        other => panic!("{other:?}"),
    });
    changes.collect()
}

db_test! { async fn a_letter_tells_of_each_change(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let admin: Admin = town.person("root@example.com", Role::Admin).await.admin().unwrap();
    let mut device = Authenticator::new(ORIGIN);
    let tick = || town.clock.advance(TimeDelta::seconds(1));
    let (desk, codes) = Desk::of(&town, "ada@example.com", Role::User).await.with("Phone", &mut device).await;
    let codes = codes.unwrap();
    let sent = letters(db, &town).await;
    let About::FactorChanged { at, place: Some(place), .. } = &sent[0] else { panic!("{sent:?}") };
    assert_eq!((*at, place.address), (town.clock.now(), client().address));
    assert_eq!(told(&sent), [(FactorChange::Added(FactorKind::Passkey), true)]);

    tick();
    town.identity.begin_factor(&desk.person).await.unwrap();
    let app = town.identity.pending_factor(&desk.person).await.unwrap().unwrap();
    let done = town.identity.finish_factor(&desk.person, &app.shown_at(town.clock.now()), &client()).await.unwrap();
    let desk = Desk::after(&town, done.mark).await;
    assert_eq!(told(&letters(db, &town).await), [(FactorChange::Added(FactorKind::Totp), true)]);
    let renew = async |code: &str| {
        town.identity.new_recovery_codes(&desk.person, Showing::Code(code), &client()).await
    };
    let old = renew(&codes[0]).await;
    assert!(matches!(old, Err(FactorError::Wrong)), "those of the app took their place");
    assert_eq!(told(&letters(db, &town).await), [], "nothing has changed");

    later(&town);
    let codes = renew(&app.shown_at(town.clock.now())).await.unwrap();
    assert_eq!(told(&letters(db, &town).await), [(FactorChange::CodesMade, true)]);
    tick();
    let owed = factor_owed(&town, desk.person.email()).await;
    town.identity.show_factor(&owed, Showing::Code(&codes[0]), &client()).await.unwrap();
    assert_eq!(told(&letters(db, &town).await), [(FactorChange::CodeUsed { left: 9 }, true)]);

    later(&town);
    let code = app.shown_at(town.clock.now());
    let mark = town.identity.remove_factor(&desk.person, Showing::Code(&code), &client()).await.unwrap();
    let desk = Desk::after(&town, mark).await;
    assert_eq!(told(&letters(db, &town).await), [(FactorChange::Removed(FactorKind::Totp), true)]);
    tick();
    assert!(town.identity.reset_factors(&admin, desk.person.user(), &client()).await.unwrap());
    assert!(town.at(&desk.key).await.is_none());
    assert_eq!(told(&letters(db, &town).await), [(FactorChange::Reset, false)]);
    let entered = town.identity.sign_in(desk.person.email(), &PASSWORD.into(), &client()).await.unwrap();
    assert!(matches!(entered, Entered::In(_)), "passkeys went, too");
}}
