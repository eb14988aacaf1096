//! For staff: one event.

use leptos::prelude::*;

use super::events::{of_customer, of_visit, outcome};
use super::menu;
use crate::api::events::{EventRef, EventView};
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::EventWords;

/// All that is kept of it, and a replay.
pub(crate) async fn page(visit: Visit, id: EventRef) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.events;
    let it = admin.event(&id).await?;
    let replay = it.may_replay.then(|| {
        view! {
            <section class="part" aria-labelledby="replay">
                <h2 id="replay">{words.replay_title}</h2>
                <p class="quiet">{words.replay_text}</p>
                <form class="actions" method="post" action=paths::event_replay(&id)>
                    <button class="button button-plain" type="submit">{words.replay}</button>
                </form>
            </section>
        }
    });
    let title = format!("{}: {}", words.one_title, it.row.kind);
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        {flash(&visit.flash, all, &[])}
        {facts(&it, words)}
        <section class="part" aria-labelledby="body">
            <h2 id="body">{words.body}</h2>
            <pre class="scroll" tabindex="0" role="group" aria-labelledby="body"><code>{it.body.clone()}</code></pre>
        </section>
        {replay}
        <p class="actions part"><a href=paths::EVENTS>{words.back}</a></p>
    };
    Ok(Page::new(title, main).wide())
}

fn facts(it: &EventView, words: &'static EventWords) -> impl IntoView + use<> {
    let row = &it.row;
    let customer = row.customer.as_deref().map(|customer| {
        view! { <div><dt>{words.customer}</dt><dd>{of_customer(customer)}</dd></div> }
    });
    let processed = it.processed.as_ref().map(|at| {
        view! { <div><dt>{words.processed}</dt><dd>{time(at)}</dd></div> }
    });
    let said = outcome(row, words);
    let changed = (!said.is_empty()).then(|| {
        view! { <div><dt>{words.changed}</dt><dd>{said}</dd></div> }
    });
    view! {
        <dl class="facts">
            <div><dt>{words.event}</dt><dd><code>{row.id.to_string()}</code></dd></div>
            <div><dt>{words.when}</dt><dd>{time(&row.received)}</dd></div>
            <div>
                <dt>{words.state_title}</dt>
                <dd>{badge(row.state.tone(), (words.state)(row.state))}</dd>
            </div>
            {changed}
            {processed}
            <div><dt>{words.visit}</dt><dd>{of_visit(&row.reference)}</dd></div>
            {customer}
            <div><dt>{words.key_title}</dt><dd>{(words.key)(it.key)}</dd></div>
            <div><dt>{words.hash}</dt><dd><code>{it.hash.clone()}</code></dd></div>
        </dl>
    }
}
