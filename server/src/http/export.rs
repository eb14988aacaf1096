//! What staff take along: lines of CSV.

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use relink_app::api::{
    campaigns::TargetFilter,
    cases::BundleFilter,
    funnels::{FunnelFilter, FunnelView, Step, Stop},
    health::Share,
    ids::{CampaignRef, CaseRef},
    paths,
    places::{PlaceFilter, PlaceRow},
    rows::BadPart,
};
use relink_engine::{
    cases::Together,
    identity::{Support, Viewer},
    status::Code,
    store::StoreError,
};

use super::{App, At, pages, proof::To};
use crate::{
    csv,
    ports::{
        campaigns::{campaign_id, csv_head, csv_line as target_line, which},
        funnels,
        helper::{CSV_HEAD, case_id, csv_line},
        places::{asked, percent, row},
    },
};

/// How many lines are read at once.
const LINES: usize = 1_000;

/// `GET /admin/institutions.csv`: all that the same query shows page by page.
pub(super) async fn institutions(
    State(app): State<App>,
    To {
        person: viewer,
        asking,
    }: To<Viewer>,
) -> Response {
    let filter = match PlaceFilter::parse(&asking.query).and_then(whole) {
        Ok(filter) => filter,
        Err(bad) => return pages::bad_address(&app, &asking, &bad, paths::ADMIN_INSTITUTIONS),
    };
    match app
        .health
        .all_institutions(&viewer, &asked(&filter, 0))
        .await
    {
        Ok(all) => {
            let rows: Vec<PlaceRow> = all.iter().map(row).collect();
            let name = HeaderValue::from_static("attachment; filename=\"institutions.csv\"");
            download(lines(&rows), name)
        }
        Err(error) => failed(&error),
    }
}

/// A file has no pages.
fn whole(filter: PlaceFilter) -> Result<PlaceFilter, BadPart> {
    match filter.after {
        None => Ok(filter),
        Some(_) => Err(BadPart {
            name: "after".to_owned(),
        }),
    }
}

/// `GET /admin/funnels.csv`: the steps of a funnel, and why no further.
pub(super) async fn funnel(
    State(app): State<App>,
    To {
        person: viewer,
        asking,
    }: To<Viewer>,
) -> Response {
    let filter = match FunnelFilter::parse(&asking.query) {
        Ok(filter) => filter,
        Err(bad) => return pages::bad_address(&app, &asking, &bad, paths::FUNNELS),
    };
    match funnels::look(&app, &viewer, &filter, asking.calendar).await {
        Ok(seen) => {
            let name = HeaderValue::from_static("attachment; filename=\"funnel.csv\"");
            download(funnel_lines(&filter, &seen), name)
        }
        Err(error) => failed(&error),
    }
}

fn funnel_lines(filter: &FunnelFilter, seen: &FunnelView) -> String {
    let heads = [
        "funnel",
        "of",
        "days",
        "step",
        "stopped_because",
        "code",
        "number",
        "percent_of_all",
        "percent_of_step_before",
        "percent_of_step",
    ];
    let (of, days) = (filter.of.text(), filter.days.to_string());
    let line = |step: Step, why: [&str; 2], number: u32, shares: [Option<Share>; 3]| {
        let shares = shares.map(|share| share.map(percent).unwrap_or_default());
        let (number, [all, before, here]) = (number.to_string(), &shares);
        let start = [filter.funnel.name(), &*of, &*days, step.name()];
        csv::line(
            start
                .into_iter()
                .chain(why)
                .chain([&*number, all, before, here]),
        )
    };
    let mut text = csv::line(heads);
    text.extend(seen.steps.iter().map(|it| {
        let shares = [Some(it.of_all), it.of_before, None];
        line(it.step, ["", ""], it.number, shares)
    }));
    text.extend(seen.stops.iter().map(|it| {
        let code = match it.stop {
            Stop::Trouble(code) if code != 0 => code.to_string(),
            _ => String::new(),
        };
        let why = [it.stop.name(), &*code];
        line(it.step, why, it.number, [None, None, Some(it.share)])
    }));
    text
}

