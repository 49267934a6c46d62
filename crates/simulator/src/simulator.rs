//! The handle of a running simulator.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpListener;

use crate::agents::{self, Fate, TurnRequest};
use crate::config::{SimulatorConfig, SimulatorError};
use crate::config_shape;
use crate::faults::{FaultScript, FaultState};
use crate::frame::Event;
use crate::gateway::{Gateway, lock};
use crate::methods::devices::approve_request;
use crate::request_log::RecordedRequest;
use crate::server;
use crate::state::{Session, State, Turn};

/// A running simulated gateway. Dropping it stops it; [`Simulator::shutdown`] also waits for the end.
pub struct Simulator {
    gateway: Arc<Gateway>,
    address: SocketAddr,
}

/// An agent as the gateway's config has it.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentView {
    /// The id.
    pub id: String,
    /// The display name, if set.
    pub name: Option<String>,
    /// The workspace directory.
    pub workspace: String,
    /// The heartbeat settings, `null` when there are none.
    pub heartbeat: Value,
}

impl Simulator {
    /// Starts listening. Fails when the address is taken.
    pub async fn start(config: SimulatorConfig) -> Result<Self, SimulatorError> {
        let listen = |source| SimulatorError::Listen { address: config.bind, source };
        let listener = TcpListener::bind(config.bind).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let gateway = Gateway::new(config)?;
        gateway.spawn(server::accept(Arc::clone(&gateway), listener));
        gateway.spawn(agents::run_heartbeats(Arc::clone(&gateway)));
        tracing::debug!(%address, version = gateway.config.profile.version, "simulated gateway started");
        Ok(Self { gateway, address })
    }

    /// The WebSocket address.
    pub fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// The token that clients must present.
    pub fn token(&self) -> Option<&str> {
        self.gateway.config.token.as_deref()
    }

    /// Stops everything and waits until it has ended.
    pub async fn shutdown(&self) {
        self.gateway.stop.cancel();
        self.gateway.tasks.close();
        self.gateway.tasks.wait().await;
    }

    /// The requests so far, in order of arrival.
    pub fn log(&self) -> Vec<RecordedRequest> {
        self.gateway.read(|state| state.requests.clone())
    }

    /// Waits until the log passes the test.
    pub async fn wait_for(&self, test: impl Fn(&[RecordedRequest]) -> bool) -> Result<(), SimulatorError> {
        self.wait(|state| test(&state.requests)).await
    }

    /// Waits until the turns of the agents pass the test.
    pub async fn wait_for_turns(&self, test: impl Fn(&[Turn]) -> bool) -> Result<(), SimulatorError> {
        self.wait(|state| test(&state.turns)).await
    }

    /// Waits until the gateway has come up again `boots` times and no restart is due.
    pub async fn wait_for_boots(&self, boots: u64) -> Result<(), SimulatorError> {
        self.wait(|state| state.boots >= boots && !state.restart_pending).await
    }

    async fn wait(&self, test: impl Fn(&State) -> bool) -> Result<(), SimulatorError> {
        let patience = self.gateway.config.patience;
        if self.gateway.wait_until(patience, test).await {
            return Ok(());
        }
        let methods = self.log().into_iter().map(|request| request.method).collect();
        Err(SimulatorError::WaitedInVain { after: patience, methods })
    }

    /// Replaces the fault script; its counters start at zero.
    pub fn set_faults(&self, faults: FaultScript) {
        *lock(&self.gateway.faults) = FaultState::new(faults);
    }

    /// Restarts the gateway now: connections close with 1012, then 503 for a while.
    pub fn restart(&self) {
        self.gateway.schedule_restart(Duration::ZERO);
    }

    /// The agents, `main` included.
    pub fn agents(&self) -> Vec<AgentView> {
        self.gateway.read(|state| {
            let view = |(id, settings): (String, Value)| AgentView {
                name: settings.get("name").and_then(Value::as_str).map(str::to_owned),
                workspace: state.workspace(&id),
                heartbeat: settings.get("heartbeat").cloned().unwrap_or(Value::Null),
                id,
            };
            state.agents().into_iter().map(view).collect()
        })
    }

    /// The agents that have heartbeats, and how often.
    pub fn heartbeats(&self) -> BTreeMap<String, Duration> {
        self.gateway
            .read(|state| state.heartbeats.all().map(|job| (job.agent_id.clone(), job.every)).collect())
    }

    /// What is on the disk of agents that the gateway does not have any more: workspaces by agent, and folders that
    /// something made anew.
    pub fn left_on_disk(&self) -> Vec<String> {
        self.gateway.read(|state| {
            let gone = state.files.keys().filter(|id| state.agent(id).is_none());
            gone.cloned().chain(state.strays.iter().cloned()).collect()
        })
    }

    /// The text of a workspace file.
    pub fn file(&self, agent_id: &str, name: &str) -> Option<String> {
        self.gateway.read(|state| Some(state.files.get(agent_id)?.get(name)?.content.clone()))
    }

    /// Removes a workspace file, as by hand; false when there was none.
    pub fn remove_file(&self, agent_id: &str, name: &str) -> bool {
        self.gateway
            .update(|state| state.files.get_mut(agent_id).is_some_and(|files| files.remove(name).is_some()))
    }

    /// The sessions, by key.
    pub fn sessions(&self) -> Vec<Session> {
        self.gateway.read(|state| state.sessions.values().cloned().collect())
    }

    /// The config.
    pub fn config(&self) -> Value {
        self.gateway.read(|state| state.config.clone())
    }

    /// Merges a patch into the config behind the clients' backs: no fence, no limit, no restart.
    pub fn edit_config(&self, patch: &Value) {
        self.gateway.update(|state| {
            config_shape::merge(&mut state.config, patch, state.profile.shape);
            state.config_written();
        });
        self.gateway.rescheduled.notify_one();
    }

    /// The scratch text of an agent's heartbeat job (newer gateways).
    pub fn heartbeat_scratch(&self, agent_id: &str) -> Option<String> {
        self.gateway.read(|state| state.heartbeats.of_agent(agent_id)?.scratch.clone())
    }

    /// The idempotency keys of the messages that were taken, in order. One that is there twice was forgotten in between,
    /// with everything else that a gateway does not write down, by a restart.
    pub fn started_runs(&self) -> Vec<String> {
        self.gateway.read(|state| state.started.clone())
    }

    /// The turns so far, in the order in which they ended.
    pub fn turns(&self) -> Vec<Turn> {
        self.gateway.read(|state| state.turns.clone())
    }

    /// Starts a heartbeat turn of an agent now.
    pub fn heartbeat(&self, agent_id: &str) {
        agents::start(&self.gateway, TurnRequest::heartbeat(agent_id), Fate::Runs);
    }

    /// Puts a command of an agent up for approval and tells the operators; returns the approval's id.
    pub fn request_exec_approval(&self, agent_id: &str, command: &str) -> String {
        let (id, entry) = self.gateway.update(|state| state.request_exec_approval(agent_id, command));
        self.gateway.emit(Event::scoped("exec.approval.requested", entry, "operator.approvals"));
        id
    }

    /// Request ids of the devices that wait for an approval.
    pub fn pending_devices(&self) -> Vec<String> {
        self.gateway.read(|state| state.devices.pending_ids())
    }

    /// Approves a waiting device, as on the gateway's host; false when no such request waits.
    pub fn approve_device(&self, request_id: &str) -> bool {
        approve_request(&self.gateway, request_id).is_some()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.gateway.stop.cancel();
    }
}
