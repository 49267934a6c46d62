//! Jobs: pieces of work that survive crashes.
//!
//! A job is written in the transaction that wants it. A worker takes it with [`lease`], which counts an attempt; the
//! number of the attempt is the fence that everything which ends or prolongs it asks for. A worker that was too slow, whose job was leased again meanwhile, holds an old number and is refused (`false`). So a job is finished
//! once, though it may be begun more than once: handlers are idempotent.
//!
//! Lanes only say "look now"; what is [`due`] is found here even when every message was lost.

mod attempt;
mod look;
mod news;

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId, JobId, OrganizationId};
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_core::schema::{agents, boards, jobs};
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use serde_json::Value;

use crate::among::among;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;

use news::{announce, announce_new, announce_order};

pub use attempt::{
    Candidate, Renewal, bury, cancelled, candidates, checkpoint, complete, excuse, lease, postpone, progress,
    renew, retry_at,
};
pub use look::{
    Due, JobFilter, LaneDepth, Throughput, ahead, counts, depths, died_since, due, due_of, failed_about,
    find, list, live, live_about, throughput, waiting_among,
};

/// A job to enqueue. `NewJob::new` makes one for the interactive lane, to run now, with three attempts.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Which handler runs it, e.g. `agent.provision`.
    pub kind: String,
    /// The handler's arguments.
    pub payload: Value,
    /// Which workers take it.
    pub lane: Lane,
    /// What it works on; for people and figures.
    pub group_key: Option<String>,
    /// While a job with this key is queued or running, enqueueing another one returns that job.
    pub dedupe_key: Option<String>,
    /// Attempts after which a failure is final.
    pub max_attempts: i32,
    /// Not before this time.
    pub run_at: Timestamp,
    /// Whose it is.
    pub organization_id: Option<OrganizationId>,
    /// Which form of its kind's payload this is.
    pub version: i32,
    /// The agent it is about.
    pub agent_id: Option<AgentId>,
    /// The board it is about; known without being said when there is an agent.
    pub board_id: Option<BoardId>,
    /// The gateway it talks to; known without being said when there is an agent or a board.
    pub gateway_id: Option<GatewayId>,
}

impl NewJob {
    /// A job of this kind with these arguments.
    pub fn new(kind: impl Into<String>, payload: Value) -> Self {
        Self {
            kind: kind.into(),
            payload,
            lane: Lane::Interactive,
            group_key: None,
            dedupe_key: None,
            max_attempts: 3,
            run_at: Timestamp::now(),
            organization_id: None,
            version: 1,
            agent_id: None,
            board_id: None,
            gateway_id: None,
        }
    }
}

/// Enqueues a job and returns its id, or the id of the live job with the same `dedupe_key`. A queued one is brought
/// forward when the new one is to run earlier.
///
/// The job is caused by the [request](crate::request) on whose behalf the transaction is written, which can say afterwards
/// what it [booked](crate::request::Origin::booked).
///
/// # Errors
/// The database's.
pub fn enqueue(tx: &mut Tx<'_>, mut new: NewJob) -> StoreResult<JobId> {
    locate(tx, &mut new)?;
    let job = Job { request_id: tx.request().map(str::to_owned), ..row(new) };
    // The live job may finish between the refused insert and the look for it; then the key is free again.
    for _ in 0..5 {
        let insert = diesel::insert_into(jobs::table).values(&job);
        let inserted = match &mut **tx {
            Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
            Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
        };
        if inserted == 1 {
            announce_new(tx, &job);
            tx.book(job.id);
            tx.wake(Wakeup::JobQueued { id: job.id, lane: job.lane, run_at: job.run_at });
            return Ok(job.id);
        }
        if let Some(key) = &job.dedupe_key
            && let Some(live) = live(tx, key)?
        {
            bring_forward(tx, live.id, job.run_at)?;
            announce_order(tx, &live);
            tx.book(live.id);
            return Ok(live.id);
        }
    }
    Err(StoreError::Busy(format!("job {} is enqueued elsewhere at the same time", job.kind)))
}

fn row(new: NewJob) -> Job {
    Job {
        id: JobId::random(),
        kind: new.kind,
        payload: new.payload,
        lane: new.lane,
        group_key: new.group_key,
        dedupe_key: new.dedupe_key,
        state: JobState::Queued,
        attempts: 0,
        max_attempts: new.max_attempts,
        run_at: new.run_at,
        lease_until: None,
        leased_by: None,
        progress: 0,
        progress_message: None,
        result: None,
        last_error: None,
        organization_id: new.organization_id,
        created_at: Timestamp::now(),
        started_at: None,
        finished_at: None,
        version: new.version,
        agent_id: new.agent_id,
        board_id: new.board_id,
        gateway_id: new.gateway_id,
        cancel_requested_at: None,
        deaths: 0,
        remedy: None,
        request_id: None,
    }
}

/// Completes what the job is about: an agent has a board and a gateway, a board has a gateway.
fn locate(conn: &mut Conn, new: &mut NewJob) -> StoreResult<()> {
    if let (Some(agent), None) = (new.agent_id, new.gateway_id) {
        let place = agents::table
            .find(agent)
            .select((agents::board_id, agents::gateway_id))
            .first::<(Option<BoardId>, GatewayId)>(conn)
            .optional()?;
        if let Some((board, gateway)) = place {
            new.board_id = new.board_id.or(board);
            new.gateway_id = Some(gateway);
        }
    }
    if let (Some(board), None) = (new.board_id, new.gateway_id) {
        let gateway = boards::table.find(board).select(boards::gateway_id).first(conn).optional()?;
        new.gateway_id = gateway.flatten();
    }
    Ok(())
}

