//! Wishes: deeds as forms, JSON and scenario files write them.
//!
//! One flat list of members for all of them, so that a wrong one is refused
//! wherever it stands and a step of a scenario can be tried on the control page.

mod deed;
pub(crate) mod lenient;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::directory::{Directory, InstitutionId};
use crate::state::{Availability, FixAnswer, Moves, NewIds};

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Verb {
    #[serde(
        alias = "breakLogin",
        alias = "breakAccount",
        alias = "breakInstitution"
    )]
    Break,
    Heal,
    SignIn,
    ExpireAuthorization,
    #[serde(alias = "closeAccount")]
    CloseAccounts,
    Freeze,
    Thaw,
    SetFix,
    ChangeIds,
    Migrate,
    AnnounceSuccessor,
    SetInstitution,
    DeleteCustomer,
}

/// What ends a break, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Heals {
    Fix,
    Time,
    Never,
}

/// An institution by its id, or all that share a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Id(InstitutionId),
    Host(String),
}

/// A wish, with every member that any of them takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Wish {
    #[serde(rename = "do")]
    pub(crate) verb: Verb,

    // When, in a scenario.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    pub(crate) day: Option<u16>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    pub(crate) hour: Option<u8>,
    #[serde(default)]
    pub(crate) note: Option<String>,

    // Whom: one of these.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    login: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    account: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    customer: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional")]
    institution: Option<Place>,
    #[serde(default, deserialize_with = "lenient::optional")]
    person: Option<String>,
    #[serde(default)]
    everybody: bool,

    // How many of their logins: at most one of these.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    percent: Option<u8>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    logins: Option<u32>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    every: Option<u32>,

    // What.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    code: Option<u32>,
    #[serde(default, deserialize_with = "lenient::optional")]
    heals: Option<Heals>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    in_days: Option<u16>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    in_hours: Option<u16>,
    #[serde(default, deserialize_with = "lenient::optional")]
    at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "lenient::optional_number")]
    accounts: Option<u8>,
    #[serde(default, deserialize_with = "lenient::optional")]
    successor: Option<Place>,
    #[serde(default, deserialize_with = "lenient::optional")]
    ids: Option<NewIds>,
    #[serde(default, deserialize_with = "lenient::optional")]
    moves: Option<Moves>,
    #[serde(default, deserialize_with = "lenient::optional")]
    availability: Option<Availability>,
    #[serde(default, deserialize_with = "lenient::optional")]
    answer: Option<FixAnswer>,
}

/// Why a wish is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WishError {
    /// Names something that is not there.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// A member that is needed.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A member that the wish, or another member, does not take.
    #[error("{0} does not go with this wish")]
    Unfit(&'static str),
    /// A number outside its range.
    #[error("{0} is out of range")]
    Range(&'static str),
    /// Whom?
    #[error("say whom, once: login, account, customer, institution, person or everybody")]
    Whom,
    /// How many?
    #[error("say once how many: percent, logins or every")]
    Part,
}

impl Wish {
    /// Whether a JSON object or a form asks for a deed, rather than for something
    /// of the control page alone.
    pub(crate) fn is_one(value: &Value) -> bool {
        value
            .get("do")
            .is_some_and(|verb| Verb::deserialize(verb).is_ok())
    }
}

impl Place {
    /// The institutions meant, if there are any.
    pub(crate) fn find(&self, directory: &Directory) -> Vec<InstitutionId> {
        match self {
            Self::Id(id) => directory
                .get(*id)
                .map(|found| found.id)
                .into_iter()
                .collect(),
            Self::Host(host) => directory.at_host(host),
        }
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let wrong = || D::Error::custom("an institution's id or host is wanted");
        let id = |number: u64| Self::Id(InstitutionId::new(number));
        match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_u64().map(id).ok_or_else(wrong),
            Value::String(text) => Ok(match text.trim().parse() {
                Ok(number) => id(number),
                Err(_) => Self::Host(text.trim().to_owned()),
            }),
            _ => Err(wrong()),
        }
    }
}
