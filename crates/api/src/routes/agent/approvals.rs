//! The approvals of an agent's board. Agents ask, people decide.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_fleet::approvals::{self, Asker};
use mission_control_shapes::ApprovalRead;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::AgentBoard;
use crate::error::ApiResult;
use crate::http::{Body, List, Query};
use crate::routes::approvals::{ApprovalCreate, ApprovalListQuery};
use crate::state::State;

/// Lists the routes.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create);
}

/// List the approvals of my board
///
/// Newest first.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_approvals_list",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), ApprovalListQuery),
    responses((status = 200, description = "A page of approvals.", body = List<ApprovalRead>))
)]
#[get("/agent/boards/{board_id}/approvals")]
async fn list(
    caller: AgentBoard,
    state: web::Data<State>,
    query: Query<ApprovalListQuery>,
) -> ApiResult<Json<List<ApprovalRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = approvals::list(&state.fleet, caller.board.id, query.status, page).await?;
    Ok(Json(List::of(listing, std::convert::identity)))
}

/// Ask for an approval
///
/// For the caller itself, whatever `agent_id` says, and pending until a person decides, whatever `status` says. The
/// decision is told to the caller and to the board's lead.
#[utoipa::path(
    tag = "agent",
    operation_id = "agent_approvals_create",
    security(("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = ApprovalCreate,
    responses(
        (status = 200, description = "The approval.", body = ApprovalRead),
        (status = 409, description = "A task has a pending approval already; `detail.conflicts` names both.",
            body = crate::error::ErrorBody)
    )
)]
#[post("/agent/boards/{board_id}/approvals")]
async fn create(
    caller: AgentBoard,
    state: web::Data<State>,
    body: Body<ApprovalCreate>,
) -> ApiResult<Json<ApprovalRead>> {
    let new = body.valid()?.checked()?;
    Ok(Json(approvals::create(&state.fleet, caller.board.id, Asker::Agent(caller.agent.id), new).await?))
}
