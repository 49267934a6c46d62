//! Where other systems post to.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, post, web};
use mission_control_core::id::{BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::limits::{MINUTE, MISSED_POSTS, OPEN_POSTS, POST_OVERRUN, SIGNED_POSTS};
use mission_control_core::models::{Board, Webhook, WebhookPayload};
use mission_control_core::rules::webhooks::{self as rules, Unsigned};
use mission_control_fleet::webhooks::{self, NotTaken, Received};
use mission_control_queue::Decision;
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;
use utoipa::ToSchema;

use crate::error::{ApiError, ApiResult, Code};
use crate::http::{Params, Unread, address_key, client_address, not_read, read_aside, read_in_turn};
use crate::state::State;

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

impl From<NotTaken> for ApiError {
    fn from(error: NotTaken) -> Self {
        let message = error.to_string();
        match error {
            NotTaken::Disabled => Self::new(Code::Gone, message),
            NotTaken::Unsigned(Unsigned::Missing) => Self::forbidden(message).next_step(
                "Sign the body with the webhook's secret (`X-Hub-Signature-256: sha256=…`), or send the secret in a header: \
                 `Authorization: Bearer …`, the password of `Basic`, or `X-Webhook-Token`. In the address it would get into \
                 logs, and is not looked for there.",
            ),
            NotTaken::Unsigned(Unsigned::Unsupported(hint)) => Self::forbidden(message).next_step(hint),
            NotTaken::Unsigned(Unsigned::Wrong) => Self::forbidden(message)
                .next_step("Sign exactly the bytes of the body, with the webhook's secret."),
            NotTaken::Unsigned(Unsigned::Stale) => Self::forbidden(message)
                .next_step("Set the sender's clock, and do not send old deliveries again."),
            NotTaken::Vault(error) => Self::internal(error),
            NotTaken::Store(error) => error.into(),
        }
    }
}

/// Post to a webhook
///
/// Takes JSON, forms with JSON in `payload`, or text, as it is or compressed (gzip, deflate). Where the webhook has a secret,
/// the sender has to prove that it knows it, in the webhook's own signature header or as GitHub, GitLab, Stripe, Slack,
/// Shopify, Discord, Standard Webhooks and others do, or by sending it as a token or a password. A delivery that is repeated under the same id is taken once; of something
/// signed, so is every copy within a day.
#[utoipa::path(
    tag = "board-webhooks",
    operation_id = "board_webhooks_ingest",
    params(
        ("board_id" = String, Path, description = "The board."),
        ("webhook_id" = uuid::Uuid, Path, description = "The webhook."),
        ("validationToken" = Option<String>, Query, max_length = 1024, description = "Sent back as text, as Microsoft Graph asks for it."),
    ),
    request_body(content = String, description = "Anything.", content_type = "*/*"),
    responses(
        (status = 200, description = "What the sender wanted to read back, as text."),
        (status = 202, description = "Kept, and on its way to the agent.", body = BoardWebhookIngestResponse),
        (status = 403, description = "Not signed as it has to be."),
        (status = 410, description = "The webhook is disabled."),
        (status = 413, description = "The body is too large."),
        (status = 422, description = "Compressed in a way that is not understood."),
        (status = 429, description = "Too many payloads for this webhook, or misses from this address."),
    )
)]
#[post("/boards/{board_id}/webhooks/{webhook_id}")]
pub(super) async fn ingest(
    request: HttpRequest,
    state: web::Data<State>,
    params: Params,
    body: web::Payload,
) -> ApiResult<HttpResponse> {
    let (board, webhook) = match open(&state, &params).await {
        Ok(found) => found,
        Err(error) => return Err(missed(&state, &request, error).await),
    };
    if let Some(token) = validation_token(&request)? {
        within_budget(&state, &request, &webhook, false).await?;
        return Ok(sent_back(token));
    }
    let limit = state.settings.http.webhook_max_payload_bytes;
    let sent = read_limited(&request, &state, body, limit).await?;
    let headers = request.headers();
    let body = plain(&sent, headers, limit)?;
    let proven = webhooks::proven(&state.fleet, &webhook, &sent, &body, |name| text(headers, name));
    let fingerprint = match proven {
        Ok(fingerprint) => fingerprint,
        Err(error) => return Err(missed(&state, &request, error.into()).await),
    };
    within_budget(&state, &request, &webhook, fingerprint.is_some()).await?;
    let body = match body {
        Cow::Borrowed(_) => sent.clone(),
        Cow::Owned(plain) => plain.into(),
    };
    let content_type = content_type(headers).map(Cow::into_owned);
    let content = read_aside(body, move |body| rules::decode(body, content_type.as_deref())).await?;
    if let Some(challenge) = rules::challenge(&content) {
        return Ok(sent_back(challenge.to_owned()));
    }
    let payload = WebhookPayload {
        source_ip: client_address(&request).map(|address| address.to_string()),
        fingerprint: fingerprint.map(|it| it.0),
        ..received(&webhook, content, headers)
    };
    let mut answer = BoardWebhookIngestResponse {
        ok: true,
        board_id: payload.board_id,
        webhook_id: payload.webhook_id,
        payload_id: payload.id,
    };
    let taken = webhooks::receive(&state.fleet, board, webhook, payload).await?;
    if let Received::Before(first) = taken {
        answer.payload_id = first;
    }
    let is_new = taken == Received::New;
    tracing::info!(webhook_id = %answer.webhook_id, payload_id = %answer.payload_id, is_new, "webhook received");
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(answer))
}

