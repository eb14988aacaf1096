//! English: what a person was told, and how they want to be told.

use super::super::{NoticeWords, TellingWords};
use super::people::small;
use crate::api::notices::{Ask, SnoozeFor, Stage, Told};

pub(super) const NOTICES: NoticeWords = NoticeWords {
    title: "Notices",
    new: "New",
    mark_read: "Mark all as read",
    empty_title: "No notices yet",
    empty_text: "Here we tell you when a connection needs you, when it works again, and before a \
                 permission ends. So far there was nothing to tell.",
    how: "Choose how we tell you",
    all: "All notices",
    needs_you: "Still needs you",
    being_handled: "Being handled",
    goes_on: "Still going on",
    comes: "Coming up",
    working: "Working",
    repaired: "Repaired since",
    back: "Back since",
    renewed: "Renewed since",
    done: "Done since",
    over: "Over",
    fine_text: "A reading of your accounts shows it. Nothing for you to do.",
    removed_text: "The connection was removed, so this notice is over. To have it back, you \
                   connect again.",
    changes_text: "Soon you sign in there on its own site, and it asks you once which accounts to \
                   share. When it is time, we ask you here. Your accounts and their history stay.",
    refused_title: "Our e-mails to you come back",
    refused_text: "Your mail server refuses them, so we write no more for now. You still read \
                   every notice here. See whether your mailbox is full or closed, then let us \
                   write again.",
    email_again: "Write to me again",
    reached_title: "Our e-mails reach you again",
    reached_text: "They are no longer refused. Nothing for you to do.",
    snooze_title: "Notices about this connection",
    snooze_text: "Not now? We can keep quiet about it for a while. This page shows how it stands \
                  all the same.",
    unsnooze: "Tell me again",
    count: |new| format!("{new} new"),
    news: |new| match new {
        0 => "You have read them all.".into(),
        1 => "One is new.".into(),
        new => {
            let text = small(new as usize);
            let (first, rest) = text.split_at(1);
            format!("{}{rest} are new.", first.to_uppercase())
        }
    },
    told,
    told_then: |when, what| format!("We told you {when}: {what}."),
    mended: |when| format!("until {when}"),
    already: |institution| format!("{institution} is already working again"),
    works: |institution| format!("{institution} is working"),
    removed: |institution| format!("{institution} is no longer connected here"),
    renewed_title: |institution| format!("Your permission for {institution} is renewed"),
    ends_title: |institution, by| format!("Your permission for {institution} ends on {by}"),
    snooze_for: |how_long| {
        match how_long {
            SnoozeFor::Day => "For a day",
            SnoozeFor::Week => "For a week",
            SnoozeFor::Month => "For a month",
        }
        .into()
    },
    snoozed: |until| format!("No notices until {until}"),
};

fn told(told: &Told, institution: &str) -> String {
    match told {
        Told::Broke(Ask::Fix, Stage::First) => {
            format!("{institution} asks you to sign in again")
        }
        Told::Broke(Ask::Fix, Stage::Reminder) => {
            format!("{institution} still waits for you to sign in")
        }
        Told::Broke(Ask::Elsewhere, Stage::First) => format!("{institution} needs you"),
        Told::Broke(Ask::Elsewhere, Stage::Reminder) => format!("{institution} still needs you"),
        Told::Broke(Ask::Nothing, _) => format!("{institution} cannot be read at present"),
        Told::Repaired => format!("{institution} works again"),
        Told::Outage => format!("{institution} is in trouble"),
        Told::Back => format!("{institution} is back"),
        Told::PermissionEnds(by) => {
            format!("Your permission for {institution} ends on {}", by.text)
        }
        Told::InstitutionChanges => format!("{institution} changes how you sign in"),
        Told::EmailRefused(_) => "Our e-mails to you come back".into(),
    }
}

pub(super) const TELLING: TellingWords = TellingWords {
    title: "How we tell you",
    lead: "Every notice stands here on our pages. What else do you want?",
    ways: "Tell me by",
    ways_text: "We write when a connection needs you, when it works again, and before a \
                permission ends. Never an account number, a balance, or a link to your bank.",
    by_email: "E-mail",
    by_sms: "Text message",
    by_sms_text: "Confirm a phone below, and you can have text messages.",
    digest: "How often by e-mail",
    digest_soon: "When it happens",
    digest_soon_text: "What happens within a few minutes comes in one e-mail.",
    digest_daily: "Once a day",
    quiet: "Send nothing at night",
    quiet_title: "Quiet hours",
    quiet_text: "E-mail and text messages wait until the morning, in your own time zone.",
    quiet_from: "From",
    quiet_until: "Until",
    save: "Save",
    phone: "Your phone",
    phone_text: "We send a code to see that the phone is yours. Your carrier may charge for \
                 messages. Answer STOP at any time, and none comes any more.",
    phone_number: "Phone number",
    phone_hint: "Without a country code it is a number in the United States.",
    send_code: "Send me a code",
    code: "Code from the message",
    code_hint: "Six digits. It works once, for 10 minutes.",
    confirm: "Confirm this phone",
    other_number: "Use another number",
    remove: "Remove this phone",
    stopped: "This phone has answered STOP, so nothing goes there. Send START from it to have \
              messages again.",
    to_notices: "Your notices",
    to_account: "Your account",
    stop_title: "Stop notices by e-mail",
    stop: "Stop them",
    stop_text: "You still read every notice here when you sign in. E-mails about your sign-in \
                itself, such as a new password, go on.",
    stopped_title: "No more notices by e-mail",
    stopped_text: "You still read every notice here when you sign in. There you can also have \
                   them by e-mail again.",
    no_token_title: "This link stops nothing",
    no_token_text: "It is not whole, or not from an e-mail of ours. Nothing was changed. Sign in, \
                    and you choose there how we tell you.",
    sign_in: "Sign in",
    account_text: "By e-mail or text message, at which hours, and how often.",
    by_email_text: |address| format!("To {address}"),
    refused: |since| {
        format!(
            "Your mail server has refused our e-mails since {since}, so we write no more for now. \
             See whether your mailbox is full or closed, then let us write again."
        )
    },
    digest_daily_text: |at| format!("One e-mail at {at}, with all that is new."),
    code_sent: |number| format!("We sent a code to {number}."),
    stop_lead: |address| format!("Then we write no more to {address} when a connection needs you."),
};
