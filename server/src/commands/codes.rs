//! `relink codes`: the status table in force.

use std::{path::Path, process::ExitCode};

use relink_app::words::{Language, Sentence, codes};
use relink_engine::status::{Kind, Row, Table, Wording};
use serde_json::{Map, Value, json};

use super::{load, say};
use crate::ports::wording::wording;

/// Stands for the name of the institution.
const INSTITUTION: &str = "{institution}";

/// How to print.
#[derive(clap::Args)]
pub struct Arguments {
    /// As JSON, with every column and every sentence.
    #[arg(long)]
    json: bool,
}

/// Prints the table.
pub fn run(file: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let table = load(file)?.status.table()?;
    if arguments.json {
        say(serde_json::to_string_pretty(&as_json(&table))?);
    } else {
        say(as_text(&table));
    }
    Ok(ExitCode::SUCCESS)
}

fn rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows().chain([table.unknown()])
}

/// What stands for the code; the last row is for all others.
fn number(row: &Row, table: &Table) -> String {
    if table.knows(row.code) {
        row.code.to_string()
    } else {
        "other".to_owned()
    }
}

/// Whether the row speaks of a failure, so that cause and remedy say something.
fn is_failure(row: &Row) -> bool {
    row.kind != Kind::InProgress && !row.code.is_success()
}

fn sentence(language: Language, said: Wording) -> Sentence {
    codes(language, wording(said), INSTITUTION)
}

/// A line a code, then the sentences by the name that the lines end with.
fn as_text(table: &Table) -> String {
    let mut cells = vec![HEAD.map(str::to_owned)];
    cells.extend(rows(table).map(|row| cells_of(row, table)));
    let mut widths = [0; HEAD.len()];
    for line in &cells {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.len().max(*width);
        }
    }
    let mut lines: Vec<String> = cells.iter().map(|line| aligned(line, widths)).collect();
    for said in Wording::ALL {
        if rows(table).any(|row| row.wording == *said) {
            lines.extend(spoken(*said));
        }
    }
    lines.join("\n")
}

const HEAD: [&str; 9] = [
    "code", "kind", "cause", "acts", "fix", "remedy", "sure", "name", "sentence",
];

fn cells_of(row: &Row, table: &Table) -> [String; HEAD.len()] {
    let told = |word: &str| if is_failure(row) { word } else { "-" }.to_owned();
    [
        number(row, table),
        row.kind.to_string(),
        told(row.cause.word()),
        told(row.acts.word()),
        if row.fixable { "yes" } else { "no" }.to_owned(),
        told(row.remedy.word()),
        row.sure.to_string(),
        row.name.clone(),
        row.wording.to_string(),
    ]
}

fn aligned(line: &[String; HEAD.len()], widths: [usize; HEAD.len()]) -> String {
    let cells = line.iter().zip(widths);
    let cells: Vec<String> = cells
        .map(|(cell, width)| format!("{cell:<width$}"))
        .collect();
    cells.join("  ").trim_end().to_owned()
}

/// A sentence in every language, below its name.
fn spoken(said: Wording) -> Vec<String> {
    let mut lines = vec![String::new(), said.to_string()];
    for language in Language::ALL {
        let Sentence {
            what,
            remedy,
            steps,
        } = sentence(language, said);
        lines.push(format!("  {}  {what} {remedy}", language.tag()));
        let numbered = steps.iter().zip(1..);
        lines.extend(numbered.map(|(step, number)| format!("      {number}. {step}")));
    }
    lines
}

fn as_json(table: &Table) -> Value {
    rows(table).map(|row| row_as_json(row, table)).collect()
}

fn row_as_json(row: &Row, table: &Table) -> Value {
    let sentences: Map<String, Value> = Language::ALL
        .into_iter()
        .map(|language| {
            let Sentence {
                what,
                remedy,
                steps,
            } = sentence(language, row.wording);
            let said = json!({ "what": what, "remedy": remedy, "steps": steps });
            (language.tag().to_owned(), said)
        })
        .collect();
    let told = |word: &'static str| is_failure(row).then_some(word);
    json!({
        "code": table.knows(row.code).then(|| row.code.get()),
        "name": row.name,
        "kind": row.kind,
        "cause": told(row.cause.word()),
        "acts": told(row.acts.word()),
        "fixable": row.fixable,
        "self_heals": row.self_heals,
        "remedy": told(row.remedy.word()),
        "severity": row.severity,
        "channels": row.channels,
        "source": row.source,
        "sure": row.sure,
        "wording": row.wording,
        "sentences": sentences,
    })
}

#[cfg(test)]
mod tests {
    use relink_engine::status::{Code, Override, Widening};

    use super::*;

    #[test]
    fn the_table_has_a_line_for_each_code_under_straight_columns() {
        let table = Table::shipped();
        let text = as_text(&table);
        let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), table.rows().count() + 2);
        let head = lines[0];
        for column in ["cause", "acts", "fix", "remedy", "name", "sentence"] {
            let at = head.find(&format!(" {column}")).unwrap();
            for line in &lines {
                assert_eq!(&line[at..=at], " ", "{column}: {line}");
                assert_ne!(&line[at + 1..at + 2], " ", "{column}: {line}");
            }
        }
        let starts = |of: &str| lines.iter().find(|line| line.starts_with(of)).unwrap();
        let fix = starts("103 ");
        assert!(
            fix.contains("credentials") && fix.contains("yes") && fix.ends_with("sign_in_changed")
        );
        assert!(starts("other ").ends_with("unknown"));
        // Code 0 has no cause and nobody who acts.
        assert!(!starts("0 ").contains("mastercard"));
    }

    #[test]
    fn sentences_stand_below_in_every_language_with_their_steps() {
        let text = as_text(&Table::shipped());
        let from = text.find("\naction_needed\n").unwrap();
        let said: Vec<&str> = text[from + 1..].lines().take(10).collect();
        assert!(said[1].starts_with("  en  {institution} wants"), "{said:?}");
        assert!(said[2].starts_with("      1. Sign in"), "{said:?}");
        assert!(said[3].starts_with("      2. Come back"), "{said:?}");
        assert!(
            said[4].starts_with("  es  ") && said[7].starts_with("  fr  "),
            "{said:?}"
        );
        assert_eq!(said[9], "      2. Revenez ici et réparez la connexion.");
    }

    #[test]
    fn json_has_every_code_and_three_languages_and_shows_what_is_in_force() {
        let change = Override {
            code: Code::new(185),
            change: serde_json::from_value(json!({ "email": "silent", "fixable": false })).unwrap(),
        };
        let table = Table::shipped().with(&[change], Widening::Refused).unwrap();
        let json = as_json(&table);
        let rows = json.as_array().unwrap();
        assert_eq!(rows.len(), table.rows().count() + 1);
        for row in rows {
            for tag in ["en", "es", "fr"] {
                let what = row["sentences"][tag]["what"].as_str().unwrap();
                assert!(what.contains(INSTITUTION), "{row}");
            }
        }
        let of = |code: i64| rows.iter().find(|row| row["code"] == code).unwrap();
        let narrowed = of(185);
        assert_eq!(narrowed["fixable"], false);
        assert_eq!(narrowed["channels"]["email"], "silent");
        assert_eq!(
            (&narrowed["acts"], &narrowed["wording"]),
            (&json!("partner"), &json!("looked_into"))
        );
        assert_eq!(of(103)["channels"]["email"], "proactive after 6h");
        assert_eq!(
            (&of(0)["cause"], &of(0)["acts"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(rows[rows.len() - 1]["code"], Value::Null);
    }
}
