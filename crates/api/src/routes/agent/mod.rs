//! What agents call with their own token. The rules are those of the routes for people: the use-cases are the same.

pub mod agents;
pub mod approvals;
pub mod coordination;
pub mod memory;
pub mod tasks;

use actix_web::web::{self, Json};
use actix_web::{HttpResponse, get, post};
use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::heartbeat_of;
use mission_control_shapes::{AgentRead, BoardRead};
use mission_control_store::boards::{self, BoardFilter};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::agents::caller_of;
use crate::auth::Agent;
use crate::error::{ApiError, ApiResult};
use crate::http::{List, PageQuery, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(healthz)
        .service(check_in)
        .service(guide)
        .service(list_boards)
        .service(read_board)
        .configure(agents::configure)
        .configure(super::messages::configure_agent)
        .configure(tasks::configure)
        .configure(memory::configure)
        .configure(approvals::configure)
        .configure(coordination::configure);
}

/// The server answers, and the token is good.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentHealthStatusResponse {
    /// Always true.
    pub ok: bool,
    /// The agent that the token belongs to.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// Its board; `null` for a gateway's main agent.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// Its gateway.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
    /// Its status.
    #[schema(example = "online")]
    pub status: String,
    /// Whether it leads its board.
    pub is_board_lead: bool,
}

/// Check my token
///
/// Says which agent the token belongs to. Like any call of an agent it counts as a sign of life.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_health",
    security(("agent" = [])),
    responses((status = 200, description = "The token's agent.", body = AgentHealthStatusResponse))
)]
#[get("/agent/healthz")]
async fn healthz(agent: Agent) -> Json<AgentHealthStatusResponse> {
    let agent = agent.0;
    Json(AgentHealthStatusResponse {
        ok: true,
        agent_id: agent.id,
        board_id: agent.board_id,
        gateway_id: agent.gateway_id,
        status: agent.status.as_str().to_owned(),
        is_board_lead: agent.is_board_lead,
    })
}

/// Check in
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_heartbeat",
    security(("agent" = [])),
    responses((status = 200, description = "The agent.", body = AgentRead))
)]
#[post("/agent/heartbeat")]
async fn check_in(agent: Agent, state: web::Data<State>) -> ApiResult<Json<AgentRead>> {
    let agent = heartbeat_of(&state.fleet, agent.0, None).await?;
    Ok(Json(AgentRead::of(&agent, Timestamp::now())))
}

/// Read my guide
///
/// The few operations that the caller's role needs, with its own board in them.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_guide",
    security(("agent" = [])),
    responses((status = 200, description = "The guide.", body = String, content_type = "text/markdown"))
)]
#[get("/agent/guide")]
async fn guide(agent: Agent, state: web::Data<State>) -> HttpResponse {
    let guide = mission_control_fleet::guide::of(&agent.0, &state.settings.http.base_url);
    HttpResponse::Ok().content_type("text/markdown; charset=utf-8").body(guide)
}

/// List the boards that I may see
///
/// An agent of a board sees its own; a gateway's main agent sees all boards of the organization.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_boards_list",
    security(("agent" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of boards.", body = List<BoardRead>))
)]
#[get("/agent/boards")]
async fn list_boards(
    agent: Agent,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<BoardRead>>> {
    let page = query.valid()?.page()?;
    let organization = caller_of(&state, &agent.0).await?.organization;
    let filter =
        BoardFilter { boards: agent.0.board_id.map(|own| vec![own]), ..BoardFilter::of(organization) };
    let listing = state.db.read(move |conn| boards::list_newest_first(conn, &filter, page)).await?;
    Ok(Json(List::of(listing, BoardRead::from)))
}

/// Read a board
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_boards_read",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    responses((status = 200, description = "The board.", body = BoardRead))
)]
#[get("/agent/boards/{board_id}")]
async fn read_board(agent: Agent, state: web::Data<State>, params: Params) -> ApiResult<Json<BoardRead>> {
    let id: BoardId = params.id("board_id")?;
    let organization = caller_of(&state, &agent.0).await?.organization;
    let board = state.db.read(move |conn| boards::find_in(conn, organization, id)).await?;
    let board = board.ok_or_else(|| ApiError::not_found("board"))?;
    if let Some(own) = agent.0.board_id.filter(|own| *own != id) {
        return Err(ApiError::other_board(own));
    }
    Ok(Json(board.into()))
}
