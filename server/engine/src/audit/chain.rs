//! The chain: each hash covers its row and the hash before, so that a row that
//! is changed, taken away, moved or put in between is found.
//!
//! What names a person is covered by a salted digest only: the name and its
//! salt can be erased, and the chain still holds.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use crate::ids::UserId;

/// SHA-256 of something here.
pub(crate) type Digest = [u8; 32];

/// A row without its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) seq: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) act: String,
    pub(crate) actor: Option<UserId>,
    pub(crate) about_kind: Option<String>,
    pub(crate) about_id: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) actor_digest: Option<Vec<u8>>,
    pub(crate) about_digest: Option<Vec<u8>>,
}

/// What names a person, and the salt of its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) salt: Vec<u8>,
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// Why, in the words of who acted: it may name a person, too.
    pub(crate) reason: Option<String>,
}

/// A row as it is stored, with what is left of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) link: Link,
    pub(crate) hash: Vec<u8>,
    pub(crate) actor: Option<Names>,
    pub(crate) about: Option<Names>,
}

/// The end of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the last row; 0 where there is none.
    pub seq: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Where a chain is broken first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Another row stands where this one should.
    #[error("row {seq} is missing or out of order")]
    Missing {
        /// The number expected.
        seq: i64,
    },
    /// The row is not as it was added, or the one before it is not.
    #[error("row {seq} was changed, or the row before it")]
    Changed {
        /// Its number.
        seq: i64,
    },
    /// The names beside the row are not those that were added.
    #[error("the names of row {seq} were changed")]
    Names {
        /// Its number.
        seq: i64,
    },
    /// The chain does not end where it says.
    #[error("the chain ends after row {seq}, and its head says otherwise")]
    Head {
        /// The last row that holds.
        seq: i64,
    },
}

/// A part of what is hashed: whether it is there, how long it is, and itself,
/// so that no two lists of parts are the same bytes.
fn part(hasher: &mut Sha256, part: Option<&[u8]>) {
    let Some(bytes) = part else {
        hasher.update([0]);
        return;
    };
    hasher.update([1]);
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn text(text: Option<&String>) -> Option<&[u8]> {
    text.map(String::as_bytes)
}

impl Names {
    pub(crate) fn digest(&self) -> Digest {
        let mut hasher = Sha256::new_with_prefix(b"relink.audit.names.1");
        part(&mut hasher, Some(&self.salt));
        for each in [&self.name, &self.address, &self.user_agent] {
            part(&mut hasher, text(each.as_ref()));
        }
        // What has none is hashed as before there were any.
        if self.reason.is_some() {
            part(&mut hasher, text(self.reason.as_ref()));
        }
        hasher.finalize().into()
    }
}

impl Link {
    pub(crate) fn hash(&self, before: &[u8]) -> Digest {
        let mut hasher = Sha256::new_with_prefix(b"relink.audit.1");
        let actor = self.actor.map(|user| *user.0.as_bytes());
        part(&mut hasher, Some(before));
        part(&mut hasher, Some(&self.seq.to_be_bytes()));
        part(&mut hasher, Some(&self.at.timestamp_micros().to_be_bytes()));
        part(&mut hasher, Some(self.act.as_bytes()));
        part(&mut hasher, actor.as_ref().map(<[u8; 16]>::as_slice));
        for each in [&self.about_kind, &self.about_id, &self.before, &self.after] {
            part(&mut hasher, text(each.as_ref()));
        }
        for each in [&self.actor_digest, &self.about_digest] {
            part(&mut hasher, each.as_deref());
        }
        hasher.finalize().into()
    }
}

impl Row {
    /// Names that were erased prove nothing and are no fault.
    fn names_hold(&self) -> bool {
        let holds = |names: Option<&Names>, digest: Option<&Vec<u8>>| {
            names.is_none_or(|names| digest.is_some_and(|digest| names.digest() == digest[..]))
        };
        holds(self.actor.as_ref(), self.link.actor_digest.as_ref())
            && holds(self.about.as_ref(), self.link.about_digest.as_ref())
    }
}

/// A hash as it is read.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    text
}

impl Head {
    /// The hash in hex.
    pub fn hex(&self) -> String {
        hex(&self.hash)
    }

    /// Before the first row.
    pub(crate) const fn start() -> Self {
        Self {
            seq: 0,
            hash: Vec::new(),
        }
    }

    /// Goes on to the next row, if it holds.
    pub(crate) fn step(&mut self, row: &Row) -> Result<(), Broken> {
        let seq = self.seq + 1;
        if row.link.seq != seq {
            return Err(Broken::Missing { seq });
        }
        if row.link.hash(&self.hash) != row.hash[..] {
            return Err(Broken::Changed { seq });
        }
        if !row.names_hold() {
            return Err(Broken::Names { seq });
        }
        self.seq = seq;
        self.hash.clone_from(&row.hash);
        Ok(())
    }

