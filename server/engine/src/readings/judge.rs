//! What readings do to breaks and to the figures: breaks open, change their
//! cause, and close; connections stand otherwise.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, InstitutionId};

use super::{Readings, Turned};
use crate::{
    connections::{Change, Customer, End, Evidence, Reach, State, Step, step},
    health::{ALL, Standing},
    ids::{BreakId, ConnectionId},
    outages::Look,
    status::Code,
    store::{
        StoreError, Write,
        accounts::{Account, Choice},
        breaks::Break,
        standings::Stood,
    },
};

impl Readings {
    /// Opens, changes and closes breaks after the user sent accounts away.
    pub(crate) async fn judge_again(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<Vec<Turned>, StoreError> {
        let known = unit.customer_standing(customer).await?;
        let accounts = unit.accounts_of_customer(customer).await?;
        self.judge(unit, customer, known, &accounts, at).await
    }

    /// Opens, changes and closes breaks of a customer's connections by what is
    /// known at `at` of `accounts`: all that are not removed.
    pub async fn judge(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        known: Customer,
        accounts: &[Account],
        at: DateTime<Utc>,
    ) -> Result<Vec<Turned>, StoreError> {
        let open = unit.open_breaks(customer).await?;
        let stood = unit.stood(customer).await?;
        let mut stands = Vec::with_capacity(stood.len());
        let mut turned = Vec::new();
        for one in &stood {
            let connection = one.connection;
            let state = self.standing(accounts, connection, known, at);
            let open = open.iter().find(|open| open.connection == connection);
            let step = step(open.map(|open| open.code), state);
            let counts = counts(one, accounts);
            self.apply(unit, connection, open, step, (accounts, counts), at)
                .await?;
            if step != Step::Stay {
                turned.push(Turned { connection, step });
            }
            stands.push(Standing::of(state).filter(|_| counts));
        }
        stand(unit, &stood, &stands, at).await?;
        if !turned.is_empty() {
            Look::soon(&self.jobs, unit, at).await?;
            self.consider(unit, customer).await?;
        }
        Ok(turned)
    }

    /// How a customer's connections stand after what no reading says: accounts
    /// that its user keeps or sends away, a mark. Breaks wait for a reading.
    pub(crate) async fn stand_again(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let known = unit.customer_standing(customer).await?;
        let accounts = unit.accounts_of_customer(customer).await?;
        let stood = unit.stood(customer).await?;
        let now = |one: &Stood| {
            let state = self.standing(&accounts, one.connection, known, at);
            Standing::of(state).filter(|_| counts(one, &accounts))
        };
        let stands: Vec<_> = stood.iter().map(now).collect();
        stand(unit, &stood, &stands, at).await
    }

    async fn apply(
        &self,
        unit: &mut Write,
        connection: ConnectionId,
        open: Option<&Break>,
        step: Step,
        (accounts, counts): (&[Account], bool),
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let change = match (step, open) {
            (Step::Open(code), _) => {
                let new = Break {
                    counted: counts,
                    ..self.opening(connection, code, accounts, at)
                };
                unit.open_break(&new).await?;
                Change::Broke { code: code.get() }
            }
            (Step::Change(code), Some(open)) => {
                let fixable = self.table.row(code).fixable;
                unit.change_break(open, code, fixable).await?;
                Change::CauseChanged {
                    from: open.code.get(),
                    to: code.get(),
                }
            }
            (Step::Close(end), Some(open)) => {
                unit.close_break(open, end, at).await?;
                match end {
                    End::Repaired => Change::Repaired,
                    End::Gone => Change::Gone,
                }
            }
            (Step::Stay | Step::Change(_) | Step::Close(_), _) => return Ok(()),
        };
        self.remember(unit, connection, &change, at).await
    }

    fn opening(
        &self,
        connection: ConnectionId,
        code: Code,
        accounts: &[Account],
        at: DateTime<Utc>,
    ) -> Break {
        // The dates of one account: those of several may contradict each other.
        let first = accounts
            .iter()
            .filter(|account| account.connection == connection)
            .filter(|account| account.status_code == Some(code))
            .min_by_key(|account| (account.attempted, account.id));
        Break {
            id: BreakId(self.random.id(at)),
            connection,
            code,
            last_good: first.and_then(|account| account.succeeded),
            failed: first.and_then(|account| account.attempted).unwrap_or(at),
            opened: at,
            counted: false,
            fixable: self.table.row(code).fixable,
            ended: None,
        }
    }

    /// How a connection stands by the accounts that prove something. One that
    /// waits for a choice or for its first reading must not hide that another
    /// works again.
    pub(crate) fn standing(
        &self,
        known: &[Account],
        connection: ConnectionId,
        customer: Customer,
        at: DateTime<Utc>,
    ) -> State {
        let mine: Vec<Account> = known
            .iter()
            .filter(|account| account.connection == connection)
            .cloned()
            .collect();
        let proves = |account: &&Account| {
            account.choice == Choice::Kept
                && (account.status_code.is_some() || account.succeeded.is_some())
        };
        let proving: Vec<Account> = mine.iter().filter(proves).cloned().collect();
        let evidence = Evidence {
            accounts: if proving.is_empty() { &mine } else { &proving },
            // Whose turn it is says nothing of whether it is broken.
            institution: Reach::Open,
            customer,
        };
        self.state(&evidence, at)
    }
}

/// Whether a connection is in the figures: an account of it is kept and there,
/// and nobody took it out.
fn counts(stood: &Stood, accounts: &[Account]) -> bool {
    let kept = |account: &Account| {
        account.connection == stood.connection
            && account.choice == Choice::Kept
            && account.gone.is_none()
    };
    !stood.is_marked && accounts.iter().any(kept)
}

/// Writes down what is otherwise now: `stands`, one of each of `stood`. Where
/// nothing is, nothing is touched.
async fn stand(
    unit: &mut Write,
    stood: &[Stood],
    stands: &[Option<Standing>],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
    for (one, now) in stood.iter().zip(stands.iter().copied()) {
        let was = one.open.map(|(_, place, standing)| (place, standing));
        let is = now.map(|standing| (one.institution, standing));
        let broken =
            |(place, standing): (InstitutionId, Standing)| standing.broken().map(|_| place.get());
        before.extend(was.and_then(broken));
        after.extend(is.and_then(broken));
        if was != is {
            unit.stand(one, now, at).await?;
        }
    }
    // A user with two broken connections at one institution is one user.
    if !before.is_empty() {
        before.insert(ALL);
    }
    if !after.is_empty() {
        after.insert(ALL);
    }
    for place in after.difference(&before) {
        unit.tally().people(*place, 1);
    }
    for place in before.difference(&after) {
        unit.tally().people(*place, -1);
    }
    Ok(())
}
