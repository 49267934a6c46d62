//! Approvals of a board, for people and for the agents of the board. Only people decide.

mod input;

use actix_web::web::{self, Json};
use actix_web::{get, patch, post};
use mission_control_fleet::approvals::{self, ApprovalError};
use mission_control_shapes::ApprovalRead;
use utoipa_actix_web::service_config::ServiceConfig;

pub use input::{ApprovalCreate, ApprovalListQuery, ApprovalUpdate};

use crate::auth::{BoardActorRead, BoardActorWrite, BoardWrite};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Body, IfMatch, List, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(update);
}

impl From<ApprovalError> for ApiError {
    fn from(error: ApprovalError) -> Self {
        let detail = error.detail();
        match error {
            ApprovalError::NotFound(what) => Self::with_detail(Code::NotFound, detail).param("what", what),
            ApprovalError::Changed(changed) => changed.into(),
            ApprovalError::Pending(_) => Self::with_detail(Code::ApprovalPending, detail)
                .next_step("Decide the pending approval, or leave its tasks out."),
            ApprovalError::AlreadyDecided(_) => Self::with_detail(Code::ApprovalDecided, detail)
                .next_step("To decide anew, set it to pending first."),
            ApprovalError::ReopenedTooOften => Self::with_detail(Code::Conflict, detail),
            ApprovalError::Exec(error) => error.into(),
            ApprovalError::Store(error) => error.into(),
        }
    }
}

/// List approvals
///
/// Those of the board, newest first.
#[utoipa::path(
    tag = "approvals",
    operation_id = "approvals_list",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), ApprovalListQuery),
    responses((status = 200, description = "A page of approvals.", body = List<ApprovalRead>))
)]
#[get("/boards/{board_id}/approvals")]
async fn list(
    caller: BoardActorRead,
    state: web::Data<State>,
    query: Query<ApprovalListQuery>,
) -> ApiResult<Json<List<ApprovalRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = approvals::list(&state.fleet, caller.board.id, query.status, page).await?;
    Ok(Json(List::of(listing, |approval| approval)))
}

/// Ask for an approval
///
/// An agent asks for itself, and what it asks for is pending, whatever `agent_id` and `status` it sends.
#[utoipa::path(
    tag = "approvals",
    operation_id = "approvals_create",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = ApprovalCreate,
    responses(
        (status = 200, description = "The approval.", body = ApprovalRead),
        (status = 409, description = "A task has a pending approval already; `detail.conflicts` names both.",
            body = crate::error::ErrorBody)
    )
)]
#[post("/boards/{board_id}/approvals")]
async fn create(
    caller: BoardActorWrite,
    state: web::Data<State>,
    body: Body<ApprovalCreate>,
) -> ApiResult<Json<ApprovalRead>> {
    let new = body.valid()?.checked()?;
    Ok(Json(approvals::create(&state.fleet, caller.board.id, caller.party.asker(), new).await?))
}

/// Decide an approval
///
/// Once; the board's lead and the agent that asked are told. A decision that is taken back (`pending`) can be made anew;
/// `decisions` has all of them, and who made them.
#[utoipa::path(
    tag = "approvals",
    operation_id = "approvals_update",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("approval_id" = String, Path, description = "The approval."),
        IfMatch
    ),
    request_body = ApprovalUpdate,
    responses(
        (status = 200, description = "The approval.", body = ApprovalRead),
        (status = 409, description = "It is decided already, or not as it was seen, or a task of it has another pending \
            approval.",
            body = crate::error::ErrorBody)
    )
)]
#[patch("/boards/{board_id}/approvals/{approval_id}")]
async fn update(
    board: BoardWrite,
    state: web::Data<State>,
    params: Params,
    IfMatch(seen): IfMatch,
    body: Body<ApprovalUpdate>,
) -> ApiResult<Json<ApprovalRead>> {
    let id = params.id("approval_id")?;
    let decision = body.valid()?.of(board.caller.user.id, seen)?;
    Ok(Json(approvals::decide(&state.fleet, board.board.id, id, decision).await?))
}
