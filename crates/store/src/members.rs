//! Members of organizations and what they may do per board.

use std::collections::HashMap;

use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use mission_control_core::id::{BoardId, MemberId, OrganizationId, UserId};
use mission_control_core::models::{
    MemberChanges, OrgRole, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_core::rules::api_tokens::SERVICE_ACCOUNT;
use mission_control_core::rules::seat::Seat;
use mission_control_core::schema::{organization_board_access, organization_members, users};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower_or_null, or_blank};
use crate::tx::Tx;

/// The member of this id, in this organization.
///
/// # Errors
/// The database's.
pub fn find(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: MemberId,
) -> StoreResult<Option<OrganizationMember>> {
    Ok(organization_members::table
        .find(id)
        .filter(organization_members::organization_id.eq(organization_id))
        .select(organization_members::all_columns)
        .first(conn)
        .optional()?)
}

/// A user's membership in an organization.
///
/// # Errors
/// The database's.
pub fn of_user(
    conn: &mut Conn,
    organization_id: OrganizationId,
    user_id: UserId,
) -> StoreResult<Option<OrganizationMember>> {
    Ok(organization_members::table
        .filter(organization_members::organization_id.eq(organization_id))
        .filter(organization_members::user_id.eq(user_id))
        .select(organization_members::all_columns)
        .first(conn)
        .optional()?)
}

/// Like [`find`], with the person behind the membership.
///
/// # Errors
/// The database's.
pub fn find_with_user(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: MemberId,
) -> StoreResult<Option<(OrganizationMember, User)>> {
    Ok(organization_members::table
        .find(id)
        .inner_join(users::table)
        .filter(organization_members::organization_id.eq(organization_id))
        .select((organization_members::all_columns, users::all_columns))
        .first(conn)
        .optional()?)
}

/// All memberships of a user, oldest first.
///
/// # Errors
/// The database's.
pub fn all_of_user(conn: &mut Conn, user_id: UserId) -> StoreResult<Vec<OrganizationMember>> {
    Ok(organization_members::table
        .filter(organization_members::user_id.eq(user_id))
        .order((organization_members::created_at.asc(), organization_members::id.asc()))
        .select(organization_members::all_columns)
        .load(conn)?)
}

/// The roles of everyone in each of the organizations, in no order.
///
/// # Errors
/// The database's.
pub fn roles(
    conn: &mut Conn,
    organizations: &[OrganizationId],
) -> StoreResult<HashMap<OrganizationId, Vec<OrgRole>>> {
    let rows: Vec<(OrganizationId, OrgRole)> = organization_members::table
        .filter(among(organization_members::organization_id, organizations))
        .select((organization_members::organization_id, organization_members::role))
        .load(conn)?;
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for (organization, role) in rows {
        roles.entry(organization).or_default().push(role);
    }
    Ok(roles)
}

/// How many owners an organization has.
///
/// # Errors
/// The database's.
pub fn owners(conn: &mut Conn, organization_id: OrganizationId) -> StoreResult<usize> {
    let owners: i64 = organization_members::table
        .filter(organization_members::organization_id.eq(organization_id))
        .filter(organization_members::role.eq(OrgRole::Owner))
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(owners).unwrap_or_default())
}

/// Whether a user with this e-mail address, whatever its case, is a member.
///
/// # Errors
/// The database's.
pub fn has_email(conn: &mut Conn, organization_id: OrganizationId, email: &str) -> StoreResult<bool> {
    let member = organization_members::table
        .inner_join(users::table)
        .filter(organization_members::organization_id.eq(organization_id))
        .filter(lower_or_null(users::email).eq(email.to_lowercase()));
    Ok(diesel::select(diesel::dsl::exists(member)).get_result(conn)?)
}

/// A user's oldest membership: where a user without an active organization works.
///
/// # Errors
/// The database's.
pub fn first_of_user(conn: &mut Conn, user_id: UserId) -> StoreResult<Option<OrganizationMember>> {
    Ok(organization_members::table
        .filter(organization_members::user_id.eq(user_id))
        .order((organization_members::created_at.asc(), organization_members::id.asc()))
        .select(organization_members::all_columns)
        .first(conn)
        .optional()?)
}

/// The oldest owner of an organization: whose profile agents are told.
///
/// # Errors
/// The database's.
pub fn owner_of(conn: &mut Conn, organization_id: OrganizationId) -> StoreResult<Option<User>> {
    Ok(organization_members::table
        .inner_join(users::table)
        .filter(organization_members::organization_id.eq(organization_id))
        .filter(organization_members::role.eq(OrgRole::Owner))
        .order((organization_members::created_at.asc(), organization_members::id.asc()))
        .select(users::all_columns)
        .first(conn)
        .optional()?)
}

