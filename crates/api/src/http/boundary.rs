//! The outermost layer: gives each request its id, turns a panic into a 500, writes the one log line.

use std::any::Any;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use futures_util::FutureExt;
use mission_control_core::limits::{AUDIT_REFUSALS, MINUTE};
use mission_control_fleet::audit;
use mission_control_process::traces;
use mission_control_store::request;
use tracing::Instrument;

use super::{client_address, request_id};
use crate::error::ApiError;
use crate::state::State;

/// Paths that probes ask every few seconds.
const HEALTH_PATHS: [&str; 4] = ["/health", "/healthz", "/readyz", "/metrics"];

/// The layer.
///
/// # Errors
/// After a panic, with a response that is complete; the server sends it as it is.
pub async fn boundary(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request_id::of(request.headers());
    // Of the highest level: whatever is logged at all says to what it belongs.
    let span = tracing::error_span!("request", request_id = id);
    let trace = span.in_scope(|| {
        let traceparent =
            request.headers().get(request_id::TRACEPARENT).and_then(|value| value.to_str().ok());
        traces::of_request(&id, traceparent, request.method().as_str())
    });
    let served = serve(request, next).instrument(trace);
    request::scope(request::Origin::of(Some(id)), served).instrument(span).await
}

async fn serve(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let facts = Facts::of(&request);
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => {
            let mut response = response.map_into_boxed_body();
            let pattern = response.request().match_pattern();
            facts.audit_refusal(response.response(), pattern).await;
            facts.add_headers(response.headers_mut());
            facts.log(response.response());
            let route = response.request().match_pattern();
            facts.count(route.as_deref(), response.status().as_u16());
            Ok(response)
        }
        Ok(Err(error)) => Err(facts.finish(&error, error.error_response())),
        Err(panic) => {
            let error = ApiError::internal(anyhow::anyhow!("panic: {}", message_of(&*panic)));
            let response = HttpResponse::from_error(error);
            Err(facts.finish(&"panic", response))
        }
    }
}

/// What is needed of the request after it is gone.
struct Facts {
    started: Instant,
    method: Method,
    path: String,
    client: Option<IpAddr>,
    state: Option<web::Data<State>>,
}

impl Facts {
    fn of(request: &ServiceRequest) -> Self {
        Self {
            started: Instant::now(),
            method: request.method().clone(),
            path: request.path().to_owned(),
            client: client_address(request.request()),
            state: request.app_data::<web::Data<State>>().cloned(),
        }
    }

    /// Completes a response for which there is no request any more.
    fn finish(&self, cause: &dyn std::fmt::Display, mut response: HttpResponse) -> Error {
        self.add_headers(response.headers_mut());
        self.log(&response);
        self.count(None, response.status().as_u16());
        InternalError::from_response(cause.to_string(), response).into()
    }

    fn add_headers(&self, headers: &mut HeaderMap) {
        if let Ok(id) = HeaderValue::from_str(&request::current().unwrap_or_default()) {
            headers.insert(request_id::HEADER, id);
        }
        let configured = self.state.iter().flat_map(|state| &state.security_headers);
        let configured = configured.map(|(name, value)| (name.clone(), value.clone()));
        for (name, value) in configured.chain(headers_of_path(&self.path)) {
            if !headers.contains_key(&name) {
                headers.insert(name, value);
            }
        }
    }

    /// Puts the refusal of somebody who is known into the audit, unless there are too many.
    async fn audit_refusal(&self, response: &HttpResponse, pattern: Option<String>) {
        let Some(code) = refusal(response) else { return };
        let (Some(state), Some(actor)) = (&self.state, request::origin().known_actor()) else { return };
        let key = format!("audit:refused:{}", actor.id.map(|id| id.to_string()).unwrap_or_default());
        if !state.limiter.check(&key, AUDIT_REFUSALS, MINUTE).await.allowed {
            return;
        }
        let route = format!("{} {}", self.method, pattern.unwrap_or_default());
        if let Err(error) = audit::refused(&state.fleet, actor, code, route).await {
            tracing::warn!(%error, "refusal not written to the audit");
        }
    }

    fn count(&self, route: Option<&str>, status: u16) {
        traces::answered(self.method.as_str(), route, status);
        if let Some(state) = &self.state {
            state.requests.count(&self.method, route, status, self.started.elapsed());
        }
    }

    /// One line per request: at the end, with everything that is known by then.
    fn log(&self, response: &HttpResponse) {
        let log = self.state.as_ref().map(|state| &state.settings.log);
        if HEALTH_PATHS.contains(&self.path.as_str()) && !log.is_some_and(|log| log.include_health) {
            return;
        }
        let took = self.started.elapsed();
        let slow_after = log.map(|log| log.slow_request).filter(|limit| !limit.is_zero() && took >= *limit);
        let method = self.method.as_str();
        let path = self.path.as_str();
        let status = response.status().as_u16();
        let elapsed_ms = milliseconds(took);
        let client = self.client.map(|address| address.to_string());
        let error = cause_of(response);
        if status >= 500 {
            tracing::error!(method, path, status, elapsed_ms, client, error, "request failed");
        } else if let Some(limit) = slow_after {
            let slow_after_ms = milliseconds(limit);
            tracing::warn!(
                method,
                path,
                status,
                elapsed_ms,
                client,
                error,
                slow_after_ms,
                "request was slow"
            );
        } else {
            tracing::info!(method, path, status, elapsed_ms, client, error, "request");
        }
    }
}

/// Headers for one part of the server, unless an answer has its own. What the API answers may hold secrets, and is nothing
/// that a browser shows; the page of the API document is drawn by a script with styles of its own.
fn headers_of_path(path: &str) -> Vec<(HeaderName, HeaderValue)> {
    let is_api = path.starts_with("/api/") || path == "/mcp";
    if is_api {
        vec![
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
            ),
        ]
    } else if path.starts_with("/docs") {
        vec![(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY))]
    } else {
        Vec::new()
    }
}

/// What the page of the API document may load.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn cause_of(response: &HttpResponse) -> Option<String> {
    let error = response.error()?.as_error::<ApiError>()?;
    error.logged_cause().map(|cause| format!("{cause:#}"))
}

/// The code of an answer that refuses its caller.
fn refusal(response: &HttpResponse) -> Option<&'static str> {
    let error = response.error()?.as_error::<ApiError>()?;
    (response.status() == StatusCode::FORBIDDEN).then(|| error.code().as_str())
}

fn message_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};

    use super::*;

    async fn boom() -> HttpResponse {
        panic!("secret detail")
    }

    #[actix_web::test]
    async fn a_panic_is_a_500_with_the_request_id_and_without_the_panics_words() {
        let app = init_service(App::new().route("/boom", web::get().to(boom)).wrap(from_fn(boundary))).await;
        let request = TestRequest::get().uri("/boom").insert_header(("x-request-id", "r1")).to_request();
        let error = try_call_service(&app, request).await.unwrap_err();
        let response = error.error_response();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers().get("x-request-id").unwrap(), "r1");
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["request_id"], &body["code"]), (&"r1".into(), &"internal_error".into()));
        assert!(!body.to_string().contains("secret detail"));
    }
}
