//! From what the engine knows of a connection to what its card shows. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    connections::{
        Alike, CardAccount, ConnectionCard, ConnectionState, Event, Happened, OtherTrouble,
        Outlook, Trouble, Turn as TurnView, Way,
    },
    ids::{AccountRef, ConnectionRef, SessionRef},
    institution::Links,
    shared::{InstitutionName, Mask},
};
use relink_engine::{
    connections::{Broken, Card, Change, State, Turn},
    readings::Alike as EngineAlike,
    status::{Code, Remedy, Table},
    store::{
        accounts::{Account, Choice},
        breaks::Entry,
    },
};
use relink_mastercard::model::Institution;

use super::{views, wording::wording};
use crate::calendar::Calendar;

/// What a card needs besides its connection.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    /// The status table in force.
    pub(super) table: &'a Table,
    /// The person's.
    pub(super) calendar: Calendar,
    /// The domain clock's time.
    pub(super) now: DateTime<Utc>,
    /// By when everybody is read next.
    pub(super) reading: DateTime<Utc>,
}

/// A deletion takes seconds; after this it is said that it does not work.
const LATE: TimeDelta = TimeDelta::hours(1);

/// A connection, as the overview shows it.
pub(super) fn card(
    card: &Card,
    basis: Basis<'_>,
    snoozed: Option<DateTime<Utc>>,
) -> ConnectionCard {
    let Basis {
        table,
        calendar,
        now,
        reading,
    } = basis;
    let institution = card.institution.as_ref();
    ConnectionCard {
        id: ConnectionRef::new(card.connection.id.0.as_u128()),
        institution: InstitutionName {
            id: views::institution_id(card.connection.institution),
            name: card.connection.institution_name.clone(),
        },
        state: state(card, calendar),
        trouble: card
            .state
            .broken()
            .map(|broken| trouble(card, broken, table, calendar)),
        accounts: card
            .accounts
            .iter()
            .map(|(one, state)| account(card, one, *state, table, calendar))
            .collect(),
        since: calendar.day(card.connection.connected),
        links: links(institution),
        phone: institution
            .and_then(|institution| institution.phone.clone())
            .filter(|phone| !phone.trim().is_empty()),
        outlook: if card.is_moving() {
            Outlook::Moving
        } else {
            Outlook::Steady
        },
        snoozed: snoozed.map(|until| calendar.when(until)),
        reading: calendar.when(reading),
        late_removal: card
            .leaving
            .filter(|asked| now - *asked > LATE)
            .map(|asked| calendar.when(asked)),
    }
}

fn state(card: &Card, calendar: Calendar) -> ConnectionState {
    match card.state {
        State::SettingUp => ConnectionState::SettingUp,
        State::WaitingForChoice => waiting(card),
        State::Healthy => ConnectionState::Connected,
        State::RenewSoon { by } => ConnectionState::RenewSoon(calendar.day(by)),
        State::Stale { since } => ConnectionState::Stale(since.map(|at| calendar.when(at))),
        State::Broken(broken) => ConnectionState::Broken(turn(broken.turn)),
        State::Gone if card.leaves() => ConnectionState::Leaving,
        State::Gone => ConnectionState::Gone,
    }
}

fn waiting(card: &Card) -> ConnectionState {
    let mut accounts = card.accounts.iter();
    let undecided = accounts.find(|(account, _)| account.choice == Choice::Waiting);
    undecided.map_or(ConnectionState::SettingUp, |(account, _)| {
        ConnectionState::WaitingForChoice(SessionRef::new(account.connect_session.0.as_u128()))
    })
}

fn turn(turn: Turn) -> TurnView {
    match turn {
        Turn::Fix => TurnView::Fix,
        Turn::Elsewhere => TurnView::Elsewhere,
        Turn::Institution => TurnView::Institution,
        Turn::Mastercard => TurnView::Mastercard,
        Turn::Ours => TurnView::Ours,
    }
}

fn trouble(card: &Card, broken: Broken, table: &Table, calendar: Calendar) -> Trouble {
    let row = table.row(broken.code);
    let open = card.open.as_ref();
    Trouble {
        wording: wording(row.wording),
        way: way(row.remedy),
        code: broken.code.get(),
        last_good: open
            .and_then(|open| open.last_good)
            .map(|at| calendar.when(at)),
        failed: open.map(|open| calendar.when(open.failed)),
        rhythm: card.rhythm.filter(|_| broken.turn == Turn::Fix),
        outage: card
            .outage()
            .map(|over| views::outage(&over.outage, over.others, calendar)),
    }
}

