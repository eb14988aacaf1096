//! Who is told what, from the reading to the letter.

use super::outside::Answer;
use super::*;
use crate::{
    mail::About,
    notify::{
        Ask, ConfirmError, Digest, News, Now, Phone, PhoneError, Preferences, Reply, Shown,
        SnoozeFor, Stage, Subject, Text,
    },
};

impl Bench {
    /// What the person was told, the latest first.
    async fn told(&self) -> Vec<Shown> {
        self.notices.centre(&self.person).await.unwrap()
    }

    /// A connection that works, and then does not.
    async fn breaks(&self, code: i64) -> ConnectionId {
        let connection = self.connected("1", "77").await;
        self.upstream.opens("1", "77", Some(code));
        self.sweep(Duration::hours(3)).await;
        connection
    }

    async fn mends(&self) {
        self.upstream.opens("1", "77", Some(0));
        self.sweep(Duration::hours(1)).await;
    }

    /// The code of the latest text message.
    fn code(&self) -> String {
        match self.gateway.taken().pop().unwrap().1.text {
            Text::Code(code) => code,
            Text::Notices(_) => panic!("no code was sent"),
        }
    }

    async fn has_phone(&self) -> Phone {
        let phone = Phone::parse("202 555 0123").unwrap();
        self.notices
            .begin_phone(&self.person, phone.clone())
            .await
            .unwrap();
        self.pass(Duration::zero()).await;
        self.notices
            .confirm_phone(&self.person, &self.code())
            .await
            .unwrap();
        phone
    }

    fn unsubscribe(&self) -> String {
        match self.post.taken().pop().unwrap().1.about {
            About::Notices { unsubscribe, .. } => unsubscribe,
            other => panic!("{other:?}"),
        }
    }
}

fn news(about: &About) -> Vec<News> {
    match about {
        About::Notices { lines, .. } => lines.iter().map(|line| line.news).collect(),
        other => panic!("{other:?}"),
    }
}

const BROKE: News = News::Broke {
    stage: Stage::First,
    ask: Ask::Fix,
};

db_test! { async fn four_accounts_of_one_login_break_and_one_notice_says_so(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let (visit, reference) = bench.start().await;
    for id in ["1", "2", "3", "4"] {
        bench.upstream.opens(id, "77", Some(0));
    }
    bench.event(&reference, "e1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    let accounts = bench.visit(visit).await.accounts;
    let all: Vec<_> = accounts.iter().map(|account| account.id).collect();
    bench.connect.review(&bench.person, visit, &all, &all).await.unwrap();
    for id in ["1", "2", "3", "4"] {
        bench.upstream.opens(id, "77", Some(103));
    }
    bench.sweep(Duration::hours(3)).await;
    let told = bench.told().await;
    let named = told[0].institution.as_ref().map(|(_, name)| name.as_str());
    assert_eq!((told.len(), named), (1, Some("Chase")));
    assert_eq!((told[0].now, told[0].seen), (Now::Holds, false));
    assert_eq!(bench.post.taken().len(), 0);
    bench.pass(Duration::hours(4)).await;
    bench.sweep(Duration::days(1)).await;
    bench.sweep(Duration::days(1)).await;
    assert_eq!((bench.told().await.len(), bench.post.taken().len()), (1, 1));
    let letter = bench.post.taken().remove(0).1;
    assert_eq!((letter.to.as_str(), news(&letter.about)), ("ada@example.com", vec![BROKE]));
}}

db_test! { async fn seen_is_what_the_person_says_and_others_see_nothing(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    let notices = &bench.notices;
    let id = bench.told().await[0].id;
    assert_eq!(notices.unseen(&bench.person).await.unwrap(), 1);
    assert!(notices.one(&bench.person, id).await.unwrap().is_some());
    assert_eq!(notices.unseen(&bench.person).await.unwrap(), 1);
    assert_eq!(notices.one(&bench.other, id).await.unwrap(), None);
    assert_eq!(notices.centre(&bench.other).await.unwrap(), []);
    notices.mark_seen(&bench.other).await.unwrap();
    assert_eq!(notices.unseen(&bench.person).await.unwrap(), 1);
    notices.mark_seen(&bench.person).await.unwrap();
    assert_eq!(notices.unseen(&bench.person).await.unwrap(), 0);
    assert!(bench.told().await[0].seen);
}}

db_test! { async fn repaired_before_the_letter_leaves_nobody_a_letter(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.mends().await;
    bench.pass(Duration::days(3)).await;
    let told = bench.told().await;
    assert!(matches!(told[0].subject, Subject::Repaired { .. }));
    assert!(matches!((told.len(), told[1].now), (2, Now::Mended(_))), "{told:?}");
    assert_eq!(bench.post.taken().len(), 0);
}}

db_test! { async fn who_got_a_letter_gets_one_when_it_works_again(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.pass(Duration::hours(4)).await;
    bench.mends().await;
    bench.pass(Duration::hours(1)).await;
    let letters = bench.post.taken();
    assert_eq!(letters.len(), 2);
    assert_eq!(news(&letters[1].1.about), [News::Works]);
    assert_ne!(letters[0].0, letters[1].0);
}}

db_test! { async fn a_snoozed_connection_is_quiet_until_its_date(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let connection = bench.connected("1", "77").await;
    let notices = &bench.notices;
    assert_eq!(notices.snooze(&bench.other, connection, SnoozeFor::Week).await.unwrap(), None);
    let until = notices.snooze(&bench.person, connection, SnoozeFor::Week).await.unwrap().unwrap();
    assert_eq!(notices.snoozed(&bench.person).await.unwrap().get(&connection), Some(&until));
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::days(2)).await;
    bench.pass(Duration::days(4)).await;
    assert_eq!((bench.told().await.len(), bench.post.taken().len()), (0, 0));
    assert!(!notices.unsnooze(&bench.other, connection).await.unwrap());
    bench.pass(Duration::days(1)).await;
    assert_eq!(bench.told().await.len(), 1);
    bench.pass(Duration::hours(1)).await;
    assert_eq!(bench.post.taken().len(), 1);
    assert!(notices.snoozed(&bench.person).await.unwrap().is_empty());
    assert!(notices.unsnooze(&bench.person, connection).await.unwrap());
}}

