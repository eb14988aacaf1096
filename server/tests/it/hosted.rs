//! The person at the hosted pages of Data Connect, script off.

use std::collections::BTreeSet;

use super::browser::{Answer, client, read};

/// Signs in as the person with many accounts, ticks these, and answers where
/// the page leads back to. No accounts: leaves.
pub(crate) async fn play(link: &str, accounts: &[&str]) -> String {
    let client = client();
    let opened = read(client.get(link).send().await.unwrap()).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    let origin = reqwest::Url::parse(link)
        .unwrap()
        .origin()
        .ascii_serialization();
    let visit = format!("{origin}{}", opened.location());
    let submit = async |step: &str, form: String| {
        let request = client.post(format!("{visit}/{step}"));
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let done = read(request.send().await.unwrap()).await;
        assert!(done.status < 400, "{step}: {} {}", done.status, done.text);
    };
    submit("agree", String::new()).await;
    if accounts.is_empty() {
        submit("leave", String::new()).await;
    } else {
        submit(
            "sign-in",
            "username=profile_03&password=profile_03".to_owned(),
        )
        .await;
        let ticked: Vec<String> = accounts
            .iter()
            .map(|key| format!("account={key}"))
            .collect();
        submit("accounts", ticked.join("&")).await;
    }
    let end = read(client.get(&visit).send().await.unwrap()).await;
    way_back(&end)
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
