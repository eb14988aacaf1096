//! What holds for each page, and the links that open none.

use rstest::rstest;

use super::*;

/// Checks a page as a reader without eyes or a strict browser would.
fn check(walk: &Walk) {
    let html = &walk.html;
    let count = |part: &str| html.matches(part).count();
    assert_eq!(count("<title>"), 1, "{html}");
    assert!(!html.contains("<title> –"), "a title of its own: {html}");
    assert_eq!(count("<h1>"), 1, "{html}");
    assert_eq!(count("<main"), 1);
    assert!(html.contains("<html lang=\"en\""));
    assert!(html.contains(">Sandbox</p>"), "the mark");
    assert!(html.contains("name=\"viewport\""));
    assert!(
        !html.contains(" style=") && !html.contains("<style"),
        "no inline style"
    );
    assert_eq!(count("<script"), count("<script src="), "no inline script");
    assert!(!html.contains(" onclick") && !html.contains("javascript:"));
    assert!(!html.contains("Bank <&>"), "escaped");
    for input in html.split("<input ").skip(1) {
        let tag = &input[..input.find('>').unwrap()];
        let id = tag
            .split("id=\"")
            .nth(1)
            .expect(tag)
            .split('"')
            .next()
            .unwrap();
        assert_eq!(count(&format!("for=\"{id}\"")), 1, "a label for {id}");
        assert_eq!(count(&format!(" id=\"{id}\"")), 1, "one {id}");
    }
    let policy = walk.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(walk.headers["cache-control"], "no-store");
    assert_eq!(walk.headers["referrer-policy"], "same-origin");
    assert!(!walk.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn every_page_of_lite() {
    let mut walk = Walk::lite(PLAIN);
    check(walk.open().await);
    check(walk.submit("agree", "").await);
    check(walk.sign_in("nobody", "x").await);
    for user in [
        "tfa_text",
        "tfa_choice",
        "tfa_code",
        "tfa_image",
        "tfa_multi",
    ] {
        let mut walk = Walk::lite(PLAIN);
        walk.open().await.submit("agree", "").await;
        check(walk.sign_in(user, "go").await);
        check(walk.submit("answer", "").await);
    }
    check(walk.sign_in("discovertimeout", "go").await);
    walk.pass(Duration::seconds(90));
    let base = walk.at.clone();
    check(walk.get(&base).await);
    walk.pass(Duration::seconds(300));
    check(walk.get(&base).await);
    assert_eq!(walk.heading(), "Are you still there?");
    check(walk.submit("stay", "").await);
    check(walk.submit("accounts", "").await);
    check(walk.submit("accounts", "account=checking").await);
}

#[tokio::test]
async fn every_page_of_oauth_and_fix() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await;
    check(walk.submit("agree", "").await);
    let (frame, there) = (
        walk.at.clone(),
        walk.at.replace("/connect/", "/institution/"),
    );
    check(walk.get(&there).await);
    check(walk.get(&frame).await);
    assert_eq!(
        walk.heading(),
        "Waiting for you at Bank &lt;&amp;&gt; Trust"
    );
    check(walk.get(&there).await);
    check(walk.sign_in("nobody", "x").await);
    check(walk.sign_in("profile_03", "profile_03").await);
    check(walk.post(&format!("{there}/deny?window=own"), "").await);
    let mut walk = Walk::fix(PLAIN, "profile_03", Some(103));
    check(walk.open().await);
    walk.submit("agree", "").await;
    check(walk.sign_in("demo", "127").await);
    check(walk.submit("leave", "").await);
}

#[rstest]
#[case(LinkFault::Invalid, 400, "This link is not valid", 500)]
#[case(LinkFault::Expired, 410, "This link has expired", 1440)]
#[case(LinkFault::Used, 410, "This link has been used", 500)]
#[tokio::test]
async fn links_that_do_not_open(
    #[case] fault: LinkFault,
    #[case] status: u16,
    #[case] heading: &str,
    #[case] code: u16,
) {
    let mut walk = Walk::with(Err(fault));
    check(walk.open().await);
    assert_eq!((walk.status.as_u16(), walk.heading()), (status, heading));
    assert!(walk.data("message").contains(&format!("\"code\":{code}")));
    assert!(walk.visits.list().is_empty());
}

#[tokio::test]
async fn flows_that_are_not_played() {
    let mut walk = Walk::with(Ok(link(Flow::NotPlayed("Data Connect Full"))));
    check(walk.open().await);
    assert_eq!(
        walk.heading(),
        "The sandbox does not play Data Connect Full yet"
    );
    assert!(walk.html.contains("reason=exit&amp;code=100"), "a way back");
    assert!(walk.events().is_empty() && walk.visits.list().is_empty());
}

#[tokio::test]
async fn without_a_link_or_a_visit() {
    let mut walk = Walk::lite(PLAIN);
    check(walk.get("/").await);
    check(walk.get("/connect/0123456789abcdef").await);
    assert_eq!(
        (walk.status, walk.heading()),
        (StatusCode::NOT_FOUND, "This visit is not known")
    );
    check(
        walk.post("/connect/nope/sign-in", "username=a&password=b")
            .await,
    );
    assert_eq!(walk.status, StatusCode::NOT_FOUND);
    check(walk.get("/institution/nope").await);
    assert_eq!(walk.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn framing_is_for_anyone_and_visits_are_apart() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await;
    let policy = walk.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors *"));
    assert!(!walk.headers.contains_key("x-frame-options"));
    let first = walk.at.clone();
    walk.open().await;
    assert_ne!(walk.at, first, "each opening is a visit of its own");
    walk.submit("agree", "").await;
    walk.get(&first).await;
    assert_eq!(
        walk.heading(),
        "Connect your accounts at Bank &lt;&amp;&gt; Trust"
    );
    assert_eq!(walk.visits.list().len(), 2);
}

#[tokio::test]
async fn assets() {
    let mut walk = Walk::lite(PLAIN);
    for (name, kind) in [
        ("connect.css", "text/css; charset=utf-8"),
        ("connect.js", "text/javascript; charset=utf-8"),
        ("institution.css", "text/css; charset=utf-8"),
        ("close.js", "text/javascript; charset=utf-8"),
    ] {
        walk.get(&format!("/connect-assets/{name}")).await;
        assert_eq!(
            (walk.status, &walk.headers["content-type"]),
            (StatusCode::OK, &kind.parse().unwrap())
        );
    }
}

#[tokio::test]
async fn the_sdk_hears_where_the_person_is() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await;
    assert_eq!(walk.data("screen"), "");
    walk.submit("agree", "").await;
    assert_eq!(
        (walk.data("screen").as_str(), walk.data("params").as_str()),
        ("Add-Institution", r#"{"id":102105}"#)
    );
    let start: Value = serde_json::from_str(&walk.data("user")).unwrap();
    assert_eq!(
        (&start["action"], &start["success"]),
        (&json!("AddAccounts"), &Value::Null)
    );
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.data("screen"), "Add-Accounts");
    walk.submit("accounts", "account=checking").await;
    assert_eq!(walk.data("screen"), "Done");
    let result: Value = serde_json::from_str(&walk.data("user")).unwrap();
    assert_eq!(
        (
            &result["success"],
            &result["accountIds"],
            &result["institutionLoginId"]
        ),
        (&json!(true), &json!(["checking"]), &json!(5))
    );
}
