//! Webhooks: addresses of a board that other systems post to. An agent is told of what arrives.

pub mod ingest;
pub mod input;
pub mod payloads;

use std::convert::identity;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_fleet::webhooks::{self, NewWebhook, WebhookPatch};
use mission_control_shapes::BoardWebhookRead;
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{BoardWebhookCreate, BoardWebhookUpdate};
use crate::auth::{BoardRead, BoardWrite};
use crate::error::ApiResult;
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(read_one)
        .service(update)
        .service(remove)
        .service(ingest::ingest)
        .service(payloads::list)
        .service(payloads::read)
        .service(payloads::redeliver)
        .service(payloads::read_as_agent);
}

/// List the webhooks of a board
///
/// Newest first.
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_list",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board."), PageQuery),
    responses((status = 200, description = "A page of webhooks.", body = List<BoardWebhookRead>))
)]
#[get("/boards/{board_id}/webhooks")]
async fn list(
    access: BoardRead,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<BoardWebhookRead>>> {
    let page = query.valid()?.page()?;
    let listing = webhooks::list(&state.fleet, access.board.id, page).await?;
    Ok(Json(List::of(listing, identity)))
}

/// Create a webhook
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_create",
    security(("user" = [])),
    params(("board_id" = String, Path, description = "The board.")),
    request_body = BoardWebhookCreate,
    responses((status = 200, description = "The webhook.", body = BoardWebhookRead))
)]
#[post("/boards/{board_id}/webhooks")]
async fn create(
    access: BoardWrite,
    state: web::Data<State>,
    body: Body<BoardWebhookCreate>,
) -> ApiResult<Json<BoardWebhookRead>> {
    let wanted = body.valid()?;
    let new = NewWebhook {
        description: wanted.description,
        enabled: wanted.enabled,
        agent_id: wanted.agent_id,
        secret: wanted.secret.and_then(Into::into),
        signature_header: wanted.signature_header.and_then(Into::into),
    };
    Ok(Json(webhooks::create(&state.fleet, access.board, new).await?))
}

/// Read a webhook
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_read",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("webhook_id" = uuid::Uuid, Path, description = "The webhook."),
    ),
    responses((status = 200, description = "The webhook.", body = BoardWebhookRead))
)]
#[get("/boards/{board_id}/webhooks/{webhook_id}")]
async fn read_one(
    access: BoardRead,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<BoardWebhookRead>> {
    let id = params.uuid("webhook_id")?;
    Ok(Json(webhooks::read(&state.fleet, access.board.id, id).await?))
}

/// Change a webhook
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_update",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("webhook_id" = uuid::Uuid, Path, description = "The webhook."),
    ),
    request_body = BoardWebhookUpdate,
    responses((status = 200, description = "The changed webhook.", body = BoardWebhookRead))
)]
#[patch("/boards/{board_id}/webhooks/{webhook_id}")]
async fn update(
    access: BoardWrite,
    state: web::Data<State>,
    params: Params,
    body: Body<BoardWebhookUpdate>,
) -> ApiResult<Json<BoardWebhookRead>> {
    let id = params.uuid("webhook_id")?;
    let wanted = body.valid()?;
    let patch = WebhookPatch {
        description: wanted.description.0,
        enabled: wanted.enabled.0,
        agent_id: wanted.agent_id.into_change(),
        secret: wanted.secret.into_change().map(|secret| secret.and_then(Into::into)),
        signature_header: wanted.signature_header.into_change().map(|header| header.and_then(Into::into)),
    };
    Ok(Json(webhooks::update(&state.fleet, access.board, id, patch).await?))
}

/// Delete a webhook
///
/// With everything that was posted to it.
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_delete",
    security(("user" = [])),
    params(
        ("board_id" = String, Path, description = "The board."),
        ("webhook_id" = uuid::Uuid, Path, description = "The webhook."),
    ),
    responses((status = 200, description = "Deleted.", body = Done))
)]
#[delete("/boards/{board_id}/webhooks/{webhook_id}")]
async fn remove(access: BoardWrite, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let id = params.uuid("webhook_id")?;
    webhooks::delete(&state.fleet, access.board, id).await?;
    Ok(Json(Done::YES))
}
