//! From the engine's name of a sentence to the pages'.

use relink_app::api::wording::Wording;
use relink_engine::status::Wording as From;

/// The sentence of the pages.
pub fn wording(wording: From) -> Wording {
    match wording {
        From::Connected => Wording::Connected,
        From::Updating => Wording::Updating,
        From::SignInChanged => Wording::SignInChanged,
        From::ActionNeeded => Wording::ActionNeeded,
        From::NewPasswordNeeded => Wording::NewPasswordNeeded,
        From::CodeNeeded => Wording::CodeNeeded,
        From::AnswerRefused => Wording::AnswerRefused,
        From::NewWay => Wording::NewWay,
        From::AccountNotShared => Wording::AccountNotShared,
        From::PermissionEnded => Wording::PermissionEnded,
        From::SignInAgain => Wording::SignInAgain,
        From::AccountChanged => Wording::AccountChanged,
        From::MoreInformation => Wording::MoreInformation,
        From::CheckAccount => Wording::CheckAccount,
        From::NotConfirmed => Wording::NotConfirmed,
        From::TimedOut => Wording::TimedOut,
        From::SignInUnclear => Wording::SignInUnclear,
        From::Unrecoverable => Wording::Unrecoverable,
        From::NoOnlineAccess => Wording::NoOnlineAccess,
        From::Blocked => Wording::Blocked,
        From::ManagedThere => Wording::ManagedThere,
        From::SharingStopped => Wording::SharingStopped,
        From::NoDetails => Wording::NoDetails,
        From::NoUsableAccount => Wording::NoUsableAccount,
        From::NotReadable => Wording::NotReadable,
        From::BeingBuilt => Wording::BeingBuilt,
        From::NotSeen => Wording::NotSeen,
        From::MaybeClosed => Wording::MaybeClosed,
        From::Interrupted => Wording::Interrupted,
        From::Unreachable => Wording::Unreachable,
        From::NotLetIn => Wording::NotLetIn,
        From::ServiceBusy => Wording::ServiceBusy,
        From::LimitReached => Wording::LimitReached,
        From::LookedInto => Wording::LookedInto,
        From::LookAlike => Wording::LookAlike,
        From::NotSupported => Wording::NotSupported,
        From::MoveFailed => Wording::MoveFailed,
        From::Mismatch => Wording::Mismatch,
        From::OurSide => Wording::OurSide,
        From::CustomerLost => Wording::CustomerLost,
        From::Unknown => Wording::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_keeps_its_meaning() {
        assert_eq!(From::ALL.len(), Wording::ALL.len());
        for from in From::ALL {
            assert_eq!(format!("{from:?}"), format!("{:?}", wording(*from)));
        }
    }
}
