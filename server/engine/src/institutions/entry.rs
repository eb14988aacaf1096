//! An institution as the index takes it in, and as it gives it out.

use relink_mastercard::InstitutionId;
use relink_mastercard::model::{CountryCode, Institution, InstitutionStatus, Products};
use serde::Deserialize;

use super::{host::Host, policy::Availability, query};

/// What the index needs to know of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Mastercard's id.
    pub id: InstitutionId,
    /// The name to show.
    pub name: String,
    /// The connection name, where it differs.
    pub connection_name: Option<String>,
    /// Other names that came with it.
    pub aliases: Vec<String>,
    /// Home page.
    pub home: Option<String>,
    /// Sign-in page.
    pub logon: Option<String>,
    /// City and state, as far as they are known.
    pub place: Option<String>,
    /// The country, where it is known.
    pub country: Option<CountryCode>,
    /// For instance "Banking" or "Workplace Retirement".
    pub kind: Option<String>,
    /// Whether one signs in at the institution's own site.
    pub oauth: bool,
    /// What takes its place: the OAuth twin first, then the replacement.
    pub successors: Vec<InstitutionId>,
    /// Mastercard's status.
    pub status: InstitutionStatus,
    /// What it is certified for.
    pub products: Products,
    /// Routing numbers that lead to it.
    pub routing_numbers: Vec<u32>,
    /// Whether it has a picture.
    pub pictured: bool,
}

/// The institution, and those its accounts may show up under once it has moved.
pub(crate) fn with_successors(institution: &Institution) -> Vec<InstitutionId> {
    let mut all = vec![institution.id];
    all.extend(institution.oauth_institution_id);
    all.extend(institution.new_institution_id);
    all.dedup();
    all
}

impl From<&Institution> for Entry {
    fn from(from: &Institution) -> Self {
        let name = from.shown_name();
        let other = (from.name != name && !from.name.is_empty()).then(|| from.name.clone());
        let successors = [from.oauth_institution_id, from.new_institution_id];
        Self {
            id: from.id,
            name: name.to_owned(),
            connection_name: other,
            aliases: Vec::new(),
            home: from.url_home_app.clone(),
            logon: from.url_logon_app.clone(),
            place: place(from),
            country: country(from),
            kind: from.account_type_description.clone(),
            oauth: from.oauth_enabled,
            successors: successors
                .into_iter()
                .flatten()
                .filter(|id| *id != from.id)
                .collect(),
            status: from.status.clone(),
            products: from.products,
            routing_numbers: Vec::new(),
            pictured: from
                .branding
                .as_ref()
                .is_some_and(|branding| branding.icon.is_some()),
        }
    }
}

fn place(from: &Institution) -> Option<String> {
    let address = from.address.as_ref()?;
    let parts = [&address.city, &address.state];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The address's country, else what the currency tells. The description allows
/// two and three letters.
fn country(from: &Institution) -> Option<CountryCode> {
    let written = from
        .address
        .as_ref()
        .and_then(|address| address.country.as_deref())
        .unwrap_or("");
    let two = match written.trim().to_ascii_uppercase().as_str() {
        "USA" => "us".to_owned(),
        "CAN" => "ca".to_owned(),
        "" => match from.currency.as_deref() {
            Some("USD") => "us".to_owned(),
            Some("CAD") => "ca".to_owned(),
            _ => return None,
        },
        other => other.to_owned(),
    };
    CountryCode::parse(&two).ok()
}

/// One line of a directory file: an institution object with, optionally,
/// `routingNumbers` and `aliases`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryLine {
    #[serde(flatten)]
    institution: Institution,
    #[serde(default)]
    routing_numbers: Vec<Digits>,
    #[serde(default)]
    aliases: Vec<String>,
}

/// A routing number, as text or as a number without its leading noughts.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Digits {
    Text(String),
    Number(u32),
}

impl From<DirectoryLine> for Entry {
    fn from(line: DirectoryLine) -> Self {
        let mut entry = Self::from(&line.institution);
        entry.aliases = line.aliases;
        entry.routing_numbers = line
            .routing_numbers
            .into_iter()
            .filter_map(|digits| match digits {
                Digits::Text(text) => query::routing_number(&text),
                Digits::Number(number) => Some(number),
            })
            .collect();
        entry
    }
}

/// An institution as a search shows it: what one needs to recognise it, and
/// what tells twins apart (host, place, kind).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Mastercard's id.
    pub id: InstitutionId,
    /// The name to show.
    pub name: Box<str>,
    /// The host of its home page, else of its sign-in page.
    pub host: Option<Box<str>>,
    /// City and state.
    pub place: Option<Box<str>>,
    /// For instance "Banking".
    pub kind: Option<Box<str>>,
    /// Whether one signs in at the institution's own site.
    pub oauth: bool,
    /// Whether it can be chosen, and if not, why.
    pub availability: Availability,
    /// Whether it has a picture of its own.
    pub pictured: bool,
}

impl Entry {
    /// As a search shows it.
    pub fn listing(&self, availability: Availability) -> Listing {
        let host = |url: &Option<String>| url.as_deref().and_then(Host::parse);
        Listing {
            id: self.id,
            name: self.name.as_str().into(),
            host: host(&self.home)
                .or_else(|| host(&self.logon))
                .map(|host| host.shown().into()),
            place: self.place.as_deref().map(Into::into),
            kind: self.kind.as_deref().map(Into::into),
            oauth: self.oauth,
            availability,
            pictured: self.pictured,
        }
    }
}
