//! What is kept long enough goes, a batch at a time, and nothing else with it.

use std::time::Duration;

use mission_control_core::id::BoardMemoryId;
use mission_control_core::models::{ActivityEvent, BoardMemory, Task, TaskChanges, TaskStatus};
use mission_control_core::time::Timestamp;
use mission_control_store::activity::{self, ActivityFilter};
use mission_control_store::tasks::{self, comments};
use mission_control_store::{Db, Page, StoreError, StoreResult, Tx, memory};
use rstest::rstest;

use super::support::{Backend, fixture, tenant};

async fn write<T: Send + 'static>(
    db: &Db,
    work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T> + Send + 'static,
) -> T {
    db.write::<T, StoreError, _>(work).await.unwrap()
}

/// The times a day ago and a day ahead.
fn around() -> (Timestamp, Timestamp) {
    let day = Duration::from_secs(24 * 3600);
    (Timestamp::now().minus(day), Timestamp::now().plus(day))
}

#[rstest]
#[tokio::test]
async fn activity_goes_without_comments_and_comments_with_tasks_that_are_done(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (db, board) = (&fixture.db, tenant(&fixture.db, "One").await.board.id);
    write(db, move |tx| {
        for status in [TaskStatus::Done, TaskStatus::Review] {
            let task = tasks::insert(tx, &Task::new(board, "Dig"))?;
            let about = |kind: &str| ActivityEvent::new(kind, "Done.").board(board).task(task.id);
            activity::record(tx, &about(comments::KIND))?;
            activity::record(tx, &about("task.created"))?;
            tasks::update(tx, task.id, &TaskChanges { status: Some(status), ..TaskChanges::default() })?;
        }
        activity::record(tx, &ActivityEvent::new("agent.heartbeat", "Here.").board(board))
    })
    .await;
    let (old, young) = around();
    assert_eq!(write(db, move |tx| activity::trim(tx, old, 10)).await, 0);
    assert_eq!(write(db, move |tx| comments::trim(tx, old, 10)).await, 0);
    assert_eq!(write(db, move |tx| activity::trim(tx, young, 2)).await, 2, "a batch at a time");
    assert_eq!(write(db, move |tx| activity::trim(tx, young, 10)).await, 1);
    assert_eq!(write(db, move |tx| comments::trim(tx, young, 10)).await, 1, "that of the task that is done");
    let left = db.read(|conn| activity::list(conn, &ActivityFilter::default(), Page::ALL)).await.unwrap();
    assert_eq!(left.items.len(), 1);
}

#[rstest]
#[tokio::test]
async fn chats_and_what_is_remembered_are_kept_by_settings_of_their_own(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (db, board) = (&fixture.db, tenant(&fixture.db, "One").await.board.id);
    write(db, move |tx| {
        for is_chat in [true, false, false] {
            let note = BoardMemory {
                id: BoardMemoryId::random(),
                board_id: board,
                content: "Note".to_owned(),
                tags: None,
                is_chat,
                source: None,
                created_at: Timestamp::now(),
                agent_id: None,
                user_id: None,
            };
            memory::insert(tx, &note)?;
        }
        Ok(())
    })
    .await;
    let (old, young) = around();
    assert_eq!(write(db, move |tx| memory::trim_rest(tx, old, 10)).await, 0);
    assert_eq!(write(db, move |tx| memory::trim_chat(tx, young, 10)).await, 1);
    assert_eq!(write(db, move |tx| memory::trim_rest(tx, young, 1)).await, 1, "a batch at a time");
    assert_eq!(write(db, move |tx| memory::trim_rest(tx, young, 10)).await, 1);
}
