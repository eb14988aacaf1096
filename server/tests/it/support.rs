//! A person's story over HTTP, line by line, and what support does about it.

use relink_engine::{identity::Role, store::testing::TestStore};

use super::{
    app::{TestApp, email, eventually},
    browser::{Answer, Browser},
    db::{on_both, rows},
    hosted,
    repair::Scene,
};

/// Every way, at any hour.
const AT_ONCE: [(&str, &str); 2] = [("by_email", "on"), ("digest", "soon")];

/// Ada's connection is broken, and Sam of support is there.
async fn broken(db: &TestStore) -> (Scene, Browser, String) {
    let scene = Scene::new(db).await;
    scene
        .ada
        .post("/account/notices", &AT_ONCE)
        .await
        .leads_to("/account/notices");
    scene.breaks(103).await;
    eventually(&scene.ada, "/notices", "asks you to sign in again").await;
    let sam = scene.app.staff("sam", Role::Support).await;
    let story = find(&sam, &email("ada")).await;
    (scene, sam, story)
}

/// The story of who is known as `text`.
async fn find(sam: &Browser, text: &str) -> String {
    let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let found = sam.get(&format!("/admin/find?q={text}")).await;
    let ids = found.after("<li class=\"row\"><a href=\"");
    assert_eq!(ids.len(), 1, "{text}: {}", found.text);
    ids[0].clone()
}

/// The lines of a story: kind and sentence, the latest first.
fn lines(page: &Answer) -> Vec<(String, String)> {
    let body = page
        .text
        .split("class=\"scroll scroll-page part story\"")
        .nth(1)
        .unwrap_or_default();
    let rows = body.split("<tr").skip(2);
    let cell = |cell: &str| {
        let (_, text) = cell.split_once('>').unwrap();
        text.split('<').next().unwrap().to_owned()
    };
    rows.map(|row| {
        let cells: Vec<&str> = row.split("<td").collect();
        (cell(cells[1]), cell(cells[3]))
    })
    .collect()
}

fn of(all: &[(String, String)], kind: &str) -> Vec<String> {
    all.iter()
        .filter(|(of, _)| of == kind)
        .map(|(_, text)| text.clone())
        .collect()
}

async fn letters(app: &TestApp) -> usize {
    let outbox = app.browser().get("/outbox").await;
    outbox
        .text
        .split("<li class=\"row\">")
        .filter(|row| row.contains(&email("ada")) && row.contains("needs you"))
        .count()
}

