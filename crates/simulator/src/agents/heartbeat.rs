//! The clock of the heartbeats.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::turn::{Fate, TurnRequest, start, tell_heartbeat};
use crate::config::AgentBehaviour;
use crate::gateway::Gateway;
use crate::state::HeartbeatJob;

/// Without any job, nothing to do until the config changes.
const IDLE: Duration = Duration::from_secs(3600);

/// Starts the due heartbeats until the simulator stops.
pub(crate) async fn run(gateway: Arc<Gateway>) {
    let pace = match gateway.config.agent_behaviour {
        AgentBehaviour::Works { pace } => Some(pace),
        AgentBehaviour::Silent | AgentBehaviour::CheckIn => None,
    };
    loop {
        let (due, next) = gateway.update(|state| {
            let due = state.heartbeats.take_due(Instant::now(), pace);
            (due, state.heartbeats.next_due())
        });
        if gateway.is_up() {
            for job in due {
                beat(&gateway, &job);
            }
        }
        let next = next.unwrap_or_else(|| Instant::now() + IDLE);
        tokio::select! {
            () = tokio::time::sleep_until(next.into()) => {}
            () = gateway.rescheduled.notified() => {}
        }
    }
}

/// Newer gateways skip the turn when its words could reach nobody, unless the target says `none`.
/// An agent in the middle of a turn is left alone until its next beat.
fn beat(gateway: &Arc<Gateway>, job: &HeartbeatJob) {
    if gateway.read(|state| state.busy_agents.contains(&job.agent_id)) {
        return;
    }
    if gateway.config.profile.is_modern() && job.target.as_deref() != Some("none") {
        tell_heartbeat(gateway, "no-route", "", 0);
    } else {
        start(gateway, TurnRequest::heartbeat(&job.agent_id), Fate::Runs);
    }
}
