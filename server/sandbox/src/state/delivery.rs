//! Webhook events on their way, and the rules of sending them.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};

use super::{DeliveryId, LinkId, Webhook, WebhookEffect};

/// Pauses after the first six failures, in milliseconds: each six times the last.
const QUICK: [i64; 6] = [12, 72, 432, 2_592, 15_552, 93_312];
/// Attempts after the quick ones, one an hour.
const HOURLY: usize = 72;

/// How long a sender waits after its `failures`-th failure; `None` when it gives up.
pub fn pause_after(failures: usize) -> Option<Duration> {
    match failures {
        0 => Some(Duration::zero()),
        1..=6 => Some(Duration::milliseconds(QUICK[failures - 1])),
        _ if failures <= QUICK.len() + HOURLY => Some(Duration::hours(1)),
        _ => None,
    }
}

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An HTTP status; only 200 counts as taken.
    Status(u16),
    /// No answer, and why.
    None(&'static str),
}

/// One attempt to deliver an event.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub answer: Answer,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// To be sent at that time.
    Waiting(DateTime<Utc>),
    /// Being sent; it was due then.
    Sending(DateTime<Utc>),
    /// Taken by the receiver.
    Delivered,
    /// Refused 79 times.
    GivenUp,
    /// Never sent, by order of the control page.
    Lost,
}

/// One event for one receiver.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its place in the order of queuing.
    pub id: DeliveryId,
    /// The link whose session it tells of.
    pub link: LinkId,
    /// Id that the receiver tells repetitions by.
    pub event_id: String,
    /// Kind of event.
    pub event_type: String,
    /// Receiver, content type and headers.
    pub webhook: Webhook,
    /// The exact bytes that are signed and sent.
    pub body: bytes::Bytes,
    /// When it happened.
    pub created: DateTime<Utc>,
    /// What was tried.
    pub attempts: Vec<Attempt>,
    /// Where it stands.
    pub progress: Progress,
    /// Sent after later ones: the number it is sorted by.
    order: u64,
}

/// Everything that was ever to be sent, in order of queuing.
#[derive(Default)]
pub struct Outbox {
    deliveries: Vec<Delivery>,
    next: u64,
}

/// What is needed to queue an event.
pub(crate) struct Queued {
    pub(crate) link: LinkId,
    pub(crate) event_id: String,
    pub(crate) event_type: String,
    pub(crate) webhook: Webhook,
    pub(crate) body: bytes::Bytes,
}

/// How long a reordered event waits for a successor before it goes out alone.
const REORDER_WAIT: Duration = Duration::seconds(20);
/// Beyond every number that a later event can get, so that the held one comes last.
const HELD_BACK: u64 = 1 << 40;
/// Kept for the control page; older finished ones are dropped.
const KEPT: usize = 2_000;

impl Outbox {
    /// Queues an event, bent by `effect`.
    pub(crate) fn push(
        &mut self,
        event: &Queued,
        effect: Option<WebhookEffect>,
        now: DateTime<Utc>,
    ) {
        // A held-back event of the same link may go once its successor is queued.
        for held in self.deliveries.iter_mut().filter(|held| {
            held.order >= HELD_BACK
                && held.link == event.link
                && held.attempts.is_empty()
                && matches!(held.progress, Progress::Waiting(_))
        }) {
            held.progress = Progress::Waiting(now);
        }
        let copies = if effect == Some(WebhookEffect::Double) {
            2
        } else {
            1
        };
        let (progress, held) = match effect {
            Some(WebhookEffect::Lose) => (Progress::Lost, 0),
            Some(WebhookEffect::Delay(pause)) => (Progress::Waiting(now + pause), 0),
            Some(WebhookEffect::Reorder) => (Progress::Waiting(now + REORDER_WAIT), HELD_BACK),
            Some(WebhookEffect::Double) | None => (Progress::Waiting(now), 0),
        };
        for _ in 0..copies {
            self.next += 1;
            self.deliveries.push(Delivery {
                id: DeliveryId(self.next),
                link: event.link.clone(),
                event_id: event.event_id.clone(),
                event_type: event.event_type.clone(),
                webhook: event.webhook.clone(),
                body: event.body.clone(),
                created: now,
                attempts: Vec::new(),
                progress,
                order: held + self.next,
            });
        }
        self.trim();
    }

    fn trim(&mut self) {
        let excess = self.deliveries.len().saturating_sub(KEPT);
        let mut dropped = 0;
        self.deliveries.retain(|delivery| {
            let over = !matches!(
                delivery.progress,
                Progress::Waiting(_) | Progress::Sending(_)
            );
            let drop = over && dropped < excess;
            dropped += usize::from(drop);
            !drop
        });
    }

