//! The document around every page.

use leptos::prelude::*;

use super::parts::current;
use super::{Menu, Needs, Page, Width};
use crate::api::paths;
use crate::api::site::{Assets, Environment, Help};
use crate::api::visit::Visit;
use crate::words::Frame;

/// A whole document. `unseen`: how many notices are new.
pub(crate) fn document(visit: &Visit, page: Page, unseen: u32) -> impl IntoView + use<> {
    let words = &visit.language.words().frame;
    let Page {
        title,
        width,
        menu,
        needs,
        main,
        ..
    } = page;
    let title = (words.title)(&title, &visit.site.product);
    let assets = &visit.site.assets;
    let refresh = match needs {
        Needs::Islands(Some(seconds)) => Some(seconds),
        Needs::Islands(None) | Needs::Nothing | Needs::Window | Needs::Live | Needs::Passkeys => {
            None
        }
    };
    let class = match width {
        Width::Column => "column",
        Width::Wide => "wide",
    };
    view! {
        <!DOCTYPE html>
        <html lang=visit.language.tag()>
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="referrer" content="same-origin"/>
                // The id is where connect-web-sdk looks before it adds a style
                // of its own, which the policy would refuse.
                <link id="connectStyles" rel="stylesheet" href=assets.css.clone()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {refresh.map(|seconds| view! {
                    <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript>
                })}
                {matches!(needs, Needs::Islands(_)).then(|| view! {
                    <link rel="modulepreload" href=assets.js.clone() nonce=visit.nonce.clone()/>
                })}
            </head>
            <body>
                <a class="skip" href="#content">{words.skip}</a>
                {header(visit, menu, unseen, words)}
                <main id="content" class=class>{main}</main>
                {footer(visit, words)}
                {script(needs, assets, &visit.nonce)}
            </body>
        </html>
    }
}

/// The start-up script; only where it is needed. Written by hand because that
/// of Leptos 0.8 puts the nonce where Firefox expects a CORS setting, drops
/// the preload and leaves the page dead.
fn script(needs: Needs, assets: &Assets, nonce: &str) -> Option<AnyView> {
    let nonce = nonce.to_owned();
    let module = |src: &'static str| {
        let nonce = nonce.clone();
        Some(view! { <script type="module" src=src nonce=nonce></script> }.into_any())
    };
    match needs {
        Needs::Nothing => None,
        Needs::Window => module(paths::EMBEDDED),
        Needs::Live => module(paths::FOLLOWING),
        Needs::Passkeys => module(paths::PASSKEYS_SCRIPT),
        Needs::Islands(_) => {
            // The names come from our own build; quoting them is enough.
            let Assets { js, wasm, .. } = assets;
            let code = format!(
                "const m=await import({js:?});await m.default({{module_or_path:{wasm:?}}});\
                 m.hydrate();for(const e of document.querySelectorAll(\"leptos-island\"))\
                 {{const n=e.dataset.component;\
                 m[n]?await m[n](e):console.warn(\"no island \"+n)}}"
            );
            Some(view! { <script type="module" nonce=nonce inner_html=code></script> }.into_any())
        }
    }
}

fn header(visit: &Visit, menu: Menu, unseen: u32, words: &'static Frame) -> impl IntoView + use<> {
    let link = |href: &'static str, text: &'static str| {
        view! { <a href=href aria-current=current(&visit.path, href)>{text}</a> }
    };
    let mark = match visit.site.environment {
        Environment::Sandbox => Some(words.sandbox),
        Environment::TestDrive => Some(words.test_drive),
        Environment::Production => None,
    };
    let links = match &visit.person {
        _ if menu == Menu::Absent => None,
        Some(_) => Some(
            view! {
                {link(paths::CONNECTIONS, words.connections)}
                {link(paths::CONNECT, words.connect)}
                {bell(visit, unseen)}
                {visit.admin.is_some().then(|| link(paths::ADMIN, words.admin))}
                {link(paths::ACCOUNT, words.account)}
                <form action=paths::SIGN_OUT method="post">
                    <button class="link" type="submit">{words.sign_out}</button>
                </form>
            }
            .into_any(),
        ),
        None => Some(link(paths::SIGN_IN, words.sign_in).into_any()),
    };
    let links = links
        .map(|links| view! { <nav class="nav" aria-label=words.menu>{links}</nav> }.into_any());
    view! {
        <header>
        {mark.map(|mark| view! { <p class="mark">{mark}</p> })}
        <div class="header">
            <a class="brand" href=paths::HOME>
                <svg class="brand-sign" viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M9.5 14.5 14.5 9.5M11 6.5l1.6-1.6a4.6 4.6 0 0 1 6.5 6.5L17.5 13M13 17.5l-1.6 1.6a4.6 4.6 0 0 1-6.5-6.5L6.5 11"/>
                </svg>
                {visit.site.product.clone()}
            </a>
            {links}
        </div>
        </header>
    }
}

/// The way to the notices, and how many are new: a number with its word, so
/// that it says as much to who cannot see it.
fn bell(visit: &Visit, unseen: u32) -> impl IntoView + use<> {
    let all = visit.language.words();
    let count = (unseen > 0).then(|| {
        view! { " " <span class="nav-count">{(all.notices.count)(unseen)}</span> }
    });
    view! {
        <a href=paths::NOTICES aria-current=current(&visit.path, paths::NOTICES)>
            <svg class="bell" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 1.8a4 4 0 0 1 4 4c0 3.6 1.5 4.7 1.5 4.7h-11S4 9.4 4 5.8a4 4 0 0 1 4-4M6.6 13.4a1.6 1.6 0 0 0 2.8 0"/>
            </svg>
            {all.frame.notices}
            {count}
        </a>
    }
}

fn footer(visit: &Visit, words: &'static Frame) -> impl IntoView + use<> {
    let site = &visit.site;
    let help = site.help.as_ref().map(|help| {
        let href = match help {
            Help::Email(address) => format!("mailto:{address}"),
            Help::Page(address) => address.clone(),
        };
        view! { <a href=href>{words.help}</a> }
    });
    let privacy = site.privacy_url.clone();
    let privacy = privacy.map(|href| view! { <a href=href>{words.privacy}</a> });
    let outbox = (site.environment == Environment::Sandbox)
        .then(|| view! { <a href=paths::OUTBOX>{words.outbox}</a> });
    view! {
        <footer class="footer">
            <p>{words.provided}</p>
            <p>{(words.run_by)(site.operator.as_deref())}</p>
            <p class="footer-links">{privacy}{help}{outbox}</p>
        </footer>
    }
}
