//! Approvals, and the tasks that they are about.
//!
//! An approval is about the tasks that links name. Old rows have no links, only their `task_id`; every question asked
//! here counts those too.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{ApprovalDecisionId, ApprovalId, ApprovalTaskLinkId, BoardId, TaskId, UserId};
use mission_control_core::models::{Approval, ApprovalDecision, ApprovalStatus, ApprovalTaskLink};
use mission_control_core::schema::{approval_decisions, approval_task_links, approvals, tasks};
use mission_control_core::time::Timestamp;
use serde_json::Value;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

fn filtered(board: BoardId, status: Option<ApprovalStatus>) -> approvals::BoxedQuery<'static, MultiBackend> {
    let mut query = approvals::table.filter(approvals::board_id.eq(board)).into_boxed::<MultiBackend>();
    if let Some(status) = status {
        query = query.filter(approvals::status.eq(status));
    }
    query
}

/// The approvals of a board, of this status or of any, newest first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    board: BoardId,
    status: Option<ApprovalStatus>,
    page: Page,
) -> StoreResult<Listing<Approval>> {
    listing!(
        conn,
        &page,
        filtered(board, status),
        (Timestamp, ApprovalId)[desc(approvals::created_at), desc(approvals::id)],
        approvals::all_columns,
        texts ["approvals.payload", "approvals.rubric_scores", "approvals.decision_reason"]
        nested ["(SELECT SUM(OCTET_LENGTH(reason)) FROM approval_decisions WHERE approval_id = approvals.id)"]
    )
}

/// The approvals of all these boards, of this status or of any, newest first.
///
/// # Errors
/// The database's.
pub fn on_boards(
    conn: &mut Conn,
    boards: &[BoardId],
    status: Option<ApprovalStatus>,
    page: Page,
) -> StoreResult<Listing<Approval>> {
    let wanted = || {
        let query = approvals::table.filter(among(approvals::board_id, boards)).into_boxed::<MultiBackend>();
        match status {
            Some(status) => query.filter(approvals::status.eq(status)),
            None => query,
        }
    };
    listing!(
        conn,
        &page,
        wanted(),
        (Timestamp, ApprovalId)[desc(approvals::created_at), desc(approvals::id)],
        approvals::all_columns,
        texts ["approvals.payload", "approvals.rubric_scores", "approvals.decision_reason"]
        nested ["(SELECT SUM(OCTET_LENGTH(reason)) FROM approval_decisions WHERE approval_id = approvals.id)"]
    )
}

/// How many approvals of this status, or of any, the board has.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, board: BoardId, status: Option<ApprovalStatus>) -> StoreResult<i64> {
    Ok(filtered(board, status).count().get_result(conn)?)
}

/// The approval of this id, if it is this board's.
///
/// # Errors
/// The database's.
pub fn find_on(conn: &mut Conn, board: BoardId, id: ApprovalId) -> StoreResult<Option<Approval>> {
    Ok(approvals::table
        .find(id)
        .filter(approvals::board_id.eq(board))
        .select(approvals::all_columns)
        .first(conn)
        .optional()?)
}

/// The tasks of each approval, in the order in which they were named.
///
/// # Errors
/// The database's.
pub fn task_ids(conn: &mut Conn, of: &[Approval]) -> StoreResult<HashMap<ApprovalId, Vec<TaskId>>> {
    let ids: Vec<ApprovalId> = of.iter().map(|approval| approval.id).collect();
    let links: Vec<(ApprovalId, TaskId)> = approval_task_links::table
        .filter(among(approval_task_links::approval_id, &ids))
        .order((approval_task_links::created_at.asc(), approval_task_links::id.asc()))
        .select((approval_task_links::approval_id, approval_task_links::task_id))
        .load(conn)?;
    let mut task_ids: HashMap<_, Vec<_>> = HashMap::new();
    for (approval, task) in links {
        task_ids.entry(approval).or_default().push(task);
    }
    for approval in of {
        task_ids.entry(approval.id).or_insert_with(|| approval.task_id.into_iter().collect());
    }
    Ok(task_ids)
}

/// The titles of these tasks; what is no task is left out.
///
/// # Errors
/// The database's.
pub fn task_titles(conn: &mut Conn, ids: &[TaskId]) -> StoreResult<HashMap<TaskId, String>> {
    let titles: Vec<(TaskId, String)> =
        tasks::table.filter(among(tasks::id, ids)).select((tasks::id, tasks::title)).load(conn)?;
    Ok(titles.into_iter().collect())
}

/// Which of the tasks have a pending approval other than `except`, and the oldest of those; by task.
///
/// # Errors
/// The database's.
pub fn pending_conflicts(
    conn: &mut Conn,
    board: BoardId,
    ids: &[TaskId],
    except: Option<ApprovalId>,
) -> StoreResult<Vec<(TaskId, ApprovalId)>> {
    let rows: Vec<(Option<TaskId>, Option<TaskId>, ApprovalId)> = approvals::table
        .left_join(approval_task_links::table)
        .filter(approvals::board_id.eq(board))
        .filter(approvals::status.eq(ApprovalStatus::Pending))
        .filter(
            among(approval_task_links::task_id, ids)
                .or(among(approvals::task_id, ids).and(approval_task_links::id.is_null())),
        )
        .order((approvals::created_at.asc(), approvals::id.asc()))
        .select((approval_task_links::task_id.nullable(), approvals::task_id, approvals::id))
        .load(conn)?;
    let mut conflicts: Vec<(TaskId, ApprovalId)> = Vec::new();
    for (linked, named, approval) in rows {
        let Some(task) = linked.or(named) else { continue };
        if Some(approval) != except && !conflicts.iter().any(|(known, _)| *known == task) {
            conflicts.push((task, approval));
        }
    }
    conflicts.sort();
    Ok(conflicts)
}

