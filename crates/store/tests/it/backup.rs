//! Having a SQLite database for oneself.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use mission_control_store::StoreError;
use mission_control_store::backup::alone;

/// A connection as a process has one that read and now rests.
fn resting(path: &std::path::Path) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (x);",
    )
    .unwrap();
    diesel::sql_query("SELECT count(*) FROM t").execute(&mut conn).unwrap();
    conn
}

#[test]
fn who_is_just_leaving_is_waited_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mc.db");
    for _ in 0..20 {
        let leaving: Vec<_> = (0..3).map(|_| resting(&path)).collect();
        let gone = std::thread::spawn(move || drop(leaving));
        drop(alone(&path).unwrap());
        gone.join().unwrap();
    }
}

#[test]
fn who_stays_is_told_of() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mc.db");
    let staying = resting(&path);
    assert!(matches!(alone(&path).map(drop), Err(StoreError::Busy(_))));
    drop(staying);
    let held = alone(&path).unwrap();
    let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    assert!(diesel::sql_query("SELECT count(*) FROM t").execute(&mut other).is_err());
    drop(held);
}
