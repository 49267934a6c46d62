//! How to reach the database.

use std::time::Duration;

use mission_control_core::config::{DatabaseLocation, DatabaseSettings};

use crate::error::{StoreError, StoreResult};

/// Where the database is and how this process uses it.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// A SQLite file or a PostgreSQL URL.
    pub location: DatabaseLocation,
    /// Most connections of this process, and most operations at a time.
    pub pool_size: u32,
    /// How long an operation waits for a connection before it fails as unavailable.
    pub acquire_timeout: Duration,
    /// PostgreSQL cancels statements that take longer.
    pub statement_timeout: Duration,
    /// Shown in `pg_stat_activity`.
    pub application_name: String,
}

impl DbOptions {
    /// The defaults for this location.
    pub fn new(location: DatabaseLocation) -> Self {
        Self {
            location,
            pool_size: 8,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            application_name: "mission-control".to_owned(),
        }
    }

    /// The defaults for a `DATABASE_URL`: `sqlite://<path>`, `postgresql://…` or `postgresql+psycopg://…`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] that says what is wrong with the URL.
    pub fn parse(url: &str) -> StoreResult<Self> {
        DatabaseLocation::parse(url)
            .map(Self::new)
            .map_err(|fault| StoreError::Unavailable(format!("DATABASE_URL {fault}")))
    }
}

impl From<&DatabaseSettings> for DbOptions {
    fn from(settings: &DatabaseSettings) -> Self {
        Self { pool_size: settings.pool_size, ..Self::new(settings.location.clone()) }
    }
}
