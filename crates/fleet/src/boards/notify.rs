//! What agents are told when their board changes.

use mission_control_core::models::{Board, MessageKind};
use mission_control_shapes::BoardSettings;
use mission_control_store::boards::BoardFilter;
use mission_control_store::{Page, StoreError, Tx, agents, boards};
use serde_json::Value;

use crate::say::{Words, say};
use crate::text::one_line;

/// Tells the lead what changed.
pub(super) fn lead(tx: &mut Tx<'_>, before: &Board, after: &Board) -> Result<(), StoreError> {
    let changes = changes(before, after);
    if changes.is_empty() {
        return Ok(());
    }
    let Some(lead) = agents::lead_of(tx, after.id)? else { return Ok(()) };
    let text = format!(
        "BOARD UPDATED\nBoard: {} ({})\n\n{}\n\nCheck whether plan and assignments still fit.",
        one_line(&after.name),
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
        one_line(&changed.name),
        changed.id,
        one_line(&recipient.name)
    )
}

/// One line per setting that differs, whatever is in it.
fn changes(before: &Board, after: &Board) -> Vec<String> {
    let (before, after) = (BoardSettings::of(before), BoardSettings::of(after));
    let line =
        |(name, then, now)| format!("- {name}: {} -> {}", one_line(&shown(then)), one_line(&shown(now)));
    after.changes(&before).map(line).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mission_control_core::id::{BoardGroupId, GatewayId, OrganizationId};
    use mission_control_core::models::{BoardChanges, HeartbeatPolicy};
    use mission_control_core::time::Timestamp;

    use super::*;

    #[test]
    fn the_lead_is_told_of_every_field_that_changed_and_of_no_other() {
        let before = Board::new(OrganizationId::random(), "Ops", "ops");
        assert_eq!(changes(&before, &before), Vec::<String>::new());
        let after = Board {
            heartbeat_floor: Some("10m".to_owned()),
            task_prefix: "REL".to_owned(),
            objective: Some("Ship\nit".to_owned()),
            ..before.clone()
        };
        let told =
            ["- objective: none -> Ship it", "- heartbeat_floor: none -> 10m", "- task_prefix:  -> REL"];
        assert_eq!(changes(&before, &after), told);
    }
    #[test]
    fn whatever_a_request_can_change_of_a_board_is_told_but_a_pause() {
        /// The board after all of the changes, and what they are called: every field has to be here.
        macro_rules! changed {
            ($before:expr, $changes:expr, $($field:ident),+ $(,)?) => {{
                let BoardChanges { $($field),+ } = $changes;
                (Board { $($field: $field.unwrap(),)+ ..$before.clone() }, [$(stringify!($field)),+])
            }};
        }
        let before = Board::new(OrganizationId::random(), "Ops", "ops");
        let all = BoardChanges {
            name: Some("n".to_owned()),
            slug: Some("s".to_owned()),
            gateway_id: Some(Some(GatewayId::random())),
            board_group_id: Some(Some(BoardGroupId::random())),
            board_type: Some("t".to_owned()),
            objective: Some(Some("o".to_owned())),
            success_metrics: Some(Some(serde_json::json!({ "k": 1 }))),
            target_date: Some(Some(Timestamp::now())),
            goal_confirmed: Some(!before.goal_confirmed),
            goal_source: Some(Some("g".to_owned())),
            description: Some("d".to_owned()),
            require_approval_for_done: Some(!before.require_approval_for_done),
            require_review_before_done: Some(!before.require_review_before_done),
            block_status_changes_with_pending_approval: Some(
                !before.block_status_changes_with_pending_approval,
            ),
            only_lead_can_change_status: Some(!before.only_lead_can_change_status),
            max_agents: Some(before.max_agents + 1),
            comment_required_for_review: Some(!before.comment_required_for_review),
            paused_at: Some(Some(Timestamp::now())),
            heartbeat_policy: Some(HeartbeatPolicy::Off),
            heartbeat_floor: Some(Some("1h".to_owned())),
            heartbeat_ceiling: Some(Some("2h".to_owned())),
            task_prefix: Some("P".to_owned()),
            wip_limits: Some(Some(serde_json::json!({ "done": 1 }))),
            wip_refuses_agents: Some(true),
        };
        let (after, fields) = changed!(
            before,
            all,
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
            description,
            require_approval_for_done,
            require_review_before_done,
            block_status_changes_with_pending_approval,
            only_lead_can_change_status,
            max_agents,
            comment_required_for_review,
            paused_at,
            heartbeat_policy,
            heartbeat_floor,
            heartbeat_ceiling,
            task_prefix,
            wip_limits,
            wip_refuses_agents,
        );
        let lines = changes(&before, &after);
        let told: BTreeSet<&str> = lines.iter().map(|line| &line[2..line.find(':').unwrap()]).collect();
        let expected: BTreeSet<&str> = fields.into_iter().filter(|field| *field != "paused_at").collect();
        assert_eq!(told, expected);
    }
}
