//! Whose password it is.

use mission_control_core::models::Account;
use mission_control_core::rules::invites as addresses;
use mission_control_core::rules::{agent_token, passwords};
use mission_control_store::{accounts, web_sessions as rows};
use secrecy::SecretString;

use super::hashing;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// Somebody who has shown the password of an account.
#[derive(Debug, Clone)]
pub struct Recognized(Account);

impl Recognized {
    /// Whether the password is not enough.
    pub fn needs_code(&self) -> bool {
        self.0.asks_for_more()
    }

    pub(super) fn account(&self) -> &Account {
        &self.0
    }
}

/// Somebody who is known, and a member of nothing.
pub(super) fn no_membership() -> FleetError {
    FleetError::forbidden("You are in no organization any more. Ask somebody for an invitation.")
}

/// Compares a password with that of the account of this address. What is kept of it is made anew where that is done otherwise
/// now.
///
/// # Errors
/// [`FleetError::WrongPassword`], also for an account that does not exist.
pub async fn recognize(fleet: &Fleet, email: &str, password: SecretString) -> Result<Recognized, FleetError> {
    let email = addresses::email(email);
    let find = fleet.db().read(move |conn| match email {
        Some(email) => accounts::with_email(conn, &email),
        None => Ok(None),
    });
    let account: Option<Account> = find.await?;
    let hash = account.as_ref().map_or(passwords::NOBODY, |account| &account.password_hash).to_owned();
    let is_right = hashing::is_same(fleet, password.clone(), hash).await?;
    let account = account.filter(|_| is_right).ok_or(FleetError::WrongPassword)?;
    if passwords::is_current(&account.password_hash) {
        return Ok(Recognized(account));
    }
    let password_hash = hashing::hash(fleet, password).await?;
    let (user, old, new) = (account.user_id, account.password_hash.clone(), password_hash.clone());
    fleet
        .db()
        .write(move |tx| {
            accounts::set_password(tx, user, &new, None)?;
            rows::renew(tx, user, &agent_token::digest(&old), &agent_token::digest(&new))
        })
        .await?;
    Ok(Recognized(Account { password_hash, ..account }))
}
