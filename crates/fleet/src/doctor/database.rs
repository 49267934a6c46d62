//! The database: whether it can be reached, what it lacks, how busy it is.

use std::time::Duration;

use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_core::rules::doctor::Finding;
use mission_control_core::rules::doctor::database::{self as rule, Refusal, Seen};
use mission_control_core::time::Timestamp;
use mission_control_store::{Db, DbOptions, StoreError, diagnosis, migrate};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::patient::{Look, Patient};

/// Longest wait for a first connection.
const PATIENCE: Duration = Duration::from_secs(15);

/// Looks from beside; the database is handed on when it can be worked with.
pub(super) async fn reach(settings: &Settings) -> (Look, Option<Db>) {
    let look = look(settings).await;
    if look.findings.iter().any(keeps_from_working) {
        return (look, None);
    }
    let (wakeups, _) = mpsc::unbounded_channel();
    let options = DbOptions { pool_size: 2, ..DbOptions::from(&settings.database) };
    match Db::open(options, wakeups).await {
        Ok(db) => (look, Some(db)),
        Err(error) => (refused(settings, &error), None),
    }
}

fn keeps_from_working(finding: &Finding) -> bool {
    use mission_control_core::rules::doctor::FindingCode::{
        DatabaseClockSkew, DatabaseConnectionsExhausted, MigrationsAhead, MissingIndexes,
    };
    !matches!(
        finding.code,
        DatabaseClockSkew | DatabaseConnectionsExhausted | MigrationsAhead | MissingIndexes
    )
}

/// Looks over a connection of its own: the pool may be why.
pub(super) async fn look(settings: &Settings) -> Look {
    if let DatabaseLocation::Sqlite(path) = &settings.database.location
        && !path.exists()
    {
        let location = settings.database.location.to_string();
        return vec![rule::refused(&location, Refusal::Away, "there is no such file")].into();
    }
    match timeout(PATIENCE, seen(settings)).await {
        Ok(Ok(seen)) => rule::findings(&seen).into(),
        Ok(Err(error)) => refused(settings, &error),
        Err(_) => refused(settings, &StoreError::Unavailable("it does not answer in time".to_owned())),
    }
}

fn refused(settings: &Settings, error: &StoreError) -> Look {
    let location = settings.database.location.to_string();
    vec![rule::refused(&location, diagnosis::refusal(error), &error.to_string())].into()
}

async fn seen(settings: &Settings) -> Result<Seen, StoreError> {
    let options = DbOptions { pool_size: 1, ..DbOptions::from(&settings.database) };
    let status = migrate::status(&options).await?;
    let (wakeups, _) = mpsc::unbounded_channel();
    let db = Db::open(options, wakeups).await?;
    let before = Timestamp::now();
    // What is not migrated lacks indexes that nobody dropped.
    let is_current = status.pending.is_empty();
    let (connections, missing_indexes, clock) = db
        .read(move |conn| {
            let missing = if is_current { diagnosis::missing_indexes(conn)? } else { Vec::new() };
            Ok::<_, StoreError>((diagnosis::connections(conn)?, missing, diagnosis::clock(conn)?))
        })
        .await?;
    let skew = clock.map(|clock| clock.since(Timestamp::now()).max(before.since(clock)));
    let known = migrate::history();
    Ok(Seen {
        location: settings.database.location.to_string(),
        unknown: status
            .applied
            .into_iter()
            .map(|applied| applied.name)
            .filter(|name| !known.contains(name))
            .collect(),
        pending: status.pending,
        connections,
        missing_indexes,
        slow: Vec::new(),
        skew: skew.unwrap_or_default(),
    })
}

/// Slow statements, where the server keeps figures of them.
pub(super) async fn statements(patient: Patient) -> Result<Look, String> {
    let Some(db) = patient.db else { return Ok(Look::default()) };
    let failed = |error: StoreError| error.to_string();
    let slow = match db.read(diagnosis::counts_statements).await.map_err(failed)? {
        None => return Ok(Look::default()),
        // A server that does not load what keeps the figures says so by an error.
        Some(true) => db.read(diagnosis::slow_statements).await.ok(),
        Some(false) => None,
    };
    match slow {
        Some(slow) => Ok(rule::findings(&Seen { slow, ..Seen::default() }).into()),
        None => Ok(Look {
            notes: vec![
                "Slow statements are not seen: the database keeps no figures of them. Put pg_stat_statements into \
                 shared_preload_libraries, restart the server, and run `CREATE EXTENSION pg_stat_statements` in this database."
                    .to_owned(),
            ],
            ..Look::default()
        }),
    }
}
