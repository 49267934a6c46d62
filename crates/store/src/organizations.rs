//! Organizations.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{OrgRole, Organization, OrganizationChanges, OrganizationMember};
use mission_control_core::schema::{organization_members, organizations};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower};
use crate::tx::Tx;

/// The organization of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: OrganizationId) -> StoreResult<Option<Organization>> {
    Ok(organizations::table.find(id).select(organizations::all_columns).first(conn).optional()?)
}

/// The organization of this name, whatever its case; names are unique by rule, not by constraint.
///
/// # Errors
/// The database's.
pub fn find_by_name(conn: &mut Conn, name: &str) -> StoreResult<Option<Organization>> {
    Ok(organizations::table
        .filter(lower(organizations::name).eq(name.to_lowercase()))
        .order((organizations::created_at.asc(), organizations::id.asc()))
        .select(organizations::all_columns)
        .first(conn)
        .optional()?)
}

/// The organizations of a user with the membership in each, by name; `only` this one, where it is said.
///
/// # Errors
/// The database's.
pub fn of_user(
    conn: &mut Conn,
    user_id: UserId,
    only: Option<OrganizationId>,
    page: Page,
) -> StoreResult<Listing<(Organization, OrganizationMember)>> {
    let of_user = || {
        let all = organizations::table
            .inner_join(organization_members::table)
            .filter(organization_members::user_id.eq(user_id))
            .into_boxed();
        match only {
            Some(id) => all.filter(organizations::id.eq(id)),
            None => all,
        }
    };
    listing!(
        conn,
        &page,
        of_user(),
        (String, OrganizationId)[asc(beginning(lower(organizations::name))), asc(organizations::id)],
        (organizations::all_columns, organization_members::all_columns),
        texts ["organizations.name"]
    )
}

/// The organizations without an owner, `limit` at most.
///
/// # Errors
/// The database's.
pub fn ownerless(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Organization>> {
    let owners = organization_members::table
        .filter(organization_members::organization_id.eq(organizations::id))
        .filter(organization_members::role.eq(OrgRole::Owner));
    Ok(organizations::table
        .filter(not(exists(owners)))
        .order((organizations::created_at.asc(), organizations::id.asc()))
        .limit(limit)
        .select(organizations::all_columns)
        .load(conn)?)
}

/// Adds an organization.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, organization: &Organization) -> StoreResult<()> {
    diesel::insert_into(organizations::table).values(organization).execute(&mut **tx)?;
    Ok(())
}

/// Changes an organization.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(
    tx: &mut Tx<'_>,
    id: OrganizationId,
    changes: &OrganizationChanges,
) -> StoreResult<Organization> {
    diesel::update(organizations::table.find(id))
        .set((changes, organizations::updated_at.eq(Timestamp::now())))
        .returning(organizations::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("organization"))
}

/// Reads an organization for an update: until the transaction ends nobody else changes or locks it, and nothing is
/// added to it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<Option<Organization>> {
    let query = organizations::table.find(id).select(organizations::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Key of the advisory lock under which names are given.
const NAMES_LOCK: i64 = 0x6d63_6f72_6700;

/// Until the transaction ends nobody else gives an organization a name.
///
/// # Errors
/// The database's.
pub fn lock_names(tx: &mut Tx<'_>) -> StoreResult<()> {
    if let Conn::Pg(pg) = &mut **tx {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(NAMES_LOCK)
            .execute(pg)?;
    }
    Ok(())
}
