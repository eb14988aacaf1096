//! A known journey, and every line of it.

use std::sync::Arc;

use chrono::Duration;

use super::{Cursor, Kind, Line, PAGE, Stories, What};
use crate::{
    audit::Audit,
    db_test,
    health::{
        Mark,
        testing::{House, Town},
    },
    identity::{Role, Support, testing::client},
    ids::UserId,
    random::SeededRandom,
    store::testing::TestStore,
    time::Clock as _,
};

fn stories(town: &Town) -> Stories {
    let random = Arc::new(SeededRandom::new(77));
    let audit = Audit::new(town.store.clone(), town.clock.clone(), random);
    Stories::new(town.store.clone(), town.clock.clone(), audit)
}

async fn support(town: &Town) -> Support {
    town.person("sam", Role::Support).await.support().unwrap()
}

fn by_user(by: &Support) -> UserId {
    let signed_in: &crate::identity::SignedIn = by.as_ref();
    signed_in.user()
}

/// Ada's connection is read, breaks, changes its cause, is marked and repaired.
async fn journey(town: &mut Town, by: &Support) -> House {
    let ada = town.user("ada").await;
    let house = town.connect(&ada, 5).await;
    for (hours, code) in [(1, 0), (1, 103), (1, 102)] {
        town.pass(Duration::hours(hours));
        town.read(&[(&house, code)]).await;
    }
    town.pass(Duration::hours(1));
    let client = client();
    let marked = town
        .marks
        .mark(by, &client, house.connection, Mark::Test, Some("Ours."));
    marked.await.unwrap();
    town.pass(Duration::hours(1));
    town.repairs(&house).await;
    town.pass(Duration::hours(1));
    town.read(&[(&house, 0)]).await;
    house
}

/// What a line says, in a word.
fn word(line: &Line) -> String {
    match &line.what {
        What::Act(entry) => entry.kind.as_str().to_owned(),
        What::Delivery(_) => "delivery".to_owned(),
        What::Notice(_) => "notice".to_owned(),
        What::Break(told) | What::Change(told) => {
            let change = serde_json::to_value(&told.entry.change).unwrap();
            change["kind"].as_str().unwrap().to_owned()
        }
        What::Event(heard) => heard.event.body.kind.to_string(),
        What::Visit(visit) if visit.repairs.is_some() => "repairs".to_owned(),
        What::Visit(_) => "connects".to_owned(),
    }
}

async fn told(
    town: &Town,
    by: &Support,
    user: UserId,
    kind: Option<Kind>,
    before: Option<&Cursor>,
) -> Vec<Line> {
    let (stories, client) = (stories(town), client());
    let story = stories.story(by, &client, user, kind, before).await;
    story.unwrap().unwrap().lines
}

fn words(lines: &[Line]) -> Vec<String> {
    lines.iter().map(word).collect()
}

db_test! { async fn every_line_of_a_journey_is_there_the_latest_first(db: &TestStore) {
    let mut town = Town::new(&db.store, 11);
    let by = support(&town).await;
    let house = journey(&mut town, &by).await;
    let other = town.user("eve").await;
    let others = town.connect(&other, 5).await;
    town.read(&[(&others, 103)]).await;
    let user = house.user.user();
    let all = told(&town, &by, user, None, None).await;
    assert_eq!(words(&all), ["repaired", "repairs", "marked", "cause_changed", "broke", "connects"]);
    let What::Break(repaired) = &all[0].what else { panic!("{:?}", all[0]) };
    assert_eq!(repaired.entry.at - repaired.broken_since.unwrap(), Duration::hours(4));
    let seen = |line: &Line| match &line.what {
        What::Break(told) => told.failed.map(|failed| (failed, told.last_good)),
        _ => None,
    };
    let broke = all[4].at.at;
    let shown: Vec<_> = all.iter().map(seen).collect();
    let last_good = Some(broke - Duration::hours(1));
    assert_eq!(shown, [None, None, None, None, Some((broke, last_good)), None]);
    // From any line on, what follows is what follows; that of before is not there again.
    for (at, line) in all.iter().enumerate() {
        let rest = told(&town, &by, user, None, Some(&line.at)).await;
        let rest: Vec<Line> = rest.into_iter().filter(|line| word(line) != "looked").collect();
        assert_eq!(words(&rest), words(&all[at + 1..]), "after {line:?}");
    }
    for (kind, expected) in [
        (Kind::Visit, vec!["repairs", "connects"]),
        (Kind::Break, vec!["repaired", "cause_changed", "broke"]),
        (Kind::Change, vec![]),
        (Kind::Event, vec![]),
        (Kind::Notice, vec![]),
        (Kind::Delivery, vec![]),
    ] {
        assert_eq!(words(&told(&town, &by, user, Some(kind), None).await), expected, "{kind:?}");
    }
}}

