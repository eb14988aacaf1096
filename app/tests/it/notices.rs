//! A notice of every kind, and its page for every state of what it is about.

use relink_app::api::connections::ConnectionState;
use relink_app::api::forms::{Field, Flash, Form, Notice, Problem};
use relink_app::api::ids::{ConnectionRef, InstitutionId, NoticeRef};
use relink_app::api::notices::{
    Ask, Digest, NoticeSettings, NoticeView, Now, PhoneView, QuietHours, Seen, Stage, Texts, Told,
};
use relink_app::api::shared::InstitutionName;
use relink_app::api::visit::Visit;

use crate::cases::signed_out;
use crate::sample::{World, visit, when, world};

/// What was told of the card of this number.
fn notice(id: u64, told: Told, name: &str, seen: Seen, now: Now) -> NoticeView {
    NoticeView {
        id: NoticeRef::new(id.into()),
        told,
        institution: Some(InstitutionName {
            id: InstitutionId::new(id),
            name: name.into(),
        }),
        connection: Some(ConnectionRef::new(id.into())),
        made: when(),
        seen,
        now,
    }
}

pub(crate) fn notices() -> Vec<NoticeView> {
    let broke = |ask, stage| Told::Broke(ask, stage);
    let (new, read) = (Seen::New, Seen::Read);
    vec![
        notice(
            11,
            broke(Ask::Fix, Stage::Reminder),
            "First Federal Credit Union",
            new,
            Now::Holds,
        ),
        notice(15, Told::Outage, "Citi", new, Now::Holds),
        NoticeView {
            institution: None,
            connection: None,
            ..notice(40, Told::EmailRefused(when()), "", read, Now::Holds)
        },
        notice(5, Told::PermissionEnds(when()), "Regions", read, Now::Holds),
        notice(
            3,
            broke(Ask::Fix, Stage::First),
            "American Express",
            read,
            Now::Mended(when()),
        ),
        notice(
            13,
            broke(Ask::Elsewhere, Stage::First),
            "Ally",
            read,
            Now::Holds,
        ),
        notice(
            18,
            broke(Ask::Nothing, Stage::First),
            "KeyBank",
            read,
            Now::Holds,
        ),
        notice(8, Told::Repaired, "SoFi", read, Now::Over),
        notice(99, Told::Back, "Wells Fargo", read, Now::Over),
    ]
}

pub(crate) fn settings(phone: Option<PhoneView>) -> NoticeSettings {
    NoticeSettings {
        email: true,
        refused: None,
        sms: true,
        phone,
        digest: Digest::Soon,
        daily_at: "9:00 am".into(),
        quiet: Some(QuietHours {
            from: "21:00".into(),
            until: "08:00".into(),
        }),
    }
}

fn told(name: &str, change: impl FnOnce(&mut World)) -> (String, Visit) {
    let mut world = world();
    change(&mut world);
    (name.into(), visit(world, "/account/notices", &[]))
}

/// The pages of notices.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let ones = notices().into_iter().map(|one| {
        let path = format!("/notices/{}", one.id);
        let name = format!("notice-{}", one.id.get());
        (name, visit(world(), &path, &[]))
    });
    let open = |name: &str, query: &[(&str, &str)]| {
        (
            name.to_owned(),
            signed_out(visit(world(), "/unsubscribe", query)),
        )
    };
    let plain = visit(world(), "/notices", &[]);
    let empty = World {
        notices: Vec::new(),
        ..world()
    };
    let number = Some(("+1 202-555-0123".to_owned(), Texts::Stopped));
    let wrong = Flash {
        form: Some(Form::PhoneCode),
        notice: Some(Notice::LookBelow),
        problems: vec![(Field::Code, Problem::WrongCode)],
        values: Vec::new(),
    };
    let (_, code) = told("", |world| {
        world.settings = settings(Some(PhoneView {
            number: None,
            asked: Some("+1 202-555-0123".into()),
        }));
    });
    let mut all = vec![
        ("notices".to_owned(), plain),
        ("notices-empty".to_owned(), visit(empty, "/notices", &[])),
        told("telling", |_| ()),
        told("telling-no-texts", |world| world.settings = settings(None)),
        told("telling-stopped", |world| {
            let phone = PhoneView {
                number,
                asked: None,
            };
            world.settings = NoticeSettings {
                refused: Some(when()),
                ..settings(Some(phone))
            };
        }),
        (
            "telling-code".to_owned(),
            Visit {
                flash: wrong,
                ..code
            },
        ),
        open("unsubscribe", &[("token", "t0ken")]),
        open("unsubscribe-none", &[("token", "other")]),
    ];
    all.extend(ones);
    all
}

