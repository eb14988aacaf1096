//! French: what an act of staff changed.

use super::{help::STORY, operations::EVENTS, operations::JOBS, staff::AUDIT, staff::PEOPLE};
use crate::api::audit::Fact;

/// One part of it.
pub(super) fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Role(role) => (PEOPLE.role_name)(*role),
        Fact::App => "Par l’application".into(),
        Fact::Passkey => "Par une clé d’accès".into(),
        Fact::RecoveryCode => "Par un code de secours".into(),
        Fact::CodesLeft(count) => format!("codes de secours restants\u{a0}: {count}"),
        Fact::SignIns(1) | Fact::Connections(1) => "une connexion".into(),
        Fact::SignIns(count) => format!("connexions\u{a0}: {count}"),
        Fact::Names(count) => format!("noms\u{a0}: {count}"),
        Fact::Connections(count) => format!("{count} connexions"),
        Fact::Mark(mark) => (STORY.mark)(*mark),
        Fact::From(when) => format!("à partir de\u{a0}: {}", when.text),
        Fact::Until(when) => format!("jusqu’à\u{a0}: {}", when.text),
        Fact::Number(number) => format!("n° {number}"),
        Fact::Event(event) => format!("événement {event}"),
        Fact::EventKind(kind) => format!("de type {kind}"),
        Fact::EventState(state) => (EVENTS.state)(*state),
        Fact::Visit(reference) => format!("de la visite {reference}"),
        Fact::Customer(customer) => format!("du client {customer}"),
        Fact::Job(kind) => format!("tâche {kind}"),
        Fact::JobState(state) => (JOBS.state)(*state),
        Fact::Codes(codes) => format!("codes\u{a0}: {codes}"),
        Fact::Institutions(count) => format!("établissements\u{a0}: {count}"),
        Fact::Days(from, None) => format!("en panne depuis au moins {from} jours"),
        Fact::Days(from, Some(to)) => format!("en panne depuis {from} à {to} jours"),
        Fact::Acts(act) => format!("seulement\u{a0}: {}", (AUDIT.act)(*act)),
        Fact::OnePerson => "d’une personne".into(),
        Fact::AllActs => "tout".into(),
    }
}
