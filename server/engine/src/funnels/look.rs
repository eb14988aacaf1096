//! What pages ask of funnels.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use relink_mastercard::InstitutionId;

use super::{Funnel, SOON, STEPS, Slice, Stop};
use crate::{
    health::day_of,
    identity::Viewer,
    store::{
        Read, Store, StoreError,
        places::{PlacesAsked, Sort},
    },
    time::Clock,
};

/// A funnel as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub funnel: Funnel,
    /// Of which journeys.
    pub slice: Slice,
    /// Those that began in the last so many days, today being one.
    pub days: i64,
}

/// How many reached each step.
pub type Steps = [i64; STEPS];

/// So many went no further than a step, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// The step that they reached.
    pub step: usize,
    /// Why no further.
    pub stop: Stop,
    /// How many.
    pub n: i64,
}

/// Journeys that began in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cohort {
    /// Its Monday, in days since 1970.
    pub monday: i64,
    /// How many reached each step within each of [`SOON`], and ever.
    pub soon: [Steps; SOON.len() + 1],
    /// Of which of [`SOON`] the time is not over for all of them.
    pub open: [bool; SOON.len()],
}

/// One of the funnels that a funnel is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub slice: Slice,
    /// What an institution is called.
    pub name: Option<String>,
    /// How many reached each step.
    pub steps: Steps,
}

/// A funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// How many reached each step.
    pub steps: Steps,
    /// Where they stand, step by step.
    pub stops: Vec<Stopped>,
    /// By the week in which they began, the first first.
    pub weeks: Vec<Cohort>,
    /// The same by what they have in common.
    pub parts: Vec<Part>,
    /// What an institution is called that was asked for.
    pub name: Option<String>,
    /// Searches that were sent in the same days.
    pub searches: i64,
}

/// Weeks that are told apart.
const WEEKS: i64 = 13;
/// Institutions that are told apart.
const PLACES: u16 = 20;

/// The use cases of who looks.
#[derive(Clone)]
pub struct Funnels {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Funnels {
    /// `clock` is the domain clock.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A funnel.
    pub async fn look(&self, viewer: &Viewer, asked: &Asked) -> Result<Seen, StoreError> {
        let now = self.clock.now();
        let today = day_of(now);
        let since = today - asked.days + 1;
        let mut unit = self.store.read().await?;
        let (funnel, slice) = (asked.funnel, asked.slice);
        let first = monday(today) - 7 * (WEEKS - 1);
        let days = unit
            .funnel_days(viewer, funnel, slice, first.min(since))
            .await?;
        let recent = days.iter().filter(|((day, _), _)| *day >= since);
        let steps = recent.fold([0; STEPS], |sum, (_, more)| plus(sum, more));
        let whys = unit.funnel_stops(viewer, funnel, slice, since).await?;
        let mut parts = unit.funnel_parts(viewer, funnel, since).await?;
        let places = places(&mut unit, viewer, funnel).await?;
        let of_places = unit.funnel_places(viewer, funnel, &places, since).await?;
        for mut part in of_places {
            if let Slice::Institution(place) = part.slice {
                part.name = name(&mut unit, place).await?;
            }
            parts.push(part);
        }
        parts.sort_by_key(|part| (rank(part.slice), Reverse(part.steps[0]), part.slice));
        let name = match slice {
            Slice::Institution(place) => name(&mut unit, place).await?,
            _ => None,
        };
        let first_day = now - TimeDelta::days(asked.days - 1);
        Ok(Seen {
            steps,
            stops: whys,
            weeks: weeks(&days, first, today),
            parts,
            name,
            searches: unit.searches_since(viewer, first_day).await?,
        })
    }
}

/// The institutions that are told apart: those that are chosen most, or where
/// the most is connected.
async fn places(unit: &mut Read, viewer: &Viewer, funnel: Funnel) -> Result<Vec<i64>, StoreError> {
    if funnel == Funnel::Connect {
        return unit.most_chosen(viewer, PLACES).await;
    }
    let most = PlacesAsked {
        sort: Sort::Connections,
        limit: PLACES,
        ..PlacesAsked::default()
    };
    let places = unit.places(viewer, &most).await?;
    Ok(places.iter().map(|place| place.id).collect())
}

/// What an institution is called, by our figures or the directory.
async fn name(unit: &mut Read, place: i64) -> Result<Option<String>, StoreError> {
    if let Some(name) = unit.institution_name(place).await? {
        return Ok(Some(name));
    }
    let known = unit.institution(InstitutionId::new(place)).await?;
    Ok(known.map(|institution| institution.shown_name().to_owned()))
}

/// In which order parts are told apart.
fn rank(slice: Slice) -> usize {
    match slice {
        Slice::All => 0,
        Slice::Code(_) => 1,
        Slice::Channel(_) => 2,
        Slice::Language(_) => 3,
        Slice::Institution(_) => 4,
    }
}

fn plus(mut sum: Steps, more: &Steps) -> Steps {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
    sum
}

/// The Monday of a day; the first day of 1970 was a Thursday.
fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

/// The days by week. Pure.
fn weeks(days: &BTreeMap<(i64, usize), Steps>, first: i64, today: i64) -> Vec<Cohort> {
    let week = |monday: i64| {
        let mut soon = [[0; STEPS]; SOON.len() + 1];
        for ((_, within), steps) in days.range((monday, 0)..(monday + 7, 0)) {
            // What was reached within a day was within a week, too.
            for sum in &mut soon[*within..] {
                *sum = plus(*sum, steps);
            }
        }
        let last = today.min(monday + 6);
        Cohort {
            monday,
            soon,
            open: SOON.map(|most| today <= last + most.num_days()),
        }
    };
    (0..WEEKS).map(|number| week(first + 7 * number)).collect()
}
