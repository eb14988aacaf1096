//! English: the second step, people and what staff did.

use super::super::{AuditWords, FactorWords, PeopleWords};
use super::people::small;
use crate::api::audit::{Act, Thing};
use crate::api::factor::FactorNotice;
use crate::api::people::{PersonNotice, Role};

pub(in super::super) const FACTOR: FactorWords = FactorWords {
    step_title: "Your code",
    step_lead: "Type the six digits that your authenticator app shows now.",
    any_title: "Your second step",
    any_lead: "Use a passkey, or type a code.",
    code: "Code",
    code_hint: "Without the app, type one of your recovery codes.",
    recovery_code: "Recovery code",
    go_on: "Go on",
    nothing_title: "Sign in first",
    nothing_text: "There is no second step to take here. If you typed your password, it was more \
                   than 15 minutes ago: begin again.",
    sign_in: "Sign in",
    owed_title: "Set up your second step",
    owed_lead: "Your role here asks for more than a password: a code from an app on your phone. \
                Any authenticator app will do. It takes two minutes.",
    begin: "Begin",
    scan: "Scan this picture with the app.",
    picture: "Picture for the authenticator app",
    by_hand: "Or type this key into the app:",
    first_code: "The code that the app shows now",
    confirm: "Confirm",
    codes_title: "Keep your recovery codes",
    codes_lead: "Each of these signs you in once if you lose the app or passkey. Keep them where \
                 you keep your passwords. We show them only now.",
    codes_done: "I have kept them",
    title: "Second step of signing in",
    account_text: "Besides the password: a passkey, or a code from an app on your phone.",
    app: "Authenticator app",
    off: "Off",
    set_up: "Set it up",
    replace: "Set up another app",
    replace_text: "The codes of the old app work until you confirm the new one.",
    recovery: "Recovery codes",
    renew: "Make new recovery codes",
    renew_text: "New ones take their place.",
    remove: "Remove the app",
    required: "Your role asks for it, so it stays on.",
    to_account: "Your account",
    look: "See the second step",
    on_since: |since| format!("On since {since}"),
    codes_left: |count| match count {
        1 => "You have one recovery code left.".into(),
        count => format!("You have {} recovery codes left.", small(count as usize)),
    },
};

pub(in super::super) const PEOPLE: PeopleWords = PeopleWords {
    title: "People",
    beginning: "Address begins with",
    role: "Role",
    all_roles: "All roles",
    find: "Show",
    address: "E-mail address",
    state: "State",
    since: "Since",
    second_step: "Second step",
    on: "On",
    off: "Off",
    active: "Can sign in",
    unconfirmed: "Address not confirmed",
    disabled: "Disabled",
    none: "Nobody is like that.",
    next: "Next page",
    first: "First page",
    invite: "Invite somebody",
    invite_text: "They get a mail with a link that works for seven days, or until you withdraw it. A new \
                  one takes the place of one before.",
    send: "Send the invitation",
    change: "Change the role",
    access: "Access",
    disable: "Disable",
    disable_text: "This signs them out everywhere and lets them in no more.",
    enable: "Let in again",
    sign_ins: "Where they are signed in",
    no_sign_ins: "Nowhere at present.",
    end_all: "End all of them",
    reset: "Take the second step away",
    reset_text: "For somebody who has lost all of it, the codes as well. Make sure by another way that \
                 it is them.",
    oneself: "This is you. Another admin has to change your role or disable you.",
    back: "All people",
    acts: "What they did",
    bad_title: "This address is not whole",
    bad_text: "A part of it is not ours, or was cut off. Nothing was changed.",
    invitations: "Open invitations",
    no_invitations: "Nobody is invited at present.",
    more_invitations: "There are more. Show those whose address begins as you type above.",
    inviter: "Invited by",
    until: "Good until",
    withdraw: "Withdraw",
    erase: "Delete this person",
    erase_text: "For somebody who asks for it. Deletes their sign-in, everything that they connected, and \
                 their customer at Mastercard. Nobody can bring it back. Their connections leave the \
                 figures from now on; of the past only numbers stay.",
    erase_typed: "Type their e-mail address to confirm",
    passkeys: |count, used| {
        let count = match count {
            1 => "one passkey".into(),
            count => format!("{} passkeys", small(count as usize)),
        };
        match used {
            Some(used) => format!("{count}, last used {used}"),
            None => count,
        }
    },
    role_name: |role| {
        match role {
            Role::User => "User",
            Role::Viewer => "Viewer",
            Role::Support => "Support",
            Role::Admin => "Admin",
        }
        .into()
    },
    role_text: |role| {
        match role {
            Role::User => "Sees and changes their own connections.",
            Role::Viewer => "Looks at the pages of staff, too.",
            Role::Support => "Helps users, too.",
            Role::Admin => "Runs this installation, too.",
        }
        .into()
    },
    may: |role| {
        match role {
            Role::User => "You connect your bank and see that it stays connected.",
            Role::Viewer => "You see how all connections are.",
            Role::Support => "You see how all connections are, and help the people they belong to.",
            Role::Admin => "You run this installation.",
        }
        .into()
    },
    disabled_since: |since| format!("Since {since}"),
    withdraw_one: |email| format!("Withdraw the invitation to {email}"),
};

