//! Finding the institution.

use std::collections::BTreeSet;

use async_trait::async_trait;
use relink_app::api::{
    connections::{ConnectionCard, Way},
    ids::InstitutionId,
    institution::{InstitutionError, InstitutionPage, Instructions, Links, Record},
    refusal::Fault,
    search::{Availability, Found, Hit, Kind, Relation, SearchError, SignInPlace, Typing},
    visit::InstitutionsPort,
};
use relink_engine::{
    connections::Card,
    institutions::{
        Availability as EngineAvailability, ConfirmPage, Entry, InstitutionsError, Listing, is_test,
    },
    outages::Record as EngineRecord,
    store::{StoreError, outages::Outage},
};
use relink_mastercard::{InstitutionId as UpstreamId, model::Institution};

use super::{Desk, cards, internal, views};

/// As many as a page shows.
const SHOWN: usize = 20;

#[async_trait]
impl InstitutionsPort for Desk {
    async fn popular(&self) -> Result<Vec<Hit>, SearchError> {
        let marks = self.marks().await;
        let popular = self.app.institutions.popular();
        Ok(popular.iter().map(|listing| hit(listing, &marks)).collect())
    }

    async fn search(&self, term: &str, typing: Typing) -> Result<Found, SearchError> {
        if term.trim().is_empty() {
            return Ok(Found::default());
        }
        let institutions = &self.app.institutions;
        let found = match typing {
            Typing::Ongoing => institutions.look_up(term, SHOWN),
            Typing::Done => {
                let found = institutions.search(term, SHOWN).await;
                let found =
                    found.map_err(|error| SearchError::Fault(internal(&self.asking, &error)))?;
                if found.hits.is_empty() && found.copied_at.is_none() {
                    return Err(SearchError::NoDirectory);
                }
                found
            }
        };
        let marks = self.marks().await;
        Ok(Found {
            hits: found
                .hits
                .iter()
                .map(|found| hit(&found.listing, &marks))
                .collect(),
            total: u32::try_from(found.total).unwrap_or(u32::MAX),
            poor: found.is_poor(),
        })
    }

    async fn page(&self, id: InstitutionId) -> Result<InstitutionPage, InstitutionError> {
        let id = i64::try_from(id.get())
            .map(UpstreamId::new)
            .map_err(|_| InstitutionError::Gone)?;
        let read = self
            .app
            .institutions
            .confirm(id)
            .await
            .map_err(|error| match error {
                InstitutionsError::Upstream(error) => {
                    tracing::warn!(
                        error = crate::http::chain(&error),
                        "an institution could not be read"
                    );
                    InstitutionError::Upstream
                }
                InstitutionsError::Store(error) => {
                    InstitutionError::Fault(internal(&self.asking, &error))
                }
            });
        let found = read?.ok_or(InstitutionError::Gone)?;
        let existing = self.existing(found.institution.id).await;
        let existing = existing.map_err(InstitutionError::Fault)?;
        let now = self.now_at(found.institution.id).await;
        let now = now.map_err(|error| InstitutionError::Fault(internal(&self.asking, &error)))?;
        Ok(self.institution_page(&found, existing, now))
    }
}

/// Whether a connection is at an institution, or at one that moves there.
fn is_at(card: &Card, id: UpstreamId) -> bool {
    let moves = |institution: &Institution| {
        [
            institution.oauth_institution_id,
            institution.new_institution_id,
        ]
        .contains(&Some(id))
    };
    card.connection.institution == id || card.institution.as_ref().is_some_and(moves)
}

impl Desk {
    /// The person's connections at an institution.
    pub(super) async fn existing(&self, id: UpstreamId) -> Result<Vec<ConnectionCard>, Fault> {
        let cards = self.app.connections.overview(&self.person).await;
        let cards = cards.map_err(|error| internal(&self.asking, &error))?;
        let there = cards.iter().filter(|card| is_at(card, id));
        Ok(there
            .map(|card| cards::card(card, self.basis(), None))
            .collect())
    }

    /// Where the person is connected and where there is trouble; a search
    /// without these marks is better than none.
    async fn marks(&self) -> Marks {
        let marks = async {
            let connected = self.app.connections.institutions(&self.person).await?;
            let loaded = self.app.institutions.loaded();
            // A twin that is shown in its place stands for it.
            let shown = |id| loaded.index.listing(id).map(|listing| listing.id);
            Ok::<_, StoreError>(Marks {
                connected: connected
                    .into_iter()
                    .flat_map(|id| [Some(id), shown(id)])
                    .flatten()
                    .collect(),
                troubled: self.app.outages.institutions().await?,
            })
        };
        marks.await.unwrap_or_else(|error| {
            tracing::warn!(
                error = crate::http::chain(&error),
                "institutions could not be marked"
            );
            Marks::default()
        })
    }

