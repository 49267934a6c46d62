//! Invitations into an organization. The token is shown once, when an invitation is made; only its digest is kept.

use actix_web::web::{self, Json};
use actix_web::{delete, get, post};
use mission_control_core::limits::{BOARDS, CREDENTIAL, EMAIL, WORD};
use mission_control_core::rules::rights::Rights;
use mission_control_fleet::members::invites::{self, NewInvite};
use mission_control_shapes::{OrganizationInviteRead, OrganizationMemberRead};
use mission_control_store::invites as rows;
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

use super::members::{OrganizationBoardAccessSpec, role};
use crate::auth::{OrgAdmin, Person};
use crate::error::ApiResult;
use crate::http::{Body, List, PageQuery, Params, Query};
use crate::input::{AnyText, ListOf};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(revoke).service(accept);
}

crate::input! {
    /// A person to invite.
    pub struct OrganizationInviteCreate {
        /// E-mail address of the account that is to accept.
        pub invited_email: AnyText<EMAIL>,
        /// `owner`, `admin` or `member`; not above the caller's own.
        pub role: AnyText<WORD> = "member".to_owned(),
        /// Open every board for reading. Grants for single boards are then not kept.
        pub all_boards_read: bool = false,
        /// Open every board for writing. Grants for single boards are then not kept.
        pub all_boards_write: bool = false,
        /// Grants for single boards. Of a board named more than once the rights add up.
        pub board_access: ListOf<OrganizationBoardAccessSpec, BOARDS> = Vec::new(),
    }
}

crate::input! {
    /// The invitation to accept.
    pub struct OrganizationInviteAccept {
        /// Its token.
        pub token: AnyText<CREDENTIAL>,
    }
}

/// List invitations
///
/// Those that nobody accepted yet, newest first.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_list_invites",
    security(("user" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of invitations.", body = List<OrganizationInviteRead>))
)]
#[get("/organizations/me/invites")]
async fn list(
    admin: OrgAdmin,
    state: web::Data<State>,
    query: Query<PageQuery>,
) -> ApiResult<Json<List<OrganizationInviteRead>>> {
    let page = query.valid()?.page()?;
    let organization = admin.0.organization.id;
    let listing = state.db.read(move |conn| rows::pending(conn, organization, page)).await?;
    Ok(Json(List::of(listing, Into::into)))
}

/// Invite a person
///
/// The answer has the token, once. It can be accepted for seven days, while whoever invited may invite.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_create_invite",
    security(("user" = [])),
    request_body = OrganizationInviteCreate,
    responses((status = 200, description = "The invitation.", body = OrganizationInviteRead))
)]
#[post("/organizations/me/invites")]
async fn create(
    admin: OrgAdmin,
    state: web::Data<State>,
    body: Body<OrganizationInviteCreate>,
) -> ApiResult<Json<OrganizationInviteRead>> {
    let wanted = body.valid()?;
    let new = NewInvite {
        role: role(&wanted.role)?,
        email: wanted.invited_email,
        rights: Rights {
            all_boards_read: wanted.all_boards_read,
            all_boards_write: wanted.all_boards_write,
            boards: wanted.board_access.into_iter().map(Into::into).collect(),
        },
    };
    let (made, token) = invites::create(&state.fleet, admin.caller(), new).await?;
    let mailed = invites::send(&state.fleet, admin.caller(), &made, &token).await?;
    let token = Some(token.expose_secret().to_owned());
    Ok(Json(OrganizationInviteRead { token, mailed, ..made }))
}

/// Revoke an invitation
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_revoke_invite",
    security(("user" = [])),
    params(("invite_id" = uuid::Uuid, Path, description = "The invitation.")),
    responses((status = 200, description = "The invitation as it was.", body = OrganizationInviteRead))
)]
#[delete("/organizations/me/invites/{invite_id}")]
async fn revoke(
    admin: OrgAdmin,
    state: web::Data<State>,
    params: Params,
) -> ApiResult<Json<OrganizationInviteRead>> {
    Ok(Json(invites::revoke(&state.fleet, admin.caller(), params.uuid("invite_id")?).await?))
}

/// Accept an invitation
///
/// The caller becomes a member; for one who is it already, the invitation only adds rights.
#[utoipa::path(
    tag = "organizations",
    operation_id = "organizations_accept_invite",
    security(("user" = [])),
    request_body = OrganizationInviteAccept,
    responses(
        (status = 200, description = "The membership.", body = OrganizationMemberRead),
        (status = 404, description = "No such invitation, or it has expired.", body = crate::error::ErrorBody)
    )
)]
#[post("/organizations/invites/accept")]
async fn accept(
    person: Person,
    state: web::Data<State>,
    body: Body<OrganizationInviteAccept>,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let token = body.valid()?.token;
    Ok(Json(invites::accept(&state.fleet, person.0, token).await?))
}
