//! Where the database is.

use std::{fmt, path::PathBuf};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// The database and how to use it.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// Which database.
    pub location: DatabaseLocation,
    /// Most connections this process opens.
    pub pool_size: u32,
    /// Bring the schema up to date at start.
    pub auto_migrate: bool,
}

/// A SQLite file or a PostgreSQL server.
#[derive(Clone)]
pub enum DatabaseLocation {
    /// Path of the file; created with its directory when absent.
    Sqlite(PathBuf),
    /// Connection URL as libpq reads it, password included.
    Postgres(SecretString),
}

impl DatabaseLocation {
    /// Reads a `DATABASE_URL`. SQLAlchemy's driver suffix (`postgresql+psycopg://`) is accepted and dropped.
    ///
    /// # Errors
    /// What is wrong with the URL, as a sentence fragment without the URL itself.
    pub fn parse(url: &str) -> Result<Self, String> {
        let (scheme, rest) = url.split_once("://").ok_or("is not a URL")?;
        match scheme.split('+').next().unwrap_or(scheme) {
            "sqlite" if rest.is_empty() || rest == "/" => Err("names no file".into()),
            "sqlite" if rest.contains(":memory:") => {
                Err("asks for a database in memory, which loses all data".into())
            }
            "sqlite" => Ok(DatabaseLocation::Sqlite(rest.split('?').next().unwrap_or(rest).into())),
            "postgresql" | "postgres" => {
                let url = format!("postgresql://{rest}");
                Url::parse(&url).map_err(|error| format!("cannot be read: {error}"))?;
                Ok(DatabaseLocation::Postgres(url.into()))
            }
            other => Err(format!("has the unknown scheme `{other}`")),
        }
    }
}

/// The URL without its password.
impl fmt::Display for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseLocation::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            DatabaseLocation::Postgres(url) => {
                f.write_str(&super::summary::without_credentials(url.expose_secret()))
            }
        }
    }
}

impl fmt::Debug for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
