//! Jobs and leases.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{AgentId, BoardId, GatewayId, JobId, OrganizationId};
use crate::reason::Reason;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// Where a job is in its life.
    stored JobState {
        /// Waits for `run_at` and a worker.
        Queued = "queued",
        /// Leased by a worker until `lease_until`.
        Running = "running",
        /// Finished with a result.
        Succeeded = "succeeded",
        /// Failed for the last time; a person may queue it again.
        Dead = "dead",
        /// Taken back before it finished.
        Cancelled = "cancelled",
    }
}

impl JobState {
    /// No worker will touch the job any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Dead | Self::Cancelled)
    }
}

text_enum! {
    /// Which workers take a job.
    stored Lane {
        /// Somebody waits for the outcome.
        Interactive = "interactive",
        /// Nobody waits.
        Bulk = "bulk",
    }
}

/// A piece of work that survives crashes: it runs at least once.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::jobs, treat_none_as_default_value = false)]
pub struct Job {
    /// Key, and the message on the lane.
    pub id: JobId,
    /// Which handler runs it, e.g. `agent.provision`.
    pub kind: String,
    /// The handler's arguments.
    pub payload: Value,
    /// Which workers take it.
    pub lane: Lane,
    /// What it works on, e.g. `gateway:<id>`; for people and figures.
    pub group_key: Option<String>,
    /// At most one live (queued or running) job has this key.
    pub dedupe_key: Option<String>,
    /// Where it is in its life.
    pub state: JobState,
    /// How often it was leased: the fence that a late worker fails at.
    pub attempts: i32,
    /// Attempts after which a failure is final.
    pub max_attempts: i32,
    /// Not before this time.
    pub run_at: Timestamp,
    /// Until when the current attempt is alone; then another worker may take it.
    pub lease_until: Option<Timestamp>,
    /// The worker of the current attempt.
    pub leased_by: Option<String>,
    /// Percent done, as the handler reports.
    pub progress: i32,
    /// What the handler is doing.
    pub progress_message: Option<String>,
    /// The handler's answer.
    pub result: Option<Value>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Whose it is.
    pub organization_id: Option<OrganizationId>,
    /// When it was enqueued.
    pub created_at: Timestamp,
    /// When it was first leased.
    pub started_at: Option<Timestamp>,
    /// When it reached a final state.
    pub finished_at: Option<Timestamp>,
    /// Which form of its kind's payload this is; workers postpone forms that they do not know.
    pub version: i32,
    /// The agent it is about.
    pub agent_id: Option<AgentId>,
    /// The board it is about.
    pub board_id: Option<BoardId>,
    /// The gateway it talks to: jobs of one gateway do not delay those of others.
    pub gateway_id: Option<GatewayId>,
    /// When somebody wanted the running job stopped.
    pub cancel_requested_at: Option<Timestamp>,
    /// Attempts that ended with their worker, not with an answer, since the job last got any further. They do not count
    /// as attempts.
    pub deaths: i32,
    /// What to do about `last_error`.
    pub remedy: Option<String>,
    /// The request that caused it, directly or through another job.
    pub request_id: Option<String>,
}

impl Job {
    /// Why the last attempt failed.
    pub fn failure(&self) -> Option<Reason> {
        self.last_error.as_ref().map(|cause| Reason::new(cause, self.remedy.as_ref()))
    }
}

/// A named lease: the right of one process to do something alone for a while.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::leases, primary_key(name), treat_none_as_default_value = false)]
pub struct Lease {
    /// What is leased, e.g. `gateway-link`.
    pub name: String,
    /// Who has it.
    pub holder: String,
    /// Until when, unless renewed.
    pub expires_at: Timestamp,
    /// Since when the holder has it.
    pub acquired_at: Timestamp,
}

/// When a periodic job ran last and runs next.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::schedules, primary_key(name), treat_none_as_default_value = false)]
pub struct Schedule {
    /// Which one, e.g. `prune`.
    pub name: String,
    /// When it runs, in UTC, as a cron pattern.
    pub cron: String,
    /// When it runs next; in the past when nobody was there to run it.
    pub next_run_at: Timestamp,
    /// When it ran last.
    pub last_run_at: Option<Timestamp>,
    /// The job of the last run.
    pub last_job_id: Option<JobId>,
}

/// A gateway whose jobs fail because it is away. Open, it holds its bulk jobs back.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::gateway_circuits, primary_key(gateway_id), treat_none_as_default_value = false)]
pub struct GatewayCircuit {
    /// The gateway.
    pub gateway_id: GatewayId,
    /// Jobs that failed in a row.
    pub failures: i32,
    /// Until when bulk jobs are held back; then one of them tries. None while the failures are few.
    pub open_until: Option<Timestamp>,
    /// Why the last one failed.
    pub last_error: String,
    /// Since when they fail.
    pub failing_since: Timestamp,
    /// What to do about `last_error`.
    pub remedy: Option<String>,
}
