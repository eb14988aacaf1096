//! What readings do to breaks: they open, change their cause, and close.

use chrono::{DateTime, Utc};
use relink_mastercard::CustomerId;

use super::{Readings, Turned};
use crate::{
    connections::{Change, Customer, End, Evidence, Reach, State, Step, step},
    ids::{BreakId, ConnectionId},
    outages::Look,
    status::Code,
    store::{
        StoreError, Write,
        accounts::{Account, Choice},
        breaks::Break,
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
        let mut connections: Vec<ConnectionId> =
            accounts.iter().map(|account| account.connection).collect();
        connections.extend(open.iter().map(|open| open.connection));
        connections.sort_unstable();
        connections.dedup();
        let mut turned = Vec::new();
        for connection in connections {
            let state = self.standing(accounts, connection, known, at);
            let open = open.iter().find(|open| open.connection == connection);
            let step = step(open.map(|open| open.code), state);
            self.apply(unit, connection, open, step, accounts, at)
                .await?;
            if step != Step::Stay {
                turned.push(Turned { connection, step });
            }
        }
        if !turned.is_empty() {
            Look::soon(&self.jobs, unit, at).await?;
            self.consider(unit, customer).await?;
        }
        Ok(turned)
    }

    async fn apply(
        &self,
        unit: &mut Write,
        connection: ConnectionId,
        open: Option<&Break>,
        step: Step,
        accounts: &[Account],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let change = match (step, open) {
            (Step::Open(code), _) => {
                let new = self.opening(connection, code, accounts, at);
                unit.open_break(&new).await?;
                Change::Broke { code: code.get() }
            }
            (Step::Change(code), Some(open)) => {
                unit.change_break(open.id, code).await?;
                Change::CauseChanged {
                    from: open.code.get(),
                    to: code.get(),
                }
            }
            (Step::Close(end), Some(open)) => {
                unit.close_break(open.id, end, at).await?;
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
