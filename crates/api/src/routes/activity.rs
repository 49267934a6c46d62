//! What happened, for people to read.

use std::collections::BTreeMap;

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::{ActivityId, AgentId, BoardId, TaskId, UserId};
use mission_control_core::limits::SEARCH;
use mission_control_core::models::ActivityEvent;
use mission_control_core::time::Timestamp;
use mission_control_shapes::CommentItem;
use mission_control_store::StoreError;
use mission_control_store::activity::{self, Feed, FeedFilter, FeedItem};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{MemberOrAgent, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::events::view;
use crate::http::{List, PageQuery, Query};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(task_comments);
}

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

impl From<FeedItem> for ActivityEventRead {
    fn from(FeedItem { event, board, user_name }: FeedItem) -> Self {
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
            if event.event_type == "task.comment" && event.task_id.is_some() {
                params.insert("commentId", event.id.to_string());
            }
            ("board", params)
        }
    }
}

crate::input! {
    /// What of the feed is wanted.
    pub struct ActivityQuery with page: PageQuery {
        /// Only on this board.
        pub board_id: Option<BoardId>,
        /// Only about this task.
        pub task_id: Option<TaskId>,
        /// Only of this agent.
        pub agent_id: Option<AgentId>,
        /// Only this kind: `task.created`, or `task` for every kind that begins with it.
        pub kind: Option<AnyText<SEARCH>>,
        /// Check-ins of agents too; without them the rest is easier to see.
        pub heartbeats: bool = true,
    }
}

/// List what happened
///
/// Newest first: for a person on the boards that they see, for an agent what it did or was concerned by. Administrators see as
/// well what concerns none of the boards, such as what stays on a gateway after its deletion here.
#[utoipa::path(
    tag = "activity",
    operation_id = "activity_list",
    security(("user" = []), ("agent" = [])),
    params(ActivityQuery),
    responses((status = 200, description = "A page of events.", body = List<ActivityEventRead>))
)]
#[get("/activity")]
async fn list(
    caller: MemberOrAgent,
    state: web::Data<State>,
    query: Query<ActivityQuery>,
) -> ApiResult<Json<List<ActivityEventRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let board = query.board_id;
    let filter = FeedFilter {
        task_id: query.task_id,
        agent_id: query.agent_id,
        kind: query.kind,
        without_heartbeats: !query.heartbeats,
    };
    let listing = state.db.read(move |conn| {
        let feed = match caller {
            MemberOrAgent::Member(member) => {
                let seen = view(conn, &member.member)?;
                let boards = seen.boards().filter(|id| board.is_none_or(|board| board == *id)).collect();
                let whole = (board.is_none() && seen.is_admin()).then_some(member.member.organization_id);
                Feed::Boards(boards, whole)
            }
            MemberOrAgent::Agent(agent) => Feed::Agent(agent.0.id),
        };
        activity::feed(conn, &feed, &filter, page)
    });
    let listing = listing.await.map_err(|error: StoreError| error)?;
    Ok(Json(List::of(listing, ActivityEventRead::from)))
}

crate::input! {
    /// Which comments are wanted.
    pub struct TaskCommentFeedQuery with page: PageQuery {
        /// Only those on this board.
        pub board_id: Option<BoardId>,
    }
}

/// List comments on tasks
///
/// On all boards that the caller sees, newest first, with the names of agent, task and board.
#[utoipa::path(
    tag = "activity",
    operation_id = "activity_task_comments_list",
    security(("user" = [])),
    params(TaskCommentFeedQuery),
    responses(
        (status = 200, description = "A page of comments.", body = List<CommentItem>),
        (status = 403, description = "The caller has no access to the board.", body = crate::error::ErrorBody)
    )
)]
#[get("/activity/task-comments")]
async fn task_comments(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<TaskCommentFeedQuery>,
) -> ApiResult<Json<List<CommentItem>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let board = query.board_id;
    let listing = state.db.read(move |conn| {
        let mut boards: Vec<BoardId> = view(conn, &caller.member)?.boards().collect();
        if let Some(board) = board {
            boards.retain(|id| *id == board);
            if boards.is_empty() {
                return Err(ApiError::forbidden("You have no access to this board."));
            }
        }
        Ok(activity::comments(conn, &boards, None, page)?)
    });
    Ok(Json(List::of(listing.await?, |comment| comment)))
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
