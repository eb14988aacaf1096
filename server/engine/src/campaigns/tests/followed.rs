//! What follows a campaign's letters.

use super::*;

impl Fair {
    /// What the results say: bounced, came, started, finished, proven, healed, gone.
    async fn followed(&self, id: CampaignId) -> [i64; 7] {
        let found = self.campaigns.one(self.by.as_ref(), id).await.unwrap();
        let it = found.unwrap().2.followed;
        [
            it.bounced,
            it.came,
            it.started,
            it.finished,
            it.proven,
            it.healed,
            it.gone,
        ]
    }

    /// The connections that came to a step, two a page.
    async fn reached(&self, id: CampaignId, step: Step) -> BTreeSet<crate::ids::ConnectionId> {
        let (mut found, mut after) = (BTreeSet::new(), None);
        loop {
            let which = Which::Reached(step);
            let page = self
                .campaigns
                .targets(self.by.as_ref(), id, which, after, 2)
                .await;
            let page = page.unwrap();
            let Some(last) = page.last() else {
                return found;
            };
            after = Some((last.institution, last.connection));
            for one in page {
                assert!(found.insert(one.connection), "{one:?} twice");
            }
        }
    }

    /// The latest visit of a house is over, as Mastercard hints.
    async fn finished(&self, house: &House) {
        let now: chrono::DateTime<Utc> = self.town.clock.now();
        let before = crate::store::stories::Before {
            at: now + Duration::days(1),
            id: crate::ids::ConnectSessionId(Uuid::nil()),
        };
        let mut unit = self.town.store.write().await.unwrap();
        let visits = unit.visits_before(house.user.user(), &before, 1).await;
        let mut visits = visits.unwrap();
        visits[0].facts.finished = Some(now);
        unit.set_facts(&visits[0]).await.unwrap();
        unit.save().await.unwrap();
    }
}

db_test! { async fn what_people_do_after_the_letter_is_counted(db: &TestStore) {
    let mut fair = Fair::new(db, 31, 6_000).await;
    let houses = fair.broken(8, 5, 103).await;
    // One went to repair before any letter, in vain.
    fair.town.repairs(&houses[7]).await;
    let id = fair.sent(criteria()).await;
    fair.through(id).await;
    assert_eq!(fair.followed(id).await, [0; 7]);
    fair.town.pass(Duration::minutes(1));
    fair.notices.mark_seen(&houses[0].user).await.unwrap();
    fair.notices.bounced(houses[6].user.email().as_str()).await.unwrap();
    assert_eq!(fair.followed(id).await, [1, 1, 0, 0, 0, 0, 0]);
    let sent = fair.it(id).await.ended.unwrap();
    for (house, minutes) in houses[..5].iter().zip([9, 10, 10, 10, 61]) {
        fair.town.repairs(house).await;
        fair.town.pass(Duration::minutes(minutes));
        fair.town.read(&[(house, 0)]).await;
    }
    fair.town.read(&[(&houses[7], 0)]).await;
    assert_eq!(fair.followed(id).await, [1, 5, 5, 0, 5, 1, 0]);
    // Each number is that of its rows, page by page.
    fair.finished(&houses[1]).await;
    let mine = |which: &[usize]| -> BTreeSet<_> { which.iter().map(|at| houses[*at].connection).collect() };
    for (step, which) in [
        (Step::Bounced, mine(&[6])), (Step::Came, mine(&[0, 1, 2, 3, 4])), (Step::Started, mine(&[0, 1, 2, 3, 4])),
        (Step::Finished, mine(&[1])), (Step::Settled(Settled::Proven), mine(&[0, 1, 2, 3, 4])),
        (Step::Settled(Settled::Healed), mine(&[7])), (Step::Settled(Settled::Gone), mine(&[])),
    ] {
        assert_eq!(fair.reached(id, step).await, which, "{step:?}");
    }
    let results = fair.campaigns.one(fair.by.as_ref(), id).await.unwrap().unwrap().2;
    assert_eq!((results.total(), results.of(Fate::Sent)), (8, 8));
    let took = results.took.unwrap();
    let first = took.median - Duration::minutes(30);
    assert!(first < Duration::minutes(2), "{took:?} after {sent}");
    assert_eq!(took.p90 - took.median, Duration::minutes(10 + 61));
    // What breaks anew is no longer of this campaign.
    fair.town.read(&[(&houses[0], 103)]).await;
    fair.town.repairs(&houses[0]).await;
    fair.town.read(&[(&houses[0], 0)]).await;
    assert_eq!(fair.followed(id).await, [1, 5, 5, 1, 5, 1, 0]);
    let (listed, _) = fair.campaigns.list(fair.by.as_ref(), None).await.unwrap().unwrap();
    assert_eq!(listed[0].2, 5);
}}

