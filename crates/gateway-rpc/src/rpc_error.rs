//! A call the gateway answered with an error.

use std::time::Duration;

use serde_json::Value;

use crate::wire::WireError;

/// What an error answer means, where the gateway's texts allow telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RpcErrorKind {
    /// This gateway version does not have the method.
    UnknownMethod,
    /// The parameters do not fit this gateway version.
    InvalidParams,
    /// The connection lacks a scope.
    MissingScope,
    /// No such agent; also for a second or so after creating it.
    AgentNotFound,
    /// The agent is there already.
    AgentExists,
    /// This version keeps no workspace file of that name.
    UnsupportedFile,
    /// Somebody else wrote the configuration since it was read.
    ConfigChanged,
    /// The configuration would not be valid.
    ConfigInvalid,
    /// Too many calls of this method.
    RateLimited,
    /// New gateways keep the main session of an agent for ever.
    MainSession,
    /// No such session.
    SessionNotFound,
    /// The approval was resolved or has expired.
    ApprovalNotFound,
    /// The gateway does not take this decision for this command; it still waits for another.
    DecisionUnavailable,
    /// The gateway is starting or shutting down.
    Starting,
    /// Another operation holds what this one needs, or took it over: look again when that one is through.
    HeldElsewhere,
    /// The gateway cannot do it now, or something went wrong inside it.
    Unavailable,
    /// Any other error.
    Other,
}

/// What became of an operation's claim on the gateway's state, as new gateways say it inside a message, in lower case.
const STATE_LEASE: [&str; 3] =
    ["openclaw_state_lease_held", "openclaw_state_lease_lost", "openclaw_state_lease_aborted"];

/// How gateways say that there is no such session, in lower case, beside its name.
const NO_SESSION: [&str; 4] = ["not found", "unknown session", "no such session", "does not exist"];

/// An error answer.
#[derive(Debug, Clone, PartialEq)]
pub struct RpcError {
    /// The gateway's code (`INVALID_REQUEST`, `UNAVAILABLE`, `FORBIDDEN` …), empty when it sent none.
    pub code: String,
    /// The gateway's message.
    pub message: String,
    /// The gateway's details.
    pub details: Option<Value>,
    /// Whether the gateway said that trying again may help.
    pub retryable: bool,
    /// When the gateway said to try again.
    pub retry_after: Option<Duration>,
}

impl RpcError {
    pub(crate) fn from_wire(error: WireError) -> Self {
        Self {
            retry_after: error.retry_after(),
            retryable: error.retryable.unwrap_or(false),
            message: if error.message.is_empty() { "Gateway error".to_owned() } else { error.message },
            code: error.code,
            details: error.details,
        }
    }

    /// What the error means.
    pub fn kind(&self) -> RpcErrorKind {
        let text = self.message.to_lowercase();
        let says = |part: &str| text.contains(part);
        let agent = says("agent");
        match () {
            () if STATE_LEASE.iter().any(|part| says(part)) => RpcErrorKind::HeldElsewhere,
            () if says("unknown method") => RpcErrorKind::UnknownMethod,
            () if self.missing_scope().is_some() => RpcErrorKind::MissingScope,
            () if says("rate limit exceeded") => RpcErrorKind::RateLimited,
            () if says("unsupported file") => RpcErrorKind::UnsupportedFile,
            () if says("config changed since") || says("config base hash required") => {
                RpcErrorKind::ConfigChanged
            }
            () if says("invalid config") => RpcErrorKind::ConfigInvalid,
            () if says("cannot delete the main session") => RpcErrorKind::MainSession,
            () if says("allow-always is unavailable") => RpcErrorKind::DecisionUnavailable,
            () if says("approval id") => RpcErrorKind::ApprovalNotFound,
            () if agent && says("already exists") => RpcErrorKind::AgentExists,
            () if says("unknown agent id") || (agent && says("not found")) => RpcErrorKind::AgentNotFound,
            () if agent && says("no longer exists in configuration") => RpcErrorKind::AgentNotFound,
            () if says("session") && NO_SESSION.iter().any(|part| says(part)) => {
                RpcErrorKind::SessionNotFound
            }
            () if ["gateway starting", "shutting down", "service restart"].iter().any(|part| says(part)) => {
                RpcErrorKind::Starting
            }
            () if text.starts_with("invalid ") && says(" params") => RpcErrorKind::InvalidParams,
            () if self.code == "UNAVAILABLE" => RpcErrorKind::Unavailable,
            () => RpcErrorKind::Other,
        }
    }

