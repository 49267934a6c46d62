//! Accounts: getting one, signing in with it, choosing another password, and the browsers that are signed in.

pub mod authenticator;
pub mod passkeys;
pub mod passwords;
pub mod provider;
pub mod sessions;

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use mission_control_core::limits::{CREDENTIAL, EMAIL, NAME, PASSWORD, WORD};
use mission_control_core::rules::passkeys::place;
use mission_control_fleet::accounts::{self, Beside, NewAccount};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::passkeys::PasskeyAnswer;
use super::auth::{SessionRead, welcome};
use crate::auth::account;
use crate::auth::account::Shown;
use crate::error::{ApiResult, ErrorBody};
use crate::http::Body;
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(ways)
        .service(set_up)
        .service(sign_in)
        .service(read_invitation)
        .service(join)
        .configure(passwords::configure)
        .configure(passkeys::configure)
        .configure(provider::configure)
        .configure(authenticator::configure)
        .configure(sessions::configure);
}

/// How people sign in here.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInWays {
    /// By the access token.
    pub access_token: bool,
    /// By an e-mail address and a password.
    pub accounts: bool,
    /// By a passkey, which browsers keep for this host name; null where they keep none, or nobody has an account.
    pub passkeys: Option<String>,
    /// By an identity provider, which people call so.
    pub provider: Option<String>,
    /// By an account of clerk.com: what the page needs for it; null where it signs nobody in so.
    pub clerk: Option<ClerkPage>,
    /// Nobody has an account yet: the owner makes the first one.
    pub needs_set_up: bool,
    /// Who has forgotten a password is mailed a link for another one.
    pub mails_resets: bool,
}

/// What a page needs to sign people in by Clerk. None of it is a secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClerkPage {
    /// The key of the application.
    pub publishable_key: String,
    /// Where its script comes from, an origin.
    pub address: String,
}

crate::input! {
    /// The first account.
    pub struct SetUp {
        /// The code in the file `setup-code` of the server's data directory; a terminal shows it when the server starts.
        pub code: AnyText<CREDENTIAL>,
        /// E-mail address.
        pub email: AnyText<EMAIL>,
        /// Full name.
        pub name: AnyText<NAME>,
        /// Password: 12 characters at least, and not easily guessed.
        pub password: AnyText<PASSWORD>,
    }
}

crate::input! {
    /// What somebody signs in with.
    pub struct AccountSignIn {
        /// E-mail address.
        pub email: AnyText<EMAIL>,
        /// Password.
        pub password: AnyText<PASSWORD>,
        /// A code of the authenticator app, or a recovery code: where it is asked for (401 `second_factor_needed`).
        pub code: Option<AnyText<WORD>>,
        /// A passkey, in the place of a code.
        pub passkey: Option<PasskeyAnswer>,
    }
}

crate::input! {
    /// A token from a link.
    pub struct LinkToken {
        /// The token.
        pub token: AnyText<CREDENTIAL>,
    }
}

crate::input! {
    /// An invitation that somebody accepts who is not signed in.
    pub struct InvitationJoin {
        /// The invitation's token.
        pub token: AnyText<CREDENTIAL>,
        /// Full name, for a new account.
        pub name: Option<AnyText<NAME>>,
        /// The password of the account with the invitation's address; for a new one 12 characters at least, and not easily
        /// guessed.
        pub password: AnyText<PASSWORD>,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor.
        pub code: Option<AnyText<WORD>>,
        /// A passkey, in the place of a code.
        pub passkey: Option<PasskeyAnswer>,
    }
}

/// What an invitation is to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationRead {
    /// What the organization is called.
    pub organization: String,
    /// Whom the invitation is for.
    pub email: String,
    /// The role that it gives: `owner`, `admin` or `member`.
    pub role: String,
    /// Whether somebody signs in with this address already, and accepts with the password of that account.
    pub has_account: bool,
}

