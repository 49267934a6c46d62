//! Everything about a board, or about the boards of a group, in one answer: a fixed number of queries, however much
//! there is.

mod board;
mod group;

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::limits::{GROUP_TASKS, NEIGHBOURS};
use mission_control_fleet::boards::readable;
use mission_control_store::{StoreError, board_groups};
use utoipa_actix_web::service_config::ServiceConfig;

pub use board::{BoardSnapshot, read as board_snapshot};
pub use group::{
    BoardGroupBoardSnapshot, BoardGroupSnapshot, BoardGroupTaskSummary, Wanted, read as group_snapshot,
};

use crate::auth::{BoardActorRead, GroupRead, Party};
use crate::error::{ApiError, ApiResult};
use crate::http::Query;
use crate::input::Bounded;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(of_board).service(of_boards_group).service(of_group);
}

crate::input! {
    /// What of a board's group is wanted.
    pub struct BoardGroupSnapshotQuery {
        /// The board itself too.
        pub include_self: bool = false,
        /// Finished tasks too.
        pub include_done: bool = false,
        /// Most tasks per board.
        pub per_board_task_limit: Bounded<0, NEIGHBOURS> = Bounded(5),
    }
}

crate::input! {
    /// What of a group is wanted.
    pub struct GroupSnapshotQuery {
        /// Finished tasks too.
        pub include_done: bool = false,
        /// Most tasks per board; 200 at most are shown.
        pub per_board_task_limit: i64 = 5,
    }
}

/// Read a board with everything on it
///
/// The newest tasks, up to 2,000 and 4 MiB of them, the newest approvals and messages of the chat, up to 200 and 4 MiB of each,
/// and all agents. The counts are of all tasks; where there are more, `tasks_next_cursor` says where the list of tasks goes on.
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_snapshot",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses((status = 200, description = "The board.", body = BoardSnapshot))
)]
#[get("/boards/{board_id}/snapshot")]
async fn of_board(caller: BoardActorRead, state: web::Data<State>) -> ApiResult<Json<BoardSnapshot>> {
    let board = caller.board;
    let mut snapshot = state.db.read(move |conn| board_snapshot(conn, board)).await?;
    state.say_what_hinders(&mut snapshot.agents).await;
    Ok(Json(snapshot))
}

/// Read what goes on in a board's group
///
/// The other boards of the group, as far as a person may see them, with the tasks that matter most; nothing when the board
/// is in no group.
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_group_snapshot",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), BoardGroupSnapshotQuery),
    responses((status = 200, description = "The group.", body = BoardGroupSnapshot))
)]
#[get("/boards/{board_id}/group-snapshot")]
async fn of_boards_group(
    caller: BoardActorRead,
    state: web::Data<State>,
    query: Query<BoardGroupSnapshotQuery>,
) -> ApiResult<Json<BoardGroupSnapshot>> {
    let query = query.valid()?;
    let (party, board) = (caller.party, caller.board);
    let Some(id) = board.board_group_id else { return Ok(Json(BoardGroupSnapshot::default())) };
    let snapshot = state
        .db
        .read(move |conn| {
            let Some(group) = board_groups::find(conn, id)? else {
                return Ok::<_, StoreError>(BoardGroupSnapshot::default());
            };
            let wanted = Wanted {
                except: (!query.include_self).then_some(board.id),
                only: match &party {
                    Party::Member(member) => readable(conn, &member.member)?,
                    // Agents plan with the other boards of their group.
                    Party::Agent(_) => None,
                },
                include_done: query.include_done,
                per_board: query.per_board_task_limit.0,
            };
            group_snapshot(conn, group, &wanted)
        })
        .await?;
    Ok(Json(snapshot))
}

/// Read what goes on in a group of boards
///
/// Its boards, as far as the caller may see them, with the tasks that matter most.
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_snapshot",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group."), GroupSnapshotQuery),
    responses((status = 200, description = "The group.", body = BoardGroupSnapshot))
)]
#[get("/board-groups/{group_id}/snapshot")]
async fn of_group(
    caller: GroupRead,
    state: web::Data<State>,
    query: Query<GroupSnapshotQuery>,
) -> ApiResult<Json<BoardGroupSnapshot>> {
    let query = query.valid()?;
    if query.per_board_task_limit < 0 {
        return Err(ApiError::unprocessable("per_board_task_limit cannot be negative."));
    }
    let snapshot = state
        .db
        .read(move |conn| {
            let only = readable(conn, &caller.caller.member)?;
            let per_board = query.per_board_task_limit.min(GROUP_TASKS);
            let wanted = Wanted { except: None, only, include_done: query.include_done, per_board };
            group_snapshot(conn, caller.group, &wanted)
        })
        .await?;
    Ok(Json(snapshot))
}
