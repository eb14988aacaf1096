//! Accounts that may be one that is missing: asked, where [`super::rules`] must
//! not guess.

use relink_mastercard::model::SimpleAccount;

use super::{Readings, rules::is_alike};
use crate::store::{
    Read, StoreError,
    accounts::{Account, Choice},
    connections::Connection,
};

/// A kept account that a reading does not list, and those it may be now.
#[derive(Debug, Clone)]
pub struct Alike {
    /// The account.
    pub account: Account,
    /// What looks like it, and is nobody's.
    pub candidates: Vec<SimpleAccount>,
}

impl Readings {
    /// The accounts of `connection` that `listed` misses, each with what it may
    /// be now; those that nothing looks like are left out.
    pub(crate) async fn alike(
        &self,
        unit: &mut Read,
        connection: &Connection,
        listed: &[SimpleAccount],
    ) -> Result<Vec<Alike>, StoreError> {
        let claimed = unit.claimed_accounts(&connection.customer).await?;
        let places = self.places(unit, std::slice::from_ref(connection)).await?;
        let places = places.get(&connection.id).map_or(&[][..], Vec::as_slice);
        let strangers = listed
            .iter()
            .filter(|one| places.contains(&one.institution_id))
            .filter(|one| claimed.iter().all(|(id, _)| *id != one.id));
        let accounts = unit.accounts_of_connection(connection.id).await?;
        let missing = accounts.into_iter().filter(|account| {
            account.choice == Choice::Kept && listed.iter().all(|one| one.id != account.upstream)
        });
        let asked = missing.map(|account| Alike {
            candidates: strangers
                .clone()
                .filter(|one| is_alike(&account, one))
                .cloned()
                .collect(),
            account,
        });
        Ok(asked.filter(|one| !one.candidates.is_empty()).collect())
    }
}
