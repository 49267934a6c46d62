//! An approval as clients see it.

use mission_control_core::id::{ApprovalId, TaskId, UserId};
use mission_control_core::models::Approval;
use mission_control_shapes::{ApprovalDecisionRead, ApprovalRead};
use mission_control_store::{Conn, StoreResult, approvals, users};

/// Approvals in their public form and in their order: four queries, however many there are.
///
/// # Errors
/// The database's.
pub fn reads(conn: &mut Conn, rows: Vec<Approval>) -> StoreResult<Vec<ApprovalRead>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut task_ids = approvals::task_ids(conn, &rows)?;
    let all: Vec<TaskId> = task_ids.values().flatten().copied().collect();
    let titles = approvals::task_titles(conn, &all)?;
    let ids: Vec<ApprovalId> = rows.iter().map(|row| row.id).collect();
    let mut decisions = approvals::decisions(conn, &ids)?;
    let deciders = decisions.values().flatten().filter_map(|decision| decision.user_id);
    let people: Vec<UserId> = rows.iter().filter_map(|row| row.resolved_by_user_id).chain(deciders).collect();
    let names = users::names(conn, &people)?;
    let name = |id: Option<UserId>| id.and_then(|id| names.get(&id).cloned());
    Ok(rows
        .into_iter()
        .map(|row| {
            let task_ids = task_ids.remove(&row.id).unwrap_or_default();
            let task_titles = task_ids.iter().filter_map(|id| titles.get(id).cloned()).collect();
            let decisions = decisions.remove(&row.id).unwrap_or_default().into_iter();
            let decisions = decisions.map(|decision| ApprovalDecisionRead {
                status: decision.status,
                user_id: decision.user_id,
                user_name: name(decision.user_id),
                reason: decision.reason,
                created_at: decision.created_at,
            });
            let mut read = ApprovalRead {
                resolved_by: name(row.resolved_by_user_id),
                decisions: decisions.collect(),
                ..ApprovalRead::new(row, task_ids, task_titles)
            };
            read.version = read.as_seen().into();
            read
        })
        .collect())
}
