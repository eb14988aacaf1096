//! Sign-in, sign-up, and the pages that mails lead to.

use leptos::prelude::*;

use super::form::{Input, Takes, hidden};
use super::parts::flash;
use super::{Page, PageFault};
use crate::api::forms::{Field, Form, Problem};
use crate::api::paths;
use crate::api::people::Role;
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
    let token = visit.query("invitation").filter(|token| !token.is_empty());
    let (lead, form) = match (visit.site.sign_up, token) {
        (SignUpPolicy::Off, _) => {
            let main = view! {
                <h1>{words.sign_up_closed}</h1>
                <p class="lead">{words.sign_up_closed_text}</p>
                <p class="actions"><a class="button" href=paths::SIGN_IN>{words.sign_in}</a></p>
            };
            return Ok(Page::new(words.sign_up_closed, main));
        }
        (policy, Some(token)) => {
            let links = visit.links.clone().ok_or(PageFault::NotFound)?;
            let Some(invited) = links.invited(token).await? else {
                // Where codes are typed it may be mistyped.
                if policy == SignUpPolicy::Invitation {
                    return Ok(ask_code(&visit, Some(token)));
                }
                let text = (all.forms.problem)(Problem::BadInvitation);
                return Ok(dead(&visit, &text, (paths::SIGN_IN, words.back)));
            };
            let who = view! {
                {hidden(Field::Invitation, token)}
                <div class="field">
                    <label class="label" for="invited">{words.email}</label>
                    <input class="input" id="invited" name=Field::Email.name() type="email"
                        autocomplete="username" readonly value=invited.email/>
                </div>
            };
            let lead = match invited.role {
                Role::User => words.invited.to_owned(),
                role => {
                    let people = &all.people;
                    (words.invited_lead)(&(people.role_name)(role), &(people.may)(role))
                }
            };
            (lead, choose_password(&visit, who.into_any()).into_any())
        }
        (SignUpPolicy::Open, None) => {
            let email = Input::new(Form::SignUp, Field::Email, Takes::Email, words.email);
            let form = choose_password(&visit, email.view(&visit).into_any());
            (words.sign_up_lead.to_owned(), form.into_any())
        }
        (SignUpPolicy::Invitation, None) => return Ok(ask_code(&visit, None)),
    };
    Ok(door(&visit, lead, form))
}

/// Where somebody signs up.
fn door(visit: &Visit, lead: String, form: AnyView) -> Page {
    let all = visit.language.words();
    let words = &all.door;
    let main = view! {
        <h1>{words.sign_up}</h1>
        <p class="lead">{lead}</p>
        {flash(&visit.flash, all, &[Form::SignUp])}
        {form}
        <p class="aside">{words.have_account} " " <a href=paths::SIGN_IN>{words.sign_in}</a></p>
    };
    Page::new(words.sign_up, main)
}

/// Asks for the code of an invitation; anew, where the one that was typed is none.
fn ask_code(visit: &Visit, typed: Option<&str>) -> Page {
    let words = &visit.language.words().door;
    let code = Input::new(
        Form::SignUp,
        Field::Invitation,
        Takes::Text,
        words.invitation,
    );
    let code = code.hint(words.invitation_hint).value(typed);
    let code = code.wrong(typed.map(|_| Problem::BadInvitation));
    let form = view! {
        <form class="form" action=paths::SIGN_UP method="get">
            {code.view(visit)}
            <p class="actions"><button class="button" type="submit">{words.go_on}</button></p>
        </form>
    };
    door(visit, words.by_invitation.to_owned(), form.into_any())
}

/// The password of whoever signs up.
fn choose_password(visit: &Visit, who: AnyView) -> impl IntoView + use<> {
    let words = &visit.language.words().door;
    let password = Input::new(
        Form::SignUp,
        Field::NewPassword,
        Takes::NewPassword,
        words.password,
    );
    view! {
        <form class="form" action=paths::SIGN_UP method="post">
            {who}
            {password.hint(words.password_hint).view(visit)}
            <p class="actions">
                <button class="button" type="submit">{words.make_account}</button>
            </p>
        </form>
    }
}

/// The button behind the link in a mail. A GET changes nothing, because mail
/// programs open links to look at them.
pub(crate) async fn confirm_email(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.door;
    let Some(token) = visit.query("token") else {
        return Ok(dead(&visit, words.dead_text, (paths::SIGN_IN, words.back)));
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
        return Ok(dead(
            &visit,
            words.dead_text,
            (paths::FORGOT_PASSWORD, words.dead_way),
        ));
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

/// A link that leads nowhere: why, and the way on.
fn dead(visit: &Visit, why: &str, (way, text): (&'static str, &'static str)) -> Page {
    let words = &visit.language.words().door;
    let main = view! {
        <h1>{words.dead_title}</h1>
        <p class="lead">{why.to_owned()}</p>
        <p class="actions"><a class="button" href=way>{text}</a></p>
    };
    Page::new(words.dead_title, main)
}