db_test! { async fn a_permission_that_ends_in_six_days_is_told_of_once(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.connected("1", "77").await;
    let ends = |by: DateTime<Utc>| bench.upstream.with(|world| {
        world.accounts[0].authorization_end_date = Some(by);
        world.accounts[0].authorization_expires = true;
    });
    let by = bench.clock.now() + Duration::days(6) + Duration::hours(3);
    ends(by);
    bench.sweep(Duration::hours(3)).await;
    bench.pass(Duration::hours(1)).await;
    bench.sweep(Duration::days(1)).await;
    bench.pass(Duration::hours(1)).await;
    let told = bench.told().await;
    assert!(matches!(told[0].subject, Subject::PermissionEnds { days: 7, .. }), "{told:?}");
    assert_eq!((told.len(), told[0].now, bench.post.taken().len()), (1, Now::Holds, 1));
    ends(by + Duration::days(365));
    bench.sweep(Duration::hours(1)).await;
    bench.pass(Duration::days(30)).await;
    let told = bench.told().await;
    assert_eq!((told.len(), told[0].now, bench.post.taken().len()), (1, Now::Over, 1));
}}

db_test! { async fn a_slow_server_is_tried_again_under_the_same_message_id(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.post.answers([Answer::Later, Answer::TakenUnsaid, Answer::TakenUnsaid]);
    bench.pass(Duration::hours(4)).await;
    for _ in 0..6 {
        bench.pass(Duration::minutes(5)).await;
    }
    let letters = bench.post.taken();
    assert_eq!(letters.len(), 3);
    assert!(letters.iter().all(|(id, letter)| (id, letter) == (&letters[0].0, &letters[0].1)));
}}

db_test! { async fn a_letter_that_may_have_arrived_counts_as_told(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    // The process dies after the server took it, and before that is recorded.
    bench.post.answers([Answer::TakenUnsaid]);
    bench.pass(Duration::hours(4)).await;
    bench.mends().await;
    bench.pass(Duration::hours(1)).await;
    let letters = bench.post.taken();
    let all: Vec<News> = letters.iter().flat_map(|(_, letter)| news(&letter.about)).collect();
    assert_eq!(all.first(), Some(&BROKE));
    assert_eq!(all.last(), Some(&News::Works), "{all:?}");
}}

