//! Readers of the event log miss nothing.

use std::collections::BTreeSet;

use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use mission_control_store::{StoreError, event_log};
use mission_control_testkit::log;
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture, tenant};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_follows_writers_sees_every_entry_once_and_in_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const WRITERS: i64 = 6;
    const EACH: i64 = 25;
    let fixture = fixture(backend).await;
    let writers = (0..WRITERS).map(|writer| {
        let db = fixture.db.clone();
        tokio::spawn(async move {
            for n in 0..EACH {
                db.write::<_, StoreError, _>(move |tx| {
                    tx.append(log::entry(None, "tag.updated", json!(writer * EACH + n)));
                    Ok(())
                })
                .await
                .unwrap();
            }
        })
    });
    let writers: Vec<_> = writers.collect();

    let mut seen = Vec::new();
    let mut last = 0;
    while seen.len() < usize::try_from(WRITERS * EACH).unwrap() {
        let news = fixture.db.read(move |conn| event_log::after(conn, last, 10)).await.unwrap();
        for event in news {
            assert!(event.seq > last);
            last = event.seq;
            seen.push(event.payload.as_i64().unwrap());
        }
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
    assert_eq!(fixture.db.read(event_log::last_seq).await.unwrap(), last);
}

#[rstest]
#[tokio::test]
async fn entries_are_found_per_organization_and_old_ones_are_trimmed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let (ours, theirs) = (tenant(&db, "ours").await, tenant(&db, "theirs").await);
    let (organization, other, board) = (ours.organization.id, theirs.organization.id, ours.board.id);
    db.write::<_, StoreError, _>(move |tx| {
        tx.append(log::entry(organization, "tag.created", json!({})).board(board));
        tx.append(log::entry(other, "tag.updated", json!({})));
        Ok(())
    })
    .await
    .unwrap();
    let last = db.read(event_log::last_seq).await.unwrap();
    assert_eq!(fixture.announced(), [Wakeup::Event { seq: last }]);

    let found = db.read(move |conn| event_log::after_in(conn, organization, 0, 10)).await.unwrap();
    assert_eq!(found.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["tag.created"]);
    assert_eq!(found[0].board_id, Some(board));

    let future = Timestamp::now().plus(std::time::Duration::from_secs(60));
    assert_eq!(db.write::<_, StoreError, _>(move |tx| event_log::trim(tx, future, 1000)).await.unwrap(), 1);
    assert_eq!(db.read(event_log::first_seq).await.unwrap(), Some(last), "the end of the log stays known");
}
