//! Somebody with everything there is, and others who are after it.

use relink_engine::{identity::Role, store::testing::TestStore};

use super::{
    app::{FINBANK, TestApp, Visit, eventually},
    browser::{Answer, Browser},
    db::change,
};

/// What Ada has, and others try to reach.
pub(crate) struct Ids {
    pub(crate) visit: Visit,
    pub(crate) accounts: Vec<String>,
    pub(crate) connection: String,
    pub(crate) sign_in: String,
    pub(crate) notice: String,
    pub(crate) user: String,
    pub(crate) case: String,
    pub(crate) event: String,
}

pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) ada: Browser,
    pub(crate) eve: Browser,
    pub(crate) root: Browser,
    pub(crate) viewer: Browser,
    pub(crate) support: Browser,
    pub(crate) ids: Ids,
}

impl Scene {
    pub(crate) async fn new(db: &TestStore) -> Self {
        let app = TestApp::start(db).await;
        let (ada, eve, root) = (
            app.user("ada").await,
            app.user("eve").await,
            app.admin().await,
        );
        let (viewer, support) = (
            app.staff("vera", Role::Viewer).await,
            app.staff("sam", Role::Support).await,
        );
        let visit = app.connected(&ada, &["checking", "savings"]).await;
        let accounts = ada.get(&visit.page).await.after("name=\"kept\" value=\"");
        assert_eq!(accounts.len(), 2);
        let mut fields: Vec<(&str, &str)> = accounts.iter().map(|id| ("kept", &**id)).collect();
        fields.extend(accounts.iter().map(|id| ("seen", &**id)));
        ada.post(&format!("{}/keep", visit.page), &fields)
            .await
            .leads_to("/connections");
        // The sandbox's last events, so that nothing of Ada's moves by itself.
        let shown = eventually(&ada, "/connections", "Connected").await;
        let connection = shown.after("href=\"/connections/")[0].clone();
        app.signed_in("ada").await;
        let sign_in = ada
            .get("/account")
            .await
            .after("action=\"/account/sign-ins/");
        let sign_in = sign_in[0].split('/').next().unwrap().to_owned();
        let address = super::app::email("ada");
        app.program.app.notices.bounced(&address).await.unwrap();
        let told = eventually(&ada, "/notices", "href=\"/notices/").await;
        let notice = told.after("href=\"/notices/")[0].clone();
        let listed = root.get("/admin/people?q=ada").await;
        let user = listed.after("href=\"/admin/people/").remove(0);
        let events = root.get("/admin/events?kind=done").await;
        let event = events.after("href=\"/admin/events/").remove(0);
        for sql in CASE {
            change(db, sql).await;
        }
        change(db, PASSKEY).await;
        let listed = root.get("/admin/people?q=root").await;
        let case = listed.after("href=\"/admin/people/").remove(0);
        Self {
            app,
            ada,
            eve,
            root,
            viewer,
            support,
            ids: Ids {
                visit,
                accounts,
                connection,
                sign_in,
                notice,
                user,
                case,
                event,
            },
        }
    }

    pub(crate) fn fill(&self, route: &str) -> String {
        let id = match route {
            "/connect/{id}" | "/admin/institutions/{id}" => FINBANK.to_string(),
            // Under the id of whose it is.
            route if route.starts_with("/account/passkeys/{") => self.ids.user.clone(),
            route if route.starts_with("/accounts/") => self.ids.accounts[0].clone(),
            route if route.starts_with("/connections/") => self.ids.connection.clone(),
            route if route.starts_with("/admin/connections/") => self.ids.connection.clone(),
            route if route.starts_with("/admin/cases/") => self.ids.case.clone(),
            route if route.starts_with("/admin/campaigns/") => self.ids.case.clone(),
            route if route.starts_with("/admin/outages/") => self.ids.case.clone(),
            route if route.starts_with("/notices/") => self.ids.notice.clone(),
            route if route.starts_with("/admin/people/") => self.ids.user.clone(),
            route if route.starts_with("/admin/events/") => self.ids.event.clone(),
            _ => self.ids.visit.id.clone(),
        };
        let route = match route {
            "/admin/cases/new" => "/admin/cases/new?code=168&institution=5&days=3",
            route => route,
        };
        route
            .replace("{id}", &id)
            .replace("{sign_in}", &self.ids.sign_in)
    }

    /// What only Ada may read.
    pub(crate) fn hidden(&self, answer: &Answer) {
        for secret in [
            "ada@example.com",
            "··4821",
            &self.ids.accounts[1],
            &self.ids.visit.reference,
        ] {
            assert!(
                !answer.text.contains(secret),
                "{secret} shows in {}",
                answer.text
            );
        }
    }
}

/// A case of Ada's connection, and a campaign, under the id of who sent it.
const CASE: [&str; 5] = [
    "INSERT INTO mastercard_cases (id, institution_id, code, sent_at, sent_by)
    SELECT u.id, c.institution_id, 168, c.connected_at, u.id FROM users u, connections c
    WHERE u.email = 'root@example.com'",
    "INSERT INTO mastercard_case_connections (case_id, connection_id, broken_since)
    SELECT m.id, c.id, c.connected_at FROM mastercard_cases m, connections c",
    "INSERT INTO campaigns (id, made_at, made_by, days_from, channel, told_days, state, counted, counted_at)
    SELECT id, created_at, id, 0, 'email', 7, 'draft', '{\"done\":true,\"after\":null,\"write\":0,\"left_out\":{}}',
        created_at FROM users WHERE email = 'root@example.com'",
    "INSERT INTO campaign_codes (campaign_id, code) SELECT id, 103 FROM campaigns",
    "INSERT INTO outages (id, institution_id, seen_by, counted_from, began_at, opened_at, closed_at, affected)
    SELECT id, 102105, 'failures', created_at, created_at, created_at, created_at, 0
    FROM users WHERE email = 'root@example.com'",
];

/// A passkey of Ada's, under her own id.
const PASSKEY: &str = "
    INSERT INTO passkeys (id, user_id, credential_id, name, passkey, counter, created_at)
    SELECT u.id, u.id, s.id_hash, 'Phone', '{}', 0, u.created_at FROM users u, sign_ins s
    WHERE u.email = 'ada@example.com' AND s.user_id = u.id LIMIT 1";
