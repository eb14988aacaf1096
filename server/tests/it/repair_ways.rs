//! The ways in and out of a repair: where it is offered first, several in one
//! pass, somebody else's sign-in, renewals, and removing everything.

use relink_engine::store::testing::TestStore;
use serde_json::json;

use super::{
    app::{FINBANK, Jobs, TestApp, eventually, launch, start},
    db::on_both,
    hosted,
    repair::{Scene, keep_all, logins},
};

/// Institutions where one signs in at Data Connect.
const NINE: [u64; 9] = [1040, 1077, 1151, 1521, 1558, 1595, 1669, 1706, 1743];

/// The program with another configuration, the directory copied.
async fn with(db: &TestStore, change: impl FnOnce(&mut relink_server::config::Config)) -> TestApp {
    let app = TestApp::with(db, Jobs::Run, change).await;
    app.program.app.institutions.refresh().await.unwrap();
    app
}

impl Scene {
    /// Connects another institution and keeps what came.
    async fn connects(&self, institution: u64) {
        let visit = launch(&self.ada, institution).await;
        hosted::play(&visit.link, &["checking"]).await;
        eventually(&self.ada, &visit.page, "is connected").await;
        keep_all(&self.ada, &visit).await;
    }

    fn confirm() -> String {
        format!("/connect/{FINBANK}")
    }
}

