//! Showing the password once more.

use mission_control_core::id::UserId;
use mission_control_core::models::Account;
use mission_control_store::accounts;
use secrecy::SecretString;

use super::hashing;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// The account of a person who shows its password.
pub(super) async fn proven(
    fleet: &Fleet,
    user: UserId,
    password: SecretString,
) -> Result<Account, FleetError> {
    let account = fleet.db().read(move |conn| accounts::find(conn, user)).await?;
    let account = account.ok_or_else(|| FleetError::conflict("You sign in without a password."))?;
    match hashing::is_same(fleet, password, account.password_hash.clone()).await? {
        true => Ok(account),
        false => Err(FleetError::WrongPassword),
    }
}
