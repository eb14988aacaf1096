//! What finding an institution needs of Mastercard.

use async_trait::async_trait;
use relink_mastercard::{
    Client, Error, InstitutionId, RoutingNumber,
    model::{Institution, InstitutionPage, InstitutionQuery},
};

/// Mastercard, as finding an institution needs it.
#[async_trait]
pub trait InstitutionUpstream: Send + Sync {
    /// A page of the directory.
    async fn institutions(&self, query: &InstitutionQuery) -> Result<InstitutionPage, Error>;
    /// One institution, as it is now; `None` when there is none of this id.
    async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, Error>;
    /// The institutions of a routing number; empty when none matches.
    async fn institutions_by_routing_number(
        &self,
        number: &RoutingNumber,
    ) -> Result<Vec<Institution>, Error>;
}

#[async_trait]
impl InstitutionUpstream for Client {
    async fn institutions(&self, query: &InstitutionQuery) -> Result<InstitutionPage, Error> {
        self.institutions(query).await
    }

    async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, Error> {
        self.institution(id).await
    }

    async fn institutions_by_routing_number(
        &self,
        number: &RoutingNumber,
    ) -> Result<Vec<Institution>, Error> {
        self.institutions_by_routing_number(number).await
    }
}
