//! French: search, confirm, the visit, the choice. The name of an institution
//! never follows `de` or `que`, which would have to be elided before a vowel.

use super::super::shape::apart;
use super::super::{ChoiceWords, Confirm, Find, Trial, VisitWords};
use super::people::small;
use crate::api::connect::Cause;
use crate::api::institution::Record;
use crate::api::search::{Kind, Unavailable};
use crate::api::shared::{Outage, Whose};

pub(super) const FIND: Find = Find {
    title: "Trouvez votre banque",
    lead: "Saisissez un nom, une adresse web ou un numéro d’acheminement.",
    popular: "Souvent choisies",
    results: "Établissements trouvés",
    submit: "Chercher",
    connected: "Connecté",
    own_site: "identification sur son propre site",
    maintenance: "Maintenance\u{a0}: cela peut ne pas marcher maintenant",
    troubled: "Difficultés\u{a0}: cela peut ne pas marcher maintenant",
    spelling: "Vérifiez l’orthographe",
    spelling_text: "Une partie du nom suffit\u{a0}: «\u{a0}first fed\u{a0}» trouve First Federal.",
    other: "Essayez son adresse web ou son numéro d’acheminement",
    other_text: "L’adresse où vous vous identifiez, ou les neuf chiffres au bas d’un chèque.",
    missing: "Dites-nous ce qui manque",
    missing_text: "Nous comptons ce qui manque aux gens et nous le demandons.",
    missing_title: "Dites-nous ce qui manque",
    missing_lead: "Nous comptons ce qui manque aux gens et le demandons à Mastercard. Nous ne \
                   pouvons pas promettre quand cela arrive.",
    missing_name: "Nom de l’établissement",
    missing_address: "Son adresse web",
    missing_address_hint: "Si vous la connaissez, elle distingue les établissements du même nom.",
    missing_send: "Envoyer",
    missing_back: "Retour à la recherche",
    kind: |kind| {
        match kind {
            Kind::Bank => "Banque",
            Kind::CreditUnion => "Coopérative de crédit",
            Kind::Cards => "Cartes",
            Kind::Investments => "Placements",
            Kind::Retirement => "Régimes de retraite",
            Kind::Loans => "Prêts et hypothèques",
            Kind::Insurance => "Assurances",
            Kind::Test => "Établissement d’essai",
        }
        .into()
    },
};

