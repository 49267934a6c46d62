//! What agents are told when their board changes.

use mission_control_core::models::{Board, MessageKind};
use mission_control_store::boards::BoardFilter;
use mission_control_store::{Page, StoreError, Tx, agents, boards};

use crate::say::{Words, say};

/// Tells the lead what changed.
pub(super) fn lead(tx: &mut Tx<'_>, before: &Board, after: &Board) -> Result<(), StoreError> {
    let changes = changes(before, after);
    if changes.is_empty() {
        return Ok(());
    }
    let Some(lead) = agents::lead_of(tx, after.id)? else { return Ok(()) };
    let text = format!(
        "BOARD UPDATED\nBoard: {} ({})\n\n{}\n\nCheck whether plan and assignments still fit.",
        after.name,
        after.id,
        changes.join("\n")
    );
    let sent = format!("Lead agent notified for board update: {}.", after.name);
    let failed = format!("Lead board update notify failed for {}", after.name);
    let words = Words::new(MessageKind::Notice, text)
        .traced(("board.lead_notified", sent), ("board.lead_notify_failed", failed));
    say(tx, after.organization_id, &lead, words)
}

/// Tells the agents of the group that the board left or joined.
pub(super) fn group_change(tx: &mut Tx<'_>, before: &Board, after: &Board) -> Result<(), StoreError> {
    if before.board_group_id == after.board_group_id {
        return Ok(());
    }
    for (group, action) in [(before.board_group_id, "leave"), (after.board_group_id, "join")] {
        let Some(group) = group else { continue };
        let filter = BoardFilter { board_group_id: Some(group), ..BoardFilter::of(after.organization_id) };
        let mut members = boards::list(tx, &filter, Page::ALL)?.items;
        if !members.iter().any(|board| board.id == after.id) {
            members.push(after.clone());
        }
        for member in members {
            for agent in agents::of_board(tx, member.id)? {
                let text = group_text(action, after, &member);
                let sent =
                    format!("Board-group {action} notice sent to {} for board {}.", agent.name, member.name);
                let failed =
                    format!("Board-group {action} notify failed for {} on board {}", agent.name, member.name);
                let (kind, failed_kind) =
                    (format!("board.group.{action}.notified"), format!("board.group.{action}.notify_failed"));
                let words =
                    Words::new(MessageKind::Notice, text).traced((&kind, sent), (&failed_kind, failed));
                say(tx, member.organization_id, &agent, words)?;
            }
        }
    }
    Ok(())
}

fn group_text(action: &str, changed: &Board, recipient: &Board) -> String {
    let (what, advice) = match action {
        "join" => ("joined", "Look at its tasks before you plan shared work, and agree on who owns what."),
        _ => ("left", "Do not count on it any more: check hand-offs and dependencies that went across."),
    };
    format!(
        "BOARD GROUP UPDATED\nBoard {} ({}) {what} the group of your board {}.\n\n{advice}",
        changed.name, changed.id, recipient.name
    )
}

/// One line per field that differs.
fn changes(before: &Board, after: &Board) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let fields = [
        ("name", before.name.clone(), after.name.clone()),
        ("slug", before.slug.clone(), after.slug.clone()),
        ("description", before.description.clone(), after.description.clone()),
        ("board_type", before.board_type.clone(), after.board_type.clone()),
        ("objective", text(&before.objective), text(&after.objective)),
        (
            "success_metrics",
            text(&before.success_metrics.as_ref().map(ToString::to_string)),
            text(&after.success_metrics.as_ref().map(ToString::to_string)),
        ),
        (
            "target_date",
            text(&before.target_date.map(|date| date.to_string())),
            text(&after.target_date.map(|date| date.to_string())),
        ),
        ("goal_confirmed", before.goal_confirmed.to_string(), after.goal_confirmed.to_string()),
        (
            "gateway_id",
            text(&before.gateway_id.map(|id| id.to_string())),
            text(&after.gateway_id.map(|id| id.to_string())),
        ),
        (
            "board_group_id",
            text(&before.board_group_id.map(|id| id.to_string())),
            text(&after.board_group_id.map(|id| id.to_string())),
        ),
        (
            "require_approval_for_done",
            before.require_approval_for_done.to_string(),
            after.require_approval_for_done.to_string(),
        ),
        (
            "require_review_before_done",
            before.require_review_before_done.to_string(),
            after.require_review_before_done.to_string(),
        ),
        (
            "comment_required_for_review",
            before.comment_required_for_review.to_string(),
            after.comment_required_for_review.to_string(),
        ),
        (
            "block_status_changes_with_pending_approval",
            before.block_status_changes_with_pending_approval.to_string(),
            after.block_status_changes_with_pending_approval.to_string(),
        ),
        (
            "only_lead_can_change_status",
            before.only_lead_can_change_status.to_string(),
            after.only_lead_can_change_status.to_string(),
        ),
        ("max_agents", before.max_agents.to_string(), after.max_agents.to_string()),
    ];
    fields
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| format!("- {name}: {before} -> {after}"))
        .collect()
}
