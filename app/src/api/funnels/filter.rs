//! How an address asks for a funnel.

use serde::{Deserialize, Serialize};

use super::{Funnel, Step};
use crate::api::asked::given;
use crate::api::ids::InstitutionId;
use crate::api::paths;
use crate::api::rows::{BadPart, named};

/// How somebody was told of a break before they went to repair it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    /// They were told nothing.
    None,
    /// In our pages only.
    App,
    /// By a letter.
    Email,
    /// By a text message.
    Sms,
}

impl Channel {
    /// All.
    pub const ALL: [Self; 4] = [Self::None, Self::App, Self::Email, Self::Sms];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::App => "app",
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// In which language they went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tongue {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Another, or none that is known.
    Other,
}

impl Tongue {
    /// All.
    pub const ALL: [Self; 4] = [Self::English, Self::Spanish, Self::French, Self::Other];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Other => "other",
        }
    }
}

/// What the journeys have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Of {
    /// Nothing: all of them.
    #[default]
    All,
    /// The institution.
    Institution(InstitutionId),
    /// The code of the break.
    Code(i64),
    /// How they were told.
    Channel(Channel),
    /// The language.
    Language(Tongue),
}

impl Of {
    /// As addresses have it: a name and a value.
    pub fn text(self) -> String {
        match self {
            Self::All => "all".into(),
            Self::Institution(id) => format!("institution.{id}"),
            Self::Code(code) => format!("code.{code}"),
            Self::Channel(channel) => format!("channel.{}", channel.name()),
            Self::Language(tongue) => format!("language.{}", tongue.name()),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "all" {
            return Some(Self::All);
        }
        let (name, value) = text.split_once('.')?;
        let of = match name {
            "institution" => Self::Institution(value.parse().ok()?),
            "code" => Self::Code(value.parse().ok().filter(|code| *code > 0)?),
            "channel" => Self::Channel(named(&Channel::ALL, Channel::name, value)?),
            "language" => Self::Language(named(&Tongue::ALL, Tongue::name, value)?),
            _ => return None,
        };
        (of.text() == text).then_some(of)
    }

    /// Whether the journeys of a funnel can have it in common.
    fn is_of(self, funnel: Funnel) -> bool {
        funnel == Funnel::Repair || !matches!(self, Self::Code(_) | Self::Channel(_))
    }
}

/// Which funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelFilter {
    /// Of which journeys.
    pub funnel: Funnel,
    /// What they have in common.
    pub of: Of,
    /// In how many days, today being one, they began.
    pub days: u16,
    /// The step that weeks tell of.
    pub step: Step,
}

impl FunnelFilter {
    /// The periods that can be asked for.
    pub const DAYS: [u16; 3] = [7, 30, 90];
    const USUAL: u16 = 30;

    /// All of a funnel, in the usual period.
    pub fn of(funnel: Funnel) -> Self {
        Self {
            funnel,
            of: Of::All,
            days: Self::USUAL,
            step: funnel.goal(),
        }
    }

    /// Reads an address. An empty part is one that was left out in a form.
    pub fn parse(query: &[(String, String)]) -> Result<Self, BadPart> {
        let bad = |name: &str| BadPart { name: name.into() };
        let (mut funnel, mut of, mut days, mut step) =
            (Funnel::Connect, Of::All, Self::USUAL, None);
        for (name, value) in given(query)? {
            let found = match &**name {
                "funnel" => named(&Funnel::ALL, Funnel::name, value).map(|it| funnel = it),
                "of" => Of::parse(value).map(|it| of = it),
                "days" => {
                    let asked = value.parse().ok();
                    asked
                        .filter(|it| Self::DAYS.contains(it))
                        .map(|it| days = it)
                }
                "step" => named(&Step::ALL, Step::name, value).map(|it| step = Some(it)),
                _ => None,
            };
            found.ok_or_else(|| bad(name))?;
        }
        let step = step.unwrap_or(funnel.goal());
        if !of.is_of(funnel) {
            return Err(bad("of"));
        }
        if !funnel.steps()[1..].contains(&step) {
            return Err(bad("step"));
        }
        Ok(Self {
            funnel,
            of,
            days,
            step,
        })
    }

    /// The address that asks for it.
    pub fn path(&self) -> String {
        format!("{}{}", paths::FUNNELS, self.query())
    }

    /// The address of the same as CSV.
    pub fn csv(&self) -> String {
        format!("{}{}", paths::FUNNELS_CSV, self.query())
    }

    fn query(&self) -> String {
        let usual = Self::of(self.funnel);
        let mut parts = vec![format!("funnel={}", self.funnel.name())];
        if self.of != usual.of {
            parts.push(format!("of={}", self.of.text()));
        }
        if self.days != usual.days {
            parts.push(format!("days={}", self.days));
        }
        if self.step != usual.step {
            parts.push(format!("step={}", self.step.name()));
        }
        format!("?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query;

    fn read(path: &str) -> Result<FunnelFilter, BadPart> {
        FunnelFilter::parse(&query(path.split_once('?').map_or("", |(_, text)| text)))
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let repair = FunnelFilter::of(Funnel::Repair);
        let parts = [
            Of::All,
            Of::Institution(InstitutionId::new(5)),
            Of::Code(103),
            Of::Channel(Channel::Sms),
            Of::Language(Tongue::French),
        ];
        for of in parts {
            let filter = FunnelFilter {
                of,
                days: 90,
                step: Step::Came,
                ..repair
            };
            assert_eq!(read(&filter.path()), Ok(filter));
        }
        assert_eq!(repair.path(), "/admin/funnels?funnel=repair");
        assert_eq!(repair.csv(), "/admin/funnels.csv?funnel=repair");
        assert_eq!(
            read("/admin/funnels"),
            Ok(FunnelFilter::of(Funnel::Connect))
        );
        assert_eq!(read("?of=&days="), Ok(FunnelFilter::of(Funnel::Connect)));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (text, name) in [
            ("?funnel=sales", "funnel"),
            ("?days=31", "days"),
            ("?of=code.103", "of"),
            ("?of=channel.app", "of"),
            ("?of=colour.red", "of"),
            ("?of=institution.x", "of"),
            ("?of=institution.18446744073709551615", "of"),
            ("?of=language.en.", "of"),
            ("?funnel=repair&of=code.0", "of"),
            ("?funnel=repair&of=code.%2B103", "of"),
            ("?step=proven", "step"),
            ("?step=chosen", "step"),
            ("?page=2", "page"),
        ] {
            assert_eq!(read(text), Err(BadPart { name: name.into() }), "{text}");
        }
    }
}
