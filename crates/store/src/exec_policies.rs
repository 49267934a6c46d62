//! Rules that decide about commands before a person is asked.

use diesel::prelude::*;
use mission_control_core::id::{BoardId, ExecPolicyId, OrganizationId, UserId};
use mission_control_core::models::ExecPolicy;
use mission_control_core::schema::{agents, exec_policies};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Which rules of an organization a list shows.
#[derive(Debug, Clone)]
pub struct ExecPolicyFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The boards whose rules are seen, and those of their agents.
    pub boards: Vec<BoardId>,
    /// Whether those of the organization, and of agents without a board, are seen.
    pub without_board: bool,
    /// Only those that count at this moment.
    pub live_at: Option<Timestamp>,
}

fn filtered(filter: &ExecPolicyFilter) -> exec_policies::BoxedQuery<'static, MultiBackend> {
    let on_boards =
        agents::table.filter(among(agents::board_id, &filter.boards)).select(agents::id.nullable());
    let on_none = agents::table.filter(agents::board_id.is_null()).select(agents::id.nullable());
    let mut query = exec_policies::table
        .filter(exec_policies::organization_id.eq(filter.organization_id))
        .into_boxed::<MultiBackend>();
    query = match filter.without_board {
        true => query.filter(
            among(exec_policies::board_id, &filter.boards)
                .or(exec_policies::agent_id.eq_any(on_boards))
                .or(exec_policies::agent_id.eq_any(on_none))
                .or(exec_policies::board_id.is_null().and(exec_policies::agent_id.is_null())),
        ),
        false => query.filter(
            among(exec_policies::board_id, &filter.boards).or(exec_policies::agent_id.eq_any(on_boards)),
        ),
    };
    match filter.live_at {
        Some(now) => query.filter(exec_policies::revoked_at.is_null()).filter(
            exec_policies::expires_at.is_null().or(exec_policies::expires_at.assume_not_null().gt(now)),
        ),
        None => query,
    }
}

/// The rules that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &ExecPolicyFilter, page: Page) -> StoreResult<Listing<ExecPolicy>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, ExecPolicyId)[desc(exec_policies::created_at), desc(exec_policies::id)],
        exec_policies::all_columns,
        texts ["exec_policies.pattern", "exec_policies.reason"]
    )
}

/// The rules of an organization that count at `now`.
///
/// # Errors
/// The database's.
pub fn live(conn: &mut Conn, organization: OrganizationId, now: Timestamp) -> StoreResult<Vec<ExecPolicy>> {
    Ok(exec_policies::table
        .filter(exec_policies::organization_id.eq(organization))
        .filter(exec_policies::revoked_at.is_null())
        .filter(exec_policies::expires_at.is_null().or(exec_policies::expires_at.assume_not_null().gt(now)))
        .select(exec_policies::all_columns)
        .load(conn)?)
}

/// How many rules of an organization are not withdrawn.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, organization: OrganizationId) -> StoreResult<i64> {
    Ok(exec_policies::table
        .filter(exec_policies::organization_id.eq(organization))
        .filter(exec_policies::revoked_at.is_null())
        .count()
        .get_result(conn)?)
}

/// The rule of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: ExecPolicyId) -> StoreResult<Option<ExecPolicy>> {
    Ok(exec_policies::table.find(id).select(exec_policies::all_columns).first(conn).optional()?)
}

/// Adds a rule.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, policy: &ExecPolicy) -> StoreResult<()> {
    diesel::insert_into(exec_policies::table).values(policy).execute(&mut **tx)?;
    Ok(())
}

/// Withdraws a rule; `None` when that was done before, or there is none.
///
/// # Errors
/// The database's.
pub fn revoke(
    tx: &mut Tx<'_>,
    id: ExecPolicyId,
    by: Option<UserId>,
    at: Timestamp,
) -> StoreResult<Option<ExecPolicy>> {
    let open =
        exec_policies::table.filter(exec_policies::id.eq(id)).filter(exec_policies::revoked_at.is_null());
    Ok(diesel::update(open)
        .set((exec_policies::revoked_at.eq(at), exec_policies::revoked_by_user_id.eq(by)))
        .returning(exec_policies::all_columns)
        .get_result(&mut **tx)
        .optional()?)
}

/// Deletes what was withdrawn or ended before `before`, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let ended = exec_policies::revoked_at
        .assume_not_null()
        .lt(before)
        .and(exec_policies::revoked_at.is_not_null())
        .or(exec_policies::expires_at
            .assume_not_null()
            .lt(before)
            .and(exec_policies::expires_at.is_not_null()));
    let old: Vec<ExecPolicyId> =
        exec_policies::table.filter(ended).limit(limit).select(exec_policies::id).load(&mut **tx)?;
    Ok(diesel::delete(exec_policies::table.filter(among(exec_policies::id, &old))).execute(&mut **tx)?)
}
