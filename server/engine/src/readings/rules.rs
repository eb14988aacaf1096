//! What a reading says of the accounts that are known. Pure.

use chrono::{DateTime, Duration, Utc};
use relink_mastercard::model::SimpleAccount;

use crate::{
    connections::Change,
    status::{Code, Table},
    store::accounts::Account,
};

/// How far apart two readings must be that both miss an account, before it
/// counts as gone: the quick readings after a visit are one look.
const GONE_AFTER: Duration = Duration::hours(1);

/// An account after a reading at `at` that listed it as `listed`.
pub(super) fn told(
    known: &Account,
    listed: Option<&SimpleAccount>,
    table: &Table,
    at: DateTime<Utc>,
) -> Account {
    let mut told = known.clone();
    let Some(listed) = listed else {
        let missed = *told.missed.get_or_insert(at);
        if told.gone.is_none() && at - missed >= GONE_AFTER {
            told.gone = Some(at);
        }
        return told;
    };
    (told.missed, told.gone) = (None, None);
    told.upstream = listed.id.clone();
    told.name.clone_from(&listed.name);
    let newer = listed.aggregation_success_date > known.attempted;
    told.status_code = match listed.aggregation_status_code {
        // "A refresh is running", or a code of our own calls, says nothing of
        // the account: the code before it stands.
        Some(code) if !table.is_outcome(code) => known.status_code,
        // Nor does a missing code, unless a newer success is there in its place.
        None if !newer => known.status_code,
        told => told,
    };
    // A date that is not listed is not a date that never was.
    told.attempted = listed.aggregation_attempt_date.or(known.attempted);
    told.succeeded = listed.aggregation_success_date.or(known.succeeded);
    told.authorization_ends = listed
        .authorization_end_date
        .filter(|_| listed.authorization_expires);
    told
}

/// What of that belongs into the connection's history.
pub(super) fn changed(before: &Account, after: &Account) -> Option<Change> {
    let (name, mask) = (after.name.clone(), after.mask.clone());
    match (before.gone, after.gone) {
        (None, Some(_)) => return Some(Change::AccountGone { name, mask }),
        (Some(_), None) => return Some(Change::AccountBack { name, mask }),
        _ => {}
    }
    let ends = before.authorization_ends.zip(after.authorization_ends);
    ends.is_some_and(|(old, new)| is_renewed(old, new))
        .then_some(Change::Renewed)
}

/// Whether new data came of an account that failed before.
pub(super) fn works_again(before: &Account, after: &Account) -> bool {
    let works = |account: &Account| account.status_code.is_some_and(Code::is_success);
    before.status_code.is_some() && !works(before) && works(after)
}

/// Whether a permission that ended at `old` and ends at `new` was renewed: a
/// date that creeps on by itself is no renewal.
pub(crate) fn is_renewed(old: DateTime<Utc>, new: DateTime<Utc>) -> bool {
    new - old > Duration::days(7)
}

/// Whether an account looks like one that is known, wherever it is.
pub(super) fn is_alike(known: &Account, stranger: &SimpleAccount) -> bool {
    !known.mask.is_empty()
        && known.mask == stranger.mask()
        && known.kind == stranger.kind.as_str()
        && known.currency == stranger.currency
}

/// Accounts that a reading lists under new ids, as a migration does: each of
/// `missing` with the one of `strangers` that takes its place. Where more than
/// one would fit, none does: a wrong guess mixes up two accounts.
pub(super) fn adopted<'a>(
    missing: &[&'a Account],
    strangers: &[&'a SimpleAccount],
    same_place: impl Fn(&Account, &SimpleAccount) -> bool,
) -> Vec<(&'a Account, &'a SimpleAccount)> {
    let fits = |known: &Account, stranger: &SimpleAccount| {
        is_alike(known, stranger) && same_place(known, stranger)
    };
    let only = |known: &'a Account| {
        let mut fitting = strangers.iter().filter(|stranger| fits(known, stranger));
        let one = fitting.next()?;
        fitting.next().is_none().then_some(*one)
    };
    missing
        .iter()
        .filter_map(|known| only(known).map(|one| (*known, one)))
        .filter(|(_, one)| missing.iter().filter(|other| fits(other, one)).count() == 1)
        .collect()
}
