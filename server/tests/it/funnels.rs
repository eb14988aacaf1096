//! Funnels: every number of the page and of the file as it was seeded.

use chrono::Duration;
use relink_engine::{health::testing::Town, store::testing::TestStore};

use super::{
    app::{Jobs, TestApp},
    browser::Answer,
    db::on_both,
};

/// A town of a fortnight ago.
fn town(app: &TestApp, db: &TestStore) -> Town {
    let now = app.program.app.clocks.domain.now();
    Town::at(&db.store, 5, now - Duration::days(14))
}

/// The cells of the rows of a table, by what it is called.
fn table(page: &Answer, name: &str) -> Vec<Vec<String>> {
    let start = page
        .text
        .find(&format!("aria-label=\"{name}\""))
        .expect("the table");
    let table = &page.text[start..start + page.text[start..].find("</table>").expect("its end")];
    let rows = table.split("<tr").skip(2);
    // The text between tags, a cell a text.
    let text = |cell: &str| {
        let parts = cell
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        parts.collect::<String>()
    };
    let cells = |row: &str| {
        let cells = row.replace("</td>", "</th>");
        let all: Vec<String> = cells.split("</th>").map(text).collect();
        all[..all.len() - 1].to_vec()
    };
    rows.map(cells).collect()
}

on_both! {
    async fn every_number_is_as_it_was_seeded(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let root = app.admin().await;
        root.get("/admin/funnels").await.shows(200, "Nothing has begun in these days.");
        let mut town = town(&app, db);
        town.known_visits().await;
        let connect = root.get("/admin/funnels").await;
        let reached = [
            ["Bank chosen", "14", "100.0 %"], ["Link made", "12", "85.7 %"], ["Link opened", "11", "78.5 %"],
            ["Accounts arrived", "7", "50.0 %"], ["Accounts kept", "4", "28.5 %"],
        ];
        for (row, expected) in table(&connect, "How many reached each step").iter().zip(reached) {
            assert_eq!(row[..3], expected);
        }
        let stops = table(&connect, "Where they are, and why no further");
        assert_eq!(stops.len(), 10, "{stops:?}");
        let numbers: u32 = stops.iter().map(|row| row[2].parse::<u32>().unwrap()).sum();
        assert_eq!(numbers, 14, "each of them stands somewhere, and only once");
        for row in [
            ["Link opened", "It failed, code 108", "1", "9.0 %"],
            ["Accounts arrived", "The choice of accounts waits", "2", "Not enough data"],
        ] {
            assert!(stops.iter().any(|stop| *stop == row), "{row:?}: {stops:?}");
        }
        assert_eq!(table(&connect, "Language")[1], ["Spanish", "2", "1", "1", "1", "1", "Not enough data"]);
        assert_eq!(table(&connect, "Institution").len(), 2);
        town.known_breaks().await;
        let repair = root.get("/admin/funnels?funnel=repair").await;
        let reached = [
            ["Broke", "12", "100.0 %"], ["Knew of it", "11", "91.6 %"], ["Came to us", "6", "50.0 %"],
            ["Left for Fix", "5", "41.6 %"], ["Went to the end", "3", "25.0 %"], ["Proven", "2", "16.6 %"],
        ];
        for (row, expected) in table(&repair, "How many reached each step").iter().zip(reached) {
            assert_eq!(row[..3], expected);
        }
        let told = table(&repair, "Told by");
        assert_eq!(told[1], ["A letter", "4", "4", "4", "3", "2", "2", "Not enough data"]);
        assert_eq!(table(&repair, "Code").len(), 2, "those that Fix helps");
        root.get("/admin/funnels?funnel=repair&of=channel.sms").await.shows(200, "How far they came: A text message");
        root.get("/admin/funnels?funnel=repair&of=institution.3").await.shows(200, "How far they came: Bank 3");
        app.stop().await;
    }

    async fn it_is_there_in_a_spreadsheet_for_staff(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let root = app.admin().await;
        let mut town = town(&app, db);
        town.known_visits().await;
        town.known_breaks().await;
        let csv = root.get("/admin/funnels.csv?funnel=repair&days=90").await;
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 1 + 6 + 10, "{}", csv.text);
        assert_eq!(lines[1], "repair,all,90,broke,,,12,100.0,,");
        assert_eq!(lines[6], "repair,all,90,proven,,,2,16.6,,");
        assert_eq!(lines[7], "repair,all,90,broke,not_told,,1,,,8.3");
        let csv = root.get("/admin/funnels.csv").await;
        assert!(csv.text.contains("connect,all,30,opened,trouble,108,1,,,9.0"), "{}", csv.text);
        assert_eq!(app.user("eve").await.get("/admin/funnels.csv").await.status, 403);
        root.get("/admin/funnels.csv?of=code.1").await.shows(400, "This address is not one of ours");
        for query in ["?funnel=sales", "?of=code.103", "?days=1", "?step=proven", "?page=2", "?of=institution.%27"] {
            let answer = root.get(&format!("/admin/funnels{query}")).await;
            answer.shows(400, "This address is not one of ours");
            assert!(answer.text.contains("href=\"/admin/funnels\""), "a way back");
        }
        app.stop().await;
    }

    async fn what_people_do_moves_it(db: &TestStore) {
        let app = TestApp::start(db).await;
        let (root, ada) = (app.admin().await, app.user("ada").await);
        ada.get("/connect?q=finbank").await.shows(200, "FinBank");
        let visit = app.connected(&ada, &["checking", "savings"]).await;
        let page = root.get("/admin/funnels").await;
        page.shows(200, "Searches sent in the same days: 1.");
        let reached: Vec<String> =
            table(&page, "How many reached each step").into_iter().map(|mut row| row.remove(1)).collect();
        assert_eq!(reached, ["1", "1", "1", "1", "0"]);
        page.shows(200, "The choice of accounts waits");
        // One is sent away, and the choice of the other still waits.
        let accounts = ada.get(&visit.page).await.after("name=\"seen\" value=\"");
        for (account, said) in accounts.iter().zip(["The choice of accounts waits", "Kept nothing"]) {
            ada.post(&format!("/accounts/{account}/remove"), &[]).await.leads_to("/connections");
            root.get("/admin/funnels").await.shows(200, said);
        }
        assert_eq!(accounts.len(), 2);
        app.stop().await;
    }
}