db_test! { async fn a_letter_that_waits_for_the_server_is_dropped_by_the_repair(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.post.answers([Answer::Later; 3]);
    bench.pass(Duration::hours(4)).await;
    bench.upstream.opens("1", "77", Some(0));
    bench.sweeps.begin().await.unwrap();
    bench.worker.run_due().await.unwrap();
    bench.pass(Duration::hours(5)).await;
    let letters = bench.post.taken();
    assert!(letters.iter().all(|(_, letter)| news(&letter.about) == [News::Works]), "{letters:?}");
}}

db_test! { async fn an_address_that_is_refused_is_not_written_to_again(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.post.answers([Answer::NoWay]);
    bench.pass(Duration::hours(4)).await;
    let told = bench.told().await;
    assert!(matches!(told[0].subject, Subject::EmailRefused { .. }), "{told:?}");
    assert!(bench.notices.preferences(&bench.person).await.unwrap().email_refused.is_some());
    bench.mends().await;
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::hours(1)).await;
    bench.pass(Duration::days(1)).await;
    assert_eq!(bench.post.taken().len(), 0);
    bench.notices.try_email_again(&bench.person).await.unwrap();
    bench.pass(Duration::hours(1)).await;
    assert_eq!(bench.post.taken().len(), 1);
    assert_eq!(bench.told().await.iter().filter(|one| one.now == Now::Holds).count(), 1);
}}

db_test! { async fn a_letter_that_is_refused_says_nothing_of_the_address(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.post.answers([Answer::Refused]);
    bench.pass(Duration::hours(4)).await;
    assert_eq!(bench.notices.preferences(&bench.person).await.unwrap().email_refused, None);
    bench.pass(Duration::days(8)).await;
    let reminder = News::Broke { stage: Stage::Reminder, ask: Ask::Fix };
    assert_eq!(news(&bench.post.taken()[0].1.about), [reminder]);
}}

db_test! { async fn a_bounce_stops_whom_it_names_and_nobody_else(db: &TestStore) {
    let bench = Bench::telling(db).await;
    for nobody in ["", "nobody", "nobody@example.com", "eve@example.com"] {
        bench.notices.bounced(nobody).await.unwrap();
    }
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.notices.centre(&bench.person).await.unwrap().len(), 0);
    assert_eq!(bench.notices.centre(&bench.other).await.unwrap().len(), 1);
    bench.notices.bounced("EVE@example.com").await.unwrap();
    bench.pass(Duration::days(1)).await;
    assert_eq!(bench.notices.centre(&bench.other).await.unwrap().len(), 1);
}}

db_test! { async fn one_click_stops_letters_and_nothing_else(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.breaks(103).await;
    bench.pass(Duration::hours(4)).await;
    let token = bench.unsubscribe();
    let notices = &bench.notices;
    let masked = Some("a\u{2026}@example.com".to_owned());
    assert_eq!(notices.check_unsubscribe(&token).await.unwrap(), masked);
    assert!(notices.preferences(&bench.person).await.unwrap().preferences.email);
    for _ in 0..2 {
        assert_eq!(notices.unsubscribe(&token).await.unwrap(), masked);
    }
    assert!(!notices.preferences(&bench.person).await.unwrap().preferences.email);
    assert!(notices.preferences(&bench.other).await.unwrap().preferences.email);
    assert_eq!(notices.unsubscribe(&token[1..]).await.unwrap(), None);
    bench.mends().await;
    bench.pass(Duration::days(3)).await;
    assert_eq!((bench.post.taken().len(), bench.told().await.len()), (1, 2));
}}

db_test! { async fn what_a_person_chose_is_kept(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let hour = |hour| chrono::NaiveTime::MIN + Duration::hours(hour);
    let chosen = Preferences {
        email: true,
        sms: false,
        digest: Digest::Daily,
        quiet: crate::notify::Quiet::new(hour(22), hour(6)),
    };
    for chosen in [chosen, Preferences { quiet: None, email: false, ..chosen }] {
        bench.notices.set_preferences(&bench.person, chosen).await.unwrap();
        let ways = bench.notices.preferences(&bench.person).await.unwrap();
        assert_eq!(ways.preferences, chosen);
    }
    let others = bench.notices.preferences(&bench.other).await.unwrap();
    assert_eq!(others.preferences, bench.notices.settings().preferences);
}}

