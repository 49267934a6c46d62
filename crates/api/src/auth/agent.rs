//! Agents, as extractors: one indexed look-up by the token's digest, however many agents there are.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::models::{self, AgentStatus};
use mission_control_core::rules::agent_token;
use mission_control_fleet::agents::presence;
use mission_control_store::{agents, request};

use super::failures::failure;
use super::write_budget::Writer;
use super::writes;
use super::{acting, credentials};
use crate::error::{ApiError, ApiResult, Code};
use crate::http::parameters;
use crate::state::State;

/// Where agents check in.
const CHECK_INS: [&str; 3] =
    ["/api/v1/agent/heartbeat", "/api/v1/agents/heartbeat", "/api/v1/agents/{agent_id}/heartbeat"];
/// Where what is read and what is written looks the same; its tools ask for themselves.
const MCP: &str = "/mcp";

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

/// Marks a request that an agent makes, with the SHA-256 of its token.
struct ByAgent(String);

/// Whether an agent makes the request, as far as anybody has asked who does.
pub(crate) fn is_agent(request: &HttpRequest) -> bool {
    request.extensions().contains::<ByAgent>()
}

/// The SHA-256 of the token of an agent that was authenticated.
pub(super) fn token_digest(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<ByAgent>().map(|ByAgent(digest)| digest.clone())
}

/// The agent with this token. A valid token is never refused for the failures of others; a query parameter that the
/// route does not know is.
pub(super) async fn authenticate(http: &HttpRequest, token: &str) -> ApiResult<Agent> {
    let state = State::of(http)?;
    let digest = agent_token::digest(token);
    let wanted = digest.clone();
    let found = match state.db.read(move |conn| agents::find_by_token_digest(conn, &wanted)).await? {
        Some(agent) => Some(agent),
        None => find_by_old_hash(&state, token, &digest).await?,
    };
    match found {
        Some(agent) => {
            request::acting(acting::agent(http, &agent));
            parameters::require_known(http)?;
            writes::count(http, Writer::Agent(agent.id))?;
            http.extensions_mut().insert(ByAgent(digest));
            // Whatever an agent asks for, it is alive. A check-in says so itself, with one event.
            let route = http.match_pattern().unwrap_or_default();
            if CHECK_INS.contains(&route.as_str()) {
                return Ok(Agent(agent));
            }
            let agent = presence::alive(&state.fleet, agent).await?;
            if !http.method().is_safe() && route != MCP {
                require_active(&agent)?;
            }
            Ok(Agent(agent))
        }
        None => Err(failure(http, Some(&digest)).await?),
    }
}

/// A paused agent, that of a paused board, and one that is being deleted read and check in; they change nothing, until a person
/// resumes them or the deletion has failed.
///
/// # Errors
/// 403 for such an agent.
pub(crate) fn require_active(agent: &models::Agent) -> ApiResult<()> {
    if agent.status == AgentStatus::Deleting {
        return Err(ApiError::forbidden("You are being deleted: nothing that you send is carried out.")
            .word(Code::AgentLeaving)
            .next_step("Stop: a person has asked for your deletion."));
    }
    match agent.paused_at {
        None => Ok(()),
        Some(_) => Err(ApiError::forbidden("You are paused: nothing that you send is carried out.")
            .word(Code::AgentPaused)
            .next_step("Stop and wait until a person resumes you; you may read and check in meanwhile.")),
    }
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
    Ok(Some(presence::recognized(&state.fleet, agent.id, digest.to_owned()).await?))
}
