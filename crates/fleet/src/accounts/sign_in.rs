//! Signing in.

use mission_control_core::rules::agent_token;
use mission_control_store::{StoreError, members, users};

use super::recognize::{Recognized, no_membership};
use super::second_factor::{self, Beside};
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::web_sessions::{self, SignedIn, Visit};

/// Signs in who has shown the password of an account, and `beside` it what the account asks for.
///
/// # Errors
/// A second factor that is needed, or is wrong; a person who is in no organization.
pub async fn sign_in(
    fleet: &Fleet,
    who: Recognized,
    beside: Beside,
    visit: Visit,
) -> Result<SignedIn, FleetError> {
    let account = who.account();
    let user = account.user_id;
    let found = fleet.db().read(move |conn| {
        let Some(user) = users::find(conn, user)? else { return Ok(None) };
        let member = members::working(conn, &user)?;
        Ok::<_, StoreError>(Some((user, member)))
    });
    let (user, member) = found.await?.ok_or(FleetError::WrongPassword)?;
    let member = member.ok_or_else(no_membership)?;
    second_factor::take(fleet, account, beside).await?;
    let credential = agent_token::digest(&account.password_hash);
    Ok(web_sessions::begin(fleet, user, member, credential, visit).await?)
}
