//! Budgets, their windows, and whom they hold.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use mission_control_core::id::{AgentId, ApprovalId, BoardId, BudgetId, OrganizationId};
use mission_control_core::models::{
    AgentPause, Budget, BudgetChanges, BudgetMetric, BudgetStage, BudgetWindow, PauseCause,
};
use mission_control_core::rules::whom::Whom;
use mission_control_core::schema::{agent_pauses, agents, budget_windows, budgets, runs, usage_entries};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// What a metric adds up. The cast keeps PostgreSQL from widening the sum.
const COST: &str = "CAST(COALESCE(SUM(cost_micros), 0) AS bigint)";
const TOKENS: &str =
    "CAST(COALESCE(SUM(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens), 0) AS bigint)";

/// Which budgets of an organization a list shows.
#[derive(Debug, Clone)]
pub struct BudgetFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The boards whose budgets are seen, and those of their agents.
    pub boards: Vec<BoardId>,
    /// Whether those of the organization, and of agents without a board, are seen.
    pub without_board: bool,
}

/// The budgets that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &BudgetFilter, page: Page) -> StoreResult<Listing<Budget>> {
    let filtered = || {
        let on_boards =
            agents::table.filter(among(agents::board_id, &filter.boards)).select(agents::id.nullable());
        let on_none = agents::table.filter(agents::board_id.is_null()).select(agents::id.nullable());
        let of_organization = budgets::table
            .filter(budgets::organization_id.eq(filter.organization_id))
            .into_boxed::<MultiBackend>();
        match filter.without_board {
            true => of_organization.filter(
                among(budgets::board_id, &filter.boards)
                    .or(budgets::agent_id.eq_any(on_boards))
                    .or(budgets::agent_id.eq_any(on_none))
                    .or(budgets::board_id.is_null().and(budgets::agent_id.is_null())),
            ),
            false => of_organization
                .filter(among(budgets::board_id, &filter.boards).or(budgets::agent_id.eq_any(on_boards))),
        }
    };
    listing!(
        conn,
        &page,
        filtered(),
        (Timestamp, BudgetId)[desc(budgets::created_at), desc(budgets::id)],
        budgets::all_columns,
        texts ["budgets.time_zone"]
    )
}

/// The budget of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(conn: &mut Conn, organization: OrganizationId, id: BudgetId) -> StoreResult<Option<Budget>> {
    let found = budgets::table.find(id).select(budgets::all_columns).first(conn).optional()?;
    Ok(found.filter(|budget: &Budget| budget.organization_id == organization))
}

/// The budget of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: BudgetId) -> StoreResult<Option<Budget>> {
    Ok(budgets::table.find(id).select(budgets::all_columns).first(conn).optional()?)
}

/// The same for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: BudgetId) -> StoreResult<Option<Budget>> {
    let query = budgets::table.find(id).select(budgets::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// The budgets that count, of an organization or of all, in one order everywhere.
///
/// # Errors
/// The database's.
pub fn enabled(conn: &mut Conn, organization: Option<OrganizationId>) -> StoreResult<Vec<Budget>> {
    let mut query = budgets::table.filter(budgets::enabled.eq(true)).into_boxed::<MultiBackend>();
    if let Some(organization) = organization {
        query = query.filter(budgets::organization_id.eq(organization));
    }
    Ok(query.order(budgets::id.asc()).select(budgets::all_columns).load(conn)?)
}

/// How many budgets an organization has.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, organization: OrganizationId) -> StoreResult<i64> {
    Ok(budgets::table.filter(budgets::organization_id.eq(organization)).count().get_result(conn)?)
}

/// Adds a budget.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, budget: &Budget) -> StoreResult<()> {
    diesel::insert_into(budgets::table).values(budget).execute(&mut **tx)?;
    Ok(())
}

