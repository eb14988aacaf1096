//! French: what is connected, and how a repair ended. The name of an
//! institution never follows `de` or `que`, which would have to be elided
//! before a vowel.

use super::super::shape::upper_first;
use super::super::{Counts, Overview, RepairWords};
use super::people::small;
use crate::api::shared::{Outage, Whose};

pub(super) const OVERVIEW: Overview = Overview {
    title: "Connexions",
    empty_title: "Rien n’est encore connecté",
    empty_text: "Trouvez votre banque et identifiez-vous chez elle. Cela prend environ deux \
                 minutes.",
    empty_start: "Connecter une banque",
    connect_more: "Connecter une autre banque",
    strip_wait: "en cours",
    strip_fine: "à jour",
    setting_up: "En préparation",
    setting_up_text: "Les comptes sont là, et leurs premières données sont en route. Vous n’avez \
                      rien à faire.",
    waiting: "En attente de votre choix",
    waiting_text: "Vous n’avez pas encore dit lesquels de ces comptes garder.",
    stale: "Pas de nouvelles données",
    needs_you: "À vous d’agir",
    institution_on_it: "Problème à la banque",
    mastercard_on_it: "Mastercard s’en occupe",
    we_are_on_it: "Nous nous en occupons",
    leaving: "En cours de retrait",
    leaving_text: "Ces comptes sont en train d’être supprimés chez Mastercard. Ils disparaissent \
                   ensuite de cette page.",
    gone: "N’est plus là",
    choose: "Choisir les comptes",
    replaced: "Vous l’avez connectée de nouveau : cette ancienne connexion peut partir.",
    remove_old: "Retirer l’ancienne",
    connected: "Connecté",
    no_data_yet: "pas encore de données",
    more: "Plus",
    removing: "en cours de retrait",
    remove_text: "Nous cessons de lire ce compte, et il est supprimé chez Mastercard. Votre \
                  compte à la banque reste comme il est. Pour le ravoir, connectez-le de nouveau.",
    remove_keep: "Le garder",
    last_good: "dernières données",
    fix: "Réparer la connexion",
    accounts: "Comptes",
    account_gone: "Mastercard ne montre plus ce compte.",
    account_works: "fonctionne",
    history: "Ce qui s’est passé",
    end: "Retirer",
    back: "Toutes vos connexions",
    was_connected: "Vous l’avez connectée.",
    was_repaired: "Elle fonctionne de nouveau, et des données sont arrivées.",
    was_gone: "Mastercard ne montre plus aucun de ses comptes.",
    repair_begun: "Vous êtes allé la réparer.",
    renewal_begun: "Vous êtes allé renouveler votre autorisation.",
    renewed: "Votre autorisation a été renouvelée.",
    disconnect_text: "Nous cessons de lire tous les comptes de cette connexion, et ils sont \
                      supprimés chez Mastercard avec l’autorisation de s’identifier. Vos comptes \
                      à la banque restent comme ils sont. Pour les ravoir, connectez-les de \
                      nouveau.",
    changed_sign_in: "J’y ai changé mes identifiants",
    disconnect_all: "Tout retirer",
    disconnect_all_title: "Retirer toutes vos connexions?",
    disconnect_all_text: "Nous cessons de lire tous les comptes que vous avez connectés ici, et \
                          ils sont supprimés chez Mastercard avec les autorisations d’accès. Vos \
                          comptes chez vos banques restent comme ils sont. Pour les ravoir, \
                          connectez chaque banque de nouveau.",
    renew: "Renouveler l’autorisation",
    headline,
    strip_act: |_| "pour vous".into(),
    outage,
    moving: |institution| {
        format!(
            "{institution} passe à une autre forme de connexion. Vos comptes et leur historique restent \
             ici. Quand il faudra vous y identifier de nouveau, nous vous le demanderons. Rien à faire \
             pour l’instant."
        )
    },
    since: |when| format!("Connecté depuis le {when}"),
    broken_since: |last_good, failed| match last_good {
        Some(good) => format!("Rompue entre le {good} et le {failed}"),
        None => format!("Ne fonctionne pas depuis le {failed}"),
    },
    changed_sign_in_text: |by| {
        format!(
            "Il n’y a encore rien à faire. Nous lisons cette connexion de nouveau le {by} au plus \
             tard. Si les anciens identifiants ne marchent plus alors, nous vous demandons de vous \
             identifier une fois avec les nouveaux."
        )
    },
    which_title: |account| format!("Où est maintenant {account}?"),
    which_text: |institution| {
        format!(
            "{institution} montre des comptes qui lui ressemblent, et nous ne devinons pas. Dites \
             lequel c’est, et son historique continue. Si ce n’est aucun d’eux, il n’y a rien à \
             faire ici."
        )
    },
    it_is: |account| format!("C’est {account}"),
    next_reading: |by| format!("Prochaine lecture le {by} au plus tard."),
    late_removal: |asked| {
        format!(
            "Vous avez demandé le {asked} de le retirer, et Mastercard ne l’a pas encore supprimé. \
             Nous essayons de nouveau jusqu’à ce que ce soit fait. Vous n’avez rien à faire."
        )
    },
    stale_text: |since, by| {
        let last = match since {
            Some(since) => format!("les dernières données sont arrivées le {since}"),
            None => "aucune donnée n’est encore arrivée".into(),
        };
        format!(
            "Nous ne savons d’aucun problème, mais {last}. Nous regardons de nouveau le {by} au \
             plus tard. Vous n’avez rien à faire."
        )
    },
    renew_explained: |by| {
        format!(
            "Tout va bien. Votre autorisation de lire ces comptes prend fin le {by}. Si votre \
             banque vous demande alors de vous identifier de nouveau, « Réparer la connexion » \
             apparaît ici. Si vous préférez ne pas attendre, connectez-la de nouveau maintenant. \
             Vos comptes restent dans cette liste."
        )
    },
    renew_text: |by| {
        format!(
            "Tout va bien. Votre autorisation de lire ces comptes prend fin le {by}. Pour la \
             garder, identifiez-vous une fois chez votre banque avant ce jour."
        )
    },
    gone_text: |institution| {
        format!(
            "Mastercard ne montre plus aucun de ces comptes chez {institution}. Si vous voulez \
             les ravoir, connectez-les de nouveau. Sinon, retirez-les ici."
        )
    },
    rhythm: |days| {
        format!(
            "Cette banque vous demande de vous identifier de nouveau tous les {days} jours \
             environ. C’est normal chez elle."
        )
    },
    institution_down: |institution, by| {
        format!(
            "{institution} a des difficultés en ce moment, et personne ne peut s’y identifier. \
             Vous n’avez rien à faire. Nous regardons de nouveau le {by} au plus tard."
        )
    },
    remove_title: |account| format!("Retirer {account}?"),
    remove_button: |account| format!("Retirer {account}"),
    disconnect_title: |institution| format!("Retirer {institution} avec tous ses comptes?"),
    disconnect: |institution| format!("Retirer {institution}"),
    manage: |institution| format!("Plus sur {institution}"),
    fix_label: |institution| format!("Réparer la connexion vers {institution}"),
    connect_anew: |institution| format!("Connecter {institution} de nouveau"),
    open_site: |institution| format!("Ouvrir {institution}"),
    help: |institution| format!("Chez {institution}"),
    code: |code| format!("Pour l’assistance, le code de Mastercard est {code}."),
    more_accounts: |count| match count {
        1 => "et un autre".into(),
        count => format!("et {} autres", small(count)),
    },
    account_was_gone: |account| format!("Mastercard ne montrait plus {account}."),
    account_is_back: |account| format!("{account} est de nouveau là."),
    moved: |institution| {
        format!(
            "{institution} est passé à une nouvelle forme de connexion. Vos comptes sont restés."
        )
    },
};

