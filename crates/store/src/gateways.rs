//! Gateways.

use diesel::prelude::*;
use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{ConnectionState, Gateway, GatewayChanges, GatewayObservation};
use mission_control_core::schema::{agents, boards, gateway_installed_skills, gateways};
use mission_control_core::time::Timestamp;

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
        gateways::all_columns
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

/// Deletes a gateway with everything that cannot be without it: its agents, those on boards included, and its list of
/// skills. Boards stay, without a gateway.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: GatewayId) -> StoreResult<()> {
    let agents = agents::table.filter(agents::gateway_id.eq(id)).select(agents::id).load(&mut **tx)?;
    for agent in agents {
        crate::agents::delete(tx, agent)?;
    }
    diesel::update(boards::table.filter(boards::gateway_id.eq(id)))
        .set((boards::gateway_id.eq(None::<GatewayId>), boards::updated_at.eq(Timestamp::now())))
        .execute(&mut **tx)?;
    diesel::delete(gateway_installed_skills::table.filter(gateway_installed_skills::gateway_id.eq(id)))
        .execute(&mut **tx)?;
    circuits::close(tx, id)?;
    match diesel::delete(gateways::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("gateway")),
        _ => Ok(()),
    }
}
