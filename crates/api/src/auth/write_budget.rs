//! How much each agent and each person may write: generous for work, and an end to floods.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::limits::{MINUTE, WRITE_BYTES, WRITERS, WRITES};

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Writer {
    Agent(AgentId),
    Person(UserId),
}

/// What everybody has left. Each process counts for itself.
#[derive(Debug, Default)]
pub struct WriteBudgets(Mutex<HashMap<Writer, Budget>>);

/// What is left of a minute's writes and bytes. Both fill up evenly.
#[derive(Debug, Clone, Copy)]
struct Budget {
    writes: f64,
    bytes: f64,
    at: Instant,
}

impl Budget {
    fn full(at: Instant) -> Self {
        Self { writes: WRITES as f64, bytes: WRITE_BYTES as f64, at }
    }

    fn refill(&mut self, now: Instant) {
        let minutes = now.saturating_duration_since(self.at).div_duration_f64(MINUTE);
        self.writes = (self.writes + minutes * WRITES as f64).min(WRITES as f64);
        self.bytes = (self.bytes + minutes * WRITE_BYTES as f64).min(WRITE_BYTES as f64);
        self.at = now;
    }

    fn is_full(&self) -> bool {
        self.writes >= WRITES as f64 && self.bytes >= WRITE_BYTES as f64
    }

    /// Takes a write of so many bytes off, or says how long it has to wait. What is refused costs nothing.
    fn take(&mut self, bytes: usize, now: Instant) -> Result<(), Duration> {
        self.refill(now);
        let bytes = bytes.min(WRITE_BYTES) as f64;
        let missing = ((1.0 - self.writes) / WRITES as f64).max((bytes - self.bytes) / WRITE_BYTES as f64);
        if missing > 0.0 {
            return Err(MINUTE.mul_f64(missing));
        }
        self.writes -= 1.0;
        self.bytes -= bytes;
        Ok(())
    }
}

impl WriteBudgets {
    /// Takes a write of so many bytes off what a writer has left, or says how long it has to wait.
    pub(super) fn take(&self, writer: Writer, bytes: usize, now: Instant) -> Result<(), Duration> {
        let mut budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if budgets.len() >= WRITERS && !budgets.contains_key(&writer) {
            forget_the_idle(&mut budgets, now);
        }
        budgets.entry(writer).or_insert_with(|| Budget::full(now)).take(bytes, now)
    }

    /// Gives back bytes that were taken off and not written after all.
    pub(super) fn give_back(&self, writer: Writer, bytes: usize) {
        let mut budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(budget) = budgets.get_mut(&writer) {
            budget.bytes = (budget.bytes + bytes as f64).min(WRITE_BYTES as f64);
        }
    }
}

/// Drops those who have everything left, or, when nobody has, those who have been quiet for longest.
fn forget_the_idle(budgets: &mut HashMap<Writer, Budget>, now: Instant) {
    budgets.retain(|_, budget| {
        let mut then = *budget;
        then.refill(now);
        !then.is_full()
    });
    if budgets.len() >= WRITERS {
        let mut times: Vec<Instant> = budgets.values().map(|budget| budget.at).collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        budgets.retain(|_, budget| budget.at > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_has_a_minutes_worth_at_once_and_then_waits_for_each() {
        let (budgets, begun) = (WriteBudgets::default(), Instant::now());
        let agent = Writer::Agent(AgentId::random());
        for _ in 0..WRITES {
            budgets.take(agent, 100, begun).unwrap();
        }
        let wait = budgets.take(agent, 100, begun).unwrap_err();
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
        budgets.take(Writer::Person(UserId::random()), 100, begun).unwrap();
        budgets.take(agent, 100, begun + wait + Duration::from_millis(1)).unwrap();
    }

    #[test]
    fn bytes_run_out_as_well() {
        let (budgets, begun) = (WriteBudgets::default(), Instant::now());
        let agent = Writer::Agent(AgentId::random());
        budgets.take(agent, WRITE_BYTES, begun).unwrap();
        let wait = budgets.take(agent, WRITE_BYTES / 2, begun).unwrap_err();
        assert_eq!(wait.as_secs(), 30);
        budgets.take(agent, WRITE_BYTES / 2, begun + Duration::from_secs(31)).unwrap();
    }

    #[test]
    fn what_was_not_written_is_given_back_and_no_more() {
        let (budgets, begun) = (WriteBudgets::default(), Instant::now());
        let agent = Writer::Agent(AgentId::random());
        budgets.take(agent, WRITE_BYTES, begun).unwrap();
        budgets.give_back(agent, WRITE_BYTES - 100);
        budgets.take(agent, WRITE_BYTES - 100, begun).unwrap();
        budgets.take(agent, 1, begun).unwrap_err();
        budgets.give_back(agent, 2 * WRITE_BYTES);
        budgets.take(agent, WRITE_BYTES, begun).unwrap();
        budgets.take(agent, 1, begun).unwrap_err();
    }

    #[test]
    fn so_many_writers_are_counted_and_no_more() {
        let (budgets, begun) = (WriteBudgets::default(), Instant::now());
        for nth in 0..2 * WRITERS {
            let now = begun + Duration::from_micros(nth as u64);
            budgets.take(Writer::Agent(AgentId::random()), 1, now).unwrap();
            assert!(budgets.0.lock().unwrap().len() <= WRITERS);
        }
    }
}
