//! French: sign-in, account.

use super::super::{Account, Door};

pub(super) const DOOR: Door = Door {
    sign_in: "Se connecter",
    sign_in_lead: "Avec l’adresse et le mot de passe que vous avez ici, pas ceux de votre banque.",
    email: "Adresse courriel",
    password: "Mot de passe",
    new_password: "Nouveau mot de passe",
    password_hint: "Au moins 12 caractères. Quelques mots sans rapport entre eux conviennent bien.",
    forgot: "Mot de passe oublié?",
    no_account: "Pas encore de compte?",
    sign_up: "S’inscrire",
    sign_up_lead: "Il nous suffit d’une adresse courriel et d’un mot de passe.",
    sign_up_closed: "Les inscriptions sont fermées",
    sign_up_closed_text: "Aucun compte n’est créé ici en ce moment. Si vous en avez un, \
                          connectez-vous.",
    invitation: "Code d’invitation",
    invitation_hint: "Il est dans le courriel qui vous a invité.",
    have_account: "Vous avez déjà un compte?",
    make_account: "Créer mon compte",
    confirm_title: "Confirmez votre adresse",
    confirm_lead: "Un clic, et cette adresse est la vôtre ici.",
    confirm: "Confirmer mon adresse",
    forgot_title: "Choisissez un nouveau mot de passe",
    forgot_lead: "Saisissez votre adresse. Si elle a un compte ici, un courriel avec un lien arrive \
                  dans la minute. Le lien sert une fois, pendant 30 minutes.",
    send_mail: "M’envoyer le lien",
    reset_title: "Choisissez un nouveau mot de passe",
    reset_lead: "Une fois qu’il est enregistré, toutes vos autres sessions se ferment.",
    reset: "Enregistrer le mot de passe",
    dead_title: "Ce lien ne marche plus",
    dead_text: "Les liens de nos courriels servent une fois, pendant 30 minutes. Vous pouvez en \
                demander un autre maintenant.",
    dead_way: "Demander un autre lien",
    back: "Retour à la page de connexion",
    by_invitation: "Les nouveaux comptes se font sur invitation. Continuez avec le bouton du \
                    courriel d’invitation, ou saisissez ici le code.",
    invited: "Vous avez une invitation. Choisissez un mot de passe, et c’est tout.",
    go_on: "Continuer",
    invited_lead: |role, text| {
        format!(
            "Vous avez une invitation. Votre rôle\u{a0}: {role}. {text} Choisissez un mot de passe."
        )
    },
};

pub(super) const ACCOUNT: Account = Account {
    title: "Votre compte",
    email: "Adresse courriel",
    confirmed: "Confirmée",
    unconfirmed: "Pas encore confirmée\u{a0}: utilisez le lien de notre courriel",
    password: "Changez votre mot de passe",
    current_password: "Mot de passe actuel",
    new_password: "Nouveau mot de passe",
    change: "Changer le mot de passe",
    sign_ins: "Où vous êtes connecté",
    sign_ins_lead: "Si vous n’en reconnaissez pas une, fermez-la et changez votre mot de passe.",
    this_one: "Ce navigateur",
    revoke: "Fermer",
    everywhere: "Se déconnecter partout",
    everywhere_text: "Ferme toutes les sessions, celle-ci comprise.",
    reading: "Langue et fuseau horaire",
    reading_lead: "Pour ces pages et pour les courriels que nous vous envoyons.",
    language: "Langue",
    zone: "Fuseau horaire",
    zone_hint: "Les jours et les heures sont donnés selon l’horloge de là-bas.",
    zones_us: "États-Unis",
    zones_all: "Tous les lieux",
    eastern: "Est (New York)",
    central: "Centre (Chicago)",
    mountain: "Rocheuses (Denver)",
    arizona: "Arizona (Phoenix)",
    pacific: "Pacifique (Los Angeles)",
    alaska: "Alaska (Anchorage)",
    hawaii: "Hawaï (Honolulu)",
    choose: "Enregistrer",
    unknown_device: "Navigateur inconnu",
    erase: "Supprimer votre compte",
    erase_text: "Supprime votre compte ici et tout ce que vous avez connecté.",
    erase_lead: "Votre compte ici disparaît, avec tout ce que vous avez connecté. Personne ne peut le rétablir.",
    erase_reading: "Nous cessons de lire aussitôt, et ce que vous avez connecté est aussi supprimé chez Mastercard.",
    erase_names: "Nous effaçons votre adresse, votre téléphone, votre mot de passe et vos réglages.",
    erase_banks: "Vos comptes à la banque restent comme ils sont.",
    erase_stays: "Il reste des nombres qui ne nomment personne\u{a0}: combien de pannes, et leur durée.",
    erase_button: "Supprimer mon compte",
    erase_keep: "Le garder",
    usual_zone: |zone| format!("L’habituel ici ({zone})"),
    device: |browser, system| format!("{browser} sur {system}"),
    used: |address, started, last| {
        format!("Adresse {address} · ouverte le {started} · dernière utilisation le {last}")
    },
    revoke_one: |device| format!("Fermer la session ({device})"),
};

/// Numbers up to ten in letters, as in a letter; of a masculine noun.
pub(super) fn small(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
