//! English: sign-in, account.

use super::super::{Account, Door};

pub(in super::super) const DOOR: Door = Door {
    sign_in: "Sign in",
    sign_in_lead: "With the e-mail address and password you have here, not those of your bank.",
    email: "E-mail address",
    password: "Password",
    new_password: "New password",
    password_hint: "At least 12 characters. A few unrelated words make a good one.",
    forgot: "Forgot your password?",
    no_account: "No account yet?",
    sign_up: "Sign up",
    sign_up_lead: "An e-mail address and a password are all we need.",
    sign_up_closed: "Sign-up is closed",
    sign_up_closed_text: "New accounts are not made here at present. If you have one, sign in.",
    invitation: "Invitation code",
    invitation_hint: "It is in the mail that invited you.",
    have_account: "Have an account already?",
    make_account: "Make my account",
    confirm_title: "Confirm your address",
    confirm_lead: "One click, and this address is yours here.",
    confirm: "Confirm my address",
    forgot_title: "Set a new password",
    forgot_lead: "Type your address. If there is an account for it, a mail with a link comes \
                  within a minute. The link works once, for 30 minutes.",
    send_mail: "Send me the link",
    reset_title: "Choose a new password",
    reset_lead: "When it is set, every other sign-in of yours ends.",
    reset: "Set the password",
    dead_title: "This link no longer works",
    dead_text: "Links in our mails work once, and for 30 minutes. You can have a new one now.",
    dead_way: "Get a new link",
    back: "Back to sign-in",
    by_invitation: "New accounts are by invitation. Go on with the button in the mail that \
                    invited you, or type its code here.",
    invited: "You are invited. Choose a password, and that is all.",
    go_on: "Go on",
    invited_lead: |role, text| format!("You are invited as {role}. {text} Choose a password."),
};

pub(in super::super) const ACCOUNT: Account = Account {
    title: "Your account",
    email: "E-mail address",
    confirmed: "Confirmed",
    unconfirmed: "Not confirmed yet: use the link in our mail",
    password: "Change your password",
    current_password: "Current password",
    new_password: "New password",
    change: "Change the password",
    sign_ins: "Where you are signed in",
    sign_ins_lead: "If you do not know one of these, end it and change your password.",
    this_one: "This browser",
    revoke: "End",
    everywhere: "Sign out everywhere",
    everywhere_text: "Ends every sign-in, this one too.",
    reading: "Language and time zone",
    reading_lead: "For these pages, and for the letters we send you.",
    language: "Language",
    zone: "Time zone",
    zone_hint: "Days and times are shown by the clock there.",
    zones_us: "United States",
    zones_all: "All places",
    eastern: "Eastern (New York)",
    central: "Central (Chicago)",
    mountain: "Mountain (Denver)",
    arizona: "Arizona (Phoenix)",
    pacific: "Pacific (Los Angeles)",
    alaska: "Alaska (Anchorage)",
    hawaii: "Hawaii (Honolulu)",
    choose: "Save",
    unknown_device: "Unknown browser",
    erase: "Delete your account",
    erase_text: "Deletes your account here, and everything that you connected.",
    erase_lead: "Your account here goes, and everything that you connected. Nobody can bring it back.",
    erase_reading: "We stop reading at once, and delete what you connected at Mastercard, too.",
    erase_names: "We erase your e-mail address, phone number, password and settings.",
    erase_banks: "Your accounts at your bank stay as they are.",
    erase_stays: "What stays are numbers that name nobody: how often a connection broke, and how long it took.",
    erase_button: "Delete my account",
    erase_keep: "Keep it",
    usual_zone: |zone| format!("As usual here ({zone})"),
    device: |browser, system| format!("{browser} on {system}"),
    used: |address, started, last| format!("From {address} · since {started} · last used {last}"),
    revoke_one: |device| format!("End the sign-in with {device}"),
};

/// Numbers up to ten in letters, as in a letter.
pub(super) fn small(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
