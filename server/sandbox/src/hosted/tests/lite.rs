//! Lite with name and password.

use rstest::rstest;

use super::*;

#[tokio::test]
async fn from_terms_to_done() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await;
    assert_eq!(
        walk.heading(),
        "Connect your accounts at Bank &lt;&amp;&gt; Trust"
    );
    walk.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.heading(), "Choose the accounts to connect");
    assert!(walk.html.contains("··4821") && walk.html.contains("$2,418.37"));
    walk.submit(
        "accounts",
        "account=checking&account=savings&account=forged",
    )
    .await;
    assert_eq!(walk.heading(), "Your accounts are connected");
    assert_eq!(
        walk.events(),
        ["started", "adding", "discovered", "added", "done"]
    );
    let ids: Vec<_> = walk.event("added").1["accounts"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(
        ids,
        [
            json!({"id": "checking", "institutionLoginId": 5}),
            json!({"id": "savings", "institutionLoginId": 5})
        ]
    );
    assert_eq!(
        walk.event("adding").1,
        json!({"institutionId": "102105", "oauth": false})
    );
    assert_eq!(
        walk.event("discovered").1["accounts"]
            .as_array()
            .unwrap()
            .len(),
        8
    );
    assert_eq!(walk.event("done").2, Some("userSubmit"));
    assert_eq!(
        walk.returned(),
        "reason=complete&code=200&reportData=null&customerId=7&institutionId=102105"
    );
    let told =
        json!({"type": "done", "data": {"code": 200, "reason": "complete", "reportData": []}});
    assert_eq!(walk.data("end"), told.to_string());
    assert_eq!(walk.world.completed.lock().unwrap().len(), 1);
    assert_eq!(walk.visits.list()[0].end, Some("complete"));
}

#[rstest]
#[case("tfa_text", "answer-1=mfa", "answer-1=Lincoln")]
#[case("tfa_choice", "answer-1=mfa", "answer-1=1")]
#[case("tfa_code", "answer-1=mfa", "answer-1=123456")]
#[case("tfa_image", "answer-1=mfa", "answer-1=2")]
#[case(
    "tfa_multi",
    "answer-1=mfa&answer-2=1&answer-3=x",
    "answer-1=Smith&answer-2=summer"
)]
#[tokio::test]
async fn second_step(#[case] username: &str, #[case] more: &str, #[case] good: &str) {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in(username, "go").await;
    let first = walk.html.clone();
    walk.submit("answer", "").await;
    assert!(walk.html.contains("Answer every question"));
    walk.submit("answer", more).await;
    assert_ne!(walk.html, first, "another question");
    walk.submit("answer", good).await;
    assert_eq!(walk.heading(), "Choose the accounts to connect");
    assert_eq!(
        walk.events(),
        ["started", "mfa", "mfa", "adding", "discovered"]
    );
    assert_eq!(walk.event("mfa").1, json!({"institutionId": "102105"}));
}

#[tokio::test]
async fn a_wrong_answer_is_a_refused_sign_in() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in("tfa_choice", "go").await;
    walk.submit("answer", "answer-1=fail").await;
    assert!(
        walk.html
            .contains("That answer is not right. Sign in again. 4 tries are left.")
    );
    assert_eq!(walk.events(), ["started", "mfa", "invalidCredentials"]);
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.heading(), "Choose the accounts to connect");
}

#[tokio::test]
async fn five_refusals_end_the_visit() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    for left in [
        "4 tries are left",
        "3 tries are left",
        "2 tries are left",
        "One try is left",
    ] {
        walk.sign_in("invalid_user", "go").await;
        assert!(walk.html.contains(left), "{left}");
        assert!(
            walk.html
                .contains("aria-invalid=\"true\" aria-describedby=\"remark\"")
        );
    }
    walk.sign_in("nobody", "go").await;
    assert_eq!(walk.heading(), "That was the last try");
    assert_eq!(
        walk.events()
            .iter()
            .filter(|kind| *kind == "invalidCredentials")
            .count(),
        5
    );
    assert_eq!(
        walk.event("unableToConnect").1,
        json!({"institutionId": "102105", "code": 103})
    );
    let base = walk.at.clone();
    walk.post(
        &format!("{base}/sign-in"),
        "username=profile_03&password=profile_03",
    )
    .await;
    assert_eq!(walk.heading(), "That was the last try");
    walk.submit("leave", "").await;
    assert_eq!(
        walk.returned(),
        "reason=error&code=500&customerId=7&institutionId=102105"
    );
    assert_eq!(walk.world.completed.lock().unwrap().len(), 0);
}

#[rstest]
#[case("demo", "125", 125)]
#[case("demo", "108", 108)]
#[tokio::test]
async fn the_institution_fails(#[case] username: &str, #[case] password: &str, #[case] code: u32) {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in(username, password).await;
    assert_eq!(walk.events(), ["started", "unableToConnect"]);
    assert_eq!(walk.event("unableToConnect").1["code"], code);
    walk.submit("leave", "").await;
    assert!(walk.returned().starts_with("reason=error&code=500"));
}

