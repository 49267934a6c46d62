//! Invitations into an organization. The token is shown once, when an invitation is made; only its digest is kept.

use mission_control_core::id::InviteId;
use mission_control_core::models::{
    InviteBoardAccess, OrgRole, OrganizationInvite, OrganizationMember, User,
};
use mission_control_core::rules::invites::{self as rules, Ended};
use mission_control_core::rules::rights::Rights;
use mission_control_core::rules::{access, agent_token};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, InviteChanged, MemberChanged};
use mission_control_shapes::{OrganizationInviteRead, OrganizationMemberRead};
use mission_control_store::{StoreError, StoreResult, Tx, invites, members, organizations, users};
use secrecy::{ExposeSecret, SecretString};

use super::{acting_role, rights_per_board};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::organizations::work_in;
use crate::{letters, record};

/// A person to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvite {
    /// E-mail address of the account that is to accept.
    pub email: String,
    /// The role that it gives.
    pub role: OrgRole,
    /// What it opens.
    pub rights: Rights,
}

/// Invites a person, and returns the invitation with the token that it is accepted with.
///
/// # Errors
/// An address that is none; a role above the caller's; a person who is a member already; a board that the organization
/// does not have.
pub async fn create(
    fleet: &Fleet,
    caller: Caller,
    new: NewInvite,
) -> Result<(OrganizationInviteRead, SecretString), FleetError> {
    let email = rules::email(&new.email)
        .ok_or_else(|| FleetError::invalid("An invitation needs an e-mail address."))?;
    let token = agent_token::generate();
    let now = Timestamp::now();
    let invite = OrganizationInvite {
        id: InviteId::random(),
        organization_id: caller.organization,
        invited_email: email,
        token: agent_token::digest(token.expose_secret()),
        role: new.role,
        all_boards_read: new.rights.all_boards_read,
        all_boards_write: new.rights.all_boards_write,
        created_by_user_id: caller.user,
        accepted_by_user_id: None,
        accepted_at: None,
        created_at: now,
        updated_at: now,
        expires_at: Some(now.plus(rules::LIFETIME)),
    };
    let made = fleet
        .db()
        .write(move |tx| {
            if !access::may_grant(&acting_role(tx, caller)?, &invite.role) {
                return Err(FleetError::forbidden("Nobody can grant a role above their own."));
            }
            if members::has_email(tx, invite.organization_id, &invite.invited_email)? {
                return Err(FleetError::conflict("This person is a member already."));
            }
            let grants: Vec<_> = rights_per_board(tx, invite.organization_id, &new.rights)?
                .into_iter()
                .map(|on| InviteBoardAccess::new(invite.id, on.board, on.can_read, on.can_write))
                .collect();
            invites::insert(tx, &invite, &grants)?;
            Ok(changed(tx, Event::InviteCreated, invite))
        })
        .await?;
    Ok((made, token))
}

/// Mails an invitation's link to whom it is for; `None` where no mail is sent from here. A letter that could not be sent is in the
/// log: the invitation stands, and whoever made it has the link.
///
/// # Errors
/// The database's.
pub async fn send(
    fleet: &Fleet,
    caller: Caller,
    invite: &OrganizationInviteRead,
    token: &SecretString,
) -> Result<Option<bool>, StoreError> {
    let Some(mailer) = fleet.mailer() else { return Ok(None) };
    let names = fleet.db().read(move |conn| {
        let organization = organizations::find(conn, caller.organization)?;
        let inviter = caller.user.map(|id| users::find(conn, id)).transpose()?.flatten();
        Ok::<_, StoreError>((organization.map(|it| it.name), inviter.map(|it| it.shown_name().to_owned())))
    });
    let (organization, inviter) = names.await?;
    let letter = letters::invitation(
        &fleet.settings().http.base_url,
        &letters::Invitation {
            email: &invite.invited_email,
            organization: organization.as_deref().unwrap_or_default(),
            inviter: inviter.as_deref(),
            token,
        },
    );
    let sent = mailer.send(letter).await;
    if let Err(error) = &sent {
        tracing::warn!(%error, invite_id = %invite.id, "invitation not mailed");
    }
    Ok(Some(sent.is_ok()))
}

/// Revokes an invitation that nobody accepted yet, and returns it as it was.
///
/// # Errors
/// A missing invitation.
pub async fn revoke(
    fleet: &Fleet,
    caller: Caller,
    id: InviteId,
) -> Result<OrganizationInviteRead, StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let invite = invites::find_in(tx, caller.organization, id)?;
            let invite = invite.ok_or(StoreError::NotFound("invite"))?;
            invites::delete(tx, id)?;
            Ok(changed(tx, Event::InviteDeleted, invite))
        })
        .await
}

