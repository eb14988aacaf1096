//! Finding the institution.

use std::collections::BTreeSet;

use async_trait::async_trait;
use relink_app::api::{
    ids::InstitutionId,
    institution::{InstitutionError, InstitutionPage, Instructions, Links},
    search::{Availability, Found, Hit, Kind, Relation, SearchError, SignInPlace},
    visit::InstitutionsPort,
};
use relink_engine::institutions::{
    Availability as EngineAvailability, ConfirmPage, Entry, InstitutionsError, Listing, is_test,
};
use relink_mastercard::{InstitutionId as UpstreamId, model::Institution};

use super::{Desk, internal, views};

/// As many as a page shows.
const SHOWN: usize = 20;

#[async_trait]
impl InstitutionsPort for Desk {
    async fn popular(&self) -> Result<Vec<Hit>, SearchError> {
        let connected = self.connected().await;
        let popular = self.app.institutions.popular();
        Ok(popular
            .iter()
            .map(|listing| hit(listing, &connected))
            .collect())
    }

    async fn search(&self, term: &str) -> Result<Found, SearchError> {
        if term.trim().is_empty() {
            return Ok(Found::default());
        }
        let found = self.app.institutions.search(term, SHOWN).await;
        let found = found.map_err(|error| SearchError::Fault(internal(&self.asking, &error)))?;
        if found.hits.is_empty() && found.copied_at.is_none() {
            return Err(SearchError::NoDirectory);
        }
        let connected = self.connected().await;
        Ok(Found {
            hits: found
                .hits
                .iter()
                .map(|found| hit(&found.listing, &connected))
                .collect(),
            total: u32::try_from(found.total).unwrap_or(u32::MAX),
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
        let cards = self.app.connections.overview(&self.person).await;
        let cards =
            cards.map_err(|error| InstitutionError::Fault(internal(&self.asking, &error)))?;
        let existing: Vec<_> = cards
            .iter()
            .filter(|card| card.connection.institution == found.institution.id)
            .map(views::card)
            .collect();
        Ok(self.institution_page(&found, existing))
    }
}

impl Desk {
    /// Where the person is connected; a search without this mark is better
    /// than none.
    async fn connected(&self) -> BTreeSet<UpstreamId> {
        match self.app.connections.overview(&self.person).await {
            Ok(cards) => cards
                .iter()
                .map(|card| card.connection.institution)
                .collect(),
            Err(error) => {
                tracing::warn!(
                    error = crate::http::chain(&error),
                    "connections could not be marked"
                );
                BTreeSet::new()
            }
        }
    }

    fn institution_page(
        &self,
        found: &ConfirmPage,
        existing: Vec<relink_app::api::connections::ConnectionCard>,
    ) -> InstitutionPage {
        let institution = &found.institution;
        let listing = Entry::from(institution).listing(found.availability);
        let connected: BTreeSet<UpstreamId> = if existing.is_empty() {
            BTreeSet::new()
        } else {
            [institution.id].into()
        };
        InstitutionPage {
            hit: hit(&listing, &connected),
            special_text: institution
                .special_text
                .clone()
                .filter(|text| !text.trim().is_empty()),
            instructions: instructions(institution),
            links: Links {
                home: https(institution.url_home_app.as_deref()),
                sign_in: https(institution.url_logon_app.as_deref()),
                forgot_password: https(institution.url_forgot_password.as_deref()),
                register: https(institution.url_online_registration.as_deref()),
            },
            phone: institution
                .phone
                .clone()
                .filter(|phone| !phone.trim().is_empty()),
            existing,
            consent: self.app.texts.consent.clone(),
        }
    }
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

/// Links of others' data lead to https or nowhere.
fn https(url: Option<&str>) -> Option<String> {
    let url: url::Url = url?.parse().ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| url.to_string())
}

fn hit(listing: &Listing, connected: &BTreeSet<UpstreamId>) -> Hit {
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
            EngineAvailability::Open => Availability::Open,
            EngineAvailability::Maintenance => Availability::Maintenance,
            EngineAvailability::Unavailable { reason } => {
                Availability::Unavailable(views::unavailable(reason))
            }
        },
        relation: if connected.contains(&listing.id) {
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