db_test! { async fn a_phone_is_used_once_its_code_was_typed(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let (notices, person) = (&bench.notices, &bench.person);
    assert!(matches!(notices.confirm_phone(person, "123456").await, Err(ConfirmError::Expired)));
    let phone = Phone::parse("202 555 0123").unwrap();
    notices.begin_phone(person, phone.clone()).await.unwrap();
    bench.pass(Duration::zero()).await;
    let code = bench.code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert!(matches!(notices.confirm_phone(person, wrong).await, Err(ConfirmError::Wrong)));
    assert!(matches!(notices.confirm_phone(&bench.other, &code).await, Err(ConfirmError::Expired)));
    let standing = notices.preferences(person).await.unwrap().phone.unwrap();
    assert_eq!((standing.number, standing.asked), (None, Some(phone.clone())));
    notices.confirm_phone(person, &format!(" {} {} ", &code[..3], &code[3..])).await.unwrap();
    let standing = notices.preferences(person).await.unwrap().phone.unwrap();
    assert_eq!((standing.number, standing.asked), (Some(phone), None));
    assert!(matches!(notices.confirm_phone(person, &code).await, Err(ConfirmError::Expired)));
    notices.remove_phone(person).await.unwrap();
    assert_eq!(notices.preferences(person).await.unwrap().phone.unwrap().number, None);
}}

db_test! { async fn a_code_runs_out_and_cannot_be_guessed(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let (notices, person) = (&bench.notices, &bench.person);
    let phone = Phone::parse("202 555 0123").unwrap();
    notices.begin_phone(person, phone.clone()).await.unwrap();
    bench.pass(Duration::zero()).await;
    let code = bench.code();
    bench.pass(Duration::minutes(10)).await;
    assert!(matches!(notices.confirm_phone(person, &code).await, Err(ConfirmError::Expired)));
    notices.begin_phone(person, phone.clone()).await.unwrap();
    bench.pass(Duration::zero()).await;
    for _ in 0..5 {
        assert!(notices.confirm_phone(person, "x").await.is_err());
    }
    let code = bench.code();
    assert!(matches!(notices.confirm_phone(person, &code).await, Err(ConfirmError::TooMany(_))));
    for _ in 0..3 {
        notices.begin_phone(person, phone.clone()).await.unwrap();
    }
    let sent = notices.begin_phone(person, phone).await;
    assert!(matches!(sent, Err(PhoneError::TooMany(_))));
}}

db_test! { async fn a_text_message_goes_to_who_asked_for_it_until_stop(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let phone = bench.has_phone().await;
    bench.breaks(103).await;
    bench.pass(Duration::hours(30)).await;
    let texts = || bench.gateway.taken().len() - 1;
    assert_eq!(texts(), 1);
    let (_, message) = bench.gateway.taken().pop().unwrap();
    assert!(matches!(&message.text, Text::Notices(lines) if lines[0].news == BROKE));
    let notices = &bench.notices;
    assert_eq!(notices.sms_received(&phone, "what is this").await.unwrap(), Reply::Other);
    assert_eq!(notices.sms_received(&phone, "Stop").await.unwrap(), Reply::Stop);
    assert!(notices.preferences(&bench.person).await.unwrap().phone.unwrap().stopped);
    bench.mends().await;
    bench.pass(Duration::hours(1)).await;
    assert_eq!(texts(), 1);
    let again = notices.begin_phone(&bench.other, phone.clone()).await;
    assert!(matches!(again, Err(PhoneError::Stopped)));
    assert_eq!(notices.sms_received(&phone, "START").await.unwrap(), Reply::Start);
    bench.pass(Duration::hours(1)).await;
    assert_eq!(texts(), 2);
}}

db_test! { async fn a_gateway_that_knows_of_a_stop_is_believed(db: &TestStore) {
    let bench = Bench::telling(db).await;
    bench.has_phone().await;
    bench.breaks(103).await;
    bench.gateway.answers([Answer::Later, Answer::NoWay]);
    bench.pass(Duration::hours(30)).await;
    bench.pass(Duration::hours(1)).await;
    let standing = bench.notices.preferences(&bench.person).await.unwrap().phone.unwrap();
    assert!(standing.stopped);
    bench.pass(Duration::days(20)).await;
    assert_eq!(bench.gateway.taken().len(), 1);
}}
