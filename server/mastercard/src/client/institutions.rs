//! The institution directory.

use http::Method;
use serde::Deserialize;

use super::transport::Call;
use super::{Client, known};
use crate::model::{CountryCode, Institution, InstitutionPage, InstitutionQuery};
use crate::{Cause, Error, ErrorCode, InstitutionId, Operation, RoutingNumber, wire};

/// The description exemplifies no 404 of an institution, so both codes that
/// could name it are taken.
const NO_INSTITUTION: [ErrorCode; 2] = [ErrorCode::NOT_FOUND, ErrorCode::INSTITUTION_NOT_FOUND];

impl Client {
    /// A page of the directory. Page with `limit` fixed, stop on
    /// `more_available: false`, and remove duplicates by id.
    pub async fn institutions(&self, query: &InstitutionQuery) -> Result<InstitutionPage, Error> {
        let mut call = Call::new(
            Operation::GetInstitutions,
            Method::GET,
            "/institution/v2/institutions",
        )
        .query("start", query.start.to_string())
        .query("limit", query.limit.clamp(1, 1000).to_string());
        if !query.search.is_empty() {
            call = call.query("search", query.search.as_str());
        }
        if let Some(product) = query.product {
            call = call.query("type", product.as_str());
        }
        if !query.countries.is_empty() {
            let codes: Vec<&str> = query.countries.iter().map(CountryCode::as_str).collect();
            call = call.query("supportedCountries", codes.join(","));
        }
        self.read(&call).await
    }

    /// One institution, as it is now.
    pub async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, Error> {
        #[derive(Deserialize)]
        struct Wrapper {
            institution: Institution,
        }

        let path = format!("/institution/v2/institutions/{id}");
        let call = Call::new(Operation::GetInstitution, Method::GET, path);
        let found = known(self.read::<Wrapper>(&call).await, &NO_INSTITUTION)?;
        Ok(found.map(|wrapper| wrapper.institution))
    }

    /// The institutions of a routing number; empty when none matches.
    ///
    /// The path parameter is described as an integer, and a wrong length as a
    /// 400: whether leading zeros belong to it is open. The nine digits go
    /// first; when they are refused, the number without its zeros.
    pub async fn institutions_by_routing_number(
        &self,
        number: &RoutingNumber,
    ) -> Result<Vec<Institution>, Error> {
        let short = number.as_str().trim_start_matches('0');
        match self.routed(number.as_str()).await {
            Err(Error {
                cause: Cause::Rejected { status: 400, .. },
                ..
            }) if short != number.as_str() => self.routed(short).await,
            other => other,
        }
    }

    async fn routed(&self, digits: &str) -> Result<Vec<Institution>, Error> {
        #[derive(Deserialize)]
        struct Routed {
            #[serde(default, deserialize_with = "wire::lenient_list")]
            institutions: Vec<Institution>,
        }

        let path = format!("/institution/v1/institutions/routingNumber/{digits}");
        let call = Call::new(Operation::GetInstitutionsByRoutingNumber, Method::GET, path);
        let found = known(self.read::<Routed>(&call).await, &NO_INSTITUTION)?;
        Ok(found.map(|routed| routed.institutions).unwrap_or_default())
    }
}
