//! English: what forms say.

use super::super::FormWords;
use super::people::small;
use crate::api::accounts::Kept;
use crate::api::connect::StartError;
use crate::api::connections::RepairError;
use crate::api::forms::{Notice, Problem};
use crate::api::refusal::Fault;
use crate::api::search::Unavailable;
use crate::api::shared::Reference;

pub(in super::super) const FORMS: FormWords = FormWords {
    problem: |problem| {
        match problem {
            Problem::Missing => "Please fill this in.",
            Problem::NotAnEmail => "This is not an e-mail address: it needs an @ and a domain.",
            Problem::TooShort => "At least 12 characters, please.",
            Problem::TooLong => "This is too long.",
            Problem::Common => {
                "Many people use this password, so it is easy to guess. Choose \
                                another."
            }
            Problem::WrongPassword => "This is not your current password.",
            Problem::BadInvitation => {
                "This invitation does not work: it was used, withdrawn, replaced by a newer one, \
                 or is older than seven days. Ask who invited you for another."
            }
            Problem::NotAnAddress => "This is not a web address: it looks like example.com.",
            Problem::NotAPhone => {
                "This is not a phone number: it looks like (202) 555-0123, or begins with + and \
                 the country."
            }
            Problem::PhoneStopped => {
                "This phone has answered STOP to us. Send START from it, then type the number \
                 here again."
            }
            Problem::WrongCode => "This is not the code we sent. Look at the message again.",
            Problem::WrongAppCode => {
                "This is not the code of the app, or it was used. Wait for the next one."
            }
            Problem::CodeTooOld => {
                "This code no longer works: each is good once, for 10 minutes. Have a new one \
                 sent."
            }
            Problem::NotATime => "This is not a time of day: it looks like 21:00.",
            Problem::SameTime => "The quiet hours need two different times.",
        }
        .into()
    },
    notice,
};

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LookBelow => "Not sent yet: something below needs another look.",
        Notice::WrongSignIn => "E-mail address and password do not fit together.",
        Notice::TooMany { minutes: 1 } => "Too many tries. You can try again in a minute.",
        Notice::TooMany { minutes } => {
            return format!("Too many tries. You can try again in {minutes} minutes.");
        }
        Notice::SignInFirst => "Sign in, and you go on to that page.",
        Notice::SignedOut => "You are signed out.",
        Notice::SignInEnded => {
            "Your sign-in has ended. Sign in again, and you go on where you \
                                were."
        }
        Notice::MailSent => "If there is an account for this address, a mail is on its way.",
        Notice::ConfirmationSent => {
            "A mail is on its way. Use the link in it to confirm your \
                                     address."
        }
        Notice::EmailConfirmed => "Your address is confirmed.",
        Notice::LinkDead => "This link no longer works. Links work once, for 30 minutes.",
        Notice::PasswordChanged => "Your password is changed. Every other sign-in has ended.",
        Notice::PreferencesKept => "Saved. This is how you see our pages and letters from now on.",
        Notice::SignInRevoked => "That sign-in has ended.",
        Notice::SignedOutEverywhere => "Every sign-in has ended, this one too.",
        Notice::Erased => {
            "Your account is deleted, and nothing is read any more. A last mail says so. The \
             deletion at Mastercard follows within minutes."
        }
        Notice::MissingNoted => "Noted, thank you.",
        Notice::NotStarted(error) => return not_started(error),
        Notice::Kept(done) => return kept(*done),
        Notice::ChoiceChanged => "More accounts arrived meanwhile. Look at the list once more.",
        Notice::AccountRemoved => {
            "The account is removed. Its deletion at Mastercard follows \
                                   within minutes."
        }
        Notice::Disconnected => {
            "It is being removed with all its accounts. Their deletion at Mastercard follows \
             within minutes."
        }
        Notice::AccountFound => "We know now which account it is. Its history goes on.",
        Notice::AllDisconnected => {
            "Everything is being removed. The deletions at Mastercard follow within minutes."
        }
        Notice::AlreadyWorks => "It is already working again: we have just looked.",
        Notice::NotRepaired(error) => return not_repaired(error),
        Notice::NoticesRead => "All notices are marked as read.",
        Notice::TellingSaved => "Saved. From now on we tell you like this.",
        Notice::EmailAgain => "We write to your address again.",
        Notice::CodeSent => "A code is on its way to your phone. It works for 10 minutes.",
        Notice::PhoneConfirmed => "Your phone is confirmed. Text messages go there from now on.",
        Notice::PhoneRemoved => "Your phone number is removed. No text messages go there any more.",
        Notice::NoTexts => "Text messages are not sent here. E-mail and this page still tell you.",
        Notice::Snoozed(until) => {
            return format!(
                "We tell you nothing of this connection until {}.",
                until.text
            );
        }
        Notice::Unsnoozed => "We tell you of this connection again.",
        Notice::Unsubscribed => "Done: no more notices go to you by e-mail.",
        Notice::NotALetter => "This link stops nothing: it is not from an e-mail of ours.",
        Notice::Factor(notice) => return super::staff::factor(*notice).into(),
        Notice::Person(notice) => return super::staff::person(*notice),
        Notice::Operation(notice) => super::operations::operation(*notice),
        Notice::Help(notice) => return super::help::help(notice),
        Notice::Campaign(notice) => super::campaigns::notice(*notice),
        Notice::NotFromHere => {
            "That form was too old, or came from elsewhere. Nothing was \
                                changed. Try once more from this page."
        }
        Notice::Internal(reference) => return internal(reference),
    }
    .into()
}

