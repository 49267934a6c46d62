//! Commands that wait for a decision on their gateway.

use diesel::prelude::*;
use mission_control_core::id::{ApprovalId, BoardId, ExecApprovalId, GatewayId, OrganizationId};
use mission_control_core::models::{ExecApproval, ExecApprovalState};
use mission_control_core::rules::whom::Whom;
use mission_control_core::schema::exec_approvals;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Which commands of an organization a list shows.
#[derive(Debug, Clone)]
pub struct ExecApprovalFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The boards whose commands are seen.
    pub boards: Vec<BoardId>,
    /// Whether those of agents without a board are seen.
    pub without_board: bool,
    /// Only those in this state.
    pub state: Option<ExecApprovalState>,
    /// Only those of this gateway.
    pub gateway_id: Option<GatewayId>,
}

fn filtered(filter: &ExecApprovalFilter) -> exec_approvals::BoxedQuery<'static, MultiBackend> {
    let mut query = exec_approvals::table
        .filter(exec_approvals::organization_id.eq(filter.organization_id))
        .into_boxed::<MultiBackend>();
    query = match filter.without_board {
        true => query
            .filter(among(exec_approvals::board_id, &filter.boards).or(exec_approvals::board_id.is_null())),
        false => query.filter(among(exec_approvals::board_id, &filter.boards)),
    };
    if let Some(gateway) = filter.gateway_id {
        query = query.filter(exec_approvals::gateway_id.eq(gateway));
    }
    match filter.state {
        Some(state) => query.filter(exec_approvals::state.eq(state)),
        None => query,
    }
}

/// The commands that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &ExecApprovalFilter, page: Page) -> StoreResult<Listing<ExecApproval>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, ExecApprovalId)[desc(exec_approvals::created_at), desc(exec_approvals::id)],
        exec_approvals::all_columns,
        texts ["exec_approvals.command", "exec_approvals.warning", "exec_approvals.reason"]
    )
}

/// The command of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: ExecApprovalId) -> StoreResult<Option<ExecApproval>> {
    Ok(exec_approvals::table.find(id).select(exec_approvals::all_columns).first(conn).optional()?)
}

/// The command that an approval of a board is about.
///
/// # Errors
/// The database's.
pub fn of_approval(conn: &mut Conn, approval: ApprovalId) -> StoreResult<Option<ExecApproval>> {
    Ok(exec_approvals::table
        .filter(exec_approvals::approval_id.eq(approval))
        .select(exec_approvals::all_columns)
        .first(conn)
        .optional()?)
}

/// The command of this id, for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: ExecApprovalId) -> StoreResult<Option<ExecApproval>> {
    let query = exec_approvals::table.find(id).select(exec_approvals::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// What a gateway calls so.
///
/// # Errors
/// The database's.
pub fn of_gateway(conn: &mut Conn, gateway: GatewayId, id: &str) -> StoreResult<Option<ExecApproval>> {
    Ok(exec_approvals::table
        .filter(exec_approvals::gateway_id.eq(gateway))
        .filter(exec_approvals::gateway_approval_id.eq(id))
        .select(exec_approvals::all_columns)
        .first(conn)
        .optional()?)
}

/// What still waits on a gateway, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn open_of(conn: &mut Conn, gateway: GatewayId, limit: i64) -> StoreResult<Vec<ExecApproval>> {
    Ok(exec_approvals::table
        .filter(exec_approvals::gateway_id.eq(gateway))
        .filter(exec_approvals::resolved_at.is_null())
        .order((exec_approvals::expires_at.asc(), exec_approvals::id.asc()))
        .limit(limit)
        .select(exec_approvals::all_columns)
        .load(conn)?)
}

/// The last commands that these agents asked about since `since`, newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn since(
    conn: &mut Conn,
    organization: OrganizationId,
    whom: Whom,
    since: Timestamp,
    limit: i64,
) -> StoreResult<Vec<ExecApproval>> {
    let query = exec_approvals::table
        .filter(exec_approvals::organization_id.eq(organization))
        .filter(exec_approvals::created_at.ge(since))
        .into_boxed::<MultiBackend>();
    let query = match whom {
        Whom::Organization(_) => query,
        Whom::Board(board) => query.filter(exec_approvals::board_id.eq(board)),
        Whom::Agent(agent) => query.filter(exec_approvals::agent_id.eq(agent)),
    };
    Ok(query
        .order((exec_approvals::created_at.desc(), exec_approvals::id.desc()))
        .limit(limit)
        .select(exec_approvals::all_columns)
        .load(conn)?)
}

/// Adds a command; false when it is there already.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, exec: &ExecApproval) -> StoreResult<bool> {
    let insert = diesel::insert_into(exec_approvals::table).values(exec);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}

/// Writes a command as it is now.
///
/// # Errors
/// The database's.
pub fn save(tx: &mut Tx<'_>, exec: &ExecApproval) -> StoreResult<()> {
    diesel::update(exec_approvals::table.find(exec.id)).set(exec).execute(&mut **tx)?;
    Ok(())
}

/// Deletes what was asked for before `before` and is over, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<ExecApprovalId> = exec_approvals::table
        .filter(exec_approvals::created_at.lt(before))
        .filter(exec_approvals::resolved_at.is_not_null())
        .limit(limit)
        .select(exec_approvals::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(exec_approvals::table.filter(among(exec_approvals::id, &old))).execute(&mut **tx)?)
}
