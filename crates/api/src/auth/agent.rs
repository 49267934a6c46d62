//! Agents, as extractors: one indexed look-up by the token's digest, however many agents there are.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, AgentChanges};
use mission_control_core::rules::agent_token;
use mission_control_fleet::agents::presence;
use mission_control_store::agents;

use super::{credentials, state_of};
use crate::error::{ApiError, ApiResult};
use crate::http::{client_address, parameters};
use crate::state::State;

/// Failed attempts allowed per address, and per token, in [`FAILURE_WINDOW`].
const MAX_FAILURES: u32 = 20;
const FAILURE_WINDOW: Duration = Duration::from_secs(60);

/// An authenticated agent.
#[derive(Debug, Clone)]
pub struct Agent(pub models::Agent);

impl FromRequest for Agent {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            match presented_token(&request) {
                Some(token) => authenticate(&request, &token).await,
                None => Err(failure(&request, None).await?),
            }
        }
        .boxed_local()
    }
}

/// The token that the caller offers as an agent's.
pub(super) fn presented_token(request: &HttpRequest) -> Option<String> {
    let headers = request.headers();
    credentials::agent_header(headers).or_else(|| credentials::bearer(headers)).map(str::to_owned)
}

/// Marks a request that an agent makes.
struct ByAgent;

/// Whether an agent makes the request, as far as anybody has asked who does.
pub(crate) fn is_agent(request: &HttpRequest) -> bool {
    request.extensions().contains::<ByAgent>()
}

/// The agent with this token. A valid token is never refused for the failures of others; a query parameter that the
/// route does not know is.
pub(super) async fn authenticate(request: &HttpRequest, token: &str) -> ApiResult<Agent> {
    let state = state_of(request)?;
    let digest = agent_token::digest(token);
    let wanted = digest.clone();
    let found = match state.db.read(move |conn| agents::find_by_token_digest(conn, &wanted)).await? {
        Some(agent) => Some(agent),
        None => find_by_old_hash(&state, token, &digest).await?,
    };
    match found {
        Some(agent) => {
            parameters::require_known(request)?;
            request.extensions_mut().insert(ByAgent);
            // Whatever an agent asks for, it is alive. A check-in says so itself, with one event.
            let checks_in = request.path().ends_with("/heartbeat");
            Ok(Agent(if checks_in { agent } else { presence::alive(&state.fleet, agent).await? }))
        }
        None => Err(failure(request, Some(&digest)).await?),
    }
}

/// Counts a failed attempt; 401, or 429 when there were too many.
async fn failure(request: &HttpRequest, digest: Option<&str>) -> ApiResult<ApiError> {
    let state = state_of(request)?;
    let address = client_address(request).map(|address| address.to_string()).unwrap_or_default();
    let mut keys = vec![format!("agent-auth:address:{address}")];
    keys.extend(digest.map(|digest| format!("agent-auth:token:{digest}")));
    let mut wait = Duration::ZERO;
    for key in keys {
        let decision = state.limiter.check(&key, MAX_FAILURES, FAILURE_WINDOW).await;
        if !decision.allowed {
            wait = wait.max(decision.retry_after).max(Duration::from_secs(1));
        }
    }
    Ok(if wait.is_zero() { ApiError::unauthorized() } else { ApiError::rate_limited(wait) })
}

/// Agents of a database of the reference have slow hashes that cannot be looked up. Each is tried until it fits once,
/// and then replaced by the digest. One request at a time does so: a wrong token costs one core at most.
async fn find_by_old_hash(state: &State, token: &str, digest: &str) -> ApiResult<Option<models::Agent>> {
    let old = state.db.read(agents::with_legacy_hash).await?;
    if old.is_empty() {
        return Ok(None);
    }
    let _turn = state.slow_hashes.acquire().await.map_err(ApiError::internal)?;
    let presented = token.to_owned();
    let matching = tokio::task::spawn_blocking(move || {
        old.into_iter().find(|agent| {
            let stored = agent.agent_token_hash.as_deref().unwrap_or_default();
            agent_token::verify_legacy(&presented, stored)
        })
    })
    .await
    .map_err(ApiError::internal)?;
    let Some(agent) = matching else { return Ok(None) };
    let changes = AgentChanges {
        agent_token_hash: Some(None),
        token_digest: Some(Some(digest.to_owned())),
        ..AgentChanges::default()
    };
    Ok(Some(state.db.write(move |tx| agents::update(tx, agent.id, &changes)).await?))
}
