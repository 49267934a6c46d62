//! Which models agents think with. People change it, agents never.

use actix_web::web::{self, Json};
use actix_web::{get, patch};
use mission_control_core::limits::{MODEL_FALLBACKS, NAME, WORD};
use mission_control_core::models::{ActiveHours, ThinkingLevel};
use mission_control_core::rules::model_choice::ModelChanges;
use mission_control_fleet::model_choices;
use mission_control_shapes::{AgentModelsRead, GatewayModelsRead, ModelChoiceRead, ObservedModels};
use utoipa_actix_web::service_config::ServiceConfig;

use super::agents::{changeable, visible};
use crate::auth::{BoardRead, BoardWrite, OrgAdmin};
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::http::{Body, Params};
use crate::input::{Change, ListOf, Patch, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(of_agent)
        .service(change_of_agent)
        .service(observed)
        .service(of_board)
        .service(change_of_board)
        .service(offered);
}

crate::input! {
    /// When an agent has heartbeats.
    pub struct ActiveHoursSpec {
        /// The first minute, `08:00`.
        pub start: Text<WORD>,
        /// The first minute that is none any more; `24:00` for midnight.
        pub end: Text<WORD>,
        /// Of these clocks, an IANA time zone; those of the gateway where there is none.
        pub timezone: Option<Text<WORD>>,
    }
}

crate::input! {
    /// Changes to which models are chosen. What is absent stays; null chooses nothing: then the board's choice holds, else what the
    /// gateway has for all.
    pub struct ModelChoiceUpdate {
        /// The model, `provider/name`, as the gateway lists it.
        pub model: Patch<Text<NAME>>,
        /// Models that are tried in their order when it fails.
        pub fallbacks: Change<ListOf<Text<NAME>, MODEL_FALLBACKS>>,
        /// How much it thinks. Gateways that know no such setting of an agent are not told.
        pub thinking: Patch<ThinkingLevel>,
        /// The model of heartbeats, a cheap one.
        pub heartbeat_model: Patch<Text<NAME>>,
        /// Have heartbeats go without most of the workspace.
        pub light_context: Patch<bool>,
        /// When there are heartbeats.
        pub active_hours: Patch<ActiveHoursSpec>,
    }
}

impl From<ModelChoiceUpdate> for ModelChanges {
    fn from(update: ModelChoiceUpdate) -> Self {
        let hours = update.active_hours.into_change();
        Self {
            model: update.model.into_change(),
            fallbacks: update.fallbacks.0,
            thinking: update.thinking.into_change(),
            heartbeat_model: update.heartbeat_model.into_change(),
            light_context: update.light_context.into_change(),
            active_hours: hours.map(|hours| {
                hours.map(|ActiveHoursSpec { start, end, timezone }| ActiveHours { start, end, timezone })
            }),
        }
    }
}

/// Read an agent's models
///
/// What was chosen for the agent and for its board, and what of it holds.
#[utoipa::path(
    tag = "agents",
    operation_id = "agent_models_read",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses((status = 200, description = "The models.", body = AgentModelsRead))
)]
#[get("/agents/{agent_id}/models")]
async fn of_agent(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<AgentModelsRead>> {
    let agent = visible(&state, &admin, params.id("agent_id")?).await?;
    Ok(Json(model_choices::of_agent(&state.fleet, admin.caller(), agent.id).await?))
}

/// Choose an agent's models
///
/// Its gateway is told at once, by a job. A session that was given another model by hand keeps that.
#[utoipa::path(
    tag = "agents",
    operation_id = "agent_models_update",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    request_body = ModelChoiceUpdate,
    responses((status = 200, description = "The models.", body = AgentModelsRead))
)]
#[patch("/agents/{agent_id}/models")]
async fn change_of_agent(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<ModelChoiceUpdate>,
) -> ApiResult<Json<AgentModelsRead>> {
    let agent = changeable(&state, &admin, params.id("agent_id")?).await?;
    let agent = agent.ok_or_else(|| ApiError::not_found("agent"))?;
    let changes = body.valid()?.into();
    Ok(Json(model_choices::change_of_agent(&state.fleet, admin.caller(), agent.id, changes).await?))
}

/// Look which models a gateway has for an agent
///
/// Asked of its gateway now.
#[utoipa::path(
    tag = "agents",
    operation_id = "agent_models_observed",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "What its configuration has.", body = ObservedModels),
        (status = 502, description = "The gateway refused or could not be reached.", body = ErrorBody)
    )
)]
#[get("/agents/{agent_id}/models/observed")]
async fn observed(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<ObservedModels>> {
    let agent = visible(&state, &admin, params.id("agent_id")?).await?;
    Ok(Json(model_choices::observed(&state.fleet, admin.caller(), agent.id).await?))
}

/// Read the models of a board's agents
///
/// What is chosen for all of them; an agent's own choice goes before it.
#[utoipa::path(
    tag = "boards",
    operation_id = "board_models_read",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    responses((status = 200, description = "The models.", body = ModelChoiceRead))
)]
#[get("/boards/{board_id}/models")]
async fn of_board(caller: BoardRead, state: web::Data<State>) -> ApiResult<Json<ModelChoiceRead>> {
    Ok(Json(model_choices::of_board(&state.fleet, caller.board.id).await?))
}

/// Choose the models of a board's agents
///
/// Their gateways are told at once, by jobs.
#[utoipa::path(
    tag = "boards",
    operation_id = "board_models_update",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    request_body = ModelChoiceUpdate,
    responses((status = 200, description = "The models.", body = ModelChoiceRead))
)]
#[patch("/boards/{board_id}/models")]
async fn change_of_board(
    caller: BoardWrite,
    state: web::Data<State>,
    body: Body<ModelChoiceUpdate>,
) -> ApiResult<Json<ModelChoiceRead>> {
    caller.caller.require_admin()?;
    let changes = body.valid()?.into();
    Ok(Json(model_choices::change_of_board(&state.fleet, caller.board, changes).await?))
}

/// List a gateway's models
///
/// Asked of it now. Old releases list everything that they know, later ones what can be used.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_models",
    security(("user" = [])),
    params(("gateway_id" = String, Path, description = "The gateway.")),
    responses(
        (status = 200, description = "The models.", body = GatewayModelsRead),
        (status = 502, description = "The gateway refused or could not be reached.", body = ErrorBody)
    )
)]
#[get("/gateways/{gateway_id}/models")]
async fn offered(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<GatewayModelsRead>> {
    let id = params.id("gateway_id")?;
    Ok(Json(model_choices::offered(&state.fleet, admin.caller(), id).await?))
}
