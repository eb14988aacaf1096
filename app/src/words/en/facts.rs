//! English: what an act of staff changed.

use super::{help::STORY, operations::EVENTS, operations::JOBS, staff::AUDIT, staff::PEOPLE};
use crate::api::audit::Fact;

/// One part of it.
pub(super) fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Role(role) => (PEOPLE.role_name)(*role),
        Fact::App => "By app".into(),
        Fact::Passkey => "By passkey".into(),
        Fact::RecoveryCode => "By recovery code".into(),
        Fact::CodesLeft(count) => format!("{count} recovery codes left"),
        Fact::SignIns(1) => "one sign-in".into(),
        Fact::SignIns(count) => format!("{count} sign-ins"),
        Fact::Names(count) => format!("{count} names"),
        Fact::Connections(1) => "one connection".into(),
        Fact::Connections(count) => format!("{count} connections"),
        Fact::Mark(mark) => (STORY.mark)(*mark),
        Fact::From(when) => format!("from {}", when.text),
        Fact::Until(when) => format!("until {}", when.text),
        Fact::Number(number) => format!("No. {number}"),
        Fact::Event(event) => format!("event {event}"),
        Fact::EventKind(kind) => format!("of kind {kind}"),
        Fact::EventState(state) => (EVENTS.state)(*state),
        Fact::Visit(reference) => format!("of visit {reference}"),
        Fact::Customer(customer) => format!("of customer {customer}"),
        Fact::Job(kind) => format!("job {kind}"),
        Fact::JobState(state) => (JOBS.state)(*state),
        Fact::Codes(codes) => format!("codes {codes}"),
        Fact::Institutions(count) => format!("institutions: {count}"),
        Fact::Days(from, None) => format!("broken for at least {from} days"),
        Fact::Days(from, Some(to)) => format!("broken for {from} to {to} days"),
        Fact::Acts(act) => format!("only: {}", (AUDIT.act)(*act)),
        Fact::OnePerson => "of one person".into(),
        Fact::AllActs => "all of it".into(),
    }
}
