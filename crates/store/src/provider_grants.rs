//! By what an identity provider is asked whether people who signed in by it may still come in.

use diesel::prelude::*;
use mission_control_core::id::WebSessionId;
use mission_control_core::models::{ProviderGrant, WebSession};
use mission_control_core::schema::{provider_grants, web_sessions};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// Keeps a grant with its session, and ends with it.
///
/// # Errors
/// The database's.
pub fn insert(tx: &mut Tx<'_>, grant: &ProviderGrant) -> StoreResult<()> {
    diesel::insert_into(provider_grants::table).values(grant).execute(&mut **tx)?;
    Ok(())
}

/// Whether any is due by `now`.
///
/// # Errors
/// The database's.
pub fn any_due(conn: &mut Conn, now: Timestamp) -> StoreResult<bool> {
    let due = provider_grants::table.filter(provider_grants::due_at.le(now));
    Ok(diesel::select(diesel::dsl::exists(due)).get_result(conn)?)
}

/// The grant that is due longest by `now`, with its session; put off until `next`, so that nobody else asks meanwhile.
///
/// # Errors
/// The database's.
pub fn take_due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    next: Timestamp,
) -> StoreResult<Option<(ProviderGrant, WebSession)>> {
    let due: Option<(ProviderGrant, WebSession)> = provider_grants::table
        .inner_join(web_sessions::table)
        .filter(provider_grants::due_at.le(now))
        .order((provider_grants::due_at.asc(), provider_grants::session_id.asc()))
        .select((provider_grants::all_columns, web_sessions::all_columns))
        .first(&mut **tx)
        .optional()?;
    let Some((grant, session)) = due else { return Ok(None) };
    let row = provider_grants::table.find(grant.session_id).filter(provider_grants::due_at.eq(grant.due_at));
    let taken = diesel::update(row).set(provider_grants::due_at.eq(next)).execute(&mut **tx)? > 0;
    Ok(taken.then_some((grant, session)))
}

/// Keeps another token, sealed, in the place of the one before; nothing where the session has ended meanwhile.
///
/// # Errors
/// The database's.
pub fn replace(tx: &mut Tx<'_>, session: WebSessionId, sealed: &str) -> StoreResult<()> {
    diesel::update(provider_grants::table.find(session))
        .set(provider_grants::refresh_token.eq(sealed))
        .execute(&mut **tx)?;
    Ok(())
}
