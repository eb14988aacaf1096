//! French: the second step, people and what staff did.

use super::super::{AuditWords, FactorWords, PeopleWords};
use crate::api::audit::{Act, Thing};
use crate::api::factor::FactorNotice;
use crate::api::people::{PersonNotice, Role};

pub(in super::super) const FACTOR: FactorWords = FactorWords {
    step_title: "Votre code",
    step_lead: "Saisissez les six chiffres que votre application d’authentification affiche \
                maintenant.",
    any_title: "Votre seconde étape",
    any_lead: "Utilisez une clé d’accès ou saisissez un code.",
    code: "Le code",
    code_hint: "Sans l’application, saisissez un de vos codes de secours.",
    recovery_code: "Code de secours",
    go_on: "Continuer",
    nothing_title: "Connectez-vous d’abord",
    nothing_text: "Il n’y a pas de seconde étape à franchir ici. Si vous avez saisi votre mot de \
                   passe, c’était il y a plus de 15 minutes\u{a0}: recommencez.",
    sign_in: "Se connecter",
    owed_title: "Configurez votre seconde étape",
    owed_lead: "Votre rôle ici demande plus qu’un mot de passe\u{a0}: un code d’une application de \
                votre téléphone. Toute application d’authentification convient. Cela prend deux \
                minutes.",
    begin: "Commencer",
    scan: "Scannez cette image avec l’application.",
    picture: "Image pour l’application d’authentification",
    by_hand: "Ou saisissez cette clé dans l’application\u{a0}:",
    first_code: "Le code que l’application affiche maintenant",
    confirm: "Confirmer",
    codes_title: "Gardez vos codes de secours",
    codes_lead: "Chacun vous connecte une fois si vous perdez l’application ou la clé d’accès. \
                 Gardez-les avec vos mots de passe. Nous ne les montrons que maintenant.",
    codes_done: "Je les ai gardés",
    title: "Seconde étape de la connexion",
    account_text: "En plus du mot de passe\u{a0}: une clé d’accès, ou un code d’une application de \
                   votre téléphone.",
    app: "Application d’authentification",
    off: "Inactive",
    set_up: "La configurer",
    replace: "Configurer une autre application",
    replace_text: "Les codes de l’ancienne application restent valables jusqu’à ce que vous \
                   confirmiez la nouvelle.",
    recovery: "Codes de secours",
    renew: "Créer de nouveaux codes de secours",
    renew_text: "Les nouveaux les remplacent.",
    remove: "Retirer l’application",
    required: "Votre rôle la demande, elle reste donc active.",
    to_account: "Votre compte",
    look: "Voir la seconde étape",
    on_since: |since| format!("Active depuis\u{a0}: {since}"),
    codes_left: |count| match count {
        1 => "Il vous reste un code de secours.".into(),
        count => format!(
            "Il vous reste {} codes de secours.",
            super::people::small(count as usize)
        ),
    },
};