/// How people sign in
///
/// For whoever is not signed in yet.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_ways",
    responses((status = 200, description = "What to ask people for.", body = SignInWays))
)]
#[get("/auth/ways")]
async fn ways(state: web::Data<State>) -> ApiResult<Json<SignInWays>> {
    let by_accounts = state.settings.auth.accounts.is_some();
    let needs_set_up = state.set_up_code.is_some() && !accounts::is_set_up(&state.fleet).await?;
    let provider = state.settings.auth.oidc.as_ref().map(|oidc| oidc.name.clone());
    let access_token = state.local_token.is_some();
    let passkeys = place(&state.settings.http.base_url).filter(|_| by_accounts).map(|(name, _)| name);
    let frontend = state.settings.auth.clerk.as_ref().and_then(|clerk| clerk.frontend.clone());
    let clerk = frontend.map(|it| ClerkPage { publishable_key: it.publishable_key, address: it.issuer });
    let mails_resets = by_accounts && state.fleet.sends_mail();
    Ok(Json(SignInWays {
        access_token,
        accounts: by_accounts,
        passkeys,
        provider,
        clerk,
        needs_set_up,
        mails_resets,
    }))
}

/// Make the first account
///
/// The account is that of the installation's owner, with everything that the holder of the access token had. The browser is
/// signed in.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_set_up",
    request_body = SetUp,
    responses(
        (status = 200, description = "Signed in; `Set-Cookie` has the session.", body = SessionRead),
        (status = 403, description = "The code is wrong, or the page belongs to another site.", body = ErrorBody),
        (status = 409, description = "There is an account already.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/set-up")]
async fn set_up(request: HttpRequest, state: web::Data<State>, body: Body<SetUp>) -> ApiResult<HttpResponse> {
    let SetUp { code, email, name, password } = body.valid()?;
    let new = NewAccount { email, name, password: password.into() };
    Ok(welcome(&state, account::set_up(&request, &code, new).await?))
}

/// Sign in with a password
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_sign_in",
    request_body = AccountSignIn,
    responses(
        (status = 200, description = "Signed in; `Set-Cookie` has the session.", body = SessionRead),
        (status = 401, description = "The address or the password is wrong, or a code is needed as well.", body = ErrorBody),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/sign-in")]
async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<AccountSignIn>,
) -> ApiResult<HttpResponse> {
    let AccountSignIn { email, password, code, passkey } = body.valid()?;
    let shown =
        Shown { password: password.into(), beside: Beside { code, passkey: passkey.map(Into::into) } };
    Ok(welcome(&state, account::sign_in(&request, &email, shown).await?))
}

/// Read an invitation
///
/// For whoever was sent its link.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_invitation_read",
    request_body = LinkToken,
    responses(
        (status = 200, description = "What it is to.", body = InvitationRead),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 404, description = "No such invitation, or it has expired.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/invitation")]
async fn read_invitation(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<LinkToken>,
) -> ApiResult<Json<InvitationRead>> {
    let token = body.valid()?.token;
    account::count_token(&request).await?;
    let found = accounts::invitation(&state.fleet, token).await?;
    Ok(Json(InvitationRead {
        organization: found.organization,
        email: found.email,
        role: found.role.as_str().to_owned(),
        has_account: found.has_account,
    }))
}

/// Accept an invitation and sign in
///
/// With a new account, or with the one that has the invitation's address. Who is signed in already accepts with
/// `POST /organizations/invites/accept`.
#[utoipa::path(
    tag = "auth",
    operation_id = "auth_join",
    request_body = InvitationJoin,
    responses(
        (status = 200, description = "Signed in; `Set-Cookie` has the session.", body = SessionRead),
        (status = 401, description = "The password of the account there is is another one.", body = ErrorBody),
        (status = 403, description = "The page belongs to another site.", body = ErrorBody),
        (status = 404, description = "No such invitation, or it has expired.", body = ErrorBody),
        (status = 429, description = "Too many attempts.", body = ErrorBody),
    )
)]
#[post("/auth/join")]
async fn join(
    request: HttpRequest,
    state: web::Data<State>,
    body: Body<InvitationJoin>,
) -> ApiResult<HttpResponse> {
    let InvitationJoin { token, name, password, code, passkey } = body.valid()?;
    let shown =
        Shown { password: password.into(), beside: Beside { code, passkey: passkey.map(Into::into) } };
    Ok(welcome(&state, account::join(&request, token, name, shown).await?))
}
