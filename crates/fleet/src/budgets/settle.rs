//! Bringing a budget to the stage that it has come to.

use std::collections::BTreeSet;

use mission_control_core::id::{ApprovalId, BudgetId, GatewayId};
use mission_control_core::limits::BUDGET_WINDOWS;
use mission_control_core::models::{
    ActivityEvent, Agent, Approval, ApprovalStatus, Board, Budget, BudgetStage, BudgetWindow,
};
use mission_control_core::rules::approvals::BUDGET;
use mission_control_core::rules::budgets::{extended, in_words, is_further, stage, window};
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreResult, Tx, activity, agents, approvals, boards, budgets, tasks};
use serde_json::json;

use super::held::{hold, release};
use super::read::{board_of, tell};
use crate::approvals::record;
use crate::jobs::booking;
use crate::stop;

/// Adds up what was used in the window of now, and does what follows. May be done at any time, and again.
pub(crate) fn settle(tx: &mut Tx<'_>, id: BudgetId) -> StoreResult<()> {
    let Some(budget) = budgets::find(tx, id)? else { return Ok(()) };
    let board = lock_board(tx, &budget)?;
    let Some(budget) = budgets::lock(tx, id)? else { return Ok(()) };
    if !budget.enabled {
        release(tx, &budget, None)?;
        return withdraw_all(tx, board.as_ref(), &budget);
    }
    let (was, mut now) = current(tx, &budget)?;
    let meant = agents::of_whom(tx, budget.whom())?;
    let reached = is_further(now.stage, was.stage);
    if now.stage != was.stage {
        now.changed_at = Timestamp::now();
        tell_people(tx, &budget, &now, reached)?;
        let slows = |stage| is_further(stage, BudgetStage::Warned);
        if slows(now.stage) != slows(was.stage) {
            let gateways: BTreeSet<GatewayId> = meant.iter().map(|agent| agent.gateway_id).collect();
            gateways.into_iter().try_for_each(|gateway| booking::ask_to_reconcile(tx, gateway))?;
        }
    }
    if now.stage == BudgetStage::Stopped {
        if reached {
            if let Some(board) = &board {
                now.approval_id = Some(ask(tx, board, &budget, &now)?);
            }
            if budget.abort_running {
                stop::book(tx, budget.organization_id, budget.whom(), &meant, None)?;
            }
        }
        hold(tx, &budget, &now, &meant)?;
    } else {
        withdraw(tx, board.as_ref(), now.approval_id)?;
        now.approval_id = None;
    }
    release(tx, &budget, Some(&now))?;
    budgets::save_window(tx, &now)?;
    if now != was {
        tell(tx, Event::BudgetUpdated, &budget)?;
    }
    Ok(())
}

/// The board of a budget. It is locked before anything else, as by everybody who decides about approvals.
pub(super) fn lock_board(tx: &mut Tx<'_>, budget: &Budget) -> StoreResult<Option<Board>> {
    match board_of(tx, budget)? {
        Some(board) => tasks::lock_board(tx, board),
        None => Ok(None),
    }
}

/// The window of now, as it was and as it is by the ledger.
fn current(tx: &mut Tx<'_>, budget: &Budget) -> StoreResult<(BudgetWindow, BudgetWindow)> {
    let now = Timestamp::now();
    let (starts_at, ends_at) = window(budget.period, &budget.time_zone, now);
    let new = BudgetWindow {
        budget_id: budget.id,
        starts_at,
        ends_at,
        used: 0,
        extra: 0,
        stage: BudgetStage::Ok,
        approval_id: None,
        changed_at: now,
    };
    budgets::open_window(tx, &new)?;
    let was = budgets::lock_window(tx, budget.id, starts_at)?.unwrap_or(new);
    // What retention took from the ledger was used all the same.
    let used = budgets::used(tx, budget, starts_at, ends_at)?.max(was.used);
    let is = BudgetWindow { used, stage: stage(budget, used, was.extra), ..was.clone() };
    Ok((was, is))
}

/// What a budget is about, as people call it.
fn name(tx: &mut Tx<'_>, budget: &Budget) -> StoreResult<String> {
    let name = match budget.whom() {
        Whom::Agent(agent) => agents::find(tx, agent)?.map(|agent: Agent| agent.name),
        Whom::Board(board) => boards::find(tx, board)?.map(|board| board.name),
        Whom::Organization(_) => None,
    };
    Ok(name.unwrap_or_else(|| "the organization".to_owned()))
}

