//! Every way in × every role × another person's ids.

use std::collections::BTreeSet;

use axum::http::Method;
use relink_engine::store::testing::TestStore;

use super::{
    calls::calls,
    db::{belongings, on_both},
    scene::Scene,
};

/// Who may see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Everybody,
    People,
    /// The person whose ids are in the path.
    Ada,
    /// Viewer, support, admin.
    Staff,
    /// Support, admin.
    Support,
    Admin,
}

const PAGES: [(&str, For); 48] = [
    ("/", For::Everybody),
    ("/account", For::People),
    ("/account/erase", For::People),
    ("/account/notices", For::People),
    ("/account/passkeys/{id}", For::Ada),
    ("/account/second-factor", For::People),
    ("/accounts/{id}/remove", For::Ada),
    ("/admin", For::Staff),
    ("/admin/audit", For::Admin),
    ("/admin/people", For::Admin),
    ("/admin/people/{id}", For::Admin),
    ("/admin/people/{id}/story", For::Support),
    ("/admin/find", For::Support),
    ("/admin/cases", For::Support),
    ("/admin/cases/new", For::Support),
    ("/admin/cases/{id}", For::Support),
    ("/admin/campaigns", For::Staff),
    ("/admin/campaigns/new", For::Admin),
    ("/admin/campaigns/{id}", For::Staff),
    ("/admin/breaks", For::Staff),
    ("/admin/codes", For::Staff),
    ("/admin/connections", For::Staff),
    ("/admin/events", For::Staff),
    ("/admin/events/{id}", For::Staff),
    ("/admin/funnels", For::Staff),
    ("/admin/gaps", For::Staff),
    ("/admin/institutions", For::Staff),
    ("/admin/institutions/{id}", For::Staff),
    ("/admin/jobs", For::Staff),
    ("/admin/missing-institutions", For::Staff),
    ("/admin/outages/{id}", For::Staff),
    ("/confirm-email", For::Everybody),
    ("/connect", For::People),
    ("/connect/missing", For::People),
    ("/connect/sessions/{id}", For::Ada),
    ("/connect/{id}", For::People),
    ("/connections", For::People),
    ("/connections/disconnect", For::Ada),
    ("/connections/{id}", For::Ada),
    ("/connections/{id}/disconnect", For::Ada),
    ("/forgot-password", For::Everybody),
    ("/notices", For::People),
    ("/notices/{id}", For::Ada),
    ("/reset-password", For::Everybody),
    ("/sign-in", For::Everybody),
    ("/sign-in/second-step", For::Everybody),
    ("/sign-up", For::Everybody),
    ("/unsubscribe", For::Everybody),
];