    /// The scope the connection lacks, when that is the reason.
    pub fn missing_scope(&self) -> Option<&str> {
        let named = self.details.as_ref().and_then(|d| d.get("missingScope")).and_then(Value::as_str);
        named.or_else(|| self.message.strip_prefix("missing scope: ").map(str::trim))
    }

    /// The configuration keys the gateway does not know ("Unrecognized key").
    pub fn names_unrecognized_key(&self, key: &str) -> bool {
        self.message.contains("Unrecognized key") && self.message.contains(&format!("\"{key}\""))
    }

    /// Whether trying again soon, with nothing changed, can succeed.
    pub fn is_transient(&self) -> bool {
        self.retryable
            || matches!(
                self.kind(),
                RpcErrorKind::RateLimited | RpcErrorKind::Starting | RpcErrorKind::HeldElsewhere
            )
            || self.message.contains("plugin generation was superseded")
    }

    /// One sentence on what to do, where there is something to do.
    pub fn remedy(&self) -> Option<String> {
        let text = match self.kind() {
            RpcErrorKind::UnknownMethod => {
                "Update the gateway: its version does not have this method.".to_owned()
            }
            RpcErrorKind::InvalidParams => {
                "Update this program: this gateway version wants other parameters.".to_owned()
            }
            RpcErrorKind::MissingScope => format!(
                "Pair this device on the gateway with scope {} (`openclaw devices list`, then `openclaw devices approve`).",
                self.missing_scope().unwrap_or("operator.read")
            ),
            RpcErrorKind::AgentNotFound => {
                "Create the agent on the gateway again (a template sync with rotate_tokens does).".to_owned()
            }
            RpcErrorKind::AgentExists => {
                "Use the existing agent, or delete it on the gateway first.".to_owned()
            }
            RpcErrorKind::UnsupportedFile => {
                "Put this content into AGENTS.md: the gateway's version keeps no file of that name."
                    .to_owned()
            }
            RpcErrorKind::ConfigChanged => "Read the configuration again and repeat the change.".to_owned(),
            RpcErrorKind::ConfigInvalid => {
                "Correct the named keys: the gateway's version does not know this configuration.".to_owned()
            }
            RpcErrorKind::RateLimited => format!(
                "Wait {} seconds: the gateway limits how often this may be called.",
                self.retry_after.map_or(60, |d| d.as_secs().max(1))
            ),
            RpcErrorKind::MainSession => {
                "Nothing to do: this gateway version keeps main sessions.".to_owned()
            }
            RpcErrorKind::SessionNotFound => "Open the session first: it is not on the gateway.".to_owned(),
            RpcErrorKind::ApprovalNotFound => {
                "Ask the agent to request the action again: the approval is resolved or expired.".to_owned()
            }
            RpcErrorKind::DecisionUnavailable => {
                "Allow it once, or deny it: the gateway does not take this decision for this command."
                    .to_owned()
            }
            RpcErrorKind::Starting => "Wait a few seconds: the gateway is starting.".to_owned(),
            RpcErrorKind::HeldElsewhere => {
                "Wait a few seconds: the gateway is still busy with an earlier request for the same thing."
                    .to_owned()
            }
            RpcErrorKind::Unavailable | RpcErrorKind::Other => return None,
        };
        Some(text)
    }
}

impl std::fmt::Display for RpcError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
