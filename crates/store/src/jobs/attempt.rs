//! One attempt at a job, from lease to outcome.

use std::time::Duration;

use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_core::reason::Reason;
use mission_control_core::schema::{gateway_circuits as circuits, jobs};
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use serde_json::Value;

use super::news::announce;
use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The job, if `$attempt` is still the running one.
macro_rules! running {
    ($id:expr, $attempt:expr) => {
        jobs::table.find($id).filter(jobs::state.eq(JobState::Running)).filter(jobs::attempts.eq($attempt))
    };
}

/// Jobs that a worker may take at `$now`: queued and due, or left by a worker whose lease ran out.
macro_rules! takeable {
    ($now:expr) => {
        jobs::state
            .eq(JobState::Queued)
            .and(jobs::run_at.le($now))
            .or(jobs::state.eq(JobState::Running).and(jobs::lease_until.le($now)))
    };
}

/// A job that may be leased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Candidate {
    /// The job.
    pub id: JobId,
    /// Its lane.
    pub lane: Lane,
    /// The gateway it talks to.
    pub gateway_id: Option<GatewayId>,
    /// Until when the circuit of that gateway holds bulk jobs back, should it have opened and not closed since; when that is
    /// past, it may be probed.
    pub open_until: Option<Timestamp>,
}

/// Those of `ids` that may be leased now: not those that are finished, not due, somebody else's, or about to be leased
/// by another worker. Until the transaction ends they stay as they are.
///
/// # Errors
/// The database's.
pub fn candidates(tx: &mut Tx<'_>, ids: &[JobId]) -> StoreResult<Vec<Candidate>> {
    let now = Timestamp::now();
    let circuit = circuits::table.filter(circuits::gateway_id.nullable().eq(jobs::gateway_id));
    let query = jobs::table
        .filter(among(jobs::id, ids))
        .filter(takeable!(now))
        .order((jobs::run_at.asc(), jobs::id.asc()))
        .select((
            jobs::id,
            jobs::lane,
            jobs::gateway_id,
            circuit.select(circuits::open_until.assume_not_null()).single_value(),
        ));
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().skip_locked().load(pg)?,
        Conn::Sqlite(sqlite) => query.load(sqlite)?,
    })
}

/// Takes those of `ids` for `duration` that are queued and due, or whose worker let its lease run out. Returns them with
/// their attempt counted.
///
/// Where a worker did not live to say how its attempt ended, that attempt is a death: another is allowed instead, and
/// `deaths` counts it, so that the caller can [`bury`] a job that kills whoever runs it. One whose `cancel_requested_at`
/// is set is to be [`cancelled`], not run.
///
/// # Errors
/// The database's.
pub fn lease(tx: &mut Tx<'_>, ids: &[JobId], worker: &str, duration: Duration) -> StoreResult<Vec<Job>> {
    let now = Timestamp::now();
    let left = jobs::state.eq(JobState::Running);
    let died = || case_when(left, 1.into_sql::<Integer>()).otherwise(0.into_sql::<Integer>());
    let leased: Vec<Job> = diesel::update(jobs::table.filter(among(jobs::id, ids)).filter(takeable!(now)))
        .set((
            jobs::state.eq(JobState::Running),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::max_attempts.eq(jobs::max_attempts + died()),
            jobs::deaths.eq(jobs::deaths + died()),
            jobs::lease_until.eq(now.plus(duration)),
            jobs::leased_by.eq(worker),
            jobs::progress.eq(0),
            jobs::progress_message.eq(None::<String>),
            jobs::started_at.eq(now),
        ))
        .returning(jobs::all_columns)
        .get_results(&mut **tx)?;
    for job in &leased {
        announce(tx, job);
    }
    Ok(leased)
}

/// What became of a lease that was to be prolonged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// The attempt goes on.
    Kept,
    /// The attempt goes on, and is to come to an end: somebody wants the job stopped.
    CancelRequested,
    /// The job is somebody else's, or finished.
    Lost,
}

/// Prolongs the lease of an attempt that is still at work.
///
/// # Errors
/// The database's.
pub fn renew(tx: &mut Tx<'_>, id: JobId, attempt: i32, duration: Duration) -> StoreResult<Renewal> {
    let renewed = diesel::update(running!(id, attempt))
        .set(jobs::lease_until.eq(Timestamp::now().plus(duration)))
        .returning(jobs::cancel_requested_at)
        .get_result::<Option<Timestamp>>(&mut **tx)
        .optional()?;
    Ok(match renewed {
        Some(None) => Renewal::Kept,
        Some(Some(_)) => Renewal::CancelRequested,
        None => Renewal::Lost,
    })
}

