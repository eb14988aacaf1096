//! What a recount reads: the intervals and breaks of one institution, and the
//! figures that were kept of it.

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::AggregationStatusCode as Code;

use super::{
    Read, StoreError, Write,
    breaks::ended,
    sql::{Both, all, maybe, one, run},
    standings::read,
};
use crate::{
    health::{ALL, Checked, Ended, Episode, Key, Recounted, Sums, Tally, recount::Interval},
    ids::UserId,
};

const PLACES: &str = "SELECT institution_id FROM standing_intervals
    UNION SELECT institution_id FROM breaks
    UNION SELECT institution_id FROM standings_now
    UNION SELECT institution_id FROM institution_figures
    UNION SELECT institution_id FROM break_days
    UNION SELECT institution_id FROM connect_sessions
    UNION SELECT value FROM funnel_stops WHERE slice = 'institution'
    ORDER BY 1";

const INTERVALS: &str = "SELECT c.user_id, s.standing, s.code, s.from_at, s.until_at
    FROM standing_intervals s JOIN connections c ON c.id = s.connection_id WHERE s.institution_id = $1";

const EPISODES: &str = "SELECT code, opened_at, counted, closed_at, ended, end_counted, through_fix
    FROM breaks WHERE institution_id = $1";

const NAME: &str = "SELECT COALESCE((SELECT institution_name FROM connect_sessions
        WHERE institution_id = $1 ORDER BY created_at DESC LIMIT 1),
    (SELECT institution_name FROM connections WHERE institution_id = $1 LIMIT 1))";

const NOW: &str = "SELECT standing, code, n FROM standings_now WHERE institution_id = $1";

const PLACE: &str =
    "SELECT judged, fine, broken, people, succeeded, tried, connected, settled FROM institution_figures
    WHERE institution_id = $1";

const HOURS: &str =
    "SELECT hour, standing, code, change, moment FROM standing_hours WHERE hour >= $1";

const EVENTS: &str = "SELECT hour, n, applied, waited FROM event_hours WHERE hour >= $1";

const RECEIVED: Both = Both {
    sqlite: "SELECT unixepoch(received_at) / 3600, count(*) FROM events WHERE received_at >= $1 GROUP BY 1",
    postgres:
        "SELECT CAST(floor(extract(epoch FROM received_at)) AS BIGINT) / 3600, count(*) FROM events
        WHERE received_at >= $1 GROUP BY 1",
};

const APPLIED: Both = Both {
    sqlite: "SELECT unixepoch(processed_at) / 3600, count(*), CAST(sum(waited) AS BIGINT) FROM events
        WHERE processed_at >= $1 AND waited IS NOT NULL GROUP BY 1",
    postgres: "SELECT CAST(floor(extract(epoch FROM processed_at)) AS BIGINT) / 3600, count(*),
        CAST(sum(waited) AS BIGINT) FROM events WHERE processed_at >= $1 AND waited IS NOT NULL GROUP BY 1",
};

const DAYS: &str =
    "SELECT day, standing, code, change, moment FROM standing_days WHERE institution_id = $1";

const BREAKS: &str =
    "SELECT day, code, opened, ended, repaired, fixed, of_repaired, of_fixed FROM break_days
    WHERE institution_id = $1";

const TIMES: &str = "SELECT code, day, bucket, n FROM repair_times WHERE institution_id = $1";

const CODES: &str = "SELECT DISTINCT code FROM breaks";

const FIXABLE: &str = "UPDATE breaks SET fixable = $2 WHERE code = $1";

const FORGET_HOURS: [&str; 2] = [
    "DELETE FROM standing_hours WHERE hour < $1",
    "DELETE FROM event_hours WHERE hour < $1",
];

const TOTALS: &str = "SELECT
    (SELECT count(*) FROM connections c WHERE EXISTS
        (SELECT 1 FROM accounts a WHERE a.connection_id = c.id AND a.choice <> 'removed')) AS connections,
    (SELECT count(*) FROM accounts WHERE choice = 'kept') AS accounts,
    (SELECT count(*) FROM users) - (SELECT count(*) FROM users WHERE erased_at IS NOT NULL) AS users";

