//! What readings prove of a repair, or of a renewal.

use chrono::{DateTime, Utc};

use super::Proof;
use crate::{
    connections::State,
    readings::is_renewed,
    store::{Read, StoreError, accounts::Choice, connect_sessions::ConnectSession},
};

/// What a later reading, of whoever's asking, proved of a repair: its break is
/// over. The visit itself may have stopped looking by then.
pub(crate) async fn proven_later(
    unit: &mut Read,
    session: &mut ConnectSession,
) -> Result<(), StoreError> {
    let Some((connection, proof)) = session.repairs.zip(session.facts.repair.as_mut()) else {
        return Ok(());
    };
    if proof.repaired.is_some() {
        return Ok(());
    }
    proof.repaired = match proof.renews {
        None => unit.repaired_since(connection, session.created).await?,
        Some(before) => {
            let mut accounts = unit.accounts_of_connection(connection).await?;
            accounts.retain(|account| account.choice == Choice::Kept && account.gone.is_none());
            // Of several ends the earliest is the connection's.
            let ends = accounts
                .iter()
                .filter_map(|account| account.authorization_ends);
            let renewed = ends.min().is_some_and(|end| is_renewed(before, end));
            let read = accounts.iter().filter_map(|account| account.attempted);
            read.max().filter(|_| renewed)
        }
    };
    Ok(())
}

/// What a reading at `at`, after which the connection stands as `state`, says
/// of a repair. `others` came with it and belong to nobody we know.
pub fn prove(proof: &mut Proof, state: State, others: bool, at: DateTime<Utc>) {
    match (state, proof.renews) {
        // Nothing is broken, and the permission ends when it did.
        (State::Stale { .. }, Some(_)) => proof.left = None,
        (State::RenewSoon { by }, Some(before)) if !is_renewed(before, by) => proof.left = None,
        (State::Healthy | State::RenewSoon { .. } | State::Stale { .. }, _) => {
            proof.repaired.get_or_insert(at);
            proof.left = None;
        }
        (State::Broken(broken), _) => proof.left = Some(broken.code.get()),
        (State::SettingUp | State::WaitingForChoice | State::Gone, _) => {}
    }
    proof.others_came |= others;
}
