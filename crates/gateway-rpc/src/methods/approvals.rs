//! `exec.approval.*`: commands that wait for a decision.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::nullable;
use crate::Request;
use crate::events::Told;

/// `exec.approval.list`: asks for the commands that wait for a decision; [`crate::RpcErrorKind::UnknownMethod`] before 2026.4,
/// where only the event tells of them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ListApprovals {}

/// A command that waits for a decision; also the payload of `exec.approval.requested`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExecApproval {
    /// Its id.
    pub id: String,
    /// What the agent wants to run.
    pub request: ExecRequest,
    /// Asked at, milliseconds since 1970.
    pub created_at_ms: Option<f64>,
    /// Lapses at, milliseconds since 1970.
    pub expires_at_ms: Option<f64>,
}

/// What an agent wants to run. Fields not named here are in `rest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExecRequest {
    /// The command line.
    pub command: String,
    /// The folder.
    pub cwd: Option<String>,
    /// Where it would run.
    pub host: Option<String>,
    /// The agent.
    pub agent_id: Option<String>,
    /// The session.
    pub session_key: Option<String>,
    /// The decisions the gateway takes; empty means all but the unavailable ones.
    #[serde(deserialize_with = "nullable")]
    pub allowed_decisions: Vec<String>,
    /// The decisions the gateway does not take; new gateways only.
    #[serde(deserialize_with = "nullable")]
    pub unavailable_decisions: Vec<String>,
    /// What the gateway warns of; new gateways only.
    pub warning_text: Option<String>,
    /// The program that the command would start.
    pub resolved_path: Option<String>,
    /// The turn; new gateways only.
    pub run_id: Option<String>,
    /// The call of the tool within the turn; new gateways only.
    pub tool_call_id: Option<String>,
    /// Everything else the gateway says of it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// `exec.approval.resolve`: decides; [`crate::RpcErrorKind::ApprovalNotFound`] when it is decided or has lapsed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ResolveApproval<'a> {
    /// The approval.
    pub id: &'a str,
    /// The decision.
    pub decision: ApprovalDecision,
}

/// The `exec.approval.resolved` event: somebody decided, here or elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ApprovalResolved {
    /// The approval.
    pub id: String,
    /// The decision, in the gateway's word.
    pub decision: Option<String>,
    /// Who decided, in the gateway's word.
    pub resolved_by: Option<String>,
    /// Decided at, milliseconds since 1970.
    pub ts: Option<f64>,
}

impl Told for ExecApproval {
    const EVENT: &'static str = "exec.approval.requested";
}

impl Told for ApprovalResolved {
    const EVENT: &'static str = "exec.approval.resolved";
}

impl ExecRequest {
    /// Whether it is one command, with none within it and nothing that the gateway warns of or thinks risky; `None` where the
    /// gateway does not look, as those before 2026.7.
    pub fn is_single(&self) -> Option<bool> {
        let analysis = self.rest.get("commandAnalysis")?.as_object()?;
        let count = |name: &str| analysis.get(name).and_then(Value::as_f64);
        let is_empty = |name: &str| match analysis.get(name) {
            None | Some(Value::Null) => true,
            Some(found) => found.as_array().is_some_and(Vec::is_empty),
        };
        let one = count("commandCount") == Some(1.0) && count("nestedCommandCount") == Some(0.0);
        Some(one && is_empty("riskKinds") && is_empty("warningLines") && self.warning_text.is_none())
    }

    /// The decisions that the gateway takes for this command.
    pub fn decisions(&self) -> Vec<ApprovalDecision> {
        let among = |names: &[String], decision: &ApprovalDecision| {
            names.iter().any(|name| ApprovalDecision::named(name) == Some(*decision))
        };
        let takes = |decision: &ApprovalDecision| {
            let allowed = self.allowed_decisions.is_empty() || among(&self.allowed_decisions, decision);
            allowed && !among(&self.unavailable_decisions, decision)
        };
        ApprovalDecision::ALL.into_iter().filter(takes).collect()
    }
}

impl ApprovalDecision {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::AllowOnce, Self::AllowAlways, Self::Deny];

    /// The decision of this name; `None` for words that no known release uses.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "allow-once" => Some(Self::AllowOnce),
            "allow-always" => Some(Self::AllowAlways),
            "deny" => Some(Self::Deny),
            _ => None,
        }
    }
}

/// A decision on a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalDecision {
    /// Run it this time.
    AllowOnce,
    /// Run it this time and whenever it is asked for again.
    AllowAlways,
    /// Do not run it.
    Deny,
}

/// `exec.approvals.get`: asks for the gateway's policy for commands.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GetApprovalPolicy {}

/// The gateway's policy for commands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ExecApprovalPolicy {
    /// Where it is kept.
    pub path: Option<String>,
    /// What a change must name as its base.
    pub hash: Option<String>,
    /// The policy, as the gateway has it.
    pub file: Value,
}

impl Request for ListApprovals {
    const METHOD: &'static str = "exec.approval.list";
    type Answer = Vec<ExecApproval>;
}

impl Request for ResolveApproval<'_> {
    const METHOD: &'static str = "exec.approval.resolve";
    type Answer = IgnoredAny;
}

impl Request for GetApprovalPolicy {
    const METHOD: &'static str = "exec.approvals.get";
    type Answer = ExecApprovalPolicy;
}
