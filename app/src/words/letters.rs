//! Letters to people: what they say, without how they look.

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About<'a> {
    /// Prove that this address is yours.
    ConfirmEmail,
    /// Somebody signed up with an address that has a sign-in already.
    AlreadySignedUp,
    /// Choose a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
    /// You are invited.
    Invitation,
    /// Accounts arrived and wait to be kept or removed.
    ChoiceWaiting {
        /// Where.
        institution: &'a str,
    },
    /// What happened to the reader's connections.
    News(&'a [NewsLine<'a>]),
}

/// What a letter or text message says of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewsLine<'a> {
    /// Where.
    pub institution: &'a str,
    /// What happened.
    pub news: News<'a>,
}

/// What happened to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// It broke, and can be repaired here.
    Fix,
    /// It broke, and the reader can do something elsewhere.
    Elsewhere,
    /// As [`Self::Fix`], told once more.
    StillFix,
    /// As [`Self::Elsewhere`], told once more.
    StillElsewhere,
    /// It broke, and others are on it.
    Nothing,
    /// It works again.
    Works,
    /// The permission to read it ends.
    PermissionEnds {
        /// On this day, in words.
        day: &'a str,
    },
    /// The institution changes how it is connected.
    Changes,
}

impl News<'_> {
    /// Whether the reader has something to do.
    pub fn asks(&self) -> bool {
        match self {
            Self::Fix
            | Self::Elsewhere
            | Self::StillFix
            | Self::StillElsewhere
            | Self::PermissionEnds { .. } => true,
            Self::Nothing | Self::Works | Self::Changes => false,
        }
    }
}

/// What a text message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text<'a> {
    /// The code that proves a phone.
    Code(&'a str),
    /// What happened to the reader's connections.
    News {
        /// One or more.
        lines: &'a [NewsLine<'a>],
        /// Where it leads.
        link: &'a str,
    },
}

/// A letter in words: the sentences, the button, why it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// Plain paragraphs, before the button.
    pub paragraphs: Vec<String>,
    /// What the button says; where it leads is the sender's.
    pub button: String,
    /// Why the reader gets this, and what to do if it was not them.
    pub why: String,
    /// Of a letter that can be stopped: what its link says.
    pub stop: Option<&'static str>,
}
