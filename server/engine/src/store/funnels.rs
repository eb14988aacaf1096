//! Funnels: the facts that journeys are made of. Their figures are in
//! `funnel_rollups`, what pages ask of them in `funnel_figures`.
//!
//! Whoever changes a break holds its customer first, so that a journey is taken
//! out of the figures as it was and put in as it is, with nobody in between.

use chrono::{DateTime, Utc};
use relink_mastercard::AggregationStatusCode as Code;
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    breaks::ended,
    connect_sessions::ConnectSession,
    sql::{all, maybe, one, run},
};
use crate::{
    connect::session::Facts,
    funnels::{Broken, Journey, Repairing, Tongue, connecting},
    ids::{BreakId, ConnectSessionId, ConnectionId, DeliveryId, UserId},
    notify::{Subject, Way},
};

macro_rules! broken {
    ($where:literal) => {
        concat!(
            "SELECT id, institution_id, code, counted AND fixable AS counts, language, opened_at, told_at, mailed_at,
                texted_at, came_at, marked_at, closed_at, ended FROM breaks WHERE ",
            $where
        )
    };
}
const ONE: &str = broken!("id = $1");
const AT: &str = broken!("institution_id = $1 ORDER BY id");

const VISITS: &str = "SELECT break_id, created_at, facts FROM connect_sessions
    WHERE break_id = $1 ORDER BY created_at, id";

const VISITS_AT: &str =
    "SELECT s.break_id, s.created_at, s.facts FROM breaks b JOIN connect_sessions s ON s.break_id = b.id
    WHERE b.institution_id = $1 ORDER BY s.break_id, s.created_at, s.id";

// Put so, because a SQLite that knows its tables would take the index of the
// connection and read the visits of all institutions for each.
const CONNECTING_AT: &str = "SELECT language, created_at, facts FROM connect_sessions
    WHERE institution_id = $1 AND (connection_id IS NULL) = TRUE";

const STORED: &str = "SELECT facts FROM connect_sessions WHERE id = $1";

const BREAK_OF_VISIT: &str =
    "SELECT break_id FROM connect_sessions WHERE id = $1 AND break_id IS NOT NULL";

const OPEN: &str = "SELECT id FROM breaks WHERE connection_id = $1 AND closed_at IS NULL";

const UNMET: &str = "SELECT b.id FROM breaks b JOIN connections c ON c.id = b.connection_id
    WHERE c.user_id = $1 AND b.closed_at IS NULL AND b.came_at IS NULL ORDER BY b.id";

const DELIVERED: &str =
    "SELECT n.subject, d.channel FROM delivered_notices d JOIN notices n ON n.id = d.notice_id
    WHERE d.delivery_id = $1 ORDER BY n.id";

const HOLD: &str =
    "UPDATE customers SET tried_at = tried_at WHERE customer_id = (SELECT c.customer_id
    FROM breaks b JOIN connections c ON c.id = b.connection_id WHERE b.id = $1)";

/// What is noted of a break, once.
#[derive(Clone, Copy)]
enum Noted {
    Told,
    Mailed,
    Texted,
    Came,
    Marked,
}

impl Noted {
    fn sql(self) -> &'static str {
        match self {
            Self::Told => "UPDATE breaks SET told_at = $2 WHERE id = $1",
            Self::Mailed => "UPDATE breaks SET mailed_at = $2 WHERE id = $1",
            Self::Texted => "UPDATE breaks SET texted_at = $2 WHERE id = $1",
            Self::Came => "UPDATE breaks SET came_at = $2 WHERE id = $1",
            Self::Marked => "UPDATE breaks SET marked_at = $2 WHERE id = $1",
        }
    }

    fn of(self, broken: &mut Broken) -> &mut Option<DateTime<Utc>> {
        match self {
            Self::Told => &mut broken.told,
            Self::Mailed => &mut broken.mailed,
            Self::Texted => &mut broken.texted,
            Self::Came => &mut broken.came,
            Self::Marked => &mut broken.marked,
        }
    }
}

#[derive(sqlx::FromRow)]
struct BrokenRow {
    id: BreakId,
    institution_id: i64,
    code: i64,
    counts: bool,
    language: String,
    opened_at: DateTime<Utc>,
    told_at: Option<DateTime<Utc>>,
    mailed_at: Option<DateTime<Utc>>,
    texted_at: Option<DateTime<Utc>>,
    came_at: Option<DateTime<Utc>>,
    marked_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    ended: Option<String>,
}

type VisitRow = (BreakId, DateTime<Utc>, Json<Facts>);

fn repairing((_, created, Json(facts)): VisitRow) -> Repairing {
    Repairing { created, facts }
}

impl BrokenRow {
    fn broken(self, visits: Vec<Repairing>) -> Result<Broken, StoreError> {
        Ok(Broken {
            place: self.institution_id,
            code: Code::new(self.code),
            counts: self.counts,
            tongue: Tongue::of(&self.language),
            opened: self.opened_at,
            told: self.told_at,
            mailed: self.mailed_at,
            texted: self.texted_at,
            came: self.came_at,
            marked: self.marked_at,
            ended: ended(self.closed_at, self.ended.as_deref())?,
            visits,
        })
    }
}

impl Read {
    /// A break with the visits that were to repair it.
    pub(crate) async fn broken(&mut self, id: BreakId) -> Result<Option<Broken>, StoreError> {
        let Some(row) = maybe!(self, BrokenRow, ONE, id)? else {
            return Ok(None);
        };
        let visits = all!(self, VisitRow, VISITS, id)?;
        let visits = visits.into_iter().map(repairing).collect();
        row.broken(visits).map(Some)
    }

