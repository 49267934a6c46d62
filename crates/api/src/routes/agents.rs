//! Agents, for people who administer the organization; also the check-in that agents use.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::limits::{IDENTITY_JSON, NAME, SETTINGS_JSON, TEMPLATE, WORD};
use mission_control_core::models;
use mission_control_core::rules::access;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::{self, AgentPatch, CreatedBy, NewAgent};
use mission_control_fleet::{Caller, Reply};
use mission_control_shapes::AgentRead;
use mission_control_store::agents::{self as rows, AgentFilter};
use mission_control_store::gateways;
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{AdminOrAgent, Agent, OrgAdmin};
use crate::error::{ApiError, ApiResult};
use crate::events;
use crate::http::{Answer, Body, Done, IfMatch, List, PageQuery, Params, Query};
use crate::input::{AnyJson, AnyText, Change, JsonObject, Patch, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(heartbeat_by_name)
        .service(heartbeat)
        .service(read)
        .service(update)
        .service(remove);
}

crate::input! {
    /// Which agents are wanted.
    pub struct AgentListQuery with page: PageQuery {
        /// Of this board.
        pub board_id: Option<BoardId>,
        /// Of this gateway.
        pub gateway_id: Option<GatewayId>,
    }
}

crate::input! {
    /// An agent to create.
    pub struct AgentCreate {
        /// Name, unique on its gateway.
        pub name: Text<NAME>,
        /// The board it works on.
        pub board_id: Option<BoardId>,
        /// Ignored: a new agent is `provisioning`.
        pub status: Option<AnyText<WORD>>,
        /// It leads its board, which has no lead yet: 409 where it has one.
        pub is_board_lead: bool = false,
        /// Heartbeat settings; `{"every": "10m"}`.
        pub heartbeat_config: Option<JsonObject<SETTINGS_JSON>>,
        /// Role, communication style, emoji and further traits.
        pub identity_profile: Option<AnyJson<IDENTITY_JSON>>,
        /// Template that replaces the built-in IDENTITY.
        pub identity_template: Option<AnyText<TEMPLATE>>,
        /// Template that replaces the built-in SOUL.
        pub soul_template: Option<AnyText<TEMPLATE>>,
    }
}

crate::input! {
    /// Changes to an agent. What is absent stays.
    pub struct AgentUpdate {
        /// The board it works on.
        pub board_id: Patch<BoardId>,
        /// Make it the main agent of its board's gateway, or no longer.
        pub is_gateway_main: Patch<bool>,
        /// Name.
        pub name: Change<Text<NAME>>,
        /// `ready` marks a stuck agent as usable; everything else the agents themselves decide.
        pub status: Patch<AnyText<WORD>>,
        /// Heartbeat settings.
        pub heartbeat_config: Patch<JsonObject<SETTINGS_JSON>>,
        /// Role, communication style, emoji and further traits.
        pub identity_profile: Patch<AnyJson<IDENTITY_JSON>>,
        /// Template that replaces the built-in IDENTITY.
        pub identity_template: Patch<AnyText<TEMPLATE>>,
        /// Template that replaces the built-in SOUL.
        pub soul_template: Patch<AnyText<TEMPLATE>>,
    }
}

crate::input! {
    /// How to change an agent.
    pub struct AgentUpdateQuery {
        /// Provision it again even when nothing changes.
        pub force: bool = false,
    }
}

crate::input! {
    /// A check-in.
    pub struct AgentHeartbeat {
        /// A word for what the agent is doing.
        pub status: Option<AnyText<WORD>>,
    }
}

crate::input! {
    /// A check-in by name.
    pub struct AgentHeartbeatCreate {
        /// The agent's name; it is created when nobody has it.
        pub name: Text<NAME>,
        /// The board it works on.
        pub board_id: Option<BoardId>,
        /// A word for what the agent is doing.
        pub status: Option<AnyText<WORD>>,
    }
}

impl From<AgentCreate> for NewAgent {
    fn from(input: AgentCreate) -> Self {
        Self {
            board_id: input.board_id,
            name: input.name,
            is_board_lead: input.is_board_lead,
            heartbeat_config: input.heartbeat_config.map(Value::Object),
            identity_profile: input.identity_profile,
            identity_template: input.identity_template,
            soul_template: input.soul_template,
        }
    }
}

pub(super) fn public(agent: &models::Agent) -> AgentRead {
    AgentRead::of(agent, Timestamp::now())
}

