//! Browsers that signed in.

use diesel::dsl::exists;
use diesel::prelude::*;
use mission_control_core::id::{UserId, WebSessionId};
use mission_control_core::models::WebSession;
use mission_control_core::schema::web_sessions;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Begins a session, and forgets those that have expired.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, session: &WebSession) -> StoreResult<()> {
    diesel::delete(web_sessions::table.filter(web_sessions::expires_at.le(session.created_at)))
        .execute(&mut **tx)?;
    diesel::insert_into(web_sessions::table).values(session).execute(&mut **tx)?;
    Ok(())
}

/// The session of a cookie, unless it has expired by `now`. What it was given for is for the caller to compare.
///
/// # Errors
/// The database's.
pub fn find_live(conn: &mut Conn, cookie_digest: &str, now: Timestamp) -> StoreResult<Option<WebSession>> {
    Ok(web_sessions::table
        .filter(web_sessions::cookie_digest.eq(cookie_digest))
        .filter(web_sessions::expires_at.gt(now))
        .select(web_sessions::all_columns)
        .first(conn)
        .optional()?)
}

/// The sessions of a person that have not expired by `now`, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, user: UserId, now: Timestamp, page: Page) -> StoreResult<Listing<WebSession>> {
    let live = || {
        web_sessions::table.filter(web_sessions::user_id.eq(user)).filter(web_sessions::expires_at.gt(now))
    };
    listing!(
        conn,
        &page,
        live(),
        (Timestamp, WebSessionId)[desc(web_sessions::created_at), desc(web_sessions::id)],
        web_sessions::all_columns,
        texts ["web_sessions.device"]
    )
}

/// Writes down when a session was last used, and from where.
///
/// # Errors
/// The database's.
pub fn used(tx: &mut Tx<'_>, id: WebSessionId, at: Timestamp, address: Option<&str>) -> StoreResult<()> {
    diesel::update(web_sessions::table.find(id))
        .set((web_sessions::last_used_at.eq(at), web_sessions::last_used_address.eq(address)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Has the sessions of a person that were given for one credential count for another one.
///
/// # Errors
/// The database's.
pub fn renew(tx: &mut Tx<'_>, user: UserId, old_digest: &str, new_digest: &str) -> StoreResult<()> {
    let given = web_sessions::table
        .filter(web_sessions::user_id.eq(user))
        .filter(web_sessions::credential_digest.eq(old_digest));
    diesel::update(given).set(web_sessions::credential_digest.eq(new_digest)).execute(&mut **tx)?;
    Ok(())
}

/// Whether a session has neither ended nor expired by `now`.
///
/// # Errors
/// The database's.
pub fn is_live(conn: &mut Conn, id: WebSessionId, now: Timestamp) -> StoreResult<bool> {
    let live = web_sessions::table.find(id).filter(web_sessions::expires_at.gt(now));
    Ok(diesel::select(exists(live)).get_result(conn)?)
}

/// Ends a session; whether there was one.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<'_>, id: WebSessionId, user: UserId) -> StoreResult<bool> {
    let own = web_sessions::table.find(id).filter(web_sessions::user_id.eq(user));
    Ok(diesel::delete(own).execute(&mut **tx)? > 0)
}

/// Ends the sessions of a person that were given for one credential; whether there was one.
///
/// # Errors
/// The database's.
pub fn delete_given_for(tx: &mut Tx<'_>, user: UserId, credential_digest: &str) -> StoreResult<bool> {
    let given = web_sessions::table
        .filter(web_sessions::user_id.eq(user))
        .filter(web_sessions::credential_digest.eq(credential_digest));
    Ok(diesel::delete(given).execute(&mut **tx)? > 0)
}

/// Ends every session of a user.
///
/// # Errors
/// The database's.
pub fn delete_of_user(tx: &mut Tx<'_>, user: UserId) -> StoreResult<()> {
    diesel::delete(web_sessions::table.filter(web_sessions::user_id.eq(user))).execute(&mut **tx)?;
    Ok(())
}
