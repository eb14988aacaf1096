//! Processes die, admins stop, targets vanish: the account is exact.

use super::*;
use crate::store::sql::run;

/// What deletes a user with all that is theirs, in this order.
const DELETE: [&str; 10] = [
    "DELETE FROM delivered_notices WHERE delivery_id IN (SELECT id FROM deliveries WHERE user_id = $1)",
    "DELETE FROM deliveries WHERE user_id = $1",
    "DELETE FROM notices WHERE user_id = $1",
    "DELETE FROM breaks WHERE connection_id IN (SELECT id FROM connections WHERE user_id = $1)",
    "DELETE FROM standing_intervals WHERE connection_id IN (SELECT id FROM connections WHERE user_id = $1)",
    "DELETE FROM connection_history WHERE connection_id IN (SELECT id FROM connections WHERE user_id = $1)",
    "DELETE FROM accounts WHERE connection_id IN (SELECT id FROM connections WHERE user_id = $1)",
    "DELETE FROM connect_sessions WHERE user_id = $1",
    "DELETE FROM connections WHERE user_id = $1",
    "DELETE FROM customers WHERE user_id = $1",
];

impl Fair {
    async fn delete(&self, house: &House) {
        let (mut unit, user) = (self.town.store.write().await.unwrap(), house.user.user());
        for sql in DELETE {
            run!(unit, sql, user).unwrap();
        }
        run!(unit, "DELETE FROM users WHERE id = $1", user).unwrap();
        unit.save().await.unwrap();
    }

    async fn disable(&self, house: &House) {
        let mut unit = self.town.store.write().await.unwrap();
        let now = Some(self.town.clock.now());
        unit.set_disabled(house.user.user(), now).await.unwrap();
        unit.save().await.unwrap();
    }

    /// Its person sends the account away.
    async fn disconnect(&self, house: &House) {
        let now = self.town.clock.now();
        let mut unit = self.town.store.write().await.unwrap();
        let choice = crate::store::accounts::Choice::Removed;
        unit.choose(house.account, choice, now).await.unwrap();
        unit.save().await.unwrap();
    }
}

db_test! { async fn targets_that_vanish_while_it_runs_end_with_a_reason(db: &TestStore) {
    let mut fair = Fair::new(db, 11, 6_000).await;
    let houses = fair.broken(9, 5, 103).await;
    let id = fair.sent(criteria()).await;
    fair.campaigns.step(id).await.unwrap();
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Waiting, 9)]), "they are taken");
    fair.town.read(&[(&houses[0], 0)]).await;
    fair.disable(&houses[1]).await;
    fair.delete(&houses[2]).await;
    fair.disconnect(&houses[3]).await;
    fair.town.read(&[(&houses[4], 168)]).await;
    fair.notices.snooze(&houses[5].user, houses[5].connection, SnoozeFor::Day).await.unwrap();
    let support: &crate::identity::Support = fair.by.as_ref();
    fair.town.marks.mark(support, &client(), houses[6].connection, Mark::Mute, Some("Known.")).await.unwrap();
    // This one breaks anew: that is another break.
    fair.town.read(&[(&houses[7], 0)]).await;
    fair.town.read(&[(&houses[7], 103)]).await;
    fair.through(id).await;
    let left = |why, n| (Fate::LeftOut(why), n);
    assert_eq!(fair.fates(id).await, BTreeMap::from([
        (Fate::Sent, 1), left(LeftOut::Healed, 2), left(LeftOut::NoAccess, 2), left(LeftOut::Gone, 1),
        left(LeftOut::OtherCause, 1), left(LeftOut::Snoozed, 1), left(LeftOut::Marked, 1),
    ]));
    let targets = fair.campaigns.targets(fair.by.as_ref(), id, Which::All, None, 50).await.unwrap();
    let gone = targets.iter().find(|one| one.connection == houses[2].connection).unwrap();
    assert_eq!((gone.fate, &gone.customer), (Fate::LeftOut(LeftOut::NoAccess), &None));
    let some = fair.campaigns.targets(fair.by.as_ref(), id, Which::Fate(Fate::Sent), None, 50).await.unwrap();
    assert_eq!(some.iter().map(|one| one.connection).collect::<Vec<_>>(), [houses[8].connection]);
}}

