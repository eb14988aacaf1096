//! The second step: taken while signing in, and set up.

use std::sync::Arc;

use leptos::prelude::*;

use super::form::{Input, Takes, hidden};
use super::parts::{badge, flash};
use super::{Page, PageFault, document};
use crate::api::factor::{Enrolment, FactorView, Need};
use crate::api::forms::{Field, Form, Tone};
use crate::api::paths;
use crate::api::site::SiteFacts;
use crate::api::visit::{Owed, Person, Visit};
use crate::words::{FactorWords, Language};

/// What a sign-in owes after the password.
pub(crate) async fn second_step(visit: Visit) -> Result<Page, PageFault> {
    let words = &visit.language.words().factor;
    match visit.owed.clone() {
        None => Ok(nothing(&visit, words)),
        Some(Owed::Code) => Ok(code(&visit, words)),
        Some(Owed::SetUp(port)) => Ok(owed(&visit, port.pending().await?, words)),
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

fn code(visit: &Visit, words: &'static FactorWords) -> Page {
    let code = Input::new(Form::SecondStep, Field::Code, Takes::AppCode, words.code);
    let main = view! {
        <h1>{words.step_title}</h1>
        <p class="lead">{words.step_lead}</p>
        {flash(&visit.flash, visit.language.words(), &[Form::SecondStep])}
        <form class="form" action=paths::SECOND_STEP method="post">
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {code.hint(words.code_hint).view(visit)}
            <p class="actions"><button class="button" type="submit">{words.go_on}</button></p>
        </form>
    };
    Page::new(words.step_title, main)
}

fn owed(visit: &Visit, pending: Option<Enrolment>, words: &'static FactorWords) -> Page {
    let next = visit.query("next");
    let step = match pending {
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
    let main = view! {
        <h1>{words.owed_title}</h1>
        {flash(&visit.flash, visit.language.words(), &[Form::SetUp])}
        {step}
    };
    Page::new(words.owed_title, main)
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
    let forms = [Form::SetUp, Form::RecoveryCodes, Form::RemoveFactor];
    let set_up = match &it.pending {
        Some(pending) => enrolment(&visit, pending, paths::SECOND_FACTOR_CODE, words).into_any(),
        None => begin(it.since.is_some(), words).into_any(),
    };
    let title = if it.since.is_some() {
        words.replace
    } else {
        words.set_up
    };
    let on = it.since.is_some().then(|| on(&visit, &it, words));
    let main = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.account_text}</p>
        {flash(&visit.flash, visit.language.words(), &forms)}
        <p>{state}</p>
        <section class="part" aria-labelledby="set-up">
            <h2 id="set-up">{title}</h2>
            {set_up}
        </section>
        {on}
        <p class="actions part"><a href=paths::ACCOUNT>{words.to_account}</a></p>
    };
    Ok(Page::new(words.title, main))
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

/// What can be done with one that is on; each asks for a code of today.
fn on(visit: &Visit, it: &FactorView, words: &'static FactorWords) -> impl IntoView + use<> {
    let ask = |form, action, button| {
        let code = Input::new(form, Field::Code, Takes::AppCode, words.code);
        view! {
            <form class="form" action=action method="post">
                {code.hint(words.code_hint).view(visit)}
                <p class="actions">
                    <button class="button button-plain" type="submit">{button}</button>
                </p>
            </form>
        }
    };
    let off = match it.need {
        Need::Required => view! { <p>{words.required}</p> }.into_any(),
        Need::Optional => ask(
            Form::RemoveFactor,
            paths::SECOND_FACTOR_REMOVE,
            words.remove,
        )
        .into_any(),
    };
    view! {
        <section class="part" aria-labelledby="codes">
            <h2 id="codes">{words.renew}</h2>
            <p>{(words.codes_left)(it.codes_left)} " " {words.renew_text}</p>
            {ask(Form::RecoveryCodes, paths::RECOVERY_CODES, words.renew)}
        </section>
        <section class="part" aria-labelledby="off">
            <h2 id="off">{words.remove}</h2>
            {off}
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