pub(super) const CONFIRM: Confirm = Confirm {
    reads: "Ce qui est lu",
    how_long: "Pour combien de temps",
    how_to_stop: "Comment arrêter",
    mastercard: "Le rôle de Mastercard",
    mastercard_text: "La connexion est faite par Mastercard Data Connect. Sur la page suivante, \
                      vous acceptez les conditions et l’avis de confidentialité de Mastercard, \
                      puis vous vous identifiez. Votre mot de passe ne nous parvient jamais.",
    before: "Avant de partir",
    maintenance: "Cet établissement annonce une maintenance. Vous pouvez essayer maintenant. Si \
                  l’identification échoue, revenez dans quelques heures.",
    existing_lead: "Vous pouvez utiliser ce que vous avez, ou y connecter un autre accès.",
    in_app: "Ouvrez d’abord cette page dans votre navigateur",
    in_app_text: "Vous voyez cette page dans une autre application. Certains établissements \
                  refusent d’y être ouverts. Ouvrez le menu de cette application, choisissez \
                  «\u{a0}Ouvrir dans le navigateur\u{a0}», puis continuez.",
    window_embedded: "S’ouvre par-dessus cette page.",
    window_popup: "S’ouvre dans une nouvelle fenêtre.",
    window_failed: "La fenêtre n’a pas pu s’ouvrir, et nous continuons sur cette page.",
    home: "Site web",
    sign_in_page: "Page d’identification",
    forgot_password: "Mot de passe oublié là-bas?",
    register: "Pas encore d’accès en ligne?",
    other: "Choisir une autre banque",
    fix_first_text: "La réparer garde vos comptes et leur historique. Ne connectez d’autres \
                     identifiants que si vous en avez d’autres chez cette banque.",
    fix_first: "Réparer la connexion que vous avez",
    gone_title: "Cet établissement n’est pas disponible",
    gone_text: "Mastercard ne l’offre plus, ou l’adresse de cette page est fausse.",
    fix_first_title: |institution| format!("Votre connexion vers {institution} a besoin de vous"),
    another: |institution| format!("Connecter d’autres identifiants chez {institution}"),
    title: |institution| format!("Connecter {institution}"),
    own_site: |institution| format!("Continuer et s’identifier chez {institution}"),
    here: |institution| format!("Continuer et s’identifier chez {institution} avec Mastercard"),
    existing: |institution| format!("Vous êtes déjà connecté à {institution}"),
    show: |accounts| match accounts {
        [first, second, third, more @ ..] if !more.is_empty() => {
            let others = match more.len() {
                1 => "un autre".into(),
                many => format!("{} autres", small(many)),
            };
            format!("Voir {first}, {second}, {third} et {others}")
        }
        all => format!("Voir {}", all.join(", ")),
    },
    cannot: |institution, why| match why {
        Unavailable::Offline => format!(
            "{institution} ne répond pas à Mastercard en ce moment. Revenez plus tard \
             aujourd’hui. D’ici là, vous n’avez rien à faire."
        ),
        Unavailable::Unsupported => format!(
            "{institution} n’offre pas par Mastercard ce qu’il faut ici. Si vous avez des \
             comptes ailleurs, connectez ceux-là."
        ),
        Unavailable::NotRegistered => format!(
            "Notre inscription chez {institution} est en cours. Avant la fin, la connexion n’est \
             pas possible."
        ),
    },
    outage,
    hopeless: |institution, record| {
        let Record { tried, connected } = record;
        let got_through = match connected {
            0 => "aucune n’a réussi".into(),
            1 => "une seule a réussi".into(),
            some => format!("seules {} ont réussi", small(some as usize)),
        };
        format!(
            "Ces dernières 24 heures, sur {tried} personnes qui ont essayé de connecter {institution} \
             ici, {got_through}. Vous pouvez essayer quand même. Si cela échoue, ce n’est pas votre \
             faute."
        )
    },
    phone: |number| format!("Téléphone {number}"),
};

/// A person may still try, and is told beforehand that a failure is not theirs.
fn outage(institution: &str, outage: &Outage) -> String {
    let Outage {
        whose,
        since,
        others,
    } = outage;
    let whose = match whose {
        Whose::Institution => institution,
        Whose::Mastercard => "Mastercard",
    };
    let others = match others {
        0 => String::new(),
        1 => " Une autre personne ici est touchée.".into(),
        others => format!(" {others} autres personnes ici sont touchées."),
    };
    format!(
        "{whose} a des difficultés depuis le {} environ.{others} Vous pouvez essayer quand même. Si \
         cela échoue, ce n’est pas votre faute. Revenez demain.",
        since.text
    )
}

pub(super) const TRIAL: Trial = Trial {
    reads: "Les noms et types des comptes, les quatre derniers chiffres et les opérations.",
    why: "Pour essayer cette installation. Rien n’est fait de vos données.",
    how_long: "Jusqu’à ce que vous retiriez le compte ici.",
    how_to_stop: "Retirez un compte dans Connexions à tout moment.",
};

