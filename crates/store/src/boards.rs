//! Boards.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardGroupId, BoardId, GatewayId, OrganizationId, TaskId};
use mission_control_core::models::{Board, BoardChanges};
use mission_control_core::rules::task_key;
use mission_control_core::schema::{
    activity_events, agents, approval_task_links, approvals, board_memory, board_onboarding_sessions,
    board_task_custom_fields, board_webhook_payloads, board_webhooks, boards, organization_board_access,
    organization_invite_board_access, tag_assignments, task_custom_field_values, task_dependencies,
    task_fingerprints, tasks,
};
use mission_control_core::time::Timestamp;

use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::organizations;
use crate::page::{Listing, Page, listing};
use crate::sql::lower;
use crate::tx::Tx;

/// Which boards of an organization a list shows.
#[derive(Debug, Clone)]
pub struct BoardFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Only these boards; `None` is every one.
    pub boards: Option<Vec<BoardId>>,
    /// Only boards on this gateway.
    pub gateway_id: Option<GatewayId>,
    /// Only boards of this group.
    pub board_group_id: Option<BoardGroupId>,
}

impl BoardFilter {
    /// Every board of an organization.
    pub fn of(organization_id: OrganizationId) -> Self {
        Self { organization_id, boards: None, gateway_id: None, board_group_id: None }
    }
}

fn filtered(filter: &BoardFilter) -> boards::BoxedQuery<'_, MultiBackend> {
    let mut query =
        boards::table.filter(boards::organization_id.eq(filter.organization_id)).into_boxed::<MultiBackend>();
    if let Some(ids) = &filter.boards {
        query = query.filter(boards::id.eq_any(ids));
    }
    if let Some(gateway_id) = filter.gateway_id {
        query = query.filter(boards::gateway_id.eq(gateway_id));
    }
    if let Some(board_group_id) = filter.board_group_id {
        query = query.filter(boards::board_group_id.eq(board_group_id));
    }
    query
}

/// The boards that a filter shows, by name, of the same name the newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &BoardFilter, page: Page) -> StoreResult<Listing<Board>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (String, (Timestamp, BoardId))[
            asc(lower(boards::name)),
            desc(boards::created_at),
            desc(boards::id)
        ],
        boards::all_columns
    )
}

/// The boards that a filter shows, newest first: the order in which agents list them.
///
/// # Errors
/// The database's.
pub fn list_newest_first(conn: &mut Conn, filter: &BoardFilter, page: Page) -> StoreResult<Listing<Board>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, BoardId)[desc(boards::created_at), desc(boards::id)],
        boards::all_columns
    )
}

/// The board of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: BoardId) -> StoreResult<Option<Board>> {
    Ok(boards::table.find(id).select(boards::all_columns).first(conn).optional()?)
}

/// The board of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(conn: &mut Conn, organization_id: OrganizationId, id: BoardId) -> StoreResult<Option<Board>> {
    Ok(find(conn, id)?.filter(|board| board.organization_id == organization_id))
}

/// Those of `ids` that are boards of the organization, in no order.
///
/// # Errors
/// The database's.
pub fn existing(
    conn: &mut Conn,
    organization_id: OrganizationId,
    ids: &[BoardId],
) -> StoreResult<Vec<BoardId>> {
    Ok(boards::table
        .filter(boards::organization_id.eq(organization_id))
        .filter(boards::id.eq_any(ids))
        .select(boards::id)
        .load(conn)?)
}

/// Every board of an organization with the group that it is in.
///
/// # Errors
/// The database's.
pub fn with_groups(
    conn: &mut Conn,
    organization_id: OrganizationId,
) -> StoreResult<Vec<(BoardId, Option<BoardGroupId>)>> {
    Ok(boards::table
        .filter(boards::organization_id.eq(organization_id))
        .order(boards::id.asc())
        .select((boards::id, boards::board_group_id))
        .load(conn)?)
}

/// The boards on a gateway, oldest first.
///
/// # Errors
/// The database's.
pub fn of_gateway(conn: &mut Conn, gateway_id: GatewayId) -> StoreResult<Vec<Board>> {
    Ok(boards::table
        .filter(boards::gateway_id.eq(gateway_id))
        .order((boards::created_at.asc(), boards::id.asc()))
        .select(boards::all_columns)
        .load(conn)?)
}

