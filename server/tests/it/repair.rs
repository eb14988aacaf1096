//! Broken connections over HTTP: every code's sentence, Fix where it belongs
//! and nowhere else, and repairs from the click to the proof.

use relink_app::words::{Language, codes};
use relink_engine::{
    status::{Kind, Table},
    store::testing::TestStore,
};
use serde_json::json;

use super::{
    app::{FINBANK, Jobs, PASSWORD, TestApp, Visit, comes, email, eventually, launch},
    browser::{Answer, Browser},
    db::on_both,
    hosted,
};

/// Ada with one kept connection.
pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) ada: Browser,
    pub(crate) connection: String,
    pub(crate) login: u64,
}

impl Scene {
    pub(crate) async fn new(db: &TestStore) -> Self {
        Self::on(TestApp::start(db).await).await
    }

    /// On a program whose directory is copied.
    pub(crate) async fn on(app: TestApp) -> Self {
        let ada = app.user("ada").await;
        // The sandbox has a customer of its own.
        let before = logins(&app.sandbox_state().await);
        let visit = app.connected(&ada, &["checking", "savings"]).await;
        keep_all(&ada, &visit).await;
        let shown = eventually(&ada, "/connections", "Connected").await;
        let connection = shown.after("href=\"/connections/")[0].clone();
        let state = app.sandbox_state().await;
        let mut all = logins(&state).into_iter();
        let login = all.find(|login| !before.contains(login)).unwrap();
        Self {
            app,
            ada,
            connection,
            login,
        }
    }

    /// Breaks the login and has everybody read.
    pub(crate) async fn breaks(&self, code: i64) {
        let wish = json!({ "do": "breakLogin", "login": self.login, "code": code });
        self.app.wish(&wish).await;
        self.sweep().await;
    }

    pub(crate) async fn sweep(&self) {
        sweep(&self.app, 1).await;
    }

    pub(crate) async fn overview(&self) -> Answer {
        self.ada.get("/connections").await
    }

    pub(crate) fn page(&self) -> String {
        format!("/connections/{}", self.connection)
    }

    pub(crate) fn fix(&self) -> String {
        format!("/connections/{}/repair", self.connection)
    }

    /// The link of the leaving page, and the visit's own page.
    pub(crate) async fn leaves(&self) -> String {
        self.leaves_by(&self.fix()).await
    }

    /// The same by another form.
    pub(crate) async fn leaves_by(&self, form: &str) -> String {
        let leaving = self.ada.post(form, &[]).await;
        assert_eq!(leaving.status, 200, "{}", leaving.text);
        assert_eq!(leaving.header("cache-control"), "no-store");
        let refresh = leaving.header("refresh");
        refresh.split_once("url=").unwrap().1.to_owned()
    }

    /// Comes back with what Data Connect appended; gives the visit's page.
    pub(crate) async fn back(&self, way: &str) -> String {
        let path = way.split_once("/connect/return/").unwrap().1;
        let landed = self.ada.get(&format!("/connect/return/{path}")).await;
        assert_eq!(landed.status, 303);
        landed.location().to_owned()
    }
}

/// Has everybody read, so many of them.
async fn sweep(app: &TestApp, customers: i64) {
    let sweeps = &app.program.app.sweeps;
    let begun = sweeps.begin().await.unwrap();
    let latest = async || sweeps.latest().await.unwrap().unwrap();
    let through = async || latest().await.finished.is_some();
    comes("the sweep ends", through).await;
    let done = latest().await;
    assert_eq!(
        (done.id, done.read, done.failed),
        (begun.id, customers, 0),
        "{done:?}"
    );
}

/// Somebody who reads one language, with one kept connection.
struct Reader {
    language: Language,
    browser: Browser,
    connection: String,
    login: u64,
}

