//! How codes and causes are doing, as staff see it.

use serde::{Deserialize, Serialize};

use super::health::{Acts, Cause, Repairs, Share};
use super::shared::When;

/// How one code is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    /// The code.
    pub code: i64,
    /// What operators call it; absent: no table knows it.
    pub name: Option<String>,
    /// Why.
    pub cause: Cause,
    /// Who acts.
    pub acts: Acts,
    /// Whether Data Connect Fix is offered.
    pub fixable: bool,
    /// Connections that are broken by it now.
    pub now: u32,
    /// Breaks of the last thirty days.
    pub month: Repairs,
    /// Of those that opened: how many were repaired through Fix.
    pub through_fix: Share,
    /// Breaks that opened on each of those days.
    pub days: Vec<u32>,
}

/// How the codes of one cause are doing together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseRow {
    /// Why.
    pub cause: Cause,
    /// Who acts; absent: it differs by code.
    pub acts: Option<Acts>,
    /// Connections that are broken by them now.
    pub now: u32,
    /// Breaks of the last thirty days.
    pub month: Repairs,
    /// Of those that opened, by codes that Fix helps: how many were repaired through
    /// Fix. Absent: it helps none.
    pub through_fix: Option<Share>,
    /// Breaks that opened on each of those days.
    pub days: Vec<u32>,
}

/// What a row of the status table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// Why.
    pub cause: Cause,
    /// Who acts.
    pub acts: Acts,
    /// Whether Data Connect Fix is offered.
    pub fixable: bool,
}

/// One row of the status table in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The code.
    pub code: i64,
    /// What operators call it.
    pub name: String,
    /// What it says.
    pub means: Meaning,
    /// What was shipped, where the operator's configuration changed anything.
    pub shipped: Option<Meaning>,
}

/// How codes and causes are doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesView {
    /// Every code that breaks something now or did in the last thirty days.
    pub rows: Vec<CodeRow>,
    /// The same by cause.
    pub causes: Vec<CauseRow>,
    /// Those days.
    pub days: Vec<When>,
    /// The status table in force.
    pub table: Vec<TableRow>,
}
