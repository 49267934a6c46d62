//! Cross-origin requests of browsers, answered as the reference's clients know it.
//!
//! Not `actix-cors`: requests of other origins are served without `Access-Control-Allow-Origin` (the browser then
//! hides the answer), an `OPTIONS` without CORS headers is an ordinary request, and a refused preflight is a 400.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use mission_control_core::limits::ORIGIN;

use crate::state::State;

const METHODS: HeaderValue = HeaderValue::from_static("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
const EXPOSED: HeaderValue = HeaderValue::from_static("X-Total-Count, X-Limit, X-Offset");
const TRUE: HeaderValue = HeaderValue::from_static("true");
/// How long browsers may remember a preflight, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The layer. Where no origins are configured, it only tells browsers that ask what would be missing.
pub async fn cors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let origins = request.app_data::<web::Data<State>>().map(|app| app.settings.http.cors_origins.clone());
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let (Some(origins), Some(origin)) =
        (origins.filter(|origins| is_preflight || !origins.is_empty()), origin)
    else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let allowed = allowed(&origins, &origin);
    if is_preflight {
        let response = preflight(request.headers(), allowed);
        return Ok(request.into_response(response));
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    let headers = response.headers_mut();
    grant(headers, allowed);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    Ok(response)
}

/// What to put into `Access-Control-Allow-Origin`, if anything.
fn allowed(origins: &[String], origin: &HeaderValue) -> Option<HeaderValue> {
    if origins.iter().any(|allowed| allowed == "*") {
        return Some(HeaderValue::from_static("*"));
    }
    origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}

/// Credentials are allowed to named origins; browsers refuse the combination with `*`, and so do we.
fn grant(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    let any = allowed.as_ref().is_some_and(|allowed| allowed == "*");
    if !any {
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Some(allowed) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    }
}

/// What whoever looks at the browser's network tab is told.
fn refusal(asked: &HeaderMap) -> String {
    let origin = asked.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default();
    let example =
        if origin.starts_with("http") && origin.len() <= ORIGIN { origin } else { "https://mc.example.com" };
    format!(
        "This origin is not in CORS_ORIGINS: set CORS_ORIGINS={example} (several are separated by commas) and restart the server."
    )
}

fn preflight(asked: &HeaderMap, allowed: Option<HeaderValue>) -> HttpResponse {
    let (status, text) = match allowed {
        Some(_) => (StatusCode::OK, "OK".to_owned()),
        None => (StatusCode::BAD_REQUEST, refusal(asked)),
    };
    let mut response = HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(text);
    let headers = response.headers_mut();
    grant(headers, allowed);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    if let Some(wanted) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}
