//! Tells an open health page that there is something new. Nothing else is in
//! the stream: the page asks for itself anew, through the same door as ever.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream;
use relink_app::api::{health::HealthView, visit::AdminPort};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::{App, pages, visit::Asking};
use crate::ports;

/// How often somebody looks. The figures are a few rows.
const LOOK: Duration = Duration::from_secs(3);
/// After that the browser connects again, so that a sign-in that has ended, or
/// a role that was taken away, is found out.
const LIFE: Duration = Duration::from_mins(5);

/// `GET /admin/live`: `changed`, whenever the health page would read otherwise
/// than at the stream's beginning, which is a comment.
pub(super) async fn changes(
    State(app): State<App>,
    Extension(asking): Extension<Asking>,
) -> Response {
    let Some(admin) = ports::admin(&app, &asking) else {
        return pages::forbidden(&app, &asking);
    };
    let begin = Instant::now();
    let mut looks = interval_at(begin, LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let watching = Watching {
        looks,
        until: begin + LIFE,
        last: None,
    };
    let stop = app.tasks.stop_signal().clone();
    let told = stream::unfold((watching, admin), async |(mut watching, admin)| {
        let event = watching.change(&*admin).await?;
        Some((Ok::<_, Infallible>(event), (watching, admin)))
    });
    let told = futures::StreamExt::take_until(told, stop.cancelled_owned());
    // A proxy that waits for more of it would keep the news to itself.
    let now = [("x-accel-buffering", "no")];
    (now, Sse::new(told).keep_alive(KeepAlive::default())).into_response()
}

struct Watching {
    looks: tokio::time::Interval,
    until: Instant,
    last: Option<HealthView>,
}

impl Watching {
    /// The next change; `None` when it is time to connect again.
    async fn change(&mut self, admin: &dyn AdminPort) -> Option<Event> {
        loop {
            if self.looks.tick().await >= self.until {
                return None;
            }
            // The page itself says what is wrong, to whoever asks for it.
            let Ok(mut now) = admin.health().await else {
                return None;
            };
            let Some(last) = &mut self.last else {
                self.last = Some(now);
                return Some(Event::default().comment("from here on"));
            };
            // That time passes is no news, nor is what is never still.
            now.at.clone_from(&last.at);
            now.webhooks.received = last.webhooks.received;
            now.webhooks.waited = last.webhooks.waited;
            (now.jobs_due, now.jobs_more) = (last.jobs_due, last.jobs_more);
            if now != *last {
                *last = now;
                // Without data browsers drop an event.
                return Some(Event::default().event("changed").data("health"));
            }
        }
    }
}
