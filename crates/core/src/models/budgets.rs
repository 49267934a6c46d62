//! Limits to what agents use.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, ApprovalId, BoardId, BudgetId, OrganizationId, UserId};
use crate::rules::whom::Whom;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What a budget counts.
    stored BudgetMetric {
        /// What models cost, in millionths of a US dollar, as far as gateways have prices.
        Cost = "cost",
        /// Tokens of all four kinds.
        Tokens = "tokens",
        /// Runs.
        Runs = "runs",
    }
}

text_enum! {
    /// How long a budget lasts until it begins anew.
    stored BudgetPeriod {
        /// From midnight to midnight.
        Day = "day",
        /// From Monday to Sunday.
        Week = "week",
        /// From the first of a month to its last day.
        Month = "month",
    }
}

text_enum! {
    /// How far a budget is used up.
    stored BudgetStage {
        /// There is enough left.
        Ok = "ok",
        /// People were warned.
        Warned = "warned",
        /// Heartbeats are slowed down.
        Slowed = "slowed",
        /// Its agents are paused.
        Stopped = "stopped",
    }
}

/// A limit to what the agents of an organization, the agents of a board, or one agent use in each period.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::budgets, treat_none_as_default_value = false)]
pub struct Budget {
    /// Key.
    pub id: BudgetId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Only what the agents of this board use.
    pub board_id: Option<BoardId>,
    /// Only what this agent uses.
    pub agent_id: Option<AgentId>,
    /// What it counts.
    pub metric: BudgetMetric,
    /// When it begins anew.
    pub period: BudgetPeriod,
    /// The time zone of its days, by its IANA name.
    pub time_zone: String,
    /// The limit: millionths of a US dollar, tokens, or runs.
    pub limit_amount: i64,
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
    /// Who made it.
    pub created_by_user_id: Option<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Budget {
    /// A budget of UTC days that warns at 80 % and slows at 90 %, lets runs come to their end, and begins anew by itself.
    pub fn new(organization_id: OrganizationId, metric: BudgetMetric, limit_amount: i64) -> Self {
        let now = Timestamp::now();
        Self {
            id: BudgetId::random(),
            organization_id,
            board_id: None,
            agent_id: None,
            metric,
            period: BudgetPeriod::Day,
            time_zone: "UTC".to_owned(),
            limit_amount,
            warn_percent: 80,
            slow_percent: 90,
            abort_running: false,
            resume_on_new_window: true,
            enabled: true,
            created_by_user_id: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whose agents it is about.
    pub const fn whom(&self) -> Whom {
        match (self.agent_id, self.board_id) {
            (Some(agent), _) => Whom::Agent(agent),
            (None, Some(board)) => Whom::Board(board),
            (None, None) => Whom::Organization(self.organization_id),
        }
    }
}

/// Changes to a [`Budget`]. What it counts, and for whom, never changes: its windows would mean something else.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::budgets)]
pub struct BudgetChanges {
    pub limit_amount: Option<i64>,
    pub warn_percent: Option<i32>,
    pub slow_percent: Option<i32>,
    pub abort_running: Option<bool>,
    pub resume_on_new_window: Option<bool>,
    pub enabled: Option<bool>,
}

/// One period of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::budget_windows, primary_key(budget_id, starts_at), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct BudgetWindow {
    /// The budget.
    pub budget_id: BudgetId,
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The first moment after it.
    pub ends_at: Timestamp,
    /// What was used in it.
    pub used: i64,
    /// What may be used in it beyond the limit.
    pub extra: i64,
    /// How far it is used up: what was done about it.
    pub stage: BudgetStage,
    /// What asks people whether to go on.
    pub approval_id: Option<ApprovalId>,
    /// When its stage last changed.
    pub changed_at: Timestamp,
}

text_enum! {
    /// Which rule paused an agent.
    stored PauseCause {
        /// A budget is used up.
        Budget = "budget",
        /// Nothing comes of its runs.
        Breaker = "breaker",
    }
}

/// Why a rule paused an agent. It counts while the agent is paused since `paused_at`.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::agent_pauses, primary_key(agent_id), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AgentPause {
    /// The agent.
    pub agent_id: AgentId,
    /// Since when it is paused for this.
    pub paused_at: Timestamp,
    /// Which rule.
    pub cause: PauseCause,
    /// In words.
    pub reason: String,
    /// The budget that is used up.
    pub budget_id: Option<BudgetId>,
    /// The window of the budget.
    pub window_starts_at: Option<Timestamp>,
}
