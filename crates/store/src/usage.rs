//! The ledger of what models used.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId, RunId, TaskId, UsageEntryId};
use mission_control_core::models::UsageEntry;
use mission_control_core::schema::usage_entries;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::tx::Tx;

/// Sums, each of one column. The cast keeps PostgreSQL from widening them.
const CALLS: &str = "CAST(COALESCE(SUM(calls), 0) AS bigint)";
const INPUT: &str = "CAST(COALESCE(SUM(input_tokens), 0) AS bigint)";
const OUTPUT: &str = "CAST(COALESCE(SUM(output_tokens), 0) AS bigint)";
const CACHE_READ: &str = "CAST(COALESCE(SUM(cache_read_tokens), 0) AS bigint)";
const CACHE_WRITE: &str = "CAST(COALESCE(SUM(cache_write_tokens), 0) AS bigint)";
const COST: &str = "CAST(SUM(cost_micros) AS bigint)";
const UNPRICED: &str =
    "CAST(COALESCE(SUM(CASE WHEN cost_micros IS NULL THEN calls ELSE 0 END), 0) AS bigint)";
const RUNS: &str = "CAST(COUNT(DISTINCT run_id) AS bigint)";

/// What entries are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsageBy {
    /// The day, UTC.
    Day,
    /// The agent.
    Agent,
    /// The board.
    Board,
    /// The task.
    Task,
    /// Who runs the model.
    Provider,
    /// The model.
    Model,
}

impl UsageBy {
    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "day" => Self::Day,
            "agent" => Self::Agent,
            "board" => Self::Board,
            "task" => Self::Task,
            "provider" => Self::Provider,
            "model" => Self::Model,
            _ => return None,
        })
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Agent => "CAST(agent_id AS text)",
            Self::Board => "COALESCE(CAST(board_id AS text), '')",
            Self::Task => "COALESCE(CAST(task_id AS text), '')",
            Self::Provider => "provider",
            Self::Model => "model",
        }
    }
}

/// Which entries of an organization are added.
#[derive(Debug, Clone)]
pub struct UsageFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The boards whose use is seen; nothing for all of them, those that are gone included.
    pub boards: Option<Vec<BoardId>>,
    /// Whether the use of agents without a board is seen.
    pub without_board: bool,
    /// Only that of this agent.
    pub agent_id: Option<AgentId>,
    /// Only that on this board.
    pub board_id: Option<BoardId>,
    /// Only that about this task.
    pub task_id: Option<TaskId>,
    /// Only that of this provider.
    pub provider: Option<String>,
    /// Only that of this model.
    pub model: Option<String>,
    /// From this time.
    pub from: Timestamp,
    /// Until before this time.
    pub to: Timestamp,
}

/// What was used, of one group.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct UsageSum {
    /// What tells the group from others, by what was asked for; blank beyond.
    pub keys: (String, String, String),
    /// Calls of models.
    pub calls: i64,
    /// Tokens read, and not from a cache.
    pub input_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Tokens read from the provider's cache.
    pub cache_read_tokens: i64,
    /// Tokens written to the provider's cache.
    pub cache_write_tokens: i64,
    /// The cost in millionths of a US dollar; none where nothing has a price.
    pub cost_micros: Option<i64>,
    /// Calls without a price.
    pub unpriced_calls: i64,
    /// Runs that they were made in.
    pub runs: i64,
}

/// Adds an entry; false when the fact is known already.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, entry: &UsageEntry) -> StoreResult<bool> {
    let insert = diesel::insert_into(usage_entries::table).values(entry);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}

