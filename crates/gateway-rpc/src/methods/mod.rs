//! The methods of gateways: what is asked ([`crate::Request`]) and what is answered. Answers accept old and new shapes, with
//! absent facts empty or `None`.
//!
//! A method that changes something took effect whatever is said of it afterwards: its answer is made of any value
//! (`From<Value>`), with the facts that are not understood left out, so that reading it cannot fail.

mod agents;
mod approvals;
mod chat;
mod config;
mod cron;
mod devices;
mod files;
mod sessions;
mod system;
mod turn;
mod usage;

pub use agents::{
    AgentDeleted, AgentList, AgentRow, CreateAgent, DeleteAgent, DeletedPath, ListAgents, UpdateAgent,
};
pub use approvals::{
    ApprovalDecision, ApprovalResolved, ExecApproval, ExecApprovalPolicy, ExecRequest, GetApprovalPolicy,
    ListApprovals, ResolveApproval,
};
pub use chat::{
    AbortChat, Aborted, AwaitRun, ChatHistory, ChatMessage, ChatSent, ReadHistory, RunEnd, RunStatus,
    SendMessage, is_dropped,
};
pub use config::{ConfigPatched, ConfigShape, ConfigSnapshot, ConfiguredAgent, GetConfig, PatchConfig};
pub use cron::{
    AddJob, CronJob, CronScratch, JobPage, ListJobs, ReadScratch, RemoveJob, RunJob, RunMode, ScratchRead,
    UpdateJob, WriteScratch,
};
pub use devices::{ApproveDevice, DeviceList, ListDevices, PairedDevice, PendingDevice, RemoveDevice};
pub use files::{FileList, FileRead, ListFiles, ReadFile, WorkspaceFile, WriteFile};
pub use sessions::{
    DeleteSession, ListSessions, PatchSession, ResetSession, Session, SessionEntry, SessionList,
    SubscribeMessages, SubscribeSessions, agent_of_session, main_session_of,
};
pub use system::{
    GatewayStatus, GetHealth, GetStatus, Health, HealthAgent, HeartbeatEvent, HeartbeatFacts, ListModels,
    LogTail, ModelList, ModelRow, TailLog, Wake, WakeMode,
};
pub use turn::{AgentRun, AgentTurn, TurnEnd};
pub use usage::{
    GetUsageStatus, ModelTotals, ReadUsageSeries, SessionUsage, SessionsUsage, Usage, UsageCost, UsageDay,
    UsageOf, UsagePoint, UsageSeries, UsageStatus, UsageTotals,
};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// `null` as the type's default: gateways write `null` where others leave a field out.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    source: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(source)?.unwrap_or_default())
}

/// What the answer to a write says of `name`, as far as it is understood.
pub(crate) fn said<T: DeserializeOwned + Default>(answer: &Value, name: &str) -> T {
    answer.get(name).and_then(|fact| T::deserialize(fact).ok()).unwrap_or_default()
}

/// Whether the answer to a write says `name` at all, in whatever form.
pub(crate) fn is_said(answer: &Value, name: &str) -> bool {
    !matches!(answer.get(name), None | Some(Value::Null | Value::Bool(false)))
}

/// The entries of a list as far as they are understood: one that is not does not hide the others.
pub(crate) fn rows<'de, D: Deserializer<'de>, T: DeserializeOwned>(source: D) -> Result<Vec<T>, D::Error> {
    let entries: Vec<Value> = nullable(source)?;
    Ok(entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect())
}
