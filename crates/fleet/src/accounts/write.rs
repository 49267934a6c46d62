//! Writing an account down, and what happens to it.

use mission_control_core::id::UserId;
use mission_control_core::models::{Account, AuditAction, AuditDraft};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, StoreResult, Tx, accounts, members};

use crate::error::FleetError;

/// Gives a person an account.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    user: UserId,
    email: String,
    password_hash: String,
) -> Result<(), FleetError> {
    let account = Account::new(user, email, password_hash, Timestamp::now());
    if let Some(other) = accounts::with_email(tx, &account.email)?
        && other.user_id != user
    {
        return Err(FleetError::conflict("Somebody else signs in with this address already."));
    }
    match accounts::insert(tx, &account) {
        Err(StoreError::Duplicate { .. }) => {
            Err(FleetError::conflict("Somebody signs in with this address already."))
        }
        other => Ok(other?),
    }
}

/// Tells the record of each of the person's organizations what happened to their account.
pub(super) fn note(tx: &mut Tx<'_>, user: UserId, action: AuditAction) -> StoreResult<()> {
    for member in members::all_of_user(tx, user)? {
        tx.audit(AuditDraft::new(member.organization_id, action).about("user", user));
    }
    Ok(())
}
