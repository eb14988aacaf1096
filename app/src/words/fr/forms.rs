//! French: what forms say.

use super::super::FormWords;
use super::people::small;
use crate::api::accounts::Kept;
use crate::api::connect::StartError;
use crate::api::connections::RepairError;
use crate::api::forms::{Notice, Problem};
use crate::api::refusal::Fault;
use crate::api::search::Unavailable;
use crate::api::shared::Reference;

pub(super) const FORMS: FormWords = FormWords {
    problem: |problem| {
        match problem {
            Problem::Missing => "Veuillez remplir ce champ.",
            Problem::NotAnEmail => {
                "Ce n’est pas une adresse courriel\u{a0}: il y faut un @ et un domaine."
            }
            Problem::TooShort => "Au moins 12 caractères, s’il vous plaît.",
            Problem::TooLong => "C’est trop long.",
            Problem::Common => {
                "Beaucoup de gens utilisent ce mot de passe, il est donc facile à deviner. \
                 Choisissez-en un autre."
            }
            Problem::WrongPassword => "Ce n’est pas votre mot de passe actuel.",
            Problem::BadInvitation => {
                "Cette invitation ne marche pas\u{a0}: elle a servi, a été retirée, une plus récente \
                 l’a remplacée, ou elle a plus de sept jours. Demandez-en une autre à qui vous a invité."
            }
            Problem::NotAnAddress => {
                "Ce n’est pas une adresse web\u{a0}: elle ressemble à example.com."
            }
            Problem::NotAPhone => {
                "Ce n’est pas un numéro de téléphone\u{a0}: il ressemble à (202) 555-0123, ou commence par + et le pays."
            }
            Problem::PhoneStopped => {
                "Ce téléphone nous a répondu STOP. Envoyez START depuis ce téléphone, puis saisissez ici le numéro encore une fois."
            }
            Problem::WrongCode => "Ce n’est pas le code que nous avons envoyé. Regardez le message encore une fois.",
            Problem::WrongAppCode => {
                "Ce n’est pas le code de l’application, ou il a déjà servi. Attendez le suivant."
            }
            Problem::CodeTooOld => {
                "Ce code ne sert plus\u{a0}: chacun vaut une fois, pendant 10 minutes. Demandez-en un nouveau."
            }
            Problem::NotATime => "Ce n’est pas une heure du jour\u{a0}: elle ressemble à 21:00.",
            Problem::SameTime => "Les heures de silence ont besoin de deux heures différentes.",
        }
        .into()
    },
    notice,
};

const ERASED: &str = "Votre compte est supprimé, et nous ne lisons plus rien. Un dernier courriel \
                      le confirme. La suppression chez Mastercard suit dans les minutes qui viennent.";

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LookBelow => "Pas encore envoyé. Quelque chose plus bas est à revoir.",
        Notice::WrongSignIn => "L’adresse et le mot de passe ne vont pas ensemble.",
        Notice::TooMany { minutes: 1 } => "Trop d’essais. Vous pouvez réessayer dans une minute.",
        Notice::TooMany { minutes } => {
            return format!("Trop d’essais. Vous pouvez réessayer dans {minutes} minutes.");
        }
        Notice::SignInFirst => "Connectez-vous, et vous allez ensuite à cette page.",
        Notice::SignedOut => "Vous êtes déconnecté.",
        Notice::SignInEnded => {
            "Votre session est finie. Connectez-vous de nouveau, et vous reprenez où vous étiez."
        }
        Notice::MailSent => "Si cette adresse a un compte, un courriel est en route.",
        Notice::ConfirmationSent => {
            "Un courriel est en route. Utilisez son lien pour confirmer votre adresse."
        }
        Notice::EmailConfirmed => "Votre adresse est confirmée.",
        Notice::LinkDead => {
            "Ce lien ne marche plus. Les liens servent une fois, pendant 30 minutes."
        }
        Notice::PasswordChanged => {
            "Votre mot de passe a changé. Toutes vos autres sessions sont fermées."
        }
        Notice::PreferencesKept => {
            "C’est enregistré. Vous verrez ainsi désormais nos pages et nos courriels."
        }
        Notice::SignInRevoked => "Cette session est fermée.",
        Notice::SignedOutEverywhere => "Toutes les sessions sont fermées, celle-ci comprise.",
        Notice::Erased => ERASED,
        Notice::MissingNoted => "C’est noté, merci.",
        Notice::NotStarted(error) => return not_started(error),
        Notice::Kept(done) => return kept(*done),
        Notice::ChoiceChanged => {
            "D’autres comptes sont arrivés entre-temps. Regardez la liste encore une fois."
        }
        Notice::AccountRemoved => {
            "Le compte est retiré. Il est supprimé chez Mastercard dans les minutes qui suivent."
        }
        Notice::Disconnected => {
            "Le retrait est en cours, avec tous les comptes. Ils sont supprimés chez Mastercard \
             dans les minutes qui suivent."
        }
        Notice::AccountFound => {
            "Nous savons maintenant quel compte c’est. Son historique continue."
        }
        Notice::AllDisconnected => {
            "Tout est en cours de retrait. La suppression chez Mastercard suit dans les minutes \
             qui viennent."
        }
        Notice::AlreadyWorks => "La connexion marche déjà de nouveau. Nous venons de regarder.",
        Notice::NotRepaired(error) => return not_repaired(error),
        Notice::NoticesRead => "Tous les avis sont marqués comme lus.",
        Notice::TellingSaved => "Enregistré. Dès maintenant, nous vous prévenons ainsi.",
        Notice::EmailAgain => "Nous écrivons de nouveau à votre adresse.",
        Notice::CodeSent => {
            "Un code est en route vers votre téléphone. Il sert pendant 10 minutes."
        }
        Notice::PhoneConfirmed => {
            "Votre téléphone est confirmé. Dès maintenant, les SMS y arrivent."
        }
        Notice::PhoneRemoved => "Votre numéro de téléphone est retiré. Aucun SMS n’y arrive plus.",
        Notice::NoTexts => {
            "Aucun SMS n’est envoyé ici. Les courriels et cette page vous préviennent toujours."
        }
        Notice::Snoozed(until) => return snoozed(&until.text),
        Notice::Unsnoozed => "Nous vous prévenons de nouveau pour cette connexion.",
        Notice::Unsubscribed => "C’est fait\u{a0}: aucun avis ne vous arrive plus par courriel.",
        Notice::NotALetter => "Ce lien n’arrête rien\u{a0}: il ne vient pas d’un de nos courriels.",
        Notice::Factor(notice) => return super::staff::factor(*notice).into(),
        Notice::Person(notice) => return super::staff::person(*notice),
        Notice::Operation(notice) => super::operations::operation(*notice),
        Notice::Help(notice) => return super::help::help(notice),
        Notice::Campaign(notice) => super::campaigns::notice(*notice),
        Notice::NotFromHere => {
            "Ce formulaire était trop vieux, ou venait d’ailleurs. Rien n’a changé. Réessayez \
             depuis cette page."
        }
        Notice::Internal(reference) => return internal(reference),
    }
    .into()
}

