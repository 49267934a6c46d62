//! Rules hold on every way to a state, and what somebody may do follows from who they are now.

mod gates;
mod governance;
mod invitations;
mod streams;
mod words;

use mission_control_core::id::BoardId;
use mission_control_core::models::{Board, BoardGroup, BoardGroupMemory, Task};
use mission_control_core::time::Timestamp;
use mission_control_store::{board_groups, boards, memory, tasks};

use crate::scene::Scene;

/// A second board of the organization, in a group of its own, with a secret task and a secret in the group's memory.
struct Next {
    board: BoardId,
    group: String,
    task: Task,
}

async fn next_board(scene: &Scene) -> Next {
    let group = BoardGroup::new(scene.organization, "Secret", "secret");
    let mut board = Board::new(scene.organization, "TOPSECRET", "topsecret");
    (board.gateway_id, board.board_group_id) = (Some(scene.gateway), Some(group.id));
    let task = Task::new(board.id, "SECRET TASK");
    let note = BoardGroupMemory {
        id: mission_control_core::id::BoardGroupMemoryId::random(),
        board_group_id: group.id,
        content: "GROUP SECRET".to_owned(),
        tags: None,
        is_chat: false,
        source: None,
        created_at: Timestamp::now(),
        agent_id: None,
        user_id: None,
    };
    let next = Next { board: board.id, group: group.id.to_string(), task: task.clone() };
    scene
        .write(move |tx| {
            board_groups::insert(tx, &group)?;
            boards::insert(tx, &board)?;
            memory::insert_of_group(tx, &note)?;
            tasks::insert(tx, &task)
        })
        .await;
    next
}

fn for_agents(path: &str) -> String {
    path.replace("/boards/", "/agent/boards/")
}