on_both! {
    async fn every_line_of_a_known_journey_is_there(db: &TestStore) {
        let (scene, sam, story) = broken(db).await;
        let form = |name: &str| format!("/admin/connections/{}/{name}", scene.connection);
        let person = story.split('/').nth(3).unwrap().to_owned();
        let here = ("person", &*person);
        sam.post(&form("mark"), &[here, ("mark", "mute"), ("reason", "On the phone.")]).await.leads_to(&story);
        sam.get(&story).await.shows(200, "Muted: On the phone.");
        sam.post(&form("unmark"), &[here, ("mark", "mute")]).await.leads_to(&story);
        sam.post(&form("snooze"), &[here, ("how_long", "day")]).await.leads_to(&story);
        sam.get(&story).await.shows(200, "No notices until");
        sam.post(&form("unsnooze"), &[here]).await.leads_to(&story);
        let back = hosted::renew(&scene.leaves().await, "profile_03").await;
        let page = scene.back(&back).await;
        eventually(&scene.ada, &page, "works again").await;
        eventually(&scene.ada, "/notices", "works again").await;
        let last = eventually(&sam, &format!("{story}?kind=event"), "“done”").await;
        let events = of(&lines(&last), "Event");
        assert!(events.iter().all(|text| text.ends_with("It had its effect.")), "{events:?}");

        let shown = sam.get(&story).await;
        let all = lines(&shown);
        assert_eq!(of(&all, "Visit"), [
            "Went to repair. A reading proves that it worked.", "Went to connect. A reading proves that it worked.",
        ]);
        assert_eq!(of(&all, "Break"), ["A reading proves that it works again.", "A reading found it broken: code 103."]);
        assert_eq!(of(&all, "Connection"), ["They went to fix it.", "Its first account arrived."]);
        assert_eq!(of(&all, "Notice").len(), 2, "{all:?}");
        assert_eq!(of(&all, "Event"), events);
        let acts = of(&all, "Staff").into_iter().filter(|text| !text.ends_with("Looked at"));
        assert_eq!(acts.collect::<Vec<_>>(), [
            "sam@example.com: Ended a snooze", "sam@example.com: Snoozed a connection",
            "sam@example.com: Let a connection count again", "sam@example.com: Took a connection out of the figures",
        ]);
        let looks = of(&all, "Staff").len() - 4;
        assert_eq!(of(&lines(&sam.get(&story).await), "Staff").len() - 4, looks + 1, "a look a view");
        for (kind, name) in [("visit", "Visit"), ("break", "Break"), ("change", "Connection"), ("notice", "Notice")] {
            let some = lines(&sam.get(&format!("{story}?kind={kind}")).await);
            assert_eq!(of(&some, name), of(&all, name));
            assert_eq!(some.len(), of(&all, name).len(), "{kind} alone");
        }
        shown.shows(200, "<dt>Last reading</dt>");
        shown.shows(200, "It works (code 0)");
        shown.shows(200, "First failed attempt: ");
        let event = last.after("<a href=\"").into_iter().find(|link| link.starts_with("/admin/events/"));
        assert_eq!(sam.get(&event.unwrap()).await.status, 200);
        assert!(shown.text.contains("··4821") && !shown.text.contains("signature="), "masks stay masks");
        scene.app.program.app.identity.audit().verify().await.unwrap();
        scene.app.stop().await;
    }

    async fn a_repair_letter_leads_to_our_own_page(db: &TestStore) {
        let (scene, sam, story) = broken(db).await;
        let form = format!("/admin/connections/{}/letter", scene.connection);
        let person = story.split('/').nth(3).unwrap().to_owned();
        let said = async |words: &str| {
            sam.post(&form, &[("person", &*person)]).await.leads_to(&story);
            sam.get(&story).await.shows(200, words);
        };
        said("The letter is on its way.").await;
        eventually(&scene.app.browser(), "/outbox", "needs you").await;
        let nobody = scene.app.browser();
        let file = nobody.get("/outbox").await.after("href=\"/outbox/").remove(0);
        let letter = nobody.get(&format!("/outbox/{file}")).await;
        assert!(!letter.text.contains("4821") && !letter.text.contains("signature="), "{}", letter.text);
        let link = letter.after("href=\"").into_iter().find(|link| link.contains("/notices/")).unwrap();
        let page = url::Url::parse(&link).unwrap().path().to_owned();
        scene.ada.get(&page).await.shows(200, &format!("action=\"{}\" method=\"post\"", scene.fix()));
        eventually(&sam, &format!("{story}?kind=delivery"), "Taken").await;

        said("No second letter").await;
        // The ordinary one, which would say the same, does not follow.
        scene.app.pass(400).await;
        assert_eq!(letters(&scene.app).await, 1);
        said("The letter is on its way.").await;
        scene.app.pass(30).await;
        let snooze = format!("/admin/connections/{}/snooze", scene.connection);
        sam.post(&snooze, &[("how_long", "week")]).await.leads_to("/admin/find");
        said("No letter: it is snoozed").await;
        sam.post(&format!("/admin/connections/{}/unsnooze", scene.connection), &[]).await;
        scene.app.program.app.notices.bounced(&email("ada")).await.unwrap();
        said("No letter: their mail server has refused our letters").await;
        scene.ada.post("/account/notices/email", &[]).await;
        scene.ada.post("/account/notices", &[("digest", "soon")]).await;
        said("No letter: the person wants none").await;
        let nobody = "/admin/connections/00000000-0000-0000-0000-000000000001/letter";
        sam.post(nobody, &[]).await.shows(404, "no such page");
        scene.app.stop().await;
    }

    async fn a_letter_is_offered_only_where_it_can_go(db: &TestStore) {
        let (scene, sam, story) = broken(db).await;
        let form = |name: &str| format!("/admin/connections/{}/{name}", scene.connection);
        let button = format!("action=\"{}\"", form("letter"));
        assert!(sam.get(&story).await.text.contains(&button));
        let refused = async |why: &str| {
            let page = eventually(&sam, &story, why).await;
            assert!(!page.text.contains(&button), "{why}: {}", page.text);
        };
        sam.post(&form("snooze"), &[("how_long", "week")]).await.leads_to("/admin/find");
        refused("No letter: it is snoozed").await;
        sam.post(&form("unsnooze"), &[]).await.leads_to("/admin/find");
        sam.post(&form("mark"), &[("mark", "mute"), ("reason", "On the phone.")]).await.leads_to("/admin/find");
        refused("No letter: it is muted").await;
        sam.get(&story).await.shows(200, "Reason: On the phone.");
        sam.post(&form("unmark"), &[("mark", "mute")]).await.leads_to("/admin/find");
        // On this one Mastercard acts.
        scene.breaks(168).await;
        refused("No letter: nothing that the person does would help now").await;
        let customer = sam.get("/admin/connections").await.after("href=\"/admin/find?q=").remove(0);
        assert_eq!(find(&sam, &customer).await, story);
        scene.app.stop().await;
    }

    async fn a_person_is_found_by_whatever_names_them(db: &TestStore) {
        let (scene, sam, story) = broken(db).await;
        let page = sam.get(&story).await;
        let fact = |name: &str| {
            let after = page.text.split(&format!("<dt>{name}</dt><dd>")).nth(1).unwrap();
            after.split('<').next().unwrap().to_owned()
        };
        let accounts = page.text.split("data-head=\"Accounts at Mastercard\" class=\"\"><code>").nth(1).unwrap();
        let account = accounts.split('<').next().unwrap().to_owned();
        let visits = sam.get(&format!("{story}?kind=visit")).await;
        let reference = visits.text.split("Reference: ").nth(1).unwrap().split('<').next().unwrap().to_owned();
        for name in [fact("Customer"), fact("Institution login"), scene.connection.clone(), account, reference, email("ADA")] {
            assert_eq!(find(&sam, &name).await, story, "{name}");
        }
        for nobody in ["zoe@example.com", "x", "%00", "00000000-0000-0000-0000-000000000001"] {
            sam.get(&format!("/admin/find?q={nobody}")).await.shows(200, "Nobody here is known by this.");
        }
        sam.get("/admin/people/00000000-0000-0000-0000-000000000001/story").await.shows(404, "no such page");
        for bad in ["kind=x", "before=1", "before=9.visit.x.y&page=2", "page=2"] {
            let answer = sam.get(&format!("{story}?{bad}")).await;
            answer.shows(400, "This address is not one of ours");
            assert!(answer.text.contains(&format!("href=\"{story}\"")), "a way back");
        }
        for (made_up, status) in [("1.event.%27", 200), ("1.visit.x", 400), ("253402300799999999.act.x", 400)] {
            assert_eq!(sam.get(&format!("{story}?before={made_up}")).await.status, status, "{made_up}");
        }
        scene.app.stop().await;
    }

    async fn what_support_types_wrong_changes_nothing(db: &TestStore) {
        let (scene, sam, story) = broken(db).await;
        let person = story.split('/').nth(3).unwrap().to_owned();
        let form = |name: &str| format!("/admin/connections/{}/{name}", scene.connection);
        let before = (rows(db, "connection_marks").await, rows(db, "snoozes").await);
        let long = "x".repeat(201);
        for (name, fields, said) in [
            ("mark", [("mark", "mute"), ("reason", " ")], "Type a reason"),
            ("mark", [("mark", "mute"), ("reason", &*long)], "Type a reason"),
            ("mark", [("mark", "test"), ("reason", "a\0b")], "Type a reason"),
            ("mark", [("mark", "x"), ("reason", "y")], "Nothing was changed"),
            ("unmark", [("mark", "x"), ("reason", "")], "Nothing was changed"),
            ("snooze", [("how_long", "year"), ("reason", "")], "Nothing was changed"),
            ("unsnooze", [("how_long", ""), ("reason", "")], "Nothing was changed"),
        ] {
            let mut fields = fields.to_vec();
            fields.push(("person", &person));
            sam.post(&form(name), &fields).await.leads_to(&story);
            sam.get(&story).await.shows(200, said);
        }
        assert_eq!((rows(db, "connection_marks").await, rows(db, "snoozes").await), before);
        scene.app.stop().await;
    }
}
