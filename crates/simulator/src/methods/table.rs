//! The table of methods. Methods that are not in it are unknown to the gateway.

use serde_json::{Map, Value};

use super::{
    Answer, Call, agent_files, agents, approvals, chat, config, cron, devices, sessions, system, usage,
};
use crate::frame::RpcError;

#[derive(Clone, Copy)]
pub(super) enum Handler {
    Now(fn(&Call<'_>) -> Answer),
    /// Waits for a run.
    AgentWait,
    /// Takes its time.
    AgentsDelete,
}

/// A method: its scope, its parameters (all others are refused) and its handler.
pub(super) struct Method {
    name: &'static str,
    pub(super) scope: Option<&'static str>,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    /// Parameters that only newer gateways take.
    modern_optional: &'static [&'static str],
    modern_only: bool,
    pub(super) handler: Handler,
}

impl Method {
    const fn new(
        name: &'static str,
        scope: Option<&'static str>,
        required: &'static [&'static str],
        optional: &'static [&'static str],
        handler: fn(&Call<'_>) -> Answer,
    ) -> Self {
        Self {
            name,
            scope,
            required,
            optional,
            modern_optional: &[],
            modern_only: false,
            handler: Handler::Now(handler),
        }
    }

    const fn modern(mut self, optional: &'static [&'static str]) -> Self {
        self.modern_optional = optional;
        self
    }

    const fn modern_only(mut self) -> Self {
        self.modern_only = true;
        self
    }

    /// Refuses missing and unknown parameters, in the words of the real validator.
    pub(super) fn check(&self, params: &Map<String, Value>, modern: bool) -> Result<(), RpcError> {
        let missing = self
            .required
            .iter()
            .filter(|name| !params.contains_key(**name))
            .map(|name| format!("must have required property '{name}'"));
        let unknown = params
            .keys()
            .filter(|name| !self.takes(name, modern))
            .map(|name| format!("at root: unexpected property '{name}'"));
        let faults: Vec<String> = missing.chain(unknown).collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(RpcError::invalid(format!("invalid {} params: {}", self.name, faults.join("; "))))
        }
    }

    fn takes(&self, name: &str, modern: bool) -> bool {
        self.required.contains(&name)
            || self.optional.contains(&name)
            || (modern && self.modern_optional.contains(&name))
    }
}

/// The method of a name, if this generation has it.
pub(super) fn find(name: &str, modern: bool) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name && (modern || !method.modern_only))
}

/// Names for the handshake's discovery list.
pub(crate) fn offered(modern: bool) -> Vec<&'static str> {
    METHODS.iter().filter(|method| modern || !method.modern_only).map(|method| method.name).collect()
}

const READ: Option<&str> = Some("operator.read");
const WRITE: Option<&str> = Some("operator.write");
const ADMIN: Option<&str> = Some("operator.admin");
const APPROVALS: Option<&str> = Some("operator.approvals");
const PAIRING: Option<&str> = Some("operator.pairing");

