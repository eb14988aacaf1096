//! The port of support, and the pages that it fills.

use async_trait::async_trait;
use relink_app::api::audit::{Act, Actor, Fact};
use relink_app::api::cases::{
    BundleFilter, BundleRow, CaseFilter, CasePage, CaseRow, CasesPage, Settled, Stuck, Together,
};
use relink_app::api::events::Quarantine;
use relink_app::api::forms::{Flash, Notice};
use relink_app::api::health::{Acts, Cause, Standing, Took};
use relink_app::api::ids::{CaseRef, ConnectionRef, InstitutionId, UserRef};
use relink_app::api::notices::{Ask, Stage, Told};
use relink_app::api::refusal::Fault;
use relink_app::api::shared::Mask;
use relink_app::api::story::{
    Became, Change, FoundPerson, Held, HeldAccount, HelpNotice, Left, Line, LineKind, Mark,
    Meaning, NoLetter, Purpose, Step, StoryFilter, StoryPage, Uncounted, VisitEnd, Went, What,
};
use relink_app::api::visit::{HelperPort, Visit};

use crate::pages::render;
use crate::sample::{World, visit, when, world};

const STORY: &str = "/admin/people/00000000-0000-0000-0000-000000000001/story";
const CASE: &str = "/admin/cases/00000000-0000-0000-0000-000000000007";
const BANK: &str = "FinBank Profiles - A";

fn account(code: Option<(i64, Meaning)>) -> HeldAccount {
    HeldAccount {
        id: "9001".into(),
        name: "Everyday Checking".into(),
        mask: Mask::of("4821"),
        tried: code.map(|_| when()),
        data: code.filter(|(code, _)| *code == 0).map(|_| when()),
        code,
        left: None,
    }
}

fn held() -> Vec<Held> {
    let one = |id, standing, broken, marks, snoozed| Held {
        id: ConnectionRef::new(id),
        institution: (InstitutionId::new(102_105), BANK.into()),
        customer: "6001".into(),
        login: "7001".into(),
        standing,
        broken,
        marks,
        snoozed,
        no_letter: None,
        accounts: [
            None,
            Some((0, Meaning::Works)),
            Some((103, Meaning::Fails(Acts::User, Cause::Credentials))),
        ]
        .map(account)
        .into(),
    };
    let broken = Some((103, Acts::User, Cause::Credentials, when()));
    let theirs = Some((168, Acts::Mastercard, Cause::MastercardTrouble, when()));
    let marks = vec![(Mark::Test, String::new()), (Mark::Mute, BANK.into())];
    let gone = HeldAccount {
        left: Some(Left::Gone(when())),
        ..account(Some((0, Meaning::Works)))
    };
    vec![
        one(12, Err(Uncounted::Marked), None, marks, Some(when())),
        Held {
            accounts: vec![gone],
            ..one(13, Err(Uncounted::Gone), None, Vec::new(), None)
        },
        one(11, Ok(Standing::Broken), broken, Vec::new(), None),
        Held {
            no_letter: Some(NoLetter::NotTheirTurn),
            ..one(14, Ok(Standing::Broken), theirs, Vec::new(), None)
        },
    ]
}

/// Each kind of line, in each of its ways.
fn happened() -> Vec<What> {
    let visit = |purpose, end| What::Visit {
        purpose,
        end,
        code: Some(945),
        reference: "r3f".into(),
        steps: Step::ALL.iter().map(|step| (*step, when())).collect(),
    };
    let mut all: Vec<What> = VisitEnd::ALL
        .iter()
        .map(|end| visit(Purpose::Repair, *end))
        .collect();
    all.extend(Purpose::ALL.map(|purpose| visit(purpose, VisitEnd::Proven)));
    let event = |became| What::Event {
        id: "e-1".parse().ok(),
        kind: "added".into(),
        code: None,
        became,
    };
    all.extend(
        [
            Became::Waiting,
            Became::Applied,
            Became::PutAside(Quarantine::OtherCustomer),
        ]
        .map(event),
    );
    all.extend([
        What::Change(Change::Connected),
        What::Change(Change::AccountGone(BANK.into())),
        What::Broke {
            code: 103,
            acts: Acts::User,
            cause: Cause::Credentials,
            before: None,
            seen: Some((when(), None)),
        },
        What::Broke {
            code: 103,
            acts: Acts::User,
            cause: Cause::Credentials,
            before: Some(102),
            seen: None,
        },
        What::Ended {
            repaired: true,
            after: Some(Took::Exactly(61)),
        },
        What::Ended {
            repaired: false,
            after: None,
        },
        What::Notice {
            told: Told::Broke(Ask::Fix, Stage::First),
            seen: None,
        },
        What::Act {
            act: Act::Marked,
            actor: Actor::Machine,
            change: (Vec::new(), vec![Fact::SignIns(2)]),
            reason: Some(BANK.into()),
        },
    ]);
    let went = [
        Went::Waiting,
        Went::Tried,
        Went::Sent(when()),
        Went::Refused(when()),
        Went::Dropped(when()),
    ];
    all.extend(went.map(|went| What::Delivery {
        letter: went != Went::Tried,
        notices: 2,
        went,
    }));
    all
}

