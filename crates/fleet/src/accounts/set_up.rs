//! The first account of an installation: that of its owner.

use mission_control_core::models::{AuditAction, User, UserChanges};
use mission_control_core::rules::agent_token;
use mission_control_core::rules::invites as addresses;
use mission_control_core::rules::passwords;
use mission_control_store::members::AtWork;
use mission_control_store::{StoreError, Tx, accounts, request, users};
use secrecy::{ExposeSecret, SecretString};

use super::hashing;
use super::write::{insert, note};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::local_user;
use crate::web_sessions::{self, SignedIn, Visit};

/// Who wants an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Password.
    pub password: SecretString,
}

/// Whether the installation has an account, so that its owner has been found.
///
/// # Errors
/// The database's.
pub async fn is_set_up(fleet: &Fleet) -> Result<bool, StoreError> {
    fleet.db().read(accounts::any).await
}

/// Makes the first account and signs in: that of the person who held the access token until now, with everything they own.
/// That the caller may do so is shown before.
///
/// # Errors
/// An address that is none; a name that is blank; a weak password; an installation that has an account.
pub async fn set_up(fleet: &Fleet, new: NewAccount, visit: Visit) -> Result<SignedIn, FleetError> {
    let email = address(&new.email)?;
    let name = full_name(&new.name)?;
    passwords::require_strong(new.password.expose_secret(), &[&email, &name])
        .map_err(FleetError::WeakPassword)?;
    if is_set_up(fleet).await? {
        return Err(is_owned());
    }
    let hash = hashing::hash(fleet, new.password).await?;
    let AtWork { user, member, .. } = local_user::find_or_make(fleet.db()).await?;
    request::acting(visit.actor(&user, Some(member.organization_id)));
    let (session, secret) = web_sessions::draft(fleet, user.id, agent_token::digest(&hash), visit);
    let (row, of) = (session.clone(), member.clone());
    let user = fleet
        .db()
        .write(move |tx| {
            // Of those who do this at once, the others wait here.
            users::lock(tx, user.id)?;
            if accounts::any(tx)? {
                return Err(is_owned());
            }
            insert(tx, user.id, email.clone(), hash)?;
            let user = introduce(tx, &user, email, name)?;
            note(tx, user.id, AuditAction::AccountMade)?;
            web_sessions::insert(tx, &row, &of)?;
            Ok::<_, FleetError>(user)
        })
        .await?;
    Ok(SignedIn { user, member, session, secret })
}

/// Writes into a profile who the person is.
pub(crate) fn introduce(
    tx: &mut Tx<'_>,
    user: &User,
    email: String,
    name: String,
) -> Result<User, FleetError> {
    let changes = UserChanges { email: Some(Some(email)), name: Some(Some(name)), ..UserChanges::default() };
    Ok(users::update(tx, user.id, &changes)?)
}

fn is_owned() -> FleetError {
    FleetError::conflict("This installation has an owner already. Sign in, or ask for an invitation.")
}

/// An address as accounts have it.
pub(crate) fn address(text: &str) -> Result<String, FleetError> {
    let has_two_sides =
        |text: &String| text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    addresses::email(text)
        .filter(has_two_sides)
        .ok_or_else(|| FleetError::invalid_field("email", "This is no e-mail address."))
}

/// A name that is not blank.
pub(crate) fn full_name(text: &str) -> Result<String, FleetError> {
    match text.trim() {
        "" => Err(FleetError::invalid_field("name", "A name is needed.")),
        name => Ok(name.to_owned()),
    }
}