/// Who has trouble, about since when, who else is affected, and what happens.
fn outage(institution: &str, outage: &Outage) -> String {
    let whose = match outage.whose {
        Whose::Institution => institution.to_owned(),
        Whose::Mastercard => format!("Mastercard, qui lit {institution} pour nous,"),
    };
    let others = match outage.others {
        0 => String::new(),
        1 => " Une autre personne est touchée.".into(),
        others => format!(" {others} autres personnes sont touchées."),
    };
    format!(
        "{whose} a des difficultés depuis le {} environ.{others} Vous n’avez rien à faire. Nous vous \
         écrivons dès que tout remarche.",
        outage.since.text
    )
}

pub(super) const REPAIR: RepairWords = RepairWords {
    repaired_text: "Une nouvelle lecture de vos comptes le montre. Il n’y a plus rien à faire.",
    renewed_text: "Une nouvelle lecture de vos comptes le montre. Il n’y a plus rien à faire.",
    others_text: "Nous n’avons rien changé, pour ne mélanger aucun compte. Si vous y avez deux \
                  accès, prenez l’autre. Pour ajouter aussi ces comptes, connectez-les comme \
                  nouveaux.",
    again: "La réparer encore",
    look: "Regarder encore une fois",
    get_data: "Obtenir mes données maintenant",
    next: "Réparer la suivante",
    to_connections: "Aller à vos connexions",
    add: "Connecter comme nouveaux",
    unchanged: "Rien n’a changé. Vous pouvez réparer la connexion quand vous voulez.",
    signed_in_text: |by| {
        format!(
            "Votre banque n’a pas encore envoyé de nouvelles données. Cela prend souvent jusqu’au \
             lendemain matin. Nous regardons de nouveau le {by} au plus tard, et vous le voyez \
             parmi vos connexions."
        )
    },
    nothing_text: |by| {
        format!(
            "Mastercard n’a rien trouvé à réparer, mais aucune nouvelle donnée n’est arrivée. Nous \
             regardons de nouveau le {by} au plus tard. Si rien n’a changé ensuite, réparez-la \
             encore une fois."
        )
    },
    renewed: |institution| format!("{institution}\u{a0}: votre autorisation est renouvelée"),
    renewal_open_text: |by| {
        format!(
            "Mastercard ne nous a pas encore dit jusqu’à quand vaut votre autorisation. Nous \
             regardons de nouveau le {by} au plus tard. Vos données continuent d’arriver \
             entre-temps."
        )
    },
    too_early: |institution| format!("{institution}\u{a0}: rien à renouveler encore"),
    too_early_text: |by| {
        format!(
            "Mastercard ne la renouvelle qu’une fois terminée. Vos données continuent d’arriver \
             jusqu’au {by}. Revenez ce jour-là. « Réparer la connexion » apparaît ici quand votre \
             banque vous demande de vous identifier de nouveau."
        )
    },
    repaired: |institution| format!("{institution} fonctionne de nouveau"),
    next_one: |institution, left| match left {
        0 | 1 => format!("Une autre peut être réparée ici\u{a0}: {institution}."),
        left => format!(
            "{} autres peuvent être réparées ici. La suivante est {institution}.",
            upper_first(&small(left as usize))
        ),
    },
    signed_in: |institution| format!("Vous vous êtes identifié chez {institution}"),
    nothing: |institution| format!("{institution}\u{a0}: rien à réparer n’a été trouvé"),
    others: |institution| format!("{institution} a montré d’autres comptes"),
    still: |institution| format!("{institution} ne fonctionne toujours pas"),
};

