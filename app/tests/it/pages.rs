//! What holds for every page.

use std::sync::Arc;

use futures::StreamExt as _;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use relink_app::api::forms::{Form, Notice};
use relink_app::api::ids::InstitutionId;
use relink_app::api::shared::InstitutionName;
use relink_app::api::visit::Visit;
use relink_app::routes::{Access, access};
use relink_app::words::Language;
use relink_app::{PageFault, fault_page, leaving_page, outbox_page};

use crate::cases::{all, mistake, signed_out};
use crate::html::{tags, text, value};
use crate::sample::{self, visit, world};

/// Renders the page of a visit, as `leptos_axum` does in its async mode.
pub(crate) fn render(visit: Visit) -> (u16, String) {
    // Islands are rendered only where there is a context to share.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let response = leptos_axum::ResponseOptions::default();
    let stream = owner.with(|| {
        provide_context(RequestUrl::new(&visit.path));
        provide_context(response.clone());
        provide_context(visit);
        relink_app::shell().into_view().to_html_stream_in_order()
    });
    let html = futures::executor::block_on(stream.collect::<String>());
    let status = response.0.read().ok().and_then(|parts| parts.status);
    let status = status.map_or(200, |status| status.as_u16());
    (status, html)
}

fn keep(name: &str, html: &str) -> std::io::Result<()> {
    let Ok(folder) = std::env::var("RELINK_PREVIEW") else {
        return Ok(());
    };
    std::fs::write(format!("{folder}/{name}.html"), html)
}

