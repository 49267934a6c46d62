//! What came of runs, and the progress of agents.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, ApprovalId, BoardId, RunId};
use mission_control_core::limits::RUN_STEPS;
use mission_control_core::models::{
    AgentProgress, BoardBreaker, MessageKind, Run, RunVerdict, StepState, TaskStatus,
};
use mission_control_core::rules::breaker::{Facts, Judged};
use mission_control_core::schema::{
    activity_events, agent_messages, agent_progress, approvals, board_breakers, board_group_memory,
    board_memory, run_steps, runs, tasks,
};
use mission_control_core::time::Timestamp;

use crate::among::{among, not_among};
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// Messages that are no news for an agent: somebody urges, or nobody said them.
const NO_NEWS: [MessageKind; 3] = [MessageKind::Nudge, MessageKind::Notice, MessageKind::Webhook];

/// The runs that ended before `before` and of which it is not known what came of them, the oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn unjudged(conn: &mut Conn, before: Timestamp, limit: i64) -> StoreResult<Vec<Run>> {
    Ok(runs::table
        .filter(runs::verdict.is_null())
        .filter(runs::ended_at.lt(before))
        .order((runs::ended_at.asc(), runs::id.asc()))
        .limit(limit)
        .select(runs::all_columns)
        .load(conn)?)
}

/// What an agent left behind from `from` to `to`: tasks, comments, notes and approvals; and the steps of the run that are
/// unlike those of its runs since `lately`.
///
/// # Errors
/// The database's.
pub fn facts(
    conn: &mut Conn,
    run: &Run,
    from: Timestamp,
    to: Timestamp,
    lately: Timestamp,
) -> StoreResult<Facts> {
    let agent = run.agent_id;
    let acted: i64 = activity_events::table
        .filter(activity_events::agent_id.eq(agent))
        .filter(activity_events::created_at.between(from, to))
        .filter(activity_events::event_type.like("task.%"))
        .count()
        .get_result(conn)?;
    let noted: i64 = board_memory::table
        .filter(board_memory::agent_id.eq(agent))
        .filter(board_memory::created_at.between(from, to))
        .filter(board_memory::is_chat.eq(false))
        .count()
        .get_result(conn)?;
    let shared: i64 = board_group_memory::table
        .filter(board_group_memory::agent_id.eq(agent))
        .filter(board_group_memory::created_at.between(from, to))
        .filter(board_group_memory::is_chat.eq(false))
        .count()
        .get_result(conn)?;
    let asked: i64 = approvals::table
        .filter(approvals::agent_id.eq(agent))
        .filter(approvals::created_at.between(from, to))
        .count()
        .get_result(conn)?;
    Ok(Facts { strong: acted + noted + shared + asked, weak: new_steps(conn, run, lately)? })
}

type Step = (String, Option<String>, Option<String>);

fn new_steps(conn: &mut Conn, run: &Run, lately: Timestamp) -> StoreResult<i64> {
    let what = (run_steps::name, run_steps::arguments, run_steps::output_tail);
    let steps: Vec<Step> = run_steps::table
        .filter(run_steps::run_id.eq(run.id))
        .filter(run_steps::state.eq(StepState::Done))
        .select(what)
        .load(conn)?;
    if steps.is_empty() {
        return Ok(0);
    }
    let others: Vec<RunId> = runs::table
        .filter(runs::agent_id.eq(run.agent_id))
        .filter(runs::created_at.ge(lately))
        .filter(runs::created_at.lt(run.created_at))
        .filter(runs::id.ne(run.id))
        .order(runs::created_at.desc())
        .limit(OTHERS)
        .select(runs::id)
        .load(conn)?;
    let known: Vec<Step> = run_steps::table
        .filter(among(run_steps::run_id, &others))
        .limit(RUN_STEPS)
        .select(what)
        .load(conn)?;
    Ok(i64::try_from(steps.iter().filter(|step| !known.contains(step)).count()).unwrap_or(i64::MAX))
}

/// Runs with whose steps those of a run are compared.
const OTHERS: i64 = 50;

/// Writes down what came of a run.
///
/// # Errors
/// The database's.
pub fn judge(tx: &mut Tx<'_>, run: RunId, verdict: RunVerdict) -> StoreResult<()> {
    diesel::update(runs::table.find(run)).set(runs::verdict.eq(verdict)).execute(&mut **tx)?;
    Ok(())
}

