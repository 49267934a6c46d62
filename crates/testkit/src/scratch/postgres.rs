//! Databases on a PostgreSQL server, copied from a template.
//!
//! Names tell the age: `mctest_s<epoch seconds>_<random>` is a test's database, `mctest_t<epoch seconds>_<hash>` a
//! template. Old ones are swept, because a crashed run leaves its own behind. Tests run in many processes, so everybody
//! who makes or uses a template holds an advisory lock.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
    time::{SystemTime, UNIX_EPOCH},
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query,
    sql_types::Text,
};
use url::Url;
use uuid::Uuid;

use super::locate::locate;
use super::schema::Schema;

/// Advisory lock around templates.
const LOCK: i64 = 0x6d63_7465_7374;

/// Age in seconds after which a database is swept.
const STALE_AFTER: u64 = 3_600;

const USUAL: &[&str] = &[
    "postgresql:///postgres?host=/var/run/postgresql",
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
];

/// A database that is dropped with this value.
#[derive(Debug)]
pub(super) struct PostgresDatabase {
    name: String,
}

impl PostgresDatabase {
    pub(super) fn url(&self) -> String {
        url_of(&self.name)
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // A failure leaves the database to the next run's sweep.
        if let Ok(mut server) = PgConnection::establish(server_url()) {
            drop(server.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
        }
    }
}

/// A new database without tables.
pub(super) fn empty() -> PostgresDatabase {
    create(&mut server(), "template0")
}

/// A new database with the schema.
pub(super) fn copy_of_template(schema: &Schema<'_>) -> PostgresDatabase {
    let mut hasher = DefaultHasher::new();
    schema.fingerprint.hash(&mut hasher);
    let hash = format!("_{:016x}", hasher.finish());
    let mut server = server();
    loop {
        execute(&mut server, &format!("SELECT pg_advisory_lock_shared({LOCK})"));
        if let Some(template) = find_template(&mut server, &hash) {
            let database = create(&mut server, &template);
            execute(&mut server, &format!("SELECT pg_advisory_unlock_shared({LOCK})"));
            return database;
        }
        execute(&mut server, &format!("SELECT pg_advisory_unlock_shared({LOCK})"));
        execute(&mut server, &format!("SELECT pg_advisory_lock({LOCK})"));
        if find_template(&mut server, &hash).is_none() {
            sweep(&mut server, 't');
            make_template(&mut server, &hash, schema);
        }
        execute(&mut server, &format!("SELECT pg_advisory_unlock({LOCK})"));
    }
}

fn find_template(server: &mut PgConnection, hash: &str) -> Option<String> {
    databases(server, 't').into_iter().find(|name| name.ends_with(hash))
}

/// Makes the template under another name first, so that nobody sees it half made.
fn make_template(server: &mut PgConnection, hash: &str, schema: &Schema<'_>) {
    let draft = create(server, "template0");
    (schema.create)(&draft.url()).unwrap_or_else(|error| panic!("create the schema on PostgreSQL: {error}"));
    execute(server, &format!("ALTER DATABASE {} RENAME TO mctest_t{}{hash}", draft.name, now()));
}

/// Drops the old databases of a kind: `s` of tests, `t` of templates (only under the exclusive lock).
fn sweep(server: &mut PgConnection, kind: char) {
    for name in databases(server, kind) {
        let born = name.get("mctest_s".len()..).and_then(|rest| rest.split('_').next()?.parse::<u64>().ok());
        if born.is_some_and(|born| born + STALE_AFTER < now()) {
            // Fails when another process sweeps it at this moment, or a test has been at work with it for that long.
            drop(server.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")));
        }
    }
}

fn create(server: &mut PgConnection, template: &str) -> PostgresDatabase {
    let name = format!("mctest_s{}_{}", now(), Uuid::new_v4().simple());
    execute(server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
    PostgresDatabase { name }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    datname: String,
}

/// Names of our databases of a kind.
fn databases(server: &mut PgConnection, kind: char) -> Vec<String> {
    let query =
        sql_query("SELECT datname::text AS datname FROM pg_database WHERE starts_with(datname::text, $1)");
    let names = query.bind::<Text, _>(format!("mctest_{kind}")).load::<Name>(server);
    names.expect("list the databases").into_iter().map(|row| row.datname).collect()
}

fn execute(server: &mut PgConnection, sql: &str) {
    server.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn server() -> PgConnection {
    let url = server_url();
    PgConnection::establish(url)
        .unwrap_or_else(|error| panic!("connect to the PostgreSQL server of the tests: {error}"))
}

/// URL of the server's maintenance database. The first call of a process sweeps.
fn server_url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| {
        let url =
            locate("PostgreSQL", "TEST_DATABASE_URL", USUAL, |url| PgConnection::establish(url).is_ok());
        if let Ok(mut server) = PgConnection::establish(&url) {
            sweep(&mut server, 's');
        }
        url
    })
}

fn url_of(database: &str) -> String {
    let mut url = Url::parse(server_url()).expect("TEST_DATABASE_URL is a URL");
    url.set_path(database);
    url.into()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock past 1970").as_secs()
}
