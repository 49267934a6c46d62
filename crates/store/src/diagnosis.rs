//! What the database says of itself, for whoever looks for a fault.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Text, Timestamp as SqlTimestamp};
use mission_control_core::limits::STATEMENT_SHOWN;
use mission_control_core::rules::doctor::database::{Connections, Refusal, SLOW, Statement};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::{migrate, postgres};

/// What kind of refusal an error is.
pub fn refusal(error: &StoreError) -> Refusal {
    match error {
        StoreError::Unavailable(reason) | StoreError::Busy(reason) => postgres::kind_of(reason),
        StoreError::ReadOnly(_) | StoreError::Disk(_) => Refusal::ReadOnly,
        _ => Refusal::Away,
    }
}

#[derive(QueryableByName)]
struct Used {
    #[diesel(sql_type = BigInt)]
    used: i64,
    #[diesel(sql_type = BigInt)]
    most: i64,
}

/// The connections of the database's server; SQLite has none.
///
/// # Errors
/// The database's.
pub fn connections(conn: &mut Conn) -> StoreResult<Option<Connections>> {
    let Conn::Pg(pg) = conn else { return Ok(None) };
    let Used { used, most } = diesel::sql_query(
        "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used, \
         current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint AS most",
    )
    .get_result(pg)?;
    Ok(Some(Connections { used, most }))
}

/// What time it is for the database's server; SQLite has the clock of this machine.
///
/// # Errors
/// The database's.
pub fn clock(conn: &mut Conn) -> StoreResult<Option<Timestamp>> {
    let Conn::Pg(pg) = conn else { return Ok(None) };
    let now = diesel::dsl::sql::<SqlTimestamp>("clock_timestamp() AT TIME ZONE 'UTC'");
    Ok(Some(diesel::select(now).get_result(pg)?))
}

/// Whether the database may keep figures of its statements; SQLite never does. Whether its server loads what keeps them is not
/// told to ordinary users.
///
/// # Errors
/// The database's.
pub fn counts_statements(conn: &mut Conn) -> StoreResult<Option<bool>> {
    let Conn::Pg(pg) = conn else { return Ok(None) };
    let is_there = "EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements')";
    let loaded = diesel::dsl::sql::<Bool>(is_there);
    Ok(Some(diesel::select(loaded).get_result(pg)?))
}

#[derive(QueryableByName)]
struct Figures {
    #[diesel(sql_type = Text)]
    text: String,
    #[diesel(sql_type = BigInt)]
    calls: i64,
    #[diesel(sql_type = Double)]
    mean_ms: f64,
}

/// The statements of this database that are slow, the costliest first.
///
/// # Errors
/// The database's: also where its server does not load what keeps the figures.
pub fn slow_statements(conn: &mut Conn) -> StoreResult<Vec<Statement>> {
    let Conn::Pg(pg) = conn else { return Ok(Vec::new()) };
    let slow = i32::try_from(SLOW.as_millis()).unwrap_or(i32::MAX);
    let found: Vec<Figures> = diesel::sql_query(
        "SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), $1) AS text, calls, mean_exec_time AS mean_ms \
         FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND mean_exec_time >= $2 ORDER BY total_exec_time DESC LIMIT 5",
    )
    .bind::<diesel::sql_types::Integer, _>(STATEMENT_SHOWN)
    .bind::<Double, _>(f64::from(slow))
    .load(pg)?;
    let statement = |Figures { text, calls, mean_ms }| Statement { text, calls, mean_ms };
    Ok(found.into_iter().map(statement).collect())
}

/// Statements that make the indexes which the database lacks of those that its migrations make; by name, in both databases.
///
/// # Errors
/// The database's.
pub fn missing_indexes(conn: &mut Conn) -> StoreResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let present = match conn {
        Conn::Pg(_) => "SELECT indexname::text AS name FROM pg_indexes WHERE schemaname = current_schema()",
        Conn::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'index'",
    };
    let present: Vec<Name> = diesel::sql_query(present).load(conn)?;
    let mut expected = migrate::indexes()?;
    expected.retain(|(name, _)| present.iter().all(|present| present.name != *name));
    Ok(expected.into_iter().map(|(_, statement)| statement).collect())
}
