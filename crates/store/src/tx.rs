//! A transaction and the wake-ups that follow its commit.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use mission_control_core::models::NewEvent;
use mission_control_core::wakeup::Wakeup;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::event_log;
use crate::manager::Pooled;

/// A connection inside a write transaction.
///
/// Wake-ups and events are gathered here. Events are written last, right before the commit; wake-ups are handed out
/// only after it, so nobody is told of what did not happen.
///
/// A statement that fails dooms the transaction, even if its error is not passed on.
pub struct Tx<'conn> {
    conn: &'conn mut Conn,
    events: Vec<NewEvent>,
    wakeups: Vec<Wakeup>,
}

impl Tx<'_> {
    /// Tells the other processes after the commit.
    pub fn wake(&mut self, wakeup: Wakeup) {
        if !self.wakeups.contains(&wakeup) {
            self.wakeups.push(wakeup);
        }
    }

    pub(crate) fn append_event(&mut self, event: NewEvent) {
        self.events.push(event);
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

/// Runs `work` in a transaction: all of it, or nothing. Returns what to tell the other processes.
pub(crate) fn run<T, E: From<StoreError>>(
    pooled: &mut Pooled,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<(T, Vec<Wakeup>), E> {
    let Pooled { conn, failed, .. } = pooled;
    begin(conn)?;
    let mut tx = Tx { conn, events: Vec::new(), wakeups: Vec::new() };
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
                tracing::warn!(error = %rollback, "store.rollback_failed");
            }
            Err(error)
        }
    }
}

/// Runs `work` in a transaction that sees one state and changes nothing.
pub(crate) fn snapshot<T, E: From<StoreError>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    let begun = match conn {
        Conn::Pg(pg) => AnsiTransactionManager::begin_transaction_sql(
            pg,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
        Conn::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN"),
    };
    begun.map_err(StoreError::from)?;
    let outcome = work(conn);
    let ended = <Conn as TransactionManager<Conn>>::rollback_transaction(conn);
    let value = outcome?;
    ended.map_err(StoreError::from)?;
    Ok(value)
}

/// SQLite must take its write lock at once: a transaction that reads first cannot be upgraded when another wrote.
fn begin(conn: &mut Conn) -> StoreResult<()> {
    match conn {
        Conn::Pg(pg) => AnsiTransactionManager::begin_transaction(pg)?,
        Conn::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
    }
    Ok(())
}

fn write_events(tx: &mut Tx<'_>) -> StoreResult<()> {
    let events = std::mem::take(&mut tx.events);
    if let Some(seq) = event_log::write(tx.conn, &events)? {
        tx.wake(Wakeup::Event { seq });
    }
    Ok(())
}
