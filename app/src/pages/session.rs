//! The page of one visit to Data Connect: every stage, each with a way on.

use leptos::prelude::*;

use super::form::hidden;
use super::parts::{badge, flash, icon, notice};
use super::{Needs, Page, PageFault, repair};
use crate::api::accounts::{AccountRow, AccountState};
use crate::api::connect::{
    Arrived, Cause, Choice, FirstData, Progress, Refresh, SessionView, Stage, Unanswered,
};
use crate::api::forms::{Field, Form, Tone};
use crate::api::ids::SessionRef;
use crate::api::paths;
use crate::api::shared::Mask;
use crate::api::visit::{Person, Visit};
use crate::widgets::account_review::AccountReview;
use crate::widgets::session_progress::SessionProgress;
use crate::words::Words;

/// The page of a visit.
pub(crate) async fn page(visit: Visit, person: Person, id: SessionRef) -> Result<Page, PageFault> {
    let view = person.connecting.session(id).await?;
    let all = visit.language.words();
    let top = flash(&visit.flash, all, &[Form::Keep]);
    let page = match &view.stage {
        Stage::Waiting | Stage::AtInstitution | Stage::Checking(_) => under_way(&view, all),
        Stage::Connected(arrived) => connected(&view, arrived, all),
        Stage::SettingUp | Stage::Failed(_) | Stage::Left | Stage::Expired => ended(&view, all),
        Stage::Repair(end) => match view.repairs {
            Some(connection) => repair::ended(&view, connection, end, &visit),
            None => ended(&view, all),
        },
    };
    let Page { main, .. } = page;
    Ok(Page {
        main: view! { {top} {main} }.into_any(),
        ..page
    })
}

/// The heading: the same institution on both sides of the hop.
fn head(view: &SessionView, title: &str) -> impl IntoView + use<> {
    view! {
        <div class="institution">
            {icon(view.institution.id, &view.institution.name)}
            <h1>{title.to_owned()}</h1>
        </div>
    }
}

fn under_way(view: &SessionView, all: &'static Words) -> Page {
    let words = &all.visit;
    let name = &view.institution.name;
    // A plain page without script asks less often while the person is away.
    let (title, text, seconds) = match view.stage {
        Stage::Waiting => ((words.waiting_title)(name), (words.waiting_text)(name), 10),
        Stage::AtInstitution => ((words.at_title)(name), (words.at_text)(name), 10),
        _ => ((words.checking)(name), words.checking_lead.into(), 3),
    };
    let again = (!matches!(view.stage, Stage::Checking(_))).then(|| {
        let href = again(view);
        view! { <a class="button button-plain" href=href>{words.again}</a> }
    });
    let progress = leptos::serde_json::to_string(&Progress::from(&view.stage)).unwrap_or_default();
    let main = view! {
        {head(view, &title)}
        <p class="lead">{text}</p>
        <SessionProgress id=view.id progress=progress words=(all.islands.progress)()/>
        <p class="actions">
            <a class="button button-plain" href=paths::session(view.id)>{words.look_again}</a>
            {again}
            <a href=paths::CONNECTIONS>{words.to_connections}</a>
        </p>
    };
    Page::new(title, main).needs(Needs::Islands(Some(seconds)))
}

/// Where to begin once more: a repair goes back to its connection, so that no
/// login is connected twice.
fn again(view: &SessionView) -> String {
    view.repairs
        .map_or_else(|| paths::institution(view.institution.id), paths::one)
}

fn connected(view: &SessionView, arrived: &Arrived, all: &'static Words) -> Page {
    match &arrived.choice {
        Choice::Open(unanswered) => choose(view, arrived, unanswered.as_ref(), all),
        Choice::Made => chosen(view, arrived, all),
    }
}

fn choose(
    view: &SessionView,
    arrived: &Arrived,
    unanswered: Option<&Unanswered>,
    all: &'static Words,
) -> Page {
    let words = &all.choice;
    let count = arrived.accounts.len();
    let title = (words.title)(&view.institution.name, count);
    let silent = unanswered.map(|what| match what {
        Unanswered::Kept(when) => (words.kept_if_silent)(&when.text),
        Unanswered::Removed(when) => (words.removed_if_silent)(&when.text),
    });
    let rows = arrived
        .accounts
        .iter()
        .map(|account| check(account, all))
        .collect_view();
    let ticked = u32::try_from(count).unwrap_or(u32::MAX);
    let main = view! {
        {head(view, &title)}
        <p class="lead">{words.lead}</p>
        {coming(arrived, all)}
        <form class="form" action=paths::keep(view.id) method="post">
            <AccountReview ticked=ticked words=(all.islands.review)()>
                <fieldset class="checks">
                    <legend class="label">{words.list}</legend>
                    {rows}
                </fieldset>
                <p class="quiet">{words.remove_note}" "{silent}</p>
            </AccountReview>
        </form>
    };
    Page::new(title, main).needs(Needs::Islands(None))
}

