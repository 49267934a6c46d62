//! Members of organizations and what they may do per board.

use std::collections::HashMap;

use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use mission_control_core::id::{BoardId, MemberId, OrganizationId, UserId};
use mission_control_core::limits::BOARD_PEOPLE;
use mission_control_core::models::{
    Board, MemberChanges, OrgRole, Organization, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_core::rules::access;
use mission_control_core::rules::api_tokens::SERVICE_ACCOUNT;
use mission_control_core::rules::seat::Seat;
use mission_control_core::schema::{
    boards, organization_board_access, organization_members, organizations, users,
};
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

/// The membership that a person works as: of their active organization, else their oldest one.
///
/// # Errors
/// The database's.
pub fn working(conn: &mut Conn, user: &User) -> StoreResult<Option<OrganizationMember>> {
    if let Some(active) = user.active_organization_id
        && let Some(member) = of_user(conn, active, user.id)?
    {
        return Ok(Some(member));
    }
    first_of_user(conn, user.id)
}

/// A person, the membership that they work as, and the organization they work in.
#[derive(Debug, Clone, PartialEq)]
pub struct AtWork {
    /// The person.
    pub user: User,
    /// The membership.
    pub member: OrganizationMember,
    /// The organization.
    pub organization: Organization,
}

/// The person of a condition, as [`working`] says, in one statement.
macro_rules! at_work {
    ($conn:expr, $who:expr) => {{
        let is_active = users::active_organization_id.eq(organization_members::organization_id.nullable());
        let found: Option<(User, OrganizationMember, Organization)> = users::table
            .inner_join(organization_members::table.inner_join(organizations::table))
            .filter($who)
            .order((
                case_when(is_active, 0.into_sql::<Integer>()).otherwise(1.into_sql::<Integer>()).asc(),
                organization_members::created_at.asc(),
                organization_members::id.asc(),
            ))
            .select((users::all_columns, organization_members::all_columns, organizations::all_columns))
            .first($conn)
            .optional()?;
        Ok(found.map(|(user, member, organization)| AtWork { user, member, organization }))
    }};
}

/// A person at work; `None` of one who is in no organization.
///
/// # Errors
/// The database's.
pub fn at_work(conn: &mut Conn, user: UserId) -> StoreResult<Option<AtWork>> {
    at_work!(conn, users::id.eq(user))
}

/// The same of the person of this subject.
///
/// # Errors
/// The database's.
pub fn subject_at_work(conn: &mut Conn, subject: &str) -> StoreResult<Option<AtWork>> {
    at_work!(conn, users::clerk_user_id.eq(subject))
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

/// The people who may be given tasks of a board, which are those who may write to it, by the time that they joined.
///
/// # Errors
/// The database's.
pub fn people_of(conn: &mut Conn, board: &Board) -> StoreResult<Vec<User>> {
    let granted = organization_board_access::table
        .filter(organization_board_access::board_id.eq(board.id))
        .filter(organization_board_access::can_write.eq(true))
        .select(organization_board_access::organization_member_id);
    Ok(organization_members::table
        .inner_join(users::table)
        .filter(organization_members::organization_id.eq(board.organization_id))
        .filter(organization_members::all_boards_write.eq(true).or(organization_members::id.eq_any(granted)))
        .filter(users::clerk_user_id.not_like(format!("{SERVICE_ACCOUNT}%")))
        .order((organization_members::created_at.asc(), organization_members::id.asc()))
        .limit(BOARD_PEOPLE)
        .select(users::all_columns)
        .load(conn)?)
}

/// Whether a user is one of the people of [`people_of`]. Until the transaction ends that is not taken away; if somebody is
/// about to, it is no more.
///
/// # Errors
/// The database's.
pub fn is_one_of_the_people(tx: &mut Tx<'_>, board: &Board, user: UserId) -> StoreResult<bool> {
    let query = organization_members::table
        .filter(organization_members::organization_id.eq(board.organization_id))
        .filter(organization_members::user_id.eq(user))
        .select(organization_members::all_columns);
    // Waiting for who holds the row would be waiting for somebody who waits for this board.
    let member: Option<OrganizationMember> = match &mut **tx {
        Conn::Pg(pg) => query.for_share().skip_locked().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    };
    let Some(member) = member else { return Ok(false) };
    let grant = access_to(tx, member.id, board.id)?;
    let person = users::table.find(user).select(users::all_columns).first::<User>(&mut **tx).optional()?;
    Ok(access::may_write_board(&member, board, grant.as_ref())
        && person.is_some_and(|person| !person.is_service_account()))
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

/// A board with what is granted to the member on it, as [`grant_on`] says.
///
/// # Errors
/// The database's.
pub fn board_with_grant(
    conn: &mut Conn,
    seat: &Seat,
    board_id: BoardId,
) -> StoreResult<Option<(Board, Option<OrganizationBoardAccess>)>> {
    let of_member = organization_board_access::board_id
        .eq(boards::id)
        .and(organization_board_access::organization_member_id.eq(seat.id));
    let found: Option<(Board, Option<OrganizationBoardAccess>)> = boards::table
        .left_join(organization_board_access::table.on(of_member))
        .filter(boards::id.eq(board_id))
        .select((boards::all_columns, organization_board_access::all_columns.nullable()))
        .first(conn)
        .optional()?;
    Ok(found.map(|(board, stored)| {
        let grants = seat.grants(stored.into_iter().collect());
        (board, grants.into_iter().find(|grant| grant.board_id == board_id))
    }))
}

/// What a member may do on one board, beyond the member's flags for all boards.
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
