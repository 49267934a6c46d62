//! Gateways.

use diesel::prelude::*;
use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{ConnectionState, Gateway, GatewayChanges, GatewayObservation};
use mission_control_core::schema::gateways;
use mission_control_core::time::Timestamp;
use serde_json::Value;

use crate::circuits;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// The gateway of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: GatewayId) -> StoreResult<Option<Gateway>> {
    Ok(gateways::table.find(id).select(gateways::all_columns).first(conn).optional()?)
}

/// The gateway of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: GatewayId,
) -> StoreResult<Option<Gateway>> {
    Ok(find(conn, id)?.filter(|gateway| gateway.organization_id == organization_id))
}

/// The gateways of an organization, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, organization_id: OrganizationId, page: Page) -> StoreResult<Listing<Gateway>> {
    let of_organization = gateways::organization_id.eq(organization_id);
    listing!(
        conn,
        &page,
        gateways::table.filter(of_organization),
        (Timestamp, GatewayId)[desc(gateways::created_at), desc(gateways::id)],
        gateways::all_columns,
        texts ["gateways.name", "gateways.connection_error"]
    )
}

/// Every gateway of the installation, oldest first: what the link keeps connected.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Conn) -> StoreResult<Vec<Gateway>> {
    Ok(gateways::table
        .order((gateways::created_at.asc(), gateways::id.asc()))
        .select(gateways::all_columns)
        .load(conn)?)
}

/// Adds a gateway. Its `token` must be sealed.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, gateway: &Gateway) -> StoreResult<()> {
    diesel::insert_into(gateways::table).values(gateway).execute(&mut **tx)?;
    Ok(())
}

/// Reads a gateway for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: GatewayId) -> StoreResult<Option<Gateway>> {
    let query = gateways::table.find(id).select(gateways::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Changes a gateway as a person wants it.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: GatewayId, changes: &GatewayChanges) -> StoreResult<Gateway> {
    diesel::update(gateways::table.find(id))
        .set((changes, gateways::updated_at.eq(Timestamp::now())))
        .returning(gateways::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("gateway"))
}

/// Takes what is no address out of a gateway's address: the same gateway, as a person wants it. Does nothing when the
/// address is not `before` any more.
///
/// # Errors
/// The database's.
pub fn clean_address(
    tx: &mut Tx<'_>,
    id: GatewayId,
    before: &str,
    url: &str,
    token: Option<&str>,
) -> StoreResult<()> {
    diesel::update(gateways::table.find(id).filter(gateways::url.eq(before)))
        .set((gateways::url.eq(url), gateways::token.eq(token)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes down what the link saw, now, without touching `updated_at`.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn observe(tx: &mut Tx<'_>, id: GatewayId, seen: &GatewayObservation) -> StoreResult<Gateway> {
    let seen = GatewayObservation {
        connection_checked_at: seen.connection_checked_at.or(Some(Some(Timestamp::now()))),
        ..seen.clone()
    };
    let gateway = diesel::update(gateways::table.find(id))
        .set(&seen)
        .returning(gateways::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("gateway"))?;
    if seen.connection_state == Some(ConnectionState::Up) {
        circuits::let_try(tx, id)?;
    }
    Ok(gateway)
}

/// Keeps to which agents of the gateway's owner we gave a heartbeat block, as a list of ids.
///
/// # Errors
/// The database's.
pub fn set_heartbeat_copies(tx: &mut Tx<'_>, id: GatewayId, copies: Value) -> StoreResult<()> {
    diesel::update(gateways::table.find(id))
        .set(gateways::heartbeat_copies.eq(Some(copies)))
        .execute(&mut **tx)?;
    Ok(())
}
