//! Digests of what tasks say, by which doubles are found.

use diesel::prelude::*;
use mission_control_core::id::{BoardId, TaskFingerprintId, TaskId};
use mission_control_core::models::TaskFingerprint;
use mission_control_core::rules::task_fingerprint;
use mission_control_core::schema::task_fingerprints;
use mission_control_core::time::Timestamp;

use crate::error::StoreResult;
use crate::tx::Tx;

/// Takes the fingerprint of a task anew.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when the task is not there; the database's.
pub fn take(
    tx: &mut Tx<'_>,
    board: BoardId,
    task: TaskId,
    title: &str,
    description: Option<&str>,
) -> StoreResult<()> {
    let fingerprint_hash = task_fingerprint::of(board, title, description);
    let changed = diesel::update(task_fingerprints::table.filter(task_fingerprints::task_id.eq(task)))
        .set(task_fingerprints::fingerprint_hash.eq(&fingerprint_hash))
        .execute(&mut **tx)?;
    if changed == 0 {
        let created_at = Timestamp::now();
        let row = TaskFingerprint {
            id: TaskFingerprintId::random(),
            board_id: board,
            fingerprint_hash,
            task_id: task,
            created_at,
        };
        diesel::insert_into(task_fingerprints::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}
