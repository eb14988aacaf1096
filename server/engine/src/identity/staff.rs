//! What staff may do, as proofs.
//!
//! A use case takes the least that it needs: [`Viewer`] to look, [`Support`] to
//! act on a user, [`Admin`] to change the installation. Who may do more may do
//! less: `admin.as_ref()` is whichever is asked for.

use super::{Identity, Role, SignInMark, SignedIn};
use crate::store::StoreError;

/// May look at the installation: viewer, support, admin.
#[derive(Debug, Clone)]
pub struct Viewer(SignedIn);

/// May act on users: support, admin.
#[derive(Debug, Clone)]
pub struct Support(Viewer);

/// Runs the installation: only an admin.
#[derive(Debug, Clone)]
pub struct Admin(Support);

impl SignedIn {
    /// The proof that they may look at the installation, if they may.
    pub fn viewer(&self) -> Option<Viewer> {
        match self.role() {
            Role::Viewer | Role::Support | Role::Admin => Some(Viewer(self.clone())),
            Role::User => None,
        }
    }

    /// The proof that they may act on users, if they may.
    pub fn support(&self) -> Option<Support> {
        match self.role() {
            Role::Support | Role::Admin => self.viewer().map(Support),
            Role::User | Role::Viewer => None,
        }
    }

    /// The proof that they run this installation, if they do.
    pub fn admin(&self) -> Option<Admin> {
        match self.role() {
            Role::Admin => self.support().map(Admin),
            Role::User | Role::Viewer | Role::Support => None,
        }
    }
}

impl Identity {
    /// Whether who has just signed in is of the staff. A hint for where they go on,
    /// and no proof.
    pub async fn is_staff(&self, mark: &SignInMark) -> Result<bool, StoreError> {
        let user = self.store.read().await?.user(mark.user()).await?;
        Ok(user.is_some_and(|user| user.role != Role::User))
    }
}

impl AsRef<SignedIn> for Viewer {
    fn as_ref(&self) -> &SignedIn {
        &self.0
    }
}

impl AsRef<SignedIn> for Support {
    fn as_ref(&self) -> &SignedIn {
        self.0.as_ref()
    }
}

impl AsRef<SignedIn> for Admin {
    fn as_ref(&self) -> &SignedIn {
        self.0.as_ref()
    }
}

impl AsRef<Viewer> for Support {
    fn as_ref(&self) -> &Viewer {
        &self.0
    }
}

impl AsRef<Viewer> for Admin {
    fn as_ref(&self) -> &Viewer {
        self.0.as_ref()
    }
}

impl AsRef<Support> for Admin {
    fn as_ref(&self) -> &Support {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        db_test, identity::testing, random::OsRandom, store::testing::TestStore, time::SystemClock,
    };

    db_test! { async fn each_role_gives_its_proofs_and_no_more(db: &TestStore) {
        let mut given = Vec::new();
        for role in Role::ALL {
            let email = format!("{}@example.com", role.as_str());
            let (clock, random) = (Arc::new(SystemClock), Arc::new(OsRandom));
            let person = testing::signed_in(&db.store, clock, random, &email, role).await;
            given.push((role, person.viewer().is_some(), person.support().is_some(), person.admin().is_some()));
        }
        let expected = [
            (Role::User, false, false, false),
            (Role::Viewer, true, false, false),
            (Role::Support, true, true, false),
            (Role::Admin, true, true, true),
        ];
        assert_eq!(given, expected);
    }}
}
