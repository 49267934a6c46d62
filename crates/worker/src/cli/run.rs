use std::process::ExitCode;

use clap::Args;
use mission_control_core::config::Settings;
use mission_control_core::logs;
use mission_control_fleet::Fleet;
use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use mission_control_fleet::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Jobs to run at the same time, 1 to 256 [default: WORKER_CONCURRENCY, else 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
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
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;
    tell_supervisor(NotifyState::Ready);
    crate::run(&settings, fleet.clone(), shutdown).await;
    fleet.shutdown();
    Ok(ExitCode::SUCCESS)
}

/// What has to be there before anything runs.
pub(super) fn prepare(settings: &Settings) {
    logs::init(&settings.log);
    // An error means that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn cancel_on_signal(shutdown: CancellationToken) -> Result<(), Failure> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tell_supervisor(NotifyState::Stopping);
        shutdown.cancel();
    });
    Ok(())
}

/// Without systemd this does nothing.
fn tell_supervisor(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "systemd not notified");
    }
}
