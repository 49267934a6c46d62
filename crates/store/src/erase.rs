//! Deleting what others refer to: a task, an agent, a gateway, a board, a group, an organization, a person. All that must go
//! or change with it is here, in one place, above the modules of the aggregates; these delete what is theirs alone.

use diesel::prelude::*;
use mission_control_core::id::{
    AgentId, ApprovalId, BoardGroupId, BoardId, GatewayId, OrganizationId, TaskId, UserId,
};
use mission_control_core::models::{JobState, TaskStatus};
use mission_control_core::schema::{
    activity_events, agents, approval_task_links, approvals, board_group_memory, board_groups, board_memory,
    board_onboarding_sessions, board_task_custom_fields, board_webhook_payloads, board_webhooks, boards,
    event_log, gateway_installed_skills, gateways, jobs, marketplace_skills, organization_board_access,
    organization_invite_board_access, organization_invites, organization_members, organizations, skill_packs,
    tag_assignments, tags, task_custom_field_definitions, task_custom_field_values, task_dependencies,
    task_fingerprints, tasks, users,
};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;
use crate::{circuits, members};

/// Deletes a task with its comments, dependencies, tags and values. An approval that is about other tasks too stays with
/// them; one that was only about this task goes. Returns the approvals that went.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn task(tx: &mut Tx<'_>, id: TaskId) -> StoreResult<Vec<ApprovalId>> {
    let conn: &mut Conn = tx;
    macro_rules! delete_from {
        ($($table:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::task_id.eq(id))).execute(conn)?;)+
        };
    }
    delete_from!(
        activity_events,
        task_fingerprints,
        approval_task_links,
        tag_assignments,
        task_custom_field_values
    );
    let dependencies = task_dependencies::table
        .filter(task_dependencies::task_id.eq(id))
        .or_filter(task_dependencies::depends_on_task_id.eq(id));
    diesel::delete(dependencies).execute(conn)?;
    let gone = release_approvals(conn, id)?;
    match diesel::delete(tasks::table.find(id)).execute(conn)? {
        0 => Err(StoreError::NotFound("task")),
        _ => Ok(gone),
    }
}

/// Approvals name one task besides their links: another one takes its place, or the approval goes.
fn release_approvals(conn: &mut Conn, id: TaskId) -> StoreResult<Vec<ApprovalId>> {
    let named: Vec<ApprovalId> =
        approvals::table.filter(approvals::task_id.eq(id)).select(approvals::id).load(conn)?;
    let mut gone = Vec::new();
    for approval in named {
        let next: Option<TaskId> = approval_task_links::table
            .filter(approval_task_links::approval_id.eq(approval))
            .order((approval_task_links::created_at.asc(), approval_task_links::id.asc()))
            .select(approval_task_links::task_id)
            .first(conn)
            .optional()?;
        match next {
            Some(next) => {
                diesel::update(approvals::table.find(approval))
                    .set(approvals::task_id.eq(next))
                    .execute(conn)?;
            }
            None => {
                diesel::delete(approvals::table.find(approval)).execute(conn)?;
                gone.push(approval);
            }
        }
    }
    Ok(gone)
}

