//! The key pair by which gateways know this installation.

use diesel::prelude::*;
use mission_control_core::models::DeviceIdentity;
use mission_control_core::schema::device_identities;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;

/// The identity of this name.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, name: &str) -> StoreResult<Option<DeviceIdentity>> {
    Ok(device_identities::table.find(name).select(device_identities::all_columns).first(conn).optional()?)
}

/// Keeps a new identity unless there is one of its name; returns the one that counts. Processes that start at once thus
/// agree on one identity.
///
/// # Errors
/// The database's.
pub fn insert_if_absent(tx: &mut Tx<'_>, identity: &DeviceIdentity) -> StoreResult<DeviceIdentity> {
    let insert = diesel::insert_into(device_identities::table).values(identity);
    match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    find(tx, &identity.name)?.ok_or(StoreError::NotFound("device identity"))
}
