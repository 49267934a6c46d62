//! The queue as a whole: how much waits, how fast it moves, who works, what is in the way.

use std::time::Duration;

use actix_web::get;
use actix_web::web::{self, Json};
use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::limits::NAMED;
use mission_control_core::models::{GatewayCircuit, Lease, Schedule};
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{self, LaneDepth, Throughput};
use mission_control_store::{StoreError, circuits, leases, schedules};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::OrgAdmin;
use crate::error::ApiResult;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(read);
}

/// The state of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueRead {
    /// `redis`, or `in-process` without one.
    #[schema(example = "redis")]
    pub backend: &'static str,
    /// Whether the back end answers; while it does not, jobs are found by looking every few seconds.
    pub healthy: bool,
    /// The organization's jobs by lane.
    pub lanes: Vec<QueueLane>,
    /// How many of the organization's jobs ended.
    pub throughput: QueueThroughput,
    /// The workers that are alive; they serve every organization.
    pub workers: Vec<QueueWorker>,
    /// The organization's gateways that fail, those that fail for the longest time first, a thousand at most.
    pub circuits: Vec<QueueCircuit>,
    /// The periodic jobs.
    pub schedules: Vec<QueueSchedule>,
}

/// Jobs of a lane.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueLane {
    /// `interactive` or `bulk`.
    pub lane: &'static str,
    /// Queued and due.
    pub due: i64,
    /// Queued for a later time.
    pub scheduled: i64,
    /// At work.
    pub running: i64,
    /// Failed for good.
    pub dead: i64,
    /// Since when the longest-waiting one is due.
    pub oldest_due: Option<Timestamp>,
    /// For how many seconds.
    pub oldest_age_seconds: Option<f64>,
}

impl From<LaneDepth> for QueueLane {
    fn from(depth: LaneDepth) -> Self {
        let age = |since: Timestamp| Timestamp::now().since(since).as_secs_f64();
        Self {
            lane: depth.lane.as_str(),
            due: depth.due,
            scheduled: depth.scheduled,
            running: depth.running,
            dead: depth.dead,
            oldest_due: depth.oldest_due,
            oldest_age_seconds: depth.oldest_due.map(age),
        }
    }
}

/// Jobs that ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueThroughput {
    /// Within the last minute.
    pub last_minute: QueueCounts,
    /// Within the last hour.
    pub last_hour: QueueCounts,
}

/// How they ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueCounts {
    /// Succeeded.
    pub succeeded: i64,
    /// Failed for good.
    pub dead: i64,
}

impl From<Throughput> for QueueCounts {
    fn from(counts: Throughput) -> Self {
        Self { succeeded: counts.succeeded, dead: counts.dead }
    }
}

/// A worker.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueWorker {
    /// Host, process and a random part.
    #[schema(example = "mc-1:4711:9f3a2c")]
    pub name: String,
    /// Since when it works.
    pub alive_since: Timestamp,
    /// When it counts as gone unless it reports again; it does so every few seconds.
    pub alive_until: Timestamp,
}

impl From<Lease> for QueueWorker {
    fn from(lease: Lease) -> Self {
        Self { name: lease.holder, alive_since: lease.acquired_at, alive_until: lease.expires_at }
    }
}

/// A gateway whose jobs fail because it is away.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueCircuit {
    /// The gateway.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
    /// Its name.
    pub gateway_name: String,
    /// `open`: its bulk jobs are held back. `half_open`: one of them tries. `closed`: it failed too few times for that.
    #[schema(example = "open")]
    pub state: &'static str,
    /// Failures in a row.
    pub failures: i32,
    /// Until when its bulk jobs are held back.
    pub open_until: Option<Timestamp>,
    /// Since when it fails.
    pub failing_since: Timestamp,
    /// Why the last job failed.
    pub last_error: String,
    /// What to do about that.
    pub remedy: Option<String>,
}

impl From<(GatewayCircuit, String)> for QueueCircuit {
    fn from((circuit, gateway_name): (GatewayCircuit, String)) -> Self {
        let state = match circuit.open_until {
            None => "closed",
            Some(until) if until > Timestamp::now() => "open",
            Some(_) => "half_open",
        };
        Self {
            gateway_id: circuit.gateway_id,
            gateway_name,
            state,
            failures: circuit.failures,
            open_until: circuit.open_until,
            failing_since: circuit.failing_since,
            last_error: circuit.last_error,
            remedy: circuit.remedy,
        }
    }
}

/// A periodic job.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueSchedule {
    /// Name.
    #[schema(example = "prune")]
    pub name: String,
    /// When it runs, in UTC.
    #[schema(example = "17 * * * *")]
    pub cron: String,
    /// When it ran last.
    pub last_run_at: Option<Timestamp>,
    /// When it runs next.
    pub next_run_at: Timestamp,
    /// The job of the last run.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub last_job_id: Option<JobId>,
}

impl From<Schedule> for QueueSchedule {
    fn from(schedule: Schedule) -> Self {
        Self {
            name: schedule.name,
            cron: schedule.cron,
            last_run_at: schedule.last_run_at,
            next_run_at: schedule.next_run_at,
            last_job_id: schedule.last_job_id,
        }
    }
}

/// Read the state of the queue
#[utoipa::path(
    tag = "jobs",
    operation_id = "queue_read",
    security(("user" = [])),
    responses((status = 200, description = "The state of the queue.", body = QueueRead))
)]
#[get("/queue")]
async fn read(admin: OrgAdmin, state: web::Data<State>) -> ApiResult<Json<QueueRead>> {
    let organization = admin.caller().organization;
    let backend = if state.settings.queue.redis_url.is_some() { "redis" } else { "in-process" };
    let healthy = state.fleet.queue().health().await.is_ok();
    let minute = Duration::from_secs(60);
    let read: Result<QueueRead, StoreError> = state
        .db
        .read(move |conn| {
            Ok(QueueRead {
                backend,
                healthy,
                lanes: jobs::depths(conn, Some(organization))?.into_iter().map(Into::into).collect(),
                throughput: QueueThroughput {
                    last_minute: jobs::throughput(conn, Some(organization), minute)?.into(),
                    last_hour: jobs::throughput(conn, Some(organization), 60 * minute)?.into(),
                },
                workers: leases::workers(conn, Timestamp::now())?
                    .into_iter()
                    .take(NAMED)
                    .map(Into::into)
                    .collect(),
                circuits: circuits::of_organization(conn, organization)?
                    .into_iter()
                    .take(NAMED)
                    .map(Into::into)
                    .collect(),
                schedules: schedules::all(conn)?.into_iter().map(Into::into).collect(),
            })
        })
        .await;
    Ok(Json(read?))
}
