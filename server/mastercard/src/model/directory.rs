//! The institution directory: its pages, and what to ask it for.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::institution::Institution;
use super::products::Product;
use crate::wire;

/// One page of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionPage {
    /// How many match in all.
    #[serde(default)]
    pub found: u64,
    /// How many this page holds, by Mastercard's count.
    #[serde(default)]
    pub displaying: u64,
    /// Whether another page follows. Page by this alone: whether `start` counts
    /// pages or records is contradictory in the description.
    pub more_available: bool,
    /// When the list was made.
    #[serde(default, with = "wire::epoch")]
    pub created_date: Option<DateTime<Utc>>,
    /// The institutions; those without a readable id are left out, so that one
    /// bad record does not cost the other 16,000.
    #[serde(deserialize_with = "wire::lenient_list")]
    pub institutions: Vec<Institution>,
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionQuery {
    /// Fuzzy text on the name; empty for all.
    pub search: String,
    /// Index of the page or of the first record: the description says both.
    pub start: u32,
    /// Most institutions a page; sent as 1 to 1000.
    pub limit: u16,
    /// Only those certified for this product.
    pub product: Option<Product>,
    /// Only those of these countries; empty for all.
    pub countries: Vec<CountryCode>,
}

impl Default for InstitutionQuery {
    fn default() -> Self {
        Self {
            search: String::new(),
            start: 1,
            limit: 25,
            product: None,
            countries: Vec::new(),
        }
    }
}

/// A two-letter country code, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(String);

/// The text is no two-letter country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a two-letter country code")]
pub struct NotACountry;

impl CountryCode {
    /// Reads two ASCII letters.
    pub fn parse(text: &str) -> Result<Self, NotACountry> {
        let letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if letters {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotACountry)
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
