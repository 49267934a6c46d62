//! Browsers: the access token, the password of an account, or what an identity provider says is exchanged once for a cookie that scripts cannot read.
//!
//! The cookie is a random value of which only the digest is stored. A session ends by itself, when the browser signs
//! out, when somebody signs out everywhere, or when the access token or the password it was given for is replaced.
//!
//! Browsers add cookies to requests that other sites make. `SameSite=Strict` keeps those of other sites away; beyond
//! that, whatever changes something has to come from a page of this origin, or of one in `CORS_ORIGINS`.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use mission_control_core::config::{HttpSettings, Settings};
use mission_control_core::limits::{FAILURES, MINUTE};
use mission_control_core::rules::{agent_token, identities};
use mission_control_core::time::Timestamp;
use mission_control_fleet::clerk;
use mission_control_fleet::web_sessions::{self, SignedIn, Visit};
use mission_control_identity::IdentityError;
use mission_control_store::web_sessions as rows;
use secrecy::ExposeSecret;

use super::credentials;
use super::failures::write_down;
use super::identity::{Identity, Proof};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{address_key, client_address, origin};
use crate::state::State;

/// Exchanges the access token for a session.
///
/// # Errors
/// 401 for a wrong token, 429 after too many of them from one address, 403 for another site's page.
pub async fn sign_in(request: &HttpRequest, token: &str) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_keeping_page(request, &state)?;
    let Some(local) = state.local_token.as_ref().filter(|local| local.accepts(token)) else {
        return match by_clerk(request, &state, token).await? {
            Some(signed_in) => Ok(signed_in),
            None => Err(failure(request, &state).await),
        };
    };
    let credential = local.digest();
    let Identity { user, member, .. } = Identity::local(&state.fleet).await?;
    Ok(web_sessions::begin(&state.fleet, user, member.into_member(), credential, visit(request)).await?)
}

