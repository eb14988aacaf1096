//! Reads the facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Ask, Facts, Notices, PhoneStanding, Standing, Told, Way,
    policy::{NEWS, WEEK},
};
use crate::{
    connections::{Broken, Evidence, Reach, Turn, moves, reach},
    identity::User,
    ids::UserId,
    store::{
        Read, StoreError,
        accounts::{Account, Choice},
        connections::Connection,
        deliveries::Carried,
        notices::Notice,
        outages::{Outage, Over},
    },
};

/// How far back notices count: no break is told of after a year.
const KEPT: TimeDelta = TimeDelta::days(400);

/// A user who is told things, and all that is known.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) user: User,
    pub(super) phone: PhoneStanding,
    pub(super) facts: Facts,
    /// The notices behind [`Facts::told`], the newest first.
    pub(super) notices: Vec<Notice>,
}

impl Notices {
    /// All that is known of a user at `now`; `None` of nobody, and of who may
    /// not sign in.
    pub(super) async fn gather(
        &self,
        unit: &mut Read,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Known>, StoreError> {
        let user = unit.user(user).await?;
        let Some(user) = user.filter(|user| user.disabled_at.is_none()) else {
            return Ok(None);
        };
        let email_refused = unit.refused_since(&user.email).await?;
        let phone = unit.phone(user.id).await?;
        let chosen = unit.notify_preferences(user.id).await?;
        let preferences = chosen.unwrap_or(self.settings.preferences);
        let mut open = BTreeSet::new();
        if preferences.email && email_refused.is_none() && user.email_confirmed_at.is_some() {
            open.insert(Way::Email);
        }
        if self.settings.sms && preferences.sms && phone.number.is_some() && !phone.stopped {
            open.insert(Way::Sms);
        }
        let notices = unit.notices(user.id, now - KEPT).await?;
        let carried = unit.carried_notices(user.id).await?;
        let facts = Facts {
            connections: self.standings(unit, user.id, now).await?,
            breaks: unit.breaks(user.id).await?,
            outages: unit.affected_by_outages(user.id, now - NEWS).await?,
            told: notices
                .iter()
                .map(|notice| told(notice, &carried))
                .collect(),
            sent: unit.deliveries_since(user.id, now - WEEK).await?,
            open,
            preferences,
            zone: user.zone.unwrap_or(self.settings.zone),
            email_refused,
        };
        Ok(Some(Known {
            user,
            phone,
            facts,
            notices,
        }))
    }

    async fn standings(
        &self,
        unit: &mut Read,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Standing>, StoreError> {
        let snoozes = unit.snoozes(user).await?;
        let over: BTreeMap<_, Over> = unit.open_outages_of(user).await?.into_iter().collect();
        let mut accounts: BTreeMap<_, Vec<Account>> = BTreeMap::new();
        for account in unit.accounts(user).await? {
            let stays = matches!(account.choice, Choice::Waiting | Choice::Kept);
            if stays && account.gone.is_none() {
                accounts
                    .entry(account.connection)
                    .or_default()
                    .push(account);
            }
        }
        let mut standings = Vec::new();
        // Of what an admin muted nothing is told.
        let muted = unit.muted(user).await?;
        let mut connections = unit.connections(user).await?;
        connections.retain(|connection| !muted.contains(&connection.id));
        for connection in connections {
            if let Some(mine) = accounts.get(&connection.id) {
                let over = over.get(&connection.id).map(|over| &over.outage);
                let mut standing = self.standing(unit, &connection, mine, over, now).await?;
                standing.snoozed = snoozes.get(&connection.id).copied();
                standings.push(standing);
            }
        }
        Ok(standings)
    }

    async fn standing(
        &self,
        unit: &mut Read,
        connection: &Connection,
        accounts: &[Account],
        over: Option<&Outage>,
        now: DateTime<Utc>,
    ) -> Result<Standing, StoreError> {
        let institution = unit.institution(connection.institution).await?;
        let evidence = Evidence {
            accounts,
            institution: reach(institution.as_ref(), over),
            customer: unit.customer_standing(&connection.customer).await?,
        };
        let broken = self.readings.state(&evidence, now).broken();
        Ok(Standing {
            connection: connection.id,
            ask: broken.map(ask),
            channels: broken.map(|broken| self.readings.table().row(broken.code).channels),
            out_of_reach: evidence.institution != Reach::Open,
            permission_ends: accounts
                .iter()
                .filter_map(|account| account.authorization_ends)
                .min(),
            changes: institution.as_ref().is_some_and(moves),
            snoozed: None,
        })
    }
}

/// What a person would be asked to do.
fn ask(broken: Broken) -> Ask {
    match broken.turn {
        Turn::Fix => Ask::Fix,
        Turn::Elsewhere => Ask::Elsewhere,
        Turn::Institution | Turn::Mastercard | Turn::Ours => Ask::Nothing,
    }
}

fn told(notice: &Notice, carried: &[Carried]) -> Told {
    let mine = |carried: &&Carried| carried.notice == notice.id;
    let mine = || carried.iter().filter(mine);
    let tried = mine().filter(|carried| carried.tried);
    Told {
        subject: notice.subject.clone(),
        made: notice.made,
        on: mine().map(|carried| (carried.way, carried.put)).collect(),
        tried: tried.map(|carried| carried.way).collect(),
    }
}