pub(super) const VISIT: VisitWords = VisitWords {
    leaving_lead: "Vous êtes en route. Cette page change toute seule. Sinon, utilisez le lien.",
    returned: "Vous êtes revenu",
    signed_in: "Identification acceptée",
    accounts_found: "Comptes trouvés",
    checking_lead: "Cela prend quelques secondes, deux minutes au plus. Vous pouvez fermer cette \
                    page; nous continuons.",
    look_again: "Regarder de nouveau",
    again: "Recommencer",
    other: "Choisir une autre banque",
    to_connections: "Aller à vos connexions",
    step_done: "fait",
    step_open: "pas encore",
    left_title: "Vous êtes parti avant la fin",
    left_text: "Rien n’a été connecté. Vous pouvez recommencer quand vous voulez.",
    expired_title: "Le temps pour vous identifier est écoulé",
    expired_text: "Rien n’a été connecté. Il faut commencer dans les deux heures et finir dans \
                   l’heure qui suit. Vous pouvez recommencer.",
    setting_up_text: "L’identification semble avoir réussi, mais aucun compte n’est encore \
                      arrivé. Nous continuons de regarder; inutile d’attendre ici. Quand des \
                      comptes arrivent, ils se montrent parmi vos connexions.",
    leaving: |institution| format!("En route vers {institution}"),
    go: |institution| format!("Aller s’identifier chez {institution}"),
    waiting_title: |institution| format!("{institution} n’est pas encore ouvert"),
    waiting_text: |institution| {
        format!(
            "Nous n’avons pas vu s’ouvrir la page d’identification chez {institution}. Si vous \
             l’avez fermée, recommencez."
        )
    },
    at_title: |institution| format!("Finissez de vous identifier chez {institution}"),
    at_text: |institution| {
        format!(
            "L’identification chez {institution} est ouverte dans une autre fenêtre. Quand elle \
             est finie, cette page continue toute seule. Si vous l’avez fermée, recommencez."
        )
    },
    checking: |institution| format!("Vérification chez {institution}"),
    setting_up: |institution| format!("{institution} est encore en préparation"),
    failed: |institution, cause| match cause {
        Cause::SignInRefused => format!("{institution} n’a pas accepté l’identification"),
        Cause::SecondFactor => format!("{institution} n’a pas accepté la deuxième étape"),
        Cause::Locked => format!("{institution} a bloqué votre accès"),
        Cause::ActionNeeded => format!("{institution} vous demande d’y faire d’abord autre chose"),
        Cause::PermissionRefused => format!("{institution} n’a pas reçu votre autorisation"),
        Cause::NoAccounts => format!("{institution} n’a montré aucun compte à connecter"),
        Cause::InstitutionDown => format!("{institution} n’a pas répondu"),
        Cause::NotSupported => format!("{institution} ne peut plus être connecté"),
        Cause::NothingNew => format!("{institution} n’a rien apporté de nouveau"),
        Cause::NoLink | Cause::Upstream => "Mastercard n’a pas répondu".into(),
        Cause::Unproven => format!("Impossible de savoir si {institution} a été connecté"),
    },
    failed_text: |institution, cause| match cause {
        Cause::SignInRefused => format!(
            "Le nom d’utilisateur ou le mot de passe n’était pas bon. Essayez-les d’abord chez \
             {institution}, sur son propre site. S’ils y marchent, recommencez."
        ),
        Cause::SecondFactor => "Le code ou la réponse était faux ou est arrivé trop tard. \
                                Recommencez et gardez votre téléphone à portée de main."
            .into(),
        Cause::Locked => format!(
            "Trop d’essais, ou une protection chez {institution}. Débloquez votre accès sur son \
             site ou par téléphone, puis recommencez."
        ),
        Cause::ActionNeeded => format!(
            "Identifiez-vous chez {institution}, sur son propre site, faites ce qui est demandé \
             (souvent, accepter de nouvelles conditions ou choisir un nouveau mot de passe), \
             puis recommencez."
        ),
        Cause::PermissionRefused => format!(
            "Chez {institution}, vous avez choisi de ne pas partager, ou vous l’avez repris. \
             Pour connecter, recommencez et cochez les comptes à partager."
        ),
        Cause::NoAccounts => format!(
            "Vous êtes identifié, mais {institution} n’a offert aucun compte d’un type qui peut \
             être connecté. Vous y avez peut-être un autre accès."
        ),
        Cause::InstitutionDown => format!(
            "Le problème est chez {institution}, pas chez vous. Réessayez dans une heure ou deux."
        ),
        Cause::NotSupported => format!(
            "{institution} n’est plus offert par Mastercard. Des comptes ailleurs peuvent \
             toujours être connectés."
        ),
        Cause::NothingNew => format!(
            "Les comptes montrés par {institution} étaient tous déjà connectés, et rien n’a été \
             ajouté. Ils sont parmi vos connexions."
        ),
        Cause::NoLink | Cause::Upstream => "Le service qui fait la connexion n’a pas répondu. Ce \
                                            n’est pas votre faute. Réessayez dans quelques \
                                            minutes."
            .into(),
        Cause::Unproven => format!(
            "{institution} n’a envoyé ni comptes ni raison. Si vous êtes allé jusqu’au bout, ils \
             peuvent encore arriver et se montrer parmi vos connexions. Sinon, recommencez."
        ),
    },
    try_again: |institution| format!("Connecter {institution} de nouveau"),
};

