//! French: for staff, about health.

use super::super::{BreakWords, CodeWords, HealthWords, OutageWords, PlaceWords, RowsWords};
use crate::api::breaks::{Did, Ending};
use crate::api::health::{Acts, Cause, Standing, Window};
use crate::api::outages::SeenBy;
use crate::api::places::{Sort, Status};

pub(super) const HEALTH: HealthWords = HealthWords {
    title: "Santé",
    empty: "Il n’y a encore aucune connexion à compter",
    not_enough: "Pas assez de données",
    chart_none: "Rien ces jours-là.",
    now: "Saines maintenant",
    figures: "Part des connexions saines",
    figures_note: "Une connexion compte dès sa première lecture, tant qu’un de ses comptes est \
                   gardé, sauf si elle est mise à l’écart ou si c’est un essai. Dans la durée, on \
                   compte des heures : deux connexions pendant une heure valent autant qu’une \
                   pendant deux. Les jours finissent à minuit, UTC : sept jours sont aujourd’hui \
                   et les six précédents. Une part dans la durée porte sur leur nombre moyen.",
    standing_title: "À la dernière lecture",
    number: "Connexions",
    acts_title: "Rompues, selon qui agit",
    acts_none: "Aucune n’est rompue.",
    cause_title: "Rompues, selon la cause",
    breaks_title: "Ruptures et réparations",
    breaks_note: "Une rupture dure de la première mauvaise lecture à celle qui prouve sa fin. La \
                  médiane demande dix réparations.",
    period: "Période",
    opened: "Nouvelles ruptures",
    repaired: "Réparées",
    fixed: "Par Fix",
    median: "Temps médian",
    p90: "Neuf sur dix en",
    last_week: "7 derniers jours",
    last_month: "30 derniers jours",
    trend_title: "Saines, jour après jour",
    trend_note: "Part du temps de chaque jour. Aujourd’hui n’est pas fini.",
    breaks_chart: "Nouvelles ruptures et réparations, jour après jour",
    table: "Montrer en tableau",
    day: "Jour",
    share: "Saines",
    sample_column: "Sur (connexions)",
    outages_title: "Pannes en cours",
    outages_all: "Tous les établissements en panne",
    outages_none: "Aucune panne n’est en cours.",
    affected: "Utilisateurs touchés",
    since: "Depuis",
    everywhere: "Chez Mastercard",
    operations: "Fonctionnement",
    sweep_title: "Lecture du jour",
    sweep_never: "Aucune lecture de tous n’a encore commencé.",
    sweep_late: "En retard",
    sweep_fine: "À l’heure",
    webhooks_title: "Webhooks reçus",
    received: "Reçus en 24 heures",
    waiting: "En attente",
    bad_signatures: "Signatures fausses depuis hier",
    jobs_title: "Tâches",
    jobs_due: "À faire",
    jobs_dead: "Abandonnées",
    upstream_title: "Liaison avec Mastercard",
    directory_title: "Annuaire",
    recount_title: "Recomptage",
    recount_never: "Les chiffres n’ont pas encore été recomptés.",
    recount_fine: "Les chiffres concordent",
    recount_late: "Les chiffres n’ont pas été recomptés depuis deux jours. Qui exploite Relink regarde recount parmi les tâches.",
    what: "Quoi",
    institution: "Établissement",
    headline: |share, all| format!("{share} des {all} connexions sont saines"),
    trouble_at: |names, all| match (names, all) {
        ([], _) => String::from("Personne n’a de problèmes."),
        ([one, ..], 0 | 1) => format!("{one} a des problèmes."),
        ([one, other], 2) => format!("{one} et {other} ont des problèmes."),
        ([one, ..], all) => format!("{one} et {} autres ont des problèmes.", all - 1),
    },
    window: |window| {
        String::from(match window {
            Window::Day => "24 heures",
            Window::Yesterday => "Hier et aujourd’hui",
            Window::Week => "7 jours",
            Window::Month => "30 jours",
            Window::Quarter => "90 jours",
        })
    },
    sample: |all| format!("sur {all}"),
    permille: |permille| format!("{},{} %", permille / 10, permille % 10),
    seconds: |seconds| match seconds {
        0 | 1 => format!("{seconds} seconde"),
        _ => format!("{seconds} secondes"),
    },
    minutes: |minutes| format!("{minutes} minutes"),
    hours: |hours, minutes| format!("{hours} h et {minutes} min"),
    days: |days, hours| format!("{days} j et {hours} h"),
    between: |from, to| format!("entre {from} et {to}"),
    beyond: |from| format!("Au-delà : {from}"),
    standing: |standing| {
        String::from(match standing {
            Standing::Healthy => "Saine",
            Standing::RenewSoon => "Saine, l’autorisation finit bientôt",
            Standing::Broken => "Rompue",
            Standing::Stale => "Bon code, mais pas de données récentes",
            Standing::Waiting => "Attend le choix de l’utilisateur",
            Standing::SettingUp => "En préparation",
        })
    },
    acts: |acts| {
        String::from(match acts {
            Acts::User => "L’utilisateur",
            Acts::Institution => "L’établissement",
            Acts::Mastercard => "L’équipe Mastercard",
            Acts::Us => "Nous",
        })
    },
    cause: |cause| {
        String::from(match cause {
            Cause::Credentials => "Les identifiants ont changé",
            Cause::SecondFactor => "Un code ou une réponse est demandé",
            Cause::Token => "Le jeton a pris fin",
            Cause::Consent => "L’autorisation ne le couvre pas",
            Cause::InstitutionChange => "L’établissement a changé quelque chose",
            Cause::InstitutionTrouble => "L’établissement répond mal",
            Cause::MastercardTrouble => "Mastercard répond mal",
            Cause::NotSupported => "Cela ne peut pas être lu",
            Cause::AccountClosed => "Le compte est fermé",
            Cause::OurFault => "Notre faute",
            Cause::Unknown => "Personne ne le dit",
        })
    },
    renew_within: |days| format!("Saine, l’autorisation finit dans les {days} jours"),
    sweep_read: |read, planned, failed| {
        format!("{read} sur {planned} lus, {failed} n’ont pas pu être lus.")
    },
    sweep_begun: |when| format!("Début : {when}."),
    sweep_through: |when| format!("Fin : {when}."),
    oldest: |when| format!("le plus ancien depuis {when}"),
    worked_off: |time| format!("traités en {time} en moyenne"),
    dead: |count| format!("Tâches abandonnées : {count}."),
    forged: |count| {
        format!("{count} webhooks avaient une fausse signature depuis hier : vérifiez les clés.")
    },
    recounted: |when| format!("Recomptés : {when}."),
    totals: |users, connections, accounts| {
        format!("Alors : {users} utilisateurs, {connections} connexions, {accounts} comptes.")
    },
    drifted: |count, when| {
        format!(
            "{count} chiffres étaient faux au recomptage, {when}. Qui exploite Relink les corrige avec \
             `relink figures mend`."
        )
    },
};

