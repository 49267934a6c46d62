//! Passkeys: adding, naming and removing them, and signing in with one.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put};
use mission_control_core::id::{PasskeyCeremonyId, PasskeyId};
use mission_control_core::limits::{EMAIL, NAME, PASSKEY_JSON, PASSWORD};
use mission_control_core::models::Passkey;
use mission_control_core::time::Timestamp;
use mission_control_fleet::accounts::passkeys::{self, Answer, Question};
use mission_control_store::passkeys as rows;
use secrecy::ExposeSecret;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::authenticator::RecoveryCodes;
use crate::auth::{OrgMember, account};
use crate::error::{ApiResult, ErrorBody};
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, JsonObject, Text};
use crate::routes::auth::{SessionRead, welcome};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_passkeys)
        .service(begin_passkey)
        .service(add_passkey)
        .service(rename_passkey)
        .service(remove_passkey)
        .service(set_second_factor)
        .service(begin_sign_in)
        .service(sign_in)
        .service(begin_beside_password);
}

crate::input! {
    /// What a browser answers for a passkey.
    pub struct PasskeyAnswer {
        /// The question's `ceremony`.
        pub ceremony: PasskeyCeremonyId,
        /// The `PublicKeyCredential` that the browser made, as its `toJSON` has it.
        pub credential: JsonObject<PASSKEY_JSON>,
    }
}

impl From<PasskeyAnswer> for Answer {
    fn from(PasskeyAnswer { ceremony, credential }: PasskeyAnswer) -> Self {
        Self { ceremony, credential: credential.into() }
    }
}

crate::input! {
    /// Who wants a passkey.
    pub struct PasskeyBegin {
        /// The password of now. Who signed in within ten minutes may leave it out.
        pub password: Option<AnyText<PASSWORD>>,
    }
}

crate::input! {
    /// A new passkey.
    pub struct PasskeyCreate {
        /// What the person calls it.
        pub name: Text<NAME>,
        /// The question's `ceremony`.
        pub ceremony: PasskeyCeremonyId,
        /// The `PublicKeyCredential` that the browser made, as its `toJSON` has it.
        pub credential: JsonObject<PASSKEY_JSON>,
    }
}

crate::input! {
    /// Another name of a passkey.
    pub struct PasskeyUpdate {
        /// What the person calls it.
        pub name: Text<NAME>,
    }
}

crate::input! {
    /// What is asked for beside the password.
    pub struct SecondFactorUpdate {
        /// Whether a passkey is.
        pub passkeys: bool,
        /// The password of now. Who signed in within ten minutes may leave it out.
        pub password: Option<AnyText<PASSWORD>>,
    }
}

crate::input! {
    /// Who has a passkey beside a password.
    pub struct PasskeyAsk {
        /// E-mail address.
        pub email: AnyText<EMAIL>,
        /// Password.
        pub password: AnyText<PASSWORD>,
    }
}

/// A passkey of the caller's.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: PasskeyId,
    /// What the person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody signed in with it last.
    pub last_used_at: Option<Timestamp>,
}

impl From<Passkey> for PasskeyRead {
    fn from(Passkey { id, name, created_at, last_used_at, .. }: Passkey) -> Self {
        Self { id, name, created_at, last_used_at }
    }
}

/// What a device is asked. It is for one answer, within ten minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyQuestion {
    /// What the answer names.
    #[schema(value_type = uuid::Uuid)]
    pub ceremony: PasskeyCeremonyId,
    /// The `publicKey` that `navigator.credentials` is called with, its binary values in base64url.
    #[schema(value_type = Object)]
    pub options: Value,
}

impl From<Question> for PasskeyQuestion {
    fn from(Question { ceremony, options }: Question) -> Self {
        Self { ceremony, options }
    }
}

