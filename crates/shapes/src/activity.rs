//! The activity feed.

use std::collections::BTreeMap;

use mission_control_core::id::{ActivityId, AgentId, BoardId, TaskId, UserId};
use mission_control_core::models::ActivityEvent;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::TASK_COMMENT;

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityEventRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ActivityId,
    /// Dotted kind.
    #[schema(example = "task.created")]
    pub event_type: String,
    /// Last word of the kind.
    #[schema(example = "created")]
    pub action: Option<String>,
    /// Text for people.
    pub message: Option<String>,
    /// The agent that acted or is concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The person who acted.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// What they are called.
    pub user_name: Option<String>,
    /// The task concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// What it is called.
    pub task_title: Option<String>,
    /// The board concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The page of a web client that shows it.
    #[schema(example = "board")]
    pub route_name: String,
    /// What that page takes.
    pub route_params: BTreeMap<&'static str, String>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActivityEventRead {
    /// What happened, on a board if it is one's, to the task of this title if it is about one, by the person of this name if a
    /// person did it.
    pub fn new(
        event: ActivityEvent,
        board: Option<BoardId>,
        task_title: Option<String>,
        user_name: Option<String>,
    ) -> Self {
        let (route_name, route_params) = route(&event, board);
        Self {
            id: event.id,
            event_type: event.event_type,
            action: event.action,
            message: event.message,
            agent_id: event.agent_id,
            user_id: event.user_id,
            user_name,
            task_id: event.task_id,
            task_title,
            board_id: board,
            route_name: route_name.to_owned(),
            route_params,
            created_at: event.created_at,
        }
    }
}

/// Where a web client shows an event.
fn route(event: &ActivityEvent, board: Option<BoardId>) -> (&'static str, BTreeMap<&'static str, String>) {
    let mut params = BTreeMap::new();
    if let Some(task) = event.task_id {
        params.insert("taskId", task.to_string());
    }
    let Some(board) = board else {
        params.insert("eventId", event.id.to_string());
        params.insert("eventType", event.event_type.clone());
        params.insert("createdAt", event.created_at.to_string());
        return ("activity", params);
    };
    let on_board = BTreeMap::from([("boardId", board.to_string())]);
    let entity = event.event_type.split('.').next().unwrap_or_default();
    match entity {
        "approval" => ("board.approvals", on_board),
        "board" => {
            params = on_board;
            params.insert("panel", "chat".to_owned());
            ("board", params)
        }
        _ => {
            params.extend(on_board);
            if event.event_type == TASK_COMMENT && event.task_id.is_some() {
                params.insert("commentId", event.id.to_string());
            }
            ("board", params)
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("task.comment", true, true, "board", &["boardId", "commentId", "taskId"])]
    #[case("task.created", true, true, "board", &["boardId", "taskId"])]
    #[case("approval.created", true, true, "board.approvals", &["boardId"])]
    #[case("board.created", true, false, "board", &["boardId", "panel"])]
    #[case("agent.heartbeat", true, false, "board", &["boardId"])]
    #[case("agent.heartbeat", false, false, "activity", &["createdAt", "eventId", "eventType"])]
    #[case("task.created", false, true, "activity", &["createdAt", "eventId", "eventType", "taskId"])]
    fn an_event_leads_to_the_page_that_shows_it(
        #[case] kind: &str,
        #[case] on_board: bool,
        #[case] about_task: bool,
        #[case] page: &str,
        #[case] takes: &[&str],
    ) {
        let mut event = ActivityEvent::new(kind, "text");
        event.task_id = about_task.then(TaskId::random);
        let (name, params) = route(&event, on_board.then(BoardId::random));
        assert_eq!((name, params.into_keys().collect::<Vec<_>>().as_slice()), (page, takes));
    }
}
