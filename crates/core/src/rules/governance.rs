//! Which changes of a board are not about what is on it but about how it is governed: its gateway, its gates, how many
//! agents it may have and how often they run.

use crate::models::{Board, BoardChanges};

/// Lists the fields that govern a board, as clients call them.
macro_rules! governing {
    ($($field:ident),+ $(,)?) => {
        /// The governing fields that `changes` would make different.
        pub fn changed(board: &Board, changes: &BoardChanges) -> Vec<&'static str> {
            let mut names = Vec::new();
            $(
                if changes.$field.as_ref().is_some_and(|value| *value != board.$field) {
                    names.push(stringify!($field));
                }
            )+
            names
        }

        /// The same changes with the governing fields left alone.
        pub fn without(changes: BoardChanges) -> BoardChanges {
            BoardChanges { $($field: None,)+ ..changes }
        }
    };
}

governing!(
    gateway_id,
    require_approval_for_done,
    require_review_before_done,
    comment_required_for_review,
    block_status_changes_with_pending_approval,
    only_lead_can_change_status,
    max_agents,
    paused_at,
    heartbeat_policy,
    heartbeat_floor,
    heartbeat_ceiling,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{GatewayId, OrganizationId};
    use crate::models::HeartbeatPolicy;
    use crate::time::Timestamp;

    #[test]
    fn whoever_sends_a_board_as_it_is_governs_nothing() {
        let board = Board::new(OrganizationId::random(), "b", "b");
        let same = BoardChanges {
            name: Some("other".to_owned()),
            gateway_id: Some(board.gateway_id),
            require_approval_for_done: Some(board.require_approval_for_done),
            max_agents: Some(board.max_agents),
            ..BoardChanges::default()
        };
        assert_eq!(changed(&board, &same), [""; 0]);
        let content = BoardChanges { name: Some("other".to_owned()), ..BoardChanges::default() };
        assert_eq!(without(same), content);
    }

    #[test]
    fn gates_gateway_places_and_pace_govern_and_words_do_not() {
        let board = Board::new(OrganizationId::random(), "b", "b");
        let all = BoardChanges {
            name: Some("n".to_owned()),
            slug: Some("s".to_owned()),
            gateway_id: Some(Some(GatewayId::random())),
            // Whoever moves a board between groups needs the right on both.
            board_group_id: None,
            board_type: Some("t".to_owned()),
            objective: Some(Some("o".to_owned())),
            success_metrics: Some(Some(serde_json::json!({ "k": 1 }))),
            target_date: Some(Some(Timestamp::now())),
            goal_confirmed: Some(!board.goal_confirmed),
            goal_source: Some(Some("g".to_owned())),
            description: Some("d".to_owned()),
            require_approval_for_done: Some(!board.require_approval_for_done),
            require_review_before_done: Some(!board.require_review_before_done),
            block_status_changes_with_pending_approval: Some(
                !board.block_status_changes_with_pending_approval,
            ),
            only_lead_can_change_status: Some(!board.only_lead_can_change_status),
            max_agents: Some(board.max_agents + 1),
            comment_required_for_review: Some(!board.comment_required_for_review),
            paused_at: Some(Some(Timestamp::now())),
            heartbeat_policy: Some(HeartbeatPolicy::Off),
            heartbeat_floor: Some(Some("1h".to_owned())),
            heartbeat_ceiling: Some(Some("2h".to_owned())),
            task_prefix: Some("P".to_owned()),
            wip_limits: Some(Some(serde_json::json!({ "done": 1 }))),
            wip_refuses_agents: Some(true),
        };
        assert_eq!(changed(&board, &all).len(), 11);
        assert_eq!(changed(&board, &without(all)), [""; 0]);
    }
}