/// What needs the person comes first, then what does not run.
fn headline(of: &Counts) -> String {
    let some = |count: usize, one: &str, many: &str| match (of.all, count) {
        (1, _) => format!("Votre connexion {one}"),
        (_, 1) => format!("Une de vos {} connexions {one}", small(of.all)),
        (_, count) => format!(
            "{} de vos {} connexions {many}",
            upper_first(&small(count)),
            small(of.all)
        ),
    };
    match *of {
        Counts { act: 1.., .. } => some(of.act, "a besoin de vous", "ont besoin de vous"),
        Counts {
            wait: waiting @ 1..,
            setting_up,
            ..
        } if waiting == setting_up => some(waiting, "se prépare", "se préparent"),
        Counts { wait: 1.., .. } => some(
            of.wait,
            "est en cours de rétablissement",
            "sont en cours de rétablissement",
        ),
        Counts { all: 1, .. } => "Votre banque est connectée".into(),
        Counts { all, .. } => format!("Vos {} connexions sont à jour", small(all)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, OVERVIEW};

    fn say(all: usize, act: usize, wait: usize) -> String {
        (OVERVIEW.headline)(&Counts {
            all,
            fine: all - act - wait,
            act,
            wait,
            setting_up: 0,
        })
    }

    #[test]
    fn the_headline_agrees_in_number() {
        assert_eq!(
            say(5, 2, 1),
            "Deux de vos cinq connexions ont besoin de vous"
        );
        assert_eq!(say(5, 1, 0), "Une de vos cinq connexions a besoin de vous");
        assert_eq!(
            say(12, 0, 3),
            "Trois de vos 12 connexions sont en cours de rétablissement"
        );
        assert_eq!(say(1, 1, 0), "Votre connexion a besoin de vous");
        assert_eq!(say(3, 0, 0), "Vos trois connexions sont à jour");
    }
}
