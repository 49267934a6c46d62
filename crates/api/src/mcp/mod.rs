//! `POST /mcp`: the Model Context Protocol over streamable HTTP, for clients that speak it instead of REST.
//!
//! It is a thin client of the use-cases that the routes call, with the same permissions; the caller is whoever the token
//! belongs to, a person or an agent. Nothing is kept between requests: there are no sessions, and each answer is one JSON
//! document. Both ways to open a conversation are known, the `initialize` handshake and, since 2026-07-28, versions named
//! in each request.

mod message;
mod origin;
mod tools;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse, post};
use serde_json::{Value, json};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::MemberOrAgent;
use crate::error::ApiResult;
use crate::http::{read_aside, read_limited};
use crate::state::State;
use message::{Failure, Incoming, answer};
use tools::Tool;

/// Versions that begin with a handshake, newest first.
const WITH_HANDSHAKE: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];
/// Versions that are named in each request.
const WITHOUT_HANDSHAKE: [&str; 1] = ["2026-07-28"];

const VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");
const METHOD: HeaderName = HeaderName::from_static("mcp-method");

const INSTRUCTIONS: &str = "Mission Control: boards of tasks that people and agents share. Claim a task before you work \
    on it, comment when there is a result, ask for an approval before a step that cannot be undone, and move the task to \
    review when it is finished. When a tool fails, do what its next_step says.";

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(mcp);
}

/// Speak the Model Context Protocol
///
/// Streamable HTTP with one JSON answer per request and without sessions. The tools are those that the caller's role has a
/// use for.
#[utoipa::path(
    tag = "mcp",
    operation_id = "mcp",
    security(("user" = []), ("agent" = [])),
    request_body = Object,
    responses(
        (status = 200, description = "A JSON-RPC response.", body = Object),
        (status = 202, description = "A notification was taken."),
        (status = 400, description = "Not JSON-RPC, or a protocol version that is not spoken here.", body = Object),
        (status = 403, description = "The request comes from a page of another origin.",
            body = crate::error::ErrorBody)
    )
)]
#[post("/mcp")]
async fn mcp(
    request: HttpRequest,
    caller: MemberOrAgent,
    state: web::Data<State>,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    origin::check(&request, &state)?;
    let body = read_limited(&request, payload).await?;
    let incoming = match read_aside(body, Incoming::read).await? {
        Ok(incoming) => incoming,
        Err(failure) => return Ok(refused(Value::Null, failure)),
    };
    let Some(id) = incoming.id.clone() else { return Ok(HttpResponse::Accepted().finish()) };
    Ok(match reply(&request, &state, caller, incoming).await {
        Ok(result) => HttpResponse::Ok().json(answer(id, result)),
        Err(failure) => refused(id, failure),
    })
}

fn refused(id: Value, failure: Failure) -> HttpResponse {
    let status = if failure.is_about_the_request() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    HttpResponse::build(status).json(failure.answer(id))
}

async fn reply(
    request: &HttpRequest,
    state: &web::Data<State>,
    caller: MemberOrAgent,
    mut incoming: Incoming,
) -> Result<Value, Failure> {
    check_headers(request, &incoming.method)?;
    match incoming.method.as_str() {
        "initialize" => Ok(initialized(incoming.params.get("protocolVersion").and_then(Value::as_str))),
        "server/discover" => Ok(discovered()),
        "ping" => Ok(json!({ "resultType": "complete" })),
        "tools/list" => {
            let tools: Vec<Value> = Tool::of(&caller).map(Tool::describe).collect();
            Ok(json!({ "tools": tools, "resultType": "complete", "ttlMs": 0, "cacheScope": "private" }))
        }
        "tools/call" => {
            let name = incoming.params.get("name").and_then(Value::as_str).unwrap_or_default();
            let Some(tool) = Tool::of(&caller).find(|tool| tool.name == name) else {
                return Err(Failure::invalid_params(format!("There is no tool {name:?} for you.")));
            };
            let arguments = match incoming.params.get_mut("arguments").map(Value::take) {
                None | Some(Value::Null) => json!({}),
                Some(arguments) => arguments,
            };
            Ok(tool.call(state, caller, arguments).await)
        }
        other => Err(Failure::unknown_method(other)),
    }
}

/// A version that is not spoken here is named with those that are; a header must not say something else than the body.
fn check_headers(request: &HttpRequest, method: &str) -> Result<(), Failure> {
    let text = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value: &actix_web::http::header::HeaderValue| value.to_str().ok())
    };
    if let Some(version) = text(VERSION)
        && !WITH_HANDSHAKE.contains(&version)
        && !WITHOUT_HANDSHAKE.contains(&version)
    {
        return Err(Failure::unsupported_version(version, &WITHOUT_HANDSHAKE));
    }
    match text(METHOD) {
        Some(named) if named != method => Err(Failure::header_mismatch("Mcp-Method")),
        _ => Ok(()),
    }
}

fn initialized(wanted: Option<&str>) -> Value {
    let [newest, ..] = WITH_HANDSHAKE;
    let version = wanted.filter(|wanted| WITH_HANDSHAKE.contains(wanted)).unwrap_or(newest);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": server_info(),
        "instructions": INSTRUCTIONS,
    })
}

fn discovered() -> Value {
    json!({
        "supportedVersions": WITHOUT_HANDSHAKE,
        "capabilities": { "tools": {} },
        "instructions": INSTRUCTIONS,
        "resultType": "complete",
        "ttlMs": 0,
        "cacheScope": "private",
        "_meta": { "io.modelcontextprotocol/serverInfo": server_info() },
    })
}

fn server_info() -> Value {
    json!({ "name": "mission-control", "title": "Mission Control", "version": env!("CARGO_PKG_VERSION") })
}
