//! A visit with something in it, for every page.

use std::sync::Arc;

use relink_app::api::account::{Address, PersonView};
use relink_app::api::accounts::{AccountRow, AccountState};
use relink_app::api::admin::Upstream;
use relink_app::api::connect::{Arrived, Choice, FirstData, Refresh, Stage, Unanswered, Window};
use relink_app::api::connections::ConnectionCard;
use relink_app::api::forms::Flash;
use relink_app::api::ids::{AccountRef, ConnectionRef, InstitutionId};
use relink_app::api::institution::{
    Consent, InstitutionError, InstitutionPage, Instructions, Links,
};
use relink_app::api::notices::{NoticeSettings, NoticeView, PhoneView};
use relink_app::api::search::{Availability, Hit, Kind, Relation, SignInPlace, Unavailable};
use relink_app::api::shared::{Mask, Reference, When};
use relink_app::api::site::{
    Assets, Environment, Help, Renewal, RepairEntry, SignUpPolicy, SiteFacts,
};
use relink_app::api::visit::{Browser, Person, Visit};
use relink_app::words::Language;

use crate::cards::cards;
use crate::notices::{notices, settings};

/// What the ports of this test answer.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) stage: Stage,
    pub(crate) cards: Vec<ConnectionCard>,
    pub(crate) page: Result<InstitutionPage, InstitutionError>,
    pub(crate) upstream: Upstream,
    pub(crate) notices: Vec<NoticeView>,
    pub(crate) settings: NoticeSettings,
    /// Whether a second step is being set up.
    pub(crate) pending: bool,
}

pub(crate) fn world() -> World {
    World {
        stage: Stage::Connected(arrived(Choice::Open(Some(Unanswered::Kept(when()))))),
        cards: cards(),
        page: Ok(institution(SignInPlace::OwnSite)),
        upstream: Upstream::Fine { last: Some(when()) },
        notices: notices(),
        settings: settings(Some(PhoneView::default())),
        pending: false,
    }
}

pub(crate) fn when() -> When {
    When {
        iso: "2026-11-18T07:10:00Z".into(),
        text: "Wed 18 Nov, 2:10 am".into(),
    }
}

pub(crate) fn site() -> SiteFacts {
    SiteFacts {
        product: "Relink".into(),
        operator: Some("Example Credit Desk".into()),
        help: Some(Help::Email("help@example.com".into())),
        privacy_url: Some("https://example.com/privacy".into()),
        sign_up: SignUpPolicy::Open,
        environment: Environment::Sandbox,
        window: Window::Redirect,
        repair_entry: RepairEntry::Both,
        renewal: Renewal::Explained,
        assets: Assets {
            css: "/pkg/relink-0.css".into(),
            js: "/pkg/relink-0.js".into(),
            wasm: "/pkg/relink-0.wasm".into(),
            sdk: Some("/pkg/connect-sdk-0.js".into()),
        },
    }
}

pub(crate) fn visit(world: World, path: &str, query: &[(&str, &str)]) -> Visit {
    let world = Arc::new(world);
    let person = Person {
        view: PersonView {
            email: "ada@example.com".into(),
            address: Address::Confirmed,
        },
        institutions: world.clone(),
        connecting: world.clone(),
        connections: world.clone(),
        account: world.clone(),
        factor: world.clone(),
        notices: world.clone(),
    };
    Visit {
        person: Some(person),
        links: Some(world.clone()),
        admin: Some(world.clone()),
        helper: Some(world.clone()),
        keeper: Some(world),
        owed: None,
        site: Arc::new(site()),
        flash: Flash::default(),
        nonce: "n0nce".into(),
        language: Language::English,
        path: path.into(),
        query: query
            .iter()
            .map(|(key, value)| ((*key).into(), (*value).into()))
            .collect(),
        reference: Reference::new("7f3a-22"),
        browser: Browser::Ordinary,
    }
}

pub(crate) fn hit(id: u64, name: &str, host: &str, kind: Kind) -> Hit {
    Hit {
        id: InstitutionId::new(id),
        name: name.into(),
        host: Some(host.into()),
        place: None,
        kind: Some(kind),
        sign_in: SignInPlace::DataConnect,
        availability: Availability::Open,
        relation: Relation::New,
    }
}

pub(crate) fn hits() -> Vec<Hit> {
    let federal = |id, host, place: &str| Hit {
        place: Some(place.into()),
        ..hit(id, "First Federal Credit Union", host, Kind::CreditUnion)
    };
    vec![
        Hit {
            relation: Relation::Connected,
            ..federal(1, "firstfederal.org", "Cedar Rapids, IA")
        },
        Hit {
            availability: Availability::Troubled,
            ..federal(2, "ffcu.com", "Boise, ID")
        },
        Hit {
            sign_in: SignInPlace::OwnSite,
            ..hit(
                3,
                "First Federal Bank & Trust of the Northern Lakes",
                "ffbt.com",
                Kind::Bank,
            )
        },
        Hit {
            availability: Availability::Maintenance,
            ..hit(
                4,
                "First Fed Card Services",
                "firstfedcards.com",
                Kind::Cards,
            )
        },
        Hit {
            availability: Availability::Unavailable(Unavailable::Offline),
            ..hit(5, "Federal First Savings", "fedfirst.com", Kind::Bank)
        },
    ]
}

pub(crate) fn institution(sign_in: SignInPlace) -> InstitutionPage {
    InstitutionPage {
        hit: Hit {
            sign_in,
            ..hit(102_105, "FinBank Profiles - A", "finbank.com", Kind::Bank)
        },
        special_text: Some("Use the user name of your online banking, not your e-mail.".into()),
        instructions: Some(Instructions {
            title: Some("On the page of FinBank".into()),
            steps: vec![
                "Tick every account that you want to connect.".into(),
                "Tick “Account details” as well.".into(),
            ],
        }),
        links: Links {
            home: Some("https://finbank.com".into()),
            forgot_password: Some("https://finbank.com/forgot".into()),
            ..Links::default()
        },
        phone: Some("1-800-555-0100".into()),
        existing: cards().into_iter().take(1).collect(),
        outage: None,
        hopeless: None,
        consent: Consent {
            version: "2026-10".into(),
            reads: "The names, types and last four digits of your accounts, and whether they can \
                    be read."
                .into(),
            why: "To see that the connection stays in order.".into(),
            how_long: "Until you stop it, at most 12 months.".into(),
            how_to_stop: "Here, on the page of your connections, at any time.".into(),
        },
    }
}

pub(crate) fn rows() -> Vec<AccountRow> {
    let row = |id, name: &str, kind: &str, mask: &str, state| AccountRow {
        id: AccountRef::new(id),
        institution: "FinBank Profiles - A".into(),
        name: name.into(),
        kind: kind.into(),
        mask: Mask::of(mask),
        state,
    };
    vec![
        row(
            1,
            "Everyday Checking",
            "checking",
            "4821",
            AccountState::Kept,
        ),
        row(2, "Savings", "savings", "9034", AccountState::Kept),
        row(
            3,
            "Platinum Rewards Visa Signature",
            "creditCard",
            "1177",
            AccountState::Removing,
        ),
    ]
}

pub(crate) fn arrived(choice: Choice) -> Arrived {
    Arrived {
        connection: ConnectionRef::new(9),
        accounts: rows(),
        choice,
        data: FirstData::Coming,
        refresh: Refresh::Possible,
    }
}
