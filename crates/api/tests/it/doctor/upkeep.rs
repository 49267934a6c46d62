//! What has to be done now and then, and was not: indexes, backups.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use mission_control_core::time::Timestamp;
use mission_control_fleet::backup::{self, Destination, Keys};
use mission_control_fleet::doctor::examine;
use mission_control_store::jobs::{self, NewJob};
use mission_control_store::schedules;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use rstest::rstest;
use serde_json::json;

use super::{PATIENCE, Ward, expected};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_somebody_dropped_is_named_with_the_statement_that_makes_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = tokio::task::spawn_blocking(move || ScratchDatabase::migrated(backend)).await.unwrap();
    let ward = Ward::on(database).await;
    assert_eq!(ward.codes(&[]).await, expected(&[]));
    ward.write(|tx| Ok(tx.batch_execute("DROP INDEX ix_tasks_board_id")?)).await;
    let found = examine(&ward.settings(&[])).await.findings;
    let found = found.iter().find(|finding| finding.code.as_str() == "missing_indexes").unwrap();
    assert!(found.evidence.contains("CREATE INDEX ix_tasks_board_id ON tasks (board_id)"), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_failed_or_was_not_taken_is_named() {
    let ward = Ward::new().await;
    let shelf = tempfile::tempdir().unwrap();
    let nightly = [("BACKUP_SCHEDULE", "30 3 * * *"), ("BACKUP_DIR", shelf.path().to_str().unwrap())];
    assert_eq!(ward.codes(&nightly).await, expected(&[]), "none was due");
    let looked_at = async |days: u32| {
        let now = Timestamp::now().minus(Duration::from_secs(24 * 3600) * days);
        let job = NewJob::new("maintenance.backup", json!({}));
        ward.write(move |tx| schedules::run_if_due(tx, "backup", "30 3 * * *", now, job)).await
    };
    looked_at(3).await;
    assert_eq!(ward.codes(&nightly).await, expected(&["backup_overdue"]), "nobody was there");
    let job = looked_at(0).await.unwrap();
    ward.write(move |tx| {
        let leased = jobs::lease(tx, &[job], "test", PATIENCE)?.remove(0);
        jobs::bury(tx, job, leased.attempts, &"no room".into())
    })
    .await;
    assert_eq!(ward.codes(&nightly).await, expected(&["backup_failed", "dead_jobs"]));
    backup::take(&ward.settings(&nightly), &Destination::Directory(shelf.path().to_owned()), Keys::Included)
        .await
        .unwrap();
    assert_eq!(ward.codes(&nightly).await, expected(&["dead_jobs"]), "one is there");
}
