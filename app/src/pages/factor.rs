//! The second step: taken while signing in, and set up.

use std::sync::Arc;

use leptos::prelude::*;

use super::form::{Input, Takes, hidden};
use super::parts::{badge, flash};
use super::passkeys::{self, Showing};
use super::{Page, PageFault, document};
use crate::api::factor::{Enrolment, FactorView, Ways};
use crate::api::forms::{Field, Form, Tone};
use crate::api::paths;
use crate::api::site::SiteFacts;
use crate::api::visit::{Owed, Person, SetUpPort, Visit};
use crate::words::{FactorWords, Language};

/// What a sign-in owes after the password.
pub(crate) async fn second_step(visit: Visit) -> Result<Page, PageFault> {
    let words = &visit.language.words().factor;
    match visit.owed.clone() {
        None => Ok(nothing(&visit, words)),
        Some(Owed::Factor(ways)) => Ok(step(&visit, ways, words)),
        Some(Owed::SetUp(port)) => owed(&visit, &*port, words).await,
    }
}

fn nothing(visit: &Visit, words: &'static FactorWords) -> Page {
    let main = view! {
        <h1>{words.nothing_title}</h1>
        {flash(&visit.flash, visit.language.words(), &[Form::SecondStep, Form::SetUp])}
        <p class="lead">{words.nothing_text}</p>
        <p class="actions"><a class="button" href=paths::SIGN_IN>{words.sign_in}</a></p>
    };
    Page::new(words.nothing_title, main)
}

fn step(visit: &Visit, ways: Ways, words: &'static FactorWords) -> Page {
    let (title, lead) = if ways.passkeys {
        (words.any_title, words.any_lead)
    } else {
        (words.step_title, words.step_lead)
    };
    let passkey = ways.passkeys.then(|| passkeys::step(visit));
    let button = if ways.passkeys {
        "button button-plain"
    } else {
        "button"
    };
    let main = view! {
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {flash(&visit.flash, visit.language.words(), &[Form::SecondStep])}
        {passkey}
        <form class="form" action=paths::SECOND_STEP method="post">
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {code(visit, Form::SecondStep, ways, words)}
            <p class="actions"><button class=button type="submit">{words.go_on}</button></p>
        </form>
    };
    Page::new(title, main).needs(passkeys::needs(ways.passkeys))
}

/// What is typed: a code of the app or a recovery code, or the latter alone.
pub(super) fn code(
    visit: &Visit,
    form: Form,
    ways: Ways,
    words: &'static FactorWords,
) -> impl IntoView + use<> {
    let input = |label| Input::new(form, Field::Code, Takes::AppCode, label);
    let input = if ways.app {
        input(words.code).hint(words.code_hint)
    } else {
        input(words.recovery_code)
    };
    input.view(visit)
}

async fn owed(
    visit: &Visit,
    port: &dyn SetUpPort,
    words: &'static FactorWords,
) -> Result<Page, PageFault> {
    let next = visit.query("next");
    let step = match port.pending().await? {
        Some(pending) => enrolment(visit, &pending, paths::SET_UP_CODE, words).into_any(),
        None => view! {
            <p class="lead">{words.owed_lead}</p>
            <form class="actions" action=paths::SET_UP method="post">
                {next.map(|next| hidden(Field::Next, next))}
                <button class="button" type="submit">{words.begin}</button>
            </form>
        }
        .into_any(),
    };
    let there = port.takes_passkeys();
    let passkey = there.then(|| passkeys::owed(visit));
    let main = view! {
        <h1>{words.owed_title}</h1>
        {flash(&visit.flash, visit.language.words(), &[Form::SetUp, Form::AddPasskey])}
        {step}
        {passkey}
    };
    Ok(Page::new(words.owed_title, main).needs(passkeys::needs(there)))
}

/// The secret for the app, drawn and as text, and its first code.
fn enrolment(
    visit: &Visit,
    pending: &Enrolment,
    action: &'static str,
    words: &'static FactorWords,
) -> impl IntoView + use<> {
    let code = Input::new(Form::SetUp, Field::Code, Takes::AppCode, words.first_code);
    let side = pending.side;
    view! {
        <p>{words.scan}</p>
        <svg class="qr" role="img" aria-label=words.picture viewBox=format!("0 0 {side} {side}")>
            <path d=pending.path.clone()/>
        </svg>
        <p>{words.by_hand} " " <code class="key">{pending.secret.clone()}</code></p>
        <form class="form" action=action method="post">
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {code.view(visit)}
            <p class="actions"><button class="button" type="submit">{words.confirm}</button></p>
        </form>
    }
}

