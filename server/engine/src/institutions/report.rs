//! `relink institutions search`: any directory against any table of queries.

use std::{fmt, io::BufRead, time::Duration};

use relink_mastercard::InstitutionId;

use super::{Aliases, DirectoryLine, Entry, Hit, Index, Policy, Popularity, Query, Usage};

/// How many results a query is judged by.
const SHOWN: usize = 3;
/// As many are asked for as the page shows, so that the time is the page's.
const ASKED: usize = 10;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file cannot be read.
    #[error("cannot read the {file}")]
    Unreadable {
        /// Which.
        file: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A line of the directory is no institution.
    #[error("line {line} of the directory is no institution")]
    NoInstitution {
        /// Which, from 1.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A line of the table is not `query<TAB>id[,id…]`.
    #[error("line {line} of the queries is not `query<TAB>id[,id…]`")]
    NoQuery {
        /// Which, from 1.
        line: usize,
    },
    /// The table has no query, so nothing could be said of it.
    #[error("there is no query")]
    Empty,
}

/// A query whose institution was not among the first three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The query.
    pub query: String,
    /// What would have been right.
    pub expected: Vec<InstitutionId>,
    /// What came first.
    pub found: Vec<(InstitutionId, String)>,
}

/// What the search did with the queries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Institutions shown, twins counted once.
    pub institutions: usize,
    /// Queries asked.
    pub queries: usize,
    /// Right at the first place.
    pub first: usize,
    /// Right among the first three.
    pub among_three: usize,
    /// All others.
    pub misses: Vec<Miss>,
    /// How long the index took to build.
    pub build: Duration,
    /// Bytes on the heap that the index holds.
    pub memory: usize,
    /// Query times, shortest first.
    times: Vec<Duration>,
}

/// Reads a directory (JSON lines of institution objects, optionally with
/// `routingNumbers` and `aliases`) and a table of queries (`query<TAB>id[,id…]`,
/// blank lines and lines beginning with `#` left out), asks every query and
/// judges the answers. A twin shown in the place of the expected institution
/// is right. `elapsed` gives the time since any fixed moment.
pub fn search_report(
    institutions: impl BufRead,
    queries: impl BufRead,
    elapsed: impl Fn() -> Duration,
) -> Result<Report, ReportError> {
    let entries = read_directory(institutions)?;
    let queries = read_queries(queries)?;
    if queries.is_empty() {
        return Err(ReportError::Empty);
    }
    let (aliases, popularity) = (Aliases::shipped(), Popularity::shipped());
    let start = elapsed();
    let index = Index::build(
        entries,
        &aliases,
        &popularity,
        &Usage::default(),
        &Policy::OPEN,
    );
    let build = elapsed().saturating_sub(start);
    let mut report = Report {
        institutions: index.len(),
        queries: queries.len(),
        first: 0,
        among_three: 0,
        misses: Vec::new(),
        build,
        memory: index.heap_bytes(),
        times: Vec::with_capacity(queries.len()),
    };
    for (query, expected) in queries {
        let start = elapsed();
        let hits = index.search(&Query::parse(&query), ASKED);
        report.times.push(elapsed().saturating_sub(start));
        report.judge(&index, query, expected, &hits);
    }
    report.times.sort_unstable();
    Ok(report)
}

fn read_directory(lines: impl BufRead) -> Result<Vec<Entry>, ReportError> {
    let mut entries = Vec::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line.map_err(|source| ReportError::Unreadable {
            file: "directory",
            source,
        })?;
        if !line.trim().is_empty() {
            let parsed: Result<DirectoryLine, _> = serde_json::from_str(&line);
            let parsed = parsed.map_err(|source| ReportError::NoInstitution {
                line: number,
                source,
            })?;
            entries.push(parsed.into());
        }
    }
    Ok(entries)
}

fn read_queries(lines: impl BufRead) -> Result<Vec<(String, Vec<InstitutionId>)>, ReportError> {
    let mut queries = Vec::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line.map_err(|source| ReportError::Unreadable {
            file: "queries",
            source,
        })?;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = || ReportError::NoQuery { line: number };
        let (query, ids) = line.split_once('\t').ok_or_else(wrong)?;
        let ids = ids.split('\t').next().unwrap_or_default();
        let ids: Result<Vec<_>, _> = ids
            .split(',')
            .map(|id| InstitutionId::parse(id.trim()))
            .collect();
        queries.push((query.to_owned(), ids.map_err(|_| wrong())?));
    }
    Ok(queries)
}

