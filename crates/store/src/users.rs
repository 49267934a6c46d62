//! People.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{User, UserChanges};
use mission_control_core::schema::{organization_members, users};

use crate::among::among;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower_or_null, trim_or_null};
use crate::tx::Tx;

/// The user of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: UserId) -> StoreResult<Option<User>> {
    Ok(users::table.find(id).select(users::all_columns).first(conn).optional()?)
}

/// The user known to the identity provider as `subject`.
///
/// # Errors
/// The database's.
pub fn find_by_subject(conn: &mut Conn, subject: &str) -> StoreResult<Option<User>> {
    Ok(users::table
        .filter(users::clerk_user_id.eq(subject))
        .select(users::all_columns)
        .first(conn)
        .optional()?)
}

/// What these people are called.
///
/// # Errors
/// The database's.
pub fn names(conn: &mut Conn, ids: &[UserId]) -> StoreResult<HashMap<UserId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let users: Vec<User> =
        users::table.filter(among(users::id, ids)).select(users::all_columns).load(conn)?;
    Ok(users.into_iter().map(|user| (user.id, user.shown_name().to_owned())).collect())
}

/// The people with this e-mail address, whatever its case.
///
/// # Errors
/// The database's.
pub fn with_email(conn: &mut Conn, email: &str) -> StoreResult<Vec<User>> {
    Ok(users::table
        .filter(lower_or_null(users::email).eq(email.trim().to_lowercase()))
        .order(users::id.asc())
        .select(users::all_columns)
        .load(conn)?)
}

/// Members without a name or a time zone, with their organization, `limit` at most.
///
/// # Errors
/// The database's.
pub fn incomplete(conn: &mut Conn, limit: i64) -> StoreResult<Vec<(OrganizationId, User)>> {
    let lacks_name = users::name.is_null().or(trim_or_null(users::name).eq(""));
    let lacks_zone = users::timezone.is_null().or(trim_or_null(users::timezone).eq(""));
    Ok(organization_members::table
        .inner_join(users::table)
        .filter(lacks_name.or(lacks_zone))
        .order((organization_members::organization_id.asc(), organization_members::id.asc()))
        .limit(limit)
        .select((organization_members::organization_id, users::all_columns))
        .load(conn)?)
}

/// Everybody, in the order of their subjects.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, page: Page) -> StoreResult<Listing<User>> {
    listing!(
        conn,
        &page,
        users::table,
        (String, UserId)[asc(beginning(users::clerk_user_id)), asc(users::id)],
        users::all_columns,
        texts ["users.name", "users.notes", "users.context"]
    )
}

/// Inserts a user unless one with the same subject exists; returns the one that does. Two first requests at once thus
/// make one user.
///
/// # Errors
/// The database's.
pub fn get_or_insert(tx: &mut Tx<'_>, user: &User) -> StoreResult<User> {
    let insert = diesel::insert_into(users::table).values(user);
    match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    find_by_subject(tx, &user.clerk_user_id)?.ok_or(StoreError::NotFound("user"))
}

/// Reads a user for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: UserId) -> StoreResult<Option<User>> {
    let query = users::table.find(id).select(users::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Changes a user.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: UserId, changes: &UserChanges) -> StoreResult<User> {
    let user = if *changes == UserChanges::default() {
        find(tx, id)?
    } else {
        diesel::update(users::table.find(id))
            .set(changes)
            .returning(users::all_columns)
            .get_result(&mut **tx)
            .optional()?
    };
    user.ok_or(StoreError::NotFound("user"))
}
