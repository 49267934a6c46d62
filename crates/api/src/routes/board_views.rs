//! Named ways to look at boards.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::BoardId;
use mission_control_core::limits::{NAME, OPTIONS, VIEW_FILTER};
use mission_control_core::models::BoardLayout;
use mission_control_fleet::board_views::{self as views, BoardViewPatch, NewBoardView};
use mission_control_shapes::BoardViewRead;
use mission_control_store::StoreError;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{self, OrgMember};
use crate::error::ApiResult;
use crate::events::view;
use crate::http::{Body, Done, IfMatch, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, ListOf, Patch, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(update).service(remove);
}

crate::input! {
    /// Which views are wanted.
    pub struct BoardViewQuery with page: PageQuery {
        /// Only those of this board.
        pub board_id: Option<BoardId>,
    }
}

crate::input! {
    /// A view to keep.
    pub struct BoardViewCreate {
        /// What it is called.
        pub name: Text<NAME>,
        /// For everybody who sees the board; otherwise for the caller alone.
        pub shared: bool = false,
        /// Which tasks are shown, in the words of the filter.
        pub filter: Option<AnyText<VIEW_FILTER>>,
        /// The order, the other way round with a hyphen before it.
        pub sort: Option<AnyText<NAME>>,
        /// By what tasks are grouped: `assignee`, `priority`, `tag`, or `field:` with the key of a custom field.
        pub group_by: Option<AnyText<NAME>>,
        /// Cards in columns, or rows of a table.
        pub layout: BoardLayout = BoardLayout::Board,
        /// The columns of the table.
        pub columns: Option<ListOf<Text<NAME>, OPTIONS>>,
    }
}

crate::input! {
    /// Changes to a view. What is absent stays; `null` empties where that makes sense.
    pub struct BoardViewUpdate {
        /// What it is called.
        pub name: Change<Text<NAME>>,
        /// For everybody who sees the board; otherwise for the caller alone.
        pub shared: Change<bool>,
        /// Which tasks are shown, in the words of the filter.
        pub filter: Patch<AnyText<VIEW_FILTER>>,
        /// The order, the other way round with a hyphen before it.
        pub sort: Patch<AnyText<NAME>>,
        /// By what tasks are grouped.
        pub group_by: Patch<AnyText<NAME>>,
        /// Cards in columns, or rows of a table.
        pub layout: Change<BoardLayout>,
        /// The columns of the table.
        pub columns: Patch<ListOf<Text<NAME>, OPTIONS>>,
    }
}

/// List views
///
/// Of every board that the caller sees: those that are shared, and the caller's own. The oldest come first.
#[utoipa::path(
    tag = "board-views",
    operation_id = "board_views_list",
    security(("user" = [])),
    params(BoardViewQuery),
    responses((status = 200, description = "A page of views.", body = List<BoardViewRead>))
)]
#[get("/board-views")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<BoardViewQuery>,
) -> ApiResult<Json<List<BoardViewRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = state.db.read(move |conn| {
        let seen = view(conn, &caller.member)?;
        let boards: Vec<BoardId> =
            seen.boards().filter(|id| query.board_id.is_none_or(|board| board == *id)).collect();
        views::list(conn, &boards, caller.member.id, page)
    });
    let listing = listing.await.map_err(|error: StoreError| error)?;
    Ok(Json(List::of(listing, BoardViewRead::from)))
}

/// Keep a view
///
/// A way to look at the board, under a name. Views are shared by those who may change the board.
#[utoipa::path(
    tag = "board-views",
    operation_id = "board_views_create",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardViewCreate,
    responses(
        (status = 200, description = "The view.", body = BoardViewRead),
        (status = 409, description = "There are too many already.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/views")]
async fn create(
    board: auth::BoardRead,
    state: web::Data<State>,
    body: Body<BoardViewCreate>,
) -> ApiResult<Json<BoardViewRead>> {
    let input = body.valid()?;
    let new = NewBoardView {
        name: input.name,
        shared: input.shared,
        filter: input.filter,
        sort: input.sort,
        group_by: input.group_by,
        layout: input.layout,
        columns: input.columns,
    };
    Ok(Json(views::create(&state.fleet, board.caller.member, board.board, new).await?))
}

/// Change a view
///
/// The caller's own, or one that is shared, for those who may change the board. One that is not shared any more is the caller's
/// own.
#[utoipa::path(
    tag = "board-views",
    operation_id = "board_views_update",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("view_id" = uuid::Uuid, Path, description = "The view."),
        IfMatch
    ),
    request_body = BoardViewUpdate,
    responses(
        (status = 200, description = "The changed view.", body = BoardViewRead),
        (status = 409, description = "It is not as it was seen, or there are too many.", body = crate::error::ErrorBody)
    )
)]
#[patch("/boards/{board_id}/views/{view_id}")]
async fn update(
    board: auth::BoardRead,
    state: web::Data<State>,
    params: Params,
    IfMatch(seen): IfMatch,
    body: Body<BoardViewUpdate>,
) -> ApiResult<Json<BoardViewRead>> {
    let id = params.uuid("view_id")?;
    let input = body.valid()?;
    let patch = BoardViewPatch {
        name: input.name.0,
        shared: input.shared.0,
        filter: input.filter.into_change(),
        sort: input.sort.into_change(),
        group_by: input.group_by.into_change(),
        layout: input.layout.0,
        columns: input.columns.into_change(),
    };
    Ok(Json(views::update(&state.fleet, board.caller.member, board.board, id, seen, patch).await?))
}

/// Delete a view
///
/// The caller's own, or one that is shared, for those who may change the board.
#[utoipa::path(
    tag = "board-views",
    operation_id = "board_views_delete",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("view_id" = uuid::Uuid, Path, description = "The view.")
    ),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/boards/{board_id}/views/{view_id}")]
async fn remove(board: auth::BoardRead, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let id = params.uuid("view_id")?;
    views::delete(&state.fleet, board.caller.member, board.board, id).await?;
    Ok(Json(Done::YES))
}
