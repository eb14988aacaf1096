//! Who did what, when, from where, to whom, and what it was before.
//!
//! An act is put down in the unit of work that does it, as the last thing before
//! it is saved: adding locks the end of the chain, and whoever waits for it
//! holds what they have changed. So two acts never wait for each other, the
//! chain never forks, and what a rule reads after that holds across nodes.

mod act;
pub(crate) mod chain;
mod change;
mod kind;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use self::chain::{Link, Names};
pub use self::{
    act::{Act, Actor, Person},
    chain::{Broken, Head},
    kind::{Kind, NotAKind},
};
use crate::{
    identity::{Admin, Client, Email, Role, Support},
    ids::UserId,
    random::Random,
    store::{
        Read, Store, StoreError, Write,
        audit::{NewNames, Part},
    },
    time::Clock,
};

/// How many rows are looked at in one go.
const STEP: u32 = 1_000;

/// An act as it was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number; they have no gaps.
    pub seq: i64,
    /// When (real clock).
    pub at: DateTime<Utc>,
    /// What kind of act.
    pub kind: Kind,
    /// Who; absent for somebody at the machine.
    pub actor: Option<UserId>,
    /// Their address then, unless it is erased.
    pub actor_name: Option<String>,
    /// From where, unless it is erased.
    pub address: Option<String>,
    /// With which browser, unless it is erased.
    pub user_agent: Option<String>,
    /// What kind of thing it concerned.
    pub about_kind: Option<String>,
    /// Which one.
    pub about_id: Option<String>,
    /// Its name then, unless it is erased.
    pub about_name: Option<String>,
    /// Why, in the words of who acted, unless it is erased.
    pub reason: Option<String>,
    /// JSON, as it was.
    pub before: Option<String>,
    /// JSON, as it was then.
    pub after: Option<String>,
    /// The hash of the row, in hex.
    pub hash: String,
}

/// Which acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Filter {
    /// Whose.
    pub actor: Option<UserId>,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
}

/// Why the chain was not walked to a good end.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It is broken.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts acts down, and reads them.
#[derive(Clone)]
pub struct Audit {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Audit {
    /// `clock` is the real one.
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            store,
            clock,
            random,
        }
    }

    /// Puts an act down, as the last thing before `unit` is saved.
    pub async fn record(
        &self,
        unit: &mut Write,
        actor: &Actor,
        act: &Act,
    ) -> Result<(), StoreError> {
        let (about, (before, after)) = (act.about(), act.change());
        let by = actor.known().map(|(person, client)| NewNames {
            part: Part::Actor,
            user: Some(person.id),
            key: person.email.key(),
            names: self.names(&person.email, Some(client), None),
        });
        let of = about.as_ref().map(|about| NewNames {
            part: Part::About,
            user: about.id,
            key: about.name.key(),
            names: self.names(about.name, None, act.reason()),
        });
        let digest = |new: Option<&NewNames>| new.map(|new| new.names.digest().to_vec());
        let head = unit.lock_audit().await?;
        let link = Link {
            seq: head.seq + 1,
            at: self.clock.now(),
            act: act.kind().as_str().to_owned(),
            actor: by.as_ref().and_then(|by| by.user),
            about_kind: about.as_ref().map(|about| about.kind.to_owned()),
            about_id: about.and_then(|about| about.id).map(|id| id.to_string()),
            before: before.map(|value| value.to_string()),
            after: after.map(|value| value.to_string()),
            actor_digest: digest(by.as_ref()),
            about_digest: digest(of.as_ref()),
        };
        unit.add_audit(&link, &link.hash(&head.hash)).await?;
        for new in [by, of].into_iter().flatten() {
            unit.add_audit_names(link.seq, &new).await?;
        }
        Ok(())
    }

    /// Puts down what somebody did with their own access, where they are of the
    /// staff; of others the audit holds nothing.
    pub(crate) async fn record_own(
        &self,
        unit: &mut Write,
        role: Role,
        actor: &Actor,
        act: &Act,
    ) -> Result<(), StoreError> {
        match role {
            Role::User => Ok(()),
            Role::Viewer | Role::Support | Role::Admin => self.record(unit, actor, act).await,
        }
    }

    fn names(&self, name: &Email, client: Option<&Client>, reason: Option<&str>) -> Names {
        let mut salt = vec![0; 32];
        self.random.fill(&mut salt);
        Names {
            salt,
            name: Some(name.as_str().to_owned()),
            address: client.map(|client| client.address.to_string()),
            user_agent: client.and_then(Client::short_user_agent),
            reason: reason.map(str::to_owned),
        }
    }

    /// One of the staff looks at a person.
    pub async fn looked(
        &self,
        who: &Support,
        whom: Person,
        client: &Client,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        let actor = Actor::person(who.as_ref(), client);
        self.record(&mut unit, &actor, &Act::Looked(whom)).await?;
        unit.save().await
    }

    /// Acts, the latest first; those before number `before`, if one is given.
    pub async fn list(
        &self,
        _: &Admin,
        filter: &Filter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut unit = self.store.read().await?;
        unit.audit_entries(filter, before, limit).await
    }

    /// Begins to write acts out, which is an act itself.
    pub async fn export(&self, actor: &Actor, filter: Filter) -> Result<Export, StoreError> {
        let mut unit = self.store.write().await?;
        self.record(&mut unit, actor, &Act::Exported(filter))
            .await?;
        unit.save().await?;
        Ok(Export {
            store: self.store.clone(),
            filter,
            before: None,
        })
    }

    /// Walks the whole chain; where it ends.
    pub async fn verify(&self) -> Result<Head, VerifyError> {
        let mut unit = self.store.read().await?;
        let head = unit.audit_head().await?;
        let mut at = Head::start();
        loop {
            let rows = unit.audit_rows(at.seq, STEP).await?;
            // What is added meanwhile comes after the head that was read.
            let rows = rows.iter().filter(|row| row.link.seq <= head.seq);
            let before = at.seq;
            for row in rows {
                at.step(row)?;
            }
            if at.seq == before {
                break;
            }
        }
        at.end(&head)?;
        if unit.audit_goes_on().await? {
            return Err(Broken::Head { seq: at.seq }.into());
        }
        Ok(at)
    }

    /// Erases what names a person; for the command line, whose caller holds the
    /// database. The chain still holds. From how many acts it was.
    pub async fn erase(&self, email: &Email) -> Result<u64, StoreError> {
        let mut unit = self.store.write().await?;
        let user = unit.stored_user_by_email(email).await?;
        let user = user.map(|stored| stored.user.id);
        let rows = unit.erase_audit_names(user, &email.key()).await?;
        let act = Act::NamesErased { rows };
        self.record(&mut unit, &Actor::machine(), &act).await?;
        unit.save().await?;
        Ok(rows)
    }
}

/// Acts on their way out, some at a time.
pub struct Export {
    store: Store,
    filter: Filter,
    before: Option<i64>,
}

impl Export {
    /// The next ones, the latest first; none at the end.
    pub async fn next(&mut self) -> Result<Vec<Entry>, StoreError> {
        let mut unit: Read = self.store.read().await?;
        let entries = unit.audit_entries(&self.filter, self.before, STEP).await?;
        self.before = entries.last().map(|entry| entry.seq).or(self.before);
        Ok(entries)
    }
}
