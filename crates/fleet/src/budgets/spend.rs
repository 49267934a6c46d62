//! What is used counts for the budgets that it falls under.

use std::collections::BTreeMap;

use mission_control_core::id::{AgentId, BoardId, OrganizationId};
use mission_control_core::models::{Budget, BudgetMetric, Run, UsageEntry};
use mission_control_core::rules::budgets::{is_further, stage, window};
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreResult, Tx, budgets, jobs};

use crate::jobs::kind::Kind;
use crate::jobs::kinds::SettleBudget;

/// Something new in the ledger, or a run that began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent {
    agent: AgentId,
    board: Option<BoardId>,
    at: Timestamp,
    cost: i64,
    tokens: i64,
    runs: i64,
}

impl Spent {
    /// An entry that is new.
    pub(crate) fn of_entry(entry: &UsageEntry) -> Self {
        let tokens =
            [entry.input_tokens, entry.output_tokens, entry.cache_read_tokens, entry.cache_write_tokens];
        Self {
            agent: entry.agent_id,
            board: entry.board_id,
            at: entry.occurred_at,
            cost: entry.cost_micros.unwrap_or(0),
            tokens: tokens.into_iter().fold(0, i64::saturating_add),
            runs: 0,
        }
    }

    /// A run that is new.
    pub(crate) fn of_run(run: &Run) -> Self {
        Self { agent: run.agent_id, board: run.board_id, at: run.created_at, cost: 0, tokens: 0, runs: 1 }
    }

    fn counts_for(&self, budget: &Budget) -> i64 {
        let is_meant = match budget.whom() {
            Whom::Organization(_) => true,
            Whom::Board(board) => self.board == Some(board),
            Whom::Agent(agent) => self.agent == agent,
        };
        match budget.metric {
            _ if !is_meant => 0,
            BudgetMetric::Cost => self.cost,
            BudgetMetric::Tokens => self.tokens,
            BudgetMetric::Runs => self.runs,
            BudgetMetric::Foreign(_) => 0,
        }
    }
}

/// Adds what was used to the windows that it lies in. A window that comes to its next stage by that is looked at; one that
/// is over is only corrected.
pub(crate) fn spent(tx: &mut Tx<'_>, organization: OrganizationId, new: &[Spent]) -> StoreResult<()> {
    if new.is_empty() {
        return Ok(());
    }
    let now = Timestamp::now();
    for budget in budgets::enabled(tx, Some(organization))? {
        let mut sums: BTreeMap<(Timestamp, Timestamp), i64> = BTreeMap::new();
        for spent in new {
            let amount = spent.counts_for(&budget);
            if amount > 0 {
                let sum = sums.entry(window(budget.period, &budget.time_zone, spent.at)).or_default();
                *sum = sum.saturating_add(amount);
            }
        }
        for ((starts_at, ends_at), amount) in sums {
            let known = budgets::spend(tx, budget.id, starts_at, amount)?;
            let goes_further =
                known.is_none_or(|now| is_further(stage(&budget, now.used, now.extra), now.stage));
            if goes_further && now < ends_at {
                jobs::enqueue(tx, SettleBudget { budget: budget.id }.job(organization)?)?;
            }
        }
    }
    Ok(())
}
