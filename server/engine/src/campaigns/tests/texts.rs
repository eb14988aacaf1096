//! A campaign by text message.

use super::*;
use crate::notify::{Message, Phone, SmsError, SmsGateway, Text};

/// A gateway that takes everything, but for numbers that it knows to have stopped.
#[derive(Default)]
struct Exchange {
    taken: Mutex<Vec<Message>>,
    stopped: Option<Phone>,
}

#[async_trait::async_trait]
impl SmsGateway for Exchange {
    async fn send(&self, _: Uuid, message: &Message) -> Result<(), SmsError> {
        if self.stopped.as_ref() == Some(&message.to) {
            return Err(SmsError::Stopped);
        }
        self.taken.lock().unwrap().push(message.clone());
        Ok(())
    }
}

fn number(of: usize) -> Phone {
    Phone::parse(&format!("202 555 01{of:02}")).unwrap()
}

impl Fair {
    async fn has_phone(&self, house: &House, of: usize) {
        let mut unit = self.town.store.write().await.unwrap();
        let user = house.user.user();
        unit.ask_phone(user, &number(of)).await.unwrap();
        unit.confirm_phone(user, self.town.clock.now())
            .await
            .unwrap();
        unit.save().await.unwrap();
    }

    async fn through_texts(&self, id: CampaignId, exchange: &Arc<Exchange>) {
        let deliveries = Deliveries::new(
            self.notices.clone(),
            self.post.clone(),
            Some(exchange.clone()),
        );
        let worker = self.worker().handle::<Deliver>(Arc::new(deliveries));
        self.ends(id, worker).await;
    }
}

fn by_text() -> Criteria {
    Criteria {
        way: Way::Sms,
        ..criteria()
    }
}

db_test! { async fn texts_go_to_proven_numbers_whose_owner_wants_them(db: &TestStore) {
    let mut fair = Fair::new(db, 41, 6_000).await;
    let houses = fair.broken(8, 5, 103).await;
    for (of, house) in houses.iter().enumerate().skip(1) {
        fair.has_phone(house, of).await;
    }
    let mut unit = db.store.write().await.unwrap();
    unit.stop_number(&number(1), fair.town.clock.now()).await.unwrap();
    unit.save().await.unwrap();
    let unwanted = Preferences { sms: false, ..fair.notices.settings().preferences };
    fair.notices.set_preferences(&houses[2].user, unwanted).await.unwrap();
    fair.notices.snooze(&houses[3].user, houses[3].connection, SnoozeFor::Week).await.unwrap();
    // Who refuses letters, or wants none, may want text messages.
    fair.notices.bounced(houses[4].user.email().as_str()).await.unwrap();
    let no_letters = Preferences { email: false, ..fair.notices.settings().preferences };
    fair.notices.set_preferences(&houses[5].user, no_letters).await.unwrap();
    let id = fair.make(by_text()).await;
    assert_eq!(counted(&fair.it(id).await), BTreeMap::from([
        (Fate::Sent, 4), (Fate::LeftOut(LeftOut::Unwanted), 3), (Fate::LeftOut(LeftOut::Snoozed), 1),
    ]));
    fair.send(id).await.unwrap();
    // What happens after the count is seen before each message.
    fair.notices.remove_phone(&houses[6].user).await.unwrap();
    let exchange = Arc::new(Exchange { stopped: Some(number(7)), ..Exchange::default() });
    fair.through_texts(id, &exchange).await;
    let taken = exchange.taken.lock().unwrap().clone();
    let to: BTreeSet<_> = taken.iter().map(|one| one.to.as_str().to_owned()).collect();
    assert_eq!(to, [4, 5].map(|of| number(of).as_str().to_owned()).into());
    let about_breaks = |one: &Message| matches!(&one.text, Text::Notices(lines)
        if matches!(lines[..], [ref line] if matches!(line.news, News::Broke { .. })));
    assert!(taken.iter().all(about_breaks), "{taken:?}");
    assert!(fair.letters().is_empty());
    let fates = fair.fates(id).await;
    assert_eq!(fates.values().sum::<i64>(), 8, "{fates:?}");
    assert_eq!(fates.get(&Fate::Sent), Some(&2), "{fates:?}");
    assert_eq!(fates.get(&Fate::LeftOut(LeftOut::Unwanted)), Some(&4), "{fates:?}");
    // Who had one is not told again at once.
    let next = fair.make(by_text()).await;
    let left_out = &fair.it(next).await.count.1.left_out;
    assert_eq!(left_out.get(&LeftOut::Told), Some(&2), "{left_out:?}");
}}
