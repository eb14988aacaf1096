//! Spanish: what an act of staff changed.

use super::{help::STORY, operations::EVENTS, operations::JOBS, staff::AUDIT, staff::PEOPLE};
use crate::api::audit::Fact;

/// One part of it.
pub(super) fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Role(role) => (PEOPLE.role_name)(*role),
        Fact::App => "Con la aplicación".into(),
        Fact::Passkey => "Con una clave de acceso".into(),
        Fact::RecoveryCode => "Con un código de recuperación".into(),
        Fact::CodesLeft(count) => format!("códigos de recuperación que quedan: {count}"),
        Fact::SignIns(1) => "una sesión".into(),
        Fact::SignIns(count) => format!("sesiones: {count}"),
        Fact::Names(count) => format!("nombres: {count}"),
        Fact::Connections(1) => "una conexión".into(),
        Fact::Connections(count) => format!("{count} conexiones"),
        Fact::Mark(mark) => (STORY.mark)(*mark),
        Fact::From(when) => format!("desde: {}", when.text),
        Fact::Until(when) => format!("hasta: {}", when.text),
        Fact::Number(number) => format!("N.º {number}"),
        Fact::Event(event) => format!("evento {event}"),
        Fact::EventKind(kind) => format!("del tipo {kind}"),
        Fact::EventState(state) => (EVENTS.state)(*state),
        Fact::Visit(reference) => format!("de la visita {reference}"),
        Fact::Customer(customer) => format!("del cliente {customer}"),
        Fact::Job(kind) => format!("tarea {kind}"),
        Fact::JobState(state) => (JOBS.state)(*state),
        Fact::Codes(codes) => format!("códigos {codes}"),
        Fact::Institutions(count) => format!("instituciones: {count}"),
        Fact::Days(from, None) => format!("con una falla de al menos {from} días"),
        Fact::Days(from, Some(to)) => format!("con una falla de {from} a {to} días"),
        Fact::Acts(act) => format!("solo: {}", (AUDIT.act)(*act)),
        Fact::OnePerson => "de una persona".into(),
        Fact::AllActs => "todo".into(),
    }
}
