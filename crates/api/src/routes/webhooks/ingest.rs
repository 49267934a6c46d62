//! Where other systems post to.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, post, web};
use mission_control_core::id::{BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{Board, Webhook, WebhookPayload};
use mission_control_core::rules::webhooks as rules;
use mission_control_fleet::webhooks::receive;
use mission_control_store::boards;
use secrecy::ExposeSecret;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::on_board;
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Params, client_address};
use crate::state::State;

/// Payloads that one address may post per [`WINDOW`].
const LIMIT: u32 = 60;
const WINDOW: Duration = Duration::from_secs(60);

/// How much of a body that is too large is still read, as a multiple of what is allowed, so that its sender gets to see
/// the answer.
const OVERRUN: usize = 4;

/// A payload was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardWebhookIngestResponse {
    /// Always true.
    pub ok: bool,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The webhook.
    #[schema(value_type = uuid::Uuid)]
    pub webhook_id: WebhookId,
    /// The payload; of a delivery that was taken before, the one of then.
    #[schema(value_type = uuid::Uuid)]
    pub payload_id: WebhookPayloadId,
}

/// Post to a webhook
///
/// Takes JSON or text. Where the webhook has a secret, the body has to be signed with it: its HMAC-SHA256, in hexadecimal,
/// with or without `sha256=`, in the webhook's own signature header, else in `X-Hub-Signature-256` or
/// `X-Webhook-Signature`. A delivery that is repeated under the same `X-GitHub-Delivery` or `Idempotency-Key` is taken once.
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_ingest",
    params(
        ("board_id" = String, Path, description = "The board."),
        ("webhook_id" = uuid::Uuid, Path, description = "The webhook."),
    ),
    request_body(content = String, description = "Anything.", content_type = "*/*"),
    responses(
        (status = 202, description = "Kept, and on its way to the agent.", body = BoardWebhookIngestResponse),
        (status = 403, description = "Not signed as it has to be."),
        (status = 410, description = "The webhook is disabled."),
        (status = 413, description = "The body is too large."),
        (status = 429, description = "Too many payloads from this address."),
    )
)]
#[post("/boards/{board_id}/webhooks/{webhook_id}")]
pub(super) async fn ingest(
    request: HttpRequest,
    state: web::Data<State>,
    params: Params,
    body: web::Payload,
) -> ApiResult<HttpResponse> {
    let source = client_address(&request).map(|address| address.to_string());
    limit(&state, source.as_deref()).await?;
    let (board, webhook) = open(&state, &params).await?;
    let body = read_limited(body, state.settings.http.webhook_max_payload_bytes).await?;
    check_signature(&state, &webhook, &body, request.headers())?;
    let payload = received(&webhook, &body, request.headers(), source);
    let answer = BoardWebhookIngestResponse {
        ok: true,
        board_id: payload.board_id,
        webhook_id: payload.webhook_id,
        payload_id: payload.id,
    };
    let retries = state.settings.queue.max_retries;
    let is_new = state.db.write(move |tx| receive(tx, &board, &webhook, &payload, retries)).await?;
    tracing::info!(webhook.id = %answer.webhook_id, payload.id = %answer.payload_id, is_new, "webhook.received");
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(answer))
}

async fn limit(state: &State, source: Option<&str>) -> ApiResult<()> {
    let key = format!("webhook:{}", source.unwrap_or("unknown"));
    let decision = state.limiter.check(&key, LIMIT, WINDOW).await;
    if decision.allowed {
        return Ok(());
    }
    let seconds = decision.retry_after.as_secs().max(1);
    Err(ApiError::new(Code::RateLimited, "This address posts to webhooks too often.")
        .header(header::RETRY_AFTER, HeaderValue::from(seconds))
        .next_step(format!("Wait {seconds} seconds.")))
}

/// The webhook of the path, if it takes anything.
async fn open(state: &State, params: &Params) -> ApiResult<(Board, Webhook)> {
    let board: BoardId = params.id("board_id")?;
    let id: WebhookId = params.uuid("webhook_id")?;
    let found = state.db.read(move |conn| {
        let board = boards::find(conn, board)?.ok_or_else(|| ApiError::not_found("board"))?;
        let webhook = on_board(conn, board.id, id)?;
        Ok::<_, ApiError>((board, webhook))
    });
    let (board, webhook) = found.await?;
    match webhook.enabled {
        true => Ok((board, webhook)),
        false => Err(ApiError::new(Code::Gone, "This webhook is disabled.")),
    }
}

async fn read_limited(body: web::Payload, limit: usize) -> ApiResult<web::Bytes> {
    match body.to_bytes_limited(limit.saturating_mul(OVERRUN)).await {
        Ok(Ok(bytes)) if bytes.len() <= limit => Ok(bytes),
        Ok(Err(error)) => {
            Err(ApiError::new(Code::BadRequest, "The body could not be read.")
                .cause(anyhow::anyhow!("{error}")))
        }
        Ok(Ok(_)) | Err(_) => {
            Err(ApiError::new(Code::PayloadTooLarge, format!("The payload is larger than {limit} bytes."))
                .next_step("Send less at once; the operator can raise WEBHOOK_MAX_PAYLOAD_BYTES."))
        }
    }
}

/// A header as text; of a repeated one, the first.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}

fn check_signature(state: &State, webhook: &Webhook, body: &[u8], headers: &HeaderMap) -> ApiResult<()> {
    let Some(secret) = &webhook.secret else { return Ok(()) };
    let vault = state.fleet.vault();
    let secret = vault.open(Webhook::SECRET_COLUMN, webhook.id, secret).map_err(ApiError::internal)?;
    let signature = match &webhook.signature_header {
        Some(own) => text(headers, own),
        None => rules::SIGNATURE_HEADERS.iter().find_map(|name| text(headers, name)),
    };
    let signature = signature.ok_or_else(|| ApiError::forbidden("The signature is missing."))?;
    match rules::is_signed(secret.expose_secret(), body, signature) {
        true => Ok(()),
        false => Err(ApiError::forbidden("The signature is wrong.")
            .next_step("Sign exactly the bytes of the body, with the webhook's secret.")),
    }
}

fn received(
    webhook: &Webhook,
    body: &[u8],
    headers: &HeaderMap,
    source_ip: Option<String>,
) -> WebhookPayload {
    let delivery = rules::DELIVERY_HEADERS.iter().find_map(|name| text(headers, name));
    let content_type =
        headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let captured = rules::captured_headers(pairs, webhook.signature_header.as_deref());
    let content = Some(rules::decode(body, content_type.as_deref())).filter(|value| !value.is_null());
    let payload = WebhookPayload::new(webhook, content);
    WebhookPayload {
        id: delivery.map_or(payload.id, |delivery| rules::payload_id(webhook.id, delivery)),
        headers: (!captured.is_empty()).then(|| json!(captured)),
        source_ip,
        content_type: content_type.map(Into::into),
        ..payload
    }
}
