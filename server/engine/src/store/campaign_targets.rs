//! Whom a campaign is about, and what becomes of each.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
};
use crate::{
    campaigns::{Fate, Step, Which},
    ids::{BreakId, CampaignId, ConnectionId, NoticeId, UserId},
};

/// How many targets are taken, or ended, in one unit of work.
pub(crate) const PIECE: u32 = 1_000;

/// Where a target is among those of its campaign.
pub(crate) type Place = (i64, ConnectionId);

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The institution.
    pub institution: i64,
    /// What it is called, where that is known.
    pub institution_name: String,
    /// The connection.
    pub connection: ConnectionId,
    /// Mastercard's id of its customer; absent where the connection is gone.
    pub customer: Option<String>,
    /// How far it is.
    pub fate: Fate,
    /// Since when.
    pub ended: Option<DateTime<Utc>>,
    /// When its person came, began and finished a repair.
    pub steps: [Option<DateTime<Utc>>; 3],
    /// When and how its break was over.
    pub settled: Option<(DateTime<Utc>, Settled)>,
}

/// How a break that was written about was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// A reading proved it, after its person was at Data Connect.
    Proven,
    /// A reading proved it, without a repair through Fix.
    Healed,
    /// Nothing of it is left.
    Gone,
}

/// What followed the letters that were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct Followed {
    /// Letters came back later.
    pub bounced: i64,
    /// Read the notice, or went to repair.
    pub came: i64,
    /// Went to repair.
    pub started: i64,
    /// Finished there.
    pub finished: i64,
    /// A reading proved that it works, after they went.
    pub proven: i64,
    /// It works, and they had not gone.
    pub healed: i64,
    /// Nothing of it is left.
    pub gone: i64,
}

impl Settled {
    fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Healed => "healed",
            Self::Gone => "gone",
        }
    }

    fn read(name: &str) -> Result<Self, StoreError> {
        match name {
            "proven" => Ok(Self::Proven),
            "healed" => Ok(Self::Healed),
            "gone" => Ok(Self::Gone),
            _ => Err(StoreError::bad("campaign_targets", "settled")(
                "an unknown end",
            )),
        }
    }
}

fn fate(name: &str) -> Result<Fate, StoreError> {
    let bad = StoreError::bad("campaign_targets", "state");
    Fate::read(name).ok_or_else(|| bad("an unknown state"))
}

#[derive(sqlx::FromRow)]
struct Row {
    institution_id: i64,
    institution_name: Option<String>,
    connection_id: ConnectionId,
    customer_id: Option<String>,
    state: String,
    ended_at: Option<DateTime<Utc>>,
    came_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    settled_at: Option<DateTime<Utc>>,
    settled: Option<String>,
}

impl TryFrom<Row> for Target {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let settled = row.settled.as_deref().map(Settled::read).transpose()?;
        Ok(Self {
            institution: row.institution_id,
            institution_name: row.institution_name.unwrap_or_default(),
            connection: row.connection_id,
            customer: row.customer_id,
            fate: fate(&row.state)?,
            ended: row.ended_at,
            steps: [row.came_at, row.started_at, row.finished_at],
            settled: row.settled_at.zip(settled),
        })
    }
}

macro_rules! targets {
    ($where:literal) => {
        concat!(
            "SELECT t.institution_id, f.name AS institution_name, t.connection_id, c.customer_id, t.state, t.ended_at,
                t.came_at, t.started_at, t.finished_at, t.settled_at, t.settled
            FROM campaign_targets t LEFT JOIN institution_figures f ON f.institution_id = t.institution_id
            LEFT JOIN connections c ON c.id = t.connection_id
            WHERE t.campaign_id = $1 AND (t.institution_id, t.connection_id) > ($2, $3)",
            $where,
            " ORDER BY t.institution_id, t.connection_id LIMIT $4"
        )
    };
}
const TARGETS: &str = targets!("");
const TARGETS_SO: &str = targets!(" AND t.state = $5");
// Each from an index of its own: few of many were sent and came so far.
const BOUNCED: &str = targets!(" AND t.state = 'sent' AND t.bounced_at IS NOT NULL");
const CAME: &str = targets!(" AND t.state = 'sent' AND t.came_at IS NOT NULL");
const STARTED: &str = targets!(" AND t.state = 'sent' AND t.started_at IS NOT NULL");
const FINISHED: &str = targets!(" AND t.state = 'sent' AND t.finished_at IS NOT NULL");
const SETTLED: &str = targets!(" AND t.state = 'sent' AND t.settled = $5");

