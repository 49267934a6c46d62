//! What programs write to their logs for a while, one row per program.

use diesel::prelude::*;
use diesel::upsert::excluded;
use mission_control_core::models::{LogOverride, Program};
use mission_control_core::schema::log_levels;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// Replaces what the program logs.
///
/// # Errors
/// The database's.
pub fn set(tx: &mut Tx<'_>, row: &LogOverride) -> StoreResult<()> {
    macro_rules! upsert {
        ($conn:expr) => {
            diesel::insert_into(log_levels::table)
                .values(row)
                .on_conflict(log_levels::program)
                .do_update()
                .set((
                    log_levels::filter.eq(excluded(log_levels::filter)),
                    log_levels::set_at.eq(excluded(log_levels::set_at)),
                    log_levels::expires_at.eq(excluded(log_levels::expires_at)),
                ))
                .execute($conn)?
        };
    }
    match &mut **tx {
        Conn::Pg(pg) => upsert!(pg),
        Conn::Sqlite(sqlite) => upsert!(sqlite),
    };
    Ok(())
}

/// Has the program log what its configuration says.
///
/// # Errors
/// The database's.
pub fn clear(tx: &mut Tx<'_>, program: Program) -> StoreResult<()> {
    diesel::delete(log_levels::table.find(program)).execute(&mut **tx)?;
    Ok(())
}

/// What counts at `now`, by program.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Conn, now: Timestamp) -> StoreResult<Vec<LogOverride>> {
    Ok(log_levels::table
        .filter(log_levels::expires_at.gt(now))
        .order(log_levels::program.asc())
        .select(log_levels::all_columns)
        .load(conn)?)
}

/// What counts for the program at `now`.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut Conn, program: Program, now: Timestamp) -> StoreResult<Option<LogOverride>> {
    Ok(log_levels::table
        .find(program)
        .filter(log_levels::expires_at.gt(now))
        .select(log_levels::all_columns)
        .first(conn)
        .optional()?)
}