/// Changes a budget.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: BudgetId, changes: &BudgetChanges) -> StoreResult<Budget> {
    diesel::update(budgets::table.find(id))
        .set((changes, budgets::updated_at.eq(Timestamp::now())))
        .returning(budgets::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("budget"))
}

/// Deletes a budget with its windows.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<'_>, id: BudgetId) -> StoreResult<()> {
    diesel::delete(budgets::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// The windows of these budgets that `at` lies in.
///
/// # Errors
/// The database's.
pub fn windows_at(conn: &mut Conn, budgets: &[BudgetId], at: Timestamp) -> StoreResult<Vec<BudgetWindow>> {
    Ok(budget_windows::table
        .filter(among(budget_windows::budget_id, budgets))
        .filter(budget_windows::starts_at.le(at))
        .filter(budget_windows::ends_at.gt(at))
        .select(budget_windows::all_columns)
        .load(conn)?)
}

/// The windows of a budget, newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn windows(conn: &mut Conn, budget: BudgetId, limit: i64) -> StoreResult<Vec<BudgetWindow>> {
    Ok(budget_windows::table
        .filter(budget_windows::budget_id.eq(budget))
        .order(budget_windows::starts_at.desc())
        .limit(limit)
        .select(budget_windows::all_columns)
        .load(conn)?)
}