    /// How it is there now.
    async fn now_at(&self, institution: UpstreamId) -> Result<Now, StoreError> {
        Ok(Now {
            outage: self.app.outages.at(institution).await?,
            hopeless: self.app.outages.hopeless(institution).await?,
        })
    }

    fn institution_page(
        &self,
        found: &ConfirmPage,
        existing: Vec<ConnectionCard>,
        now: Now,
    ) -> InstitutionPage {
        let institution = &found.institution;
        let listing = Entry::from(institution).listing(found.availability);
        let only = |is: bool| is.then_some(institution.id).into_iter().collect();
        let marks = Marks {
            connected: only(!existing.is_empty()),
            troubled: only(now.outage.is_some()),
        };
        InstitutionPage {
            hit: hit(&listing, &marks),
            special_text: institution
                .special_text
                .clone()
                .filter(|text| !text.trim().is_empty()),
            instructions: instructions(institution),
            links: Links {
                home: views::https(institution.url_home_app.as_deref()),
                sign_in: views::https(institution.url_logon_app.as_deref()),
                forgot_password: views::https(institution.url_forgot_password.as_deref()),
                register: views::https(institution.url_online_registration.as_deref()),
            },
            phone: institution
                .phone
                .clone()
                .filter(|phone| !phone.trim().is_empty()),
            outage: now.outage.map(|outage| {
                let others = outage.affected - cut_off(&existing);
                views::outage(&outage, others, self.asking.calendar)
            }),
            hopeless: now.hopeless.map(|record| Record {
                tried: record.tried,
                connected: record.connected,
            }),
            existing,
            consent: self.app.texts.consent(self.asking.language).clone(),
        }
    }
}

/// Whether the person is one of those whom an outage there cuts off: people
/// are counted, not connections.
fn cut_off(existing: &[ConnectionCard]) -> i64 {
    let troubles = existing.iter().filter_map(|card| card.trouble.as_ref());
    let mut outages = troubles.filter(|trouble| trouble.way == Way::Wait);
    i64::from(outages.any(|trouble| trouble.outage.is_some()))
}

/// What a list of institutions marks.
#[derive(Default)]
struct Marks {
    connected: BTreeSet<UpstreamId>,
    troubled: BTreeSet<UpstreamId>,
}

/// How it is at an institution now.
#[derive(Clone, Copy)]
struct Now {
    outage: Option<Outage>,
    hopeless: Option<EngineRecord>,
}

fn instructions(institution: &Institution) -> Option<Instructions> {
    let steps: Vec<String> = institution
        .special_instructions
        .iter()
        .filter(|step| !step.trim().is_empty())
        .cloned()
        .collect();
    let title = institution.special_instructions_title.clone();
    (!steps.is_empty()).then_some(Instructions { title, steps })
}

fn hit(listing: &Listing, marks: &Marks) -> Hit {
    Hit {
        id: views::institution_id(listing.id),
        name: listing.name.to_string(),
        host: listing.host.as_deref().map(str::to_owned),
        place: listing.place.as_deref().map(str::to_owned),
        kind: kind(listing),
        sign_in: if listing.oauth {
            SignInPlace::OwnSite
        } else {
            SignInPlace::DataConnect
        },
        availability: match listing.availability {
            EngineAvailability::Open if marks.troubled.contains(&listing.id) => {
                Availability::Troubled
            }
            EngineAvailability::Open => Availability::Open,
            EngineAvailability::Maintenance => Availability::Maintenance,
            EngineAvailability::Unavailable { reason } => {
                Availability::Unavailable(views::unavailable(reason))
            }
        },
        relation: if marks.connected.contains(&listing.id) {
            Relation::Connected
        } else {
            Relation::New
        },
    }
}

/// What an institution is: by Mastercard's description of its accounts, and a
/// credit union by its name, which the description calls banking like a bank.
fn kind(listing: &Listing) -> Option<Kind> {
    if is_test(listing.id, &listing.name) {
        return Some(Kind::Test);
    }
    match listing.kind.as_deref()? {
        "Banking" => {
            let union = ["Credit Union", "FCU", " CU"]
                .iter()
                .any(|mark| listing.name.contains(mark));
            Some(if union { Kind::CreditUnion } else { Kind::Bank })
        }
        "Investments" => Some(Kind::Investments),
        "Credit Cards/Accounts" => Some(Kind::Cards),
        "Workplace Retirement" => Some(Kind::Retirement),
        "Mortgages and Loans" => Some(Kind::Loans),
        "Insurance" => Some(Kind::Insurance),
        _ => None,
    }
}