    /// Every journey that began at an institution, ever: for the night only.
    pub(crate) async fn journeys_at(&mut self, place: i64) -> Result<Vec<Journey>, StoreError> {
        type Row = (String, DateTime<Utc>, Json<Facts>);
        let rows = all!(self, Row, CONNECTING_AT, place)?;
        let of =
            |(tag, created, Json(facts)): Row| connecting(&facts, place, Tongue::of(&tag), created);
        let mut journeys: Vec<Journey> = rows.into_iter().map(of).collect();
        let mut visits = all!(self, VisitRow, VISITS_AT, place)?
            .into_iter()
            .peekable();
        for row in all!(self, BrokenRow, AT, place)? {
            let mut mine = Vec::new();
            // Both come in the order of the breaks.
            while let Some(visit) = visits.next_if(|(of, ..)| *of == row.id) {
                mine.push(repairing(visit));
            }
            journeys.extend(row.broken(mine)?.journey());
        }
        Ok(journeys)
    }
}

impl Write {
    /// A journey stands otherwise, or is new.
    pub(super) fn went(&mut self, before: Option<Journey>, after: Option<Journey>) {
        if before == after {
            return;
        }
        for (journey, by) in [(before, -1), (after, 1)] {
            if let Some(journey) = journey {
                journey.count(self.tally(), by);
            }
        }
    }

    /// The same by what was learned of a visit, which names its institution: it may
    /// be the only thing that is known there.
    pub(super) fn went_on(
        &mut self,
        session: &ConnectSession,
        before: Option<Journey>,
        after: Option<Journey>,
    ) {
        self.went(before, after);
        let place = session.institution.get();
        self.tally().name(place, &session.institution_name);
    }

    /// Notes once of a break when something was.
    async fn note(
        &mut self,
        id: BreakId,
        what: Noted,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, HOLD, id)?;
        let Some(mut broken) = self.broken(id).await? else {
            return Ok(());
        };
        let before = broken.journey();
        let seen = what.of(&mut broken);
        if seen.is_none() {
            *seen = Some(at);
            run!(self, what.sql(), id, at)?;
            self.went(before, broken.journey());
        }
        Ok(())
    }

    /// Its person was told of a break.
    pub(super) async fn told_of(
        &mut self,
        id: BreakId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.note(id, Noted::Told, at).await
    }

    /// A delivery arrived, with what it told of breaks.
    pub(super) async fn arrived(
        &mut self,
        id: DeliveryId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for (Json(subject), way) in all!(self, (Json<Subject>, String), DELIVERED, id)? {
            let what = match Way::read(&way)? {
                Way::Email => Noted::Mailed,
                Way::Sms => Noted::Texted,
            };
            if let Subject::Broke { of, .. } = subject {
                self.note(of, what, at).await?;
            }
        }
        Ok(())
    }

    /// A user is in our pages, whatever of theirs is broken.
    pub(crate) async fn came(&mut self, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
        for (id,) in all!(self, (BreakId,), UNMET, user)? {
            self.note(id, Noted::Came, at).await?;
        }
        Ok(())
    }

    /// A connection is taken out of the figures: what becomes of its open break
    /// is not counted.
    pub(super) async fn out_of_funnel(
        &mut self,
        connection: ConnectionId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        match maybe!(self, (BreakId,), OPEN, connection)? {
            Some((id,)) => self.note(id, Noted::Marked, at).await,
            None => Ok(()),
        }
    }

    /// The open break that a new visit is to repair.
    pub(super) async fn broken_now(
        &mut self,
        session: &ConnectSession,
    ) -> Result<Option<BreakId>, StoreError> {
        let renews = session.facts.repair.as_ref().and_then(|proof| proof.renews);
        let Some(connection) = session.repairs.filter(|_| renews.is_none()) else {
            return Ok(None);
        };
        let found = maybe!(self, (BreakId,), OPEN, connection)?;
        Ok(found.map(|(id,)| id))
    }

    /// The break that a visit is to repair, held.
    pub(super) async fn repaired_by(
        &mut self,
        visit: ConnectSessionId,
    ) -> Result<Option<BreakId>, StoreError> {
        let Some((id,)) = maybe!(self, (BreakId,), BREAK_OF_VISIT, visit)? else {
            return Ok(None);
        };
        run!(self, HOLD, id)?;
        Ok(Some(id))
    }

    /// Where a break stands in its funnel; `None` where it does not count.
    pub(super) async fn journey(
        &mut self,
        id: Option<BreakId>,
    ) -> Result<Option<Journey>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.broken(id).await?.and_then(|broken| broken.journey()))
    }

    /// Where the journey of a visit stands, by what is stored: its own, or that
    /// of the break which it is to repair.
    pub(super) async fn journey_of(
        &mut self,
        session: &ConnectSession,
        repairs: Option<BreakId>,
    ) -> Result<Option<Journey>, StoreError> {
        if session.repairs.is_some() {
            return self.journey(repairs).await;
        }
        let (Json(facts),) = one!(self, (Json<Facts>,), STORED, session.id)?;
        let (place, tongue) = (session.institution.get(), Tongue::of(&session.language));
        Ok(Some(connecting(&facts, place, tongue, session.created)))
    }
}
