//! What is logged, and in which form; and traces, where this program is built
//! with OpenTelemetry.

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, fmt, layer::SubscriberExt as _, registry::LookupSpan,
    util::SubscriberInitExt as _,
};

use crate::config::{Config, LogFormat};

/// Logging that has begun.
#[must_use = "what is on its way to a collector is lost without `end`"]
pub struct Logging {
    #[cfg(feature = "otel")]
    traces: Option<crate::traces::Traces>,
}

impl Logging {
    /// Sends what is still on its way to a collector.
    pub fn end(self) {
        #[cfg(feature = "otel")]
        if let Some(traces) = self.traces {
            traces.end();
        }
    }
}

/// Starts logging, once for the process.
pub fn start(config: &Config) -> anyhow::Result<Logging> {
    let registry = tracing_subscriber::registry()
        .with(EnvFilter::try_new(&config.log.filter)?)
        .with(lines(config.log.format));
    #[cfg(feature = "otel")]
    {
        let traces = crate::traces::Traces::start(&config.traces)?;
        let layer = traces.as_ref().map(crate::traces::Traces::layer);
        registry.with(layer).try_init()?;
        Ok(Logging { traces })
    }
    #[cfg(not(feature = "otel"))]
    {
        registry.try_init()?;
        Ok(Logging {})
    }
}

fn lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let lines = fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.with_target(false).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    }
}
