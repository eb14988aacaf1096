//! Ports of staff and of the second step, and the pages that they fill.

use async_trait::async_trait;
use relink_app::api::account::{SignIn, Which};
use relink_app::api::audit::{
    Act, Actor, AuditError, AuditFilter, AuditPage, AuditRow, Fact, Thing,
};
use relink_app::api::campaigns::{NewCampaign, NewFilter};
use relink_app::api::factor::{Enrolment, FactorNotice, FactorView, Need, PasskeyView, Ways};
use relink_app::api::forms::{Field, Flash, Form, Notice, Problem};
use relink_app::api::ids::{ConnectionRef, InvitationRef, PasskeyRef, SignInRef, UserRef};
use relink_app::api::people::{
    Invitation, Invitations, PeopleFilter, PeoplePage, PersonNotice, PersonPage, PersonRow, Role,
    Standing, Whose,
};
use relink_app::api::refusal::Fault;
use relink_app::api::story::Mark;
use relink_app::api::visit::{FactorPort, KeeperPort, Owed, SetUpPort, Visit};

use crate::cases::signed_out;
use crate::pages::render;
use crate::sample::{World, visit, when, world};

pub(crate) const ADA: &str = "/admin/people/00000000-0000-0000-0000-000000000001";
const PASSKEY: &str = "/account/passkeys/00000000-0000-0000-0000-000000000001";
const ROOT: &str = "/admin/people/00000000-0000-0000-0000-000000000004";

fn enrolment() -> Enrolment {
    Enrolment {
        side: 37,
        path: "M4 4h7v1h-7z".into(),
        secret: "GEZD GNBV GY3T QOJQ".into(),
    }
}

#[async_trait]
impl SetUpPort for World {
    async fn pending(&self) -> Result<Option<Enrolment>, Fault> {
        Ok(self.pending.then(enrolment))
    }

    fn takes_passkeys(&self) -> bool {
        !self.pending
    }
}

#[async_trait]
impl FactorPort for World {
    async fn state(&self) -> Result<FactorView, Fault> {
        Ok(FactorView {
            since: (!self.pending).then(when),
            passkeys: Some(if self.pending { Vec::new() } else { passkeys() }),
            codes_left: 9,
            need: Need::Optional,
            pending: self.pending.then(enrolment),
        })
    }
}

fn passkeys() -> Vec<PasskeyView> {
    let one = |id, name: &str, used| PasskeyView {
        id: PasskeyRef::new(id),
        name: name.into(),
        added: when(),
        used,
    };
    vec![
        one(1, "My <phone>", Some(when())),
        one(2, "Spare key", None),
    ]
}

fn person(id: u128, email: &str, role: Role, standing: Standing) -> PersonRow {
    PersonRow {
        id: UserRef::new(id),
        email: email.into(),
        role,
        standing,
        since: when(),
        has_factor: role == Role::Admin,
    }
}

fn people() -> Vec<PersonRow> {
    vec![
        person(1, "ada@example.com", Role::User, Standing::Active),
        person(2, "ben@example.com", Role::Viewer, Standing::Unconfirmed),
        person(
            3,
            "eve@example.com",
            Role::Support,
            Standing::Disabled(when()),
        ),
        person(4, "root@example.com", Role::Admin, Standing::Active),
    ]
}

#[async_trait]
impl KeeperPort for World {
    async fn new_campaign(&self, _: NewFilter) -> Result<NewCampaign, Fault> {
        Ok(crate::campaigns::new())
    }

    async fn people(
        &self,
        filter: &PeopleFilter,
        after: Option<UserRef>,
    ) -> Result<Option<PeoplePage>, Fault> {
        if after.is_some_and(|after| after.get() > 4) {
            return Ok(None);
        }
        let rows = people().into_iter().filter(|row| {
            row.email.starts_with(&filter.beginning)
                && filter.role.is_none_or(|role| role == row.role)
        });
        Ok(Some(PeoplePage {
            rows: rows.collect(),
            next: after.is_none().then(|| UserRef::new(4)),
        }))
    }