pub(super) const ROWS: RowsWords = RowsWords {
    title: "Connexions",
    lead: "À la dernière lecture de chacune, par code, les plus anciennes d’abord.",
    none: "Aucune connexion n’est ainsi.",
    filter: "Quelles connexions",
    any: "Toutes",
    code: "Numéro de code",
    days: "Depuis au moins ce nombre de jours",
    apply: "Montrer celles-ci",
    clear: "Tout montrer",
    next: "Suite",
    since: "Depuis",
    accounts: "Comptes",
    customer: "Client",
    reference: "Référence",
    bad_title: "Cette adresse n’est pas des nôtres",
    bad_without: "Sans cette partie",
    judged: "Seulement celles déjà lues",
    total: |count| match count {
        "1" => "1 connexion".to_owned(),
        _ => format!("{count} connexions"),
    },
    at: |name| format!("Établissement : {name}"),
    broken_by: |code| format!("le code {code}"),
    bad_text: |part| format!("Sa partie « {part} » ne nous dit rien. Choisissez dans la liste."),
};

pub(super) const BREAKS: BreakWords = BreakWords {
    title: "Ruptures",
    lead: "Celles des connexions qui comptaient alors, les dernières d’abord, chacune avec \
           sa dernière cause. Les jours finissent à minuit, UTC.",
    none: "Aucune rupture n’est ainsi.",
    filter: "Quelles ruptures",
    what: "Ce qui s’est passé",
    opened_at: "Rompue",
    ended_at: "Finie",
    how: "Comment elle a fini",
    took: "Au bout de",
    goes_on: "Toujours rompue",
    total: |did, count| match (did, count) {
        (Did::Opened, "1") => "1 nouvelle rupture".to_owned(),
        (Did::Opened, _) => format!("{count} nouvelles ruptures"),
        (Did::Repaired, "1") => "1 rupture réparée".to_owned(),
        (Did::Repaired, _) => format!("{count} ruptures réparées"),
        (Did::Fixed, "1") => "1 rupture réparée avec Fix".to_owned(),
        (Did::Fixed, _) => format!("{count} ruptures réparées avec Fix"),
    },
    did: |did| {
        String::from(match did {
            Did::Opened => "Elle s’est ouverte",
            Did::Repaired => "Elle a été réparée",
            Did::Fixed => "Elle a été réparée avec Fix",
        })
    },
    ending: |ending| {
        String::from(match ending {
            Ending::Fixed => "Réparée avec Fix",
            Ending::Repaired => "Réparée",
            Ending::Gone => "Il ne restait rien à réparer",
        })
    },
};

pub(super) const OUTAGE: OutageWords = OutageWords {
    seen: "Comment nous le savons",
    part_of: "Fait partie de la panne de",
    parts: "Ce qui en fait partie",
    rows: "Coupées",
    rows_note: "Connexions rompues pendant elle, hors essais et mises à l’écart, jusqu’à ce \
                qu’une lecture prouve leur retour.",
    still: "Seulement celles qui ne sont pas revenues",
    joined: "Coupée depuis",
    back: "Revenue",
    now: "Maintenant",
    not_counted: "Ne compte pas",
    title: |name| format!("Panne : {name}"),
    seen_by: |by| {
        String::from(match by {
            SeenBy::Failures => "Plus de ruptures que le hasard n’explique",
            SeenBy::Status => "L’établissement le dit lui-même",
        })
    },
};

