//! Browsers: the access token is exchanged once for a cookie that scripts cannot read.
//!
//! The cookie is a random value of which only the digest is stored. A session ends by itself, when the browser signs
//! out, when somebody signs out everywhere, or when the access token it was given for is replaced.
//!
//! Browsers add cookies to requests that other sites make. `SameSite=Strict` keeps those of other sites away; beyond
//! that, whatever changes something has to come from a page of this origin, or of one in `CORS_ORIGINS`.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use mission_control_core::config::HttpSettings;
use mission_control_core::limits::{FAILURES, MINUTE};
use mission_control_core::models::WebSession;
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_fleet::web_sessions;
use mission_control_store::web_sessions as rows;
use secrecy::ExposeSecret;

use super::failures::write_down;
use super::identity::{Identity, Proof};
use super::{acting, credentials};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::{address_key, origin};
use crate::state::State;

/// A browser that signed in just now.
pub struct SignedIn {
    /// Its session.
    pub session: WebSession,
    /// What the browser is to keep.
    pub cookie: Cookie<'static>,
    /// The person.
    pub user: mission_control_core::models::User,
}

/// Exchanges the access token for a session.
///
/// # Errors
/// 401 for a wrong token, 429 after too many of them from one address, 403 for another site's page.
pub async fn sign_in(request: &HttpRequest, token: &str) -> ApiResult<SignedIn> {
    let state = State::of(request)?;
    require_kept_cookie(request, &state.settings.http)?;
    require_own_page(request, &state.settings.http)?;
    if !state.local_token.accepts(token) {
        return Err(failure(request, &state).await);
    }
    let Identity { user, member, .. } = Identity::local(&state.fleet).await?;
    mission_control_store::request::acting(acting::person(request, &user, &member, &Proof::AccessToken));
    let (session, secret) = web_sessions::begin(&state.fleet, &member, state.local_token.digest()).await?;
    let lifetime = i64::try_from(state.settings.web_session_lifetime.as_secs()).unwrap_or(i64::MAX);
    let mut cookie = empty_cookie(&state.settings.http);
    cookie.set_value(secret.expose_secret().to_owned());
    cookie.set_max_age(time::Duration::seconds(lifetime));
    Ok(SignedIn { session, cookie, user })
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
    let (cookie, credential) = (agent_token::digest(&secret), state.local_token.digest());
    let found =
        state.db.read(move |conn| rows::find_live(conn, &cookie, &credential, Timestamp::now())).await?;
    let Some(session) = found else { return Ok(None) };
    if !request.method().is_safe() {
        require_own_page(request, &state.settings.http)?;
    }
    let identity = Identity::local(&state.fleet).await?;
    // The local user may have deleted themselves and come back as a new one.
    let same = identity.user.id == session.user_id;
    Ok(same.then_some(Identity { proof: Proof::Session(session), ..identity }))
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
    write_down(request, state).await;
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
