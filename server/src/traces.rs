//! Spans to a collector of OpenTelemetry, by OTLP over HTTP. What is in them is
//! what is in the log: routes and references, no address and no secret.

use std::time::Duration;

use anyhow::Context as _;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    trace::{Sampler, SdkTracer, SdkTracerProvider},
};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

use crate::config::TracesSection;

const NAME: &str = "relink";
/// A collector that does not answer holds nobody up for longer.
const WITHIN: Duration = Duration::from_secs(5);

/// Where spans go.
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins, where a collector is named.
    pub(crate) fn start(section: &TracesSection) -> anyhow::Result<Option<Self>> {
        let Some(endpoint) = section.endpoint()? else {
            return Ok(None);
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(endpoint.as_str())
            .with_timeout(WITHIN)
            .build()
            .context("traces cannot be sent")?;
        let share = Sampler::TraceIdRatioBased(section.share);
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(share)))
            .with_resource(Resource::builder().with_service_name(NAME).build())
            .build();
        Ok(Some(Self(provider)))
    }

    /// Takes spans from the log.
    pub(crate) fn layer<S>(&self) -> OpenTelemetryLayer<S, SdkTracer>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        tracing_opentelemetry::layer().with_tracer(self.0.tracer(NAME))
    }

    /// Sends the last ones.
    pub(crate) fn end(self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}
