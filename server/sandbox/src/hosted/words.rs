//! The sentences of the hosted pages that depend on how things stand.

use http::StatusCode;

use super::end::End;
use super::step::{Remark, Trouble};
use super::world::LinkFault;

/// A page that says one thing.
pub(super) struct Notice {
    pub(super) status: StatusCode,
    pub(super) heading: String,
    pub(super) text: String,
    /// The end that an SDK is told when the person closes the page.
    pub(super) end: Option<End>,
}

/// The sandbox's address without a link.
pub(super) fn bare() -> Notice {
    Notice {
        status: StatusCode::OK,
        heading: "Data Connect sandbox".into(),
        text: "Links made through the sandbox's API open here. Its control page is at /sandbox."
            .into(),
        end: None,
    }
}

/// A visit that nobody knows.
pub(super) fn unknown() -> Notice {
    Notice {
        status: StatusCode::NOT_FOUND,
        heading: "This visit is not known".into(),
        text: "The sandbox was started anew, or the address is not complete.".into(),
        end: Some(End::Error(None)),
    }
}

/// Institution or login are gone since the link was made.
pub(super) fn gone() -> Notice {
    Notice {
        status: StatusCode::NOT_FOUND,
        heading: "There is nothing here to connect".into(),
        text: "The institution or the connection that this link was made for no longer exists."
            .into(),
        end: Some(End::Error(None)),
    }
}

pub(super) fn link_fault(fault: LinkFault) -> Notice {
    let (status, heading, text, end) = match fault {
        LinkFault::Invalid => (
            StatusCode::BAD_REQUEST,
            "This link is not valid",
            "It was cut short or changed on its way, or it comes from another sandbox.",
            End::Error(None),
        ),
        LinkFault::Expired => (
            StatusCode::GONE,
            "This link has expired",
            "A link is good for two hours after it was made; one in an e-mail for three days.",
            End::Timeout,
        ),
        LinkFault::Used => (
            StatusCode::GONE,
            "This link has been used",
            "It was made for a single visit, and that visit has succeeded.",
            End::Error(None),
        ),
    };
    Notice {
        status,
        heading: heading.into(),
        text: text.into(),
        end: Some(end),
    }
}

pub(super) fn not_played(flow: &str) -> Notice {
    Notice {
        status: StatusCode::OK,
        heading: format!("The sandbox does not play {flow} yet"),
        text: "The link is valid. Only Data Connect Lite and Fix can be walked through here."
            .into(),
        end: Some(End::Exit),
    }
}

pub(super) fn remark(remark: Remark) -> String {
    let tries = |left: u8| match left {
        1 => "One try is left.".to_owned(),
        left => format!("{left} tries are left."),
    };
    match remark {
        Remark::Refused(left) => format!("User name or password is not right. {}", tries(left)),
        Remark::WrongAnswer(left) => {
            format!("That answer is not right. Sign in again. {}", tries(left))
        }
        Remark::RefusedThere => "User name or password is not right.".into(),
        Remark::Incomplete => "Answer every question. A code has six digits.".into(),
        Remark::NothingChosen => "Choose at least one account.".into(),
        Remark::Denied => {
            "You did not allow access, so nothing was connected. You can go there again, or leave."
                .into()
        }
    }
}

