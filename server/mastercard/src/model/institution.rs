//! Institutions as the directory lists them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::products::Products;
use crate::ids::InstitutionId;
use crate::wire;

/// A financial institution: what a person needs to recognise it and sign in.
/// Only the id is relied on; every other fact may be missing, because the
/// reply by routing number requires none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Institution {
    /// The id a lite link wants.
    pub id: InstitutionId,
    /// Connection name.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub name: String,
    /// The friendlier name, when there is one.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub display_name: Option<String>,
    /// What it is certified for.
    #[serde(flatten)]
    pub products: Products,
    /// Whether the person signs in at the institution's own site.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub oauth_enabled: bool,
    /// The OAuth twin of a legacy connection (meaning by its name; the
    /// description has no text on it).
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub oauth_institution_id: Option<InstitutionId>,
    /// The successor after a migration (meaning by its name; the description
    /// has no text on it).
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub new_institution_id: Option<InstitutionId>,
    /// Whether it can be reached.
    #[serde(default)]
    pub status: InstitutionStatus,
    /// Currency code.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub currency: Option<String>,
    /// For instance "Banking" or "Workplace Retirement".
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub account_type_description: Option<String>,
    /// Class, for instance "retirement".
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub class: Option<String>,
    /// Home page.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub url_home_app: Option<String>,
    /// Sign-in page.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub url_logon_app: Option<String>,
    /// Page for a forgotten password.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub url_forgot_password: Option<String>,
    /// Page to sign up for online access.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub url_online_registration: Option<String>,
    /// Telephone.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub email: Option<String>,
    /// IANA time zone.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub time_zone: Option<String>,
    /// A hint for signing in.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub special_text: Option<String>,
    /// Heading of the special instructions.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub special_instructions_title: Option<String>,
    /// What to tick at the institution; shown before an OAuth hand-off.
    #[serde(
        default,
        deserialize_with = "wire::or_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub special_instructions: Vec<String>,
    /// Postal address.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub address: Option<Address>,
    /// Pictures and colour.
    #[serde(
        default,
        deserialize_with = "wire::lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub branding: Option<Branding>,
}

impl Institution {
    /// The name to show: the friendlier one where there is one.
    pub fn shown_name(&self) -> &str {
        match self.display_name.as_deref() {
            Some(name) if !name.trim().is_empty() => name,
            _ => &self.name,
        }
    }
}

/// Whether an institution can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum InstitutionStatus {
    /// Works.
    Online,
    /// Cannot be reached; Data Connect hides it.
    Offline,
    /// Planned work.
    Maintenance,
    /// Limited availability.
    Testing,
    /// New, under observation.
    Beta,
    /// Checked, not yet online.
    Validated,
    /// Moving to another connection.
    Migrating,
    /// A status this crate does not know; empty when none was given.
    Unknown(String),
}

impl InstitutionStatus {
    /// The official name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Maintenance => "maintenance",
            Self::Testing => "testing",
            Self::Beta => "beta",
            Self::Validated => "validated",
            Self::Migrating => "migrating",
            Self::Unknown(name) => name,
        }
    }
}

impl From<String> for InstitutionStatus {
    fn from(name: String) -> Self {
        match name.as_str() {
            "online" => Self::Online,
            "offline" => Self::Offline,
            "maintenance" => Self::Maintenance,
            "testing" => Self::Testing,
            "beta" => Self::Beta,
            "validated" => Self::Validated,
            "migrating" => Self::Migrating,
            _ => Self::Unknown(name),
        }
    }
}

impl Default for InstitutionStatus {
    fn default() -> Self {
        Self::Unknown(String::new())
    }
}

impl Serialize for InstitutionStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for InstitutionStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::or_default::<D, String>(deserializer).map(Self::from)
    }
}

/// Where an institution sits; tells twins apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    /// First line.
    pub address_line1: Option<String>,
    /// Second line.
    pub address_line2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country, two or three letters.
    pub country: Option<String>,
}

/// How an institution looks. The addresses point at an outside host.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Branding {
    /// Logo for light backgrounds, drawn for 375 × 72.
    pub logo: Option<String>,
    /// Logo for coloured backgrounds, drawn for 375 × 72.
    pub alternate_logo: Option<String>,
    /// Icon for search results, drawn for 40 × 40.
    pub icon: Option<String>,
    /// Tile for popular institutions, drawn for 160 × 72.
    pub tile: Option<String>,
    /// Hex colour.
    pub primary_color: Option<String>,
}