impl Reader {
    /// Signs up with a browser that wishes for the language, and connects.
    async fn new(app: &TestApp, language: Language) -> Self {
        let browser = app.browser();
        let origin = app.config.public_url.origin().ascii_serialization();
        let email = email(language.tag());
        let from = [("origin", &*origin), ("accept-language", language.tag())];
        let form = [("email", &*email), ("new_password", PASSWORD)];
        browser.post_from("/sign-up", &form, &from).await;
        let form = [("email", &*email), ("password", PASSWORD)];
        browser
            .post("/sign-in", &form)
            .await
            .leads_to("/connections");
        let before = logins(&app.sandbox_state().await);
        let visit = launch(&browser, FINBANK).await;
        hosted::play(&visit.link, &["checking", "savings"]).await;
        eventually(&browser, &visit.page, "name=\"kept\"").await;
        keep_all(&browser, &visit).await;
        let shown = eventually(&browser, "/connections", "href=\"/connections/").await;
        let mut mine = logins(&app.sandbox_state().await).into_iter();
        Self {
            language,
            connection: shown.after("href=\"/connections/")[0].clone(),
            login: mine.find(|login| !before.contains(login)).unwrap(),
            browser,
        }
    }

    fn page(&self) -> String {
        format!("/connections/{}", self.connection)
    }

    pub(crate) fn fix(&self) -> String {
        format!("/connections/{}/repair", self.connection)
    }
}

/// Breaks everybody's login, and has all of them read.
async fn break_all(app: &TestApp, readers: &[Reader], code: i64) {
    for Reader { login, .. } in readers {
        app.wish(&json!({ "do": "breakLogin", "login": login, "code": code }))
            .await;
    }
    sweep(app, 3).await;
}

/// Keeps all that a visit brought.
pub(crate) async fn keep_all(person: &Browser, visit: &Visit) {
    let accounts = person
        .get(&visit.page)
        .await
        .after("name=\"kept\" value=\"");
    let mut fields: Vec<(&str, &str)> = accounts.iter().map(|id| ("kept", &**id)).collect();
    fields.extend(accounts.iter().map(|id| ("seen", &**id)));
    person.post(&format!("{}/keep", visit.page), &fields).await;
}