db_test! { async fn what_vanishes_with_its_letter_on_the_way_ends_too(db: &TestStore) {
    let mut fair = Fair::new(db, 12, 6_000).await;
    let houses = fair.broken(5, 5, 103).await;
    let id = fair.sent(criteria()).await;
    fair.worker().run_due().await.unwrap();
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::OnItsWay, 5)]));
    fair.town.read(&[(&houses[0], 0)]).await;
    fair.delete(&houses[1]).await;
    fair.disable(&houses[2]).await;
    fair.notices.bounced(houses[3].user.email().as_str()).await.unwrap();
    fair.through(id).await;
    let left = |why, n| (Fate::LeftOut(why), n);
    assert_eq!(fair.fates(id).await, BTreeMap::from([
        (Fate::Sent, 1), (Fate::NotTaken, 1), left(LeftOut::Healed, 1), left(LeftOut::NoAccess, 1), left(LeftOut::Refused, 1),
    ]));
    assert_eq!(fair.letters().len(), 1);
}}

db_test! { async fn a_process_that_dies_sends_nothing_twice(db: &TestStore) {
    let mut fair = Fair::new(db, 13, 6_000).await;
    fair.broken(6, 5, 103).await;
    let id = fair.sent(criteria()).await;
    // It dies after two letters were queued, and one was taken without an answer.
    for _ in 0..3 {
        fair.campaigns.step(id).await.unwrap();
    }
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Waiting, 4), (Fate::OnItsWay, 2)]));
    fair.post.answers.lock().unwrap().push_back(MailError::Later("the line is dead".into()));
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Sent, 6)]));
    let letters = fair.letters();
    let ids: BTreeSet<_> = letters.iter().map(|(id, _)| *id).collect();
    let people: BTreeSet<_> = letters.iter().map(|(_, to)| to).collect();
    assert_eq!((letters.len(), ids.len(), people.len()), (7, 6, 6), "one of them again, under its own id");
    // A job that comes once more finds nothing to do.
    assert_eq!(fair.campaigns.step(id).await.unwrap(), crate::campaigns::run::Next::Over);
    let letter = fair.post.taken.lock().unwrap()[0].1.clone();
    let About::Notices { lines, unsubscribe } = letter.about else { panic!("{letter:?}") };
    assert!(matches!(lines[0].news, News::Broke { ask: notify::Ask::Fix, .. }));
    assert!(fair.notices.check_unsubscribe(&unsubscribe).await.unwrap().is_some(), "it can be stopped");
}}

db_test! { async fn a_stop_is_final_for_what_was_not_sent(db: &TestStore) {
    let mut fair = Fair::new(db, 14, 12).await;
    fair.broken(7, 5, 103).await;
    let id = fair.sent(criteria()).await;
    fair.posting().run_due().await.unwrap();
    fair.town.pass(Duration::seconds(10));
    // Two more are written, and lie there when it is stopped.
    fair.worker().run_due().await.unwrap();
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Sent, 2), (Fate::OnItsWay, 2), (Fate::Waiting, 3)]));
    fair.campaigns.stop(&fair.by, &client(), id).await.unwrap();
    let again = fair.campaigns.stop(&fair.by, &client(), id).await;
    assert!(matches!(again, Err(CampaignError::Over)));
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Sent, 2), (Fate::Stopped, 5)]));
    assert_eq!((fair.letters().len(), fair.it(id).await.state), (2, State::Stopped));
    fair.town.pass(Duration::days(10));
    fair.posting().handle::<notify::Consider>(Arc::new(fair.notices.clone())).run_due().await.unwrap();
    let taken = fair.post.taken.lock().unwrap();
    let of = taken.iter().filter(|(_, letter)| matches!(&letter.about, About::Notices { lines, .. }
        if lines.iter().any(|line| matches!(line.news, News::Broke { stage: notify::Stage::Campaign { .. }, .. }))));
    assert_eq!(of.count(), 2, "nothing of it goes out another way");
}}

db_test! { async fn a_letter_whose_job_is_gone_is_given_up(db: &TestStore) {
    let mut fair = Fair::new(db, 15, 60).await;
    fair.broken(1, 5, 103).await;
    let id = fair.sent(criteria()).await;
    fair.worker().run_due().await.unwrap();
    let mut unit = db.store.write().await.unwrap();
    run!(unit, "DELETE FROM jobs WHERE kind = 'notify.deliver'").unwrap();
    unit.save().await.unwrap();
    fair.town.pass(Duration::days(4));
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::NotTaken, 1)]));
}}

