//! A database and a Redis namespace for each test.
//!
//! PostgreSQL and Redis are found by `TEST_DATABASE_URL` and `TEST_REDIS_URL`, which `scripts/test` sets, else on this
//! machine's usual addresses. A test that needs one of them fails when there is none.

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

mod locate;
mod migrated;
mod postgres;
mod redis;
mod schema;
mod sqlite;

use std::path::Path;

use tempfile::TempDir;

pub use self::redis::ScratchRedis;
pub use self::schema::{Created, Schema};
use postgres::PostgresDatabase;

/// The two databases that every data test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file in a temporary directory.
    Sqlite,
    /// A database of its own on a PostgreSQL server.
    Postgres,
}

/// A database that lives as long as this value.
#[derive(Debug)]
pub struct ScratchDatabase {
    url: String,
    _place: Place,
}

#[derive(Debug)]
enum Place {
    Directory(#[expect(dead_code, reason = "removes the directory when dropped")] TempDir),
    Server(#[expect(dead_code, reason = "drops the database when dropped")] PostgresDatabase),
}

impl ScratchDatabase {
    /// A database without any table.
    pub fn empty(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::in_directory(|_database| {}),
            Backend::Postgres => Self::on_server(postgres::empty()),
        }
    }

    /// A database with the schema: a copy of a template that is made once.
    pub fn new(backend: Backend, schema: &Schema<'_>) -> Self {
        match backend {
            Backend::Sqlite => Self::in_directory(|database| sqlite::fill(database, schema)),
            Backend::Postgres => Self::on_server(postgres::copy_of_template(schema)),
        }
    }

    fn in_directory(fill: impl FnOnce(&Path)) -> Self {
        let directory = tempfile::tempdir().expect("create a temporary directory");
        let database = directory.path().join("test.db");
        fill(&database);
        let url = format!("sqlite://{}", database.display());
        ScratchDatabase { url, _place: Place::Directory(directory) }
    }

    fn on_server(database: PostgresDatabase) -> Self {
        ScratchDatabase { url: database.url(), _place: Place::Server(database) }
    }

    /// The `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }
}
