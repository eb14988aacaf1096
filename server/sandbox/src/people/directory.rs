//! The data file, read once.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

const FILE: &str = include_str!("../../data/people.json");

// The file is compiled in, so a mistake in it is a mistake of ours that every
// test meets; there is no caller who could act on an error.
static DIRECTORY: LazyLock<Directory> =
    LazyLock::new(|| serde_json::from_str(FILE).expect("data/people.json is well formed"));

/// The name that a person signs in with at an institution; unique in the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub struct Username(String);

impl Username {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Someone with accounts. The password is published in the sandbox's own pages.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// What they sign in with.
    pub username: Username,
    pub(super) password: String,
    /// Full name, for the institution's greeting.
    pub name: String,
    #[serde(default)]
    pub(super) behaviour: Behaviour,
    #[serde(default)]
    accounts: Vec<AccountRow>,
    like: Option<Username>,
}

impl Person {
    /// What they sign in with, as printed in the sandbox's hints.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// What comes of signing in as this person, in a few words.
    pub fn what_happens(&self) -> String {
        match &self.behaviour {
            Behaviour::Accepted => match self.rows().len() {
                1 => "one account".into(),
                many => format!("{many} accounts"),
            },
            Behaviour::Fails { code } => format!("fails with code {code}"),
            Behaviour::Challenge { script } => match script.as_str() {
                "text" => "asks a question".into(),
                "choice" => "asks with answers to choose from".into(),
                "code" => "asks for a one-time code".into(),
                "image" => "asks for a picture".into(),
                _ => "asks several questions".into(),
            },
            Behaviour::Slow { seconds } => format!("takes {seconds} seconds"),
        }
    }

    /// Their accounts as written in the file, or those of the person they are like.
    pub(super) fn rows(&self) -> &[AccountRow] {
        match &self.like {
            Some(other) => person(other.as_str()).map_or(&[], |other| &other.accounts),
            None => &self.accounts,
        }
    }

    /// Whether the accounts are written in the file for this person alone.
    pub(super) fn owns_rows(&self) -> bool {
        self.like.is_none()
    }
}

/// What happens when right name and password are given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(super) enum Behaviour {
    #[default]
    Accepted,
    Fails {
        code: u32,
    },
    Challenge {
        script: String,
    },
    Slow {
        seconds: u32,
    },
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountRow {
    pub(super) key: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) balance: f64,
    pub(super) opened: NaiveDate,
    pub(super) last_activity_days: u32,
    pub(super) market_segment: String,
    #[serde(default)]
    pub(super) detail: serde_json::Map<String, serde_json::Value>,
}

/// One question of a second step.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Question {
    /// What the institution asks.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The offered answers; empty for text and code.
    #[serde(default)]
    pub options: Vec<Choice>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum QuestionKind {
    /// Free text.
    Text,
    /// One of several sentences.
    Choice,
    /// A six-digit one-time code.
    Code,
    /// One of several pictures.
    Image,
}

/// One offered answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// A second pair of name and password for a person, with its own behaviour.
#[derive(Debug, Deserialize)]
pub(super) struct ExtraSignIn {
    pub(super) username: Username,
    pub(super) password: String,
    pub(super) behaviour: Behaviour,
}

#[derive(Debug, Deserialize)]
struct Directory {
    people: Vec<Person>,
    sign_ins: Vec<ExtraSignIn>,
    scripts: BTreeMap<String, Vec<Vec<Question>>>,
}

/// Everyone in the file, in its order.
pub fn all() -> &'static [Person] {
    &DIRECTORY.people
}

/// The person with that name.
pub fn person(username: &str) -> Option<&'static Person> {
    all()
        .iter()
        .find(|person| person.username.as_str() == username)
}

pub(super) fn extra_sign_ins() -> &'static [ExtraSignIn] {
    &DIRECTORY.sign_ins
}

/// The rounds of questions of a script; an unknown name has none.
pub(super) fn script(name: &str) -> &'static [Vec<Question>] {
    DIRECTORY.scripts.get(name).map_or(&[], Vec::as_slice)
}
