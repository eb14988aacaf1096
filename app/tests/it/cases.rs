//! Every page, and every state of those that have several.

use std::sync::Arc;

use relink_app::api::connect::{Cause, Choice, Refresh, RepairEnd, Stage, Step, Steps, Window};
use relink_app::api::forms::{Field, Flash, Form, Notice, Problem};
use relink_app::api::ids::{ConnectionRef, SessionRef};
use relink_app::api::institution::{InstitutionError, Record};
use relink_app::api::search::{Availability, SignInPlace, Unavailable};
use relink_app::api::shared::{Outage, Whose};
use relink_app::api::site::{SignUpPolicy, SiteFacts};
use relink_app::api::visit::{Browser, Visit};
use relink_app::api::wording::Wording;

use crate::sample::{World, arrived, institution, site, visit, when, world};

pub(crate) fn signed_out(visit: Visit) -> Visit {
    Visit {
        person: None,
        admin: None,
        helper: None,
        keeper: None,
        ..visit
    }
}

fn session(stage: Stage) -> (String, Visit) {
    let name = format!("{stage:?}");
    let name = name
        .split(['{', ' '])
        .next()
        .unwrap_or_default()
        .replace(['(', ')'], "-");
    let path = format!("/connect/sessions/{}", SessionRef::new(7));
    (
        format!("session-{name}"),
        visit(World { stage, ..world() }, &path, &[]),
    )
}

fn stages() -> Vec<(String, Visit)> {
    let steps = Steps {
        returned: Step::Done,
        signed_in: Step::Done,
        accounts_found: Step::Open,
        seconds_left: 80,
    };
    let causes = [
        Cause::SignInRefused,
        Cause::SecondFactor,
        Cause::Locked,
        Cause::ActionNeeded,
        Cause::PermissionRefused,
        Cause::NoAccounts,
        Cause::InstitutionDown,
        Cause::NotSupported,
        Cause::NothingNew,
        Cause::NoLink,
        Cause::Upstream,
        Cause::Unproven,
    ];
    let plain = [
        Stage::Waiting,
        Stage::AtInstitution,
        Stage::Checking(steps),
        Stage::Connected(arrived(Choice::Open(None))),
        Stage::SettingUp,
        Stage::Left,
        Stage::Expired,
    ];
    let failed = causes.into_iter().map(Stage::Failed);
    let mut all: Vec<_> = plain.into_iter().chain(failed).map(session).collect();
    let (_, made) = session(Stage::Connected(arrived(Choice::Made)));
    all.push(("session-done".into(), made));
    all.extend(repairs());
    all
}

fn repairs() -> Vec<(String, Visit)> {
    let next = Some((ConnectionRef::new(12), "Chase".into(), 2));
    let ends = [
        ("repaired", RepairEnd::Repaired { next: None }),
        ("repaired-next", RepairEnd::Repaired { next }),
        (
            "signed-in",
            RepairEnd::SignedIn {
                refresh: Refresh::Possible,
                reading: when(),
            },
        ),
        ("nothing", RepairEnd::NothingToRepair { reading: when() }),
        ("renewed", RepairEnd::Renewed),
        ("renewal-open", RepairEnd::RenewalOpen { reading: when() }),
        ("too-early", RepairEnd::TooEarly { by: when() }),
        ("others", RepairEnd::OtherAccounts),
        ("still", RepairEnd::StillBroken(Wording::MaybeClosed)),
    ];
    let ends = ends.map(|(name, end)| {
        let (_, made) = session(Stage::Repair(end));
        (format!("repair-{name}"), made)
    });
    ends.into()
}

fn confirm(name: &str, change: impl FnOnce(&mut Visit, &mut World)) -> (String, Visit) {
    let mut world = world();
    let mut it = visit(world.clone(), "/connect/102105", &[]);
    change(&mut it, &mut world);
    let made = visit(world, "/connect/102105", &[]);
    (
        name.into(),
        Visit {
            person: made.person,
            ..it
        },
    )
}

/// An outage that our own readings opened.
pub(crate) fn troubled(world: &mut World) {
    let mut page = institution(SignInPlace::DataConnect);
    page.hit.availability = Availability::Troubled;
    page.outage = Some(Outage {
        whose: Whose::Institution,
        since: when(),
        others: 37,
    });
    world.page = Ok(page);
}