fn together(settled: Settled) -> Together {
    Together {
        institution: (InstitutionId::new(102_105), BANK.into()),
        code: (168, "7001".into(), Cause::MastercardTrouble),
        stuck: vec![Stuck {
            id: ConnectionRef::new(11),
            customer: "6001".into(),
            login: "7001".into(),
            since: when(),
            last_good: None,
            reference: "r3f".into(),
            settled,
        }],
        more: true,
    }
}

fn case() -> CaseRow {
    CaseRow {
        id: CaseRef::new(7),
        institution: (InstitutionId::new(102_105), BANK.into()),
        code: (168, Cause::MastercardTrouble),
        number: Some("4711".into()),
        sent: when(),
        sender: "ada@example.com".into(),
        count: 3,
        repaired: 2,
        gone: 1,
        closed: Some(when()),
    }
}

#[async_trait]
impl HelperPort for World {
    async fn find(&self, text: &str) -> Result<Vec<FoundPerson>, Fault> {
        let ada = FoundPerson {
            id: UserRef::new(1),
            email: "ada@example.com".into(),
        };
        Ok((text == "6001").then_some(ada).into_iter().collect())
    }

    async fn story(&self, id: UserRef, filter: &StoryFilter) -> Result<StoryPage, Fault> {
        let line = |what: What| Line {
            at: when(),
            institution: Some(BANK.into()),
            what,
        };
        let empty = filter.kind == Some(LineKind::Event);
        Ok(StoryPage {
            id,
            email: "ada@example.com".into(),
            since: when(),
            disabled: Some(when()),
            refused: Some(when()),
            read: Some(when()),
            tried: Some(when()),
            connections: if empty { Vec::new() } else { held() },
            lines: if empty {
                Vec::new()
            } else {
                happened().into_iter().map(line).collect()
            },
            next: (!empty).then(|| filter.path(id)),
        })
    }

    async fn cases(&self, filter: &CaseFilter) -> Result<Option<CasesPage>, Fault> {
        let row = BundleRow {
            institution: BANK.into(),
            code: (168, Cause::MastercardTrouble),
            count: 12,
            since: when(),
            path: "/admin/cases/new?code=168&institution=102105&days=3".into(),
        };
        Ok(match filter.days {
            0 => None,
            9 => Some(CasesPage {
                open: Vec::new(),
                next: None,
                cases: Vec::new(),
                earlier: None,
            }),
            _ => Some(CasesPage {
                open: vec![row],
                next: Some(filter.path()),
                cases: vec![case()],
                earlier: Some(filter.path()),
            }),
        })
    }

    async fn bundle(&self, filter: &BundleFilter) -> Result<Option<Together>, Fault> {
        Ok((filter.days > 0).then(|| together(Settled::Not)))
    }

    async fn case(&self, id: CaseRef) -> Result<CasePage, Fault> {
        (id.get() == 7)
            .then(|| CasePage {
                row: case(),
                together: together(Settled::Repaired(when())),
            })
            .ok_or(Fault::NotFound)
    }
}

/// Pages of support.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let plain = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), path, query))
    };
    let bundle = |days| [("code", "168"), ("institution", "102105"), ("days", days)];
    let (name, told) = plain("story", STORY, &[]);
    let flash = Flash {
        notice: Some(Notice::Help(HelpNotice::NoLetter(NoLetter::Full(when())))),
        ..Flash::default()
    };
    vec![
        plain("find", "/admin/find", &[]),
        plain("find-one", "/admin/find", &[("q", "6001")]),
        plain("find-none", "/admin/find", &[("q", "7")]),
        (name, Visit { flash, ..told }),
        plain("story-empty", STORY, &[("kind", "event")]),
        plain("support-cases", "/admin/cases", &[]),
        plain("support-cases-empty", "/admin/cases", &[("days", "9")]),
        plain("case-new", "/admin/cases/new", &bundle("3")),
        plain("case-nothing", "/admin/cases/new", &bundle("0")),
        plain("case", CASE, &[]),
    ]
}

