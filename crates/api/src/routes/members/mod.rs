//! The members of an organization: their roles, and the boards that they may see and change.

mod rights;

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, put};
use mission_control_core::id::MemberId;
use mission_control_core::limits::{BOARDS, WORD};
use mission_control_core::rules::access;
use mission_control_core::rules::rights::Rights;
use mission_control_fleet::members;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_store::members as rows;
use utoipa_actix_web::service_config::ServiceConfig;

pub use self::rights::OrganizationBoardAccessSpec;
pub(super) use self::rights::role;
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

impl From<OrganizationMemberAccessUpdate> for Rights {
    fn from(input: OrganizationMemberAccessUpdate) -> Self {
        Self {
            all_boards_read: input.all_boards_read,
            all_boards_write: input.all_boards_write,
            boards: input.board_access.into_iter().map(Into::into).collect(),
        }
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
    let seat = caller.member.clone();
    let access = state.db.read(move |conn| rows::grants(conn, &seat)).await?;
    Ok(Json(OrganizationMemberRead::new((caller.member.into_member(), caller.user)).with(access)))
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
    let listing = state.db.read(move |conn| rows::list(conn, organization, page)).await?;
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
            let found = rows::find_with_user(conn, caller.organization.id, id)?;
            let found = found.ok_or_else(|| ApiError::not_found("member"))?;
            if id != caller.member.id && !access::is_admin(&caller.member.role) {
                return Err(ApiError::forbidden("Only admins can look at other members."));
            }
            Ok(OrganizationMemberRead::new(found).with(rows::access(conn, id)?))
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
    Ok(Json(members::set_role(&state.fleet, admin.caller(), id, role).await?))
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
    let rights = body.valid()?.into();
    Ok(Json(members::set_rights(&state.fleet, admin.caller(), id, rights).await?))
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
    members::remove(&state.fleet, admin.caller(), params.uuid("member_id")?).await?;
    Ok(Json(Done::YES))
}
