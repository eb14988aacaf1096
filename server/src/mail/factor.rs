//! When and from where, for letters that tell it; and what they say of a second factor.

use chrono_tz::Tz;
use relink_app::words::{FactorChange, Language};
use relink_engine::{
    identity::{self, FactorKind},
    mail::About,
};

use crate::{calendar::Calendar, ports::device};

/// When something was done or ends, and from where, in words.
#[derive(Debug, Default)]
pub(super) struct Occasion {
    pub(super) when: String,
    pub(super) place: Option<String>,
}

/// By the reader's clock; `usual` where they chose none.
pub(super) fn occasion(about: &About, language: Language, usual: Tz) -> Occasion {
    let (at, zone, place) = match about {
        About::FactorChanged {
            at, zone, place, ..
        } => (at, zone.as_ref(), place.as_ref()),
        About::Invitation { until, .. } => (until, None, None),
        _ => return Occasion::default(),
    };
    // A zone that the world gave up loses no letter.
    let zone = zone.and_then(|zone| zone.parse().ok());
    let calendar = Calendar::new(language, zone.unwrap_or(usual));
    let place = place.map(|place| {
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
