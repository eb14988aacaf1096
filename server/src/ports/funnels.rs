//! Funnels in the page's words.

use relink_app::api::{
    funnels::{
        Channel, Funnel, FunnelFilter, FunnelView, Of, Part, Reached, SoonReached, Step, Stop,
        Stopped, Tongue, Week,
    },
    health::Share,
    ids::InstitutionId,
};
use relink_engine::{
    funnels as engine,
    health::windows::{self, Span},
    identity::Viewer,
    status::{Code, Table},
    store::StoreError,
};

use super::health::{cause, number, share};
use crate::{calendar::Calendar, http::App};

/// The funnel that an address asks for.
pub(crate) async fn look(
    app: &App,
    viewer: &Viewer,
    filter: &FunnelFilter,
    calendar: Calendar,
) -> Result<FunnelView, StoreError> {
    let funnels = engine::Funnels::new(app.store.clone(), app.clocks.domain.clone());
    // Those of today, too.
    app.institutions.save_searches().await?;
    let seen = funnels.look(viewer, &asked(filter)).await?;
    Ok(view(&seen, filter, app.health.table(), calendar))
}

fn asked(filter: &FunnelFilter) -> engine::Asked {
    engine::Asked {
        funnel: match filter.funnel {
            Funnel::Connect => engine::Funnel::Connect,
            Funnel::Repair => engine::Funnel::Repair,
        },
        slice: match filter.of {
            Of::All => engine::Slice::All,
            Of::Institution(id) => {
                engine::Slice::Institution(i64::try_from(id.get()).unwrap_or(i64::MAX))
            }
            Of::Code(code) => engine::Slice::Code(code),
            Of::Channel(channel) => engine::Slice::Channel(match channel {
                Channel::None => engine::Channel::None,
                Channel::App => engine::Channel::App,
                Channel::Email => engine::Channel::Email,
                Channel::Sms => engine::Channel::Sms,
            }),
            Of::Language(tongue) => engine::Slice::Language(match tongue {
                Tongue::English => engine::Tongue::English,
                Tongue::Spanish => engine::Tongue::Spanish,
                Tongue::French => engine::Tongue::French,
                Tongue::Other => engine::Tongue::Other,
            }),
        },
        days: filter.days.into(),
    }
}

fn of(slice: engine::Slice) -> Of {
    match slice {
        engine::Slice::All => Of::All,
        engine::Slice::Institution(id) => {
            Of::Institution(InstitutionId::new(u64::try_from(id).unwrap_or_default()))
        }
        engine::Slice::Code(code) => Of::Code(code),
        engine::Slice::Channel(channel) => Of::Channel(match channel {
            engine::Channel::None => Channel::None,
            engine::Channel::App => Channel::App,
            engine::Channel::Email => Channel::Email,
            engine::Channel::Sms => Channel::Sms,
        }),
        engine::Slice::Language(tongue) => Of::Language(match tongue {
            engine::Tongue::English => Tongue::English,
            engine::Tongue::Spanish => Tongue::Spanish,
            engine::Tongue::French => Tongue::French,
            engine::Tongue::Other => Tongue::Other,
        }),
    }
}

fn stop(it: engine::Stop) -> Option<Stop> {
    let (name, code) = it.parts();
    let found = Stop::ALL.into_iter().find(|stop| stop.name() == name)?;
    Some(match found {
        Stop::Trouble(_) => Stop::Trouble(code),
        found => found,
    })
}

/// A part of a whole.
fn part(of: i64, all: i64) -> Share {
    share(windows::Share::now(of, all))
}

fn view(it: &engine::Seen, filter: &FunnelFilter, table: &Table, calendar: Calendar) -> FunnelView {
    let steps = filter.funnel.steps();
    let numbers = &it.steps[..steps.len()];
    let before = [None].into_iter().chain(numbers.iter().map(Some));
    let reached = steps.iter().zip(numbers).zip(before);
    let reached = reached.map(|((step, n), before)| Reached {
        step: *step,
        number: number(*n),
        of_all: part(*n, it.steps[0]),
        of_before: before.map(|before| part(*n, *before)),
    });
    let stopped = it.stops.iter().filter_map(|one| {
        Some(Stopped {
            step: *steps.get(one.step)?,
            stop: stop(one.stop)?,
            number: number(one.n),
            share: part(one.n, it.steps[one.step]),
        })
    });
    let index = |step: Step| {
        steps
            .iter()
            .position(|one| *one == step)
            .unwrap_or_default()
    };
    let asked = index(filter.step);
    FunnelView {
        name: it.name.clone(),
        steps: reached.collect(),
        stops: stopped.collect(),
        weeks: it
            .weeks
            .iter()
            .map(|it| week(it, asked, calendar))
            .collect(),
        parts: it
            .parts
            .iter()
            .map(|it| row(it, steps.len(), table))
            .collect(),
        searches: number(it.searches),
    }
}

fn week(it: &engine::Cohort, step: usize, calendar: Calendar) -> Week {
    // All begin within a day of their beginning.
    let began = it.soon[0][0];
    let soon = |which: usize| SoonReached {
        number: number(it.soon[which][step]),
        share: part(it.soon[which][step], began),
        open: it.open[which],
    };
    Week {
        monday: calendar.date(Span::Day.begins(it.monday).date_naive()),
        began: number(began),
        reached: [soon(0), soon(1), soon(2)],
    }
}

fn row(it: &engine::Part, steps: usize, table: &Table) -> Part {
    let means = match it.slice {
        engine::Slice::Code(code) => Some(cause(table.row(Code::new(code)).cause)),
        _ => None,
    };
    Part {
        of: of(it.slice),
        name: it.name.clone(),
        cause: means,
        steps: it.steps[..steps].iter().map(|n| number(*n)).collect(),
        share: part(it.steps[steps - 1], it.steps[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_and_the_page_mean_the_same() {
        for it in engine::Stop::ALL
            .into_iter()
            .chain([engine::Stop::Trouble(108)])
        {
            let found = stop(it).expect("a word for it");
            let code = match found {
                Stop::Trouble(code) => code,
                _ => 0,
            };
            assert_eq!((found.name(), code), it.parts());
        }
        for funnel in Funnel::ALL {
            let asked = asked(&FunnelFilter::of(funnel)).funnel;
            assert_eq!(
                (asked.name(), asked.steps()),
                (funnel.name(), funnel.steps().len())
            );
        }
        let slices = engine::Channel::ALL.map(engine::Slice::Channel).into_iter();
        let slices = slices.chain(engine::Tongue::ALL.map(engine::Slice::Language));
        for slice in slices.chain([engine::Slice::Code(103), engine::Slice::Institution(5)]) {
            let filter = FunnelFilter {
                of: of(slice),
                ..FunnelFilter::of(Funnel::Repair)
            };
            assert_eq!(asked(&filter).slice, slice);
        }
    }
}
