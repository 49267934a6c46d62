//! What becomes of the stale tasks of a board. People change it, agents never.

use actix_web::web::{self, Json};
use actix_web::{get, patch};
use mission_control_core::models::StaleRule;
use mission_control_core::rules::stale::MINUTES;
use mission_control_fleet::tasks;
use mission_control_shapes::BoardStaleRuleRead;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{BoardRead, BoardWrite};
use crate::error::{ApiError, ApiResult};
use crate::http::Body;
use crate::input::{Change, Fault};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read).service(update);
}

crate::input! {
    /// Changes to what becomes of the stale tasks of a board. What is absent stays.
    pub struct BoardStaleRuleUpdate {
        /// `keep`, `release` or `escalate`.
        pub rule: Change<StaleRule>,
        /// So many minutes after they were marked; 1 to 10,080.
        pub after_minutes: Change<i32>,
    }
}

/// Read what becomes of stale tasks
///
/// Tasks of the board in progress whose agents are silent, paused, given up on or being deleted are marked, and then kept,
/// released or asked about.
#[utoipa::path(
    tag = "boards",
    operation_id = "board_stale_rule_read",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    responses((status = 200, description = "The rule.", body = BoardStaleRuleRead))
)]
#[get("/boards/{board_id}/stale-tasks")]
async fn read(caller: BoardRead, state: web::Data<State>) -> ApiResult<Json<BoardStaleRuleRead>> {
    Ok(Json(tasks::stale_rule(&state.fleet, caller.board).await?))
}

/// Change what becomes of stale tasks
#[utoipa::path(
    tag = "boards",
    operation_id = "board_stale_rule_update",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    request_body = BoardStaleRuleUpdate,
    responses((status = 200, description = "The changed rule.", body = BoardStaleRuleRead))
)]
#[patch("/boards/{board_id}/stale-tasks")]
async fn update(
    caller: BoardWrite,
    state: web::Data<State>,
    body: Body<BoardStaleRuleUpdate>,
) -> ApiResult<Json<BoardStaleRuleRead>> {
    caller.caller.require_admin()?;
    let wanted = body.valid()?;
    if wanted.after_minutes.0.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
        let text = format!("Expected {} to {}: a minute to a week.", MINUTES.start(), MINUTES.end());
        return Err(ApiError::invalid(vec![Fault::of_field("after_minutes", "value_error", text)]));
    }
    let changed = tasks::change_stale_rule(&state.fleet, caller.board, move |row| {
        row.rule = wanted.rule.0.unwrap_or(row.rule);
        row.after_minutes = wanted.after_minutes.0.unwrap_or(row.after_minutes);
    });
    Ok(Json(changed.await?))
}