db_test! { async fn a_visit_that_is_finished_counts_once_it_began_after_the_letter(db: &TestStore) {
    let mut fair = Fair::new(db, 32, 6_000).await;
    let houses = fair.broken(3, 5, 103).await;
    fair.town.repairs(&houses[0]).await;
    let id = fair.sent(criteria()).await;
    fair.through(id).await;
    fair.finished(&houses[0]).await;
    assert_eq!(fair.followed(id).await, [0; 7]);
    fair.town.pass(Duration::minutes(5));
    fair.town.repairs(&houses[1]).await;
    fair.town.pass(Duration::minutes(5));
    fair.finished(&houses[1]).await;
    assert_eq!(fair.followed(id).await, [0, 1, 1, 1, 0, 0, 0]);
    // One goes to repair, gives up, and it heals: another day's repair is another's.
    fair.town.repairs(&houses[2]).await;
    fair.town.pass(Duration::minutes(5));
    fair.town.read(&[(&houses[2], 0)]).await;
    fair.town.pass(Duration::days(3));
    fair.town.read(&[(&houses[2], 103)]).await;
    fair.town.repairs(&houses[2]).await;
    fair.finished(&houses[2]).await;
    assert_eq!(fair.followed(id).await, [0, 2, 2, 1, 1, 0, 0]);
    // Nor is a letter that left long ago what came back.
    fair.town.pass(Duration::days(5));
    fair.notices.bounced(houses[1].user.email().as_str()).await.unwrap();
    fair.notices.bounced(houses[0].user.email().as_str()).await.unwrap();
    assert_eq!(fair.followed(id).await, [0, 2, 2, 1, 1, 0, 0]);
    assert!(fair.campaigns.one(fair.by.as_ref(), id).await.unwrap().unwrap().2.took.is_none(), "too few");
}}

db_test! { async fn an_address_that_is_refused_ends_as_such(db: &TestStore) {
    let mut fair = Fair::new(db, 33, 6_000).await;
    fair.broken(3, 5, 103).await;
    let id = fair.sent(criteria()).await;
    fair.post.answers.lock().unwrap().extend([
        MailError::NoSuchAddress("no such mailbox".into()),
        MailError::Refused("spam".into()),
    ]);
    fair.through(id).await;
    let expected = BTreeMap::from([(Fate::Sent, 1), (Fate::Bounced, 1), (Fate::NotTaken, 1)]);
    assert_eq!(fair.fates(id).await, expected);
    assert_eq!(fair.followed(id).await, [0; 7]);
}}

db_test! { async fn however_many_campaigns_there_are_nobody_gets_more_than_the_weeks_share(db: &TestStore) {
    let mut fair = Fair::new(db, 37, 6_000).await;
    fair.broken(1, 5, 103).await;
    let anew = || Criteria { told_days: 0, ..criteria() };
    let share = usize::from(fair.notices.settings().weekly_cap);
    for _ in 1..share {
        let id = fair.sent(anew()).await;
        fair.through(id).await;
        assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Sent, 1)]));
        fair.town.pass(Duration::minutes(10));
    }
    // Counted while there was room for one more, and sent when there is none.
    let early = fair.make(anew()).await;
    let last = fair.sent(anew()).await;
    fair.through(last).await;
    fair.send(early).await.unwrap();
    fair.through(early).await;
    let full = BTreeMap::from([(Fate::LeftOut(LeftOut::Full), 1)]);
    assert_eq!((fair.fates(early).await, fair.letters().len()), (full, share));
    let next = fair.make(anew()).await;
    assert_eq!(fair.it(next).await.count.1.left_out, BTreeMap::from([(LeftOut::Full, 1)]));
    assert!(matches!(fair.send(next).await, Err(CampaignError::Nobody)));
    fair.town.pass(Duration::days(7));
    let id = fair.sent(anew()).await;
    fair.through(id).await;
    assert_eq!(fair.letters().len(), share + 1);
}}

db_test! { async fn who_was_told_is_by_the_letter_and_not_by_what_it_is_about(db: &TestStore) {
    let mut fair = Fair::new(db, 36, 6_000).await;
    let houses = fair.broken(2, 5, 103).await;
    let support: &crate::identity::Support = fair.by.as_ref();
    for (house, made, put) in [(&houses[0], 10, 2), (&houses[1], 2, 8)] {
        fair.notices.write_by_hand(support, &client(), house.connection).await.unwrap();
        let (user, now) = (house.user.user(), fair.town.clock.now());
        let mut unit = db.store.write().await.unwrap();
        for (sql, days) in [
            ("UPDATE notices SET made_at = $2 WHERE user_id = $1", made),
            ("UPDATE deliveries SET created_at = $2 WHERE user_id = $1", put),
        ] {
            crate::store::sql::run!(unit, sql, user, now - Duration::days(days)).unwrap();
        }
        unit.save().await.unwrap();
    }
    let id = fair.make(criteria()).await;
    let expected = BTreeMap::from([(Fate::Sent, 1), (Fate::LeftOut(LeftOut::Told), 1)]);
    assert_eq!(counted(&fair.it(id).await), expected);
    fair.send(id).await.unwrap();
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, expected);
}}
