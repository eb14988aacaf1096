//! What admins do with campaigns.

use axum::{
    extract::{RawForm, State},
    response::Response,
};
use relink_app::{
    api::{
        campaigns::{CampaignNotice, Channel},
        forms::{Field, Form, Notice},
        ids::{CampaignRef, InstitutionId},
        paths,
    },
    words::Language as Shown,
};
use relink_engine::{
    campaigns::{BadCriteria, CampaignError, Criteria, MakeError},
    identity::{Admin, Language},
    notify::Way,
    status::Code,
};

use super::{By, Fields, Mistakes};
use crate::{
    http::{App, At, pages},
    ports::campaigns::campaign_id,
};

/// What the form of a new one has, in the order of the page.
const TYPED: [Field; 8] = [
    Field::Institution,
    Field::Institutions,
    Field::StatusCode,
    Field::DaysFrom,
    Field::DaysTo,
    Field::Language,
    Field::Channel,
    Field::ToldDays,
];

/// `POST /admin/campaigns`: a draft is made; nothing is sent.
pub(super) async fn make(State(app): State<App>, by: By<Admin>, RawForm(raw): RawForm) -> Response {
    let fields = Fields::of(&raw);
    let made = match criteria(&fields) {
        Ok(criteria) => {
            let (desk, client) = (&app.helping.campaigns, by.asking.client());
            desk.make(&by.person, &client, criteria).await
        }
        Err(bad) => Err(bad.into()),
    };
    let notice = match made {
        Ok(id) => {
            let page = paths::campaign(CampaignRef::new(id.0.as_u128()));
            return by.tell(&page, Notice::Campaign(CampaignNotice::Made)).await;
        }
        Err(MakeError::Criteria(bad)) => Notice::Campaign(match bad {
            BadCriteria::Codes => CampaignNotice::NoCodes,
            BadCriteria::Institutions => CampaignNotice::NoInstitutions,
            BadCriteria::Days => CampaignNotice::NoDays,
            BadCriteria::NoTexts => CampaignNotice::NoTexts,
        }),
        Err(MakeError::Store(error)) => by.internal(&error),
    };
    let mut mistakes = Mistakes::of(Form::Campaign).because(notice);
    for field in TYPED {
        for value in fields.all(field).take(40) {
            mistakes = mistakes.typed(field, value);
        }
    }
    mistakes.at_page(&by.session, paths::CAMPAIGN_NEW).await
}

/// What was typed, as far as it can be read.
fn criteria(fields: &Fields) -> Result<Criteria, BadCriteria> {
    let others = fields.one(Field::Institutions).split([' ', ',', ';']);
    let places = fields.all(Field::Institution).chain(others);
    let places = places.map(str::trim).filter(|text| !text.is_empty());
    let place = |text: &str| {
        let id = text.parse::<InstitutionId>().ok()?;
        i64::try_from(id.get()).ok()
    };
    let institutions: Option<Vec<i64>> = places.map(place).collect();
    let codes = fields.all(Field::StatusCode);
    let codes: Result<Vec<i64>, _> = codes.map(str::parse).collect();
    let days = |field, empty| match fields.one(field).trim() {
        "" => Ok(empty),
        text => text.parse().map(Some).map_err(|_| BadCriteria::Days),
    };
    let language = Shown::of_tag(fields.one(Field::Language));
    Ok(Criteria {
        institutions: institutions.ok_or(BadCriteria::Institutions)?,
        codes: codes
            .map_err(|_| BadCriteria::Codes)?
            .into_iter()
            .map(Code::new)
            .collect(),
        days_from: days(Field::DaysFrom, Some(0))?.unwrap_or_default(),
        days_to: days(Field::DaysTo, None)?,
        language: language.and_then(|one| Language::parse(one.tag()).ok()),
        way: if fields.one(Field::Channel) == Channel::Text.name() {
            Way::Sms
        } else {
            Way::Email
        },
        told_days: days(Field::ToldDays, Some(0))?.unwrap_or_default(),
    })
}

/// `POST /admin/campaigns/{campaign}/count`
pub(super) async fn count(
    State(app): State<App>,
    by: By<Admin>,
    At(campaign): At<CampaignRef>,
) -> Response {
    let desk = &app.helping.campaigns;
    let done = desk.count_again(&by.person, campaign_id(campaign)).await;
    ended(&app, &by, campaign, done, CampaignNotice::Counted).await
}

/// `POST /admin/campaigns/{campaign}/send`
pub(super) async fn send(
    State(app): State<App>,
    by: By<Admin>,
    At(campaign): At<CampaignRef>,
    RawForm(raw): RawForm,
) -> Response {
    if Fields::of(&raw).one(Field::Looked).is_empty() {
        let notice = Notice::Campaign(CampaignNotice::NotConfirmed);
        return by.tell(&paths::campaign(campaign), notice).await;
    }
    let (desk, client) = (&app.helping.campaigns, by.asking.client());
    let done = desk.send(&by.person, &client, campaign_id(campaign)).await;
    ended(&app, &by, campaign, done, CampaignNotice::Sent).await
}

/// `POST /admin/campaigns/{campaign}/stop`
pub(super) async fn stop(
    State(app): State<App>,
    by: By<Admin>,
    At(campaign): At<CampaignRef>,
) -> Response {
    let (desk, client) = (&app.helping.campaigns, by.asking.client());
    let done = desk.stop(&by.person, &client, campaign_id(campaign)).await;
    ended(&app, &by, campaign, done, CampaignNotice::Stopped).await
}

async fn ended(
    app: &App,
    by: &By<Admin>,
    campaign: CampaignRef,
    done: Result<(), CampaignError>,
    notice: CampaignNotice,
) -> Response {
    let notice = match done {
        Ok(()) => Notice::Campaign(notice),
        Err(CampaignError::NotFound) => return pages::not_found(app, &by.asking),
        Err(CampaignError::Sent) => Notice::Campaign(CampaignNotice::AlreadySent),
        Err(CampaignError::Over) => Notice::Campaign(CampaignNotice::Over),
        Err(CampaignError::NotCounted) => Notice::Campaign(CampaignNotice::NotCounted),
        Err(CampaignError::OldCount) => Notice::Campaign(CampaignNotice::OldCount),
        Err(CampaignError::Nobody) => Notice::Campaign(CampaignNotice::Nobody),
        Err(CampaignError::Store(error)) => by.internal(&error),
    };
    by.tell(&paths::campaign(campaign), notice).await
}
