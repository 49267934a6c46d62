//! Where the database is.

use std::{fmt, path::PathBuf};

use super::PostgresParameters;

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
    /// One or more PostgreSQL servers, password included.
    Postgres(PostgresParameters),
}

impl DatabaseLocation {
    /// Reads a `DATABASE_URL`: `sqlite://<path>`, a URL of PostgreSQL in libpq's or SQLAlchemy's spelling
    /// (`postgresql+psycopg://`), or libpq's keywords and values (`host=… dbname=…`).
    ///
    /// # Errors
    /// What is wrong with it, as a sentence fragment without anything that may be a secret.
    pub fn parse(url: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| !scheme.contains('=')) else {
            return if url.contains('=') {
                PostgresParameters::parse_keywords(url).map(Self::Postgres)
            } else {
                Err("is not a URL".into())
            };
        };
        match scheme.split('+').next().unwrap_or(scheme) {
            "sqlite" if rest.is_empty() || rest == "/" => Err("names no file".into()),
            "sqlite" if rest.contains(":memory:") => {
                Err("asks for a database in memory, which loses all data".into())
            }
            "sqlite" => Ok(Self::Sqlite(rest.split('?').next().unwrap_or(rest).into())),
            "postgresql" | "postgres" => PostgresParameters::parse_url(url).map(Self::Postgres),
            other if other.len() <= 40 && other.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Err(format!("has the unknown scheme `{other}`"))
            }
            _ => Err("has an unknown scheme".into()),
        }
    }
}

/// The URL without its password.
impl fmt::Display for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseLocation::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            DatabaseLocation::Postgres(parameters) => parameters.fmt(f),
        }
    }
}

impl fmt::Debug for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
