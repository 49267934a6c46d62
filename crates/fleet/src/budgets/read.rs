//! Budgets as clients see them.

use mission_control_core::id::{AgentId, BoardId, BudgetId};
use mission_control_core::limits::NAMED;
use mission_control_core::models::{Budget, BudgetStage, BudgetWindow};
use mission_control_core::rules::budgets::window;
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{BudgetChanged, Event};
use mission_control_shapes::{BudgetRead, BudgetWindowRead};
use mission_control_store::budgets::{self, BudgetFilter};
use mission_control_store::{Conn, Listing, Page, StoreError, StoreResult, Tx, agents};

use crate::fleet::Fleet;

/// The budgets that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    filter: BudgetFilter,
    page: Page,
) -> Result<Listing<BudgetRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let listing = budgets::list(conn, &filter, page)?;
        listing.try_map_all(|rows| reads(conn, rows))
    });
    listing.await
}

/// The budget of this id, and the board that it is about.
///
/// # Errors
/// The database's.
pub async fn find(
    fleet: &Fleet,
    id: BudgetId,
) -> Result<Option<(Budget, Option<BoardId>, BudgetRead)>, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            let Some(budget) = budgets::find(conn, id)? else { return Ok(None) };
            let board = board_of(conn, &budget)?;
            let read = read(conn, &budget)?;
            Ok(Some((budget, board, read)))
        })
        .await
}

/// The windows of a budget, newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn windows(fleet: &Fleet, id: BudgetId, limit: i64) -> Result<Vec<BudgetWindowRead>, StoreError> {
    let windows = fleet.db().read(move |conn| budgets::windows(conn, id, limit)).await?;
    Ok(windows.iter().map(BudgetWindowRead::from).collect())
}

/// The board whose people a budget concerns.
pub(super) fn board_of(conn: &mut Conn, budget: &Budget) -> StoreResult<Option<BoardId>> {
    Ok(match budget.whom() {
        Whom::Board(board) => Some(board),
        Whom::Agent(agent) => agents::find(conn, agent)?.and_then(|agent| agent.board_id),
        Whom::Organization(_) => None,
    })
}

/// A budget with its window and whom it holds.
pub(super) fn read(conn: &mut Conn, budget: &Budget) -> StoreResult<BudgetRead> {
    let mut reads = reads(conn, vec![budget.clone()])?;
    reads.pop().ok_or(StoreError::NotFound("budget"))
}

fn reads(conn: &mut Conn, rows: Vec<Budget>) -> StoreResult<Vec<BudgetRead>> {
    let now = Timestamp::now();
    let ids: Vec<BudgetId> = rows.iter().map(|budget| budget.id).collect();
    let windows = budgets::windows_at(conn, &ids, now)?;
    let held = budgets::held(conn, &ids)?;
    let read = |budget: Budget| {
        let window = windows.iter().find(|window| window.budget_id == budget.id);
        let of_now = window.map_or_else(|| empty(&budget, now), BudgetWindowRead::from);
        let agents: Vec<AgentId> =
            held.iter().filter(|(id, _)| *id == budget.id).map(|(_, agent)| *agent).take(NAMED).collect();
        BudgetRead::new(budget, of_now, agents)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A window in which nothing was used yet.
fn empty(budget: &Budget, now: Timestamp) -> BudgetWindowRead {
    let (starts_at, ends_at) = window(budget.period, &budget.time_zone, now);
    BudgetWindowRead::from(&BudgetWindow {
        budget_id: budget.id,
        starts_at,
        ends_at,
        used: 0,
        extra: 0,
        stage: BudgetStage::Ok,
        approval_id: None,
        changed_at: budget.created_at,
    })
}

/// Tells streams of a budget, and returns it as clients see it.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    event: fn(BudgetChanged) -> Event,
    budget: &Budget,
) -> StoreResult<BudgetRead> {
    let read = read(tx, budget)?;
    let board = board_of(tx, budget)?;
    tx.append(event(read.clone().into()).organization(budget.organization_id).board(board));
    Ok(read)
}