pub(in super::super) const AUDIT: AuditWords = AuditWords {
    title: "Audit",
    lead: "What staff did, and who got in. Nothing here can be changed.",
    who: "Who (e-mail address)",
    actor: "Who",
    what: "What",
    everything: "Everything",
    from: "From",
    until: "Until",
    find: "Show",
    export: "Download as CSV",
    number: "No.",
    when: "When",
    whom: "Whom",
    place: "From where",
    change: "Change",
    machine: "At the machine",
    erased: "Erased",
    none: "Nothing is like that.",
    older: "Older",
    newest: "The newest",
    nobody: "Nobody here has this address.",
    not_a_day: "This is not a day: it looks like 2026-11-18.",
    table: "Acts",
    act: |act| {
        match act {
            Act::SignedIn => "Signed in",
            Act::FactorFailed => "Showed a wrong code or passkey",
            Act::FactorSetUp => "Set up a second step",
            Act::FactorRemoved => "Removed a second step",
            Act::PasskeyRenamed => "Renamed a passkey",
            Act::RecoveryCodeUsed => "Used a recovery code",
            Act::RecoveryCodesMade => "Made new recovery codes",
            Act::FactorsReset => "Took a second step away",
            Act::Invited => "Invited",
            Act::InvitationWithdrawn => "Withdrew an invitation",
            Act::Joined => "Accepted an invitation",
            Act::PasswordReset => "Set a new password by our mail",
            Act::PasswordChanged => "Changed their password",
            Act::SignInEnded => "Ended a sign-in of their own",
            Act::SignedOutEverywhere => "Signed out everywhere",
            Act::AdminMade => "Made an admin",
            Act::RoleChanged => "Changed a role",
            Act::Disabled => "Disabled",
            Act::Enabled => "Let in again",
            Act::SessionsEnded => "Ended sign-ins",
            Act::Erased => "Deleted a person",
            Act::Looked => "Looked at",
            Act::Marked => "Took a connection out of the figures",
            Act::Unmarked => "Let a connection count again",
            Act::EventReplayed => "Replayed an event",
            Act::EventsReplayed => "Replayed events",
            Act::JobRetried => "Retried a job",
            Act::JobCancelled => "Cancelled a job",
            Act::SecretRotated => "Replaced the partner secret",
            Act::Snoozed => "Snoozed a connection",
            Act::Unsnoozed => "Ended a snooze",
            Act::LetterSent => "Sent a letter about a break",
            Act::CaseSent => "Marked a case as sent",
            Act::CaseNumbered => "Changed the number of a case",
            Act::CampaignMade => "Made a campaign",
            Act::CampaignSent => "Sent a campaign",
            Act::CampaignStopped => "Stopped a campaign",
            Act::Exported => "Downloaded the audit",
            Act::NamesErased => "Erased names from the audit",
        }
        .into()
    },
    fact: super::facts::fact,
    change_text: |before, after| match (before, after) {
        ("", after) => after.into(),
        (before, "") => format!("before: {before}"),
        (before, after) => format!("{before}, now {after}"),
    },
    thing: |thing| {
        match thing {
            Thing::Connection(..) => "The connection",
            Thing::Case(_) => "The case",
            Thing::Campaign(_) => "The campaign",
            Thing::Event(_) => "The event",
            Thing::Events(_) => "These events",
            Thing::Jobs(_) => "Jobs of this kind",
            Thing::Person(_) => "The person",
        }
        .into()
    },
    reason: |reason| format!("Reason: {reason}"),
};

/// What became of an act on the second step.
pub(super) fn factor(notice: FactorNotice) -> &'static str {
    match notice {
        FactorNotice::Removed => "The app is removed. Every other sign-in has ended.",
        FactorNotice::PasskeyAdded => "The passkey is added. Every other sign-in has ended.",
        FactorNotice::PasskeyRenamed => "The passkey has its new name.",
        FactorNotice::PasskeyRemoved => "The passkey is removed. Every other sign-in has ended.",
        FactorNotice::WrongPasskey => {
            "This passkey is not taken: it is not one of yours here, or was removed. Use another \
             one, or a code."
        }
        FactorNotice::TooManyPasskeys => {
            "You have ten passkeys. Remove one before you add another."
        }
        FactorNotice::SignInAgain => {
            "You signed in a while ago. Sign out and in again, then add it within 15 minutes."
        }
        FactorNotice::Gone => "That was done already, or took too long. Begin again.",
        FactorNotice::Required => {
            "Your role asks for a second step. Add another before you remove this one."
        }
    }
}

/// What became of an act on a person.
pub(super) fn person(notice: PersonNotice) -> String {
    match notice {
        PersonNotice::Invited => "The invitation is on its way.",
        PersonNotice::AlreadyThere => "This address has a user already. Search for it here.",
        PersonNotice::SignUpOff => {
            "Sign-up is off here, for guests as well. The operator can turn it on."
        }
        PersonNotice::RoleChanged => "The role is changed.",
        PersonNotice::Disabled => "They are signed out and cannot sign in any more.",
        PersonNotice::Enabled => "They can sign in again.",
        PersonNotice::SignInsEnded(1) => "One sign-in has ended.",
        PersonNotice::SignInsEnded(count) => return format!("{count} sign-ins have ended."),
        PersonNotice::FactorReset => {
            "The second step is gone, and every sign-in of theirs has ended."
        }
        PersonNotice::NoFactor => "There is no second step to take away.",
        PersonNotice::Oneself => "You cannot do this to yourself. Another admin can.",
        PersonNotice::LastAdmin => {
            "Nobody could run this installation any more. Make another admin first."
        }
        PersonNotice::Unproven => {
            "Their address is not confirmed, and whoever signed up with it may be somebody else. Ask them \
             to confirm it, or invite them."
        }
        PersonNotice::AnotherAddress => {
            "That is not their address. Nothing was deleted: type it as it stands above."
        }
        PersonNotice::Erased => {
            "They are deleted. A last mail tells them. The deletion at Mastercard follows within minutes."
        }
        PersonNotice::Withdrawn => "The invitation is withdrawn. Its link leads nowhere any more.",
        PersonNotice::NotOpen => "This invitation is not open any more.",
    }
    .into()
}
