//! French: passkeys, and letters about the second step.

use super::super::{FactorChange, PasskeyWords};

pub(in super::super) const PASSKEYS: PasskeyWords = PasskeyWords {
    title: "Clés d’accès",
    lead: "Une clé d’accès est votre doigt, votre visage ou le code d’un appareil à vous. \
           Personne ne peut vous la demander sur une fausse page.",
    none: "Vous n’en avez pas encore.",
    manage: "Modifier",
    add: "Ajouter une clé d’accès",
    owed: "Ou utilisez une clé d’accès",
    name: "Nom de la clé d’accès",
    name_hint: "Par exemple l’appareil où elle se trouve.",
    show: "Utiliser une clé d’accès",
    instead: "Utiliser plutôt une clé d’accès",
    rename: "Changer le nom",
    remove: "Retirer cette clé d’accès",
    remove_text: "Elle ne vous connecte plus, et toutes vos autres connexions prennent fin.",
    last: "Votre rôle demande une seconde étape, et vous n’en avez pas d’autre. Ajoutez-en \
           d’abord une.",
    back: "Seconde étape de la connexion",
    unused: "Pas encore utilisée",
    without_script: "Les clés d’accès ont besoin de JavaScript dans ce navigateur. Sans lui, \
                     utilisez un code.",
    unknown_here: "Ce navigateur n’a pas de clés d’accès ici. Utilisez un code.",
    not_made: "Aucune clé d’accès n’a été créée\u{a0}: c’était annulé, ou trop long. Rien n’a \
               changé. Recommencez quand vous voulez.",
    not_shown: "Aucune clé d’accès n’a été utilisée\u{a0}: c’était annulé, trop long, ou aucune \
                des vôtres n’est ici. Recommencez, ou saisissez un code.",
    known: "Il y a déjà une clé d’accès à vous ici. Choisissez un autre appareil ou une autre clé.",
    failed: "La clé d’accès n’a pas pu servir dans ce navigateur. Recommencez, ou prenez une \
             autre voie.",
    added: |when| format!("Ajoutée\u{a0}: {when}"),
    used: |when| format!("dernière utilisation\u{a0}: {when}"),
    change: |name| format!("Modifier la clé d’accès {name}"),
};

/// What was changed, and what that means.
pub(super) fn changed(change: FactorChange, product: &str) -> (String, String) {
    let (subject, text) = match change {
        FactorChange::AppSetUp => (
            format!("Une application est configurée pour {product}"),
            "Désormais ses codes vous connectent après votre mot de passe. Vous avez de nouveaux \
             codes de secours, et toutes vos autres connexions ont pris fin."
                .into(),
        ),
        FactorChange::AppRemoved => (
            format!("L’application de votre connexion à {product} est retirée"),
            "Ses codes ne vous connectent plus, et toutes vos autres connexions ont pris fin."
                .into(),
        ),
        FactorChange::PasskeyAdded => (
            format!("Une clé d’accès est ajoutée à votre connexion à {product}"),
            "Désormais elle vous connecte après votre mot de passe. Toutes vos autres connexions \
             ont pris fin."
                .into(),
        ),
        FactorChange::PasskeyRemoved => (
            format!("Une clé d’accès à {product} est retirée"),
            "Elle ne vous connecte plus, et toutes vos autres connexions ont pris fin.".into(),
        ),
        FactorChange::CodesMade => (
            format!("Vous avez de nouveaux codes de secours pour {product}"),
            "Les anciens ne servent plus.".into(),
        ),
        FactorChange::CodeUsed(left) => (
            format!("Un code de secours a servi sur {product}"),
            format!("Chacun sert une fois. Codes qui vous restent\u{a0}: {left}."),
        ),
        FactorChange::Reset => (
            format!("Votre seconde étape sur {product} est retirée"),
            format!(
                "Les responsables du service {product} le font pour qui l’a perdue. L’application, \
                 les clés d’accès et les codes de secours ne servent plus, et toutes vos \
                 connexions ont pris fin."
            ),
        ),
    };
    (subject, text)
}