db_test! { async fn more_than_one_piece_is_counted_taken_and_stopped(db: &TestStore) {
    let mut fair = Fair::new(db, 16, 6).await;
    let houses = fair.broken(1, 5, 103).await;
    let mut unit = db.store.write().await.unwrap();
    for number in 1..=1_500_u32 {
        let (more, login) = (Uuid::from_u128(number.into()), format!("more {number}"));
        for sql in MORE {
            run!(unit, sql, more, houses[0].connection, &login).unwrap();
        }
    }
    unit.save().await.unwrap();
    let id = fair.make(criteria()).await;
    assert_eq!((fair.it(id).await.count.1.done, fair.it(id).await.count.1.total()), (false, 1_000));
    assert!(matches!(fair.send(id).await, Err(CampaignError::NotCounted)));
    fair.worker().run_due().await.unwrap();
    assert_eq!((fair.it(id).await.count.1.done, fair.it(id).await.count.1.total()), (true, 1_501));
    fair.send(id).await.unwrap();
    for taken in [1_000, 1_501] {
        fair.campaigns.step(id).await.unwrap();
        assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Waiting, taken)]));
    }
    fair.campaigns.stop(&fair.by, &client(), id).await.unwrap();
    fair.campaigns.step(id).await.unwrap();
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Waiting, 501), (Fate::Stopped, 1_000)]));
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Stopped, 1_501)]));
}}

/// One more connection like another, broken as it is: `$1` is its id.
const MORE: [&str; 3] = [
    "INSERT INTO connections (id, user_id, customer_id, institution_login_id, institution_id, institution_name, connected_at)
    SELECT $1, user_id, customer_id, $3, institution_id, institution_name, connected_at FROM connections WHERE id = $2",
    "INSERT INTO breaks (id, connection_id, code, failed_at, opened_at, institution_id)
    SELECT $1, $1, code, failed_at, opened_at, institution_id FROM breaks WHERE connection_id = $2 AND $3 <> ''",
    "INSERT INTO standing_intervals (connection_id, from_at, institution_id, standing, code)
    SELECT $1, from_at, institution_id, standing, code FROM standing_intervals
    WHERE connection_id = $2 AND standing = 'broken' AND $3 <> ''",
];

/// Whatever happens in whatever order, each target has exactly one fate.
async fn a_life(fair: &mut Fair) {
    let houses = fair.broken(8, 5, 103).await;
    let id = fair
        .sent(Criteria {
            told_days: 0,
            ..criteria()
        })
        .await;
    fair.campaigns.step(id).await.unwrap();
    let all: i64 = fair.fates(id).await.values().sum();
    assert!(all >= 8);
    let (mut bytes, mut stopped) = ([0_u8; 60], false);
    fair.random.fill(&mut bytes);
    for pair in bytes.chunks(2) {
        let house = &houses[usize::from(pair[1]) % houses.len()];
        match pair[0] % 12 {
            0 => fair.town.read(&[(house, 0)]).await,
            1 => fair.town.read(&[(house, 168)]).await,
            2 => fair.disable(house).await,
            3 => fair.disconnect(house).await,
            4 => fair
                .notices
                .bounced(house.user.email().as_str())
                .await
                .unwrap(),
            5 => fair.town.repairs(house).await,
            6 if !stopped && pair[1] % 3 == 0 => {
                let done = fair.campaigns.stop(&fair.by, &client(), id).await;
                stopped = done.is_ok();
            }
            7 => {
                let answer = MailError::Refused("spam".into());
                fair.post.answers.lock().unwrap().push_back(answer);
            }
            8 => assert!(fair.posting().run_due().await.is_ok()),
            9 => assert!(fair.worker().run_due().await.is_ok()),
            10 => {
                fair.town.pass(Duration::seconds(11));
            }
            _ => assert!(fair.campaigns.step(id).await.is_ok()),
        }
        assert_eq!(fair.fates(id).await.values().sum::<i64>(), all, "{pair:?}");
    }
    fair.through(id).await;
    let fates = fair.fates(id).await;
    assert_eq!(fates.values().sum::<i64>(), all);
    let open = [Fate::Waiting, Fate::OnItsWay];
    assert!(
        open.iter().all(|fate| !fates.contains_key(fate)),
        "{fates:?}"
    );
    let sent = fates.get(&Fate::Sent).copied().unwrap_or_default();
    let failed = fates.get(&Fate::NotTaken).copied().unwrap_or_default();
    let letters = std::mem::take(&mut *fair.post.taken.lock().unwrap());
    assert_eq!(
        i64::try_from(letters.len()).unwrap(),
        sent + failed,
        "{fates:?}"
    );
    fair.post.answers.lock().unwrap().clear();
}

db_test! { async fn the_sum_of_all_ends_is_the_number_of_targets(db: &TestStore) {
    for seed in 0..6 {
        let mut fair = Fair::new(db, 100 + seed, 12).await;
        a_life(&mut fair).await;
    }
}}
