//! Agents that a budget pauses, and lets go on.

use mission_control_core::id::{AgentId, BudgetId};
use mission_control_core::models::{Agent, AgentPause, Budget, BudgetStage, BudgetWindow, PauseCause};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreResult, Tx, agents, budgets};

use crate::agents::pause;

/// Why, for people.
const REASON: &str = "a budget is used up.";

/// Pauses the agents of a budget that is used up. One that a person had go on in this window is left alone, and one that is
/// paused for something else.
pub(super) fn hold(
    tx: &mut Tx<'_>,
    budget: &Budget,
    window: &BudgetWindow,
    meant: &[Agent],
) -> StoreResult<()> {
    let known = budgets::pauses(tx, &[budget.id])?;
    let was_held = |id: AgentId| {
        known.iter().any(|pause| pause.agent_id == id && pause.window_starts_at == Some(window.starts_at))
    };
    // In one order everywhere, so that two who lock them do not wait for each other.
    let mut ids: Vec<AgentId> = meant.iter().map(|agent| agent.id).collect();
    ids.sort();
    for id in ids.into_iter().filter(|id| !was_held(*id)) {
        if agents::lock(tx, id)?.is_some_and(|agent| agent.paused_at.is_none()) {
            pause::by_rule(tx, budget.organization_id, &because_of(id, Timestamp::now(), budget, window))?;
        }
    }
    Ok(())
}

fn because_of(agent_id: AgentId, paused_at: Timestamp, budget: &Budget, window: &BudgetWindow) -> AgentPause {
    AgentPause {
        agent_id,
        paused_at,
        cause: PauseCause::Budget,
        reason: REASON.to_owned(),
        budget_id: Some(budget.id),
        window_starts_at: Some(window.starts_at),
    }
}

/// Lets those agents go on that a budget paused and that nothing of it holds any more: its window of `now` is not used up, or
/// it does not count. Those of an earlier window wait for a person where the budget says so. An agent that another budget
/// has stopped as well is held by that one from now on.
pub(super) fn release(tx: &mut Tx<'_>, budget: &Budget, now: Option<&BudgetWindow>) -> StoreResult<()> {
    if now.is_some_and(|now| now.stage == BudgetStage::Stopped) {
        return Ok(());
    }
    let mut held: Vec<AgentId> =
        budgets::held(tx, &[budget.id])?.into_iter().map(|(_, agent)| agent).collect();
    if held.is_empty() {
        return Ok(());
    }
    held.sort();
    let known = budgets::pauses(tx, &[budget.id])?;
    let goes_on = |id: &AgentId| match now {
        Some(now) if !budget.resume_on_new_window => {
            known.iter().any(|pause| pause.agent_id == *id && pause.window_starts_at == Some(now.starts_at))
        }
        _ => true,
    };
    let others = stopped(tx, budget)?;
    for id in held.into_iter().filter(goes_on) {
        let Some(agent) = agents::lock(tx, id)? else { continue };
        let other = others.iter().find(|(other, _)| other.whom().includes(budget.organization_id, &agent));
        match (other, agent.paused_at) {
            (Some((other, window)), Some(since)) => {
                budgets::save_pause(tx, &because_of(id, since, other, window))?;
            }
            _ => pause::released(tx, budget.organization_id, id, PauseCause::Budget)?,
        }
    }
    Ok(())
}

/// The other budgets of the organization that are used up, with their windows.
fn stopped(tx: &mut Tx<'_>, budget: &Budget) -> StoreResult<Vec<(Budget, BudgetWindow)>> {
    let mut others = budgets::enabled(tx, Some(budget.organization_id))?;
    others.retain(|other| other.id != budget.id);
    let ids: Vec<BudgetId> = others.iter().map(|other| other.id).collect();
    let mut windows = budgets::windows_at(tx, &ids, Timestamp::now())?;
    windows.retain(|window| window.stage == BudgetStage::Stopped);
    let with_window = |other: Budget| {
        let window = windows.iter().find(|window| window.budget_id == other.id)?.clone();
        Some((other, window))
    };
    Ok(others.into_iter().filter_map(with_window).collect())
}
