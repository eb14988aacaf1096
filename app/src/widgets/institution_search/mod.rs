//! Search as you type: a combobox whose options are the links of the page.

#![expect(
    missing_docs,
    reason = "the struct that `#[island]` makes of the props has none"
)]

mod row;
mod types;

use std::time::Duration;

use futures::future::{AbortHandle, abortable};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::server_fn::Decodes;
use leptos::server_fn::codec::JsonEncoding;
use leptos::task::spawn_local;

use crate::api::paths;
use crate::api::search::{Found, Typing, search};

use row::{at, row};
pub use types::{Move, SearchWords, encoded, key, letter};

/// Between the last key and the question.
const PAUSE: Duration = Duration::from_millis(120);
/// Between a poor answer and taking the term for all that is wanted.
const STOPPED: Duration = Duration::from_secs(1);

/// What is under the field.
#[derive(Clone)]
enum Shown {
    /// The children: nothing is typed.
    Tiles,
    /// What was found for a term.
    Hits(String, Found),
    /// No answer for a term.
    Failed,
}

/// All handles of one search field.
#[derive(Clone, Copy)]
struct Search {
    shown: RwSignal<Shown>,
    active: RwSignal<Option<usize>>,
    field: NodeRef<Input>,
    timer: StoredValue<Option<TimeoutHandle>>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Search {
    /// Whether keys pressed before the script came are in the field already.
    fn was_typed_into(self) -> bool {
        let field = self.field.get_untracked();
        field.is_some_and(|field| field.value() != field.default_value())
    }

    /// Ends what is under way: no older answer may replace a newer one.
    fn stop(self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        self.running.update_value(|running| {
            if let Some(running) = running.take() {
                running.abort();
            }
        });
        self.active.set(None);
    }

    fn typed(self) {
        self.stop();
        if self.term().is_empty() {
            self.shown.set(Shown::Tiles);
        } else {
            self.ask_in(PAUSE, Typing::Ongoing);
        }
    }

    /// Asks later, unless keys come first. Who is choosing an option by then
    /// has found what there is.
    fn ask_in(self, pause: Duration, typing: Typing) {
        let ask = move || {
            if typing == Typing::Ongoing || self.active.get_untracked().is_none() {
                self.ask(typing);
            }
        };
        self.timer
            .set_value(set_timeout_with_handle(ask, pause).ok());
    }

    fn ask(self, typing: Typing) {
        self.stop();
        let term = self.term();
        // Dropping the call aborts its request.
        let (call, handle) = abortable(search(term.clone(), typing));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            match call.await {
                Ok(Ok(found)) => {
                    let more = found.poor && typing == Typing::Ongoing;
                    // Nothing is said to be missing before Mastercard was asked.
                    if !(more && found.hits.is_empty()) {
                        self.shown.set(Shown::Hits(term, found));
                    }
                    if more {
                        self.ask_in(STOPPED, Typing::Done);
                    }
                }
                Ok(Err(_)) => self.shown.set(Shown::Failed),
                Err(_aborted) => {}
            }
        });
    }

    fn term(self) -> String {
        let field = self.field.get_untracked();
        field.map_or_else(String::new, |field| field.value().trim().to_owned())
    }

    fn count(self) -> usize {
        self.shown.with(|shown| match shown {
            Shown::Hits(_, found) => found.hits.len(),
            Shown::Tiles | Shown::Failed => 0,
        })
    }

    fn pressed(self, event: &KeyboardEvent) {
        match key(&event.key(), self.active.get_untracked(), self.count()) {
            Move::Stay => return,
            Move::To(index) => {
                self.active.set(Some(index));
                row::reveal(index);
            }
            Move::Take(index) => row::take(index),
            Move::Clear => {
                self.stop();
                if let Some(field) = self.field.get_untracked() {
                    field.set_value("");
                }
                self.shown.set(Shown::Tiles);
            }
        }
        event.prevent_default();
    }
}

