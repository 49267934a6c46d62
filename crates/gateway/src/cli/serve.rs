use std::process::ExitCode;

use mission_control_core::config::Settings;
use mission_control_core::models::Program;
use mission_control_fleet::Fleet;
use mission_control_process::{Failure, logs, supervisor, traces};

pub(super) const MANUAL: &str = "\
Keep every registered gateway connected and write down what becomes of it: up, down or refused, version and protocol, \
and why it is not up with what to do about it. The API shows this with each gateway, and streams tell of every change.

One link is active in a deployment; further ones stand by and take over within half a minute of its end. Registrations \
are followed as they change. `mission-control-api serve` runs a link of its own while RQ_REDIS_URL is not set; a \
separate one is for scaling out.

On TERM or INT the link gives its place to the next one and ends.";

pub(super) async fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    logs::init(settings, Program::Gateway);
    let fleet = Fleet::open(settings).await?;
    if settings.queue.redis_url.is_none() {
        tracing::warn!(
            "without RQ_REDIS_URL changes by other processes are found by looking every few seconds"
        );
    }
    let stopped = supervisor::stopped_by_signals()?;
    supervisor::ready();
    tokio::spawn(logs::follow(fleet.clone(), Program::Gateway, stopped.clone()));
    tokio::spawn(supervisor::give_signs_of_life(|| std::future::ready(true)));
    crate::run(fleet.clone(), stopped).await;
    fleet.shutdown();
    traces::finish().await;
    Ok(ExitCode::SUCCESS)
}