pub(super) const CHOICE: ChoiceWords = ChoiceWords {
    lead: "Ce qui est coché est gardé quand vous appuyez sur le bouton.",
    list: "Comptes",
    remove_note: "Ce que vous décochez est retiré ici et supprimé chez Mastercard.",
    data_coming: "Leurs premières données sont en route.",
    get_data: "Obtenir mes données maintenant",
    done_lead: "Il n’y a plus rien à faire. Vous pouvez changer d’avis sur la page de vos \
                connexions.",
    kept: "Gardé",
    removed: "Retiré",
    removing: "En cours de retrait",
    undecided: "Pas décidé",
    all: "Aller à vos connexions",
    connect_more: "Connecter une autre banque",
    nothing_kept: "Aucun compte n’a été gardé",
    title: |institution, count| match count {
        1 => format!("{institution} est connecté\u{a0}: un compte"),
        count => format!("{institution} est connecté\u{a0}: {} comptes", small(count)),
    },
    done: |institution, count| match count {
        1 => format!("{institution} est connecté, avec un compte"),
        count => format!("{institution} est connecté, avec {} comptes", small(count)),
    },
    kept_if_silent: |when| format!("Si vous ne choisissez pas, tous sont gardés le {when}."),
    removed_if_silent: |when| format!("Si vous ne choisissez pas, tous sont retirés le {when}."),
    account: |name, mask| mask.map_or_else(|| name.into(), |mask| format!("{name} ··{mask}")),
    kind: account_kind,
};

/// As in English; one that is not known is shown as it came.
fn account_kind(code: &str) -> String {
    let known = match code {
        "checking" => "Compte courant",
        "savings" => "Épargne",
        "cd" => "Certificat de dépôt",
        "moneyMarket" => "Marché monétaire",
        "creditCard" => "Carte de crédit",
        "lineOfCredit" => "Marge de crédit",
        "homeEquityLineOfCredit" => "Marge de crédit hypothécaire",
        "investment" => "Placement",
        "investmentTaxDeferred" => "Placement à impôt différé",
        "brokerageAccount" => "Courtage",
        "employeeStockPurchasePlan" => "Plan d’achat d’actions",
        "ira" => "IRA",
        "roth" => "Roth IRA",
        "401k" => "401(k)",
        "403b" => "403(b)",
        "529plan" | "529" => "Plan 529",
        "rollover" => "IRA de transfert",
        "pension" => "Retraite",
        "mortgage" => "Prêt hypothécaire",
        "loan" => "Prêt",
        "studentLoan" | "studentLoanAccount" => "Prêt étudiant",
        "studentLoanGroup" => "Prêts étudiants",
        "autoLoan" => "Prêt automobile",
        "hsa" | "healthSavingsAccount" => "Épargne santé",
        "cryptocurrency" => "Cryptomonnaies",
        "unknown" | "" => "Compte",
        _ => return apart(code),
    };
    known.into()
}

#[cfg(test)]
mod tests {
    use super::CONFIRM;

    #[test]
    fn one_more_account_is_another_one() {
        let show = |count: usize| {
            let names: Vec<_> = (1..=count).map(|n| format!("A{n}")).collect();
            (CONFIRM.show)(&names)
        };
        assert_eq!(show(4), "Voir A1, A2, A3 et un autre");
        assert_eq!(show(5), "Voir A1, A2, A3 et deux autres");
    }
}
