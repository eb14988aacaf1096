//! Passkeys: added, used, renamed, removed. The browser's part is
//! `public/passkeys.js`; without it no button is there, and a sentence says what
//! to do instead.

use leptos::prelude::*;

use super::factor::code;
use super::form::{Input, Takes, hidden};
use super::parts::flash;
use super::{Needs, Page, PageFault};
use crate::api::factor::{PasskeyView, Ways};
use crate::api::forms::{Field, Form};
use crate::api::ids::PasskeyRef;
use crate::api::paths;
use crate::api::visit::{Person, Visit};
use crate::words::PasskeyWords;

/// What a form asks the browser for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// A new passkey.
    New,
    /// One that is there.
    Shown,
}

impl Asks {
    /// The field for the answer, a button that script shows, and what it may
    /// have to say. `from`: where the server's question comes from.
    fn view(
        self,
        from: &'static str,
        (class, label): (&'static str, &'static str),
        words: &'static PasskeyWords,
    ) -> impl IntoView {
        let (call, refused) = match self {
            Self::New => ("create", words.not_made),
            Self::Shown => ("get", words.not_shown),
        };
        view! {
            <div class="passkey" data-passkey=call data-from=from data-refused=refused data-known=words.known
                data-failed=words.failed>
                {hidden(Field::Passkey, "")}
                <p class="actions"><button class=class type="button" hidden>{label}</button></p>
                <p class="problem" role="alert"></p>
            </div>
        }
    }
}

/// What is said where no passkey can be made or used.
fn instead(words: &'static PasskeyWords) -> impl IntoView {
    view! {
        <noscript><p class="hint">{words.without_script}</p></noscript>
        <p class="hint" data-without-passkeys hidden>{words.unknown_here}</p>
    }
}

/// The module, where something on the page asks for it.
pub(super) fn needs(asked: bool) -> Needs {
    if asked {
        Needs::Passkeys
    } else {
        Needs::Nothing
    }
}

/// The button of who signs in.
pub(super) fn step(visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().passkeys;
    let button = ("button", words.show);
    view! {
        {instead(words)}
        <form class="form" action=paths::STEP_PASSKEY method="post" hidden>
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {Asks::Shown.view(paths::STEP_PASSKEY_ASK, button, words)}
        </form>
    }
}

/// A passkey in the place of an app, for who owes a second step.
pub(super) fn owed(visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().passkeys;
    view! {
        <section class="part" aria-labelledby="passkeys">
            <h2 id="passkeys">{words.owed}</h2>
            <p>{words.lead}</p>
            {add(visit, paths::SET_UP_PASSKEY, paths::SET_UP_PASSKEY_ASK)}
        </section>
    }
}

/// A person's own, and one more.
pub(super) fn section(visit: &Visit, all: &[PasskeyView]) -> impl IntoView + use<> {
    let words = &visit.language.words().passkeys;
    let list = if all.is_empty() {
        view! { <p class="quiet">{words.none}</p> }.into_any()
    } else {
        let rows = all.iter().map(|one| row(one, words)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="part" aria-labelledby="passkeys">
            <h2 id="passkeys">{words.title}</h2>
            <p>{words.lead}</p>
            {list}
            {add(visit, paths::PASSKEYS, paths::PASSKEYS_NEW)}
        </section>
    }
}

fn row(one: &PasskeyView, words: &'static PasskeyWords) -> impl IntoView + use<> {
    view! {
        <li class="row">
            <span class="row-text"><strong>{one.name.clone()}</strong>{dates(one, words)}</span>
            <a href=paths::passkey(one.id) aria-label=(words.change)(&one.name)>{words.manage}</a>
        </li>
    }
}

fn dates(one: &PasskeyView, words: &'static PasskeyWords) -> impl IntoView + use<> {
    let used = one.used.as_ref();
    let used = used.map_or_else(|| words.unused.into(), |used| (words.used)(&used.text));
    view! { <span>{(words.added)(&one.added.text)} " · " {used}</span> }
}

fn add(visit: &Visit, action: &'static str, from: &'static str) -> impl IntoView + use<> {
    let words = &visit.language.words().passkeys;
    let name = Input::new(Form::AddPasskey, Field::Name, Takes::Text, words.name);
    view! {
        {instead(words)}
        <form class="form" action=action method="post" hidden>
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {name.hint(words.name_hint).view(visit)}
            {Asks::New.view(from, ("button", words.add), words)}
        </form>
    }
}

/// A form for which a factor of today is shown.
pub(super) struct Showing {
    pub(super) form: Form,
    pub(super) action: String,
    pub(super) button: &'static str,
}

impl Showing {
    /// A code, or a passkey where there is one.
    pub(super) fn view(self, visit: &Visit, ways: Ways) -> impl IntoView + use<> {
        let all = visit.language.words();
        let words = &all.passkeys;
        let button = ("button button-plain", words.instead);
        let passkey = ways
            .passkeys
            .then(|| Asks::Shown.view(paths::PASSKEYS_ASK, button, words));
        view! {
            <form class="form" action=self.action method="post">
                {code(visit, self.form, ways, &all.factor)}
                <p class="actions">
                    <button class="button button-plain" type="submit">{self.button}</button>
                </p>
                {passkey}
            </form>
        }
    }
}

/// One passkey.
pub(crate) async fn page(visit: Visit, person: Person, id: PasskeyRef) -> Result<Page, PageFault> {
    let it = person.factor.state().await?;
    let mut all = it.passkeys.iter().flatten();
    let one = all.find(|one| one.id == id).ok_or(PageFault::NotFound)?;
    let all = visit.language.words();
    let words = &all.passkeys;
    let name = Input::new(Form::RenamePasskey, Field::Name, Takes::Text, words.name);
    let showing = Showing {
        form: Form::RemovePasskey,
        action: paths::passkey_remove(id),
        button: words.remove,
    };
    let remove = if it.is_last() {
        view! { <p>{words.last}</p> }.into_any()
    } else {
        view! {
            <p>{words.remove_text}</p>
            {showing.view(&visit, it.ways())}
        }
        .into_any()
    };
    let main = view! {
        <h1>{one.name.clone()}</h1>
        <p class="quiet">{dates(one, words)}</p>
        {flash(&visit.flash, all, &[Form::RenamePasskey, Form::RemovePasskey])}
        <section class="part" aria-labelledby="name">
            <h2 id="name">{words.rename}</h2>
            <form class="form" action=paths::passkey_name(id) method="post">
                {name.value(Some(&one.name)).view(&visit)}
                <p class="actions"><button class="button" type="submit">{words.rename}</button></p>
            </form>
        </section>
        <section class="part" aria-labelledby="off">
            <h2 id="off">{words.remove}</h2>
            {remove}
        </section>
        <p class="actions part"><a href=paths::SECOND_FACTOR>{words.back}</a></p>
    };
    Ok(Page::new(one.name.clone(), main).needs(needs(!it.is_last())))
}