db_test! { async fn looking_is_put_down_once_a_view_and_finding_too(db: &TestStore) {
    let mut town = Town::new(&db.store, 12);
    let by = support(&town).await;
    let house = journey(&mut town, &by).await;
    let (stories, user) = (stories(&town), house.user.user());
    let looks = async || {
        let acts = told(&town, &by, user, Some(Kind::Act), None).await;
        words(&acts).iter().filter(|word| *word == "looked").count()
    };
    assert_eq!(looks().await, 0);
    assert_eq!(looks().await, 1, "the view before");
    let held = db.store.read().await.unwrap().connections(user).await.unwrap();
    let known = [
        "ADA@example.com".to_owned(),
        held[0].login.as_str().to_owned(),
        house.customer.as_str().to_owned(),
        house.connection.to_string(),
        house.account.to_string(),
        user.to_string(),
        format!(" {} ", house.upstream()),
    ];
    for name in &known {
        let found = stories.find(&by, &client(), name).await.unwrap();
        let found: Vec<UserId> = found.iter().map(|user| user.id).collect();
        assert_eq!(found, [user], "{name}");
    }
    assert_eq!(looks().await, 2 + known.len());
    let visits = told(&town, &by, user, Some(Kind::Visit), None).await;
    let What::Visit(visit) = &visits[0].what else { panic!("{visits:?}") };
    assert_eq!(stories.find(&by, &client(), &visit.reference).await.unwrap().len(), 1);
    for nobody in ["", "  ", "eve@example.com", "x", "a\0b", &"x".repeat(400), "00000000-0000-0000-0000-000000000001"] {
        assert!(stories.find(&by, &client(), nobody).await.unwrap().is_empty(), "{nobody:?}");
    }
    let nobody = UserId(uuid::Uuid::from_u128(1));
    assert!(stories.story(&by, &client(), nobody, None, None).await.unwrap().is_none());
}}

db_test! { async fn many_lines_of_one_instant_are_paged_without_loss(db: &TestStore) {
    let mut town = Town::new(&db.store, 13);
    let by = support(&town).await;
    let ada = town.user("ada").await;
    let mut houses = Vec::new();
    for _ in 0..70 {
        houses.push(town.connect(&ada, 5).await);
    }
    let broken: Vec<(&House, i64)> = houses.iter().map(|house| (house, 103)).collect();
    town.read(&broken).await;
    let mut seen = Vec::new();
    let mut before: Option<Cursor> = None;
    loop {
        let lines = told(&town, &by, ada.0.user(), None, before.as_ref()).await;
        seen.extend(lines.iter().filter(|line| line.at.kind != Kind::Act).map(|line| line.at.id.clone()));
        before = lines.last().map(|line| line.at.clone());
        if lines.len() < PAGE {
            break;
        }
    }
    assert_eq!(seen.len(), 140, "a visit and a break each");
    let each: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(each.len(), 140);
}}

db_test! { async fn what_they_have_is_there_with_its_marks(db: &TestStore) {
    let mut town = Town::new(&db.store, 14);
    let by = support(&town).await;
    let house = journey(&mut town, &by).await;
    let story = stories(&town).story(&by, &client(), house.user.user(), None, None).await.unwrap().unwrap();
    let held = &story.connections[0];
    assert_eq!((story.connections.len(), held.standing, held.open), (1, None, None));
    assert_eq!(held.marks, [(Mark::Test, "Ours.".to_owned())]);
    assert_eq!((held.accounts[0].mask.as_str(), held.snoozed), ("4821", None));
    let now = Some(town.clock.now());
    assert_eq!((story.read, story.tried), (now, now));
    let mut unit = db.store.write().await.unwrap();
    unit.customer_failed(&house.customer, town.pass(Duration::hours(1))).await.unwrap();
    unit.save().await.unwrap();
    let story = stories(&town).story(&by, &client(), house.user.user(), None, None).await.unwrap().unwrap();
    assert_eq!((story.read, story.tried), (now, Some(town.clock.now())));
    let sams = by_user(&by);
    let story = stories(&town).story(&by, &client(), sams, None, None).await.unwrap().unwrap();
    assert_eq!((story.read, story.tried), (None, None), "nothing is connected");
}}
