//! People and the audit, as an admin sees them.

use chrono::Duration;
use relink_engine::{
    health::testing::Town,
    identity::{Email, Role},
    store::testing::TestStore,
};

use super::{
    app::{Jobs, PASSWORD, TestApp, email},
    browser::Browser,
    db::{on_both, rows},
};

async fn start(db: &TestStore) -> (TestApp, Browser) {
    let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
    let root = app.admin().await;
    (app, root)
}

/// The page of the person whose address begins so.
async fn page_of(root: &Browser, name: &str) -> String {
    let found = root.get(&format!("/admin/people?q={name}")).await;
    let ids = found.after("href=\"/admin/people/");
    assert_eq!(ids.len(), 1, "{}", found.text);
    format!("/admin/people/{}", ids[0])
}

on_both! {
    async fn somebody_is_invited_with_a_role(db: &TestStore) {
        let (app, root) = start(db).await;
        let fields = [("email", "sam@example.com"), ("role", "support")];
        root.post("/admin/people", &fields).await.leads_to("/admin/people");
        root.get("/admin/people").await.shows(200, "The invitation is on its way.");
        app.work().await;
        let sam = app.browser();
        let letter = sam.get("/outbox").await.after("href=\"/outbox/").remove(0);
        let letter = sam.get(&format!("/outbox/{letter}")).await;
        for said in ["root@example.com invited you to Relink.", "Your role: Support. You see how all connections are, and help the people"] {
            letter.shows(200, said);
        }
        let until = letter.text.split("The button works until ").nth(1).unwrap();
        let until = until.split(", unless the invitation is withdrawn before.").next().unwrap();
        assert!(until.len() < 30 && [" EST", " EDT"].iter().any(|zone| until.ends_with(zone)), "{until}");
        let ways = letter.after("invitation=");
        let form = sam.get(&format!("/sign-up?invitation={}", ways[0])).await;
        for said in [&*format!("value=\"{}\"", ways[0]), "value=\"sam@example.com\"", "You are invited as Support."] {
            form.shows(200, said);
        }
        let fields = [("new_password", PASSWORD), ("invitation", &*ways[0])];
        sam.post("/sign-up", &fields).await.leads_to("/sign-in");
        let sam = app.signed_in("sam").await;
        sam.get("/admin").await.shows(200, "<h1>");
        sam.get("/admin/people").await.shows(403, "<h1>");
        for (typed, role, said) in [
            ("sam@example.com", "viewer", "This address has a user already."),
            ("sam", "viewer", "This is not an e-mail address"),
            ("eve@example.com", "owner", "Nothing was changed."),
        ] {
            let fields = [("email", typed), ("role", role)];
            root.post("/admin/people", &fields).await.leads_to("/admin/people");
            root.get("/admin/people").await.shows(200, said);
        }
        let audit = root.get("/admin/audit").await;
        for said in ["Accepted an invitation", ">Support", "Invited", "sam@example.com"] {
            audit.shows(200, said);
        }
        app.stop().await;
    }

    async fn a_person_is_changed_by_forms(db: &TestStore) {
        let (app, root) = start(db).await;
        let ada = app.user("ada").await;
        let page = page_of(&root, "ada").await;
        let form = |name: &str| format!("{page}/{name}");
        root.post(&form("role"), &[("role", "viewer")]).await.leads_to(&page);
        root.get(&page).await.shows(200, "The role is changed.");
        ada.get("/admin").await.shows(200, "<h1>");
        root.post(&form("role"), &[("role", "user")]).await.leads_to(&page);
        ada.get("/admin").await.shows(403, "<h1>");
        root.post(&form("sign-ins"), &[]).await.leads_to(&page);
        root.get(&page).await.shows(200, "One sign-in has ended.");
        ada.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        root.post(&form("second-factor"), &[]).await.leads_to(&page);
        root.get(&page).await.shows(200, "There is no second step to take away.");

        let ada = app.signed_in("ada").await;
        root.post(&form("access"), &[("access", "disabled")]).await.leads_to(&page);
        root.get(&page).await.shows(200, "Let in again");
        ada.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        let fields = [("email", &*email("ada")), ("password", PASSWORD)];
        ada.post("/sign-in", &fields).await.leads_to("/sign-in");
        root.post(&form("access"), &[("access", "allowed")]).await.leads_to(&page);
        app.signed_in("ada").await;

        for (name, field, value) in [("role", "role", "owner"), ("access", "access", "maybe")] {
            root.post(&form(name), &[(field, value)]).await.leads_to(&page);
            root.get(&page).await.shows(200, "Nothing was changed.");
        }
        for name in ["role", "access", "sign-ins", "second-factor"] {
            let nobody = format!("/admin/people/00000000-0000-0000-0000-000000000001/{name}");
            root.post(&nobody, &[("role", "user"), ("access", "allowed")]).await.shows(404, "<h1>");
            let cut = format!("/admin/people/0000/{name}");
            root.post(&cut, &[]).await.shows(404, "<h1>");
        }
        root.get("/admin/people/00000000-0000-0000-0000-000000000001").await.shows(404, "<h1>");
        app.stop().await;
    }

    async fn nobody_locks_themselves_out(db: &TestStore) {
        let (app, root) = start(db).await;
        let page = page_of(&root, "root").await;
        root.get(&page).await.shows(200, "This is you.");
        let before = rows(db, "users").await;
        for (name, field, value) in
            [("role", "role", "user"), ("access", "access", "disabled"), ("second-factor", "", "")]
        {
            root.post(&format!("{page}/{name}"), &[(field, value)]).await.leads_to(&page);
            root.get(&page).await.shows(200, "You cannot do this to yourself.");
        }
        assert_eq!(rows(db, "users").await, before);
        app.stop().await;
    }

    async fn an_invitation_is_seen_and_withdrawn(db: &TestStore) {
        let (app, root) = start(db).await;
        let none = root.get("/admin/people").await;
        none.shows(200, "Nobody is invited at present.");
        let fields = [("email", "zoe@example.com"), ("role", "admin")];
        root.post("/admin/people", &fields).await.leads_to("/admin/people");
        app.work().await;
        let zoe = app.browser();
        let letter = zoe.get("/outbox").await.after("href=\"/outbox/").remove(0);
        let token = zoe.get(&format!("/outbox/{letter}")).await.after("invitation=").remove(0);
        let page = root.get("/admin/people").await;
        for said in [">zoe@example.com</th>", ">root@example.com</td>"] {
            page.shows(200, said);
        }
        let forms = page.after("action=\"/admin/invitations/");
        assert_eq!(forms.len(), 1, "{}", page.text);
        let withdraw = format!("/admin/invitations/{}", forms[0]);
        for said in ["The invitation is withdrawn.", "This invitation is not open any more."] {
            root.post(&withdraw, &[]).await.leads_to("/admin/people");
            root.get("/admin/people").await.shows(200, said);
        }
        root.get("/admin/people").await.shows(200, "Nobody is invited at present.");
        let fields = [("email", "zoe@example.com"), ("new_password", PASSWORD), ("invitation", &*token)];
        let refused = zoe.post("/sign-up", &fields).await;
        assert_ne!(refused.location(), "/sign-in", "{}", refused.text);
        let dead = zoe.get(&format!("/sign-up?invitation={token}")).await;
        dead.shows(200, "This invitation does not work");
        assert!(!dead.text.contains("<form class=\"form\""), "{}", dead.text);
        assert_eq!(rows(db, "users").await.len(), 1, "root alone");
        root.get("/admin/audit").await.shows(200, "Withdrew an invitation");
        app.stop().await;
    }

    async fn nobody_unproven_becomes_staff(db: &TestStore) {
        let (app, root) = start(db).await;
        let fields = [("email", "eve@example.com"), ("new_password", PASSWORD)];
        app.browser().post("/sign-up", &fields).await;
        let page = page_of(&root, "eve").await;
        let before = rows(db, "users").await;
        for role in ["viewer", "support", "admin"] {
            root.post(&format!("{page}/role"), &[("role", role)]).await.leads_to(&page);
            root.get(&page).await.shows(200, "Their address is not confirmed, and whoever signed up");
        }
        assert_eq!(rows(db, "users").await, before);
        app.stop().await;
    }

    async fn what_was_done_is_told_in_words_with_its_reason(db: &TestStore) {
        let (app, root) = start(db).await;
        let mut town = Town::at(&db.store, 5, app.program.app.clocks.domain.now() - Duration::days(1));
        let ada = town.user("ada").await;
        let house = town.connect(&ada, 4_001).await;
        let person = ada.0.user().to_string();
        let post = async |name: &str, fields: [(&str, &str); 2]| {
            let form = format!("/admin/connections/{}/{name}", house.connection);
            let [first, second] = fields;
            root.post(&form, &[first, second, ("person", &*person)]).await
        };
        post("mark", [("mark", "mute"), ("reason", "=Ada asked.")]).await;
        post("mark", [("mark", "mute"), ("reason", "She asked <twice>.")]).await;
        post("unmark", [("mark", "mute"), ("reason", "")]).await;
        post("snooze", [("how_long", "week"), ("reason", "")]).await;
        let audit = root.get("/admin/audit").await;
        let page = format!("/admin/people/{person}/story#held-{}", house.connection);
        let way = format!("<a href=\"{page}\">The connection</a>");
        assert_eq!(audit.text.matches(&way).count(), 4, "{}", audit.text);
        for said in ["before: Muted", "until ", "Reason: =Ada asked.", "Reason: She asked &lt;twice&gt;."] {
            audit.shows(200, said);
        }
        root.get(&format!("/admin/people/{person}/story")).await.shows(200, "id=\"held-");
        let csv = root.post("/admin/audit/export", &[("what", "marked")]).await;
        assert!(csv.text.contains(&format!(",Muted,\"'=Ada asked.\",{page}\r\n")), "{}", csv.text);
        root.get("/admin/audit").await.shows(200, "only: Took a connection out of the figures");

        let audit = app.program.app.identity.audit();
        audit.erase(&Email::parse("ada@example.com").unwrap()).await.unwrap();
        audit.verify().await.unwrap();
        let page = root.get("/admin/audit").await;
        page.shows(200, "before: Muted");
        assert!(!page.text.contains("asked"), "{}", page.text);
        app.stop().await;
    }

    async fn people_are_listed_page_by_page(db: &TestStore) {
        let (app, root) = start(db).await;
        for n in 0..55 {
            let invited = format!("u{n:02}");
            app.exists(&invited, if n == 7 { Role::Viewer } else { Role::User }).await;
        }
        let first = root.get("/admin/people?q=u").await;
        let rows = first.after("data-head=\"E-mail address\" class=\"\"><a href=\"/admin/people/");
        assert_eq!(rows.len(), 50);
        let next = first.after("href=\"").into_iter().find(|way| way.contains("after=")).unwrap();
        let second = root.get(&next).await;
        assert_eq!(second.after("data-head=\"E-mail address\" class=\"\"><a href=\"/admin/people/").len(), 5);
        second.shows(200, "u54@example.com");
        assert!(!second.text.contains("Next page"), "{}", second.text);
        let viewers = root.get("/admin/people?q=u&role=viewer").await;
        viewers.shows(200, "u07@example.com");
        assert_eq!(viewers.after("data-head=\"E-mail address\" class=\"\"><a href=\"/admin/people/").len(), 1);
        for bad in ["after=x", "after=00000000-0000-0000-0000-000000000001", "role=owner"] {
            root.get(&format!("/admin/people?{bad}")).await.shows(400, "This address is not whole");
        }
        app.stop().await;
    }

    async fn the_audit_is_filtered_and_downloaded(db: &TestStore) {
        let (app, root) = start(db).await;
        let fields = [("email", "=1+1@example.com"), ("role", "viewer")];
        root.post("/admin/people", &fields).await.leads_to("/admin/people");
        root.get("/admin/audit?what=signed_in").await.shows(200, "Signed in");
        let none = root.get("/admin/audit?what=disabled").await;
        none.shows(200, "Nothing is like that.");
        root.get("/admin/audit?who=root@example.com&what=invited").await.shows(200, "=1+1@example.com");
        root.get("/admin/audit?who=zoe@example.com").await.shows(200, "Nobody here has this address.");
        root.get("/admin/audit?from=2026-02-30").await.shows(200, "This is not a day");
        root.get("/admin/audit?until=1999-12-31").await.shows(200, "Nothing is like that.");
        for bad in ["what=x", "before=0", "before=x"] {
            root.get(&format!("/admin/audit?{bad}")).await.shows(400, "This address is not whole");
        }

        let csv = root.post("/admin/audit/export", &[("what", "invited")]).await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(csv.header("content-disposition").starts_with("attachment"));
        let lines: Vec<&str> = csv.text.split("\r\n").collect();
        assert_eq!(lines.len(), 3, "{}", csv.text);
        assert!(lines[0].starts_with("number,at,act,"), "{}", csv.text);
        assert!(lines[1].contains(",\"'=1+1@example.com\","), "{}", csv.text);
        assert!(lines[1].contains(",root@example.com,127.0.0.1,"), "{}", csv.text);
        root.get("/admin/audit").await.shows(200, "Downloaded the audit");
        for (field, value) in [("what", "x"), ("who", "zoe@example.com"), ("from", "x")] {
            root.post("/admin/audit/export", &[(field, value)]).await.leads_to("/admin/audit");
        }
        app.program.app.identity.audit().verify().await.unwrap();
        app.stop().await;
    }
}