/// How many approvals a task has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In any status.
    pub total: i64,
    /// Still to be decided.
    pub pending: i64,
}

/// How many approvals are about each of the board's tasks; a task without any is left out.
///
/// # Errors
/// The database's.
pub fn counts(conn: &mut Conn, board: BoardId, of: &[TaskId]) -> StoreResult<HashMap<TaskId, Counts>> {
    // Links lead from a board's tasks to its approvals only. Asked for the board as well, SQLite begins with its approvals
    // and looks for every one of the tasks with each: a second for 2,000 of both, instead of milliseconds.
    let by_link: Vec<(TaskId, ApprovalStatus, i64)> = approval_task_links::table
        .inner_join(approvals::table)
        .filter(among(approval_task_links::task_id, of))
        .group_by((approval_task_links::task_id, approvals::status))
        .select((approval_task_links::task_id, approvals::status, diesel::dsl::count_star()))
        .load(conn)?;
    let by_name: Vec<(Option<TaskId>, ApprovalStatus, i64)> = approvals::table
        .left_join(approval_task_links::table)
        .filter(approvals::board_id.eq(board))
        .filter(among(approvals::task_id, of))
        .filter(approval_task_links::id.is_null())
        .group_by((approvals::task_id, approvals::status))
        .select((approvals::task_id, approvals::status, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counts: HashMap<TaskId, Counts> = HashMap::new();
    let by_name = by_name.into_iter().filter_map(|(task, status, number)| Some((task?, status, number)));
    for (task, status, number) in by_link.into_iter().chain(by_name) {
        let of_task = counts.entry(task).or_default();
        of_task.total += number;
        if status == ApprovalStatus::Pending {
            of_task.pending += number;
        }
    }
    Ok(counts)
}

/// What was decided about each of these approvals, oldest first.
///
/// # Errors
/// The database's.
pub fn decisions(
    conn: &mut Conn,
    of: &[ApprovalId],
) -> StoreResult<HashMap<ApprovalId, Vec<ApprovalDecision>>> {
    let rows: Vec<ApprovalDecision> = approval_decisions::table
        .filter(among(approval_decisions::approval_id, of))
        .order((approval_decisions::created_at.asc(), approval_decisions::id.asc()))
        .select(approval_decisions::all_columns)
        .load(conn)?;
    let mut decisions: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        decisions.entry(row.approval_id).or_default().push(row);
    }
    Ok(decisions)
}

fn note_decision(
    tx: &mut Tx<'_>,
    approval: ApprovalId,
    (status, user_id, reason): (ApprovalStatus, Option<UserId>, Option<&str>),
    created_at: Timestamp,
) -> StoreResult<()> {
    let decision = ApprovalDecision {
        id: ApprovalDecisionId::random(),
        approval_id: approval,
        status,
        user_id,
        reason: reason.map(str::to_owned),
        created_at,
    };
    diesel::insert_into(approval_decisions::table).values(&decision).execute(&mut **tx)?;
    Ok(())
}

/// Adds an approval about these tasks. One that is decided already has its decision noted.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a task or agent that is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, approval: &Approval, tasks: &[TaskId]) -> StoreResult<()> {
    diesel::insert_into(approvals::table).values(approval).execute(&mut **tx)?;
    let start = approval.created_at.micros();
    for (nth, task_id) in (0..).zip(tasks) {
        let link = ApprovalTaskLink {
            id: ApprovalTaskLinkId::random(),
            approval_id: approval.id,
            task_id: *task_id,
            created_at: Timestamp::from_micros(start.saturating_add(nth)),
        };
        diesel::insert_into(approval_task_links::table).values(&link).execute(&mut **tx)?;
    }
    if approval.status == ApprovalStatus::Pending {
        return Ok(());
    }
    let decision = (approval.status, approval.resolved_by_user_id, approval.decision_reason.as_deref());
    note_decision(tx, approval.id, decision, approval.resolved_at.unwrap_or(approval.created_at))
}

/// Sets the status of an approval, and notes who did so and why. The approval itself has date, maker and reason of a
/// decision; taking one back leaves its date.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn set_status(
    tx: &mut Tx<'_>,
    id: ApprovalId,
    status: ApprovalStatus,
    by: impl Into<Option<UserId>>,
    reason: Option<&str>,
) -> StoreResult<Approval> {
    let by = by.into();
    let decided = status != ApprovalStatus::Pending;
    let now = Timestamp::now();
    let approval = diesel::update(approvals::table.find(id))
        .set((
            approvals::status.eq(status),
            decided.then(|| approvals::resolved_at.eq(now)),
            approvals::resolved_by_user_id.eq(by.filter(|_| decided)),
            approvals::decision_reason.eq(reason.filter(|_| decided)),
        ))
        .returning(approvals::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("approval"))?;
    note_decision(tx, id, (status, by, reason), now)?;
    Ok(approval)
}

/// Replaces the particulars of an approval.
///
/// # Errors
/// The database's.
pub fn set_payload(tx: &mut Tx<'_>, id: ApprovalId, payload: &Value) -> StoreResult<()> {
    diesel::update(approvals::table.find(id)).set(approvals::payload.eq(payload)).execute(&mut **tx)?;
    Ok(())
}
