//! Which sentence explains why an account cannot be read. The server says
//! which, [`crate::words::codes`] says it.

/// An enum and the list of its variants.
macro_rules! wordings {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$meta])*
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        }
    };
}

wordings! {
    /// What is said of a connection, whatever the language.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
    Wording {
        /// All is well.
        Connected,
        /// A reading is running.
        Updating,
        /// The sign-in changed at the institution.
        SignInChanged,
        /// The institution wants something done on its own site first.
        ActionNeeded,
        /// The institution wants a new password or new security answers.
        NewPasswordNeeded,
        /// The institution asks for a security code.
        CodeNeeded,
        /// The institution refused a code or an answer.
        AnswerRefused,
        /// The institution has a new way to connect, to be approved once.
        NewWay,
        /// The account is not among those that are shared.
        AccountNotShared,
        /// The permission expired or was withdrawn.
        PermissionEnded,
        /// A fresh sign-in is wanted, and nothing more is known.
        SignInAgain,
        /// Something about the account changed at the institution.
        AccountChanged,
        /// The institution asks the user for something; Fix does not help.
        MoreInformation,
        /// The user is to look at the account.
        CheckAccount,
        /// The institution could not tell that it was the user.
        NotConfirmed,
        /// The second factor came too late.
        TimedOut,
        /// The sign-in did not work, and nobody says why.
        SignInUnclear,
        /// The account cannot be brought back on this connection.
        Unrecoverable,
        /// The user has no online access there.
        NoOnlineAccess,
        /// The institution blocked access.
        Blocked,
        /// Access is managed on the institution's own site.
        ManagedThere,
        /// There is no permission to read the account any more.
        SharingStopped,
        /// The details of the permission are not on record.
        NoDetails,
        /// There is no account of a kind that can be read.
        NoUsableAccount,
        /// The account may be of a kind that cannot be read.
        NotReadable,
        /// The connection to the institution is still being made.
        BeingBuilt,
        /// The account was not there the last time.
        NotSeen,
        /// The account may be closed.
        MaybeClosed,
        /// The connection to the institution is interrupted.
        Interrupted,
        /// The institution's site cannot be reached.
        Unreachable,
        /// The institution did not let Mastercard in.
        NotLetIn,
        /// Mastercard's service is busy.
        ServiceBusy,
        /// The institution answers no more requests for now.
        LimitReached,
        /// A problem that is being looked into.
        LookedInto,
        /// Two accounts cannot be told apart.
        LookAlike,
        /// The institution or the kind of login is not supported.
        NotSupported,
        /// The move to the institution's new way to connect failed.
        MoveFailed,
        /// Our details of the account do not match the institution's.
        Mismatch,
        /// The trouble is on our side.
        OurSide,
        /// Mastercard does not know the customer any more.
        CustomerLost,
        /// Nobody explains it.
        Unknown,
    }
}
