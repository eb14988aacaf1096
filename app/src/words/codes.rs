//! Why an account cannot be read, and what helps: a sentence each.

use super::Language;
use crate::api::wording::Wording;

/// Where the institution's name goes.
const INSTITUTION: &str = "{institution}";

/// What is said of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What happened, and why.
    pub what: String,
    /// What to do, or who is on it; and what happens next.
    pub remedy: String,
    /// The remedy as numbered steps, where one must come before the other.
    pub steps: Vec<String>,
}

impl Language {
    fn codes(self) -> &'static Codes {
        match self {
            Self::English => &super::en::codes::CODES,
            Self::Spanish => &super::es::codes::CODES,
            Self::French => &super::fr::codes::CODES,
        }
    }
}

/// What is said of a connection to `institution`.
pub fn codes(language: Language, wording: Wording, institution: &str) -> Sentence {
    let text = language.codes().text(wording);
    let fill = |text: &str| text.replace(INSTITUTION, institution);
    Sentence {
        what: fill(text.what),
        remedy: fill(text.remedy),
        steps: text.steps.iter().map(|step| fill(step)).collect(),
    }
}

/// A sentence with room for a name.
pub(crate) struct Text {
    what: &'static str,
    remedy: &'static str,
    steps: &'static [&'static str],
}

/// What happened, and what helps.
pub(super) const fn say(what: &'static str, remedy: &'static str) -> Text {
    Text {
        what,
        remedy,
        steps: &[],
    }
}

impl Text {
    /// The same, with the remedy as two steps too.
    pub(super) const fn steps(mut self, steps: &'static [&'static str; 2]) -> Self {
        self.steps = steps;
        self
    }
}

/// One field a wording, so that the compiler names a sentence that is missing
/// in a language.
macro_rules! sentences {
    ($($variant:ident $field:ident,)*) => {
        /// Every sentence of one language.
        pub(crate) struct Codes { $(pub(super) $field: Text,)* }

        impl Codes {
            fn text(&self, wording: Wording) -> &Text {
                match wording { $(Wording::$variant => &self.$field,)* }
            }
        }
    };
}

sentences! {
    Connected connected,
    Updating updating,
    SignInChanged sign_in_changed,
    ActionNeeded action_needed,
    NewPasswordNeeded new_password_needed,
    CodeNeeded code_needed,
    AnswerRefused answer_refused,
    NewWay new_way,
    AccountNotShared account_not_shared,
    PermissionEnded permission_ended,
    SignInAgain sign_in_again,
    AccountChanged account_changed,
    MoreInformation more_information,
    CheckAccount check_account,
    NotConfirmed not_confirmed,
    TimedOut timed_out,
    SignInUnclear sign_in_unclear,
    Unrecoverable unrecoverable,
    NoOnlineAccess no_online_access,
    Blocked blocked,
    ManagedThere managed_there,
    SharingStopped sharing_stopped,
    NoDetails no_details,
    NoUsableAccount no_usable_account,
    NotReadable not_readable,
    BeingBuilt being_built,
    NotSeen not_seen,
    MaybeClosed maybe_closed,
    Interrupted interrupted,
    Unreachable unreachable,
    NotLetIn not_let_in,
    ServiceBusy service_busy,
    LimitReached limit_reached,
    LookedInto looked_into,
    LookAlike look_alike,
    NotSupported not_supported,
    MoveFailed move_failed,
    Mismatch mismatch,
    OurSide our_side,
    CustomerLost customer_lost,
    Unknown unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Bank";

    fn every() -> impl Iterator<Item = (Language, Wording, Sentence)> {
        Language::ALL.into_iter().flat_map(|language| {
            Wording::ALL
                .iter()
                .map(move |wording| (language, *wording, codes(language, *wording, NAME)))
        })
    }

    fn parts(sentence: &Sentence) -> impl Iterator<Item = &str> {
        let fixed = [sentence.what.as_str(), sentence.remedy.as_str()];
        fixed
            .into_iter()
            .chain(sentence.steps.iter().map(String::as_str))
    }

    #[test]
    fn each_says_what_happened_where_and_what_helps() {
        for (language, wording, sentence) in every() {
            let at = format!("{language:?} {wording:?}");
            assert!(sentence.what.contains(NAME), "{at}: names nobody");
            for part in parts(&sentence) {
                assert!(part.len() > 20 && part.ends_with('.'), "{at}: {part}");
                assert!(!part.contains(['{', '}']), "{at}: {part}");
                assert!(!part.contains("  "), "{at}: {part}");
            }
        }
    }

    #[test]
    fn none_frightens_or_puts_off() {
        let never = [
            "try again later",
            "oops",
            "went wrong",
            "más tarde",
            "plus tard",
            "!",
            "¡",
            "'",
        ];
        for (language, wording, sentence) in every() {
            for part in parts(&sentence) {
                let lower = part.to_lowercase();
                let found = never.iter().find(|word| lower.contains(**word));
                assert_eq!(found, None, "{language:?} {wording:?}: {part}");
                assert!(
                    !part.contains(|letter: char| letter.is_ascii_digit()),
                    "{language:?} {wording:?}: {part}"
                );
            }
        }
    }

    #[test]
    fn languages_agree_on_names_and_steps() {
        for wording in Wording::ALL {
            let english = codes(Language::English, *wording, NAME);
            for language in Language::ALL {
                let other = codes(language, *wording, NAME);
                assert_eq!(english.steps.len(), other.steps.len(), "{wording:?}");
                assert_eq!(
                    english.what.contains("Mastercard"),
                    other.what.contains("Mastercard"),
                    "{language:?} {wording:?}"
                );
                assert_eq!(
                    english.what == other.what,
                    language == Language::English,
                    "{language:?} {wording:?} is not translated"
                );
            }
        }
    }

    #[test]
    fn what_is_done_there_first_has_two_steps() {
        let stepped: Vec<Wording> = Wording::ALL
            .iter()
            .copied()
            .filter(|wording| !codes(Language::English, *wording, NAME).steps.is_empty())
            .collect();
        assert_eq!(stepped, [Wording::ActionNeeded, Wording::NewPasswordNeeded]);
        for wording in stepped {
            for language in Language::ALL {
                let sentence = codes(language, wording, NAME);
                assert_eq!(sentence.steps.len(), 2);
                assert!(sentence.steps[0].contains(NAME), "{language:?}");
            }
        }
    }
}
