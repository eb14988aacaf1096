//! One outage in the page's words.

use relink_app::api::{
    ids::{InstitutionId, OutageRef},
    outages::{CutOffFilter, CutOffRow, OutageView, SeenBy},
};
use relink_engine::{
    health::outage::{Named, OutageRecord},
    ids::OutageId,
    outages::By,
    store::outage_rows::CutOff,
};
use uuid::Uuid;

use super::health::{self, named, outage_ref, reference};
use crate::calendar::Calendar;

pub(super) fn outage_id(id: OutageRef) -> OutageId {
    OutageId(Uuid::from_u128(id.get()))
}

/// An outage with a page of whom it has cut off.
pub(super) fn view(found: &OutageRecord, filter: CutOffFilter, calendar: Calendar) -> OutageView {
    let open = |(outage, name): &Named| {
        let name = name.clone().unwrap_or_default();
        health::outage(&(*outage, name), calendar)
    };
    let (outage, _) = &found.outage;
    let last = found.rows.last().filter(|_| found.more);
    let next = last.map(|last| {
        let next = CutOffFilter {
            after: Some(reference(last.connection)),
            ..filter
        };
        next.path(outage_ref(outage.id))
    });
    OutageView {
        row: open(&found.outage),
        seen_by: match outage.by {
            By::Failures => SeenBy::Failures,
            By::Status => SeenBy::Status,
        },
        until: outage.closed.map(|at| calendar.when(at)),
        part_of: outage.part_of.map(outage_ref),
        parts: found.parts.iter().map(open).collect(),
        rows: found.rows.iter().map(|one| row(one, calendar)).collect(),
        next,
    }
}

fn row(it: &CutOff, calendar: Calendar) -> CutOffRow {
    let (place, name) = &it.institution;
    let place = u64::try_from(*place).unwrap_or_default();
    CutOffRow {
        institution: (InstitutionId::new(place), name.clone()),
        customer: it.customer.clone(),
        id: reference(it.connection),
        since: calendar.when(it.joined),
        back: it.back.map(|at| calendar.when(at)),
        standing: it.standing.and_then(named),
    }
}
