//! Choosing another password, by the one of now or by a link.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse, post, put};
use mission_control_core::limits::{CREDENTIAL, EMAIL, PASSWORD};
use mission_control_core::time::Timestamp;
use mission_control_fleet::accounts;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, OrgMember, account, web_session};
use crate::error::{ApiResult, ErrorBody};
use crate::http::{Body, Done, Params};
use crate::input::AnyText;
use crate::routes::auth::{SessionRead, welcome};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(ask_for_reset).service(use_reset).service(change_password).service(offer_reset);
}

crate::input! {
    /// Who has forgotten their password.
    pub struct PasswordResetRequest {
        /// The address that they sign in with.
        pub email: AnyText<EMAIL>,
    }
}

crate::input! {
    /// A new password for who was given a link.
    pub struct PasswordResetUse {
        /// The token of the link.
        pub token: AnyText<CREDENTIAL>,
        /// The new password: 12 characters at least, and not easily guessed.
        pub password: AnyText<PASSWORD>,
    }
}

crate::input! {
    /// Another password.
    pub struct PasswordChange {
        /// The password of now.
        pub current_password: AnyText<PASSWORD>,
        /// The new one: 12 characters at least, and not easily guessed.
        pub password: AnyText<PASSWORD>,
    }
}

/// Who has a new password.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordResetRead {
    /// The address to sign in with.
    pub email: String,
}

/// A link by which a member chooses a new password.
#[derive(Serialize, ToSchema)]
pub struct PasswordResetOffer {
    /// The token of the link, for `POST /auth/password-reset`; the web UI takes it at `/reset#…`. It is shown here and never
    /// again; null where it was mailed to the member.
    pub token: Option<String>,
    /// The address that the link was mailed to; null where no mail is sent from here.
    pub mailed_to: Option<String>,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Ask for a link for a new password
///
/// It is mailed to the address, if anybody signs in with it; the answer is the same if nobody does. The link before does not work
/// any more. Passkeys and codes of an authenticator app stay: whoever reads the mail needs them as before.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_password_reset_request",
    request_body = PasswordResetRequest,
    responses(
        (status = 200, description = "If somebody signs in with the address, a letter is on its way.", body = Done),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 409, description = "No mail is sent from here.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/password-reset-request")]
async fn ask_for_reset(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<PasswordResetRequest>,
) -> ApiResult<Json<Done>> {
    let email = body.valid()?.email;
    account::count_letter(&request, &email).await?;
    accounts::ask_for_letter(&state.fleet, &email).await?;
    Ok(Json(Done::YES))
}

/// Choose a new password by a link
///
/// Ends every session of the person, who signs in with the new password from then on.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_password_reset",
    request_body = PasswordResetUse,
    responses(
        (status = 200, description = "The password is the new one.", body = PasswordResetRead),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 404, description = "The link was used, replaced, or has expired.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/password-reset")]
async fn use_reset(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<PasswordResetUse>,
) -> ApiResult<Json<PasswordResetRead>> {
    let PasswordResetUse { token, password } = body.valid()?;
    account::count_token(&request).await?;
    let visit = web_session::visit(&request);
    let email = accounts::reset_password(&state.fleet, &token, password.into(), &visit).await?;
    Ok(Json(PasswordResetRead { email }))
}

/// Change my password
///
/// Ends every session but this one, which goes on with a new cookie.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_password_change",
    security(("session" = [])),
    request_body = PasswordChange,
    responses(
        (status = 200, description = "The password is the new one; `Set-Cookie` has the session.", body = SessionRead),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[put("/auth/password")]
async fn change_password(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<PasswordChange>,
) -> ApiResult<HttpResponse> {
    let PasswordChange { current_password, password } = body.valid()?;
    let (current, new): (SecretString, SecretString) = (current_password.into(), password.into());
    Ok(welcome(&state, account::change_password(&request, caller, current, new).await?))
}

/// Make a link for a member's new password
///
/// It is good for once, within a day; the link before does not work any more. It is mailed to the member where mail is sent from
/// here; else the answer has its token, once. Whoever has it signs in as the member, so it is made by who is above the member in
/// every organization that the member is in.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_offer_password_reset",
    security(("user" = [])),
    params(("member_id" = uuid::Uuid, Path, description = "The member.")),
    responses(
        (status = 200, description = "The link's token, or where it was mailed to.", body = PasswordResetOffer),
        (status = 502, description = "The link was made, and the mail server did not take it.", body = ErrorBody),
    )
)]
#[post("/organizations/me/members/{member_id}/password-reset")]
async fn offer_reset(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<PasswordResetOffer>> {
    let id = params.uuid("member_id")?;
    admin.0.require_person()?;
    account::require_accounts(&state)?;
    let offer = accounts::offer_reset(&state.fleet, admin.caller(), id).await?;
    let is_mailed = accounts::send(&state.fleet, &offer).await?;
    Ok(Json(PasswordResetOffer {
        token: (!is_mailed).then(|| offer.token.expose_secret().to_owned()),
        mailed_to: is_mailed.then_some(offer.email),
        expires_at: offer.expires_at,
    }))
}
