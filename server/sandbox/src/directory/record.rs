//! The institution object of the official description, and what the simulator
//! knows beside it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ids::{CountryCode, InstitutionId, Product, RoutingNumber, Status};

/// Text of a record: owned when read, borrowed from the word lists when made.
pub(super) type Text = Cow<'static, str>;

/// One institution. Serialises to `Institution` of the official description;
/// what follows `production_status` is our own, read from a file but never
/// served with the object.
///
/// Reading is lenient where the description has required members: an absent
/// flag is false, an absent status online, an absent currency US dollars, so
/// that an operator can write a directory by hand. Serving is not: every
/// required member is always there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the description has them as separate members"
)]
pub struct Institution {
    /// Institution id.
    pub id: InstitutionId,
    /// Connection name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Friendlier name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<Text>,
    /// Certified for transaction aggregation.
    #[serde(default)]
    pub trans_agg: bool,
    /// Certified for money transfer details.
    #[serde(default)]
    pub ach: bool,
    /// Certified for statements.
    #[serde(default)]
    pub state_agg: bool,
    /// Certified for verification of income.
    #[serde(default)]
    pub voi: bool,
    /// Certified for verification of assets.
    #[serde(default)]
    pub voa: bool,
    /// Certified for account history.
    #[serde(default)]
    pub aha: bool,
    /// Certified for the balance check.
    #[serde(default)]
    pub avail_balance: bool,
    /// Certified for account owner.
    #[serde(default)]
    pub account_owner: bool,
    /// Certified for student loans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_loan_data: Option<bool>,
    /// Certified for loan payment details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_payment_details: Option<bool>,
    /// Certified for liabilities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liability_data: Option<bool>,
    /// Certified for bill payments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bill_pay_data: Option<bool>,
    /// Sign-in happens at the institution.
    #[serde(default)]
    pub oauth_enabled: bool,
    /// The OAuth twin of a legacy institution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth_institution_id: Option<InstitutionId>,
    /// The replacement of a migrating institution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_institution_id: Option<InstitutionId>,
    /// Availability.
    #[serde(default)]
    pub status: Status,
    /// Currency code.
    #[serde(default = "us_dollar")]
    pub currency: Text,
    /// Banking, Investments, Credit Cards/Accounts, Workplace Retirement,
    /// Mortgages and Loans or Insurance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_type_description: Option<Text>,
    /// Institution class, for example `retirement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Text>,
    /// Home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_home_app: Option<Text>,
    /// Sign-in page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_logon_app: Option<Text>,
    /// Page for a forgotten password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_forgot_password: Option<Text>,
    /// Sign-up page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_online_registration: Option<Text>,
    /// At most 15 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// Contact address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// IANA zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Text>,
    /// Sign-in hint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_text: Option<Text>,
    /// Heading of the instructions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_instructions_title: Option<Text>,
    /// What to tick at the institution, shown before an OAuth hand-off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special_instructions: Vec<Text>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Logos and colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
    /// Beta data of the description, required on certified institutions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub production_status: Option<ProductionStatus>,
    /// Found by these under `GetInstitutionsByRoutingNumber`.
    #[serde(default, skip_serializing)]
    pub routing_numbers: Vec<RoutingNumber>,
    /// Other names that people use; carried for exports, never searched here.
    #[serde(default, skip_serializing)]
    pub aliases: Vec<Text>,
    /// Listed by `GetCertifiedInstitutions`.
    #[serde(default, skip_serializing)]
    pub certified: bool,
    /// Identifier by the Federal Reserve, at most ten digits.
    #[serde(default, skip_serializing)]
    pub rssd: Option<u64>,
    /// Institutions below this one, for `GetCertifiedInstitutionsWithRSSD`.
    #[serde(default, skip_serializing)]
    pub child_institutions: Vec<ChildInstitution>,
}

const fn us_dollar() -> Text {
    Cow::Borrowed("USD")
}

