//! The page after a panic.

use axum::{Router, http::Method, routing::get};
use relink_engine::store::testing::TestStore;
use relink_server::http;
use tokio::net::TcpListener;

use super::{
    app::{Jobs, PASSWORD, TestApp, email},
    browser::{Answer, Browser},
    db::on_both,
    logs,
};

async fn panics() {
    panic!("a handler of a test");
}

/// The program once more, with handlers that panic.
async fn browser(app: &TestApp) -> Browser {
    let people = Router::new().route("/panics", get(panics));
    let open = Router::new().route("/panics/early", get(panics));
    let router = http::router_with(&app.program.app, people, open);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let tasks = app.program.tasks.clone();
    drop(app.program.tasks.spawn("panics", async move {
        http::serve(listener, router, &tasks).await.unwrap();
    }));
    let origin = app.config.public_url.origin().ascii_serialization();
    Browser::new(&base, &origin)
}

/// The page names the request as its header and the log do.
fn names_its_request(page: &Answer, sentence: &str) {
    page.shows(500, sentence);
    let reference = page.header("x-request-id");
    assert_eq!(reference.len(), 12);
    assert!(
        page.text.contains(&format!("<code>{reference}</code>")),
        "{}",
        page.text
    );
    let log = logs::kept();
    let mut lines = log
        .lines()
        .filter(|line| line.contains("a request panicked"));
    let line = lines.find(|line| line.contains(reference));
    let line = line.unwrap_or_else(|| panic!("nothing logged of {reference}"));
    assert!(line.contains("a handler of a test"), "{line}");
}

on_both! {
    async fn the_page_after_a_panic_names_its_request_and_speaks_its_readers_language(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        app.user("ada").await;
        let ada = browser(&app).await;
        let fields = [("email", &*email("ada")), ("password", PASSWORD)];
        ada.post("/sign-in", &fields).await.leads_to("/connections");
        names_its_request(&ada.get("/panics").await, "We could not show this page");
        ada.post("/account/preferences", &[("language", "es")]).await.leads_to("/account");
        names_its_request(&ada.get("/panics").await, "No pudimos mostrar esta página");
        // Nobody knows there who asks: the browser's wish counts.
        let wish = [("accept-language", "fr"), ("sec-fetch-site", "same-origin")];
        let early = ada.send(Method::GET, "/panics/early", &wish, None).await;
        names_its_request(&early, "Nous n’avons pas pu afficher cette page");
        // She is still signed in, and the program goes on.
        ada.get("/connections").await.shows(200, "<h1>");
        app.stop().await;
    }
}
