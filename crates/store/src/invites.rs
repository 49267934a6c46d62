//! Invitations into organizations.

use diesel::prelude::*;
use mission_control_core::id::{InviteId, OrganizationId, UserId};
use mission_control_core::models::{InviteBoardAccess, OrganizationInvite};
use mission_control_core::schema::{
    organization_invite_board_access as grants, organization_invites as invites,
};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// The invitations into an organization that nobody accepted, newest first; those that expired included.
///
/// # Errors
/// The database's.
pub fn pending(
    conn: &mut Conn,
    organization_id: OrganizationId,
    page: Page,
) -> StoreResult<Listing<OrganizationInvite>> {
    let pending = || {
        invites::table
            .filter(invites::organization_id.eq(organization_id))
            .filter(invites::accepted_at.is_null())
    };
    listing!(
        conn,
        &page,
        pending(),
        (Timestamp, InviteId)[desc(invites::created_at), desc(invites::id)],
        invites::all_columns,
        texts ["organization_invites.invited_email"]
    )
}

/// The invitations into an organization that this person made and nobody accepted.
///
/// # Errors
/// The database's.
pub fn pending_of(
    conn: &mut Conn,
    organization_id: OrganizationId,
    user: UserId,
) -> StoreResult<Vec<OrganizationInvite>> {
    Ok(invites::table
        .filter(invites::organization_id.eq(organization_id))
        .filter(invites::created_by_user_id.eq(user))
        .filter(invites::accepted_at.is_null())
        .select(invites::all_columns)
        .load(conn)?)
}

/// The invitations of the address `email`, in lower case, that nobody accepted, oldest first. Until the transaction ends nobody
/// else accepts them.
///
/// # Errors
/// The database's.
pub fn lock_pending_for(tx: &mut Tx<'_>, email: &str) -> StoreResult<Vec<OrganizationInvite>> {
    let query = invites::table
        .filter(invites::invited_email.eq(email))
        .filter(invites::accepted_at.is_null())
        .order((invites::created_at.asc(), invites::id.asc()))
        .select(invites::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().load(pg)?,
        Conn::Sqlite(sqlite) => query.load(sqlite)?,
    })
}

/// The invitation of this id, if it is into this organization.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: InviteId,
) -> StoreResult<Option<OrganizationInvite>> {
    Ok(invites::table
        .find(id)
        .filter(invites::organization_id.eq(organization_id))
        .select(invites::all_columns)
        .first(conn)
        .optional()?)
}

/// The pending invitations with this token, or with this SHA-256 of one.
macro_rules! pending_with {
    ($token:expr, $digest:expr) => {{
        let made_by_the_reference = invites::token.eq($token).and(invites::expires_at.is_null());
        let ours = invites::token.eq($digest).and(invites::expires_at.is_not_null());
        invites::table
            .filter(ours.or(made_by_the_reference))
            .filter(invites::accepted_at.is_null())
            .select(invites::all_columns)
    }};
}

/// The invitation with this token that nobody accepted yet. `digest` is the token's SHA-256; the token itself finds only
/// invitations that the reference made.
///
/// # Errors
/// The database's.
pub fn pending_with(conn: &mut Conn, token: &str, digest: &str) -> StoreResult<Option<OrganizationInvite>> {
    Ok(pending_with!(token, digest).first(conn).optional()?)
}

/// The same for an update: until the transaction ends nobody else accepts it.
///
/// # Errors
/// The database's.
pub fn lock_pending(tx: &mut Tx<'_>, token: &str, digest: &str) -> StoreResult<Option<OrganizationInvite>> {
    let query = pending_with!(token, digest);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// What an invitation opens of single boards.
///
/// # Errors
/// The database's.
pub fn access(conn: &mut Conn, id: InviteId) -> StoreResult<Vec<InviteBoardAccess>> {
    Ok(grants::table
        .filter(grants::organization_invite_id.eq(id))
        .order((grants::created_at.asc(), grants::id.asc()))
        .select(grants::all_columns)
        .load(conn)?)
}

/// Adds an invitation with its grants for single boards.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a board that is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, invite: &OrganizationInvite, access: &[InviteBoardAccess]) -> StoreResult<()> {
    diesel::insert_into(invites::table).values(invite).execute(&mut **tx)?;
    for grant in access {
        diesel::insert_into(grants::table).values(grant).execute(&mut **tx)?;
    }
    Ok(())
}

/// Notes that `user` accepted the invitation, now, and returns it.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn accept(tx: &mut Tx<'_>, id: InviteId, user: UserId) -> StoreResult<OrganizationInvite> {
    let now = Timestamp::now();
    diesel::update(invites::table.find(id))
        .set((
            invites::accepted_by_user_id.eq(user),
            invites::accepted_at.eq(now),
            invites::updated_at.eq(now),
        ))
        .returning(invites::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("invite"))
}

/// Deletes an invitation.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: InviteId) -> StoreResult<()> {
    diesel::delete(grants::table.filter(grants::organization_invite_id.eq(id))).execute(&mut **tx)?;
    match diesel::delete(invites::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("invite")),
        _ => Ok(()),
    }
}
