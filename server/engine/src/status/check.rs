//! What a table must fulfil.

use std::collections::BTreeMap;

use super::{Acts, Cause, Code, FIXABLE, Kind, Remedy, Row, Rows, Wording};

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file is no TOML, lacks a column, or has a word that is none.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// A row names no code.
    #[error("the row `{0}` names no code")]
    WithoutCode(String),
    /// Two rows, or two overrides, of one code.
    #[error("code {0} is there twice")]
    Twice(Code),
    /// A row names channels that the file does not have.
    #[error("code {code}: there are no channels `{tell}`")]
    Channels {
        /// The row's code.
        code: Code,
        /// What it names.
        tell: String,
    },
    /// A row lacks its name or its source.
    #[error("code {0} has no name or no source")]
    Unproven(Code),
    /// A shipped table differs from Mastercard's list of fixable codes.
    #[error("code {0}: exactly the nine codes of Mastercard's list are fixable")]
    NotTheNine(Code),
    /// Fix is the remedy of what is not fixable, or the other way round.
    #[error("code {code}: the remedy `{remedy}` does not go with fixable = {fixable}")]
    RemedyOfFix {
        /// The row's code.
        code: Code,
        /// Its remedy.
        remedy: Remedy,
        /// Whether Fix is offered.
        fixable: bool,
    },
    /// The remedy is not in the power of the one whose turn it is.
    #[error("code {code}: the remedy `{remedy}` is nothing that `{acts}` can do")]
    RemedyOfActs {
        /// The row's code.
        code: Code,
        /// Its remedy.
        remedy: Remedy,
        /// Whose turn it is.
        acts: Acts,
    },
    /// A sentence names one remedy, and this row has another.
    #[error("code {code}: the sentence `{wording}` names another remedy than `{remedy}`")]
    Sentence {
        /// The row's code.
        code: Code,
        /// Its sentence.
        wording: Wording,
        /// Its remedy.
        remedy: Remedy,
    },
    /// No row says this.
    #[error("no code says `{0}`")]
    Unused(Wording),
    /// Fix can never help here.
    #[error("code {0}: Data Connect Fix never helps here, so it cannot be offered")]
    NeverFixable(Code),
    /// An override of a code that is in no row.
    #[error("code {0} is none of the table's; `relink codes` lists them")]
    NoSuchCode(Code),
    /// An override of a code that is no failure of a connection.
    #[error("code {0} says nothing of a connection, so there is nothing to override")]
    NoFailure(Code),
    /// Fix for what Mastercard does not list, without the key that says so.
    #[error(
        "code {0} is not on Mastercard's list of what Data Connect Fix repairs; to offer it all the same, set \
         widen_fixable = true"
    )]
    Widened(Code),
}

/// Codes for which a source says that Fix is no help, besides closed accounts:
/// 2006, no consent on record, and 3004, whose page says it in so many words.
const NEVER: [Code; 2] = [Code::new(2006), Code::new(3004)];

/// Whether Fix can help at all.
pub(super) fn may_be_fixable(row: &Row) -> bool {
    is_failure(row) && row.cause != Cause::AccountClosed && !NEVER.contains(&row.code)
}

/// Whether a code is a failure of a connection.
pub(super) fn is_failure(row: &Row) -> bool {
    row.kind == Kind::Aggregation && !row.code.is_success()
}

/// What holds for each row by itself, also for one that an operator changed.
pub(super) fn row(row: &Row) -> Result<(), TableError> {
    let code = row.code;
    if row.name.trim().is_empty() || row.source.trim().is_empty() {
        return Err(TableError::Unproven(code));
    }
    if row.fixable && !may_be_fixable(row) {
        return Err(TableError::NeverFixable(code));
    }
    if row.fixable != row.remedy.fixes() {
        return Err(TableError::RemedyOfFix {
            code,
            remedy: row.remedy,
            fixable: row.fixable,
        });
    }
    if !row.remedy.suits(row.acts) {
        return Err(TableError::RemedyOfActs {
            code,
            remedy: row.remedy,
            acts: row.acts,
        });
    }
    Ok(())
}

/// What holds for the table that comes with the program.
pub(super) fn shipped(rows: &Rows) -> Result<(), TableError> {
    let all = || rows.known.values().chain([&rows.unknown]);
    for each in all() {
        row(each)?;
        if each.fixable != FIXABLE.contains(&each.code) {
            return Err(TableError::NotTheNine(each.code));
        }
    }
    if let Some(missing) = FIXABLE.iter().find(|code| !rows.known.contains_key(code)) {
        return Err(TableError::NotTheNine(*missing));
    }
    let mut said: BTreeMap<Wording, Remedy> = Remedy::ALL
        .iter()
        .map(|remedy| (Wording::usual(*remedy), *remedy))
        .collect();
    for each in all() {
        let remedy = *said.entry(each.wording).or_insert(each.remedy);
        if remedy != each.remedy {
            return Err(TableError::Sentence {
                code: each.code,
                wording: each.wording,
                remedy: each.remedy,
            });
        }
    }
    match Wording::ALL.iter().find(|word| !said.contains_key(word)) {
        Some(unused) => Err(TableError::Unused(*unused)),
        None => Ok(()),
    }
}
