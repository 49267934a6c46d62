//! Budgets as clients see them.

use mission_control_core::id::{AgentId, ApprovalId, BoardId, BudgetId, OrganizationId};
use mission_control_core::models::{Budget, BudgetMetric, BudgetPeriod, BudgetStage, BudgetWindow};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A limit to what agents use in each period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BudgetRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BudgetId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Only what the agents of this board use.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// Only what this agent uses.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// `cost` (millionths of a US dollar, as far as gateways have prices), `tokens` or `runs`.
    #[schema(value_type = String, example = "tokens")]
    pub metric: BudgetMetric,
    /// `day`, `week` (from Monday) or `month`.
    #[schema(value_type = String, example = "day")]
    pub period: BudgetPeriod,
    /// The time zone of its days.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// The limit.
    pub limit: i64,
    /// At this share people are warned.
    pub warn_percent: i32,
    /// At this share heartbeats are slowed down.
    pub slow_percent: i32,
    /// Whether runs are stopped when it is used up; else they come to their end.
    pub abort_running: bool,
    /// Whether agents go on by themselves when it begins anew.
    pub resume_on_new_window: bool,
    /// Whether it counts.
    pub enabled: bool,
    /// The period of now.
    pub window: BudgetWindowRead,
    /// The agents that it has paused.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub held_agent_ids: Vec<AgentId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BudgetRead {
    /// The budget with its window of now and the agents that it has paused.
    pub fn new(budget: Budget, window: BudgetWindowRead, held_agent_ids: Vec<AgentId>) -> Self {
        Self {
            id: budget.id,
            organization_id: budget.organization_id,
            board_id: budget.board_id,
            agent_id: budget.agent_id,
            metric: budget.metric,
            period: budget.period,
            time_zone: budget.time_zone,
            limit: budget.limit_amount,
            warn_percent: budget.warn_percent,
            slow_percent: budget.slow_percent,
            abort_running: budget.abort_running,
            resume_on_new_window: budget.resume_on_new_window,
            enabled: budget.enabled,
            window,
            held_agent_ids,
            created_at: budget.created_at,
            updated_at: budget.updated_at,
        }
    }
}

/// One period of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BudgetWindowRead {
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The first moment after it.
    pub ends_at: Timestamp,
    /// What was used in it.
    pub used: i64,
    /// What may be used in it beyond the limit.
    pub extra: i64,
    /// `ok`, `warned`, `slowed` (heartbeats) or `stopped` (agents are paused).
    #[schema(value_type = String, example = "ok")]
    pub stage: BudgetStage,
    /// What asks people whether to go on.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub approval_id: Option<ApprovalId>,
}

impl From<&BudgetWindow> for BudgetWindowRead {
    fn from(window: &BudgetWindow) -> Self {
        Self {
            starts_at: window.starts_at,
            ends_at: window.ends_at,
            used: window.used,
            extra: window.extra,
            stage: window.stage,
            approval_id: window.approval_id,
        }
    }
}
