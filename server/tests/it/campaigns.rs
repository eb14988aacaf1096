//! Campaigns over HTTP, from the form to what came of them.

use chrono::Duration;
use relink_engine::{
    health::testing::{House, Town},
    identity::Role,
    store::testing::TestStore,
};

use super::{
    app::{Jobs, TestApp},
    browser::Browser,
    db::{change, on_both, rows},
};

const LIST: &str = "/admin/campaigns";
const NEW: &str = "/admin/campaigns/new";

/// Four that a repair helps with, five days ago, at two institutions; one that
/// only Mastercard mends. Nobody sleeps.
async fn broken(db: &TestStore) -> (TestApp, Town, Vec<House>, Browser) {
    let app = TestApp::with(db, Jobs::Wait, |config| {
        config.notices.quiet_from = String::new();
        config.notices.quiet_until = String::new();
    })
    .await;
    let now = app.program.app.clocks.domain.now();
    let mut town = Town::at(&db.store, 5, now - Duration::days(5));
    let mut houses = Vec::new();
    let all = [
        (4_001, 103),
        (4_001, 103),
        (4_001, 185),
        (4_002, 103),
        (4_001, 168),
    ];
    for (number, (place, code)) in all.into_iter().enumerate() {
        let user = town.user(&format!("user{number}")).await;
        let house = town.connect(&user, place).await;
        town.read(&[(&house, code)]).await;
        town.pass(Duration::minutes(1));
        houses.push(house);
    }
    town.pass(Duration::days(4));
    // What readings would tell by themselves is another test's.
    change(db, "DELETE FROM jobs WHERE kind = 'notify.consider'").await;
    let root = app.admin().await;
    (app, town, houses, root)
}

/// The letters of a campaign that are in the outbox.
async fn letters(app: &TestApp) -> usize {
    let outbox = app.browser().get("/outbox").await;
    let rows = outbox.text.split("<li class=\"row\">");
    rows.filter(|row| row.contains("needs you")).count()
}

/// Makes a draft; its page.
async fn draft(root: &Browser, fields: &[(&str, &str)]) -> String {
    let made = root.post(LIST, fields).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let page = made.location().to_owned();
    root.get(&page)
        .await
        .shows(200, "The draft is made. Nothing was sent.");
    page
}

