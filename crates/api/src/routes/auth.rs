//! Signing in.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use mission_control_core::limits::CREDENTIAL;
use mission_control_core::models::{self, WebSession};
use mission_control_core::rules::identities;
use mission_control_core::time::Timestamp;
use mission_control_fleet::clerk;
use mission_control_fleet::web_sessions::{self, SignedIn};
use mission_control_shapes::UserRead;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

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
        /// The access token; or, with `AUTH_MODE=clerk`, a token of a session there.
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
    /// Whether it was given for the password of an account, which can be changed; otherwise for the access token, or by an identity provider.
    pub has_password: bool,
}

/// A browser that is signed in no more.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignOutRead {
    /// Always true.
    pub ok: bool,
    /// Where the identity provider signs the person out as well, if they signed in by one that does.
    pub continue_at: Option<String>,
}

impl SessionRead {
    pub(super) fn new(state: &State, user: models::User, session: &WebSession) -> Self {
        let of_token = state.local_token.as_ref().is_some_and(|it| it.digest() == session.credential_digest);
        let has_password = !of_token && !identities::is_of_identity(&session.credential_digest);
        Self { user: user.into(), expires_at: session.expires_at, has_password }
    }
}

/// The answer to who signed in just now, with what the browser is to keep.
pub(super) fn welcome(state: &State, signed_in: SignedIn) -> HttpResponse {
    let cookie = web_session::cookie(&state.settings, &signed_in);
    let read = SessionRead::new(state, signed_in.user, &signed_in.session);
    HttpResponse::Ok().cookie(cookie).json(read)
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
async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<SignIn>,
) -> ApiResult<HttpResponse> {
    let token = body.valid()?.token;
    let signed_in = web_session::sign_in(&request, token.trim()).await?;
    Ok(welcome(&state, signed_in))
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
async fn read_session(caller: OrgMember, state: web::Data<State>) -> ApiResult<Json<SessionRead>> {
    let Proof::Session(session) = caller.proof else { return Err(ApiError::unauthorized()) };
    Ok(Json(SessionRead::new(&state, caller.user, &session)))
}

/// Sign this browser out
///
/// Ends the session; its streams end too. Who signed in by an identity provider goes on to `continue_at`, where it signs them out
/// as well.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_session_delete",
    security(("session" = [])),
    responses((status = 200, description = "Signed out.", body = SignOutRead))
)]
#[delete("/auth/session")]
async fn sign_out(caller: OrgMember, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let Proof::Session(session) = caller.proof else { return Err(ApiError::unauthorized()) };
    web_sessions::end(&state.fleet, session.id, caller.user.id).await?;
    let is_of_provider = identities::is_of_identity(&session.credential_digest)
        && session.credential_digest != clerk::credential(&caller.user.clerk_user_id);
    let provider = state.provider.as_ref().filter(|_| is_of_provider);
    let continue_at = match provider {
        Some(provider) => provider.sign_out_url().await.map(String::from),
        None => None,
    };
    let answer = SignOutRead { ok: true, continue_at };
    Ok(HttpResponse::Ok().cookie(web_session::forget(&state.settings.http)).json(answer))
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
    web_sessions::end_all(&state.fleet, caller.user.id).await?;
    Ok(HttpResponse::Ok().cookie(web_session::forget(&state.settings.http)).json(Done::YES))
}
