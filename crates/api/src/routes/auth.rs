//! Signing in.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use mission_control_core::limits::CREDENTIAL;
use mission_control_core::time::Timestamp;
use mission_control_fleet::web_sessions;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::users::UserRead;
use crate::auth::{OrgMember, Proof, User, web_session};
use crate::error::{ApiError, ApiResult, ErrorBody};
use crate::http::{Body, Done};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(bootstrap)
        .service(bootstrap_by_get)
        .service(sign_in)
        .service(read_session)
        .service(sign_out)
        .service(sign_out_everywhere);
}

crate::input! {
    /// What a browser signs in with.
    pub struct SignIn {
        /// The access token.
        pub token: AnyText<CREDENTIAL>,
    }
}

/// A browser that is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionRead {
    /// The person.
    pub user: UserRead,
    /// When the browser has to sign in again.
    pub expires_at: Timestamp,
}

/// Sign in
///
/// Returns the caller's profile. The first call makes the profile, an organization and the membership. Takes no body.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_bootstrap",
    security(("user" = [])),
    responses((status = 200, description = "The caller's profile.", body = UserRead))
)]
#[post("/auth/bootstrap")]
async fn bootstrap(user: User) -> Json<UserRead> {
    Json(user.0.into())
}

/// Check a token
///
/// The same as `POST`, for trying a token with a browser or `curl`.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_check",
    security(("user" = [])),
    responses((status = 200, description = "The caller's profile.", body = UserRead))
)]
#[get("/auth/bootstrap")]
async fn bootstrap_by_get(user: User) -> Json<UserRead> {
    Json(user.0.into())
}

/// Sign a browser in
///
/// Exchanges the access token for a session: a cookie that scripts cannot read. From then on the browser's requests need
/// no token; those that change something are taken from pages of this server and of `CORS_ORIGINS` alone.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_session_create",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in; `Set-Cookie` has the session.", body = SessionRead),
        (status = 401, description = "The token is wrong.", body = ErrorBody),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 429, description = "Too many wrong tokens from this address.", body = ErrorBody),
    )
)]
#[post("/auth/session")]
async fn sign_in(request: HttpRequest, body: Body<SignIn>) -> ApiResult<HttpResponse> {
    let token = body.valid()?.token;
    let web_session::SignedIn { session, cookie, user } =
        web_session::sign_in(&request, token.trim()).await?;
    let read = SessionRead { user: user.into(), expires_at: session.expires_at };
    Ok(HttpResponse::Ok().cookie(cookie).json(read))
}

/// Read the browser's session
///
/// 401 for whoever has none, an access token included.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_session_read",
    security(("session" = [])),
    responses((status = 200, description = "The session.", body = SessionRead))
)]
#[get("/auth/session")]
async fn read_session(caller: OrgMember) -> ApiResult<Json<SessionRead>> {
    let Proof::Session(session) = caller.proof else { return Err(ApiError::unauthorized()) };
    Ok(Json(SessionRead { user: caller.user.into(), expires_at: session.expires_at }))
}

/// Sign this browser out
///
/// Ends the session; its streams end too.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_session_delete",
    security(("session" = [])),
    responses((status = 200, description = "Signed out.", body = Done))
)]
#[delete("/auth/session")]
async fn sign_out(caller: OrgMember, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let OrgMember { member, proof, .. } = caller;
    let Proof::Session(session) = proof else { return Err(ApiError::unauthorized()) };
    web_sessions::end(&state.fleet, session.id, member.into_member()).await?;
    Ok(HttpResponse::Ok().cookie(web_session::forget(&state.settings.http)).json(Done::YES))
}

/// Sign out everywhere
///
/// Ends the caller's sessions in every browser, streams included. The access token stays valid.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_sessions_delete",
    security(("user" = []), ("session" = [])),
    responses((status = 200, description = "Signed out everywhere.", body = Done))
)]
#[delete("/auth/sessions")]
async fn sign_out_everywhere(caller: OrgMember, state: web::Data<State>) -> ApiResult<HttpResponse> {
    web_sessions::end_all(&state.fleet, caller.member.into_member()).await?;
    Ok(HttpResponse::Ok().cookie(web_session::forget(&state.settings.http)).json(Done::YES))
}
