//! A card of every state.

use relink_app::api::accounts::AccountState;
use relink_app::api::connections::{
    CardAccount, ConnectionCard, ConnectionState, OtherTrouble, Outlook, Trouble, Turn, Way,
};
use relink_app::api::ids::{AccountRef, ConnectionRef, InstitutionId, SessionRef};
use relink_app::api::institution::Links;
use relink_app::api::shared::{InstitutionName, Mask, Outage, Whose};
use relink_app::api::wording::Wording;

use crate::sample::when;

fn account(id: u64, name: &str, kind: &str, mask: &str) -> CardAccount {
    CardAccount {
        id: AccountRef::new(id.into()),
        name: name.into(),
        kind: kind.into(),
        mask: Mask::of(mask),
        last_good: Some(when()),
        state: AccountState::Kept,
        other: None,
    }
}

fn card(id: u64, name: &str, state: ConnectionState) -> ConnectionCard {
    ConnectionCard {
        id: ConnectionRef::new(id.into()),
        institution: InstitutionName {
            id: InstitutionId::new(id),
            name: name.into(),
        },
        state,
        trouble: None,
        accounts: vec![account(id, "Everyday Checking", "checking", "4821")],
        since: when(),
        links: Links {
            home: Some("https://www.example.com/".into()),
            sign_in: Some("https://login.example.com/".into()),
            forgot_password: Some("https://login.example.com/forgot".into()),
            register: None,
        },
        phone: Some("+1 800 555 0100".into()),
        outlook: Outlook::Steady,
        snoozed: (id == 12).then(when),
        reading: when(),
        late_removal: None,
    }
}

fn broken(id: u64, name: &str, turn: Turn, wording: Wording, way: Way) -> ConnectionCard {
    ConnectionCard {
        trouble: Some(Trouble {
            wording,
            way,
            code: 103,
            last_good: Some(when()),
            failed: Some(when()),
            rhythm: (id == 11).then_some(90),
            outage: None,
        }),
        ..card(id, name, ConnectionState::Broken(turn))
    }
}

/// Broken by two causes at once.
fn mixed() -> ConnectionCard {
    let mut mixed = broken(
        11,
        "First Federal Credit Union",
        Turn::Fix,
        Wording::SignInChanged,
        Way::Fix,
    );
    mixed.accounts.push(CardAccount {
        other: Some(OtherTrouble::Broken(Wording::MaybeClosed)),
        ..account(111, "Savings", "savings", "9034")
    });
    mixed
}

/// Broken, and not by the person: 37 others are, too.
fn cut_off(id: u64, name: &str, turn: Turn, whose: Whose) -> ConnectionCard {
    let mut card = broken(id, name, turn, Wording::Interrupted, Way::Wait);
    if let Some(trouble) = &mut card.trouble {
        trouble.outage = Some(Outage {
            whose,
            since: when(),
            others: 37,
        });
    }
    card
}

/// A card of every state, broken ones of every turn.
pub(crate) fn cards() -> Vec<ConnectionCard> {
    use ConnectionState as State;
    let setting_up = ConnectionCard {
        accounts: vec![CardAccount {
            last_good: None,
            ..account(3, "Total Checking", "checking", "0017")
        }],
        ..card(2, "Capital One", State::SettingUp)
    };
    let waiting = State::WaitingForChoice(SessionRef::new(1));
    vec![
        mixed(),
        broken(
            12,
            "Chase",
            Turn::Fix,
            Wording::ActionNeeded,
            Way::ActThenFix,
        ),
        broken(
            13,
            "Ally",
            Turn::Elsewhere,
            Wording::Unrecoverable,
            Way::ConnectAnew,
        ),
        broken(
            14,
            "Truist",
            Turn::Elsewhere,
            Wording::MaybeClosed,
            Way::CheckAccount,
        ),
        card(1, "Schwab", waiting),
        broken(
            15,
            "Citi",
            Turn::Institution,
            Wording::Interrupted,
            Way::Wait,
        ),
        broken(
            16,
            "Discover",
            Turn::Institution,
            Wording::SignInChanged,
            Way::Fix,
        ),
        cut_off(19, "Wells Fargo", Turn::Institution, Whose::Institution),
        cut_off(20, "Ally Invest", Turn::Mastercard, Whose::Mastercard),
        broken(17, "PNC", Turn::Mastercard, Wording::LookedInto, Way::Wait),
        broken(18, "KeyBank", Turn::Ours, Wording::Unknown, Way::Wait),
        card(4, "Vanguard", State::Stale(Some(when()))),
        setting_up,
        card(5, "Regions", State::RenewSoon(when())),
        card(3, "American Express", State::Connected),
        ConnectionCard {
            outlook: Outlook::Moving,
            ..card(6, "Fifth Third", State::Connected)
        },
        card(7, "Chime", State::Leaving),
        ConnectionCard {
            late_removal: Some(when()),
            ..card(9, "Varo", State::Leaving)
        },
        card(8, "SoFi", State::Gone),
    ]
}
