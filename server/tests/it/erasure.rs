//! Somebody deletes their account, or an admin does it for them.

use relink_engine::store::testing::TestStore;

use super::{
    app::{FINBANK, PASSWORD, comes, eventually, launch},
    db::{on_both, rows},
    scene::Scene,
};

on_both! {
    async fn who_deletes_their_account_is_gone_here_and_at_mastercard(db: &TestStore) {
        let scene = Scene::new(db).await;
        let customers = scene.app.sandbox_state().await["customers"].as_array().unwrap().len();
        let asked = scene.ada.get("/account/erase").await;
        asked.shows(200, "Your accounts at your bank stay as they are.");
        let before = rows(db, "users").await;
        for password in ["", "another password"] {
            scene.ada.post("/account/erase", &[("password", password)]).await.leads_to("/account/erase");
            scene.ada.get("/account/erase").await.shows(200, "This is not your current password.");
        }
        assert_eq!(rows(db, "users").await, before);

        scene.ada.post("/account/erase", &[("password", PASSWORD)]).await.leads_to("/");
        scene.ada.get("/").await.shows(200, "Your account is deleted, and nothing is read any more.");
        scene.ada.get("/connections").await.leads_to("/sign-in?next=%2Fconnections");
        let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
        let stranger = scene.app.browser();
        stranger.post("/sign-in", &fields).await.leads_to("/sign-in");
        let letter = eventually(&stranger, "/outbox", "Your account at Relink is deleted").await;
        assert!(letter.text.contains("ada@example.com"));
        // Whatever named her is nobody's page any more.
        for page in [format!("/admin/people/{}", scene.ids.user), format!("/admin/people/{}/story", scene.ids.user)] {
            scene.root.get(&page).await.shows(404, "<h1>");
        }
        let found = scene.support.get(&format!("/admin/find?q={}", scene.ids.connection)).await;
        scene.hidden(&found);
        let people = scene.root.get("/admin/people").await;
        assert!(!people.text.contains("ada@example.com"), "{}", people.text);
        let audit = scene.root.get("/admin/audit").await;
        audit.shows(200, "Deleted a person");
        assert!(!audit.text.contains("ada@example.com"), "{}", audit.text);
        let left = async || scene.app.sandbox_state().await["customers"].as_array().unwrap().len();
        comes("her customer goes", async || left().await == customers - 1).await;
        scene.app.stop().await;
    }

    async fn an_admin_deletes_whom_they_name(db: &TestStore) {
        let scene = Scene::new(db).await;
        let page = format!("/admin/people/{}", scene.ids.user);
        let form = format!("{page}/erase");
        let before = rows(db, "users").await;
        for (typed, said) in [
            ("", "This is not an e-mail address"),
            ("eve@example.com", "That is not their address."),
        ] {
            scene.root.post(&form, &[("email", typed)]).await.leads_to(&page);
            scene.root.get(&page).await.shows(200, said);
        }
        for other in [&scene.viewer, &scene.support, &scene.eve] {
            other.post(&form, &[("email", "ada@example.com")]).await.shows(403, "<h1>");
        }
        let own = scene.root.get("/admin/people?q=root").await.after("href=\"/admin/people/").remove(0);
        let own = format!("/admin/people/{own}");
        scene.root.post(&format!("{own}/erase"), &[("email", "root@example.com")]).await.leads_to(&own);
        scene.root.get(&own).await.shows(200, "You cannot do this to yourself.");
        scene.root.post("/account/erase", &[("password", PASSWORD)]).await.leads_to("/account/erase");
        scene.root.get("/account/erase").await.shows(200, "Nobody could run this installation any more.");
        assert_eq!(rows(db, "users").await, before);

        scene.root.post(&form, &[("email", "ada@example.com")]).await.leads_to("/admin/people");
        scene.root.get("/admin/people").await.shows(200, "They are deleted.");
        scene.root.post(&form, &[("email", "ada@example.com")]).await.shows(404, "<h1>");
        scene.ada.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        scene.app.stop().await;
    }

    async fn a_visit_that_was_under_way_brings_nothing_back(db: &TestStore) {
        let scene = Scene::new(db).await;
        let visit = launch(&scene.ada, FINBANK).await;
        let customers = rows(db, "customers").await.len();
        scene.ada.post("/account/erase", &[("password", PASSWORD)]).await.leads_to("/");
        comes("her customer goes", async || rows(db, "customers").await.len() == customers - 1).await;
        let accounts = rows(db, "accounts").await;
        let body = serde_json::json!({ "customerId": "1", "eventType": "added", "eventId": "late", "payload": {} });
        scene.app.webhook(&visit.reference, &body.to_string(), "Sandbox-Partner-2026").await;
        scene.app.pass(180).await;
        assert_eq!(rows(db, "accounts").await, accounts);
        scene.ada.get(&visit.page).await.leads_to(&format!("/sign-in?next={}", visit.page.replace('/', "%2F")));
        scene.app.stop().await;
    }
}
