//! What a letter about a second factor tells.

use chrono_tz::Tz;
use relink_app::words::{FactorChange, Language};
use relink_engine::{
    identity::{self, FactorKind},
    mail::About,
};

use crate::{calendar::Calendar, ports::device};

/// When something was done, and from where, in words.
#[derive(Debug, Default)]
pub(super) struct Occasion {
    pub(super) when: String,
    pub(super) place: Option<String>,
}

/// By the reader's clock; `usual` where they chose none.
pub(super) fn occasion(about: &About, language: Language, usual: Tz) -> Occasion {
    let About::FactorChanged {
        at, zone, place, ..
    } = about
    else {
        return Occasion::default();
    };
    // A zone that the world gave up loses no letter.
    let zone = zone.as_ref().and_then(|zone| zone.parse().ok());
    let calendar = Calendar::new(language, zone.unwrap_or(usual));
    let place = place.as_ref().map(|place| {
        let (browser, system) = device(place.user_agent.as_deref().unwrap_or_default());
        format!("{}, {}", place.address, language.device(browser, system))
    });
    Occasion {
        when: calendar.when(*at).text,
        place,
    }
}

/// The words' name for a change.
pub(super) fn change(change: identity::FactorChange) -> FactorChange {
    match change {
        identity::FactorChange::Added(FactorKind::Totp) => FactorChange::AppSetUp,
        identity::FactorChange::Added(FactorKind::Passkey) => FactorChange::PasskeyAdded,
        identity::FactorChange::Removed(FactorKind::Totp) => FactorChange::AppRemoved,
        identity::FactorChange::Removed(FactorKind::Passkey) => FactorChange::PasskeyRemoved,
        identity::FactorChange::CodesMade => FactorChange::CodesMade,
        identity::FactorChange::CodeUsed { left } => FactorChange::CodeUsed(left),
        identity::FactorChange::Reset => FactorChange::Reset,
    }
}
