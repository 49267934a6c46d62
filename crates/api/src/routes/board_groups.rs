//! Groups of boards that share memory.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::{AgentId, BoardGroupId};
use mission_control_core::limits::{NAME, PROSE, WORD};
use mission_control_core::models::{BoardGroup, BoardGroupChanges};
use mission_control_core::rules::access;
use mission_control_fleet::board_groups::{self, NewGroup};
use mission_control_fleet::pace::{self, Pace};
use mission_control_shapes::BoardGroupRead;
use mission_control_store::{StoreError, boards};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{AdminOrAgent, Agent, GroupRead, GroupWrite, OrgAdmin, OrgMember, open_boards};
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, Patch};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove).service(set_pace);
}

crate::input! {
    /// A group of boards to create.
    pub struct BoardGroupCreate {
        /// Name.
        pub name: AnyText<NAME>,
        /// Name for addresses; a blank one is made from the name.
        pub slug: AnyText<NAME>,
        /// What the group is for.
        pub description: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// Changes to a group of boards. What is absent stays.
    pub struct BoardGroupUpdate {
        /// Name.
        pub name: Change<AnyText<NAME>>,
        /// Name for addresses; a blank one is made from the name.
        pub slug: Change<AnyText<NAME>>,
        /// What the group is for.
        pub description: Patch<AnyText<PROSE>>,
    }
}

crate::input! {
    /// A heartbeat interval for the agents of a group.
    pub struct BoardGroupHeartbeatApply {
        /// The interval, e.g. `10m`.
        pub every: AnyText<WORD>,
        /// Not only the workers but also the leads.
        pub include_board_leads: bool = false,
    }
}

/// Which agents have the new interval.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardGroupHeartbeatApplyResult {
    /// The group.
    #[schema(value_type = uuid::Uuid)]
    pub board_group_id: BoardGroupId,
    /// What was asked for.
    pub requested: RequestedPace,
    /// Agents whose settings changed, a thousand at most.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub updated_agent_ids: Vec<AgentId>,
    /// Those of them whose gateway could not be told; it is tried again.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub failed_agent_ids: Vec<AgentId>,
}

/// The interval that was asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RequestedPace {
    /// The interval.
    pub every: String,
    /// Not only the workers but also the leads.
    pub include_board_leads: bool,
}

/// List board groups
///
/// By name: those with a board that the caller may see, or all.
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of groups.", body = List<BoardGroupRead>))
)]
#[get("/board-groups")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<BoardGroupRead>>> {
    let page = query.valid()?.page()?;
    let listing = board_groups::list(&state.fleet, caller.member, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Create a board group
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_create",
    security(("user" = [])),
    request_body = BoardGroupCreate,
    responses((status = 200, description = "The group.", body = BoardGroupRead))
)]
#[post("/board-groups")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<BoardGroupCreate>,
) -> ApiResult<Json<BoardGroupRead>> {
    let input = body.valid()?;
    let new = NewGroup { name: input.name, slug: input.slug, description: input.description };
    Ok(Json(board_groups::create(&state.fleet, admin.caller(), new).await?))
}

/// Read a board group
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_read",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group.")),
    responses((status = 200, description = "The group.", body = BoardGroupRead))
)]
#[get("/board-groups/{group_id}")]
async fn read(caller: GroupRead) -> Json<BoardGroupRead> {
    Json(caller.group.into())
}

/// Change a board group
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_update",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group.")),
    request_body = BoardGroupUpdate,
    responses((status = 200, description = "The changed group.", body = BoardGroupRead))
)]
#[patch("/board-groups/{group_id}")]
async fn update(
    _admin: OrgAdmin,
    caller: GroupWrite,
    state: web::Data<State>,
    body: Body<BoardGroupUpdate>,
) -> ApiResult<Json<BoardGroupRead>> {
    let input = body.valid()?;
    let changes = BoardGroupChanges {
        name: input.name.0,
        slug: input.slug.0,
        description: input.description.into_change(),
    };
    Ok(Json(board_groups::update(&state.fleet, caller.group, changes).await?))
}

/// Delete a board group
///
/// With its memory. Its boards stay.
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_delete",
    security(("user" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group.")),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/board-groups/{group_id}")]
async fn remove(_admin: OrgAdmin, caller: GroupWrite, state: web::Data<State>) -> ApiResult<Json<Done>> {
    board_groups::delete(&state.fleet, caller.group).await?;
    Ok(Json(Done::YES))
}

/// Set the heartbeat interval of a group's agents
///
/// For admins, and for the lead of a board of the group.
#[utoipa::path(
    tag = "board-groups",
    operation_id = "board_groups_heartbeat",
    security(("user" = []), ("agent" = [])),
    params(("group_id" = uuid::Uuid, Path, description = "The group.")),
    request_body = BoardGroupHeartbeatApply,
    responses(
        (status = 200, description = "Done; `failed_agent_ids` names the agents whose gateway could not be told.",
            body = BoardGroupHeartbeatApplyResult),
        (status = 202, description = "Set; a gateway is still being told.", body = BoardGroupHeartbeatApplyResult)
    )
)]
#[post("/board-groups/{group_id}/heartbeat")]
async fn set_pace(
    actor: AdminOrAgent,
    state: web::Data<State>,
    params: Params,
    body: Body<BoardGroupHeartbeatApply>,
) -> ApiResult<Answer<BoardGroupHeartbeatApplyResult>> {
    let id = params.uuid("group_id")?;
    let input = body.valid()?;
    let group = group_of(&state, &actor, id).await?;
    let requested =
        RequestedPace { every: input.every.clone(), include_board_leads: input.include_board_leads };
    let pace = Pace { every: input.every, include_board_leads: input.include_board_leads };
    let reply = pace::set(&state.fleet, group, pace).await?;
    let result = reply.map(|set| BoardGroupHeartbeatApplyResult {
        board_group_id: id,
        requested,
        updated_agent_ids: set.updated,
        failed_agent_ids: set.failed,
    });
    Ok(result.into())
}

/// The group, for an admin of its organization who may write to it, or for the lead of a board in it.
async fn group_of(state: &State, actor: &AdminOrAgent, id: BoardGroupId) -> ApiResult<BoardGroup> {
    let actor = actor.clone();
    let (group, allowed) = state
        .db
        .read(move |conn| {
            let Some(group) = mission_control_store::board_groups::find(conn, id)? else {
                return Ok((None, false));
            };
            let allowed = match actor {
                AdminOrAgent::Agent(Agent(agent)) => match agent.board_id {
                    Some(board) if agent.is_board_lead => {
                        boards::find(conn, board)?.is_some_and(|board| board.board_group_id == Some(id))
                    }
                    _ => false,
                },
                AdminOrAgent::Admin(admin) => {
                    let writable = open_boards(conn, id, &admin.0.member, |grant| grant.can_write)?;
                    group.organization_id == admin.0.organization.id
                        && access::may_write_group(&admin.0.member, &writable)
                }
            };
            Ok::<_, StoreError>((Some(group), allowed))
        })
        .await?;
    let group = group.ok_or_else(|| ApiError::not_found("board group"))?;
    if allowed {
        Ok(group)
    } else {
        Err(ApiError::forbidden("Only admins and leads of the group's boards can do this."))
    }
}