/// Makes `user` a member as the invitation with this token says; one who is it already gets its rights in addition.
///
/// # Errors
/// A missing invitation, or one that has ended; one for somebody else.
pub async fn accept(fleet: &Fleet, user: User, token: String) -> Result<OrganizationMemberRead, FleetError> {
    fleet.db().write(move |tx| accept_in(tx, &user, &token)).await
}

/// The same within a transaction.
pub(crate) fn accept_in(
    tx: &mut Tx<'_>,
    user: &User,
    token: &str,
) -> Result<OrganizationMemberRead, FleetError> {
    let invite = invites::lock_pending(tx, token, &agent_token::digest(token))?;
    let invite = invite.ok_or(StoreError::NotFound("invite"))?;
    accept_locked(tx, user, &invite)
}

/// Makes `user` a member as every invitation for the address `email` says that still holds. That the address is theirs is shown
/// before.
pub(crate) fn accept_all_for(tx: &mut Tx<'_>, user: &User, email: &str) -> Result<(), FleetError> {
    for invite in invites::lock_pending_for(tx, email)? {
        match accept_locked(tx, user, &invite) {
            Ok(_) | Err(FleetError::InviteEnded(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

fn accept_locked(
    tx: &mut Tx<'_>,
    user: &User,
    invite: &OrganizationInvite,
) -> Result<OrganizationMemberRead, FleetError> {
    if rules::expires_at(invite) <= Timestamp::now() {
        return Err(FleetError::InviteEnded(Ended::Expired));
    }
    if !rules::holds(invite, inviter(tx, invite)?.as_ref()) {
        return Err(FleetError::InviteEnded(Ended::Unbacked));
    }
    if !rules::is_for(invite, user.email.as_deref()) {
        return Err(FleetError::forbidden("This invitation is for someone else."));
    }
    let member = admit(tx, invite, user)?;
    let accepted = invites::accept(tx, invite.id, user.id)?;
    changed(tx, Event::InviteUpdated, accepted);
    if users::lock(tx, user.id)?.is_some_and(|user| user.active_organization_id.is_none()) {
        work_in(tx, user.id, Some(invite.organization_id))?;
    }
    Ok(member)
}

/// The role that whoever made the invitation has now.
fn inviter(tx: &mut Tx<'_>, invite: &OrganizationInvite) -> StoreResult<Option<OrgRole>> {
    let Some(user) = invite.created_by_user_id else { return Ok(None) };
    Ok(members::of_user(tx, invite.organization_id, user)?.map(|member| member.role))
}

/// Withdraws the invitations that a member made and, with the role `now`, could not make any more.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    member: &OrganizationMember,
    now: Option<&OrgRole>,
) -> StoreResult<()> {
    for invite in invites::pending_of(tx, member.organization_id, member.user_id)? {
        if !rules::holds(&invite, now) {
            invites::delete(tx, invite.id)?;
            changed(tx, Event::InviteDeleted, invite);
        }
    }
    Ok(())
}

/// Makes the user a member as the invitation says, or adds its rights to the membership there is.
fn admit(tx: &mut Tx<'_>, invite: &OrganizationInvite, user: &User) -> StoreResult<OrganizationMemberRead> {
    let offered = match rules::opens_all_boards(invite) {
        true => Vec::new(),
        false => invites::access(tx, invite.id)?,
    };
    let (event, member, grants): (fn(MemberChanged) -> Event, _, _) =
        match members::of_user(tx, invite.organization_id, user.id)? {
            Some(member) => {
                let member = members::update(tx, member.id, &rules::raise(&member, invite))?;
                let grants = members::access(tx, member.id)?;
                (Event::MemberUpdated, member, grants)
            }
            None => {
                let new = OrganizationMember::new(invite.organization_id, user.id, invite.role.clone());
                let member = OrganizationMember {
                    all_boards_read: invite.all_boards_read,
                    all_boards_write: invite.all_boards_write,
                    ..new
                };
                members::insert(tx, &member)?;
                (Event::MemberCreated, member, Vec::new())
            }
        };
    members::replace_access(tx, member.id, &rules::join_grants(&member, grants, &offered))?;
    let read = OrganizationMemberRead::new((member, user.clone()));
    record::member_changed(tx, event, &read);
    Ok(read)
}

/// Tells streams of the invitation and returns it as clients see it.
fn changed(
    tx: &mut Tx<'_>,
    event: fn(InviteChanged) -> Event,
    invite: OrganizationInvite,
) -> OrganizationInviteRead {
    let read = OrganizationInviteRead::from(invite);
    tx.append(event(read.clone().into()).organization(read.organization_id));
    read
}
