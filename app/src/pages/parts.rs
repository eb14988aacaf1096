//! Small pieces that several pages show.

use leptos::prelude::*;

use crate::api::forms::{Flash, Form, Notice, Tone};
use crate::api::ids::InstitutionId;
use crate::api::paths;
use crate::api::shared::When;
use crate::widgets::institution_search::letter;
use crate::words::Words;

/// A moment.
pub(super) fn time(when: &When) -> impl IntoView + use<> {
    view! { <time datetime=when.iso.clone()>{when.text.clone()}</time> }
}

/// Whether the page of `path` is the one that an entry of a menu leads to, or one
/// below it.
pub(super) fn current(path: &str, entry: &str) -> Option<&'static str> {
    match path.strip_prefix(entry) {
        Some("") => Some("page"),
        Some(rest) if rest.starts_with('/') => Some("true"),
        _ => None,
    }
}

/// An institution's icon over its letter. Decorative: the name stands beside.
pub(super) fn icon(id: InstitutionId, name: &str) -> impl IntoView + use<> {
    view! {
        <span class="icon" aria-hidden="true">
            {letter(name)}
            <img src=paths::icon(id) alt=""/>
        </span>
    }
}

/// A state: sign and words, the colour comes with the class.
pub(super) fn badge(tone: Tone, text: impl Into<String>) -> impl IntoView {
    view! { <span class=format!("badge {}", class(tone))>{sign(tone)}{text.into()}</span> }
}

/// What happened, at the top of a page.
pub(super) fn notice(tone: Tone, text: String) -> impl IntoView {
    let role = match tone {
        Tone::Act => "alert",
        Tone::Fine | Tone::Wait | Tone::Ended => "status",
    };
    view! {
        <p class=format!("notice {}", class(tone)) role=role>{sign(tone)}<span>{text}</span></p>
    }
}

/// The notice that a form left, if it was one of `forms` or about the page.
pub(super) fn flash(flash: &Flash, words: &Words, forms: &[Form]) -> Option<AnyView> {
    let ours = flash.form.is_none_or(|form| forms.contains(&form));
    let left: Option<&Notice> = flash.notice.as_ref().filter(|_| ours);
    left.map(|left| notice(left.tone(), (words.forms.notice)(left)).into_any())
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Fine => "fine",
        Tone::Act => "act",
        Tone::Wait => "wait",
        Tone::Ended => "ended",
    }
}

/// A state is never colour alone.
fn sign(tone: Tone) -> impl IntoView {
    let path = match tone {
        Tone::Fine => "M3.5 8.5l3 3 6-7",
        Tone::Act => "M8 3v6M8 12v.5",
        Tone::Wait => "M8 4v4.5l3 1.5M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13",
        Tone::Ended => "M4 8h8",
    };
    view! { <svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d=path/></svg> }
}