/// The agent of this id, of those that the admin may see: agents on a board are for those who may read it.
///
/// # Errors
/// 404 when it is not there; 403 when it is on a board that is not open to the admin.
pub(super) async fn visible(state: &State, admin: &OrgAdmin, id: AgentId) -> ApiResult<models::Agent> {
    let agent = find(state, admin, id).await?.ok_or_else(|| ApiError::not_found("agent"))?;
    admin.0.require_board(&state.db, agent.board_id, access::may_read_board).await?;
    Ok(agent)
}

/// An agent of the caller's organization.
async fn find(state: &State, admin: &OrgAdmin, id: AgentId) -> ApiResult<Option<models::Agent>> {
    let organization = admin.caller().organization;
    Ok(state.db.read(move |conn| rows::find_in(conn, organization, id)).await?)
}

/// The agent of this id, if it is there, of those that the admin may change: agents on a board are for those who may
/// write to it.
///
/// # Errors
/// 403 when it is on a board that is not open to the admin.
pub(super) async fn changeable(
    state: &State,
    admin: &OrgAdmin,
    id: AgentId,
) -> ApiResult<Option<models::Agent>> {
    let found = find(state, admin, id).await?;
    let board = found.as_ref().and_then(|agent| agent.board_id);
    admin.0.require_board(&state.db, board, access::may_write_board).await?;
    Ok(found)
}

/// On whose behalf an agent acts: its gateway's organization.
pub(super) async fn caller_of(state: &State, agent: &models::Agent) -> ApiResult<Caller> {
    let id = agent.gateway_id;
    let gateway = state.db.read(move |conn| gateways::find(conn, id)).await?;
    let gateway = gateway.ok_or_else(|| ApiError::not_found("gateway"))?;
    Ok(Caller { organization: gateway.organization_id, user: None })
}

/// List agents
///
/// The organization's, newest first.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_list",
    security(("user" = [])),
    params(AgentListQuery),
    responses(
        (status = 200, description = "A page of agents.", body = List<AgentRead>),
        (status = 404, description = "No such gateway.", body = crate::error::ErrorBody)
    )
)]
#[get("/agents")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<AgentListQuery>,
) -> ApiResult<Json<List<AgentRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = state
        .db
        .read(move |conn| {
            let view = events::view(conn, &admin.0.member)?;
            let filter = AgentFilter {
                organization_id: admin.caller().organization,
                visible_boards: Some(view.boards().collect()),
                board_id: query.board_id,
                gateway_id: query.gateway_id,
            };
            if filter.board_id.is_some_and(|board| !view.boards().any(|visible| visible == board)) {
                return Err(ApiError::forbidden("You have no access to this board."));
            }
            if let Some(gateway) = filter.gateway_id {
                gateways::find_in(conn, filter.organization_id, gateway)?
                    .ok_or_else(|| ApiError::not_found("gateway"))?;
            }
            Ok::<_, ApiError>(rows::list(conn, &filter, page)?)
        })
        .await?;
    let mut agents = List::of(listing, |agent| public(&agent));
    state.say_what_hinders(&mut agents.items).await;
    Ok(Json(agents))
}

/// Create an agent
///
/// Provisions it on its board's gateway: creates it there, writes its workspace files and wakes it. It is `online` when
/// it has checked in by itself.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_create",
    security(("user" = []), ("agent" = [])),
    request_body = AgentCreate,
    responses(
        (status = 200, description = "The agent, provisioned and woken.", body = AgentRead),
        (status = 202, description = "The agent, still being provisioned.", body = AgentRead),
        (status = 409, description = "The name is taken, or the board has a lead already.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agents")]