fn internal(reference: &Reference) -> String {
    let said = "The fault is ours, and it is noted. Nothing was changed. Try once more";
    match reference.as_str() {
        "" => format!("{said}."),
        text => format!("{said}; if it stays like this, tell us the reference {text}."),
    }
}

fn not_repaired(error: &RepairError) -> String {
    match error {
        RepairError::NotFixable => {
            "Signing in again does not help this connection now. Below is what does.".into()
        }
        RepairError::LoginGone => {
            "Mastercard has no accounts under this sign-in any more. Remove the connection, and \
             connect again if you want it back."
                .into()
        }
        RepairError::NoLink(error) => not_started(error),
        RepairError::Fault(fault) => not_started(&StartError::Fault(fault.clone())),
    }
}

fn not_started(error: &StartError) -> String {
    match error {
        StartError::Gone => "This institution is no longer offered. Choose another.",
        StartError::Unavailable(Unavailable::Offline) => {
            "The institution does not answer at present. Come back later today."
        }
        StartError::Unavailable(Unavailable::Unsupported | Unavailable::NotRegistered) => {
            "This institution cannot be connected here."
        }
        StartError::ConsentChanged => {
            "The text below has changed since you opened the page. Read it once more, then go on."
        }
        StartError::FixFirst => {
            "You have a connection there that can be fixed. Fix it, or connect another sign-in \
             below."
        }
        StartError::EmailNotConfirmed => {
            "Confirm your e-mail address first: use the link in our mail."
        }
        StartError::NotAccepted(reference)
        | StartError::WebhookNotReached(reference)
        | StartError::Upstream(reference) => return no_link(error, reference),
        StartError::Fault(Fault::Internal(reference)) => return internal(reference),
        StartError::Fault(Fault::SignedOut) => "Sign in again, then go on.",
        StartError::Fault(Fault::TooMany) => "That was very quick. Wait a minute, then try again.",
        StartError::Fault(Fault::NotFound | Fault::BadRequest) => {
            "That form was too old. Nothing was changed. Try once more from this page."
        }
        StartError::Fault(Fault::Unreachable) => {
            "The connection was interrupted. Check your network, then try again."
        }
    }
    .into()
}

fn no_link(error: &StartError, reference: &Reference) -> String {
    let said = match error {
        StartError::NotAccepted(_) => {
            "Mastercard does not accept our access at present. Our people have to mend this; \
             trying again will not help before that."
        }
        StartError::WebhookNotReached(_) => {
            "Mastercard could not reach us to confirm, so it made no sign-in page. Our people \
             have to mend this."
        }
        _ => {
            "Mastercard does not answer at present. You did nothing wrong. Try again in a few \
              minutes."
        }
    };
    match reference.as_str() {
        "" => said.into(),
        text => format!("{said} Reference: {text}."),
    }
}

fn kept(done: Kept) -> String {
    let accounts = |count: u32| match count {
        1 => "one account".to_owned(),
        count => format!("{} accounts", small(count as usize)),
    };
    match (done.kept, done.removed) {
        (kept, 0) => format!("You keep {}.", accounts(kept)),
        (0, removed) => format!(
            "You keep none. The deletion of {} at Mastercard follows within minutes.",
            accounts(removed)
        ),
        (kept, removed) => format!(
            "You keep {}. The deletion of {} at Mastercard follows within minutes.",
            accounts(kept),
            accounts(removed)
        ),
    }
}
