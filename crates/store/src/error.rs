//! What can go wrong with the database, in the terms callers decide by.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failed operation of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there (any more). Holds the entity's name.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// A unique constraint refused the row.
    #[error("duplicate: {constraint}")]
    Duplicate {
        /// The constraint (PostgreSQL) or its columns, `table.column` (SQLite).
        constraint: String,
    },
    /// A row refers to one that is not there, or is still referred to.
    #[error("broken reference: {constraint}")]
    ForeignKey {
        /// The constraint (PostgreSQL) or an empty string (SQLite does not tell).
        constraint: String,
    },
    /// Other transactions were in the way for too long; the same call may succeed when repeated.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// No connection to the database. One line, without credentials.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The disk of the database is full, or fails.
    #[error("the disk of the database is full or failing: {0}")]
    Disk(String),
    /// The database takes no writes: a standby, or a file that this user may only read.
    #[error("the database takes no writes: {0}")]
    ReadOnly(String),
    /// The cursor is of a list in another order.
    #[error("the cursor is of another list")]
    ForeignCursor,
    /// A stored value cannot be read.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    /// A value has no form in which it can be stored.
    #[error("a value cannot be stored: {0}")]
    Unwritable(String),
    /// The schema could not be brought to the wanted version.
    #[error("migration failed: {0}")]
    Migration(String),
    /// A statement of the transaction failed and its error was not passed on, so all of it was undone.
    #[error("a statement failed in the transaction, so all of it was undone")]
    Aborted,
    /// Anything else the database refused.
    #[error("query failed: {0}")]
    Query(#[source] DieselError),
}

/// Result of a store function.
pub type StoreResult<T> = Result<T, StoreError>;

impl StoreError {
    /// Whether repeating the whole operation later may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Unavailable(_) | Self::Disk(_) | Self::ReadOnly(_))
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound("row"),
            DieselError::DeserializationError(cause) => Self::Corrupt(cause.to_string()),
            // A commit that fails is undone; why is what matters.
            DieselError::RollbackErrorOnCommit { commit_error, .. } => (*commit_error).into(),
            DieselError::DatabaseError(kind, ref info) => {
                let message = first_line(info.message());
                match kind {
                    DatabaseErrorKind::UniqueViolation => {
                        Self::Duplicate { constraint: constraint(info.as_ref()) }
                    }
                    DatabaseErrorKind::ForeignKeyViolation => {
                        Self::ForeignKey { constraint: info.constraint_name().unwrap_or_default().to_owned() }
                    }
                    DatabaseErrorKind::ClosedConnection => Self::Unavailable(message),
                    DatabaseErrorKind::SerializationFailure => Self::Busy(message),
                    DatabaseErrorKind::ReadOnlyTransaction => Self::ReadOnly(message),
                    _ if message.contains("attempt to write a readonly database") => Self::ReadOnly(message),
                    _ if is_disk_failure(&message) => Self::Disk(message),
                    _ if is_disconnect(&message) => Self::Unavailable(message),
                    _ if is_contention(&message) => Self::Busy(message),
                    _ => Self::Query(error),
                }
            }
            other => Self::Query(other),
        }
    }
}

/// PostgreSQL names the constraint; SQLite's message ends in `UNIQUE constraint failed: table.column, …`.
fn constraint(info: &(dyn diesel::result::DatabaseErrorInformation + Send + Sync)) -> String {
    match info.constraint_name() {
        Some(name) => name.to_owned(),
        None => info.message().rsplit(": ").next().unwrap_or_default().to_owned(),
    }
}

/// diesel knows only some of the ways in which libpq says that the connection is gone.
fn is_disconnect(message: &str) -> bool {
    [
        "server closed the connection",
        "terminating connection",
        "could not receive data",
        "no connection to the server",
        "connection pointer is NULL",
        "could not send data",
        "SSL connection has been closed",
        "server login has been failing",
        "pgbouncer cannot connect to server",
        "query_wait_timeout",
    ]
    .iter()
    .any(|text| message.contains(text))
}

/// What SQLite and PostgreSQL say when nothing can be written any more.
pub(crate) fn is_disk_failure(message: &str) -> bool {
    ["database or disk is full", "disk I/O error", "No space left on device", "Disk quota exceeded"]
        .iter()
        .any(|text| message.contains(text))
}

fn is_contention(message: &str) -> bool {
    ["database is locked", "database table is locked", "deadlock detected", "canceling statement due to"]
        .iter()
        .any(|text| message.contains(text))
}

/// Error texts of libpq span lines; logs and answers want one.
pub(crate) fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no details").to_owned()
}
