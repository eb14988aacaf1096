//! English: passkeys, and letters about the second step.

use super::super::{FactorChange, PasskeyWords};

pub(in super::super) const PASSKEYS: PasskeyWords = PasskeyWords {
    title: "Passkeys",
    lead: "A passkey is your finger, face or PIN on a device of yours. Nobody can ask you for it \
           on a false page.",
    none: "You have none yet.",
    manage: "Change",
    add: "Add a passkey",
    owed: "Or use a passkey",
    name: "Name of the passkey",
    name_hint: "Such as the device that it is on.",
    show: "Use a passkey",
    instead: "Use a passkey instead",
    rename: "Change the name",
    remove: "Remove this passkey",
    remove_text: "It signs you in no more, and every other sign-in of yours ends.",
    last: "Your role asks for a second step, and you have no other. Add one first.",
    back: "Second step of signing in",
    unused: "Not used yet",
    without_script: "Passkeys need JavaScript in this browser. Without it, a code is the way.",
    unknown_here: "This browser has no passkeys here. A code is the way.",
    not_made: "No passkey was made: it was cancelled, or took too long. Nothing has changed. \
               Begin again when you are ready.",
    not_shown: "No passkey was used: it was cancelled, took too long, or none of yours is here. \
                Begin again, or type a code.",
    known: "There is a passkey of yours here already. Choose another device or key.",
    failed: "The passkey could not be used in this browser. Begin again, or take another way.",
    added: |when| format!("Added {when}"),
    used: |when| format!("last used {when}"),
    change: |name| format!("Change the passkey {name}"),
};

/// What was changed, and what that means.
pub(super) fn changed(change: FactorChange, product: &str) -> (String, String) {
    let (subject, text) = match change {
        FactorChange::AppSetUp => (
            format!("An app was set up for your sign-in at {product}"),
            "From now on its codes sign you in after your password. You have new recovery codes, \
             and every other sign-in has ended."
                .into(),
        ),
        FactorChange::AppRemoved => (
            format!("The app for your sign-in at {product} was removed"),
            "Its codes sign you in no more, and every other sign-in has ended.".into(),
        ),
        FactorChange::PasskeyAdded => (
            format!("A passkey was added to your sign-in at {product}"),
            "From now on it signs you in after your password. Every other sign-in has ended."
                .into(),
        ),
        FactorChange::PasskeyRemoved => (
            format!("A passkey for your sign-in at {product} was removed"),
            "It signs you in no more, and every other sign-in has ended.".into(),
        ),
        FactorChange::CodesMade => (
            format!("You have new recovery codes at {product}"),
            "The old ones work no more.".into(),
        ),
        FactorChange::CodeUsed(left) => (
            format!("A recovery code was used at {product}"),
            format!("Each works once. Codes that you have left: {left}."),
        ),
        FactorChange::Reset => (
            format!("Your second step at {product} was taken away"),
            format!(
                "The people who run {product} did this for who has lost it. Apps, passkeys and \
                 recovery codes are gone, and every sign-in has ended."
            ),
        ),
    };
    (subject, text)
}
