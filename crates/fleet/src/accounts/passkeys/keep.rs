//! Passkeys that are there: another name, and removing them.

use mission_control_core::id::{PasskeyId, UserId};
use mission_control_core::models::{AuditAction, Passkey};
use mission_control_core::rules::passkeys::credential;
use mission_control_store::{StoreError, StoreResult, Tx, accounts, passkeys as rows, users};

use crate::accounts::write::note;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::web_sessions;

/// Calls a person's passkey otherwise.
///
/// # Errors
/// A passkey that is not theirs.
pub async fn rename(fleet: &Fleet, user: UserId, id: PasskeyId, name: String) -> Result<Passkey, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            rows::rename(tx, id, user, &name)?;
            note(tx, user, AuditAction::PasskeyRenamed)?;
            Ok(rows::find(tx, id, user)?.ok_or(StoreError::NotFound("passkey"))?)
        })
        .await
}

/// Removes a person's passkey, and signs out the browsers that came with it.
///
/// # Errors
/// A passkey that is not theirs; the last one, where nothing else is left that is asked for beside the password.
pub async fn remove(fleet: &Fleet, user: UserId, id: PasskeyId) -> Result<(), FleetError> {
    fleet
        .db()
        .write(move |tx| {
            users::lock(tx, user)?;
            rows::delete(tx, id, user)?;
            let account = accounts::find(tx, user)?;
            let is_needed =
                account.is_some_and(|it| it.passkeys_since.is_some() && it.second_factor().is_none());
            if is_needed && rows::count(tx, user)? == 0 {
                return Err(FleetError::conflict(
                    "It is the last passkey, and one is asked for beside your password: you could not sign in any more. Add another \
                     one, or ask for none first.",
                ));
            }
            web_sessions::end_given_for(tx, user, &credential(id))?;
            note(tx, user, AuditAction::PasskeyRemoved)?;
            Ok(())
        })
        .await
}

/// Removes every passkey of a person, and asks for none any more: whoever had a hand on the account may have added some.
pub(crate) fn remove_all(tx: &mut Tx<'_>, user: UserId) -> StoreResult<()> {
    if rows::delete_of_user(tx, user)? {
        note(tx, user, AuditAction::PasskeyRemoved)?;
    }
    rows::ask(tx, user, None)?;
    // The codes were for when the passkeys are lost.
    match accounts::find(tx, user)? {
        Some(account) if account.second_factor().is_none() => accounts::replace_recovery(tx, user, &[]),
        _ => Ok(()),
    }
}
