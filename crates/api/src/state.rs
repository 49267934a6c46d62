//! What all requests share.

use std::sync::Arc;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use mission_control_core::config::Settings;
use mission_control_core::rules::doctor::work::Hindrance;
use mission_control_fleet::Fleet;
use mission_control_fleet::doctor::Examination;
use mission_control_identity::{Clerk, Provider};
use mission_control_queue::RateLimiter;
use mission_control_store::Db;
use moka::future::Cache;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::auth::{LocalToken, SetUpCode, WriteBudgets};
use crate::error::{ApiError, ApiResult};
use crate::events::EventHub;
use crate::http::bodies::Bodies;
use crate::metrics::Requests;
use crate::souls_directory::SoulsDirectory;

/// Handed to handlers and layers as `web::Data<State>`.
pub struct State {
    /// The configuration.
    pub settings: Settings,
    /// The database.
    pub db: Db,
    /// The use-cases that reach out to gateways; also holds the queue and the vault.
    pub fleet: Fleet,
    /// What happens, for streams.
    pub events: EventHub,
    /// The public directory of souls.
    pub souls: SoulsDirectory,
    /// Counts failed attempts.
    pub limiter: RateLimiter,
    /// What everybody may write.
    pub write_budgets: WriteBudgets,
    /// What is being received of callers who have not shown who they are.
    pub bodies: Bodies,
    /// The token that makes a caller the local user, where `AUTH_MODE` has `local`.
    pub local_token: Option<LocalToken>,
    /// What the first account is made with, while there is none.
    pub set_up_code: Option<SetUpCode>,
    /// The identity provider, where `AUTH_MODE` has `oidc`.
    pub provider: Option<Provider>,
    /// The application at Clerk, where `AUTH_MODE` has `clerk`.
    pub clerk: Option<Clerk>,
    /// Cancelled when the server is told to stop: streams end then.
    pub stopping: CancellationToken,
    pub(crate) security_headers: Vec<(HeaderName, HeaderValue)>,
    /// The requests that were served.
    pub(crate) requests: Requests,
    /// What the doctor found last.
    pub(crate) examinations: Cache<(), Arc<Examination>>,
    /// What was found last to keep jobs from being done.
    pub(crate) hindrances: Cache<(), Option<Arc<Hindrance>>>,
    /// Lets one request at a time try old, slow token hashes.
    pub(crate) slow_hashes: Semaphore,
}

impl State {
    /// The shared state of the request's server.
    pub(crate) fn of(request: &HttpRequest) -> ApiResult<web::Data<State>> {
        request
            .app_data::<web::Data<State>>()
            .cloned()
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("the server was built without its state")))
    }
}