fn snoozed(until: &str) -> String {
    format!("Nous ne vous disons rien de cette connexion avant le {until}.")
}

fn internal(reference: &Reference) -> String {
    let said =
        "La faute est de notre côté, et elle est notée. Rien n’a changé. Réessayez une fois.";
    match reference.as_str() {
        "" => said.into(),
        text => format!("{said} Si rien ne change, donnez-nous la référence {text}."),
    }
}

fn not_repaired(error: &RepairError) -> String {
    match error {
        RepairError::NotFixable => {
            "S’identifier de nouveau n’aide pas cette connexion maintenant. Plus bas, vous voyez \
             ce qui l’aide."
                .into()
        }
        RepairError::LoginGone => {
            "Mastercard n’a plus de comptes pour cet accès. Retirez la connexion, et connectez de \
             nouveau si vous voulez la ravoir."
                .into()
        }
        RepairError::NoLink(error) => not_started(error),
        RepairError::Fault(fault) => not_started(&StartError::Fault(fault.clone())),
    }
}

fn not_started(error: &StartError) -> String {
    match error {
        StartError::FixFirst => {
            "Vous y avez une connexion qui peut être réparée. Réparez-la, ou connectez d’autres \
             identifiants ci-dessous."
        }
        StartError::Gone => "Cet établissement n’est plus offert. Choisissez-en un autre.",
        StartError::Unavailable(Unavailable::Offline) => {
            "L’établissement ne répond pas en ce moment. Revenez plus tard aujourd’hui."
        }
        StartError::Unavailable(Unavailable::Unsupported | Unavailable::NotRegistered) => {
            "Cet établissement ne peut pas être connecté ici."
        }
        StartError::ConsentChanged => {
            "Le texte plus bas a changé depuis que vous avez ouvert la page. Lisez-le encore une \
             fois, puis continuez."
        }
        StartError::EmailNotConfirmed => {
            "Confirmez d’abord votre adresse courriel avec le lien de notre courriel."
        }
        StartError::NotAccepted(reference)
        | StartError::WebhookNotReached(reference)
        | StartError::Upstream(reference) => return no_link(error, reference),
        StartError::Fault(Fault::Internal(reference)) => return internal(reference),
        StartError::Fault(Fault::SignedOut) => "Connectez-vous de nouveau, puis continuez.",
        StartError::Fault(Fault::TooMany) => {
            "C’était très rapide. Attendez une minute, puis réessayez."
        }
        StartError::Fault(Fault::NotFound | Fault::BadRequest) => {
            "Ce formulaire était trop vieux. Rien n’a changé. Réessayez depuis cette page."
        }
        StartError::Fault(Fault::Unreachable) => {
            "La liaison a été coupée. Vérifiez votre connexion Internet, puis réessayez."
        }
    }
    .into()
}

fn no_link(error: &StartError, reference: &Reference) -> String {
    let said = match error {
        StartError::NotAccepted(_) => {
            "Mastercard n’accepte pas notre accès en ce moment. C’est à notre équipe de le \
             réparer; réessayer n’aide pas avant cela."
        }
        StartError::WebhookNotReached(_) => {
            "Mastercard n’a pas pu nous joindre pour confirmer, et n’a donc pas fait de page \
             d’identification. C’est à notre équipe de le réparer."
        }
        _ => {
            "Mastercard ne répond pas en ce moment. Ce n’est pas votre faute. Réessayez dans \
             quelques minutes."
        }
    };
    match reference.as_str() {
        "" => said.into(),
        text => format!("{said} Référence\u{a0}: {text}."),
    }
}

fn kept(done: Kept) -> String {
    let accounts = |count: u32| match count {
        1 => "un compte".to_owned(),
        count => format!("{} comptes", small(count as usize)),
    };
    let deleted = |count: u32| {
        format!(
            "La suppression chez Mastercard, pour {}, suit dans quelques minutes.",
            accounts(count)
        )
    };
    match (done.kept, done.removed) {
        (kept, 0) => format!("Vous gardez {}.", accounts(kept)),
        (0, removed) => format!("Vous n’en gardez aucun. {}", deleted(removed)),
        (kept, removed) => format!("Vous gardez {}. {}", accounts(kept), deleted(removed)),
    }
}