pub(in super::super) const PEOPLE: PeopleWords = PeopleWords {
    title: "Personnes",
    beginning: "L’adresse commence par",
    role: "Rôle",
    all_roles: "Tous les rôles",
    find: "Afficher",
    address: "Adresse courriel",
    state: "État",
    since: "Depuis",
    second_step: "Seconde étape",
    on: "Active",
    off: "Inactive",
    active: "Peut se connecter",
    unconfirmed: "Adresse non confirmée",
    disabled: "Bloqué",
    none: "Personne ne correspond.",
    next: "Page suivante",
    first: "Première page",
    invite: "Inviter quelqu’un",
    invite_text: "La personne reçoit un courriel avec un lien valable sept jours, ou jusqu’à ce que vous le \
                  retiriez. Une nouvelle invitation prend la place de la précédente.",
    send: "Envoyer l’invitation",
    change: "Changer le rôle",
    access: "Accès",
    disable: "Bloquer",
    disable_text: "Cela met fin à toutes ses connexions et ne lui en permet plus d’autre.",
    enable: "Admettre de nouveau",
    sign_ins: "Où la personne est connectée",
    no_sign_ins: "Nulle part à présent.",
    end_all: "Mettre fin à toutes",
    reset: "Retirer la seconde étape",
    reset_text: "Pour qui a tout perdu, les codes aussi. Assurez-vous par un autre moyen que \
                 c’est bien cette personne.",
    oneself: "C’est vous. Un autre administrateur doit changer votre rôle ou vous bloquer.",
    back: "Toutes les personnes",
    acts: "Ce que la personne a fait",
    bad_title: "Cette adresse n’est pas complète",
    bad_text: "Une partie n’est pas de nous ou a été coupée. Rien n’a été changé.",
    invitations: "Invitations ouvertes",
    no_invitations: "Personne n’est invité à présent.",
    more_invitations: "Il y en a d’autres. Affichez celles qui commencent par ce que vous saisissez plus haut.",
    inviter: "Invité par",
    until: "Valable jusqu’au",
    withdraw: "Retirer",
    erase: "Supprimer cette personne",
    erase_text: "Pour qui le demande. Supprime son accès, tout ce qu’elle a connecté et son client chez \
                 Mastercard. Personne ne peut le rétablir. Ses connexions sortent des chiffres dès \
                 maintenant\u{a0}; du passé il ne reste que des nombres.",
    erase_typed: "Écrivez son adresse courriel pour confirmer",
    passkeys: |count, used| {
        let used = used.map(|used| format!(", dernière utilisation\u{a0}: {used}"));
        let count = match count {
            1 => "une clé d’accès".into(),
            count => format!("{} clés d’accès", super::people::small(count as usize)),
        };
        format!("{count}{}", used.unwrap_or_default())
    },
    role_name: |role| {
        match role {
            Role::User => "Utilisateur",
            Role::Viewer => "Lecture",
            Role::Support => "Assistance",
            Role::Admin => "Administration",
        }
        .into()
    },
    role_text: |role| {
        match role {
            Role::User => "Voit et change ses propres connexions.",
            Role::Viewer => "Voit aussi les pages de l’équipe.",
            Role::Support => "Aide aussi les utilisateurs.",
            Role::Admin => "Dirige aussi cette installation.",
        }
        .into()
    },
    may: |role| {
        match role {
            Role::User => "Vous connectez votre banque et voyez qu’elle reste connectée.",
            Role::Viewer => "Vous voyez comment vont toutes les connexions.",
            Role::Support => {
                "Vous voyez comment vont toutes les connexions et aidez leurs titulaires."
            }
            Role::Admin => "Vous dirigez cette installation.",
        }
        .into()
    },
    disabled_since: |since| format!("Depuis\u{a0}: {since}"),
    withdraw_one: |email| format!("Retirer l’invitation à {email}"),
};

pub(in super::super) const AUDIT: AuditWords = AuditWords {
    title: "Journal",
    lead: "Ce que l’équipe a fait, et qui est entré. Rien ici ne peut être changé.",
    who: "Qui (adresse courriel)",
    actor: "Qui",
    what: "Quoi",
    everything: "Tout",
    from: "À partir du",
    until: "Jusqu’au",
    find: "Afficher",
    export: "Télécharger en CSV",
    number: "N°",
    when: "Quand",
    whom: "Qui est concerné",
    place: "D’où",
    change: "Changement",
    machine: "Sur la machine",
    erased: "Effacé",
    none: "Rien ne correspond.",
    older: "Plus anciens",
    newest: "Les plus récents",
    nobody: "Personne n’a cette adresse ici.",
    not_a_day: "Ce n’est pas un jour\u{a0}: il s’écrit comme 2026-11-18.",
    table: "Actes",
    act: |act| {
        match act {
            Act::SignedIn => "S’est connecté",
            Act::FactorFailed => "A montré un mauvais code ou une mauvaise clé d’accès",
            Act::FactorSetUp => "A configuré une seconde étape",
            Act::FactorRemoved => "A retiré sa seconde étape",
            Act::PasskeyRenamed => "A renommé une clé d’accès",
            Act::RecoveryCodeUsed => "A utilisé un code de secours",
            Act::RecoveryCodesMade => "A créé des codes de secours",
            Act::FactorsReset => "A retiré une seconde étape",
            Act::Invited => "A invité",
            Act::InvitationWithdrawn => "A retiré une invitation",
            Act::Joined => "A accepté une invitation",
            Act::PasswordReset => "A choisi un nouveau mot de passe par notre courriel",
            Act::PasswordChanged => "A changé son mot de passe",
            Act::SignInEnded => "A mis fin à une de ses connexions",
            Act::SignedOutEverywhere => "S’est déconnecté partout",
            Act::AdminMade => "A créé un administrateur",
            Act::RoleChanged => "A changé un rôle",
            Act::Disabled => "A bloqué",
            Act::Enabled => "A admis de nouveau",
            Act::SessionsEnded => "A mis fin à des connexions",
            Act::Erased => "A supprimé une personne",
            Act::Looked => "A regardé",
            Act::Marked => "A retiré une connexion des chiffres",
            Act::Unmarked => "A de nouveau compté une connexion",
            Act::EventReplayed => "A rejoué un événement",
            Act::EventsReplayed => "A rejoué des événements",
            Act::JobRetried => "A réessayé une tâche",
            Act::JobCancelled => "A annulé une tâche",
            Act::SecretRotated => "A remplacé le secret de partenaire",
            Act::Snoozed => "A mis une connexion en sourdine",
            Act::Unsnoozed => "A mis fin à une sourdine",
            Act::LetterSent => "A envoyé un courriel sur une panne",
            Act::CaseSent => "A marqué un dossier comme envoyé",
            Act::CaseNumbered => "A changé le numéro d’un dossier",
            Act::CampaignMade => "A créé une campagne",
            Act::CampaignSent => "A envoyé une campagne",
            Act::CampaignStopped => "A arrêté une campagne",
            Act::Exported => "A téléchargé le journal",
            Act::NamesErased => "A effacé des noms du journal",
        }
        .into()
    },
    fact: super::facts::fact,
    change_text: |before, after| match (before, after) {
        ("", after) => after.into(),
        (before, "") => format!("avant\u{a0}: {before}"),
        (before, after) => format!("{before}, maintenant {after}"),
    },
    thing: |thing| {
        match thing {
            Thing::Connection(..) => "La connexion",
            Thing::Case(_) => "Le dossier",
            Thing::Campaign(_) => "La campagne",
            Thing::Event(_) => "L’événement",
            Thing::Events(_) => "Ces événements",
            Thing::Jobs(_) => "Les tâches de ce type",
            Thing::Person(_) => "La personne",
        }
        .into()
    },
    reason: |reason| format!("Motif\u{a0}: {reason}"),
};

