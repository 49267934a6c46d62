//! The members of an organization: their roles, and the boards that they may see and change.

mod models;
mod rights;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, put};
use mission_control_core::events::EventKind;
use mission_control_core::id::MemberId;
use mission_control_core::limits::{BOARDS, WORD};
use mission_control_core::models::{
    MemberChanges, NewEvent, OrgRole, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_core::rules::access;
use mission_control_store::{Tx, members, users};
use utoipa_actix_web::service_config::ServiceConfig;

pub use self::models::{OrganizationBoardAccessRead, OrganizationMemberRead, OrganizationUserRead};
pub use self::rights::OrganizationBoardAccessSpec;
pub(super) use self::rights::{acting_role, rights, role};
use super::invites::withdraw;
use super::organizations::work_in;
use crate::auth::{OrgAdmin, OrgMember};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, Done, List, PageQuery, Params, Query};
use crate::input::{AnyText, Change, ListOf};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(read_mine)
        .service(list)
        .service(read)
        .service(update)
        .service(update_access)
        .service(remove);
}

crate::input! {
    /// Changes to a membership.
    pub struct OrganizationMemberUpdate {
        /// `owner`, `admin` or `member`; not above the caller's own.
        pub role: Change<AnyText<WORD>>,
    }
}

crate::input! {
    /// What a member may do from now on, instead of what was granted before.
    pub struct OrganizationMemberAccessUpdate {
        /// Read every board. Grants for single boards are then not kept.
        pub all_boards_read: bool = false,
        /// Write every board. Grants for single boards are then not kept.
        pub all_boards_write: bool = false,
        /// Grants for single boards. Of a board named more than once the rights add up.
        pub board_access: ListOf<OrganizationBoardAccessSpec, BOARDS> = Vec::new(),
    }
}

/// A member whom the caller may change, and the caller's role.
fn managed(
    tx: &mut Tx<'_>,
    admin: &OrgAdmin,
    id: MemberId,
) -> ApiResult<(OrganizationMember, User, OrgRole)> {
    let own = acting_role(tx, admin)?;
    let found = members::find_with_user(tx, admin.0.organization.id, id)?;
    let (member, user) = found.ok_or_else(|| ApiError::not_found("member"))?;
    if access::may_manage(&own, &member.role) {
        Ok((member, user, own))
    } else {
        Err(ApiError::forbidden("Only an owner can change or remove an owner."))
    }
}

/// Refuses what would leave the organization without an owner.
fn keep_an_owner(tx: &mut Tx<'_>, member: &OrganizationMember, then: Option<&OrgRole>) -> ApiResult<()> {
    let owners = members::owners(tx, member.organization_id)?;
    if access::keeps_an_owner(owners, &member.role, then) {
        Ok(())
    } else {
        Err(ApiError::unprocessable("An organization must have at least one owner.")
            .next_step("Make someone else an owner first."))
    }
}

/// Read my membership
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_read_membership",
    security(("user" = [])),
    responses((status = 200, description = "The caller's membership.", body = OrganizationMemberRead))
)]
#[get("/organizations/me/member")]
async fn read_mine(caller: OrgMember, state: web::Data<State>) -> ApiResult<Json<OrganizationMemberRead>> {
    let member = caller.member.id;
    let access = state.db.read(move |conn| members::access(conn, member)).await?;
    Ok(Json(OrganizationMemberRead::new((caller.member, caller.user)).with(access)))
}

/// List members
///
/// By e-mail address.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_list_members",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of members.", body = List<OrganizationMemberRead>))
)]
#[get("/organizations/me/members")]
async fn list(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<OrganizationMemberRead>>> {
    let page = query.valid()?.page()?;
    let organization = caller.organization.id;
    let listing = state.db.read(move |conn| members::list(conn, organization, page)).await?;
    Ok(Json(List::of(listing, OrganizationMemberRead::new)))
}

/// Read a member
///
/// Admins read everyone, others themselves.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_read_member",
    security(("user" = [])),
    params(("member_id" = uuid::Uuid, Path, description = "The member.")),
    responses((status = 200, description = "The membership.", body = OrganizationMemberRead))
)]
#[get("/organizations/me/members/{member_id}")]
async fn read(
    caller: OrgMember,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let id: MemberId = params.uuid("member_id")?;
    let answer = state
        .db
        .read(move |conn| {
            let found = members::find_with_user(conn, caller.organization.id, id)?;
            let found = found.ok_or_else(|| ApiError::not_found("member"))?;
            if id != caller.member.id && !access::is_admin(&caller.member.role) {
                return Err(ApiError::forbidden("Only admins can look at other members."));
            }
            Ok(OrganizationMemberRead::new(found).with(members::access(conn, id)?))
        })
        .await?;
    Ok(Json(answer))
}