const CHECKED: &str =
    "INSERT INTO recounts (at, drifted, connections, accounts, users) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (at) DO UPDATE SET drifted = excluded.drifted, connections = excluded.connections,
        accounts = excluded.accounts, users = excluded.users";

const LATEST: &str =
    "SELECT at, drifted, connections, accounts, users FROM recounts ORDER BY at DESC LIMIT 1";

type Change = (i64, String, i64, i64, i64);
type Breaks = (i64, i64, i64, i64, i64, i64, i64, i64);
type PlaceSums = (i64, i64, i64, i64, i64, i64, i64, i64);

#[derive(sqlx::FromRow)]
struct EpisodeRow {
    code: i64,
    opened_at: DateTime<Utc>,
    counted: bool,
    closed_at: Option<DateTime<Utc>>,
    ended: Option<String>,
    end_counted: Option<bool>,
    through_fix: bool,
}

impl EpisodeRow {
    fn episode(self, place: i64) -> Result<Episode, StoreError> {
        let end = ended(self.closed_at, self.ended.as_deref())?;
        let end = end.map(|(at, end)| Ended {
            at,
            end,
            counted: self.end_counted.unwrap_or_default(),
            through_fix: self.through_fix,
        });
        Ok(Episode {
            place,
            code: Code::new(self.code),
            opened: self.opened_at,
            counted: self.counted,
            end,
        })
    }
}

impl Read {
    /// Every institution of which anything is known or counted.
    pub(crate) async fn counted_institutions(&mut self) -> Result<Vec<i64>, StoreError> {
        let rows = all!(self, (i64,), PLACES)?;
        let places = rows.into_iter().map(|(place,)| place);
        Ok(places.filter(|place| *place != ALL).collect())
    }

    /// How the connections of an institution stood, ever.
    pub(crate) async fn intervals_at(&mut self, place: i64) -> Result<Vec<Interval>, StoreError> {
        type Row = (UserId, String, i64, DateTime<Utc>, Option<DateTime<Utc>>);
        let interval = |(user, name, code, from, until): Row| {
            Ok(Interval {
                user,
                standing: read(&name, code)?,
                from,
                until,
            })
        };
        let rows = all!(self, Row, INTERVALS, place)?;
        rows.into_iter().map(interval).collect()
    }

    /// What an institution was called when somebody last went there.
    pub(crate) async fn name_at(&mut self, place: i64) -> Result<Option<String>, StoreError> {
        let (name,) = one!(self, (Option<String>,), NAME, place)?;
        Ok(name)
    }

    /// The breaks that opened at an institution, ever.
    pub(crate) async fn episodes_at(&mut self, place: i64) -> Result<Vec<Episode>, StoreError> {
        let rows = all!(self, EpisodeRow, EPISODES, place)?;
        rows.into_iter().map(|row| row.episode(place)).collect()
    }

