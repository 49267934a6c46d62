//! The pool, and running closures on its connections without blocking the runtime.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use mission_control_core::config::DatabaseLocation;
use mission_control_core::wakeup::Wakeup;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tracing::Span;

use crate::conn::{Backend, Conn};
use crate::error::{StoreError, StoreResult, first_line};
use crate::leases;
use crate::manager::{self, Facts, Manager, Pooled};
use crate::options::DbOptions;
use crate::request;
use crate::tx::{self, Purpose, Tx};

/// The lease that is written to see whether the disk has room again.
const PROBE: &str = "disk-probe";

/// The database: cheap to clone, shared by all of a process.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

/// The connections of a process to its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// At most.
    pub most: usize,
    /// Made and kept.
    pub open: usize,
    /// At work, or about to be.
    pub in_use: usize,
}

struct Inner {
    options: DbOptions,
    pool: r2d2::Pool<Manager>,
    /// As many permits as connections: who waits for one holds no thread.
    connections: Arc<Semaphore>,
    /// SQLite has one writer; queueing for it here is fair and costs no busy-waiting connection.
    writer: Option<Arc<Semaphore>>,
    wakeups: mpsc::UnboundedSender<Wakeup>,
    facts: Arc<Facts>,
}

impl Db {
    /// Connects. After each committed write, what it wants others to know goes to `wakeups`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn open(options: DbOptions, wakeups: mpsc::UnboundedSender<Wakeup>) -> StoreResult<Self> {
        blocking(move || {
            manager::prepare(&options)?;
            let facts = Arc::new(Facts::default());
            let pool = r2d2::Pool::builder()
                .max_size(options.pool_size)
                .min_idle(Some(1))
                .test_on_check_out(false)
                .connection_timeout(options.acquire_timeout)
                .error_handler(Box::new(LogConnectionErrors))
                .build_unchecked(Manager::new(options.clone(), Arc::clone(&facts)));
            let connections = Arc::new(Semaphore::new(usize::try_from(options.pool_size).unwrap_or(1)));
            let writer = match &options.location {
                DatabaseLocation::Sqlite(_) => Some(Arc::new(Semaphore::new(1))),
                DatabaseLocation::Postgres(_) => None,
            };
            Ok(Self(Arc::new(Inner { options, pool, connections, writer, wakeups, facts })))
        })
        .await
    }

    /// Runs queries that change nothing. Each sees the newest committed state.
    ///
    /// # Errors
    /// What `work` returns; [`StoreError::Unavailable`] when there is no connection.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        self.look(Purpose::Read, work).await
    }

    /// Like [`read`](Self::read), but all queries see the same state: what was committed before the first of them.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn snapshot<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        self.look(Purpose::Snapshot, work).await
    }

    async fn look<T, E, F>(&self, purpose: Purpose, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        let permit = self.0.acquire(&self.0.connections).await?;
        let inner = Arc::clone(&self.0);
        blocking(move || {
            let _permit = permit;
            let (mut pooled, in_transaction) = inner.begin(purpose)?;
            tx::read(&mut pooled.conn, in_transaction, work)
        })
        .await
    }

    /// Runs `work` in a transaction: an error (or a panic) leaves nothing behind.
    ///
    /// On PostgreSQL other transactions interleave: read what you are going to change with the aggregate's `lock`.
    ///
    /// # Errors
    /// What `work` returns; [`StoreError::Unavailable`] when there is no connection; [`StoreError::Busy`] when another
    /// transaction was in the way.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let writer = match &self.0.writer {
            Some(writer) => Some(self.0.acquire(writer).await?),
            None => None,
        };
        let permit = self.0.acquire(&self.0.connections).await?;
        let inner = Arc::clone(&self.0);
        let origin = request::origin();
        // The caller may go away at any await; what was begun is finished, and told to others, regardless.
        blocking(move || {
            let _permits = (writer, permit);
            let (mut pooled, _) = inner.begin(Purpose::Write)?;
            let (value, wakeups) = tx::run(&mut pooled, origin, work)?;
            inner.facts.disk_failed.store(false, Ordering::Relaxed);
            for wakeup in wakeups {
                // Without a listener (a one-off command) the sweep of a running process finds the work.
                let _ = inner.wakeups.send(wakeup);
            }
            Ok(value)
        })
        .await
    }

    /// Whether the database answers and, after a write that found the disk full, whether it takes writes again.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self) -> StoreResult<()> {
        if self.0.facts.disk_failed.load(Ordering::Relaxed) {
            return self.write(|tx| leases::acquire(tx, PROBE, PROBE, Duration::ZERO).map(drop)).await;
        }
        self.read(manager::ping).await
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self.0.options.location {
            DatabaseLocation::Sqlite(_) => Backend::Sqlite,
            DatabaseLocation::Postgres(_) => Backend::Postgres,
        }
    }

    /// How many connections there are.
    pub fn pool(&self) -> PoolUse {
        let most = usize::try_from(self.0.options.pool_size).unwrap_or(usize::MAX);
        PoolUse {
            most,
            open: usize::try_from(self.0.pool.state().connections).unwrap_or(usize::MAX),
            in_use: most.saturating_sub(self.0.connections.available_permits()),
        }
    }

    /// How it was opened.
    pub fn options(&self) -> &DbOptions {
        &self.0.options
    }

    /// Statements sent so far on all connections, `BEGIN` and `COMMIT` included: lets tests prove that something does
    /// not poll or does not query per row.
    pub fn statements_executed(&self) -> u64 {
        self.0.facts.statements.load(Ordering::Relaxed)
    }
}