/// `GET /admin/cases/new.csv`: what one case would tell of.
pub(super) async fn bundle(
    State(app): State<App>,
    To {
        person: support,
        asking,
    }: To<Support>,
) -> Response {
    let filter = match BundleFilter::parse(&asking.query) {
        Ok(filter) => filter,
        Err(bad) => return pages::bad_address(&app, &asking, &bad, paths::CASES),
    };
    match app.bundle(&support, &filter).await {
        Ok(Some(found)) => case_file(&filter.institution.to_string(), &found),
        Ok(None) => pages::not_found(&app, &asking),
        Err(error) => failed(&error),
    }
}

/// `GET /admin/cases/{case}/csv`
pub(super) async fn case(
    State(app): State<App>,
    To {
        person: support,
        asking,
    }: To<Support>,
    At(case): At<CaseRef>,
) -> Response {
    match app.helping.cases.one(&support, case_id(case)).await {
        Ok(Some((found, stuck))) => {
            let together = Together {
                name: found.name,
                code: Code::new(found.code),
                stuck,
                more: false,
            };
            case_file(&found.institution.to_string(), &together)
        }
        Ok(None) => pages::not_found(&app, &asking),
        Err(error) => failed(&error),
    }
}

fn case_file(place: &str, it: &Together) -> Response {
    let mut text = csv::line(CSV_HEAD);
    text.extend(it.stuck.iter().map(|one| csv_line(place, it, one)));
    let name = HeaderValue::from_static("attachment; filename=\"case.csv\"");
    download(text, name)
}

/// `GET /admin/campaigns/{campaign}/csv`: all that the same query shows page by
/// page, some lines at a time.
pub(super) async fn campaign(
    State(app): State<App>,
    To {
        person: viewer,
        asking,
    }: To<Viewer>,
    At(campaign): At<CampaignRef>,
) -> Response {
    let filter = match TargetFilter::parse(&asking.query) {
        Ok(filter) => filter,
        Err(bad) => {
            return pages::bad_address(&app, &asking, &bad, &paths::campaign(campaign));
        }
    };
    let (id, which) = (campaign_id(campaign), which(filter));
    match app.helping.campaigns.exists(&viewer, id).await {
        Ok(true) => {}
        Ok(false) => return pages::not_found(&app, &asking),
        Err(error) => return failed(&error),
    }
    let head = stream::iter([Ok::<_, StoreError>(Bytes::from(csv_head()))]);
    let lines = stream::try_unfold(None, move |after| {
        let (app, viewer) = (app.clone(), viewer.clone());
        async move {
            let desk = &app.helping.campaigns;
            let found = desk.targets(&viewer, id, which, after, LINES).await?;
            let next = found.last().map(|last| (last.institution, last.connection));
            let lines: String = found.iter().map(target_line).collect();
            Ok(next.map(|next| (Bytes::from(lines), Some(next))))
        }
    });
    let name = HeaderValue::from_static("attachment; filename=\"campaign.csv\"");
    download(Body::from_stream(head.chain(lines)), name)
}

fn download(text: impl Into<Body>, name: HeaderValue) -> Response {
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, text.into()).into_response()
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(error = super::chain(error), "a list cannot be written");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

fn lines(rows: &[PlaceRow]) -> String {
    let heads = [
        "institution_id",
        "name",
        "status",
        "connections",
        "healthy_percent",
        "broken",
        "users_with_a_broken_connection",
        "open_outage",
        "never_worked",
        "tries",
        "tries_connected_percent",
    ];
    let mut text = csv::line(heads);
    for row in rows {
        let yes = |yes| if yes { "yes" } else { "no" };
        let numbers = [row.now.sample, row.broken, row.people, row.tries.sample];
        let [sample, broken, people, tries] = &numbers.map(|number| number.to_string());
        text += &csv::line([
            &*row.id.to_string(),
            &row.name,
            row.status.name(),
            sample,
            &percent(row.now),
            broken,
            people,
            yes(row.outage),
            yes(row.never),
            tries,
            &percent(row.tries),
        ]);
    }
    text
}
