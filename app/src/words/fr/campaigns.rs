//! French: campaigns.

use super::super::CampaignWords;
use crate::api::campaigns::{CampaignNotice, CampaignState, Channel, Fate, Settled};

pub(super) const CAMPAIGNS: CampaignWords = CampaignWords {
    title: "Campagnes",
    lead: "Demandez une réparation à toutes les personnes dont les connexions peuvent être \
           rétablies ici.",
    new: "Nouvelle campagne",
    none: "Il n’y a pas encore de campagne.",
    about: "Sujet",
    state: "État",
    made: "Créée",
    by: "Par",
    targets: "Connexions",
    sent: "Courriels partis",
    proven: "Réparées",
    earlier: "Campagnes plus anciennes",
    back: "Toutes les campagnes",
    everywhere: "Partout",
    institutions: "Banques",
    codes: "Les codes",
    age: "En panne depuis",
    any_age: "N’importe quand",
    language: "Langue",
    any_language: "Toutes les langues",
    channel: "Par",
    told: "Laissés de côté",
    new_title: "Nouvelle campagne",
    new_lead: "Choisissez à qui demander. Rien ne part encore : vous voyez d’abord combien ce \
               serait.",
    institutions_hint: "Ne cochez rien pour toutes. Celles-ci ont le plus de connexions avec \
                        un tel code.",
    others: "Autres banques",
    others_hint: "Leurs numéros, séparés par des espaces. Le numéro d’une banque est dans \
                  l’adresse de sa page.",
    codes_hint: "Seulement les codes que la personne peut réparer ici.",
    codes_none: "Cochez-en au moins un.",
    days_from: "En panne depuis au moins tant de jours",
    days_to: "En panne depuis au plus tant de jours",
    days_to_hint: "Laissez vide s’il n’y a pas de limite.",
    told_days: "Laisser de côté qui a été prévenu dans les derniers jours, au nombre de",
    make: "Voir combien",
    make_text: "Cela crée un brouillon. Rien n’est envoyé.",
    one_title: "Campagne",
    count_title: "Qui reçoit un courriel",
    look_again: "Regarder encore",
    count_again: "Compter encore",
    left_out: "Laissées de côté, et pourquoi",
    one_letter: "Qui a plusieurs de ces connexions reçoit un seul courriel sur toutes. Chacune \
                 est regardée une fois encore juste avant le départ de son courriel.",
    reason: "Motif",
    number: "Connexions",
    letter_title: "Ce qu’ils reçoivent",
    letter_text: "Tel qu’il part, dans chaque langue\u{a0}: pour une connexion, et pour \
                  plusieurs d’une personne. Il mène à notre propre page et ne contient aucun lien vers Mastercard.",
    subject: "Objet",
    leads_to: "Mène à notre page sur la connexion",
    example: "Votre banque",
    example_other: "Une autre banque",
    of_one: "Pour une connexion",
    of_several: "Pour plusieurs",
    send_title: "L’envoyer",
    looked: "J’ai regardé les nombres et le courriel",
    put_away: "Abandonner ce brouillon",
    put_away_text: "Il reste dans la liste et ne peut plus être envoyé.",
    fates_title: "Où elle en est",
    fates_note: "Chaque connexion est dans une seule ligne. Toutes les lignes ensemble sont toutes \
                 les connexions de la campagne.",
    gathering: "Ses connexions sont en train d’être réunies. Regardez de nouveau dans un instant.",
    stop: "L’arrêter pour de bon",
    stop_text: "Ce qui n’est pas parti reste ici. Elle ne peut pas reprendre.",
    results_title: "Ce qui en est venu",
    results_note: "Chaque part est celle de toutes les connexions dont on a parlé par courriel. \
                   Qui a été laissé de côté n’y est pas.",
    step: "Étape",
    of_sent: "Part",
    meaning: "Ce qui est compté",
    sent_text: "Connexions dont le courriel ou le message a été accepté.",
    came: "Venus",
    came_text: "Ont marqué l’avis comme lu ici, ou commencé une réparation. Les courriels ne sont \
                pas suivis.",
    started: "Ont commencé à réparer",
    started_text: "Sont allés à la page de réparation de Mastercard après le courriel.",
    finished: "Ont terminé",
    finished_text: "Mastercard nous a dit que cette visite est finie.",
    proven_text: "Une lecture prouve que ça marche, après un passage à la page de réparation de Mastercard.",
    healed: "Marchent de nouveau sans elle",
    healed_text: "Une lecture prouve que ça marche, et aucune réparation connue n’y a aidé.",
    gone: "Déconnectées",
    gone_text: "Il n’en reste rien.",
    bounced: "Revenus",
    bounced_text: "Le serveur a refusé l’adresse après avoir accepté le courriel.",
    time_title: "Du courriel à la preuve",
    time_note: "De celles qui ont été réparées. Moins de cinq ne disent rien.",
    median: "La moitié a pris au plus",
    p90: "Neuf sur dix ont pris au plus",
    targets_title: "Connexions de la campagne",
    targets_none: "Il n’y en a pas ici.",
    all_targets: "Tout montrer",
    csv: "La même chose en CSV",
    connection: "Connexion",
    customer: "Client",
    since: "Depuis",
    outcome: "Ce qui a suivi",
    funnel_note: "Les entonnoirs disent la même chose de tous ceux qui devraient réparer, sollicités ou non.",
    to_funnel: "Comment vont toutes les réparations",
    state_name: |state| {
        match state {
            CampaignState::Draft => "Brouillon",
            CampaignState::Sending => "En cours d’envoi",
            CampaignState::Stopping => "S’arrête",
            CampaignState::Stopped => "Arrêtée",
            CampaignState::Done => "Terminée",
        }
        .into()
    },
    channel_name: |channel| {
        match channel {
            Channel::Letter => "Courriel",
            Channel::Text => "SMS",
        }
        .into()
    },
    fate: |fate| {
        match fate {
            Fate::Waiting => "Attend son tour",
            Fate::OnItsWay => "En route",
            Fate::Sent => "Envoyé",
            Fate::Bounced => "Le serveur a refusé l’adresse",
            Fate::NotTaken => "Pas accepté, et abandonné",
            Fate::Stopped => "Pas envoyé : la campagne a été arrêtée",
            Fate::OtherCampaign => "Dans une autre campagne en cours",
            Fate::Marked => "Un essai, ou muette",
            Fate::NoAccess => "La personne ne peut pas entrer, ou n’est plus là",
            Fate::Gone => "Déconnectée",
            Fate::Healed => "Marche de nouveau",
            Fate::Outage => "Des ennuis à la banque",
            Fate::OtherCause => "En panne pour une autre raison à présent",
            Fate::Snoozed => "En sourdine",
            Fate::Refused => "Le serveur refuse nos courriels",
            Fate::Unwanted => "La personne n’en veut pas",
            Fate::Told => "Prévenue il y a peu",
            Fate::Full => "Le maximum d’une semaine est parti",
        }
        .into()
    },
    settled: |settled, when| match settled {
        Settled::Proven => format!("Réparée {when}"),
        Settled::Healed => format!("Marche d’elle-même {when}"),
        Settled::Gone => format!("Déconnectée {when}"),
    },
    at_least: |days| format!("Au moins {days} jours"),
    between: |from, to| format!("{from} à {to} jours"),
    told_within: |days| format!("Qui a été prévenu dans les {days} derniers jours"),
    only: |language| format!("Les personnes qui lisent : {language}"),
    would_write: |write, all| format!("Un courriel partirait pour {write} des {all} connexions."),
    counted_at: |when| format!("Compté {when}."),
    counting: |count| format!("Le compte se fait : {count} connexions jusqu’ici."),
    pace: |count| {
        format!("Au plus {count} courriels partent par minute, et aucun aux heures calmes.")
    },
    send: |count| format!("Écrire pour {count} connexions"),
    sent_at: |when, who| format!("Envoyée {when} par {who}."),
    stopped_at: |when| format!("Arrêtée {when}."),
    ended_at: |when| format!("La dernière connexion a fini {when}."),
};

