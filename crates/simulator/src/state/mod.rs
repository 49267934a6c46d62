//! Everything a gateway remembers.

mod devices;
mod file;
mod heartbeats;
mod sessions;
mod workspace;
mod write_limit;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) use devices::{Device, Devices, Standing, allows as devices_allow};
pub(crate) use file::WorkspaceFile;
pub(crate) use heartbeats::{HeartbeatJob, Heartbeats, interval};
pub(crate) use sessions::{MODEL, PROVIDER, Run, RunStatus};
pub use sessions::{Session, Turn, TurnCause, TurnOutcome};
pub(crate) use write_limit::WriteLimit;

use crate::clock::now_ms;
use crate::config::SimulatorConfig;
use crate::config_shape;
use crate::profile::GatewayProfile;
use crate::request_log::RecordedRequest;
use crate::variables::{self, Variables};

pub(crate) struct State {
    pub(crate) profile: GatewayProfile,
    pub(crate) state_dir: String,
    /// The config file, with its references to variables.
    pub(crate) config: Value,
    pub(crate) variables: Variables,
    /// Workspace files by agent and name. They stay when an agent goes, unless it is told otherwise.
    pub(crate) files: BTreeMap<String, BTreeMap<String, WorkspaceFile>>,
    pub(crate) visible_at: BTreeMap<String, Instant>,
    /// Deletions that are under way.
    pub(crate) deleting: BTreeSet<String>,
    /// Deletions that stopped before the agent's files: asked again, they go on.
    pub(crate) half_deleted: BTreeSet<String>,
    /// The next deletion stops before the agent's files.
    pub(crate) purge_fails: bool,
    /// Folders of agents that are gone and that something made anew.
    pub(crate) strays: BTreeSet<String>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) runs: BTreeMap<String, Run>,
    /// The keys of all runs that were ever started.
    pub(crate) started: Vec<String>,
    pub(crate) turns: Vec<Turn>,
    /// An entry for each turn that is running now.
    pub(crate) busy_agents: Vec<String>,
    pub(crate) devices: Devices,
    pub(crate) exec_approvals: Vec<Value>,
    pub(crate) heartbeats: Heartbeats,
    pub(crate) last_heartbeat: Value,
    /// How many turns there had been when somebody last asked for the use of a scope.
    pub(crate) counted_usage: BTreeMap<String, usize>,
    pub(crate) write_limit: WriteLimit,
    pub(crate) requests: Vec<RecordedRequest>,
    pub(crate) log_lines: Vec<String>,
    pub(crate) presence: BTreeMap<String, Value>,
    /// A restart is due: wakes from now on are lost.
    pub(crate) restart_pending: bool,
    /// How often the gateway has come up again.
    pub(crate) boots: u64,
}

impl State {
    pub(crate) fn new(config: &SimulatorConfig) -> Self {
        let mut state = Self {
            profile: config.profile.clone(),
            state_dir: config.state_dir.clone(),
            config: config_shape::initial(&config.state_dir),
            variables: config.variables.clone(),
            files: BTreeMap::new(),
            visible_at: BTreeMap::new(),
            deleting: BTreeSet::new(),
            half_deleted: BTreeSet::new(),
            purge_fails: false,
            strays: BTreeSet::new(),
            sessions: BTreeMap::new(),
            runs: BTreeMap::new(),
            started: Vec::new(),
            turns: Vec::new(),
            busy_agents: Vec::new(),
            devices: Devices::default(),
            exec_approvals: Vec::new(),
            heartbeats: Heartbeats::default(),
            last_heartbeat: Value::Null,
            counted_usage: BTreeMap::new(),
            write_limit: WriteLimit::default(),
            requests: Vec::new(),
            log_lines: Vec::new(),
            presence: BTreeMap::new(),
            restart_pending: false,
            boots: 0,
        };
        for number in 1..=config.initial_agents {
            let id = format!("agent-{number}");
            let workspace = format!("{}/workspace-{id}", config.state_dir);
            state.add_agent(&id, &id, &workspace);
        }
        // These are there when it starts.
        state.visible_at.clear();
        state
    }

    /// The config that the gateway works with.
    pub(crate) fn effective(&self) -> Value {
        variables::resolve(&self.config, &self.variables)
    }