impl Report {
    fn judge(&mut self, index: &Index, query: String, expected: Vec<InstitutionId>, hits: &[Hit]) {
        let shown: Vec<_> = expected
            .iter()
            .filter_map(|id| index.listing(*id))
            .map(|at| at.id)
            .collect();
        let mut three = hits.iter().take(SHOWN);
        if let Some(place) = three.position(|hit| shown.contains(&hit.listing.id)) {
            self.first += usize::from(place == 0);
            self.among_three += 1;
        } else {
            let found = hits
                .iter()
                .take(SHOWN)
                .map(|hit| (hit.listing.id, hit.listing.name.to_string()));
            self.misses.push(Miss {
                query,
                expected,
                found: found.collect(),
            });
        }
    }

    /// The share of queries whose institution came first.
    pub fn recall_at_1(&self) -> f64 {
        share(self.first, self.queries)
    }

    /// The share of queries whose institution came among the first three.
    pub fn recall_at_3(&self) -> f64 {
        share(self.among_three, self.queries)
    }

    /// The time within which `percent` of the queries were answered.
    pub fn within(&self, percent: usize) -> Duration {
        let place = (self.times.len() * percent).div_ceil(100).max(1) - 1;
        self.times.get(place).copied().unwrap_or_default()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of lines are far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for miss in &self.misses {
            let expected: Vec<_> = miss.expected.iter().map(ToString::to_string).collect();
            let found: Vec<_> = miss
                .found
                .iter()
                .map(|(id, name)| format!("{id} {name}"))
                .collect();
            let found = if found.is_empty() {
                "nothing".to_owned()
            } else {
                found.join("; ")
            };
            writeln!(
                f,
                "miss: {:?} expected {}, found {found}",
                miss.query,
                expected.join(",")
            )?;
        }
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        let kib = self.memory.div_ceil(1024);
        writeln!(f, "institutions {}", self.institutions)?;
        writeln!(f, "queries {}", self.queries)?;
        writeln!(f, "build {:.1} ms", millis(self.build))?;
        writeln!(f, "memory {}.{} MiB", kib / 1024, kib % 1024 * 10 / 1024)?;
        let (p50, p99, max) = (self.within(50), self.within(99), self.within(100));
        writeln!(
            f,
            "query p50 {:.3} ms, p99 {:.3} ms, max {:.3} ms",
            millis(p50),
            millis(p99),
            millis(max)
        )?;
        writeln!(f, "recall@1 {:.3}", self.recall_at_1())?;
        writeln!(f, "recall@3 {:.3}", self.recall_at_3())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const DIRECTORY: &str = r#"{"id":1,"name":"Chase","routingNumbers":["021000021"],"oauthInstitutionId":2}
{"id":2,"name":"Chase","oauthEnabled":true,"aliases":["jpm"],"status":"online"}

{"id":3,"name":"Capital One","routingNumbers":[31176110]}"#;

    #[test]
    fn counts_and_prints() {
        let queries = "# a comment\nchase\t1\njpm\t2\n031176110\t3\tnote\n\ncapital one\t1,2\n";
        let clock = Cell::new(0);
        let elapsed = || {
            clock.set(clock.get() + 1);
            Duration::from_millis(clock.get())
        };
        let report = search_report(DIRECTORY.as_bytes(), queries.as_bytes(), elapsed).unwrap();
        let printed = report.to_string();
        let memory = printed
            .lines()
            .position(|line| line.starts_with("memory "))
            .unwrap();
        let mut lines: Vec<_> = printed.lines().collect();
        lines.remove(memory);
        insta::assert_snapshot!(lines.join("\n"), @r#"
        miss: "capital one" expected 1,2, found 3 Capital One
        institutions 2
        queries 4
        build 1.0 ms
        query p50 1.000 ms, p99 1.000 ms, max 1.000 ms
        recall@1 0.750
        recall@3 0.750
        "#);
    }

    #[test]
    fn says_which_line_is_wrong() {
        let report = |directory: &str, queries: &str| {
            search_report(directory.as_bytes(), queries.as_bytes(), Duration::default)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            report("\n{}", "a\t1"),
            "line 2 of the directory is no institution"
        );
        assert_eq!(
            report("", "a\t1\nb"),
            "line 2 of the queries is not `query<TAB>id[,id…]`"
        );
        assert_eq!(
            report("", "a\tx"),
            "line 1 of the queries is not `query<TAB>id[,id…]`"
        );
        assert_eq!(report("", "# none"), "there is no query");
    }
}
