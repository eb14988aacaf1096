//! The fields of forms: pages and handlers call them the same.

use serde::{Deserialize, Serialize};

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The e-mail address.
    Email,
    /// The password of today.
    Password,
    /// The password to be.
    NewPassword,
    /// A language, by its tag.
    Language,
    /// A time zone, by its IANA name; empty for the usual one.
    Zone,
    /// A code for sign-up by invitation.
    Invitation,
    /// Where to go afterwards; the handler takes known paths only.
    Next,
    /// A single-use token out of a mail.
    Token,
    /// The name of a missing institution, or of a passkey.
    Name,
    /// Its web address.
    Address,
    /// The version of the texts that a person saw.
    ConsentVersion,
    /// One account to keep; once for each.
    Kept,
    /// One account that the page showed; once for each.
    Seen,
    /// Whether letters are wanted.
    ByEmail,
    /// Whether text messages are wanted.
    BySms,
    /// How letters are put together.
    Digest,
    /// Whether there are quiet hours.
    Quiet,
    /// When they begin.
    QuietFrom,
    /// When they end.
    QuietUntil,
    /// A telephone number.
    Phone,
    /// The code that came to a phone.
    Code,
    /// What a passkey answered.
    Passkey,
    /// For how long.
    HowLong,
    /// Set where another sign-in is meant than one that can be fixed.
    Another,
    /// The account that a missing one is now.
    Candidate,
    /// What somebody may do.
    Role,
    /// Whether somebody is let in.
    Access,
    /// Why a connection does not count.
    Mark,
    /// What somebody said about it.
    Reason,
    /// Mastercard's number of a case.
    Number,
    /// An institution, by its id.
    Institution,
    /// An aggregation status code.
    StatusCode,
    /// One connection that the page showed; once for each.
    Connection,
    /// Whose page the form is on.
    Person,
    /// Institutions, by their ids.
    Institutions,
    /// Broken for at least so many days.
    Days,
    /// For how many days at least.
    DaysFrom,
    /// For how many days at most.
    DaysTo,
    /// By letter, or by text message.
    Channel,
    /// Who was told within so many days is left out.
    ToldDays,
    /// Somebody has looked at what will be sent.
    Looked,
}

impl Field {
    /// The `name` attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::NewPassword => "new_password",
            Self::Language => "language",
            Self::Zone => "zone",
            Self::Invitation => "invitation",
            Self::Next => "next",
            Self::Token => "token",
            Self::Name => "name",
            Self::Address => "address",
            Self::ConsentVersion => "consent_version",
            Self::Kept => "kept",
            Self::Seen => "seen",
            Self::ByEmail => "by_email",
            Self::BySms => "by_sms",
            Self::Digest => "digest",
            Self::Quiet => "quiet",
            Self::QuietFrom => "quiet_from",
            Self::QuietUntil => "quiet_until",
            Self::Phone => "phone",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::HowLong => "how_long",
            Self::Another => "another",
            Self::Candidate => "candidate",
            Self::Role => "role",
            Self::Access => "access",
            Self::Mark => "mark",
            Self::Reason => "reason",
            Self::Number => "number",
            Self::Institution => "institution",
            Self::StatusCode => "status_code",
            Self::Connection => "connection",
            Self::Person => "person",
            Self::Institutions => "institutions",
            Self::Days => "days",
            Self::DaysFrom => "days_from",
            Self::DaysTo => "days_to",
            Self::Channel => "channel",
            Self::ToldDays => "told_days",
            Self::Looked => "looked",
        }
    }

    /// Whether its value must never be kept or shown again.
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::Password | Self::NewPassword | Self::Token | Self::Code | Self::Passkey
        )
    }
}
