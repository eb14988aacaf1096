//! Events and jobs as staff see them: the log, a replay, gaps, the queue.

use relink_engine::{identity::Role, store::testing::TestStore};

use super::{
    app::{FINBANK, Jobs, TestApp, launch},
    browser::Browser,
    db::{change, on_both, rows},
    journeys::row,
    webhooks::{KEY, event, states, visiting},
};

/// The rows of `table` that name `what`.
async fn about(db: &TestStore, table: &str, what: &str) -> usize {
    let rows = rows(db, table).await;
    rows.iter().filter(|row| row.contains(what)).count()
}

/// What visits know, without how often that was looked at.
async fn known(db: &TestStore) -> Vec<String> {
    change(db, "UPDATE connect_sessions SET version = 0").await;
    rows(db, "connect_sessions").await
}

async fn way_back(root: &Browser, page: &str, queries: &[&str]) {
    for query in queries {
        let answer = root.get(&format!("{page}?{query}")).await;
        answer.shows(400, "This address is not one of ours");
        assert!(
            answer.text.contains(&format!("href=\"{page}\"")),
            "a way back"
        );
    }
}

on_both! {
    async fn an_event_is_looked_at_and_replayed_without_a_second_effect(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, visit, customer) = visiting(&app).await;
        let (vera, sam) = (app.staff("vera", Role::Viewer).await, app.staff("sam", Role::Support).await);
        assert_eq!(app.webhook(&visit.reference, &event("e1", "started", &customer), KEY).await.status, 200);
        assert_eq!(app.webhook(&visit.reference, &event("e2", "done", "1005061234"), KEY).await.status, 200);
        assert_eq!(app.webhook(&visit.reference, "{}", "another key").await.status, 401);
        app.work().await;

        let log = vera.get("/admin/events").await;
        log.shows(200, "The link was opened");
        log.shows(200, "It names another customer than its visit has.");
        assert_eq!(row(&log, "Refused at the door", "Today"), ["1", "0"]);
        assert!(!log.text.contains("Replay all of these"), "a viewer looks");
        for (query, events) in [
            ("kind=started", 1), ("state=quarantined", 1), ("state=waiting", 0), ("customer=1005061234", 1),
            ("from=2020-01-01&until=2020-01-02", 0), ("from=2020-01-01", 2), ("reference=nobodys", 0),
        ] {
            let found = vera.get(&format!("/admin/events?{query}")).await;
            assert_eq!(found.after("href=\"/admin/events/").len(), events, "{query}");
        }
        let of_visit = vera.get(&format!("/admin/events?reference={}", visit.reference)).await;
        assert_eq!(of_visit.after("href=\"/admin/events/"), ["e2", "e1"]);
        let one = vera.get("/admin/events/e1").await;
        one.shows(200, "The partner secret of that time");
        assert!(one.text.contains("&quot;customer&quot;") || one.text.contains("\"customer\""), "{}", one.text);
        assert_eq!(vera.get("/admin/events/e9").await.status, 404);
        way_back(&vera, "/admin/events", &["kind=%27", "state=x", "from=2026-02-30", "after=1", "colour=red"]).await;

        assert_eq!(vera.post("/admin/events/e1/replay", &[]).await.status, 403);
        let (before, readings) = (known(db).await, about(db, "jobs", "read_session").await);
        sam.post("/admin/events/e1/replay", &[]).await.leads_to("/admin/events/e1");
        sam.get("/admin/events/e1").await.shows(200, "The event has its effect once more.");
        assert_eq!(states(db).await, [1, 0, 1]);
        app.work().await;
        assert_eq!(states(db).await, [0, 1, 1]);
        assert_eq!((known(db).await, about(db, "jobs", "read_session").await), (before, readings));
        sam.get("/admin/events/e1").await.shows(200, "The link was opened");
        assert_eq!(app.webhook(&visit.reference, &event("e1", "started", &customer), KEY).await.status, 200);
        vera.get("/admin").await.shows(200, "Received in 24 hours: <a href=\"/admin/events\">2</a>");
        assert_eq!(sam.post("/admin/events/e9/replay", &[]).await.status, 404);
        assert_eq!(about(db, "audit", "event_replayed").await, 1);
        app.stop().await;
    }

    async fn a_window_of_events_is_replayed_once_its_cause_is_gone(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, visit, customer) = visiting(&app).await;
        let sam = app.staff("sam", Role::Support).await;
        let right = format!("UPDATE connect_sessions SET customer_id = '{customer}'");
        change(db, "UPDATE connect_sessions SET customer_id = '1'").await;
        for (id, kind) in [("e1", "started"), ("e2", "adding"), ("e3", "mfa")] {
            assert_eq!(app.webhook(&visit.reference, &event(id, kind, &customer), KEY).await.status, 200);
        }
        app.work().await;
        assert_eq!(states(db).await, [0, 0, 3]);
        change(db, &right).await;
        sam.post("/admin/events/replay", &[]).await.leads_to("/admin/events");
        sam.get("/admin/events").await.shows(200, "Otherwise it is all events.");
        for bad in [("kind", "a b"), ("colour", "red")] {
            sam.post("/admin/events/replay", &[bad]).await.leads_to("/admin/events");
        }
        app.work().await;
        assert_eq!(states(db).await, [0, 0, 3], "nothing was replayed");
        let window = [("state", "quarantined"), ("kind", ""), ("from", "2020-01-01")];
        sam.post("/admin/events/replay", &window).await
            .leads_to("/admin/events?state=quarantined&from=2020-01-01");
        sam.get("/admin/events").await.shows(200, "The events are being replayed");
        app.work().await;
        assert_eq!(states(db).await, [0, 3, 0]);
        ada.get(&visit.page).await.shows(200, "Finish signing in to FinBank Profiles - A");
        assert_eq!(about(db, "audit", "events_replayed").await, 1);
        app.stop().await;
    }

    async fn what_did_not_come_is_told(db: &TestStore) {
        let app = TestApp::start(db).await;
        let (ada, root) = (app.user("ada").await, app.admin().await);
        let visit = app.connected(&ada, &["checking", "savings"]).await;
        let open = launch(&app.user("eve").await, FINBANK).await;
        let gaps = root.get("/admin/gaps").await;
        gaps.shows(200, "Each visit has its end.");
        gaps.shows(200, "All of them were read.");
        change(db, "UPDATE connect_sessions SET created_at = '2020-01-01T00:00:00+00:00'").await;
        change(db, "UPDATE customers SET read_at = '2020-01-01T00:00:00+00:00'").await;
        let gaps = root.get("/admin/gaps?days=7").await;
        let customers = gaps.after("href=\"/admin/events?customer=");
        assert_eq!(customers.len(), 1, "who has no accounts is not read: {}", gaps.text);
        root.get(&format!("/admin/events?customer={}", customers[0])).await.shows(200, "The visit is over");
        gaps.shows(200, "Each visit has its end.");
        // Its last event was lost; the other visit nobody ever went to.
        change(db, "UPDATE connect_sessions SET ended_at = NULL").await;
        let gaps = root.get("/admin/gaps").await;
        assert_eq!(gaps.after("href=\"/admin/events?reference="), [&*visit.reference]);
        assert!(!gaps.text.contains(&open.reference), "{}", gaps.text);
        // All of its events were, and nobody came back: the reading proves it.
        change(db, "DELETE FROM events").await;
        let visits = rows(db, "connect_sessions").await.concat().replace("\"\"", "\"").replace(' ', "");
        assert!(!visits.contains("\"returned\":\""), "{visits}");
        let gaps = root.get("/admin/gaps").await;
        assert_eq!(gaps.after("href=\"/admin/events?reference="), [&*visit.reference]);
        assert!(!gaps.text.contains(&open.reference), "{}", gaps.text);
        way_back(&root, "/admin/gaps", &["days=0", "days=x", "visits=x", "customers=1", "page=2"]).await;
        app.stop().await;
        let untold = TestApp::with(db, Jobs::Wait, |config| config.connect.webhook = false).await;
        let gaps = untold.signed_in("root").await.get("/admin/gaps").await;
        gaps.shows(200, "so no event is expected.");
        assert!(!gaps.text.contains(&visit.reference), "{}", gaps.text);
        untold.stop().await;
    }

    async fn the_queue_is_looked_at_and_moved(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, visit, customer) = visiting(&app).await;
        let (vera, root) = (app.staff("vera", Role::Viewer).await, app.admin().await);
        app.work().await;
        assert_eq!(app.webhook(&visit.reference, &event("e1", "started", &customer), KEY).await.status, 200);
        let waiting = "/admin/jobs?state=waiting&kind=apply_event";
        let page = root.get(waiting).await;
        page.shows(200, "Jobs that wait: apply_event");
        page.shows(200, "<code>sweep</code>");
        let job = page.after("action=\"/admin/jobs/").remove(0);
        let job = job.split('/').next().unwrap();
        let looked = vera.get(waiting).await;
        looked.shows(200, "0 of 12");
        assert!(!looked.text.contains("action=\"/admin/jobs/"), "a viewer looks");

        let (cancel, retry) = (format!("/admin/jobs/{job}/cancel"), format!("/admin/jobs/{job}/retry"));
        root.post(&retry, &[]).await.leads_to("/admin/jobs?state=dead");
        root.get("/admin/jobs").await.shows(200, "That job has moved on since this page was made.");
        root.post(&cancel, &[]).await.leads_to("/admin/jobs?state=dead");
        let dead = root.get("/admin/jobs?state=dead").await;
        dead.shows(200, "The job is out of the queue.");
        dead.shows(200, "cancelled by staff");
        app.work().await;
        assert_eq!(states(db).await, [1, 0, 0], "it was not run");
        root.post(&retry, &[]).await.leads_to("/admin/jobs?state=dead");
        app.work().await;
        assert_eq!(states(db).await, [0, 1, 0]);
        root.post(&cancel, &[]).await.leads_to("/admin/jobs?state=dead");
        root.get("/admin/jobs").await.shows(200, "That job has moved on");

        change(db, "UPDATE jobs SET status = 'dead', last_error = 'out of people' WHERE kind = 'apply_event'").await;
        root.get("/admin/jobs").await.shows(200, "out of people");
        root.post(&cancel, &[]).await.leads_to("/admin/jobs?state=dead");
        root.get("/admin/jobs").await.shows(200, "There is no such job.");
        assert_eq!(about(db, "audit", "job_cancelled").await, 2);
        assert_eq!(about(db, "audit", "job_retried").await, 1);
        way_back(&root, "/admin/jobs", &["state=done", "kind=%20", "after=1", "page=2"]).await;
        app.stop().await;
    }
}