/// The members of an organization with their users, by e-mail address, those without one last.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization_id: OrganizationId,
    page: Page,
) -> StoreResult<Listing<(OrganizationMember, User)>> {
    let of_organization = || {
        organization_members::table
            .inner_join(users::table)
            .filter(organization_members::organization_id.eq(organization_id))
    };
    let (yes, no) = (|| 1.into_sql::<Integer>(), || 0.into_sql::<Integer>());
    let without_email = || case_when(users::email.is_null(), yes()).otherwise(no());
    let without_name = || case_when(users::name.is_null(), yes()).otherwise(no());
    listing!(
        conn,
        &page,
        of_organization(),
        (i32, (String, (i32, (String, MemberId))))[
            asc(without_email()),
            asc(beginning(or_blank(lower_or_null(users::email), ""))),
            asc(without_name()),
            asc(beginning(or_blank(users::name, ""))),
            asc(organization_members::id)
        ],
        (organization_members::all_columns, users::all_columns),
        texts ["users.name", "users.notes", "users.context"]
    )
}

/// The service accounts of an organization, oldest first.
///
/// # Errors
/// The database's.
pub fn service_accounts(
    conn: &mut Conn,
    organization_id: OrganizationId,
    page: Page,
) -> StoreResult<Listing<(OrganizationMember, User)>> {
    let accounts = || {
        organization_members::table
            .inner_join(users::table)
            .filter(organization_members::organization_id.eq(organization_id))
            .filter(users::clerk_user_id.like(format!("{SERVICE_ACCOUNT}%")))
    };
    listing!(
        conn,
        &page,
        accounts(),
        (Timestamp, MemberId)[asc(organization_members::created_at), asc(organization_members::id)],
        (organization_members::all_columns, users::all_columns),
        texts ["users.name"]
    )
}

/// Adds a member.
///
/// # Errors
/// [`StoreError::Duplicate`] when the user is one already; the database's.
pub fn insert(tx: &mut Tx<'_>, member: &OrganizationMember) -> StoreResult<()> {
    diesel::insert_into(organization_members::table).values(member).execute(&mut **tx)?;
    Ok(())
}

/// Changes a member.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: MemberId, changes: &MemberChanges) -> StoreResult<OrganizationMember> {
    diesel::update(organization_members::table.find(id))
        .set((changes, organization_members::updated_at.eq(Timestamp::now())))
        .returning(organization_members::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("member"))
}

/// Removes a member, with the grants.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: MemberId) -> StoreResult<()> {
    replace_access(tx, id, &[])?;
    match diesel::delete(organization_members::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("member")),
        _ => Ok(()),
    }
}

/// What a credential opens of a membership's single boards.
///
/// # Errors
/// The database's.
pub fn grants(conn: &mut Conn, seat: &Seat) -> StoreResult<Vec<OrganizationBoardAccess>> {
    Ok(seat.grants(access(conn, seat.id)?))
}

/// What a credential opens of one board, beyond the member's flags for all boards.
///
/// # Errors
/// The database's.
pub fn grant_on(
    conn: &mut Conn,
    seat: &Seat,
    board_id: BoardId,
) -> StoreResult<Option<OrganizationBoardAccess>> {
    let stored = access_to(conn, seat.id, board_id)?;
    Ok(seat.grants(stored.into_iter().collect()).into_iter().find(|grant| grant.board_id == board_id))
}

/// What a member may do on single boards.
///
/// # Errors
/// The database's.
pub fn access(conn: &mut Conn, member_id: MemberId) -> StoreResult<Vec<OrganizationBoardAccess>> {
    Ok(organization_board_access::table
        .filter(organization_board_access::organization_member_id.eq(member_id))
        .order((organization_board_access::created_at.asc(), organization_board_access::id.asc()))
        .select(organization_board_access::all_columns)
        .load(conn)?)
}

/// What a member may do on one board, beyond the member's flags for all boards.
///
/// # Errors
/// The database's.
fn access_to(
    conn: &mut Conn,
    member_id: MemberId,
    board_id: BoardId,
) -> StoreResult<Option<OrganizationBoardAccess>> {
    Ok(organization_board_access::table
        .filter(organization_board_access::organization_member_id.eq(member_id))
        .filter(organization_board_access::board_id.eq(board_id))
        .select(organization_board_access::all_columns)
        .first(conn)
        .optional()?)
}

/// Replaces all of a member's grants.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a board that is not there; the database's.
pub fn replace_access(
    tx: &mut Tx<'_>,
    member_id: MemberId,
    grants: &[OrganizationBoardAccess],
) -> StoreResult<()> {
    let old = organization_board_access::table
        .filter(organization_board_access::organization_member_id.eq(member_id));
    diesel::delete(old).execute(&mut **tx)?;
    for grant in grants {
        diesel::insert_into(organization_board_access::table).values(grant).execute(&mut **tx)?;
    }
    Ok(())
}
