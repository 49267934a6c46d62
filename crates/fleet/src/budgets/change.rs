//! Making budgets, and changing them. Only people do.

use mission_control_core::id::{AgentId, BoardId, BudgetId};
use mission_control_core::limits::{BUDGET_AMOUNT, BUDGETS};
use mission_control_core::models::{Budget, BudgetChanges, BudgetMetric, BudgetPeriod};
use mission_control_core::rules::budgets as rules;
use mission_control_core::time::Timestamp;
use mission_control_shapes::BudgetRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::owners::Owner;
use mission_control_store::{Conn, Tx, boards, budgets};
use serde_json::{Value, json};

use super::read::{read, tell};
use super::settle::{lock_board, settle};
use crate::agents::check::agent_in;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::room;

/// A budget to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// Of this board; of the organization, with neither a board nor an agent.
    pub board_id: Option<BoardId>,
    /// Of this agent.
    pub agent_id: Option<AgentId>,
    /// What it counts.
    pub metric: BudgetMetric,
    /// When it begins anew.
    pub period: BudgetPeriod,
    /// The time zone of its days.
    pub time_zone: String,
    /// The limit.
    pub limit: i64,
    /// At this share people are warned.
    pub warn_percent: i32,
    /// At this share heartbeats are slowed down.
    pub slow_percent: i32,
    /// Whether runs are stopped when it is used up.
    pub abort_running: bool,
    /// Whether agents go on by themselves when it begins anew.
    pub resume_on_new_window: bool,
}

/// Changes to a budget; `None` leaves a field alone.
pub type BudgetPatch = BudgetChanges;

/// Makes a budget. What was used since its period began counts.
///
/// # Errors
/// A limit, a share or a time zone that is none; a board or agent that is not the organization's; too many budgets.
pub async fn create(fleet: &Fleet, caller: Caller, new: NewBudget) -> Result<BudgetRead, FleetError> {
    if new.board_id.is_some() && new.agent_id.is_some() {
        return Err(FleetError::invalid_field(
            "agent_id",
            "A budget is of a board or of an agent, not of both.",
        ));
    }
    if !rules::is_time_zone(&new.time_zone) {
        let message = "This is no time zone. Expected a name such as Europe/Berlin.";
        return Err(FleetError::invalid_field("time_zone", message));
    }
    let budget = Budget {
        board_id: new.board_id,
        agent_id: new.agent_id,
        period: new.period,
        time_zone: new.time_zone,
        warn_percent: new.warn_percent,
        slow_percent: new.slow_percent,
        abort_running: new.abort_running,
        resume_on_new_window: new.resume_on_new_window,
        created_by_user_id: caller.user,
        ..Budget::new(caller.organization, new.metric, new.limit)
    };
    check(&budget)?;
    fleet
        .db()
        .write(move |tx| {
            if let Some(board) = budget.board_id {
                boards::find_in(tx, caller.organization, board)?.ok_or(FleetError::not_found("Board"))?;
            }
            if let Some(agent) = budget.agent_id {
                agent_in(tx, caller.organization, agent)?;
            }
            let count = |conn: &mut Conn| budgets::count(conn, caller.organization);
            let what = "budgets already: delete those that nobody needs";
            room::require(tx, Owner::Organization(caller.organization), BUDGETS, count, what)?;
            budgets::insert(tx, &budget)?;
            tx.changed(EventSubject::Budget, budget.id, Value::Null, governed(&budget));
            tell(tx, Event::BudgetCreated, &budget)?;
            settle(tx, budget.id)?;
            Ok(read(tx, &budget)?)
        })
        .await
}

/// Changes a budget. A higher limit lets those go on that it paused.
///
/// # Errors
/// A missing budget, or another organization's; a limit or a share that is none.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: BudgetId,
    patch: BudgetPatch,
) -> Result<BudgetRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let before = owned(tx, caller, id)?;
            check(&Budget {
                limit_amount: patch.limit_amount.unwrap_or(before.limit_amount),
                warn_percent: patch.warn_percent.unwrap_or(before.warn_percent),
                slow_percent: patch.slow_percent.unwrap_or(before.slow_percent),
                ..before.clone()
            })?;
            let budget = budgets::update(tx, id, &patch)?;
            changed(tx, &before, &budget)
        })
        .await
}

