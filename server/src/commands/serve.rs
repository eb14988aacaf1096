//! `relink serve`

use std::{path::Path, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use relink_engine::time::{Clock, SystemClock};
use tokio::{net::TcpListener, time::timeout};

use super::{block_on, load, say};
use crate::{
    assembly::{self, Program},
    config::{Config, Environment},
    demo, http, logging, metrics,
    sandbox::Hosted,
};

/// How long requests and jobs may take to finish once a stop is asked for.
const STOP_WITHIN: Duration = Duration::from_secs(20);
/// Service managers kill who takes longer than half a minute in all.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);

/// Serves until the process is told to stop.
pub fn run(file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    let logging = logging::start(&config)?;
    let done = block_on(serve(config));
    logging.end();
    done
}

async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let hosted = match config.environment {
        Environment::Sandbox if config.sandbox.hosted => Some(Hosted::open(&config).await?),
        _ => None,
    };
    let domain = hosted
        .as_ref()
        .map_or_else(|| Arc::clone(&real), Hosted::clock);
    let program = assembly::build(&config, domain, real).await?;
    let tasks = program.tasks.clone();
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "{} cannot be listened on (is another relink running?)",
            config.listen
        )
    })?;
    let router = http::router(&program.app);
    if let Some(address) = config.metrics.address()? {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address} (metrics.listen) cannot be listened on"))?;
        let (app, serving) = (program.app.clone(), tasks.clone());
        drop(tasks.spawn("metrics", async move {
            let served = http::serve(listener, metrics::router(&app), &serving).await;
            if let Err(error) = served {
                tracing::error!(%error, "metrics are served no more");
            }
        }));
    }
    program.run_beside();
    if let Some(hosted) = hosted.clone() {
        drop(tasks.spawn("sandbox", hosted.serve(tasks.stop_signal().clone())));
    }
    let stopping = tasks.clone();
    drop(tasks.spawn("stop signal", async move {
        stop_asked_for().await;
        stopping.stop_signal().cancel();
    }));
    let serving = http::serve(listener, router, &tasks);
    greet(&config, &program, hosted.as_ref(), serving).await?;
    tasks.stop(STOP_WITHIN).await;
    // SQLite leaves one file then; cut short, it goes on from its log.
    drop(timeout(CLOSE_WITHIN, program.app.store.close()).await);
    Ok(ExitCode::SUCCESS)
}

/// Says where everything is, makes the demo while requests are taken already
/// (it is visited like any other), and serves.
async fn greet(
    config: &Config,
    program: &Program,
    sandbox: Option<&Hosted>,
    serving: impl Future<Output = std::io::Result<()>>,
) -> anyhow::Result<()> {
    let demo = async {
        match sandbox {
            Some(sandbox) if config.sandbox.demo => {
                Box::pin(demo::prepare(config, program, sandbox)).await
            }
            _ => Ok(None),
        }
    };
    let announce = async {
        match demo.await {
            Ok(people) => {
                if let Some(sandbox) = sandbox {
                    say(sandbox.banner());
                }
                say(format_args!("Relink: {}", config.public_url));
                if let Some(people) = people {
                    say(people);
                }
            }
            Err(error) => tracing::error!("the demo could not be made: {error:#}"),
        }
    };
    let (served, ()) = tokio::join!(serving, announce);
    Ok(served?)
}

/// Ctrl-C, or what a service manager sends.
async fn stop_asked_for() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be listened for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "a stop by the service manager cannot be listened for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