/// The search field and what it finds. Without script it is a form, and the
/// options are plain links: the roles of the combobox come with the script.
#[island]
pub fn InstitutionSearch(
    /// What the address asks for.
    term: String,
    /// What the server found for it, as the answer of [`search`] (JSON): one
    /// reader of it in the browser's code is enough.
    found: Option<String>,
    /// Texts.
    words: SearchWords,
    /// The tiles shown before typing.
    children: Children,
) -> impl IntoView {
    let found = found.and_then(|json| JsonEncoding::decode(json.into()).ok());
    let first = found.map_or(Shown::Tiles, |found| Shown::Hits(term.clone(), found));
    let it = Search {
        shown: RwSignal::new(first),
        active: RwSignal::new(None),
        field: NodeRef::new(),
        timer: StoredValue::new(None),
        running: StoredValue::new(None),
    };
    let awake = RwSignal::new(false);
    Effect::new(move |_| {
        awake.set(true);
        if it.was_typed_into() {
            it.typed();
        }
    });
    let (label, submit, results) = (
        words.label.clone(),
        words.submit.clone(),
        words.results.clone(),
    );
    let words = StoredValue::new(words);
    let status = move || {
        it.shown.with(|shown| match shown {
            Shown::Tiles => String::new(),
            Shown::Hits(term, found) => words.with_value(|words| words.count(term, found)),
            Shown::Failed => words.with_value(|words| words.failed.clone()),
        })
    };
    let rows = move || {
        let Shown::Hits(_, found) = it.shown.get() else {
            return Vec::new();
        };
        let (hits, awake) = (found.hits.into_iter().enumerate(), awake.get());
        hits.map(|(index, hit)| row(index, &hit, words, it.active, awake))
            .collect()
    };
    view! {
        <form class="search" role="search" action=paths::CONNECT method="get">
            <label class="label" for="q">{label}</label>
            <div class="search-field">
                <input
                    class="input" id="q" name="q" type="search" value=term maxlength="200"
                    autocomplete="off" autocapitalize="none" spellcheck="false"
                    node_ref=it.field
                    role=then(awake, "combobox")
                    aria-autocomplete=then(awake, "list")
                    aria-controls=then(awake, "hits")
                    aria-expanded=move || {
                        awake.get().then(|| if it.count() > 0 { "true" } else { "false" })
                    }
                    aria-activedescendant=move || it.active.get().map(at)
                    on:input=move |_| it.typed()
                    on:keydown=move |event| it.pressed(&event)
                />
                <button class="button" type="submit">{submit}</button>
            </div>
        </form>
        <p class="search-count" role="status">{status}</p>
        <div class="search-body">
            <div hidden=move || !matches!(it.shown.get(), Shown::Tiles)>{children()}</div>
            <ul
                class="hits" id="hits" aria-label=results
                role=then(awake, "listbox")
                hidden=move || it.count() == 0
            >
                {rows}
            </ul>
            {move || ways(&it.shown.get(), words)}
            <button
                class="button button-plain" type="button" on:click=move |_| it.ask(Typing::Done)
                hidden=move || !matches!(it.shown.get(), Shown::Failed)
            >
                {words.with_value(|words| words.retry.clone())}
            </button>
        </div>
    }
}

/// An attribute that comes with the script. One type of closure for all of
/// them: each type brings its own copy of the code that keeps it up to date.
fn then(awake: RwSignal<bool>, value: &'static str) -> impl Fn() -> Option<&'static str> {
    move || awake.get().then_some(value)
}

/// Three ways on when nothing is found.
fn ways(shown: &Shown, words: StoredValue<SearchWords>) -> Option<impl IntoView + use<>> {
    let Shown::Hits(term, found) = shown else {
        return None;
    };
    let missing = format!("{}?q={}", paths::MISSING, encoded(term));
    found.hits.is_empty().then(|| {
        let words = words.get_value();
        view! {
            <ul class="ways">
                <li><strong>{words.spelling}</strong> <span>{words.spelling_text}</span></li>
                <li><strong>{words.other}</strong> <span>{words.other_text}</span></li>
                <li><a href=missing>{words.missing}</a> <span>{words.missing_text}</span></li>
            </ul>
        }
    })
}
