//! Campaigns in the page's words.

use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    campaigns::{
        About, CampaignPage, CampaignRow, CampaignState, CampaignsPage, Channel, CountView, Fate,
        Followed, NewCampaign, Settled, TargetFilter, TargetRow, TargetStep,
    },
    funnels::{Funnel, FunnelFilter, Of},
    ids::{CampaignRef, InstitutionId},
    refusal::Fault,
};
use relink_engine::{
    campaigns::{self as engine, Campaign, Criteria, Listed, Results, State, Target, Which},
    health::windows,
    ids::{CampaignId, ConnectionId},
    notify::Way,
    status::Table,
};
use uuid::Uuid;

use super::health::{cause, number, reference, share};
use crate::{calendar::Calendar, csv};

/// How many targets a page has.
pub(super) const TARGETS: usize = 50;

/// What institutions are called, by id.
pub(super) type Names = Vec<(i64, String)>;

/// The engine's id of a campaign.
pub(crate) fn campaign_id(campaign: CampaignRef) -> CampaignId {
    CampaignId(Uuid::from_u128(campaign.get()))
}

/// The engine's name for how far a campaign is with a connection.
fn engine_fate(fate: Fate) -> Option<engine::Fate> {
    engine::Fate::read(fate.name())
}

fn engine_step(step: TargetStep) -> engine::Step {
    match step {
        TargetStep::Came => engine::Step::Came,
        TargetStep::Started => engine::Step::Started,
        TargetStep::Finished => engine::Step::Finished,
        TargetStep::Proven => engine::Step::Settled(engine::Settled::Proven),
        TargetStep::Healed => engine::Step::Settled(engine::Settled::Healed),
        TargetStep::Gone => engine::Step::Settled(engine::Settled::Gone),
        TargetStep::Bounced => engine::Step::Bounced,
    }
}

/// Which targets an address asks for.
pub(crate) fn which(filter: TargetFilter) -> Which {
    let fate = filter.fate.and_then(engine_fate).map(Which::Fate);
    let step = filter.step.map(|step| Which::Reached(engine_step(step)));
    step.or(fate).unwrap_or(Which::All)
}

/// The funnel of all who should repair what a campaign is about, as far as one
/// slice tells of it.
fn funnel(criteria: &Criteria) -> FunnelFilter {
    let of = match (&*criteria.institutions, &*criteria.codes) {
        ([place], _) => Of::Institution(place_id(*place)),
        ([], [code]) => Of::Code(code.get()),
        _ => Of::All,
    };
    FunnelFilter {
        of,
        ..FunnelFilter::of(Funnel::Repair)
    }
}

fn place_id(place: i64) -> InstitutionId {
    InstitutionId::new(u64::try_from(place).unwrap_or_default())
}

fn fate(fate: engine::Fate) -> Fate {
    let mut all = Fate::ALL.iter().copied();
    let found = all.find(|one| one.name() == fate.name());
    // A test holds the names together.
    found.unwrap_or(Fate::Waiting)
}

/// Where a page of targets begins, as the engine says it.
pub(super) fn after(filter: TargetFilter) -> Result<Option<(i64, ConnectionId)>, Fault> {
    let Some((place, connection)) = filter.after else {
        return Ok(None);
    };
    let place = i64::try_from(place.get()).map_err(|_| Fault::NotFound)?;
    Ok(Some((place, super::connection_id(connection))))
}

/// How campaigns are shown to one person.
pub(super) struct View<'a> {
    pub(super) table: &'a Table,
    pub(super) calendar: Calendar,
}

