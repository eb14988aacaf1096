//! What people are told, over HTTP: the centre, where the link of a letter
//! leads, and every way to have more of it, or less.

use axum::http::Method;
use relink_engine::store::testing::TestStore;

use super::{
    app::{TestApp, email, eventually},
    browser::{Answer, Browser},
    db::{on_both, rows},
    hosted,
    repair::Scene,
};

const BANK: &str = "FinBank Profiles - A";
/// Every way, at any hour.
const AT_ONCE: [(&str, &str); 3] = [("by_email", "on"), ("by_sms", "on"), ("digest", "soon")];

/// The letter or text message of the outbox with these words.
async fn sent(app: &TestApp, to: &str, words: &str) -> Answer {
    let nobody = app.browser();
    let list = eventually(&nobody, "/outbox", words).await;
    let mut rows = list.text.split("<li class=\"row\">");
    let row = rows.find(|row| row.contains(words) && row.contains(to));
    let file = row.unwrap().split("href=\"").nth(1).unwrap();
    nobody.get(file.split('"').next().unwrap()).await
}

/// The addresses in a letter that contain `part`, as paths.
fn link(letter: &Answer, part: &str) -> String {
    let mut links = letter.after("href=\"").into_iter();
    let link = links.find(|link| link.contains(part)).unwrap();
    let url: url::Url = link.parse().unwrap();
    let query = url.query().map(|query| format!("?{query}"));
    format!("{}{}", url.path(), query.unwrap_or_default())
}

/// Ada's connection broke, and the letter about it is there.
async fn told(db: &TestStore) -> (Scene, Answer) {
    let scene = Scene::new(db).await;
    scene
        .ada
        .post("/account/notices", &AT_ONCE)
        .await
        .leads_to("/account/notices");
    scene.breaks(103).await;
    eventually(&scene.ada, "/notices", "asks you to sign in again").await;
    // A letter goes out once the break has lasted, and waits for others to join it.
    scene.app.pass(400).await;
    let letter = sent(&scene.app, &email("ada"), "needs you").await;
    (scene, letter)
}

/// The code of the newest text message.
async fn code(app: &TestApp) -> String {
    let text = sent(app, "+12025550123", " is your code").await.text;
    let before = text.split(" is your code").next().unwrap();
    before[before.len() - 6..].to_owned()
}

async fn types(person: &Browser, code: &str) -> Answer {
    let posted = person
        .post("/account/notices/phone/code", &[("code", code)])
        .await;
    posted.leads_to("/account/notices#phone");
    person.get("/account/notices").await
}

