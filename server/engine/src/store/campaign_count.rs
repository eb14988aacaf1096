//! Whom a campaign would be about: in pieces, by an index of open breaks.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Read, StoreError, Write,
    campaign_targets::{PIECE, Place},
    campaigns::Campaign,
    sql::{all, run},
};
use crate::{
    campaigns::{Fate, LeftOut},
    identity::Language,
    ids::ConnectionId,
    notify::{Settings, WEEK, Way},
};

// Those that are asked for, from institution to institution; `$1` to `$6` are
// the campaign, the last one of the piece before, the first and the last instant
// at which the break opened, and the language. The indexes by opening and by code, which
// would have to be sorted for each piece, are kept out by COALESCE; so is a sort by the
// order of what is walked.
macro_rules! asked {
    ($from:literal, $first:literal) => {
        concat!(
            $from,
            " JOIN connections c ON c.id = b.connection_id JOIN users u ON u.id = c.user_id
            LEFT JOIN standing_intervals s ON s.connection_id = c.id AND s.until_at IS NULL
            WHERE b.closed_at IS NULL AND (b.institution_id, b.connection_id) > ($2, $3)
            AND COALESCE(b.opened_at, b.failed_at) > $4 AND COALESCE(b.opened_at, b.failed_at) <= $5
            AND ($6 = '' OR u.language = $6)
            AND COALESCE(b.code, 0) IN (SELECT k.code FROM campaign_codes k WHERE k.campaign_id = $1)
            ORDER BY ",
            $first,
            ".institution_id, b.connection_id LIMIT "
        )
    };
}
macro_rules! anywhere {
    () => {
        asked!("FROM breaks b", "b")
    };
}
macro_rules! there {
    () => {
        asked!(
            "FROM campaign_institutions i JOIN breaks b ON b.institution_id = i.institution_id AND i.campaign_id = $1",
            "i"
        )
    };
}

macro_rules! elsewhere {
    () => {
        "EXISTS (SELECT 1 FROM campaign_targets x WHERE x.connection_id = c.id AND x.state IN ('waiting', 'on_its_way'))"
    };
}

// The first reason, in the order of `LeftOut`; `$7` to `$11` are now, since when
// somebody was told, since when the week's share counts, that share, and what
// people get who chose nothing.
macro_rules! count {
    ($asked:expr, $channel:literal, $refused:literal, $reached:literal) => {
        concat!(
            "SELECT b.institution_id, b.connection_id, CASE WHEN ",
            elsewhere!(),
            " THEN 'other_campaign'
            WHEN EXISTS (SELECT 1 FROM connection_marks m WHERE m.connection_id = c.id) THEN 'marked'
            WHEN u.disabled_at IS NOT NULL THEN 'no_access'
            WHEN s.standing IS NULL THEN 'gone'
            WHEN s.standing <> 'broken' THEN 'healed'
            WHEN EXISTS (SELECT 1 FROM outages o WHERE o.closed_at IS NULL AND (o.institution_id = c.institution_id
                OR EXISTS (SELECT 1 FROM outage_connections m
                    WHERE m.outage_id = o.id AND m.connection_id = c.id AND m.back_at IS NULL)))
                OR EXISTS (SELECT 1 FROM institutions i WHERE i.id = c.institution_id
                    AND i.status IN ('offline', 'maintenance') AND i.copy = (SELECT max(w.id)
                        FROM institution_copies w WHERE w.completed_at IS NOT NULL)) THEN 'outage'
            WHEN s.code NOT IN (SELECT k.code FROM campaign_codes k WHERE k.campaign_id = $1) THEN 'other_cause'
            WHEN EXISTS (SELECT 1 FROM snoozes z WHERE z.connection_id = c.id AND z.until_at > $7) THEN 'snoozed' ",
            $refused,
            "WHEN NOT (",
            $reached,
            ") THEN 'unwanted'
            WHEN EXISTS (SELECT 1 FROM notices n JOIN delivered_notices m ON m.notice_id = n.id AND m.channel = '",
            $channel,
            "' JOIN deliveries d ON d.id = m.delivery_id AND d.created_at > $8
                WHERE n.user_id = u.id AND n.connection_id = c.id AND n.key LIKE 'broke:%') THEN 'told'
            WHEN (SELECT count(*) FROM deliveries d WHERE d.user_id = u.id AND d.created_at > $9
                AND COALESCE(d.ended, '') <> 'dropped') >= $10 THEN 'full' END
            ",
            $asked,
            "$12"
        )
    };
}
macro_rules! by_letter {
    ($asked:expr) => {
        count!(
            $asked,
            "email",
            "WHEN EXISTS (SELECT 1 FROM refused_addresses r WHERE r.email_key = u.email_key) THEN 'refused' ",
            "u.email_confirmed_at IS NOT NULL
                AND COALESCE((SELECT p.email FROM notify_preferences p WHERE p.user_id = u.id), $11)"
        )
    };
}
macro_rules! by_text {
    ($asked:expr) => {
        count!(
            $asked,
            "sms",
            "",
            "COALESCE((SELECT p.sms FROM notify_preferences p WHERE p.user_id = u.id), $11)
                AND EXISTS (SELECT 1 FROM phones f WHERE f.user_id = u.id AND f.number IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM stopped_numbers n WHERE n.number = f.number))"
        )
    };
}
const LETTER_ANYWHERE: &str = by_letter!(anywhere!());
const LETTER_THERE: &str = by_letter!(there!());
const TEXT_ANYWHERE: &str = by_text!(anywhere!());
const TEXT_THERE: &str = by_text!(there!());