/// Nobody got through lately.
pub(crate) fn hopeless(world: &mut World) {
    let mut page = institution(SignInPlace::DataConnect);
    page.hopeless = Some(Record {
        tried: 20,
        connected: 0,
    });
    world.page = Ok(page);
}

fn confirms() -> Vec<(String, Visit)> {
    let unavailable = |world: &mut World| {
        let mut page = institution(SignInPlace::DataConnect);
        page.hit.availability = Availability::Unavailable(Unavailable::Offline);
        world.page = Ok(page);
    };
    let popup = |visit: &mut Visit, world: &mut World| {
        visit.site = Arc::new(SiteFacts {
            window: Window::Popup,
            ..site()
        });
        let mut page = institution(SignInPlace::DataConnect);
        page.existing.clear();
        page.instructions = None;
        page.special_text = None;
        world.page = Ok(page);
    };
    vec![
        confirm("confirm-oauth", |_, _| ()),
        confirm("confirm-popup", popup),
        confirm("confirm-offline", |_, world| unavailable(world)),
        confirm("confirm-troubled", |_, world| troubled(world)),
        confirm("confirm-hopeless", |_, world| hopeless(world)),
        confirm("confirm-gone", |_, world| {
            world.page = Err(InstitutionError::Gone);
        }),
        confirm("confirm-in-app", |visit, _| {
            visit.browser = Browser::InApp;
        }),
    ]
}

pub(crate) fn mistake(form: Form, notice: Notice) -> Flash {
    Flash {
        form: Some(form),
        notice: Some(notice),
        problems: vec![
            (Field::Email, Problem::NotAnEmail),
            (Field::NewPassword, Problem::Common),
        ],
        values: vec![(Field::Email, "ada@example".into())],
    }
}

/// Where nobody signs up by themselves.
fn closed((name, visit): (String, Visit)) -> (String, Visit) {
    let site = Arc::new(SiteFacts {
        sign_up: SignUpPolicy::Off,
        ..site()
    });
    (name, Visit { site, ..visit })
}

/// Every page, by name.
pub(crate) fn all() -> Vec<(String, Visit)> {
    let plain = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), path, query))
    };
    let open = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), signed_out(visit(world(), path, query)))
    };
    let with = |(name, visit): (String, Visit), flash| (name, Visit { flash, ..visit });
    let nothing_connected = World {
        cards: Vec::new(),
        ..world()
    };
    let mut all = vec![
        open("landing", "/", &[]),
        plain("landing-signed-in", "/", &[]),
        open("sign-in", "/sign-in", &[("next", "/connect?q=chase")]),
        with(
            open("sign-in-wrong", "/sign-in", &[]),
            mistake(Form::SignIn, Notice::WrongSignIn),
        ),
        with(
            open("sign-up", "/sign-up", &[]),
            mistake(Form::SignUp, Notice::LookBelow),
        ),
        closed(open("sign-up-closed", "/sign-up", &[])),
        open("sign-up-invited", "/sign-up", &[("invitation", "t0ken")]),
        open("sign-up-dead", "/sign-up", &[("invitation", "gone")]),
        open("confirm-email", "/confirm-email", &[("token", "t0ken")]),
        open("confirm-email-dead", "/confirm-email", &[]),
        open("forgot-password", "/forgot-password", &[]),
        open("reset-password", "/reset-password", &[("token", "t0ken")]),
        plain("account", "/account", &[]),
        plain("connections", "/connections", &[]),
        (
            "connections-empty".into(),
            visit(nothing_connected, "/connections", &[]),
        ),
        plain(
            "connection",
            "/connections/00000000-0000-0000-0000-00000000000b",
            &[],
        ),
        plain(
            "disconnect",
            "/connections/00000000-0000-0000-0000-00000000000b/disconnect",
            &[],
        ),
        plain(
            "remove",
            "/accounts/00000000-0000-0000-0000-000000000003/remove",
            &[],
        ),
        plain("search", "/connect", &[]),
        plain("search-found", "/connect", &[("q", "first federal")]),
        plain("search-nothing", "/connect", &[("q", "nothing")]),
        plain("missing", "/connect/missing", &[("q", "Monobank")]),
        plain("not-found", "/no/such/page", &[]),
    ];
    let others = [
        confirms(),
        crate::notices::cases(),
        crate::figures::cases(),
        crate::funnels::cases(),
        crate::staff::cases(),
        crate::operations::cases(),
        crate::helps::cases(),
        crate::campaigns::cases(),
        stages(),
    ];
    all.extend(others.into_iter().flatten());
    all
}
