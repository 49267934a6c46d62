//! Runs of agents, and their steps.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId, RunId, TaskId};
use mission_control_core::limits::RUN_STEPS;
use mission_control_core::models::{Run, RunState, RunStep};
use mission_control_core::rules::whom::Whom;
use mission_control_core::schema::{run_steps, runs};
use mission_control_core::time::Timestamp;

use crate::among::{among, not_among};
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// The runs that have not come to an end.
const OPEN: [RunState; 5] =
    [RunState::Queued, RunState::Running, RunState::WaitingApproval, RunState::WaitingInput, RunState::Stale];

/// Which runs of an organization a list shows.
#[derive(Debug, Clone)]
pub struct RunFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The boards whose runs are seen.
    pub boards: Vec<BoardId>,
    /// Whether runs without a board are seen.
    pub without_board: bool,
    /// Only those of this agent.
    pub agent_id: Option<AgentId>,
    /// Only those of this board.
    pub board_id: Option<BoardId>,
    /// Only those about this task.
    pub task_id: Option<TaskId>,
    /// Only those in this state.
    pub state: Option<RunState>,
    /// Only those that have not come to an end, or only those that have.
    pub open: Option<bool>,
    /// Only those that were first heard of at this time or later.
    pub since: Option<Timestamp>,
}

fn filtered(filter: &RunFilter) -> runs::BoxedQuery<'static, MultiBackend> {
    let mut query =
        runs::table.filter(runs::organization_id.eq(filter.organization_id)).into_boxed::<MultiBackend>();
    query = match filter.without_board {
        true => query.filter(among(runs::board_id, &filter.boards).or(runs::board_id.is_null())),
        false => query.filter(among(runs::board_id, &filter.boards)),
    };
    if let Some(agent) = filter.agent_id {
        query = query.filter(runs::agent_id.eq(agent));
    }
    if let Some(board) = filter.board_id {
        query = query.filter(runs::board_id.eq(board));
    }
    if let Some(task) = filter.task_id {
        query = query.filter(runs::task_id.eq(task));
    }
    if let Some(state) = filter.state {
        query = query.filter(runs::state.eq(state));
    }
    query = match filter.open {
        Some(true) => query.filter(among(runs::state, &OPEN)),
        Some(false) => query.filter(not_among(runs::state, &OPEN)),
        None => query,
    };
    if let Some(since) = filter.since {
        query = query.filter(runs::created_at.ge(since));
    }
    query
}

/// The runs that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &RunFilter, page: Page) -> StoreResult<Listing<Run>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, RunId)[desc(runs::created_at), desc(runs::id)],
        runs::all_columns,
        texts ["runs.error"]
    )
}

/// The run of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: RunId) -> StoreResult<Option<Run>> {
    Ok(runs::table.find(id).select(runs::all_columns).first(conn).optional()?)
}

/// The same for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: RunId) -> StoreResult<Option<Run>> {
    let query = runs::table.find(id).select(runs::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// The run that a gateway calls so, for an update.
///
/// # Errors
/// The database's.
pub fn lock_of_gateway(tx: &mut Tx<'_>, gateway: GatewayId, run: &str) -> StoreResult<Option<Run>> {
    let query = runs::table
        .filter(runs::gateway_id.eq(gateway))
        .filter(runs::gateway_run_id.eq(run))
        .select(runs::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// The last run of a session that was heard of before `at`.
///
/// # Errors
/// The database's.
pub fn latest_in(
    conn: &mut Conn,
    gateway: GatewayId,
    session: &str,
    at: Timestamp,
) -> StoreResult<Option<RunId>> {
    Ok(runs::table
        .filter(runs::gateway_id.eq(gateway))
        .filter(runs::session_key.eq(session))
        .filter(runs::created_at.le(at))
        .order((runs::created_at.desc(), runs::id.desc()))
        .select(runs::id)
        .first(conn)
        .optional()?)
}

/// The runs of a gateway that have not come to an end and that nothing was heard of since `before`, those first that are
/// silent for longest, at most `limit`.
///
/// # Errors
/// The database's.
pub fn open_of(conn: &mut Conn, gateway: GatewayId, before: Timestamp, limit: i64) -> StoreResult<Vec<Run>> {
    Ok(runs::table
        .filter(runs::gateway_id.eq(gateway))
        .filter(among(runs::state, &OPEN))
        .filter(runs::last_event_at.le(before))
        .order((runs::last_event_at.asc(), runs::id.asc()))
        .limit(limit)
        .select(runs::all_columns)
        .load(conn)?)
}

/// The runs of these agents that have not come to an end, the newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn open(conn: &mut Conn, whom: Whom, limit: i64) -> StoreResult<Vec<Run>> {
    let mut query = runs::table
        .filter(runs::ended_at.is_null())
        .filter(among(runs::state, &OPEN))
        .into_boxed::<MultiBackend>();
    query = match whom {
        Whom::Organization(id) => query.filter(runs::organization_id.eq(id)),
        Whom::Board(id) => query.filter(runs::board_id.eq(id)),
        Whom::Agent(id) => query.filter(runs::agent_id.eq(id)),
    };
    Ok(query
        .order((runs::created_at.desc(), runs::id.desc()))
        .limit(limit)
        .select(runs::all_columns)
        .load(conn)?)
}

/// Adds a run; false when the gateway's run is there already.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, run: &Run) -> StoreResult<bool> {
    let insert = diesel::insert_into(runs::table).values(run);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}

/// Writes a run as it is now.
///
/// # Errors
/// The database's.
pub fn save(tx: &mut Tx<'_>, run: &Run) -> StoreResult<()> {
    diesel::update(runs::table.find(run.id)).set(run).execute(&mut **tx)?;
    Ok(())
}

/// The first steps of a run, in their order.
///
/// # Errors
/// The database's.
pub fn steps(conn: &mut Conn, run: RunId) -> StoreResult<Vec<RunStep>> {
    Ok(run_steps::table
        .filter(run_steps::run_id.eq(run))
        .order(run_steps::position.asc())
        .limit(RUN_STEPS)
        .select(run_steps::all_columns)
        .load(conn)?)
}

/// One step of a run.
///
/// # Errors
/// The database's.
pub fn step(conn: &mut Conn, run: RunId, key: &str) -> StoreResult<Option<RunStep>> {
    Ok(run_steps::table.find((run, key)).select(run_steps::all_columns).first(conn).optional()?)
}

/// How many steps a run has.
///
/// # Errors
/// The database's.
pub fn count_steps(conn: &mut Conn, run: RunId) -> StoreResult<i64> {
    Ok(run_steps::table.filter(run_steps::run_id.eq(run)).count().get_result(conn)?)
}

/// Writes a step as it is now, whether it is new or not.
///
/// # Errors
/// The database's.
pub fn save_step(tx: &mut Tx<'_>, step: &RunStep) -> StoreResult<()> {
    let updated =
        diesel::update(run_steps::table.find((step.run_id, &step.step_key))).set(step).execute(&mut **tx)?;
    if updated == 0 {
        diesel::insert_into(run_steps::table).values(step).execute(&mut **tx)?;
    }
    Ok(())
}

/// Deletes what was first heard of before `before` and is over, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<RunId> =
        runs::table.filter(runs::created_at.lt(before)).limit(limit).select(runs::id).load(&mut **tx)?;
    Ok(diesel::delete(runs::table.filter(among(runs::id, &old))).execute(&mut **tx)?)
}
