//! Who people are for an identity provider.

use diesel::prelude::*;
use mission_control_core::id::UserId;
use mission_control_core::models::Identity;
use mission_control_core::schema::identities;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The person whom a provider knows by this subject.
///
/// # Errors
/// The database's.
pub fn holder(conn: &mut Conn, issuer: &str, subject: &str) -> StoreResult<Option<UserId>> {
    Ok(identities::table.find((issuer, subject)).select(identities::user_id).first(conn).optional()?)
}

/// Who a person is for a provider.
///
/// # Errors
/// The database's.
pub fn of_user(conn: &mut Conn, issuer: &str, user: UserId) -> StoreResult<Vec<Identity>> {
    Ok(identities::table
        .filter(identities::user_id.eq(user))
        .filter(identities::issuer.eq(issuer))
        .select(identities::all_columns)
        .load(conn)?)
}

/// Notes who a person is for a provider.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] for a subject that is somebody already; the database's.
pub fn insert(tx: &mut Tx<'_>, identity: &Identity) -> StoreResult<()> {
    diesel::insert_into(identities::table).values(identity).execute(&mut **tx)?;
    Ok(())
}
