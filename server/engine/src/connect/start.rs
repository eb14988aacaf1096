//! From the click to the link.

use std::collections::BTreeMap;

use relink_mastercard::{
    Cause, Error,
    model::{
        ConnectLink, ConnectOptions, Institution, Language, LiteRequest, SimpleAccount, Webhook,
    },
};
use url::Url;

use super::{
    Connect,
    session::{Facts, LinkRefused},
};
use crate::{
    identity::SignedIn,
    ids::{ConnectSessionId, ReceiptId},
    institutions::with_successors,
    store::{
        StoreError,
        connect_sessions::{ConnectSession, Receipt},
    },
};

/// What the person was told before the click.
#[derive(Debug, Clone)]
pub struct Consent {
    /// The version of the operator's text.
    pub text_version: String,
    /// The language it was shown in; Data Connect is asked for the same.
    pub language: Language,
}

/// A visit that may begin.
#[derive(Debug)]
pub struct Started {
    /// Our visit.
    pub session: ConnectSessionId,
    /// The link, for the person's browser and nothing else.
    pub link: ConnectLink,
    /// Where Data Connect sends the browser afterwards.
    pub return_url: Url,
}

/// Why a visit cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Mastercard could not reach our webhook and makes no link then.
    #[error("Mastercard could not reach our webhook")]
    WebhookUnreachable(#[source] Error),
    /// Mastercard is away, slow, or refuses.
    #[error("Mastercard gave no link")]
    Upstream(#[from] Error),
    /// The username is taken and cannot be found: never make another silently.
    #[error("the customer's username is taken and cannot be found")]
    CustomerLost,
    /// The user was erased meanwhile.
    #[error("the user was erased")]
    Erased,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Connect {
    /// Makes the link for one visit at `institution`, which the caller has just
    /// read anew and found open.
    pub async fn start(
        &self,
        person: &SignedIn,
        institution: &Institution,
        consent: &Consent,
    ) -> Result<Started, StartError> {
        let customer = self.customer_of(person.user()).await?;
        let before = self.upstream.accounts(&customer).await?;
        let now = self.clock.now();
        let session = ConnectSession {
            id: ConnectSessionId(self.random.id(now)),
            user: person.user(),
            customer,
            institution: institution.id,
            institution_name: institution.shown_name().to_owned(),
            institutions: with_successors(institution),
            reference: self.random.token(),
            facts: facts_before(institution, &before),
            created: now,
            refreshed: None,
            repairs: None,
            language: consent.language.code().to_owned(),
        };
        let receipt = Receipt {
            id: ReceiptId(self.random.id(now)),
            text_version: consent.text_version.clone(),
            language: consent.language.code().to_owned(),
        };
        let mut unit = self.store.write().await?;
        unit.insert_connect_session(&session).await?;
        unit.insert_receipt(&session, &receipt).await?;
        unit.save().await?;

        let return_url = self.address("connect/return", &session.reference);
        let request = LiteRequest {
            customer: session.customer.clone(),
            institution: institution.id,
            options: self.options(&session.reference, &return_url, consent.language),
        };
        let made = self.upstream.generate_lite(&request).await;
        self.note_link(&session, made.as_ref().map(|_| ())).await?;
        match made {
            Ok(link) => Ok(Started {
                session: session.id,
                link,
                return_url,
            }),
            Err(error) if matches!(error.cause, Cause::LinkRefusedByWebhook { .. }) => {
                Err(StartError::WebhookUnreachable(error))
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn options(
        &self,
        reference: &str,
        return_url: &Url,
        language: Language,
    ) -> ConnectOptions {
        ConnectOptions {
            redirect_uri: Some(return_url.clone()),
            webhook: self.settings.webhook.then(|| Webhook {
                url: self.address("webhooks/mastercard", reference),
                data: BTreeMap::new(),
                headers: BTreeMap::new(),
            }),
            language,
            experience: self.settings.experience.clone(),
            // The experience decides; a link that was opened and left by
            // mistake may be opened again within its two hours.
            single_use: None,
        }
    }

    pub(crate) fn address(&self, path: &str, reference: &str) -> Url {
        let mut url = self.settings.public_url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}/{reference}"));
        url
    }

    pub(crate) async fn note_link(
        &self,
        session: &ConnectSession,
        made: Result<(), &Error>,
    ) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        let mut session = unit.lock_connect_session(session.id).await?;
        let now = self.clock.now();
        match made {
            Ok(()) => session.facts.link_made = Some(now),
            Err(error) => session.facts.link_refused = Some(refusal(error)),
        }
        unit.set_facts(&session).await?;
        self.queue_reading(&mut unit, &session, now).await?;
        unit.save().await
    }
}

fn refusal(error: &Error) -> LinkRefused {
    match error.cause {
        Cause::LinkRefusedByWebhook { .. } => LinkRefused::Webhook,
        Cause::Rejected { .. } | Cause::Aggregation { .. } => LinkRefused::Refused,
        _ => LinkRefused::Unreachable,
    }
}

fn facts_before(institution: &Institution, before: &[SimpleAccount]) -> Facts {
    let here = with_successors(institution);
    Facts {
        known: before.iter().map(|account| account.id.clone()).collect(),
        already_here: before
            .iter()
            .any(|account| here.contains(&account.institution_id)),
        ..Facts::default()
    }
}
