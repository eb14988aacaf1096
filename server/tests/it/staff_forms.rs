//! Forms of staff × every role.

use relink_engine::store::testing::TestStore;

use super::{
    db::{belongings, on_both, rows},
    scene::Scene,
};

/// Whether a form is support's, and not an admin's alone.
fn is_support(form: &str) -> bool {
    form.starts_with("/admin/connections/") || form.starts_with("/admin/cases")
}

on_both! {
    async fn forms_of_admins_are_for_admins(db: &TestStore) {
        let scene = Scene::new(db).await;
        let (nobody, before) = (scene.app.browser(), belongings(db).await);
        let forms = relink_server::http::form_paths();
        let forms: Vec<&str> = forms.into_iter().filter(|form| form.starts_with("/admin/") && !is_support(form)).collect();
        let all = "invite, withdraw, role, access, sign-ins, second factor, erase, export, replay one and many, retry, cancel, \
            and a campaign: make, count, send, stop";
        assert_eq!(forms.len(), 16, "{all}: {forms:?}");
        let fields = [("email", "zoe@example.com"), ("role", "admin"), ("access", "disabled")];
        for form in &forms {
            let path = scene.fill(form);
            nobody.post(&path, &fields).await.leads_to("/sign-in");
            // Support helps users, and a replay may be what helps.
            let support = (!form.starts_with("/admin/events/")).then_some(&scene.support);
            for other in [&scene.ada, &scene.eve, &scene.viewer].into_iter().chain(support) {
                let answer = other.post(&path, &fields).await;
                assert_eq!(answer.status, 403, "{form}: {}", answer.text);
            }
        }
        assert_eq!(belongings(db).await, before);
        assert_eq!(scene.ada.get("/account").await.status, 200, "she was not signed out");
        for form in &forms {
            let answer = scene.root.post(&scene.fill(form), &fields).await;
            let expected = if form.ends_with("/export") { 200 } else { 303 };
            assert_eq!(answer.status, expected, "{form}: {}", answer.text);
        }
        assert_ne!(belongings(db).await, before, "an admin can");
        scene.app.stop().await;
    }

    async fn forms_of_support_are_for_support(db: &TestStore) {
        let scene = Scene::new(db).await;
        let nobody = scene.app.browser();
        let forms = relink_server::http::form_paths();
        let forms: Vec<&str> = forms.into_iter().filter(|form| is_support(form)).collect();
        assert_eq!(forms.len(), 7, "snooze, unsnooze, mark, unmark, letter, a case, its number: {forms:?}");
        let tables = ["snoozes", "connection_marks", "deliveries", "mastercard_cases", "audit"];
        let owned = async || {
            let mut all = Vec::new();
            for table in tables {
                all.extend(rows(db, table).await);
            }
            all
        };
        let before = owned().await;
        let person = &*scene.ids.user;
        let fields = [("how_long", "day"), ("mark", "test"), ("reason", "A test."), ("number", "7"), ("person", person)];
        for form in &forms {
            let path = scene.fill(form);
            nobody.post(&path, &fields).await.leads_to("/sign-in");
            for other in [&scene.ada, &scene.eve, &scene.viewer] {
                let answer = other.post(&path, &fields).await;
                assert_eq!(answer.status, 403, "{form}: {}", answer.text);
            }
        }
        assert_eq!(owned().await, before, "something was done");
        let story = format!("/admin/people/{person}/story");
        for form in &forms {
            let answer = scene.support.post(&scene.fill(form), &fields).await;
            let case = scene.fill("/admin/cases/{id}");
            let page = match *form {
                "/admin/cases" => "/admin/cases",
                "/admin/cases/{id}/number" => &case,
                _ => &story,
            };
            answer.leads_to(page);
        }
        assert_ne!(owned().await, before, "support can");
        scene.app.stop().await;
    }
}
