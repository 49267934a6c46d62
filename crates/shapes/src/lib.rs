//! The shapes of the API: what clients and streams are given, as types that serialize and that the OpenAPI document describes.
//!
//! A shape is made from rows by a pure conversion that stands beside it; which rows, and how they are found, is the business
//! of the use-cases. Nothing below this crate knows of HTTP or of its documents.

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
mod doctor;
pub mod events;
mod exec_approvals;
mod exec_policies;
mod gateways;
mod invites;
mod jobs;
mod members;
mod memory;
mod messages;
mod model_choices;
mod organizations;
mod runs;
mod skills;
mod stale;
mod tags;
mod tasks;
mod templates;
mod usage;
mod users;
mod webhooks;

pub use activity::ActivityEventRead;
pub use agents::{AgentFileContent, AgentFileRead, AgentRead};
pub use api_tokens::ApiTokenRead;
pub use approvals::{ApprovalDecisionRead, ApprovalRead};
pub use audit::{AUDIT_COLUMNS, AuditEntryRead};
pub use board_groups::BoardGroupRead;
pub use board_views::BoardViewRead;
pub use boards::{BoardRead, BoardSettings};
pub use breaker::BoardBreakerRead;
pub use budgets::{BudgetRead, BudgetWindowRead};
pub use custom_fields::TaskCustomFieldDefinitionRead;
pub use doctor::{DoctorFinding, DoctorReport};
pub use exec_approvals::ExecApprovalRead;
pub use exec_policies::{ExecPolicyRead, ExecPolicyTrial, ExecTrialExample, ExecTrialGroup};
pub use gateways::{Commands, GatewayRead, GatewayStatus, ReconcileReport, SessionList};
pub use invites::OrganizationInviteRead;
pub use jobs::{JobRead, JobSummary};
pub use members::{OrganizationBoardAccessRead, OrganizationMemberRead, OrganizationUserRead};
pub use memory::{BoardGroupMemoryRead, BoardMemoryRead};
pub use messages::MessageRead;
pub use model_choices::{
    ActiveHoursRead, AgentModelsRead, GatewayModelRead, GatewayModelsRead, ModelChoiceRead, ObservedModels,
};
pub use organizations::{OrganizationListItem, OrganizationRead};
pub use runs::{RunDetail, RunRead, RunStepRead, StopRead};
pub use skills::{MarketplaceSkillCardRead, MarketplaceSkillRead, SkillPackRead, SkillPackSync, SkillState};
pub use stale::{BoardStaleRuleRead, TaskStaleRead};
pub use tags::{TagRead, TagRef};
pub use tasks::{CommentItem, CommentRead, TaskCardRead, TaskRead};
pub use templates::{AgentPlan, FileAction, FilePlan, TemplatesSyncError, TemplatesSyncResult, TokenPlan};
pub use usage::{UsageGroup, UsageReport, UsageTotals};
pub use users::UserRead;
pub use webhooks::{BoardWebhookPayloadRead, BoardWebhookRead, WebhookDeliveryRead};
