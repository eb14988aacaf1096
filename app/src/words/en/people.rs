//! English: sign-in, account, overview.

use super::super::{Account, Counts, Door, Overview};

pub(super) const DOOR: Door = Door {
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
    confirm_title: "Confirm your e-mail address",
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
};

pub(super) const ACCOUNT: Account = Account {
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
    used: |address, started, last| format!("From {address} · since {started} · last used {last}"),
    revoke_one: |device| format!("End the sign-in with {device}"),
};

pub(super) const OVERVIEW: Overview = Overview {
    title: "Connections",
    empty_title: "Nothing is connected yet",
    empty_text: "Find your institution and sign in with it. It takes about two minutes.",
    empty_start: "Connect an institution",
    connect_more: "Connect another institution",
    setting_up: "Setting up",
    setting_up_text: "The accounts are here; their first data is on its way. Nothing for you to \
                      do.",
    waiting: "Waiting for your choice",
    waiting_text: "You have not said yet which of these accounts to keep.",
    not_updating: "Not updating",
    not_updating_text: "The latest attempt to read these accounts did not work. What was read \
                        before is still here, and we try again every night.",
    leaving: "Being removed",
    leaving_text: "These accounts are being deleted at Mastercard. Then they disappear from \
                   this page.",
    choose: "Choose accounts",
    connected: "Connected",
    no_data_yet: "no data yet",
    more: "More",
    removing: "being removed",
    remove_text: "We stop reading this account, and it is deleted at Mastercard. Your account at \
                  the institution stays as it is. To have it back, you connect again.",
    remove_keep: "Keep it",
    last_good: "last data",
    headline,
    since: |when| format!("Since {when}"),
    remove_title: |account| format!("Remove {account}?"),
    remove_button: |account| format!("Remove {account}"),
    manage: |institution| format!("More about {institution}"),
};

/// What needs the person comes first, then what does not run.
fn headline(of: &Counts) -> String {
    let some = |count: usize, one: &str, many: &str| match (of.all, count) {
        (1, _) => format!("Your connection {one}"),
        (_, 1) => format!("One of your {} connections {one}", small(of.all)),
        (_, count) => format!(
            "{} of your {} connections {many}",
            word(count),
            small(of.all)
        ),
    };
    match *of {
        Counts { waiting: 1.., .. } => {
            some(of.waiting, "waits for your choice", "wait for your choice")
        }
        Counts {
            not_updating: 1.., ..
        } => some(of.not_updating, "is not updating", "are not updating"),
        Counts {
            setting_up: 1.., ..
        } => some(of.setting_up, "is being set up", "are being set up"),
        Counts { leaving: 1.., .. } => some(of.leaving, "is being removed", "are being removed"),
        Counts { all: 1, .. } => "Your institution is connected".into(),
        Counts { all, .. } => format!("All your {} connections are well", small(all)),
    }
}

/// Numbers up to ten in letters, as in a letter.
pub(super) fn small(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The same at the beginning of a sentence.
fn word(count: usize) -> String {
    let text = small(count);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::{Counts, headline};

    fn say(all: usize, waiting: usize, not_updating: usize, setting_up: usize) -> String {
        headline(&Counts {
            all,
            waiting,
            not_updating,
            setting_up,
            leaving: 0,
        })
    }

    #[test]
    fn the_headline_says_what_needs_the_person_first() {
        assert_eq!(
            say(5, 2, 1, 1),
            "Two of your five connections wait for your choice"
        );
        assert_eq!(
            say(5, 1, 0, 0),
            "One of your five connections waits for your choice"
        );
        assert_eq!(
            say(4, 0, 4, 0),
            "Four of your four connections are not updating"
        );
        assert_eq!(
            say(12, 0, 0, 3),
            "Three of your 12 connections are being set up"
        );
        assert_eq!(say(1, 0, 0, 1), "Your connection is being set up");
        assert_eq!(say(1, 0, 0, 0), "Your institution is connected");
        assert_eq!(say(3, 0, 0, 0), "All your three connections are well");
    }
}