    async fn invitations(&self, filter: &PeopleFilter) -> Result<Invitations, Fault> {
        let one = |id, email: &str, role, inviter: Option<&str>| Invitation {
            id: InvitationRef::new(id),
            email: email.into(),
            role,
            inviter: inviter.map(str::to_owned),
            until: when(),
        };
        let mut rows = vec![
            one(1, "fay@example.com", Role::Admin, Some("root@example.com")),
            one(2, "gus@example.com", Role::User, None),
        ];
        rows.retain(|row| row.email.starts_with(&filter.beginning));
        let more = !rows.is_empty();
        Ok(Invitations { rows, more })
    }

    async fn person(&self, id: UserRef) -> Result<PersonPage, Fault> {
        let row = people().into_iter().find(|row| row.id == id);
        let row = row.ok_or(Fault::NotFound)?;
        let sign_in = SignIn {
            id: SignInRef::new(1),
            device: "Firefox on Linux".into(),
            address: "192.0.2.1".into(),
            started: when(),
            last_used: when(),
            which: Which::Other,
        };
        Ok(PersonPage {
            whose: if row.role == Role::Admin {
                Whose::Own
            } else {
                Whose::Another
            },
            passkeys: u32::from(row.role == Role::Admin),
            passkey_used: Some(when()),
            sign_ins: if row.role == Role::User {
                vec![sign_in]
            } else {
                Vec::new()
            },
            row,
        })
    }

    async fn audit(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
    ) -> Result<AuditPage, AuditError> {
        match (&*filter.who, &*filter.from) {
            ("nobody@example.com", _) => return Err(AuditError::Nobody),
            (_, "x") => return Err(AuditError::NotADay),
            _ => {}
        }
        let row = |seq, act, actor, about| AuditRow {
            seq,
            at: when(),
            act,
            actor,
            place: Some("192.0.2.1, Firefox on Linux".into()),
            about,
            before: vec![Fact::Role(Role::User)],
            after: vec![Fact::Role(Role::Support)],
            thing: None,
            reason: None,
        };
        let root = || Actor::Person(Some("root@example.com".into()));
        let ada = |name: Option<&str>| (Some(UserRef::new(1)), name.map(str::to_owned));
        let marked = |seq, thing, reason: Option<&str>| AuditRow {
            before: Vec::new(),
            after: vec![Fact::Mark(Mark::Mute)],
            thing: Some(thing),
            reason: reason.map(str::to_owned),
            ..row(seq, Act::Marked, root(), Some(ada(Some("ada@example.com"))))
        };
        let connection = Thing::Connection(UserRef::new(1), ConnectionRef::new(2));
        Ok(AuditPage {
            rows: vec![
                marked(4, connection, Some("Ticket <7>")),
                row(
                    3,
                    Act::RoleChanged,
                    root(),
                    Some(ada(Some("ada@example.com"))),
                ),
                row(2, Act::Disabled, Actor::Person(None), Some(ada(None))),
                row(1, Act::AdminMade, Actor::Machine, None),
            ],
            older: before.is_none().then_some(1),
        })
    }
}

fn plain(name: &str, path: &str, query: &[(&str, &str)]) -> (String, Visit) {
    (name.to_owned(), visit(world(), path, query))
}

/// What a form left for it, and what is wrong with a code.
fn told((name, visit): (String, Visit), form: Form, notice: Notice) -> (String, Visit) {
    let flash = Flash {
        form: Some(form),
        notice: Some(notice),
        problems: vec![(Field::Code, Problem::WrongAppCode)],
        values: Vec::new(),
    };
    (name, Visit { flash, ..visit })
}

/// The second step in every state.
fn steps() -> Vec<(String, Visit)> {
    let pending = || World {
        pending: true,
        ..world()
    };
    let owing = |name: &str, owed: Option<Owed>| {
        let it = visit(world(), "/sign-in/second-step", &[("next", "/admin")]);
        (
            name.to_owned(),
            Visit {
                owed,
                ..signed_out(it)
            },
        )
    };
    let ways = |app, passkeys| Ways { app, passkeys };
    let set_up = |world: World| Some(Owed::SetUp(std::sync::Arc::new(world)));
    vec![
        owing("second-step-nothing", None),
        told(
            owing("second-step-code", Some(Owed::Factor(ways(true, false)))),
            Form::SecondStep,
            Notice::LookBelow,
        ),
        told(
            owing("second-step-passkey", Some(Owed::Factor(ways(true, true)))),
            Form::SecondStep,
            Notice::Factor(FactorNotice::WrongPasskey),
        ),
        owing(
            "second-step-passkey-alone",
            Some(Owed::Factor(ways(false, true))),
        ),
        owing("second-step-owed", set_up(world())),
        owing("second-step-set-up", set_up(pending())),
        plain("second-factor", "/account/second-factor", &[]),
        plain("passkey", PASSKEY, &[]),
        plain(
            "passkey-gone",
            "/account/passkeys/00000000-0000-0000-0000-000000000009",
            &[],
        ),
        told(
            (
                "second-factor-set-up".into(),
                visit(pending(), "/account/second-factor", &[]),
            ),
            Form::SetUp,
            Notice::Factor(FactorNotice::Gone),
        ),
    ]
}

