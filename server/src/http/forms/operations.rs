//! What staff do with events and jobs.

use axum::{Form as Typed, extract::State, response::Response};
use relink_app::api::{
    events::{EventFilter, EventRef},
    forms::Notice,
    ids::JobRef,
    jobs::{JobFilter, JobState, OperationNotice},
    paths,
};
use relink_engine::{
    identity::{Admin, Support},
    store::StoreError,
};

use super::By;
use crate::{
    http::{App, At, pages},
    ports::operations::{asked, job_id},
};

/// `POST /admin/events/{id}/replay`
pub(super) async fn replay(
    State(app): State<App>,
    by: By<Support>,
    At(id): At<EventRef>,
) -> Response {
    let client = by.asking.client();
    let notice = match app.events.replay(&by.person, &client, id.as_str()).await {
        Ok(true) => Notice::Operation(OperationNotice::Replayed),
        Ok(false) => return pages::not_found(&app, &by.asking),
        Err(error) => by.internal(&error),
    };
    by.tell(&paths::event(&id), notice).await
}

/// `POST /admin/events/replay`
pub(super) async fn replay_window(
    State(app): State<App>,
    by: By<Support>,
    Typed(parts): Typed<Vec<(String, String)>>,
) -> Response {
    let filter = match EventFilter::parse(&parts) {
        Ok(filter) if filter.after.is_none() => filter,
        _ => return by.tell(paths::EVENTS, Notice::NotFromHere).await,
    };
    let notice = if filter.parts().is_empty() {
        Notice::Operation(OperationNotice::NoWindow)
    } else {
        let (client, window) = (by.asking.client(), asked(&filter, by.asking.calendar));
        let begun = app.events.replay_window(&by.person, &client, window).await;
        match begun {
            Ok(()) => Notice::Operation(OperationNotice::WindowReplayed),
            Err(error) => by.internal(&error),
        }
    };
    by.tell(&filter.path(), notice).await
}

/// `POST /admin/jobs/{id}/retry`
pub(super) async fn retry(State(app): State<App>, by: By<Admin>, At(id): At<JobRef>) -> Response {
    let client = by.asking.client();
    let done = app.job_desk.retry(&by.person, &client, job_id(id)).await;
    ended(&by, done, OperationNotice::Retried).await
}

/// `POST /admin/jobs/{id}/cancel`
pub(super) async fn cancel(State(app): State<App>, by: By<Admin>, At(id): At<JobRef>) -> Response {
    let client = by.asking.client();
    let done = app.job_desk.cancel(&by.person, &client, job_id(id)).await;
    ended(&by, done, OperationNotice::Cancelled).await
}

async fn ended(
    by: &By<Admin>,
    done: Result<bool, StoreError>,
    notice: OperationNotice,
) -> Response {
    let notice = match done {
        Ok(true) => Notice::Operation(notice),
        Ok(false) => Notice::Operation(OperationNotice::MovedOn),
        Err(error) => by.internal(&error),
    };
    let back = JobFilter::of(JobState::Dead).path();
    by.tell(&back, notice).await
}
