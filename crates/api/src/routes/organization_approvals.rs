//! The approvals of every board: what waits for a person, in one list.

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::BoardId;
use mission_control_fleet::approvals::reads;
use mission_control_shapes::ApprovalRead;
use mission_control_store::{StoreError, approvals};
use utoipa_actix_web::service_config::ServiceConfig;

use super::approvals::ApprovalListQuery;
use crate::auth::OrgMember;
use crate::error::ApiResult;
use crate::events::view;
use crate::http::{List, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list);
}

/// List the approvals of all boards
///
/// Those that the caller sees, newest first.
#[utoipa::path(
    tag = "approvals",
    operation_id = "approvals_list_of_organization",
    security(("user" = [])),
    params(ApprovalListQuery),
    responses((status = 200, description = "A page of approvals.", body = List<ApprovalRead>))
)]
#[get("/approvals")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<ApprovalListQuery>,
) -> ApiResult<Json<List<ApprovalRead>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let listing = state.db.read(move |conn| {
        let boards: Vec<BoardId> = view(conn, &caller.member)?.boards().collect();
        approvals::on_boards(conn, &boards, query.status, page)?.try_map_all(|rows| reads(conn, rows))
    });
    Ok(Json(List::of(listing.await.map_err(|error: StoreError| error)?, |approval| approval)))
}
