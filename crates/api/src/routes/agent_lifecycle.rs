//! What people set off for an agent by hand: wake, provision again, pause, resume.

use actix_web::post;
use actix_web::web::{self, Json};
use mission_control_fleet::agents::{self, Reprovision};
use mission_control_shapes::AgentRead;
use utoipa_actix_web::service_config::ServiceConfig;

use super::agents::{changeable, public};
use crate::auth::OrgAdmin;
use crate::error::ApiResult;
use crate::http::{Answer, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(wake).service(reprovision).service(pause).service(resume);
}

crate::input! {
    /// How an agent is provisioned again.
    pub struct ReprovisionQuery {
        /// Overwrite what the agent changed in its files since they were written.
        pub overwrite: bool = false,
        /// Start its conversation anew.
        pub reset_session: bool = false,
    }
}

/// Wake an agent
///
/// Starts a turn in its session, and looks after it until it checks in. One that was given up on gets another chance.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_wake",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "The agent, woken.", body = AgentRead),
        (status = 202, description = "The agent; it is still to be woken.", body = AgentRead),
        (status = 409, description = "It is paused, being provisioned or being deleted.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/agents/{agent_id}/wake")]
async fn wake(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Answer<AgentRead>> {
    let id = params.id("agent_id")?;
    changeable(&state, &admin, id).await?;
    let reply = agents::wake(&state.fleet, admin.caller(), id).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Provision an agent again
///
/// Brings it onto its gateway whatever is there: its entry, its configuration, its files. Files that it changed stay,
/// unless they are to be overwritten. It is woken afterwards.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_reprovision",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent."), ReprovisionQuery),
    responses(
        (status = 200, description = "The agent, provisioned and woken.", body = AgentRead),
        (status = 202, description = "The agent, still being provisioned.", body = AgentRead),
        (status = 409, description = "It is being deleted.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached; it is tried again.", body = crate::error::ErrorBody)
    )
)]
#[post("/agents/{agent_id}/reprovision")]
async fn reprovision(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<ReprovisionQuery>,
) -> ApiResult<Answer<AgentRead>> {
    let id = params.id("agent_id")?;
    let query = query.valid()?;
    let how = Reprovision { overwrite: query.overwrite, reset_session: query.reset_session };
    changeable(&state, &admin, id).await?;
    let reply = agents::reprovision(&state.fleet, admin.caller(), id, how).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}

/// Pause an agent
///
/// It is not woken any more, its heartbeats are turned off, and what is said to it waits. `/pause` in a board's chat
/// pauses all agents of the board.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_pause",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses((status = 200, description = "The agent, paused.", body = AgentRead))
)]
#[post("/agents/{agent_id}/pause")]
async fn pause(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<AgentRead>> {
    let id = params.id("agent_id")?;
    changeable(&state, &admin, id).await?;
    let agent = agents::pause(&state.fleet, admin.caller(), id).await?;
    Ok(Json(public(&agent)))
}

/// Resume an agent
///
/// Wakes it; what was said to it in the meantime reaches it now.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_resume",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "The agent, resumed and woken.", body = AgentRead),
        (status = 202, description = "The agent, resumed; it is still to be woken.", body = AgentRead),
        (status = 502, description = "It is resumed, but the gateway did not take the wake.", body = crate::error::ErrorBody)
    )
)]
#[post("/agents/{agent_id}/resume")]
async fn resume(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Answer<AgentRead>> {
    let id = params.id("agent_id")?;
    changeable(&state, &admin, id).await?;
    let reply = agents::resume(&state.fleet, admin.caller(), id).await?;
    Ok(state.reply(reply.map(|agent| public(&agent))).await.into())
}
