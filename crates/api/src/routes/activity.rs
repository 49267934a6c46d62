//! What happened, for people to read.

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::{AgentId, BoardId, TaskId};
use mission_control_core::limits::SEARCH;
use mission_control_shapes::{ActivityEventRead, CommentItem};
use mission_control_store::StoreError;
use mission_control_store::activity::{self, CommentFilter, Feed, FeedFilter, FeedItem};
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

fn read(FeedItem { event, board, task_title, user_name }: FeedItem) -> ActivityEventRead {
    ActivityEventRead::new(event, board, task_title, user_name)
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
    Ok(Json(List::of(listing, read)))
}

crate::input! {
    /// Which comments are wanted.
    pub struct TaskCommentFeedQuery with page: PageQuery {
        /// Only those on this board.
        pub board_id: Option<BoardId>,
        /// Only those that mention the caller.
        pub mentions_me: bool = false,
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
    let mentioning = query.mentions_me.then_some(caller.user.id);
    let listing = state.db.read(move |conn| {
        let mut boards: Vec<BoardId> = view(conn, &caller.member)?.boards().collect();
        if let Some(board) = board {
            boards.retain(|id| *id == board);
            if boards.is_empty() {
                return Err(ApiError::forbidden("You have no access to this board."));
            }
        }
        let filter = CommentFilter { boards, since: None, mentioning };
        Ok(activity::comments(conn, &filter, page)?)
    });
    Ok(Json(List::of(listing.await?, |comment| comment)))
}