impl Institution {
    /// A record with nothing but its id and names: no product, online, dollars.
    pub(super) fn bare(id: InstitutionId, name: Text) -> Self {
        Self {
            id,
            name: Some(name),
            display_name: None,
            trans_agg: false,
            ach: false,
            state_agg: false,
            voi: false,
            voa: false,
            aha: false,
            avail_balance: false,
            account_owner: false,
            student_loan_data: None,
            loan_payment_details: None,
            liability_data: None,
            bill_pay_data: None,
            oauth_enabled: false,
            oauth_institution_id: None,
            new_institution_id: None,
            status: Status::Online,
            currency: us_dollar(),
            account_type_description: None,
            class: None,
            url_home_app: None,
            url_logon_app: None,
            url_forgot_password: None,
            url_online_registration: None,
            phone: None,
            email: None,
            time_zone: None,
            special_text: None,
            special_instructions_title: None,
            special_instructions: Vec::new(),
            address: None,
            branding: None,
            production_status: None,
            routing_numbers: Vec::new(),
            aliases: Vec::new(),
            certified: false,
            rssd: None,
            child_institutions: Vec::new(),
        }
    }

    /// The name to show and to search: the friendlier one where there is one.
    pub fn shown_name(&self) -> &str {
        self.display_name
            .as_deref()
            .or(self.name.as_deref())
            .unwrap_or_default()
    }

    /// Whether it is certified for `product`.
    pub fn offers(&self, product: Product) -> bool {
        match product {
            Product::TransAgg => self.trans_agg,
            Product::Ach => self.ach,
            Product::StateAgg => self.state_agg,
            Product::Voi => self.voi,
            Product::Voa => self.voa,
            Product::Aha => self.aha,
            Product::AvailBalance => self.avail_balance,
            Product::AccountOwner => self.account_owner,
        }
    }

    /// The country of its address, the United States when it has none.
    pub fn country(&self) -> CountryCode {
        let written = self.address.as_ref().and_then(|a| a.country.as_deref());
        written
            .and_then(|code| code.parse().ok())
            .unwrap_or(CountryCode::US)
    }
}

/// `InstitutionAddress` of the description.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    /// Street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line1: Option<Text>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<Text>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<Text>,
    /// State, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Text>,
    /// ZIP code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Text>,
    /// Country, two letters here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Text>,
}

/// `Branding` of the description. The logos are served by the simulator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Branding {
    /// For light backgrounds, 375 by 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Text>,
    /// For coloured backgrounds, 375 by 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate_logo: Option<Text>,
    /// For search results, 40 by 40.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Text>,
    /// For popular institutions, 160 by 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tile: Option<Text>,
    /// Hex colour with its number sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_color: Option<Text>,
}

impl Branding {
    /// Puts the simulator's address in the place of `placeholder`.
    pub(super) fn resolve(&mut self, placeholder: &str, origin: &str) {
        let assets = [
            &mut self.logo,
            &mut self.alternate_logo,
            &mut self.icon,
            &mut self.tile,
        ];
        for asset in assets.into_iter().flatten() {
            if let Some(path) = asset.strip_prefix(placeholder) {
                *asset = [origin, path].concat().into();
            }
        }
    }
}

/// Beta data: how well the institution, or one product of it, works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceStatus {
    /// Works.
    #[default]
    Online,
    /// Does not.
    Offline,
    /// Planned work; overall status only.
    Maintenance,
    /// Limited availability; overall status only.
    Testing,
    /// Unstable and watched.
    Investigating,
}

/// `InstitutionProductionStatus` of the description; all seven are required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductionStatus {
    /// The institution.
    pub overall_status: ServiceStatus,
    /// Transaction aggregation.
    pub trans_agg: ServiceStatus,
    /// Statements.
    pub state_agg: ServiceStatus,
    /// Verification of assets.
    pub voa: ServiceStatus,
    /// Verification of income.
    pub voi: ServiceStatus,
    /// Money transfer details.
    pub ach: ServiceStatus,
    /// Account history.
    pub aha: ServiceStatus,
}

/// `ChildInstitution` of the description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildInstitution {
    /// Identifier of the child by the Federal Reserve.
    pub rssd: u64,
    /// Identifier of its parent.
    #[serde(rename = "parentRSSD")]
    pub parent_rssd: u64,
    /// Name of the child.
    pub name: Text,
    /// The child's own institution id.
    pub institution_id: InstitutionId,
}
