//! How a person is told: the settings, and the link that stops letters.

use leptos::prelude::*;

use super::form::{Input, Takes, Tick, hidden};
use super::notices::email_again;
use super::parts::{flash, notice};
use super::{Page, PageFault};
use crate::api::forms::{Field, Form, Notice, Tone};
use crate::api::notices::{Digest, NoticeSettings, PhoneView, Texts};
use crate::api::paths;
use crate::api::visit::{Person, Visit};
use crate::words::Words;

/// When nights begin and end for who never said.
const NIGHT: (&str, &str) = ("21:00", "08:00");

/// By which ways, how often, at which hours; and the phone.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let settings = person.notices.settings().await?;
    let all = visit.language.words();
    let words = &all.telling;
    let refused = settings.refused.as_ref().map(|since| {
        view! {
            {notice(Tone::Act, (words.refused)(&since.text))}
            {email_again(&all.notices)}
        }
    });
    let phone = settings
        .phone
        .as_ref()
        .map(|phone| phone_part(phone, &visit));
    let main = view! {
        {flash(&visit.flash, all, &[Form::Telling])}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {refused}
        <form class="form" action=paths::NOTICE_SETTINGS method="post">
            {ways(&settings, &person.view.email, &visit)}
            {often(&settings, &visit)}
            {quiet(&settings, &visit)}
            <p class="actions"><button class="button" type="submit">{words.save}</button></p>
        </form>
        {phone}
        <p class="actions part">
            <a href=paths::NOTICES>{words.to_notices}</a>
            <a href=paths::ACCOUNT>{words.to_account}</a>
        </p>
    };
    Ok(Page::new(words.title, main))
}

fn ways(settings: &NoticeSettings, email: &str, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let tick = |field, label, text, on| Tick {
        form: Form::Telling,
        field,
        value: None,
        label,
        text: Some(text),
        on,
    };
    let by_email = tick(
        Field::ByEmail,
        words.by_email,
        (words.by_email_text)(email),
        settings.email,
    );
    let number = settings.phone.as_ref().map(|phone| phone.number.as_ref());
    let by_sms = number.map(|number| match number {
        Some((number, _)) => tick(
            Field::BySms,
            words.by_sms,
            (words.by_email_text)(number),
            settings.sms,
        )
        .view(visit)
        .into_any(),
        None => view! { <p class="hint">{words.by_sms_text}</p> }.into_any(),
    });
    view! {
        <fieldset class="checks">
            <legend class="label">{words.ways}</legend>
            {by_email.view(visit)}
            {by_sms}
            <p class="hint">{words.ways_text}</p>
        </fieldset>
    }
}

fn often(settings: &NoticeSettings, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let rows = Digest::ALL.map(|digest| {
        let (label, text) = match digest {
            Digest::Soon => (words.digest_soon, words.digest_soon_text.to_owned()),
            Digest::Daily => (
                words.digest_daily,
                (words.digest_daily_text)(&settings.daily_at),
            ),
        };
        let tick = Tick {
            form: Form::Telling,
            field: Field::Digest,
            value: Some(digest.value()),
            label,
            text: Some(text),
            on: settings.digest == digest,
        };
        tick.view(visit)
    });
    view! {
        <fieldset class="checks">
            <legend class="label">{words.digest}</legend>
            {rows.into_iter().collect_view()}
        </fieldset>
    }
}

fn quiet(settings: &NoticeSettings, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let hours = settings.quiet.as_ref();
    let (from, until) = hours.map_or(NIGHT, |hours| (&*hours.from, &*hours.until));
    let field = |field, label, value| {
        Input::new(Form::Telling, field, Takes::Time, label)
            .value(Some(value))
            .view(visit)
    };
    let tick = Tick {
        form: Form::Telling,
        field: Field::Quiet,
        value: None,
        label: words.quiet,
        text: Some(words.quiet_text.into()),
        on: hours.is_some(),
    };
    view! {
        <fieldset class="checks">
            <legend class="label">{words.quiet_title}</legend>
            {tick.view(visit)}
            <div class="hours">
                {field(Field::QuietFrom, words.quiet_from, from)}
                {field(Field::QuietUntil, words.quiet_until, until)}
            </div>
        </fieldset>
    }
}

