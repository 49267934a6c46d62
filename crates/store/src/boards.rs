//! Boards.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{BoardGroupId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Board, BoardChanges};
use mission_control_core::rules::task_key;
use mission_control_core::schema::{boards, gateways};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::organizations;
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower};
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
    /// Not this board.
    pub except: Option<BoardId>,
}

impl BoardFilter {
    /// Every board of an organization.
    pub fn of(organization_id: OrganizationId) -> Self {
        Self { organization_id, boards: None, gateway_id: None, board_group_id: None, except: None }
    }
}

fn filtered(filter: &BoardFilter) -> boards::BoxedQuery<'_, MultiBackend> {
    let mut query =
        boards::table.filter(boards::organization_id.eq(filter.organization_id)).into_boxed::<MultiBackend>();
    if let Some(ids) = &filter.boards {
        query = query.filter(among(boards::id, ids));
    }
    if let Some(gateway_id) = filter.gateway_id {
        query = query.filter(boards::gateway_id.eq(gateway_id));
    }
    if let Some(board_group_id) = filter.board_group_id {
        query = query.filter(boards::board_group_id.eq(board_group_id));
    }
    if let Some(except) = filter.except {
        query = query.filter(boards::id.ne(except));
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
            asc(beginning(lower(boards::name))),
            desc(boards::created_at),
            desc(boards::id)
        ],
        boards::all_columns,
        texts ["boards.name", "boards.description", "boards.objective", "boards.success_metrics"]
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
        boards::all_columns,
        texts ["boards.name", "boards.description", "boards.objective", "boards.success_metrics"]
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

/// The board of this id, if it is of the organization that a gateway is of.
///
/// # Errors
/// The database's.
pub fn of_gateways_organization(
    conn: &mut Conn,
    gateway: GatewayId,
    id: BoardId,
) -> StoreResult<Option<Board>> {
    let same = gateways::organization_id.eq(boards::organization_id).and(gateways::id.eq(gateway));
    Ok(boards::table
        .inner_join(gateways::table.on(same))
        .filter(boards::id.eq(id))
        .select(boards::all_columns)
        .first(conn)
        .optional()?)
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
        .filter(among(boards::id, ids))
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
        boards::table.filter(among(boards::id, ids)).select((boards::id, boards::task_prefix)).load(conn)?;
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
