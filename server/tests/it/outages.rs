//! An outage over HTTP: what its people are told, who is warned, and its end.

use relink_engine::store::testing::TestStore;
use serde_json::json;

use super::{
    app::{FINBANK, Jobs, TestApp, comes, eventually},
    browser::Browser,
    db::on_both,
};

/// Connects accounts and keeps them.
async fn connect(app: &TestApp, name: &str) -> Browser {
    let person = app.user(name).await;
    let visit = app.connected(&person, &["checking"]).await;
    let accounts = person
        .get(&visit.page)
        .await
        .after("name=\"kept\" value=\"");
    let kept = accounts.iter().map(|id| ("kept", &**id));
    let seen = accounts.iter().map(|id| ("seen", &**id));
    let fields: Vec<(&str, &str)> = kept.chain(seen).collect();
    person.post(&format!("{}/keep", visit.page), &fields).await;
    eventually(&person, "/connections", "Connected").await;
    person
}

/// Everybody is read, and it is looked for outages a minute later. The day's own
/// sweep may take over from this one: the latest is waited for.
async fn sweep(app: &TestApp) {
    let sweeps = &app.program.app.sweeps;
    sweeps.begin().await.unwrap();
    let through = async || {
        let latest = sweeps.latest().await.unwrap();
        latest.unwrap().finished.is_some()
    };
    comes("the sweep ends", through).await;
    app.pass(2).await;
}

/// Waits until nobody is warned there any more: a look closes the outage, and it
/// comes after the readings that prove its end.
async fn warned_no_more(person: &Browser, page: &str) {
    let calm = async || {
        let shown = person.get(page).await;
        shown.status == 200 && !shown.text.contains("has had trouble")
    };
    comes("the warning goes", calm).await;
}

on_both! {
    async fn the_bank_has_trouble_and_nobody_is_asked_for_anything(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |config| {
            config.outages.customers = 2;
            config.outages.sample = 3;
        }).await;
        app.program.app.institutions.refresh().await.unwrap();
        let mut people = Vec::new();
        for name in ["ada", "bob", "eve"] {
            people.push(connect(&app, name).await);
        }
        let guest = app.user("mia").await;
        let confirm = format!("/connect/{FINBANK}");
        let open = guest.get(&confirm).await;
        assert!(!open.text.contains("has had trouble"), "{}", open.text);

        app.wish(&json!({ "do": "break", "institution": FINBANK, "code": 102 })).await;
        sweep(&app).await;
        let told = "FinBank Profiles - A has had trouble since about";
        for person in &people {
            let shown = eventually(person, "/connections", told).await;
            assert!(shown.text.contains("2 others are affected."), "{}", shown.text);
            assert!(shown.text.contains("Nothing for you to do; we will write when it is back."));
            assert!(!shown.text.contains("/repair\""), "{}", shown.text);
        }
        let warned = guest.get(&confirm).await;
        warned.shows(200, told);
        warned.shows(200, "3 others here are affected.");
        // A person may still try: only our own readings say so.
        warned.shows(200, "Continue to sign in");
        guest.get("/connect?q=finbank%20profiles%20-%20a").await.shows(200, "Trouble there: it may not work now");

        // Staff see whom it cuts off.
        let admin = app.admin().await;
        let still = admin.get("/admin").await.after("href=\"/admin/outages/");
        let still = still.iter().find(|rest| rest.ends_with("?still=yes")).unwrap();
        let (id, _) = still.split_once('?').unwrap();
        let outage = format!("/admin/outages/{id}");
        let cut_off = admin.get(&format!("{outage}?still=yes")).await;
        cut_off.shows(200, "Outage: FinBank Profiles - A");
        cut_off.shows(200, "More broke than chance explains");
        assert_eq!(cut_off.text.matches(">Broken</td>").count(), 3, "{}", cut_off.text);
        admin.get(&format!("{outage}?still=no")).await.shows(400, "Its part “still” makes no sense to us.");
        let unknown = "/admin/outages/00000000-0000-0000-0000-000000000009";
        assert_eq!(admin.get(unknown).await.status, 404);
        assert_eq!(guest.get(&outage).await.status, 403);

        app.wish(&json!({ "do": "heal", "institution": FINBANK })).await;
        app.pass(24 * 60).await;
        sweep(&app).await;
        for person in &people {
            let shown = eventually(person, "/connections", "Your bank is connected").await;
            assert!(!shown.text.contains("trouble"), "{}", shown.text);
        }
        warned_no_more(&guest, &confirm).await;
        admin.get(&format!("{outage}?still=yes")).await.shows(200, "No connection is like this.");
        let over = admin.get(&outage).await;
        assert_eq!(over.text.matches(">Healthy</td>").count(), 3, "{}", over.text);
        admin.get(&format!("/admin/institutions/{FINBANK}")).await.shows(200, &format!("href=\"{outage}\""));
        app.stop().await;
    }

    async fn a_move_of_the_bank_is_told_before_it_comes(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = connect(&app, "ada").await;
        let told = "is moving to a new kind of connection";
        assert!(!ada.get("/connections").await.text.contains(told));
        let wish = json!({ "do": "announceSuccessor", "institution": FINBANK, "successor": 5 });
        app.wish(&wish).await;
        // The copy of the directory is made anew once a day.
        app.pass(25 * 60).await;
        app.program.app.institutions.refresh().await.unwrap();
        let shown = eventually(&ada, "/connections", told).await;
        assert!(shown.text.contains("Your accounts and their history stay here."), "{}", shown.text);
        // A search shows what stands in its place, and where this person is.
        let found = ada.get("/connect?q=chase").await;
        found.shows(200, "Connected");
        app.stop().await;
    }
}