#[test]
fn an_address_that_was_changed_by_hand_is_answered_with_a_way_back() {
    for (path, name, value, way) in [
        (STORY, "kind", "x", STORY),
        (STORY, "before", "1.act", STORY),
        ("/admin/cases", "days", "-1", "/admin/cases"),
        ("/admin/cases", "after", "x", "/admin/cases"),
        ("/admin/cases", "before", "7", "/admin/cases"),
        ("/admin/cases", "days", "0", "/admin/cases"),
        ("/admin/cases/new", "code", "x", "/admin/cases"),
    ] {
        let (status, html) = render(visit(world(), path, &[(name, value)]));
        assert_eq!(status, 400, "{path} {name}");
        assert!(html.contains("This address is not"), "{path} {name}");
        assert!(html.contains(&format!("href=\"{way}\"")), "{path} {name}");
    }
}

/// The text of one connection of the story.
fn article(html: &str, id: u128) -> Option<(usize, &str)> {
    let start = format!("aria-labelledby=\"held-{}\"", ConnectionRef::new(id));
    let at = html.find(&start)?;
    let end = html[at..].find("</article>")?;
    Some((at, &html[at..at + end]))
}

#[test]
fn a_story_tells_what_is_broken_first_and_offers_what_can_help() {
    let (_, html) = render(visit(world(), STORY, &[]));
    let [marked, gone, theirs, ours] = [12, 13, 11, 14].map(|id| article(&html, id).unwrap());
    assert!(theirs.0 < ours.0 && ours.0 < marked.0 && marked.0 < gone.0);
    let letter = "Send a repair letter";
    assert!(theirs.1.contains(letter) && !ours.1.contains(letter));
    assert!(
        ours.1
            .contains("nothing that the person does would help now")
    );
    assert!(!marked.1.contains("o letter"), "nothing is broken there");
    assert!(
        gone.1
            .contains("Not counted: Mastercard lists nothing of it any more")
    );
    assert!(gone.1.contains("Gone: Mastercard has not listed it since"));
    assert!(!gone.1.contains("It works"), "{}", gone.1);
    assert!(html.contains("<a href=\"#timeline\">What happened</a>"));
    assert!(html.contains(&format!("Reason: {BANK}")));
}

#[test]
fn a_customer_leads_to_the_person_for_who_may_help() {
    let way = "href=\"/admin/find?q=";
    for path in ["/admin/connections", "/admin/breaks"] {
        let helper = visit(world(), path, &[]);
        let viewer = Visit {
            helper: None,
            keeper: None,
            ..helper.clone()
        };
        assert!(render(helper).1.contains(way), "{path}");
        assert!(!render(viewer).1.contains(way), "{path}");
    }
    assert!(render(visit(world(), CASE, &[])).1.contains(way));
    let person = "/admin/people/00000000-0000-0000-0000-000000000001";
    let story = format!("href=\"{STORY}\"");
    assert!(render(visit(world(), person, &[])).1.contains(&story));
}

#[test]
fn only_support_sees_stories_and_cases() {
    for path in [
        STORY,
        "/admin/find",
        "/admin/cases",
        "/admin/cases/new",
        CASE,
    ] {
        let viewer = Visit {
            helper: None,
            ..visit(world(), path, &[])
        };
        assert_eq!(render(viewer).0, 403, "{path}");
    }
    let none = "/admin/cases/00000000-0000-0000-0000-000000000008";
    assert_eq!(render(visit(world(), none, &[])).0, 404);
}

#[test]
fn what_is_sent_to_mastercard_is_in_english_with_ids_and_dates() {
    let bundle = [("code", "168"), ("institution", "102105"), ("days", "3")];
    let (_, html) = render(visit(world(), "/admin/cases/new", &bundle));
    let text = "Institution: FinBank Profiles - A (102105)\n\
                Aggregation status code: 168 (7001)\n\
                Connections: 1\n\n\
                1. Customer ID: 6001\n   \
                   Institution login ID: 7001\n   \
                   Failing since: 2026-11-18T07:10:00Z\n   \
                   Last success: never\n   \
                   Our connection: 00000000-0000-0000-0000-00000000000b\n   \
                   Our reference: r3f</textarea>";
    assert!(html.contains(text), "{html}");
    assert!(!html.contains("ada@example.com</textarea>"));
}