    /// All, in order of queuing.
    pub fn all(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// When the next one is due, of links that are not being served.
    pub(crate) fn next_due(&self, busy: &HashSet<LinkId>) -> Option<DateTime<Utc>> {
        let free = self
            .deliveries
            .iter()
            .filter(|delivery| !busy.contains(&delivery.link));
        free.filter_map(waiting_since).min()
    }

    /// Takes out what is due, in the order to be sent in.
    pub(crate) fn take_due(&mut self, now: DateTime<Utc>, busy: &HashSet<LinkId>) -> Vec<Delivery> {
        let mut due: Vec<Delivery> = Vec::new();
        let free = self
            .deliveries
            .iter_mut()
            .filter(|delivery| !busy.contains(&delivery.link));
        for delivery in free {
            if let Some(since) = waiting_since(delivery).filter(|since| *since <= now) {
                delivery.progress = Progress::Sending(since);
                due.push(delivery.clone());
            }
        }
        due.sort_by_key(|delivery| delivery.order);
        due
    }

    /// Notes what came of an attempt. The next one is counted from when this one
    /// was due, not from when it was made: a clock that jumps ten hours owes ten.
    pub(crate) fn answered(&mut self, id: DeliveryId, answer: Answer, now: DateTime<Utc>) {
        let Some(delivery) = self
            .deliveries
            .iter_mut()
            .find(|delivery| delivery.id == id)
        else {
            return;
        };
        let taken = answer == Answer::Status(200);
        delivery.attempts.push(Attempt { at: now, answer });
        let due = match delivery.progress {
            Progress::Sending(due) | Progress::Waiting(due) => due,
            Progress::Delivered | Progress::GivenUp | Progress::Lost => return,
        };
        delivery.progress = if taken {
            Progress::Delivered
        } else {
            pause_after(delivery.attempts.len())
                .map_or(Progress::GivenUp, |pause| Progress::Waiting(due + pause))
        };
    }
}

fn waiting_since(delivery: &Delivery) -> Option<DateTime<Utc>> {
    match delivery.progress {
        Progress::Waiting(due) => Some(due),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_790_000_000_000 + millis).unwrap()
    }

    fn event(name: &str) -> Queued {
        Queued {
            link: LinkId("link".to_owned()),
            event_id: format!("id-{name}"),
            event_type: name.to_owned(),
            webhook: Webhook {
                url: "http://127.0.0.1:1/".parse().unwrap(),
                content_type: crate::state::ContentType::Json,
                data: None,
                headers: Vec::new(),
            },
            body: bytes::Bytes::from_static(b"{}"),
        }
    }

    fn take(outbox: &mut Outbox, now: DateTime<Utc>) -> Vec<Delivery> {
        outbox.take_due(now, &HashSet::new())
    }

    fn names(due: &[Delivery]) -> Vec<&str> {
        due.iter()
            .map(|delivery| delivery.event_type.as_str())
            .collect()
    }

    #[test]
    fn schedule_is_six_quick_and_seventy_two_hourly() {
        let mut outbox = Outbox::default();
        outbox.push(&event("added"), None, at(0));
        let mut dues = Vec::new();
        while let Some(due) = outbox.next_due(&HashSet::new()) {
            dues.push((due - at(0)).num_milliseconds());
            let taken = take(&mut outbox, due);
            outbox.answered(taken[0].id, Answer::Status(500), due);
        }
        let quick = [0, 12, 84, 516, 3_108, 18_660, 111_972];
        assert_eq!(dues[..7], quick);
        assert_eq!(dues.len(), 79);
        assert_eq!(dues[78] - dues[6], 72 * 3_600_000);
        assert_eq!(outbox.all()[0].progress, Progress::GivenUp);
    }

    #[test]
    fn only_two_hundred_counts() {
        let mut outbox = Outbox::default();
        outbox.push(&event("added"), None, at(0));
        let id = take(&mut outbox, at(0))[0].id;
        outbox.answered(id, Answer::Status(204), at(0));
        assert_eq!(outbox.all()[0].progress, Progress::Waiting(at(12)));
        take(&mut outbox, at(12));
        outbox.answered(id, Answer::Status(200), at(13));
        assert_eq!(outbox.all()[0].progress, Progress::Delivered);
        assert!(take(&mut outbox, at(999_999)).is_empty());
    }

    #[test]
    fn effects() {
        let mut outbox = Outbox::default();
        outbox.push(&event("lost"), Some(WebhookEffect::Lose), at(0));
        let late = WebhookEffect::Delay(Duration::minutes(5));
        outbox.push(&event("late"), Some(late), at(0));
        outbox.push(&event("first"), Some(WebhookEffect::Reorder), at(0));
        assert!(take(&mut outbox, at(0)).is_empty());
        outbox.push(&event("second"), Some(WebhookEffect::Double), at(1));
        let due = take(&mut outbox, at(1));
        assert_eq!(names(&due), ["second", "second", "first"]);
        assert_eq!(due[0].event_id, due[1].event_id);
        assert_eq!(names(&take(&mut outbox, at(300_000))), ["late"]);
    }

    #[test]
    fn a_busy_link_waits() {
        let mut outbox = Outbox::default();
        outbox.push(&event("added"), None, at(0));
        let busy = HashSet::from([LinkId("link".to_owned())]);
        assert!(outbox.take_due(at(0), &busy).is_empty());
        assert_eq!(outbox.next_due(&busy), None);
        assert_eq!(names(&take(&mut outbox, at(0))), ["added"]);
    }

    #[test]
    fn a_reordered_last_event_still_goes_out() {
        let mut outbox = Outbox::default();
        outbox.push(&event("done"), Some(WebhookEffect::Reorder), at(0));
        assert!(take(&mut outbox, at(19_999)).is_empty());
        assert_eq!(names(&take(&mut outbox, at(20_000))), ["done"]);
    }
}
