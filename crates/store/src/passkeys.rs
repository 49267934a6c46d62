//! Keys that people's devices hold, and what is kept between a question to them and the answer.

use diesel::prelude::*;
use mission_control_core::id::{PasskeyCeremonyId, PasskeyId, UserId};
use mission_control_core::models::{CeremonyKind, Passkey, PasskeyCeremony};
use mission_control_core::schema::{accounts, passkey_ceremonies, passkeys};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// The passkeys of a person, oldest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, user: UserId, page: Page) -> StoreResult<Listing<Passkey>> {
    listing!(
        conn,
        &page,
        passkeys::table.filter(passkeys::user_id.eq(user)),
        (Timestamp, PasskeyId)[asc(passkeys::created_at), asc(passkeys::id)],
        passkeys::all_columns,
        texts ["passkeys.credential"]
    )
}

/// Every passkey of a person.
///
/// # Errors
/// The database's.
pub fn of_user(conn: &mut Conn, user: UserId) -> StoreResult<Vec<Passkey>> {
    Ok(passkeys::table
        .filter(passkeys::user_id.eq(user))
        .order((passkeys::created_at.asc(), passkeys::id.asc()))
        .select(passkeys::all_columns)
        .load(conn)?)
}

/// How many passkeys a person has.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, user: UserId) -> StoreResult<i64> {
    Ok(passkeys::table.filter(passkeys::user_id.eq(user)).count().get_result(conn)?)
}

/// The passkey of this id, if it is this person's.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: PasskeyId, user: UserId) -> StoreResult<Option<Passkey>> {
    Ok(passkeys::table
        .find(id)
        .filter(passkeys::user_id.eq(user))
        .select(passkeys::all_columns)
        .first(conn)
        .optional()?)
}

/// The passkey that devices call so, in base64url.
///
/// # Errors
/// The database's.
pub fn with_credential(conn: &mut Conn, credential_id: &str) -> StoreResult<Option<Passkey>> {
    Ok(passkeys::table
        .filter(passkeys::credential_id.eq(credential_id))
        .select(passkeys::all_columns)
        .first(conn)
        .optional()?)
}

/// Adds a passkey.
///
/// # Errors
/// [`StoreError::Duplicate`] for one that is somebody's already; the database's.
pub fn insert(tx: &mut Tx<'_>, passkey: &Passkey) -> StoreResult<()> {
    diesel::insert_into(passkeys::table).values(passkey).execute(&mut **tx)?;
    Ok(())
}

/// Writes down that a passkey was used, and how its device counts now; whether it had not counted that far before. A device
/// that counts never says the same number twice: who does has a copy of it.
///
/// # Errors
/// The database's.
pub fn used(tx: &mut Tx<'_>, passkey: &Passkey, at: Timestamp) -> StoreResult<bool> {
    let counts_on = passkeys::counter.lt(passkey.counter);
    let does_not_count = passkeys::counter.eq(0).and(passkeys::counter.eq(passkey.counter));
    let row = passkeys::table.filter(passkeys::id.eq(passkey.id)).filter(counts_on.or(does_not_count));
    let changed = diesel::update(row)
        .set((
            passkeys::counter.eq(passkey.counter),
            passkeys::credential.eq(&passkey.credential),
            passkeys::last_used_at.eq(at),
        ))
        .execute(&mut **tx)?;
    Ok(changed > 0)
}

/// Calls a person's passkey otherwise.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn rename(tx: &mut Tx<'_>, id: PasskeyId, user: UserId, name: &str) -> StoreResult<()> {
    let own = passkeys::table.filter(passkeys::id.eq(id)).filter(passkeys::user_id.eq(user));
    match diesel::update(own).set(passkeys::name.eq(name)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("passkey")),
        _ => Ok(()),
    }
}

/// Removes a person's passkey.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: PasskeyId, user: UserId) -> StoreResult<()> {
    let own = passkeys::table.filter(passkeys::id.eq(id)).filter(passkeys::user_id.eq(user));
    match diesel::delete(own).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("passkey")),
        _ => Ok(()),
    }
}

/// Removes every passkey of a person, with what they were asked; whether there was any.
///
/// # Errors
/// The database's.
pub fn delete_of_user(tx: &mut Tx<'_>, user: UserId) -> StoreResult<bool> {
    let asked = passkey_ceremonies::table.filter(passkey_ceremonies::user_id.eq(user));
    diesel::delete(asked).execute(&mut **tx)?;
    Ok(diesel::delete(passkeys::table.filter(passkeys::user_id.eq(user))).execute(&mut **tx)? > 0)
}

/// Asks for a passkey beside a person's password since then, or no more.
///
/// # Errors
/// The database's.
pub fn ask(tx: &mut Tx<'_>, user: UserId, since: Option<Timestamp>) -> StoreResult<()> {
    diesel::update(accounts::table.find(user)).set(accounts::passkeys_since.eq(since)).execute(&mut **tx)?;
    Ok(())
}

/// Keeps what the answer of a device is compared with, and forgets what took too long by `now`.
///
/// # Errors
/// The database's.
pub fn begin(tx: &mut Tx<'_>, ceremony: &PasskeyCeremony, now: Timestamp) -> StoreResult<()> {
    let late = passkey_ceremonies::table.filter(passkey_ceremonies::expires_at.le(now));
    diesel::delete(late).execute(&mut **tx)?;
    diesel::insert_into(passkey_ceremonies::table).values(ceremony).execute(&mut **tx)?;
    Ok(())
}

/// Takes what was kept for an answer of this kind; `None` when it took too long by `now`, was taken before, or is of another
/// kind. Of two at once one gets it.
///
/// # Errors
/// The database's.
pub fn take(
    tx: &mut Tx<'_>,
    id: PasskeyCeremonyId,
    kind: CeremonyKind,
    now: Timestamp,
) -> StoreResult<Option<PasskeyCeremony>> {
    let found: Option<PasskeyCeremony> = passkey_ceremonies::table
        .find(id)
        .filter(passkey_ceremonies::kind.eq(kind))
        .filter(passkey_ceremonies::expires_at.gt(now))
        .select(passkey_ceremonies::all_columns)
        .first(&mut **tx)
        .optional()?;
    let taken = diesel::delete(passkey_ceremonies::table.find(id)).execute(&mut **tx)?;
    Ok(found.filter(|_| taken > 0))
}
