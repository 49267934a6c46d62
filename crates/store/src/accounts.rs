//! How people sign in with an e-mail address and a password.

use diesel::prelude::*;
use mission_control_core::id::UserId;
use mission_control_core::models::{Account, PasswordReset};
use mission_control_core::schema::{accounts, password_resets, recovery_codes};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;

/// Whether there is any account.
///
/// # Errors
/// The database's.
pub fn any(conn: &mut Conn) -> StoreResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(accounts::table.select(accounts::user_id))).get_result(conn)?)
}

/// The account of a person.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, user: UserId) -> StoreResult<Option<Account>> {
    Ok(accounts::table.find(user).select(accounts::all_columns).first(conn).optional()?)
}

/// The account that is signed in to with this address, in lower case.
///
/// # Errors
/// The database's.
pub fn with_email(conn: &mut Conn, email: &str) -> StoreResult<Option<Account>> {
    Ok(accounts::table
        .filter(accounts::email.eq(email))
        .select(accounts::all_columns)
        .first(conn)
        .optional()?)
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Duplicate`] for an address that another account has; the database's.
pub fn insert(tx: &mut Tx<'_>, account: &Account) -> StoreResult<()> {
    diesel::insert_into(accounts::table).values(account).execute(&mut **tx)?;
    Ok(())
}

/// Replaces the hash of a password. `chosen` is when the person chose another one; `None` where only the way of hashing it is
/// new.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn set_password(
    tx: &mut Tx<'_>,
    user: UserId,
    password_hash: &str,
    chosen: Option<Timestamp>,
) -> StoreResult<()> {
    let row = diesel::update(accounts::table.find(user));
    let changed = match chosen {
        Some(at) => row
            .set((accounts::password_hash.eq(password_hash), accounts::password_changed_at.eq(at)))
            .execute(&mut **tx)?,
        None => row.set(accounts::password_hash.eq(password_hash)).execute(&mut **tx)?,
    };
    if changed == 0 { Err(StoreError::NotFound("account")) } else { Ok(()) }
}

/// Has a person sign in with another address, in lower case. Somebody without an account is left alone.
///
/// # Errors
/// [`StoreError::Duplicate`] for an address that another account has; the database's.
pub fn set_email(tx: &mut Tx<'_>, user: UserId, email: &str) -> StoreResult<()> {
    diesel::update(accounts::table.find(user)).set(accounts::email.eq(email)).execute(&mut **tx)?;
    Ok(())
}

/// Sets an authenticator app up for a person; nothing is asked for before it has shown a code. The one before is forgotten.
///
/// # Errors
/// The database's.
pub fn begin_totp(tx: &mut Tx<'_>, user: UserId, sealed: &str) -> StoreResult<()> {
    diesel::update(accounts::table.find(user))
        .set((
            accounts::totp_secret.eq(sealed),
            accounts::totp_since.eq(None::<Timestamp>),
            accounts::totp_step.eq(None::<i64>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Asks for codes of the app from now on, and takes these digests for when it is lost.
///
/// # Errors
/// The database's.
pub fn confirm_totp(tx: &mut Tx<'_>, user: UserId, at: Timestamp, recovery: &[String]) -> StoreResult<()> {
    diesel::update(accounts::table.find(user)).set(accounts::totp_since.eq(at)).execute(&mut **tx)?;
    replace_recovery(tx, user, recovery)
}

/// Gives a person the recovery codes of these digests, and no others.
///
/// # Errors
/// The database's.
pub fn replace_recovery(tx: &mut Tx<'_>, user: UserId, recovery: &[String]) -> StoreResult<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(&mut **tx)?;
    for digest in recovery {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::user_id.eq(user), recovery_codes::digest.eq(digest)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Asks for no codes of the app any more; whether any were asked for. The recovery codes stay.
///
/// # Errors
/// The database's.
pub fn end_totp(tx: &mut Tx<'_>, user: UserId) -> StoreResult<bool> {
    let was_on = find(tx, user)?.is_some_and(|account| account.totp_since.is_some());
    diesel::update(accounts::table.find(user))
        .set((
            accounts::totp_secret.eq(None::<String>),
            accounts::totp_since.eq(None::<Timestamp>),
            accounts::totp_step.eq(None::<i64>),
        ))
        .execute(&mut **tx)?;
    Ok(was_on)
}

/// Takes the code of a step; whether neither it nor a later one was taken before. Of two at once one is.
///
/// # Errors
/// The database's.
pub fn take_step(tx: &mut Tx<'_>, user: UserId, step: i64) -> StoreResult<bool> {
    let unused = accounts::totp_step.is_null().or(accounts::totp_step.lt(step));
    let row = accounts::table.filter(accounts::user_id.eq(user)).filter(unused);
    Ok(diesel::update(row).set(accounts::totp_step.eq(step)).execute(&mut **tx)? > 0)
}

/// Takes the recovery code of this digest; whether the person had it.
///
/// # Errors
/// The database's.
pub fn take_recovery(tx: &mut Tx<'_>, user: UserId, digest: &str) -> StoreResult<bool> {
    let row = recovery_codes::table.find((user, digest));
    Ok(diesel::delete(row).execute(&mut **tx)? > 0)
}

/// How many recovery codes a person has left.
///
/// # Errors
/// The database's.
pub fn recovery_left(conn: &mut Conn, user: UserId) -> StoreResult<i64> {
    Ok(recovery_codes::table.filter(recovery_codes::user_id.eq(user)).count().get_result(conn)?)
}

/// Makes a link for a new password, in the place of the one that the person may have already.
///
/// # Errors
/// The database's.
pub fn replace_reset(tx: &mut Tx<'_>, reset: &PasswordReset) -> StoreResult<()> {
    diesel::delete(password_resets::table.find(reset.user_id)).execute(&mut **tx)?;
    diesel::insert_into(password_resets::table).values(reset).execute(&mut **tx)?;
    Ok(())
}

/// The link for a new password that has this digest and has not run out by `now`.
///
/// # Errors
/// The database's.
pub fn reset_of(conn: &mut Conn, digest: &str, now: Timestamp) -> StoreResult<Option<PasswordReset>> {
    Ok(password_resets::table
        .filter(password_resets::digest.eq(digest))
        .filter(password_resets::expires_at.gt(now))
        .select(password_resets::all_columns)
        .first(conn)
        .optional()?)
}

/// Takes a person's link for a new password back; whether there was one.
///
/// # Errors
/// The database's.
pub fn end_reset(tx: &mut Tx<'_>, user: UserId) -> StoreResult<bool> {
    Ok(diesel::delete(password_resets::table.find(user)).execute(&mut **tx)? > 0)
}
