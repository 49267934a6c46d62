//! What a request carries as proof.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use mission_control_core::config::HttpSettings;

const AGENT_TOKEN: HeaderName = HeaderName::from_static("x-agent-token");
/// Name of the cookie by which a browser that signed in is known.
pub(crate) const SESSION_COOKIE: &str = "mission_control_session";
/// The same over https: browsers take a cookie of this name from the host itself alone, and over https alone.
const HOST_COOKIE: &str = "__Host-mission_control_session";

/// The token of `Authorization: Bearer …`; the scheme in any case, blanks around the token ignored.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The token of `X-Agent-Token`, if the header is there and not empty.
pub(super) fn agent_header(headers: &HeaderMap) -> Option<&str> {
    headers.get(AGENT_TOKEN)?.to_str().ok().map(str::trim).filter(|token| !token.is_empty())
}

/// The name of the session's cookie on this server.
pub(super) fn session_cookie_name(http: &HttpSettings) -> &'static str {
    if http.base_url.starts_with("https://") { HOST_COOKIE } else { SESSION_COOKIE }
}

/// The name of the cookie of an attempt to sign in by an identity provider.
pub(super) fn attempt_cookie_name(http: &HttpSettings) -> &'static str {
    if http.base_url.starts_with("https://") {
        "__Host-mission_control_attempt"
    } else {
        "mission_control_attempt"
    }
}

/// The value of the session's cookie, if it is there and not empty.
pub(super) fn session_cookie(request: &HttpRequest, http: &HttpSettings) -> Option<String> {
    request
        .cookie(session_cookie_name(http))
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// Every proof that a request carries, as the routes read it, valid or not. However else the request is written, it has
/// these.
pub(crate) fn proofs(request: &HttpRequest, http: &HttpSettings) -> impl Iterator<Item = String> {
    let headers = request.headers();
    let texts = [bearer(headers), agent_header(headers)].map(|token| token.map(str::to_owned));
    texts.into_iter().chain([session_cookie(request, http)]).flatten()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Bearer t", Some("t"))]
    #[case("bearer   t  ", Some("t"))]
    #[case("Bearer ", None)]
    #[case("Basic t", None)]
    #[case("t", None)]
    fn only_the_bearer_scheme_carries_a_token(#[case] value: &'static str, #[case] expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static(value));
        assert_eq!(bearer(&headers), expected);
    }
}
