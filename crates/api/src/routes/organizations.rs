//! The organizations that the caller belongs to.

use actix_web::web::{self, Json};
use actix_web::{delete, get, patch, post};
use mission_control_core::id::OrganizationId;
use mission_control_core::limits::NAME;
use mission_control_core::models::OrgRole;
use mission_control_fleet::organizations;
use mission_control_shapes::{OrganizationListItem, OrganizationRead};
use mission_control_store::organizations as rows;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{OrgAdmin, OrgMember, Person};
use crate::error::{ApiError, ApiResult};
use crate::http::{Answer, Body, Done, Part, PartQuery, Query};
use crate::input::AnyText;
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create).service(list_mine).service(switch).service(read_active).service(remove);
}

crate::input! {
    /// An organization to create.
    pub struct OrganizationCreate {
        /// Name; no other organization of the installation has it.
        pub name: AnyText<NAME>,
    }
}

crate::input! {
    /// Which organization to work in.
    pub struct OrganizationActiveUpdate {
        /// One of the caller's organizations.
        pub organization_id: OrganizationId,
    }
}

/// Create an organization
///
/// The caller owns it and works in it from now on.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_create",
    security(("user" = [])),
    request_body = OrganizationCreate,
    responses((status = 200, description = "The organization.", body = OrganizationRead))
)]
#[post("/organizations")]
async fn create(
    person: Person,
    state: web::Data<State>,
    body: Body<OrganizationCreate>,
) -> ApiResult<Json<OrganizationRead>> {
    let name = body.valid()?.name;
    Ok(Json(organizations::create(&state.fleet, person.0.id, &name).await?))
}

/// List my organizations
///
/// A plain array, by name; of a token the one that it acts in.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_list_mine",
    security(("user" = [])),
    params(PartQuery),
    responses((status = 200, description = "The caller's organizations.", body = Vec<OrganizationListItem>))
)]
#[get("/organizations/me/list")]
async fn list_mine(
    caller: OrgMember,
    state: web::Data<State>,
    query: Query<PartQuery>,
) -> ApiResult<Part<OrganizationListItem>> {
    let page = query.valid()?.page();
    let (user, active) = (caller.user.id, caller.organization.id);
    let only = caller.is_program().then_some(active);
    let mine = state.db.read(move |conn| rows::of_user(conn, user, only, page)).await?;
    Ok(Part::of(mine, |(organization, member)| OrganizationListItem {
        is_active: organization.id == active,
        id: organization.id,
        name: organization.name,
        role: member.role.as_str().to_owned(),
    }))
}

/// Work in another organization
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_switch",
    security(("user" = [])),
    request_body = OrganizationActiveUpdate,
    responses((status = 200, description = "The organization, now active.", body = OrganizationRead))
)]
#[patch("/organizations/me/active")]
async fn switch(
    person: Person,
    state: web::Data<State>,
    body: Body<OrganizationActiveUpdate>,
) -> ApiResult<Json<OrganizationRead>> {
    let id = body.valid()?.organization_id;
    Ok(Json(organizations::switch(&state.fleet, person.0.id, id).await?))
}

/// Read my organization
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_read_active",
    security(("user" = [])),
    responses((status = 200, description = "The organization that the caller works in.", body = OrganizationRead))
)]
#[get("/organizations/me")]
async fn read_active(caller: OrgMember) -> Json<OrganizationRead> {
    Json(caller.organization.into())
}

/// Delete my organization
///
/// With everything in it, for everyone; only owners can. Its agents leave their gateways first, as far as these can be
/// reached.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_delete",
    security(("user" = [])),
    responses(
        (status = 200, description = "Deleted.", body = Done),
        (status = 202, description = "Being deleted.", body = Done)
    )
)]
#[delete("/organizations/me")]
async fn remove(admin: OrgAdmin, state: web::Data<State>) -> ApiResult<Answer<Done>> {
    if admin.0.member.role != OrgRole::Owner {
        return Err(ApiError::forbidden("Only an owner can delete the organization."));
    }
    let reply = organizations::delete(&state.fleet, admin.caller()).await?;
    Ok(reply.map(|()| Done::YES).into())
}
