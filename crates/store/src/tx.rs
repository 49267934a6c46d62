//! A transaction and the wake-ups that follow its commit.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use mission_control_core::events::bounded;
use mission_control_core::models::NewLogEntry;
use mission_control_core::schema::event_log;
use mission_control_core::wakeup::Wakeup;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::manager::Pooled;
use crate::postgres::Sessions;

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
    request: Option<String>,
}

impl Tx<'_> {
    /// The id of the request on whose behalf it is written.
    pub fn request(&self) -> Option<&str> {
        self.request.as_deref()
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

/// Runs `work` for `request` in the transaction that [`begin`] opened: all of it, or nothing. Returns what to tell the
/// other processes.
pub(crate) fn run<T, E: From<StoreError>>(
    pooled: &mut Pooled,
    request: Option<String>,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<(T, Vec<Wakeup>), E> {
    let Pooled { conn, failed, .. } = pooled;
    let mut tx = Tx { conn, events: Vec::new(), wakeups: Vec::new(), request };
    let outcome = work(&mut tx).and_then(|value| {
        write_events(&mut tx)?;
        // PostgreSQL would answer COMMIT with a silent rollback; SQLite would commit the rest.
        if failed.load(Ordering::Relaxed) { Err(StoreError::Aborted.into()) } else { Ok(value) }
    });
    match outcome {
        Ok(value) => {
            let Tx { conn, wakeups, .. } = tx;
            <Conn as TransactionManager<Conn>>::commit_transaction(conn).map_err(StoreError::from)?;
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

/// Writes the events that were gathered. See [`event_log`](crate::event_log) for why they come last, and under a lock.
fn write_events(tx: &mut Tx<'_>) -> StoreResult<()> {
    let events = std::mem::take(&mut tx.events);
    if events.is_empty() {
        return Ok(());
    }
    if let Conn::Pg(pg) = &mut *tx.conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(APPEND_LOCK)
            .execute(pg)?;
    }
    let mut last = None;
    for event in &events {
        let seq = diesel::insert_into(event_log::table)
            .values(event)
            .returning(event_log::seq)
            .get_result::<i64>(&mut *tx.conn)?;
        last = Some(seq);
    }
    if let Some(seq) = last {
        tx.wake(Wakeup::Event { seq });
    }
    Ok(())
}
