//! The shapes of the API: what clients and streams are given, as types that serialize and that the OpenAPI document describes.
//!
//! A shape is made from rows by a pure conversion that stands beside it; which rows, and how they are found, is the business
//! of the use-cases. Nothing below this crate knows of HTTP or of its documents.

mod agents;
mod api_tokens;
mod approvals;
mod audit;
mod board_groups;
mod custom_fields;
mod doctor;
pub mod events;
mod exec_approvals;
mod gateways;
mod invites;
mod jobs;
mod members;
mod memory;
mod messages;
mod organizations;
mod runs;
mod skills;
mod tags;
mod tasks;
mod templates;
mod usage;
mod webhooks;

pub use agents::{AgentFileContent, AgentFileRead, AgentRead};
pub use api_tokens::ApiTokenRead;
pub use approvals::{ApprovalDecisionRead, ApprovalRead};
pub use audit::{AUDIT_COLUMNS, AuditEntryRead};
pub use board_groups::BoardGroupRead;
pub use custom_fields::TaskCustomFieldDefinitionRead;
pub use doctor::{DoctorFinding, DoctorReport};
pub use exec_approvals::ExecApprovalRead;
pub use gateways::{Commands, GatewayRead, GatewayStatus, ReconcileReport, SessionList};
pub use invites::OrganizationInviteRead;
pub use jobs::JobSummary;
pub use members::{OrganizationBoardAccessRead, OrganizationMemberRead, OrganizationUserRead};
pub use memory::{BoardGroupMemoryRead, BoardMemoryRead};
pub use messages::MessageRead;
pub use organizations::OrganizationRead;
pub use runs::{RunDetail, RunRead, RunStepRead};
pub use skills::{MarketplaceSkillRead, SkillPackRead, SkillPackSync, SkillState};
pub use tags::{TagRead, TagRef};
pub use tasks::{CommentItem, CommentRead, TaskRead};
pub use templates::{AgentPlan, FileAction, FilePlan, TemplatesSyncError, TemplatesSyncResult, TokenPlan};
pub use usage::{UsageGroup, UsageReport, UsageTotals};
pub use webhooks::{BoardWebhookPayloadRead, BoardWebhookRead, WebhookDeliveryRead};