/// Deletes an agent. Its tasks go back unassigned, those in progress to the inbox; what it did stays, without its name.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn agent(tx: &mut Tx<'_>, id: AgentId) -> StoreResult<()> {
    let now = Timestamp::now();
    let assigned = tasks::table.filter(tasks::assigned_agent_id.eq(id));
    diesel::update(assigned.filter(tasks::status.eq(TaskStatus::InProgress)))
        .set((
            tasks::assigned_agent_id.eq(None::<AgentId>),
            tasks::assigned_at.eq(None::<Timestamp>),
            tasks::status.eq(TaskStatus::Inbox),
            tasks::in_progress_at.eq(None::<Timestamp>),
            tasks::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    diesel::update(assigned)
        .set((
            tasks::assigned_agent_id.eq(None::<AgentId>),
            tasks::assigned_at.eq(None::<Timestamp>),
            tasks::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    diesel::update(activity_events::table.filter(activity_events::agent_id.eq(id)))
        .set(activity_events::agent_id.eq(None::<AgentId>))
        .execute(&mut **tx)?;
    diesel::update(approvals::table.filter(approvals::agent_id.eq(id)))
        .set(approvals::agent_id.eq(None::<AgentId>))
        .execute(&mut **tx)?;
    diesel::update(board_webhooks::table.filter(board_webhooks::agent_id.eq(id)))
        .set((board_webhooks::agent_id.eq(None::<AgentId>), board_webhooks::updated_at.eq(now)))
        .execute(&mut **tx)?;
    match diesel::delete(agents::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("agent")),
        _ => Ok(()),
    }
}

/// Deletes a gateway with everything that cannot be without it: its agents, those on boards included, and its list of
/// skills. Boards stay, without a gateway.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn gateway(tx: &mut Tx<'_>, id: GatewayId) -> StoreResult<()> {
    let agents = agents::table.filter(agents::gateway_id.eq(id)).select(agents::id).load(&mut **tx)?;
    for agent in agents {
        self::agent(tx, agent)?;
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

/// Deletes a board with everything of it: tasks, approvals, memory, webhooks, grants, activity, agents.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn board(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    tasks_of(tx, id)?;
    records_of(tx, id)?;
    // Agents last: their own deletion clears what other boards hold of them.
    let of_board = agents::table.filter(agents::board_id.eq(id)).select(agents::id);
    for agent in of_board.load::<AgentId>(&mut **tx)? {
        diesel::delete(activity_events::table.filter(activity_events::agent_id.eq(agent)))
            .execute(&mut **tx)?;
        self::agent(tx, agent)?;
    }
    match diesel::delete(boards::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("board")),
        _ => Ok(()),
    }
}

/// Deletes a board's tasks with what refers to them, from wherever.
fn tasks_of(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    let task_ids = || tasks::table.filter(tasks::board_id.eq(id)).select(tasks::id);
    let nullable_task_ids = || tasks::table.filter(tasks::board_id.eq(id)).select(tasks::id.nullable());
    let approval_ids = approvals::table.filter(approvals::board_id.eq(id)).select(approvals::id);

    diesel::delete(activity_events::table.filter(activity_events::task_id.eq_any(nullable_task_ids())))
        .execute(conn)?;
    diesel::delete(tag_assignments::table.filter(tag_assignments::task_id.eq_any(task_ids())))
        .execute(conn)?;
    diesel::delete(
        task_custom_field_values::table.filter(task_custom_field_values::task_id.eq_any(task_ids())),
    )
    .execute(conn)?;
    let dependencies = task_dependencies::table
        .filter(task_dependencies::board_id.eq(id))
        .or_filter(task_dependencies::task_id.eq_any(task_ids()))
        .or_filter(task_dependencies::depends_on_task_id.eq_any(task_ids()));
    diesel::delete(dependencies).execute(conn)?;
    let fingerprints = task_fingerprints::table
        .filter(task_fingerprints::board_id.eq(id))
        .or_filter(task_fingerprints::task_id.eq_any(task_ids()));
    diesel::delete(fingerprints).execute(conn)?;
    let links = approval_task_links::table
        .filter(approval_task_links::approval_id.eq_any(approval_ids))
        .or_filter(approval_task_links::task_id.eq_any(task_ids()));
    diesel::delete(links).execute(conn)?;
    diesel::delete(approvals::table.filter(approvals::board_id.eq(id))).execute(conn)?;
    diesel::update(approvals::table.filter(approvals::task_id.eq_any(nullable_task_ids())))
        .set(approvals::task_id.eq(None::<TaskId>))
        .execute(conn)?;
    diesel::delete(tasks::table.filter(tasks::board_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Deletes what refers to a board directly, tasks and agents excepted.
fn records_of(tx: &mut Tx<'_>, id: BoardId) -> StoreResult<()> {
    let conn: &mut Conn = tx;
    macro_rules! delete_from {
        ($($table:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::board_id.eq(id))).execute(conn)?;)+
        };
    }
    delete_from!(
        activity_events,
        board_memory,
        board_webhook_payloads,
        board_webhooks,
        board_onboarding_sessions,
        organization_board_access,
        organization_invite_board_access,
        board_task_custom_fields,
    );
    Ok(())
}

/// Deletes a group with its memory. Its boards stay, in no group.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn board_group(tx: &mut Tx<'_>, id: BoardGroupId) -> StoreResult<()> {
    diesel::update(boards::table.filter(boards::board_group_id.eq(id)))
        .set(boards::board_group_id.eq(None::<BoardGroupId>))
        .execute(&mut **tx)?;
    diesel::delete(board_group_memory::table.filter(board_group_memory::board_group_id.eq(id)))
        .execute(&mut **tx)?;
    match diesel::delete(board_groups::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("board group")),
        _ => Ok(()),
    }
}

