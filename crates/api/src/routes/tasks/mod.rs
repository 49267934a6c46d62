//! Tasks of a board and the comments on them, for people and for the agents of the board.

mod card;
mod error;
mod input;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::rules::task_key;
use mission_control_fleet::tasks::{self, Actor};
use mission_control_shapes::{CommentRead, TaskCardRead, TaskRead};
use mission_control_store::{StoreError, agents, tasks as store};
use utoipa_actix_web::service_config::ServiceConfig;

pub use card::cards;
pub use input::{TaskCommentCreate, TaskCreate, TaskListQuery, TaskUpdate};

use crate::auth::{BoardActorRead, BoardActorWrite, BoardWrite};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, Done, IfMatch, List, PageQuery, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(read)
        .service(update)
        .service(remove)
        .service(comments)
        .service(comment);
}

/// List tasks
///
/// Those of the board, newest first.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_list",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), TaskListQuery),
    responses((status = 200, description = "A page of tasks.", body = List<TaskCardRead>))
)]
#[get("/boards/{board_id}/tasks")]
async fn list(
    caller: BoardActorRead,
    state: web::Data<State>,
    query: Query<TaskListQuery>,
) -> ApiResult<Json<List<TaskCardRead>>> {
    let query = query.valid()?;
    let board = caller.board.id;
    let (filter, page) = (query.filter(board, caller.party.user_id())?, query.page.page()?);
    let listing = state.db.read(move |conn| {
        let agents = agents::of_board(conn, board)?;
        store::list(conn, &filter, page)?.try_map_all(|tasks| cards(conn, board, tasks, &agents))
    });
    let listing = listing.await.map_err(|error: StoreError| error)?;
    Ok(Json(List::of(listing, std::convert::identity)))
}

/// Read a task
///
/// By its id or by its key.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_read",
    security(("user" = []), ("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = String, Path, description = "The task: its id, or its key, such as `REL-12`, in any case.")
    ),
    responses((status = 200, description = "The task.", body = TaskCardRead))
)]
#[get("/boards/{board_id}/tasks/{task_id}")]
async fn read(
    caller: BoardActorRead,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<TaskCardRead>> {
    let board = caller.board;
    let id = params.id("task_id").ok();
    let key = task_key::parse(params.text("task_id")).filter(|(prefix, _)| *prefix == board.task_prefix);
    let card = state.db.read(move |conn| {
        let found = match (id, key) {
            (Some(id), _) => store::find_on(conn, board.id, id)?,
            (None, Some((_, number))) => store::find_numbered(conn, board.id, number)?,
            (None, None) => None,
        };
        let agents = agents::of_board(conn, board.id)?;
        let found = found.into_iter().collect();
        Ok::<_, StoreError>(cards(conn, board.id, found, &agents)?.into_iter().next())
    });
    card.await?.map(Json).ok_or_else(|| ApiError::not_found("task"))
}

/// Create a task
///
/// The board's lead is told, and so is the agent that gets the task.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_create",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = TaskCreate,
    responses(
        (status = 200, description = "The task.", body = TaskRead),
        (status = 409, description = "It waits for tasks that are not done, so it cannot begin or be assigned; or its \
            assignee works on another board.", body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/tasks")]
async fn create(
    board: BoardWrite,
    state: web::Data<State>,
    body: Body<TaskCreate>,
) -> ApiResult<Json<TaskRead>> {
    let actor = Actor::Person(board.caller.user.id);
    Ok(Json(tasks::create(&state.fleet, board.board.id, actor, body.valid()?.task()?).await?))
}

/// Change a task
///
/// What may change depends on the caller and on the rules of the board. A person's move of a task that waits for others
/// puts it into the inbox; an agent's is refused with the tasks it waits for. A task that enters review goes to the lead.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_update",
    security(("user" = []), ("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task."),
        IfMatch
    ),
    request_body = TaskUpdate,
    responses(
        (status = 200, description = "The changed task.", body = TaskRead),
        (status = 403, description = "Not for this caller; `detail.code` says why.", body = crate::error::ErrorBody),
        (status = 409, description = "A rule of the board or a dependency forbids it (`detail.blocked_by_task_ids` \
            has the tasks to finish first), or it is not as it was seen.", body = crate::error::ErrorBody)
    )
)]
#[patch("/boards/{board_id}/tasks/{task_id}")]
async fn update(
    caller: BoardActorWrite,
    state: web::Data<State>,
    params: Params,
    IfMatch(seen): IfMatch,
    body: Body<TaskUpdate>,
) -> ApiResult<Json<TaskRead>> {
    let id = params.uuid("task_id")?;
    let patch = body.valid()?.patch()?;
    Ok(Json(tasks::update(&state.fleet, caller.board.id, id, caller.party.task_actor(), seen, patch).await?))
}

/// Delete a task
///
/// With its comments. What waited for it waits no more.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_delete",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task.")
    ),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/boards/{board_id}/tasks/{task_id}")]
async fn remove(board: BoardWrite, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let actor = Actor::Person(board.caller.user.id);
    tasks::delete(&state.fleet, board.board.id, params.uuid("task_id")?, actor).await?;
    Ok(Json(Done::YES))
}

/// List the comments on a task
///
/// Oldest first.
#[utoipa::path(
    tag = "tasks",
    operation_id = "task_comments_list",
    security(("user" = []), ("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task."),
        PageQuery
    ),
    responses((status = 200, description = "A page of comments.", body = List<CommentRead>))
)]
#[get("/boards/{board_id}/tasks/{task_id}/comments")]
async fn comments(
    caller: BoardActorRead,
    state: web::Data<State>,
    params: Params,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<CommentRead>>> {
    let id = params.uuid("task_id")?;
    let page = query.valid()?.page()?;
    let listing = tasks::comments(&state.fleet, caller.board.id, id, page).await?;
    Ok(Json(List::of(listing, std::convert::identity)))
}

/// Comment on a task
///
/// Tells the agents that it mentions, or the task's agent when it mentions none. People whom it mentions find it in their
/// inbox.
#[utoipa::path(
    tag = "tasks",
    operation_id = "task_comments_create",
    security(("user" = []), ("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task.")
    ),
    request_body = TaskCommentCreate,
    responses(
        (status = 200, description = "The comment.", body = CommentRead),
        (status = 403, description = "A lead comments in review, on its own tasks and where it was mentioned.",
            body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/tasks/{task_id}/comments")]
async fn comment(
    caller: BoardActorWrite,
    state: web::Data<State>,
    params: Params,
    body: Body<TaskCommentCreate>,
) -> ApiResult<Json<CommentRead>> {
    let id = params.uuid("task_id")?;
    let text = body.valid()?.message;
    Ok(Json(tasks::comment(&state.fleet, caller.board, id, caller.party.task_actor(), text).await?))
}
