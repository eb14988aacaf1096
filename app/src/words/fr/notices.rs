//! French: what a person was told, and how they want to be told.

use super::super::{NoticeWords, TellingWords};
use super::people::small;
use crate::api::notices::{Ask, SnoozeFor, Stage, Told};

pub(super) const NOTICES: NoticeWords = NoticeWords {
    title: "Avis",
    new: "Nouveau",
    mark_read: "Tout marquer comme lu",
    empty_title: "Pas encore d’avis",
    empty_text: "Ici, nous vous disons quand une connexion a besoin de vous, quand elle marche de \
                 nouveau et quand une autorisation prend fin. Jusqu’ici, il n’y avait rien à dire.",
    how: "Choisir comment nous vous prévenons",
    all: "Tous les avis",
    needs_you: "A encore besoin de vous",
    being_handled: "Pris en charge",
    goes_on: "Toujours en cours",
    comes: "À venir",
    working: "Marche",
    repaired: "Réparé depuis",
    back: "Revenu depuis",
    renewed: "Renouvelé depuis",
    done: "Fait depuis",
    over: "Terminé",
    fine_text: "Une lecture de vos comptes le montre. Vous n’avez rien à faire.",
    removed_text: "La connexion a été retirée, et cet avis ne compte plus. Pour la retrouver, \
                   connectez-la de nouveau.",
    changes_text: "Bientôt, vous vous y identifierez sur son propre site, qui vous demandera une \
                   fois quels comptes partager. Le moment venu, nous vous le demanderons ici. Vos \
                   comptes et leur histoire restent.",
    refused_title: "Nos courriels ne vous arrivent pas",
    refused_text: "Votre serveur de messagerie les refuse, et nous ne vous écrivons plus pour le \
                   moment. Vous lisez toujours chaque avis ici. Regardez si votre boîte est pleine \
                   ou fermée, puis laissez-nous vous écrire de nouveau.",
    email_again: "Écrivez-moi de nouveau",
    reached_title: "Nos courriels vous arrivent de nouveau",
    reached_text: "Ils ne sont plus refusés. Vous n’avez rien à faire.",
    snooze_title: "Avis sur cette connexion",
    snooze_text: "Pas maintenant? Nous pouvons nous taire un moment à son sujet. Cette page \
                  montre malgré tout où elle en est.",
    unsnooze: "Me prévenir de nouveau",
    count: |new| {
        if new == 1 {
            format!("{new} nouveau")
        } else {
            format!("{new} nouveaux")
        }
    },
    news: |new| match new {
        0 => "Vous les avez tous lus.".into(),
        1 => "Il y en a un nouveau.".into(),
        new => format!("Il y en a {} nouveaux.", small(new as usize)),
    },
    told,
    told_then: |when, what| format!("Nous vous avons prévenu le {when}\u{a0}: {what}."),
    mended: |when| format!("jusqu’au {when}"),
    already: |institution| format!("{institution} marche déjà de nouveau"),
    works: |institution| format!("{institution} marche"),
    removed: |institution| format!("{institution} n’est plus connecté ici"),
    renewed_title: |institution| format!("Votre autorisation pour {institution} est renouvelée"),
    ends_title: |institution, by| {
        format!("Votre autorisation pour {institution} prend fin le {by}")
    },
    snooze_for: |how_long| {
        match how_long {
            SnoozeFor::Day => "Pour un jour",
            SnoozeFor::Week => "Pour une semaine",
            SnoozeFor::Month => "Pour un mois",
        }
        .into()
    },
    snoozed: |until| format!("Pas d’avis avant le {until}"),
};