    /// The figures that were kept of an institution, or of all together: then
    /// with the hours since `since`.
    pub(crate) async fn kept_of(&mut self, place: i64, since: i64) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        for (name, code, n) in all!(self, (String, i64, i64), NOW, place)? {
            let standing = read(&name, code)?;
            tally.add(Key::Now { place, standing }, [n, 0, 0, 0, 0, 0]);
        }
        if let Some(it) = maybe!(self, PlaceSums, PLACE, place)? {
            tally.add(Key::Place { place }, Sums::from(it));
        }
        for (day, name, code, change, moment) in all!(self, Change, DAYS, place)? {
            let key = Key::Day {
                place,
                day,
                standing: read(&name, code)?,
            };
            tally.add(key, [change, moment, 0, 0, 0, 0]);
        }
        if place == ALL {
            for (hour, name, code, change, moment) in all!(self, Change, HOURS, since)? {
                let standing = read(&name, code)?;
                tally.add(Key::Hour { hour, standing }, [change, moment, 0, 0, 0, 0]);
            }
            for (hour, n, applied, waited) in all!(self, (i64, i64, i64, i64), EVENTS, since)? {
                tally.add(Key::Events { hour }, [n, applied, waited, 0, 0, 0]);
            }
        }
        self.kept_of_breaks(place, &mut tally).await?;
        self.kept_of_funnels(place, &mut tally).await?;
        Ok(tally)
    }

    async fn kept_of_breaks(&mut self, place: i64, tally: &mut Tally) -> Result<(), StoreError> {
        for (day, code, opened, ended, repaired, fixed, of_repaired, of_fixed) in
            all!(self, Breaks, BREAKS, place)?
        {
            let sums = [opened, ended, repaired, fixed, of_repaired, of_fixed];
            tally.add(Key::Breaks { place, day, code }, sums);
        }
        for (code, day, bucket, n) in all!(self, (i64, i64, i64, i64), TIMES, place)? {
            let key = Key::Times {
                place,
                code,
                day,
                bucket,
            };
            tally.add(key, [n, 0, 0, 0, 0, 0]);
        }
        Ok(())
    }

    /// The codes of all breaks: by looking at them all, so once only.
    pub(crate) async fn break_codes(&mut self) -> Result<Vec<Code>, StoreError> {
        let rows = all!(self, (i64,), CODES)?;
        Ok(rows.into_iter().map(|(code,)| Code::new(code)).collect())
    }

    /// How many there are: by counting them all, so for the night only.
    pub(crate) async fn count_all(&mut self) -> Result<(i64, i64, i64), StoreError> {
        Ok(one!(self, (i64, i64, i64), TOTALS)?)
    }

    /// The events themselves, counted by the hours since `since` in which they came,
    /// and had their effect.
    pub(crate) async fn events_by_hour(&mut self, since: i64) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let from = DateTime::UNIX_EPOCH + TimeDelta::hours(since);
        let sql = RECEIVED.on(self);
        for (hour, n) in all!(self, (i64, i64), sql, from)? {
            tally.add(Key::Events { hour }, [n, 0, 0, 0, 0, 0]);
        }
        let sql = APPLIED.on(self);
        for (hour, n, waited) in all!(self, (i64, i64, i64), sql, from)? {
            tally.add(Key::Events { hour }, [0, n, waited, 0, 0, 0]);
        }
        Ok(tally)
    }

    /// The latest recount, and since when there has been none.
    pub async fn recounted(&mut self) -> Result<Recounted, StoreError> {
        let latest = self.latest_recount().await?;
        let since = match latest {
            Some(it) => Some(it.at),
            None => self.first_start().await?,
        };
        Ok(Recounted { latest, since })
    }

    /// What the latest recount found.
    pub async fn latest_recount(&mut self) -> Result<Option<Checked>, StoreError> {
        Ok(maybe!(self, Checked, LATEST)?)
    }
}

impl Write {
    /// Stores what a recount found.
    pub(crate) async fn checked(&mut self, it: &Checked) -> Result<(), StoreError> {
        let (connections, accounts, users) = (it.connections, it.accounts, it.users);
        run!(
            self,
            CHECKED,
            it.at,
            it.drifted,
            connections,
            accounts,
            users
        )?;
        Ok(())
    }

    /// Says of all breaks by a code whether Fix helps. Their funnels are drifted
    /// then, until they are mended.
    pub(crate) async fn set_fixable(
        &mut self,
        code: Code,
        fixable: bool,
    ) -> Result<(), StoreError> {
        run!(self, FIXABLE, code.get(), fixable)?;
        Ok(())
    }

    /// Forgets the figures of hours before `hour`: days tell of how connections were.
    pub(crate) async fn forget_hours(&mut self, hour: i64) -> Result<(), StoreError> {
        for forget in FORGET_HOURS {
            run!(self, forget, hour)?;
        }
        Ok(())
    }
}
