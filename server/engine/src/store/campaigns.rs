//! Campaigns: whom they ask, and how far they are.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relink_mastercard::AggregationStatusCode as Code;
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    campaigns::{Count, Criteria},
    identity::Language,
    ids::{CampaignId, UserId},
    notify::Way,
};

/// How far a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is counted and looked at.
    Draft,
    /// Its letters leave.
    Sending,
    /// Nothing more leaves: somebody stopped it.
    Stopped,
    /// Every target has ended.
    Done,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sending => "sending",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }

    fn read(name: &str) -> Result<Self, StoreError> {
        [Self::Draft, Self::Sending, Self::Stopped, Self::Done]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| StoreError::bad("campaigns", "state")("an unknown state"))
    }
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Which.
    pub id: CampaignId,
    /// Whom it is about.
    pub criteria: Criteria,
    /// How far it is.
    pub state: State,
    /// When it was made, and by whom.
    pub made: (DateTime<Utc>, String),
    /// What was counted, and when that was begun.
    pub count: (DateTime<Utc>, Count),
    /// When it was sent, and by whom.
    pub sent: Option<(DateTime<Utc>, String)>,
    /// When its last target was taken.
    pub taken: Option<DateTime<Utc>>,
    /// When it was stopped.
    pub stopped: Option<DateTime<Utc>>,
    /// When its last target ended.
    pub ended: Option<DateTime<Utc>>,
    /// The present portion of letters: since when, and how many.
    pub paced: (Option<DateTime<Utc>>, i64),
}

/// A campaign to be stored.
pub(crate) struct NewCampaign<'a> {
    pub(crate) id: CampaignId,
    pub(crate) criteria: &'a Criteria,
    pub(crate) made: DateTime<Utc>,
    pub(crate) by: UserId,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: CampaignId,
    made_at: DateTime<Utc>,
    maker: String,
    days_from: i64,
    days_to: Option<i64>,
    language: Option<String>,
    channel: String,
    told_days: i64,
    state: String,
    counted: Json<Count>,
    counted_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    sender: Option<String>,
    taken_at: Option<DateTime<Utc>>,
    stopped_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    paced_at: Option<DateTime<Utc>>,
    paced: i64,
}

impl Row {
    fn campaign(self, codes: Vec<Code>, institutions: Vec<i64>) -> Result<Campaign, StoreError> {
        let days = |days: i64| u16::try_from(days).map_err(StoreError::bad("campaigns", "days"));
        let language = self.language.as_deref().map(Language::parse).transpose();
        let criteria = Criteria {
            institutions,
            codes,
            days_from: days(self.days_from)?,
            days_to: self.days_to.map(days).transpose()?,
            language: language.map_err(StoreError::bad("campaigns", "language"))?,
            way: Way::read(&self.channel)?,
            told_days: days(self.told_days)?,
        };
        Ok(Campaign {
            id: self.id,
            criteria,
            state: State::read(&self.state)?,
            made: (self.made_at, self.maker),
            count: (self.counted_at, self.counted.0),
            sent: self.sent_at.zip(self.sender),
            taken: self.taken_at,
            stopped: self.stopped_at,
            ended: self.ended_at,
            paced: (self.paced_at, self.paced),
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.made_at, m.email AS maker, k.days_from, k.days_to, k.language, k.channel, k.told_days,
                k.state, k.counted, k.counted_at, k.sent_at, s.email AS sender, k.taken_at, k.stopped_at, k.ended_at,
                k.paced_at, k.paced
            FROM campaigns k JOIN users m ON m.id = k.made_by LEFT JOIN users s ON s.id = k.sent_by WHERE ",
            $rest
        )
    };
}

const ONE: &str = select!("k.id = $1");
const LIST: &str =
    select!("(k.made_at, k.id) < ($1, $2) ORDER BY k.made_at DESC, k.id DESC LIMIT $3");

const CODES: &str = "SELECT code FROM campaign_codes WHERE campaign_id = $1 ORDER BY code";
const PLACES: &str = "SELECT institution_id FROM campaign_institutions WHERE campaign_id = $1 ORDER BY institution_id";

const ADD: &str = "INSERT INTO campaigns (id, made_at, made_by, days_from, days_to, language, channel, told_days, state,
        counted, counted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $2)";
const ADD_CODE: &str = "INSERT INTO campaign_codes (campaign_id, code) VALUES ($1, $2)";
const ADD_PLACE: &str =
    "INSERT INTO campaign_institutions (campaign_id, institution_id) VALUES ($1, $2)";

