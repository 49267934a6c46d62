//! Browsers: the access token is exchanged once for a cookie that scripts cannot read.
//!
//! The cookie is a random value of which only the digest is stored. A session ends by itself, when the browser signs
//! out, when somebody signs out everywhere, or when the access token it was given for is replaced.
//!
//! Browsers add cookies to requests that other sites make. `SameSite=Strict` keeps those of other sites away; beyond
//! that, whatever changes something has to come from a page of this origin, or of one in `CORS_ORIGINS`.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header::{self, HeaderMap, HeaderName};
use mission_control_core::config::HttpSettings;
use mission_control_core::events;
use mission_control_core::id::{UserId, WebSessionId};
use mission_control_core::models::{OrganizationMember, WebSession};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, web_sessions};
use secrecy::ExposeSecret;
use serde_json::json;

use super::local::{self, Identity};
use super::{credentials, state_of};
use crate::error::{ApiError, ApiResult};
use crate::http::client_address;
use crate::record;
use crate::state::State;

/// Failed attempts to sign in that one address has in [`FAILURE_WINDOW`].
const MAX_FAILURES: u32 = 20;
const FAILURE_WINDOW: Duration = Duration::from_secs(60);
/// Set by browsers alone; pages cannot forge it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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
    let state = state_of(request)?;
    require_own_page(request, &state.settings.http)?;
    if !state.local_token.accepts(token) {
        return Err(failure(request, &state).await);
    }
    let user = local::identity(&state.db).await?.user;
    let secret = agent_token::generate();
    let now = Timestamp::now();
    let session = WebSession {
        id: WebSessionId::random(),
        user_id: user.id,
        cookie_digest: agent_token::digest(secret.expose_secret()),
        credential_digest: state.local_token.digest(),
        created_at: now,
        expires_at: now.plus(state.settings.web_session_lifetime),
    };
    let row = session.clone();
    state.db.write(move |tx| web_sessions::insert(tx, &row)).await?;
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

/// Ends one session. Its streams end too.
///
/// # Errors
/// The database's.
pub fn end(
    tx: &mut Tx<'_>,
    session: WebSessionId,
    member: &OrganizationMember,
) -> mission_control_store::StoreResult<()> {
    web_sessions::delete(tx, session)?;
    tell_streams(tx, member);
    Ok(())
}

/// Ends every session of the member's user. Their streams end too.
///
/// # Errors
/// The database's.
pub fn end_all(tx: &mut Tx<'_>, member: &OrganizationMember) -> mission_control_store::StoreResult<()> {
    web_sessions::delete_of_user(tx, member.user_id)?;
    tell_streams(tx, member);
    Ok(())
}

fn tell_streams(tx: &mut Tx<'_>, member: &OrganizationMember) {
    let user: UserId = member.user_id;
    record::changed(tx, member.organization_id, events::WEB_SESSION_ENDED, &json!({ "user_id": user }));
}

/// Identity from the request's cookie; `None` without the cookie of a live session.
pub(super) async fn signed_in(request: &HttpRequest) -> ApiResult<Option<Identity>> {
    let Some(secret) = credentials::session_cookie(request) else { return Ok(None) };
    let state = state_of(request)?;
    let (cookie, credential) = (agent_token::digest(&secret), state.local_token.digest());
    let found = state
        .db
        .read(move |conn| web_sessions::find_live(conn, &cookie, &credential, Timestamp::now()))
        .await?;
    let Some(session) = found else { return Ok(None) };
    if !request.method().is_safe() {
        require_own_page(request, &state.settings.http)?;
    }
    let identity = local::identity(&state.db).await?;
    // The local user may have deleted themselves and come back as a new one.
    let same = identity.user.id == session.user_id;
    Ok(same.then_some(Identity { session: Some(session), ..identity }))
}

fn empty_cookie(http: &HttpSettings) -> Cookie<'static> {
    Cookie::build(credentials::SESSION_COOKIE, "")
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(http.base_url.starts_with("https://"))
        .finish()
}

async fn failure(request: &HttpRequest, state: &State) -> ApiError {
    let address = client_address(request).map(|address| address.to_string()).unwrap_or_default();
    let decision = state.limiter.check(&format!("sign-in:{address}"), MAX_FAILURES, FAILURE_WINDOW).await;
    if decision.allowed {
        ApiError::unauthorized()
            .next_step("Check the access token: the server printed it at its first start.")
    } else {
        ApiError::rate_limited(decision.retry_after)
    }
}

fn require_own_page(request: &HttpRequest, http: &HttpSettings) -> ApiResult<()> {
    if comes_from_own_page(request.headers(), http) {
        return Ok(());
    }
    Err(ApiError::forbidden("This request does not come from a page of this server.").next_step(
        "Send it from the server's own address, add the page's origin to CORS_ORIGINS, or use the access token as a bearer token.",
    ))
}

/// Whether a browser says that the request was made by a page of this server or of a trusted origin.
fn comes_from_own_page(headers: &HeaderMap, http: &HttpSettings) -> bool {
    if headers.get(SEC_FETCH_SITE).is_some_and(|site| site == "same-origin") {
        return true;
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let own = authority.is_some() && authority == text(header::HOST);
    own || origin == http.base_url || http.cors_origins.iter().any(|trusted| trusted == origin)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use mission_control_core::config::Settings;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_browser_says_so(&[("sec-fetch-site", "same-origin")], true)]
    #[case::a_page_of_this_host(&[("host", "mc.local:8000"), ("origin", "http://mc.local:8000")], true)]
    #[case::behind_a_proxy_that_changes_the_host(&[("host", "10.0.0.2"), ("origin", "https://mc.example.com")], true)]
    #[case::a_trusted_origin(&[("origin", "http://ui.example.com"), ("sec-fetch-site", "same-site")], true)]
    #[case::another_site(&[("host", "mc.local"), ("origin", "https://evil.example.com")], false)]
    #[case::another_site_says_the_browser(&[("sec-fetch-site", "cross-site")], false)]
    #[case::a_sandboxed_page(&[("host", "mc.local"), ("origin", "null")], false)]
    #[case::no_sign_of_a_page(&[("host", "mc.local")], false)]
    fn only_own_pages_may_change_something(
        #[case] given: &[(&'static str, &'static str)],
        #[case] own: bool,
    ) {
        let settings = Settings::from_env([
            ("BASE_URL", "https://mc.example.com"),
            ("CORS_ORIGINS", "http://ui.example.com"),
            ("HOME", "/nowhere"),
        ])
        .unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        assert_eq!(comes_from_own_page(&headers, &settings.http), own);
    }
}
