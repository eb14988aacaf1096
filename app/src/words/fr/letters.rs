//! French: letters.

use super::super::{About, FactorChange, Letter};
use super::staff::PEOPLE;
use crate::api::people::Role;

/// Subject, paragraphs, button, and why it comes.
type Said = (String, Vec<String>, &'static str, String);

pub(super) fn letter(about: &About<'_>, product: &str) -> Letter {
    let (subject, paragraphs, button, why): Said = match about {
        About::ConfirmEmail => (
            format!("Confirmez votre adresse courriel pour {product}"),
            vec![
                format!("Vous vous êtes inscrit à {product} avec cette adresse."),
                "Confirmez-la avec le bouton. Le lien sert une fois, pendant 30 minutes.".into(),
            ],
            "Confirmer mon adresse",
            format!(
                "Vous recevez ce courriel parce que quelqu’un a saisi cette adresse sur \
                 {product}. Si ce n’était pas vous, ne faites rien. Sans la confirmation, il ne \
                 se passe rien."
            ),
        ),
        About::AlreadySignedUp => (
            format!("Vous avez déjà un compte sur {product}"),
            vec![
                "Quelqu’un, sans doute vous, s’est inscrit encore une fois avec cette adresse."
                    .into(),
                "Rien n’a changé. Connectez-vous avec votre mot de passe, ou choisissez-en un \
                 nouveau si vous l’avez oublié."
                    .into(),
            ],
            "Se connecter",
            format!(
                "Vous recevez ce courriel parce que cette adresse a été saisie à l’inscription \
                 sur {product}. Si ce n’était pas vous, ne faites rien."
            ),
        ),
        About::ResetPassword => (
            format!("Choisissez un nouveau mot de passe pour {product}"),
            vec![
                "Vous avez demandé un lien pour choisir un nouveau mot de passe.".into(),
                "Il sert une fois, pendant 30 minutes. Tant que vous ne l’utilisez pas, votre mot \
                 de passe reste le même."
                    .into(),
            ],
            "Choisir un nouveau mot de passe",
            format!(
                "Vous recevez ce courriel parce que quelqu’un l’a demandé sur {product}. Si ce \
                 n’était pas vous, ne faites rien."
            ),
        ),
        About::PasswordChanged => (
            format!("Votre mot de passe pour {product} a changé"),
            vec![
                "Votre mot de passe a changé, et toutes vos autres sessions sont fermées.".into(),
                "Si c’était vous, vous n’avez rien à faire. Sinon, choisissez maintenant un \
                 nouveau mot de passe."
                    .into(),
            ],
            "Choisir un nouveau mot de passe",
            format!(
                "Vous recevez ce courriel à chaque changement de votre mot de passe sur {product}."
            ),
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
        format!("Votre compte sur {product} est supprimé"),
        vec![
            "Nous ne lisons plus aucun de vos comptes, et ce que vous avez connecté est aussi \
             supprimé chez Mastercard."
                .into(),
            "Nous avons effacé votre adresse, votre mot de passe et vos réglages. Vos comptes à \
             la banque sont comme avant."
                .into(),
            format!(
                "Si vous ne l’avez pas demandé, prévenez les responsables du service {product}. Rien \
                 ne peut être rétabli, mais vous pouvez vous inscrire de nouveau."
            ),
        ],
        "Ouvrir la page d’accueil",
        format!(
            "Vous recevez ce courriel une fois, parce que votre compte sur {product} a été supprimé."
        ),
    )
}

fn factor_changed(change: FactorChange, when: &str, place: Option<&str>, product: &str) -> Said {
    let (subject, text) = super::passkeys::changed(change, product);
    let place = place
        .map(|place| format!(" D’où\u{a0}: {place}."))
        .unwrap_or_default();
    let paragraphs = vec![
        format!("{subject}. {text}"),
        format!("Quand\u{a0}: {when}.{place}"),
        format!(
            "Si c’était vous, vous n’avez rien à faire. Sinon, choisissez maintenant un \
             nouveau mot de passe, et prévenez les responsables du service {product}."
        ),
    ];
    let why = format!(
        "Vous recevez ce courriel à chaque changement de votre seconde étape sur {product}."
    );
    (subject, paragraphs, "Choisir un nouveau mot de passe", why)
}

fn invitation(role: Role, by: Option<&str>, until: &str, product: &str) -> Said {
    let subject = format!("Vous avez une invitation pour {product}");
    let invited = by.map(|by| format!("{by} vous invite à utiliser {product}."));
    let what = match role {
        Role::User => (PEOPLE.may)(role),
        role => format!(
            "Votre rôle\u{a0}: {}. {}",
            (PEOPLE.role_name)(role),
            (PEOPLE.may)(role)
        ),
    };
    let how = format!(
        "Acceptez avec le bouton et choisissez un mot de passe. Le bouton fonctionne jusqu’au \
         {until}, sauf si l’invitation est retirée avant."
    );
    let paragraphs = invited.into_iter().chain([what, how]);
    let why = format!(
        "Vous recevez ce courriel parce que les responsables du service {product} ont \
                 invité cette adresse. Si vous n’en voulez pas, ne faites rien."
    );
    (subject, paragraphs.collect(), "Accepter l’invitation", why)
}

fn choice_waiting(institution: &str, product: &str) -> Said {
    (
        format!("{institution}\u{a0}: quels comptes voulez-vous garder?"),
        vec![
            format!("Vous avez connecté {institution}, et ses comptes sont arrivés."),
            "Vous n’avez pas encore dit lesquels garder. Cela prend une minute.".into(),
        ],
        "Choisir les comptes",
        format!(
            "Vous recevez ce courriel une seule fois, parce qu’il vous reste un choix à faire \
                 sur {product}."
        ),
    )
}
