//! Probes: alive, and ready.

use actix_web::http::StatusCode;
use actix_web::web::{self, Json};
use actix_web::{HttpResponse, get};
use mission_control_core::rules::doctor::work::{self, Part};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, leases, migrate, request};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::Code;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(health).service(healthz).service(readyz);
}

/// The process answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthStatusResponse {
    /// Always true.
    pub ok: bool,
}

/// Whether requests can be served, and what was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// All parts are fine.
    pub ok: bool,
    /// The database answers: `ok`, or what is wrong.
    pub database: String,
    /// The schema is the one of this version: `ok`, or what is missing.
    pub migrations: String,
    /// The queue answers: `ok`, or what is wrong.
    pub queue: String,
    /// Parts that are missing without keeping requests from being served: `worker` (nothing that is asked for is done),
    /// `gateway_link` (nobody sees what becomes of gateways). `GET /api/v1/doctor` says more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub degraded: Vec<&'static str>,
    /// One sentence, when something is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `unavailable`, when something is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Id of this request, when something is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// Alive
///
/// Answers as long as the process runs. Looks at nothing else.
#[utoipa::path(
    tag = "health",
    operation_id = "health_read",
    responses((status = 200, description = "The process answers.", body = HealthStatusResponse))
)]
#[get("/health")]
async fn health() -> Json<HealthStatusResponse> {
    Json(HealthStatusResponse { ok: true })
}

/// Alive
///
/// The same as `/health`, under the name that many platforms ask for.
#[utoipa::path(
    tag = "health",
    operation_id = "health_read_z",
    responses((status = 200, description = "The process answers.", body = HealthStatusResponse))
)]
#[get("/healthz")]
async fn healthz() -> Json<HealthStatusResponse> {
    Json(HealthStatusResponse { ok: true })
}

/// Ready
///
/// Looks at the database, its migrations and the queue, and says which of them keeps requests from being served. A worker or a
/// gateway link that is missing is named, and is no reason to take the server for unready.
#[utoipa::path(
    tag = "health",
    operation_id = "health_read_ready",
    responses(
        (status = 200, description = "Requests can be served.", body = Readiness),
        (status = 503, description = "A part is away; the answer says which.", body = Readiness),
    )
)]
#[get("/readyz")]
async fn readyz(state: web::Data<State>) -> HttpResponse {
    let database = verdict(state.db.ping().await);
    let migrations =
        if database.is_ok() { pending_migrations(&state).await } else { Err("not looked at".to_owned()) };
    let queue = verdict(state.fleet.queue().health().await);
    let faults: Vec<String> = [("database", &database), ("migrations", &migrations), ("queue", &queue)]
        .into_iter()
        .filter_map(|(part, verdict)| verdict.as_ref().err().map(|fault| format!("{part}: {fault}")))
        .collect();
    let ok = faults.is_empty();
    let text = |verdict: Result<(), String>| verdict.err().unwrap_or_else(|| "ok".to_owned());
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(status).json(Readiness {
        ok,
        database: text(database),
        migrations: text(migrations),
        queue: text(queue),
        degraded: if ok { degraded(&state).await } else { Vec::new() },
        detail: (!ok).then(|| format!("Not ready: {}.", faults.join("; "))),
        code: (!ok).then_some(Code::Unavailable.as_str()),
        request_id: (!ok).then(request::current).flatten(),
    })
}

fn verdict<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<(), String> {
    result.map(|_| ()).map_err(|error| error.to_string())
}

/// The parts that are missing; none, when they cannot be looked at.
async fn degraded(state: &State) -> Vec<&'static str> {
    let now = Timestamp::now();
    let seen: Result<_, StoreError> = state
        .db
        .read(move |conn| Ok((leases::workers(conn, now)?.len(), leases::has_link(conn, now)?)))
        .await;
    let missing = seen.map(|(workers, link)| work::degraded(workers, link)).unwrap_or_default();
    missing.into_iter().map(Part::as_str).collect()
}

async fn pending_migrations(state: &State) -> Result<(), String> {
    let status = migrate::status(state.db.options()).await.map_err(|error| error.to_string())?;
    match status.pending.len() {
        0 => Ok(()),
        pending => Err(format!("{pending} pending; run `mission-control-api migrate up`")),
    }
}
