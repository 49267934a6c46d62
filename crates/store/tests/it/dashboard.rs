//! Numbers for the dashboard cost the same however much there is; what belongs together is read from one state.

use std::time::Duration;

use mission_control_core::models::{ActivityEvent, Board, Task, TaskStatus};
use mission_control_core::rules::metrics::{Bucket, Span};
use mission_control_core::time::Timestamp;
use mission_control_store::metrics::{self, Spans};
use mission_control_store::{Conn, StoreError, StoreResult, activity, boards, event_log, tasks};
use mission_control_testkit::log;
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture, tenant};

/// Everything that the dashboard asks for.
fn numbers(conn: &mut Conn, ids: &[mission_control_core::id::BoardId]) -> StoreResult<(i64, i64)> {
    let end = Timestamp::now();
    let (start, middle) = (end.minus(Duration::from_secs(7200)), end.minus(Duration::from_secs(3600)));
    let (spans, span) = (Spans { start, middle, end, bucket: Bucket::Hour }, Span { start: middle, end });
    let changes = metrics::tasks_by_change(conn, ids, spans)?;
    metrics::inbox_by_creation(conn, ids, spans)?;
    let failures = metrics::failures(conn, ids, spans)?;
    metrics::tasks_by_status(conn, ids)?;
    metrics::review_hours(conn, ids, span)?;
    metrics::agents_seen(conn, ids, span)?;
    metrics::waiting(conn, ids, 10)?;
    assert!(changes.iter().all(|count| count.later && count.status == TaskStatus::Inbox));
    Ok((changes.iter().map(|count| count.tasks).sum(), failures.iter().map(|count| count.events).sum()))
}

#[rstest]
#[tokio::test]
async fn the_dashboard_costs_the_same_number_of_statements_for_one_task_and_for_many(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let tenant = tenant(&db, "ours").await;
    let mut costs = Vec::new();
    let mut ids = vec![tenant.board.id];
    for round in [1, 40] {
        let drafts: Vec<Board> =
            (0..round).map(|n| Board::new(tenant.organization.id, "Board", format!("{round}-{n}"))).collect();
        ids.extend(drafts.iter().map(|board| board.id));
        db.write::<_, StoreError, _>(move |tx| {
            for board in &drafts {
                boards::insert(tx, board)?;
                let task = Task::new(board.id, "Task");
                tasks::insert(tx, &task)?;
                activity::record(tx, &ActivityEvent::new("task.created", "Made").task(task.id))?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let (wanted, before) = (ids.clone(), db.statements_executed());
        let found = db.read(move |conn| numbers(conn, &wanted)).await.unwrap();
        assert_eq!(found, (ids.len() as i64 - 1, ids.len() as i64 - 1));
        costs.push(db.statements_executed() - before);
    }
    assert_eq!(costs[0], costs[1]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn all_queries_of_a_snapshot_see_the_same_state(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let writer = db.clone();
    let (before, after) = db
        .snapshot::<_, StoreError, _>(move |conn| {
            let before = event_log::last_seq(conn)?;
            let written = writer.write::<_, StoreError, _>(|tx| {
                tx.append(log::entry(None, "tag.updated", json!({})));
                Ok(())
            });
            tokio::runtime::Handle::current().block_on(written)?;
            Ok((before, event_log::last_seq(conn)?))
        })
        .await
        .unwrap();
    assert_eq!((before, after), (0, 0));
    assert_eq!(db.read(event_log::last_seq).await.unwrap(), 1);
}
