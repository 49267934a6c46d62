//! Tokens of programs.

use diesel::prelude::*;
use mission_control_core::id::{ApiTokenId, MemberId, OrganizationId};
use mission_control_core::models::{ApiToken, Organization, OrganizationMember, User};
use mission_control_core::rules::api_tokens::is_live;
use mission_control_core::rules::seat::Seat;
use mission_control_core::schema::{api_tokens, organization_members, organizations, users};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// A token with the membership whose rights it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The token.
    pub token: ApiToken,
    /// The membership.
    pub member: OrganizationMember,
    /// The person, or the service account.
    pub user: User,
    /// The organization.
    pub organization: Organization,
}

impl Held {
    /// The membership with the rights that the token has of it.
    pub fn seat(&self) -> Seat {
        match self.token.boards() {
            Some(boards) => Seat::on_boards(self.member.clone(), boards),
            None => self.member.clone().into(),
        }
    }
}

/// The token of this digest, unless it has expired by `now`.
///
/// # Errors
/// The database's.
pub fn find_live(conn: &mut Conn, digest: &str, now: Timestamp) -> StoreResult<Option<Held>> {
    let found = api_tokens::table
        .inner_join(organization_members::table.inner_join(users::table).inner_join(organizations::table))
        .filter(api_tokens::digest.eq(digest))
        .select((
            api_tokens::all_columns,
            organization_members::all_columns,
            users::all_columns,
            organizations::all_columns,
        ))
        .first(conn)
        .optional()?;
    Ok(held(found, now))
}

/// The token of this id, unless it has expired by `now`.
///
/// # Errors
/// The database's.
pub fn live(conn: &mut Conn, id: ApiTokenId, now: Timestamp) -> StoreResult<Option<Held>> {
    let found = api_tokens::table
        .inner_join(organization_members::table.inner_join(users::table).inner_join(organizations::table))
        .filter(api_tokens::id.eq(id))
        .select((
            api_tokens::all_columns,
            organization_members::all_columns,
            users::all_columns,
            organizations::all_columns,
        ))
        .first(conn)
        .optional()?;
    Ok(held(found, now))
}

fn held(found: Option<(ApiToken, OrganizationMember, User, Organization)>, now: Timestamp) -> Option<Held> {
    let held = found.map(|(token, member, user, organization)| Held { token, member, user, organization });
    held.filter(|held| is_live(&held.token, now))
}

/// The tokens of an organization, or those of one member, newest first; those that have expired included.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization_id: OrganizationId,
    member: Option<MemberId>,
    page: Page,
) -> StoreResult<Listing<(ApiToken, User)>> {
    let wanted = || {
        let of_organization = api_tokens::table
            .inner_join(organization_members::table.inner_join(users::table))
            .filter(api_tokens::organization_id.eq(organization_id))
            .into_boxed();
        match member {
            Some(member) => of_organization.filter(api_tokens::member_id.eq(member)),
            None => of_organization,
        }
    };
    listing!(
        conn,
        &page,
        wanted(),
        (Timestamp, ApiTokenId)[desc(api_tokens::created_at), desc(api_tokens::id)],
        (api_tokens::all_columns, users::all_columns),
        texts ["api_tokens.name", "users.name"]
    )
}

/// A token of the organization, with whose it is.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: ApiTokenId,
) -> StoreResult<Option<(ApiToken, User)>> {
    Ok(api_tokens::table
        .inner_join(organization_members::table.inner_join(users::table))
        .filter(api_tokens::organization_id.eq(organization_id))
        .filter(api_tokens::id.eq(id))
        .select((api_tokens::all_columns, users::all_columns))
        .first(conn)
        .optional()?)
}

/// How many tokens a member has.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, member: MemberId) -> StoreResult<i64> {
    Ok(api_tokens::table.filter(api_tokens::member_id.eq(member)).count().get_result(conn)?)
}

/// Adds a token.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, token: &ApiToken) -> StoreResult<()> {
    diesel::insert_into(api_tokens::table).values(token).execute(&mut **tx)?;
    Ok(())
}

/// Writes down when a token was last used, and from where.
///
/// # Errors
/// The database's.
pub fn used(tx: &mut Tx<'_>, id: ApiTokenId, at: Timestamp, address: Option<&str>) -> StoreResult<()> {
    diesel::update(api_tokens::table.find(id))
        .set((api_tokens::last_used_at.eq(at), api_tokens::last_used_address.eq(address)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Deletes a token; one that is gone already is fine.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<'_>, id: ApiTokenId) -> StoreResult<()> {
    diesel::delete(api_tokens::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
