//! Budgets: limits to what agents use. People make and change them, agents never.

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::{AgentId, BoardId, BudgetId};
use mission_control_core::limits::{BUDGET_WINDOWS, WORD};
use mission_control_core::models::{BudgetMetric, BudgetPeriod};
use mission_control_fleet::budgets::{self, BudgetPatch, NewBudget};
use mission_control_shapes::{BudgetRead, BudgetWindowRead};
use mission_control_store::budgets::BudgetFilter;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, OrgMember, Right};
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::events::view;
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, Fault};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(read).service(update).service(remove);
    config.service(extend).service(windows);
}

crate::input! {
    /// A budget to make: of a board, of an agent, or, with neither, of the organization.
    pub struct BudgetCreate {
        /// Only what the agents of this board use.
        pub board_id: Option<BoardId>,
        /// Only what this agent uses.
        pub agent_id: Option<AgentId>,
        /// `cost` (millionths of a US dollar), `tokens` or `runs`.
        pub metric: BudgetMetric,
        /// `day`, `week` (from Monday) or `month`.
        pub period: BudgetPeriod,
        /// The time zone of its days, by its IANA name.
        pub time_zone: AnyText<WORD> = "UTC".to_owned(),
        /// The limit.
        pub limit: i64,
        /// At this share people are warned.
        pub warn_percent: i32 = 80,
        /// At this share heartbeats are slowed down.
        pub slow_percent: i32 = 90,
        /// Stop runs when it is used up; else they come to their end.
        pub abort_running: bool = false,
        /// Agents go on by themselves when it begins anew.
        pub resume_on_new_window: bool = true,
    }
}

crate::input! {
    /// Changes to a budget. What is absent stays.
    pub struct BudgetUpdate {
        /// The limit.
        pub limit: Change<i64>,
        /// At this share people are warned.
        pub warn_percent: Change<i32>,
        /// At this share heartbeats are slowed down.
        pub slow_percent: Change<i32>,
        /// Stop runs when it is used up.
        pub abort_running: Change<bool>,
        /// Agents go on by themselves when it begins anew.
        pub resume_on_new_window: Change<bool>,
        /// Whether it counts.
        pub enabled: Change<bool>,
    }
}

crate::input! {
    /// What is allowed beyond the limit, in the period of now.
    pub struct BudgetExtend {
        /// How much more may be used from now on.
        pub amount: i64,
    }
}

/// The periods of a budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetWindows {
    /// Newest first.
    pub items: Vec<BudgetWindowRead>,
}

/// List budgets
///
/// Those of the boards that the caller sees, and of their agents; those of the organization are for admins. Each with what was
/// used in its period of now. `budget.updated` of the event stream tells when one comes to another stage.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_list",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of budgets.", body = List<BudgetRead>))
)]
#[get("/budgets")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<BudgetRead>>> {
    let page = query.valid()?.page()?;
    let seen = state.db.read(move |conn| view(conn, &caller.member)).await?;
    let filter = BudgetFilter {
        organization_id: caller.organization.id,
        boards: seen.boards().collect(),
        without_board: seen.is_admin(),
    };
    let listing = budgets::list(&state.fleet, filter, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Create a budget
///
/// What was used since its period began counts. When it is used up, its agents are paused, and only those that it paused go on
/// with a new period, a higher limit, or a decision.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_create",
    security(("user" = [])),
    request_body = BudgetCreate,
    responses(
        (status = 200, description = "The budget.", body = BudgetRead),
        (status = 404, description = "No such board or agent.", body = ErrorBody),
    )
)]
#[post("/budgets")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<BudgetCreate>,
) -> ApiResult<Json<BudgetRead>> {
    let wanted = body.valid()?;
    let new = NewBudget {
        board_id: wanted.board_id,
        agent_id: wanted.agent_id,
        metric: wanted.metric,
        period: wanted.period,
        time_zone: wanted.time_zone,
        limit: wanted.limit,
        warn_percent: wanted.warn_percent,
        slow_percent: wanted.slow_percent,
        abort_running: wanted.abort_running,
        resume_on_new_window: wanted.resume_on_new_window,
    };
    Ok(Json(budgets::create(&state.fleet, admin.caller(), new).await?))
}

