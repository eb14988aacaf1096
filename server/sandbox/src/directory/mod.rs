//! The institutions that the simulator knows.
//!
//! A hand-made part (test and well-known institutions, a data file) and a long
//! tail that is either made from a seed or read from the operator's file. The
//! whole is immutable: what changes at run time (an institution taken offline)
//! is state of the simulator, laid over a record when it is served.

mod ids;
mod record;
mod search;
mod tail;
mod views;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
};

pub use ids::{CountryCode, InstitutionId, ParseError, Product, RoutingNumber, Status};
pub use record::{
    Address, Branding, ChildInstitution, Institution, ProductionStatus, ServiceStatus,
};
pub use search::Filter;
pub use views::{CertifiedInstitution, RoutingNumberMatch};

/// The seed of the tail unless the operator names another. The search bench
/// (`server/engine/data/queries.tsv`) is written against this one.
pub const DEFAULT_SEED: u64 = 1;

/// Institutions in a directory with the seeded tail. The search bench is to be
/// measured on 20,000, so that the default directory is its input as it is.
const SEEDED_SIZE: usize = 20_000;

const WELL_KNOWN: &str = include_str!("../../data/institutions.jsonl");

/// Stands in the data for the address that the simulator listens on.
const ORIGIN: &str = "{origin}";

/// Why no directory could be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The operator's file cannot be read.
    #[error("cannot read the institutions file {}", path.display())]
    Read {
        /// The file as it was named.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// A line is not an institution object.
    #[error("line {line} of {} is not an institution", path.display())]
    Line {
        /// The file as it was named.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// All institutions, ordered by id.
#[derive(Debug)]
pub struct Directory {
    records: Vec<Institution>,
    folded: OnceLock<Vec<Box<str>>>,
}

impl Directory {
    /// Loads the hand-made institutions and, after them, the records of `file`
    /// or else a tail made from `seed`. `origin` is where the logos are served,
    /// without a slash at the end; empty, it leaves them as paths. Of two records with one id the later wins, so
    /// that a file can also change a well-known institution.
    pub fn load(origin: &str, seed: u64, file: Option<&Path>) -> Result<Self, DirectoryError> {
        let embedded = Path::new("data/institutions.jsonl");
        let mut records = read_lines(embedded, WELL_KNOWN.as_bytes())?;
        if let Some(path) = file {
            let opened = File::open(path).map_err(|source| read_error(path, source))?;
            records.extend(read_lines(path, BufReader::new(opened))?);
        } else {
            let wanted = SEEDED_SIZE.saturating_sub(records.len());
            let tail = tail::generate(seed, wanted, &records);
            records.extend(tail);
        }
        // Stable, so that the later of two lines stays the later.
        records.sort_by_key(|record| record.id);
        records.dedup_by(|later, kept| {
            let same = later.id == kept.id;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        for branding in records.iter_mut().filter_map(|r| r.branding.as_mut()) {
            branding.resolve(ORIGIN, origin);
        }
        Ok(Self {
            records,
            folded: OnceLock::new(),
        })
    }

    /// The institution with this id.
    pub fn get(&self, id: InstitutionId) -> Option<&Institution> {
        let at = self
            .records
            .binary_search_by_key(&id, |record| record.id)
            .ok()?;
        self.records.get(at)
    }

    /// All institutions, by ascending id.
    pub fn all(&self) -> &[Institution] {
        &self.records
    }

    /// Institutions whose name resembles `term`, best first: the official fuzzy
    /// search of `GetInstitutions`, which looks at names alone.
    pub fn search(&self, term: &str) -> Vec<&Institution> {
        let names = self.folded.get_or_init(|| {
            self.records
                .iter()
                .map(|record| search::fold(record.shown_name()).into())
                .collect()
        });
        let query = search::Query::new(term);
        let mut hits: Vec<_> = (self.records.iter().zip(names))
            .filter_map(|(record, name)| Some((query.grade(name)?, record)))
            .collect();
        hits.sort_by_key(|(grade, record)| (*grade, record.id));
        hits.into_iter().map(|(_, record)| record).collect()
    }

    /// Institutions that pass `filter`: best match first when it has a term, by
    /// id otherwise. An empty answer is no error.
    pub fn find(&self, filter: &Filter) -> Vec<&Institution> {
        let mut found = match &filter.term {
            Some(term) => self.search(term),
            None => self.records.iter().collect(),
        };
        found.retain(|record| filter.admits(record));
        found
    }

    /// Institutions that have this routing number.
    pub fn by_routing_number(&self, number: RoutingNumber) -> Vec<&Institution> {
        self.records
            .iter()
            .filter(|r| r.routing_numbers.contains(&number))
            .collect()
    }

    /// Institutions whose home page is on this host, by ascending id; a leading
    /// `www.` on either side counts for nothing, and a whole address will do.
    pub fn at_host(&self, host: &str) -> Vec<InstitutionId> {
        let wanted = host_of(host);
        let at = |record: &&Institution| {
            let home = record.url_home_app.as_deref();
            home.is_some_and(|home| host_of(home).eq_ignore_ascii_case(wanted))
        };
        self.records.iter().filter(at).map(|r| r.id).collect()
    }

    /// Writes every record, with routing numbers and aliases, as one line of
    /// JSON: the format that [`Directory::load`] reads.
    pub fn write_jsonl(&self, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for record in &self.records {
            serde_json::to_writer(&mut out, &views::WithExtras::new(record))?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}

fn host_of(address: &str) -> &str {
    let rest = address.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn read_error(path: &Path, source: io::Error) -> DirectoryError {
    DirectoryError::Read {
        path: path.to_owned(),
        source,
    }
}

/// Blank lines and lines that begin with `#` are passed over.
fn read_lines(path: &Path, input: impl BufRead) -> Result<Vec<Institution>, DirectoryError> {
    let mut records = Vec::new();
    for (index, text) in input.lines().enumerate() {
        let text = text.map_err(|source| read_error(path, source))?;
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let record = serde_json::from_str(text).map_err(|source| DirectoryError::Line {
            path: path.to_owned(),
            line: index + 1,
            source,
        })?;
        records.push(record);
    }
    Ok(records)
}

#[cfg(test)]
mod tests;