// Changes nothing; taking it is what makes two that act on it wait.
const TAKE: &str = "UPDATE campaigns SET state = state WHERE id = $1";

const COUNTED: &str = "UPDATE campaigns SET counted = $2, counted_at = $3 WHERE id = $1";
const SEND: &str =
    "UPDATE campaigns SET state = 'sending', sent_at = $2, sent_by = $3 WHERE id = $1";
const TAKEN: &str = "UPDATE campaigns SET taken_at = $2 WHERE id = $1";
const STOP: &str = "UPDATE campaigns SET state = 'stopped', stopped_at = $2 WHERE id = $1";
const OVER: &str = "UPDATE campaigns SET ended_at = $2, fates = $3,
        state = CASE WHEN state = 'stopped' THEN state ELSE 'done' END
    WHERE id = $1";
const PACED: &str = "UPDATE campaigns SET paced_at = $2, paced = $3 WHERE id = $1";

impl Read {
    /// A campaign.
    pub(crate) async fn campaign(
        &mut self,
        id: CampaignId,
    ) -> Result<Option<Campaign>, StoreError> {
        match maybe!(self, Row, ONE, id)? {
            Some(row) => Ok(Some(self.whole(row).await?)),
            None => Ok(None),
        }
    }

    /// Campaigns before one, the newest first.
    pub(crate) async fn campaigns(
        &mut self,
        (at, id): (DateTime<Utc>, CampaignId),
        limit: i64,
    ) -> Result<Vec<Campaign>, StoreError> {
        let mut found = Vec::new();
        for row in all!(self, Row, LIST, at, id, limit)? {
            found.push(self.whole(row).await?);
        }
        Ok(found)
    }

    async fn whole(&mut self, row: Row) -> Result<Campaign, StoreError> {
        let codes = all!(self, (i64,), CODES, row.id)?;
        let codes = codes.into_iter().map(|(code,)| Code::new(code)).collect();
        let places = all!(self, (i64,), PLACES, row.id)?;
        row.campaign(codes, places.into_iter().map(|(place,)| place).collect())
    }
}

impl Write {
    /// Stores a draft that is not counted yet.
    pub(crate) async fn add_campaign(&mut self, new: &NewCampaign<'_>) -> Result<(), StoreError> {
        let it = new.criteria;
        run!(
            self,
            ADD,
            new.id,
            new.made,
            new.by,
            i64::from(it.days_from),
            it.days_to.map(i64::from),
            it.language.as_ref().map(Language::as_str),
            it.way.name(),
            i64::from(it.told_days),
            Json(Count::default())
        )?;
        for code in &it.codes {
            run!(self, ADD_CODE, new.id, code.get())?;
        }
        for place in &it.institutions {
            run!(self, ADD_PLACE, new.id, place)?;
        }
        Ok(())
    }

    /// Takes a campaign for changing.
    pub(crate) async fn take_campaign(
        &mut self,
        id: CampaignId,
    ) -> Result<Option<Campaign>, StoreError> {
        run!(self, TAKE, id)?;
        self.campaign(id).await
    }

    /// Stores how far a count that was begun at `begun` is.
    pub(crate) async fn counted(
        &mut self,
        id: CampaignId,
        count: &Count,
        begun: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, COUNTED, id, Json(count), begun)?;
        Ok(())
    }

    /// A draft is sent.
    pub(crate) async fn send_campaign(
        &mut self,
        id: CampaignId,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, SEND, id, at, by)?;
        Ok(())
    }

    /// All its targets are taken.
    pub(crate) async fn campaign_taken(
        &mut self,
        id: CampaignId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, TAKEN, id, at)?;
        Ok(())
    }

    /// Nothing more of it is written.
    pub(crate) async fn stop_campaign(
        &mut self,
        id: CampaignId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, STOP, id, at)?;
        Ok(())
    }

    /// Its last target has ended.
    pub(crate) async fn campaign_over(
        &mut self,
        id: CampaignId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let fates = self.campaign_fates(id).await?;
        let fates: BTreeMap<_, _> = fates.iter().map(|(fate, n)| (fate.name(), n)).collect();
        run!(self, OVER, id, at, Json(fates))?;
        Ok(())
    }

    /// How many letters its present portion has.
    pub(crate) async fn pace_campaign(
        &mut self,
        id: CampaignId,
        since: DateTime<Utc>,
        count: i64,
    ) -> Result<(), StoreError> {
        run!(self, PACED, id, since, count)?;
        Ok(())
    }
}
