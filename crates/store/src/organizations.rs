//! Organizations.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId, UserId};
use mission_control_core::models::{JobState, Organization, OrganizationChanges, OrganizationMember};
use mission_control_core::schema::{
    activity_events, agents, board_group_memory, board_groups, board_task_custom_fields, boards, event_log,
    gateway_installed_skills, gateways, jobs, marketplace_skills, organization_board_access,
    organization_invite_board_access, organization_invites, organization_members, organizations, skill_packs,
    tag_assignments, tags, task_custom_field_definitions, task_custom_field_values, users,
};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::sql::lower;
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

/// The organizations of a user with the membership in each, by name.
///
/// # Errors
/// The database's.
pub fn of_user(conn: &mut Conn, user_id: UserId) -> StoreResult<Vec<(Organization, OrganizationMember)>> {
    Ok(organizations::table
        .inner_join(organization_members::table)
        .filter(organization_members::user_id.eq(user_id))
        .order((lower(organizations::name).asc(), organizations::id.asc()))
        .select((organizations::all_columns, organization_members::all_columns))
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

/// Deletes an organization with everything of it: boards, groups, gateways, agents, tags, fields, skills, members,
/// invitations, its jobs (those that run excepted) and its part of the event log. People stay, working elsewhere.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    delete_boards_and_gateways(tx, id)?;
    delete_belongings(tx, id)?;
    delete_people(tx, id)?;
    let jobs = jobs::table.filter(jobs::organization_id.eq(id)).filter(jobs::state.ne(JobState::Running));
    diesel::delete(jobs).execute(&mut **tx)?;
    diesel::delete(event_log::table.filter(event_log::organization_id.eq(id))).execute(&mut **tx)?;
    match diesel::delete(organizations::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("organization")),
        _ => Ok(()),
    }
}

fn delete_boards_and_gateways(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    let of_organization = boards::table.filter(boards::organization_id.eq(id)).select(boards::id);
    for board in of_organization.load::<BoardId>(&mut **tx)? {
        crate::boards::delete(tx, board)?;
    }
    let of_organization = gateways::table.filter(gateways::organization_id.eq(id)).select(gateways::id);
    for gateway in of_organization.load::<GatewayId>(&mut **tx)? {
        let agents: Vec<AgentId> =
            agents::table.filter(agents::gateway_id.eq(gateway)).select(agents::id).load(&mut **tx)?;
        diesel::delete(activity_events::table.filter(activity_events::agent_id.eq_any(agents)))
            .execute(&mut **tx)?;
        crate::gateways::delete(tx, gateway)?;
    }
    Ok(())
}

/// Deletes the organization's groups, tags, fields and skills.
fn delete_belongings(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    macro_rules! delete_with_children {
        ($($table:ident: $($child:ident.$column:ident),*;)+) => {$(
            $(
                let parents = $table::table.filter($table::organization_id.eq(id)).select($table::id);
                diesel::delete($child::table.filter($child::$column.eq_any(parents))).execute(conn)?;
            )*
            diesel::delete($table::table.filter($table::organization_id.eq(id))).execute(conn)?;
        )+};
    }
    delete_with_children! {
        board_groups: board_group_memory.board_group_id;
        tags: tag_assignments.tag_id;
        task_custom_field_definitions: board_task_custom_fields.task_custom_field_definition_id,
            task_custom_field_values.task_custom_field_definition_id;
        marketplace_skills: gateway_installed_skills.skill_id;
        skill_packs: ;
        organization_invites: organization_invite_board_access.organization_invite_id;
    }
    Ok(())
}

/// Ends all memberships.
fn delete_people(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    let members = organization_members::table.filter(organization_members::organization_id.eq(id));
    let grants = organization_board_access::table.filter(
        organization_board_access::organization_member_id.eq_any(members.select(organization_members::id)),
    );
    diesel::delete(grants).execute(conn)?;
    diesel::delete(members).execute(conn)?;
    diesel::update(users::table.filter(users::active_organization_id.eq(id)))
        .set(users::active_organization_id.eq(None::<OrganizationId>))
        .execute(conn)?;
    Ok(())
}
