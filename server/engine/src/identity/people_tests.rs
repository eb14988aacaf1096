use super::{
    testing::{Town, client},
    *,
};
use crate::{
    audit::{Entry, Filter, Kind},
    db_test,
    ids::UserId,
    store::testing::TestStore,
};

async fn acts(town: &Town, admin: &Admin) -> Vec<Entry> {
    let audit = town.identity.audit();
    audit
        .list(admin, &Filter::default(), None, 50)
        .await
        .unwrap()
}

db_test! { async fn a_role_is_changed_and_put_down(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let root = town.person("root@example.com", Role::Admin).await;
    let admin = root.admin().unwrap();
    let ada = town.person("ada@example.com", Role::User).await;
    town.identity.set_role(&admin, ada.user(), Role::Support, &client()).await.unwrap();
    // The same again is no act.
    town.identity.set_role(&admin, ada.user(), Role::Support, &client()).await.unwrap();
    let all = acts(&town, &admin).await;
    assert_eq!(all.iter().map(|act| act.kind).collect::<Vec<_>>(), [Kind::RoleChanged, Kind::SignedIn]);
    let act = &all[0];
    assert_eq!((act.actor, act.actor_name.as_deref()), (Some(root.user()), Some("root@example.com")));
    assert_eq!((act.address.as_deref(), act.user_agent.as_deref()), (Some("192.0.2.1"), Some("Test/1.0")));
    assert_eq!(act.about_id, Some(ada.user().to_string()));
    assert_eq!(act.about_name.as_deref(), Some("ada@example.com"));
    assert_eq!(act.before.as_deref(), Some(r#"{"role":"user"}"#));
    assert_eq!(act.after.as_deref(), Some(r#"{"role":"support"}"#));
    assert!(town.person("ada@example.com", Role::User).await.support().is_some());
}}

db_test! { async fn disabled_ended_and_let_in_again(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let admin = town.person("root@example.com", Role::Admin).await.admin().unwrap();
    let ada = town.person("ada@example.com", Role::User).await;
    let key = town.key();
    testing::enter(&town.identity, ada.email(), &key).await;
    let sessions = town.identity.sessions();
    assert_eq!(town.identity.end_sign_ins(&admin, ada.user(), &client()).await.unwrap(), 2);
    assert!(town.at(&key).await.is_none() && sessions.list(&ada).await.unwrap().is_empty());
    for to in [Access::Disabled, Access::Disabled, Access::Allowed] {
        town.identity.set_access(&admin, ada.user(), to, &client()).await.unwrap();
    }
    let kinds: Vec<_> = acts(&town, &admin).await.into_iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [Kind::Enabled, Kind::Disabled, Kind::SessionsEnded, Kind::SignedIn]);
    let nobody = UserId(uuid::Uuid::from_u128(1));
    let gone = town.identity.set_access(&admin, nobody, Access::Disabled, &client()).await;
    assert!(matches!(gone, Err(PersonError::Gone)));
}}

db_test! { async fn nobody_locks_themselves_or_the_last_admin_out(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let one = town.person("one@example.com", Role::Admin).await.admin().unwrap();
    let two = town.person("two@example.com", Role::Admin).await.admin().unwrap();
    let id = |admin: &Admin| AsRef::<SignedIn>::as_ref(admin).user();
    let itself = town.identity.set_role(&one, id(&one), Role::User, &client()).await;
    assert!(matches!(itself, Err(PersonError::Oneself)));
    let itself = town.identity.set_access(&one, id(&one), Access::Disabled, &client()).await;
    assert!(matches!(itself, Err(PersonError::Oneself)));
    // Each takes the other's role at one time: one of them is late.
    let from = client();
    let (first, second) = tokio::join!(
        town.identity.set_role(&one, id(&two), Role::User, &from),
        town.identity.set_role(&two, id(&one), Role::User, &from),
    );
    let late = |done: &Result<(), PersonError>| matches!(done, Err(PersonError::LastAdmin));
    assert!((first.is_ok() && late(&second)) || (second.is_ok() && late(&first)), "{first:?} {second:?}");
    assert_eq!(db.store.read().await.unwrap().admins().await.unwrap(), 1);
    town.identity.audit().verify().await.unwrap();
}}

db_test! { async fn people_are_found_by_the_beginning_and_page_by_page(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let admin = town.person("root@example.com", Role::Admin).await.admin().unwrap();
    for (name, role) in [("Ada", Role::User), ("adam", Role::Viewer), ("ad-hoc", Role::User), ("éva", Role::User)] {
        town.settle(&format!("{name}@example.com"), role).await;
    }
    let find = async |beginning: &str, role, after, limit| {
        let filter = PeopleFilter::new(beginning, role);
        let found = town.identity.people(&admin, &filter, after, limit).await.unwrap();
        found.map(|people| people.into_iter().map(|person| (person.email, person.id)).collect::<Vec<_>>())
    };
    let names = |found: &Option<Vec<(String, UserId)>>| {
        let found = found.as_ref().unwrap().iter();
        found.map(|(email, _)| email.split('@').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&find("", None, None, 9).await), ["ad-hoc", "Ada", "adam", "root", "éva"]);
    assert_eq!(names(&find(" ADA", None, None, 9).await), ["Ada", "adam"]);
    assert_eq!(names(&find("É", None, None, 9).await), ["éva"]);
    assert_eq!(names(&find("ad", Some(Role::Viewer), None, 9).await), ["adam"]);
    let first = find("", None, None, 2).await;
    let last = first.as_ref().unwrap()[1].1;
    assert_eq!(names(&first), ["ad-hoc", "Ada"]);
    assert_eq!(names(&find("", None, Some(last), 2).await), ["adam", "root"]);
    assert!(find("", None, Some(UserId(uuid::Uuid::from_u128(1))), 2).await.is_none());
}}

db_test! { async fn looking_at_a_person_is_put_down(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let admin = town.person("root@example.com", Role::Admin).await.admin().unwrap();
    let ada = town.person("ada@example.com", Role::User).await;
    let facts = town.identity.person(&admin, ada.user(), &client()).await.unwrap().unwrap();
    assert_eq!((facts.user.email.as_str(), facts.sign_ins.len(), facts.has_factor), ("ada@example.com", 1, false));
    let nobody = UserId(uuid::Uuid::from_u128(1));
    assert!(town.identity.person(&admin, nobody, &client()).await.unwrap().is_none());
    let all = acts(&town, &admin).await;
    assert_eq!((all[0].kind, all[0].about_name.as_deref()), (Kind::Looked, Some("ada@example.com")));
    assert_eq!(all.len(), 2, "the sign-in, and the look");
}}
