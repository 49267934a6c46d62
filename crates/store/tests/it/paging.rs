//! Walking a list by cursor while rows come and go.

use std::collections::BTreeSet;

use mission_control_core::id::{BoardId, Id, OrganizationId};
use mission_control_core::limits::{CURSOR, SORTED};
use mission_control_core::models::{
    Board, BoardGroup, OrgRole, Organization, OrganizationMember, Tag, Task, TaskStatus, User,
};
use mission_control_core::time::Timestamp;
use mission_control_store::boards::BoardFilter;
use mission_control_store::tasks::{self, TaskFilter};
use mission_control_store::{
    Conn, Cursor, Db, Listing, Page, StoreError, StoreResult, Tx, board_groups, boards, erase, members,
    organizations, tags, users,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rstest::rstest;
use uuid::Uuid;

use super::support::{Backend, fixture};

/// Few of each, so that rows tie in all columns but the id; some with characters that are long in a cursor, or look like
/// one that no database takes.
const NAMES: [Option<&str>; 9] = [
    None,
    Some("b"),
    Some("B"),
    Some("a"),
    Some("c"),
    Some("\u{1}"),
    Some("\u{1f980}"),
    Some(r"\u0000"),
    Some("\"\\"),
];

#[derive(Debug, Clone)]
enum Change {
    Add(Row),
    /// Removes the row at this place, counted around.
    Remove(usize),
}

#[derive(Debug, Clone)]
struct Row {
    name: Option<String>,
    time: i64,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    organization: OrganizationId,
    board: BoardId,
}

/// One kind of list.
struct Kind {
    list: fn(&mut Conn, Place, Page) -> StoreResult<Listing<Uuid>>,
    add: fn(&mut Tx<'_>, Place, Row) -> StoreResult<()>,
    remove: fn(&mut Tx<'_>, Uuid) -> StoreResult<()>,
}

/// Newest first.
const TASKS: Kind = Kind {
    list: |conn, place, page| {
        let filter = TaskFilter { statuses: vec![TaskStatus::Inbox], ..TaskFilter::of(place.board) };
        Ok(tasks::list(conn, &filter, page)?.map(|task| task.id.uuid()))
    },
    add: |tx, place, row| {
        let mut task = Task::new(place.board, row.name.unwrap_or_default());
        task.created_at = Timestamp::from_micros(row.time);
        tasks::insert(tx, &task).map(drop)
    },
    remove: |tx, id| erase::task(tx, Id::from_uuid(id)).map(drop),
};

/// By name, then the oldest first.
const TAGS: Kind = Kind {
    list: |conn, place, page| Ok(tags::list(conn, place.organization, page)?.map(|tag| tag.id.uuid())),
    add: |tx, place, row| {
        let mut tag = Tag::new(place.organization, row.name.unwrap_or_default(), Uuid::new_v4().to_string());
        tag.created_at = Timestamp::from_micros(row.time);
        tags::insert(tx, &tag)
    },
    remove: |tx, id| tags::delete(tx, Id::from_uuid(id)),
};

/// By columns that may be empty.
const MEMBERS: Kind = Kind {
    list: |conn, place, page| {
        Ok(members::list(conn, place.organization, page)?.map(|(member, _)| member.id.uuid()))
    },
    add: |tx, place, row| {
        let mut user = User::new(Uuid::new_v4().to_string());
        user.email = row.name.clone();
        user.name = (row.time % 2 == 0).then(|| row.name.unwrap_or_default());
        let user = users::get_or_insert(tx, &user)?;
        members::insert(tx, &OrganizationMember::new(place.organization, user.id, OrgRole::Member))
    },
    remove: |tx, id| members::delete(tx, Id::from_uuid(id)),
};

/// By name, of the same name the newest first.
const BOARDS: Kind = Kind {
    list: |conn, place, page| {
        let filter = BoardFilter::of(place.organization);
        Ok(boards::list(conn, &filter, page)?.map(|board| board.id.uuid()))
    },
    add: |tx, place, row| {
        let name = row.name.unwrap_or_default();
        let mut board = Board::new(place.organization, name, Uuid::new_v4().to_string());
        board.created_at = Timestamp::from_micros(row.time);
        boards::insert(tx, &board).map(drop)
    },
    remove: |tx, id| erase::board(tx, Id::from_uuid(id)),
};

/// By name, then the oldest first.
const GROUPS: Kind = Kind {
    list: |conn, place, page| {
        Ok(board_groups::list(conn, place.organization, None, page)?.map(|group| group.id.uuid()))
    },
    add: |tx, place, row| {
        let name = row.name.unwrap_or_default();
        let mut group = BoardGroup::new(place.organization, name, Uuid::new_v4().to_string());
        group.created_at = Timestamp::from_micros(row.time);
        board_groups::insert(tx, &group)
    },
    remove: |tx, id| erase::board_group(tx, Id::from_uuid(id)),
};

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![row().prop_map(Change::Add), any::<usize>().prop_map(Change::Remove)]
}

fn row() -> impl Strategy<Value = Row> {
    // Rows that are older than the maxima may have names of any length.
    let sorted = SORTED as usize;
    let length = prop_oneof![4 => Just(1_usize), 1 => sorted - 1..2 * sorted, 1 => Just(2 * CURSOR)];
    (prop::sample::select(&NAMES[..]), length, 0..4_i64)
        .prop_map(|(name, length, time)| Row { name: name.map(|name| name.repeat(length)), time })
}

#[rstest]
fn a_walk_by_cursor_meets_every_row_that_was_there_all_the_time_once_and_in_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(TASKS, TAGS, MEMBERS, BOARDS, GROUPS)] kind: Kind,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let fixture = runtime.block_on(fixture(backend));
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let scripts = (vec(row(), 0..14), vec(vec(change(), 0..4), 20), 1..5_i64);
    let outcome = TestRunner::new(config).run(&scripts, |(rows, changes, limit)| {
        runtime.block_on(walk(&fixture.db, &kind, rows, changes, limit));
        Ok(())
    });
    outcome.unwrap();
}

