//! Opens connections and tells broken ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::r2d2::R2D2Connection;
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};
use mission_control_core::config::DatabaseLocation;
use secrecy::ExposeSecret;
use url::Url;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult, first_line};
use crate::options::DbOptions;

/// How long SQLite waits for another process's write.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// A pooled connection that was unused for longer is tested before use: the server may have gone meanwhile.
const TRUST_IDLE_FOR: Duration = Duration::from_secs(10);

/// Makes connections for the pool.
#[derive(Debug)]
pub(crate) struct Manager {
    options: DbOptions,
    statements: Arc<AtomicU64>,
}

/// A connection and what is known of its health.
pub(crate) struct Pooled {
    pub(crate) conn: Conn,
    /// A statement failed since the connection was last taken from the pool.
    pub(crate) failed: Arc<AtomicBool>,
    used_at: Instant,
}

impl Manager {
    pub(crate) fn new(options: DbOptions, statements: Arc<AtomicU64>) -> Self {
        Self { options, statements }
    }
}

impl Pooled {
    /// Whether the connection still works, asking the server if there is a doubt.
    pub(crate) fn is_usable(&mut self) -> bool {
        let doubtful = self.failed.swap(false, Ordering::Relaxed) || self.used_at.elapsed() > TRUST_IDLE_FOR;
        self.used_at = Instant::now();
        let usable = !doubtful || self.conn.ping().is_ok();
        self.failed.store(!usable, Ordering::Relaxed);
        usable
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StoreError;

    fn connect(&self) -> StoreResult<Pooled> {
        let mut conn = connect(&self.options)?;
        let failed = Arc::new(AtomicBool::new(false));
        let (mark, statements) = (Arc::clone(&failed), Arc::clone(&self.statements));
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { .. } => {
                statements.fetch_add(1, Ordering::Relaxed);
            }
            InstrumentationEvent::FinishQuery { error: Some(_), .. } => mark.store(true, Ordering::Relaxed),
            _ => {}
        });
        Ok(Pooled { conn, failed, used_at: Instant::now() })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> StoreResult<()> {
        Ok(pooled.conn.ping()?)
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        std::thread::panicking() || pooled.conn.is_broken() || !pooled.is_usable()
    }
}

/// Opens one connection with the session's settings.
pub(crate) fn connect(options: &DbOptions) -> StoreResult<Conn> {
    match &options.location {
        DatabaseLocation::Sqlite(path) => {
            let path =
                path.to_str().ok_or_else(|| StoreError::Unavailable("its path is not UTF-8".to_owned()))?;
            let unavailable = |error: String| StoreError::Unavailable(format!("{path}: {error}"));
            let mut conn =
                SqliteConnection::establish(path).map_err(|error| unavailable(error.to_string()))?;
            conn.batch_execute(&format!(
                "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;",
                SQLITE_BUSY_TIMEOUT.as_millis()
            ))
            .map_err(|error| unavailable(error.to_string()))?;
            Ok(Conn::Sqlite(conn))
        }
        DatabaseLocation::Postgres(url) => {
            let url = with_connect_timeout(url.expose_secret(), options.acquire_timeout);
            let mut conn = PgConnection::establish(&url).map_err(|error| unreachable(&url, &error))?;
            conn.batch_execute(&format!(
                "SET statement_timeout = {}; SET application_name = '{}'; SET timezone = 'UTC'",
                options.statement_timeout.as_millis(),
                options.application_name.replace('\'', "")
            ))?;
            Ok(Conn::Pg(conn))
        }
    }
}

/// Prepares a SQLite file: its directory, and WAL, which is a property of the file and must not be set by several
/// connections at once.
pub(crate) fn prepare(options: &DbOptions) -> StoreResult<()> {
    if let DatabaseLocation::Sqlite(path) = &options.location
        && let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty())
    {
        std::fs::create_dir_all(directory)
            .map_err(|error| StoreError::Unavailable(format!("{}: {error}", directory.display())))?;
    }
    match connect(options)? {
        Conn::Sqlite(mut sqlite) => use_wal(&mut sqlite),
        Conn::Pg(_) => Ok(()),
    }
}

/// Switching to WAL does not wait for other connections as statements do; processes that start at once try again.
fn use_wal(sqlite: &mut SqliteConnection) -> StoreResult<()> {
    let deadline = Instant::now() + SQLITE_BUSY_TIMEOUT;
    loop {
        match sqlite.batch_execute("PRAGMA journal_mode = WAL;").map_err(StoreError::from) {
            Err(StoreError::Busy(_)) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20))
            }
            outcome => return outcome,
        }
    }
}

/// libpq would wait for a silent host for minutes.
fn with_connect_timeout(url: &str, timeout: Duration) -> String {
    let Ok(mut parsed) = Url::parse(url) else { return url.to_owned() };
    if !parsed.query_pairs().any(|(name, _)| name == "connect_timeout") {
        parsed.query_pairs_mut().append_pair("connect_timeout", &timeout.as_secs().max(2).to_string());
    }
    parsed.into()
}

/// The reason in one line; libpq quotes the whole URL when it cannot read it.
fn unreachable(url: &str, error: &ConnectionError) -> StoreError {
    let password = Url::parse(url).ok().and_then(|url| url.password().map(str::to_owned));
    let mut message = first_line(&error.to_string());
    for secret in [Some(url.to_owned()), password].into_iter().flatten().filter(|secret| !secret.is_empty()) {
        message = message.replace(&secret, "***");
    }
    StoreError::Unavailable(message)
}