static METHODS: &[Method] = &[
    Method::new("health", None, &[], &["probe"], system::health),
    Method::new("status", READ, &[], &[], system::status),
    Method::new("models.list", READ, &[], &[], system::models).modern(&["view", "agentId"]),
    Method::new("last-heartbeat", READ, &[], &[], system::last_heartbeat),
    Method::new("system-presence", READ, &[], &[], system::presence),
    Method::new("wake", WRITE, &["mode", "text"], &[], system::wake).modern(&["agentId", "sessionKey"]),
    Method::new("logs.tail", READ, &[], &["cursor", "limit", "maxBytes"], system::logs),
    Method::new("usage.status", READ, &[], &[], usage::status),
    Method::new(
        "usage.cost",
        READ,
        &[],
        &["startDate", "endDate", "days", "agentId", "agentScope"],
        usage::cost,
    ),
    Method::new("config.get", READ, &[], &[], config::get),
    Method::new(
        "config.patch",
        ADMIN,
        &["raw"],
        &["baseHash", "sessionKey", "note", "restartDelayMs"],
        config::patch,
    )
    .modern(&["replacePaths"]),
    Method::new("agents.list", READ, &[], &[], agents::list),
    Method::new("agents.create", ADMIN, &["name", "workspace"], &["emoji", "avatar"], agents::create)
        .modern(&["model"]),
    Method::new(
        "agents.update",
        ADMIN,
        &["agentId"],
        &["name", "workspace", "model", "avatar"],
        agents::update,
    )
    .modern(&["emoji"]),
    Method {
        name: "agents.delete",
        scope: ADMIN,
        required: &["agentId"],
        optional: &["deleteFiles"],
        modern_optional: &[],
        modern_only: false,
        handler: Handler::AgentsDelete,
    },
    Method::new("agents.files.list", READ, &["agentId"], &[], agent_files::list),
    Method::new("agents.files.get", READ, &["agentId", "name"], &[], agent_files::get),
    Method::new("agents.files.set", ADMIN, &["agentId", "name", "content"], &[], agent_files::set)
        .modern(&["expectedHash"]),
    Method::new(
        "sessions.list",
        READ,
        &[],
        &[
            "limit",
            "activeMinutes",
            "includeGlobal",
            "includeUnknown",
            "includeDerivedTitles",
            "includeLastMessage",
            "label",
            "spawnedBy",
            "agentId",
            "search",
        ],
        sessions::list,
    )
    .modern(&["offset"]),
    Method::new(
        "sessions.patch",
        WRITE,
        &["key"],
        &[
            "label",
            "model",
            "thinkingLevel",
            "verboseLevel",
            "reasoningLevel",
            "responseUsage",
            "elevatedLevel",
            "sendPolicy",
            "groupActivation",
        ],
        sessions::patch,
    ),
    Method::new("sessions.reset", ADMIN, &["key"], &["reason"], sessions::reset),
    Method::new(
        "sessions.delete",
        ADMIN,
        &["key"],
        &["deleteTranscript", "emitLifecycleHooks"],
        sessions::delete,
    ),
    Method::new(
        "sessions.usage",
        READ,
        &[],
        &["key", "startDate", "endDate", "limit", "includeContextWeight", "agentId", "agentScope"],
        usage::by_session,
    ),
    Method::new("sessions.usage.timeseries", READ, &["key"], &[], usage::over_time),
    Method::new("sessions.subscribe", READ, &[], &[], sessions::subscribe).modern_only(),
    Method::new("sessions.messages.subscribe", READ, &["key"], &[], sessions::subscribe_messages),
    Method::new(
        "chat.send",
        WRITE,
        &["sessionKey", "message", "idempotencyKey"],
        &["deliver", "thinking", "attachments", "timeoutMs"],
        chat::send,
    ),
    Method::new("chat.history", READ, &["sessionKey"], &["limit"], chat::history),
    Method::new("chat.abort", WRITE, &["sessionKey"], &["runId"], chat::abort),
    Method {
        name: "agent.wait",
        scope: WRITE,
        required: &["runId"],
        optional: &["timeoutMs"],
        modern_optional: &[],
        modern_only: false,
        handler: Handler::AgentWait,
    },
    Method::new("cron.list", READ, &[], &["includeDisabled", "limit", "offset", "query"], cron::list)
        .modern(&["agentId"]),
    Method::new("cron.status", READ, &[], &[], cron::status),
    Method::new("cron.scratch.get", ADMIN, &["id"], &[], cron::scratch_get).modern_only(),
    Method::new("cron.scratch.set", ADMIN, &["id", "content"], &["expectedRevision"], cron::scratch_set)
        .modern_only(),
    Method::new("exec.approvals.get", ADMIN, &[], &[], approvals::policy),
    Method::new("exec.approval.list", APPROVALS, &[], &[], approvals::list).modern_only(),
    Method::new("exec.approval.resolve", APPROVALS, &["id", "decision"], &[], approvals::resolve),
    Method::new("device.pair.list", PAIRING, &[], &[], devices::list),
    Method::new("device.pair.approve", PAIRING, &["requestId"], &[], devices::approve),
    Method::new("device.pair.reject", PAIRING, &["requestId"], &[], devices::reject),
    Method::new("device.pair.remove", PAIRING, &["deviceId"], &[], devices::remove),
];
