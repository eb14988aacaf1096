//! Fix.

use super::*;

#[tokio::test]
async fn credentials() {
    let mut walk = Walk::fix(PLAIN, "profile_03", Some(103));
    walk.open().await;
    assert_eq!(
        walk.heading(),
        "Renew your sign-in at Bank &lt;&amp;&gt; Trust"
    );
    assert!(walk.html.contains("··4821"));
    walk.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.heading(), "Your sign-in is renewed");
    assert_eq!(walk.events(), ["started", "credentialsUpdated", "done"]);
    assert_eq!(
        walk.event("credentialsUpdated").1,
        json!({"institutionId": "102105", "mfa": false})
    );
    assert!(walk.returned().starts_with("reason=complete&code=200"));
    assert_eq!(walk.visits.list()[0].flow, "fix");
}

#[tokio::test]
async fn credentials_with_a_second_step() {
    let mut walk = Walk::fix(PLAIN, "tfa_code", Some(185));
    walk.open().await.submit("agree", "").await;
    walk.sign_in("tfa_code", "go").await;
    walk.submit("answer", "answer-1=654321").await;
    assert_eq!(
        walk.events(),
        ["started", "mfa", "credentialsUpdated", "done"]
    );
    assert_eq!(walk.event("credentialsUpdated").1["mfa"], true);
}

#[tokio::test]
async fn oauth() {
    let mut walk = Walk::fix(OAUTH, "profile_03", Some(947));
    walk.open().await.submit("agree", "").await;
    let there = walk.at.replace("/connect/", "/institution/");
    walk.get(&there)
        .await
        .sign_in("profile_03", "profile_03")
        .await;
    walk.submit("allow", "account=checking").await;
    assert_eq!(walk.heading(), "Your sign-in is renewed");
    assert_eq!(walk.events(), ["started", "adding", "added", "done"]);
    assert_eq!(walk.event("added").1["oauth"], true);
}

#[tokio::test]
async fn nothing_to_repair() {
    for code in [None, Some(0), Some(102)] {
        let mut walk = Walk::fix(PLAIN, "profile_03", code);
        walk.open().await;
        assert_eq!(walk.heading(), "There is nothing to repair");
        assert_eq!(
            walk.returned(),
            "reason=error&code=201&customerId=7&institutionId=102105"
        );
        assert_eq!(
            walk.data("end"),
            json!({"type": "error", "data": {"code": 201, "reason": "error"}}).to_string()
        );
        assert_eq!(walk.events(), ["started", "done"]);
        assert_eq!(walk.event("done").2, None);
    }
}

#[tokio::test]
async fn nothing_to_repair_is_said_of_a_broken_login_when_asked_for() {
    let mut walk = Walk::fix(PLAIN, "profile_03", Some(103));
    if let Some(login) = walk.world.login.lock().unwrap().as_mut() {
        login.answer = FixAnswer::NothingToFix;
    }
    walk.open().await;
    assert_eq!(walk.heading(), "There is nothing to repair");
    assert!(walk.returned().starts_with("reason=error&code=201"));
}

#[tokio::test]
async fn someone_elses_sign_in() {
    for institution in [PLAIN, OAUTH] {
        let mut walk = Walk::fix(institution, "profile_03", Some(103));
        walk.open().await.submit("agree", "").await;
        if institution == OAUTH {
            let there = walk.at.replace("/connect/", "/institution/");
            walk.get(&there).await.sign_in("test", "profile_02").await;
            walk.submit("allow", "account=checking").await;
        } else {
            walk.sign_in("test", "profile_02").await;
        }
        assert_eq!(walk.heading(), "These accounts belong to another sign-in");
        assert_eq!(walk.event("unableToConnect").1["code"], 946);
    }
}

#[tokio::test]
async fn the_login_is_gone() {
    let mut walk = Walk::fix(PLAIN, "profile_03", Some(103));
    *walk.world.login.lock().unwrap() = None;
    walk.open().await;
    assert_eq!(walk.status, StatusCode::NOT_FOUND);
    assert_eq!(walk.heading(), "There is nothing here to connect");
    assert!(
        walk.html.contains("reason=error&amp;code=500"),
        "a way back"
    );
    assert!(walk.events().is_empty());
}
