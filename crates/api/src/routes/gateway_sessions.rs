//! What a gateway says about itself and its sessions, asked live.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, get, post};
use mission_control_core::id::BoardId;
use mission_control_core::limits::{ADDRESS, CREDENTIAL, PROSE, WORD};
use mission_control_fleet::gateways::{self, Asked};
use mission_control_fleet::sessions;
use mission_control_shapes::{Commands, GatewayStatus, SessionList};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, Proof, web_session};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, Done, Params, Part, PartQuery, Query};
use crate::input::{AnyText, Text};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(status)
        .service(ask)
        .service(commands)
        .service(list)
        .service(read)
        .service(history)
        .service(send)
        .service(default_status)
        .service(default_sessions);
}

crate::input! {
    /// Which gateway is meant: a board's, or one by its address.
    pub struct StatusQuery {
        /// The board whose gateway is meant.
        pub board_id: Option<AnyText<WORD>>,
        /// A gateway's address. The stored token of a registered gateway is used when none is given.
        pub gateway_url: Option<AnyText<ADDRESS>>,
        /// A token to try.
        pub gateway_token: Option<AnyText<CREDENTIAL>>,
        /// Connect as the control UI does.
        pub gateway_disable_device_pairing: Option<bool>,
        /// Accept any certificate.
        pub gateway_allow_insecure_tls: Option<bool>,
    }
}

crate::input! {
    /// The board whose gateway is meant.
    pub struct BoardQuery {
        /// The board.
        pub board_id: Option<AnyText<WORD>>,
    }
}

crate::input! {
    /// A message for a session.
    pub struct GatewaySessionMessageRequest {
        /// The text.
        pub content: Text<PROSE>,
    }
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewaySessionResponse {
    /// The session as the gateway describes it.
    pub session: Value,
}

/// The messages of a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewaySessionHistoryResponse {
    /// Oldest first, as the gateway stores them.
    pub history: Vec<Value>,
}

fn board_of(text: &str) -> ApiResult<BoardId> {
    text.trim().parse().map_err(|_| ApiError::not_found("board"))
}

fn required_board(query: Query<BoardQuery>) -> ApiResult<BoardId> {
    match query.valid()?.board_id.as_deref().map(str::trim) {
        None | Some("") => Err(ApiError::unprocessable("board_id is required.")
            .next_step("Name the board whose gateway is meant: ?board_id=…")),
        Some(text) => board_of(text),
    }
}

impl StatusQuery {
    fn asked(self) -> ApiResult<Asked> {
        let url = self.gateway_url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
        match (self.board_id.as_deref(), url) {
            (_, Some(url)) => Ok(Asked::Url {
                url,
                token: self.gateway_token.filter(|token| !token.trim().is_empty()).map(SecretString::from),
                disable_device_pairing: self.gateway_disable_device_pairing,
                allow_insecure_tls: self.gateway_allow_insecure_tls,
            }),
            (Some(board), None) if !board.trim().is_empty() => board_of(board).map(Asked::Board),
            _ => Err(ApiError::unprocessable("board_id or gateway_url is required.")),
        }
    }
}

/// Ask a gateway how it is
///
/// Never fails for the gateway's sake: `connected` says whether it answered, `error` and `next_step` why not. `POST` takes the
/// same in its body, where a token belongs. With a browser's session, an address is taken from the server's own pages alone.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_status",
    security(("user" = [])),
    params(StatusQuery),
    responses(
        (status = 200, description = "How the gateway is.", body = GatewayStatus),
        (status = 403, description = "The page belongs to another site.", body = crate::error::ErrorBody),
        (status = 404, description = "No such board.", body = crate::error::ErrorBody)
    )
)]
#[get("/gateways/status")]
async fn status(
    admin: OrgAdmin,
    state: web::Data<State>,
    request: HttpRequest,
    query: Query<StatusQuery>,
) -> ApiResult<Json<GatewayStatus>> {
    let asked = query.valid()?.asked()?;
    // It connects to wherever the caller says: a page of another site must not have it done.
    if matches!(admin.0.proof, Proof::Session(_)) && matches!(asked, Asked::Url { .. }) {
        web_session::require_own_page(&request, &state.settings.http)?;
    }
    Ok(Json(gateways::status(&state.fleet, admin.caller(), asked).await?))
}

