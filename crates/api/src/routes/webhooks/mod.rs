//! Webhooks: addresses of a board that other systems post to. An agent is told of what arrives.

mod found;
pub mod ingest;
pub mod input;
pub mod payloads;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::events::EventKind;
use mission_control_core::id::{AgentId, BoardId, WebhookId};
use mission_control_core::models::{Board, NewEvent, Webhook, WebhookChanges};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, Tx, agents, webhooks};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::found::on_board;
use self::input::{BoardWebhookCreate, BoardWebhookUpdate};
use crate::auth::{BoardRead, BoardWrite};
use crate::error::{ApiError, ApiResult};
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

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardWebhookRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: WebhookId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Who is told; `null` for the board's lead.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// What agents are to do with what arrives.
    pub description: String,
    /// Whether it takes anything at all.
    pub enabled: bool,
    /// Whether payloads have to be signed. The secret itself cannot be read back.
    pub has_secret: bool,
    /// Header of the signatures; `null` for the usual ones.
    pub signature_header: Option<String>,
    /// Where to post to, below this server.
    pub endpoint_path: String,
    /// Where to post to.
    pub endpoint_url: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BoardWebhookRead {
    fn new(row: Webhook, base_url: &str) -> Self {
        let endpoint_path = format!("/api/v1/boards/{}/webhooks/{}", row.board_id, row.id);
        Self {
            id: row.id,
            board_id: row.board_id,
            agent_id: row.agent_id,
            description: row.description,
            enabled: row.enabled,
            has_secret: row.secret.is_some(),
            signature_header: row.signature_header,
            endpoint_url: Some(format!("{base_url}{endpoint_path}")),
            endpoint_path,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

fn check_agent(conn: &mut Conn, board: BoardId, id: Option<AgentId>) -> ApiResult<()> {
    let Some(id) = id else { return Ok(()) };
    match agents::find(conn, id)? {
        Some(agent) if agent.board_id == Some(board) => Ok(()),
        _ => Err(ApiError::unprocessable("agent_id has to be an agent of this board.")),
    }
}

fn sealed(state: &State, id: WebhookId, secret: &str) -> String {
    state.fleet.vault().seal(Webhook::SECRET_COLUMN, id, secret)
}

/// Tells streams what the webhook looks like now.
fn publish(tx: &mut Tx<'_>, board: &Board, kind: EventKind, read: &BoardWebhookRead) {
    let event = NewEvent::of(kind, read);
    tx.append(event.organization(board.organization_id).board(board.id));
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
    let listing = state.db.read(move |conn| webhooks::list(conn, access.board.id, page)).await?;
    Ok(Json(List::of(listing, |row| BoardWebhookRead::new(row, &state.settings.http.base_url))))
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
    let mut webhook = Webhook::new(access.board.id, wanted.description);
    webhook.enabled = wanted.enabled;
    webhook.agent_id = wanted.agent_id;
    webhook.secret =
        wanted.secret.and_then(Option::<String>::from).map(|secret| sealed(&state, webhook.id, &secret));
    webhook.signature_header = wanted.signature_header.and_then(Into::into);
    let base_url = state.settings.http.base_url.clone();
    let read = state
        .db
        .write(move |tx| {
            check_agent(tx, access.board.id, webhook.agent_id)?;
            webhooks::insert(tx, &webhook)?;
            let read = BoardWebhookRead::new(webhook, &base_url);
            publish(tx, &access.board, EventKind::WebhookCreated, &read);
            Ok::<_, ApiError>(read)
        })
        .await?;
    Ok(Json(read))
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
    let webhook = state.db.read(move |conn| on_board(conn, access.board.id, id)).await?;
    Ok(Json(BoardWebhookRead::new(webhook, &state.settings.http.base_url)))
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
    let id: WebhookId = params.uuid("webhook_id")?;
    let wanted = body.valid()?;
    let secret = wanted.secret.into_change().map(|secret| secret.and_then(Option::<String>::from));
    let changes = WebhookChanges {
        description: wanted.description.0,
        enabled: wanted.enabled.0,
        agent_id: wanted.agent_id.into_change(),
        secret: secret.map(|secret| secret.map(|secret| sealed(&state, id, &secret))),
        signature_header: wanted.signature_header.into_change().map(|header| header.and_then(Into::into)),
    };
    let base_url = state.settings.http.base_url.clone();
    let read = state
        .db
        .write(move |tx| {
            let webhook = on_board(tx, access.board.id, id)?;
            if changes == WebhookChanges::default() {
                return Ok(BoardWebhookRead::new(webhook, &base_url));
            }
            check_agent(tx, access.board.id, changes.agent_id.flatten())?;
            let read = BoardWebhookRead::new(webhooks::update(tx, id, &changes)?, &base_url);
            publish(tx, &access.board, EventKind::WebhookUpdated, &read);
            Ok::<_, ApiError>(read)
        })
        .await?;
    Ok(Json(read))
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
    let base_url = state.settings.http.base_url.clone();
    state
        .db
        .write(move |tx| {
            let webhook = on_board(tx, access.board.id, id)?;
            webhooks::delete(tx, id)?;
            publish(tx, &access.board, EventKind::WebhookDeleted, &BoardWebhookRead::new(webhook, &base_url));
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}