/// Every login at Mastercard that has an account.
pub(crate) fn logins(state: &serde_json::Value) -> Vec<u64> {
    let customers = state["customers"].as_array().unwrap().iter();
    customers
        .flat_map(|customer| customer["logins"].as_array().unwrap())
        .filter(|login| {
            login["accounts"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        })
        .map(|login| login["id"].as_u64().unwrap())
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

on_both! {
    async fn every_code_has_its_sentence_and_fix_is_only_where_it_helps(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |config| config.sign_up.confirm_email = false).await;
        app.program.app.institutions.refresh().await.unwrap();
        let mut readers = Vec::new();
        for language in Language::ALL {
            readers.push(Reader::new(&app, language).await);
        }
        let table = Table::shipped();
        let mut fixable = Vec::new();
        for row in table.rows().filter(|row| row.kind == Kind::Aggregation && !row.code.is_success()) {
            let code = row.code.get();
            break_all(&app, &readers, code).await;
            for reader in &readers {
                let shown = reader.browser.get("/connections").await;
                let offered = shown.text.contains(&reader.fix());
                assert_eq!(offered, row.fixable, "{code}");
                let wording = relink_server::ports::wording(row.wording);
                let said = codes(reader.language, wording, "FinBank Profiles - A");
                assert!(shown.text.contains(&escaped(&said.what)), "{code}: {}", shown.text);
                if !offered {
                    // Nor by hand: the server decides anew.
                    reader.browser.post(&reader.fix(), &[]).await.leads_to(&reader.page());
                }
            }
            fixable.extend(row.fixable.then_some(code));
        }
        assert_eq!(fixable, [103, 108, 109, 185, 187, 945, 946, 947, 948]);
        // A code that nobody knows is neutral.
        break_all(&app, &readers, 54_321).await;
        for reader in &readers {
            let shown = reader.browser.get("/connections").await;
            assert!(!shown.text.contains(&reader.fix()) && !shown.text.contains("54321"));
        }
        app.stop().await;
    }

    async fn a_repair_is_proven_by_a_reading_and_leaves_no_duplicate(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        let link = scene.leaves().await;
        let back = hosted::renew(&link, "profile_03").await;
        let page = scene.back(&back).await;
        eventually(&scene.ada, &page, "works again").await;
        let shown = scene.overview().await;
        assert!(shown.text.contains("Connected") && !shown.text.contains(&scene.fix()));
        assert_eq!(shown.text.matches("class=\"card\"").count(), 1);
        assert_eq!(shown.text.matches("··4821").count(), 1, "{}", shown.text);
        let history = scene.ada.get(&scene.page()).await;
        for words in ["You connected it.", "You went to fix it.", "Working again"] {
            assert!(history.text.contains(words), "{words}: {}", history.text);
        }
        scene.app.stop().await;
    }

    async fn leaving_early_and_a_strangers_sign_in_are_no_repair(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(185).await;
        let back = hosted::leave(&scene.leaves().await).await;
        let page = scene.back(&back).await;
        let left = eventually(&scene.ada, &page, "You left before the end").await;
        assert!(left.text.contains(&scene.page()), "a way on: {}", left.text);
        // Forged: the visit still knows better.
        let forged = back.split_once('?').unwrap().0.to_owned() + "?reason=complete&code=200";
        scene.back(&forged).await;
        assert!(!scene.ada.get(&page).await.text.contains("works again"));
        let shown = scene.overview().await;
        assert!(shown.text.contains(&scene.fix()), "{}", shown.text);
        scene.app.stop().await;
    }

    async fn what_works_again_says_so_instead_of_leaving(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        scene.app.wish(&json!({ "do": "breakLogin", "login": scene.login, "code": 0 })).await;
        let answer = scene.ada.post(&scene.fix(), &[]).await;
        answer.leads_to("/connections");
        let shown = scene.overview().await;
        assert!(shown.text.contains("already working again"), "{}", shown.text);
        scene.app.stop().await;
    }

    async fn an_institution_in_trouble_offers_no_fix(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        let down = json!({ "do": "setInstitution", "institution": FINBANK, "availability": "offline" });
        scene.app.wish(&down).await;
        // The copy of the directory is made anew once a day.
        scene.app.pass(25 * 60).await;
        scene.app.program.app.institutions.refresh().await.unwrap();
        let shown = eventually(&scene.ada, "/connections", "has had trouble since about").await;
        assert!(!shown.text.contains(&scene.fix()), "{}", shown.text);
        scene.app.stop().await;
    }

    async fn when_mastercard_is_away_the_person_is_told_and_nothing_is_lost(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.breaks(103).await;
        let fault = json!({ "do": "faultOperation", "operation": "GenerateFixConnectUrl", "status": 500 });
        scene.app.wish(&fault).await;
        scene.ada.post(&scene.fix(), &[]).await.leads_to(&scene.page());
        let page = scene.ada.get(&scene.page()).await;
        assert!(page.text.contains("Mastercard does not answer"), "{}", page.text);
        scene.app.wish(&json!({ "do": "clearOperationFaults" })).await;
        // The circuit may be open for a moment: the sandbox answers again.
        let link = loop {
            let leaving = scene.ada.post(&scene.fix(), &[]).await;
            if leaving.status == 200 {
                break leaving.header("refresh").to_owned();
            }
            scene.app.pass_really(1);
        };
        assert!(link.contains("type=fix"), "{link}");
        scene.app.stop().await;
    }

    async fn a_whole_connection_is_removed_at_mastercard(db: &TestStore) {
        let scene = Scene::new(db).await;
        scene.ada.post(&format!("{}/disconnect", scene.page()), &[]).await.leads_to("/connections");
        eventually(&scene.ada, "/connections", "Nothing is connected yet").await;
        let state = scene.app.sandbox_state().await;
        assert!(!logins(&state).contains(&scene.login));
        scene.app.stop().await;
    }
}
