//! Groups of boards.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use mission_control_core::id::{AgentId, BoardGroupId, BoardId, OrganizationId, TaskId, UserId};
use mission_control_core::limits::GROUP_TASKS_IN_ALL;
use mission_control_core::models::{Agent, BoardGroup, BoardGroupChanges, TaskStatus};
use mission_control_core::schema::sql_types::Uuid;
use mission_control_core::schema::{agents, board_groups, boards, tasks};
use mission_control_core::time::Timestamp;
use serde_json::json;

use crate::among::among;
use crate::conn::{Backend, Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower};
use crate::tx::Tx;
use crate::users;

fn filtered<'a>(
    organization: OrganizationId,
    with_boards: Option<&'a [BoardId]>,
) -> board_groups::BoxedQuery<'a, MultiBackend> {
    let mut query = board_groups::table
        .filter(board_groups::organization_id.eq(organization))
        .into_boxed::<MultiBackend>();
    if let Some(ids) = with_boards {
        let groups = boards::table
            .filter(among(boards::id, ids))
            .filter(boards::board_group_id.is_not_null())
            .select(boards::board_group_id.assume_not_null());
        query = query.filter(board_groups::id.eq_any(groups));
    }
    query
}

/// The groups of an organization by name: all, or those that one of `with_boards` is in.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization: OrganizationId,
    with_boards: Option<&[BoardId]>,
    page: Page,
) -> StoreResult<Listing<BoardGroup>> {
    listing!(
        conn,
        &page,
        filtered(organization, with_boards),
        (String, (Timestamp, BoardGroupId))[
            asc(beginning(lower(board_groups::name))),
            asc(board_groups::created_at),
            asc(board_groups::id)
        ],
        board_groups::all_columns,
        texts ["board_groups.name", "board_groups.description"]
    )
}

/// The group of this id, whosever it is.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: BoardGroupId) -> StoreResult<Option<BoardGroup>> {
    Ok(board_groups::table.find(id).select(board_groups::all_columns).first(conn).optional()?)
}

/// The boards of a group, in no order.
///
/// # Errors
/// The database's.
pub fn board_ids(conn: &mut Conn, id: BoardGroupId) -> StoreResult<Vec<BoardId>> {
    Ok(boards::table.filter(boards::board_group_id.eq(id)).select(boards::id).load(conn)?)
}

/// The agents of the boards of a group, oldest first.
///
/// # Errors
/// The database's.
pub fn agents(conn: &mut Conn, id: BoardGroupId) -> StoreResult<Vec<Agent>> {
    Ok(agents::table
        .inner_join(boards::table)
        .filter(boards::board_group_id.eq(id))
        .order((agents::created_at.asc(), agents::id.asc()))
        .select(agents::all_columns)
        .load(conn)?)
}

/// Adds a group.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, group: &BoardGroup) -> StoreResult<()> {
    diesel::insert_into(board_groups::table).values(group).execute(&mut **tx)?;
    Ok(())
}

/// Changes a group.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: BoardGroupId, changes: &BoardGroupChanges) -> StoreResult<BoardGroup> {
    diesel::update(board_groups::table.find(id))
        .set((changes, board_groups::updated_at.eq(Timestamp::now())))
        .returning(board_groups::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("board group"))
}

