//! Commands of agents that wait for a decision on their gateway. Only people decide.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::id::{ExecApprovalId, GatewayId};
use mission_control_core::limits::PROSE;
use mission_control_core::models::{ExecApproval, ExecApprovalState, ExecDecision};
use mission_control_fleet::exec_approvals::{self, ExecChoice, ExecDecisionError};
use mission_control_shapes::ExecApprovalRead;
use mission_control_store::StoreError;
use mission_control_store::exec_approvals::{self as store, ExecApprovalFilter};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgMember, Right};
use crate::error::{ApiError, ApiResult, Code};
use crate::events::view;
use crate::http::{Answer, Body, List, PageQuery, Params, Query};
use crate::input::{AnyText, Blankable, Fault};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read).service(decide);
}

impl From<ExecDecisionError> for ApiError {
    fn from(error: ExecDecisionError) -> Self {
        let said = error.to_string();
        match error {
            ExecDecisionError::NotFound => Self::not_found("exec approval"),
            ExecDecisionError::Over(_) => Self::new(Code::ApprovalDecided, said)
                .next_step("Nothing: the gateway takes one decision. The agent may ask again."),
            ExecDecisionError::Unavailable { .. } => {
                Self::invalid(vec![Fault::of_field("decision", "literal_error", said)])
            }
            ExecDecisionError::Fleet(error) => error.into(),
            ExecDecisionError::Store(error) => error.into(),
        }
    }
}

crate::input! {
    /// Which commands are wanted.
    pub struct ExecApprovalListQuery with page: PageQuery {
        /// In this state.
        pub state: Option<ExecApprovalState>,
        /// Of this gateway.
        pub gateway_id: Option<GatewayId>,
    }
}

crate::input! {
    /// A decision about a command.
    pub struct ExecDecisionCreate {
        /// One of `allowed_decisions`: `once`, `always` or `deny`.
        pub decision: ExecDecision,
        /// Why.
        pub reason: Blankable<AnyText<PROSE>>,
    }
}

/// List commands that wait
///
/// Those of the agents whose boards the caller sees, decided ones too, newest first.
#[utoipa::path(
    tag = "approvals",
    operation_id = "exec_approvals_list",
    security(("user" = [])),
    params(ExecApprovalListQuery),
    responses((status = 200, description = "A page of commands.", body = List<ExecApprovalRead>))
)]
#[get("/exec-approvals")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<ExecApprovalListQuery>,
) -> ApiResult<Json<List<ExecApprovalRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let seen = state.db.read(move |conn| view(conn, &caller.member)).await?;
    let filter = ExecApprovalFilter {
        organization_id: caller.organization.id,
        boards: seen.boards().collect(),
        without_board: seen.is_admin(),
        state: query.state,
        gateway_id: query.gateway_id,
    };
    let listing = exec_approvals::list(&state.fleet, filter, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Read a command
#[utoipa::path(
    tag = "approvals",
    operation_id = "exec_approvals_read",
    security(("user" = [])),
    params(("exec_approval_id" = uuid::Uuid, Path, description = "The command.")),
    responses((status = 200, description = "The command.", body = ExecApprovalRead))
)]
#[get("/exec-approvals/{exec_approval_id}")]
async fn read(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<ExecApprovalRead>> {
    let (exec, _) = found(&state, caller, params.uuid("exec_approval_id")?).await?;
    Ok(Json(ExecApprovalRead::from(&exec)))
}

/// Decide about a command
///
/// Once, with one of the decisions that its gateway takes for it. The approval in the inbox is decided with it.
#[utoipa::path(
    tag = "approvals",
    operation_id = "exec_approvals_decide",
    security(("user" = [])),
    params(("exec_approval_id" = uuid::Uuid, Path, description = "The command.")),
    request_body = ExecDecisionCreate,
    responses(
        (status = 200, description = "The command, as its gateway was told.", body = ExecApprovalRead),
        (status = 202, description = "The gateway is still to be told; `X-Job-Id` names the job.",
            body = ExecApprovalRead),
        (status = 409, description = "It waits no more.", body = crate::error::ErrorBody)
    )
)]
#[post("/exec-approvals/{exec_approval_id}/decision")]
async fn decide(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
    body: Body<ExecDecisionCreate>,
) -> ApiResult<Answer<ExecApprovalRead>> {
    let by = caller.user.id;
    let (exec, right) = found(&state, caller, params.uuid("exec_approval_id")?).await?;
    if right != Right::Change {
        return Err(ApiError::forbidden("You may see this command, and not decide about it."));
    }
    let ExecDecisionCreate { decision, reason } = body.valid()?;
    let choice = ExecChoice { decision, reason: reason.0, by };
    Ok(exec_approvals::decide(&state.fleet, exec.id, choice).await?.into())
}

/// The command, and what the caller may do with it.
async fn found(state: &State, caller: OrgMember, id: ExecApprovalId) -> ApiResult<(ExecApproval, Right)> {
    let found = state
        .db
        .read(move |conn| {
            let Some(exec) = store::find(conn, id)? else { return Ok::<_, StoreError>(None) };
            let right = caller.right_to_work(conn, exec.organization_id, exec.board_id)?;
            Ok((right != Right::Nothing).then_some((exec, right)))
        })
        .await?;
    found.ok_or_else(|| ApiError::not_found("exec approval"))
}
