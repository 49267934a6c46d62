//! The second factor: an authenticator app that is set up, asked, and given up; and what is taken beside a password.

use mission_control_core::id::UserId;
use mission_control_core::models::{Account, AuditAction};
use mission_control_core::rules::passkeys::place;
use mission_control_core::rules::second_factor::{self as rules, Authenticator};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, accounts, passkeys as rows};
use secrecy::{ExposeSecret, SecretString};

use super::passkeys::{self, Answer};
use super::proof::proven;
use super::write::note;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// What an app is set up with. It is shown once.
pub struct Enrolment {
    /// The secret in base32, for typing.
    pub secret: SecretString,
    /// The address that apps understand.
    pub url: SecretString,
    /// The same as a picture (SVG).
    pub picture: SecretString,
}

/// How a person's second factor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when codes are asked for.
    pub since: Option<Timestamp>,
    /// Since when a passkey is asked for.
    pub passkeys_since: Option<Timestamp>,
    /// Recovery codes that are left.
    pub recovery_left: i64,
}

/// How the person's second factor stands.
///
/// # Errors
/// The database's.
pub async fn second_factor(fleet: &Fleet, user: UserId) -> Result<SecondFactor, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            let account = accounts::find(conn, user)?;
            Ok(SecondFactor {
                since: account.as_ref().and_then(|account| account.totp_since),
                passkeys_since: account.as_ref().and_then(|account| account.passkeys_since),
                recovery_left: accounts::recovery_left(conn, user)?,
            })
        })
        .await
}

/// Begins to set an app up, for who shows the password.
///
/// # Errors
/// [`FleetError::WrongPassword`]; somebody without an account; somebody who has an app already.
pub async fn begin_enrolment(
    fleet: &Fleet,
    user: UserId,
    password: SecretString,
) -> Result<Enrolment, FleetError> {
    let account = proven(fleet, user, password).await?;
    if account.second_factor().is_some() {
        return Err(FleetError::conflict("Codes are asked for already. Turn that off first."));
    }
    let unusable = || FleetError::Internal("no authenticator can be made".to_owned());
    let app = Authenticator::generate(&account.email).ok_or_else(unusable)?;
    let (url, picture) = (app.url().ok_or_else(unusable)?, app.picture().ok_or_else(unusable)?);
    let sealed = fleet.vault().seal(Account::TOTP_COLUMN, user, app.secret().expose_secret());
    let begin = fleet.db().write(move |tx| {
        // Another browser may have confirmed one meanwhile.
        if accounts::find(tx, user)?.is_some_and(|account| account.second_factor().is_some()) {
            return Err(FleetError::conflict("Codes are asked for already. Turn that off first."));
        }
        Ok(accounts::begin_totp(tx, user, &sealed)?)
    });
    begin.await?;
    Ok(Enrolment { secret: app.secret().clone(), url, picture })
}

/// Asks for codes from now on, after the app has shown one. Returns the recovery codes, once.
///
/// # Errors
/// [`FleetError::SecondFactorWrong`]; nothing that was begun.
pub async fn confirm_enrolment(
    fleet: &Fleet,
    user: UserId,
    code: &str,
) -> Result<Vec<SecretString>, FleetError> {
    let account = fleet.db().read(move |conn| accounts::find(conn, user)).await?;
    let begun = account.filter(|account| account.totp_since.is_none());
    let begun = begun.filter(|account| account.totp_secret.is_some());
    let account = begun.ok_or_else(|| FleetError::conflict("Begin to set the app up first."))?;
    let sealed = account.totp_secret.clone();
    let step = step_of(fleet, &account, sealed.as_deref(), code)?.ok_or(FleetError::SecondFactorWrong)?;
    let codes = rules::recovery_codes();
    let digests: Vec<String> =
        codes.iter().filter_map(|code| rules::recovery_digest(code.expose_secret())).collect();
    fleet
        .db()
        .write(move |tx| {
            let now = accounts::find(tx, user)?;
            if now.is_none_or(|now| now.totp_secret != sealed || now.totp_since.is_some()) {
                return Err(FleetError::conflict("The app was set up anew meanwhile."));
            }
            if !accounts::take_step(tx, user, step)? {
                return Err(FleetError::SecondFactorWrong);
            }
            accounts::confirm_totp(tx, user, Timestamp::now(), &digests)?;
            Ok(note(tx, user, AuditAction::SecondFactorOn)?)
        })
        .await?;
    Ok(codes)
}

/// Asks for no codes any more, for who shows the password.
///
/// # Errors
/// [`FleetError::WrongPassword`]; somebody without an account.
pub async fn end(fleet: &Fleet, user: UserId, password: SecretString) -> Result<(), FleetError> {
    proven(fleet, user, password).await?;
    fleet.db().write(move |tx| end_in(tx, user)).await
}

/// The same within a transaction, whoever asks.
pub(crate) fn end_in(tx: &mut Tx<'_>, user: UserId) -> Result<(), FleetError> {
    if accounts::end_totp(tx, user)? {
        note(tx, user, AuditAction::SecondFactorOff)?;
    }
    if accounts::find(tx, user)?.is_some_and(|account| account.passkeys_since.is_none()) {
        accounts::replace_recovery(tx, user, &[])?;
    }
    Ok(())
}

/// What somebody shows beside a password.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// A code of the app, or a recovery code.
    pub code: Option<String>,
    /// A passkey.
    pub passkey: Option<Answer>,
}

/// Takes a passkey of the person's, a code of their app, or one of their recovery codes; nothing is needed where the password is
/// enough.
///
/// # Errors
/// [`FleetError::SecondFactorNeeded`], [`FleetError::SecondFactorWrong`], [`FleetError::PasskeyRefused`].
pub(super) async fn take(fleet: &Fleet, account: &Account, shown: Beside) -> Result<(), FleetError> {
    if !account.asks_for_more() {
        return Ok(());
    }
    let user = account.user_id;
    if let Some(passkey) = shown.passkey {
        return passkeys::take(fleet, user, passkey).await;
    }
    let Some(code) = shown.code.filter(|code| !code.trim().is_empty()) else {
        let has_passkey = fleet.db().read(move |conn| rows::count(conn, user)).await? > 0;
        let passkey = has_passkey && place(&fleet.settings().http.base_url).is_some();
        return Err(FleetError::SecondFactorNeeded { passkey });
    };
    let code = code.as_str();
    let step = step_of(fleet, account, account.second_factor(), code)?;
    let recovery = rules::recovery_digest(code);
    let taken = fleet.db().write(move |tx| match (step, recovery) {
        (Some(step), _) => accounts::take_step(tx, user, step),
        (None, Some(digest)) => accounts::take_recovery(tx, user, &digest),
        (None, None) => Ok(false),
    });
    match taken.await? {
        true => Ok(()),
        false => Err(FleetError::SecondFactorWrong),
    }
}

fn step_of(
    fleet: &Fleet,
    account: &Account,
    sealed: Option<&str>,
    code: &str,
) -> Result<Option<i64>, FleetError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let secret = fleet
        .vault()
        .open(Account::TOTP_COLUMN, account.user_id, sealed)
        .map_err(|error| FleetError::Internal(error.to_string()))?;
    let app = Authenticator::from_base32(&secret, &account.email)
        .ok_or_else(|| FleetError::Internal("a stored authenticator is none".to_owned()))?;
    Ok(app.step_of(code, Timestamp::now(), account.totp_step))
}