/// Signs a browser in that shows a token of a session at Clerk; `None` for what is no such token.
async fn by_clerk(request: &HttpRequest, state: &State, token: &str) -> ApiResult<Option<SignedIn>> {
    let Some(clerk) = &state.clerk else { return Ok(None) };
    match clerk.session(token).await {
        Ok(session) => Ok(Some(clerk::sign_in(&state.fleet, clerk, &session, visit(request)).await?)),
        Err(IdentityError::Token(fault)) => {
            tracing::info!(error = %fault, "token of Clerk refused");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Where the request comes from, as the person will recognize it.
pub(crate) fn visit(request: &HttpRequest) -> Visit {
    let device = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Visit {
        device: device.map(str::to_owned),
        address: client_address(request).map(|address| address.to_string()),
    }
}

/// What the browser is to keep of a session that began just now.
pub fn cookie(settings: &Settings, signed_in: &SignedIn) -> Cookie<'static> {
    let lifetime = i64::try_from(settings.web_session_lifetime.as_secs()).unwrap_or(i64::MAX);
    let mut cookie = empty_cookie(&settings.http);
    cookie.set_value(signed_in.secret.expose_secret().to_owned());
    cookie.set_max_age(time::Duration::seconds(lifetime));
    cookie
}

/// Passes a page of this server whose browser keeps the cookie.
///
/// # Errors
/// 403 for all others.
pub(super) fn require_keeping_page(request: &HttpRequest, state: &State) -> ApiResult<()> {
    require_kept_cookie(request, &state.settings.http)?;
    require_own_page(request, &state.settings.http)
}

/// Makes the browser forget its cookie.
pub fn forget(http: &HttpSettings) -> Cookie<'static> {
    let mut cookie = empty_cookie(http);
    cookie.make_removal();
    cookie
}

/// Identity from the request's cookie; `None` without the cookie of a live session.
pub(super) async fn signed_in(request: &HttpRequest) -> ApiResult<Option<Identity>> {
    let state = State::of(request)?;
    let Some(secret) = credentials::session_cookie(request, &state.settings.http) else { return Ok(None) };
    let cookie = agent_token::digest(&secret);
    let found = state.db.read(move |conn| rows::find_live(conn, &cookie, Timestamp::now())).await?;
    let Some(session) = found else { return Ok(None) };
    let of_token = state.local_token.as_ref().is_some_and(|it| it.digest() == session.credential_digest);
    let accounts = &state.settings.auth.accounts;
    let of_provider = identities::is_of_identity(&session.credential_digest);
    let identity = match (of_provider, accounts) {
        _ if of_token => {
            let identity = Identity::local(&state.fleet).await?;
            // The local user may have deleted themselves and come back as a new one.
            let same = identity.user.id == session.user_id;
            same.then_some(Identity { proof: Proof::Session(session.clone()), ..identity })
        }
        (true, _) => Identity::by_provider(&state, session.clone()).await?,
        (false, Some(accounts)) => Identity::by_account(&state, accounts, session.clone()).await?,
        (false, None) => None,
    };
    if identity.is_none() {
        return Ok(None);
    }
    if !request.method().is_safe() {
        require_own_page(request, &state.settings.http)?;
    }
    let address = client_address(request).map(|address| address.to_string());
    if let Err(error) = web_sessions::used(&state.fleet, &session, address).await {
        tracing::warn!(%error, "use of a session not written down");
    }
    Ok(identity)
}

/// Passes pages whose browser keeps the cookie: where the server is at https, the cookie is for https alone, and a page that
/// was opened over plain http would be asked to sign in again and again.
fn require_kept_cookie(request: &HttpRequest, http: &HttpSettings) -> ApiResult<()> {
    let Some(page) = origin::of_page(request.headers()).filter(|page| page.starts_with("http://")) else {
        return Ok(());
    };
    let is_ours = origin::is_at_own_host(request.headers())
        || http.base_url.strip_prefix("https://") == page.strip_prefix("http://");
    if !http.base_url.starts_with("https://") || !is_ours {
        return Ok(());
    }
    let base_url = &http.base_url;
    Err(ApiError::forbidden(format!(
        "This page was opened over plain http, where the browser would not keep the session. Open {base_url} instead."
    ))
    .word(Code::HttpsRequired)
    .param("base_url", base_url.as_str())
    .next_step(format!("Open {base_url}; where there is no https, set BASE_URL to the http:// address.")))
}

fn empty_cookie(http: &HttpSettings) -> Cookie<'static> {
    Cookie::build(credentials::session_cookie_name(http), "")
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(http.base_url.starts_with("https://"))
        .finish()
}

async fn failure(request: &HttpRequest, state: &State) -> ApiError {
    let key = format!("sign-in:{}", address_key(request));
    let decision = state.limiter.check(&key, FAILURES, MINUTE).await;
    write_down(request, state, None).await;
    if decision.allowed {
        ApiError::unauthorized()
            .next_step("Check the access token: the server printed it at its first start.")
    } else {
        ApiError::rate_limited(decision.retry_after)
    }
}

/// Passes requests that a browser says were made by a page of this server.
///
/// # Errors
/// 403 for all others.
pub(crate) fn require_own_page(request: &HttpRequest, http: &HttpSettings) -> ApiResult<()> {
    let headers = request.headers();
    if origin::is_own_page(headers, http) {
        return Ok(());
    }
    let base_url = &http.base_url;
    if origin::is_at_own_host(headers) {
        let detail =
            format!("The server does not go by the name in the address bar: open {base_url} instead.");
        return Err(ApiError::forbidden(detail).word(Code::HostUnknown).next_step(format!(
            "Open {base_url}, or set BASE_URL to the address that people use, or add its name to ALLOWED_HOSTS."
        )));
    }
    Err(ApiError::forbidden("This request does not come from a page of this server.").next_step(format!(
        "Send it from {base_url}, add the page's origin to CORS_ORIGINS, or use the access token as a bearer token."
    )))
}
