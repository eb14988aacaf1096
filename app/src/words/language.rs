//! Which languages there are, and what is said in each.

use serde::{Deserialize, Serialize};

use super::{About, Letter, Text, Words, en, es, fr};
use crate::api::audit::Fact;
use crate::api::institution::Consent;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// English, as in the United States.
    #[default]
    English,
    /// Spanish, as in the United States.
    Spanish,
    /// French.
    French,
}

impl Language {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::French];

    /// For the `lang` attribute, and for what is stored.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
        }
    }

    /// The language of a tag's first part (`en`), if we speak it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::French => "Français",
        }
    }

    /// "Firefox on Linux", of what is known.
    pub fn device(self, browser: Option<&str>, system: Option<&str>) -> String {
        let words = &self.words().account;
        match (browser, system) {
            (Some(browser), Some(system)) => (words.device)(browser, system),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => words.unknown_device.to_owned(),
        }
    }

    /// What an act of staff changed, in words.
    pub fn change(self, before: &[Fact], after: &[Fact]) -> String {
        self.words().audit.told(before, after)
    }

    /// What is said before connecting where the operator said nothing yet.
    pub fn trial(self) -> Consent {
        let words = &self.words().trial;
        Consent {
            version: "trial".into(),
            reads: words.reads.into(),
            why: words.why.into(),
            how_long: words.how_long.into(),
            how_to_stop: words.how_to_stop.into(),
        }
    }

    /// What a text message says in this language.
    pub fn text(self, text: &Text<'_>, product: &str) -> String {
        (self.words().text)(text, product)
    }

    /// What a letter says in this language.
    pub fn letter(self, about: &About<'_>, product: &str) -> Letter {
        (self.words().letter)(about, product)
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::Spanish => &es::WORDS,
            Self::French => &fr::WORDS,
        }
    }
}
