//! What staff do with events and jobs.

use axum::{Form as Typed, extract::State, response::Response};
use relink_app::api::{
    events::{EventFilter, EventRef},
    forms::Notice,
    ids::JobRef,
    jobs::{JobFilter, JobState, OperationNotice},
    paths,
};
use relink_engine::store::StoreError;

use super::{ByAdmin, BySupport, internal, tell};
use crate::{
    http::{App, At, pages},
    ports::operations::{asked, job_id},
};

/// `POST /admin/events/{id}/replay`
pub(super) async fn replay(
    State(app): State<App>,
    by: BySupport,
    At(id): At<EventRef>,
) -> Response {
    let client = by.asking.client();
    let notice = match app.events.replay(&by.support, &client, id.as_str()).await {
        Ok(true) => Notice::Operation(OperationNotice::Replayed),
        Ok(false) => return pages::not_found(&app, &by.asking),
        Err(error) => internal(&by.asking, &error),
    };
    tell(&by.session, &paths::event(&id), notice).await
}

/// `POST /admin/events/replay`
pub(super) async fn replay_window(
    State(app): State<App>,
    by: BySupport,
    Typed(parts): Typed<Vec<(String, String)>>,
) -> Response {
    let filter = match EventFilter::parse(&parts) {
        Ok(filter) if filter.after.is_none() => filter,
        _ => return tell(&by.session, paths::EVENTS, Notice::NotFromHere).await,
    };
    let notice = if filter.parts().is_empty() {
        Notice::Operation(OperationNotice::NoWindow)
    } else {
        let (client, window) = (by.asking.client(), asked(&filter, by.asking.calendar));
        let begun = app.events.replay_window(&by.support, &client, window).await;
        match begun {
            Ok(()) => Notice::Operation(OperationNotice::WindowReplayed),
            Err(error) => internal(&by.asking, &error),
        }
    };
    tell(&by.session, &filter.path(), notice).await
}

/// `POST /admin/jobs/{id}/retry`
pub(super) async fn retry(State(app): State<App>, by: ByAdmin, At(id): At<JobRef>) -> Response {
    let client = by.asking.client();
    let done = app.job_desk.retry(&by.admin, &client, job_id(id)).await;
    ended(&by, done, OperationNotice::Retried).await
}

/// `POST /admin/jobs/{id}/cancel`
pub(super) async fn cancel(State(app): State<App>, by: ByAdmin, At(id): At<JobRef>) -> Response {
    let client = by.asking.client();
    let done = app.job_desk.cancel(&by.admin, &client, job_id(id)).await;
    ended(&by, done, OperationNotice::Cancelled).await
}

async fn ended(by: &ByAdmin, done: Result<bool, StoreError>, notice: OperationNotice) -> Response {
    let notice = match done {
        Ok(true) => Notice::Operation(notice),
        Ok(false) => Notice::Operation(OperationNotice::MovedOn),
        Err(error) => internal(&by.asking, &error),
    };
    let back = JobFilter::of(JobState::Dead).path();
    tell(&by.session, &back, notice).await
}
