//! Looks after a visit while its page waits.

#![expect(
    missing_docs,
    reason = "the struct that `#[island]` makes of the props has none"
)]

mod types;

use std::time::Duration;

use leptos::prelude::*;
use leptos::server_fn::Decodes;
use leptos::server_fn::codec::JsonEncoding;
use leptos::task::spawn_local;

use crate::api::connect::{Phase, Progress, SessionError, Step, Steps, session};
use crate::api::ids::SessionRef;
use crate::api::refusal::Fault;

pub use types::{ProgressWords, wait};

type Pick = fn(Steps) -> Step;

/// The steps of "checking", as they happen. When the visit reaches another
/// stage, the page is loaded anew: the server has the words for every end.
#[island]
pub fn SessionProgress(
    /// Which visit.
    id: SessionRef,
    /// How far it was when the page was made, as the answer of [`session`]
    /// (JSON): one reader of it in the browser's code is enough.
    progress: String,
    /// Texts.
    words: ProgressWords,
) -> impl IntoView {
    let progress = JsonEncoding::decode(progress.into()).unwrap_or(Progress {
        phase: Phase::Over,
        steps: None,
    });
    let phase = progress.phase;
    let steps = RwSignal::new(progress.steps);
    let paused = RwSignal::new(false);
    Effect::new(move |_| look_after(id, phase, steps, paused, 0));

    let ProgressWords {
        returned,
        signed_in,
        accounts_found,
        done,
        open,
        paused: paused_text,
    } = words;
    let rows: [(String, Pick); 3] = [
        (returned, |steps| steps.returned),
        (signed_in, |steps| steps.signed_in),
        (accounts_found, |steps| steps.accounts_found),
    ];
    let rows = rows.map(|(text, pick)| {
        let is_done = move || steps.get().is_some_and(|steps| pick(steps) == Step::Done);
        let (yes, no) = (done.clone(), open.clone());
        view! {
            <li class="step" class:step-done=is_done>
                <span class="step-mark" aria-hidden="true"></span>
                {text}
                <span class="visually-hidden">
                    ": " {move || if is_done() { yes.clone() } else { no.clone() }}
                </span>
            </li>
        }
    });
    view! {
        <ol class="steps" hidden=move || steps.get().is_none()>
            {rows.into_iter().collect_view()}
        </ol>
        <p class="quiet" role="status">
            {move || paused.get().then(|| paused_text.clone())}
        </p>
    }
}

/// Asks, waits, asks again; `waited` is in milliseconds.
fn look_after(
    id: SessionRef,
    phase: Phase,
    steps: RwSignal<Option<Steps>>,
    paused: RwSignal<bool>,
    waited: u32,
) {
    let Some(pause) = wait(phase, waited) else {
        paused.set(true);
        return;
    };
    let ask = move || {
        spawn_local(async move {
            match session(id).await {
                Ok(now) if now.phase != phase => return reload(),
                // The server leads through the sign-in and back here.
                Err(SessionError::Fault(Fault::SignedOut)) => return reload(),
                Ok(now) => steps.set(now.steps),
                // A lost answer is no answer: the next one counts.
                Err(SessionError::Fault(_)) => {}
            }
            look_after(id, phase, steps, paused, waited + pause);
        });
    };
    set_timeout(ask, Duration::from_millis(pause.into()));
}

fn reload() {
    // Refused only while the page is being left anyway.
    drop(window().location().reload());
}
