//! Runs: the turns of agents, for people who see their boards.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::id::{AgentId, BoardId, RunId, TaskId};
use mission_control_core::limits::PROSE;
use mission_control_core::models::{Run, RunState};
use mission_control_core::time::Timestamp;
use mission_control_fleet::runs;
use mission_control_shapes::{MessageRead, RunDetail, RunRead};
use mission_control_store::StoreError;
use mission_control_store::runs::{self as store, RunFilter};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgMember, Right};
use crate::error::{ApiError, ApiResult};
use crate::events::view;
use crate::http::{Answer, Body, List, PageQuery, Params, Query};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read).service(abort).service(steer);
}

crate::input! {
    /// Which runs are wanted.
    pub struct RunListQuery with page: PageQuery {
        /// Of this agent.
        pub agent_id: Option<AgentId>,
        /// Of this board's agents.
        pub board_id: Option<BoardId>,
        /// About this task.
        pub task_id: Option<TaskId>,
        /// In this state.
        pub state: Option<RunState>,
        /// That have not come to an end; with `false` those that have.
        pub open: Option<bool>,
        /// First heard of at this time or later.
        pub since: Option<Timestamp>,
    }
}

crate::input! {
    /// What is said in the middle of a run.
    pub struct RunSteer {
        /// The words.
        pub text: AnyText<PROSE>,
    }
}

/// List runs
///
/// The turns of the agents whose boards the caller sees, newest first. `run.created` and `run.updated` of the event stream
/// tell what changes.
#[utoipa::path(
    tag = "runs",
    operation_id = "runs_list",
    security(("user" = [])),
    params(RunListQuery),
    responses((status = 200, description = "A page of runs.", body = List<RunRead>))
)]
#[get("/runs")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<RunListQuery>,
) -> ApiResult<Json<List<RunRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let seen = state.db.read(move |conn| view(conn, &caller.member)).await?;
    let filter = RunFilter {
        organization_id: caller.organization.id,
        boards: seen.boards().collect(),
        without_board: seen.is_admin(),
        agent_id: query.agent_id,
        board_id: query.board_id,
        task_id: query.task_id,
        state: query.state,
        open: query.open,
        since: query.since,
    };
    let listing = runs::list(&state.fleet, filter, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Read a run
///
/// With its steps: the tools that were called, what with, and what came of it.
#[utoipa::path(
    tag = "runs",
    operation_id = "runs_read",
    security(("user" = [])),
    params(("run_id" = uuid::Uuid, Path, description = "The run.")),
    responses((status = 200, description = "The run with its steps.", body = RunDetail))
)]
#[get("/runs/{run_id}")]
async fn read(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<RunDetail>> {
    let (run, _) = found(&state, caller, params.uuid("run_id")?).await?;
    Ok(Json(runs::detail(&state.fleet, run).await?))
}

/// Stop a run
///
/// While the gateway is away, the answer is 202 and the run is stopped when it is back.
#[utoipa::path(
    tag = "runs",
    operation_id = "runs_abort",
    security(("user" = [])),
    params(("run_id" = uuid::Uuid, Path, description = "The run.")),
    responses(
        (status = 200, description = "The run, which is over.", body = RunRead),
        (status = 202, description = "It goes on; `X-Job-Id` names the job that stops it.", body = RunRead),
        (status = 409, description = "It is over already.", body = crate::error::ErrorBody)
    )
)]
#[post("/runs/{run_id}/abort")]
async fn abort(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Answer<RunRead>> {
    let person = caller.user.id;
    let (run, right) = found(&state, caller, params.uuid("run_id")?).await?;
    if right != Right::Change {
        return Err(ApiError::forbidden("You may see this run, and not stop it."));
    }
    Ok(runs::abort(&state.fleet, run.id, person).await?.into())
}

/// Steer a run
///
/// Says something in its session while it goes on: the gateway gives it to the agent in the same turn, or right after it.
#[utoipa::path(
    tag = "runs",
    operation_id = "runs_steer",
    security(("user" = [])),
    params(("run_id" = uuid::Uuid, Path, description = "The run.")),
    request_body = RunSteer,
    responses(
        (status = 200, description = "The message, as the gateway has it.", body = MessageRead),
        (status = 202, description = "The gateway is still to be told; `X-Job-Id` names the job.", body = MessageRead),
        (status = 409, description = "The run is over.", body = crate::error::ErrorBody)
    )
)]
#[post("/runs/{run_id}/steer")]
async fn steer(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
    body: Body<RunSteer>,
) -> ApiResult<Answer<MessageRead>> {
    let person = caller.user.id;
    let (run, right) = found(&state, caller, params.uuid("run_id")?).await?;
    if right != Right::Change {
        return Err(ApiError::forbidden("You may see this run, and not steer it."));
    }
    let RunSteer { text } = body.valid()?;
    Ok(runs::steer(&state.fleet, run.id, text, person).await?.into())
}

/// The run, and what the caller may do with it.
async fn found(state: &State, caller: OrgMember, id: RunId) -> ApiResult<(Run, Right)> {
    let found = state
        .db
        .read(move |conn| {
            let Some(run) = store::find(conn, id)? else { return Ok::<_, StoreError>(None) };
            let right = caller.right_to_work(conn, run.organization_id, run.board_id)?;
            Ok((right != Right::Nothing).then_some((run, right)))
        })
        .await?;
    found.ok_or_else(|| ApiError::not_found("run"))
}
