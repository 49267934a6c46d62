//! Stopping agents at once: one, those of a board, or the whole fleet.

use actix_web::post;
use actix_web::web;
use mission_control_core::id::AgentId;
use mission_control_core::limits::PROSE;
use mission_control_core::rules::whom::Whom;
use mission_control_fleet::Caller;
use mission_control_fleet::stop::{self, StopOrder};
use mission_control_shapes::StopRead;
use mission_control_store::{StoreError, agents, gateways};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{BoardWrite, OrgAdmin, OrgMember, Right};
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body, Params};
use crate::input::{AnyText, Blankable};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(agent).service(board).service(fleet);
}

crate::input! {
    /// An order to stop.
    pub struct StopCreate {
        /// Why, for people.
        pub reason: Blankable<AnyText<PROSE>>,
        /// Pause the agents as well, so that nothing new begins.
        pub pause: bool = false,
    }
}

impl StopCreate {
    fn order(self, whom: Whom) -> StopOrder {
        StopOrder { whom, pause: self.pause, reason: self.reason.0 }
    }
}

/// Stop an agent
///
/// Whatever runs in its session is stopped. While the gateway is away the job waits for it, and then stops what had begun
/// before.
#[utoipa::path(
    tag = "runs",
    operation_id = "agents_stop",
    security(("user" = [])),
    params(("agent_id" = uuid::Uuid, Path, description = "The agent.")),
    request_body = StopCreate,
    responses((status = 202, description = "What is being stopped; `X-Job-Id` names the job.", body = StopRead))
)]
#[post("/agents/{agent_id}/stop")]
async fn agent(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
    body: Body<StopCreate>,
) -> ApiResult<Answer<StopRead>> {
    let id: AgentId = params.uuid("agent_id")?;
    let user = caller.user.id;
    let found = state
        .db
        .read(move |conn| {
            let Some(agent) = agents::find(conn, id)? else { return Ok::<_, StoreError>(None) };
            let Some(gateway) = gateways::find(conn, agent.gateway_id)? else { return Ok(None) };
            let right = caller.right_to_work(conn, gateway.organization_id, agent.board_id)?;
            Ok((right != Right::Nothing).then_some((gateway.organization_id, right)))
        })
        .await?;
    let (organization, right) = found.ok_or_else(|| ApiError::not_found("agent"))?;
    if right != Right::Change {
        return Err(ApiError::forbidden("You may see this agent, and not stop it."));
    }
    let order = body.valid()?.order(Whom::Agent(id));
    Ok(stop::stop(&state.fleet, Caller { organization, user: Some(user) }, order).await?.into())
}

/// Stop the agents of a board
///
/// As for one agent. With `pause` the board is paused, as by `/pause` in its chat.
#[utoipa::path(
    tag = "runs",
    operation_id = "boards_stop",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    request_body = StopCreate,
    responses(
        (status = 200, description = "It has no agents: there is nothing to stop.", body = StopRead),
        (status = 202, description = "What is being stopped; `X-Job-Id` names the job.", body = StopRead)
    )
)]
#[post("/boards/{board_id}/stop")]
async fn board(
    caller: BoardWrite,
    state: web::Data<State>,
    body: Body<StopCreate>,
) -> ApiResult<Answer<StopRead>> {
    let order = body.valid()?.order(Whom::Board(caller.board.id));
    Ok(stop::stop(&state.fleet, caller.caller.caller(), order).await?.into())
}

/// Stop the whole fleet
///
/// As for one agent, for every agent of the organization. With `pause` all boards are paused, and the gateways' main agents.
#[utoipa::path(
    tag = "runs",
    operation_id = "fleet_stop",
    security(("user" = [])),
    request_body = StopCreate,
    responses(
        (status = 200, description = "There are no agents: there is nothing to stop.", body = StopRead),
        (status = 202, description = "What is being stopped; `X-Job-Id` names one of `job_ids`.", body = StopRead)
    )
)]
#[post("/stop")]
async fn fleet(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<StopCreate>,
) -> ApiResult<Answer<StopRead>> {
    let order = body.valid()?.order(Whom::Organization(admin.caller().organization));
    Ok(stop::stop(&state.fleet, admin.caller(), order).await?.into())
}
