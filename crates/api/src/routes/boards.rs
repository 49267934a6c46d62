//! Boards.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::{BoardGroupId, GatewayId, OrganizationId};
use mission_control_core::limits::{NAME, PROSE, SETTINGS_JSON, WORD};
use mission_control_core::models::{Board, BoardChanges, HeartbeatPolicy};
use mission_control_core::rules::wip;
use mission_control_core::time::Timestamp;
use mission_control_fleet::boards;
use mission_control_shapes::BoardRead;
use mission_control_store::boards::BoardFilter;
use serde_json::{Map, Value};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{self, BoardWrite, OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body, Done, IfMatch, List, PageQuery, Query};
use crate::input::{AnyText, Bounded, Change, Fault, Interval, JsonObject, Patch, TaskPrefix};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove);
}

crate::input! {
    /// A board to create.
    pub struct BoardCreate {
        /// Name.
        pub name: AnyText<NAME>,
        /// Name for addresses.
        pub slug: AnyText<NAME>,
        /// What the board is for; not blank.
        pub description: AnyText<PROSE>,
        /// The gateway that its agents run on; required.
        pub gateway_id: Option<GatewayId>,
        /// The group that shares memory with it.
        pub board_group_id: Option<BoardGroupId>,
        /// `goal` or `general`.
        pub board_type: AnyText<WORD> = "goal".to_owned(),
        /// What the board is to achieve.
        pub objective: Option<AnyText<PROSE>>,
        /// How success is measured.
        pub success_metrics: Option<JsonObject<SETTINGS_JSON>>,
        /// Until when.
        pub target_date: Option<Timestamp>,
        /// People have agreed on the goal; it then takes objective and metrics.
        pub goal_confirmed: bool = false,
        /// Where the goal comes from.
        pub goal_source: Option<AnyText<NAME>>,
        /// A task is done only with an approval.
        pub require_approval_for_done: bool = true,
        /// A task is done only after a review.
        pub require_review_before_done: bool = false,
        /// A task goes to review only with a comment.
        pub comment_required_for_review: bool = false,
        /// A task with a pending approval keeps its status.
        pub block_status_changes_with_pending_approval: bool = false,
        /// Only the lead moves tasks.
        pub only_lead_can_change_status: bool = false,
        /// How many workers the lead may have.
        pub max_agents: Bounded<0, { i32::MAX as i64 }> = Bounded(1),
        /// What becomes of its agents' heartbeats while it is idle: `adaptive` slows them down, `fixed` leaves them,
        /// `off` has none at any time.
        pub heartbeat_policy: HeartbeatPolicy = HeartbeatPolicy::Adaptive,
        /// Shortest interval of heartbeats, such as `10m`; none leaves agents their own.
        pub heartbeat_floor: Option<Interval>,
        /// Longest interval while it is idle; an hour when none is given.
        pub heartbeat_ceiling: Option<Interval>,
    }
}

crate::input! {
    /// Changes to a board. What is absent stays; `null` empties where that makes sense.
    pub struct BoardUpdate {
        /// Name.
        pub name: Change<AnyText<NAME>>,
        /// Name for addresses.
        pub slug: Change<AnyText<NAME>>,
        /// What the board is for; not blank.
        pub description: Patch<AnyText<PROSE>>,
        /// The gateway that its agents run on.
        pub gateway_id: Patch<GatewayId>,
        /// The group that shares memory with it.
        pub board_group_id: Patch<BoardGroupId>,
        /// `goal` or `general`.
        pub board_type: Change<AnyText<WORD>>,
        /// What the board is to achieve.
        pub objective: Patch<AnyText<PROSE>>,
        /// How success is measured.
        pub success_metrics: Patch<JsonObject<SETTINGS_JSON>>,
        /// Until when.
        pub target_date: Patch<Timestamp>,
        /// People have agreed on the goal.
        pub goal_confirmed: Change<bool>,
        /// Where the goal comes from.
        pub goal_source: Patch<AnyText<NAME>>,
        /// A task is done only with an approval.
        pub require_approval_for_done: Change<bool>,
        /// A task is done only after a review.
        pub require_review_before_done: Change<bool>,
        /// A task goes to review only with a comment.
        pub comment_required_for_review: Change<bool>,
        /// A task with a pending approval keeps its status.
        pub block_status_changes_with_pending_approval: Change<bool>,
        /// Only the lead moves tasks.
        pub only_lead_can_change_status: Change<bool>,
        /// How many workers the lead may have.
        pub max_agents: Change<Bounded<0, { i32::MAX as i64 }>>,
        /// What becomes of its agents' heartbeats while it is idle: `adaptive`, `fixed` or `off`.
        pub heartbeat_policy: Change<HeartbeatPolicy>,
        /// Shortest interval of heartbeats, such as `10m`.
        pub heartbeat_floor: Patch<Interval>,
        /// Longest interval while it is idle.
        pub heartbeat_ceiling: Patch<Interval>,
        /// First part of its tasks' keys, such as `REL`; no other board of the organization has it.
        pub task_prefix: Change<TaskPrefix>,
        /// How many tasks its columns are to have at most, such as `{"in_progress": 5}`; instead of those before.
        pub wip_limits: Patch<JsonObject<SETTINGS_JSON>>,
        /// Agents are refused what would make a column larger than that (409 `wip_limit_reached`).
        pub wip_refuses_agents: Change<bool>,
    }
}