/// Adds a board, and returns it with the prefix of its tasks' keys, which no other board of the organization has.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a gateway or group that is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, board: &Board) -> StoreResult<Board> {
    organizations::lock(tx, board.organization_id)?;
    let taken: Vec<String> = boards::table
        .filter(boards::organization_id.eq(board.organization_id))
        .select(boards::task_prefix)
        .load(&mut **tx)?;
    let board = Board { task_prefix: task_key::prefix(&board.slug, &taken), ..board.clone() };
    diesel::insert_into(boards::table).values(&board).execute(&mut **tx)?;
    Ok(board)
}

/// The prefixes of the keys of these boards' tasks.
///
/// # Errors
/// The database's.
pub fn task_prefixes(conn: &mut Conn, ids: &[BoardId]) -> StoreResult<HashMap<BoardId, String>> {
    let prefixes: Vec<(BoardId, String)> =
        boards::table.filter(boards::id.eq_any(ids)).select((boards::id, boards::task_prefix)).load(conn)?;
    Ok(prefixes.into_iter().collect())
}

/// Reads a board for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<Option<Board>> {
    let query = boards::table.find(id).select(boards::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Changes a board.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: BoardId, changes: &BoardChanges) -> StoreResult<Board> {
    diesel::update(boards::table.find(id))
        .set((changes, boards::updated_at.eq(Timestamp::now())))
        .returning(boards::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("board"))
}

/// Deletes a board with everything of it: tasks, approvals, memory, webhooks, grants, activity, agents.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    delete_task_records(tx, id)?;
    delete_board_records(tx, id)?;
    // Agents last: their own deletion clears what other boards hold of them.
    let of_board = agents::table.filter(agents::board_id.eq(id)).select(agents::id);
    for agent in of_board.load::<AgentId>(&mut **tx)? {
        diesel::delete(activity_events::table.filter(activity_events::agent_id.eq(agent)))
            .execute(&mut **tx)?;
        crate::agents::delete(tx, agent)?;
    }
    match diesel::delete(boards::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("board")),
        _ => Ok(()),
    }
}

/// Deletes a board's tasks with what refers to them, from wherever.
fn delete_task_records(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    let task_ids = || tasks::table.filter(tasks::board_id.eq(id)).select(tasks::id);
    let nullable_task_ids = || tasks::table.filter(tasks::board_id.eq(id)).select(tasks::id.nullable());
    let approval_ids = approvals::table.filter(approvals::board_id.eq(id)).select(approvals::id);

    diesel::delete(activity_events::table.filter(activity_events::task_id.eq_any(nullable_task_ids())))
        .execute(conn)?;
    diesel::delete(tag_assignments::table.filter(tag_assignments::task_id.eq_any(task_ids())))
        .execute(conn)?;
    diesel::delete(
        task_custom_field_values::table.filter(task_custom_field_values::task_id.eq_any(task_ids())),
    )
    .execute(conn)?;
    let dependencies = task_dependencies::table
        .filter(task_dependencies::board_id.eq(id))
        .or_filter(task_dependencies::task_id.eq_any(task_ids()))
        .or_filter(task_dependencies::depends_on_task_id.eq_any(task_ids()));
    diesel::delete(dependencies).execute(conn)?;
    let fingerprints = task_fingerprints::table
        .filter(task_fingerprints::board_id.eq(id))
        .or_filter(task_fingerprints::task_id.eq_any(task_ids()));
    diesel::delete(fingerprints).execute(conn)?;
    let links = approval_task_links::table
        .filter(approval_task_links::approval_id.eq_any(approval_ids))
        .or_filter(approval_task_links::task_id.eq_any(task_ids()));
    diesel::delete(links).execute(conn)?;
    diesel::delete(approvals::table.filter(approvals::board_id.eq(id))).execute(conn)?;
    diesel::update(approvals::table.filter(approvals::task_id.eq_any(nullable_task_ids())))
        .set(approvals::task_id.eq(None::<TaskId>))
        .execute(conn)?;
    diesel::delete(tasks::table.filter(tasks::board_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Deletes what refers to a board directly, tasks and agents excepted.
fn delete_board_records(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    macro_rules! delete_from {
        ($($table:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::board_id.eq(id))).execute(conn)?;)+
        };
    }
    delete_from!(
        activity_events,
        board_memory,
        board_webhook_payloads,
        board_webhooks,
        board_onboarding_sessions,
        organization_board_access,
        organization_invite_board_access,
        board_task_custom_fields,
    );
    Ok(())
}