/// What a model used in a session, by the ledger: input, output, cache read, cache write, cost.
///
/// # Errors
/// The database's.
pub fn of_session(
    conn: &mut Conn,
    gateway: GatewayId,
    session: &str,
    provider: &str,
    model: &str,
) -> StoreResult<(i64, i64, i64, i64, Option<i64>)> {
    Ok(usage_entries::table
        .filter(usage_entries::gateway_id.eq(gateway))
        .filter(usage_entries::session_id.eq(session))
        .filter(usage_entries::provider.eq(provider))
        .filter(usage_entries::model.eq(model))
        .select((
            sql::<BigInt>(INPUT),
            sql::<BigInt>(OUTPUT),
            sql::<BigInt>(CACHE_READ),
            sql::<BigInt>(CACHE_WRITE),
            sql::<Nullable<BigInt>>(COST),
        ))
        .first(conn)?)
}

/// What a run used.
///
/// # Errors
/// The database's.
pub fn of_run(conn: &mut Conn, run: RunId) -> StoreResult<(i64, i64, i64, i64, i64, Option<i64>)> {
    Ok(usage_entries::table
        .filter(usage_entries::run_id.eq(run))
        .select((
            sql::<BigInt>(CALLS),
            sql::<BigInt>(INPUT),
            sql::<BigInt>(OUTPUT),
            sql::<BigInt>(CACHE_READ),
            sql::<BigInt>(CACHE_WRITE),
            sql::<Nullable<BigInt>>(COST),
        ))
        .first(conn)?)
}

/// What was used, by what is asked for, in the order of the groups' keys, at most `limit` groups.
///
/// # Errors
/// The database's.
pub fn sums(
    conn: &mut Conn,
    filter: &UsageFilter,
    by: [Option<UsageBy>; 3],
    limit: i64,
) -> StoreResult<Vec<UsageSum>> {
    // PostgreSQL takes no constant to group by; an expression that is always blank it does.
    let key = |by: Option<UsageBy>| sql::<Text>(by.map_or("('' || '')", UsageBy::column));
    let [first, second, third] = by;
    let mut query = usage_entries::table
        .group_by((key(first), key(second), key(third)))
        .select((
            (key(first), key(second), key(third)),
            sql::<BigInt>(CALLS),
            sql::<BigInt>(INPUT),
            sql::<BigInt>(OUTPUT),
            sql::<BigInt>(CACHE_READ),
            sql::<BigInt>(CACHE_WRITE),
            sql::<Nullable<BigInt>>(COST),
            sql::<BigInt>(UNPRICED),
            sql::<BigInt>(RUNS),
        ))
        .filter(usage_entries::organization_id.eq(filter.organization_id))
        .filter(usage_entries::occurred_at.ge(filter.from))
        .filter(usage_entries::occurred_at.lt(filter.to))
        .order((key(first), key(second), key(third)))
        .limit(limit)
        .into_boxed::<MultiBackend>();
    query = match (&filter.boards, filter.without_board) {
        (None, true) => query,
        (None, false) => query.filter(usage_entries::board_id.is_not_null()),
        (Some(boards), true) => {
            query.filter(among(usage_entries::board_id, boards).or(usage_entries::board_id.is_null()))
        }
        (Some(boards), false) => query.filter(among(usage_entries::board_id, boards)),
    };
    if let Some(agent) = filter.agent_id {
        query = query.filter(usage_entries::agent_id.eq(agent));
    }
    if let Some(board) = filter.board_id {
        query = query.filter(usage_entries::board_id.eq(board));
    }
    if let Some(task) = filter.task_id {
        query = query.filter(usage_entries::task_id.eq(task));
    }
    if let Some(provider) = filter.provider.clone() {
        query = query.filter(usage_entries::provider.eq(provider));
    }
    if let Some(model) = filter.model.clone() {
        query = query.filter(usage_entries::model.eq(model));
    }
    Ok(query.load(conn)?)
}

/// Deletes entries of before `before`, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<UsageEntryId> = usage_entries::table
        .filter(usage_entries::occurred_at.lt(before))
        .limit(limit)
        .select(usage_entries::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(usage_entries::table.filter(among(usage_entries::id, &old))).execute(&mut **tx)?)
}