/// One account with its tick. `seen` goes with each, so that an account that
/// arrives meanwhile is not taken for one that was unticked.
fn check(account: &AccountRow, all: &'static Words) -> impl IntoView + use<> {
    let id = account.id.to_string();
    let (label, seen) = (format!("account-{id}"), hidden(Field::Seen, &id));
    let mask = account.mask.as_ref().map(Mask::as_str);
    let name = (all.choice.account)(&account.name, mask);
    let more = format!(
        "{} · {}",
        (all.choice.kind)(&account.kind),
        account.institution
    );
    view! {
        <div class="check">
            <input type="checkbox" id=label.clone() name=Field::Kept.name() value=id checked/>
            <label for=label><strong>{name}</strong><span>{more}</span></label>
            {seen}
        </div>
    }
}

fn coming(arrived: &Arrived, all: &'static Words) -> Option<impl IntoView + use<>> {
    (arrived.data == FirstData::Coming).then(|| notice(Tone::Wait, all.choice.data_coming.into()))
}

/// One refresh may be asked for while the person is here.
fn get_data(view: &SessionView, arrived: &Arrived, all: &'static Words) -> Option<AnyView> {
    let offered = arrived.data == FirstData::Coming && arrived.refresh == Refresh::Possible;
    offered.then(|| {
        view! {
            <form action=paths::refresh(view.id) method="post">
                <button class="button button-plain" type="submit">{all.choice.get_data}</button>
            </form>
        }
        .into_any()
    })
}

fn chosen(view: &SessionView, arrived: &Arrived, all: &'static Words) -> Page {
    let words = &all.choice;
    let kept = arrived
        .accounts
        .iter()
        .filter(|account| account.state == AccountState::Kept);
    let title = match kept.count() {
        0 => words.nothing_kept.into(),
        count => (words.done)(&view.institution.name, count),
    };
    let rows = arrived.accounts.iter().map(|account| {
        let mask = account.mask.as_ref().map(Mask::as_str);
        let (tone, state) = match account.state {
            AccountState::Kept => (Tone::Fine, words.kept),
            AccountState::Removing => (Tone::Wait, words.removing),
            AccountState::Removed => (Tone::Ended, words.removed),
            AccountState::Undecided => (Tone::Act, words.undecided),
        };
        view! {
            <li class="row">
                <span class="row-text">
                    <strong>{(words.account)(&account.name, mask)}</strong>
                    <span>{(words.kind)(&account.kind)}</span>
                </span>
                {badge(tone, state)}
            </li>
        }
    });
    let rows = rows.collect_view();
    let main = view! {
        {head(view, &title)}
        <p class="lead">{words.done_lead}</p>
        {coming(arrived, all)}
        <ul class="rows">{rows}</ul>
        <div class="actions">
            <a class="button" href=paths::CONNECTIONS>{words.all}</a>
            <a class="button button-plain" href=paths::CONNECT>{words.connect_more}</a>
            {get_data(view, arrived, all)}
        </div>
    };
    Page::new(title, main)
}

fn ended(view: &SessionView, all: &'static Words) -> Page {
    let words = &all.visit;
    let name = &view.institution.name;
    let (title, text) = match view.stage {
        Stage::Failed(cause) => (
            (words.failed)(name, cause),
            (words.failed_text)(name, cause),
        ),
        Stage::Expired => (words.expired_title.into(), words.expired_text.into()),
        Stage::SettingUp => ((words.setting_up)(name), words.setting_up_text.into()),
        _ => (words.left_title.into(), words.left_text.into()),
    };
    let unchanged = view.repairs.is_some() && matches!(view.stage, Stage::Left | Stage::Expired);
    let text = if unchanged {
        all.repair.unchanged.to_owned()
    } else {
        text
    };
    let again = again(view);
    let retry_text = view
        .repairs
        .map_or_else(|| (words.try_again)(name), |_| all.repair.again.into());
    let retry = |class| view! { <a class=class href=again>{retry_text}</a> };
    let look = || {
        view! {
            <form action=paths::look(view.id) method="post">
                <button class="button" type="submit">{words.look_again}</button>
            </form>
        }
    };
    let plain = || {
        view! { <a class="button button-plain" href=paths::CONNECTIONS>{words.to_connections}</a> }
    };
    let list = || view! { <a class="button" href=paths::CONNECTIONS>{words.to_connections}</a> };
    let other = || view! { <a class="button button-plain" href=paths::CONNECT>{words.other}</a> };
    // What would help stands first; where trying again cannot, it is absent.
    let ways = match view.stage {
        Stage::SettingUp => view! { {look()} {plain()} }.into_any(),
        _ if view.repairs.is_some() => view! { {retry("button")} {plain()} }.into_any(),
        Stage::Failed(Cause::NothingNew) => view! { {list()} {other()} }.into_any(),
        Stage::Failed(Cause::NotSupported) => other().into_any(),
        Stage::Failed(Cause::Unproven) => {
            view! { {look()} {retry("button button-plain")} }.into_any()
        }
        _ => view! { {retry("button")} {other()} }.into_any(),
    };
    let main = view! {
        {head(view, &title)}
        <p class="lead">{text}</p>
        <div class="actions">{ways}</div>
    };
    Page::new(title, main)
}