/// Notes how far an attempt is.
///
/// # Errors
/// The database's.
pub fn progress(tx: &mut Tx<'_>, id: JobId, attempt: i32, percent: i32, message: &str) -> StoreResult<bool> {
    let noted = diesel::update(running!(id, attempt))
        .set((jobs::progress.eq(percent.clamp(0, 100)), jobs::progress_message.eq(message)))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(told(tx, noted.as_ref()))
}

/// Notes how far an attempt is together with what it has done so far, which the next attempt finds in the job's
/// `result` when this one is cut short. A job that gets on does not kill its workers: their deaths are forgotten.
///
/// # Errors
/// The database's.
pub fn checkpoint(
    tx: &mut Tx<'_>,
    id: JobId,
    attempt: i32,
    percent: i32,
    message: &str,
    so_far: Value,
) -> StoreResult<bool> {
    let noted = diesel::update(running!(id, attempt))
        .set((
            jobs::progress.eq(percent.clamp(0, 100)),
            jobs::progress_message.eq(message),
            jobs::result.eq(so_far),
            jobs::deaths.eq(0),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(told(tx, noted.as_ref()))
}

/// The job succeeded.
///
/// # Errors
/// The database's.
pub fn complete(tx: &mut Tx<'_>, id: JobId, attempt: i32, result: Option<Value>) -> StoreResult<bool> {
    let completed = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Succeeded),
            jobs::result.eq(result),
            jobs::progress.eq(100),
            jobs::last_error.eq(None::<String>),
            jobs::remedy.eq(None::<String>),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::finished_at.eq(Timestamp::now()),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(finished(tx, completed.as_ref()))
}

/// The attempt failed and another is to follow at `run_at`.
///
/// # Errors
/// The database's.
pub fn retry_at(
    tx: &mut Tx<'_>,
    id: JobId,
    attempt: i32,
    run_at: Timestamp,
    why: &Reason,
) -> StoreResult<bool> {
    let queued = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::run_at.eq(run_at),
            jobs::last_error.eq(&why.cause),
            jobs::remedy.eq(&why.remedy),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::leased_by.eq(None::<String>),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(queued_again(tx, queued.as_ref()))
}

/// The attempt failed, though not by its own fault, and another is to follow at `run_at`: it does not count.
///
/// # Errors
/// The database's.
pub fn excuse(
    tx: &mut Tx<'_>,
    id: JobId,
    attempt: i32,
    run_at: Timestamp,
    why: &Reason,
) -> StoreResult<bool> {
    let queued = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::run_at.eq(run_at),
            jobs::max_attempts.eq(jobs::max_attempts + 1),
            jobs::last_error.eq(&why.cause),
            jobs::remedy.eq(&why.remedy),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::leased_by.eq(None::<String>),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(queued_again(tx, queued.as_ref()))
}

/// Nothing failed, but the job has to wait until `run_at`, or its worker stops: the attempt does not count.
///
/// # Errors
/// The database's.
pub fn postpone(
    tx: &mut Tx<'_>,
    id: JobId,
    attempt: i32,
    run_at: Timestamp,
    reason: &str,
) -> StoreResult<bool> {
    let queued = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::run_at.eq(run_at),
            jobs::max_attempts.eq(jobs::max_attempts + 1),
            jobs::progress_message.eq(reason),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::leased_by.eq(None::<String>),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(queued_again(tx, queued.as_ref()))
}

/// The job failed for good; people see it and may queue it again.
///
/// # Errors
/// The database's.
pub fn bury(tx: &mut Tx<'_>, id: JobId, attempt: i32, why: &Reason) -> StoreResult<bool> {
    let buried = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Dead),
            jobs::last_error.eq(&why.cause),
            jobs::remedy.eq(&why.remedy),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::finished_at.eq(Timestamp::now()),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(finished(tx, buried.as_ref()))
}

/// The job came to an end because somebody wanted it stopped.
///
/// # Errors
/// The database's.
pub fn cancelled(tx: &mut Tx<'_>, id: JobId, attempt: i32) -> StoreResult<bool> {
    let cancelled = diesel::update(running!(id, attempt))
        .set((
            jobs::state.eq(JobState::Cancelled),
            jobs::lease_until.eq(None::<Timestamp>),
            jobs::finished_at.eq(Timestamp::now()),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    Ok(finished(tx, cancelled.as_ref()))
}

fn told(tx: &mut Tx<'_>, job: Option<&Job>) -> bool {
    if let Some(job) = job {
        announce(tx, job);
    }
    job.is_some()
}

fn finished(tx: &mut Tx<'_>, job: Option<&Job>) -> bool {
    if let Some(job) = job {
        tx.wake(Wakeup::JobFinished { id: job.id });
    }
    told(tx, job)
}

fn queued_again(tx: &mut Tx<'_>, job: Option<&Job>) -> bool {
    if let Some(job) = job {
        tx.wake(Wakeup::JobQueued { id: job.id, lane: job.lane, run_at: job.run_at });
    }
    told(tx, job)
}
