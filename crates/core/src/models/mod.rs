//! Rows of the tables, one module per aggregate.
//!
//! A row struct has the table's columns as public fields. Its `new` takes what has no default and fills the rest (id,
//! times, the defaults that existing clients know), because the tables themselves have almost none. A `…Changes` struct
//! updates some columns: `None` leaves a column alone, `Some(None)` empties a nullable one.

mod accounts;
mod activity;
mod agents;
mod api_tokens;
mod approvals;
mod audit;
mod board_groups;
mod board_views;
mod boards;
mod breaker;
mod budgets;
mod custom_fields;
mod event_log;
mod exec_approvals;
mod exec_policies;
mod gateways;
mod guarded;
mod idempotency;
mod identities;
mod inbox;
mod invites;
mod jobs;
mod log_levels;
mod memory;
mod messages;
mod model_choices;
mod onboarding;
mod organizations;
mod passkeys;
mod runs;
mod skills;
mod stale;
mod tags;
mod tasks;
mod text_enum;
mod usage;
mod users;
mod web_sessions;
mod webhooks;

pub use accounts::{Account, PasswordReset};
pub use activity::ActivityEvent;
pub use agents::{Agent, AgentActivityCount, AgentChanges, AgentFile, AgentState, AgentStatus};
pub use api_tokens::{ApiToken, TokenScope};
pub use approvals::{Approval, ApprovalDecision, ApprovalTaskLink};
pub use audit::{ActorKind, AuditAction, AuditChain, AuditDraft, AuditEntry};
pub use board_groups::{BoardGroup, BoardGroupChanges};
pub use board_views::{BoardLayout, BoardView, BoardViewChanges};
pub use boards::{Board, BoardChanges, HeartbeatPolicy};
pub use breaker::{AgentProgress, BoardBreaker, BreakerMode, ProgressStage, RunVerdict};
pub use budgets::{
    AgentPause, Budget, BudgetChanges, BudgetMetric, BudgetPeriod, BudgetStage, BudgetWindow, PauseCause,
};
pub use custom_fields::{
    CustomField, CustomFieldBinding, CustomFieldChanges, CustomFieldType, CustomFieldValue,
    CustomFieldVisibility,
};
pub use event_log::{LogEntry, NewLogEntry};
pub use exec_approvals::{ExecApproval, ExecApprovalState, ExecDecision};
pub use exec_policies::{ExecEffect, ExecMatch, ExecPolicy};
pub use gateways::{
    ConnectionState, DeviceIdentity, DriftPolicy, Gateway, GatewayChanges, GatewayObservation,
};
pub use idempotency::IdempotencyKey;
pub use identities::Identity;
pub use inbox::InboxMark;
pub use invites::{InviteBoardAccess, OrganizationInvite};
pub use jobs::{GatewayCircuit, Job, JobState, Lane, Lease, Schedule};
pub use log_levels::{LogOverride, Program};
pub use memory::{BoardGroupMemory, BoardMemory};
pub use messages::{AgentMessage, MessageChanges, MessageKind, MessageState};
pub use model_choices::{ActiveHours, ModelChoice, ThinkingLevel};
pub use onboarding::{
    Autonomy, Completion, OnboardingChanges, OnboardingSession, OnboardingStatus, OutputFormat,
    UpdateCadence, Verbosity,
};
pub use organizations::{
    MemberChanges, OrgRole, Organization, OrganizationBoardAccess, OrganizationChanges, OrganizationMember,
};
pub use passkeys::{CeremonyKind, Passkey, PasskeyCeremony};
pub use runs::{Run, RunReason, RunState, RunStep, RunTrigger, StepKind, StepState};
pub use skills::{InstalledSkill, MarketplaceSkill, MarketplaceSkillChanges, SkillPack, SkillPackChanges};
pub use stale::{BoardStaleRule, StaleCause, StaleRule, StaleTask};
pub use tags::{Tag, TagAssignment, TagChanges};
pub use tasks::{ApprovalStatus, Task, TaskChanges, TaskDependency, TaskStatus};
pub use text_enum::ForeignWord;
pub use usage::UsageEntry;
pub use users::{User, UserChanges};
pub use web_sessions::{ProviderGrant, WebSession};
pub use webhooks::{Webhook, WebhookChanges, WebhookPayload};

/// A column holds a word that its closed set does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no {wanted}")]
pub struct UnknownText {
    /// The enum that was wanted.
    pub wanted: &'static str,
    /// The text found.
    pub text: String,
}
