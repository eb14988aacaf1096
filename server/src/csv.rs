//! Lines of CSV (RFC 4180) for people's spreadsheets.

/// Whether a spreadsheet would take the cell for a formula.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// One line, with its end. A cell that begins a formula is defused by an
/// apostrophe: what a stranger typed must not run on an admin's machine.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        let formula = is_formula(cell);
        let quoted = formula || cell.contains(['"', ',', '\r', '\n']);
        if !quoted {
            line.push_str(cell);
            continue;
        }
        line.push('"');
        if formula {
            line.push('\'');
        }
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::line;

    #[rstest]
    #[case::plain("a b", "a b")]
    #[case::empty("", "")]
    #[case::comma("a,b", "\"a,b\"")]
    #[case::quote("a\"b", "\"a\"\"b\"")]
    #[case::lines("a\r\nb", "\"a\r\nb\"")]
    #[case::equals("=1+1", "\"'=1+1\"")]
    #[case::plus("+1", "\"'+1\"")]
    #[case::minus("-1", "\"'-1\"")]
    #[case::at("@SUM(A1)", "\"'@SUM(A1)\"")]
    #[case::tab("\t=1", "\"'\t=1\"")]
    #[case::wide("＝1", "\"'＝1\"")]
    #[case::inside("a=1", "a=1")]
    fn cells(#[case] cell: &str, #[case] written: &str) {
        assert_eq!(line([cell, "x"]), format!("{written},x\r\n"));
    }
}
