//! Lists of ids that the program makes itself, such as the boards that a person sees, are as long as the data.

use std::collections::HashMap;
use std::time::Duration;

use mission_control_core::id::{Entity, Id};
use mission_control_core::limits::{GROUP_TASKS_IN_ALL, STREAM_ROWS};
use mission_control_core::models::{Board, BoardGroup, BoardGroupMemory, BoardMemory, JobState, Lane, Task};
use mission_control_core::rules::metrics::{Bucket, Span};
use mission_control_core::rules::search::Sought;
use mission_control_core::time::Timestamp;
use mission_control_store::activity::{ActivityFilter, CommentFilter, Feed, FeedFilter};
use mission_control_store::agents::AgentFilter;
use mission_control_store::board_groups::LeadingTask;
use mission_control_store::boards::BoardFilter;
use mission_control_store::metrics::Spans;
use mission_control_store::{
    Conn, Page, StoreError, StoreResult, Tx, activity, agents, approvals, board_groups, boards,
    custom_fields, idleness, jobs, members, memory, messages, metrics, search, since, skills, tags, tasks,
    users,
};
use rstest::rstest;

use super::support::{Backend, Tenant, fixture, tenant};

/// More variables than SQLite takes in a statement.
const MANY: usize = 40_000;

/// The first and others, of which nothing has them.
fn with_strangers<E: Entity>(first: Id<E>) -> Vec<Id<E>> {
    std::iter::once(first).chain((1..MANY).map(|_| Id::random())).collect()
}

/// Every list that shows the board of the tenant, or what is on it.
fn look_at_boards(conn: &mut Conn, tenant: &Tenant) -> StoreResult<()> {
    let (page, start, end) = (|| Page::first(10), Timestamp::from_micros(0), Timestamp::now());
    let (organization, ids) = (tenant.organization.id, with_strangers(tenant.board.id));
    let shown = BoardFilter { boards: Some(ids.clone()), ..BoardFilter::of(organization) };
    assert_eq!(boards::list(conn, &shown, page())?.total, 1);
    assert_eq!(boards::list_newest_first(conn, &shown, page())?.total, 1);
    assert_eq!(boards::existing(conn, organization, &ids)?, [tenant.board.id]);
    assert_eq!(boards::task_prefixes(conn, &ids)?.len(), 1);
    let shown = AgentFilter { visible_boards: Some(ids.clone()), ..AgentFilter::of(organization) };
    assert_eq!(agents::list(conn, &shown, page())?.total, 2);
    assert_eq!(since::agents(conn, &ids, start)?.len(), 1);
    assert_eq!(board_groups::list(conn, organization, Some(&ids), page())?.total, 0);
    assert!(board_groups::task_counts(conn, &ids)?.is_empty());
    assert!(board_groups::leading_tasks(conn, &ids, true, 10)?.is_empty());
    let shown = ActivityFilter { boards: Some(ids.clone()), ..ActivityFilter::default() };
    assert_eq!(activity::list(conn, &shown, page())?.total, 0);
    activity::feed(conn, &Feed::Boards(ids.clone(), None), &FeedFilter::default(), page())?;
    activity::comments(conn, &CommentFilter { boards: ids.clone(), ..CommentFilter::default() }, page())?;
    approvals::on_boards(conn, &ids, None, page())?;
    search::tasks(conn, &ids, &Sought::new("word").unwrap(), 10)?;
    tags::task_counts(conn, &[Id::random()], Some(&ids))?;
    let (spans, span) = (Spans { start, middle: start, end, bucket: Bucket::Day }, Span { start, end });
    metrics::tasks_by_change(conn, &ids, spans)?;
    metrics::inbox_by_creation(conn, &ids, spans)?;
    metrics::failures(conn, &ids, spans)?;
    metrics::tasks_by_status(conn, &ids)?;
    metrics::review_hours(conn, &ids, span)?;
    metrics::agents_seen(conn, &ids, span)?;
    metrics::waiting(conn, &ids, 10)?;
    let many: Vec<Board> = ids.iter().map(|id| Board { id: *id, ..tenant.board.clone() }).collect();
    assert_eq!(idleness::last_work(conn, &many)?.len(), MANY);
    Ok(())
}