/// Deletes an organization with everything of it: boards, groups, gateways, agents, tags, fields, skills, members,
/// invitations, its jobs (those that run excepted) and its part of the event log. People stay, working elsewhere.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn organization(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    boards_and_gateways_of(tx, id)?;
    belongings_of(tx, id)?;
    memberships_of(tx, id)?;
    let jobs = jobs::table.filter(jobs::organization_id.eq(id)).filter(jobs::state.ne(JobState::Running));
    diesel::delete(jobs).execute(&mut **tx)?;
    diesel::delete(event_log::table.filter(event_log::organization_id.eq(id))).execute(&mut **tx)?;
    diesel::delete(activity_events::table.filter(activity_events::organization_id.eq(id)))
        .execute(&mut **tx)?;
    match diesel::delete(organizations::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("organization")),
        _ => Ok(()),
    }
}

fn boards_and_gateways_of(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
    let of_organization = boards::table.filter(boards::organization_id.eq(id)).select(boards::id);
    for board in of_organization.load::<BoardId>(&mut **tx)? {
        self::board(tx, board)?;
    }
    let of_organization = gateways::table.filter(gateways::organization_id.eq(id)).select(gateways::id);
    for gateway in of_organization.load::<GatewayId>(&mut **tx)? {
        let agents = agents::table.filter(agents::gateway_id.eq(gateway)).select(agents::id.nullable());
        diesel::delete(activity_events::table.filter(activity_events::agent_id.eq_any(agents)))
            .execute(&mut **tx)?;
        self::gateway(tx, gateway)?;
    }
    Ok(())
}

/// Deletes the organization's groups, tags, fields and skills.
fn belongings_of(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
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
fn memberships_of(tx: &mut Tx<'_>, id: OrganizationId) -> StoreResult<()> {
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

/// Deletes a user with the memberships. Tasks and invitations that the user made stay, without the name. Organizations
/// that nobody else is in must have been deleted before.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn user(tx: &mut Tx<'_>, id: UserId) -> StoreResult<()> {
    for member in members::all_of_user(tx, id)? {
        members::delete(tx, member.id)?;
    }
    diesel::update(tasks::table.filter(tasks::assigned_user_id.eq(id)))
        .set((tasks::assigned_user_id.eq(None::<UserId>), tasks::assigned_at.eq(None::<Timestamp>)))
        .execute(&mut **tx)?;
    diesel::update(tasks::table.filter(tasks::created_by_user_id.eq(id)))
        .set(tasks::created_by_user_id.eq(None::<UserId>))
        .execute(&mut **tx)?;
    diesel::update(organization_invites::table.filter(organization_invites::created_by_user_id.eq(id)))
        .set(organization_invites::created_by_user_id.eq(None::<UserId>))
        .execute(&mut **tx)?;
    diesel::update(organization_invites::table.filter(organization_invites::accepted_by_user_id.eq(id)))
        .set(organization_invites::accepted_by_user_id.eq(None::<UserId>))
        .execute(&mut **tx)?;
    match diesel::delete(users::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("user")),
        _ => Ok(()),
    }
}
