//! The kinds of acts.

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// The kind of an act, by a name that never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
        #[serde(into = "&'static str")]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// As it is stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }
        }
    };
}

kinds! {
    /// [`super::Act::SignedIn`].
    SignedIn = "signed_in",
    /// [`super::Act::FactorFailed`].
    FactorFailed = "factor_failed",
    /// [`super::Act::FactorSetUp`].
    FactorSetUp = "factor_set_up",
    /// [`super::Act::FactorRemoved`].
    FactorRemoved = "factor_removed",
    /// [`super::Act::PasskeyRenamed`].
    PasskeyRenamed = "passkey_renamed",
    /// [`super::Act::RecoveryCodeUsed`].
    RecoveryCodeUsed = "recovery_code_used",
    /// [`super::Act::RecoveryCodesMade`].
    RecoveryCodesMade = "recovery_codes_made",
    /// [`super::Act::FactorsReset`].
    FactorsReset = "factors_reset",
    /// [`super::Act::Invited`].
    Invited = "invited",
    /// [`super::Act::InvitationWithdrawn`].
    InvitationWithdrawn = "invitation_withdrawn",
    /// [`super::Act::Joined`].
    Joined = "joined",
    /// [`super::Act::PasswordReset`].
    PasswordReset = "password_reset",
    /// [`super::Act::PasswordChanged`].
    PasswordChanged = "password_changed",
    /// [`super::Act::SignInEnded`].
    SignInEnded = "sign_in_ended",
    /// [`super::Act::SignedOutEverywhere`].
    SignedOutEverywhere = "signed_out_everywhere",
    /// [`super::Act::AdminMade`].
    AdminMade = "admin_made",
    /// [`super::Act::RoleChanged`].
    RoleChanged = "role_changed",
    /// [`super::Act::Disabled`].
    Disabled = "disabled",
    /// [`super::Act::Enabled`].
    Enabled = "enabled",
    /// [`super::Act::SessionsEnded`].
    SessionsEnded = "sessions_ended",
    /// [`super::Act::Erased`].
    Erased = "erased",
    /// [`super::Act::Looked`].
    Looked = "looked",
    /// [`super::Act::Marked`].
    Marked = "marked",
    /// [`super::Act::Unmarked`].
    Unmarked = "unmarked",
    /// [`super::Act::EventReplayed`].
    EventReplayed = "event_replayed",
    /// [`super::Act::EventsReplayed`].
    EventsReplayed = "events_replayed",
    /// [`super::Act::JobRetried`].
    JobRetried = "job_retried",
    /// [`super::Act::JobCancelled`].
    JobCancelled = "job_cancelled",
    /// [`super::Act::SecretRotated`].
    SecretRotated = "secret_rotated",
    /// [`super::Act::Snoozed`].
    Snoozed = "snoozed",
    /// [`super::Act::Unsnoozed`].
    Unsnoozed = "unsnoozed",
    /// [`super::Act::LetterSent`].
    LetterSent = "letter_sent",
    /// [`super::Act::CaseSent`].
    CaseSent = "case_sent",
    /// [`super::Act::CaseNumbered`].
    CaseNumbered = "case_numbered",
    /// [`super::Act::CampaignMade`].
    CampaignMade = "campaign_made",
    /// [`super::Act::CampaignSent`].
    CampaignSent = "campaign_sent",
    /// [`super::Act::CampaignStopped`].
    CampaignStopped = "campaign_stopped",
    /// [`super::Act::Exported`].
    Exported = "exported",
    /// [`super::Act::NamesErased`].
    NamesErased = "names_erased",
}

impl From<Kind> for &'static str {
    fn from(kind: Kind) -> Self {
        kind.as_str()
    }
}

/// The text names no kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of act")]
pub struct NotAKind;

impl std::str::FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}
