//! The tasks of an agent's board, and the comments on them.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_fleet::tasks;
use mission_control_shapes::{CommentRead, TagRef, TaskRead};
use mission_control_store::tags;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::AgentBoard;
use crate::error::ApiResult;
use crate::http::{
    Body, Done, Excerpt, ExcerptQuery, IfMatch, List, LongText, Params, Part, PartQuery, Query,
};
use crate::routes::tasks::{TaskCommentCreate, TaskCreate, TaskListQuery, TaskUpdate};
use crate::state::State;

/// Lists the routes.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(update)
        .service(claim)
        .service(remove)
        .service(comments)
        .service(comment)
        .service(list_tags);
}

/// List the tasks of my board
///
/// Newest first. A worker looks for its own (`assigned_agent_id`), a lead for those that nobody has (`unassigned`).
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tasks_list",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), TaskListQuery),
    responses((status = 200, description = "A page of tasks.", body = List<TaskRead>))
)]
#[get("/agent/boards/{board_id}/tasks")]
async fn list(
    caller: AgentBoard,
    state: web::Data<State>,
    query: Query<TaskListQuery>,
) -> ApiResult<Json<List<TaskRead>>> {
    let query = query.valid()?;
    let listing = tasks::list(&state.fleet, query.filter(caller.board.id, None)?, query.page.page()?).await?;
    Ok(Json(List::of(listing, std::convert::identity)))
}

/// Create a task
///
/// For leads. The agent that gets the task is told.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tasks_create",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = TaskCreate,
    responses(
        (status = 200, description = "The task.", body = TaskRead),
        (status = 409, description = "It waits for tasks that are not done, so it cannot begin or be assigned; or its \
            assignee works on another board.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/tasks")]
async fn create(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<TaskCreate>,
) -> ApiResult<Json<TaskRead>> {
    let board = caller.board.id;
    let new = body.valid()?.task()?;
    Ok(Json(tasks::create(&state.fleet, board, caller.task_actor(), new).await?))
}

/// Change a task
///
/// A worker moves its task, fills in custom fields and comments; a lead assigns, reviews and plans. A worker claims a
/// task that nobody has by moving it to `in_progress`.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tasks_update",
    security(("agent" = [])),
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
#[patch("/agent/boards/{board_id}/tasks/{task_id}")]
async fn update(
    caller: AgentBoard,
    state: web::Data<State>,
    params: Params,
    IfMatch(seen): IfMatch,
    body: Body<TaskUpdate>,
) -> ApiResult<Json<TaskRead>> {
    let board = caller.board.id;
    let id = params.uuid("task_id")?;
    let patch = body.valid()?.patch()?;
    Ok(Json(tasks::update(&state.fleet, board, id, caller.task_actor(), seen, patch).await?))
}

/// Claim a task
///
/// Takes a task of the inbox that nobody has, or that is mine, and moves it to `in_progress`. Of two agents that want it
/// one gets it; the other is told who has it. Claiming again what I work on changes nothing.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tasks_claim",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task.")
    ),
    responses(
        (status = 200, description = "The task, mine now.", body = TaskRead),
        (status = 403, description = "Leads claim no tasks, and on some boards only the lead moves them.",
            body = crate::error::ErrorBody),
        (status = 409, description = "Another agent has it (`detail.assigned_agent_id`), or a person \
            (`detail.assigned_user_id`), it is not in the inbox, or it waits for `detail.blocked_by_task_ids`.", body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/tasks/{task_id}/claim")]
async fn claim(caller: AgentBoard, state: web::Data<State>, params: Params) -> ApiResult<Json<TaskRead>> {
    let id = params.uuid("task_id")?;
    Ok(Json(tasks::claim(&state.fleet, caller.board.id, id, caller.agent).await?))
}

/// Delete a task
///
/// For leads. With its comments; what waited for it waits no more.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tasks_delete",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task.")
    ),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/agent/boards/{board_id}/tasks/{task_id}")]
async fn remove(caller: AgentBoard, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let board = caller.board.id;
    tasks::delete(&state.fleet, board, params.uuid("task_id")?, caller.task_actor()).await?;
    Ok(Json(Done::YES))
}

impl LongText for CommentRead {
    fn text(&mut self) -> Option<&mut String> {
        self.message.as_mut()
    }
}

/// List the comments on a task
///
/// Oldest first.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_task_comments_list",
    security(("agent" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("task_id" = uuid::Uuid, Path, description = "The task."),
        ExcerptQuery
    ),
    responses((status = 200, description = "A page of comments.", body = List<Excerpt<CommentRead>>))
)]
#[get("/agent/boards/{board_id}/tasks/{task_id}/comments")]
async fn comments(
    caller: AgentBoard,
    state: web::Data<State>,
    params: Params,
    query: Query<ExcerptQuery>,
) -> ApiResult<Json<List<Excerpt<CommentRead>>>> {
    let id = params.uuid("task_id")?;
    let texts = query.valid()?;
    let listing = tasks::comments(&state.fleet, caller.board.id, id, texts.page.page()?).await?;
    Ok(Json(List::of(listing, |said| texts.of(said))))
}

/// Comment on a task
///
/// Tells the agents that it mentions (`@name`, `@lead`), or the task's agent when it mentions none.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_task_comments_create",
    security(("agent" = [])),
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
#[post("/agent/boards/{board_id}/tasks/{task_id}/comments")]
async fn comment(
    caller: AgentBoard,
    state: web::Data<State>,
    params: Params,
    body: Body<TaskCommentCreate>,
) -> ApiResult<Json<CommentRead>> {
    let board = caller.board.clone();
    let id = params.uuid("task_id")?;
    let text = body.valid()?.message;
    Ok(Json(tasks::comment(&state.fleet, board, id, caller.task_actor(), text).await?))
}

/// List the tags that tasks can have
///
/// A plain array of the organization's, by name.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_tags_list",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), PartQuery),
    responses((status = 200, description = "The tags.", body = Vec<TagRef>))
)]
#[get("/agent/boards/{board_id}/tags")]
async fn list_tags(
    caller: AgentBoard,
    state: web::Data<State>,
    query: Query<PartQuery>,
) -> ApiResult<Part<TagRef>> {
    let page = query.valid()?.page();
    let organization = caller.board.organization_id;
    let tags = state.db.read(move |conn| tags::list(conn, organization, page)).await?;
    Ok(Part::of(tags, TagRef::from))
}