/// Pages of staff, and the second step in every state.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let mut all = steps();
    all.extend([
        told(
            plain("people", "/admin/people", &[]),
            Form::Invite,
            Notice::Person(PersonNotice::AlreadyThere),
        ),
        plain(
            "people-none",
            "/admin/people",
            &[("q", "zoe"), ("role", "admin")],
        ),
        plain("person", ADA, &[]),
        plain(
            "person-disabled",
            "/admin/people/00000000-0000-0000-0000-000000000003",
            &[],
        ),
        plain("person-oneself", ROOT, &[]),
        plain(
            "audit",
            "/admin/audit",
            &[("who", "root@example.com"), ("before", "9")],
        ),
        plain(
            "audit-nobody",
            "/admin/audit",
            &[("who", "nobody@example.com")],
        ),
        plain("audit-no-day", "/admin/audit", &[("from", "x")]),
    ]);
    all
}

#[test]
fn an_address_that_was_changed_by_hand_is_answered_with_a_way_back() {
    for (path, name, value) in [
        ("/admin/people", "role", "owner"),
        ("/admin/people", "after", "7"),
        (
            "/admin/people",
            "after",
            "00000000-0000-0000-0000-000000000009",
        ),
        ("/admin/audit", "what", "x"),
        ("/admin/audit", "before", "-1"),
        ("/admin/audit", "before", "9999999999999999999999"),
    ] {
        let (status, html) = render(visit(world(), path, &[(name, value)]));
        assert_eq!(status, 400, "{path} {name}");
        assert!(html.contains("This address is not whole"), "{path} {name}");
        let way = format!("href=\"{path}\" class=\"button\"");
        assert!(html.contains(&way), "{path} {name}");
    }
}

#[test]
fn a_page_goes_on_with_its_filter() {
    let query = [("q", "a&b"), ("role", "user")];
    let (_, html) = render(visit(world(), "/admin/people", &query));
    let next = "/admin/people?q=a%26b&amp;role=user&amp;after=00000000-0000-0000-0000-000000000004";
    assert!(html.contains(next), "{html}");
    let query = [("who", "root@example.com"), ("what", "invited")];
    let (_, html) = render(visit(world(), "/admin/audit", &query));
    assert!(
        html.contains("/admin/audit?who=root@example.com&amp;what=invited&amp;before=1"),
        "{html}"
    );
}

#[test]
fn a_count_that_stopped_says_that_there_are_more() {
    for (path, exact, stopped) in [
        (
            "/admin",
            "Given up: <a href=\"/admin/jobs?state=dead\">1</a>",
            "1,003</a>+",
        ),
        ("/admin/jobs", ">2</a><!></td>", ">10,000</a>+"),
        (
            "/admin",
            "Chase and 222 others are having trouble.",
            "<a href=\"/admin/institutions?outage=yes\">",
        ),
    ] {
        let (_, html) = render(visit(world(), path, &[]));
        assert!(html.contains(exact), "{path} has no {exact}");
        assert!(html.contains(stopped), "{path} has no {stopped}");
    }
}

#[test]
fn only_an_admin_sees_people_and_the_audit() {
    for path in ["/admin/people", "/admin/audit", ADA] {
        let viewer = Visit {
            keeper: None,
            ..visit(world(), path, &[])
        };
        assert_eq!(render(viewer).0, 403, "{path}");
    }
    let (status, _) = render(visit(world(), "/admin/people/7", &[]));
    assert_eq!(status, 404);
    let (_, html) = render(visit(world(), ROOT, &[]));
    assert!(!html.contains("/role\""), "nobody changes their own role");
}
