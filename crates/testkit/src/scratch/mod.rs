//! A database and a Redis namespace for each test.
//!
//! PostgreSQL and Redis are found by `TEST_DATABASE_URL` and `TEST_REDIS_URL`, which `scripts/test` sets, else on this
//! machine's usual addresses. A test that needs one of them fails when there is none.

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

mod postgres;
mod redis;

use std::error::Error;

use tempfile::TempDir;

pub use self::redis::ScratchRedis;
use postgres::PostgresDatabase;

/// The two databases that every data test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file in a temporary directory.
    Sqlite,
    /// A database of its own on a PostgreSQL server.
    Postgres,
}

/// What the creation of a schema ends with.
pub type Created = Result<(), Box<dyn Error>>;

/// A schema that scratch databases start with.
pub struct Schema<'a> {
    /// Changes whenever the schema does, such as the list of migration names or a hash of their text. A template on the
    /// PostgreSQL server is kept and reused under this name.
    pub fingerprint: &'a str,
    /// Creates the schema in the empty database at this `DATABASE_URL` and closes its connections.
    pub create: &'a dyn Fn(&str) -> Created,
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
            Backend::Sqlite => {
                let directory = tempfile::tempdir().expect("create a temporary directory");
                let url = format!("sqlite://{}", directory.path().join("test.db").display());
                ScratchDatabase { url, _place: Place::Directory(directory) }
            }
            Backend::Postgres => Self::on_server(postgres::empty()),
        }
    }

    /// A database with the schema. Cheap on PostgreSQL too: a copy of a template that is made once.
    pub fn new(backend: Backend, schema: &Schema<'_>) -> Self {
        match backend {
            Backend::Sqlite => {
                let database = Self::empty(backend);
                (schema.create)(&database.url)
                    .unwrap_or_else(|error| panic!("create the schema on SQLite: {error}"));
                database
            }
            Backend::Postgres => Self::on_server(postgres::copy_of_template(schema)),
        }
    }

    fn on_server(database: PostgresDatabase) -> Self {
        ScratchDatabase { url: database.url(), _place: Place::Server(database) }
    }

    /// The `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// The address in `variable`, else the first of `usual` that `answers`, else a failure that says what to do.
fn locate(service: &str, variable: &str, usual: &[&str], answers: impl Fn(&str) -> bool) -> String {
    if let Ok(url) = std::env::var(variable) {
        return url;
    }
    match usual.iter().find(|url| answers(url)) {
        Some(url) => (*url).to_owned(),
        None => panic!("no {service} found: run the tests with scripts/test, or set {variable}"),
    }
}
