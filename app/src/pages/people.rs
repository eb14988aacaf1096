//! Sign-in, sign-up, and the pages that mails lead to.

use leptos::prelude::*;

use super::form::{Input, Takes, hidden};
use super::parts::flash;
use super::{Page, PageFault};
use crate::api::forms::{Field, Form};
use crate::api::paths;
use crate::api::site::SignUpPolicy;
use crate::api::visit::Visit;

/// E-mail and password.
pub(crate) async fn sign_in(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let email = Input::new(Form::SignIn, Field::Email, Takes::Email, words.email);
    let password = Input::new(
        Form::SignIn,
        Field::Password,
        Takes::CurrentPassword,
        words.password,
    );
    let main = view! {
        <h1>{words.sign_in}</h1>
        <p class="lead">{words.sign_in_lead}</p>
        {flash(&visit.flash, all, &[Form::SignIn, Form::ConfirmEmail, Form::ResetPassword])}
        <form class="form" action=paths::SIGN_IN method="post">
            {visit.query("next").map(|next| hidden(Field::Next, next))}
            {email.view(&visit)}
            {password.view(&visit)}
            <p class="actions">
                <button class="button" type="submit">{words.sign_in}</button>
                <a href=paths::FORGOT_PASSWORD>{words.forgot}</a>
            </p>
        </form>
        {(visit.site.sign_up != SignUpPolicy::Off).then(|| view! {
            <p class="aside">{words.no_account} " " <a href=paths::SIGN_UP>{words.sign_up}</a></p>
        })}
    };
    Ok(Page::new(words.sign_in, main))
}

/// A new person.
pub(crate) async fn sign_up(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let have_account = view! {
        <p class="aside">{words.have_account} " " <a href=paths::SIGN_IN>{words.sign_in}</a></p>
    };
    let field = |field, takes, label| Input::new(Form::SignUp, field, takes, label);
    let invitation = match visit.site.sign_up {
        SignUpPolicy::Off => {
            let main = view! {
                <h1>{words.sign_up_closed}</h1>
                <p class="lead">{words.sign_up_closed_text}</p>
                <p class="actions"><a class="button" href=paths::SIGN_IN>{words.sign_in}</a></p>
            };
            return Ok(Page::new(words.sign_up_closed, main));
        }
        SignUpPolicy::Open if visit.query("invitation").is_none() => None,
        // Staff are invited where everybody may sign up, too.
        SignUpPolicy::Open | SignUpPolicy::Invitation => Some(
            field(Field::Invitation, Takes::Text, words.invitation)
                .hint(words.invitation_hint)
                .value(visit.query("invitation"))
                .view(&visit),
        ),
    };
    let password = field(Field::NewPassword, Takes::NewPassword, words.password);
    let main = view! {
        <h1>{words.sign_up}</h1>
        <p class="lead">{words.sign_up_lead}</p>
        {flash(&visit.flash, all, &[Form::SignUp])}
        <form class="form" action=paths::SIGN_UP method="post">
            {invitation}
            {field(Field::Email, Takes::Email, words.email).view(&visit)}
            {password.hint(words.password_hint).view(&visit)}
            <p class="actions">
                <button class="button" type="submit">{words.make_account}</button>
            </p>
        </form>
        {have_account}
    };
    Ok(Page::new(words.sign_up, main))
}

/// The button behind the link in a mail. A GET changes nothing, because mail
/// programs open links to look at them.
pub(crate) async fn confirm_email(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let Some(token) = visit.query("token") else {
        return Ok(dead(&visit, paths::SIGN_IN, words.back));
    };
    let main = view! {
        <h1>{words.confirm_title}</h1>
        <p class="lead">{words.confirm_lead}</p>
        {flash(&visit.flash, all, &[Form::ConfirmEmail])}
        <form class="form" action=paths::CONFIRM_EMAIL method="post">
            {hidden(Field::Token, token)}
            <p class="actions"><button class="button" type="submit">{words.confirm}</button></p>
        </form>
    };
    Ok(Page::new(words.confirm_title, main))
}

/// Asks for a mail with a link.
pub(crate) async fn forgot_password(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let email = Input::new(
        Form::ForgotPassword,
        Field::Email,
        Takes::Email,
        words.email,
    );
    let main = view! {
        <h1>{words.forgot_title}</h1>
        <p class="lead">{words.forgot_lead}</p>
        {flash(&visit.flash, all, &[Form::ForgotPassword, Form::ResetPassword])}
        <form class="form" action=paths::FORGOT_PASSWORD method="post">
            {email.view(&visit)}
            <p class="actions">
                <button class="button" type="submit">{words.send_mail}</button>
                <a href=paths::SIGN_IN>{words.back}</a>
            </p>
        </form>
    };
    Ok(Page::new(words.forgot_title, main))
}

/// The new password.
pub(crate) async fn reset_password(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let Some(token) = visit.query("token") else {
        return Ok(dead(&visit, paths::FORGOT_PASSWORD, words.dead_way));
    };
    let (form, field) = (Form::ResetPassword, Field::NewPassword);
    let password = Input::new(form, field, Takes::NewPassword, words.new_password);
    let main = view! {
        <h1>{words.reset_title}</h1>
        <p class="lead">{words.reset_lead}</p>
        {flash(&visit.flash, all, &[Form::ResetPassword])}
        <form class="form" action=paths::RESET_PASSWORD method="post">
            {hidden(Field::Token, token)}
            {password.hint(words.password_hint).view(&visit)}
            <p class="actions"><button class="button" type="submit">{words.reset}</button></p>
        </form>
    };
    Ok(Page::new(words.reset_title, main))
}

fn dead(visit: &Visit, way: &'static str, text: &'static str) -> Page {
    let words = &visit.language.words().door;
    let main = view! {
        <h1>{words.dead_title}</h1>
        <p class="lead">{words.dead_text}</p>
        <p class="actions"><a class="button" href=way>{text}</a></p>
    };
    Page::new(words.dead_title, main)
}