pub(super) const PLACES: PlaceWords = PlaceWords {
    title: "Établissements",
    lead: "D’après nos lectures. La petite ligne est la part saine, jour après jour.",
    filter: "Quels établissements",
    search: "Une partie du nom",
    sort: "D’abord",
    troubled: "En panne",
    never: "Personne n’a jamais réussi",
    none: "Aucun établissement n’est ainsi.",
    csv: "Tous ceux-ci en CSV",
    status_title: "Mastercard dit",
    broken: "Rompues",
    outage: "Panne",
    never_alarm: "N’a jamais marché pour personne",
    tries_title: "Essais de connexion",
    tries: "Essais réussis",
    of_tries: "Nombre d’essais",
    tries_note: "Un essai est une visite à Data Connect qui est finie, d’une façon ou d’une autre, \
                 ou qui a apporté des comptes. Ne comptent ni ceux qui ont fait demi-tour avant son \
                 ouverture, ni ceux qui n’ont trouvé que ce qui était déjà connecté. N’a jamais \
                 marché pour personne : après trois connexions ou cinq essais, rien n’est devenu sain.",
    all: "Tous les établissements",
    who: "Qui agit",
    codes_title: "Ruptures des 30 derniers jours, par code",
    codes_none: "Rien ne s’est rompu ici en 30 jours.",
    outages_title: "Pannes",
    outages_none: "Aucune panne n’a été vue ici.",
    until: "Jusqu’à",
    goes_on: "en cours",
    sort_by: |sort| {
        String::from(match sort {
            Sort::People => "Le plus d’utilisateurs touchés",
            Sort::Broken => "Le plus de connexions rompues",
            Sort::Share => "La plus petite part saine",
            Sort::Tries => "La plus petite part d’essais réussis",
            Sort::Connections => "Le plus de connexions",
            Sort::Name => "Par nom",
        })
    },
    status: |status| {
        String::from(match status {
            Status::Online => "Marche",
            Status::Offline => "Hors ligne",
            Status::Maintenance => "En maintenance",
            Status::Limited => "Pas encore pour tous",
            Status::Migrating => "Déménage",
            Status::Unknown => "Rien",
        })
    },
    from_to: |first, last| format!("Début : {first}, fin : {last}"),
};

pub(super) const CODES: CodeWords = CodeWords {
    title: "Codes et causes",
    lead: "Ce qui rompt des connexions maintenant, ou l’a fait dans les 30 derniers jours. Le taux \
           de Fix porte sur les ruptures ouvertes alors : celles qui ont fini après une visite à \
           Fix.",
    none: "Rien ne s’est rompu en 30 jours.",
    means: "Ce que cela veut dire",
    fix_rate: "Taux de Fix",
    no_fix: "sans Fix",
    fix: "Fix aide",
    fix_title: "Par Data Connect Fix",
    unknown: "Dans aucun tableau",
    causes: "Par cause",
    causes_note: "Ici, le taux de Fix porte sur les ruptures dont le code se répare par Fix. Les \
                  médianes demandent dix réparations.",
    differs: "Selon le code",
    table: "Le tableau en vigueur",
    table_note: "Celui d’origine, avec ce que change la configuration.",
    name: "Nom",
    overridden: "Changé ici",
    cause_means: |cause| {
        String::from(match cause {
            Cause::Credentials => "Les identifiants qu’a Mastercard ne marchent plus.",
            Cause::SecondFactor => {
                "L’établissement demande un code ou une réponse que seul l’utilisateur peut donner."
            }
            Cause::Token => "L’établissement a mis fin au jeton avec lequel Mastercard lit.",
            Cause::Consent => {
                "L’utilisateur a retiré son autorisation, ou ne l’a jamais donnée pour ce compte."
            }
            Cause::InstitutionChange => {
                "L’établissement a changé sa façon d’identifier, ou demande quelque chose de nouveau."
            }
            Cause::InstitutionTrouble => {
                "Le site ou le service de l’établissement ne répond pas comme il faut."
            }
            Cause::MastercardTrouble => "Le service de Mastercard ne répond pas comme il faut.",
            Cause::NotSupported => {
                "Ce type de compte ou d’identification ne peut pas être lu, pour l’instant ou jamais."
            }
            Cause::AccountClosed => "Le compte est clôturé, ou n’est plus visible.",
            Cause::OurFault => "Notre demande ou nos données sont fausses.",
            Cause::Unknown => {
                "Mastercard ne dit pas pourquoi, ou a envoyé un code qui n’est dans aucun tableau."
            }
        })
    },
    most_a_day: |most| format!("Nouvelles ruptures chaque jour, {most} au plus"),
    shipped: |it| format!("À l’origine : {it}"),
};
