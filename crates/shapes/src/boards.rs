//! Boards.

use std::collections::BTreeMap;

use mission_control_core::id::{BoardGroupId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Board, HeartbeatPolicy};
use mission_control_core::rules::version::Version;
use mission_control_core::rules::wip;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A board.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(missing_docs, reason = "described where they are set, in BoardCreate")]
pub struct BoardRead {
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardId,
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    pub name: String,
    pub slug: String,
    pub description: String,
    #[schema(value_type = Option<uuid::Uuid>)]
    pub gateway_id: Option<GatewayId>,
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_group_id: Option<BoardGroupId>,
    pub board_type: String,
    pub objective: Option<String>,
    pub success_metrics: Option<Value>,
    pub target_date: Option<Timestamp>,
    pub goal_confirmed: bool,
    pub goal_source: Option<String>,
    pub require_approval_for_done: bool,
    pub require_review_before_done: bool,
    pub comment_required_for_review: bool,
    pub block_status_changes_with_pending_approval: bool,
    pub only_lead_can_change_status: bool,
    pub max_agents: i32,
    /// Since when its agents are paused; `/pause` and `/resume` in its chat do that.
    pub paused_at: Option<Timestamp>,
    #[schema(value_type = String, example = "adaptive")]
    pub heartbeat_policy: HeartbeatPolicy,
    pub heartbeat_floor: Option<String>,
    pub heartbeat_ceiling: Option<String>,
    /// First part of its tasks' keys.
    #[schema(example = "REL")]
    pub task_prefix: String,
    /// How many tasks its columns are to have at most, by column; columns without a maximum are left out.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({"in_progress": 5}))]
    pub wip_limits: BTreeMap<&'static str, i64>,
    pub wip_refuses_agents: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Names its settings as they are, for `If-Match`.
    pub version: String,
}

impl From<Board> for BoardRead {
    fn from(board: Board) -> Self {
        Self {
            version: BoardSettings::of(&board).version().into(),
            wip_limits: wip::limits(&board),
            wip_refuses_agents: board.wip_refuses_agents,
            id: board.id,
            organization_id: board.organization_id,
            name: board.name,
            slug: board.slug,
            description: board.description,
            gateway_id: board.gateway_id,
            board_group_id: board.board_group_id,
            board_type: board.board_type,
            objective: board.objective,
            success_metrics: board.success_metrics,
            target_date: board.target_date,
            goal_confirmed: board.goal_confirmed,
            goal_source: board.goal_source,
            require_approval_for_done: board.require_approval_for_done,
            require_review_before_done: board.require_review_before_done,
            comment_required_for_review: board.comment_required_for_review,
            block_status_changes_with_pending_approval: board.block_status_changes_with_pending_approval,
            only_lead_can_change_status: board.only_lead_can_change_status,
            max_agents: board.max_agents,
            paused_at: board.paused_at,
            heartbeat_policy: board.heartbeat_policy,
            heartbeat_floor: board.heartbeat_floor,
            heartbeat_ceiling: board.heartbeat_ceiling,
            task_prefix: board.task_prefix,
            created_at: board.created_at,
            updated_at: board.updated_at,
        }
    }
}

/// What people change of a board, under the names of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardSettings([(&'static str, Value); 23]);

impl BoardSettings {
    /// Those of the board as it is. A new column does not compile before it is said whether it is one of them.
    pub fn of(board: &Board) -> Self {
        let Board {
            id: _,
            organization_id: _,
            name,
            slug,
            gateway_id,
            board_group_id,
            board_type,
            objective,
            success_metrics,
            target_date,
            goal_confirmed,
            goal_source,
            created_at: _,
            updated_at: _,
            description,
            require_approval_for_done,
            require_review_before_done,
            block_status_changes_with_pending_approval,
            only_lead_can_change_status,
            max_agents,
            comment_required_for_review,
            // Agents are told of a pause by the pause itself, and nobody overwrites one without knowing.
            paused_at: _,
            heartbeat_policy,
            heartbeat_floor,
            heartbeat_ceiling,
            task_prefix,
            last_task_number: _,
            wip_limits,
            wip_refuses_agents,
        } = board;
        Self([
            ("name", json!(name)),
            ("slug", json!(slug)),
            ("description", json!(description)),
            ("gateway_id", json!(gateway_id)),
            ("board_group_id", json!(board_group_id)),
            ("board_type", json!(board_type)),
            ("objective", json!(objective)),
            ("success_metrics", json!(success_metrics)),
            ("target_date", json!(target_date)),
            ("goal_confirmed", json!(goal_confirmed)),
            ("goal_source", json!(goal_source)),
            ("require_approval_for_done", json!(require_approval_for_done)),
            ("require_review_before_done", json!(require_review_before_done)),
            ("comment_required_for_review", json!(comment_required_for_review)),
            ("block_status_changes_with_pending_approval", json!(block_status_changes_with_pending_approval)),
            ("only_lead_can_change_status", json!(only_lead_can_change_status)),
            ("max_agents", json!(max_agents)),
            ("heartbeat_policy", json!(heartbeat_policy)),
            ("heartbeat_floor", json!(heartbeat_floor)),
            ("heartbeat_ceiling", json!(heartbeat_ceiling)),
            ("task_prefix", json!(task_prefix)),
            ("wip_limits", json!(wip_limits)),
            ("wip_refuses_agents", json!(wip_refuses_agents)),
        ])
    }

    /// The board as its settings show it.
    pub fn version(&self) -> Version {
        self.0.iter().fold(Version::default(), |version, (name, value)| version.with(name, value))
    }

    /// The settings that are others than `before`: the name, the value then, and the value now.
    pub fn changes<'a>(
        &'a self,
        before: &'a Self,
    ) -> impl Iterator<Item = (&'static str, &'a Value, &'a Value)> {
        let pairs = before.0.iter().zip(&self.0);
        pairs.filter(|(then, now)| then.1 != now.1).map(|((name, then), (_, now))| (*name, then, now))
    }
}
