//! Typed calls. Parameters hold only what every gateway version accepts, unless a
//! field says otherwise (gateways refuse keys they do not know); answers accept old and new shapes,
//! with absent facts empty or `None`.

mod agents;
mod approvals;
mod chat;
mod config;
mod cron;
mod devices;
mod sessions;
mod system;
mod usage;

pub use agents::{AgentChange, AgentCreated, AgentDeleted, AgentList, AgentRow, FileList, WorkspaceFile};
pub use approvals::{ApprovalDecision, ExecApproval, ExecApprovalPolicy, ExecRequest};
pub use chat::{
    AgentRun, AgentTurn, ChatAborted, ChatEvent, ChatHistory, ChatMessage, ChatMessageToSend, ChatSent,
    RunEnd, TurnEnd,
};
pub use config::{ConfigPatch, ConfigPatched, ConfigShape, ConfigSnapshot, RestartNotice};
pub use cron::{CronJob, CronRun, CronScratch};
pub use devices::{DeviceList, PairedDevice, PendingDevice};
pub use sessions::{SessionDeleted, SessionEntry, SessionList, SessionRow, SessionsQuery};
pub use system::{
    GatewayStatus, Health, HealthAgent, HeartbeatEvent, HeartbeatFacts, LogTail, ModelRow, Wake, WakeMode,
};
pub use usage::{
    SessionUsage, SessionsUsage, UsageCost, UsageDay, UsagePoint, UsageSeries, UsageStatus, UsageTotals,
};

use serde::{Deserialize, Deserializer};

/// `null` as the type's default: gateways write `null` where others leave a field out.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    source: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(source)?.unwrap_or_default())
}