impl Inner {
    async fn acquire(&self, semaphore: &Arc<Semaphore>) -> StoreResult<OwnedSemaphorePermit> {
        let permit = Arc::clone(semaphore).acquire_owned();
        match tokio::time::timeout(self.options.acquire_timeout, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Unavailable("it was closed".to_owned())),
            Err(_) => Err(StoreError::Busy("every connection is in use".to_owned())),
        }
    }

    /// A connection that works, with the transaction that is needed. After a restart of the server every idle connection of
    /// the pool is dead; nothing was executed on it, so another one is taken.
    fn begin(&self, purpose: Purpose) -> StoreResult<(r2d2::PooledConnection<Manager>, bool)> {
        let mut attempts = 0;
        loop {
            let mut pooled = self.pool.get().map_err(unavailable)?;
            attempts += 1;
            let is_last = attempts > self.options.pool_size;
            if !is_last && !pooled.is_usable() {
                continue;
            }
            match tx::begin(&mut pooled, purpose, self.options.statement_timeout) {
                Err(StoreError::Unavailable(_)) if !is_last => Pooled::lost(&pooled),
                outcome => return outcome.map(|in_transaction| (pooled, in_transaction)),
            }
        }
    }
}

/// r2d2 wraps the manager's own error in text.
fn unavailable(error: r2d2::Error) -> StoreError {
    let text = first_line(&error.to_string());
    let cause = text.rsplit("the database is unavailable: ").next().unwrap_or_default();
    StoreError::Unavailable(cause.to_owned())
}

#[derive(Debug)]
struct LogConnectionErrors;

impl r2d2::HandleError<StoreError> for LogConnectionErrors {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(%error, "database connection failed");
    }
}

/// Runs work that takes long on a thread of its own, so that others of the caller's thread go on; what it logs is of the
/// caller's span, and a panic of it is a panic of the caller.
///
/// # Errors
/// The work's; [`StoreError::Unavailable`] when the process is shutting down.
pub async fn blocking<T, E, F>(work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce() -> Result<T, E> + Send + 'static,
{
    let span = Span::current();
    match tokio::task::spawn_blocking(move || span.in_scope(work)).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(StoreError::Unavailable("the process is shutting down".to_owned()).into()),
        },
    }
}
