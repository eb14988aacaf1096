//! An institution as the operations beside the plain list show it.

use serde::Serialize;

use super::{
    ids::{InstitutionId, RoutingNumber},
    record::{ChildInstitution, Institution, ProductionStatus, ServiceStatus, Text},
};

/// A record with its extras: a line of an export.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WithExtras<'a> {
    #[serde(flatten)]
    institution: &'a Institution,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    routing_numbers: &'a [RoutingNumber],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    aliases: &'a [Text],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    certified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    rssd: Option<u64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    child_institutions: &'a [ChildInstitution],
}

impl<'a> WithExtras<'a> {
    pub(super) fn new(institution: &'a Institution) -> Self {
        Self {
            institution,
            routing_numbers: &institution.routing_numbers,
            aliases: &institution.aliases,
            certified: institution.certified,
            rssd: institution.rssd,
            child_institutions: &institution.child_institutions,
        }
    }
}

/// `CertifiedInstitution` of the official description; with `rssd` and children
/// an item of `GetCertifiedInstitutionsWithRSSD`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the description has them as separate members"
)]
pub struct CertifiedInstitution<'a> {
    id: InstitutionId,
    name: &'a str,
    trans_agg: bool,
    ach: bool,
    state_agg: bool,
    voi: bool,
    voa: bool,
    aha: bool,
    avail_balance: bool,
    account_owner: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    student_loan_data: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loan_payment_details: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    liability_data: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bill_pay_data: Option<bool>,
    oauth_enabled: bool,
    production_status: ProductionStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    rssd: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child_institutions: Option<&'a [ChildInstitution]>,
}

impl<'a> CertifiedInstitution<'a> {
    /// The item of `GetCertifiedInstitutions`; nothing for an institution that
    /// is not listed there.
    pub fn new(of: &'a Institution) -> Option<Self> {
        of.certified.then(|| Self {
            id: of.id,
            name: of.name.as_deref().unwrap_or(of.shown_name()),
            trans_agg: of.trans_agg,
            ach: of.ach,
            state_agg: of.state_agg,
            voi: of.voi,
            voa: of.voa,
            aha: of.aha,
            avail_balance: of.avail_balance,
            account_owner: of.account_owner,
            student_loan_data: of.student_loan_data,
            loan_payment_details: of.loan_payment_details,
            liability_data: of.liability_data,
            bill_pay_data: of.bill_pay_data,
            oauth_enabled: of.oauth_enabled,
            production_status: of.production_status.unwrap_or_default(),
            rssd: None,
            child_institutions: None,
        })
    }

    /// The item of `GetCertifiedInstitutionsWithRSSD`; nothing for a certified
    /// institution whose identifier is not known.
    pub fn with_rssd(of: &'a Institution) -> Option<Self> {
        let rssd = of.rssd?;
        let plain = Self::new(of)?;
        let child_institutions = Some(of.child_institutions.as_slice());
        Some(Self {
            rssd: Some(rssd),
            child_institutions,
            ..plain
        })
    }
}

/// An item of `GetInstitutionsByRoutingNumber`: the institution without its
/// `productionStatus`, with the same readings under names of their own.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoutingNumberMatch {
    #[serde(flatten)]
    institution: Institution,
    payment_initiation: bool,
    country_codes: [CountryMember; 1],
    overall_status_temp: ServiceStatus,
    #[serde(rename = "transAgg_status")]
    trans_agg: ServiceStatus,
    #[serde(rename = "voa_status")]
    voa: ServiceStatus,
    #[serde(rename = "voi_status")]
    voi: ServiceStatus,
    #[serde(rename = "stateAgg_status")]
    state_agg: ServiceStatus,
    #[serde(rename = "ach_status")]
    ach: ServiceStatus,
    #[serde(rename = "aha_status")]
    aha: ServiceStatus,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CountryMember {
    country_code: String,
}

impl RoutingNumberMatch {
    /// Takes a record of its own, so that a status laid over it is served too.
    pub fn new(mut institution: Institution) -> Self {
        let readings = institution.production_status.take().unwrap_or_default();
        Self {
            payment_initiation: institution.ach && institution.oauth_enabled,
            country_codes: [CountryMember {
                country_code: institution.country().to_string(),
            }],
            overall_status_temp: readings.overall_status,
            trans_agg: readings.trans_agg,
            voa: readings.voa,
            voi: readings.voi,
            state_agg: readings.state_agg,
            ach: readings.ach,
            aha: readings.aha,
            institution,
        }
    }
}
