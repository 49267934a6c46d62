//! One client's way along the log, without HTTP in between.

use std::pin::pin;
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::{FutureExt, StreamExt};
use mission_control_api::auth::{OrgMember, Proof};
use mission_control_api::events::{EventHub, Follower, Needs, Start};
use mission_control_core::id::BoardId;
use mission_control_core::models::{
    Board, NewLogEntry, OrgRole, Organization, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_queue::Queue;
use mission_control_store::{Db, DbOptions, StoreError, boards, event_log, members, organizations, users};
use mission_control_testkit::log;
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use rstest::rstest;
use serde_json::json;
use tokio_util::sync::CancellationToken;

/// More than the tail in memory holds.
const FLOOD: usize = 2500;

/// A process of its own: database, queue, reader; and a member who may read one of two boards.
struct Process {
    db: Db,
    hub: EventHub,
    stop: CancellationToken,
    caller: OrgMember,
    granted: BoardId,
    other: BoardId,
    _queue: Queue,
    _scratch: ScratchDatabase,
}

impl Process {
    async fn start(backend: Backend) -> Self {
        let scratch = tokio::task::spawn_blocking(move || ScratchDatabase::migrated(backend)).await.unwrap();
        let options = DbOptions::parse(scratch.url()).unwrap();
        let queue = Queue::in_process();
        let db = Db::open(options, queue.hook()).await.unwrap();
        let organization = Organization::new("Personal");
        let user = User::new("somebody");
        let member = OrganizationMember::new(organization.id, user.id, OrgRole::Member);
        let (granted, other) =
            (Board::new(organization.id, "Granted", "g"), Board::new(organization.id, "Other", "o"));
        let (caller, ids) = (
            OrgMember { user, member: member.into(), organization, proof: Proof::AccessToken },
            (granted.id, other.id),
        );
        let rows = caller.clone();
        db.write::<_, StoreError, _>(move |tx| {
            organizations::insert(tx, &rows.organization)?;
            users::get_or_insert(tx, &rows.user)?;
            members::insert(tx, &rows.member)?;
            boards::insert(tx, &granted)?;
            boards::insert(tx, &other)?;
            let grant = OrganizationBoardAccess::new(rows.member.id, granted.id, true, false);
            members::replace_access(tx, rows.member.id, &[grant])
        })
        .await
        .unwrap();
        let stop = CancellationToken::new();
        let hub = EventHub::start(db.clone(), &queue, stop.clone()).await.unwrap();
        let (granted, other) = ids;
        Self { db, hub, stop, caller, granted, other, _queue: queue, _scratch: scratch }
    }

    async fn follower(&self) -> Follower {
        self.follower_trusting(Duration::from_secs(60)).await
    }

    /// A follower that looks at rights again after so long.
    async fn follower_trusting(&self, age: Duration) -> Follower {
        let caller = self.caller.clone();
        let opening = self
            .db
            .read(move |conn| Ok::<_, StoreError>((caller.audience(conn)?, Start::after(conn, None)?)));
        let (audience, start) = opening.await.unwrap();
        let show = |entry: &mission_control_api::events::Entry| Some(entry.frame.clone());
        Follower::new(&self.hub, self.db.clone(), self.stop.clone(), audience.trusted_for(age), &start, show)
    }

    fn event(&self, board: BoardId, number: usize) -> NewLogEntry {
        let payload = json!({ "number": number });
        log::entry(self.caller.organization.id, "board.updated", payload).board(board)
    }

    async fn append(&self, appended: Vec<NewLogEntry>) {
        let written = self.db.write::<_, StoreError, _>(move |tx| {
            appended.into_iter().for_each(|event| tx.append(event));
            Ok(())
        });
        written.await.unwrap();
    }

    /// Waits until the reader has put the whole log into the tail.
    async fn everything_is_read(&self) {
        let last = self.db.read(event_log::last_seq).await.map_err(|error: StoreError| error).unwrap();
        self.hub.news().wait_for(|head| *head >= last).await.unwrap();
    }
}

/// The numbers in a chunk of frames.
fn numbers(chunk: &Bytes) -> Vec<u64> {
    let text = std::str::from_utf8(chunk).unwrap();
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    let data = data.map(|data| serde_json::from_str::<serde_json::Value>(data).unwrap());
    data.filter_map(|data| data["payload"]["number"].as_u64()).collect()
}

#[tokio::test]
async fn a_client_that_keeps_up_is_not_held_up_by_one_that_is_told_to_come_back() {
    let process = Process::start(Backend::Sqlite).await;
    let (slow, quick) = (process.follower().await, process.follower().await);
    let (mut slow, mut quick) = (pin!(slow.frames()), pin!(quick.frames()));
    for stream in [&mut slow, &mut quick] {
        assert_eq!(&stream.next().await.unwrap()[..], b": open\n\n");
        assert!(stream.next().now_or_never().is_none(), "nothing has happened");
    }
    let mut seen = Vec::new();
    for start in (0..FLOOD).step_by(500) {
        process.append((start..start + 500).map(|n| process.event(process.granted, n)).collect()).await;
        process.everything_is_read().await;
        while seen.len() < start + 500 {
            seen.extend(numbers(&quick.next().await.unwrap()));
        }
    }
    assert!(seen.iter().copied().eq(0..FLOOD as u64));
    let notice = slow.next().await.unwrap();
    assert_eq!(&notice[..], b"id: 0\nevent: resume\ndata: {\"seq\":0}\n\n");
    assert_eq!(slow.next().await, None);
}

#[rstest]
#[tokio::test]
async fn an_idle_stream_sends_heartbeats_and_no_statement(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let process = Process::start(backend).await;
    let follower = process.follower().await.heartbeat_after(Duration::from_millis(10));
    let mut stream = pin!(follower.frames());
    stream.next().await.unwrap();
    let statements = process.db.statements_executed();
    for _ in 0..100 {
        assert_eq!(&stream.next().await.unwrap()[..], b": heartbeat\n\n");
    }
    assert_eq!(process.db.statements_executed(), statements);
    process.append(vec![process.event(process.granted, 1)]).await;
    process.everything_is_read().await;
    let mut news = Vec::new();
    while news.is_empty() {
        news = numbers(&stream.next().await.unwrap());
    }
    assert_eq!(news, [1]);
}

#[rstest]
#[tokio::test]
async fn a_member_sees_the_boards_of_now_and_nothing_after_having_left(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let process = Process::start(backend).await;
    let mut stream = pin!(process.follower().await.frames());
    stream.next().await.unwrap();
    let (granted, other, member) = (process.granted, process.other, process.caller.member.id);
    let organization = process.caller.organization.id;
    process.append(vec![process.event(other, 1), process.event(granted, 2)]).await;
    assert_eq!(numbers(&stream.next().await.unwrap()), [2]);

    let changed = |kind: &str| log::entry(organization, kind, json!({ "member": { "id": member } }));
    let event = changed("member.updated");
    let regranted = process.db.write::<_, StoreError, _>(move |tx| {
        tx.append(event);
        members::replace_access(tx, member, &[OrganizationBoardAccess::new(member, other, true, false)])
    });
    regranted.await.unwrap();
    process.append(vec![process.event(granted, 3), process.event(other, 4)]).await;
    assert_eq!(numbers(&stream.next().await.unwrap()), [4]);

    let event = changed("member.deleted");
    let left = process.db.write::<_, StoreError, _>(move |tx| {
        tx.append(event);
        members::delete(tx, member)
    });
    left.await.unwrap();
    process.append(vec![process.event(other, 5)]).await;
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_stream_of_one_board_ends_with_the_right_to_see_it_even_when_nobody_said_so() {
    let process = Process::start(Backend::Sqlite).await;
    let (granted, member) = (process.granted, process.caller.member.id);
    let mut stream = pin!(
        process
            .follower_trusting(Duration::ZERO)
            .await
            .only_while(Needs { board: Some(granted), ..Needs::default() })
            .frames()
    );
    stream.next().await.unwrap();
    let event = |n| {
        let organization = process.caller.organization.id;
        log::entry(organization, "task.updated", json!({ "number": n })).board(granted)
    };
    process.append(vec![event(1)]).await;
    assert_eq!(numbers(&stream.next().await.unwrap()), [1]);
    let revoked = process.db.write::<_, StoreError, _>(move |tx| members::replace_access(tx, member, &[]));
    revoked.await.unwrap();
    process.append(vec![event(2)]).await;
    assert_eq!(stream.next().await, None);
}
