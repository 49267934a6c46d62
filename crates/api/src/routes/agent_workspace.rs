//! An agent seen from its gateway: files, sessions; and what it is made to do per day.

use std::time::Duration;

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::AgentId;
use mission_control_core::limits::ACTIVITY_DAYS;
use mission_control_core::models::AgentActivityCount;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_shapes::{AgentFileContent, AgentFileRead};
use mission_control_store::agent_counts;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::agents::visible;
use crate::auth::OrgAdmin;
use crate::error::ApiResult;
use crate::http::{Params, Query};
use crate::input::Bounded;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(files).service(file).service(sessions).service(counts);
}

/// The workspace files of an agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentFiles {
    /// Those that exist, by name.
    pub files: Vec<AgentFileRead>,
}

/// The sessions of an agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentSessions {
    /// As its gateway describes them, the newest first; 200 at most.
    pub sessions: Vec<Value>,
}

/// What an agent was made to do, and did, on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentDay {
    /// The UTC day.
    #[schema(example = "2026-11-23")]
    pub day: String,
    /// Times it was woken.
    pub wakes: i32,
    /// Messages that reached it.
    pub messages: i32,
    /// Check-ins.
    pub heartbeats: i32,
}

/// What an agent was made to do, and did.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentActivityCounts {
    /// Days with any activity, the newest first.
    pub days: Vec<AgentDay>,
}

impl From<AgentActivityCount> for AgentDay {
    fn from(count: AgentActivityCount) -> Self {
        Self { day: count.day, wakes: count.wakes, messages: count.messages, heartbeats: count.heartbeats }
    }
}

crate::input! {
    /// How far back to look.
    pub struct ActivityCountsQuery {
        /// Days, today included.
        pub days: Bounded<1, ACTIVITY_DAYS> = Bounded(30),
    }
}

/// List an agent's workspace files
///
/// Asked of its gateway now.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_files",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "The files that exist.", body = AgentFiles),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/agents/{agent_id}/files")]
async fn files(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<AgentFiles>> {
    let agent = visible(&state, &admin, params.id("agent_id")?).await?;
    let files = agents::files(&state.fleet, admin.caller(), agent.id).await?;
    Ok(Json(AgentFiles { files }))
}

/// Read one of an agent's workspace files
///
/// Asked of its gateway now. Tokens are masked.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_file",
    security(("user" = [])),
    params(
        ("agent_id" = String, Path, description = "The agent."),
        ("file_name" = String, Path, description = "The file's name, such as `SOUL.md`.")
    ),
    responses(
        (status = 200, description = "The file.", body = AgentFileContent),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/agents/{agent_id}/files/{file_name}")]
async fn file(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<AgentFileContent>> {
    let agent = visible(&state, &admin, params.id("agent_id")?).await?;
    Ok(Json(agents::file(&state.fleet, admin.caller(), agent.id, params.text("file_name")).await?))
}

/// List an agent's sessions
///
/// Asked of its gateway now.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_sessions",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent.")),
    responses(
        (status = 200, description = "The sessions.", body = AgentSessions),
        (status = 502, description = "The gateway refused or could not be reached.", body = crate::error::ErrorBody)
    )
)]
#[get("/agents/{agent_id}/sessions")]
async fn sessions(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<AgentSessions>> {
    let agent = visible(&state, &admin, params.id("agent_id")?).await?;
    let sessions = agents::sessions(&state.fleet, admin.caller(), agent.id).await?;
    Ok(Json(AgentSessions { sessions }))
}

/// Count what an agent is made to do
///
/// Wakes, messages and check-ins per UTC day: each of them is a turn of the agent's model.
#[utoipa::path(
    tag = "agents",
    operation_id = "agents_activity_counts",
    security(("user" = [])),
    params(("agent_id" = String, Path, description = "The agent."), ActivityCountsQuery),
    responses((status = 200, description = "The counts.", body = AgentActivityCounts))
)]
#[get("/agents/{agent_id}/activity-counts")]
async fn counts(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    query: Query<ActivityCountsQuery>,
) -> ApiResult<Json<AgentActivityCounts>> {
    let id: AgentId = params.id("agent_id")?;
    let back = u64::try_from(query.valid()?.days.0 - 1).unwrap_or_default();
    let from = Timestamp::now().minus(Duration::from_secs(back * 86_400));
    visible(&state, &admin, id).await?;
    let counts = state.db.read(move |conn| agent_counts::of_agent(conn, id, from)).await?;
    Ok(Json(AgentActivityCounts { days: counts.into_iter().map(AgentDay::from).collect() }))
}
