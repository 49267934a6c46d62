//! The event log: what streams deliver, in the order in which it became visible.
//!
//! A reader keeps the last `seq` it saw and asks for what came [`after`]. That is exact only if no smaller `seq` shows
//! up later. A sequence on PostgreSQL gives no such promise: of two transactions the one with the larger number may
//! commit first. So entries are written as a transaction's last act, under an advisory lock that lasts until its commit.
//! SQLite has one writer at a time anyway.

use diesel::prelude::*;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::LogEntry;
use mission_control_core::schema::event_log;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The entries after `seq`, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn after(conn: &mut Conn, seq: i64, limit: i64) -> StoreResult<Vec<LogEntry>> {
    Ok(event_log::table
        .filter(event_log::seq.gt(seq))
        .order(event_log::seq.asc())
        .limit(limit)
        .select(event_log::all_columns)
        .load(conn)?)
}

/// The entries after `seq` that concern an organization, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn after_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    seq: i64,
    limit: i64,
) -> StoreResult<Vec<LogEntry>> {
    Ok(event_log::table
        .filter(event_log::organization_id.eq(organization_id))
        .filter(event_log::seq.gt(seq))
        .order(event_log::seq.asc())
        .limit(limit)
        .select(event_log::all_columns)
        .load(conn)?)
}

/// The newest number; 0 when nothing was ever written.
///
/// # Errors
/// The database's.
pub fn last_seq(conn: &mut Conn) -> StoreResult<i64> {
    let last = event_log::table.select(diesel::dsl::max(event_log::seq)).first::<Option<i64>>(conn)?;
    Ok(last.unwrap_or(0))
}

/// The oldest number kept, or `None` when nothing was ever written. A reader whose last `seq` is more than one below it has
/// missed entries and must reload.
///
/// # Errors
/// The database's.
pub fn first_seq(conn: &mut Conn) -> StoreResult<Option<i64>> {
    Ok(event_log::table.select(diesel::dsl::min(event_log::seq)).first(conn)?)
}

/// Drops the oldest entries from before `before`, at most `limit`, and returns how many. The newest one stays: it tells
/// readers where the log ends.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let last = last_seq(tx)?;
    let old: Vec<i64> = event_log::table
        .filter(event_log::created_at.lt(before))
        .filter(event_log::seq.lt(last))
        .order(event_log::seq.asc())
        .limit(limit)
        .select(event_log::seq)
        .load(&mut **tx)?;
    Ok(diesel::delete(event_log::table.filter(among(event_log::seq, &old))).execute(&mut **tx)?)
}
