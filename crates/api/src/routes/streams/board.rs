//! Streams of a board: tasks and approvals.

use actix_web::{HttpResponse, get, web};
use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::{ActivityEvent, ApprovalStatus, Task};
use mission_control_core::time::Timestamp;
use mission_control_fleet as fleet;
use mission_control_shapes::ApprovalRead;
use mission_control_shapes::events::{
    ApprovalChanged, CommentInTasks, EventKind, TASK_COMMENT, TaskApprovals, TaskChanged, in_tasks,
};
use mission_control_store::approvals as store;
use mission_control_store::{Conn, StoreError, StoreResult, since};
use serde_json::{Value, json};

use super::opening::{From, Opening, StreamQuery};
use crate::auth::BoardActorRead;
use crate::error::ApiResult;
use crate::events::{Entry, Needs};
use crate::http::{LastEventId, Query};
use crate::state::State;

/// Activity events that the stream of tasks shows.
const TASK_EVENTS: [&str; 4] = ["task.created", "task.updated", "task.status_changed", TASK_COMMENT];

/// Follow a board's tasks
///
/// Events `task` with `{type, activity, task}`, or `{type, activity, comment}` for a comment.
#[utoipa::path(
    tag = "tasks",
    operation_id = "tasks_stream",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), StreamQuery, LastEventId),
    responses((status = 200, description = "The stream.", body = String, content_type = "text/event-stream"))
)]
#[get("/boards/{board_id}/tasks/stream")]
pub(super) async fn tasks(
    caller: BoardActorRead,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<StreamQuery>,
) -> ApiResult<HttpResponse> {
    let from = From::of(last, query.valid()?.since.as_deref());
    let board = caller.board.id;
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, _, since| task_rows(conn, board, since))
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    let needs = Needs { board: Some(board), ..Needs::default() };
    Ok(opening.stream(&state, "task", needs, move |entry| {
        let here = entry.event.board_id == Some(board);
        here.then(|| in_tasks(entry.told.kind?, &entry.event.payload)).flatten()
    }))
}

/// What happened to a board's tasks, each with the task as it is now.
fn task_rows(conn: &mut Conn, board: BoardId, since: Timestamp) -> StoreResult<Vec<Value>> {
    let rows = since::task_events(conn, board, &TASK_EVENTS, since)?;
    let changed =
        rows.iter().filter(|(event, _)| event.event_type != TASK_COMMENT).map(|(_, task)| task.clone());
    let mut unique: Vec<_> = changed.collect();
    unique.sort_by_key(|task| task.id);
    unique.dedup_by_key(|task| task.id);
    let reads = fleet::tasks::reads(conn, board, unique)?;
    let data = |(event, task): &(ActivityEvent, Task)| {
        if event.event_type == TASK_COMMENT {
            return Some(json!(CommentInTasks::from(event)));
        }
        let read = reads.iter().find(|read| read.id == task.id)?;
        Some(json!(TaskChanged::by(event, read.clone())))
    };
    Ok(rows.iter().filter_map(data).collect())
}

/// Follow a board's approvals
///
/// Events `approval` with `{approval, pending_approvals_count}`, and `task_counts` when it is about tasks.
#[utoipa::path(
    tag = "approvals",
    operation_id = "approvals_stream",
    security(("user" = []), ("agent" = [])),
    params(("board_id" = String, Path, description = "The board."), StreamQuery, LastEventId),
    responses((status = 200, description = "The stream.", body = String, content_type = "text/event-stream"))
)]
#[get("/boards/{board_id}/approvals/stream")]
pub(super) async fn approvals(
    caller: BoardActorRead,
    state: web::Data<State>,
    last: LastEventId,
    query: Query<StreamQuery>,
) -> ApiResult<HttpResponse> {
    let from = From::of(last, query.valid()?.since.as_deref());
    let board = caller.board.id;
    let opening = state.db.snapshot(move |conn| {
        let audience = caller.audience(conn)?;
        Opening::read(conn, from, audience, |conn, _, since| approval_rows(conn, board, since))
    });
    let opening: Opening = opening.await.map_err(|error: StoreError| error)?;
    let needs = Needs { board: Some(board), ..Needs::default() };
    Ok(opening.stream(&state, "approval", needs, move |Entry { event, told, .. }| {
        let changed = matches!(told.kind, Some(EventKind::ApprovalCreated | EventKind::ApprovalUpdated));
        (changed && event.board_id == Some(board)).then(|| event.payload.clone())
    }))
}

/// Approvals that were asked for or decided, with the numbers of now.
fn approval_rows(conn: &mut Conn, board: BoardId, since: Timestamp) -> StoreResult<Vec<Value>> {
    let rows = since::approvals(conn, board, since)?;
    let reads = fleet::approvals::reads(conn, rows)?;
    let pending = store::count(conn, board, Some(ApprovalStatus::Pending))?;
    let about: Vec<TaskId> = reads.iter().flat_map(|read| read.task_ids.iter().copied()).collect();
    let counts = store::counts(conn, board, &about)?;
    let of_task = |id: &TaskId| {
        let counts = counts.get(id)?;
        Some(TaskApprovals {
            task_id: *id,
            approvals_count: counts.total,
            approvals_pending_count: counts.pending,
        })
    };
    let data = |read: ApprovalRead| {
        let numbers: Vec<TaskApprovals> = read.task_ids.iter().filter_map(of_task).collect();
        json!(ApprovalChanged::new(read, pending, numbers))
    };
    Ok(reads.into_iter().map(data).collect())
}
