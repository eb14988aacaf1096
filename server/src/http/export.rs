//! What staff take along: lines of CSV.

use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use relink_app::api::places::{PlaceFilter, PlaceRow, Status};
use relink_engine::identity::SignedIn;

use super::{App, pages, visit::Asking};
use crate::{
    csv,
    ports::places::{asked, percent, row},
};

/// `GET /admin/institutions.csv`: all that the same query shows page by page.
pub(super) async fn institutions(
    State(app): State<App>,
    Extension(asking): Extension<Asking>,
) -> Response {
    let viewer = asking.person.as_ref().and_then(SignedIn::viewer);
    let Some(viewer) = viewer else {
        return pages::forbidden(&app, &asking);
    };
    let Ok(filter) = PlaceFilter::parse(&asking.query) else {
        return pages::not_found(&app, &asking);
    };
    match app
        .health
        .all_institutions(&viewer, &asked(&filter, 0))
        .await
    {
        Ok(all) => {
            let rows: Vec<PlaceRow> = all.iter().map(row).collect();
            let mut response = lines(&rows).into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/csv; charset=utf-8"),
            );
            headers.insert(
                header::CONTENT_DISPOSITION,
                HeaderValue::from_static("attachment; filename=\"institutions.csv\""),
            );
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => {
            tracing::error!(
                error = super::chain(&error),
                "institutions cannot be listed"
            );
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
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
    ];
    let mut text = csv::line(heads);
    for row in rows {
        let yes = |yes| if yes { "yes" } else { "no" };
        let numbers = [row.now.sample, row.broken, row.people].map(|number| number.to_string());
        let [sample, broken, people] = &numbers;
        text += &csv::line([
            &*row.id.to_string(),
            &row.name,
            word(row.status),
            sample,
            &percent(row.now),
            broken,
            people,
            yes(row.outage),
            yes(row.never),
        ]);
    }
    text
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Online => "online",
        Status::Offline => "offline",
        Status::Maintenance => "maintenance",
        Status::Limited => "limited",
        Status::Migrating => "migrating",
        Status::Unknown => "",
    }
}