/// What must hold whatever the page says.
fn check(name: &str, html: &str, language: Language) {
    let tag = format!("<html lang=\"{}\"", language.tag());
    assert!(html.contains(&tag), "{name}: no language");
    assert_eq!(tags(html, "h1").len(), 1, "{name}: headings\n{html}");
    let title = text(html, "title").unwrap_or_default();
    assert!(
        title.ends_with(" · Relink") && title.len() > 10,
        "{name}: title {title:?}"
    );
    assert!(
        html.contains("Mastercard Data Connect") && html.contains("Finicity,"),
        "{name}: provider"
    );
    assert!(
        !html.contains(" style=") && !html.contains("<style"),
        "{name}: inline style"
    );
    assert!(
        !html.contains(" onclick") && !html.contains("javascript:"),
        "{name}: inline script"
    );
    for script in tags(html, "script") {
        assert_eq!(
            value(script, "nonce"),
            Some("n0nce"),
            "{name}: script {script}"
        );
    }
    let labels: Vec<_> = tags(html, "label")
        .iter()
        .filter_map(|tag| value(tag, "for"))
        .collect();
    for input in tags(html, "input") {
        let kind = value(input, "type").unwrap_or_default();
        let hidden = kind == "hidden" || value(input, "aria-hidden").is_some();
        let labelled = value(input, "id").is_some_and(|id| labels.contains(&id));
        assert!(hidden || labelled, "{name}: no label for {input}");
        assert!(
            kind != "password" || value(input, "value").is_none(),
            "{name}: shows a secret"
        );
    }
    let mut ids: Vec<_> = html
        .match_indices(" id=\"")
        .map(|(at, _)| &html[at..])
        .collect();
    for id in &mut ids {
        *id = id.split('"').nth(1).unwrap_or_default();
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{name}: an id twice");
    for tag in ["label", "input", "ul", "section"] {
        for tag in tags(html, tag) {
            let described = ["for", "aria-describedby", "aria-labelledby"];
            let refs = described.iter().filter_map(|name| value(tag, name));
            for id in refs.flat_map(str::split_whitespace) {
                assert!(ids.binary_search(&id).is_ok(), "{name}: {id} is not there");
            }
        }
    }
    let ways =
        text(html, "main").is_some_and(|main| main.contains("href=\"") || main.contains("<form"));
    assert!(ways, "{name}: no way on");
}

#[test]
fn every_page_is_whole() {
    for language in Language::ALL {
        for (name, visit) in all() {
            let (status, html) = render(Visit { language, ..visit });
            keep(&format!("{name}.{}", language.tag()), &html).unwrap();
            check(&name, &html, language);
            let expected = match &*name {
                "not-found" | "confirm-gone" | "passkey-gone" => 404,
                "admin-bad-filter" => 400,
                _ => 200,
            };
            assert_eq!(status, expected, "{name}");
        }
    }
}

#[test]
fn a_page_without_an_island_costs_no_script() {
    for (name, visit) in all() {
        let (_, html) = render(visit);
        let islands = html.contains("<leptos-island");
        assert_eq!(islands, html.contains("module_or_path"), "{name}");
        let passkeys = html.contains("data-passkey=");
        assert_eq!(passkeys, html.contains("src=\"/passkeys.js\""), "{name}");
        // The health page follows what happens; staff only, and small.
        let live = html.contains("src=\"/live.js\"");
        assert_eq!(live, name == "admin", "{name}");
        if !islands && !passkeys && !live && name != "confirm-popup" {
            assert!(tags(&html, "script").is_empty(), "{name}");
        }
    }
}

#[test]
fn a_mistake_stands_beside_its_field_and_keeps_what_was_typed() {
    let flash = mistake(Form::SignUp, Notice::LookBelow);
    let visit = signed_out(visit(world(), "/sign-up", &[]));
    let (_, html) = render(Visit { flash, ..visit });
    let email = tags(&html, "input")
        .into_iter()
        .find(|tag| value(tag, "name") == Some("email"));
    let email = email.unwrap();
    assert_eq!(value(email, "value"), Some("ada@example"));
    assert_eq!(value(email, "aria-invalid"), Some("true"));
    let described = value(email, "aria-describedby").unwrap();
    assert!(html.contains(&format!("id=\"{described}\"")), "{described}");
}

#[test]
fn what_a_person_typed_is_text_and_never_markup() {
    let (_, html) = render(visit(
        world(),
        "/connect",
        &[("q", "<script>alert(1)</script>\"'")],
    ));
    assert!(!html.contains("<script>alert"), "{html}");
}

#[test]
fn nobody_sees_another_kind_of_page() {
    for path in [
        "/connections",
        "/account",
        "/connect",
        "/connect/4222",
        "/notices",
        "/account/notices",
        "/admin",
        "/nowhere",
    ] {
        let (status, html) = render(signed_out(visit(world(), path, &[])));
        let expected = if path == "/nowhere" { 404 } else { 403 };
        assert_eq!(status, expected, "{path}");
        assert!(!html.contains("Checking"), "{path}");
    }
    let (status, _) = render(Visit {
        admin: None,
        ..visit(world(), "/admin", &[])
    });
    assert_eq!(status, 403);
}

#[test]
fn an_address_that_is_no_id_is_not_found() {
    for path in [
        "/connect/abc",
        "/connect/+1",
        "/connect/sessions/7",
        "/accounts/x/remove",
        "/notices/x",
        "/notices/00000000-0000-0000-0000-0000000000ff",
    ] {
        assert_eq!(render(visit(world(), path, &[])).0, 404, "{path}");
    }
}

#[test]
fn who_is_staff_is_told_of_a_missing_page_as_staff() {
    let none = "/admin/cases/00000000-0000-0000-0000-000000000008";
    let (status, html) = render(visit(world(), none, &[]));
    assert_eq!(status, 404);
    assert!(html.contains("There is no such page"));
    // Of staff's menu, and of the one above it.
    for entry in ["/admin/cases", "/admin"] {
        let marked = format!("href=\"{entry}\" aria-current=\"true\"");
        assert_eq!(html.matches(&marked).count(), 1, "{entry}");
    }
    assert!(html.contains("href=\"/admin\" class=\"button\""), "{html}");
    assert!(!html.contains("Find your bank"));
    let visitor = Visit {
        admin: None,
        helper: None,
        keeper: None,
        ..visit(world(), none, &[])
    };
    assert!(render(visitor).1.contains("Find your bank"));
}

#[test]
fn only_a_few_pages_are_open() {
    let open = [
        "/",
        "/sign-in",
        "/sign-up",
        "/confirm-email",
        "/forgot-password",
        "/reset-password",
        "/unsubscribe",
    ];
    for path in open {
        assert_eq!(access(path), Access::Open, "{path}");
    }
    for path in [
        "/connections",
        "/connect",
        "/connect/1",
        "/accounts/1/remove",
        "/sign-in/x",
        "/x",
    ] {
        assert_eq!(access(path), Access::Person, "{path}");
    }
    assert_eq!(access("/admin"), Access::Staff);
    assert_eq!(access("/admin/x"), Access::Staff);
}

#[test]
fn pages_made_by_the_server_itself_are_whole() {
    let site = Arc::new(sample::site());
    let name = InstitutionName {
        id: InstitutionId::new(1),
        name: "FinBank".into(),
    };
    let link = "https://connect2.finicity.com/?signature=s3cret&ttl=1";
    let leaving = leaving_page(&site, Language::default(), &name, link);
    assert!(leaving.contains("https://connect2.finicity.com/?signature=s3cret&amp;ttl=1"));
    let letters = [
        ("1f", "ada@example.com", "Confirm your e-mail address"),
        ("2f", "+12025550123", "123456 is your code for Relink."),
    ];
    let pages = [
        ("leaving", leaving),
        ("outbox", outbox_page(&site, Language::English, &letters)),
        ("outbox-empty", outbox_page(&site, Language::English, &[])),
        (
            "forbidden",
            fault_page(&visit(world(), "/admin", &[]), &PageFault::Forbidden),
        ),
        (
            "internal",
            fault_page(&visit(world(), "/", &[]), &PageFault::Internal),
        ),
        (
            "busy",
            fault_page(&visit(world(), "/", &[]), &PageFault::Busy),
        ),
    ];
    for (name, html) in pages {
        keep(name, &html).unwrap();
        if !name.starts_with("outbox") {
            check(name, &html, Language::English);
        }
        assert!(tags(&html, "script").is_empty(), "{name}");
    }
}
