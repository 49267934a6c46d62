use std::process::ExitCode;

use clap::Args;
use mission_control_core::config::Settings;
use mission_control_core::models::Program;
use mission_control_fleet::Fleet;
use mission_control_process::{Failure, logs, supervisor, tls, traces};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Jobs to run at the same time, 1 to 256 [default: WORKER_CONCURRENCY, else 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
}

impl Arguments {
    /// Whether any of them is there.
    pub(super) fn is_given(&self) -> bool {
        self.concurrency.is_some()
    }
}

pub(super) async fn run(args: Arguments, mut settings: Settings) -> Result<ExitCode, Failure> {
    prepare(&settings);
    if let Some(concurrency) = args.concurrency {
        settings.worker.concurrency = concurrency.into();
    }
    let fleet = Fleet::open(&settings).await?;
    if settings.queue.redis_url.is_none() {
        tracing::warn!("without RQ_REDIS_URL jobs of other processes are found by looking every few seconds");
    }
    let stopped = supervisor::stopped_by_signals()?;
    supervisor::ready();
    tokio::spawn(logs::follow(fleet.clone(), Program::Worker, stopped.clone()));
    tokio::spawn(supervisor::give_signs_of_life(|| std::future::ready(true)));
    crate::run(&settings, fleet.clone(), stopped).await;
    fleet.shutdown();
    traces::finish().await;
    Ok(ExitCode::SUCCESS)
}

/// What has to be there before anything runs.
pub(super) fn prepare(settings: &Settings) {
    logs::init(settings, Program::Worker);
    tls::install_provider();
}
