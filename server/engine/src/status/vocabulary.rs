//! The words of the table's columns.

/// An enum whose variants have a word: in the data file, in the configuration
/// and in what `relink codes` prints.
macro_rules! vocabulary {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$meta:meta])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$meta])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its word in files and in what commands print.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

pub(super) use vocabulary;

vocabulary! {
    /// What a code speaks of.
    #[derive(Default)]
    Kind {
        /// The outcome of reading an account.
        #[default]
        Aggregation = "aggregation",
        /// A reading that is not over: what was known before stays true.
        InProgress = "in_progress",
        /// A call of ours that was wrong: never the colour of a connection.
        Api = "api",
    }
}

vocabulary! {
    /// Why an account cannot be read.
    Cause {
        /// The sign-in that Mastercard has does not work any more.
        Credentials = "credentials",
        /// A code or an answer is wanted besides the password.
        SecondFactor = "second_factor",
        /// The token of an OAuth login ended.
        Token = "token",
        /// The permission does not cover it: withdrawn, or never given.
        Consent = "consent",
        /// The institution changed something, or asks for something new.
        InstitutionChange = "institution_change",
        /// The institution does not answer as it should.
        InstitutionTrouble = "institution_trouble",
        /// Mastercard does not.
        MastercardTrouble = "mastercard_trouble",
        /// This cannot be read, ever or yet.
        NotSupported = "not_supported",
        /// The account is closed, or cannot be seen any more.
        AccountClosed = "account_closed",
        /// Our request or our records are wrong.
        OurFault = "our_fault",
        /// Nobody says.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Whose turn it is.
    Acts {
        /// The user.
        User = "user",
        /// We: the partner who runs this installation.
        Partner = "partner",
        /// Mastercard.
        Mastercard = "mastercard",
        /// The institution.
        Institution = "institution",
    }
}

vocabulary! {
    /// What helps.
    Remedy {
        /// Data Connect Fix.
        Fix = "fix",
        /// Something at the institution's own site, then Data Connect Fix.
        ActThenFix = "act_then_fix",
        /// Something at the institution, by the user.
        ActAtInstitution = "act_at_institution",
        /// A fresh connection.
        ConnectAnew = "connect_anew",
        /// The user looks whether the account is still there, and removes it if not.
        CheckAccount = "check_account",
        /// Waiting.
        Wait = "wait",
        /// A support case with Mastercard.
        Case = "case",
        /// Work on our side.
        OurWork = "our_work",
    }
}

vocabulary! {
    /// How loud a code is.
    Severity {
        /// Good to know.
        Info = "info",
        /// Worth a look.
        Notice = "notice",
        /// Nothing arrives until somebody acts.
        Urgent = "urgent",
    }
}

vocabulary! {
    /// How far the source of a row carries.
    Sure {
        /// Mastercard's page says it of this very code.
        Confirmed = "confirmed",
        /// Mastercard's page lists the code under a theme.
        Theme = "theme",
        /// Finicity's retired documentation says it.
        Legacy = "legacy",
        /// Another partner says it.
        Partner = "partner",
        /// Inferred by us.
        Unconfirmed = "unconfirmed",
    }
}

impl Remedy {
    /// Whether it goes through Data Connect Fix.
    pub const fn fixes(self) -> bool {
        matches!(self, Self::Fix | Self::ActThenFix)
    }

    /// Whether it makes sense when it is this one's turn.
    pub(super) const fn suits(self, acts: Acts) -> bool {
        match self {
            Self::Fix | Self::ActThenFix | Self::ConnectAnew | Self::CheckAccount => {
                matches!(acts, Acts::User)
            }
            // What an institution blocked, it lifts when its customer asks.
            Self::ActAtInstitution => matches!(acts, Acts::User | Acts::Institution),
            Self::Wait => matches!(acts, Acts::Institution | Acts::Mastercard),
            Self::Case => matches!(acts, Acts::Partner | Acts::Mastercard),
            Self::OurWork => matches!(acts, Acts::Partner),
        }
    }
}
