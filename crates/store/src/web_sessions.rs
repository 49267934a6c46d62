//! Browsers that signed in.

use diesel::dsl::exists;
use diesel::prelude::*;
use mission_control_core::id::{UserId, WebSessionId};
use mission_control_core::models::WebSession;
use mission_control_core::schema::web_sessions;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
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

/// The session of a cookie, unless it has expired by `now` or was given for another credential.
///
/// # Errors
/// The database's.
pub fn find_live(
    conn: &mut Conn,
    cookie_digest: &str,
    credential_digest: &str,
    now: Timestamp,
) -> StoreResult<Option<WebSession>> {
    Ok(web_sessions::table
        .filter(web_sessions::cookie_digest.eq(cookie_digest))
        .filter(web_sessions::credential_digest.eq(credential_digest))
        .filter(web_sessions::expires_at.gt(now))
        .select(web_sessions::all_columns)
        .first(conn)
        .optional()?)
}

/// Whether a session has neither ended nor expired by `now`.
///
/// # Errors
/// The database's.
pub fn is_live(conn: &mut Conn, id: WebSessionId, now: Timestamp) -> StoreResult<bool> {
    let live = web_sessions::table.find(id).filter(web_sessions::expires_at.gt(now));
    Ok(diesel::select(exists(live)).get_result(conn)?)
}

/// Ends a session; one that has ended already is fine.
///
/// # Errors
/// The database's.
pub fn delete(tx: &mut Tx<'_>, id: WebSessionId) -> StoreResult<()> {
    diesel::delete(web_sessions::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// Ends every session of a user.
///
/// # Errors
/// The database's.
pub fn delete_of_user(tx: &mut Tx<'_>, user: UserId) -> StoreResult<()> {
    diesel::delete(web_sessions::table.filter(web_sessions::user_id.eq(user))).execute(&mut **tx)?;
    Ok(())
}
