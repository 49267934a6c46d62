//! `GET /metrics`.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};
use mission_control_core::rules::agent_token;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::registry::Registry;
use secrecy::ExposeSecret;

use super::standing::standing;
use crate::auth::bearer;
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// What proxies add. A request that has any of them is not of this machine, whoever passed it on.
const PASSED_ON: [&str; 6] =
    ["forwarded", "x-forwarded-for", "x-real-ip", "via", "cf-connecting-ip", "true-client-ip"];

/// The figures, for whoever has the token of `METRICS_TOKEN`; where there is none, for this machine alone.
pub(crate) async fn scrape(request: HttpRequest, state: web::Data<State>) -> ApiResult<HttpResponse> {
    permitted(&request, &state)?;
    let standing = standing(&state).await;
    let mut text = String::new();
    let written = write(&mut text, state.requests.registry(), &standing);
    written.map_err(|error| ApiError::internal(anyhow::anyhow!("figures not written: {error}")))?;
    let form = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(HttpResponse::Ok().content_type(form).insert_header((header::CACHE_CONTROL, "no-store")).body(text))
}

fn write(text: &mut String, requests: &Registry, standing: &Registry) -> std::fmt::Result {
    encode_registry(text, requests)?;
    encode_registry(text, standing)?;
    encode_eof(text)
}

fn permitted(request: &HttpRequest, state: &State) -> ApiResult<()> {
    match &state.settings.http.metrics_token {
        Some(token) => match bearer(request.headers()) {
            Some(shown) if agent_token::same(shown, token.expose_secret()) => Ok(()),
            _ => Err(ApiError::unauthorized()),
        },
        None => {
            let is_local = request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
            if is_local && !is_passed_on(request.headers()) {
                return Ok(());
            }
            Err(ApiError::forbidden(
                "The figures are for this machine alone: set METRICS_TOKEN, and send it as a bearer token.",
            ))
        }
    }
}

fn is_passed_on(headers: &HeaderMap) -> bool {
    PASSED_ON.iter().any(|name| headers.contains_key(*name))
}
