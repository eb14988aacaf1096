//! Which sentence is said. The sentences are the pages' matter.

use super::{Remedy, vocabulary::vocabulary};

vocabulary! {
    /// What is said to the user, in whatever language. One remedy each, since
    /// the sentence names it.
    Wording {
        /// All is well.
        Connected = "connected",
        /// A reading is running.
        Updating = "updating",
        /// The sign-in changed at the institution.
        SignInChanged = "sign_in_changed",
        /// The institution wants something done on its own site first.
        ActionNeeded = "action_needed",
        /// The institution wants a new password or new security answers.
        NewPasswordNeeded = "new_password_needed",
        /// The institution asks for a security code.
        CodeNeeded = "code_needed",
        /// The institution refused a code or an answer.
        AnswerRefused = "answer_refused",
        /// The institution has a new way to connect, to be approved once.
        NewWay = "new_way",
        /// The account is not among those that are shared.
        AccountNotShared = "account_not_shared",
        /// The permission expired or was withdrawn.
        PermissionEnded = "permission_ended",
        /// A fresh sign-in is wanted, and the code says no more.
        SignInAgain = "sign_in_again",
        /// Something about the account changed at the institution.
        AccountChanged = "account_changed",
        /// The institution asks the user for something; Fix does not help.
        MoreInformation = "more_information",
        /// The user is to look at the account.
        CheckAccount = "check_account",
        /// The institution could not tell that it was the user.
        NotConfirmed = "not_confirmed",
        /// The second factor came too late.
        TimedOut = "timed_out",
        /// The sign-in did not work, and nobody says why.
        SignInUnclear = "sign_in_unclear",
        /// The account cannot be brought back on this connection.
        Unrecoverable = "unrecoverable",
        /// The user has no online access there.
        NoOnlineAccess = "no_online_access",
        /// The institution blocked access.
        Blocked = "blocked",
        /// Access is managed on the institution's own site.
        ManagedThere = "managed_there",
        /// There is no permission to read the account any more.
        SharingStopped = "sharing_stopped",
        /// The details of the permission are not on record.
        NoDetails = "no_details",
        /// There is no account of a kind that can be read.
        NoUsableAccount = "no_usable_account",
        /// The account may be of a kind that cannot be read.
        NotReadable = "not_readable",
        /// The connection to the institution is still being made.
        BeingBuilt = "being_built",
        /// The account was not there the last time.
        NotSeen = "not_seen",
        /// The account may be closed.
        MaybeClosed = "maybe_closed",
        /// The connection to the institution is interrupted.
        Interrupted = "interrupted",
        /// The institution's site cannot be reached.
        Unreachable = "unreachable",
        /// The institution did not let Mastercard in.
        NotLetIn = "not_let_in",
        /// Mastercard's service is busy.
        ServiceBusy = "service_busy",
        /// The institution answers no more requests for now.
        LimitReached = "limit_reached",
        /// A problem that is being looked into.
        LookedInto = "looked_into",
        /// Two accounts cannot be told apart.
        LookAlike = "look_alike",
        /// The institution or the kind of login is not supported.
        NotSupported = "not_supported",
        /// The move to the institution's new way to connect failed.
        MoveFailed = "move_failed",
        /// Our details of the account do not match the institution's.
        Mismatch = "mismatch",
        /// The trouble is on our side.
        OurSide = "our_side",
        /// Mastercard does not know the customer any more.
        CustomerLost = "customer_lost",
        /// A code that nobody explains.
        Unknown = "unknown",
    }
}

impl Wording {
    /// What is said of a row whose remedy the operator changed: its own
    /// sentence names the old one.
    pub(super) const fn usual(remedy: Remedy) -> Self {
        match remedy {
            Remedy::Fix => Self::SignInAgain,
            Remedy::ActThenFix => Self::ActionNeeded,
            Remedy::ActAtInstitution => Self::MoreInformation,
            Remedy::ConnectAnew => Self::Unrecoverable,
            Remedy::CheckAccount => Self::CheckAccount,
            Remedy::Wait => Self::Interrupted,
            Remedy::Case => Self::LookedInto,
            Remedy::OurWork => Self::OurSide,
        }
    }
}
