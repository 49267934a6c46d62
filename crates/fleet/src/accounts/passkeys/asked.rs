//! Whether a passkey is asked for beside the password.

use mission_control_core::id::UserId;
use mission_control_core::models::AuditAction;
use mission_control_core::rules::second_factor as rules;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, accounts, passkeys as rows, users};
use secrecy::{ExposeSecret, SecretString};

use super::register::Evidence;
use crate::accounts::write::note;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// Asks for a passkey beside the person's password from now on. Returns recovery codes, once, where there were none.
///
/// # Errors
/// Evidence that is not enough; somebody without a passkey.
pub async fn ask(fleet: &Fleet, user: UserId, evidence: Evidence) -> Result<Vec<SecretString>, FleetError> {
    evidence.account(fleet, user).await?;
    let codes = rules::recovery_codes();
    let digests: Vec<String> =
        codes.iter().filter_map(|code| rules::recovery_digest(code.expose_secret())).collect();
    let are_new = fleet
        .db()
        .write(move |tx| {
            users::lock(tx, user)?;
            let account = accounts::find(tx, user)?.ok_or(StoreError::NotFound("account"))?;
            if rows::count(tx, user)? == 0 {
                return Err(FleetError::conflict("Add a passkey first."));
            }
            if account.passkeys_since.is_some() {
                return Ok(false);
            }
            rows::ask(tx, user, Some(Timestamp::now()))?;
            note(tx, user, AuditAction::SecondFactorOn)?;
            let has_none = accounts::recovery_left(tx, user)? == 0;
            if has_none {
                accounts::replace_recovery(tx, user, &digests)?;
            }
            Ok(has_none)
        })
        .await?;
    Ok(if are_new { codes } else { Vec::new() })
}

/// Asks for no passkey beside the person's password any more.
///
/// # Errors
/// Evidence that is not enough.
pub async fn ask_no_more(fleet: &Fleet, user: UserId, evidence: Evidence) -> Result<(), FleetError> {
    evidence.account(fleet, user).await?;
    fleet
        .db()
        .write(move |tx| {
            users::lock(tx, user)?;
            let account = accounts::find(tx, user)?.ok_or(StoreError::NotFound("account"))?;
            if account.passkeys_since.is_none() {
                return Ok(());
            }
            rows::ask(tx, user, None)?;
            if account.second_factor().is_none() {
                accounts::replace_recovery(tx, user, &[])?;
            }
            Ok(note(tx, user, AuditAction::SecondFactorOff)?)
        })
        .await
}