on_both! {
    async fn every_page_is_open_to_whom_it_should_be(db: &TestStore) {
        let listed: BTreeSet<String> =
            leptos_axum::generate_route_list(relink_app::App).iter().map(|page| page.path().to_owned()).collect();
        let known: BTreeSet<String> = PAGES.iter().map(|(page, _)| (*page).to_owned()).collect();
        assert_eq!(listed, known, "a page that is not in the table");

        let scene = Scene::new(db).await;
        let nobody = scene.app.browser();
        for (page, who) in PAGES {
            let path = scene.fill(page);
            let (stranger, eve) = (nobody.get(&path).await, scene.eve.get(&path).await);
            let (ada, root) = (scene.ada.get(&path).await, scene.root.get(&path).await);
            let (viewer, support) = (scene.viewer.get(&path).await, scene.support.get(&path).await);
            let statuses =
                [stranger.status, eve.status, ada.status, viewer.status, support.status, root.status];
            let expected = match who {
                For::Everybody => [200, 200, 200, 200, 200, 200],
                For::People => [303, 200, 200, 200, 200, 200],
                For::Ada => [303, 404, 200, 404, 404, 404],
                For::Staff => [303, 403, 403, 200, 200, 200],
                For::Support => [303, 403, 403, 403, 200, 200],
                For::Admin => [303, 403, 403, 403, 403, 200],
            };
            assert_eq!(statuses, expected, "{page}");
            if who != For::Everybody {
                let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
                stranger.leads_to(&format!("/sign-in?next={next}"));
            }
            // Staff see the ends of numbers in the rows behind a figure; her
            // address is an admin's business on the pages of people, and support's
            // on hers alone.
            let helped = matches!(who, For::Staff | For::Support);
            let staff = [(&viewer, who != For::Staff), (&support, !helped)];
            let root = (&root, !helped && who != For::Admin);
            for (answer, hidden) in [(&stranger, true), (&eve, true), root].into_iter().chain(staff) {
                if hidden {
                    scene.hidden(answer);
                }
            }
        }
        let there = scene.ada.get(&scene.ids.visit.page).await;
        assert!(there.text.contains("··4821"), "the walk looks for something that is there: {}", there.text);
        scene.app.stop().await;
    }

    async fn other_ways_in_are_closed_to_strangers(db: &TestStore) {
        let scene = Scene::new(db).await;
        let nobody = scene.app.browser();
        let back = format!("/connect/return/{}?reason=complete&code=200", scene.ids.visit.reference);
        let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        nobody.get(&back).await.leads_to(&format!("/sign-in?next={next}"));
        nobody.get("/icons/102105").await.leads_to("/sign-in?next=%2Ficons%2F102105");
        nobody.get("/no-such-page").await.leads_to("/sign-in?next=%2Fno-such-page");
        let before = belongings(db).await;
        for other in [&scene.eve, &scene.root] {
            let answer = other.get(&back).await;
            answer.shows(404, "There is no such page");
            scene.hidden(&answer);
            assert_eq!(other.get("/no-such-page").await.status, 404);
        }
        assert_eq!(belongings(db).await, before);
        scene.app.stop().await;
    }

    async fn forms_change_nothing_of_another(db: &TestStore) {
        let scene = Scene::new(db).await;
        let nobody = scene.app.browser();
        let before = belongings(db).await;
        let open =
            ["/sign-in", "/sign-up", "/confirm-email", "/forgot-password", "/reset-password", "/unsubscribe",
            "/sign-in/second-step", "/sign-in/set-up", "/sign-in/set-up/code", "/sign-in/passkey",
            "/sign-in/passkey/ask", "/sign-in/set-up/passkey", "/sign-in/set-up/passkey/ask"];
        for form in relink_server::http::form_paths() {
            let path = scene.fill(form);
            let answer = nobody.post(&path, &[]).await;
            assert_eq!(answer.status, 303, "{form}: {}", answer.text);
            if !open.contains(&form) {
                assert_eq!(answer.location(), "/sign-in", "{form}");
            }
        }
        // Eve's own are left out; the rest name things of Ada's.
        let own = [
            "/account/password", "/account/preferences", "/account/erase", "/account/sign-out-everywhere", "/sign-out", "/connect/missing", "/connect/{id}",
            "/notices/seen", "/account/notices", "/account/notices/email", "/account/notices/phone",
            "/account/notices/phone/code", "/account/notices/phone/remove", "/account/second-factor",
            "/account/second-factor/code", "/account/second-factor/recovery-codes", "/account/second-factor/remove",
            "/account/passkeys", "/account/passkeys/new", "/account/passkeys/ask",
        ];
        let (kept, sign_in) = (&*scene.ids.accounts[0], &scene.ids.sign_in);
        let mut tried = 0;
        for form in relink_server::http::form_paths() {
            if open.contains(&form) || own.contains(&form) || form.starts_with("/admin/") {
                continue;
            }
            tried += 1;
            for other in [&scene.eve, &scene.root] {
                let answer = other.post(&scene.fill(form), &[("kept", kept), ("seen", kept), ("how_long", "day")]).await;
                assert!([303, 404].contains(&answer.status), "{form}: {} {}", answer.status, answer.text);
                scene.hidden(&answer);
                let landed = other.get(answer.location()).await;
                scene.hidden(&landed);
            }
        }
        let all = "keep, look, refresh, remove, same, revoke, repair, renew, disconnect one and all, snooze, unsnooze, rename and remove a passkey";
        assert_eq!(tried, 14, "{all}");
        assert_eq!(belongings(db).await, before, "something of Ada's was changed");
        let listed = scene.ada.get("/account").await;
        assert!(listed.text.contains(sign_in), "the sign-in that others revoked is still there");

        scene.ada.post(&format!("/accounts/{kept}/remove"), &[]).await.leads_to("/connections");
        assert_ne!(belongings(db).await, before, "Ada herself can");
        scene.ada.post(&format!("/account/sign-ins/{sign_in}/revoke"), &[]).await.leads_to("/account");
        assert!(!scene.ada.get("/account").await.text.contains(sign_in), "Ada herself can");
        scene.app.stop().await;
    }

    async fn server_functions_answer_for_their_own_person(db: &TestStore) {
        let scene = Scene::new(db).await;
        let (nobody, before) = (scene.app.browser(), belongings(db).await);
        let ids = &scene.ids;
        let calls = calls(&ids.visit.id, &ids.accounts, &ids.connection);
        let listed: BTreeSet<(String, Method)> = leptos::server_fn::axum::server_fn_paths()
            .map(|(path, method)| (path.trim_start_matches("/rpc/").to_owned(), method))
            .collect();
        let known: BTreeSet<(String, Method)> =
            calls.iter().map(|call| (call.name.to_owned(), call.method.clone())).collect();
        let sorted = |all: BTreeSet<(String, Method)>| {
            all.into_iter().map(|(name, method)| format!("{method} {name}")).collect::<BTreeSet<_>>()
        };
        assert_eq!(sorted(listed), sorted(known), "a server function that is not in the table");

        for call in &calls {
            let answer = call.made_by(&nobody).await;
            assert_eq!(answer.status, 401, "{}: {}", call.name, answer.text);
            scene.hidden(&answer);
            for other in [&scene.eve, &scene.root] {
                let answer = call.made_by(other).await;
                assert_eq!(answer.status, call.others, "{}: {}", call.name, answer.text);
                scene.hidden(&answer);
            }
            if call.method == Method::POST {
                let wrong = scene.ada.get(&format!("/rpc/{}", call.name)).await;
                assert!(wrong.status >= 400, "{} by GET: {}", call.name, wrong.status);
            }
        }
        assert_eq!(belongings(db).await, before);
        for call in calls.iter().filter(|call| call.others == 404) {
            let answer = call.made_by(&scene.ada).await;
            assert_eq!(answer.status, 200, "{}: Ada herself can: {}", call.name, answer.text);
        }
        assert_ne!(belongings(db).await, before, "Ada has removed an account");
        scene.app.stop().await;
    }

    async fn requests_of_other_sites_are_refused(db: &TestStore) {
        let scene = Scene::new(db).await;
        let before = belongings(db).await;
        let neighbour = format!("http://localhost:{}", scene.app.config.sandbox.listen.port());
        let elsewhere: [&[(&str, &str)]; 4] = [
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            &[("origin", &neighbour), ("sec-fetch-site", "same-site")],
            &[("origin", "null")],
            &[],
        ];
        let forms = relink_server::http::form_paths();
        // A mail program says nothing of where it comes from: the token is the proof.
        let forms = forms.iter().filter(|form| **form != "/unsubscribe");
        let mut paths: Vec<String> = forms.map(|form| scene.fill(form)).collect();
        let posted = leptos::server_fn::axum::server_fn_paths().filter(|(_, method)| *method == Method::POST);
        paths.extend(posted.map(|(path, _)| path.to_owned()));
        paths.push("/no-such-page".to_owned());
        let kept = &*scene.ids.accounts[0];
        for path in &paths {
            for from in elsewhere {
                let answer = scene.ada.post_from(path, &[("kept", kept), ("seen", kept)], from).await;
                assert_eq!(answer.status, 403, "{path} {from:?}: {}", answer.text);
            }
        }
        assert_eq!(belongings(db).await, before);
        assert_eq!(scene.ada.get("/account").await.status, 200, "she was not signed out");
        // The one that is free of it proves itself by its signature.
        let answer = scene.app.webhook(&scene.ids.visit.reference, "{}", "not the key").await;
        assert_eq!(answer.status, 401);
        scene.app.stop().await;
    }
}
