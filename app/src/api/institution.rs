//! One institution, read anew for the confirm page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::connections::ConnectionCard;
use super::ids::InstitutionId;
use super::refusal::{Fault, refusal};
use super::search::Hit;
use super::shared::Outage;

/// What a person is told before connecting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionPage {
    /// Name, what tells twins apart, availability.
    pub hit: Hit,
    /// Mastercard's `specialText`: a hint about signing in.
    pub special_text: Option<String>,
    /// What to do at the institution's own site (OAuth).
    pub instructions: Option<Instructions>,
    /// The institution's own pages, each `https`, checked by the server.
    pub links: Links,
    /// The institution's telephone number.
    pub phone: Option<String>,
    /// This person's connections there.
    pub existing: Vec<ConnectionCard>,
    /// An outage there, as our own readings or its own word say.
    pub outage: Option<Outage>,
    /// How people fared who tried lately, where (nearly) none got through.
    pub hopeless: Option<Record>,
    /// The operator's texts.
    pub consent: Consent,
}

/// How people fared who tried to connect in the last 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How many tried.
    pub tried: u32,
    /// How many of them connected.
    pub connected: u32,
}

/// Mastercard's `specialInstructionsTitle` and `specialInstructions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instructions {
    /// Above the list.
    pub title: Option<String>,
    /// One step each, plain text.
    pub steps: Vec<String>,
}

/// Pages of the institution.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Links {
    /// `urlHomeApp`.
    pub home: Option<String>,
    /// `urlLogonApp`.
    pub sign_in: Option<String>,
    /// `urlForgotPassword`.
    pub forgot_password: Option<String>,
    /// `urlOnlineRegistration`.
    pub register: Option<String>,
}

/// What the operator says before data is read. The receipt keeps the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which text this is; the form sends it back.
    pub version: String,
    /// What is read.
    pub reads: String,
    /// What for.
    pub why: String,
    /// For how long.
    pub how_long: String,
    /// How to stop.
    pub how_to_stop: String,
}

/// Why an institution cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InstitutionError {
    /// Mastercard does not know it (any more), or it may not be shown here.
    Gone,
    /// Mastercard does not answer.
    Upstream,
    /// As with any call.
    Fault(Fault),
}

refusal!(InstitutionError { Self::Gone => 404, Self::Upstream => 503 });

/// All that the confirm page says about an institution.
#[server(prefix = "/rpc", endpoint = "institution", input = leptos::server_fn::codec::GetUrl)]
pub async fn institution(
    /// Which.
    id: InstitutionId,
) -> Result<InstitutionPage, InstitutionError> {
    super::visit::answer(async |person| person.institutions.page(id).await).await
}
