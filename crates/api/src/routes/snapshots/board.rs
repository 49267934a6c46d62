//! A board with everything on it.

use std::collections::BTreeMap;

use mission_control_core::id::{BoardId, UserId};
use mission_control_core::limits::{
    BOARD_AGENTS, BOARD_LATEST, BOARD_PEOPLE, BOARD_TASKS, BOARD_TASKS_BYTES, LIST_BYTES, within,
};
use mission_control_core::models::{Agent, ApprovalStatus, Board, TaskStatus, User};
use mission_control_core::time::Timestamp;
use mission_control_fleet::approvals;
use mission_control_shapes::{AgentRead, ApprovalRead, BoardMemoryRead, BoardRead, TaskCardRead};
use mission_control_store::memory::MemoryFilter;
use mission_control_store::tasks::TaskFilter;
use mission_control_store::{
    Conn, Listing, Page, StoreResult, agents, approvals as approval_rows, members, memory, tasks as task_rows,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::tasks::cards;

/// Tasks that are read first; from their size follows how many more an answer holds, and none comes into memory for nothing.
const STEP: usize = 250;

/// A board with everything on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardSnapshot {
    /// The board.
    pub board: BoardRead,
    /// Its tasks, newest first, as many as one answer holds.
    pub tasks: Vec<TaskCardRead>,
    /// How many tasks the board has.
    pub tasks_total: i64,
    /// How many of them are in each column.
    #[schema(value_type = std::collections::BTreeMap<String, i64>, example = json!({"inbox": 3, "in_progress": 1, "review": 0, "done": 7}))]
    pub task_counts: BTreeMap<&'static str, i64>,
    /// Where the list of the board's tasks (`GET /boards/{board_id}/tasks?cursor=…`) goes on after `tasks`; `null` when
    /// that is all of them.
    pub tasks_next_cursor: Option<String>,
    /// Its agents, newest first, as many as one answer holds.
    pub agents: Vec<AgentRead>,
    /// The people who may be given its tasks, as they joined, as many as one answer holds.
    pub people: Vec<BoardPerson>,
    /// Its newest approvals, newest first, as many as a page holds.
    pub approvals: Vec<ApprovalRead>,
    /// The newest messages of its chat, oldest first, as many as a page holds.
    pub chat_messages: Vec<BoardMemoryRead>,
    /// How many approvals wait for a decision.
    pub pending_approvals_count: i64,
}

/// Somebody who works on a board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardPerson {
    /// Key, which `assigned_user_id` of tasks names.
    #[schema(value_type = uuid::Uuid)]
    pub id: UserId,
    /// What they are called.
    pub name: String,
}

impl From<User> for BoardPerson {
    fn from(user: User) -> Self {
        Self { id: user.id, name: user.shown_name().to_owned() }
    }
}

/// Reads a board with everything on it.
///
/// # Errors
/// The database's.
pub fn read(conn: &mut Conn, board: Board) -> StoreResult<BoardSnapshot> {
    let id = board.id;
    let counted = task_rows::count_by_status(conn, id)?;
    let mut agents = agents::of_board(conn, id)?;
    agents.sort_by_key(|agent| std::cmp::Reverse((agent.created_at, agent.id)));
    let people = members::people_of(conn, &board)?.into_iter().map(BoardPerson::from).collect();
    let newest = newest_tasks(conn, id, &agents)?;
    let approvals = approval_rows::list(conn, id, None, Page::at(0, BOARD_LATEST))?.items;
    let chat_only = MemoryFilter { is_chat: Some(true), ..MemoryFilter::default() };
    let chat = memory::list(conn, id, &chat_only, Page::at(0, BOARD_LATEST))?.items;
    let chat = chat.into_iter().map(BoardMemoryRead::from).collect();
    let mut chat = within(chat, BOARD_LATEST as usize, LIST_BYTES);
    chat.reverse();
    let now = Timestamp::now();
    let agents = agents.iter().map(|agent| AgentRead::of(agent, now)).collect();
    Ok(BoardSnapshot {
        tasks: newest.items,
        tasks_total: counted.iter().map(|(_, number)| number).sum(),
        task_counts: TaskStatus::ALL
            .iter()
            .map(|status| (status.as_str(), number_of(&counted, *status)))
            .collect(),
        tasks_next_cursor: newest.next.map(|cursor| cursor.to_string()),
        agents: within(agents, BOARD_AGENTS, LIST_BYTES),
        people: within(people, BOARD_PEOPLE as usize, LIST_BYTES),
        approvals: within(approvals::reads(conn, approvals)?, BOARD_LATEST as usize, LIST_BYTES),
        chat_messages: chat,
        pending_approvals_count: approval_rows::count(conn, id, Some(ApprovalStatus::Pending))?,
        board: board.into(),
    })
}

/// The newest tasks, as many as one answer holds.
fn newest_tasks(conn: &mut Conn, board: BoardId, agents: &[Agent]) -> StoreResult<Listing<TaskCardRead>> {
    let filter = TaskFilter::of(board);
    let read = |conn: &mut Conn, page| {
        task_rows::list(conn, &filter, page)?.try_map_all(|tasks| cards(conn, board, tasks, agents))
    };
    let mut found = read(conn, Page::at(0, rows(STEP)))?;
    while let Some(next) = found.next.take() {
        let more = still_fit(found.items.len(), bytes(&found.items));
        if more == 0 {
            found.next = Some(next);
            break;
        }
        let more = read(conn, Page::after(next, rows(more)))?;
        found.extend(more);
    }
    Ok(found.cut(BOARD_TASKS, BOARD_TASKS_BYTES, TaskCardRead::bytes))
}

/// How many more tasks an answer holds that has so many of so many bytes, if those to come are as large.
fn still_fit(tasks: usize, bytes: usize) -> usize {
    let each = bytes.div_ceil(tasks.max(1)).max(1);
    BOARD_TASKS.saturating_sub(tasks).min(BOARD_TASKS_BYTES.saturating_sub(bytes).div_ceil(each))
}

fn rows(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn bytes(cards: &[TaskCardRead]) -> usize {
    cards.iter().map(TaskCardRead::bytes).sum()
}

fn number_of(counted: &[(TaskStatus, i64)], status: TaskStatus) -> i64 {
    counted.iter().find(|(counted, _)| *counted == status).map_or(0, |(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_of_small_tasks_is_read_in_two_steps_and_one_of_large_tasks_not_far_beyond_the_answer() {
        assert_eq!(still_fit(STEP, STEP * 1000), BOARD_TASKS - STEP);
        assert_eq!(still_fit(STEP, BOARD_TASKS_BYTES / 2), STEP);
        assert_eq!(still_fit(STEP, BOARD_TASKS_BYTES - 1), 1);
        assert_eq!(still_fit(STEP, BOARD_TASKS_BYTES), 0);
        assert_eq!(still_fit(BOARD_TASKS, 0), 0);
        assert_eq!(still_fit(0, 0), BOARD_TASKS);
    }
}