/// The person's own second step.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let it = person.factor.state().await?;
    let words = &visit.language.words().factor;
    let state = match &it.since {
        Some(since) => badge(Tone::Fine, (words.on_since)(&since.text)).into_any(),
        None => badge(Tone::Ended, words.off).into_any(),
    };
    let forms = [
        Form::SetUp,
        Form::RecoveryCodes,
        Form::RemoveFactor,
        Form::AddPasskey,
        Form::RemovePasskey,
    ];
    let set_up = match &it.pending {
        Some(pending) => enrolment(&visit, pending, paths::SECOND_FACTOR_CODE, words).into_any(),
        None => begin(it.since.is_some(), words).into_any(),
    };
    let ways = it.ways();
    let passkeys = it.passkeys.as_ref();
    let passkeys = passkeys.map(|all| passkeys::section(&visit, all));
    let codes = (ways.app || ways.passkeys).then(|| codes(&visit, &it, words));
    let remove = ways.app.then(|| remove(&visit, &it, words));
    let main = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.account_text}</p>
        {flash(&visit.flash, visit.language.words(), &forms)}
        <section class="part" aria-labelledby="app">
            <h2 id="app">{words.app}</h2>
            <p>{state}</p>
            {set_up}
        </section>
        {passkeys}
        {codes}
        {remove}
        <p class="actions part"><a href=paths::ACCOUNT>{words.to_account}</a></p>
    };
    Ok(Page::new(words.title, main).needs(passkeys::needs(it.passkeys.is_some())))
}

fn begin(on: bool, words: &'static FactorWords) -> impl IntoView {
    let (text, button) = if on {
        (Some(words.replace_text), words.replace)
    } else {
        (None, words.set_up)
    };
    view! {
        {text.map(|text| view! { <p>{text}</p> })}
        <form class="actions" action=paths::SECOND_FACTOR method="post">
            <button class="button" type="submit">{button}</button>
        </form>
    }
}

fn codes(visit: &Visit, it: &FactorView, words: &'static FactorWords) -> impl IntoView + use<> {
    let showing = Showing {
        form: Form::RecoveryCodes,
        action: paths::RECOVERY_CODES.into(),
        button: words.renew,
    };
    view! {
        <section class="part" aria-labelledby="codes">
            <h2 id="codes">{words.recovery}</h2>
            <p>{(words.codes_left)(it.codes_left)} " " {words.renew_text}</p>
            {showing.view(visit, it.ways())}
        </section>
    }
}

fn remove(visit: &Visit, it: &FactorView, words: &'static FactorWords) -> impl IntoView + use<> {
    let showing = Showing {
        form: Form::RemoveFactor,
        action: paths::SECOND_FACTOR_REMOVE.into(),
        button: words.remove,
    };
    let remove = if it.is_last() {
        view! { <p>{words.required}</p> }.into_any()
    } else {
        showing.view(visit, it.ways()).into_any()
    };
    view! {
        <section class="part" aria-labelledby="off">
            <h2 id="off">{words.remove}</h2>
            {remove}
        </section>
    }
}

/// The answer to the POST that made recovery codes: they stand in this page and
/// nowhere else. `next`: where the person goes on.
pub fn recovery_codes_page(
    site: &Arc<SiteFacts>,
    language: Language,
    codes: &[String],
    next: &str,
) -> String {
    let visit = Visit::of_nobody(site.clone(), language);
    let words = &language.words().factor;
    let next = next.to_owned();
    Owner::new().with(|| {
        let codes = codes
            .iter()
            .map(|code| view! { <li><code>{code.clone()}</code></li> });
        let codes = codes.collect_view();
        let main = view! {
            <h1>{words.codes_title}</h1>
            <p class="lead">{words.codes_lead}</p>
            <ol class="codes">{codes}</ol>
            <p class="actions"><a class="button" href=next>{words.codes_done}</a></p>
        };
        document(&visit, Page::new(words.codes_title, main).without_menu(), 0).to_html()
    })
}
