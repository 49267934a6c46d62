//! People whom an identity provider vouches for: there and back with a browser, and programs with tokens that it signed.
//!
//! What a browser has to come back with is in a cookie that only this server can read: nothing is kept of those who never come
//! back, and nobody comes back in another's browser. The cookie is `SameSite=Lax`, since it is the provider's page that leads here.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use mission_control_core::config::HttpSettings;
use mission_control_core::time::Timestamp;
use mission_control_fleet::identities::{self, NotAdmitted};
use mission_control_fleet::web_sessions::SignedIn;
use mission_control_identity::{Attempt, Provider};
use mission_control_store::vault::Vault;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;

use super::account::count_address;
use super::credentials::attempt_cookie_name;
use super::failures::write_down;
use super::web_session::visit;
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// How long somebody may take at the provider.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Where the cookie is sealed.
const COLUMN: &str = "cookies.attempt";
const PLACE: &str = "browser";

/// What a browser keeps of its attempt to sign in.
#[derive(Serialize, Deserialize)]
struct Underway {
    attempt: Attempt,
    return_to: String,
    until: Timestamp,
}

/// What a browser came back from the provider with.
#[derive(Debug, Default)]
pub struct Returned {
    /// What belongs to its attempt.
    pub state: Option<String>,
    /// What is exchanged for who it is.
    pub code: Option<String>,
    /// The provider.
    pub issuer: Option<String>,
    /// What the provider calls its refusal.
    pub error: Option<String>,
}

/// Why somebody comes back from the provider and is not signed in, as the page tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It took too long, or began in another browser.
    Expired,
    /// The provider refused, or the person did.
    Denied,
    /// The provider is away, or said what cannot be believed.
    Failed,
    /// The provider has verified no address of theirs.
    Unverified,
    /// Several people have their address.
    Ambiguous,
    /// Nothing makes them a member.
    Uninvited,
}

impl Reason {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Denied => "denied",
            Self::Failed => "failed",
            Self::Unverified => "unverified",
            Self::Ambiguous => "ambiguous",
            Self::Uninvited => "uninvited",
        }
    }
}

/// Begins to sign a browser in; it is to keep the cookie, and to go to the address. Afterwards it is shown the page `return_to`.
///
/// # Errors
/// 403 where there is no provider; 429 after too many attempts; 502 when the provider is away.
pub async fn begin(request: &HttpRequest, return_to: Option<String>) -> ApiResult<(Cookie<'static>, Url)> {
    let state = State::of(request)?;
    let provider = require_provider(&state)?;
    count_address(request, &state).await?;
    let (attempt, url) = provider.begin().await?;
    let return_to = return_to.filter(|path| is_own_path(path)).unwrap_or_else(|| "/".to_owned());
    let underway = Underway { attempt, return_to, until: Timestamp::now().plus(PATIENCE) };
    let json = serde_json::to_string(&underway).map_err(ApiError::internal)?;
    let mut cookie = empty_cookie(&state.settings.http);
    cookie.set_value(state.fleet.vault().seal(COLUMN, PLACE, &json));
    cookie.set_max_age(time::Duration::seconds(i64::try_from(PATIENCE.as_secs()).unwrap_or(i64::MAX)));
    Ok((cookie, url))
}

/// Signs in a browser that came back, and says which page it is to be shown; or why it is not signed in.
///
/// # Errors
/// 403 where there is no provider; 429 after too many attempts; the database's.
pub async fn finish(
    request: &HttpRequest,
    returned: Returned,
) -> ApiResult<Result<(SignedIn, String), Reason>> {
    let state = State::of(request)?;
    let provider = require_provider(&state)?;
    count_address(request, &state).await?;
    let Some(underway) = underway(request, &state) else { return Ok(Err(Reason::Expired)) };
    if returned.state.as_ref() != Some(&underway.attempt.state) {
        write_down(request, &state, None).await;
        return Ok(Err(Reason::Expired));
    }
    let Some(code) = returned.code.filter(|_| returned.error.is_none()) else {
        return Ok(Err(Reason::Denied));
    };
    let vouched = match provider.finish(&underway.attempt, &code, returned.issuer.as_deref()).await {
        Ok(vouched) => vouched,
        Err(error) => {
            tracing::warn!(%error, "nobody signed in by the identity provider");
            write_down(request, &state, None).await;
            return Ok(Err(Reason::Failed));
        }
    };
    let email = vouched.person.email.clone();
    let reason = match identities::sign_in(&state.fleet, vouched, visit(request)).await {
        Ok(signed_in) => return Ok(Ok((signed_in, underway.return_to))),
        Err(NotAdmitted::Failed(error)) => return Err(error.into()),
        Err(NotAdmitted::Unverified) => Reason::Unverified,
        Err(NotAdmitted::Ambiguous) => Reason::Ambiguous,
        Err(NotAdmitted::Uninvited) => Reason::Uninvited,
    };
    write_down(request, &state, email).await;
    Ok(Err(reason))
}

/// Makes the browser forget its attempt.
pub fn forget(http: &HttpSettings) -> Cookie<'static> {
    let mut cookie = empty_cookie(http);
    cookie.make_removal();
    cookie
}

fn require_provider(state: &State) -> ApiResult<&Provider> {
    state.provider.as_ref().ok_or_else(|| {
        ApiError::forbidden("Nobody signs in by an identity provider here.")
            .next_step("Whoever runs the server adds oidc to AUTH_MODE.")
    })
}

/// The browser's attempt, unless it took too long.
fn underway(request: &HttpRequest, state: &State) -> Option<Underway> {
    let cookie = request.cookie(attempt_cookie_name(&state.settings.http))?;
    // What is not sealed is nobody's secret.
    let sealed = Some(cookie.value()).filter(|value| Vault::is_sealed(value))?;
    let json = state.fleet.vault().open(COLUMN, PLACE, sealed).ok()?;
    let underway: Underway = serde_json::from_str(json.expose_secret()).ok()?;
    (underway.until > Timestamp::now()).then_some(underway)
}

/// Whether it is the address of a page of this server, without the server: browsers take other beginnings for another host.
fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

fn empty_cookie(http: &HttpSettings) -> Cookie<'static> {
    Cookie::build(attempt_cookie_name(http), "")
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(http.base_url.starts_with("https://"))
        .finish()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/boards/1?view=2#task", true)]
    #[case("/", true)]
    #[case("//elsewhere.example.com", false)]
    #[case("/\\elsewhere.example.com", false)]
    #[case("https://elsewhere.example.com", false)]
    #[case("/a\tb", false)]
    #[case("", false)]
    fn nobody_is_led_elsewhere(#[case] path: &str, #[case] own: bool) {
        assert_eq!(is_own_path(path), own);
    }
}
