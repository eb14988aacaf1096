//! Campaigns of the sample world, and the pages that they fill.

use relink_app::api::campaigns::{
    About, CampaignFilter, CampaignNotice, CampaignPage, CampaignRow, CampaignState, CampaignsPage,
    Channel, CountView, Fate, Followed, NewCampaign, Settled, TargetFilter, TargetRow, TargetStep,
};
use relink_app::api::forms::{Field, Flash, Form, Notice};
use relink_app::api::funnels::{Funnel, FunnelFilter};
use relink_app::api::health::{Cause, Share};
use relink_app::api::ids::{CampaignRef, ConnectionRef, InstitutionId};
use relink_app::api::visit::Visit;
use relink_app::words::Language;

use crate::pages::render;
use crate::sample::{visit, when, world};

const LIST: &str = "/admin/campaigns";
const NEW: &str = "/admin/campaigns/new";
const BANK: &str = "FinBank Profiles - A";

/// The page of the campaign with this number.
fn path(number: u128) -> String {
    format!("{LIST}/{}", CampaignRef::new(number))
}

fn row(number: u128, state: CampaignState) -> CampaignRow {
    let about = About {
        institutions: vec![BANK.into(), "Chase".into()],
        codes: vec![(103, Cause::Credentials), (185, Cause::SecondFactor)],
        days: (3, Some(90)),
        language: Some("es".to_owned()),
        channel: Channel::Letter,
        told_days: 7,
    };
    let anybody = About {
        institutions: Vec::new(),
        days: (0, None),
        language: None,
        channel: Channel::Text,
        told_days: 0,
        ..about.clone()
    };
    CampaignRow {
        id: CampaignRef::new(number),
        about: if number == 2 { anybody } else { about },
        state,
        made: when(),
        maker: "root@example.com".into(),
        targets: 1_204,
        sent: 1_100,
        proven: 412,
    }
}

pub(crate) fn list(filter: CampaignFilter) -> Option<CampaignsPage> {
    let states = CampaignState::ALL.iter().copied();
    let rows = states.zip(1..).map(|(state, number)| row(number, state));
    match filter.before.map(CampaignRef::get) {
        None => Some(CampaignsPage {
            rows: rows.collect(),
            earlier: Some(filter.path()),
            may_act: true,
        }),
        Some(1) => Some(CampaignsPage {
            rows: Vec::new(),
            earlier: None,
            may_act: false,
        }),
        Some(_) => None,
    }
}

fn targets() -> Vec<TargetRow> {
    let one = |fate, settled| TargetRow {
        connection: ConnectionRef::new(11),
        institution: BANK.into(),
        customer: (fate != Fate::NoAccess).then(|| "6001".into()),
        fate,
        ended: Some(when()),
        steps: [Some(when()), Some(when()), None],
        settled,
    };
    let sent = Settled::ALL
        .iter()
        .map(|how| one(Fate::Sent, Some((when(), *how))));
    sent.chain(Fate::ALL.iter().map(|fate| one(*fate, None)))
        .collect()
}

fn followed() -> Vec<Followed> {
    let numbers = [700, 500, 450, 412, 30, 4, 1];
    let steps = TargetStep::ALL.iter().zip(numbers);
    let one = |(step, number): (&TargetStep, u32)| Followed {
        step: *step,
        number,
        share: Share {
            permille: (*step != TargetStep::Gone).then_some(409),
            sample: 1_100,
        },
    };
    steps.map(one).collect()
}

pub(crate) fn one(id: CampaignRef, filter: TargetFilter) -> Option<CampaignPage> {
    let number = usize::try_from(id.get()).ok()?;
    let state = *CampaignState::ALL.get(number.checked_sub(1)?)?;
    let left = Fate::ALL.iter().skip(6).map(|fate| (*fate, 12));
    Some(CampaignPage {
        row: row(id.get(), state),
        count: CountView {
            at: when(),
            done: filter.fate.is_none(),
            write: 1_204,
            left_out: left.collect(),
        },
        sent: Some((when(), "root@example.com".into())),
        stopped: (state == CampaignState::Stopped).then(when),
        ended: (state == CampaignState::Done).then(when),
        fates: Fate::ALL.iter().map(|fate| (*fate, 66)).collect(),
        followed: followed(),
        funnel: FunnelFilter::of(Funnel::Repair),
        took: (state == CampaignState::Done).then_some((61, 3_000)),
        targets: if filter.fate == Some(Fate::Full) {
            Vec::new()
        } else {
            targets()
        },
        next: Some(filter.path(id)),
        per_minute: 60,
        may_act: state != CampaignState::Done,
    })
}

pub(crate) fn new() -> NewCampaign {
    NewCampaign {
        institutions: vec![
            (InstitutionId::new(102_105), BANK.into(), 1_204),
            (InstitutionId::new(5), "Chase".into(), 12),
        ],
        codes: vec![(103, Cause::Credentials, 700), (948, Cause::Consent, 0)],
        texts: true,
    }
}

