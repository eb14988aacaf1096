//! French: for staff, about what runs beside requests.

use super::super::{EventWords, GapWords, JobWords};
use crate::api::events::{Effect, EventState, Key, Quarantine};
use crate::api::jobs::{JobState, OperationNotice};

pub(super) const EVENTS: EventWords = EventWords {
    title: "Événements",
    lead: "Ce que Mastercard nous a dit des visites, le plus récent d’abord.",
    filter: "Quels événements",
    kind: "Type",
    state_title: "État",
    visit: "Visite",
    customer: "Client",
    from: "Du",
    until: "Au",
    none: "Aucun événement n’est ainsi.",
    table: "Liste des événements",
    when: "Reçu",
    changed: "Ce qu’il a changé",
    event: "Événement",
    refused_title: "Refusés à l’entrée",
    refused_when: "Quand",
    today: "Aujourd’hui",
    month: "30 derniers jours",
    bad_signature: "Sans signature de chez nous",
    unreadable: "Pas des événements",
    refused_note: "Ils sont comptés, non gardés. Les jours finissent à minuit, UTC.",
    one_title: "Un événement",
    key_title: "Signé par",
    hash: "SHA-256 de ce qui est arrivé",
    processed: "Traité",
    body: "Ce que nous en gardons",
    replay: "Le rejouer",
    replay_text: "La copie gardée a son effet une fois de plus. Ce qui est connu reste tel quel.",
    replay_title: "Rejouer",
    replay_all: "Rejouer tous ceux-ci",
    replay_all_text: "Tous les événements de ce filtre, sur toutes ses pages, ont leur effet une \
                      fois de plus. Ce qui est connu reste tel quel.",
    gaps: "Ce qui manque",
    back: "Tous les événements",
    state: |state| {
        match state {
            EventState::Waiting => "En attente",
            EventState::Applied => "Fait",
            EventState::Quarantined => "Mis de côté",
        }
        .into()
    },
    reason: |reason| {
        match reason {
            Quarantine::OtherCustomer => "Il nomme un autre client que celui de sa visite.",
            Quarantine::UnknownSession => "Aucune visite chez nous n’a sa référence.",
        }
        .into()
    },
    effect: |effect| {
        match effect {
            Effect::Nothing => "Rien\u{a0}: son type ne dit rien d’une visite",
            Effect::Known => "Rien\u{a0}: c’était connu",
            Effect::Opened => "Le lien a été ouvert",
            Effect::Adding => "La personne se connecte",
            Effect::SignInRefused => "La banque a refusé une connexion",
            Effect::Added => "Des comptes sont peut-être arrivés",
            Effect::Finished => "La visite est finie",
            Effect::Trouble => "Quelque chose y a échoué",
        }
        .into()
    },
    key: |key| {
        match key {
            Key::Present => "Le secret de partenaire d’alors",
            Key::Other => "L’autre secret d’une rotation",
        }
        .into()
    },
};

pub(super) const GAPS: GapWords = GapWords {
    title: "Lacunes",
    lead: "Ce qui devait arriver et n’est pas arrivé.",
    visits: "Visites sans fin",
    visits_text: "Quelqu’un y est allé, plus de trois heures ont passé, et aucun événement ne dit \
                  que c’est fini.",
    visits_none: "Chaque visite a sa fin.",
    visits_untold: "Les liens ne nomment pas de webhook (connect.webhook) : aucun événement n’est attendu.",
    began: "Commencée",
    customers: "Clients sans lecture",
    customers_none: "Tous ont été lus.",
    days: "Jours sans lecture",
    unread_since: "Dernière lecture",
    customers_text: |days| match days {
        1 => "Ils ont des comptes et aucune lecture en un jour.".into(),
        days => format!("Ils ont des comptes et aucune lecture en {days} jours."),
    },
};

pub(super) const JOBS: JobWords = JobWords {
    title: "Tâches",
    lead: "Le travail qui se fait à côté des pages.",
    empty: "Rien n’attend, ne tourne ni n’est abandonné.",
    counts: "Combien il y en a",
    kind: "Type",
    state_title: "État",
    number: "Tâches",
    oldest: "Âge de la plus ancienne",
    attempts: "Essais",
    queued: "En file depuis",
    due: "Prévue",
    at_once: "Tout de suite",
    error: "Dernier échec",
    none: "Il n’y a aucune tâche de ce genre.",
    retry: "Réessayer",
    cancel: "Annuler",
    put_away: "Ranger",
    cancel_text: "Ce qu’une tâche devait faire n’est pas fait si elle est annulée ou rangée.",
    schedules: "Ce qui revient",
    schedules_none: "Rien n’est encore prévu.",
    name: "Nom",
    last: "Dernière fois",
    next: "Prochaine fois",
    never: "Jamais",
    act: "Que faire",
    state: |state| {
        match state {
            JobState::Waiting => "En attente",
            JobState::Running => "En cours",
            JobState::Dead => "Abandonnée",
        }
        .into()
    },
    list: |state| {
        match state {
            JobState::Waiting => "Tâches en attente",
            JobState::Running => "Tâches en cours",
            JobState::Dead => "Tâches abandonnées",
        }
        .into()
    },
    tried: |attempt, most| format!("{attempt} sur {most}"),
};

/// What became of an act on events or jobs.
pub(super) fn operation(notice: OperationNotice) -> &'static str {
    match notice {
        OperationNotice::Replayed => "L’événement a son effet une fois de plus.",
        OperationNotice::WindowReplayed => "Les événements sont rejoués, quelques-uns à la fois.",
        OperationNotice::NoWindow => {
            "Choisissez d’abord un type, un état, une visite, un client ou un jour. Sinon, ce serait tout."
        }
        OperationNotice::Retried => "La tâche est de nouveau dans la file.",
        OperationNotice::Cancelled => "La tâche n’est plus dans la file.",
        OperationNotice::MovedOn => {
            "Cette tâche a avancé depuis que cette page a été faite. Regardez de nouveau."
        }
    }
}