fn told(told: &Told, institution: &str) -> String {
    match told {
        Told::Broke(Ask::Fix, Stage::First) => {
            format!("{institution} vous demande de vous identifier de nouveau")
        }
        Told::Broke(Ask::Fix, Stage::Reminder) => {
            format!("{institution} attend toujours votre identification")
        }
        Told::Broke(Ask::Elsewhere, Stage::First) => format!("{institution} a besoin de vous"),
        Told::Broke(Ask::Elsewhere, Stage::Reminder) => {
            format!("{institution} a encore besoin de vous")
        }
        Told::Broke(Ask::Nothing, _) => {
            format!("Pour le moment, nous ne pouvons pas lire {institution}")
        }
        Told::Repaired => format!("{institution} marche de nouveau"),
        Told::Outage => format!("{institution} a des difficultés"),
        Told::Back => format!("{institution} est de retour"),
        Told::PermissionEnds(by) => {
            format!(
                "Votre autorisation pour {institution} prend fin le {}",
                by.text
            )
        }
        Told::InstitutionChanges => {
            format!("{institution} change la façon de vous identifier")
        }
        Told::EmailRefused(_) => "Nos courriels ne vous arrivent pas".into(),
    }
}

pub(super) const TELLING: TellingWords = TellingWords {
    title: "Comment nous vous prévenons",
    lead: "Chaque avis se trouve ici, sur nos pages. Que voulez-vous de plus?",
    ways: "Me prévenir par",
    ways_text: "Nous écrivons quand une connexion a besoin de vous, quand elle marche de nouveau \
                et avant la fin d’une autorisation. Jamais un numéro de compte, un solde ni un \
                lien vers votre banque.",
    by_email: "Courriel",
    by_sms: "SMS",
    by_sms_text: "Confirmez un téléphone ci-dessous, et vous pourrez recevoir des SMS.",
    digest: "Combien de fois par courriel",
    digest_soon: "Dès que cela arrive",
    digest_soon_text: "Ce qui arrive en quelques minutes tient dans un seul courriel.",
    digest_daily: "Une fois par jour",
    quiet: "Ne rien envoyer la nuit",
    quiet_title: "Heures de silence",
    quiet_text: "Les courriels et les SMS attendent le matin, dans votre fuseau horaire.",
    quiet_from: "De",
    quiet_until: "À",
    save: "Enregistrer",
    phone: "Votre téléphone",
    phone_text: "Nous envoyons un code pour voir que le téléphone est à vous. Votre opérateur peut \
                 facturer les messages. Répondez STOP à tout moment, et il n’en viendra plus.",
    phone_number: "Numéro de téléphone",
    phone_hint: "Sans indicatif de pays, c’est un numéro des États-Unis.",
    send_code: "M’envoyer un code",
    code: "Code du message",
    code_hint: "Six chiffres. Il sert une fois, pendant 10 minutes.",
    confirm: "Confirmer ce téléphone",
    other_number: "Utiliser un autre numéro",
    remove: "Retirer ce téléphone",
    stopped: "Ce téléphone a répondu STOP, et rien n’y est envoyé. Envoyez START depuis ce \
              téléphone pour recevoir de nouveau des messages.",
    to_notices: "Vos avis",
    to_account: "Votre compte",
    stop_title: "Arrêter les avis par courriel",
    stop: "Les arrêter",
    stop_text: "Vous lisez toujours chaque avis ici en vous connectant. Les courriels sur votre \
                accès lui-même, comme un nouveau mot de passe, continuent.",
    stopped_title: "Plus d’avis par courriel",
    stopped_text: "Vous lisez toujours chaque avis ici en vous connectant. Vous pouvez aussi y \
                   redemander des courriels.",
    no_token_title: "Ce lien n’arrête rien",
    no_token_text: "Il n’est pas entier, ou ne vient pas d’un de nos courriels. Rien n’a changé. \
                    Connectez-vous, et choisissez là comment nous vous prévenons.",
    sign_in: "Se connecter",
    account_text: "Par courriel ou SMS, à quelles heures et combien de fois.",
    by_email_text: |address| format!("À {address}"),
    refused: |since| {
        format!(
            "Votre serveur de messagerie refuse nos courriels depuis le {since}, et nous ne vous \
             écrivons plus pour le moment. Regardez si votre boîte est pleine ou fermée, puis \
             laissez-nous vous écrire de nouveau."
        )
    },
    digest_daily_text: |at| format!("Un courriel à {at}, avec tout ce qui est nouveau."),
    code_sent: |number| format!("Nous avons envoyé un code au {number}."),
    stop_lead: |address| {
        format!("Nous n’écrivons alors plus à {address} quand une connexion a besoin de vous.")
    },
};
