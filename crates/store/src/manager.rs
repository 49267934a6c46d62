//! Opens connections and tells broken ones.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, QueryResult, SqliteConnection};
use mission_control_core::config::DatabaseLocation;

use crate::among::binds_value_by_value;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult, is_disk_failure};
use crate::options::DbOptions;
use crate::postgres::{self, Sessions};
use crate::private;
use crate::sql::teach_lower;

/// How long SQLite waits for another process's write.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// A pooled connection that was unused for longer is asked for a sign of life before use: a server, or the network to it,
/// may have gone without a word.
const TRUST_IDLE_FOR: Duration = Duration::from_secs(10);

/// Makes connections for the pool.
#[derive(Debug)]
pub(crate) struct Manager {
    options: DbOptions,
    /// What the first connection found.
    sessions: OnceLock<Sessions>,
    facts: Arc<Facts>,
}

/// What is known of all connections together.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Statements sent so far.
    pub(crate) statements: AtomicU64,
    /// Connections with a lower number may have been lost with one that was.
    suspect_below: AtomicU64,
    /// Connections made so far.
    made: AtomicU64,
    /// The disk of the database was full at the last write.
    pub(crate) disk_failed: AtomicBool,
}

/// A connection and what is known of its health.
pub(crate) struct Pooled {
    pub(crate) conn: Conn,
    pub(crate) sessions: Sessions,
    /// A statement failed since the connection was last taken from the pool.
    pub(crate) failed: Arc<AtomicBool>,
    /// How many were made before it, or had been when it last gave a sign of life.
    number: u64,
    used_at: Instant,
    facts: Arc<Facts>,
}

impl Manager {
    pub(crate) fn new(options: DbOptions, facts: Arc<Facts>) -> Self {
        Self { options, sessions: OnceLock::new(), facts }
    }
}

impl Pooled {
    /// Whether the connection still works. A closed one is recognized without asking the server.
    pub(crate) fn is_usable(&mut self) -> bool {
        let failed = self.failed.swap(false, Ordering::Relaxed);
        let suspect_below = self.facts.suspect_below.load(Ordering::Relaxed);
        let doubtful = failed || self.number < suspect_below || self.used_at.elapsed() > TRUST_IDLE_FOR;
        self.used_at = Instant::now();
        let usable = self.is_open() && (!doubtful || ping(&mut self.conn).is_ok());
        self.failed.store(!usable, Ordering::Relaxed);
        if usable {
            self.number = self.number.max(suspect_below);
        } else {
            self.lost();
        }
        usable
    }

    /// The server may be gone, so none of the connections made so far is trusted without a sign of life.
    pub(crate) fn lost(&self) {
        self.failed.store(true, Ordering::Relaxed);
        self.facts.suspect_below.fetch_max(self.facts.made.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Reads what the server has sent by itself: first its last words, if there are any, then the end of the connection.
    fn is_open(&mut self) -> bool {
        match &mut self.conn {
            Conn::Pg(pg) => (0..2).all(|_| pg.notifications_iter().all(|notification| notification.is_ok())),
            Conn::Sqlite(_) => true,
        }
    }
}

/// Asks the database for a sign of life, in one message: behind a pooler there is no second one to the same session.
pub(crate) fn ping(conn: &mut Conn) -> StoreResult<()> {
    Ok(conn.batch_execute("SELECT 1")?)
}

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StoreError;

    fn connect(&self) -> StoreResult<Pooled> {
        let number = self.facts.made.fetch_add(1, Ordering::Relaxed);
        let (mut conn, sessions) = open(&self.options, self.sessions.get().copied())?;
        if self.sessions.set(sessions).is_ok() && sessions == Sessions::Shared {
            tracing::info!(
                "connection pooler found: every statement runs in a transaction, none is kept prepared"
            );
        }
        let failed = Arc::new(AtomicBool::new(false));
        let (mark, facts) = (Arc::clone(&failed), Arc::clone(&self.facts));
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                debug_assert!(!binds_value_by_value(&query.to_string()), "{query}");
                facts.statements.fetch_add(1, Ordering::Relaxed);
            }
            InstrumentationEvent::FinishQuery { error: Some(error), .. } => {
                mark.store(true, Ordering::Relaxed);
                if is_disk_failure(&error.to_string()) {
                    facts.disk_failed.store(true, Ordering::Relaxed);
                }
            }
            _ => {}
        });
        Ok(Pooled { conn, sessions, failed, number, used_at: Instant::now(), facts: Arc::clone(&self.facts) })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> StoreResult<()> {
        ping(&mut pooled.conn)
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        std::thread::panicking() || pooled.conn.is_broken() || !pooled.is_usable()
    }
}

/// Opens one connection with the session's settings, for one use.
pub(crate) fn connect(options: &DbOptions) -> StoreResult<Conn> {
    Ok(open(options, None)?.0)
}

fn open(options: &DbOptions, known: Option<Sessions>) -> StoreResult<(Conn, Sessions)> {
    match &options.location {
        DatabaseLocation::Sqlite(path) => {
            let path =
                path.to_str().ok_or_else(|| StoreError::Unavailable("its path is not UTF-8".to_owned()))?;
            let unavailable = |error: String| StoreError::Unavailable(format!("{path}: {error}"));
            private::sqlite(path.as_ref()).map_err(|error| unavailable(error.to_string()))?;
            let mut conn =
                SqliteConnection::establish(path).map_err(|error| unavailable(error.to_string()))?;
            conn.batch_execute(&format!(
                "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;",
                SQLITE_BUSY_TIMEOUT.as_millis()
            ))
            .and_then(|()| teach_lower(&mut conn))
            .map_err(|error| unavailable(error.to_string()))?;
            Ok((Conn::Sqlite(conn), Sessions::Own))
        }
        DatabaseLocation::Postgres(parameters) => {
            let (conn, sessions) = postgres::connect(parameters, options, known)?;
            Ok((Conn::Pg(conn), sessions))
        }
    }
}

/// Prepares a SQLite file: its directory, and WAL, which is a property of the file and must not be set by several
/// connections at once.
pub(crate) fn prepare(options: &DbOptions) -> StoreResult<()> {
    if let DatabaseLocation::Sqlite(path) = &options.location
        && let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty())
    {
        private::missing_directory(directory)
            .map_err(|error| StoreError::Unavailable(format!("{}: {error}", directory.display())))?;
    }
    match connect(options)? {
        Conn::Sqlite(mut sqlite) => use_wal(&mut sqlite),
        Conn::Pg(_) => Ok(()),
    }
}

/// Processes may start at once.
fn use_wal(sqlite: &mut SqliteConnection) -> StoreResult<()> {
    patiently(SQLITE_BUSY_TIMEOUT, || sqlite.batch_execute("PRAGMA journal_mode = WAL;"))
}

/// Tries again while others have the database open. SQLite waits for them in statements, but not in each step of a change of
/// the journal's mode.
pub(crate) fn patiently(most: Duration, mut change: impl FnMut() -> QueryResult<()>) -> StoreResult<()> {
    let deadline = Instant::now() + most;
    loop {
        match change().map_err(StoreError::from) {
            Err(StoreError::Busy(_)) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20))
            }
            outcome => return outcome,
        }
    }
}
