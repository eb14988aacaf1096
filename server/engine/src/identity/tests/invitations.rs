use super::*;
use crate::{
    audit::{Filter, Kind},
    ids::UserId,
};

fn address(email: &str) -> Email {
    Email::parse(email).unwrap()
}

impl Bench {
    async fn admin(&self, name: &str) -> Admin {
        let email = self.demo(&format!("{name}@example.com"), Role::Admin).await;
        self.signed_in(&email, &key(name)).await.admin().unwrap()
    }

    /// Invites, and reads the letter.
    async fn invited(&self, admin: &Admin, email: &str, role: Role) -> OneTimeToken {
        let (to, language) = (address(email), Language::default());
        self.identity
            .invite(admin, to, role, language, &client())
            .await
            .unwrap();
        match self.letters().await.as_slice() {
            [About::Invitation { token, .. }] => OneTimeToken::from_link(token.as_str()),
            other => panic!("{other:?}"),
        }
    }

    async fn accepts(&self, token: &OneTimeToken) -> bool {
        let password = Password::parse(&PASSWORD.into()).unwrap();
        let known = self.identity.invited(token).await.unwrap().is_some();
        let accepted = self
            .identity
            .accept_invitation(token, &password, Language::default(), &client())
            .await;
        match accepted {
            Ok(()) => assert!(known),
            Err(TokenError::NotGood) => assert!(!known),
            Err(error) => panic!("{error}"),
        }
        known
    }

    async fn open(&self, admin: &Admin) -> Vec<OpenInvitation> {
        let all = PeopleFilter::default();
        self.identity.invitations(admin, &all, 9).await.unwrap()
    }
}

fn id(admin: &Admin) -> UserId {
    AsRef::<SignedIn>::as_ref(admin).user()
}

db_test! { async fn invitations_open_a_closed_door_once(db: &TestStore) {
    let bench = Bench::with(db, &Settings { sign_up: SignUpMode::Invitation, ..Settings::default() });
    assert!(matches!(bench.sign_up("ada@example.com", PASSWORD).await, Err(SignUpError::Closed)));
    let ada = Email::parse("ada@example.com").unwrap();
    bench.identity.invite_at_machine(ada.clone(), Role::User, Language::default()).await.unwrap();
    let letters = bench.letters().await;
    let [About::Invitation { token, .. }] = letters.as_slice() else { panic!("{letters:?}") };
    let token = OneTimeToken::from_link(token.as_str());
    let open = bench.identity.invited(&token).await.unwrap().unwrap();
    assert_eq!((&open.email, open.role), (&ada, Role::User));
    let password = Password::parse(&PASSWORD.into()).unwrap();
    bench.identity.accept_invitation(&token, &password, Language::default(), &client()).await.unwrap();
    let again = bench.identity.accept_invitation(&token, &password, Language::default(), &client()).await;
    assert!(matches!(again, Err(TokenError::NotGood)));
    bench.try_in("ada@example.com", PASSWORD).await.unwrap();
    let again = bench.identity.invite_at_machine(ada, Role::User, Language::default()).await;
    assert!(matches!(again, Err(InviteError::AlreadySignedUp)));
}}

