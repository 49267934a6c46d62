//! The boards of a group with the tasks that matter most.

use std::collections::{BTreeMap, HashMap};

use mission_control_core::id::{AgentId, BoardId, TaskId, UserId};
use mission_control_core::limits::{ANSWER, GROUP_BOARDS, within};
use mission_control_core::models::{Board, BoardGroup};
use mission_control_core::time::Timestamp;
use mission_control_shapes::{BoardGroupRead, BoardRead, TagRef};
use mission_control_store::board_groups::LeadingTask;
use mission_control_store::boards::BoardFilter;
use mission_control_store::{Conn, Listing, Page, StoreResult, board_groups, boards, tags};
use serde::Serialize;
use utoipa::ToSchema;

/// A task in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardGroupTaskSummary {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: TaskId,
    /// Its board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The board's name.
    pub board_name: String,
    /// What is to be done, in a line.
    pub title: String,
    /// The column.
    pub status: String,
    /// A word.
    pub priority: String,
    /// The agent that works on it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_agent_id: Option<AgentId>,
    /// The person who works on it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_user_id: Option<UserId>,
    /// What the agent or the person is called.
    pub assignee: Option<String>,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// Since when it is worked on.
    pub in_progress_at: Option<Timestamp>,
    /// Its tags.
    pub tags: Vec<TagRef>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A board of a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardGroupBoardSnapshot {
    /// The board.
    pub board: BoardRead,
    /// How many tasks each column has; empty columns are left out.
    pub task_counts: BTreeMap<&'static str, i64>,
    /// The tasks that matter most: by column (in progress, review, inbox, done), by priority, the latest changed first.
    pub tasks: Vec<BoardGroupTaskSummary>,
}

/// A group of boards.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct BoardGroupSnapshot {
    /// The group; none when the board is in none.
    pub group: Option<BoardGroupRead>,
    /// Its boards by name, 200 at most and as many as a page holds.
    pub boards: Vec<BoardGroupBoardSnapshot>,
    /// How many there are.
    pub boards_total: i64,
}

/// What of a group is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Not this board.
    pub except: Option<BoardId>,
    /// Only these boards; `None` is every one.
    pub only: Option<Vec<BoardId>>,
    /// Finished tasks too.
    pub include_done: bool,
    /// Most tasks per board.
    pub per_board: i64,
}

/// Reads what of a group is wanted.
///
/// # Errors
/// The database's.
pub fn read(conn: &mut Conn, group: BoardGroup, wanted: &Wanted) -> StoreResult<BoardGroupSnapshot> {
    let filter = BoardFilter {
        boards: wanted.only.clone(),
        board_group_id: Some(group.id),
        except: wanted.except,
        ..BoardFilter::of(group.organization_id)
    };
    let Listing { items: boards, total, .. } = boards::list(conn, &filter, Page::at(0, GROUP_BOARDS))?;
    let ids: Vec<BoardId> = boards.iter().map(|board| board.id).collect();
    let mut counts = board_groups::task_counts(conn, &ids)?;
    let mut tasks = summaries(conn, &boards, &ids, wanted)?;
    let boards: Vec<BoardGroupBoardSnapshot> = boards
        .into_iter()
        .map(|board| BoardGroupBoardSnapshot {
            task_counts: counts
                .remove(&board.id)
                .unwrap_or_default()
                .into_iter()
                .map(|(status, number)| (status.as_str(), number))
                .collect(),
            tasks: tasks.remove(&board.id).unwrap_or_default(),
            board: board.into(),
        })
        .collect();
    let boards = within(boards, GROUP_BOARDS as usize, ANSWER);
    Ok(BoardGroupSnapshot { group: Some(group.into()), boards, boards_total: total })
}

/// The tasks of each of the boards.
fn summaries(
    conn: &mut Conn,
    boards: &[Board],
    ids: &[BoardId],
    wanted: &Wanted,
) -> StoreResult<HashMap<BoardId, Vec<BoardGroupTaskSummary>>> {
    let rows = board_groups::leading_tasks(conn, ids, wanted.include_done, wanted.per_board)?;
    let tasks: Vec<TaskId> = rows.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &tasks)?;
    let mut summaries: HashMap<BoardId, Vec<BoardGroupTaskSummary>> = HashMap::new();
    for task in rows {
        let Some(board) = boards.iter().find(|board| Some(board.id) == task.board_id) else { continue };
        let tags = tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
        summaries.entry(board.id).or_default().push(summary(task, board, tags));
    }
    Ok(summaries)
}

fn summary(task: LeadingTask, board: &Board, tags: Vec<TagRef>) -> BoardGroupTaskSummary {
    BoardGroupTaskSummary {
        id: task.id,
        board_id: board.id,
        board_name: board.name.clone(),
        title: task.title,
        status: task.status.as_str().to_owned(),
        priority: task.priority,
        assigned_agent_id: task.assigned_agent_id,
        assigned_user_id: task.assigned_user_id,
        assignee: task.assignee,
        due_at: task.due_at,
        in_progress_at: task.in_progress_at,
        tags,
        created_at: task.created_at,
        updated_at: task.updated_at,
    }
}
