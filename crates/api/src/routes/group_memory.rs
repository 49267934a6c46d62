//! Notes and chat that the boards of a group share: by the group, for people; by a board, for its agents too.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::limits::{NAME, PROSE, TAG, TAGS};
use mission_control_core::models::{Board, BoardGroup};
use mission_control_fleet::memory::{self, Author, NewMemory};
use mission_control_shapes::BoardGroupMemoryRead;
use mission_control_store::{Listing, board_groups};
use utoipa_actix_web::service_config::ServiceConfig;

use super::board_memory::MemoryListQuery;
use crate::auth::{BoardActorRead, BoardActorWrite, GroupRead, GroupWrite};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, List, Query};
use crate::input::{AnyText, ListOf, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(list_of_board).service(create_of_board);
}

crate::input! {
    /// Something for a group of boards to remember.
    pub struct BoardGroupMemoryCreate {
        /// The text. `@name` tells an agent, `@all` every agent of the group.
        pub content: Text<PROSE>,
        /// Words; `chat` makes it a message of the chat, `broadcast` one to every agent of the group.
        pub tags: Option<ListOf<AnyText<TAG>, TAGS>>,
        /// Who or what it comes from; a message without comes from its author.
        pub source: Option<AnyText<NAME>>,
    }
}

impl From<BoardGroupMemoryCreate> for NewMemory {
    fn from(input: BoardGroupMemoryCreate) -> Self {
        Self { content: input.content, tags: input.tags, source: input.source }
    }
}

/// The group that a board is in.
async fn group_of(state: &State, board: &Board) -> ApiResult<BoardGroup> {
    let id =
        board.board_group_id.ok_or_else(|| ApiError::unprocessable("The board is not in a board group."))?;
    let group = state.db.read(move |conn| board_groups::find(conn, id)).await?;
    group.ok_or_else(|| ApiError::not_found("board group"))
}

/// List a group's memory
///
/// Newest first.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_list",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group."), MemoryListQuery),
    responses((status = 200, description = "A page of entries.", body = List<BoardGroupMemoryRead>))
)]
#[get("/board-groups/{group_id}/memory")]
async fn list(
    caller: GroupRead,
    state: web::Data<State>,
    query: Query<MemoryListQuery>,
) -> ApiResult<Json<List<BoardGroupMemoryRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = memory::list_of_group(&state.fleet, caller.group.id, query.filter(), page).await?;
    Ok(Json(List::of(listing, |entry| entry)))
}

/// Add to a group's memory
///
/// A message of the chat (tag `chat`) goes to the leads of the group's boards and to the agents that it mentions, a
/// broadcast (tag `broadcast`, or `@all`) to every agent of the group.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_create",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group.")),
    request_body = BoardGroupMemoryCreate,
    responses((status = 200, description = "The entry.", body = BoardGroupMemoryRead))
)]
#[post("/board-groups/{group_id}/memory")]
async fn create(
    caller: GroupWrite,
    state: web::Data<State>,
    body: Body<BoardGroupMemoryCreate>,
) -> ApiResult<Json<BoardGroupMemoryRead>> {
    let new = body.valid()?.into();
    let author = Author::from(&caller.caller.user);
    Ok(Json(memory::post_to_group(&state.fleet, caller.group, author, new).await?))
}

/// List the memory of a board's group
///
/// Newest first; nothing when the board is in no group.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_list_of_board",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), MemoryListQuery),
    responses((status = 200, description = "A page of entries.", body = List<BoardGroupMemoryRead>))
)]
#[get("/boards/{board_id}/group-memory")]
async fn list_of_board(
    caller: BoardActorRead,
    state: web::Data<State>,
    query: Query<MemoryListQuery>,
) -> ApiResult<Json<List<BoardGroupMemoryRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let Some(group) = caller.board.board_group_id else {
        return Ok(Json(List::of(Listing::empty(&page), |entry| entry)));
    };
    let listing = memory::list_of_group(&state.fleet, group, query.filter(), page).await?;
    Ok(Json(List::of(listing, |entry| entry)))
}

/// Add to the memory of a board's group
///
/// Messages go to the same agents as those to the group itself; never back to the agent that writes.
#[utoipa::path(
    tag = "board-group-memory",
    operation_id = "group_memory_create_of_board",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardGroupMemoryCreate,
    responses((status = 200, description = "The entry.", body = BoardGroupMemoryRead))
)]
#[post("/boards/{board_id}/group-memory")]
async fn create_of_board(
    caller: BoardActorWrite,
    state: web::Data<State>,
    body: Body<BoardGroupMemoryCreate>,
) -> ApiResult<Json<BoardGroupMemoryRead>> {
    let new = body.valid()?.into();
    let group = group_of(&state, &caller.board).await?;
    let author = caller.party.author();
    Ok(Json(memory::post_to_group(&state.fleet, group, author, new).await?))
}
