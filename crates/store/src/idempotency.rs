//! Writes that were sent with a key, and their answers: a repeated request is answered, not carried out again.
//!
//! An attempt [`begin`]s before the request is served and ends with [`complete`] or [`release`]. One that does neither (its
//! process died) gives way to the next after its lock ran out.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::models::IdempotencyKey;
use mission_control_core::schema::idempotency_keys;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// How long an answer is kept.
pub const KEPT: Duration = Duration::from_hours(24);

/// What a key says about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: this is the one to serve it.
    New(Attempt),
    /// It is being served.
    Running,
    /// It was answered so.
    Answered(String),
    /// The key was sent with another request.
    OtherRequest,
}

/// The right to serve a request, until its lock runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    id: String,
    locked_until: Timestamp,
}

impl Attempt {
    /// The row's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// Begins to serve the request of this key, if nobody did or does. The lock should last longer than any request.
///
/// # Errors
/// The database's.
pub fn begin(tx: &mut Tx<'_>, id: &str, request_digest: &str, lock: Duration) -> StoreResult<Known> {
    let now = Timestamp::now();
    let attempt = Attempt { id: id.to_owned(), locked_until: now.plus(lock) };
    let outlived = idempotency_keys::table.find(id).filter(idempotency_keys::created_at.lt(now.minus(KEPT)));
    diesel::delete(outlived).execute(&mut **tx)?;
    let row = IdempotencyKey {
        id: id.to_owned(),
        request_digest: request_digest.to_owned(),
        answer: None,
        locked_until: attempt.locked_until,
        created_at: now,
    };
    if insert(tx, &row)? {
        return Ok(Known::New(attempt));
    }
    let Some(known) = lock_row(tx, id)? else { return Ok(Known::Running) };
    if known.request_digest != request_digest {
        return Ok(Known::OtherRequest);
    }
    if let Some(answer) = known.answer {
        return Ok(Known::Answered(answer));
    }
    if known.locked_until > now {
        return Ok(Known::Running);
    }
    diesel::update(idempotency_keys::table.find(id))
        .set(idempotency_keys::locked_until.eq(attempt.locked_until))
        .execute(&mut **tx)?;
    Ok(Known::New(attempt))
}

fn insert(tx: &mut Tx<'_>, row: &IdempotencyKey) -> StoreResult<bool> {
    let insert = diesel::insert_into(idempotency_keys::table).values(row);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}

fn lock_row(tx: &mut Tx<'_>, id: &str) -> StoreResult<Option<IdempotencyKey>> {
    let query = idempotency_keys::table.find(id).select(idempotency_keys::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Keeps the answer, unless another attempt has taken over.
///
/// # Errors
/// The database's.
pub fn complete(tx: &mut Tx<'_>, attempt: &Attempt, answer: &str) -> StoreResult<()> {
    let own = idempotency_keys::table
        .find(&attempt.id)
        .filter(idempotency_keys::locked_until.eq(attempt.locked_until));
    diesel::update(own).set(idempotency_keys::answer.eq(answer)).execute(&mut **tx)?;
    Ok(())
}

/// Forgets the key, unless another attempt has taken over: the request may be sent again, or another one with its key.
///
/// # Errors
/// The database's.
pub fn release(tx: &mut Tx<'_>, attempt: &Attempt) -> StoreResult<()> {
    let own = idempotency_keys::table
        .find(&attempt.id)
        .filter(idempotency_keys::locked_until.eq(attempt.locked_until));
    diesel::delete(own).execute(&mut **tx)?;
    Ok(())
}

/// Forgets at most `limit` of the keys that came before a time, and says how many they were.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old = idempotency_keys::table
        .filter(idempotency_keys::created_at.lt(before))
        .limit(limit)
        .select(idempotency_keys::id);
    let old: Vec<String> = old.load(&mut **tx)?;
    let old = idempotency_keys::table.filter(among(idempotency_keys::id, &old));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
