//! Boards.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{BoardGroupId, BoardId, GatewayId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What becomes of the heartbeats of a board's agents while nothing happens on it.
    stored HeartbeatPolicy {
        /// They slow down while the board is idle, and return to their interval when work arrives.
        Adaptive = "adaptive",
        /// Agents keep their own intervals.
        Fixed = "fixed",
        /// There are none: agents act on messages alone.
        Off = "off",
    }
}

/// A board: tasks, agents and a goal.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::boards, treat_none_as_default_value = false)]
pub struct Board {
    /// Key.
    pub id: BoardId,
    /// Owner.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Name for URLs and paths.
    pub slug: String,
    /// Gateway on which its agents run.
    pub gateway_id: Option<GatewayId>,
    /// Group it belongs to.
    pub board_group_id: Option<BoardGroupId>,
    /// `goal` or `general`.
    pub board_type: String,
    /// What the board is to achieve.
    pub objective: Option<String>,
    /// How success is measured.
    pub success_metrics: Option<Value>,
    /// When it should be achieved.
    pub target_date: Option<Timestamp>,
    /// A person confirmed the goal.
    pub goal_confirmed: bool,
    /// Where the goal came from.
    pub goal_source: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Description.
    pub description: String,
    /// A task needs an approved approval to become done.
    pub require_approval_for_done: bool,
    /// A task must pass review to become done.
    pub require_review_before_done: bool,
    /// A pending approval freezes the task's status.
    pub block_status_changes_with_pending_approval: bool,
    /// Only the lead moves tasks.
    pub only_lead_can_change_status: bool,
    /// Most worker agents.
    pub max_agents: i32,
    /// A task needs a comment to enter review.
    pub comment_required_for_review: bool,
    /// Since when its agents are paused.
    pub paused_at: Option<Timestamp>,
    /// What becomes of heartbeats while it is idle.
    pub heartbeat_policy: HeartbeatPolicy,
    /// Shortest interval of its agents' heartbeats, such as `10m`; `None` leaves them their own.
    pub heartbeat_floor: Option<String>,
    /// Longest interval while it is idle; `None` is one hour.
    pub heartbeat_ceiling: Option<String>,
    /// First part of its tasks' keys, such as `REL`. Unique in the organization; empty until it is stored.
    pub task_prefix: String,
    /// The highest number that a task of it ever had.
    pub last_task_number: i32,
    /// How many tasks its columns are to have at most, by column; see `rules::wip`.
    pub wip_limits: Option<Value>,
    /// Agents are refused what would make a column larger than that.
    pub wip_refuses_agents: bool,
}

impl Board {
    /// A board of type `goal` without a goal, on no gateway, for one worker agent.
    pub fn new(organization_id: OrganizationId, name: impl Into<String>, slug: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: BoardId::random(),
            organization_id,
            name: name.into(),
            slug: slug.into(),
            gateway_id: None,
            board_group_id: None,
            board_type: "goal".to_owned(),
            objective: None,
            success_metrics: None,
            target_date: None,
            goal_confirmed: false,
            goal_source: None,
            created_at: now,
            updated_at: now,
            description: String::new(),
            require_approval_for_done: true,
            require_review_before_done: false,
            block_status_changes_with_pending_approval: false,
            only_lead_can_change_status: false,
            max_agents: 1,
            comment_required_for_review: false,
            paused_at: None,
            heartbeat_policy: HeartbeatPolicy::Adaptive,
            heartbeat_floor: None,
            heartbeat_ceiling: None,
            task_prefix: String::new(),
            last_task_number: 0,
            wip_limits: None,
            wip_refuses_agents: false,
        }
    }
}

/// Changes to a [`Board`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::boards)]
pub struct BoardChanges {
    pub name: Option<String>,
    pub slug: Option<String>,
    pub gateway_id: Option<Option<GatewayId>>,
    pub board_group_id: Option<Option<BoardGroupId>>,
    pub board_type: Option<String>,
    pub objective: Option<Option<String>>,
    pub success_metrics: Option<Option<Value>>,
    pub target_date: Option<Option<Timestamp>>,
    pub goal_confirmed: Option<bool>,
    pub goal_source: Option<Option<String>>,
    pub description: Option<String>,
    pub require_approval_for_done: Option<bool>,
    pub require_review_before_done: Option<bool>,
    pub block_status_changes_with_pending_approval: Option<bool>,
    pub only_lead_can_change_status: Option<bool>,
    pub max_agents: Option<i32>,
    pub comment_required_for_review: Option<bool>,
    pub paused_at: Option<Option<Timestamp>>,
    pub heartbeat_policy: Option<HeartbeatPolicy>,
    pub heartbeat_floor: Option<Option<String>>,
    pub heartbeat_ceiling: Option<Option<String>>,
    pub task_prefix: Option<String>,
    pub wip_limits: Option<Option<Value>>,
    pub wip_refuses_agents: Option<bool>,
}