    /// Whether the chain ends here.
    pub(crate) fn end(&self, head: &Self) -> Result<(), Broken> {
        if self == head {
            Ok(())
        } else {
            Err(Broken::Head { seq: self.seq })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(salt: u8, name: &str) -> Names {
        Names {
            salt: vec![salt; 32],
            name: Some(name.to_owned()),
            address: Some("192.0.2.1".to_owned()),
            user_agent: None,
            reason: None,
        }
    }

    #[test]
    fn a_reason_is_covered_and_names_without_one_are_hashed_as_ever() {
        let plain = names(1, "root");
        assert_eq!(
            hex(&plain.digest()),
            "0765548b24d0fd409d3ba5ac258ff0dc2821c02b4fe6cee34c95263ac1c9ba68"
        );
        let because = |reason: &str| Names {
            reason: Some(reason.to_owned()),
            ..plain.clone()
        };
        let all = [plain.digest(), because("").digest(), because("a").digest()];
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }

    /// So many rows, linked as they are added.
    fn chain(length: u8) -> (Vec<Row>, Head) {
        let mut head = Head::start();
        let mut rows = Vec::new();
        for n in 1..=length {
            let (actor, about) = (
                names(n, "root"),
                n.is_multiple_of(2).then(|| names(100 + n, "ada")),
            );
            let link = Link {
                seq: n.into(),
                at: DateTime::from_timestamp(1_700_000_000 + i64::from(n), 0).unwrap(),
                act: "role_changed".to_owned(),
                actor: Some(UserId(uuid::Uuid::from_u128(7))),
                about_kind: about.as_ref().map(|_| "user".to_owned()),
                about_id: about.as_ref().map(|_| n.to_string()),
                before: Some("{}".to_owned()),
                after: None,
                actor_digest: Some(actor.digest().to_vec()),
                about_digest: about.as_ref().map(|names| names.digest().to_vec()),
            };
            let hash = link.hash(&head.hash).to_vec();
            head = Head {
                seq: link.seq,
                hash: hash.clone(),
            };
            rows.push(Row {
                link,
                hash,
                actor: Some(actor),
                about,
            });
        }
        (rows, head)
    }

    fn walk(rows: &[Row], head: &Head) -> Result<(), Broken> {
        let mut at = Head::start();
        for row in rows {
            at.step(row)?;
        }
        at.end(head)
    }

    /// Changes one thing in a row.
    fn change(row: &mut Row, what: usize) {
        let link = &mut row.link;
        match what {
            0 => link.at += chrono::TimeDelta::microseconds(1),
            1 => link.act.push('x'),
            2 => link.actor = None,
            3 => link.about_kind = Some("visit".to_owned()),
            4 => link.about_id = Some("0".to_owned()),
            5 => link.before = None,
            6 => link.after = Some(String::new()),
            7 => link.actor_digest = None,
            8 => link.about_digest = Some(vec![0; 32]),
            9 => row.hash[0] ^= 1,
            10 => row.actor = Some(names(1, "somebody else")),
            11 => row.about = Some(names(1, "somebody else")),
            12 => link.seq += 1,
            // What is moved from one field to its neighbour.
            _ => (link.before, link.after) = (None, link.before.take()),
        }
    }

    proptest! {
        #[test]
        fn every_change_is_found(length in 1..20u8, at in any::<prop::sample::Index>(), what in 0..14usize) {
            let (mut rows, head) = chain(length);
            prop_assert_eq!(walk(&rows, &head), Ok(()));
            let at = at.index(rows.len());
            change(&mut rows[at], what);
            prop_assert!(walk(&rows, &head).is_err());
        }

        #[test]
        fn what_is_taken_away_moved_or_put_in_is_found(
            length in 2..20u8, one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
        ) {
            let (rows, head) = chain(length);
            let (one, other) = (one.index(rows.len()), other.index(rows.len()));
            let mut less = rows.clone();
            less.remove(one);
            prop_assert!(walk(&less, &head).is_err(), "taken away");
            let mut more = rows.clone();
            more.insert(one, rows[other].clone());
            prop_assert!(walk(&more, &head).is_err(), "put in");
            if one != other {
                let mut moved = rows.clone();
                moved.swap(one, other);
                prop_assert!(walk(&moved, &head).is_err(), "moved");
            }
        }

        #[test]
        fn erased_names_break_nothing(length in 1..20u8, erased in prop::collection::vec(any::<(bool, bool)>(), 20)) {
            let (mut rows, head) = chain(length);
            for (row, (actor, about)) in rows.iter_mut().zip(erased) {
                row.actor = row.actor.take().filter(|_| !actor);
                row.about = row.about.take().filter(|_| !about);
            }
            prop_assert_eq!(walk(&rows, &head), Ok(()));
        }
    }

    #[test]
    fn the_first_broken_row_is_named() {
        let (mut rows, head) = chain(5);
        rows[2].link.act = "invited".to_owned();
        rows[4].link.act = "invited".to_owned();
        assert_eq!(walk(&rows, &head), Err(Broken::Changed { seq: 3 }));
        let (mut rows, head) = chain(5);
        rows.pop();
        assert_eq!(walk(&rows, &head), Err(Broken::Head { seq: 4 }));
        rows.remove(1);
        assert_eq!(walk(&rows, &head), Err(Broken::Missing { seq: 2 }));
    }
}