on_both! {
    async fn the_link_of_a_letter_leads_to_the_repair_and_changes_nothing(db: &TestStore) {
        let (scene, letter) = told(db).await;
        assert!(!letter.text.contains("4821") && !letter.text.contains("signature="), "{}", letter.text);
        let landing = link(&letter, "/notices/");
        // A scanner of links, a stranger, somebody else.
        let next: String = url::form_urlencoded::byte_serialize(landing.as_bytes()).collect();
        scene.app.browser().get(&landing).await.leads_to(&format!("/sign-in?next={next}"));
        let eve = scene.app.user("eve").await;
        eve.get(&landing).await.shows(404, "There is no such page");
        let before = rows(db, "notices").await;
        for _ in 0..2 {
            let page = scene.ada.get(&landing).await;
            page.shows(200, &format!("action=\"{}\" method=\"post\"", scene.fix()));
            page.shows(200, "has changed");
            page.shows(200, "1 new");
        }
        assert_eq!(rows(db, "notices").await, before, "looking changed something");
        scene.ada.get("/notices/01994c1e-7a2b-7f00-8abc-0123456789ab").await.shows(404, "no such page");
        scene.ada.get("/notices/forged").await.shows(404, "no such page");

        let back = hosted::renew(&scene.leaves().await, "profile_03").await;
        let page = scene.back(&back).await;
        eventually(&scene.ada, &page, "works again").await;
        let centre = eventually(&scene.ada, "/notices", &format!("{BANK} works again")).await;
        centre.shows(200, "Repaired since");
        scene.ada.get(&landing).await.shows(200, "is already working again");
        scene.ada.post("/notices/seen", &[]).await.leads_to("/notices");
        let read = scene.ada.get("/notices").await;
        assert!(!read.text.contains("nav-count") && !read.text.contains(">New<"), "{}", read.text);
        scene.app.stop().await;
    }

    async fn letters_are_stopped_by_their_link_and_nothing_else_is(db: &TestStore) {
        let (scene, letter) = told(db).await;
        let page = link(&letter, "/unsubscribe");
        let nobody = scene.app.browser();
        let before = rows(db, "notify_preferences").await;
        let shown = nobody.get(&page).await;
        shown.shows(200, "Stop notices by e-mail");
        assert!(!shown.text.contains(&email("ada")), "only a part of the address");
        nobody.get("/unsubscribe?token=forged").await.shows(200, "This link stops nothing");
        let forged = nobody.send(Method::POST, "/unsubscribe?token=forged", &[], None).await;
        assert_eq!(forged.status, 404);
        assert_eq!(rows(db, "notify_preferences").await, before, "nothing was asked for yet");

        // A mail program's one click: no origin, no cookie.
        let body = Some("List-Unsubscribe=One-Click".to_owned());
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let clicked = nobody.send(Method::POST, &page, &kind, body).await;
        assert_eq!((clicked.status, &*clicked.text), (200, ""));
        let stopped = scene.ada.get("/account/notices").await;
        assert!(!ticked(&stopped, "by_email-on"), "{}", stopped.text);

        // The button, once more: doing it twice is doing it once.
        let token = page.split_once("token=").unwrap().1;
        let done = nobody.post("/unsubscribe", &[("token", token)]).await;
        nobody.get(done.location()).await.shows(200, "No more notices by e-mail");
        scene.ada.post("/account/notices", &AT_ONCE).await.leads_to("/account/notices");
        assert!(ticked(&scene.ada.get("/account/notices").await, "by_email-on"), "Ada can have them again");
        scene.app.stop().await;
    }

    async fn what_is_typed_wrong_is_said_beside_the_field_and_kept(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let wrong = [("digest", "daily"), ("quiet", "on"), ("quiet_from", "late"), ("quiet_until", "07:30")];
        ada.post("/account/notices", &wrong).await.leads_to("/account/notices");
        let shown = ada.get("/account/notices").await;
        shown.shows(200, "This is not a time of day");
        assert!(ticked(&shown, "digest-daily") && !ticked(&shown, "by_email-on"), "{}", shown.text);
        assert!(shown.text.contains("value=\"07:30\""), "{}", shown.text);
        let kept = ada.get("/account/notices").await;
        assert!(ticked(&kept, "digest-soon") && ticked(&kept, "by_email-on"), "nothing was stored");
        let same = [("digest", "soon"), ("quiet", "on"), ("quiet_from", "07:30"), ("quiet_until", "07:30")];
        ada.post("/account/notices", &same).await.leads_to("/account/notices");
        ada.get("/account/notices").await.shows(200, "two different times");
        let right = [("digest", "daily"), ("quiet", "on"), ("quiet_from", "22:15"), ("quiet_until", "07:30")];
        ada.post("/account/notices", &right).await.leads_to("/account/notices");
        let saved = ada.get("/account/notices").await;
        saved.shows(200, "Saved.");
        assert!(ticked(&saved, "digest-daily") && saved.text.contains("value=\"22:15\""), "{}", saved.text);
        app.stop().await;
    }

    async fn a_phone_is_used_once_its_code_was_typed(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let number = |typed: &'static str| [("phone", typed)];
        ada.post("/account/notices/phone", &number("911")).await.leads_to("/account/notices#phone");
        ada.get("/account/notices").await.shows(200, "This is not a phone number");
        ada.post("/account/notices/phone", &number("(202) 555-0123")).await.leads_to("/account/notices#phone");
        ada.get("/account/notices").await.shows(200, "We sent a code to +1 202-555-0123.");
        let first = code(&app).await;
        let wrong = if first == "000000" { "000001" } else { "000000" };
        types(&ada, wrong).await.shows(200, "This is not the code we sent");
        app.pass_really(11);
        types(&ada, &first).await.shows(200, "This code no longer works");
        for _ in 0..6 {
            types(&ada, wrong).await;
        }
        types(&ada, wrong).await.shows(200, "Too many tries.");
        app.pass_really(60);
        ada.post("/account/notices/phone/remove", &[]).await.leads_to("/account/notices#phone");
        ada.post("/account/notices/phone", &number("202-555-0123")).await.leads_to("/account/notices#phone");
        let second = loop {
            let newest = code(&app).await;
            if newest != first {
                break newest;
            }
        };
        types(&ada, &second).await.shows(200, "Your phone is confirmed.");
        let shown = ada.get("/account/notices").await;
        assert!(shown.text.contains("by_sms-on"), "{}", shown.text);
        ada.post("/account/notices/phone/remove", &[]).await.leads_to("/account/notices#phone");
        ada.get("/account/notices").await.shows(200, "Send me a code");
        app.stop().await;
    }

    async fn a_snoozed_connection_is_told_of_again_when_asked(db: &TestStore) {
        let scene = Scene::new(db).await;
        let snooze = format!("{}/snooze", scene.page());
        scene.ada.post(&snooze, &[("how_long", "for ever")]).await.leads_to("/connections");
        scene.ada.post(&snooze, &[("how_long", "week")]).await.leads_to(&scene.page());
        scene.ada.get(&scene.page()).await.shows(200, "We tell you nothing of this connection until");
        scene.ada.get("/connections").await.shows(200, "No notices until");
        scene.breaks(103).await;
        eventually(&scene.ada, "/connections", &scene.fix()).await;
        scene.ada.get("/notices").await.shows(200, "No notices yet");
        scene.ada.post(&format!("{}/unsnooze", scene.page()), &[]).await.leads_to(&scene.page());
        eventually(&scene.ada, "/notices", "asks you to sign in again").await;
        scene.app.stop().await;
    }

    async fn who_cannot_be_written_to_is_told_here_and_can_undo_it(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        app.program.app.notices.bounced(&email("ada")).await.unwrap();
        let told = eventually(&ada, "/notices", "Our e-mails to you come back").await;
        let notice = format!("/notices/{}", told.after("href=\"/notices/")[0]);
        ada.get(&notice).await.shows(200, "Write to me again");
        ada.get("/account/notices").await.shows(200, "has refused our e-mails since");
        ada.post("/account/notices/email", &[]).await.leads_to("/account/notices");
        let again = ada.get("/account/notices").await;
        again.shows(200, "We write to your address again.");
        assert!(!again.text.contains("has refused"), "{}", again.text);
        ada.get(&notice).await.shows(200, "Our e-mails reach you again");
        app.stop().await;
    }
}

/// Whether a box or one of several is chosen; one that is not there is not.
fn ticked(page: &Answer, id: &str) -> bool {
    let mut inputs = page.text.split("<input").skip(1);
    let tag = inputs.find(|tag| tag.contains(&format!("id=\"{id}\"")));
    tag.is_some_and(|tag| tag.split('>').next().unwrap().contains(" checked"))
}
