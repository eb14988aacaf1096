//! From the data file to rows.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Acts, Cause, Channels, Code, Kind, Remedy, Row, Rows, Severity, Sure, TableError, Wording,
};

/// What the row for unknown codes bears: Mastercard's codes are not negative.
const NONE: Code = Code::new(-1);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    channels: BTreeMap<String, Channels>,
    unknown: Entry,
    row: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    codes: Vec<i64>,
    name: String,
    #[serde(default)]
    kind: Kind,
    cause: Cause,
    acts: Acts,
    #[serde(default)]
    fixable: bool,
    self_heals: bool,
    remedy: Remedy,
    severity: Severity,
    wording: Wording,
    tell: String,
    source: String,
    sure: Sure,
}

/// Reads the rows. Whether they make sense is another question.
pub(super) fn rows(text: &str) -> Result<Rows, TableError> {
    let file: File = toml::from_str(text)?;
    let mut known = BTreeMap::new();
    for entry in &file.row {
        if entry.codes.is_empty() {
            return Err(TableError::WithoutCode(entry.name.clone()));
        }
        for code in entry.codes.iter().copied().map(Code::new) {
            let row = entry.row(code, &file.channels)?;
            if known.insert(code, row).is_some() {
                return Err(TableError::Twice(code));
            }
        }
    }
    let unknown = file.unknown.row(NONE, &file.channels)?;
    Ok(Rows { known, unknown })
}

impl Entry {
    fn row(&self, code: Code, channels: &BTreeMap<String, Channels>) -> Result<Row, TableError> {
        let channels = channels
            .get(&self.tell)
            .ok_or_else(|| TableError::Channels {
                code,
                tell: self.tell.clone(),
            })?;
        Ok(Row {
            code,
            name: self.name.clone(),
            kind: self.kind,
            cause: self.cause,
            acts: self.acts,
            fixable: self.fixable,
            self_heals: self.self_heals,
            remedy: self.remedy,
            severity: self.severity,
            wording: self.wording,
            channels: *channels,
            source: self.source.clone(),
            sure: self.sure,
        })
    }
}
