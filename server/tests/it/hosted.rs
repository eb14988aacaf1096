//! The person at the hosted pages of Data Connect, script off.

use std::collections::BTreeSet;

use super::browser::{Answer, client, read};

/// Renews the sign-in at a link of Data Connect Fix, as `username` whose
/// password is the same, and answers where the page leads back to.
pub(crate) async fn renew(link: &str, username: &str) -> String {
    let hosted = Hosted::open(link).await;
    hosted.submit("agree", String::new()).await;
    let fields = format!("username={username}&password={username}");
    hosted.submit("sign-in", fields).await;
    hosted.end().await
}

/// Signs in at a link of Data Connect Fix as somebody who does not have its
/// accounts, and goes back from the page that says so.
pub(crate) async fn mistaken(link: &str, username: &str, password: &str) -> String {
    let hosted = Hosted::open(link).await;
    hosted.submit("agree", String::new()).await;
    let fields = format!("username={username}&password={password}");
    hosted.submit("sign-in", fields).await;
    hosted.submit("leave", String::new()).await;
    hosted.end().await
}

/// Opens a link of Data Connect that finds nothing to do, and answers where its
/// page leads back to.
pub(crate) async fn open(link: &str) -> String {
    Hosted::open(link).await.end().await
}

/// Leaves a link of Data Connect without doing anything.
pub(crate) async fn leave(link: &str) -> String {
    let hosted = Hosted::open(link).await;
    hosted.submit("leave", String::new()).await;
    hosted.end().await
}

/// A visit to the hosted pages.
struct Hosted {
    client: reqwest::Client,
    visit: String,
}

impl Hosted {
    async fn open(link: &str) -> Self {
        let client = client();
        let opened = read(client.get(link).send().await.unwrap()).await;
        assert_eq!(opened.status, 303, "{}", opened.text);
        let origin = reqwest::Url::parse(link)
            .unwrap()
            .origin()
            .ascii_serialization();
        let visit = format!("{origin}{}", opened.location());
        Self { client, visit }
    }

    async fn submit(&self, step: &str, form: String) {
        let request = self.client.post(format!("{}/{step}", self.visit));
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let done = read(request.send().await.unwrap()).await;
        assert!(done.status < 400, "{step}: {} {}", done.status, done.text);
    }

    async fn end(&self) -> String {
        way_back(&read(self.client.get(&self.visit).send().await.unwrap()).await)
    }
}

/// Signs in as the person with many accounts, ticks these, and answers where
/// the page leads back to. No accounts: leaves.
pub(crate) async fn play(link: &str, accounts: &[&str]) -> String {
    if accounts.is_empty() {
        return leave(link).await;
    }
    let hosted = Hosted::open(link).await;
    hosted.submit("agree", String::new()).await;
    let fields = "username=profile_03&password=profile_03".to_owned();
    hosted.submit("sign-in", fields).await;
    let ticked: Vec<String> = accounts
        .iter()
        .map(|key| format!("account={key}"))
        .collect();
    hosted.submit("accounts", ticked.join("&")).await;
    hosted.end().await
}

fn way_back(end: &Answer) -> String {
    let ways: BTreeSet<String> = end
        .after("href=\"")
        .into_iter()
        .filter(|way| way.contains("/connect/return/"))
        .collect();
    assert_eq!(ways.len(), 1, "one way back: {}", end.text);
    ways.into_iter().next().unwrap()
}