/// Read a budget
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_read",
    security(("user" = [])),
    params(("budget_id" = uuid::Uuid, Path, description = "The budget.")),
    responses((status = 200, description = "The budget.", body = BudgetRead))
)]
#[get("/budgets/{budget_id}")]
async fn read(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<BudgetRead>> {
    Ok(Json(found(&state, caller, params.uuid("budget_id")?).await?))
}

/// Change a budget
///
/// What it counts, and for whom, stays. A higher limit lets those agents go on that it paused.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_update",
    security(("user" = [])),
    params(("budget_id" = uuid::Uuid, Path, description = "The budget.")),
    request_body = BudgetUpdate,
    responses((status = 200, description = "The changed budget.", body = BudgetRead))
)]
#[patch("/budgets/{budget_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<BudgetUpdate>,
) -> ApiResult<Json<BudgetRead>> {
    let id = params.uuid("budget_id")?;
    let wanted = body.valid()?;
    let patch = BudgetPatch {
        limit_amount: wanted.limit.0,
        warn_percent: wanted.warn_percent.0,
        slow_percent: wanted.slow_percent.0,
        abort_running: wanted.abort_running.0,
        resume_on_new_window: wanted.resume_on_new_window.0,
        enabled: wanted.enabled.0,
    };
    if patch == BudgetPatch::default() {
        return Err(ApiError::invalid(vec![Fault::of_body("value_error", "Expected at least one field.")]));
    }
    Ok(Json(budgets::update(&state.fleet, admin.caller(), id, patch).await?))
}

/// Delete a budget
///
/// The agents that it paused go on.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_delete",
    security(("user" = [])),
    params(("budget_id" = uuid::Uuid, Path, description = "The budget.")),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/budgets/{budget_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    budgets::delete(&state.fleet, admin.caller(), params.uuid("budget_id")?).await?;
    Ok(Json(Done::YES))
}

/// Allow more in this period
///
/// The agents that the budget paused go on, if that is enough.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_extend",
    security(("user" = [])),
    params(("budget_id" = uuid::Uuid, Path, description = "The budget.")),
    request_body = BudgetExtend,
    responses(
        (status = 200, description = "The budget.", body = BudgetRead),
        (status = 409, description = "It does not count at the moment.", body = crate::error::ErrorBody)
    )
)]
#[post("/budgets/{budget_id}/extend")]
async fn extend(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<BudgetExtend>,
) -> ApiResult<Json<BudgetRead>> {
    let id = params.uuid("budget_id")?;
    let amount = body.valid()?.amount;
    Ok(Json(budgets::extend(&state.fleet, admin.caller(), id, amount).await?))
}

/// List the periods of a budget
///
/// Newest first, with what was used in each.
#[utoipa::path(
    tag = "budgets",
    operation_id = "budgets_windows",
    security(("user" = [])),
    params(("budget_id" = uuid::Uuid, Path, description = "The budget.")),
    responses((status = 200, description = "Its last periods.", body = BudgetWindows))
)]
#[get("/budgets/{budget_id}/windows")]
async fn windows(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<BudgetWindows>> {
    let budget = found(&state, caller, params.uuid("budget_id")?).await?;
    Ok(Json(BudgetWindows { items: budgets::windows(&state.fleet, budget.id, BUDGET_WINDOWS).await? }))
}

/// The budget, if the caller may see it.
async fn found(state: &State, caller: OrgMember, id: BudgetId) -> ApiResult<BudgetRead> {
    let missing = || ApiError::not_found("budget");
    let (budget, board, shown) = budgets::find(&state.fleet, id).await?.ok_or_else(missing)?;
    let right = state.db.read(move |conn| caller.right_to_work(conn, budget.organization_id, board)).await?;
    if right == Right::Nothing { Err(missing()) } else { Ok(shown) }
}
