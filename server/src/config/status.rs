//! What aggregation status codes mean in this installation.

use std::collections::BTreeMap;

use relink_engine::status::{Change, Code, Override, Table, TableError, Widening};
use serde::Deserialize;

/// The operator's changes to the status table: what sets off a notice, and how
/// loud.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Whether Fix may be offered beyond Mastercard's list.
    pub widen_fixable: bool,
    /// Changes by code. Keys are text, since in TOML and in variables they are.
    pub codes: BTreeMap<String, Change>,
}

/// Why the changes cannot be.
#[derive(Debug, thiserror::Error)]
pub enum StatusError {
    /// A key is no number.
    #[error("`{0}` is no aggregation status code: write its number, as in [status.codes.185]")]
    NoNumber(String),
    /// The table refuses a change.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl Status {
    /// The table in force.
    pub fn table(&self) -> Result<Table, StatusError> {
        let overrides: Vec<Override> = self.overrides().collect::<Result<_, _>>()?;
        Ok(Table::shipped().with(&overrides, self.widening())?)
    }

    /// Everything that is wrong with the changes, each judged by itself.
    pub fn faults(&self) -> Vec<StatusError> {
        let each = self.overrides().filter_map(|change| match change {
            Ok(change) => {
                let table = Table::shipped().with(&[change], self.widening());
                table.err().map(StatusError::Table)
            }
            Err(error) => Some(error),
        });
        let faults: Vec<StatusError> = each.collect();
        if faults.is_empty() {
            // Two spellings of one number are seen only together.
            return self.table().err().into_iter().collect();
        }
        faults
    }

    fn widening(&self) -> Widening {
        if self.widen_fixable {
            Widening::Allowed
        } else {
            Widening::Refused
        }
    }

    fn overrides(&self) -> impl Iterator<Item = Result<Override, StatusError>> {
        self.codes.iter().map(|(key, change)| {
            let code = key
                .parse()
                .map(Code::new)
                .map_err(|_| StatusError::NoNumber(key.clone()))?;
            Ok(Override {
                code,
                change: change.clone(),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use figment::{
        Figment, Jail,
        providers::{Format, Toml},
    };
    use relink_engine::status::How;

    use super::*;
    use crate::config::{Config, DEFAULTS};

    fn status(changes: &str) -> Status {
        let layers = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(changes));
        layers.extract::<Config>().unwrap().status
    }

    #[test]
    fn each_fault_is_told_in_one_go() {
        let status = status(
            "[status.codes.777]\nemail = 'silent'\n[status.codes.mfa]\nsms = 'silent'\n\
             [status.codes.2006]\nfixable = true\n[status.codes.103]\nemail = 'silent'",
        );
        let faults: Vec<String> = status.faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 3, "{faults:?}");
        for says in ["2006", "777 is none", "`mfa` is no aggregation status code"] {
            assert!(faults.iter().any(|text| text.contains(says)), "{faults:?}");
        }
        assert!(status.table().is_err());
    }

    #[test]
    fn two_spellings_of_a_code_are_seen() {
        let status = status("[status.codes.103]\n[status.codes.0103]");
        assert!(
            status.faults()[0]
                .to_string()
                .contains("103 is there twice")
        );
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "figment's own error type")]
    fn a_variable_bends_a_code_and_a_wrong_word_is_named() {
        Jail::expect_with(|jail| {
            jail.create_file("relink.toml", "[status.codes.185]\nseverity = 'notice'")?;
            jail.set_env("RELINK_STATUS__CODES__185__EMAIL", "silent");
            jail.set_env("RELINK_STATUS__CODES__187__FIXABLE", "false");
            let file = Path::new("relink.toml");
            let config = Config::load(Some(file)).map_err(|error| *error)?;
            let table = config.status.table().unwrap();
            let row = table.row(Code::new(185));
            assert_eq!(row.channels.email.how, How::Silent);
            assert_eq!(row.severity, relink_engine::status::Severity::Notice);
            assert!(!table.row(Code::new(187)).fixable);
            jail.set_env("RELINK_STATUS__CODES__185__SMS", "loud");
            let error = Config::load(Some(file)).unwrap_err().to_string();
            assert!(error.contains("loud") && error.contains("185"), "{error}");
            Ok(())
        });
    }
}