async fn create(
    actor: AdminOrAgent,
    state: web::Data<State>,
    body: Body<AgentCreate>,
) -> ApiResult<Answer<AgentRead>> {
    let (caller, by) = match &actor {
        AdminOrAgent::Admin(admin) => (admin.caller(), CreatedBy::User),
        AdminOrAgent::Agent(Agent(lead)) if lead.is_board_lead => {
            (caller_of(&state, lead).await?, CreatedBy::Lead(lead.id))
        }
        AdminOrAgent::Agent(_) => return Err(ApiError::forbidden("Only board leads can create agents.")),
    };
    let input = body.valid()?;
    if let AdminOrAgent::Admin(admin) = &actor {
        admin.0.require_board(&state.db, input.board_id, access::may_write_board).await?;
    }
    let reply = agents::create(&state.fleet, caller, input.into(), by).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Read an agent
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_read",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses((status = 200, description = "The agent.", body = AgentRead))
)]
#[get("/agents/{agent_id}")]
async fn read(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<AgentRead>> {
    let id: AgentId = params.id("agent_id")?;
    let agent = public(&visible(&state, &admin, id).await?);
    Ok(Json(state.hindered(agent).await))
}

/// Change an agent
///
/// Brings the change to the gateway: the agent gets its files anew and is woken.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_update",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent."), AgentUpdateQuery, IfMatch),
    request_body = AgentUpdate,
    responses(
        (status = 200, description = "The changed agent.", body = AgentRead),
        (status = 202, description = "Changed; its gateway follows.", body = AgentRead),
        (status = 409, description = "It is not as it was seen, or contradicts another agent.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[patch("/agents/{agent_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<AgentUpdateQuery>,
    IfMatch(seen): IfMatch,
    body: Body<AgentUpdate>,
) -> ApiResult<Answer<AgentRead>> {
    let id = params.id("agent_id")?;
    let force = query.valid()?.force;
    let input = body.valid()?;
    let patch = AgentPatch {
        board_id: input.board_id.into_change(),
        is_gateway_main: input.is_gateway_main.into_change().flatten(),
        name: input.name.0,
        status: input.status.into_change().flatten(),
        heartbeat_config: input.heartbeat_config.into_change().map(|config| config.map(Value::Object)),
        identity_profile: input.identity_profile.into_change(),
        identity_template: input.identity_template.into_change(),
        soul_template: input.soul_template.into_change(),
    };
    changeable(&state, &admin, id).await?;
    let new_board = patch.board_id.flatten();
    admin.0.require_board(&state.db, new_board, access::may_write_board).await?;
    let reply = agents::update(&state.fleet, admin.caller(), id, seen, patch, force).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Check an agent in
///
/// For the agent itself, or an admin on its behalf.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_heartbeat",
    security(("user" = []), ("agent" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    request_body = AgentHeartbeat,
    responses((status = 200, description = "The agent.", body = AgentRead))
)]
#[post("/agents/{agent_id}/heartbeat")]
async fn heartbeat(
    actor: AdminOrAgent,
    state: web::Data<State>,
    params: Params,
    body: Body<AgentHeartbeat>,
) -> ApiResult<Json<AgentRead>> {
    let id: AgentId = params.id("agent_id")?;
    let status = body.valid()?.status;
    match &actor {
        AdminOrAgent::Agent(Agent(agent)) if agent.id != id => {
            return Err(ApiError::forbidden("An agent checks in for itself only."));
        }
        AdminOrAgent::Agent(_) => {}
        AdminOrAgent::Admin(admin) => {
            changeable(&state, admin, id).await?.ok_or_else(|| ApiError::not_found("agent"))?;
        }
    }
    Ok(Json(public(&agents::heartbeat(&state.fleet, id, status.as_deref()).await?)))
}

/// Check an agent in by name, creating it when it is not there
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_heartbeat_by_name",
    security(("user" = []), ("agent" = [])),
    request_body = AgentHeartbeatCreate,
    responses(
        (status = 200, description = "The agent.", body = AgentRead),
        (status = 202, description = "The agent, new and still being provisioned.", body = AgentRead)
    )
)]
#[post("/agents/heartbeat")]
async fn heartbeat_by_name(
    actor: AdminOrAgent,
    state: web::Data<State>,
    body: Body<AgentHeartbeatCreate>,
) -> ApiResult<Answer<AgentRead>> {
    let input = body.valid()?;
    let reply = match &actor {
        AdminOrAgent::Agent(Agent(agent)) => {
            Reply::Done(agents::heartbeat(&state.fleet, agent.id, input.status.as_deref()).await?)
        }
        AdminOrAgent::Admin(admin) => {
            // Without a board the name may be that of an agent on any.
            if input.board_id.is_none() && !access::writes_all_boards(&admin.0.member) {
                return Err(ApiError::forbidden("You have no access to some boards.")
                    .next_step("Say by `board_id` which board the agent is on."));
            }
            admin.0.require_board(&state.db, input.board_id, access::may_write_board).await?;
            let name = input.name;
            agents::heartbeat_by_name(
                &state.fleet,
                admin.caller(),
                &name,
                input.board_id,
                input.status.as_deref(),
            )
            .await?
        }
    };
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Delete an agent
///
/// It leaves its gateway first. Its tasks go back to the board.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_delete",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "Deleted, or gone before.", body = Done),
        (status = 202, description = "Being deleted.", body = Done),
        (status = 502, description = "The gateway refused; the agent stays.", body = crate::error::ErrorBody)
    )
)]
#[delete("/agents/{agent_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Answer<Done>> {
    let id = params.id("agent_id")?;
    changeable(&state, &admin, id).await?;
    let reply = agents::delete(&state.fleet, admin.caller(), id).await?;
    Ok(reply.map(|()| Done::YES).into())
}