/// Counts a post that came to nothing, for its address alone: whoever knows the secret is not held up by it.
async fn missed(state: &State, request: &HttpRequest, error: ApiError) -> ApiError {
    if !matches!(error.code(), Code::NotFound | Code::Forbidden | Code::Gone) {
        return error;
    }
    let key = format!("webhook-miss:{}", address_key(request));
    let decision = state.limiter.check(&key, MISSED_POSTS, MINUTE).await;
    if decision.allowed { error } else { too_often("This address misses webhooks too often.", decision) }
}

/// Counts a payload for its webhook: all that are signed together, others by their address, so that nobody can use up
/// the budget of somebody else.
async fn within_budget(
    state: &State,
    request: &HttpRequest,
    webhook: &Webhook,
    is_signed: bool,
) -> ApiResult<()> {
    let (key, most) = match is_signed {
        true => (format!("webhook:{}", webhook.id), SIGNED_POSTS),
        false => (format!("webhook:{}:{}", webhook.id, address_key(request)), OPEN_POSTS),
    };
    let decision = state.limiter.check(&key, most, MINUTE).await;
    if decision.allowed { Ok(()) } else { Err(too_often("This webhook is posted to too often.", decision)) }
}

fn too_often(detail: &'static str, decision: Decision) -> ApiError {
    let seconds = decision.retry_after.as_secs().max(1);
    ApiError::new(Code::RateLimited, detail)
        .header(header::RETRY_AFTER, HeaderValue::from(seconds))
        .param("seconds", seconds)
        .next_step(format!("Wait {seconds} seconds."))
}

/// What the query asks to be sent back.
fn validation_token(request: &HttpRequest) -> ApiResult<Option<String>> {
    let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
    match pairs.find(|(name, _)| name == "validationToken") {
        None => Ok(None),
        Some((_, token)) if rules::may_be_sent_back(&token) => Ok(Some(token.into_owned())),
        Some(_) => Err(ApiError::unprocessable(
            "The validation token is too long, or has characters it cannot have.",
        )),
    }
}

/// A text from outside as an answer that no browser takes for a page.
fn sent_back(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(text)
}

/// The webhook of the path, if it takes anything.
async fn open(state: &State, params: &Params) -> ApiResult<(Board, Webhook)> {
    let board: BoardId = params.id("board_id")?;
    let id: WebhookId = params.uuid("webhook_id")?;
    Ok(webhooks::open(&state.fleet, board, id).await?)
}

/// Reads more than is taken, so that the sender of what is too large gets to see the answer.
async fn read_limited(
    request: &HttpRequest,
    state: &State,
    body: web::Payload,
    limit: usize,
) -> ApiResult<web::Bytes> {
    match read_in_turn(request, state, body, limit.saturating_mul(POST_OVERRUN)).await {
        Ok(bytes) if bytes.len() <= limit => Ok(bytes),
        Ok(_) | Err(Unread::TooLarge) => Err(too_large(limit)),
        Err(unread) => Err(not_read(unread, limit, "WEBHOOK_MAX_PAYLOAD_BYTES")),
    }
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(Code::PayloadTooLarge, format!("The payload is larger than {limit} bytes."))
        .param("limit", limit)
        .next_step("Send less at once; the operator can raise WEBHOOK_MAX_PAYLOAD_BYTES.")
}

/// A header as text; of a repeated one, the first.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}

/// The body without its compression.
fn plain<'b>(sent: &'b [u8], headers: &HeaderMap, limit: usize) -> ApiResult<Cow<'b, [u8]>> {
    let unreadable = |detail: &'static str| {
        ApiError::unprocessable(detail)
            .word(Code::UnsupportedEncoding)
            .next_step("Send the body as it is, or compressed with gzip or deflate.")
    };
    let encoding = rules::Encoding::parse(text(headers, header::CONTENT_ENCODING.as_str()))
        .ok_or_else(|| unreadable("The Content-Encoding is not understood."))?;
    rules::decompressed(sent, encoding, limit).map_err(|error| match error {
        rules::NotUnpacked::Grows => too_large(limit),
        rules::NotUnpacked::Broken => unreadable("The body is not compressed as its Content-Encoding says."),
    })
}

fn content_type(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()))
}

fn received(webhook: &Webhook, content: Value, headers: &HeaderMap) -> WebhookPayload {
    let delivery = rules::delivery_id(|name| text(headers, name), &content);
    let event_type = rules::event_type(|name| text(headers, name), &content);
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let captured = rules::captured_headers(pairs, webhook.signature_header.as_deref());
    let payload = WebhookPayload::new(webhook, Some(content).filter(|value| !value.is_null()));
    WebhookPayload {
        id: delivery.map_or(payload.id, |delivery| rules::payload_id(webhook.id, &delivery)),
        headers: (!captured.is_empty()).then(|| json!(captured)),
        content_type: content_type(headers).map(Into::into),
        event_type,
        ..payload
    }
}