/// Heading and sentence for a visit that cannot go on.
pub(super) fn trouble(trouble: Trouble, institution: &str) -> (String, String) {
    match trouble {
        Trouble::Institution(code) if matches!(code.0, 106..=109) => (
            format!("{institution} needs you on its own site first"),
            "Sign in there, do what it asks for, then start again from the app.".into(),
        ),
        Trouble::Institution(_) => (
            format!("{institution} cannot be reached"),
            "Its systems do not answer as they should. Your sign-in is not the cause. Wait an hour, then start again from the app.".into(),
        ),
        Trouble::Unsupported => (
            format!("{institution} does not work with Data Connect"),
            "Nothing was connected. Choose another institution in the app.".into(),
        ),
        Trouble::TooManySignIns => (
            "That was the last try".into(),
            format!("The sign-in was refused five times. Check that you can sign in at {institution} itself, then start again from the app."),
        ),
        Trouble::NoUsableAccount => (
            "None of your accounts can be used here".into(),
            format!("The app asks for types of accounts that you do not have at {institution}. Nothing was connected."),
        ),
        Trouble::NotTheirs => (
            "These accounts belong to another sign-in".into(),
            format!("You signed in at {institution} as someone else than the first time. Start again from the app with the same sign-in."),
        ),
        Trouble::CustomerGone => (
            "The app has removed this customer".into(),
            "Nothing was connected, because there is nobody to connect it for.".into(),
        ),
    }
}

/// Heading and sentence for a visit that is over; `repair` when it was a Fix.
pub(super) fn end(end: &End, repair: bool) -> (&'static str, &'static str) {
    match end {
        End::Complete { .. } if repair => (
            "Your sign-in is renewed",
            "Your accounts are being read again.",
        ),
        End::Complete { .. } => ("Your accounts are connected", "The app can now read them."),
        End::NothingToFix => (
            "There is nothing to repair",
            "This connection works as it is.",
        ),
        End::Exit => ("You have left", "Nothing was changed."),
        End::Error(_) => ("This visit could not be finished", "Nothing was changed."),
        End::Timeout => (
            "This visit has ended",
            "It was quiet for too long. Start again from the app.",
        ),
    }
}

/// The types that are not plain words once split at their capitals.
const KINDS: &[(&str, &str)] = &[
    ("cd", "Certificate of deposit"),
    ("ira", "IRA"),
    ("roth", "Roth IRA"),
    ("rollover", "Rollover IRA"),
    ("sepIRA", "SEP IRA"),
    ("simpleIRA", "Simple IRA"),
    ("roth401k", "Roth 401k"),
    ("529", "529 education plan"),
    ("457", "457 retirement plan"),
    ("401k", "401k retirement plan"),
];

/// An account type as a person reads it: `moneyMarket` is "Money market".
pub(super) fn kind(kind: &str) -> String {
    if let Some((_, words)) = KINDS.iter().find(|(name, _)| *name == kind) {
        return (*words).into();
    }
    kind.char_indices()
        .fold(String::new(), |mut words, (at, letter)| {
            match letter {
                letter if at == 0 => words.extend(letter.to_uppercase()),
                letter if letter.is_uppercase() => {
                    words.push(' ');
                    words.extend(letter.to_lowercase());
                }
                letter => words.push(letter),
            }
            words
        })
}

/// Dollars with groups of three and a true minus sign.
pub(super) fn dollars(amount: f64) -> String {
    let plain = format!("{:.2}", amount.abs());
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let grouped = whole
        .char_indices()
        .fold(String::new(), |mut text, (at, digit)| {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
            text
        });
    let sign = if amount < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}${grouped}.{cents}")
}

/// A span in words, rounded up to minutes above one.
pub(super) fn span(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} seconds"),
        (1, 0) => "a minute".into(),
        (minutes, 0) => format!("{minutes} minutes"),
        (minutes, _) => format!("about {} minutes", minutes + 1),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0.0, "$0.00")]
    #[case(73.12, "$73.12")]
    #[case(1_284_330.42, "$1,284,330.42")]
    #[case(-842.19, "\u{2212}$842.19")]
    #[case(-100_000.0, "\u{2212}$100,000.00")]
    fn money(#[case] amount: f64, #[case] expected: &str) {
        assert_eq!(dollars(amount), expected);
    }

    #[rstest]
    #[case("moneyMarket", "Money market")]
    #[case("healthSavingsAccount", "Health savings account")]
    #[case("cd", "Certificate of deposit")]
    #[case("529", "529 education plan")]
    fn kinds(#[case] given: &str, #[case] expected: &str) {
        assert_eq!(kind(given), expected);
    }
}