fn way(remedy: Remedy) -> Way {
    match remedy {
        Remedy::Fix => Way::Fix,
        Remedy::ActThenFix => Way::ActThenFix,
        Remedy::ActAtInstitution => Way::AtInstitution,
        Remedy::ConnectAnew => Way::ConnectAnew,
        Remedy::CheckAccount => Way::CheckAccount,
        Remedy::Wait | Remedy::Case | Remedy::OurWork => Way::Wait,
    }
}

/// Whether what only a fresh connection helps has been connected anew since: the
/// later one works, or is on its way, and has an account that looks the same.
pub(super) fn is_replaced(card: &Card, all: &[Card]) -> bool {
    let alike = |(one, _): &(Account, State), (other, _): &(Account, State)| {
        !one.mask.is_empty()
            && (&one.mask, &one.kind, &one.currency) == (&other.mask, &other.kind, &other.currency)
    };
    let replaces = |other: &&Card| {
        other.connection.connected > card.connection.connected
            && other.connection.institution == card.connection.institution
            && matches!(
                other.state,
                State::SettingUp
                    | State::WaitingForChoice
                    | State::Healthy
                    | State::RenewSoon { .. }
            )
            && card
                .accounts
                .iter()
                .any(|one| other.accounts.iter().any(|two| alike(one, two)))
    };
    card.state
        .broken()
        .is_some_and(|broken| broken.turn == Turn::Elsewhere)
        && all.iter().any(|other| replaces(&other))
}

fn account(
    card: &Card,
    one: &Account,
    state: State,
    table: &Table,
    calendar: Calendar,
) -> CardAccount {
    CardAccount {
        id: AccountRef::new(one.id.0.as_u128()),
        name: one.name.clone(),
        kind: one.kind.clone(),
        mask: Mask::of(&one.mask),
        last_good: one.succeeded.map(|at| calendar.when(at)),
        state: views::account_state(one.choice),
        other: other(card.state, one, state, table),
    }
}

/// What an account has that its card does not say.
fn other(card: State, one: &Account, state: State, table: &Table) -> Option<OtherTrouble> {
    match state {
        State::Gone if one.gone.is_some() && card != State::Gone => Some(OtherTrouble::Gone),
        State::Broken(broken) if card.broken().map(|lead| lead.code) != Some(broken.code) => Some(
            OtherTrouble::Broken(wording(table.row(broken.code).wording)),
        ),
        State::Healthy | State::RenewSoon { .. } if card.broken().is_some() => {
            Some(OtherTrouble::Works)
        }
        _ => None,
    }
}

fn links(institution: Option<&Institution>) -> Links {
    let Some(institution) = institution else {
        return Links::default();
    };
    Links {
        home: views::https(institution.url_home_app.as_deref()),
        sign_in: views::https(institution.url_logon_app.as_deref()),
        forgot_password: views::https(institution.url_forgot_password.as_deref()),
        register: views::https(institution.url_online_registration.as_deref()),
    }
}

/// The question which account a missing one is now.
pub(super) fn alike(asked: &EngineAlike) -> Alike {
    let candidates = asked.candidates.iter();
    Alike {
        account: AccountRef::new(asked.account.id.0.as_u128()),
        name: asked.account.name.clone(),
        mask: Mask::of(&asked.account.mask),
        candidates: candidates
            .map(|one| (one.id.to_string(), called(&one.name, one.mask())))
            .collect(),
    }
}

fn called(name: &str, mask: &str) -> String {
    match Mask::of(mask) {
        Some(mask) => format!("{name} ··{}", mask.as_str()),
        None => name.to_owned(),
    }
}

/// An entry of a connection's history.
pub(super) fn happened(entry: &Entry, table: &Table, calendar: Calendar) -> Happened {
    let said = |code: i64| wording(table.row(Code::new(code)).wording);
    Happened {
        at: calendar.when(entry.at),
        what: match &entry.change {
            Change::Connected => Event::Connected,
            Change::Broke { code } => Event::Broke(said(*code)),
            Change::CauseChanged { to, .. } => Event::CauseChanged(said(*to)),
            Change::Repaired => Event::Repaired,
            Change::Gone => Event::Gone,
            Change::RepairBegun => Event::RepairBegun,
            Change::RenewalBegun => Event::RenewalBegun,
            Change::AccountGone { name, mask } => Event::AccountGone(called(name, mask)),
            Change::AccountBack { name, mask } => Event::AccountBack(called(name, mask)),
            Change::Moved => Event::Moved,
            Change::Renewed => Event::Renewed,
        },
    }
}