impl View<'_> {
    /// A page of them.
    pub(super) fn list(
        &self,
        (listed, more): &(Vec<Listed>, bool),
        names: &Names,
        may_act: bool,
    ) -> CampaignsPage {
        let rows = listed.iter().map(|(it, fates, proven)| {
            let targets = fates.values().sum();
            let sent = fates.get(&engine::Fate::Sent).copied();
            let sums = [targets, sent.unwrap_or_default(), *proven];
            self.row(it, sums, names)
        });
        let rows: Vec<CampaignRow> = rows.collect();
        let earlier = rows.last().filter(|_| *more).map(|last| {
            let before = Some(last.id);
            relink_app::api::campaigns::CampaignFilter { before }.path()
        });
        CampaignsPage {
            rows,
            earlier,
            may_act,
        }
    }

    fn row(&self, it: &Campaign, [targets, sent, proven]: [i64; 3], names: &Names) -> CampaignRow {
        let criteria = &it.criteria;
        let name = |place: &i64| {
            let found = names.iter().find(|(id, _)| id == place);
            found.map_or_else(|| place.to_string(), |(_, name)| name.clone())
        };
        let code = |code: &relink_engine::status::Code| {
            let cause = cause(self.table.row(*code).cause);
            (code.get(), cause)
        };
        let language = criteria.language.as_ref();
        CampaignRow {
            id: CampaignRef::new(it.id.0.as_u128()),
            about: About {
                institutions: criteria.institutions.iter().map(name).collect(),
                codes: criteria.codes.iter().map(code).collect(),
                days: (criteria.days_from, criteria.days_to),
                language: language.map(|tag| tag.as_str().to_owned()),
                channel: match criteria.way {
                    Way::Email => Channel::Letter,
                    Way::Sms => Channel::Text,
                },
                told_days: criteria.told_days,
            },
            state: match (it.state, it.ended) {
                (State::Draft, _) => CampaignState::Draft,
                (State::Sending, _) => CampaignState::Sending,
                (State::Stopped, None) => CampaignState::Stopping,
                (State::Stopped, Some(_)) => CampaignState::Stopped,
                (State::Done, _) => CampaignState::Done,
            },
            made: self.calendar.when(it.made.0),
            maker: it.made.1.clone(),
            targets: number(targets),
            sent: number(sent),
            proven: number(proven),
        }
    }

    /// One campaign, and a page of its targets with one more than is shown.
    pub(super) fn one(
        &self,
        (it, names, results): &(Campaign, Names, Results),
        mut targets: Vec<Target>,
        filter: TargetFilter,
        (per_minute, may_act): (u16, bool),
    ) -> CampaignPage {
        let sent = results.of(engine::Fate::Sent);
        let row = self.row(it, [results.total(), sent, results.followed.proven], names);
        let followed = TargetStep::ALL.iter().map(|step| {
            let n = results.followed.of(engine_step(*step));
            Followed {
                step: *step,
                number: number(n),
                share: share(windows::Share::now(n, sent)),
            }
        });
        let more = targets.len() > TARGETS;
        targets.truncate(TARGETS);
        let next = targets.last().filter(|_| more).map(|last| {
            let after = Some((place_id(last.institution), reference(last.connection)));
            TargetFilter { after, ..filter }.path(row.id)
        });
        let when = |at: Option<DateTime<Utc>>| at.map(|at| self.calendar.when(at));
        let (begun, count) = &it.count;
        let left = count.left_out.iter();
        let minutes = |time: TimeDelta| number(time.num_minutes());
        CampaignPage {
            count: CountView {
                at: self.calendar.when(*begun),
                done: count.done,
                write: number(count.write),
                left_out: left
                    .map(|(why, n)| (fate(engine::Fate::LeftOut(*why)), number(*n)))
                    .collect(),
            },
            sent: it
                .sent
                .as_ref()
                .map(|(at, who)| (self.calendar.when(*at), who.clone())),
            stopped: when(it.stopped),
            ended: when(it.ended),
            fates: results
                .fates
                .iter()
                .map(|(of, n)| (fate(*of), number(*n)))
                .collect(),
            followed: followed.collect(),
            funnel: funnel(&it.criteria),
            took: results
                .took
                .map(|took| (minutes(took.median), minutes(took.p90))),
            targets: targets.into_iter().map(|one| self.target(one)).collect(),
            next,
            per_minute,
            may_act,
            row,
        }
    }

    fn target(&self, one: Target) -> TargetRow {
        let when = |at: Option<DateTime<Utc>>| at.map(|at| self.calendar.when(at));
        TargetRow {
            connection: reference(one.connection),
            institution: one.institution_name,
            customer: one.customer,
            fate: fate(one.fate),
            ended: when(one.ended),
            steps: one.steps.map(when),
            settled: one
                .settled
                .map(|(at, how)| (self.calendar.when(at), settled(how))),
        }
    }
}

fn settled(how: engine::Settled) -> Settled {
    match how {
        engine::Settled::Proven => Settled::Proven,
        engine::Settled::Healed => Settled::Healed,
        engine::Settled::Gone => Settled::Gone,
    }
}

/// What a new campaign can be about.
pub(super) fn offered(found: &engine::Choices, texts: bool) -> NewCampaign {
    let places = found.institutions.iter();
    let codes = found.codes.iter();
    NewCampaign {
        institutions: places
            .map(|(place, name, n)| (place_id(*place), name.clone(), number(*n)))
            .collect(),
        codes: codes
            .map(|(row, n)| (row.code.get(), cause(row.cause), number(*n)))
            .collect(),
        texts,
    }
}

/// The first line of a campaign's targets as CSV.
pub(crate) fn csv_head() -> String {
    csv::line([
        "institution_id",
        "institution",
        "connection",
        "customer_id",
        "state",
        "state_since",
        "came",
        "repair_begun",
        "repair_finished",
        "outcome",
        "outcome_at",
    ])
}

/// One target.
pub(crate) fn csv_line(one: &Target) -> String {
    let when = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let [came, started, finished] = one.steps.map(when);
    let outcome = one.settled.map(|(_, how)| settled(how).name());
    csv::line([
        &*one.institution.to_string(),
        &one.institution_name,
        &one.connection.to_string(),
        one.customer.as_deref().unwrap_or_default(),
        one.fate.name(),
        &when(one.ended),
        &came,
        &started,
        &finished,
        outcome.unwrap_or_default(),
        &when(one.settled.map(|(at, _)| at)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_engine_call_a_fate_the_same() {
        for one in Fate::ALL {
            assert_eq!(engine_fate(*one).map(fate), Some(*one));
        }
        assert_eq!(engine::Fate::all().count(), Fate::ALL.len());
    }
}