db_test! { async fn an_open_invitation_is_listed_and_taken_back(db: &TestStore) {
    let bench = Bench::new(db);
    let root = bench.admin("root").await;
    let token = bench.invited(&root, "Ada@example.com", Role::Admin).await;
    bench.identity.invite_at_machine(address("ben@example.com"), Role::User, Language::default()).await.unwrap();
    let open = bench.open(&root).await;
    let until = bench.clock.now() + TimeDelta::days(7);
    let row = |at: usize| (open[at].email.as_str(), open[at].role, open[at].inviter.as_deref(), open[at].expires_at);
    assert_eq!(row(0), ("Ada@example.com", Role::Admin, Some("root@example.com"), until));
    assert_eq!((row(1), open.len()), (("ben@example.com", Role::User, None, until), 2));
    for (beginning, role, found) in
        [("A", None, 1), ("ada", Some(Role::User), 0), ("", Some(Role::Admin), 1), ("z", None, 0)]
    {
        let filter = PeopleFilter::new(beginning, role);
        assert_eq!(bench.identity.invitations(&root, &filter, 9).await.unwrap().len(), found, "{beginning}");
    }

    let withdraw = async |which: usize| {
        bench.identity.withdraw_invitation(&root, open[which].id, &client()).await.unwrap()
    };
    assert!(withdraw(0).await);
    assert!(!withdraw(0).await, "it is gone");
    assert!(!bench.accepts(&token).await);
    // Before its letter has left: none is written.
    assert!(withdraw(1).await);
    assert_eq!(bench.letters().await, []);
    assert_eq!(bench.open(&root).await, []);
    let audit = bench.identity.audit();
    let acts = audit.list(&root, &Filter { kind: Some(Kind::InvitationWithdrawn), ..Filter::default() }, None, 9).await;
    let act = &acts.unwrap()[1];
    assert_eq!((act.actor, act.about_name.as_deref()), (Some(id(&root)), Some("Ada@example.com")));
    assert_eq!(act.before.as_deref(), Some(r#"{"role":"admin"}"#));
    audit.verify().await.unwrap();
}}

db_test! { async fn an_address_has_one_invitation_and_the_last_one_holds(db: &TestStore) {
    let bench = Bench::new(db);
    let root = bench.admin("root").await;
    let wrong = bench.invited(&root, "ada@example.com", Role::Admin).await;
    let right = bench.invited(&root, "ADA@example.com", Role::Viewer).await;
    assert_eq!(bench.open(&root).await.len(), 1);
    assert!(!bench.accepts(&wrong).await);
    assert!(bench.accepts(&right).await);
    assert!(!bench.accepts(&right).await);
    let ada = bench.signed_in(&address("ada@example.com"), &key("ada")).await;
    assert_eq!(ada.role(), Role::Viewer);
    assert_eq!(bench.open(&root).await, []);
}}

db_test! { async fn an_invitation_is_void_once_who_sent_it_may_not_invite(db: &TestStore) {
    let bench = Bench::new(db);
    let (root, sam) = (bench.admin("root").await, bench.admin("sam").await);
    let role = async |role| bench.identity.set_role(&root, id(&sam), role, &client()).await.unwrap();
    let access = async |to| bench.identity.set_access(&root, id(&sam), to, &client()).await.unwrap();

    let token = bench.invited(&sam, "ada@example.com", Role::Admin).await;
    role(Role::Support).await;
    assert!(!bench.accepts(&token).await);
    role(Role::Admin).await;
    assert!(!bench.accepts(&token).await, "it does not come back");
    let token = bench.invited(&sam, "ada@example.com", Role::Admin).await;
    access(Access::Disabled).await;
    assert!(!bench.accepts(&token).await);
    access(Access::Allowed).await;
    assert!(!bench.accepts(&token).await, "it does not come back");

    // One that was stored while they lost the role.
    for lost in [Role::User, Role::Support] {
        let token = bench.invited(&sam, "ada@example.com", Role::Admin).await;
        let set = async |role| {
            let mut unit = db.store.write().await.unwrap();
            unit.set_role(id(&sam), role).await.unwrap();
            unit.save().await.unwrap();
        };
        set(lost).await;
        assert_eq!(bench.open(&root).await, []);
        assert!(!bench.accepts(&token).await);
        set(Role::Admin).await;
    }
    let token = bench.invited(&sam, "ada@example.com", Role::Admin).await;
    bench.pass(TimeDelta::days(7));
    assert_eq!(bench.open(&root).await, []);
    assert!(!bench.accepts(&token).await);
}}

db_test! { async fn nobody_is_of_the_staff_whose_address_is_not_proven(db: &TestStore) {
    let bench = Bench::new(db);
    let root = bench.admin("root").await;
    bench.sign_up("ada@example.com", OTHER).await.unwrap();
    let letters = bench.letters().await;
    let [About::ConfirmEmail { token }] = letters.as_slice() else { panic!("{letters:?}") };
    let ada = bench.identity.whose(&root, &address("ada@example.com")).await.unwrap().unwrap();
    for role in [Role::Viewer, Role::Support, Role::Admin] {
        let refused = bench.identity.set_role(&root, ada, role, &client()).await;
        assert!(matches!(refused, Err(PersonError::Unproven)), "{role:?}");
    }
    let invited = bench.invited(&root, "ada@example.com", Role::Support).await;
    assert_eq!(bench.open(&root).await.len(), 1);
    bench.identity.confirm_email(&OneTimeToken::from_link(token.as_str())).await.unwrap();
    assert_eq!(bench.open(&root).await, [], "it cannot be accepted any more");
    assert!(!bench.accepts(&invited).await);
    bench.identity.set_role(&root, ada, Role::Support, &client()).await.unwrap();
}}
