//! Letters to people: what they say, without how they look.

use crate::api::people::Role;

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About<'a> {
    /// Prove that this address is yours.
    ConfirmEmail,
    /// Somebody signed up with an address that has a sign-in already.
    AlreadySignedUp,
    /// Choose a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
    /// All that named the reader is erased.
    Erased,
    /// Something about the reader's second step was changed.
    FactorChanged {
        /// What it was.
        change: FactorChange,
        /// The moment, in words.
        when: &'a str,
        /// Address and browser, if the reader did it.
        place: Option<&'a str>,
    },
    /// You are invited.
    Invitation {
        /// As what.
        role: Role,
        /// Who invited; absent: somebody at the machine.
        by: Option<&'a str>,
        /// Until when, in words.
        until: &'a str,
    },
    /// Accounts arrived and wait to be kept or removed.
    ChoiceWaiting {
        /// Where.
        institution: &'a str,
    },
    /// What happened to the reader's connections.
    News(&'a [NewsLine<'a>]),
}

/// What was changed about a second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorChange {
    /// An app was set up.
    AppSetUp,
    /// The app was removed.
    AppRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// New recovery codes took the place of the old ones.
    CodesMade,
    /// A recovery code was used; so many are left.
    CodeUsed(u32),
    /// Who runs the installation took it away.
    Reset,
}

#[cfg(test)]
impl FactorChange {
    /// Each of them.
    pub(super) const ALL: [Self; 7] = [
        Self::AppSetUp,
        Self::AppRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::CodesMade,
        Self::CodeUsed(9),
        Self::Reset,
    ];
}

/// What a letter or text message says of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewsLine<'a> {
    /// Where.
    pub institution: &'a str,
    /// What happened.
    pub news: News<'a>,
}

/// What happened to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// It broke, and can be repaired here.
    Fix,
    /// It broke, and the reader can do something elsewhere.
    Elsewhere,
    /// As [`Self::Fix`], told once more.
    StillFix,
    /// As [`Self::Elsewhere`], told once more.
    StillElsewhere,
    /// It broke, and others are on it.
    Nothing,
    /// It works again.
    Works,
    /// The permission to read it ends.
    PermissionEnds {
        /// On this day, in words.
        day: &'a str,
    },
    /// The institution changes how it is connected.
    Changes,
}

impl News<'_> {
    /// Whether the reader has something to do.
    pub fn asks(&self) -> bool {
        match self {
            Self::Fix
            | Self::Elsewhere
            | Self::StillFix
            | Self::StillElsewhere
            | Self::PermissionEnds { .. } => true,
            Self::Nothing | Self::Works | Self::Changes => false,
        }
    }
}

/// What a text message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text<'a> {
    /// The code that proves a phone.
    Code(&'a str),
    /// What happened to the reader's connections.
    News {
        /// One or more.
        lines: &'a [NewsLine<'a>],
        /// Where it leads.
        link: &'a str,
    },
}

/// A letter in words: the sentences, the button, why it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// Plain paragraphs, before the button.
    pub paragraphs: Vec<String>,
    /// What the button says; where it leads is the sender's.
    pub button: String,
    /// Why the reader gets this, and what to do if it was not them.
    pub why: String,
    /// Of a letter that can be stopped: what its link says.
    pub stop: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    const ALL: [News<'_>; 8] = [
        News::Fix,
        News::Elsewhere,
        News::StillFix,
        News::StillElsewhere,
        News::Nothing,
        News::Works,
        News::PermissionEnds { day: "27 Nov 2026" },
        News::Changes,
    ];

    fn line(news: News<'_>) -> NewsLine<'_> {
        NewsLine {
            institution: "FinBank",
            news,
        }
    }

    #[test]
    fn a_change_of_the_second_step_says_what_when_and_from_where() {
        for language in Language::ALL {
            for change in FactorChange::ALL {
                let place = (change != FactorChange::Reset).then_some("192.0.2.1");
                let about = About::FactorChanged {
                    change,
                    when: "Tue 14 Nov, 5:13 pm",
                    place,
                };
                let letter = language.letter(&about, "Relink");
                assert!(letter.subject.chars().count() <= 70, "{}", letter.subject);
                assert!(letter.subject.contains("Relink"), "{}", letter.subject);
                let text = letter.paragraphs.join(" ");
                assert!(text.contains("Tue 14 Nov, 5:13 pm"), "{text}");
                assert_eq!(text.contains("192.0.2.1"), place.is_some(), "{text}");
                assert!(letter.stop.is_none() && letter.why.contains("Relink"));
            }
        }
    }

    #[test]
    fn one_notice_names_its_institution_and_how_such_letters_stop() {
        for language in Language::ALL {
            for news in ALL {
                let letter = language.letter(&About::News(&[line(news)]), "Relink");
                assert!(letter.subject.contains("FinBank"), "{}", letter.subject);
                assert!(letter.subject.chars().count() <= 70, "{}", letter.subject);
                assert!(letter.paragraphs[0].contains("FinBank"), "{news:?}");
                assert!(letter.stop.is_some() && letter.why.contains("Relink"));
            }
        }
    }

    #[test]
    fn several_notices_are_one_letter_with_a_sentence_each() {
        let several = [line(News::Fix), line(News::Elsewhere), line(News::Works)];
        for language in Language::ALL {
            let letter = language.letter(&About::News(&several), "Relink");
            assert_eq!(letter.paragraphs.len(), 3);
            assert!(!letter.subject.contains("FinBank"), "{}", letter.subject);
        }
        let letter = Language::English.letter(&About::News(&several), "Relink");
        assert_eq!(letter.subject, "Two of your connections need you");
    }

    #[test]
    fn a_text_message_is_short_and_tells_how_to_stop() {
        let link = "https://relink.example/notices/01234567-89ab-cdef-0123-456789abcdef";
        for language in Language::ALL {
            for news in ALL {
                let lines = [line(news)];
                let text = Text::News {
                    lines: &lines,
                    link,
                };
                let text = language.text(&text, "Relink");
                assert!(text.chars().count() <= 3 * 67, "{text}");
                assert!(text.contains(link) && text.contains("STOP"), "{text}");
            }
            assert!(
                language
                    .text(&Text::Code("012345"), "Relink")
                    .contains("012345")
            );
        }
    }
}
