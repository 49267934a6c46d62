//! Which tasks wait for which: a graph without cycles, and what blocks a task.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::id::TaskId;
use crate::models::TaskStatus;

/// Why a task cannot wait for the tasks named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DependencyFault {
    /// It is among them.
    #[error("A task cannot depend on itself.")]
    Itself,
    /// One of them waits for it already, directly or through others.
    #[error("These dependencies form a cycle.")]
    Cycle,
}

/// The values without repetitions, in their order.
pub fn unique<T: Copy + Eq + Hash>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|value| seen.insert(*value)).collect()
}

/// Whether `task` may wait for `wanted` instead of what it waits for now. `edges` are the pairs (task, what it waits
/// for) of the board, `task`'s own included.
///
/// # Errors
/// [`DependencyFault`].
pub fn check(task: TaskId, wanted: &[TaskId], edges: &[(TaskId, TaskId)]) -> Result<(), DependencyFault> {
    if wanted.contains(&task) {
        return Err(DependencyFault::Itself);
    }
    let mut waits_for: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    for (from, to) in edges {
        waits_for.entry(*from).or_default().push(*to);
    }
    let mut seen: HashSet<TaskId> = HashSet::new();
    let mut ahead = wanted.to_vec();
    while let Some(next) = ahead.pop() {
        if next == task {
            return Err(DependencyFault::Cycle);
        }
        if seen.insert(next) {
            ahead.extend(waits_for.get(&next).into_iter().flatten());
        }
    }
    Ok(())
}

/// Those of a task's dependencies that are not done: while there are any, the task is blocked.
pub fn unfinished(dependencies: &[(TaskId, TaskStatus)]) -> Vec<TaskId> {
    dependencies.iter().filter(|(_, status)| *status != TaskStatus::Done).map(|(id, _)| *id).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(count: usize) -> Vec<TaskId> {
        (0..count).map(|_| TaskId::random()).collect()
    }

    #[test]
    fn a_task_cannot_wait_for_itself_nor_for_one_that_waits_for_it() {
        let [a, b, c] = ids(3).try_into().unwrap();
        let edges = [(b, a), (c, b)];
        assert_eq!(check(a, &[a], &edges), Err(DependencyFault::Itself));
        assert_eq!(check(a, &[b], &edges), Err(DependencyFault::Cycle));
        assert_eq!(check(a, &[c], &edges), Err(DependencyFault::Cycle));
        assert_eq!(check(c, &[a, b], &edges), Ok(()));
        assert_eq!(check(b, &[], &edges), Ok(()));
    }

    #[test]
    fn what_is_not_done_blocks_in_the_order_of_the_dependencies() {
        let [a, b, c] = ids(3).try_into().unwrap();
        let states = [(c, TaskStatus::Review), (a, TaskStatus::Done), (b, TaskStatus::Inbox)];
        assert_eq!(unfinished(&states), [c, b]);
        assert_eq!(unique([c, a, c, b, a]), [c, a, b]);
    }

    /// Takes away tasks that wait for nothing until none are left, or only a cycle.
    fn is_acyclic(edges: &HashSet<(usize, usize)>) -> bool {
        let mut left = edges.clone();
        loop {
            let waiting: HashSet<usize> = left.iter().map(|(from, _)| *from).collect();
            let before = left.len();
            left.retain(|(_, to)| waiting.contains(to));
            if left.is_empty() {
                return true;
            }
            if left.len() == before {
                return false;
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_edited_the_graph_stays_free_of_cycles_and_only_cycles_are_refused(
            edits in prop::collection::vec((0_usize..8, prop::collection::btree_set(0_usize..8, 0..4)), 1..40),
        ) {
            let tasks = ids(8);
            let mut graph: HashSet<(usize, usize)> = HashSet::new();
            for (task, wanted) in edits {
                let edges: Vec<_> = graph.iter().map(|(from, to)| (tasks[*from], tasks[*to])).collect();
                let named: Vec<_> = wanted.iter().map(|index| tasks[*index]).collect();
                let mut edited = graph.clone();
                edited.retain(|(from, _)| *from != task);
                edited.extend(wanted.iter().map(|to| (task, *to)));
                match check(tasks[task], &named, &edges) {
                    Ok(()) => graph = edited,
                    Err(DependencyFault::Itself) => prop_assert!(wanted.contains(&task)),
                    Err(DependencyFault::Cycle) => prop_assert!(!is_acyclic(&edited)),
                }
                prop_assert!(is_acyclic(&graph));
            }
        }
    }
}