crate::input! {
    /// Which boards are wanted.
    pub struct BoardListQuery with page: PageQuery {
        /// On this gateway.
        pub gateway_id: Option<GatewayId>,
        /// In this group.
        pub board_group_id: Option<BoardGroupId>,
    }
}

/// A fault of the body as a whole.
fn body_fault(msg: &'static str) -> ApiError {
    ApiError::invalid(vec![Fault::of_body("value_error", msg)])
}

fn not_blank(description: &str) -> ApiResult<String> {
    match description.trim() {
        "" => Err(body_fault("description is required.")),
        text => Ok(text.to_owned()),
    }
}

/// Values beyond the column's range have been refused on reading.
fn small(number: Bounded<0, { i32::MAX as i64 }>) -> i32 {
    i32::try_from(number.0).unwrap_or(i32::MAX)
}

fn row(input: BoardCreate, organization: OrganizationId) -> ApiResult<Board> {
    let description = not_blank(&input.description)?;
    let gateway = input.gateway_id.ok_or_else(|| body_fault("gateway_id is required."))?;
    let no_goal = input.objective.as_deref().is_none_or(str::is_empty)
        || input.success_metrics.as_ref().is_none_or(Map::is_empty);
    if input.board_type == "goal" && input.goal_confirmed && no_goal {
        return Err(body_fault("Confirmed goal boards require objective and success_metrics."));
    }
    Ok(Board {
        description,
        gateway_id: Some(gateway),
        board_group_id: input.board_group_id,
        board_type: input.board_type,
        objective: input.objective,
        success_metrics: input.success_metrics.map(Value::Object),
        target_date: input.target_date,
        goal_confirmed: input.goal_confirmed,
        goal_source: input.goal_source,
        require_approval_for_done: input.require_approval_for_done,
        require_review_before_done: input.require_review_before_done,
        comment_required_for_review: input.comment_required_for_review,
        block_status_changes_with_pending_approval: input.block_status_changes_with_pending_approval,
        only_lead_can_change_status: input.only_lead_can_change_status,
        max_agents: small(input.max_agents),
        heartbeat_policy: input.heartbeat_policy,
        heartbeat_floor: input.heartbeat_floor.map(Into::into),
        heartbeat_ceiling: input.heartbeat_ceiling.map(Into::into),
        ..Board::new(organization, input.name, input.slug)
    })
}