on_both! {
    async fn a_campaign_is_counted_looked_at_sent_and_followed(db: &TestStore) {
        let (app, town, houses, root) = broken(db).await;
        root.get(LIST).await.shows(200, "There is no campaign yet.");
        let form = root.get(NEW).await;
        form.shows(200, "name=\"institution\" value=\"4001\"");
        assert!(!form.text.contains("value=\"168\""), "only what a repair helps with");
        let choice = [
            ("institution", "4001"), ("status_code", "103"), ("status_code", "185"), ("days_from", "3"),
            ("days_to", ""), ("language", ""), ("told_days", "7"),
        ];
        let page = draft(&root, &choice).await;
        let shown = root.get(&page).await;
        shown.shows(200, "3 of 3 connections would be written about.");
        shown.shows(200, "Bank 4001 needs you");
        shown.shows(200, "Bank 4001 necesita algo de usted");
        assert!(!shown.text.contains("user0@example.com"), "nobody's address");
        let vera = app.staff("vera", Role::Viewer).await;
        let seen = vera.get(&page).await;
        for act in ["count", "send", "stop"] {
            let form = format!("action=\"{page}/{act}\"");
            assert!(shown.text.contains(&form) && !seen.text.contains(&form), "{act} is an admin's");
        }
        app.work().await;
        assert_eq!(letters(&app).await, 0, "nothing leaves before it is sent");

        let send = format!("{page}/send");
        root.post(&send, &[]).await.leads_to(&page);
        root.get(&page).await.shows(200, "tick the box. Nothing was sent.");
        // One works again after it was counted.
        town.read(&[(&houses[1], 0)]).await;
        change(db, "DELETE FROM jobs WHERE kind = 'notify.consider'").await;
        for said in ["It is sent.", "It was sent before."] {
            root.post(&send, &[("looked", "on")]).await.leads_to(&page);
            root.get(&page).await.shows(200, said);
        }
        app.work().await;
        app.pass(1).await;
        app.work().await;
        let shown = root.get(&page).await;
        shown.shows(200, "<strong>2</strong></td>");
        shown.shows(200, "Done");
        assert_eq!(letters(&app).await, 2);

        town.repairs(&houses[0]).await;
        town.pass(Duration::hours(30));
        town.read(&[(&houses[0], 0)]).await;
        let shown = root.get(&page).await;
        shown.shows(200, "Repaired ");
        shown.shows(200, "Began a repair ");
        let looked = vera.get(&format!("{page}?fate=sent")).await;
        looked.shows(200, &houses[2].connection.to_string());
        let helped = vera.get(&format!("{page}?step=proven")).await;
        helped.shows(200, &houses[0].connection.to_string());
        helped.shows(200, "Not enough data");
        assert!(!helped.text.contains(&houses[2].connection.to_string()), "it was not repaired");
        let csv = vera.get(&format!("{page}/csv?step=proven")).await;
        assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
        vera.get(&format!("{page}/csv?step=x")).await.shows(400, "This address is not one of ours");
        let funnel = shown.after("href=\"").into_iter().find(|link| link.starts_with("/admin/funnels?"));
        assert_eq!(funnel.as_deref(), Some("/admin/funnels?funnel=repair&of=institution.4001"));
        vera.get(&funnel.unwrap()).await.shows(200, "A campaign tells the same");
        change(db, "UPDATE institution_figures SET name = '=1+1' WHERE institution_id = 4001").await;
        let csv = vera.get(&format!("{page}/csv")).await;
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 3, "{}", csv.text);
        assert!(lines[1].starts_with("4001,\"'=1+1\","), "{}", csv.text);
        for (act, said) in [("campaign_made", "root@example.com"), ("campaign_sent", "3 connections")] {
            root.get(&format!("/admin/audit?what={act}")).await.shows(200, said);
        }
        app.program.app.identity.audit().verify().await.unwrap();
        app.stop().await;
    }

    async fn a_campaign_that_is_stopped_sends_no_more(db: &TestStore) {
        let (app, _, _, root) = broken(db).await;
        let page = draft(&root, &[("status_code", "103"), ("status_code", "185")]).await;
        root.get(&page).await.shows(200, "4 of 4 connections");
        root.post(&format!("{page}/send"), &[("looked", "on")]).await.leads_to(&page);
        // Two admins at once.
        let other = draft(&root, &[("status_code", "103")]).await;
        let stop = format!("{page}/stop");
        for said in ["It is stopped. Nothing more leaves.", "It is over already."] {
            root.post(&stop, &[]).await.leads_to(&page);
            root.get(&page).await.shows(200, said);
        }
        root.post(&format!("{page}/send"), &[("looked", "on")]).await.leads_to(&page);
        root.get(&page).await.shows(200, "It is over already.");
        app.work().await;
        assert_eq!(letters(&app).await, 0);
        root.get(&page).await.shows(200, "Stopped");
        root.get("/admin/audit?what=campaign_stopped").await.shows(200, "root@example.com");
        root.post(&format!("{other}/count"), &[]).await.leads_to(&other);
        root.get(&other).await.shows(200, "It is counted again.");
        root.post(&format!("{other}/stop"), &[]).await.leads_to(&other);
        root.get(LIST).await.shows(200, "Stopped");
        app.stop().await;
    }

    async fn what_is_typed_wrong_makes_no_campaign(db: &TestStore) {
        let (app, _, _, root) = broken(db).await;
        let before = rows(db, "campaigns").await;
        let code = ("status_code", "103");
        for (fields, said) in [
            (vec![], "Tick at least one code"),
            (vec![("status_code", "168")], "Tick at least one code"),
            (vec![("status_code", "x")], "Tick at least one code"),
            (vec![code, ("institution", "-5")], "One of the banks is not known"),
            (vec![code, ("institutions", "4001; 77")], "One of the banks is not known"),
            (vec![code, ("institutions", "18446744073709551615")], "One of the banks is not known"),
            (vec![code, ("days_from", "x")], "The days are numbers"),
            (vec![code, ("days_from", "9"), ("days_to", "3")], "The days are numbers"),
            (vec![code, ("told_days", "70000")], "The days are numbers"),
            (vec![code, ("days_from", "3651")], "The days are numbers"),
        ] {
            root.post(LIST, &fields).await.leads_to(NEW);
            root.get(NEW).await.shows(200, said);
        }
        assert_eq!(rows(db, "campaigns").await, before);
        for query in ["before=x", "page=2", "before=00000000-0000-0000-0000-000000000001"] {
            let answer = root.get(&format!("{LIST}?{query}")).await;
            answer.shows(400, "This address is not");
            assert!(answer.text.contains(&format!("href=\"{LIST}\"")), "a way back");
        }
        root.get(&format!("{NEW}?code=x")).await.shows(400, "This address is not one of ours");
        root.get(&format!("{NEW}?institution=18446744073709551615")).await.shows(400, "This address is not one of ours");
        let page = draft(&root, &[code, ("institutions", "4001, 4002")]).await;
        for query in ["fate=x", "step=x", "fate=sent&step=came", "after=1", "after=5.x", "page=2"] {
            root.get(&format!("{page}?{query}")).await.shows(400, "This address is not one of ours");
        }
        let far = "after=18446744073709551615.00000000-0000-0000-0000-000000000001";
        root.get(&format!("{page}?{far}")).await.shows(400, "This address is not one of ours");
        for nobody in ["x", "00000000-0000-0000-0000-000000000001"] {
            let page = format!("{LIST}/{nobody}");
            assert_eq!(root.get(&page).await.status, 404);
            assert_eq!(root.get(&format!("{page}/csv")).await.status, 404);
            for act in ["count", "send", "stop"] {
                let answer = root.post(&format!("{page}/{act}"), &[("looked", "on")]).await;
                assert_eq!(answer.status, 404, "{act}");
            }
        }
        app.stop().await;
    }
}
