//! Budgets: what agents may use in a day, a week or a month, and what is done when it is used up.
//!
//! Each entry of the ledger adds to the windows that it lies in, in its own transaction (`spent`). Where a window comes to its
//! next stage, a job looks at it (`settle`): it adds the ledger up once more, warns people, has heartbeats slowed down, or
//! pauses the agents and asks whether to go on. A new window, a higher limit or a decision lets those go on that the budget
//! paused, and nobody else.

mod change;
mod held;
mod read;
mod settle;
mod spend;

pub use change::{BudgetPatch, NewBudget, create, delete, extend, update};
pub use read::{find, list, windows};
pub(crate) use settle::{decided, settle};
pub(crate) use spend::{Spent, spent};