/// The window of a budget that begins at `starts_at`, for an update.
///
/// # Errors
/// The database's.
pub fn lock_window(
    tx: &mut Tx<'_>,
    budget: BudgetId,
    starts_at: Timestamp,
) -> StoreResult<Option<BudgetWindow>> {
    let query = budget_windows::table.find((budget, starts_at)).select(budget_windows::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Adds a window, unless it is there.
///
/// # Errors
/// The database's.
pub fn open_window(tx: &mut Tx<'_>, window: &BudgetWindow) -> StoreResult<()> {
    let insert = diesel::insert_into(budget_windows::table).values(window);
    match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(())
}

/// Writes a window as it is now.
///
/// # Errors
/// The database's.
pub fn save_window(tx: &mut Tx<'_>, window: &BudgetWindow) -> StoreResult<()> {
    diesel::update(budget_windows::table.find((window.budget_id, window.starts_at)))
        .set(window)
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes that so much more was used in a window; returns it as it is now, or nothing when it was not opened yet.
///
/// # Errors
/// The database's.
pub fn spend(
    tx: &mut Tx<'_>,
    budget: BudgetId,
    starts_at: Timestamp,
    amount: i64,
) -> StoreResult<Option<BudgetWindow>> {
    Ok(diesel::update(budget_windows::table.find((budget, starts_at)))
        .set(budget_windows::used.eq(budget_windows::used + amount))
        .returning(budget_windows::all_columns)
        .get_result(&mut **tx)
        .optional()?)
}

/// The window whose approval asks whether to go on.
///
/// # Errors
/// The database's.
pub fn window_of_approval(conn: &mut Conn, approval: ApprovalId) -> StoreResult<Option<BudgetWindow>> {
    Ok(budget_windows::table
        .filter(budget_windows::approval_id.eq(approval))
        .select(budget_windows::all_columns)
        .first(conn)
        .optional()?)
}

/// What the agents of a budget used from `from` until before `to`, by the ledger.
///
/// # Errors
/// The database's.
pub fn used(conn: &mut Conn, budget: &Budget, from: Timestamp, to: Timestamp) -> StoreResult<i64> {
    let sum = match budget.metric {
        BudgetMetric::Runs | BudgetMetric::Foreign(_) => return runs_of(conn, budget.whom(), from, to),
        BudgetMetric::Cost => COST,
        BudgetMetric::Tokens => TOKENS,
    };
    let mut query = usage_entries::table
        .filter(usage_entries::occurred_at.ge(from))
        .filter(usage_entries::occurred_at.lt(to))
        .select(sql::<BigInt>(sum))
        .into_boxed::<MultiBackend>();
    query = match budget.whom() {
        Whom::Organization(id) => query.filter(usage_entries::organization_id.eq(id)),
        Whom::Board(id) => query.filter(usage_entries::board_id.eq(id)),
        Whom::Agent(id) => query.filter(usage_entries::agent_id.eq(id)),
    };
    Ok(query.first(conn)?)
}

fn runs_of(conn: &mut Conn, whom: Whom, from: Timestamp, to: Timestamp) -> StoreResult<i64> {
    let mut query = runs::table
        .filter(runs::created_at.ge(from))
        .filter(runs::created_at.lt(to))
        .into_boxed::<MultiBackend>();
    query = match whom {
        Whom::Organization(id) => query.filter(runs::organization_id.eq(id)),
        Whom::Board(id) => query.filter(runs::board_id.eq(id)),
        Whom::Agent(id) => query.filter(runs::agent_id.eq(id)),
    };
    Ok(query.count().get_result(conn)?)
}

/// Notes why an agent is paused; what was known before is forgotten.
///
/// # Errors
/// The database's.
pub fn save_pause(tx: &mut Tx<'_>, pause: &AgentPause) -> StoreResult<()> {
    diesel::delete(agent_pauses::table.find(pause.agent_id)).execute(&mut **tx)?;
    diesel::insert_into(agent_pauses::table).values(pause).execute(&mut **tx)?;
    Ok(())
}

/// An agent is not paused by a rule any more.
///
/// # Errors
/// The database's.
pub fn forget_pause(tx: &mut Tx<'_>, agent: AgentId) -> StoreResult<()> {
    diesel::delete(agent_pauses::table.find(agent)).execute(&mut **tx)?;
    Ok(())
}

/// Why a rule paused an agent, whether it is still paused or not.
///
/// # Errors
/// The database's.
pub fn pause_of(conn: &mut Conn, agent: AgentId) -> StoreResult<Option<AgentPause>> {
    Ok(agent_pauses::table.find(agent).select(agent_pauses::all_columns).first(conn).optional()?)
}

/// Why these budgets paused agents, whether they are still paused or not.
///
/// # Errors
/// The database's.
pub fn pauses(conn: &mut Conn, budgets: &[BudgetId]) -> StoreResult<Vec<AgentPause>> {
    Ok(agent_pauses::table
        .filter(among(agent_pauses::budget_id, budgets))
        .order(agent_pauses::agent_id.asc())
        .select(agent_pauses::all_columns)
        .load(conn)?)
}

/// The agents that these budgets hold: paused since the moment when the budget paused them.
///
/// # Errors
/// The database's.
pub fn held(conn: &mut Conn, budgets: &[BudgetId]) -> StoreResult<Vec<(BudgetId, AgentId)>> {
    let rows: Vec<(Option<BudgetId>, AgentId)> = agent_pauses::table
        .inner_join(agents::table)
        .filter(among(agent_pauses::budget_id, budgets))
        .filter(agent_pauses::cause.eq(PauseCause::Budget))
        .filter(agents::paused_at.eq(agent_pauses::paused_at.nullable()))
        .order((agents::created_at.asc(), agents::id.asc()))
        .select((agent_pauses::budget_id, agent_pauses::agent_id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(budget, agent)| Some((budget?, agent))).collect())
}

/// The budgets of an organization that slow heartbeats down now, or have stopped.
///
/// # Errors
/// The database's.
pub fn slowing(conn: &mut Conn, organization: OrganizationId, at: Timestamp) -> StoreResult<Vec<Budget>> {
    Ok(budgets::table
        .inner_join(budget_windows::table)
        .filter(budgets::organization_id.eq(organization))
        .filter(budgets::enabled.eq(true))
        .filter(budget_windows::starts_at.le(at))
        .filter(budget_windows::ends_at.gt(at))
        .filter(among(budget_windows::stage, &[BudgetStage::Slowed, BudgetStage::Stopped]))
        .select(budgets::all_columns)
        .load(conn)?)
}
