//! OAuth: on the institution's own site, in the same window or in one of its own.

use super::*;

fn site(walk: &Walk) -> String {
    walk.at.replace("/connect/", "/institution/")
}

#[tokio::test]
async fn in_the_same_window() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    assert_eq!(walk.heading(), "Continue at Bank &lt;&amp;&gt; Trust");
    assert!(!walk.html.contains("target=\"_blank\""));
    assert_eq!(walk.events(), ["started"]);
    let there = site(&walk);
    walk.get(&there).await;
    assert_eq!(walk.headers["x-frame-options"], "DENY");
    assert!(
        walk.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("frame-ancestors 'none'")
    );
    assert_eq!(
        walk.event("adding").1,
        json!({"institutionId": "102176", "oauth": true})
    );
    walk.sign_in("profile_03", "wrong").await;
    assert!(walk.html.contains("User name or password is not right."));
    walk.sign_in("tfa_text", "go").await;
    assert_eq!(walk.heading(), "Welcome, Taylor Text");
    walk.submit("allow", "").await;
    assert!(walk.html.contains("Choose at least one account"));
    walk.submit("allow", "account=checking").await;
    assert_eq!(walk.heading(), "Your accounts are connected");
    assert_eq!(walk.events(), ["started", "adding", "added", "done"]);
    assert_eq!(walk.event("added").1["oauth"], true);
    assert_eq!(
        walk.returned(),
        "reason=done&customerId=7&institutionId=102176"
    );
}

#[tokio::test]
async fn from_a_frame_in_a_window_of_its_own() {
    let mut walk = Walk::lite(OAUTH);
    let request = Request::get("/?signed=1")
        .header("sec-fetch-dest", "iframe")
        .body(Body::empty())
        .unwrap();
    walk.load(request).await;
    assert!(walk.html.contains("<html lang=\"en\" class=\"framed\">"));
    walk.submit("agree", "").await;
    assert!(
        walk.html
            .contains("?window=own\" target=\"_blank\" rel=\"opener\""),
        "{}",
        walk.html
    );
    assert!(
        walk.html.contains("content=\"3;url="),
        "looks after the other window"
    );
    let (frame, there) = (walk.at.clone(), site(&walk));
    walk.get(&format!("{there}?window=own")).await;
    assert_eq!(walk.state().await["away"], true);
    walk.post(
        &format!("{there}/sign-in?window=own"),
        "username=profile_03&password=profile_03",
    )
    .await;
    assert!(walk.html.contains("/allow?window=own"));
    walk.post(&format!("{there}/allow?window=own"), "account=checking")
        .await;
    assert_eq!(walk.heading(), "You have allowed access");
    assert!(walk.html.contains("close.js"));
    walk.get(&frame).await;
    assert_eq!(walk.heading(), "Your accounts are connected");
}

#[tokio::test]
async fn denied_and_gone_there_again() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    let there = site(&walk);
    walk.get(&there).await;
    walk.submit("deny", "").await;
    assert_eq!(walk.heading(), "Continue at Bank &lt;&amp;&gt; Trust");
    assert!(walk.html.contains("You did not allow access"));
    assert_eq!(walk.state().await["away"], false);
    walk.get(&there)
        .await
        .sign_in("profile_03", "profile_03")
        .await;
    walk.submit("allow", "account=checking").await;
    assert_eq!(walk.heading(), "Your accounts are connected");
}

#[tokio::test]
async fn a_frame_never_arrives() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    let there = site(&walk);
    let request = Request::get(&there)
        .header("sec-fetch-dest", "iframe")
        .body(Body::empty())
        .unwrap();
    assert_eq!(walk.send(request).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(walk.events(), ["started"]);
}

#[tokio::test]
async fn ten_quiet_minutes_there() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    let there = site(&walk);
    walk.get(&there).await;
    walk.pass(Duration::seconds(599));
    assert_eq!(walk.state().await["warning"], false);
    walk.pass(Duration::seconds(1));
    assert_eq!(walk.state().await["warning"], true);
    walk.get(&there).await;
    assert!(walk.html.contains("This page ends in 2 minutes."));
    walk.pass(Duration::minutes(2));
    walk.get(&there).await;
    assert_eq!(walk.heading(), "This visit has ended");
}

#[tokio::test]
async fn failing_there() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    let there = site(&walk);
    walk.get(&there).await.sign_in("demo", "128").await;
    assert_eq!(walk.heading(), "Bank &lt;&amp;&gt; Trust cannot be reached");
    assert_eq!(walk.event("unableToConnect").1["code"], 128);

    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    *walk.world.reach.lock().unwrap() = Reach::Offline;
    let there = site(&walk);
    walk.get(&there).await;
    assert_eq!(walk.events(), ["started", "adding", "unableToConnect"]);
    assert_eq!(walk.heading(), "Bank &lt;&amp;&gt; Trust cannot be reached");
}

#[tokio::test]
async fn its_colours_come_as_a_sheet() {
    let mut walk = Walk::lite(OAUTH);
    walk.open().await.submit("agree", "").await;
    let there = site(&walk);
    let sheet = walk.get(&format!("{there}/colours.css")).await.html.clone();
    assert_eq!(sheet, ":root { --brand: #ffcc00; --on-brand: #000; }\n");
}