fn tell_people(tx: &mut Tx<'_>, budget: &Budget, now: &BudgetWindow, reached: bool) -> StoreResult<()> {
    let whose = name(tx, budget)?;
    let allowed = budget.limit_amount.saturating_add(now.extra);
    let (used, limit) = (in_words(budget.metric, now.used), in_words(budget.metric, allowed));
    let (kind, what) = match now.stage {
        BudgetStage::Warned if reached => ("budget.warned", "is nearly used up"),
        BudgetStage::Slowed if reached => {
            ("budget.slowed", "is nearly used up, and heartbeats are slowed down")
        }
        BudgetStage::Stopped => ("budget.stopped", "is used up, and its agents are paused"),
        _ => ("budget.resumed", "has something left again"),
    };
    let message = format!("The budget of {whose} {what}: {used} of {limit} in this {}.", budget.period);
    let event = ActivityEvent::new(kind, message).failed(now.stage == BudgetStage::Stopped);
    let event = match budget.whom() {
        Whom::Organization(id) => event.organization(id),
        Whom::Board(board) => event.board(board),
        Whom::Agent(agent) => match board_of(tx, budget)? {
            Some(board) => event.agent(agent).board(board),
            None => event.agent(agent).organization(budget.organization_id),
        },
    };
    activity::record(tx, &event)
}

/// Asks the people of a board whether its agents go on.
fn ask(tx: &mut Tx<'_>, board: &Board, budget: &Budget, now: &BudgetWindow) -> StoreResult<ApprovalId> {
    let whose = name(tx, budget)?;
    let (used, limit) = (in_words(budget.metric, now.used), in_words(budget.metric, budget.limit_amount));
    let reason = format!(
        "The budget of {whose} is used up: {used} of {limit}. To approve allows {limit} more, from now until {}; to reject leaves the \
         agents paused until then.",
        now.ends_at.in_words()
    );
    let approval = Approval {
        payload: Some(json!({
            "reason": reason,
            "budget_id": budget.id,
            "metric": budget.metric.as_str(),
            "limit": budget.limit_amount,
            "used": now.used,
            "window_starts_at": now.starts_at,
            "window_ends_at": now.ends_at,
        })),
        ..Approval::new(board.id, BUDGET, 0.0)
    };
    let id = approval.id;
    approvals::insert(tx, &approval, &[])?;
    record::tell(tx, board, Event::ApprovalCreated, approval)?;
    Ok(id)
}

/// A question that is needless now is answered: nobody has to.
fn withdraw(tx: &mut Tx<'_>, board: Option<&Board>, approval: Option<ApprovalId>) -> StoreResult<()> {
    let (Some(board), Some(id)) = (board, approval) else { return Ok(()) };
    record::withdraw(tx, board, id, ApprovalStatus::Rejected, "The budget has something left again.")
}

/// The same of every question that a budget ever asked.
fn withdraw_all(tx: &mut Tx<'_>, board: Option<&Board>, budget: &Budget) -> StoreResult<()> {
    for window in budgets::windows(tx, budget.id, BUDGET_WINDOWS)? {
        withdraw(tx, board, window.approval_id)?;
    }
    Ok(())
}

/// A person decided whether to go on.
pub(crate) fn decided(tx: &mut Tx<'_>, approval: &Approval, to: ApprovalStatus) -> StoreResult<()> {
    // An approval that somebody else asked for says nothing about budgets, whatever it claims.
    let Some(window) = budgets::window_of_approval(tx, approval.id)? else { return Ok(()) };
    let Some(budget) = budgets::lock(tx, window.budget_id)? else { return Ok(()) };
    let Some(mut window) = budgets::lock_window(tx, budget.id, window.starts_at)? else { return Ok(()) };
    if to != ApprovalStatus::Approved || window.ends_at <= Timestamp::now() {
        return Ok(());
    }
    window.extra = extended(&budget, window.used, window.extra, budget.limit_amount);
    window.approval_id = None;
    budgets::save_window(tx, &window)?;
    settle(tx, budget.id)
}
