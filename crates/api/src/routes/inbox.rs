//! What the caller has done with in the inbox.

use actix_web::web::{self, Json};
use actix_web::{get, patch};
use mission_control_core::id::BoardId;
use mission_control_core::limits::{IDS, NAME};
use mission_control_fleet::{inbox, tasks};
use mission_control_shapes::TaskRead;
use mission_control_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgMember;
use crate::error::ApiResult;
use crate::events::view;
use crate::http::{Body, List, PageQuery, Query};
use crate::input::{ListOf, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(update).service(my_tasks);
}

/// Items of the inbox that the caller has done with.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxMarks {
    /// What clients call the items, the latest first: the id of a comment, the id of an agent with the cause of its trouble.
    pub done: Vec<String>,
}

crate::input! {
    /// Changes to the marks. An item that is in neither list keeps its mark, or has none.
    pub struct InboxMarksUpdate {
        /// Items to mark as done with.
        pub done: ListOf<Text<NAME>, IDS> = Vec::new(),
        /// Items to put back.
        pub not_done: ListOf<Text<NAME>, IDS> = Vec::new(),
    }
}

/// Read my inbox marks
#[utoipa::path(
    tag = "users",
    operation_id = "inbox_marks_read",
    security(("user" = [])),
    responses((status = 200, description = "What the caller has done with.", body = InboxMarks))
)]
#[get("/inbox/marks")]
async fn read(caller: OrgMember, state: web::Data<State>) -> ApiResult<Json<InboxMarks>> {
    Ok(Json(InboxMarks { done: inbox::done(&state.fleet, caller.member.id).await? }))
}

/// Change my inbox marks
///
/// Of more than 500 the oldest are forgotten.
#[utoipa::path(
    tag = "users",
    operation_id = "inbox_marks_update",
    security(("user" = [])),
    request_body = InboxMarksUpdate,
    responses((status = 200, description = "What the caller has done with now.", body = InboxMarks))
)]
#[patch("/inbox/marks")]
async fn update(
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<InboxMarksUpdate>,
) -> ApiResult<Json<InboxMarks>> {
    let wanted = body.valid()?;
    let done = inbox::mark(&state.fleet, caller.member.into_member(), wanted.done, wanted.not_done).await?;
    Ok(Json(InboxMarks { done }))
}

/// List my tasks
///
/// Those that the caller has, on every board that the caller sees, and that are not done; what was given last comes first.
#[utoipa::path(
    tag = "users",
    operation_id = "inbox_tasks_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of tasks.", body = List<TaskRead>))
)]
#[get("/inbox/tasks")]
async fn my_tasks(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<TaskRead>>> {
    let page = query.valid()?.page()?;
    let (member, person) = (caller.member, caller.user.id);
    let seen = state.db.read(move |conn| view(conn, &member)).await;
    let boards: Vec<BoardId> = seen.map_err(|error: StoreError| error)?.boards().collect();
    let listing = tasks::held(&state.fleet, boards, person, page).await?;
    Ok(Json(List::of(listing, std::convert::identity)))
}