const ENDED: &str = "SELECT fates FROM campaigns WHERE id = $1 AND fates IS NOT NULL";

const FATES: &str =
    "SELECT state, count(*) FROM campaign_targets WHERE campaign_id = $1 GROUP BY state";

const HAS: &str = "SELECT 1 FROM campaign_targets WHERE campaign_id = $1 AND state = $2 LIMIT 1";

const FOLLOWED: &str = "SELECT count(bounced_at) AS bounced, count(came_at) AS came, count(started_at) AS started,
        count(finished_at) AS finished, count(*) FILTER (WHERE settled = 'proven') AS proven,
        count(*) FILTER (WHERE settled = 'healed') AS healed, count(*) FILTER (WHERE settled = 'gone') AS gone
    FROM campaign_targets WHERE campaign_id = $1 AND state = 'sent'";

const PROVEN: &str =
    "SELECT count(*) FROM campaign_targets WHERE campaign_id = $1 AND took IS NOT NULL";

const TOOK: &str = "SELECT took FROM campaign_targets WHERE campaign_id = $1 AND took IS NOT NULL
    ORDER BY took LIMIT 1 OFFSET $2";

const LAST: &str =
    "SELECT institution_id, connection_id FROM campaign_targets WHERE campaign_id = $1
    ORDER BY institution_id DESC, connection_id DESC LIMIT 1";

const DUE: &str =
    "SELECT user_id, due_at FROM campaign_targets WHERE campaign_id = $1 AND state = 'waiting'
    ORDER BY due_at LIMIT 1";

const OF_USER: &str = "SELECT connection_id, break_id FROM campaign_targets
    WHERE user_id = $2 AND campaign_id = $1 AND state = 'waiting' ORDER BY institution_id, connection_id";

const WRITTEN: &str = "UPDATE campaign_targets SET state = 'on_its_way', notice_id = $3
    WHERE campaign_id = $1 AND connection_id = $2 AND state = 'waiting'";

const LEAVE: &str = "UPDATE campaign_targets SET state = $3, ended_at = $4
    WHERE campaign_id = $1 AND connection_id = $2 AND state = 'waiting'";

const LATER: &str = "UPDATE campaign_targets SET due_at = $3
    WHERE campaign_id = $1 AND user_id = $2 AND state = 'waiting'";

const STOP: &str =
    "UPDATE campaign_targets SET state = 'stopped', ended_at = $2 WHERE campaign_id = $1
    AND (institution_id, connection_id) IN (SELECT t.institution_id, t.connection_id FROM campaign_targets t
        WHERE t.campaign_id = $1 AND t.state = 'waiting' LIMIT $3)";

// Its delivery is gone, or nothing has tried it for so long.
const LOST: &str = "UPDATE campaign_targets SET state = 'not_taken', ended_at = $2
    WHERE campaign_id = $1 AND state = 'on_its_way' AND NOT EXISTS (
        SELECT 1 FROM delivered_notices c JOIN deliveries d ON d.id = c.delivery_id
        WHERE c.notice_id = campaign_targets.notice_id AND d.ended_at IS NULL AND d.created_at > $3)";

const GIVE_UP: &str = "UPDATE deliveries SET ended_at = $2, ended = 'refused'
    WHERE ended_at IS NULL AND created_at <= $3 AND id IN (SELECT c.delivery_id FROM campaign_targets t
        JOIN delivered_notices c ON c.notice_id = t.notice_id
        WHERE t.campaign_id = $1 AND t.state = 'on_its_way')";

impl Read {
    /// Some of a campaign's targets, those after one.
    pub(crate) async fn campaign_targets(
        &mut self,
        id: CampaignId,
        which: Which,
        (place, connection): Place,
        limit: i64,
    ) -> Result<Vec<Target>, StoreError> {
        let (sql, value) = match which {
            Which::All => (TARGETS, None),
            Which::Fate(fate) => (TARGETS_SO, Some(fate.name())),
            Which::Reached(Step::Bounced) => (BOUNCED, None),
            Which::Reached(Step::Came) => (CAME, None),
            Which::Reached(Step::Started) => (STARTED, None),
            Which::Reached(Step::Finished) => (FINISHED, None),
            Which::Reached(Step::Settled(how)) => (SETTLED, Some(how.name())),
        };
        let rows = match value {
            None => all!(self, Row, sql, id, place, connection, limit)?,
            Some(value) => all!(self, Row, sql, id, place, connection, limit, value)?,
        };
        rows.into_iter().map(Target::try_from).collect()
    }