#[tokio::test]
async fn offline_and_unsupported() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    *walk.world.reach.lock().unwrap() = Reach::Offline;
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.heading(), "Bank &lt;&amp;&gt; Trust cannot be reached");
    assert_eq!(walk.event("unableToConnect").1["code"], 102);

    let mut walk = Walk::lite(PLAIN);
    walk.open().await;
    *walk.world.reach.lock().unwrap() = Reach::Unsupported;
    walk.submit("agree", "").await;
    assert_eq!(walk.events(), ["started", "institutionNotSupported"]);
}

#[tokio::test]
async fn leaving_from_each_page() {
    for steps in 0..4 {
        let mut walk = Walk::lite(PLAIN);
        walk.open().await;
        if steps > 0 {
            walk.submit("agree", "").await;
        }
        if steps > 1 {
            walk.sign_in("tfa_text", "go").await;
        }
        if steps > 2 {
            walk.submit("answer", "answer-1=x").await;
        }
        walk.submit("leave", "").await;
        assert_eq!(
            walk.returned(),
            "reason=exit&code=100&customerId=7&institutionId=102105"
        );
        assert_eq!(walk.event("done").2, Some("userExit"));
        assert!(!walk.events().contains(&"added".to_owned()));
        assert!(
            walk.html
                .contains("http-equiv=\"refresh\" content=\"0;url=http"),
            "goes by itself"
        );
        let before = walk.events();
        let base = walk.at.clone();
        walk.post(&format!("{base}/leave"), "").await;
        assert_eq!(walk.events(), before, "leaving twice");
    }
}

#[tokio::test]
async fn the_experience_filters_types() {
    let mut filtered = link(Flow::Lite(PLAIN));
    filtered.account_types = Some(vec!["checking".into()]);
    let mut walk = Walk::with(Ok(filtered.clone()));
    walk.open().await.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    assert!(walk.html.contains("Everyday Checking") && !walk.html.contains("Rainy Day"));
    assert_eq!(
        walk.event("discovered").1["accounts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    walk.submit("accounts", "account=savings").await;
    assert!(walk.html.contains("Choose at least one account"));

    filtered.account_types = Some(vec!["crypto".into()]);
    let mut walk = Walk::with(Ok(filtered));
    walk.open().await.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    assert_eq!(walk.heading(), "None of your accounts can be used here");
    assert_eq!(walk.event("unableToConnect").1["code"], 5030);
}

#[tokio::test]
async fn idle_is_warned_of_and_ends() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    let base = walk.at.clone();
    assert!(
        walk.html.contains("content=\"301;url="),
        "the warning comes without script"
    );
    walk.pass(Duration::seconds(301));
    assert_eq!(walk.state().await["warning"], true);
    assert_eq!(walk.state().await["left"], 119);
    walk.get(&base).await;
    assert_eq!(walk.heading(), "Are you still there?");
    walk.submit("stay", "").await;
    assert_eq!(walk.heading(), "Sign in at Bank &lt;&amp;&gt; Trust");
    walk.pass(Duration::seconds(419));
    let version = walk.state().await["version"].clone();
    walk.pass(Duration::seconds(1));
    assert_ne!(
        walk.state().await["version"],
        version,
        "a page learns that it is over"
    );
    let base = walk.at.clone();
    walk.post(
        &format!("{base}/sign-in"),
        "username=profile_03&password=profile_03",
    )
    .await;
    assert_eq!(
        walk.returned(),
        "reason=timeout&code=1440&customerId=7&institutionId=102105"
    );
    assert_eq!(
        walk.data("end"),
        json!({"type": "error", "data": {"code": 1440, "reason": "timeout"}}).to_string()
    );
    assert_eq!(
        walk.events(),
        ["started"],
        "nobody tells of a closed tab either"
    );
}

#[tokio::test]
async fn one_hour_after_sign_in() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    let base = walk.at.clone();
    for _ in 0..14 {
        walk.pass(Duration::minutes(4));
        walk.post(&format!("{base}/stay"), "").await;
        assert_eq!(walk.heading(), "Choose the accounts to connect");
    }
    walk.pass(Duration::minutes(4));
    walk.get(&base).await;
    assert_eq!(walk.heading(), "This visit has ended");
}

#[tokio::test]
async fn slow_discovery_waits_for_its_time() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in("discovertimeout", "go").await;
    assert_eq!(walk.heading(), "Finding your accounts");
    assert!(walk.html.contains("content=\"2;url="));
    assert_eq!(walk.events(), ["started", "adding"]);
    walk.pass(Duration::seconds(90));
    let base = walk.at.clone();
    walk.get(&base).await;
    assert_eq!(walk.heading(), "Choose the accounts to connect");
    assert_eq!(walk.events(), ["started", "adding", "discovered"]);
}

#[tokio::test]
async fn a_customer_deleted_meanwhile() {
    let mut walk = Walk::lite(PLAIN);
    walk.open().await.submit("agree", "").await;
    walk.sign_in("profile_03", "profile_03").await;
    *walk.world.customer_gone.lock().unwrap() = true;
    walk.submit("accounts", "account=checking").await;
    assert_eq!(walk.heading(), "The app has removed this customer");
    assert_eq!(walk.event("unableToConnect").1["code"], 10010);
    assert!(walk.world.completed.lock().unwrap().is_empty());
}