/// The runs of an agent since `from` of which it is known what came of them, newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn judged(conn: &mut Conn, agent: AgentId, from: Timestamp, limit: i64) -> StoreResult<Vec<Judged>> {
    let rows: Vec<Run> = runs::table
        .filter(runs::agent_id.eq(agent))
        .filter(runs::created_at.ge(from))
        .filter(runs::verdict.is_not_null())
        .order((runs::created_at.desc(), runs::id.desc()))
        .limit(limit)
        .select(runs::all_columns)
        .load(conn)?;
    let tokens = |run: &Run| {
        [run.input_tokens, run.output_tokens, run.cache_read_tokens, run.cache_write_tokens]
            .into_iter()
            .fold(0, i64::saturating_add)
    };
    Ok(rows
        .iter()
        .filter_map(|run| Some(Judged { id: run.id, verdict: run.verdict?, tokens: tokens(run) }))
        .collect())
}

/// When an agent was last told something that is news for it, by a person or by the work itself.
///
/// # Errors
/// The database's.
pub fn last_news(conn: &mut Conn, agent: AgentId) -> StoreResult<Option<Timestamp>> {
    Ok(agent_messages::table
        .filter(agent_messages::agent_id.eq(agent))
        .filter(agent_messages::from_agent_id.is_null())
        .filter(not_among(agent_messages::kind, &NO_NEWS))
        .order(agent_messages::created_at.desc())
        .select(agent_messages::created_at)
        .first(conn)
        .optional()?)
}

/// Whether there is work for an agent: a task of its own that is begun or waits, or one of its board that nobody has.
///
/// # Errors
/// The database's.
pub fn has_work(conn: &mut Conn, board: BoardId, agent: AgentId) -> StoreResult<bool> {
    let open = tasks::table
        .filter(tasks::board_id.eq(board))
        .filter(among(tasks::status, &[TaskStatus::Inbox, TaskStatus::InProgress]))
        .filter(tasks::assigned_agent_id.eq(agent).or(tasks::assigned_agent_id.is_null()));
    let count: i64 = open.count().get_result(conn)?;
    Ok(count > 0)
}

/// The breaker of a board, if somebody changed it.
///
/// # Errors
/// The database's.
pub fn of_board(conn: &mut Conn, board: BoardId) -> StoreResult<Option<BoardBreaker>> {
    Ok(board_breakers::table.find(board).select(board_breakers::all_columns).first(conn).optional()?)
}

/// Writes the breaker of a board.
///
/// # Errors
/// The database's.
pub fn save(tx: &mut Tx<'_>, breaker: &BoardBreaker) -> StoreResult<()> {
    let updated =
        diesel::update(board_breakers::table.find(breaker.board_id)).set(breaker).execute(&mut **tx)?;
    if updated == 0 {
        diesel::insert_into(board_breakers::table).values(breaker).execute(&mut **tx)?;
    }
    Ok(())
}

/// What is known of an agent's progress.
///
/// # Errors
/// The database's.
pub fn progress(conn: &mut Conn, agent: AgentId) -> StoreResult<Option<AgentProgress>> {
    Ok(agent_progress::table.find(agent).select(agent_progress::all_columns).first(conn).optional()?)
}

/// The agent whose approval asks whether it goes on.
///
/// # Errors
/// The database's.
pub fn of_approval(conn: &mut Conn, approval: ApprovalId) -> StoreResult<Option<AgentProgress>> {
    Ok(agent_progress::table
        .filter(agent_progress::approval_id.eq(approval))
        .select(agent_progress::all_columns)
        .first(conn)
        .optional()?)
}

/// Writes what is known of an agent's progress.
///
/// # Errors
/// The database's.
pub fn save_progress(tx: &mut Tx<'_>, progress: &AgentProgress) -> StoreResult<()> {
    let updated =
        diesel::update(agent_progress::table.find(progress.agent_id)).set(progress).execute(&mut **tx)?;
    if updated == 0 {
        diesel::insert_into(agent_progress::table).values(progress).execute(&mut **tx)?;
    }
    Ok(())
}
