//! The record of who did what, a chain of hashes per organization.
//!
//! Entries are written with the events of a transaction, as its last act and under the same lock: their order is that of the
//! commits, and a change is in the record exactly when it is in the database.

use diesel::prelude::*;
use mission_control_core::id::{AuditActorId, OrganizationId};
use mission_control_core::models::{AuditChain, AuditEntry};
use mission_control_core::schema::{audit_chains, audit_log};
use mission_control_core::time::Timestamp;

pub use crate::chain::chain;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Every record.
///
/// # Errors
/// The database's.
pub fn chains(conn: &mut Conn) -> StoreResult<Vec<AuditChain>> {
    Ok(audit_chains::table
        .order(audit_chains::organization_id.asc())
        .select(audit_chains::all_columns)
        .load(conn)?)
}

/// The entries after `seq`, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn after(
    conn: &mut Conn,
    organization: OrganizationId,
    seq: i64,
    limit: i64,
) -> StoreResult<Vec<AuditEntry>> {
    Ok(audit_log::table
        .filter(audit_log::organization_id.eq(organization))
        .filter(audit_log::seq.gt(seq))
        .order(audit_log::seq.asc())
        .limit(limit)
        .select(audit_log::all_columns)
        .load(conn)?)
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By this user, agent or job.
    pub actor_id: Option<AuditActorId>,
    /// With this action.
    pub action: Option<String>,
    /// About things of this kind.
    pub object_kind: Option<String>,
    /// About this thing.
    pub object_id: Option<String>,
    /// Done for this request.
    pub request_id: Option<String>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

fn wanted(
    organization: OrganizationId,
    filter: &AuditFilter,
) -> audit_log::BoxedQuery<'static, MultiBackend> {
    let mut query =
        audit_log::table.filter(audit_log::organization_id.eq(organization)).into_boxed::<MultiBackend>();
    if let Some(actor) = filter.actor_id {
        query = query.filter(audit_log::actor_id.eq(actor));
    }
    if let Some(action) = filter.action.clone() {
        query = query.filter(audit_log::action.eq(action));
    }
    if let Some(kind) = filter.object_kind.clone() {
        query = query.filter(audit_log::object_kind.eq(kind));
    }
    if let Some(id) = filter.object_id.clone() {
        query = query.filter(audit_log::object_id.eq(id));
    }
    if let Some(request) = filter.request_id.clone() {
        query = query.filter(audit_log::request_id.eq(request));
    }
    if let Some(since) = filter.since {
        query = query.filter(audit_log::at.ge(since));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit_log::at.lt(until));
    }
    query
}

/// Entries of an organization's record after the number `seq`, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn filtered_after(
    conn: &mut Conn,
    organization: OrganizationId,
    filter: &AuditFilter,
    seq: i64,
    limit: i64,
) -> StoreResult<Vec<AuditEntry>> {
    Ok(wanted(organization, filter)
        .filter(audit_log::seq.gt(seq))
        .order(audit_log::seq.asc())
        .limit(limit)
        .select(audit_log::all_columns)
        .load(conn)?)
}

/// Entries of an organization's record, newest first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization: OrganizationId,
    filter: &AuditFilter,
    page: Page,
) -> StoreResult<Listing<AuditEntry>> {
    listing!(
        conn,
        &page,
        wanted(organization, filter),
        i64[desc(audit_log::seq)],
        audit_log::all_columns,
        texts ["audit_log.before_change", "audit_log.after_change"]
    )
}

/// The first entry that is not older than `before`, as the number before it and the hash there, when some are older; at most
/// `limit` entries from the beginning.
///
/// # Errors
/// The database's.
pub fn cut_at(
    conn: &mut Conn,
    chain: &AuditChain,
    before: Timestamp,
    limit: i64,
) -> StoreResult<Option<(i64, String)>> {
    // By number and not by time: the record is cut at one place, whatever the clock did.
    let first = after(conn, chain.organization_id, chain.cut_seq, limit)?;
    let old = first.into_iter().take_while(|entry| entry.at < before && entry.seq < chain.last_seq);
    Ok(old.last().map(|entry| (entry.seq, entry.hash)))
}

/// Deletes the beginning of a record up to the entry `seq`, whose hash is kept, with the proof that it was cut on purpose.
///
/// # Errors
/// The database's.
pub fn cut(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    seq: i64,
    hash: &str,
    seal: &str,
) -> StoreResult<usize> {
    let old =
        audit_log::table.filter(audit_log::organization_id.eq(organization)).filter(audit_log::seq.le(seq));
    let deleted = diesel::delete(old).execute(&mut **tx)?;
    diesel::update(audit_chains::table.find(organization))
        .set((
            audit_chains::cut_seq.eq(seq),
            audit_chains::cut_hash.eq(hash),
            audit_chains::cut_seal.eq(Some(seal)),
        ))
        .execute(&mut **tx)?;
    Ok(deleted)
}
