//! Cases for Mastercard over HTTP, from the list to the last connection.

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

/// Three at one institution that only Mastercard mends, five days ago, and one
/// that its user does.
async fn broken(app: &TestApp, db: &TestStore) -> (Town, Vec<House>, Browser) {
    let now = app.program.app.clocks.domain.now();
    let mut town = Town::at(&db.store, 5, now - Duration::days(5));
    let mut houses = Vec::new();
    for (number, code) in [168, 168, 168, 103].into_iter().enumerate() {
        let user = town.user(&format!("user{number}")).await;
        let house = town.connect(&user, 4_001).await;
        town.read(&[(&house, code)]).await;
        town.pass(Duration::minutes(1));
        houses.push(house);
    }
    town.pass(Duration::days(4));
    let sam = app.staff("sam", Role::Support).await;
    (town, houses, sam)
}

const BUNDLE: &str = "/admin/cases/new?code=168&institution=4001&days=3";

on_both! {
    async fn a_case_is_put_together_sent_and_followed(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (town, houses, sam) = broken(&app, db).await;
        let list = sam.get("/admin/cases").await;
        list.shows(200, "No case was sent yet.");
        assert_eq!(list.after("data-head=\"Institution\" class=\"\"><a href=\""), [BUNDLE]);
        list.shows(200, ">3</td>");
        sam.get("/admin/cases?days=30").await.shows(200, "Nothing waits to be told.");

        let page = sam.get(BUNDLE).await;
        let shown = page.after("name=\"connection\" value=\"");
        let expected: Vec<String> = houses[..3].iter().map(|house| house.connection.to_string()).collect();
        assert_eq!(shown, expected, "the longest broken first");
        for house in &houses[..3] {
            page.shows(200, &format!("Customer ID: {}", house.customer));
        }
        assert!(!page.text.contains("user0@example.com"), "nobody's address");
        change(db, "UPDATE institution_figures SET name = '=1+1' WHERE institution_id = 4001").await;
        let csv = sam.get(&BUNDLE.replace("new?", "new.csv?")).await;
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 4, "{}", csv.text);
        assert!(lines[1].starts_with(&format!("4001,\"'=1+1\",168,{},", houses[0].customer)), "{}", csv.text);

        let mut fields = vec![("status_code", "168"), ("institution", "4001"), ("number", "CS-1")];
        fields.extend(shown.iter().map(|id| ("connection", &**id)));
        // One works again before it is marked as sent.
        town.read(&[(&houses[2], 0)]).await;
        let sent = sam.post("/admin/cases", &fields).await;
        assert_eq!(sent.status, 303);
        let case = sent.location().to_owned();
        let one = sam.get(&case).await;
        one.shows(200, "Marked as sent.");
        one.shows(200, "0 of 2 work again");
        one.shows(200, "value=\"CS-1\"");
        sam.post("/admin/cases", &fields).await.leads_to("/admin/cases");
        sam.get("/admin/cases").await.shows(200, "None of these is broken so any more.");
        sam.get(BUNDLE).await.shows(200, "Nothing is left of this");

        sam.post(&format!("{case}/number"), &[("number", "CS-2")]).await.leads_to(&case);
        sam.get(&case).await.shows(200, "value=\"CS-2\"");
        sam.post(&format!("{case}/number"), &[("number", "<b>")]).await.leads_to(&case);
        sam.get(&case).await.shows(200, "This is no case number");
        town.read(&[(&houses[0], 0)]).await;
        sam.get(&case).await.shows(200, "One of 2 works again");
        town.read(&[(&houses[1], 0)]).await;
        sam.get(&case).await.shows(200, "2 of 2 work again · closed");
        let csv = sam.get(&format!("{case}/csv")).await;
        assert_eq!(csv.text.lines().count(), 3, "{}", csv.text);

        let root = app.admin().await;
        root.get("/admin/audit?what=case_sent").await.shows(200, "sam@example.com");
        root.get("/admin/audit?what=case_numbered").await.shows(200, "Changed the number of a case");
        app.program.app.identity.audit().verify().await.unwrap();
        app.stop().await;
    }

    async fn an_address_of_cases_that_makes_no_sense(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, houses, sam) = broken(&app, db).await;
        for query in ["days=x", "after=1", "before=x", "page=2", "before=00000000-0000-0000-0000-000000000001"] {
            let answer = sam.get(&format!("/admin/cases?{query}")).await;
            answer.shows(400, "This address is not");
            assert!(answer.text.contains("href=\"/admin/cases\""), "a way back");
        }
        for query in ["", "?code=168", "?code=x&institution=4001&days=3", "?code=168&institution=%27&days=3"] {
            sam.get(&format!("/admin/cases/new{query}")).await.shows(400, "This address is not one of ours");
            sam.get(&format!("/admin/cases/new.csv{query}")).await.shows(400, "This address is not one of ours");
        }
        let far = "/admin/cases/new?code=168&institution=9223372036854775807&days=3";
        sam.get(far).await.shows(200, "Nothing is left of this");
        for case in ["x", "00000000-0000-0000-0000-000000000001"] {
            sam.get(&format!("/admin/cases/{case}")).await.shows(404, "no such page");
            assert_eq!(sam.get(&format!("/admin/cases/{case}/csv")).await.status, 404);
            assert_eq!(sam.post(&format!("/admin/cases/{case}/number"), &[]).await.status, 404);
        }
        let before = rows(db, "mastercard_cases").await;
        let mine = houses[3].connection.to_string();
        for (code, place, connection) in [("x", "4001", &*mine), ("168", "x", &mine), ("103", "4001", &mine), ("168", "4001", "x")] {
            let fields = [("status_code", code), ("institution", place), ("connection", connection)];
            sam.post("/admin/cases", &fields).await.leads_to("/admin/cases");
        }
        assert_eq!(rows(db, "mastercard_cases").await, before);
        let vera = app.staff("vera", Role::Viewer).await;
        for path in ["/admin/cases/new.csv?code=168&institution=4001&days=3", "/admin/cases/x/csv"] {
            assert!([403, 404].contains(&vera.get(path).await.status), "{path}");
        }
        app.stop().await;
    }
}
