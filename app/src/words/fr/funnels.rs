//! French: for staff, about funnels.

use super::super::FunnelWords;
use crate::api::funnels::{Channel, Funnel, Step, Stop, Tongue};

pub(super) const FUNNELS: FunnelWords = FunnelWords {
    title: "Entonnoirs",
    which: "Quel entonnoir",
    filter: "Lesquels",
    of: "Parmi",
    began: "Commencés dans",
    weeks_step: "Les semaines montrent",
    all: "Tous",
    steps_title: "Jusqu’où ils sont allés",
    steps_chart: "Combien ont atteint chaque étape",
    step_title: "Étape",
    number: "Nombre",
    share_of_all: "Du total",
    share_of_before: "De l’étape d’avant",
    stops_title: "Où ils en sont, et pourquoi pas plus loin",
    stops_note: "Pour autant qu’on le sache maintenant. Ce qui arrive tard change le jour où ils ont \
                 commencé. Un lien vaut deux heures : les derniers du jour peuvent continuer.",
    none: "Rien n’a commencé pendant ces jours.",
    reached: "Étape atteinte",
    why: "Pourquoi pas plus loin",
    share_of_step: "De cette étape",
    weeks_chart: "Part qui l’a atteinte, selon la semaine du début",
    weeks_note: "La semaine commence le lundi, UTC. La ligne laisse de côté ce qui n’est pas fini.",
    week: "Semaine du",
    within_day: "En un jour",
    within_week: "En 7 jours",
    within_month: "En 30 jours",
    began_column: "Commencés",
    parts_title: "Un point commun",
    by_code: "Code d’état",
    by_channel: "Prévenus par",
    by_language: "Langue",
    by_institution: "Établissement",
    institution_note: "Les 20 où il se passe le plus. Les autres : depuis la page de l’établissement.",
    through: "Jusqu’au bout",
    counted_title: "Ce qui est compté",
    csv: "Cet entonnoir en CSV",
    short_chosen: "Choisie",
    short_link: "Lien",
    short_opened: "Ouvert",
    short_connected: "Arrivés",
    short_kept: "Gardés",
    short_broke: "Rompues",
    short_told: "Savaient",
    short_came: "Venus",
    short_started: "Partis",
    short_finished: "Au bout",
    short_proven: "Prouvées",
    campaigns_note: "Une campagne dit la même chose de ceux à qui elle a écrit.",
    funnel: |funnel| {
        String::from(match funnel {
            Funnel::Connect => "Connecter",
            Funnel::Repair => "Réparer",
        })
    },
    lead: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "Chaque visite qui doit connecter un établissement, du choix aux comptes gardés."
            }
            Funnel::Repair => {
                "Chaque rupture que Data Connect Fix peut aider, de la première mauvaise lecture à \
                 la preuve."
            }
        })
    },
    counted: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "Chaque part est une part de la première étape. Une visite compte au jour où elle a \
                 commencé, et y reste quoi qu’il arrive à ses comptes. Une recherche n’a pas de \
                 personne : ce n’est pas une étape. L’appareil n’est pas gardé."
            }
            Funnel::Repair => {
                "Chaque part est une part de la première étape. Une rupture compte si sa connexion \
                 comptait à son ouverture, et y reste après une suppression. Dès qu’elle est \
                 marquée comme essai ou mise à l’écart, aucune autre étape ne compte. Une rupture \
                 que Fix n’aide pas est laissée de côté. Le code est le dernier. Prévenus par : le \
                 moyen qui porte le plus loin, avant le départ pour Fix. L’appareil n’est pas gardé."
            }
        })
    },
    days: |days| format!("les {days} derniers jours"),
    step: |step| {
        String::from(match step {
            Step::Chosen => "Banque choisie",
            Step::LinkMade => "Lien créé",
            Step::Opened => "Lien ouvert",
            Step::Connected => "Comptes arrivés",
            Step::Kept => "Comptes gardés",
            Step::Broke => "Rompue",
            Step::Told => "Le savaient",
            Step::Came => "Venus chez nous",
            Step::Started => "Partis vers Fix",
            Step::Finished => "Allés au bout",
            Step::Proven => "Prouvée",
        })
    },
    means: |step| {
        String::from(match step {
            Step::Chosen => "Ils ont lu ce que nous lirons, et appuyé sur le bouton.",
            Step::LinkMade => "Mastercard a donné un lien.",
            Step::Opened => "Un événement ou le retour montre qu’ils étaient chez Data Connect.",
            Step::Connected => "Une lecture a apporté des comptes. Rien d’autre ne prouve.",
            Step::Kept => "Ils ont gardé au moins un compte, ou notre règle l’a fait.",
            Step::Broke => "Une lecture a trouvé la connexion rompue.",
            Step::Told => "Nous les avons prévenus, ou ils sont venus sans cela.",
            Step::Came => "Ils étaient sur nos pages pendant la rupture.",
            Step::Started => "Ils ont appuyé sur le bouton, et Mastercard a donné un lien.",
            Step::Finished => "Data Connect dit qu’ils sont allés au bout.",
            Step::Proven => "Une lecture l’a trouvée en marche après cela.",
        })
    },
    stop: |stop| {
        String::from(match stop {
            Stop::Through => "Allé jusqu’au bout",
            Stop::NotStarted => "Pas encore de lien",
            Stop::NoLinkWebhook => "Pas de lien : notre webhook n’a pas été atteint",
            Stop::NoLinkUnreachable => "Pas de lien : Mastercard absent ou lent",
            Stop::NoLinkRefused => "Pas de lien : Mastercard a refusé",
            Stop::NotOpened => "Le lien n’a pas été ouvert",
            Stop::Silent => "Ouvert, puis plus rien",
            Stop::Left => "Annulé",
            Stop::TimedOut => "Inactif trop longtemps",
            Stop::SignInRefused => "La banque a refusé l’accès",
            Stop::Trouble(0) => "Échec, sans code",
            Stop::Trouble(code) => return format!("Échec, code {code}"),
            Stop::NothingNew => "Tout était déjà connecté",
            Stop::NothingArrived => "Aucun compte n’est arrivé",
            Stop::ChoiceWaiting => "Le choix des comptes attend",
            Stop::NothingKept => "Rien gardé",
            Stop::NotTold => "Pas prévenu, et pas venu",
            Stop::NotCome => "Prévenu, et pas venu",
            Stop::NothingToRepair => "Data Connect n’a rien trouvé à réparer",
            Stop::OtherAccounts => "Accès à d’autres comptes",
            Stop::NoProof => "Pas encore de bonne lecture",
            Stop::HealedAlone => "Remarche sans cela",
            Stop::Gone => "La connexion n’existe plus",
            Stop::Marked => "Marquée comme essai ou mise à l’écart",
        })
    },
    channel: |channel| {
        String::from(match channel {
            Channel::None => "Rien",
            Channel::App => "Nos pages seulement",
            Channel::Email => "Une lettre",
            Channel::Sms => "Un message texte",
        })
    },
    tongue: |tongue| {
        String::from(match tongue {
            Tongue::English => "Anglais",
            Tongue::Spanish => "Espagnol",
            Tongue::French => "Français",
            Tongue::Other => "Une autre langue",
        })
    },
    of_before: |share| format!("{share} de l’étape d’avant"),
    searches: |count| {
        format!(
            "Recherches envoyées pendant ces jours : {count}. Qui trouve sa banque en tapant n’en \
             envoie pas. Elles sont gardées sans leur personne : ce n’est pas une étape."
        )
    },
    so_far: |text| format!("{text} pour l’instant"),
    weeks_title: |step| format!("Par semaine : {step}"),
};
