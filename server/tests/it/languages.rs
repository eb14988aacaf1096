//! Pages, letters and Mastercard's pages in the reader's language, and times by
//! the reader's clock.

use axum::http::Method;
use relink_engine::store::testing::TestStore;

use super::{
    app::{FINBANK, TestApp, email, eventually, launch},
    browser::{Answer, Browser},
    db::{belongings, on_both, rows},
};

/// A page, as a browser with these wishes asks for it.
async fn wishing(browser: &Browser, path: &str, wishes: &str) -> Answer {
    let headers = [
        ("accept-language", wishes),
        ("sec-fetch-site", "same-origin"),
    ];
    browser.send(Method::GET, path, &headers, None).await
}

async fn prefer(browser: &Browser, language: &str, zone: &str) {
    let fields = [("language", language), ("zone", zone)];
    let answer = browser.post("/account/preferences", &fields).await;
    answer.leads_to("/account");
}

on_both! {
    async fn the_browser_says_which_language_until_the_person_does(db: &TestStore) {
        let app = TestApp::start(db).await;
        for (wishes, tag, words) in [
            ("es-MX,es;q=0.9,en;q=0.5", "es", "Conecte su banco"),
            ("de,en;q=0.3,fr-CA;q=0.4", "fr", "Connectez votre banque"),
            ("de", "en", "Connect your bank"),
        ] {
            let page = wishing(&app.browser(), "/", wishes).await;
            page.shows(200, words);
            page.shows(200, &format!("<html lang=\"{tag}\""));
        }
        // Who signs up has said so with the browser, and is written to alike.
        let newcomer = app.browser();
        let origin = app.config.public_url.origin().ascii_serialization();
        let fields = [("email", "nina@example.com"), ("new_password", "candle harbour violet")];
        let from = [("origin", &*origin), ("sec-fetch-site", "same-origin"), ("accept-language", "es")];
        newcomer.post_from("/sign-up", &fields, &from).await.leads_to("/sign-in");
        eventually(&newcomer, "/outbox", "Confirme su correo electrónico").await;
        app.stop().await;
    }

    async fn a_persons_choice_holds_for_pages_letters_and_mastercard(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let usual = ada.get("/account").await;
        usual.shows(200, "<option value=\"\" selected>As usual here (America/New York)");
        let hour = |page: &Answer, zones: [&str; 2]| zones.iter().any(|zone| page.text.contains(zone));
        assert!(hour(&usual, ["m EST", "m EDT"]), "{}", usual.text);

        prefer(&ada, "fr", "America/Los_Angeles").await;
        let shown = wishing(&ada, "/account", "es").await;
        shown.shows(200, "<html lang=\"fr\"");
        shown.shows(200, "C’est enregistré");
        shown.shows(200, "<option value=\"fr\" selected>Français");
        shown.shows(200, "<option value=\"America/Los_Angeles\" selected>");
        assert!(hour(&shown, [" PST", " PDT"]) && shown.text.contains(" h "), "{}", shown.text);
        wishing(&ada, "/connections", "es").await.shows(200, "Rien n’est encore connecté");

        ada.post("/forgot-password", &[("email", &email("ada"))]).await.leads_to("/forgot-password");
        eventually(&ada, "/outbox", "Choisissez un nouveau mot de passe").await;

        launch(&ada, FINBANK).await;
        let state = app.sandbox_state().await;
        assert_eq!(state["links"][0]["language"], "fr", "{state}");
        let receipts = rows(db, "receipts").await;
        let kept = |receipt: &String| receipt.contains("'fr'") || receipt.contains(",fr,");
        assert!(receipts.iter().all(kept) && !receipts.is_empty(), "{receipts:?}");

        prefer(&ada, "en", "").await;
        ada.get("/account").await.shows(200, "<option value=\"\" selected>As usual here");
        app.stop().await;
    }

    async fn what_the_form_does_not_offer_changes_nothing(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let before = belongings(db).await;
        for (language, zone) in [("de", ""), ("", ""), ("es", "Mars/Olympus"), ("es", "EST/EDT"), ("../es", "")] {
            prefer(&ada, language, zone).await;
            ada.get("/account").await.shows(200, "Nothing was changed");
        }
        assert_eq!(belongings(db).await, before);
        app.stop().await;
    }
}
