use super::*;
use crate::audit::{Entry, Filter, Kind};

/// What was put down, the latest first.
async fn acts(bench: &Bench, admin: &Admin) -> Vec<Entry> {
    let audit = bench.identity.audit();
    let list = audit.list(admin, &Filter::default(), None, 50).await;
    list.unwrap()
}

/// Somebody of this role does all that they can with their own access.
async fn uses_all(bench: &Bench, role: Role) -> SignedIn {
    let email = bench
        .demo(&format!("{}@example.com", role.as_str()), role)
        .await;
    let name = |name: &str| key(&format!("{}-{name}", role.as_str()));
    let sessions = bench.identity.sessions();
    let who = bench.signed_in(&email, &name("this")).await;
    let other = bench.signed_in(&email, &name("other")).await;
    assert!(
        sessions
            .revoke(&who, other.session(), &client())
            .await
            .unwrap()
    );
    assert!(
        !sessions
            .revoke(&who, other.session(), &client())
            .await
            .unwrap(),
        "it is gone"
    );
    bench.pass(TimeDelta::seconds(1));
    let new = Password::parse(&OTHER.into()).unwrap();
    let wrong = bench
        .identity
        .change_password(&who, &OTHER.into(), &new, &client())
        .await;
    assert!(matches!(wrong, Err(ChangeError::Wrong)));
    let mark = bench
        .identity
        .change_password(&who, &PASSWORD.into(), &new, &client())
        .await
        .unwrap();
    testing::keep(&bench.identity, mark, &name("next")).await;
    bench.letters().await;
    let token = bench.reset_token(&email).await;
    let present = Password::parse(&PASSWORD.into()).unwrap();
    bench
        .identity
        .reset_password(&token, &present, &client())
        .await
        .unwrap();
    bench.pass(TimeDelta::seconds(1));
    let who = bench.signed_in(&email, &name("last")).await;
    sessions
        .sign_out_everywhere(who.clone(), &client())
        .await
        .unwrap();
    who
}

db_test! { async fn what_staff_do_with_their_own_access_is_put_down(db: &TestStore) {
    let bench = Bench::new(db);
    let root = bench.demo("root@example.com", Role::Admin).await;
    let admin = bench.signed_in(&root, &key("root")).await.admin().unwrap();
    for role in [Role::Viewer, Role::Support, Role::Admin] {
        let before = acts(&bench, &admin).await.len();
        let who = uses_all(&bench, role).await;
        let mut all = acts(&bench, &admin).await;
        all.truncate(all.len() - before);
        let kinds: Vec<Kind> = all.iter().map(|act| act.kind).collect();
        let expected = [
            Kind::SignedOutEverywhere, Kind::SignedIn, Kind::PasswordReset, Kind::PasswordChanged, Kind::SignInEnded,
            Kind::SignedIn, Kind::SignedIn,
        ];
        assert_eq!(kinds, expected, "{role:?}");
        assert!(all.iter().all(|act| act.actor == Some(who.user()) && act.address.as_deref() == Some("192.0.2.1")));
        assert_eq!(all[0].before.as_deref(), Some(r#"{"sign_ins":1}"#));
    }
    let before = acts(&bench, &admin).await.len();
    uses_all(&bench, Role::User).await;
    assert_eq!(acts(&bench, &admin).await.len(), before, "what users do with theirs is theirs");
    bench.identity.audit().verify().await.unwrap();
}}
