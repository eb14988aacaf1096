use std::sync::LazyLock;

use chrono::Duration;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::state::{
    AccountDeed, AccountId, Cure, Deed, InstitutionDeed, LoginDeed, LoginId, Part, Percent,
    StatusCode, When, Who, Whom, Wound,
};

static DIRECTORY: LazyLock<Directory> =
    LazyLock::new(|| Directory::load("", crate::directory::DEFAULT_SEED, None).unwrap());

fn wish(value: Value) -> Wish {
    assert!(Wish::is_one(&value), "{value}");
    serde_json::from_value(value).unwrap()
}

fn deed(value: Value) -> Result<Deed, WishError> {
    wish(value).deed(&DIRECTORY)
}

fn all(who: Who) -> Whom {
    let part = Part::All;
    Whom { who, part }
}

fn wound(code: u32, cure: Cure) -> AccountDeed {
    AccountDeed::Break(Some(Wound {
        code: StatusCode(code),
        cure,
    }))
}

#[test]
fn forms_and_json_ask_the_same() {
    let asked = Deed::Logins(
        all(Who::Login(LoginId(5))),
        LoginDeed::Accounts(Percent::ALL, wound(103, Cure::Fix)),
    );
    for value in [
        json!({ "do": "breakLogin", "login": 5, "code": 103 }),
        json!({ "do": "break", "login": "5", "code": " 103 ", "heals": "", "inHours": "" }),
    ] {
        assert_eq!(deed(value), Ok(asked.clone()));
    }
}

#[rstest]
#[case(json!({ "code": 975 }), wound(975, Cure::Never))]
#[case(json!({ "code": 945 }), wound(945, Cure::Fix))]
#[case(json!({ "code": 103, "heals": "never" }), wound(103, Cure::Never))]
#[case(json!({ "code": 949, "heals": "fix" }), wound(949, Cure::Fix))]
#[case(json!({ "code": 102, "inDays": 2, "inHours": 3 }), wound(102, Cure::Time(When::After(Duration::hours(51)))))]
#[case(json!({ "code": 0 }), AccountDeed::Break(None))]
fn what_heals_a_break(#[case] more: Value, #[case] expected: AccountDeed) {
    let mut value = json!({ "do": "breakAccount", "account": "7" });
    value
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    assert_eq!(deed(value), Ok(Deed::Account(AccountId(7), expected)));
}

#[test]
fn twins_share_a_host_and_people_move_to_the_one_with_oauth() {
    let chase = [5, 102_224].map(InstitutionId::new).to_vec();
    let value = json!({ "do": "setInstitution", "institution": "https://www.chase.com/", "availability": "offline" });
    let offline = InstitutionDeed::Availability(Some(Availability::Offline));
    assert_eq!(deed(value), Ok(Deed::Institutions(chase.clone(), offline)));

    for value in [
        json!({ "do": "migrate", "institution": 5 }),
        json!({ "do": "migrate", "institution": "chase.com" }),
        json!({ "do": "migrate", "login": 9, "successor": "chase.com" }),
    ] {
        let Ok(Deed::Logins(_, LoginDeed::Migrate(plan))) = deed(value.clone()) else {
            panic!("{value}")
        };
        assert_eq!((plan.to, plan.oauth), (chase[1], true));
        assert_eq!(plan.code, StatusCode(948));
    }
    let frozen = json!({ "do": "freeze", "institution": "chase.com" });
    assert_eq!(
        deed(frozen),
        Ok(Deed::Institutions(chase.clone(), InstitutionDeed::Freeze))
    );
    let some = json!({ "do": "freeze", "institution": "chase.com", "every": 3 });
    assert!(matches!(deed(some), Ok(Deed::Logins(_, LoginDeed::Freeze))));
}

#[rstest]
#[case(json!({ "do": "break", "code": 103 }), WishError::Whom)]
#[case(json!({ "do": "break", "code": 103, "login": 5, "everybody": true }), WishError::Whom)]
#[case(json!({ "do": "break", "code": 103, "login": 5, "account": 6 }), WishError::Whom)]
#[case(json!({ "do": "break", "login": 5 }), WishError::Missing("code"))]
#[case(json!({ "do": "break", "login": 5, "code": 103, "heals": "time" }), WishError::Missing("inHours"))]
#[case(json!({ "do": "break", "login": 5, "code": 103, "heals": "fix", "inDays": 1 }), WishError::Unfit("heals"))]
#[case(json!({ "do": "break", "login": 5, "code": 103, "ids": "both" }), WishError::Unfit("ids"))]
#[case(json!({ "do": "break", "account": 5, "code": 103, "accounts": 50 }), WishError::Unfit("accounts"))]
#[case(json!({ "do": "break", "account": 5, "code": 103, "percent": 50 }), WishError::Part)]
#[case(json!({ "do": "break", "everybody": true, "code": 103, "percent": 50, "every": 2 }), WishError::Part)]
#[case(json!({ "do": "break", "everybody": true, "code": 103, "percent": 0 }), WishError::Range("percent"))]
#[case(json!({ "do": "break", "everybody": true, "code": 103, "every": 0 }), WishError::Range("every"))]
#[case(json!({ "do": "break", "institution": "nowhere.example", "code": 103 }), WishError::Unknown("institution"))]
#[case(json!({ "do": "break", "person": "nobody", "code": 103 }), WishError::Unknown("person"))]
#[case(json!({ "do": "freeze", "account": 5 }), WishError::Unfit("account"))]
#[case(json!({ "do": "changeIds", "login": 5 }), WishError::Missing("ids"))]
#[case(json!({ "do": "migrate", "login": 5 }), WishError::Missing("successor"))]
#[case(json!({ "do": "migrate", "institution": 4222 }), WishError::Missing("successor"))]
#[case(json!({ "do": "migrate", "login": 5, "successor": 1 }), WishError::Unknown("successor"))]
#[case(json!({ "do": "setInstitution", "login": 5 }), WishError::Missing("institution"))]
#[case(json!({ "do": "setInstitution", "institution": 5, "percent": 10 }), WishError::Part)]
fn refused(#[case] value: Value, #[case] why: WishError) {
    assert_eq!(deed(value), Err(why));
}

#[test]
fn nonsense_is_refused() {
    for value in [
        json!({ "do": "breakLogin", "login": -1, "code": 103 }),
        json!({ "do": "breakLogin", "login": "x", "code": 103 }),
        json!({ "do": "breakLogin", "login": 5, "kode": 103 }),
        json!({ "do": "migrate", "login": 5, "ids": "some" }),
    ] {
        assert!(
            serde_json::from_value::<Wish>(value.clone()).is_err(),
            "{value}"
        );
    }
    assert!(!Wish::is_one(&json!({ "do": "advanceClock" })));
}
