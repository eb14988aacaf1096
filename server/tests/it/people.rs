//! People and the audit, as an admin sees them.

use relink_engine::{identity::Role, store::testing::TestStore};

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
        let ways = sam.get(&format!("/outbox/{letter}")).await.after("invitation=");
        let form = sam.get(&format!("/sign-up?invitation={}", ways[0])).await;
        assert!(form.text.contains(&format!("value=\"{}\"", ways[0])), "{}", form.text);
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
        for said in ["Accepted an invitation", "<td>Support</td>", "Invited", "sam@example.com"] {
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

    async fn people_are_listed_page_by_page(db: &TestStore) {
        let (app, root) = start(db).await;
        for n in 0..55 {
            let invited = format!("u{n:02}");
            app.exists(&invited, if n == 7 { Role::Viewer } else { Role::User }).await;
        }
        let first = root.get("/admin/people?q=u").await;
        let rows = first.after("<th scope=\"row\"><a href=\"/admin/people/");
        assert_eq!(rows.len(), 50);
        let next = first.after("href=\"").into_iter().find(|way| way.contains("after=")).unwrap();
        let second = root.get(&next).await;
        assert_eq!(second.after("<th scope=\"row\"><a href=\"/admin/people/").len(), 5);
        second.shows(200, "u54@example.com");
        assert!(!second.text.contains("Next page"), "{}", second.text);
        let viewers = root.get("/admin/people?q=u&role=viewer").await;
        viewers.shows(200, "u07@example.com");
        assert_eq!(viewers.after("<th scope=\"row\"><a href=\"/admin/people/").len(), 1);
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
