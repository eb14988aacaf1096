//! What a funnel is of.

/// Which journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Funnel {
    /// Visits that connect an institution.
    Connect,
    /// Breaks.
    Repair,
}

impl Funnel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Connect, Self::Repair];

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Repair => "repair",
        }
    }

    /// How many steps it has.
    pub fn steps(self) -> usize {
        match self {
            // Chosen, link made, opened, connected, kept.
            Self::Connect => 5,
            // Broke, told, came, started, finished, proven.
            Self::Repair => 6,
        }
    }
}

/// The way by which a person was told of a break before they went to repair it:
/// the one that reaches furthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// Its number in the database.
    pub fn value(self) -> i64 {
        match self {
            Self::None => 0,
            Self::App => 1,
            Self::Email => 2,
            Self::Sms => 3,
        }
    }
}

/// The language of a visit, or of whose connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// One that our pages do not speak, or none that is known.
    Other,
}

impl Tongue {
    /// All.
    pub const ALL: [Self; 4] = [Self::English, Self::Spanish, Self::French, Self::Other];

    /// Of a tag.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("en") => Self::English,
            Some("es") => Self::Spanish,
            Some("fr") => Self::French,
            _ => Self::Other,
        }
    }

    /// Its number in the database.
    pub fn value(self) -> i64 {
        match self {
            Self::English => 0,
            Self::Spanish => 1,
            Self::French => 2,
            Self::Other => 3,
        }
    }
}

/// All journeys, or those that have one thing in common. One thing only: a
/// funnel of each combination would be more rows than there are journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slice {
    /// All.
    All,
    /// Those at an institution.
    Institution(i64),
    /// Breaks by this code.
    Code(i64),
    /// Breaks that were told so.
    Channel(Channel),
    /// Those in this language.
    Language(Tongue),
}

impl Slice {
    /// Its name and number in the database.
    pub fn parts(self) -> (&'static str, i64) {
        match self {
            Self::All => ("all", 0),
            Self::Institution(id) => ("institution", id),
            Self::Code(code) => ("code", code),
            Self::Channel(channel) => ("channel", channel.value()),
            Self::Language(tongue) => ("language", tongue.value()),
        }
    }

    /// As [`Self::parts`] has it.
    pub fn read(name: &str, value: i64) -> Option<Self> {
        Some(match name {
            "all" => Self::All,
            "institution" => Self::Institution(value),
            "code" => Self::Code(value),
            "channel" => Self::Channel(Channel::ALL.into_iter().find(|it| it.value() == value)?),
            "language" => Self::Language(Tongue::ALL.into_iter().find(|it| it.value() == value)?),
            _ => return None,
        })
    }
}