    /// How many targets have which fate.
    pub(crate) async fn campaign_fates(
        &mut self,
        id: CampaignId,
    ) -> Result<BTreeMap<Fate, i64>, StoreError> {
        type Counts = BTreeMap<String, i64>;
        let counts = match maybe!(self, (Json<Counts>,), ENDED, id)? {
            Some((Json(counts),)) => counts,
            None => all!(self, (String, i64), FATES, id)?.into_iter().collect(),
        };
        let named = |(name, count): (String, _)| Ok((fate(&name)?, count));
        counts.into_iter().map(named).collect()
    }

    /// Whether it has a target of this fate.
    pub(crate) async fn campaign_has(
        &mut self,
        id: CampaignId,
        fate: Fate,
    ) -> Result<bool, StoreError> {
        let row = maybe!(self, (i32,), HAS, id, fate.name())?;
        Ok(row.is_some())
    }

    /// What followed its letters.
    pub(crate) async fn campaign_followed(
        &mut self,
        id: CampaignId,
    ) -> Result<Followed, StoreError> {
        Ok(one!(self, Followed, FOLLOWED, id)?)
    }

    /// How many of its letters ended in a repair that was proven.
    pub(crate) async fn campaign_proven(&mut self, id: CampaignId) -> Result<i64, StoreError> {
        Ok(one!(self, (i64,), PROVEN, id)?.0)
    }

    /// How long it took from the letter to the proof, in milliseconds, after so
    /// many quicker ones.
    pub(crate) async fn campaign_took(
        &mut self,
        id: CampaignId,
        after: i64,
    ) -> Result<Option<i64>, StoreError> {
        Ok(maybe!(self, (i64,), TOOK, id, after)?.map(|(took,)| took))
    }

    /// The last target that was taken.
    pub(crate) async fn last_target(
        &mut self,
        id: CampaignId,
    ) -> Result<Option<Place>, StoreError> {
        Ok(maybe!(self, (i64, ConnectionId), LAST, id)?)
    }

    /// The user whose turn it is next, and when.
    pub(crate) async fn due_target(
        &mut self,
        id: CampaignId,
    ) -> Result<Option<(UserId, DateTime<Utc>)>, StoreError> {
        Ok(maybe!(self, (UserId, DateTime<Utc>), DUE, id)?)
    }

    /// A user's targets that wait.
    pub(crate) async fn waiting_targets(
        &mut self,
        id: CampaignId,
        user: UserId,
    ) -> Result<Vec<(ConnectionId, BreakId)>, StoreError> {
        Ok(all!(self, (ConnectionId, BreakId), OF_USER, id, user)?)
    }
}

impl Write {
    /// A letter about a target is on its way.
    pub(crate) async fn target_written(
        &mut self,
        id: CampaignId,
        connection: ConnectionId,
        notice: NoticeId,
    ) -> Result<(), StoreError> {
        run!(self, WRITTEN, id, connection, notice)?;
        Ok(())
    }

    /// A target that waits ends.
    pub(crate) async fn end_target(
        &mut self,
        id: CampaignId,
        connection: ConnectionId,
        fate: Fate,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, LEAVE, id, connection, fate.name(), at)?;
        Ok(())
    }

    /// A user's targets are looked at again then.
    pub(crate) async fn targets_later(
        &mut self,
        id: CampaignId,
        user: UserId,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, LATER, id, user, due)?;
        Ok(())
    }

    /// A piece of what waits ends with the campaign; how many.
    pub(crate) async fn stop_targets(
        &mut self,
        id: CampaignId,
        at: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, STOP, id, at, i64::from(PIECE))?)
    }

    /// What is on its way and cannot arrive any more ends: its delivery is gone,
    /// or older than `since`, and given up with it.
    pub(crate) async fn lose_targets(
        &mut self,
        id: CampaignId,
        at: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, GIVE_UP, id, at, since)?;
        run!(self, LOST, id, at, since)?;
        Ok(())
    }
}
