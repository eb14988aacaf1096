//! What staff see of all connections together: every number as it is by hand.

use chrono::Duration;
use relink_engine::{
    health::testing::{House, Town},
    identity::Role,
    status::{Cause, Change},
    store::testing::TestStore,
};

use super::{
    app::{Jobs, TestApp},
    db::on_both,
};

/// Twelve users with a connection each, read a day ago; six hours ago three
/// broke, one by a code that no table knows. One of them was repaired.
async fn twelve(app: &TestApp, db: &TestStore) -> Vec<House> {
    let now = app.program.app.clocks.domain.now();
    let mut town = Town::at(&db.store, 5, now - Duration::hours(24));
    let mut houses = Vec::new();
    for number in 0..12 {
        let user = town.user(&format!("user{number}")).await;
        houses.push(town.connect(&user, 4_001 + number / 6).await);
    }
    for house in &houses {
        town.read(&[(house, 0)]).await;
    }
    town.pass(Duration::hours(18));
    town.read(&[(&houses[0], 103)]).await;
    town.read(&[(&houses[1], 103)]).await;
    town.read(&[(&houses[6], 987_654)]).await;
    town.pass(Duration::hours(1));
    town.read(&[(&houses[1], 0)]).await;
    houses
}

on_both! {
    async fn the_health_page_says_what_is_there(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let root = app.admin().await;
        root.get("/admin").await.shows(200, "There is no connection to count yet");
        twelve(&app, db).await;
        let page = root.get("/admin").await;
        page.shows(200, "83.3 % of 12 connections are healthy");
        let table = [
            ("standing=healthy", "10"), ("standing=renew_soon", "0"), ("standing=broken", "2"),
            ("standing=stale", "0"), ("acts=user", "1"), ("acts=partner", "1"), ("cause=credentials", "1"),
            ("cause=unknown", "1"),
        ];
        for (filter, count) in table {
            let link = format!("href=\"/admin/connections?{filter}\">{count}</a>");
            assert!(page.text.contains(&link), "{filter}: {}", page.text);
        }
        // Two of twelve for six hours, one for one: 275 of 288 hours are 95.4 %,
        // as far as the hour has come; three repairs are too few for a median.
        page.shows(200, "Not enough data");
        for (row, breaks) in [("Last 7 days", "3"), ("Last 30 days", "3")] {
            let after = page.text.split(row).nth(1).unwrap();
            let (href, after) = after.split_once("href=\"").unwrap().1.split_once("\">").unwrap();
            assert!(href.starts_with("/admin/breaks?did=opened&amp;from=20"), "{href}");
            assert!(after.starts_with(&format!("{breaks}<")), "{after}");
        }
        app.stop().await;
    }

    async fn an_open_page_is_told_of_news_and_of_nothing_else(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let vera = app.staff("vera", Role::Viewer).await;
        assert_eq!(app.user("eve").await.follow("/admin/live").await.status(), 403);
        app.browser().get("/admin/live").await.leads_to("/sign-in?next=%2Fadmin%2Flive");
        vera.get("/admin").await.shows(200, "src=\"/live.js\"");
        let mut stream = vera.follow("/admin/live").await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        assert_eq!(stream.headers()["x-accel-buffering"], "no");
        let mut next = async || stream.chunk().await.unwrap().expect("it goes on");
        assert_eq!(next().await, ": from here on\n\n".as_bytes());
        twelve(&app, db).await;
        let piece = next().await;
        assert_eq!(piece, "event: changed\ndata: health\n\n".as_bytes(), "no figure is in it");
        app.stop().await;
    }

    async fn the_rows_behind_each_number_are_there(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let root = app.admin().await;
        let houses = twelve(&app, db).await;
        let rows = async |query: &str| root.get(&format!("/admin/connections{query}")).await;
        let all = rows("").await;
        all.shows(200, "12 connections");
        for house in &houses {
            assert!(all.text.contains(&house.connection.to_string()));
        }
        assert!(!all.text.contains("@example.com</"), "no address of a user");
        let broken = rows("?standing=broken").await;
        broken.shows(200, "2 connections");
        assert!(broken.text.contains(&houses[0].connection.to_string()));
        assert!(!broken.text.contains(&houses[1].connection.to_string()));
        rows("?code=987654").await.shows(200, "1 connection");
        rows("?institution=4001&standing=healthy").await.shows(200, "Connections. At Bank 4001");
        rows("?code=14").await.shows(200, "No connection is like this.");
        for query in ["?code=x", "?standing=", "?colour=red", "?after=x", "?days=-1", "?institution=%27"] {
            let answer = rows(query).await;
            if query == "?standing=" {
                assert_eq!(answer.status, 200, "what a form leaves empty is any");
                continue;
            }
            answer.shows(400, "This address is not one of ours");
            assert!(answer.text.contains("href=\"/admin/connections\""), "a way back");
        }
        app.stop().await;
    }

    async fn institutions_and_codes_are_there_and_in_a_spreadsheet(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let root = app.admin().await;
        root.get("/admin/institutions").await.shows(200, "No institution is like this.");
        root.get("/admin/codes").await.shows(200, "Nothing has broken in 30 days.");
        twelve(&app, db).await;
        let page = root.get("/admin/institutions").await;
        for id in [4_001, 4_002] {
            assert!(page.text.contains(&format!("href=\"/admin/institutions/{id}\">Bank {id}</a>")));
            let broken = format!("href=\"/admin/connections?standing=broken&amp;institution={id}\">1</a>");
            assert!(page.text.contains(&broken), "{}", page.text);
        }
        root.get("/admin/institutions/4001").await.shows(200, "Bank 4001");
        assert_eq!(root.get("/admin/institutions/77").await.status, 404);
        root.get("/admin/institutions?q=4002").await.shows(200, "Bank 4002");
        for query in ["?sort=size", "?after=x", "?page=2", "?never=maybe", "?status=unknown"] {
            let answer = root.get(&format!("/admin/institutions{query}")).await;
            answer.shows(400, "This address is not one of ours");
            assert!(answer.text.contains("href=\"/admin/institutions\""), "a way back");
        }
        let csv = root.get("/admin/institutions.csv?sort=name").await;
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 3, "{}", csv.text);
        assert_eq!(lines[1], "4001,Bank 4001,,6,,1,1,no,no,0,");
        assert_eq!(app.user("eve").await.get("/admin/institutions.csv").await.status, 403);
        root.get("/admin/institutions.csv?sort=x").await.shows(400, "This address is not one of ours");
        let codes = root.get("/admin/codes").await;
        codes.shows(200, "In no table");
        assert!(codes.text.contains("href=\"/admin/connections?code=987654\">1</a>"), "{}", codes.text);
        app.stop().await;
    }

    async fn the_table_in_force_says_what_was_shipped(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| {
            let change = Change { cause: Some(Cause::Token), fixable: Some(false), ..Change::default() };
            config.status.codes.insert("103".to_owned(), change);
        }).await;
        let codes = app.admin().await.get("/admin/codes").await;
        let row = |code: &str| {
            let head = format!(">{code}</th>");
            codes.text.split(&head).nth(1).unwrap().split("</tr>").next().unwrap().to_owned()
        };
        let changed = row("103");
        assert!(changed.contains("Changed here"), "{changed}");
        for (now, shipped) in [
            ("The token has ended", "The sign-in has changed"), ("We", "The user"), ("no Fix", "Fix helps"),
        ] {
            let both = format!(">{now}<div class=\"quiet\">Shipped: {shipped}</div></td>");
            assert!(changed.contains(&both), "{both} in {changed}");
        }
        assert!(!row("109").contains("Shipped"), "{}", row("109"));
        app.stop().await;
    }
}
