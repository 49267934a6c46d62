//! The progress breaker of a board. People change it, agents never.

use actix_web::web::{self, Json};
use actix_web::{get, patch};
use mission_control_core::models::BreakerMode;
use mission_control_fleet::breaker;
use mission_control_shapes::BoardBreakerRead;
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
    /// Changes to the breaker of a board. What is absent stays.
    pub struct BoardBreakerUpdate {
        /// `auto`, `off`, `shadow` or `on`.
        pub mode: Change<BreakerMode>,
        /// Runs that do nothing, while there is work; 3 at least.
        pub empty_limit: Change<i32>,
        /// Runs of which nothing comes, while there is work; 3 at least.
        pub weak_limit: Change<i32>,
        /// Runs that do nothing, while there is no work; 3 at least.
        pub idle_limit: Change<i32>,
        /// Tokens that they have to have used; 0 for none.
        pub token_floor: Change<i64>,
    }
}

/// Read the breaker of a board
///
/// When agents are paused whose runs change nothing.
#[utoipa::path(
    tag = "budgets",
    operation_id = "board_breaker_read",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    responses((status = 200, description = "The breaker.", body = BoardBreakerRead))
)]
#[get("/boards/{board_id}/breaker")]
async fn read(caller: BoardRead, state: web::Data<State>) -> ApiResult<Json<BoardBreakerRead>> {
    Ok(Json(breaker::read(&state.fleet, caller.board).await?))
}

/// Change the breaker of a board
#[utoipa::path(
    tag = "budgets",
    operation_id = "board_breaker_update",
    security(("user" = [])),
    params(("board_id" = uuid::Uuid, Path, description = "The board.")),
    request_body = BoardBreakerUpdate,
    responses((status = 200, description = "The changed breaker.", body = BoardBreakerRead))
)]
#[patch("/boards/{board_id}/breaker")]
async fn update(
    caller: BoardWrite,
    state: web::Data<State>,
    body: Body<BoardBreakerUpdate>,
) -> ApiResult<Json<BoardBreakerRead>> {
    caller.caller.require_admin()?;
    let wanted = body.valid()?;
    let limits = [
        ("empty_limit", wanted.empty_limit.0),
        ("weak_limit", wanted.weak_limit.0),
        ("idle_limit", wanted.idle_limit.0),
    ];
    let faults: Vec<Fault> = limits
        .into_iter()
        .filter(|(_, limit)| limit.is_some_and(|limit| limit < 3))
        .map(|(name, _)| Fault::of_field(name, "value_error", "Expected 3 or more: less is no streak."))
        .chain(
            wanted
                .token_floor
                .0
                .filter(|floor| *floor < 0)
                .map(|_| Fault::of_field("token_floor", "value_error", "Expected 0 or more.")),
        )
        .collect();
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let changed = breaker::change(&state.fleet, caller.board, move |row| {
        row.mode = wanted.mode.0.unwrap_or(row.mode);
        row.empty_limit = wanted.empty_limit.0.unwrap_or(row.empty_limit);
        row.weak_limit = wanted.weak_limit.0.unwrap_or(row.weak_limit);
        row.idle_limit = wanted.idle_limit.0.unwrap_or(row.idle_limit);
        row.token_floor = wanted.token_floor.0.unwrap_or(row.token_floor);
    });
    Ok(Json(changed.await?))
}