macro_rules! take {
    ($asked:expr) => {
        concat!(
            "INSERT INTO campaign_targets (campaign_id, institution_id, connection_id, user_id, break_id, state, due_at,
                ended_at)
            SELECT $1, q.institution_id, q.connection_id, q.user_id, q.break_id,
                CASE WHEN q.elsewhere THEN 'other_campaign' ELSE 'waiting' END, $7, CASE WHEN q.elsewhere THEN $7 END
            FROM (SELECT b.institution_id, b.connection_id, c.user_id, b.id AS break_id, ",
            elsewhere!(),
            " AS elsewhere ",
            $asked,
            "$8) q"
        )
    };
}
const TAKE_ANYWHERE: &str = take!(anywhere!());
const TAKE_THERE: &str = take!(there!());

type Row = (i64, ConnectionId, Option<String>);

/// Before every target.
const FIRST: Place = (-1, ConnectionId(uuid::Uuid::nil()));

fn language(campaign: &Campaign) -> &str {
    let language = campaign.criteria.language.as_ref();
    language.map_or("", Language::as_str)
}

impl Read {
    /// A piece of those that a campaign would be about at `now`, after one, and
    /// why nobody is written to about them.
    pub(crate) async fn would_be_asked(
        &mut self,
        campaign: &Campaign,
        settings: &Settings,
        after: Option<Place>,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Place, Option<LeftOut>)>, StoreError> {
        let it = &campaign.criteria;
        let ((place, connection), (from, until)) = (after.unwrap_or(FIRST), it.opened(now));
        let told = now - TimeDelta::days(it.told_days.into());
        let (sql, usual) = match (it.way, it.institutions.is_empty()) {
            (Way::Email, true) => (LETTER_ANYWHERE, settings.preferences.email),
            (Way::Email, false) => (LETTER_THERE, settings.preferences.email),
            (Way::Sms, true) => (TEXT_ANYWHERE, settings.preferences.sms),
            (Way::Sms, false) => (TEXT_THERE, settings.preferences.sms),
        };
        let rows = all!(
            self,
            Row,
            sql,
            campaign.id,
            place,
            connection,
            from,
            until,
            language(campaign),
            now,
            told,
            now - WEEK,
            i64::from(settings.weekly_cap.max(1)),
            usual,
            i64::from(PIECE)
        )?;
        let why = |name: Option<String>| match name.as_deref().map(Fate::read) {
            None => Ok(None),
            Some(Some(Fate::LeftOut(why))) => Ok(Some(why)),
            Some(_) => Err(StoreError::bad("campaign_targets", "state")("no reason")),
        };
        rows.into_iter()
            .map(|(place, connection, name)| Ok(((place, connection), why(name)?)))
            .collect()
    }
}

impl Write {
    /// Takes a piece of those that a campaign is about that was sent at `sent`,
    /// after the last that it has; how many.
    pub(crate) async fn take_targets(
        &mut self,
        campaign: &Campaign,
        sent: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let (place, connection) = self.last_target(campaign.id).await?.unwrap_or(FIRST);
        let (from, until) = campaign.criteria.opened(sent);
        let sql = if campaign.criteria.institutions.is_empty() {
            TAKE_ANYWHERE
        } else {
            TAKE_THERE
        };
        Ok(run!(
            self,
            sql,
            campaign.id,
            place,
            connection,
            from,
            until,
            language(campaign),
            sent,
            i64::from(PIECE)
        )?)
    }
}
