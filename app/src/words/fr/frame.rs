//! French: what is around every page, the first one, and when one cannot be shown.

use super::super::{FaultWords, Frame, Landing, Outbox};

pub(super) const FRAME: Frame = Frame {
    skip: "Aller au contenu",
    menu: "Menu principal",
    connections: "Connexions",
    connect: "Connecter",
    notices: "Avis",
    admin: "Administration",
    account: "Compte",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    sandbox: "Environnement d’essai\u{a0}: rien ici n’est de l’argent réel",
    test_drive: "Environnement d’essai de Mastercard\u{a0}: établissements fictifs seulement",
    outbox: "Boîte d’envoi",
    privacy: "Avis de confidentialité",
    help: "Aide",
    provided: "Les connexions aux établissements passent par Mastercard Data Connect, de \
               Finicity, une société de Mastercard.",
    run_by: |operator| {
        format!(
            "Responsable de ce service\u{a0}: {}.",
            operator.unwrap_or("l’exploitant de ce site")
        )
    },
    title: |page, product| format!("{page} · {product}"),
};

pub(super) const LANDING: Landing = Landing {
    title: "Connectez votre banque et voyez qu’elle reste connectée",
    lead: "Trouvez votre banque, identifiez-vous chez elle et choisissez les comptes à partager. \
           Vous pouvez arrêter à tout moment.",
    start: "Connecter une banque",
    have_account: "Se connecter",
    closed: "Les inscriptions sont fermées ici. Si vous avez un compte, connectez-vous.",
    how: "Comment ça marche",
    step_find: "Trouvez-la",
    step_find_text: "Saisissez un nom, une adresse web ou un numéro d’acheminement.",
    step_sign_in: "Identifiez-vous chez elle",
    step_sign_in_text: "Vous le faites sur la page de Mastercard ou sur le site de votre banque.",
    step_choose: "Choisissez les comptes",
    step_choose_text: "De retour ici, gardez les comptes que vous voulez. Les autres sont retirés.",
    never: "Nous ne voyons jamais le mot de passe de votre banque",
    never_text: "Vous le saisissez sur la page de Mastercard ou chez votre banque, jamais ici. Nous \
                 ne gardons ni soldes ni numéros de compte complets.",
    signed_in: |email| format!("Vous êtes connecté avec {email}."),
};

pub(super) const OUTBOX: Outbox = Outbox {
    title: "Boîte d’envoi",
    lead: "Dans l’environnement d’essai, aucun courriel ne part. Voici ce qui aurait été envoyé.",
    none: "Aucune lettre n’a encore été écrite.",
    to: "À",
    text_to: "SMS à",
};

pub(super) const FAULT: FaultWords = FaultWords {
    not_found: "Cette page n’existe pas",
    not_found_text: "L’adresse est peut-être mal saisie, ou ce qui était ici n’y est plus. Vos \
                     connexions sont toujours à leur place.",
    forbidden: "Cette page ne vous est pas ouverte",
    forbidden_text: "Vous êtes connecté, mais sans le droit de voir cette page. Rien n’a changé.",
    internal: "Nous n’avons pas pu afficher cette page",
    internal_text: "La faute est de notre côté, et elle est notée. Rien de ce que vous avez fait \
                    n’est perdu. Rechargez la page. Si rien ne change, donnez-nous la référence \
                    ci-dessous.",
    busy: "Nous ne pouvons pas joindre ce qu’il faut à cette page",
    busy_text: "Un service derrière cette page ne répond pas. Rien de ce que vous avez fait n’est \
                perdu. Réessayez dans quelques minutes.",
    too_many: "C’était très rapide",
    too_many_text: "Il y a eu plus de demandes qu’une personne n’en fait. Attendez une minute, \
                    puis rechargez la page.",
    home: "Aller à la première page",
    search: "Trouver votre banque",
    reference: "Référence",
    staff_not_found: "L’adresse est peut-être mal écrite, ou ce qu’elle nomme n’est plus là.",
    staff_forbidden: "Votre rôle ne l’ouvre pas. Un admin peut vous en donner un autre. Rien n’a changé.",
    staff_home: "Aller aux pages de l’équipe",
};