/// How many tasks each of the boards has in each column; empty columns are left out.
///
/// # Errors
/// The database's.
pub fn task_counts(
    conn: &mut Conn,
    boards: &[BoardId],
) -> StoreResult<HashMap<BoardId, Vec<(TaskStatus, i64)>>> {
    let rows: Vec<(Option<BoardId>, TaskStatus, i64)> = tasks::table
        .filter(among(tasks::board_id, boards))
        .group_by((tasks::board_id, tasks::status))
        .select((tasks::board_id, tasks::status, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counts: HashMap<_, Vec<_>> = HashMap::new();
    for (board, status, number) in rows {
        if let Some(board) = board {
            counts.entry(board).or_default().push((status, number));
        }
    }
    Ok(counts)
}

/// The best of each of some boards, ranked; `{boards}` selects these.
const RANKED: &str = "SELECT id FROM (SELECT tasks.id, tasks.board_id, row_number() OVER (PARTITION BY tasks.board_id \
    ORDER BY CASE tasks.status WHEN 'in_progress' THEN 0 WHEN 'review' THEN 1 WHEN 'inbox' THEN 2 WHEN 'done' THEN 3 \
    ELSE 4 END, CASE tasks.priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'low' THEN 2 ELSE 3 END, \
    tasks.updated_at DESC, tasks.created_at DESC, tasks.id DESC) AS place FROM tasks \
    WHERE tasks.board_id IN ({boards}) AND ($2 OR tasks.status <> 'done')) AS ranked \
    WHERE place <= $3 ORDER BY place, board_id LIMIT $4";

#[derive(QueryableByName)]
struct Ranked {
    #[diesel(sql_type = Uuid)]
    id: TaskId,
}

/// What is shown of a task beside those of other boards.
#[derive(Debug, Clone, Queryable)]
pub struct LeadingTask {
    /// Id.
    pub id: TaskId,
    /// Its board.
    pub board_id: Option<BoardId>,
    /// What is to be done, in a line.
    pub title: String,
    /// The column.
    pub status: TaskStatus,
    /// A word.
    pub priority: String,
    /// The agent that works on it.
    pub assigned_agent_id: Option<AgentId>,
    /// The person who works on it.
    pub assigned_user_id: Option<UserId>,
    /// What the agent or the person is called.
    pub assignee: Option<String>,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// Since when it is worked on.
    pub in_progress_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// The tasks of each of these boards of a group that matter most, at most `per_board`: by column (in progress, review, inbox,
/// done), then by priority, then the latest changed. Finished ones only on request. The first ones of all boards come
/// before their second ones, so that each has its share of [`GROUP_TASKS_IN_ALL`].
///
/// # Errors
/// The database's.
pub fn leading_tasks(
    conn: &mut Conn,
    boards: &[BoardId],
    include_done: bool,
    per_board: i64,
) -> StoreResult<Vec<LeadingTask>> {
    if per_board < 1 {
        return Ok(Vec::new());
    }
    let listed = match conn.backend() {
        Backend::Postgres => "SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($1 AS JSON))",
        Backend::Sqlite => "SELECT value FROM json_each($1)",
    };
    let ranked: Vec<Ranked> = diesel::sql_query(RANKED.replace("{boards}", listed))
        .bind::<Text, _>(json!(boards).to_string())
        .bind::<Bool, _>(include_done)
        .bind::<BigInt, _>(per_board)
        .bind::<BigInt, _>(GROUP_TASKS_IN_ALL)
        .load(conn)?;
    let ids: Vec<TaskId> = ranked.into_iter().map(|row| row.id).collect();
    let shown = (
        tasks::id,
        tasks::board_id,
        tasks::title,
        tasks::status,
        tasks::priority,
        tasks::assigned_agent_id,
        tasks::assigned_user_id,
        agents::name.nullable(),
        tasks::due_at,
        tasks::in_progress_at,
        tasks::created_at,
        tasks::updated_at,
    );
    let rows: Vec<LeadingTask> = tasks::table
        .left_join(agents::table.on(tasks::assigned_agent_id.eq(agents::id.nullable())))
        .filter(among(tasks::id, &ids))
        .select(shown)
        .load(conn)?;
    let people: Vec<UserId> = rows.iter().filter_map(|task| task.assigned_user_id).collect();
    let names = users::names(conn, &people)?;
    let named = |task: LeadingTask| {
        let person = task.assigned_user_id.and_then(|id| names.get(&id).cloned());
        LeadingTask { assignee: task.assignee.or(person), ..task }
    };
    let mut by_id: HashMap<TaskId, LeadingTask> =
        rows.into_iter().map(|task| (task.id, named(task))).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}