/// Brings the oldest queued job of a group forward, so that it runs at `run_at`: what it waited for is over.
///
/// # Errors
/// The database's.
pub fn hasten_next(tx: &mut Tx<'_>, group_key: &str, run_at: Timestamp) -> StoreResult<()> {
    let next = jobs::table
        .filter(jobs::group_key.eq(group_key))
        .filter(jobs::state.eq(JobState::Queued))
        .order((jobs::created_at.asc(), jobs::id.asc()))
        .select(jobs::id)
        .first(&mut **tx)
        .optional()?;
    next.map_or(Ok(()), |id| bring_forward(tx, id, run_at))
}

fn bring_forward(tx: &mut Tx<'_>, id: JobId, run_at: Timestamp) -> StoreResult<()> {
    let later = jobs::table.find(id).filter(jobs::state.eq(JobState::Queued)).filter(jobs::run_at.gt(run_at));
    let moved = diesel::update(later)
        .set(jobs::run_at.eq(run_at))
        .returning(jobs::lane)
        .get_result::<Lane>(&mut **tx)
        .optional()?;
    if let Some(lane) = moved {
        tx.book(id);
        tx.wake(Wakeup::JobQueued { id, lane, run_at });
    }
    Ok(())
}

/// Lets the queued jobs of a kind and group run now.
///
/// # Errors
/// The database's.
pub fn release(tx: &mut Tx<'_>, kind: &str, group_key: &str) -> StoreResult<()> {
    let now = Timestamp::now();
    let waiting = jobs::table
        .filter(jobs::kind.eq(kind))
        .filter(jobs::group_key.eq(group_key))
        .filter(jobs::state.eq(JobState::Queued))
        .select(jobs::id);
    for id in waiting.load::<JobId>(&mut **tx)? {
        bring_forward(tx, id, now)?;
    }
    Ok(())
}

/// What became of a job that was to be cancelled.
#[derive(Debug, Clone, PartialEq)]
pub enum Cancellation {
    /// No worker had it; it is cancelled.
    Done(Job),
    /// Its worker has been asked to stop it.
    Requested(Job),
    /// It had ended, or never was.
    TooLate,
}

/// Takes back a job that has not ended: at once when it is queued. A running one is asked to stop; it ends when its
/// handler does, and at the latest when its worker loses patience.
///
/// # Errors
/// The database's.
pub fn cancel(tx: &mut Tx<'_>, id: JobId) -> StoreResult<Cancellation> {
    let now = Timestamp::now();
    match lock(tx, id)?.map(|job| job.state) {
        Some(JobState::Queued) => {
            let job = diesel::update(jobs::table.find(id))
                .set((jobs::state.eq(JobState::Cancelled), jobs::finished_at.eq(now)))
                .returning(jobs::all_columns)
                .get_result(&mut **tx)?;
            announce(tx, &job);
            tx.wake(Wakeup::JobFinished { id });
            Ok(Cancellation::Done(job))
        }
        Some(JobState::Running) => {
            let job = diesel::update(jobs::table.find(id))
                .set(jobs::cancel_requested_at.eq(now))
                .returning(jobs::all_columns)
                .get_result(&mut **tx)?;
            announce(tx, &job);
            tx.wake(Wakeup::JobCancelRequested { id });
            Ok(Cancellation::Requested(job))
        }
        Some(JobState::Succeeded | JobState::Dead | JobState::Cancelled | JobState::Foreign(_)) | None => {
            Ok(Cancellation::TooLate)
        }
    }
}

fn lock(tx: &mut Tx<'_>, id: JobId) -> StoreResult<Option<Job>> {
    let query = jobs::table.find(id).select(jobs::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Queues a job again that is dead or was cancelled, with fresh attempts: a person removed the cause. `None` when it is
/// neither.
///
/// # Errors
/// [`StoreError::Duplicate`] when a job with its `dedupe_key` is live; the database's.
pub fn requeue(tx: &mut Tx<'_>, id: JobId) -> StoreResult<Option<Job>> {
    let now = Timestamp::now();
    let ended = jobs::table.find(id).filter(among(jobs::state, &[JobState::Dead, JobState::Cancelled]));
    let queued: Option<Job> = diesel::update(ended)
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::max_attempts.eq(jobs::max_attempts + jobs::attempts),
            jobs::deaths.eq(0),
            jobs::run_at.eq(now),
            jobs::progress.eq(0),
            jobs::leased_by.eq(None::<String>),
            jobs::cancel_requested_at.eq(None::<Timestamp>),
            jobs::finished_at.eq(None::<Timestamp>),
        ))
        .returning(jobs::all_columns)
        .get_result(&mut **tx)
        .optional()?;
    if let Some(job) = &queued {
        announce(tx, job);
        tx.book(id);
        tx.wake(Wakeup::JobQueued { id, lane: job.lane, run_at: now });
    }
    Ok(queued)
}

/// Deletes jobs that ended in one of these `states` before `before`, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, states: &[JobState], before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<JobId> = jobs::table
        .filter(among(jobs::state, states))
        .filter(jobs::finished_at.lt(before))
        .limit(limit)
        .select(jobs::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(jobs::table.filter(among(jobs::id, &old))).execute(&mut **tx)?)
}
