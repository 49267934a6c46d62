//! Named leases: the right of one process to do something alone for a while.
//!
//! A holder renews well before the end ([`acquire`] again); who fails to must stop. Times are those of the machines that
//! ask, so a lease should be much longer than their clocks differ.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::models::Lease;
use mission_control_core::schema::leases;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::sql::like_literally;
use crate::tx::Tx;

/// Prefix of the leases that say a worker is alive; its name follows.
pub const WORKER: &str = "worker:";

/// The lease of the gateway link that is active.
pub const LINK: &str = "gateway-link";

/// Takes the lease `name` for `holder` if it is free, expired or already the holder's. Returns whether the holder has it.
///
/// # Errors
/// The database's.
pub fn acquire(tx: &mut Tx<'_>, name: &str, holder: &str, duration: Duration) -> StoreResult<bool> {
    let now = Timestamp::now();
    let renewed = diesel::update(leases::table.find(name).filter(leases::holder.eq(holder)))
        .set(leases::expires_at.eq(now.plus(duration)))
        .execute(&mut **tx)?;
    if renewed == 1 {
        return Ok(true);
    }
    let taken_over = diesel::update(leases::table.find(name).filter(leases::expires_at.le(now)))
        .set((
            leases::holder.eq(holder),
            leases::expires_at.eq(now.plus(duration)),
            leases::acquired_at.eq(now),
        ))
        .execute(&mut **tx)?;
    if taken_over == 1 {
        return Ok(true);
    }
    let lease = Lease {
        name: name.to_owned(),
        holder: holder.to_owned(),
        expires_at: now.plus(duration),
        acquired_at: now,
    };
    let insert = diesel::insert_into(leases::table).values(&lease);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}

/// Gives the lease back, if `holder` still has it.
///
/// # Errors
/// The database's.
pub fn release(tx: &mut Tx<'_>, name: &str, holder: &str) -> StoreResult<()> {
    diesel::delete(leases::table.find(name).filter(leases::holder.eq(holder))).execute(&mut **tx)?;
    Ok(())
}

/// The lease as it is written, expired or not.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, name: &str) -> StoreResult<Option<Lease>> {
    Ok(leases::table.find(name).select(leases::all_columns).first(conn).optional()?)
}

/// The leases whose name starts with `prefix`, expired ones included, by name.
///
/// # Errors
/// The database's.
pub fn with_prefix(conn: &mut Conn, prefix: &str) -> StoreResult<Vec<Lease>> {
    Ok(leases::table
        .filter(leases::name.like(starting_with(prefix)).escape('\\'))
        .order(leases::name.asc())
        .select(leases::all_columns)
        .load(conn)?)
}

/// The workers that are alive at `now`: each holds a lease of this prefix with its name, renewed every few seconds.
///
/// # Errors
/// The database's.
pub fn workers(conn: &mut Conn, now: Timestamp) -> StoreResult<Vec<Lease>> {
    let mut workers = with_prefix(conn, WORKER)?;
    workers.retain(|worker| worker.expires_at > now);
    Ok(workers)
}

/// Whether a gateway link is active at `now`.
///
/// # Errors
/// The database's.
pub fn has_link(conn: &mut Conn, now: Timestamp) -> StoreResult<bool> {
    Ok(find(conn, LINK)?.is_some_and(|link| link.expires_at > now))
}

/// Forgets the leases of this `prefix` that expired before `before`: their holders are gone for good.
///
/// # Errors
/// The database's.
pub fn delete_expired(tx: &mut Tx<'_>, prefix: &str, before: Timestamp) -> StoreResult<usize> {
    let expired = leases::table
        .filter(leases::name.like(starting_with(prefix)).escape('\\'))
        .filter(leases::expires_at.lt(before));
    Ok(diesel::delete(expired).execute(&mut **tx)?)
}

fn starting_with(prefix: &str) -> String {
    format!("{}%", like_literally(prefix))
}
