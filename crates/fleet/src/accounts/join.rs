//! From an invitation to an account.

use mission_control_core::models::{
    AuditAction, OrgRole, Organization, OrganizationInvite, OrganizationMember, User, UserChanges,
};
use mission_control_core::rules::invites::{self as rules, Ended};
use mission_control_core::rules::{agent_token, passwords};
use mission_control_core::time::Timestamp;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_store::{StoreError, accounts, invites as rows, members, organizations, request, users};
use secrecy::{ExposeSecret, SecretString};

use super::hashing;
use super::recognize::Recognized;
use super::second_factor::{self, Beside};
use super::set_up::full_name;
use super::write::{insert, note};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::members::invites;
use crate::web_sessions::{self, SignedIn, Visit};

/// What somebody is invited to, as the holder of the invitation's token is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What the organization is called.
    pub organization: String,
    /// Whom the invitation is for.
    pub email: String,
    /// The role that it gives.
    pub role: OrgRole,
    /// Whether somebody signs in with this address already.
    pub has_account: bool,
}

/// What a pending invitation is to.
///
/// # Errors
/// A missing invitation, or one that has expired.
pub async fn invitation(fleet: &Fleet, token: String) -> Result<Invitation, FleetError> {
    let (invite, organization, has_account) = find(fleet, token).await?;
    Ok(Invitation {
        organization: organization.name,
        role: invite.role,
        email: invite.invited_email,
        has_account,
    })
}

async fn find(fleet: &Fleet, token: String) -> Result<(OrganizationInvite, Organization, bool), FleetError> {
    let digest = agent_token::digest(&token);
    let found = fleet.db().read(move |conn| {
        let Some(invite) = rows::pending_with(conn, &token, &digest)? else { return Ok(None) };
        let organization = organizations::find(conn, invite.organization_id)?;
        let email = rules::email(&invite.invited_email).unwrap_or_default();
        let account = accounts::with_email(conn, &email)?;
        Ok::<_, StoreError>(organization.map(|of| (invite, of, account.is_some())))
    });
    let found = found.await?.ok_or(StoreError::NotFound("invite"))?;
    if rules::expires_at(&found.0) <= Timestamp::now() {
        return Err(FleetError::InviteEnded(Ended::Expired));
    }
    Ok(found)
}

/// Who accepts an invitation.
#[derive(Debug, Clone)]
pub enum Joiner {
    /// Somebody new, who gets an account.
    New {
        /// Full name.
        name: String,
        /// Password.
        password: SecretString,
    },
    /// Who has shown the password of the account there is.
    Known {
        /// The account.
        account: Recognized,
        /// What the account asks for beside its password.
        beside: Beside,
    },
}

/// Accepts an invitation and signs in: with a new account for its address, or with the one there is.
///
/// # Errors
/// A missing invitation, or one that has ended; a blank name or a weak password of a new account; a code that is needed, or wrong,
/// of the one there is; an address of somebody who never had a password, which only a link for a new one gives them.
pub async fn join(
    fleet: &Fleet,
    token: String,
    joiner: Joiner,
    visit: Visit,
) -> Result<SignedIn, FleetError> {
    let (invite, _, _) = find(fleet, token.clone()).await?;
    let email = rules::email(&invite.invited_email).unwrap_or_default();
    let (known, hash, name) = match joiner {
        Joiner::Known { account, beside } => {
            second_factor::take(fleet, account.account(), beside).await?;
            let account = account.account();
            (Some(account.user_id), account.password_hash.clone(), String::new())
        }
        Joiner::New { name, password } => {
            let name = full_name(&name)?;
            passwords::require_strong(password.expose_secret(), &[&email, &name])
                .map_err(FleetError::WeakPassword)?;
            (None, hashing::hash(fleet, password).await?, name)
        }
    };
    let (sessions, origin) = (fleet.clone(), request::origin());
    let credential = agent_token::digest(&hash);
    fleet
        .db()
        .write(move |tx| {
            let user = match known {
                Some(id) => users::find(tx, id)?.ok_or(FleetError::WrongPassword)?,
                None => {
                    if !users::with_email(tx, &email)?.is_empty() {
                        return Err(FleetError::conflict(
                            "Somebody with this address is known here, without a password. Ask an admin for a link to \
                             choose one, and open the invitation after that.",
                        ));
                    }
                    let user = users::get_or_insert(tx, &User::with_account(&email, name))?;
                    insert(tx, user.id, email, hash)?;
                    user
                }
            };
            origin.act_as(visit.actor(&user, Some(invite.organization_id)));
            let joined: OrganizationMemberRead = invites::accept_in(tx, &user, &token)?;
            if known.is_none() {
                note(tx, user.id, AuditAction::AccountMade)?;
            }
            // They came for this organization.
            let changes = UserChanges {
                active_organization_id: Some(Some(joined.organization_id)),
                ..UserChanges::default()
            };
            let user = users::update(tx, user.id, &changes)?;
            let member: OrganizationMember = members::of_user(tx, joined.organization_id, user.id)?
                .ok_or(StoreError::NotFound("member"))?;
            let (session, secret) = web_sessions::draft(&sessions, user.id, credential, visit);
            web_sessions::insert(tx, &session, &member)?;
            Ok(SignedIn { user, member, session, secret })
        })
        .await
}
