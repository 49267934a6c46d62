//! A transaction and the wake-ups that follow its commit.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use mission_control_core::events::bounded;
use mission_control_core::id::JobId;
use mission_control_core::models::{AuditDraft, NewLogEntry};
use mission_control_core::schema::event_log;
use mission_control_core::wakeup::Wakeup;
use mission_control_shapes::events::EventSubject;
use serde_json::Value;

use crate::batch;
use crate::chain::{self, Change};
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::manager::Pooled;
use crate::postgres::Sessions;
use crate::request::Origin;

/// Key of the advisory lock under which entries get their numbers.
const APPEND_LOCK: i64 = 0x6d63_6c6f_6700;

/// A connection inside a write transaction.
///
/// Wake-ups and events are gathered here. Events are written last, right before the commit; wake-ups are handed out
/// only after it, so nobody is told of what did not happen.
///
/// A statement that fails dooms the transaction, even if its error is not passed on.
pub struct Tx<'conn> {
    conn: &'conn mut Conn,
    events: Vec<NewLogEntry>,
    wakeups: Vec<Wakeup>,
    changes: Vec<Change>,
    noted: Vec<AuditDraft>,
    ordered: Vec<AuditDraft>,
    booked: Vec<JobId>,
    origin: Origin,
}

impl Tx<'_> {
    /// The id of the request on whose behalf it is written.
    pub fn request(&self) -> Option<&str> {
        self.origin.id()
    }

    /// Tells the other processes after the commit.
    pub fn wake(&mut self, wakeup: Wakeup) {
        if !self.wakeups.contains(&wakeup) {
            self.wakeups.push(wakeup);
        }
    }

    /// Appends an entry to the event log. It gets its number when the transaction commits; listeners are told after that.
    pub fn append(&mut self, mut entry: NewLogEntry) {
        entry.payload = bounded(entry.payload);
        self.events.push(entry);
    }

    /// Tells the audit how a governed thing was before this transaction, and how it is now. It stands in the entry of the
    /// event about that thing, and makes one of an event that would be none.
    pub fn changed(&mut self, about: EventSubject, id: impl ToString, before: Value, after: Value) {
        let id = id.to_string();
        self.changes.push(Change { about, id, before: Some(before), after: Some(after) });
    }

    /// Puts what no event tells of into the audit.
    pub fn audit(&mut self, entry: AuditDraft) {
        self.noted.push(entry);
    }

    /// Puts work that was ordered, and that streams are not told of, into the audit, where nothing else tells of the order.
    pub(crate) fn audit_order(&mut self, entry: AuditDraft) {
        self.ordered.push(entry);
    }

    /// Tells the request after the commit that it has asked for this job.
    pub(crate) fn book(&mut self, job: JobId) {
        self.booked.push(job);
    }
}

impl Deref for Tx<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

/// Runs `work` on behalf of `origin` in the transaction that [`begin`] opened: all of it, or nothing. Returns what to tell the
/// other processes.
pub(crate) fn run<T, E: From<StoreError>>(
    pooled: &mut Pooled,
    origin: Origin,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<(T, Vec<Wakeup>), E> {
    let Pooled { conn, failed, .. } = pooled;
    let mut tx = Tx {
        conn,
        events: Vec::new(),
        wakeups: Vec::new(),
        changes: Vec::new(),
        noted: Vec::new(),
        ordered: Vec::new(),
        booked: Vec::new(),
        origin,
    };
    let outcome = work(&mut tx).and_then(|value| {
        write_events(&mut tx)?;
        // PostgreSQL would answer COMMIT with a silent rollback; SQLite would commit the rest.
        if failed.load(Ordering::Relaxed) { Err(StoreError::Aborted.into()) } else { Ok(value) }
    });
    match outcome {
        Ok(value) => {
            let Tx { conn, wakeups, booked, origin, .. } = tx;
            <Conn as TransactionManager<Conn>>::commit_transaction(conn).map_err(StoreError::from)?;
            origin.book(booked);
            Ok((value, wakeups))
        }
        Err(error) => {
            if let Err(rollback) = <Conn as TransactionManager<Conn>>::rollback_transaction(tx.conn) {
                tracing::warn!(error = %rollback, "rollback failed");
            }
            Err(error)
        }
    }
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading, each query for itself: no transaction, except where sessions are shared.
    Read,
    /// Reading one state.
    Snapshot,
    /// Changing something.
    Write,
}

/// Opens the transaction that `purpose` needs; returns whether there is one.
pub(crate) fn begin(pooled: &mut Pooled, purpose: Purpose, timeout: Duration) -> StoreResult<bool> {
    let shared = pooled.sessions == Sessions::Shared;
    match &mut pooled.conn {
        Conn::Pg(pg) => {
            let begin = match purpose {
                Purpose::Read if !shared => return Ok(false),
                Purpose::Read | Purpose::Write => "BEGIN",
                Purpose::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            };
            // What is set for a shared session would be set for strangers.
            let set = if shared {
                format!("; SET LOCAL statement_timeout = {}", timeout.as_millis())
            } else {
                String::new()
            };
            AnsiTransactionManager::begin_transaction_sql(pg, &format!("{begin}{set}"))?;
        }
        Conn::Sqlite(sqlite) => match purpose {
            Purpose::Read => return Ok(false),
            Purpose::Snapshot => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN")?,
            // The write lock is taken at once: a transaction that reads first cannot be upgraded when another wrote.
            Purpose::Write => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
        },
    }
    Ok(true)
}

/// Runs `work`, which changes nothing, and ends the transaction if there is one.
pub(crate) fn read<T, E: From<StoreError>>(
    conn: &mut Conn,
    in_transaction: bool,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    if !in_transaction {
        return work(conn);
    }
    let outcome = work(conn);
    let ended = <Conn as TransactionManager<Conn>>::rollback_transaction(conn);
    let value = outcome?;
    ended.map_err(StoreError::from)?;
    Ok(value)
}

/// Appends entries in their order, and returns the number of the last.
fn append_all(conn: &mut Conn, events: &[NewLogEntry]) -> StoreResult<Option<i64>> {
    let mut last = None;
    for some in events.chunks(batch::ROWS) {
        let log = diesel::insert_into(event_log::table);
        let numbers: Vec<i64> = match (some, &mut *conn) {
            // As of `insert_all!`.
            ([event], conn) => log.values(event).returning(event_log::seq).get_results(conn)?,
            (_, Conn::Pg(pg)) => log.values(some).returning(event_log::seq).get_results(pg)?,
            (_, Conn::Sqlite(sqlite)) => log.values(some).returning(event_log::seq).get_results(sqlite)?,
        };
        last = last.max(numbers.into_iter().max());
    }
    Ok(last)
}

/// Writes the events that were gathered, and the entries of the audit that follow from them. See [`event_log`](crate::event_log) for why they come last, and under a lock.
fn write_events(tx: &mut Tx<'_>) -> StoreResult<()> {
    let events = std::mem::take(&mut tx.events);
    let (changes, noted) = (std::mem::take(&mut tx.changes), std::mem::take(&mut tx.noted));
    let ordered = std::mem::take(&mut tx.ordered);
    let entries = chain::drafts(&events, &changes, noted, ordered, &tx.origin);
    if events.is_empty() && entries.is_empty() {
        return Ok(());
    }
    if let Conn::Pg(pg) = &mut *tx.conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(APPEND_LOCK)
            .execute(pg)?;
    }
    if let Some(seq) = append_all(tx.conn, &events)? {
        tx.wake(Wakeup::Event { seq });
    }
    chain::write(tx.conn, entries, &tx.origin)
}