/// What became of an act on the second step.
pub(super) fn factor(notice: FactorNotice) -> &'static str {
    match notice {
        FactorNotice::Removed => {
            "L’application est retirée. Toutes les autres connexions ont pris fin."
        }
        FactorNotice::PasskeyAdded => {
            "La clé d’accès est ajoutée. Toutes les autres connexions ont pris fin."
        }
        FactorNotice::PasskeyRenamed => "La clé d’accès a son nouveau nom.",
        FactorNotice::PasskeyRemoved => {
            "La clé d’accès est retirée. Toutes les autres connexions ont pris fin."
        }
        FactorNotice::WrongPasskey => {
            "Cette clé d’accès ne vaut pas\u{a0}: elle n’est pas une des vôtres ici, ou elle est \
             retirée. Utilisez-en une autre, ou un code."
        }
        FactorNotice::TooManyPasskeys => {
            "Vous avez dix clés d’accès. Retirez-en une avant une nouvelle."
        }
        FactorNotice::SignInAgain => {
            "Votre connexion date d’un moment. Déconnectez-vous, reconnectez-vous, puis ajoutez dans les 15 minutes."
        }
        FactorNotice::Gone => "C’était déjà fait, ou cela a pris trop de temps. Recommencez.",
        FactorNotice::Required => {
            "Votre rôle demande une seconde étape. Ajoutez-en une autre avant de retirer celle-ci."
        }
    }
}

/// What became of an act on a person.
pub(super) fn person(notice: PersonNotice) -> String {
    match notice {
        PersonNotice::Invited => "L’invitation est en route.",
        PersonNotice::AlreadyThere => "Cette adresse a déjà un utilisateur. Cherchez-la ici.",
        PersonNotice::SignUpOff => "L’inscription est fermée ici, aussi pour les invités. L’exploitant peut l’ouvrir.",
        PersonNotice::RoleChanged => "Le rôle est changé.",
        PersonNotice::Disabled => "La personne est déconnectée et ne peut plus se connecter.",
        PersonNotice::Enabled => "La personne peut de nouveau se connecter.",
        PersonNotice::SignInsEnded(1) => "Une connexion a pris fin.",
        PersonNotice::SignInsEnded(count) => return format!("{count} connexions ont pris fin."),
        PersonNotice::FactorReset => "La seconde étape est retirée, et toutes ses connexions ont pris fin.",
        PersonNotice::NoFactor => "Il n’y a pas de seconde étape à retirer.",
        PersonNotice::Oneself => "Vous ne pouvez pas vous faire cela à vous-même. Un autre administrateur le peut.",
        PersonNotice::LastAdmin => "Plus personne ne pourrait diriger cette installation. Nommez d’abord un autre administrateur.",
        PersonNotice::Unproven => {
            "Son adresse n’est pas confirmée, et qui s’est inscrit avec elle peut être quelqu’un d’autre. \
             Demandez-lui de la confirmer, ou invitez cette personne."
        }
        PersonNotice::AnotherAddress => {
            "Ce n’est pas son adresse. Rien n’a été supprimé\u{a0}: écrivez-la comme elle est plus haut."
        }
        PersonNotice::Erased => {
            "Cette personne est supprimée. Un dernier courriel le lui dit. La suppression chez Mastercard \
             suit dans les minutes qui viennent."
        }
        PersonNotice::Withdrawn => "L’invitation est retirée. Son lien ne mène plus nulle part.",
        PersonNotice::NotOpen => "Cette invitation n’est plus ouverte.",
    }
    .into()
}