    /// Ids and settings of the agents.
    pub(crate) fn agents(&self) -> Vec<(String, Value)> {
        config_shape::agents(&self.effective(), self.profile.shape)
    }

    pub(crate) fn agent(&self, id: &str) -> Option<Value> {
        self.agents().into_iter().find(|(candidate, _)| candidate == id).map(|(_, settings)| settings)
    }

    /// The workspace directory of an agent.
    pub(crate) fn workspace(&self, id: &str) -> String {
        self.agent(id)
            .and_then(|settings| settings.get("workspace")?.as_str().map(str::to_owned))
            .unwrap_or_else(|| format!("{}/workspace", self.state_dir))
    }

    /// Adds an agent with the template files that a new workspace gets.
    pub(crate) fn add_agent(&mut self, id: &str, name: &str, workspace: &str) {
        let agent_dir = format!("{}/agents/{id}/agent", self.state_dir);
        let settings = json!({"name": name, "workspace": workspace, "agentDir": agent_dir});
        config_shape::put_agent(&mut self.config, self.profile.shape, id, &settings);
        let brand_new = !self.files.contains_key(id);
        self.seed_workspace(id, brand_new);
        self.write_identity(id, name, true);
        self.visible_at.insert(id.to_owned(), Instant::now() + self.profile.agent_visible_after);
        self.config_written();
    }

    /// Stamps the config and takes the heartbeat settings over. Call after every config write.
    pub(crate) fn config_written(&mut self) {
        let meta = json!({"meta": {"lastTouchedVersion": self.profile.version}});
        config_shape::merge(&mut self.config, &meta, self.profile.shape);
        self.heartbeats.follow(&config_shape::heartbeats(&self.effective(), &self.profile));
        self.log_line("gateway/reload", "config written");
    }

    /// The session of a key; made when there is none.
    pub(crate) fn session_mut(&mut self, key: &str) -> &mut Session {
        self.sessions.entry(key.to_owned()).or_insert_with(|| Session::new(key))
    }

    /// The folders of an agent: those of its own, and its workspace.
    pub(crate) fn folders(&self, id: &str) -> [String; 2] {
        [self.workspace(id), format!("{}/agents/{id}", self.state_dir)]
    }

    /// What a process loses when it ends: runs with their keys, open approvals, connections.
    pub(crate) fn lose_process(&mut self) {
        self.runs.clear();
        self.deleting.clear();
        self.exec_approvals.clear();
        self.presence.clear();
        self.log_line("gateway", "restarting");
    }

    /// Adds a line to the log that `logs.tail` shows.
    pub(crate) fn log_line(&mut self, subsystem: &str, message: &str) {
        let time = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let line =
            json!({"0": format!("{{\"subsystem\":\"{subsystem}\"}}"), "message": message, "time": time});
        self.log_lines.push(line.to_string());
    }

    /// Puts a command of an agent up for approval; returns its id and the entry.
    pub(crate) fn request_exec_approval(&mut self, agent: &str, command: &str) -> (String, Value) {
        let id = Uuid::new_v4().to_string();
        let minutes = if self.profile.is_modern() { 30 } else { 2 };
        let mut entry = json!({
            "id": id,
            "request": {
                "command": command, "cwd": self.workspace(agent), "host": "gateway",
                "security": "allowlist", "ask": "on-miss", "agentId": agent,
                "sessionKey": Session::main_key(agent),
            },
            "createdAtMs": now_ms(),
            "expiresAtMs": now_ms() + minutes * 60_000,
        });
        if self.profile.tells_usage()
            && let Some(request) = entry.get_mut("request").and_then(Value::as_object_mut)
        {
            request.insert("allowedDecisions".to_owned(), json!(["allow-once", "deny"]));
            request.insert("unavailableDecisions".to_owned(), json!(["allow-always"]));
            request.insert("warningText".to_owned(), Value::Null);
            let count = command.split([';', '&', '|', '\n']).filter(|part| !part.trim().is_empty()).count();
            let analysis =
                json!({"commandCount": count, "nestedCommandCount": 0, "riskKinds": [], "warningLines": []});
            request.insert("commandAnalysis".to_owned(), analysis);
        }
        self.exec_approvals.push(entry.clone());
        (id, entry)
    }
}