/// Everything that is asked about many things of other kinds.
fn look_at_the_rest(conn: &mut Conn, tenant: &Tenant) -> StoreResult<()> {
    let (organization, board) = (tenant.organization.id, tenant.board.id);
    let ids = with_strangers(Id::random());
    tasks::find_all(conn, board, &ids)?;
    tasks::dependencies::of_tasks(conn, &ids)?;
    tasks::field_values::of_tasks(conn, &ids)?;
    tags::of_tasks(conn, &ids)?;
    approvals::task_titles(conn, &ids)?;
    approvals::counts(conn, board, &ids)?;
    approvals::pending_conflicts(conn, board, &ids, None)?;
    approvals::decisions(conn, &with_strangers(Id::random()))?;
    tags::existing(conn, organization, &with_strangers(Id::random()))?;
    tags::task_counts(conn, &with_strangers(Id::random()), None)?;
    custom_fields::boards_of(conn, &with_strangers(Id::random()))?;
    users::names(conn, &with_strangers(Id::random()))?;
    messages::all_of(conn, &with_strangers(Id::random()))?;
    members::roles(conn, &with_strangers(organization))?;
    let texts: Vec<String> = (0..MANY).map(|number| number.to_string()).collect();
    let words: Vec<&str> = texts.iter().map(String::as_str).collect();
    skills::at(conn, organization, &words)?;
    jobs::live_about(conn, &texts, &words)?;
    jobs::due(conn, Lane::Bulk, Timestamp::now(), &with_strangers(Id::random()), 10)?;
    Ok(())
}

/// Everything that changes many things, or all but many.
fn change(tx: &mut Tx<'_>) -> StoreResult<()> {
    let ids = with_strangers(Id::random());
    assert!(jobs::candidates(tx, &ids)?.is_empty());
    assert!(jobs::lease(tx, &ids, "worker", Duration::from_secs(1))?.is_empty());
    jobs::trim(tx, JobState::ALL, Timestamp::now(), i64::MAX)?;
    Ok(())
}

#[rstest]
#[tokio::test]
async fn a_list_of_ids_may_be_longer_than_a_statement_takes_variables(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let tenant = tenant(&fixture.db, "ours").await;
    fixture
        .db
        .write(move |tx| {
            look_at_boards(tx, &tenant)?;
            look_at_the_rest(tx, &tenant)?;
            change(tx)
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn what_a_group_shows_first_is_shared_by_its_boards(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let organization = tenant(&fixture.db, "ours").await.organization.id;
    let group = BoardGroup::new(organization, "group", "group");
    let (id, boards) = (group.id, 3);
    let each = usize::try_from(GROUP_TASKS_IN_ALL).unwrap() / boards + 20;
    let shown: StoreResult<Vec<LeadingTask>> = fixture
        .db
        .write(move |tx| {
            board_groups::insert(tx, &group)?;
            let mut ids = Vec::new();
            for name in (0..boards).map(|number| number.to_string()) {
                let board = Board { board_group_id: Some(id), ..Board::new(organization, &name, &name) };
                let board = boards::insert(tx, &board)?.id;
                for _ in 0..each {
                    tasks::insert(tx, &Task::new(board, "Task"))?;
                }
                ids.push(board);
            }
            board_groups::leading_tasks(tx, &ids, false, i64::MAX)
        })
        .await;
    let shown = shown.unwrap();
    let mut by_board: HashMap<_, usize> = HashMap::new();
    shown.iter().for_each(|task| *by_board.entry(task.board_id).or_default() += 1);
    assert_eq!((shown.len() as i64, by_board.len()), (GROUP_TASKS_IN_ALL, boards));
    assert!(by_board.values().all(|tasks| tasks.abs_diff(each) <= 21), "{by_board:?}");
}

#[rstest]
#[tokio::test]
async fn the_chat_of_a_stream_is_not_crowded_out_by_other_memory(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let tenant = tenant(&fixture.db, "ours").await;
    let board = tenant.board.id;
    let group = BoardGroup::new(tenant.organization.id, "group", "group");
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            board_groups::insert(tx, &group)?;
            let start = Timestamp::from_micros(0);
            for number in 0..=STREAM_ROWS {
                let (is_chat, created_at) = (number == 0, Timestamp::from_micros(number));
                let note = BoardMemory {
                    id: Id::random(),
                    board_id: board,
                    content: "note".to_owned(),
                    tags: None,
                    is_chat,
                    source: None,
                    created_at,
                    agent_id: None,
                    user_id: None,
                };
                memory::insert(tx, &note)?;
                let note = BoardGroupMemory {
                    id: Id::random(),
                    board_group_id: group.id,
                    content: "note".to_owned(),
                    tags: None,
                    is_chat,
                    source: None,
                    created_at,
                    agent_id: None,
                    user_id: None,
                };
                memory::insert_of_group(tx, &note)?;
            }
            assert_eq!(since::memory(tx, board, Some(true), start)?.len(), 1);
            assert_eq!(since::group_memory(tx, group.id, Some(true), start)?.len(), 1);
            assert_eq!(since::memory(tx, board, None, start)?.len() as i64, STREAM_ROWS);
            Ok(())
        })
        .await
        .unwrap();
}
