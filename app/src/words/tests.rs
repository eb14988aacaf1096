//! What holds for every sentence in every language.

use super::{Language, catalogue::catalogue};

/// The same in every language: names, and what has no words of its own.
const ALIKE: [&str; 10] = [
    "account.alaska",
    "account.arizona",
    "choice.account#0",
    "choice.account#1",
    "choice.kind#0",
    "choice.kind.401k",
    "choice.kind.403b",
    "choice.kind.ira",
    "choice.kind.roth",
    "frame.title#0",
];

/// What a text carries that is no word: names put in, numbers, places for both.
fn carried(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['‹', '{']) {
        let end = rest[at..].find(['›', '}']).expect("a name has an end");
        all.push(rest[at..at + end].to_owned());
        rest = &rest[at + end..];
    }
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    all.extend(
        numbers
            .filter(|number| !number.is_empty())
            .map(str::to_owned),
    );
    all.sort();
    all
}

#[test]
fn every_language_says_all_and_carries_the_same() {
    let english = catalogue(Language::English);
    assert!(english.len() > 400, "{}", english.len());
    for language in [Language::Spanish, Language::French] {
        let other = catalogue(language);
        assert!(english.keys().eq(other.keys()), "{language:?}");
        for (name, text) in &other {
            assert!(!text.trim().is_empty(), "{language:?} {name} is empty");
            let (ours, theirs) = (carried(&english[name]), carried(text));
            assert_eq!(ours, theirs, "{language:?} {name}: {text}");
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    let english = catalogue(Language::English);
    for language in [Language::Spanish, Language::French] {
        let same: Vec<String> = catalogue(language)
            .into_iter()
            .filter(|(name, text)| *text == english[name] && !ALIKE.contains(&&**name))
            .map(|(name, text)| format!("{name}: {text}"))
            .collect();
        assert!(same.is_empty(), "{language:?}: {same:#?}");
    }
}

#[test]
fn sentences_are_calm_and_well_set() {
    let never = [
        "oops",
        "went wrong",
        "try again later",
        "!",
        "¡",
        "'",
        "\"",
        "  ",
        " .",
    ];
    for language in Language::ALL {
        for (name, text) in catalogue(language) {
            let lower = text.to_lowercase();
            let found = never.iter().find(|bad| lower.contains(**bad));
            assert_eq!(found, None, "{language:?} {name}: {text}");
            assert_eq!(text.trim(), text, "{language:?} {name}");
            let questions = text.matches('?').count();
            let opened = text.matches('¿').count();
            let expected = if language == Language::Spanish {
                questions
            } else {
                0
            };
            assert_eq!(opened, expected, "{language:?} {name}: {text}");
        }
    }
}

/// `de` and `que` are elided before a vowel, and a name may begin with one.
#[test]
fn a_french_name_never_follows_what_would_be_elided() {
    for (name, text) in catalogue(Language::French) {
        for before in [" de ‹", " que ‹", "De ‹"] {
            assert!(!text.contains(before), "{name}: {text}");
        }
    }
}

mod reading {
    //! How many years of school the English asks for.

    use super::{Language, catalogue};

    /// The most for all of it, and for one sentence alone.
    const ALL: f64 = 8.0;
    const ONE: f64 = 12.0;

    /// Words, sentences and syllables.
    #[derive(Default)]
    struct Measure {
        words: u32,
        sentences: u32,
        syllables: u32,
    }

    impl Measure {
        fn add(&mut self, sentence: &str) {
            self.sentences += 1;
            for word in sentence.split_whitespace() {
                self.words += 1;
                self.syllables += syllables(word);
            }
        }

        /// After Flesch and Kincaid.
        fn grade(&self) -> f64 {
            let per = |of: u32, each: u32| f64::from(of) / f64::from(each);
            0.39 * per(self.words, self.sentences) + 11.8 * per(self.syllables, self.words) - 15.59
        }
    }

    fn grade(sentence: &str) -> f64 {
        let mut measure = Measure::default();
        measure.add(sentence);
        measure.grade()
    }

    /// Groups of vowels, without an `e` at the end that is not heard.
    fn syllables(word: &str) -> u32 {
        let word = word.trim_matches(|letter: char| !letter.is_alphabetic());
        let word = word.to_lowercase();
        let groups = word
            .split(|letter| !"aeiouy".contains(letter))
            .filter(|group| !group.is_empty())
            .count();
        let silent = word.ends_with('e') && !word.ends_with("le")
            || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
        let heard = groups.saturating_sub(usize::from(silent)).max(1);
        u32::try_from(heard).unwrap()
    }

    /// Whole sentences, with a plain word for each name: nobody can shorten
    /// those. A label of two words has no grade.
    fn sentences(text: &str) -> Vec<String> {
        let mut plain = text.to_owned();
        for name in [
            "‹first›",
            "‹second›",
            "‹third›",
            "Mastercard",
            "Data Connect",
            "Finicity",
        ] {
            plain = plain.replace(name, "Bank");
        }
        if !plain.ends_with(['.', '?']) {
            return Vec::new();
        }
        let parts = plain.split_inclusive(['.', '?', ':', ';']);
        parts
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    #[test]
    fn english_asks_for_eight_years_of_school_at_most() {
        // The measure itself, against texts known to be hard and easy.
        assert!(grade("Authentication is unavailable due to an institutional irregularity.") > ONE);
        assert!((grade("The cat sat on the mat.") - -1.45).abs() < 0.01);

        let mut all = Measure::default();
        let mut hard = Vec::new();
        for (name, text) in catalogue(Language::English) {
            // What a person reads in trouble must be easy throughout.
            if name.starts_with("codes.") {
                let mut it = Measure::default();
                for sentence in sentences(&text) {
                    it.add(&sentence);
                }
                assert!(it.grade() <= ALL, "{name}: {:.1}: {text}", it.grade());
            }
            for sentence in sentences(&text) {
                all.add(&sentence);
                let short = sentence.split_whitespace().count() < 5;
                if !short && grade(&sentence) > ONE {
                    hard.push(format!("{name}: {:.1}: {sentence}", grade(&sentence)));
                }
            }
        }
        assert!(hard.is_empty(), "{hard:#?}");
        assert!(all.sentences > 300, "{}", all.sentences);
        assert!(all.grade() <= ALL, "{:.1}", all.grade());
    }
}