/// Ask a gateway how it is, by its address
///
/// The same as `GET`, with nothing in the address of the request.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_status_ask",
    security(("user" = [])),
    request_body = StatusQuery,
    responses(
        (status = 200, description = "How the gateway is.", body = GatewayStatus),
        (status = 404, description = "No such board.", body = crate::error::ErrorBody)
    )
)]
#[post("/gateways/status")]
async fn ask(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<StatusQuery>,
) -> ApiResult<Json<GatewayStatus>> {
    let asked = body.valid()?.asked()?;
    Ok(Json(gateways::status(&state.fleet, admin.caller(), asked).await?))
}

/// List what gateways understand
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateways_commands",
    security(("user" = [])),
    responses((status = 200, description = "Methods and events of the protocol.", body = Commands))
)]
#[get("/gateways/commands")]
async fn commands(_admin: OrgAdmin) -> Json<Commands> {
    Json(gateways::commands())
}

/// List a gateway's sessions
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_sessions_list",
    security(("user" = [])),
    params(BoardQuery),
    responses(
        (status = 200, description = "The sessions of the board's gateway.", body = SessionList),
        (status = 404, description = "No such board.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/gateways/sessions")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<BoardQuery>,
) -> ApiResult<Json<SessionList>> {
    let board = required_board(query)?;
    Ok(Json(sessions::list(&state.fleet, admin.caller(), Some(board)).await?))
}

/// Read a session
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_sessions_read",
    security(("user" = [])),
    params(("session_id" = String, Path, description = "The session's key."), BoardQuery),
    responses(
        (status = 200, description = "The session.", body = GatewaySessionResponse),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/gateways/sessions/{session_id}")]
async fn read(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<BoardQuery>,
) -> ApiResult<Json<GatewaySessionResponse>> {
    let board = required_board(query)?;
    let session = sessions::get(&state.fleet, admin.caller(), board, params.text("session_id")).await?;
    Ok(Json(GatewaySessionResponse { session }))
}

/// Read what was said in a session
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_sessions_history",
    security(("user" = [])),
    params(("session_id" = String, Path, description = "The session's key."), BoardQuery),
    responses(
        (status = 200, description = "The messages.", body = GatewaySessionHistoryResponse),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/gateways/sessions/{session_id}/history")]
async fn history(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<BoardQuery>,
) -> ApiResult<Json<GatewaySessionHistoryResponse>> {
    let board = required_board(query)?;
    let history = sessions::history(&state.fleet, admin.caller(), board, params.text("session_id")).await?;
    Ok(Json(GatewaySessionHistoryResponse { history }))
}

/// Say something in a session
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_sessions_send",
    security(("user" = [])),
    params(("session_id" = String, Path, description = "The session's key."), BoardQuery),
    request_body = GatewaySessionMessageRequest,
    responses(
        (status = 200, description = "The gateway took it.", body = Done),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[post("/gateways/sessions/{session_id}/message")]
async fn send(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<BoardQuery>,
    body: Body<GatewaySessionMessageRequest>,
) -> ApiResult<Json<Done>> {
    let content = body.valid()?.content;
    let board = required_board(query)?;
    sessions::send(&state.fleet, admin.caller(), board, params.text("session_id"), &content).await?;
    Ok(Json(Done::YES))
}

/// Ask the first gateway how it is
///
/// The organization's oldest gateway, without having to name it.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_status",
    security(("user" = [])),
    responses((status = 200, description = "How the gateway is, with its version.", body = GatewayStatus))
)]
#[get("/gateway/status")]
async fn default_status(admin: OrgAdmin, state: web::Data<State>) -> ApiResult<Json<GatewayStatus>> {
    Ok(Json(gateways::status(&state.fleet, admin.caller(), Asked::Default).await?))
}

/// List the first gateway's sessions
///
/// A plain array, of the organization's oldest gateway.
#[utoipa::path(
    tag = "gateways",
    operation_id = "gateway_sessions",
    security(("user" = [])),
    params(PartQuery),
    responses(
        (status = 200, description = "The sessions.", body = Vec<Value>),
        (status = 404, description = "No gateway is registered.", body = crate::error::ErrorBody),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/gateway/sessions")]
async fn default_sessions(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<PartQuery>,
) -> ApiResult<Part<Value>> {
    let query = query.valid()?;
    Ok(Part::of_all(sessions::list(&state.fleet, admin.caller(), None).await?.sessions, &query))
}