async fn walk(db: &Db, kind: &Kind, rows: Vec<Row>, changes: Vec<Vec<Change>>, limit: i64) {
    let (list, add) = (kind.list, kind.add);
    let place = place(db).await;
    db.write::<_, StoreError, _>(move |tx| rows.into_iter().try_for_each(|row| add(tx, place, row)))
        .await
        .unwrap();
    let mut always_there: BTreeSet<Uuid> = ids(db, kind, place).await.into_iter().collect();
    let (mut met, mut cursor, mut changes) = (Vec::new(), None, changes.into_iter());
    loop {
        let page = cursor.take().map_or(Page::first(limit), |cursor: Cursor| Page::after(cursor, limit));
        let listing = db.read::<_, StoreError, _>(move |conn| list(conn, place, page)).await.unwrap();
        met.extend(listing.items);
        // As a client sends it back.
        cursor = listing.next.map(|next| next.to_string().parse().unwrap());
        if cursor.is_none() {
            break;
        }
        for change in changes.next().unwrap_or_default() {
            apply(db, kind, place, change).await;
        }
        let there: BTreeSet<Uuid> = ids(db, kind, place).await.into_iter().collect();
        always_there.retain(|id| there.contains(id));
    }
    let distinct: BTreeSet<Uuid> = met.iter().copied().collect();
    assert_eq!(distinct.len(), met.len(), "nothing comes twice");
    assert!(always_there.is_subset(&distinct), "nothing is left out");
    let left: Vec<Uuid> = ids(db, kind, place).await.into_iter().filter(|id| distinct.contains(id)).collect();
    met.retain(|id| left.contains(id));
    assert_eq!(met, left, "in the order of the list");
}

async fn place(db: &Db) -> Place {
    let organization = Organization::new("acme");
    let board = Board::new(organization.id, "board", "board");
    let place = Place { organization: organization.id, board: board.id };
    db.write::<_, StoreError, _>(move |tx| {
        organizations::insert(tx, &organization)?;
        boards::insert(tx, &board)
    })
    .await
    .unwrap();
    place
}

async fn ids(db: &Db, kind: &Kind, place: Place) -> Vec<Uuid> {
    let list = kind.list;
    db.read::<_, StoreError, _>(move |conn| list(conn, place, Page::ALL)).await.unwrap().items
}

async fn apply(db: &Db, kind: &Kind, place: Place, change: Change) {
    let (list, add, remove) = (kind.list, kind.add, kind.remove);
    db.write::<_, StoreError, _>(move |tx| match change {
        Change::Add(row) => add(tx, place, row),
        Change::Remove(nth) => {
            let there = list(tx, place, Page::ALL)?.items;
            match there.len() {
                0 => Ok(()),
                count => remove(tx, there[nth % count]),
            }
        }
    })
    .await
    .unwrap();
}