/// The page of the notice about the card of this number.
fn page(id: u64) -> String {
    let path = format!("/notices/{}", NoticeRef::new(id.into()));
    let (status, html) = crate::pages::render(visit(world(), &path, &[]));
    assert_eq!(status, 200, "{html}");
    html
}

#[test]
fn a_notice_shows_what_it_was_about_as_it_is_now() {
    let broken = page(11);
    let fix = format!(
        "action=\"/connections/{}/repair\" method=\"post\"",
        ConnectionRef::new(11)
    );
    assert!(broken.contains(&fix), "{broken}");
    assert!(broken.contains("has changed"), "{broken}");
    let down = page(15);
    assert!(!down.contains("/repair\""), "{down}");
    assert!(page(3).contains("<h1>American Express is already working again</h1>"));
    assert!(page(5).contains("<h1>Your permission for Regions ends on "));
    assert!(page(99).contains("<h1>Wells Fargo is no longer connected here</h1>"));
    assert!(page(40).contains("action=\"/account/notices/email\" method=\"post\""));
}

#[test]
fn fix_is_offered_by_a_notice_as_by_the_card() {
    for card in world().cards {
        let id = u64::try_from(card.id.get()).unwrap();
        let mut world = world();
        world.notices = vec![notice(
            id,
            Told::Broke(Ask::Fix, Stage::First),
            &card.institution.name,
            Seen::New,
            Now::Holds,
        )];
        let path = format!("/notices/{}", world.notices[0].id);
        let (_, html) = crate::pages::render(visit(world, &path, &[]));
        let fixable = matches!(
            card.state,
            ConnectionState::Broken(relink_app::api::connections::Turn::Fix)
        );
        assert_eq!(
            html.contains("/repair\""),
            fixable,
            "{}",
            card.institution.name
        );
    }
}

#[test]
fn the_bell_says_how_many_are_new_on_every_page() {
    let (_, html) = crate::pages::render(visit(world(), "/connections", &[]));
    assert!(
        html.contains("<span class=\"nav-count\">2 new</span>"),
        "{html}"
    );
    let read = World {
        notices: Vec::new(),
        ..world()
    };
    let (_, html) = crate::pages::render(visit(read, "/connections", &[]));
    assert!(!html.contains("nav-count"), "{html}");
}

#[test]
fn what_was_chosen_stays_where_a_time_is_wrong() {
    let flash = Flash {
        form: Some(Form::Telling),
        notice: Some(Notice::LookBelow),
        problems: vec![(Field::QuietFrom, Problem::NotATime)],
        values: vec![
            (Field::Digest, "daily".into()),
            (Field::Quiet, "on".into()),
            (Field::QuietFrom, "25".into()),
        ],
    };
    let it = visit(world(), "/account/notices", &[]);
    let (_, html) = crate::pages::render(Visit { flash, ..it });
    let ticked = |id: &str| {
        let tags = crate::html::tags(&html, "input");
        let tag = tags
            .into_iter()
            .find(|tag| tag.contains(&format!("id=\"{id}\"")));
        tag.unwrap().contains(" checked")
    };
    let now = ["by_email-on", "digest-daily", "digest-soon", "quiet-on"].map(ticked);
    assert_eq!(
        now,
        [false, true, false, true],
        "not what is stored, but what was posted"
    );
    assert!(html.contains("id=\"telling-quiet_from-problem\""), "{html}");
}
