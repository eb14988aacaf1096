//! The status table: what each aggregation status code means to a person.
//!
//! The facts are data, `data/aggregation-status-codes.toml`: the list grows and
//! Mastercard's pages contradict each other, so no code is named in a `match`.
//! A table is checked when it is made, and can be bent by the operator within
//! limits ([`Table::with`]). A code that is not in it gets the row for unknown
//! ones, which never offers Data Connect Fix.
//!
//! To add a code: a row in the data file. To add a sentence: a [`Wording`], a
//! row that uses it, and the compiler names the pages' part.

mod change;
mod channel;
mod check;
mod parse;
#[cfg(test)]
mod tests;
mod vocabulary;
mod wording;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

pub use change::{Change, Override, Widening};
pub use channel::{Channel, ChannelError, Channels, How};
pub use check::TableError;
pub use relink_mastercard::AggregationStatusCode as Code;
pub use vocabulary::{Acts, Cause, Kind, Remedy, Severity, Sure};
pub use wording::Wording;

const SHIPPED: &str = include_str!("../../data/aggregation-status-codes.toml");

/// The codes that Data Connect Fix can repair: the official list, on the pages
/// on Data Connect Fix and on aggregation status codes.
pub const FIXABLE: [Code; 9] = [
    Code::new(103),
    Code::new(108),
    Code::new(109),
    Code::new(185),
    Code::new(187),
    Code::new(945),
    Code::new(946),
    Code::new(947),
    Code::new(948),
];

/// What one code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The code; in the row for unknown codes, none of Mastercard's.
    pub code: Code,
    /// What it is called, for operators.
    pub name: String,
    /// What the code speaks of.
    pub kind: Kind,
    /// Why.
    pub cause: Cause,
    /// Whose turn it is; of several, the first named.
    pub acts: Acts,
    /// Whether Data Connect Fix is offered.
    pub fixable: bool,
    /// Whether a nightly run may end it by itself.
    pub self_heals: bool,
    /// What helps.
    pub remedy: Remedy,
    /// How loud it is.
    pub severity: Severity,
    /// What is said to the user.
    pub wording: Wording,
    /// Who is told where, and when.
    pub channels: Channels,
    /// The page that says so.
    pub source: String,
    /// How far it carries.
    pub sure: Sure,
}

/// All codes, and the row for those that are none of them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Table(Arc<Rows>);

#[derive(Debug, Clone)]
struct Rows {
    known: BTreeMap<Code, Row>,
    unknown: Row,
}

impl Table {
    /// The table that comes with the program.
    ///
    /// # Panics
    ///
    /// If the shipped file is broken: a test of this crate sees it first.
    pub fn shipped() -> Self {
        static TABLE: LazyLock<Table> = LazyLock::new(|| match Table::parse(SHIPPED) {
            Ok(table) => table,
            Err(error) => panic!("the shipped status table is broken: {error}"),
        });
        TABLE.clone()
    }

    /// Reads a table and checks it.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let rows = parse::rows(text)?;
        check::shipped(&rows)?;
        Ok(Self(Arc::new(rows)))
    }

    /// This table with the operator's changes.
    pub fn with(mut self, overrides: &[Override], widening: Widening) -> Result<Self, TableError> {
        change::apply(Arc::make_mut(&mut self.0), overrides, widening)?;
        Ok(self)
    }

    /// Whether a code says anything of an account's outcome: a refresh that runs,
    /// and a code of our own calls, do not.
    pub fn is_outcome(&self, code: Code) -> bool {
        self.row(code).kind == Kind::Aggregation
    }

    /// What a code means. A code that is in no row gets the unknown one.
    pub fn row(&self, code: Code) -> &Row {
        self.0.known.get(&code).unwrap_or(&self.0.unknown)
    }

    /// Whether a row names this code.
    pub fn knows(&self, code: Code) -> bool {
        self.0.known.contains_key(&code)
    }

    /// The rows by code, without the unknown one.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.known.values()
    }

    /// The row for codes that no row names.
    pub fn unknown(&self) -> &Row {
        &self.0.unknown
    }

    /// Codes that are offered Fix though Mastercard does not list them.
    pub fn widened(&self) -> impl Iterator<Item = Code> {
        self.rows()
            .filter(|row| row.fixable && !FIXABLE.contains(&row.code))
            .map(|row| row.code)
    }
}