/// Pages of campaigns.
pub(crate) fn cases() -> Vec<(String, Visit)> {
    let plain = |name: &str, path: &str, query: &[(&str, &str)]| {
        (name.to_owned(), visit(world(), path, query))
    };
    let mut all = vec![
        plain("campaigns", LIST, &[]),
        plain(
            "campaigns-none",
            LIST,
            &[("before", &CampaignRef::new(1).to_string())],
        ),
        plain("campaign-new", NEW, &[("institution", "5")]),
        plain("campaign-counting", &path(1), &[("fate", "full")]),
        plain("campaign-empty", &path(2), &[("fate", "full")]),
        plain("campaign-step", &path(3), &[("step", "proven")]),
    ];
    for (state, number) in CampaignState::ALL.iter().zip(1..) {
        all.push(plain(
            &format!("campaign-{}", state.name()),
            &path(number),
            &[],
        ));
    }
    let (name, it) = plain("campaign-bad", NEW, &[]);
    let flash = Flash {
        form: Some(Form::Campaign),
        notice: Some(Notice::Campaign(CampaignNotice::NoDays)),
        values: vec![
            (Field::Institution, "5".into()),
            (Field::StatusCode, "948".into()),
            (Field::DaysTo, "x".into()),
        ],
        ..Flash::default()
    };
    all.push((name, Visit { flash, ..it }));
    all
}

#[test]
fn what_was_chosen_stays_chosen() {
    let (_, it) = cases().pop().unwrap();
    let (status, html) = render(it);
    assert_eq!(status, 200);
    let inputs = html.split("<input");
    let inputs = inputs.map(|input| input.split('>').next().unwrap_or_default());
    let on = |input: &&str| input.contains("checked") && input.contains("checkbox");
    let ticked: Vec<&str> = inputs.filter(on).collect();
    assert_eq!(ticked.len(), 2, "{html}");
    assert!(ticked[0].contains("value=\"5\"") && ticked[1].contains("value=\"948\""));
    assert!(html.contains("value=\"x\"") && html.contains("The days are numbers"));
}

#[test]
fn each_number_of_the_results_leads_to_its_rows() {
    let page = path(5);
    let (_, html) = render(visit(world(), &page, &[]));
    for step in TargetStep::ALL {
        let link = format!("href=\"{page}?step={}#targets\"", step.name());
        assert!(html.contains(&link), "{link} in {html}");
    }
    assert!(html.contains(&format!("href=\"{page}?fate=sent#targets\"")));
    assert!(
        html.contains("Not enough data") && html.contains("href=\"/admin/funnels?funnel=repair\"")
    );
    let (_, html) = render(visit(world(), &page, &[("step", "proven")]));
    assert!(
        html.contains(&format!("href=\"{page}/csv?step=proven\"")),
        "{html}"
    );
    let (_, html) = render(visit(world(), "/admin/funnels", &[("funnel", "repair")]));
    assert!(html.contains("A campaign tells the same"), "{html}");
}

#[test]
fn the_letter_is_shown_in_each_language_that_it_goes_out_in() {
    let (_, html) = render(visit(world(), &path(1), &[]));
    assert!(html.contains("<strong lang=\"es\">"), "{html}");
    assert!(!html.contains("<strong lang=\"fr\">") && !html.contains("<strong lang=\"en\">"));
    let (_, html) = render(visit(world(), &path(2), &[]));
    for language in Language::ALL {
        let tag = language.tag();
        assert!(html.contains(&format!("<p lang=\"{tag}\">")), "{tag}");
    }
}

#[test]
fn an_address_that_was_changed_by_hand_is_answered_with_a_way_back() {
    let (list, one) = (LIST.to_owned(), path(2));
    for (path, name, value, way) in [
        (&list, "before", "x", &list),
        (&list, "before", &*CampaignRef::new(9).to_string(), &list),
        (&one, "fate", "x", &one),
        (&one, "step", "sent", &one),
        (&one, "after", "1", &one),
        (&NEW.to_owned(), "code", "0", &NEW.to_owned()),
    ] {
        let (status, html) = render(visit(world(), path, &[(name, value)]));
        assert_eq!(status, 400, "{path} {name}");
        assert!(html.contains(&format!("href=\"{way}\"")), "{path} {name}");
    }
    assert_eq!(render(visit(world(), &path(9), &[])).0, 404);
}

#[test]
fn only_an_admin_makes_sends_and_stops() {
    let viewer = |path: &str| Visit {
        keeper: None,
        helper: None,
        ..visit(world(), path, &[])
    };
    assert_eq!(render(viewer(NEW)).0, 403);
    assert_eq!(render(viewer(LIST)).0, 200);
    let (status, html) = render(viewer(&path(5)));
    assert_eq!(status, 200);
    assert!(
        !html.contains("method=\"post\" action=\"/admin"),
        "no forms where one may only look"
    );
    assert!(!html.contains("/stop\"") && !html.contains("/send\""));
}
