//! The second factor: codes of an authenticator app.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, get, post};
use mission_control_core::limits::{PASSWORD, WORD};
use mission_control_core::time::Timestamp;
use mission_control_fleet::accounts;
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgMember, account};
use crate::error::{ApiResult, ErrorBody};
use crate::http::{Body, Done};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(read_authenticator)
        .service(begin_authenticator)
        .service(confirm_authenticator)
        .service(end_authenticator);
}

crate::input! {
    /// A password that is shown once more.
    pub struct PasswordProof {
        /// The password of now.
        pub password: AnyText<PASSWORD>,
    }
}

crate::input! {
    /// The code that an authenticator app shows.
    pub struct AuthenticatorCode {
        /// The code.
        pub code: AnyText<WORD>,
    }
}

/// How the caller's second factor stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthenticatorRead {
    /// Since when codes are asked for; null where none are.
    pub since: Option<Timestamp>,
    /// Since when a passkey is asked for beside the password; null where it only may be used.
    pub passkeys_since: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: i64,
}

/// What an authenticator app is set up with. It is shown once.
#[derive(Serialize, ToSchema)]
pub struct AuthenticatorSetUp {
    /// The secret in base32, for typing it into the app.
    pub secret: String,
    /// The address that apps understand (`otpauth://…`).
    pub url: String,
    /// The same as a picture for the camera, SVG.
    pub picture: String,
}

/// Codes for when the authenticator app is lost. They are shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each can be used once, in the place of a code of the app.
    pub recovery_codes: Vec<String>,
}

/// Read how my second factor stands
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_authenticator_read",
    security(("session" = [])),
    responses((status = 200, description = "Whether codes are asked for.", body = AuthenticatorRead))
)]
#[get("/auth/authenticator")]
async fn read_authenticator(
    caller: OrgMember,
    state: web::Data<State>,
) -> ApiResult<Json<AuthenticatorRead>> {
    caller.require_person()?;
    let found = accounts::second_factor(&state.fleet, caller.user.id).await?;
    Ok(Json(AuthenticatorRead {
        since: found.since,
        passkeys_since: found.passkeys_since,
        recovery_codes_left: found.recovery_left,
    }))
}

/// Begin to set an authenticator app up
///
/// Nothing is asked for before the app has shown a code. The answer is shown once; another one replaces it.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_authenticator_begin",
    security(("session" = [])),
    request_body = PasswordProof,
    responses(
        (status = 200, description = "What the app needs.", body = AuthenticatorSetUp),
        (status = 409, description = "Codes are asked for already.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/authenticator")]
async fn begin_authenticator(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<PasswordProof>,
) -> ApiResult<Json<AuthenticatorSetUp>> {
    let password = body.valid()?.password;
    account::count_password(&request, &caller).await?;
    let begun = accounts::begin_enrolment(&state.fleet, caller.user.id, password.into()).await;
    let begun = account::about_password(&request, "password", begun).await?;
    Ok(Json(AuthenticatorSetUp {
        secret: begun.secret.expose_secret().to_owned(),
        url: begun.url.expose_secret().to_owned(),
        picture: begun.picture.expose_secret().to_owned(),
    }))
}

/// Ask for codes of the app from now on
///
/// The answer has the recovery codes, once.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_authenticator_confirm",
    security(("session" = [])),
    request_body = AuthenticatorCode,
    responses(
        (status = 200, description = "Codes are asked for.", body = RecoveryCodes),
        (status = 409, description = "Nothing was begun.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/authenticator/confirm")]
async fn confirm_authenticator(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<AuthenticatorCode>,
) -> ApiResult<Json<RecoveryCodes>> {
    let code = body.valid()?.code;
    account::count_password(&request, &caller).await?;
    let codes = accounts::confirm_enrolment(&state.fleet, caller.user.id, &code).await;
    let codes = account::about_password(&request, "code", codes).await?;
    let recovery_codes = codes.iter().map(|code| code.expose_secret().to_owned()).collect();
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Ask for no codes any more
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_authenticator_end",
    security(("session" = [])),
    request_body = PasswordProof,
    responses(
        (status = 200, description = "The password is enough again.", body = Done),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/authenticator/end")]
async fn end_authenticator(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<PasswordProof>,
) -> ApiResult<Json<Done>> {
    let password = body.valid()?.password;
    account::count_password(&request, &caller).await?;
    let ended = accounts::end(&state.fleet, caller.user.id, password.into()).await;
    account::about_password(&request, "password", ended).await?;
    Ok(Json(Done::YES))
}
