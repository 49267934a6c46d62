//! Jobs: the work that goes on behind the API, for those who administer the organization.

use actix_web::web::{self, Json};
use actix_web::{get, post};
use mission_control_core::id::{AgentId, BoardId, GatewayId, JobId};
use mission_control_core::limits::SEARCH;
use mission_control_core::models::{JobState, Lane};
use mission_control_fleet::handlers::{cancel as cancel_job, retry as retry_job};
use mission_control_shapes::{JobRead, JobSummary};
use mission_control_store::jobs::{self, JobFilter};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult};
use crate::http::{List, PageQuery, Params, Query};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read).service(retry).service(cancel);
}

crate::input! {
    /// Which jobs are wanted.
    pub struct JobsQuery with page: PageQuery {
        /// Only those in this state.
        pub state: Option<JobState>,
        /// Only those of this kind, such as `agent.provision`.
        pub kind: Option<AnyText<SEARCH>>,
        /// Only those of this lane.
        pub lane: Option<Lane>,
        /// Only those about this agent.
        pub agent_id: Option<AgentId>,
        /// Only those about this board.
        pub board_id: Option<BoardId>,
        /// Only those that talk to this gateway.
        pub gateway_id: Option<GatewayId>,
    }
}

/// List jobs
///
/// The organization's, newest first. `job.created` and `job.updated` of the event stream tell what changes.
#[utoipa::path(
    tag = "jobs",
    operation_id = "jobs_list",
    security(("user" = [])),
    params(JobsQuery),
    responses((status = 200, description = "A page of jobs.", body = List<JobSummary>))
)]
#[get("/jobs")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<JobsQuery>,
) -> ApiResult<Json<List<JobSummary>>> {
    let query = query.valid()?;
    let page = query.page.page()?;
    let filter = JobFilter {
        organization_id: Some(admin.caller().organization),
        state: query.state,
        kind: query.kind,
        lane: query.lane,
        agent_id: query.agent_id,
        board_id: query.board_id,
        gateway_id: query.gateway_id,
    };
    let listing = state.db.read(move |conn| jobs::list(conn, &filter, page)).await?;
    Ok(Json(List::of(listing, |job| JobSummary::from(&job))))
}

/// Read a job
#[utoipa::path(
    tag = "jobs",
    operation_id = "jobs_read",
    security(("user" = [])),
    params(("job_id" = uuid::Uuid, Path, description = "The job; `X-Job-Id` of a 202 names it.")),
    responses((status = 200, description = "The job.", body = JobRead))
)]
#[get("/jobs/{job_id}")]
async fn read(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<JobRead>> {
    let id: JobId = params.uuid("job_id")?;
    let organization = admin.caller().organization;
    let job = state.db.read(move |conn| jobs::find(conn, id)).await?;
    let job = job.filter(|job| job.organization_id == Some(organization));
    Ok(Json(job.ok_or_else(|| ApiError::not_found("job"))?.into()))
}

/// Queue a job again
///
/// One that is dead or was cancelled, with fresh attempts.
#[utoipa::path(
    tag = "jobs",
    operation_id = "jobs_retry",
    security(("user" = [])),
    params(("job_id" = uuid::Uuid, Path, description = "The job.")),
    responses(
        (status = 200, description = "The queued job.", body = JobRead),
        (status = 409, description = "It is not dead or cancelled, or another one does the same.", body = crate::error::ErrorBody)
    )
)]
#[post("/jobs/{job_id}/retry")]
async fn retry(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<JobRead>> {
    let id = params.uuid("job_id")?;
    Ok(Json(retry_job(&state.fleet, admin.caller(), id).await?.into()))
}

/// Cancel a job
///
/// A queued one at once. A running one is asked to stop: `cancel_requested_at` is set, and it is `cancelled` a little
/// later, or finishes if it was about to.
#[utoipa::path(
    tag = "jobs",
    operation_id = "jobs_cancel",
    security(("user" = [])),
    params(("job_id" = uuid::Uuid, Path, description = "The job.")),
    responses(
        (status = 200, description = "The job.", body = JobRead),
        (status = 409, description = "It has ended already.", body = crate::error::ErrorBody)
    )
)]
#[post("/jobs/{job_id}/cancel")]
async fn cancel(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<JobRead>> {
    let id = params.uuid("job_id")?;
    Ok(Json(cancel_job(&state.fleet, admin.caller(), id).await?.into()))
}