/// What became of an act on a campaign.
pub(super) fn notice(notice: CampaignNotice) -> &'static str {
    match notice {
        CampaignNotice::Made => "Le brouillon est créé. Rien n’a été envoyé.",
        CampaignNotice::Counted => "C’est compté de nouveau.",
        CampaignNotice::Sent => "Elle est envoyée. Les courriels partent l’un après l’autre.",
        CampaignNotice::Stopped => "Elle est arrêtée. Plus rien ne part.",
        CampaignNotice::AlreadySent => "Elle avait déjà été envoyée. Elle part une seule fois.",
        CampaignNotice::Over => "Elle est déjà finie. Rien n’a été changé.",
        CampaignNotice::NotCounted => "Le compte se fait encore. Regardez dans une minute.",
        CampaignNotice::OldCount => {
            "Les nombres ont plus d’une heure. Refaites le compte et regardez-les. Rien n’est parti."
        }
        CampaignNotice::Nobody => "Elle n’écrirait à personne. Rien n’a été envoyé.",
        CampaignNotice::NotConfirmed => {
            "Regardez les nombres et le courriel, et cochez la case. Rien n’a été envoyé."
        }
        CampaignNotice::NoCodes => "Cochez au moins un code de la liste.",
        CampaignNotice::NoInstitutions => {
            "Une des banques n’est pas connue ici, ou il y en a plus de 20."
        }
        CampaignNotice::NoDays => {
            "Les jours sont des nombres jusqu’à 3650, le premier pas au-dessus du second."
        }
        CampaignNotice::NoTexts => {
            "Cette installation n’envoie pas de SMS. Choisissez le courriel."
        }
    }
}
