//! What an event changed, and why another could not.

use crate::connect::session::Hint;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As it is stored; never changes.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads it back.
            pub fn read(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}

names! {
    /// How far an event is.
    EventState {
        /// No handler has dealt with it.
        Waiting = "waiting",
        /// It had its effect.
        Applied = "applied",
        /// It can have none.
        Quarantined = "quarantined",
    }
}

names! {
    /// Why an event can have no effect.
    Quarantine {
        /// Mastercard's own word contradicts the reference.
        OtherCustomer = "the event names another customer",
        /// Nobody claimed it in all its attempts.
        UnknownSession = "no connect session has the event's reference",
    }
}

names! {
    /// What an event changed.
    Effect {
        /// Its kind says nothing of a visit.
        Nothing = "nothing",
        /// What it says was known.
        Known = "known",
        /// The visit learned that the link was opened.
        Opened = "opened",
        /// That the person is signing in or choosing.
        Adding = "adding",
        /// That the institution refused a sign-in.
        SignInRefused = "sign_in_refused",
        /// That accounts may have come.
        Added = "added",
        /// That the visit is over.
        Finished = "finished",
        /// That something failed.
        Trouble = "trouble",
    }
}

impl Effect {
    /// The effect of a hint that was news.
    pub(super) fn of(hint: &Hint) -> Self {
        match hint {
            Hint::Opened => Self::Opened,
            Hint::Adding => Self::Adding,
            Hint::SignInRefused => Self::SignInRefused,
            Hint::Added => Self::Added,
            Hint::Finished => Self::Finished,
            Hint::Trouble(_) => Self::Trouble,
            // No event says these.
            Hint::NothingToRepair | Hint::Left | Hint::TimedOut | Hint::Returned | Hint::Asked => {
                Self::Nothing
            }
        }
    }
}