/// The number, and its proof by a code.
fn phone_part(phone: &PhoneView, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let number = phone.number.as_ref().map(|(number, texts)| {
        let stopped = (*texts == Texts::Stopped).then(|| notice(Tone::Act, words.stopped.into()));
        view! {
            <p><strong>{number.clone()}</strong></p>
            {stopped}
            {remove(words.remove)}
        }
    });
    let ask = match (&phone.asked, &phone.number) {
        (Some(asked), _) => Some(code(asked, visit).into_any()),
        (None, None) => Some(ask(visit).into_any()),
        (None, Some(_)) => None,
    };
    // Said here, where its page opens: a phone shows one end of it only.
    let all = visit.language.words();
    let forms = [Form::Phone, Form::PhoneCode];
    let ours = visit.flash.form.is_some_and(|form| forms.contains(&form));
    let said = ours.then(|| flash(&visit.flash, all, &forms));
    view! {
        <section class="part" id="phone" aria-labelledby="phone-title">
            <h2 id="phone-title">{words.phone}</h2>
            {said}
            {number}
            {ask}
        </section>
    }
}

fn ask(visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let number = Input::new(Form::Phone, Field::Phone, Takes::Phone, words.phone_number);
    view! {
        <p>{words.phone_text}</p>
        <form class="form" action=paths::PHONE method="post">
            {number.hint(words.phone_hint).view(visit)}
            <p class="actions">
                <button class="button button-plain" type="submit">{words.send_code}</button>
            </p>
        </form>
    }
}

fn code(asked: &str, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().telling;
    let code = Input::new(Form::PhoneCode, Field::Code, Takes::Code, words.code);
    view! {
        <p>{(words.code_sent)(asked)}</p>
        <form class="form" action=paths::PHONE_CODE method="post">
            {code.hint(words.code_hint).view(visit)}
            <p class="actions">
                <button class="button" type="submit">{words.confirm}</button>
            </p>
        </form>
        {remove(words.other_number)}
    }
}

fn remove(text: &'static str) -> impl IntoView {
    view! {
        <form class="actions" action=paths::PHONE_REMOVE method="post">
            <button class="button button-plain" type="submit">{text}</button>
        </form>
    }
}

/// Where the link of a letter that stops letters leads, signed in or not. The
/// button stops them: mail programs open links to look at them.
pub(crate) async fn unsubscribe(visit: Visit) -> Result<Page, PageFault> {
    let links = visit.links.clone().ok_or(PageFault::NotFound)?;
    let all = visit.language.words();
    let words = &all.telling;
    let token = visit.query("token").unwrap_or_default();
    let whose = links.whose(token).await?;
    let done = visit.flash.notice == Some(Notice::Unsubscribed);
    let (title, lead) = match &whose {
        None => (words.no_token_title, words.no_token_text.to_owned()),
        Some(_) if done => (words.stopped_title, words.stopped_text.to_owned()),
        Some(address) => (words.stop_title, (words.stop_lead)(address)),
    };
    let ways = if whose.is_some() && !done {
        view! {
            <p>{words.stop_text}</p>
            <form class="form" action=paths::UNSUBSCRIBE method="post">
                {hidden(Field::Token, token)}
                <p class="actions"><button class="button" type="submit">{words.stop}</button></p>
            </form>
        }
        .into_any()
    } else {
        on(&visit, all).into_any()
    };
    let main = view! {
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {ways}
    };
    Ok(Page::new(title, main))
}

fn on(visit: &Visit, all: &'static Words) -> impl IntoView + use<> {
    let (way, text) = match visit.person {
        Some(_) => (paths::NOTICE_SETTINGS, all.notices.how),
        None => (paths::SIGN_IN, all.telling.sign_in),
    };
    view! { <p class="actions"><a class="button" href=way>{text}</a></p> }
}
