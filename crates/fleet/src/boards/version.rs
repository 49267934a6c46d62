//! What people change of a board.

use mission_control_core::models::Board;
use mission_control_core::rules::version::Version;

/// The board as its settings show it. A new column does not compile before it is said whether that is one of them.
pub fn version(board: &Board) -> Version {
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
        paused_at: _,
        heartbeat_policy,
        heartbeat_floor,
        heartbeat_ceiling,
        task_prefix,
        last_task_number: _,
    } = board;
    Version::default()
        .with("name", name)
        .with("slug", slug)
        .with("description", description)
        .with("gateway_id", gateway_id)
        .with("board_group_id", board_group_id)
        .with("board_type", board_type)
        .with("objective", objective)
        .with("success_metrics", success_metrics)
        .with("target_date", target_date)
        .with("goal_confirmed", goal_confirmed)
        .with("goal_source", goal_source)
        .with("require_approval_for_done", require_approval_for_done)
        .with("require_review_before_done", require_review_before_done)
        .with("comment_required_for_review", comment_required_for_review)
        .with("block_status_changes_with_pending_approval", block_status_changes_with_pending_approval)
        .with("only_lead_can_change_status", only_lead_can_change_status)
        .with("max_agents", max_agents)
        .with("heartbeat_policy", heartbeat_policy)
        .with("heartbeat_floor", heartbeat_floor)
        .with("heartbeat_ceiling", heartbeat_ceiling)
        .with("task_prefix", task_prefix)
}