fn changes(input: BoardUpdate) -> ApiResult<BoardChanges> {
    if input.gateway_id == Patch::Null {
        return Err(body_fault("gateway_id is required."));
    }
    let description = match input.description {
        Patch::Absent => None,
        Patch::Null => return Err(body_fault("description is required.")),
        Patch::Value(text) => Some(not_blank(&text)?),
    };
    let wip_limits = match input.wip_limits.into_change() {
        None => None,
        Some(None) => Some(None),
        Some(Some(limits)) => Some(Some(wip::kept(&limits).map_err(|fault| {
            ApiError::invalid(vec![Fault::of_field("wip_limits", "value_error", fault.to_string())])
        })?)),
    };
    Ok(BoardChanges {
        wip_limits,
        wip_refuses_agents: input.wip_refuses_agents.0,
        name: input.name.0,
        slug: input.slug.0,
        gateway_id: input.gateway_id.into_change(),
        board_group_id: input.board_group_id.into_change(),
        board_type: input.board_type.0,
        objective: input.objective.into_change(),
        success_metrics: input.success_metrics.into_change().map(|metrics| metrics.map(Value::Object)),
        target_date: input.target_date.into_change(),
        goal_confirmed: input.goal_confirmed.0,
        goal_source: input.goal_source.into_change(),
        description,
        require_approval_for_done: input.require_approval_for_done.0,
        require_review_before_done: input.require_review_before_done.0,
        block_status_changes_with_pending_approval: input.block_status_changes_with_pending_approval.0,
        only_lead_can_change_status: input.only_lead_can_change_status.0,
        max_agents: input.max_agents.0.map(small),
        comment_required_for_review: input.comment_required_for_review.0,
        // People say `/pause` in the chat.
        paused_at: None,
        heartbeat_policy: input.heartbeat_policy.0,
        heartbeat_floor: input.heartbeat_floor.into_change().map(|every| every.map(Into::into)),
        heartbeat_ceiling: input.heartbeat_ceiling.into_change().map(|every| every.map(Into::into)),
        task_prefix: input.task_prefix.0.map(|prefix| prefix.0),
    })
}

/// List boards
///
/// Those that the caller may see, by name.
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_list",
    security(("user" = [])),
    params(BoardListQuery),
    responses((status = 200, description = "A page of boards.", body = List<BoardRead>))
)]
#[get("/boards")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<BoardListQuery>,
) -> ApiResult<Json<List<BoardRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = state
        .db
        .read(move |conn| {
            let filter = BoardFilter {
                boards: boards::readable(conn, &caller.member)?,
                gateway_id: query.gateway_id,
                board_group_id: query.board_group_id,
                ..BoardFilter::of(caller.organization.id)
            };
            mission_control_store::boards::list(conn, &filter, page)
        })
        .await?;
    Ok(Json(List::of(listing, BoardRead::from)))
}

/// Create a board
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_create",
    security(("user" = [])),
    request_body = BoardCreate,
    responses((status = 200, description = "The board.", body = BoardRead))
)]
#[post("/boards")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<BoardCreate>,
) -> ApiResult<Json<BoardRead>> {
    let board = row(body.valid()?, admin.caller().organization)?;
    Ok(Json(boards::create(&state.fleet, admin.caller(), board).await?.into()))
}

/// Read a board
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_read",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses((status = 200, description = "The board.", body = BoardRead))
)]
#[get("/boards/{board_id}")]
async fn read(board: auth::BoardRead) -> Json<BoardRead> {
    Json(board.board.into())
}

/// Change a board
///
/// Tells the board's lead what changed. How a board is governed is for admins: its gateway, its gates (`require_…`,
/// `comment_required_for_review`, `block_status_changes_with_pending_approval`, `only_lead_can_change_status`), `max_agents`
/// and its heartbeats; others may send these as they are. Between groups a board moves for those who may write to both.
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_update",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board."), IfMatch),
    request_body = BoardUpdate,
    responses(
        (status = 200, description = "The changed board.", body = BoardRead),
        (status = 403, description = "Not the caller's to change; `detail` names the fields.", body = crate::error::ErrorBody),
        (status = 409, description = "It is not as it was seen, or contradicts another board.", body = crate::error::ErrorBody)
    )
)]
#[patch("/boards/{board_id}")]
async fn update(
    board: BoardWrite,
    state: web::Data<State>,
    IfMatch(seen): IfMatch,
    body: Body<BoardUpdate>,
) -> ApiResult<Json<BoardRead>> {
    let changes = changes(body.valid()?)?;
    let (caller, id) = (board.caller.caller(), board.board.id);
    Ok(Json(boards::update(&state.fleet, caller, id, seen, changes).await?.into()))
}

/// Delete a board
///
/// With its agents, tasks and memory. The agents leave the gateway first.
#[utoipa::path(
    tag = "boards",
    operation_id = "boards_delete",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses(
        (status = 200, description = "Deleted.", body = Done),
        (status = 202, description = "Being deleted.", body = Done),
        (status = 502, description = "The gateway refused; the board stays.", body = crate::error::ErrorBody)
    )
)]
#[delete("/boards/{board_id}")]
async fn remove(board: BoardWrite, state: web::Data<State>) -> ApiResult<Answer<Done>> {
    let reply = boards::delete(&state.fleet, board.caller.caller(), board.board.id).await?;
    Ok(reply.map(|()| Done::YES).into())
}