/// Change a member's role
///
/// Nobody grants a role above their own, and the last owner stays one. Invitations that the member could not make any more
/// are withdrawn.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_update_member",
    security(("user" = [])),
    params(("member_id" = uuid::Uuid, Path, description = "The member.")),
    request_body = OrganizationMemberUpdate,
    responses((status = 200, description = "The changed membership.", body = OrganizationMemberRead))
)]
#[patch("/organizations/me/members/{member_id}")]
async fn update(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<OrganizationMemberUpdate>,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let id: MemberId = params.uuid("member_id")?;
    let role = body.valid()?.role.0.map(|text| role(&text)).transpose()?;
    let answer = state
        .db
        .write(move |tx| {
            let (member, user, own) = managed(tx, &admin, id)?;
            if let Some(role) = &role {
                if !access::may_grant(&own, role) {
                    return Err(ApiError::forbidden("Nobody can grant a role above their own."));
                }
                keep_an_owner(tx, &member, Some(role))?;
            }
            let changes = MemberChanges { role, ..MemberChanges::default() };
            let member = members::update(tx, member.id, &changes)?;
            withdraw(tx, &member, Some(&member.role))?;
            let answer = OrganizationMemberRead::new((member, user));
            tx.append(NewEvent::of(EventKind::MemberUpdated, &answer).organization(answer.organization_id));
            Ok(answer)
        })
        .await?;
    Ok(Json(answer))
}

/// Change what a member may see and change
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_update_member_access",
    security(("user" = [])),
    params(("member_id" = uuid::Uuid, Path, description = "The member.")),
    request_body = OrganizationMemberAccessUpdate,
    responses((status = 200, description = "The changed membership.", body = OrganizationMemberRead))
)]
#[put("/organizations/me/members/{member_id}/access")]
async fn update_access(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
    body: Body<OrganizationMemberAccessUpdate>,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let id: MemberId = params.uuid("member_id")?;
    let wanted = body.valid()?;
    let answer = state
        .db
        .write(move |tx| {
            let (member, user, _) = managed(tx, &admin, id)?;
            let mut rights = rights(tx, member.organization_id, &wanted.board_access)?;
            if wanted.all_boards_read || wanted.all_boards_write {
                rights.clear();
            }
            let grants: Vec<_> = rights
                .into_iter()
                .map(|(board, (reads, writes))| OrganizationBoardAccess::new(member.id, board, reads, writes))
                .collect();
            members::replace_access(tx, member.id, &grants)?;
            let changes = MemberChanges {
                all_boards_read: Some(wanted.all_boards_read),
                all_boards_write: Some(wanted.all_boards_write),
                ..MemberChanges::default()
            };
            let member = members::update(tx, member.id, &changes)?;
            let answer = OrganizationMemberRead::new((member, user));
            tx.append(NewEvent::of(EventKind::MemberUpdated, &answer).organization(answer.organization_id));
            Ok::<_, ApiError>(answer)
        })
        .await?;
    Ok(Json(answer))
}

/// Remove a member
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_remove_member",
    security(("user" = [])),
    params(("member_id" = uuid::Uuid, Path, description = "The member.")),
    responses((status = 200, description = "Removed.", body = Done))
)]
#[delete("/organizations/me/members/{member_id}")]
async fn remove(admin: OrgAdmin, state: web::Data<State>, params: Params) -> ApiResult<Json<Done>> {
    let id: MemberId = params.uuid("member_id")?;
    state
        .db
        .write(move |tx| {
            if id == admin.0.member.id {
                return Err(ApiError::forbidden("Nobody can remove themselves from an organization."));
            }
            let (member, user, _) = managed(tx, &admin, id)?;
            keep_an_owner(tx, &member, None)?;
            members::delete(tx, member.id)?;
            withdraw(tx, &member, None)?;
            // Read again, for the person may have switched meanwhile.
            let works_in = users::lock(tx, user.id)?.and_then(|user| user.active_organization_id);
            if works_in == Some(member.organization_id) {
                let next = members::first_of_user(tx, user.id)?;
                work_in(tx, user.id, next.map(|member| member.organization_id))?;
            }
            let organization = member.organization_id;
            tx.append(
                NewEvent::of(EventKind::MemberDeleted, &OrganizationMemberRead::new((member, user)))
                    .organization(organization),
            );
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(Json(Done::YES))
}