/// Allows so much more, from now to the end of the window.
///
/// # Errors
/// A missing budget, or another organization's; an amount that is none.
pub async fn extend(
    fleet: &Fleet,
    caller: Caller,
    id: BudgetId,
    amount: i64,
) -> Result<BudgetRead, FleetError> {
    if !(1..=BUDGET_AMOUNT).contains(&amount) {
        return Err(FleetError::invalid_field("amount", format!("Expected 1 to {BUDGET_AMOUNT}.")));
    }
    fleet
        .db()
        .write(move |tx| {
            let budget = owned(tx, caller, id)?;
            if !budget.enabled {
                return Err(FleetError::conflict("The budget does not count: turn it on, or leave it."));
            }
            settle(tx, id)?;
            let (starts_at, _) = rules::window(budget.period, &budget.time_zone, Timestamp::now());
            let window = budgets::lock_window(tx, id, starts_at)?;
            let mut window = window.ok_or(FleetError::not_found("Budget"))?;
            let was = window.extra;
            window.extra = rules::extended(&budget, window.used, was, amount);
            budgets::save_window(tx, &window)?;
            let (before, after) = (json!({ "extra": was }), json!({ "extra": window.extra }));
            tx.changed(EventSubject::Budget, id, before, after);
            settle(tx, id)?;
            Ok(tell(tx, Event::BudgetUpdated, &budget)?)
        })
        .await
}

/// Deletes a budget; those that it paused go on.
///
/// # Errors
/// A missing budget, or another organization's.
pub async fn delete(fleet: &Fleet, caller: Caller, id: BudgetId) -> Result<(), FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let before = owned(tx, caller, id)?;
            let off = BudgetChanges { enabled: Some(false), ..BudgetChanges::default() };
            let budget = budgets::update(tx, id, &off)?;
            settle(tx, id)?;
            tx.changed(EventSubject::Budget, id, governed(&before), Value::Null);
            tell(tx, Event::BudgetDeleted, &budget)?;
            Ok(budgets::delete(tx, id)?)
        })
        .await
}

fn changed(tx: &mut Tx<'_>, before: &Budget, budget: &Budget) -> Result<BudgetRead, FleetError> {
    tx.changed(EventSubject::Budget, budget.id, governed(before), governed(budget));
    settle(tx, budget.id)?;
    Ok(tell(tx, Event::BudgetUpdated, budget)?)
}

fn owned(tx: &mut Tx<'_>, caller: Caller, id: BudgetId) -> Result<Budget, FleetError> {
    let budget = budgets::find_in(tx, caller.organization, id)?.ok_or(FleetError::not_found("Budget"))?;
    lock_board(tx, &budget)?;
    Ok(budget)
}

fn check(budget: &Budget) -> Result<(), FleetError> {
    if !(1..=BUDGET_AMOUNT).contains(&budget.limit_amount) {
        return Err(FleetError::invalid_field("limit", format!("Expected 1 to {BUDGET_AMOUNT}.")));
    }
    let (warn, slow) = (budget.warn_percent, budget.slow_percent);
    if !(1..=100).contains(&slow) {
        return Err(FleetError::invalid_field("slow_percent", "Expected 1 to 100."));
    }
    if !(1..=slow).contains(&warn) {
        return Err(FleetError::invalid_field("warn_percent", "Expected 1 to slow_percent."));
    }
    Ok(())
}

/// How a budget is, for the audit.
fn governed(budget: &Budget) -> Value {
    json!({
        "board_id": budget.board_id,
        "agent_id": budget.agent_id,
        "metric": budget.metric.as_str(),
        "period": budget.period.as_str(),
        "time_zone": budget.time_zone,
        "limit": budget.limit_amount,
        "warn_percent": budget.warn_percent,
        "slow_percent": budget.slow_percent,
        "abort_running": budget.abort_running,
        "resume_on_new_window": budget.resume_on_new_window,
        "enabled": budget.enabled,
    })
}
