//! `budget.settle`: brings a budget to the stage that it has come to; `budgets.sweep`: the same for every budget.

use mission_control_core::models::Budget;
use mission_control_store::{StoreError, budgets as rows};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::budgets;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::{SettleBudget, SweepBudgets};

impl Handler for SettleBudget {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let settled: Result<(), StoreError> =
            fleet.db().write(move |tx| budgets::settle(tx, self.budget)).await;
        settled?;
        Ok(json!({}))
    }
}

impl Handler for SweepBudgets {
    /// New windows begin, agents that came meanwhile are held, and sums are held against the ledger.
    async fn run(self, fleet: &Fleet, attempt: &Attempt) -> Result<Value, JobError> {
        let all: Result<Vec<Budget>, StoreError> = fleet.db().read(|conn| rows::enabled(conn, None)).await;
        let all = all?;
        for budget in &all {
            attempt.go_on()?;
            let id = budget.id;
            let settled: Result<(), StoreError> = fleet.db().write(move |tx| budgets::settle(tx, id)).await;
            settled?;
        }
        Ok(json!({ "budgets": all.len() }))
    }
}
