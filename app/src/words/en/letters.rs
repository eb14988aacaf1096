//! English: letters.

use super::super::{About, FactorChange, Letter};
use super::staff::PEOPLE;
use crate::api::people::Role;

/// Subject, paragraphs, button, and why it comes.
type Said = (String, Vec<String>, &'static str, String);

pub(in super::super) fn letter(about: &About<'_>, product: &str) -> Letter {
    let (subject, paragraphs, button, why): Said = match about {
        About::ConfirmEmail => (
            format!("Confirm your e-mail address for {product}"),
            vec![
                format!("You signed up for {product} with this address."),
                "Confirm it with the button. The link works once, for 30 minutes.".into(),
            ],
            "Confirm my address",
            format!(
                "You get this because somebody typed this address at {product}. If it was not \
                 you, do nothing: unless you confirm, nothing happens."
            ),
        ),
        About::AlreadySignedUp => (
            format!("You have an account at {product} already"),
            vec![
                "Somebody, probably you, signed up with this address once more.".into(),
                "Nothing was changed. Sign in with your password, or set a new one if it is \
                 forgotten."
                    .into(),
            ],
            "Sign in",
            format!(
                "You get this because this address was typed into the sign-up of {product}. If \
                 it was not you, do nothing."
            ),
        ),
        About::ResetPassword => (
            format!("Set a new password for {product}"),
            vec![
                "You asked for a link to set a new password.".into(),
                "It works once, for 30 minutes. Until you use it, your password stays as it is."
                    .into(),
            ],
            "Set a new password",
            format!(
                "You get this because somebody asked for it at {product}. If it was not you, do \
                 nothing."
            ),
        ),
        About::PasswordChanged => (
            format!("Your password for {product} was changed"),
            vec![
                "Your password was changed, and every other sign-in has ended.".into(),
                "If it was you, there is nothing to do. If not, set a new password now.".into(),
            ],
            "Set a new password",
            format!("You get this with every change of your password at {product}."),
        ),
        About::Erased => erased(product),
        About::FactorChanged {
            change,
            when,
            place,
        } => factor_changed(*change, when, *place, product),
        About::Invitation { role, by, until } => invitation(*role, *by, until, product),
        About::News(lines) => return super::news::letter(lines, product),
        About::ChoiceWaiting { institution } => choice_waiting(institution, product),
    };
    Letter {
        subject,
        paragraphs,
        button: button.into(),
        why,
        stop: None,
    }
}

fn erased(product: &str) -> Said {
    (
        format!("Your account at {product} is deleted"),
        vec![
            "We read none of your accounts any more, and what you connected is being deleted \
             at Mastercard, too."
                .into(),
            "We have erased your address, your password and your settings. Your accounts at \
             your bank are as they were."
                .into(),
            format!(
                "If you did not ask for this, tell the people who run {product}. It cannot be \
                 undone, but you can sign up again."
            ),
        ],
        "Open the home page",
        format!("You get this once, because your account at {product} was deleted."),
    )
}

fn factor_changed(change: FactorChange, when: &str, place: Option<&str>, product: &str) -> Said {
    let (subject, text) = super::passkeys::changed(change, product);
    let place = place
        .map(|place| format!(" From: {place}."))
        .unwrap_or_default();
    let paragraphs = vec![
        format!("{subject}. {text}"),
        format!("When: {when}.{place}"),
        format!(
            "If it was you, there is nothing to do. If not, set a new password now, and \
             tell the people who run {product}."
        ),
    ];
    let why = format!("You get this with every change of your second step at {product}.");
    (subject, paragraphs, "Set a new password", why)
}

fn invitation(role: Role, by: Option<&str>, until: &str, product: &str) -> Said {
    let subject = format!("You are invited to {product}");
    let invited = by.map(|by| format!("{by} invited you to {product}."));
    let what = match role {
        Role::User => (PEOPLE.may)(role),
        role => format!(
            "Your role: {}. {}",
            (PEOPLE.role_name)(role),
            (PEOPLE.may)(role)
        ),
    };
    let how = format!(
        "Accept with the button and choose a password. The button works until {until}, unless \
         the invitation is withdrawn before."
    );
    let paragraphs = invited.into_iter().chain([what, how]);
    let why = format!(
        "You get this because the people who run {product} invited this address. If you \
                 do not want it, do nothing."
    );
    (subject, paragraphs.collect(), "Accept the invitation", why)
}

fn choice_waiting(institution: &str, product: &str) -> Said {
    (
        format!("{institution}: which accounts do you want to keep?"),
        vec![
            format!("You connected {institution}, and its accounts have arrived."),
            "You have not said yet which of them to keep. It takes a minute.".into(),
        ],
        "Choose accounts",
        format!("You get this once, because a choice of yours at {product} is open."),
    )
}

#[cfg(test)]
mod tests {
    use super::{About, Role, letter};

    #[test]
    fn every_letter_says_what_why_and_from_whom() {
        let all = [
            About::ConfirmEmail,
            About::AlreadySignedUp,
            About::ResetPassword,
            About::PasswordChanged,
            About::Erased,
            About::Invitation {
                role: Role::Viewer,
                by: Some("root@example.com"),
                until: "Tue 14 Nov, 5:13 pm EST",
            },
            About::ChoiceWaiting {
                institution: "FinBank",
            },
        ];
        for about in all {
            let it = letter(&about, "Relink");
            assert!(it.subject.len() <= 70, "{}", it.subject);
            assert!(it.why.contains("Relink"), "{about:?}");
            assert!(!it.paragraphs.is_empty() && !it.button.is_empty());
        }
    }
}