/// List my passkeys
///
/// The keys that the caller signs in with, oldest first.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkeys_list",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of passkeys.", body = List<PasskeyRead>))
)]
#[get("/auth/passkeys")]
async fn list_passkeys(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<PasskeyRead>>> {
    let page = query.valid()?.page()?;
    caller.require_person()?;
    let user = caller.user.id;
    let listing = state.db.read(move |conn| rows::list(conn, user, page)).await?;
    Ok(Json(List::of(listing, PasskeyRead::from)))
}

/// Begin to add a passkey
///
/// The answer is for `navigator.credentials.create`.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkeys_begin",
    security(("session" = [])),
    request_body = PasskeyBegin,
    responses(
        (status = 200, description = "What the device is asked.", body = PasskeyQuestion),
        (status = 409, description = "There are enough, or browsers keep none for the server's address.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/passkeys/begin")]
async fn begin_passkey(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<PasskeyBegin>,
) -> ApiResult<Json<PasskeyQuestion>> {
    let evidence = account::evidence(&request, &caller, body.valid()?.password).await?;
    let begun = passkeys::begin_registration(&state.fleet, caller.user, evidence).await;
    Ok(Json(account::about_password(&request, "password", begun).await?.into()))
}

/// Add a passkey
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkeys_create",
    security(("session" = [])),
    request_body = PasskeyCreate,
    responses(
        (status = 200, description = "The passkey.", body = PasskeyRead),
        (status = 409, description = "There are enough, or it is somebody's already.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/passkeys")]
async fn add_passkey(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<PasskeyCreate>,
) -> ApiResult<Json<PasskeyRead>> {
    let PasskeyCreate { name, ceremony, credential } = body.valid()?;
    account::count_password(&request, &caller).await?;
    let answer = Answer { ceremony, credential: credential.into() };
    let added = passkeys::finish_registration(&state.fleet, caller.user.id, name, answer).await;
    Ok(Json(account::about_password(&request, "credential", added).await?.into()))
}

/// Rename a passkey of mine
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkeys_update",
    security(("session" = [])),
    params(("passkey_id" = uuid::Uuid, Path, description = "The passkey.")),
    request_body = PasskeyUpdate,
    responses((status = 200, description = "The passkey.", body = PasskeyRead))
)]
#[patch("/auth/passkeys/{passkey_id}")]
async fn rename_passkey(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
    body: Body<PasskeyUpdate>,
) -> ApiResult<Json<PasskeyRead>> {
    caller.require_person()?;
    let (id, name) = (params.uuid("passkey_id")?, body.valid()?.name);
    Ok(Json(passkeys::rename(&state.fleet, caller.user.id, id, name).await?.into()))
}

/// Remove a passkey of mine
///
/// It opens nothing any more, and the browsers that came with it are signed out.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkeys_delete",
    security(("session" = [])),
    params(("passkey_id" = uuid::Uuid, Path, description = "The passkey.")),
    responses(
        (status = 200, description = "It is gone.", body = Done),
        (status = 409, description = "It is the last one, and one is asked for.", body = ErrorBody),
    )
)]
#[delete("/auth/passkeys/{passkey_id}")]
async fn remove_passkey(caller: OrgMember, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    caller.require_person()?;
    passkeys::remove(&state.fleet, caller.user.id, params.uuid("passkey_id")?).await?;
    Ok(Json(Done::YES))
}

/// Say whether a passkey is asked for beside the password
///
/// The answer has recovery codes, once, where the person had none.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_second_factor_update",
    security(("session" = [])),
    request_body = SecondFactorUpdate,
    responses(
        (status = 200, description = "It is so from now on.", body = RecoveryCodes),
        (status = 409, description = "There is no passkey.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[put("/auth/second-factor")]
async fn set_second_factor(
    request: HttpRequest,
    caller: OrgMember,
    state: web::Data<State>,
    body: Body<SecondFactorUpdate>,
) -> ApiResult<Json<RecoveryCodes>> {
    let SecondFactorUpdate { passkeys: wanted, password } = body.valid()?;
    let evidence = account::evidence(&request, &caller, password).await?;
    let user = caller.user.id;
    let codes = match wanted {
        true => passkeys::ask(&state.fleet, user, evidence).await,
        false => passkeys::ask_no_more(&state.fleet, user, evidence).await.map(|()| Vec::new()),
    };
    let codes = account::about_password(&request, "password", codes).await?;
    let recovery_codes = codes.iter().map(|code| code.expose_secret().to_owned()).collect();
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Begin to sign in with a passkey
///
/// The answer is for `navigator.credentials.get`.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkey_sign_in_begin",
    responses(
        (status = 200, description = "What the device is asked.", body = PasskeyQuestion),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 409, description = "Browsers keep no passkeys for the server's address.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/passkey-sign-in/begin")]
async fn begin_sign_in(request: HttpRequest) -> ApiResult<Json<PasskeyQuestion>> {
    Ok(Json(account::ask_for_passkey(&request).await?.into()))
}

/// Sign in with a passkey
///
/// The passkey says whose it is. No second factor is asked for: the device has looked who holds it.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_passkey_sign_in",
    request_body = PasskeyAnswer,
    responses(
        (status = 200, description = "Signed in; `Set-Cookie` has the session.", body = SessionRead),
        (status = 401, description = "The passkey is not known, or it took too long.", body = ErrorBody),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/passkey-sign-in")]
async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<PasskeyAnswer>,
) -> ApiResult<HttpResponse> {
    let answer = body.valid()?.into();
    Ok(welcome(&state, account::sign_in_by_passkey(&request, answer).await?))
}

/// Begin to show a passkey beside a password
///
/// For `passkey` of `POST /auth/sign-in` and `POST /auth/join`. The answer is for `navigator.credentials.get`.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_sign_in_passkey",
    request_body = PasskeyAsk,
    responses(
        (status = 200, description = "What the device is asked.", body = PasskeyQuestion),
        (status = 401, description = "The address or the password is wrong.", body = ErrorBody),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 409, description = "There is no passkey.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/sign-in/passkey")]
async fn begin_beside_password(
    request: HttpRequest,
    body: Body<PasskeyAsk>,
) -> ApiResult<Json<PasskeyQuestion>> {
    let PasskeyAsk { email, password } = body.valid()?;
    Ok(Json(account::ask_beside_password(&request, &email, password.into()).await?.into()))
}
