//! Invitations into an organization. The token is shown once, when an invitation is made; only its digest is kept.

use actix_web::web::{self, Json};
use actix_web::{delete, get, post};
use mission_control_core::events::EventKind;
use mission_control_core::id::{InviteId, OrganizationId, UserId};
use mission_control_core::limits::{BOARDS, CREDENTIAL, EMAIL, WORD};
use mission_control_core::models::{
    self, InviteBoardAccess, NewEvent, OrgRole, OrganizationInvite, OrganizationMember,
};
use mission_control_core::rules::{access, agent_token, invites as rules};
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, invites, members, users};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::members::{OrganizationBoardAccessSpec, OrganizationMemberRead, acting_role, rights, role};
use super::organizations::work_in;
use crate::auth::{OrgAdmin, User};
use crate::error::{ApiError, ApiResult};
use crate::http::{Body, List, PageQuery, Params, Query};
use crate::input::{AnyText, ListOf};
use crate::state::State;

/// Lists the routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list).service(create).service(revoke).service(accept);
}

/// An invitation.
#[derive(Serialize, ToSchema)]
pub struct OrganizationInviteRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: InviteId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Whom it is for.
    pub invited_email: String,
    /// The role that it gives: `owner`, `admin` or `member`.
    #[schema(example = "member")]
    pub role: String,
    /// It opens every board for reading.
    pub all_boards_read: bool,
    /// It opens every board for writing.
    pub all_boards_write: bool,
    /// What the invited person accepts with. Only the answer of the creation has it.
    pub token: Option<String>,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Who invited.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub created_by_user_id: Option<UserId>,
    /// Who accepted.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub accepted_by_user_id: Option<UserId>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<OrganizationInvite> for OrganizationInviteRead {
    fn from(row: OrganizationInvite) -> Self {
        Self {
            expires_at: rules::expires_at(&row),
            id: row.id,
            organization_id: row.organization_id,
            invited_email: row.invited_email,
            role: row.role.as_str().to_owned(),
            all_boards_read: row.all_boards_read,
            all_boards_write: row.all_boards_write,
            token: None,
            created_by_user_id: row.created_by_user_id,
            accepted_by_user_id: row.accepted_by_user_id,
            accepted_at: row.accepted_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
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
    let listing = state.db.read(move |conn| invites::pending(conn, organization, page)).await?;
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
    let role = role(&wanted.role)?;
    let email = rules::email(&wanted.invited_email)
        .ok_or_else(|| ApiError::unprocessable("An invitation needs an e-mail address."))?;
    let token = agent_token::generate();
    let now = Timestamp::now();
    let invite = OrganizationInvite {
        id: InviteId::random(),
        organization_id: admin.0.organization.id,
        invited_email: email,
        token: agent_token::digest(token.expose_secret()),
        role,
        all_boards_read: wanted.all_boards_read,
        all_boards_write: wanted.all_boards_write,
        created_by_user_id: Some(admin.0.user.id),
        accepted_by_user_id: None,
        accepted_at: None,
        created_at: now,
        updated_at: now,
        expires_at: Some(now.plus(rules::LIFETIME)),
    };
    let made = state
        .db
        .write(move |tx| {
            if !access::may_grant(&acting_role(tx, &admin)?, &invite.role) {
                return Err(ApiError::forbidden("Nobody can grant a role above their own."));
            }
            if members::has_email(tx, invite.organization_id, &invite.invited_email)? {
                return Err(ApiError::conflict("This person is a member already."));
            }
            let mut rights = rights(tx, invite.organization_id, &wanted.board_access)?;
            if rules::opens_all_boards(&invite) {
                rights.clear();
            }
            let grants: Vec<_> = rights
                .into_iter()
                .map(|(board, (read, write))| InviteBoardAccess::new(invite.id, board, read, write))
                .collect();
            invites::insert(tx, &invite, &grants)?;
            let read = OrganizationInviteRead::from(invite);
            tx.append(NewEvent::of(EventKind::InviteCreated, &read).organization(read.organization_id));
            Ok(read)
        })
        .await?;
    let token = Some(token.expose_secret().to_owned());
    Ok(Json(OrganizationInviteRead { token, ..made }))
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
    let id: InviteId = params.uuid("invite_id")?;
    let organization = admin.0.organization.id;
    let revoked = state
        .db
        .write(move |tx| {
            let invite = invites::find_in(tx, organization, id)?;
            let invite = invite.ok_or_else(|| ApiError::not_found("invite"))?;
            invites::delete(tx, id)?;
            let read = OrganizationInviteRead::from(invite);
            tx.append(NewEvent::of(EventKind::InviteDeleted, &read).organization(organization));
            Ok::<_, ApiError>(read)
        })
        .await?;
    Ok(Json(revoked))
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
    user: User,
    state: web::Data<State>,
    body: Body<OrganizationInviteAccept>,
) -> ApiResult<Json<OrganizationMemberRead>> {
    let token = body.valid()?.token;
    let digest = agent_token::digest(&token);
    let read = state
        .db
        .write(move |tx| {
            let invite = invites::lock_pending(tx, &token, &digest)?;
            let invite = invite.ok_or_else(|| ApiError::not_found("invite"))?;
            if rules::expires_at(&invite) <= Timestamp::now() {
                return Err(ApiError::not_found("invite").next_step("It has expired: ask for a new one."));
            }
            if !rules::holds(&invite, inviter(tx, &invite)?.as_ref()) {
                let step = "Whoever invited may no longer do so: ask an admin for a new invitation.";
                return Err(ApiError::not_found("invite").next_step(step));
            }
            if !rules::is_for(&invite, user.0.email.as_deref()) {
                return Err(ApiError::forbidden("This invitation is for someone else."));
            }
            let member = admit(tx, &invite, &user.0)?;
            let organization = invite.organization_id;
            let accepted = OrganizationInviteRead::from(invites::accept(tx, invite.id, user.0.id)?);
            tx.append(NewEvent::of(EventKind::InviteUpdated, &accepted).organization(organization));
            if users::lock(tx, user.0.id)?.is_some_and(|user| user.active_organization_id.is_none()) {
                work_in(tx, user.0.id, Some(organization))?;
            }
            Ok(OrganizationMemberRead::new((member, user.0)))
        })
        .await?;
    Ok(Json(read))
}

/// The role that whoever made the invitation has now.
fn inviter(tx: &mut Tx<'_>, invite: &OrganizationInvite) -> ApiResult<Option<OrgRole>> {
    let Some(user) = invite.created_by_user_id else { return Ok(None) };
    Ok(members::of_user(tx, invite.organization_id, user)?.map(|member| member.role))
}

/// Withdraws the invitations that a member made and, with the role `now`, could not make any more.
pub(super) fn withdraw(tx: &mut Tx<'_>, member: &OrganizationMember, now: Option<&OrgRole>) -> ApiResult<()> {
    for invite in invites::pending_of(tx, member.organization_id, member.user_id)? {
        if !rules::holds(&invite, now) {
            invites::delete(tx, invite.id)?;
            let read = OrganizationInviteRead::from(invite);
            tx.append(NewEvent::of(EventKind::InviteDeleted, &read).organization(member.organization_id));
        }
    }
    Ok(())
}

/// Makes the user a member as the invitation says, or adds its rights to the membership there is.
fn admit(tx: &mut Tx<'_>, invite: &OrganizationInvite, user: &models::User) -> ApiResult<OrganizationMember> {
    let offered = match rules::opens_all_boards(invite) {
        true => Vec::new(),
        false => invites::access(tx, invite.id)?,
    };
    let (kind, member, grants) = match members::of_user(tx, invite.organization_id, user.id)? {
        Some(member) => {
            let member = members::update(tx, member.id, &rules::raise(&member, invite))?;
            let grants = members::access(tx, member.id)?;
            (EventKind::MemberUpdated, member, grants)
        }
        None => {
            let new = OrganizationMember::new(invite.organization_id, user.id, invite.role.clone());
            let member = OrganizationMember {
                all_boards_read: invite.all_boards_read,
                all_boards_write: invite.all_boards_write,
                ..new
            };
            members::insert(tx, &member)?;
            (EventKind::MemberCreated, member, Vec::new())
        }
    };
    members::replace_access(tx, member.id, &rules::join_grants(&member, grants, &offered))?;
    let read = OrganizationMemberRead::new((member.clone(), user.clone()));
    tx.append(NewEvent::of(kind, &read).organization(invite.organization_id));
    Ok(member)
}