on_both! {
    async fn who_connects_where_something_can_be_fixed_is_offered_that_first(db: &TestStore) {
        let scene = Scene::new(db).await;
        let page = Scene::confirm();
        let fine = scene.ada.get(&page).await;
        assert!(!fine.text.contains("Fix the connection you have"), "{}", fine.text);
        scene.breaks(103).await;
        let shown = scene.ada.get(&page).await;
        let (first, second) = (shown.text.find(&scene.fix()), shown.text.find("name=\"another\""));
        assert!(first.is_some() && first < second, "{}", shown.text);
        // The form honours it as well, however it is sent.
        let consent = ("consent_version", "trial");
        scene.ada.post(&page, &[consent]).await.leads_to(&page);
        let told = scene.ada.get(&page).await;
        assert!(told.text.contains("You have a connection there that can be fixed"), "{}", told.text);
        assert_eq!(start(&scene.ada, FINBANK).await.status, 409);
        let leaving = scene.ada.post(&page, &[consent, ("another", "yes")]).await;
        assert!(leaving.header("refresh").contains("url=http"), "{}", leaving.text);
        scene.app.stop().await;
    }

    async fn an_operator_may_offer_repairs_in_one_place_only(db: &TestStore) {
        use relink_server::config::RepairEntry;
        let scene = Scene::on(with(db, |config| config.repair.entry = RepairEntry::Standalone).await).await;
        scene.breaks(103).await;
        assert!(scene.overview().await.text.contains(&scene.fix()));
        assert!(!scene.ada.get(&Scene::confirm()).await.text.contains("Fix the connection you have"));
        assert_eq!(start(&scene.ada, FINBANK).await.status, 200);
        scene.app.stop().await;
    }

    async fn a_card_leads_to_the_integrated_repair(db: &TestStore) {
        use relink_server::config::RepairEntry;
        let scene = Scene::on(with(db, |config| config.repair.entry = RepairEntry::Integrated).await).await;
        scene.breaks(103).await;
        let shown = scene.overview().await;
        assert!(!shown.text.contains(&scene.fix()), "{}", shown.text);
        assert!(shown.text.contains(&format!("href=\"{}\"", Scene::confirm())), "{}", shown.text);
        assert!(scene.ada.get(&Scene::confirm()).await.text.contains(&scene.fix()));
        scene.app.stop().await;
    }

    async fn ten_logins_broken_at_once_are_repaired_in_one_pass(db: &TestStore) {
        let scene = Scene::new(db).await;
        let before = logins(&scene.app.sandbox_state().await);
        for institution in NINE {
            scene.connects(institution).await;
        }
        let mut mine = logins(&scene.app.sandbox_state().await);
        mine.retain(|login| *login == scene.login || !before.contains(login));
        assert_eq!(mine.len(), 10);
        for login in mine {
            scene.app.wish(&json!({ "do": "breakLogin", "login": login, "code": 103 })).await;
        }
        scene.sweep().await;
        let shown = scene.overview().await;
        let broken = shown.after("action=\"/connections/");
        assert_eq!(broken.len(), 10, "{}", shown.text);
        let mut next = Some(format!("/connections/{}", broken[0].trim_end_matches('"')));
        let mut repaired = Vec::new();
        while let Some(form) = next {
            let back = hosted::renew(&scene.leaves_by(&form).await, "profile_03").await;
            let page = scene.back(&back).await;
            let done = eventually(&scene.ada, &page, "works again").await;
            repaired.push(form);
            let left = done.after("action=\"/connections/");
            assert!(left.len() <= 1, "one way on: {}", done.text);
            next = left.first().map(|form| format!("/connections/{form}"));
        }
        repaired.sort_unstable();
        repaired.dedup();
        assert_eq!(repaired.len(), 10);
        let shown = scene.overview().await;
        assert!(shown.text.contains("All your ten connections are up to date"), "{}", shown.text);
        scene.app.stop().await;
    }

    async fn somebody_elses_sign_in_swaps_nothing_and_says_so(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        let back = hosted::mistaken(&scene.leaves().await, "test", "profile_02").await;
        let page = scene.back(&back).await;
        let said = eventually(&scene.ada, &page, "showed other accounts").await;
        assert!(said.text.contains(&scene.fix()), "try again: {}", said.text);
        assert!(said.text.contains(&format!("href=\"{}\"", Scene::confirm())), "add as new: {}", said.text);
        let shown = scene.overview().await;
        assert_eq!(shown.text.matches("··4821").count(), 1, "{}", shown.text);
        assert!(shown.text.contains(&scene.fix()));
        scene.app.stop().await;
    }

    async fn webhooks_lost_doubled_late_or_out_of_order_change_no_proof(db: &TestStore) {
        let scene = Scene::new(db).await;
        for effect in ["lose", "double", "reorder", "delay"] {
            scene.breaks(185).await;
            let faults = json!({ "do": "faultWebhooks", "effect": effect, "events": 50, "delaySeconds": 600 });
            scene.app.wish(&faults).await;
            let back = hosted::renew(&scene.leaves().await, "profile_03").await;
            let page = scene.back(&back).await;
            eventually(&scene.ada, &page, "works again").await;
            scene.app.wish(&json!({ "do": "clearWebhookFaults" })).await;
            scene.app.pass(11).await;
            // What comes late undoes nothing.
            assert!(scene.ada.get(&page).await.text.contains("works again"), "{effect}");
            assert!(scene.overview().await.text.contains("Connected"), "{effect}");
        }
        scene.app.stop().await;
    }

    async fn the_same_sign_in_connected_again_leaves_no_duplicate(db: &TestStore) {
        let scene = Scene::new(db).await;
        let visit = launch(&scene.ada, FINBANK).await;
        let back = hosted::play(&visit.link, &["checking", "savings"]).await;
        let page = scene.back(&back).await;
        scene.app.pass(5).await;
        eventually(&scene.ada, &page, "brought nothing new").await;
        let shown = scene.overview().await;
        assert_eq!(shown.text.matches("class=\"card\"").count(), 1, "{}", shown.text);
        assert_eq!(shown.text.matches("··4821").count(), 1, "{}", shown.text);
        assert!(logins(&scene.app.sandbox_state().await).contains(&scene.login));
        scene.app.stop().await;
    }

    async fn a_repair_of_nothing_that_is_ones_own_makes_no_link(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        let old = format!("/connections/{}/repair", "0".repeat(scene.connection.len()));
        for form in ["/connections/nonsense/repair", &*old, "/connections/%2e%2e/repair"] {
            let answer = scene.ada.post(form, &[]).await;
            assert!([303, 404].contains(&answer.status), "{form}: {}", answer.text);
            assert!(answer.header("refresh").is_empty(), "{form}");
        }
        scene.app.stop().await;
    }

    async fn a_permission_that_ends_soon_is_explained_and_nothing_looks_broken(db: &TestStore) {
        let scene = Scene::new(db).await;
        let ends = json!({ "do": "expireAuthorization", "login": scene.login, "inDays": 10 });
        scene.app.wish(&ends).await;
        scene.sweep().await;
        let shown = eventually(&scene.ada, "/connections", "Your permission to read these accounts ends on").await;
        assert!(shown.text.contains("Connected") && !shown.text.contains("Needs you"), "{}", shown.text);
        assert!(!shown.text.contains(&scene.fix()), "{}", shown.text);
        let renew = format!("{}/renew", scene.page());
        scene.ada.post(&renew, &[]).await.leads_to(&scene.page());
        scene.app.stop().await;
    }

    async fn a_renewal_through_fix_says_when_it_is_too_early(db: &TestStore) {
        let scene = Scene::on(with(db, |config| config.renewal.through_fix = true).await).await;
        let ends = json!({ "do": "expireAuthorization", "login": scene.login, "inDays": 10 });
        scene.app.wish(&ends).await;
        scene.sweep().await;
        let renew = format!("{}/renew", scene.page());
        let shown = eventually(&scene.ada, "/connections", &renew).await;
        assert!(!shown.text.contains("Needs you"), "{}", shown.text);
        let back = hosted::open(&scene.leaves_by(&renew).await).await;
        assert!(back.contains("code=201"), "{back}");
        let page = scene.back(&back).await;
        let said = eventually(&scene.ada, &page, "nothing to renew yet").await;
        assert!(said.text.contains("Come back on that day"), "{}", said.text);
        let shown = scene.overview().await;
        assert!(shown.text.contains("Connected") && !shown.text.contains("Needs you"), "{}", shown.text);
        scene.app.stop().await;
    }

    async fn everything_is_removed_and_a_deletion_that_fails_is_shown_until_it_is_done(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.connects(NINE[0]).await;
        let fault = json!({ "do": "faultOperation", "operation": "DeleteCustomerAccount", "status": 500 });
        scene.app.wish(&fault).await;
        let shown = scene.overview().await;
        assert!(shown.text.contains("href=\"/connections/disconnect\""), "{}", shown.text);
        let asked = scene.ada.get("/connections/disconnect").await;
        assert!(asked.text.contains("deleted at Mastercard"), "{}", asked.text);
        assert!(logins(&scene.app.sandbox_state().await).contains(&scene.login), "a GET changes nothing");
        scene.ada.post("/connections/disconnect", &[]).await.leads_to("/connections");
        eventually(&scene.ada, "/connections", "Being removed").await;
        scene.app.pass(120).await;
        let late = scene.overview().await;
        assert_eq!(late.text.matches("Mastercard has not deleted it yet").count(), 2, "{}", late.text);
        scene.app.wish(&json!({ "do": "clearOperationFaults" })).await;
        scene.app.pass_really(2);
        scene.sweep().await;
        eventually(&scene.ada, "/connections", "Nothing is connected yet").await;
        assert!(!logins(&scene.app.sandbox_state().await).contains(&scene.login));
        scene.app.stop().await;
    }
}
